"""Names of persons: behind labels, in columns and lists, beside titles and numbers, in prose."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.redact import context, ordinary, surnames
from portal.redact.finding import Finding
from portal.redact.view import View

_FIRST = re.compile(
    f"[{''.join(sorted(surnames.SINGLE | {one[0] for one in surnames.DOUBLE}))}](?=[一-鿿㐀-䶿])"
)
_FIGURES = re.compile("[零一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾佰仟百千万亿元第整]+")
_ENDS = frozenset("路镇村巷区县街乡庄屯某氏庙祠寺阁寨堡岭坎渡闸岗浜垭坳圩渠")
"""What places end in, and names that are already withheld."""
_HAN = re.compile("[一-鿿㐀-䶿]+")
FAINT = -12
"""Signs that weigh less are looked at only where the neighbours are strong."""
SURE, DOUBLE_SURE, LIKELY = 50, 36, 12
"""From which total on a name is masked, and from which on it is a suspect."""


class Candidate(NamedTuple):
    """A stretch that may be a name: where it stands, and how likely it is one by itself.

    `signs` is the weight of its signs, `split` of how it lies among the words of the text; both in
    tenths of a natural logarithm.
    """

    start: int
    end: int
    signs: int
    split: int

    @property
    def likely(self) -> int:
        return self.signs + self.split


class Reading(NamedTuple):
    """A candidate among its neighbours: what stands before and behind it adds to its weight."""

    candidate: Candidate
    before: int
    after: int
    text: str

    @property
    def total(self) -> int:
        return self.candidate.likely + self.before + self.after


def find(view: View) -> Iterator[Finding]:
    """Names in running text, by their signs and their neighbours."""
    seen = (best_at(view, at, FAINT) for at in _places(view.text))
    taken = bytearray(len(view.text))
    for best in sorted((one for one in seen if one and one.total >= LIKELY), key=lambda one: -one.total):
        start, end = _whole(view.text, *best.candidate[:2])
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            tier = "mask" if is_sure(best) else "suspect"
            yield Finding(start, end, "person-name", tier, "name-in-prose")  # type: ignore[arg-type]


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A name of two signs with the sign before it, where that is its surname and no word: 于向凤琴."""
    before, given = text[max(start - 2, 0) : start], text[start:end]
    if end - start != 2 or len(before) < 2 or before[-1] not in surnames.WORDS:
        return start, end
    is_led = before[0] in surnames.WORDS or not _HAN.match(before[0])
    return (start - 1, end) if is_led and weight(before[-1], given) > -5 else (start, end)


def _places(text: str) -> Iterator[int]:
    """Where a surname stands whose next signs may be a name's."""
    table = surnames.table()
    for found in _FIRST.finditer(text):
        at = found.start()
        one, two = text[at + 1 : at + 2], text[at + 2 : at + 3]
        first, middle = table.get(text[at]), table.get(one)
        if first is None or middle is None or text[at : at + 2] in surnames.DOUBLE:
            yield at
            continue
        last = table.get(two)
        both = middle[1] + (last[2] if last else 15)
        if first[0] + max(middle[2], both) >= FAINT:
            yield at


def is_sure(one: Reading) -> bool:
    """Whether a person is spoken of: signs alone do not tell a man from a brand."""
    first, likely = one.candidate, one.candidate.likely
    if one.text[:2] in surnames.DOUBLE and len(one.text) > 2:
        return one.total >= DOUBLE_SURE and likely >= 0
    is_human = one.before >= 12 or one.after >= 20 or one.after == context.TOLD or first.signs >= 75
    return is_human and one.total >= SURE and likely >= 12


def best_at(view: View, at: int, least: int = -999) -> Reading | None:
    """The likeliest name from a place on, with its neighbours."""
    found = list(candidates(view, at, least))
    if not found:
        return None
    before = context.before(view, at)
    readings = [Reading(one, before, context.after(view, one.end), view.text[at : one.end]) for one in found]
    best = max(readings, key=lambda one: one.total)
    longer = (one for one in readings if one.candidate.end == best.candidate.end + 1)
    return next((one for one in longer if _is_rounder(one, best)), best)


def _is_rounder(longer: Reading, best: Reading) -> bool:
    """Whether a name goes on by a sign: what follows then is an edge or a verb, and else is not."""
    return best.after < 0 and longer.after >= 6 and longer.candidate.split > -35 and longer.total > 0


def candidates(view: View, at: int, least: int = -999) -> Iterator[Candidate]:
    """What may be a Chinese name from a place on: a surname and one or two signs."""
    text = view.text
    for head in (2, 1):
        first = text[at : at + head]
        if first not in (surnames.SINGLE if head == 1 else surnames.DOUBLE):
            continue
        for given in (2, 1):
            rest = text[at + head : at + head + given]
            if len(rest) < given or not _HAN.fullmatch(rest) or first + rest in ordinary.WORDS:
                continue
            signs = weight(first, rest)
            if signs >= least and not _FIGURES.fullmatch(first + rest):
                yield Candidate(at, at + head + given, signs, _split(view, at, at + head + given))


def weight(head: str, given: str) -> int:
    """How much likelier the signs are a name than other words, in tenths."""
    first = 45 if len(head) == 2 else surnames.weights(head).first
    last = surnames.weights(given[-1]).last - (50 if given[-1] in _ENDS else 0)
    return first + last + (surnames.weights(given[0]).middle if len(given) == 2 else 0)


def _split(view: View, start: int, end: int) -> int:
    """How a stretch lies among the dictionary's words: a name is cut out clean, in small pieces."""
    inside = view.words.within(start, end)
    first, last = inside[0], inside[-1]
    if first == last and (first.start < start or first.end > end):
        return -90
    if first.start == start and first.end == end:
        head, given = view.text[start], view.text[start + 1 : end]
        is_name = first.tag[:2] == "nr" and surnames.weights(head).first >= 22 and weight(head, given) >= 35
        return 10 if is_name else -30
    score = -35 if first.start < start else -12 if first.size > 1 else 0
    if last.end > end:
        return score - 35
    return score - (8 if last.size == 2 and last.tag[:2] != "nr" and last != first else 0)
