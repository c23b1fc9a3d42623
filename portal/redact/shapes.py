"""What signs may be as a name, by themselves: which of them are its own, and what they weigh."""

import functools
import re

from portal.redact import ordinary, surnames

_FIGURES = frozenset("零一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾佰仟百千万亿元角分第整")
_ENDS = frozenset("路镇村巷区县市街乡庄屯某氏庙祠寺阁寨堡岭坎渡闸岗浜垭坳圩渠")
"""What places end in, and names that are already withheld."""
_SMALL = frozenset(
    "因和与及的后前向由于在对为并或等是有将把被从到月日时也均仍应须可已未以其该此每则而且"
)
"""Small words, which follow a name more often than they end one."""
_HAN = re.compile("[一-鿿㐀-䶿]+")
_MEMORY = 65536
"""How many pairs of signs are remembered."""
LISTED = 35
"""From which weight on signs confirm what the dictionary calls a person."""
CONFIRMED = 10
"""What that adds."""
NEVER = -999
"""The weight of what is no name."""


def weight(head: str, given: str) -> int:
    """How much likelier the signs are a name than other words, in tenths."""
    table = surnames.table()
    total = LASTS[given[-1]] + (45 if len(head) == 2 else table[head].first)
    return total + (table[given[0]].middle if len(given) == 2 else 0)


def at(text: str, place: int) -> tuple[tuple[int, int], ...]:
    """What may be a name from a place on, a surname and one or two signs: its size and weight."""
    is_double = text[place : place + 2] in surnames.DOUBLE
    return _shapes(text[place : place + (4 if is_double else 3)])


@functools.lru_cache(maxsize=32768)
def _shapes(signs: str) -> tuple[tuple[int, int], ...]:
    found = []
    for head, known in ((2, surnames.DOUBLE), (1, surnames.SINGLE)):
        first = signs[:head]
        if first not in known:
            continue
        given = signs[head : head + 2]
        while given:
            if _may_be_name(first, given):
                found.append((head + len(given), weight(first, given)))
            given = given[1:] and given[:1]
    return tuple(found)


def _may_be_name(head: str, given: str) -> bool:
    name = head + given
    is_word = name in ordinary.WORDS or _FIGURES.issuperset(name)
    return not is_word and _HAN.fullmatch(given) is not None


class _Lasts(dict[str, int]):
    """The weight of a sign at the end of a name, worked out when it is first asked for."""

    def __missing__(self, sign: str) -> int:
        less = 50 if sign in _ENDS else 25 if sign in _SMALL else 0
        is_han = _HAN.fullmatch(sign) is not None
        self[sign] = found = surnames.table()[sign].last - less if is_han else NEVER
        return found


class _Pairs(dict[str, tuple[int, int] | None]):
    """The weight of a surname and a sign as a name, and of the two as the beginning of one.

    None where neither can weigh as much as `least`, whatever sign follows.
    """

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least

    def __missing__(self, signs: str) -> tuple[int, int] | None:
        if len(self) >= _MEMORY:
            self.clear()
        two, three = self._weights(signs)
        is_hopeless = max(two, three + _last_at_most()) < self._least
        self[signs] = found = None if is_hopeless else (two, three)
        return found

    def _weights(self, signs: str) -> tuple[int, int]:
        if signs in surnames.DOUBLE:
            return -NEVER, -NEVER
        if signs[0] not in surnames.SINGLE:
            return NEVER, NEVER
        table = surnames.table()
        two = weight(*signs) if _may_be_name(*signs) else NEVER
        return two, table[signs[0]].first + table[signs[1]].middle


@functools.cache
def _last_at_most() -> int:
    return max(one.last for one in surnames.table().values())


LASTS = _Lasts()
FAINT = -12
"""Signs that weigh less are looked at only where the neighbours are strong."""
PAIRS = _Pairs(FAINT)
