"""The words of a Chinese text with their kinds, from a dictionary."""

import bisect
import functools
import itertools
import re
from typing import NamedTuple

_APART = frozenset(" \n\t,。;:、()|《》“”\"!?/【】█<>[]=*'·—…~")
"""Signs that are in no word of the dictionary: it cuts what lies between two of them by itself."""
_SIGNS = re.escape("".join(sorted(_APART)))
_BEHIND = re.compile(f"[{_SIGNS}]")
_BEFORE = re.compile(f"(?s:.*)[{_SIGNS}]")
"""The dot takes everything at once, and is given back sign by sign: a search from the end."""
_REMEMBERED_AT_MOST = 48


class Token(NamedTuple):
    """A word of a text: where it stands, and its part of speech (`nr` is a person's name)."""

    start: int
    end: int
    tag: str

    @property
    def size(self) -> int:
        return self.end - self.start


class Cut(NamedTuple):
    """A stretch of a text: where it begins, the edges of its words from there, and their kinds."""

    start: int
    edges: tuple[int, ...]
    tags: tuple[str, ...]

    def number(self, at: int) -> int:
        """The number of the word in which a place of the text stands."""
        return bisect.bisect_right(self.edges, at - self.start) - 1

    def token(self, index: int) -> Token:
        start, end = self.edges[index : index + 2]
        return Token(self.start + start, self.start + end, self.tags[index])


class Words:
    """The words of a text. A stretch between two signs is cut when a word of it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._cuts: list[Cut] = []

    def at(self, at: int) -> Token:
        """The word in which a place stands."""
        cut = self.cut(at)
        return cut.token(cut.number(at))

    def edges(self, start: int, end: int) -> list[int]:
        """Where the words within a stretch begin and end."""
        found = []
        while start < end:
            origin, edges, _ = self.cut(start)
            first = bisect.bisect_left(edges, start - origin)
            last = bisect.bisect_right(edges, end - origin)
            found += [origin + edge for edge in edges[first : min(last, len(edges) - 1)]]
            start = origin + edges[-1]
        return [*found, start] if start == end else found

    def ends(self, start: int, end: int) -> tuple[Token, Token]:
        """The first and the last word that a stretch touches."""
        first = self.at(start)
        return first, first if first.end >= end else self.at(end - 1)

    def within(self, start: int, end: int) -> list[Token]:
        """The words that a stretch touches."""
        found = [self.at(start)]
        while found[-1].end < end:
            found.append(self.at(found[-1].end))
        return found

    def cut(self, at: int) -> Cut:
        """The stretch around a place."""
        index = bisect.bisect_right(self._starts, at)
        if index:
            known = self._cuts[index - 1]
            if at < known.start + known.edges[-1]:
                return known
        start, end = self._stretch(at)
        tagged = _remembered if end - start <= _REMEMBERED_AT_MOST else _tagged
        made = Cut(start, *tagged(self._text[start:end]))
        self._starts.insert(index, start)
        self._cuts.insert(index, made)
        return made

    def _stretch(self, at: int) -> tuple[int, int]:
        """The stretch between two signs in which a place stands; a sign is one by itself."""
        text = self._text
        if text[at] in _APART:
            return at, at + 1
        before, behind = _BEFORE.match(text, 0, at), _BEHIND.search(text, at)
        return before.end() if before else 0, behind.start() if behind else len(text)


def _tagged(text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The edges of a stretch's words, and their kinds."""
    import rjieba  # noqa: PLC0415 - its dictionary takes 0.1 s and 80 MB

    words, tags = zip(*rjieba.tag(text, hmm=False), strict=True)
    return (0, *itertools.accumulate(map(len, words))), tags


_remembered = functools.lru_cache(maxsize=16384)(_tagged)
"""The same for stretches that are short: contracts repeat each other's words."""
