"""Names of persons: behind labels, in columns and lists, beside titles and numbers, in prose."""

import operator
import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.redact import context, ordinary, surnames, words
from portal.redact.finding import Finding, Tier
from portal.redact.view import View

_FIRST = re.compile(
    f"[{''.join(sorted(surnames.SINGLE | {one[0] for one in surnames.DOUBLE}))}](?=[一-鿿㐀-䶿])"
)
_FIGURES = frozenset("零一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾佰仟百千万亿元角分第整")
_ENDS = frozenset("路镇村巷区县市街乡庄屯某氏庙祠寺阁寨堡岭坎渡闸岗浜垭坳圩渠")
"""What places end in, and names that are already withheld."""
_SMALL = frozenset(
    "因和与及的后前向由于在对为并或等是有将把被从到月日时也均仍应须可已未以其该此每则而且"
)
"""Small words, which follow a name more often than they end one."""
_HAN = re.compile("[一-鿿㐀-䶿]+")
FAINT = -12
"""Signs that weigh less are looked at only where the neighbours are strong."""
SURE, DOUBLE_SURE, LIKELY, FAINTLY = 50, 36, 12, 2
"""From which total on a name is masked; on which it is a suspect, and is one beside a person's "
"word."""


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

    total: int
    candidate: Candidate
    before: int
    after: int


def _read(view: View, one: Candidate, before: int) -> Reading:
    after = context.after(view, one.end)
    return Reading(one.signs + one.split + before + after, one, before, after)


_total = operator.attrgetter("total")


def find(view: View) -> Iterator[Finding]:
    """Names in running text, by their signs and their neighbours."""
    seen = (best_at(view, at, FAINT, FAINTLY) for at in _places(view.text))
    likely = [one for one in seen if one is not None and one.total >= _least(view, one)]
    taken = bytearray(len(view.text))
    for best in sorted(likely, key=_total, reverse=True):
        start, end = _whole(view.text, best.candidate.start, best.candidate.end)
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            tier: Tier = "mask" if is_sure(view, best) else "suspect"
            rule = "name-by-role" if best.before >= context.MOST_BEFORE else "name-in-prose"
            yield Finding(start, end, "person-name", tier, rule)


def _least(view: View, one: Reading) -> int:
    """The total from which on a reading is a suspect."""
    is_human = one.before >= context.MOST_BEFORE or one.after >= context.STRONG_AFTER
    start = one.candidate.start
    is_word = view.text[start : start + 2] in ordinary.WORDS
    return FAINTLY if is_human and not is_word else LIKELY


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A name of two signs with the sign before it, where that is its surname: 于向凤琴."""
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
        next_one = table[text[at + 1]]
        last = table[text[at + 2]].last if at + 2 < len(text) else 0
        most = table[text[at]].first + max(next_one.last, next_one.middle + last)
        if most >= FAINT or text[at : at + 2] in surnames.DOUBLE:
            yield at


def is_sure(view: View, one: Reading) -> bool:
    """Whether a person is spoken of: signs alone do not tell a man from a brand."""
    first, likely = one.candidate, one.candidate.likely
    if first.end - first.start > 2 and view.text[first.start : first.start + 2] in surnames.DOUBLE:
        return one.total >= DOUBLE_SURE and likely >= 0
    is_told = one.after == context.TOLD and first.end - first.start > 2 and first.signs >= 40
    is_human = one.before >= 12 or one.after >= 20 or is_told or first.signs >= 75
    return is_human and one.total >= SURE and likely >= 12


def best_at(view: View, at: int, least: int = -999, needed: int = -999) -> Reading | None:
    """The likeliest name from a place on, with its neighbours.

    None where all signs weigh less than `least`, or a total of `needed` is out of reach.
    """
    found = list(candidates(view, at, least))
    if not found:
        return None
    most = max([one.signs + one.split for one in found]) + context.MOST_AFTER
    if most + context.MOST_BEFORE < needed:
        return None
    before = context.before(view, at)
    if most + before < needed:
        return None
    readings = [_read(view, one, before) for one in found]
    if len(readings) == 1:
        return readings[0]
    best = max(readings, key=_total)
    longer = (one for one in readings if one.candidate.end == best.candidate.end + 1)
    return next((one for one in longer if _is_rounder(one, best)), best)


def _is_rounder(longer: Reading, best: Reading) -> bool:
    """Whether a name goes on by a sign: what follows then is an edge or a verb, and else is not."""
    return (
        best.after <= 4 and longer.after >= 6 and longer.candidate.split > -35 and longer.total > 0
    )


def candidates(view: View, at: int, least: int = -999) -> Iterator[Candidate]:
    """What may be a Chinese name from a place on: a surname and one or two signs."""
    text = view.text
    for head, known in ((2, surnames.DOUBLE), (1, surnames.SINGLE)):
        first = text[at : at + head]
        if first not in known:
            continue
        given = text[at + head : at + head + 2]
        while given:
            signs = weight(first, given)
            if signs >= least and _may_be_name(first, given):
                end = at + head + len(given)
                yield Candidate(at, end, signs, _split(view, at, end))
            given = given[1:] and given[:1]


def _may_be_name(head: str, given: str) -> bool:
    name = head + given
    is_word = name in ordinary.WORDS or _FIGURES.issuperset(name)
    return not is_word and _HAN.fullmatch(given) is not None


def weight(head: str, given: str) -> int:
    """How much likelier the signs are a name than other words, in tenths."""
    table, end = surnames.table(), given[-1]
    total = table[end].last - (50 if end in _ENDS else 25 if end in _SMALL else 0)
    total += 45 if len(head) == 2 else table[head].first
    return total + (table[given[0]].middle if len(given) == 2 else 0)


def _split(view: View, start: int, end: int) -> int:
    """How a stretch lies among the dictionary's words: a name is cut out clean, in small pieces."""
    first, last = view.words.ends(start, end)
    if first is last:
        if first.start < start or first.end > end:
            return -90
        if _is_listed_name(first, view.text[start:end]):
            return 10
        return -60 if first.tag == "ns" else -38
    score = -35 if first.start < start else -12 if first.size > 1 else 0
    if last.end > end:
        return score - 35
    return score - (8 if last.size == 2 and last.tag[:2] != "nr" else 0)


def _is_listed_name(token: words.Token, name: str) -> bool:
    """Whether the dictionary says that a stretch is a person, and its signs do too."""
    head, given = name[0], name[1:]
    return (
        token.tag[:2] == "nr" and surnames.weights(head).first >= 22 and weight(head, given) >= 35
    )
