"""The slow path: Python-Markdown, configured once a process, within what it can do in time."""

import functools
import re

import markdown

from portal.body import blocks, inlines, piece, tree

LONGEST = 200_000
"""Characters of a part that the library may read: some of its steps take the square of them."""

_DEEP = re.compile(
    r"^(?: *(?:>|[*+-](?= )|[0-9]{1,9}\.(?= ))){9}|^[ >]{40,}(?:[*+-]|[0-9]{1,9}\.) ", re.MULTILINE
)
_RULE = re.compile(r"^(?:[-=]+| {0,3}([-_*])(?: *\1){2,}) *$", re.MULTILINE)


def render(chunk: str) -> piece.Piece:
    """A part of a regular text; as it was written where the library cannot cope with it.

    Lists and quotations deeper than eight are not formatted: the library calls itself for each,
    and how deep it may go must not depend on who calls it. Not for two threads at once.
    """
    if len(chunk) > LONGEST or _DEEP.search(chunk):
        return piece.literal(chunk)
    text = _RULE.sub(r"\g<0>\n", chunk).rstrip("\n")
    md = _markdown()
    md.reset().parser.parseDocument(text.split("\n"))
    root = md.parser.root
    for processor in md.treeprocessors:
        processor.run(root)
    return tree.rendered(root)


@functools.cache
def _markdown() -> markdown.Markdown:
    md = markdown.Markdown(output_format="html")
    md.treeprocessors.deregister("prettify")
    blocks.configure(md)
    inlines.configure(md)
    return md
