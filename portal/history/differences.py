"""Which facts differ between two versions of a contract, value by value."""

import difflib
from collections.abc import Iterator
from typing import Any, NamedTuple

from portal import exact
from portal.chronicle import HIDDEN, Difference
from portal.history.hidden import HERE


class Side(NamedTuple):
    """A value as it was, and as it may be shown."""

    real: Any
    shown: Any

    def part(self, name: Any) -> "Side":
        if not isinstance(self.real, dict):
            return Side(None, None)
        return Side(self.real.get(name), self.shown.get(name))

    def at(self, place: int) -> "Side":
        return Side(self.real[place], self.shown[place])

    @property
    def written(self) -> str:
        if self.real is None:
            return ""
        return HIDDEN if self.shown == HERE != self.real else exact.written(self.shown)


def between(old: Side, new: Side, field: str = "", place: int = 0) -> Iterator[Difference]:
    """The differences of two facts, in the order of the newer; `shown` has the shape of `real`."""
    if old.real == new.real:
        return
    if isinstance(old.real, dict) or isinstance(new.real, dict):
        for name in dict.fromkeys((*(new.real or {}), *(old.real or {}))):
            inner = f"{field}.{name}" if field else name
            yield from between(old.part(name), new.part(name), inner, place)
    elif _is_many(old.real) or _is_many(new.real):
        yield from _many(old, new, field, place)
    else:
        yield Difference(field, place, old.written, new.written)


def _is_many(value: Any) -> bool:
    """Whether it is a list of facts; one of plain values is one value."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _many(old: Side, new: Side, field: str, place: int) -> Iterator[Difference]:
    """Things of a list: those alike stay, others are compared in their order, the rest is new."""
    before, after = (Side(one.real or [], one.shown or []) for one in (old, new))
    olds, news = ([exact.written(one) for one in side.real] for side in (before, after))
    match = difflib.SequenceMatcher(None, olds, news, autojunk=False)
    for kind, start, end, first, last in match.get_opcodes():
        if kind == "equal":
            continue
        both = min(end - start, last - first)
        for at in range(both):
            number = place or first + at + 1
            yield from between(before.at(start + at), after.at(first + at), field, number)
        for at in range(start + both, end):
            yield Difference(field, place or at + 1, before.at(at).written, "")
        for at in range(first + both, last):
            yield Difference(field, place or at + 1, "", after.at(at).written)


def own(olds: list[Side], new: Side) -> tuple[Difference, ...]:
    """What differs from every older version: of a merge, what was decided in it."""
    first, *others = (tuple(between(one, new)) for one in olds)
    new_of_others = [{(one.field, one.new) for one in each} for each in others]
    return tuple(
        one for one in first if all((one.field, one.new) in each for each in new_of_others)
    )
