"""Names that no rule tells: weighed by signs, words and neighbours, as the lists teach.

`learned.txt` holds the weight of each feature in hundredths of a natural logarithm. It is written
by `tests/redact/learn.py`, from texts with their names marked; nothing in it is said by hand.
"""

import bisect
import functools
import pathlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from portal.redact import bounds, context, shapes, surnames, traits
from portal.redact.finding import Finding
from portal.redact.view import View

NEAR = "near"
"""Whether somebody was found within so many signs; not a matter of the chunk alone."""
_FAR = 36
_NAMES = frozenset({"person-name", "signature"})
_LIES = ("cut", "begun", "ended")
_TIME = "cut t"
"""How a word lies that says when, as 明天 does: nobody is called so."""
_QUOTES = frozenset("“\"'‘《「")
SURE = 130
"""From which weight on a suspect is masked."""
HELD = -150
"""From which weight on a stretch is held: measured on the real contracts, with a margin."""
_PROMISING = 130
"""Up to which weight the outermost signs rule a stretch out, before any word is asked for."""
_HOPEFUL = 100
"""The same once it is known how the stretch lies among the words."""
_DOUBLES = frozenset(one[0] for one in surnames.DOUBLE)
_PAIRS_AT_MOST = 65536
_ENDS = "\n"
_LAST_AT_MOST = 60
"""What the last sign of a name weighs at most, in tenths."""
_CHUNK_AT_MOST = 60
"""What a chunk adds at most."""
_MEMORY = 4096


class Weighed(NamedTuple):
    """A stretch with its weight, in hundredths; `is_told` where neither word nor quote has it."""

    weight: int
    start: int
    end: int
    is_told: bool


@functools.cache
def weights() -> dict[str, int]:
    """The weight of each feature."""
    path = pathlib.Path(__file__).with_name("learned.txt")
    rows = (line.rsplit(" ", 1) for line in path.read_text("utf-8").splitlines()[1:])
    return {name: int(weight) for name, weight in rows}


def find(view: View, found: list[Finding]) -> list[Finding]:
    """What was found, its likely names made sure, and suspects apart from it."""
    starts = {one.start: index for index, one in enumerate(found) if one.kind in _NAMES}
    taken = bytearray(len(view.text) + 1)
    for one in found:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    persons = [(one.start, one.end) for one in found if one.tier == "mask"]
    made, near = list(found), weights().get(NEAR, 0)
    for weight, low, high, is_told in _likely(view):
        if weight < HELD and not is_near(persons, low, high):
            continue
        if taken.find(1, low, high) < 0:
            taken[low:high] = b"\1" * (high - low)
            made.append(Finding(low, high, "person-name", "suspect", "learned"))
        elif is_told and (index := starts.get(low)) is not None:
            total, one = weight + near * is_near(persons, low, high), found[index]
            if one.end == high and one.tier == "suspect" and total >= SURE:
                made[index] = one._replace(tier="mask", rule="learned")
    return sorted(made)


def is_near(persons: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether something personal stands within reach of a stretch."""
    index = bisect.bisect_right(persons, (start - _FAR, 0))
    beside = persons[max(index - 1, 0) : index + 1]
    return any(low < end + _FAR and start - _FAR < high for low, high in beside)


def _likely(view: View) -> list[Weighed]:
    """The stretches of a text that may be names, the likeliest first."""
    known, text = weights(), view.text
    least = HELD - max(known.get(NEAR, 0), 0)
    seen, parts, low, high = [], traits.chunks(text), 0, 0
    for most, one in _promising(text):
        lies = traits.lies(view, one.start, one.end)
        if lies == _TIME or most + known.get(lies, 0) <= _HOPEFUL:
            continue
        features = traits.own(view, one)
        if not features:
            continue
        weight = sum([known.get(name, 0) for name in features])
        if weight + _CHUNK_AT_MOST < least:
            continue
        while one.start >= high:
            low, high = next(parts).span()
        weight += _shared(text[low:high])
        if weight >= least:
            seen.append(Weighed(weight, one.start, one.end, _is_told(text, one, features)))
    return sorted(seen, reverse=True)


@functools.lru_cache(maxsize=_MEMORY)
def _shared(text: str) -> int:
    """What a chunk adds to the weight of all its stretches."""
    known = weights()
    return known.get("", 0) + sum(known.get(name, 0) for name in traits.around(text))


def _is_told(text: str, one: traits.Candidate, features: list[str]) -> bool:
    """Whether neither a word of the dictionary nor a quotation explains a stretch."""
    lies = next(name for name in features if name.startswith(_LIES))
    is_word = lies.count(" ") == 1 and not lies.startswith("cut nr")
    return lies.startswith("cut") and not is_word and text[max(one.start - 1, 0)] not in _QUOTES


def _promising(text: str) -> Iterator[tuple[int, traits.Candidate]]:
    """Of all candidates those that their signs and the ones beside them do not rule out.

    With each the most that these allow for.
    """
    padded = text + "\n\n\n\n"
    two, three, given, known = _size(2), _size(3), _sounds(), surnames.table()
    for found in traits.FIRST.finditer(text):
        at = found.start()
        first, second = padded[at], padded[at + 1]
        if first in _DOUBLES and first + second in surnames.DOUBLE:
            yield from (
                (-shapes.NEVER, traits.Candidate(at, end, 2)) for end in traits.ends(padded, at + 2)
            )
        before = _BEFORE[text[at - 1] if at else ""] + _HEADED[first]
        if before + _ROOM[second] <= _PROMISING:
            continue
        most = before + two + _SOUNDS[second] + _AFTER[padded[at + 2]]
        if most > _PROMISING:
            yield most, traits.Candidate(at, at + 2, 1)
        third, after = padded[at + 2], before + three + _AFTER[padded[at + 3]]
        if after + _MIDDLE[second] > _PROMISING and "㐀" <= third <= "鿿":
            sound = known[second].middle + shapes.LASTS[third]
            most = after + given[bisect.bisect_right(traits.SOUNDS, sound)]
            if most > _PROMISING:
                yield most, traits.Candidate(at, at + 3, 1)


@functools.cache
def _size(signs: int) -> int:
    return weights().get(f"size{signs}of1", 0)


@functools.cache
def _sounds() -> tuple[int, ...]:
    """What a given name of two signs weighs, by the level of its sound."""
    return tuple(weights().get(f"given2.{level}", 0) for level in range(len(traits.SOUNDS) + 1))


class _Known(dict[str, int]):
    """What signs add to the weight of a stretch, each worked out when it is first asked for."""

    def __init__(self, weight: Callable[[str], int]) -> None:
        super().__init__()
        self._weight = weight

    def __missing__(self, signs: str) -> int:
        if len(self) >= _PAIRS_AT_MOST:
            self.clear()
        self[signs] = found = self._weight(signs)
        return found


def _headed(sign: str) -> int:
    small = weights().get("small", 0) if sign in surnames.WORDS else 0
    return small + (
        weights().get(traits.surname(sign), 0) if sign in surnames.SINGLE else shapes.NEVER
    )


def _middle(sign: str) -> int:
    """The most that a given name of two signs weighs which begins with this one."""
    return max(
        _sounds()[: traits.level(surnames.table()[sign].middle + _LAST_AT_MOST, traits.SOUNDS) + 1]
    )


def _room(sign: str) -> int:
    """The most that a given name and what follows weigh, if it begins with a sign."""
    if not "㐀" <= sign <= "鿿":
        return shapes.NEVER
    ends = [weight for name, weight in weights().items() if name.startswith("R=")]
    after = max(ends, default=0) + max([weight for _, weight in _levels("A=")], default=0)
    return max(_size(2) + _SOUNDS[sign], _size(3) + _MIDDLE[sign]) + after


_ROOM = _Known(_room)
_HEADED, _MIDDLE = _Known(_headed), _Known(_middle)
_SOUNDS = _Known(lambda given: weights().get(traits.given(given), 0))


@functools.cache
def _levels(side: str) -> tuple[tuple[int, int], ...]:
    """What the neighbours on a side weigh here, by what they weigh for the rules."""
    rows = ((name, weight) for name, weight in weights().items() if name.startswith(side))
    return tuple((int(name.removeprefix(side)), weight) for name, weight in rows)


class _Side(dict[str, int]):
    """The most that a neighbouring sign allows for, worked out when it is first asked for."""

    def __init__(self, name: str, side: str, bound: dict[str, int]) -> None:
        super().__init__()
        self._name, self._side, self._bound = name, side, bound

    def __missing__(self, sign: str) -> int:
        known = weights()
        if sign and sign in _ENDS:
            self[sign] = found = self[""]
            return found
        most = self._bound[sign] if sign or self._name == "R=" else context.MOST_BEFORE
        is_own = sign == "的"
        allowed = [
            weight
            for level, weight in _levels(self._side)
            if level <= most and (level != 2 or is_own)
        ]
        own = known.get(self._name + ("0" if sign.isdigit() else sign), 0)
        self[sign] = found = own + max(allowed, default=0)
        return found


_BEFORE, _AFTER = _Side("L=", "B=", bounds.BEHIND), _Side("R=", "A=", bounds.FROM)
