"""A folded text with its tables: which column a place stands in, and what heads that column."""

import bisect
import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.redact import words

_ROW = re.compile(r"^[^\n]*(?:\||\t|[^ \n] {2,}[^ \n])[^\n]*$", re.MULTILINE)
_RULE = re.compile(r"[\s|:-]+")
_CELL = {"|": re.compile(r"[^|\n]+"), "\t": re.compile(r"[^\t\n]+"), " ": re.compile(r"\S+(?: \S+)*")}
_HEADS_AT_MOST = 24


class Cell(NamedTuple):
    """A cell of a table: where its text stands, and the words at the head of its column."""

    start: int
    end: int
    head: str


class View:
    """A folded text as the rules see it; what several of them need is worked out once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: list[tuple[int, int]] = []

    def names_before(self, at: int) -> bool:
        """Whether a name was found shortly before a place, in its line."""
        line = self.text.rfind("\n", 0, at)
        return any(max(line, at - 60) <= start and end <= at for start, end in self.names)

    @functools.cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells below a head, in the order of the text."""
        return tuple(_cells(self.text))

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [cell.start for cell in self.cells]

    def cell(self, at: int) -> Cell | None:
        """The cell in which a place stands, if a head stands over it."""
        index = bisect.bisect_right(self._starts, at) - 1
        found = self.cells[index] if index >= 0 else None
        return found if found is not None and at < found.end else None

    @functools.cached_property
    def words(self) -> words.Words:
        """The words of the text."""
        return words.Words(self.text)


def _cells(text: str) -> Iterator[Cell]:
    heads: list[str] = []
    last = -2
    for row in _ROW.finditer(text):
        if _RULE.fullmatch(row[0]):
            last = row.end()
            continue
        if row.start() > last + 4:
            heads = []
        last = row.end()
        cells = list(_split(row[0], row.start()))
        if not heads or _is_head(cells):
            heads = [one for one, _, _ in cells]
            continue
        for index, (_, start, end) in enumerate(cells[: len(heads)]):
            if heads[index]:
                yield Cell(start, end, heads[index])


def _split(row: str, at: int) -> Iterator[tuple[str, int, int]]:
    """The texts of a row's cells with their places; an empty cell counts, where borders show it."""
    sign = "|" if "|" in row else "\t" if "\t" in row else " "
    if sign == " ":
        found = [one.span() for one in _CELL[" "].finditer(row)]
    else:
        edges = [-1, *(one.start() for one in re.finditer(re.escape(sign), row)), len(row)]
        found = [(left + 1, right) for left, right in zip(edges, edges[1:], strict=False)]
    for start, end in found:
        text = row[start:end]
        blank = len(text) - len(text.lstrip())
        yield text.strip(), at + start + blank, at + start + len(text.rstrip())


def _is_head(cells: list[tuple[str, int, int]]) -> bool:
    """Whether a row is a head: short words without figures, one of which we know."""
    filled = [text for text, _, _ in cells if text]
    short = all(len(text) <= _HEADS_AT_MOST and not re.search(r"\d{3}", text) for text in filled)
    return len(filled) > 1 and short and any(_KNOWN.search(text) for text in filled)


_KNOWN = re.compile(
    "姓名|联系人|负责人|电话|手机|身份证|证件号|[账帐]号|卡号|联系方式|邮箱|微信|QQ|住址|车牌|出生|"
    "签名|签字|人员|护照|职务|岗位|角色|[Nn]ame|[Pp]hone|[Mm]obile|[Ee]-?mail"
)
