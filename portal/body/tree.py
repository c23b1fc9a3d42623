"""An element tree of Markdown as HTML: of the elements named here and in `spans`, and no others."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from portal.body import lists, outline, piece, spans, tables

_LEVELS = {f"h{level}": level for level in range(1, 7)}


def rendered(root: Element) -> piece.Piece:
    """The tree of a part of a body."""
    heads = (
        piece.Head(_LEVELS[one.tag], content)
        for one in root.iter()
        if one.tag in _LEVELS and outline.words(content := spans.html(one))
    )
    return piece.Piece("\n".join(_flow(root)), tuple(heads), tuple(spans.targets(root)))


def _flow(parent: Element) -> Iterator[str]:
    """The blocks within an element, and the lines of text between them."""
    between: list[Element | str] = [parent.text or ""]
    for child in parent:
        if child.tag in _MADE:
            yield from _shown(spans.line(between))
            yield from _shown(_MADE[child.tag](child))
            between = [child.tail or ""]
        else:
            between += (child, child.tail or "")
    yield from _shown(spans.line(between))


def _shown(content: str) -> tuple[str, ...]:
    return (content,) if content else ()


def _heading(element: Element) -> str:
    """A place for a heading; one without words, which none can find, is a paragraph."""
    content = spans.html(element)
    if outline.words(content):
        return piece.HEADING
    return f"<p>{content}</p>" if content else ""


def _paragraph(element: Element) -> str:
    content = spans.html(element)
    return f"<p>{content}</p>" if content else ""


def _quotation(element: Element) -> str:
    return "\n".join(("<blockquote>", *_flow(element), "</blockquote>"))


def _table(element: Element) -> str:
    head, *rows = ([tables.cell(spans.html(cell)) for cell in row] for row in element)
    return tables.html(head, rows, element.get("align", "").split(","))


def _items(parent: Element) -> Iterator[tuple[int | None, str]]:
    """The items of a list, with their numbers; what the library puts between them is one too."""
    for child in parent:
        if child.tag == "li":
            number = child.get("value")
            yield None if number is None else int(number), _item(child)
        else:
            yield None, f"\n{_MADE[child.tag](child)}\n"
        tail = spans.line([child.tail or ""])
        if tail:
            yield None, tail


def _item(element: Element) -> str:
    if any(child.tag in _MADE for child in element):
        return "\n".join(("", *_flow(element), ""))
    return spans.html(element)


_MADE: Mapping[str, Callable[[Element], str]] = MappingProxyType(
    {
        **dict.fromkeys(_LEVELS, _heading),
        "p": _paragraph,
        "hr": lambda _: "<hr>",
        "ul": lambda element: lists.bulleted(content for _, content in _items(element)),
        "ol": lambda element: lists.numbered(_items(element)),
        "blockquote": _quotation,
        "table": _table,
    }
)
