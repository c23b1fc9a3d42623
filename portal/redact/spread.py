"""From names that were found to more: their neighbours in a list, and their other occurrences."""

import re
from collections.abc import Iterator

from portal.redact import context, ordinary, people
from portal.redact.finding import Finding
from portal.redact.view import View

_NEXT = re.compile(r"(?:[ ]?[、,/;&+][ ]?|[ ]{1,4}|[ ]?[|\t][ ]?|和|与|及|以及)(?=[一-鿿])")
_PREVIOUS = re.compile(r"[一-鿿]{2,4}(?:[ ]?[、,/;&+][ ]?|[ ]{1,4}|[ ]?[|\t][ ]?|和|与|及|以及)$")
_EDGE = re.compile(r"[\s、,/;&+|\t。()等和与及:]|$")
_NAMES = frozenset({"person-name", "signature"})


def neighbours(view: View, found: list[Finding]) -> Iterator[Finding]:
    """Names that stand beside found ones in a list."""
    for one in found:
        if one.kind in _NAMES and one.tier == "mask" and one.rule != "name-in-prose":
            yield from _on(view, one.end)
            yield from _back(view, one.start)


def _on(view: View, at: int) -> Iterator[Finding]:
    for _ in range(40):
        join = _NEXT.match(view.text, at)
        if join is None:
            return
        best = people.best_at(view, join.end())
        if best is None or not _EDGE.match(view.text, best.candidate.end) or best.candidate.likely < -30:
            return
        start, at = best.candidate[:2]
        tier = "mask" if best.candidate.likely >= -8 else "suspect"
        yield Finding(start, at, "person-name", tier, "list")  # type: ignore[arg-type]


def _back(view: View, at: int) -> Iterator[Finding]:
    for _ in range(40):
        before = _PREVIOUS.search(view.text, max(at - 10, 0), at)
        if before is None:
            return
        readings = [people.best_at(view, start) for start in range(before.start(), before.end() - 1)]
        whole = re.match("[一-鿿]+", before[0])
        end = before.start() + len(whole[0]) if whole else 0
        best = max(
            (one for one in readings if one and end - 2 <= one.candidate.end <= end and _EDGE.match(view.text, one.candidate.end)),
            key=lambda one: one.total,
            default=None,
        )
        if best is None or best.candidate.likely < -10 or not context.opens(view, best.candidate.start):
            return
        at = best.candidate.start
        tier = "mask" if best.candidate.likely >= 8 else "suspect"
        yield Finding(at, best.candidate.end, "person-name", tier, "list")  # type: ignore[arg-type]


def repeats(view: View, found: list[Finding]) -> Iterator[Finding]:
    """Every other place where a masked name stands."""
    names = {view.text[one.start : one.end]: one for one in found if one.kind in _NAMES and one.tier == "mask"}
    names = {name: one for name, one in names.items() if len(name) > 1 and name not in ordinary.WORDS}
    if not names:
        return
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    for place in pattern.finditer(view.text):
        yield Finding(*place.span(), "person-name", "mask", "seen-elsewhere")
