"""Runs of digits: the groups in a text that may together be one number."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

GROUPS_AT_MOST = 8
DIGITS_AT_MOST = 32
DIGITS_AT_LEAST = 5
"""Fewer digits are nobody's number."""
BREAKS = 2
"""Over how many line ends or cell borders a number may go."""

_BETWEEN = r" \t\n|.·*_~\u2010-\u2015-"
_CLUSTER = re.compile(rf"\d(?:[{_BETWEEN}]{{0,10}}\d){{{DIGITS_AT_LEAST - 1}}}[\d{_BETWEEN}]*")
_GROUP = re.compile(r"\d+")
_GAP = re.compile(r"[ ]{0,3}[-.·*_~\u2010-\u2015 ]?[ ]{0,3}")
_BREAK = re.compile(r"[ \t]{0,3}(?:\n{1,2}[ \t]{0,3}\|?|\|[ \t]{0,3}\|?|\t)[ \t]{0,3}")
_GAP_AT_MOST = 10
_CODE_BEFORE = re.compile(r"[A-Za-z][-_.]?$|\d[-_]$|(?<![一-鿿)])[=&?]$")
_CODE_AFTER = re.compile(r"[-_]?[A-WYZa-wyz]|[-_]\d")
_WORD = re.compile(
    r"(?:^|[^A-Za-z])(?:[Tt]el|TEL|[Pp]hone|[Mm]obile|[Mm]ob|[Cc]ell|[Ff]ax|QQ|VX|vx|ID|[Nn]o"
    r"|wechat|sms|href=\W?tel)[:.\"'=]?$"
    r"|(?<![A-Za-z0-9])x$"
)
_CENTS = re.compile(r"\.\d{2}(?!\d|[-. ]\d)")
_MONEY = re.compile(r"(?:[¥￥$€]|RMB|CNY|人民币|金额:?|小写:?|(?<!\d)\d{1,3},)[ ]?$")
_UNIT = re.compile(
    r"\.\d|,\d{3}(?!\d)"
    r"| ?(?:元|万|亿|千|百|%|‰|[个套台次条人户项件行年月天份页期级]|字节|[KMGT]B|平方|米|吨|美元)"
)
_APART, _CLOSE, _BROKEN = range(3)


class Run(NamedTuple):
    """Groups of digits that may be one number: where they stand, and how they hang together."""

    start: int
    end: int
    digits: str
    shape: tuple[int, ...]
    is_broken: bool


class Cluster:
    """Groups of digits with nothing between them but what may stand within a number."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.groups = [found.span() for found in _GROUP.finditer(text, start, end)]
        self._links = [
            _link(text[before:behind]) if behind - before <= _GAP_AT_MOST else _APART
            for (_, before), (behind, _) in zip(self.groups, self.groups[1:], strict=False)
        ]
        self._links.append(_APART)

    def chain(self, at: int) -> int:
        """The index behind the last of the groups that hang together from `at` on."""
        while self._links[at] == _CLOSE:
            at += 1
        return at + 1

    def reaches(self, at: int, least: int) -> bool:
        """Whether the groups from `at` on may have so many digits together."""
        size = breaks = 0
        for index in range(at, min(at + GROUPS_AT_MOST, len(self.groups))):
            start, end = self.groups[index]
            size += end - start
            if size >= least:
                return True
            link = self._links[index]
            breaks += link == _BROKEN
            if link == _APART or breaks > BREAKS:
                return False
        return False

    def runs(self, at: int) -> Iterator[Run]:
        """What the groups from `at` on may be together: one of them, two, and so on."""
        start, end = self.groups[at]
        shape: tuple[int, ...] = (end - start,)
        digits, breaks = self.text[start:end], 0
        yield Run(start, end, digits, shape, is_broken=False)
        for index in range(at + 1, min(at + GROUPS_AT_MOST, len(self.groups))):
            link = self._links[index - 1]
            start_next, end_next = self.groups[index]
            breaks += link == _BROKEN
            if (
                link == _APART
                or breaks > BREAKS
                or len(digits) + end_next - start_next > DIGITS_AT_MOST
                or _CENTS.match(self.text, end_next)
            ):
                return
            digits, shape = digits + self.text[start_next:end_next], (*shape, end_next - start_next)
            end = end_next
            yield Run(start, end, digits, shape, breaks > 0)


def clusters(text: str) -> Iterator[Cluster]:
    """The clusters of a text that have digits enough for a number."""
    for found in _CLUSTER.finditer(text):
        yield Cluster(text, *found.span())


@functools.lru_cache(maxsize=4096)
def _link(gap: str) -> int:
    """How the groups before and behind a gap hang together."""
    if _GAP.fullmatch(gap):
        return _CLOSE
    return _BROKEN if _BREAK.fullmatch(gap) else _APART


def is_in_code(text: str, run: Run) -> bool:
    """Whether the digits are part of a longer code of letters and digits: HAJCR-2401215-EGN00."""
    if _CODE_AFTER.match(text, run.end):
        return True
    before = text[max(run.start - 10, 0) : run.start]
    return _CODE_BEFORE.search(before[-2:]) is not None and _WORD.search(before) is None


def is_amount(text: str, run: Run) -> bool:
    """Whether it counts something: money in front or behind, decimals, a unit."""
    if _UNIT.match(text, run.end):
        return True
    return _MONEY.search(text[max(run.start - 8, 0) : run.start]) is not None


def is_line(text: str, run: Run) -> bool:
    """Whether it is a landline with its area's code, or the address of a computer."""
    is_area = run.digits[0] == "0" and run.shape in ((3, 8), (4, 7), (4, 8))
    return is_area or (max(run.shape) < 4 and text[run.start : run.end].count(".") == 3)
