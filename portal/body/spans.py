"""What stands in a line of a tree as HTML: text, emphasis, code, links and images."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from portal.body import links, piece

_KEPT = frozenset({"strong", "em", "code"})


class _Span(NamedTuple):
    """An element as HTML: how it begins, what it holds, how it ends."""

    start: str
    parts: list[Element | str]
    end: str


class _End(NamedTuple):
    html: str


def html(element: Element) -> str:
    """The content of an element."""
    return line(_parts(element))


def targets(root: Element) -> Iterator[str]:
    """Where the links and images of a tree lead, in their order, as their author wrote it."""
    for element in root.iter():
        target = element.get("href") or element.get("src")
        if target:
            yield target


def line(parts: Iterable[Element | str]) -> str:
    """Elements and text in a row. A link within a link is its text: HTML has no such thing."""
    out: list[str] = []
    rest: list[Element | str | _End] = list(parts)
    rest.reverse()
    linked = False
    while rest:
        one = rest.pop()
        if isinstance(one, str):
            out.append(piece.text(one))
        elif isinstance(one, _End):
            out.append(one.html)
            linked = linked and one.html != "</a>"
        else:
            span = _span(one, within=linked)
            out.append(span.start)
            linked = linked or span.end == "</a>"
            rest.append(_End(span.end))
            rest.extend(reversed(span.parts))
    return "".join(out).strip()


def _span(element: Element, *, within: bool) -> _Span:
    if element.tag in _KEPT:
        return _Span(f"<{element.tag}>", _parts(element), f"</{element.tag}>")
    if element.tag == "br":
        return _Span("<br>\n", [], "")
    if element.tag == "img":
        return _image(element, within=within)
    return _link(element.get("href", ""), element, _parts(element), within=within)


def _link(target: str, element: Element, parts: list[Element | str], *, within: bool) -> _Span:
    """A link; where none may be, its text. One without a name is called by its target."""
    url = links.href(target)
    named = parts if _is_named(element) else [*parts, target]
    if url is None or within:
        title = element.get("title")
        return _Span("", [*named, f" ({title})"] if title else named, "")
    rel = ' rel="nofollow noopener"' if links.is_remote(url) else ""
    return _Span(f'<a href="{piece.attribute(url)}"{rel}{_title(element)}>', named, "</a>")


def _image(element: Element, *, within: bool) -> _Span:
    """An image of this site; a link to one elsewhere, for a page fetches nothing from others."""
    source, words = element.get("src", ""), element.get("alt", "")
    url = links.href(source)
    if url is None or not links.is_within(url):
        return _link(source, element, [words], within=within)
    alt = piece.attribute(words)
    return _Span(f'<img src="{piece.attribute(url)}" alt="{alt}"{_title(element)}>', [], "")


def _title(element: Element) -> str:
    title = element.get("title")
    return f' title="{piece.attribute(title)}"' if title else ""


def _is_named(element: Element) -> bool:
    words = (*element.itertext(), *(one.get("alt", "") for one in element.iter("img")))
    return any(map(str.strip, words))


def _parts(element: Element) -> list[Element | str]:
    parts: list[Element | str] = [element.text or ""]
    for child in element:
        parts += (child, child.tail or "")
    return parts
