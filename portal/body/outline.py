"""The headings of a body: their levels on a page, their ids, their text."""

import functools
import html
import re
import urllib.parse
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from portal.body import piece

PREFIX = "text-"
"""Before the ids of a text, so that none is one of the page around it."""

_IMAGE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')
_TAG = re.compile(r"<[^>]*>")
_SIGN = re.compile(r"[^\w\s-]")
_BETWEEN = re.compile(r"[-\s]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as published: `level` is 2 to 6, for the page's own is 1."""

    level: int
    id: str
    text: str


def headings(heads: Iterable[piece.Head]) -> tuple[Heading, ...]:
    """The headings of a body, in its order.

    One that is deeper than the one before it is one level deeper, however many signs it has:
    HTML skips no level, and its authors begin with ## as often as with #. Ids are unique.
    """
    known = tuple(_levels(heads))
    ids = _unique(_id(text) for _, text in known)
    return tuple(Heading(level, id, text) for (level, text), id in zip(known, ids, strict=True))


def anchor(fragment: str, ids: Collection[str]) -> str | None:
    """The id of the heading that a link's fragment means, which may leave out the prefix."""
    name = urllib.parse.unquote(fragment)
    return next((one for one in (name, PREFIX + name) if one in ids), None)


def _levels(heads: Iterable[piece.Head]) -> Iterator[tuple[int, str]]:
    open_levels: list[int] = []
    for head in heads:
        while open_levels and open_levels[-1] >= head.level:
            open_levels.pop()
        open_levels.append(head.level)
        yield min(len(open_levels) + 1, 6), words(head.html)


def words(content: str) -> str:
    """The text of an element, from its HTML."""
    if "<" in content:
        content = _TAG.sub("", _IMAGE.sub(r"\1", content.replace("<br>", " ")))
    if "&" in content:
        content = html.unescape(content)
    return " ".join(content.split())


@functools.lru_cache(maxsize=4096)
def _id(text: str) -> str:
    """As Python-Markdown makes it: words joined by hyphens, without other signs."""
    name = _SIGN.sub("", text).strip().lower()
    return PREFIX + _BETWEEN.sub("-", name)


def _unique(ids: Iterable[str]) -> Iterator[str]:
    used: dict[str, int] = {}
    for id in ids:
        one = id
        while one in used:
            used[id] += 1
            one = f"{id}_{used[id]}"
        used[one] = 0
        yield one
