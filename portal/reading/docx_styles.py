"""The styles of a Word file: headings, lists and hidden text come from them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element  # a name in every signature

from portal.reading import archive, docx_tree, markup

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)


class Style(NamedTuple):
    """What a style says itself; the rest it has from its parent. Level 1 is that of Heading 1."""

    parent: str
    level: int | None
    numbering: tuple[str, int] | None
    is_hidden: bool | None


def styles(files: Sequence[archive.File]) -> dict[str, Style]:
    """The styles by key; the empty one is the style of a paragraph that names none."""
    found = {}
    for root in docx_tree.roots(files, "styles"):
        for one in root.iterfind("style"):
            is_default = one.get("type") == "paragraph" and markup.is_on(one.get("default", ""))
            for key in (one.get("styleId", ""), "" if is_default else one.get("styleId", "")):
                found[key] = _style(one)
    return found


def _style(one: Element) -> Style:
    name = _HEADING.fullmatch(docx_tree.value(one, "name") or "")
    level = docx_tree.count(one, "pPr/outlineLvl")
    vanish = docx_tree.value(one, "rPr/vanish")
    key = docx_tree.value(one, "pPr/numPr/numId")
    return Style(
        parent=docx_tree.value(one, "basedOn") or "",
        level=int(name[1]) if name else level if level is None else level + 1,
        numbering=(key, docx_tree.count(one, "pPr/numPr/ilvl") or 0) if key else None,
        is_hidden=None if vanish is None else markup.is_on(vanish or "1"),
    )


def chain(styles: Mapping[str, Style], key: str) -> Iterator[Style]:
    """A style, what it is based on, and so on; a circle ends."""
    for _ in range(20):
        if key in styles:
            yield styles[key]
            key = styles[key].parent or " "


def hidden(styles: Mapping[str, Style]) -> frozenset[str]:
    """The keys of the styles whose text is hidden."""

    def is_hidden(key: str) -> bool:
        said = (style.is_hidden for style in chain(styles, key))
        return next((one for one in said if one is not None), False)

    return frozenset(filter(is_hidden, styles))
