"""A folded text with its tables: which column a place stands in, and what heads that column."""

import bisect
import functools
import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.redact import words

_WIDE = re.compile("[^ ] {2,}[^ ]")
_RULE = re.compile(r"[\s|:-]+")
_CELL = {
    "|": re.compile(r"[^|\n]+"),
    "\t": re.compile(r"[^\t\n]+"),
    " ": re.compile(r"\S+(?: \S+)*"),
}
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
        low = max(self.text.rfind("\n", max(at - 60, 0), at), at - 60)
        first = bisect.bisect_left(self.names, (low, 0))
        behind = bisect.bisect_right(self.names, (at, 0))
        return any(end <= at for _, end in self.names[first:behind])

    def around_names(self, far: int) -> Iterator[tuple[int, int]]:
        """The parts of the text that are so near to a name, in order and apart."""
        last = 0
        for start, end in self.names:
            low, high = max(start - far, last), min(end + far, len(self.text))
            if low < high:
                yield low, high
                last = high

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


def _rows(text: str) -> Iterator[tuple[int, str]]:
    """The lines that have cells, with their places."""
    if "|" not in text and "\t" not in text and "  " not in text:
        return
    at = 0
    for line in text.split("\n"):
        if "|" in line or "\t" in line or ("  " in line and _WIDE.search(line)):
            yield at, line
        at += len(line) + 1


def _cells(text: str) -> Iterator[Cell]:
    heads: list[str] = []
    last, is_ruled = -2, False
    for at, row in _rows(text):
        is_far, last = at > last + 4, at + len(row)
        is_ruled = is_ruled and not is_far
        if _RULE.fullmatch(row):
            is_ruled = bool(heads) and "|" in row
            continue
        cells = list(_split(row, at))
        is_other = "|" not in row and "\t" not in row and len(cells) != len(heads)
        if is_far or is_other or not heads or (not is_ruled and _is_head(cells)):
            heads = [one for one, _, _ in cells]
            continue
        for head, (_, start, end) in zip(heads, cells, strict=False):
            if head:
                yield Cell(start, end, head)


def _split(row: str, at: int) -> Iterator[tuple[str, int, int]]:
    """The texts of a row's cells with their places; an empty cell counts, where borders show it."""
    sign = "|" if "|" in row else "\t" if "\t" in row else " "
    if sign == " ":
        found = [one.span() for one in _CELL[" "].finditer(row)]
    else:
        edges = [-1, *(one.start() for one in re.finditer(re.escape(sign), row)), len(row)]
        found = [(left + 1, right) for left, right in itertools.pairwise(edges)]
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
    "签名|签字|人员|护照|职务|岗位|角色|[Nn]ame|[Pp]hone|[Mm]obile|[Ee]-?mail|"
    "(?:修订|编制|审核|校对|批准|记录|经手|经办|申请|值班|责任)人"
)
