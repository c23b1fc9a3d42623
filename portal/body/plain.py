"""The fast path: text that uses little of Markdown, written in a few passes as the library would.

It refuses whatever it is not sure of. A pattern that is looked for in a whole text begins with a
letter, not with a choice: then `re` jumps to the places where it may match.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator

from portal.body import lists, piece, signs, tables
from portal.redact import marks

_STAR = re.compile(r"\*(?:\*\*|(?<![\w*]\*)(?!\*)|(?<!\*\*)(?![\w*]))")
_STRONG = re.compile(
    rf"\*\*(?![\s*{signs.CLOSERS}])([^*|\n]++(?:\*[^*|\n]++)*+)(?<![\s{signs.OPENERS}])\*\*"
)
_UNDERSCORE = re.compile(r"(?<!\w)_{1,2}(?!_)|(?<!_)_{1,2}(?!\w)")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~\n]")
_LINE = re.compile(
    r"""
    \n (?: [ >=_] | \+[ ]                                      # indented, a quotation, a rule, +
    |   - (?: - | [ ]*(?:\n|\Z) )                              # a rule
    |   (?: - | [0-9]+\. ) [ ]+ (?: [#>|+_=\n-] | \Z | [0-9]+\.[ ] ) )  # more within an item
    """,
    re.VERBOSE,
)

_SIGNS = ("*", "_", "<", "&", "[", "\\", "  \n")

_BULLET = re.compile(r"\n- +")
_NUMBER = re.compile(rf"\n{lists.NUMBER} +")

_Made = piece.Head | str | None
"""A heading, another block as HTML, or what is not plain."""


def render(text: str) -> piece.Piece | None:
    """A regular text, or a part of it; None where it takes the library."""
    content = _content(text) if _is_plain(text) else None
    if content is None:
        return None
    parts = [part for raw in content.split("\n\n") if (part := raw.strip("\n"))]
    if any(len(part) > signs.MOST and _signs(part) > signs.MOST for part in parts):
        return None
    made = [one for kind, group in itertools.groupby(parts, _kind) for one in kind(group)]
    if None in made:
        return None
    heads = tuple(one for one in made if isinstance(one, piece.Head))
    lines = [piece.HEADING if isinstance(one, piece.Head) else one for one in made if one]
    return piece.Piece("\n".join(lines), heads)


def _is_plain(text: str) -> bool:
    """Whether no character of a text means more than itself, strong words apart."""
    return not (
        "`" in text
        or "](" in text
        or _LINE.search(text)
        or ("<" in text and ("@" in text or "://" in text))
        or ("&" in text and piece.ENTITY.search(text))
        or ("\\" in text and _ESCAPE.search(text))
        or ("_" in text and _UNDERSCORE.search(text))
        or _STAR.search(text)
    )


def _content(text: str) -> str | None:
    """A text as HTML but for its blocks; None where two stars begin or end nothing."""
    content = piece.escape(text)
    if "**" in content:
        content = _STRONG.sub(r"<strong>\1</strong>", content)
        if "**" in content:
            return None
    return marks.html(content)


def _signs(part: str) -> int:
    """At least as many signs as the library's restraint counts in any element of a part."""
    return sum(map(part.count, _SIGNS))


def _kind(block: str) -> Callable[[Iterable[str]], Iterator[_Made]]:
    if block.startswith("- "):
        return _bulleted
    if block[0] in "0123456789" and lists.NUMBERED.match(block):
        return _numbered
    if block[0] == "#" and signs.HEADING.match(block):
        return _headings
    return _tables if "|" in block and "\n" in block else _paragraphs


def _headings(group: Iterable[str]) -> Iterator[_Made]:
    for block in group:
        found = signs.HEADING.fullmatch(block)
        if found is None:
            yield None
        elif content := found["header"].strip():
            yield piece.Head(len(found["level"]), content)


def _paragraphs(group: Iterable[str]) -> Iterator[_Made]:
    for block in group:
        yield f"<p>{_broken(block)}</p>"


def _tables(group: Iterable[str]) -> Iterator[_Made]:
    for block in group:
        lines = block.split("\n")
        found = list(tables.found(lines))
        if not found:
            yield f"<p>{_broken(block)}</p>"
        elif (found[0].start, found[0].end) == (0, len(lines)):
            yield _table(found[0])
        else:
            yield None


def _table(found: tables.Pipes) -> str:
    head, *rows = ([tables.cell(one) for one in row] for row in (found.head, *found.rows))
    return tables.html(head, rows, found.align)


def _bulleted(group: Iterable[str]) -> Iterator[_Made]:
    found = [_BULLET.split("\n" + block)[1:] for block in group]
    yield lists.bulleted(_items(found)) if _are_lines(found) else None


def _numbered(group: Iterable[str]) -> Iterator[_Made]:
    found = [_NUMBER.split("\n" + block)[1:] for block in group]
    numbers = [int(number) for block in found for number in block[::2]]
    items = [block[1::2] for block in found]
    content = zip(numbers, _items(items), strict=True)
    yield lists.numbered(content) if _are_lines(items) else None


def _are_lines(found: list[list[str]]) -> bool:
    return not any("|" in item or not item or item.isspace() for block in found for item in block)


def _items(found: list[list[str]]) -> Iterator[str]:
    """The items of a list; where a blank line stands beside one, it is a paragraph."""
    last = len(found) - 1
    for index, block in enumerate(found):
        for place, item in enumerate(block):
            beside = (place == 0 and index > 0) or (place == len(block) - 1 and index < last)
            yield f"\n<p>{_broken(item)}</p>\n" if beside else _broken(item)


def _broken(text: str) -> str:
    """A text with its line breaks: two spaces at the end of a line."""
    return text.strip().replace("  \n", "<br>\n")
