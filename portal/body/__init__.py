"""The redacted text of a contract as HTML: valid, of few elements, with no word of it lost."""

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.body import outline, piece, plain, scans, source
from portal.body.links import lines as lines
from portal.body.outline import Heading as Heading

NUMBER = "{number}"
"""Stands in a label for the number of a table."""

_FRAGMENT = re.compile('<a href="#([^"]+)"')


@dataclass(frozen=True, slots=True)
class Labels:
    """The visible words that the HTML needs.

    `table` names the box in which a table scrolls; with `{number}` in it, no two names are alike.
    """

    table: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body as HTML, its headings in order, and the targets of its links and images as written."""

    html: str
    headings: tuple[Heading, ...]
    links: tuple[str, ...]

    @property
    def lost(self) -> tuple[str, ...]:
        """The links within the page that lead to no heading, as written, each once."""
        ids = {heading.id for heading in self.headings}
        within = dict.fromkeys(one for one in self.links if one[0] == "#" and one != "#")
        return tuple(one for one in within if outline.anchor(piece.decode(one)[1:], ids) is None)


def render(written: str, labels: Labels) -> Body:
    """The Markdown of a body as HTML.

    Text is never lost, whatever it is; marks are shown as marks; HTML is shown as text, but for
    tables that scanners made; links lead where `links` says, `#第一条` to the heading of that
    name. What the fast path does not know goes to the library, part by part.
    """
    pieces = tuple(_pieces(source.regular(written)))
    headings = outline.headings(head for one in pieces for head in one.heads)
    text = "\n".join(one.html for one in pieces if one.html)
    contents = (head.html for one in pieces for head in one.heads)
    titles = (
        f'<h{heading.level} id="{heading.id}">{content}</h{heading.level}>'
        for heading, content in zip(headings, contents, strict=True)
    )
    names = (piece.attribute(name) for name in _names(labels.table))
    links = tuple(link for one in pieces for link in one.links)
    whole = _filled(_filled(text, piece.HEADING, titles), piece.TABLE, names)
    return Body(_anchored(whole, frozenset(one.id for one in headings)), headings, links)


def _pieces(text: str) -> Iterator[piece.Piece]:
    for part in scans.parts(text):
        if isinstance(part, piece.Piece):
            yield part
            continue
        whole = plain.render(part)
        if whole is not None:
            yield whole
        else:
            yield from (plain.render(one) or _by_library(one) for one in source.chunks(part))


def _by_library(part: str) -> piece.Piece:
    from portal.body import library  # noqa: PLC0415 - takes 20 ms to load, and few bodies need it

    return library.render(part)


def _names(label: str) -> Iterator[str]:
    return (label.replace(NUMBER, str(number)) for number in itertools.count(1))


def _filled(whole: str, sign: str, fillings: Iterator[str]) -> str:
    """HTML with each place that a sign keeps filled, in their order."""
    first, *rest = whole.split(sign)
    return first + "".join(
        f"{filling}{part}" for part, filling in zip(rest, fillings, strict=False)
    )


def _anchored(whole: str, ids: frozenset[str]) -> str:
    """HTML whose links within the page bear the ids of headings as they are published."""

    def led(found: re.Match[str]) -> str:
        id = outline.anchor(html.unescape(found[1]), ids)
        return found[0] if id is None else f'<a href="#{id}"'

    return _FRAGMENT.sub(led, whole)
