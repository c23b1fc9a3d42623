"""From names that were found to more: their neighbours in a list, and their other occurrences."""

import itertools
import re
from collections.abc import Callable, Iterator

from portal.redact import context, human, named, ordinary, people, slots, surnames
from portal.redact.finding import Finding, Tier
from portal.redact.view import View

_NEXT = re.compile(r"(?:[ ]?[、,/;&+][ ]?|[ ]{1,4}|[ ]?[|\t][ ]?|和|与|及|以及)(?=[一-鿿])")
_PREVIOUS = re.compile(r"[一-鿿]{2,4}(?:[ ]?[、,/;&+][ ]?|[ ]{1,4}|[ ]?[|\t][ ]?|和|与|及|以及)$")
_EDGE = re.compile(r"[\s、,/;&+|\t。()等和与及:]|$")
_ITEM_ON = re.compile(
    r"(?:[ ]?[、/&+][ ]?|[ ]{1,4}|和|与|及|以及)(?P<value>[一-鿿]{2,3})(?=[、/&+。;,\n|(]|[ ]"
    r"|和|与|及|等|$)"
)
_ITEM_BACK = re.compile(
    r"(?<![一-鿿])(?P<value>[一-鿿]{2,3})(?:[ ]?[、/&+][ ]?|[ ]{1,4}|和|与|及|以及)$"
)
_GIVEN = 0
"""From which weight on a word may be a given name."""
_INSIDE = re.compile(
    r"(?:\([^()\n]{1,6}\))?(?:[ ]?[、,/;&+|\t][ ]?|[ ]{1,4}|和|与|及)(?P<value>[一-鿿㐀-䶿]{2,3})"
    r"(?:\([^()\n]{1,6}\))?(?:[ ]?[、,/;&+|\t][ ]?|[ ]{1,4}|和|与|及)"
)
_HAN = re.compile("[一-鿿]+")
_ROAD = re.compile("[东西南北中]?(?:路|街|大道|巷|广场|花园)(?=\n?[0-9一二三四五六七八九十])")
"""What makes a name that of a road."""
_NAMES = frozenset({"person-name", "signature"})


def neighbours(view: View, found: list[Finding]) -> Iterator[Finding]:
    """Names that stand beside found ones in a list."""
    seen_on: set[int] = set()
    seen_back: set[int] = set()
    items_on: set[int] = set()
    items_back: set[int] = set()
    for one in found:
        if one.kind in _NAMES and one.tier == "mask" and one.rule != "name-in-prose":
            yield from _chain(view, one.end, _on, seen_on)
            yield from _chain(view, one.start, _back, seen_back)
        elif one.kind in _NAMES and one.tier != "keep":
            yield from _chain(view, one.end, _item_on, items_on)
            yield from _chain(view, one.start, _item_back, items_back)


def _chain(
    view: View, at: int, step: Callable[[View, int], tuple[int, Finding] | None], seen: set[int]
) -> Iterator[Finding]:
    """The names of a list from a place on, step by step, up to where another chain has been."""
    while at not in seen:
        seen.add(at)
        made = step(view, at)
        if made is None:
            return
        at, finding = made
        yield finding


def _on(view: View, at: int) -> tuple[int, Finding] | None:
    """The name behind a place in a list, and its end."""
    join = _NEXT.match(view.text, at)
    best = people.best_at(view, join.end()) if join is not None else None
    if (
        best is None
        or best.candidate.likely < -30
        or not _EDGE.match(view.text, best.candidate.end)
    ):
        return _item_on(view, at)
    start, end = best.candidate[:2]
    tier: Tier = "mask" if best.candidate.likely >= -8 else "suspect"
    return end, Finding(start, end, "person-name", tier, "list")


def _back(view: View, at: int) -> tuple[int, Finding] | None:
    """The name before a place in a list, and its start."""
    before = _PREVIOUS.search(view.text, max(at - 10, 0), at)
    if before is None:
        return None
    whole = _HAN.match(before[0])
    end = before.start() + len(whole[0]) if whole else 0
    readings = [people.best_at(view, start) for start in range(before.start(), end - 1)]
    best = max(
        (one for one in readings if one is not None and _fits(view, one, end)),
        key=lambda one: one.total,
        default=None,
    )
    if best is None or best.candidate.likely < -10 or not context.opens(view, best.candidate.start):
        return _item_back(view, at)
    start = best.candidate.start
    tier: Tier = "mask" if best.candidate.likely >= 8 else "suspect"
    return start, Finding(start, best.candidate.end, "person-name", tier, "list")


def _item_on(view: View, at: int) -> tuple[int, Finding] | None:
    """The item of a list behind a place, and its end, which may be a name though it is a word."""
    found = _ITEM_ON.match(view.text, at)
    one = _item(view, found) if found is not None else None
    return (one.end, one) if one is not None else None


def _item_back(view: View, at: int) -> tuple[int, Finding] | None:
    """The item of a list before a place, and its start."""
    found = _ITEM_BACK.search(view.text, max(at - 8, 0), at)
    one = _item(view, found) if found is not None else None
    return (one.start, one) if one is not None else None


def _item(view: View, found: re.Match[str]) -> Finding | None:
    """An item of a list, if it may be a name."""
    start, end = found.span("value")
    value = found["value"]
    is_known = value in named.WORDS or value in context.WORDS or value in ordinary.WORDS
    if is_known or slots.NOBODY.search(value) or not people.is_cut(view, start, end):
        return None
    is_like = value[0] in surnames.SINGLE or human.is_strange(view, start, end)
    if not is_like and surnames.given(value[-2:]) < _GIVEN:
        return None
    return Finding(start, end, "person-name", "suspect", "list")


def _fits(view: View, one: people.Reading, end: int) -> bool:
    """Whether a name ends with the signs before the join, or nearly so."""
    last = one.candidate.end
    return end - 2 <= last <= end and _EDGE.match(view.text, last) is not None


def between(view: View, found: list[Finding]) -> Iterator[Finding]:
    """Words of two or three signs between two names of a list, though no sign tells of a person."""
    names = [one for one in found if one.kind in _NAMES and one.tier != "keep"]
    for left, right in itertools.pairwise(names):
        if not 4 <= right.start - left.end <= 12:
            continue
        inside = _INSIDE.fullmatch(view.text, left.end, right.start)
        if inside is not None and human.is_possible(view, *inside.span("value")):
            yield Finding(*inside.span("value"), "person-name", "suspect", "between")


def repeats(view: View, found: list[Finding]) -> Iterator[Finding]:
    """Every other place where a masked name stands."""
    names = {
        view.text[one.start : one.end]
        for one in found
        if one.kind in _NAMES
        and one.tier == "mask"
        and one.end - one.start > 1
        and not slots.TRADE.search(view.text, one.start, one.end)
    } - ordinary.WORDS
    if not names:
        return
    sizes: dict[str, set[int]] = {}
    for name in names:
        sizes.setdefault(name[:2], set()).add(len(name))
    at = 0
    for first in re.finditer(f"[{re.escape(''.join({name[0] for name in names}))}]", view.text):
        start = first.start()
        for size in sorted(sizes.get(view.text[start : start + 2], ()), reverse=True):
            if start >= at and view.text[start : start + size] in names:
                if _ROAD.match(view.text, start + size):
                    break
                at = start + size
                yield Finding(start, at, "person-name", "mask", "seen-elsewhere")
