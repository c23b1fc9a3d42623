"""Names with a gap within them: a line's end, or the spaces that set two signs wide."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.redact import people, surnames
from portal.redact.finding import Finding, Tier
from portal.redact.view import View

_GAP = re.compile(r"(?<=[一-鿿])(?:[ ]{0,2}\n[ ]{0,4}|[ ]{1,3})(?=[一-鿿])")
_LABEL = re.compile("[一-鿿]{0,4}[:|]")
"""The rest of a label: what stands before it is no half of a name."""
_AROUND = 14


class Closed(NamedTuple):
    """The text around a gap without any, and where each of its signs stands."""

    view: View
    places: list[int]
    middle: int


def find(view: View) -> Iterator[Finding]:
    """Names whose signs stand apart."""
    for gap in _GAP.finditer(view.text):
        if any(
            sign in surnames.SINGLE for sign in view.text[max(gap.start() - 3, 0) : gap.start()]
        ):
            yield from _over(_closed(view.text, gap), "\n" in gap[0])


def _closed(text: str, gap: re.Match[str]) -> Closed:
    low, high = max(gap.start() - _AROUND, 0), min(gap.end() + _AROUND, len(text))
    low = max(low, text.rfind("\n", low, gap.start()) + 1)
    gaps = [
        gap.span(),
        *(one.span() for one in _GAP.finditer(text, gap.end(), high) if "\n" not in one[0]),
    ]
    places = [at for at in range(low, high) if not any(start <= at < end for start, end in gaps)]
    return Closed(View("".join([text[at] for at in places])), places, gap.start() - low)


def _over(closed: Closed, is_line: bool) -> Iterator[Finding]:  # noqa: FBT001 - a gap is of two sorts
    for at in range(max(closed.middle - 3, 0), closed.middle):
        best = people.best_at(closed.view, at, needed=people.LIKELY)
        if best is None or best.candidate.end <= closed.middle or best.total < people.LIKELY:
            continue
        if not is_line and (best.before < 8 or best.after < 0):
            continue
        if _LABEL.match(closed.view.text, best.candidate.end):
            continue
        tier: Tier = "mask" if people.is_sure(closed.view, best) else "suspect"
        start, end = closed.places[at], closed.places[best.candidate.end - 1] + 1
        yield Finding(start, end, "person-name", tier, "wrapped")
