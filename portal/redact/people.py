"""Names of persons: behind labels, in columns and lists, beside titles and numbers, in prose."""

import bisect
import operator
import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.redact import bounds, context, ordinary, shapes, surnames
from portal.redact.finding import Finding, Tier
from portal.redact.view import View

_FIRST = re.compile(
    f"[{''.join(sorted(surnames.SINGLE | {one[0] for one in surnames.DOUBLE}))}](?=[一-鿿㐀-䶿])"
)
HAN = re.compile("[一-鿿㐀-䶿]+")
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
    seen = (_likely_at(view, at) for at in places(view.text))
    likely = [one for one in seen if one is not None]
    taken = bytearray(len(view.text))
    for best in sorted(likely, key=_total, reverse=True):
        start, end = _whole(view.text, best.candidate.start, best.candidate.end)
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            tier: Tier = "mask" if is_sure(view, best) else "suspect"
            rule = "name-by-role" if best.before >= context.MOST_BEFORE else "name-in-prose"
            yield Finding(start, end, "person-name", tier, rule)


def places(text: str) -> Iterator[int]:
    """Where a surname stands whose next signs may be a name's, as far as the next signs tell.

    Of five surnames four are none, and are ruled out here by a look into tables: the weight of the
    two or three signs, and the most that the signs right before and behind allow for.
    """
    padded = text + "\n\n\n"
    for found in _FIRST.finditer(text):
        at = found.start()
        pair = shapes.PAIRS[text[at : at + 2]]
        if pair is None:
            continue
        two, three = pair
        third = padded[at + 2]
        three += shapes.LASTS[third]
        if two < shapes.FAINT and three < shapes.FAINT:
            continue
        before = bounds.BEHIND[text[at - 1]] if at else context.MOST_BEFORE
        if (two >= shapes.FAINT and _may_do(_most(two), before, bounds.FROM[third])) or (
            three >= shapes.FAINT and _may_do(_most(three), before, bounds.FROM[padded[at + 3]])
        ):
            yield at


def _most(signs: int) -> int:
    return signs + shapes.CONFIRMED if signs >= shapes.LISTED else signs


def _may_do(likely: int, before: int, after: int) -> bool:
    """Whether a name is a suspect if its neighbours add as much as they may."""
    total = likely + before + after
    is_human = before >= context.MOST_BEFORE or after >= context.STRONG_AFTER
    return total >= LIKELY or (is_human and total >= FAINTLY)


def _likely_at(view: View, at: int) -> Reading | None:
    """The likeliest name from a place on, if it is a suspect.

    The dictionary is asked first, since it rules out most: what looks like a name is half a word.
    """
    text = view.text
    before = bounds.BEHIND[text[at - 1]] if at else context.MOST_BEFORE
    found = [
        Candidate(at, at + size, signs, _split(view, at, at + size))
        for size, signs in shapes.at(text, at)
        if signs >= shapes.FAINT
    ]
    for one in found:
        if _may_do(one.signs + one.split, before, bounds.FROM[text[one.end : one.end + 1]]):
            best = _best(view, at, found)
            return best if best.total >= _least(view, best) else None
    return None


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
    is_led = before[0] in surnames.WORDS or not HAN.match(before[0])
    return (start - 1, end) if is_led and shapes.weight(before[-1], given) > -5 else (start, end)


def is_sure(view: View, one: Reading) -> bool:
    """Whether a person is spoken of: signs alone do not tell a man from a brand."""
    first, likely = one.candidate, one.candidate.likely
    if first.end - first.start > 2 and view.text[first.start : first.start + 2] in surnames.DOUBLE:
        return one.total >= DOUBLE_SURE and likely >= 0
    if _is_placed(view, one):
        return True
    is_told = one.after == context.TOLD and first.end - first.start > 2 and first.signs >= 40
    is_human = one.before >= 12 or one.after >= 20 or is_told or first.signs >= 75
    return is_human and one.total >= SURE and likely >= 12


def _is_placed(view: View, one: Reading) -> bool:
    """Whether three signs that no word explains stand in a person's place on both sides."""
    first = one.candidate
    is_whole = first.end - first.start == 3 and first.split >= -8 and first.signs >= 0
    if not is_whole or view.text[first.start] in surnames.WORDS:
        return False
    is_led = one.before >= context.ROLED and one.after >= 4
    is_led = is_led and view.text[first.start - 1] != "方"
    return is_led or (one.before >= 6 and one.after >= context.STRONG_AFTER)


def best_at(view: View, at: int, needed: int = -999) -> Reading | None:
    """The likeliest name from a place on, with its neighbours.

    None where no name can be, or a total of `needed` is out of reach.
    """
    found = [
        Candidate(at, at + size, signs, _split(view, at, at + size))
        for size, signs in shapes.at(view.text, at)
    ]
    if not found:
        return None
    most = max([one.signs + one.split for one in found]) + context.MOST_AFTER
    return _best(view, at, found) if most + context.MOST_BEFORE >= needed else None


def _best(view: View, at: int, found: list[Candidate]) -> Reading:
    before = context.before(view, at)
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


def _split(view: View, start: int, end: int) -> int:
    """How a stretch lies among the dictionary's words: a name is cut out clean, in small pieces.

    The signs of a name are Chinese ones, so they lie in one stretch of words.
    """
    cut = view.words.cut(start)
    origin, edges, tags = cut
    low, high = start - origin, end - origin
    index = bisect.bisect_right(edges, low) - 1
    first, behind = edges[index], edges[index + 1]
    if behind >= high:
        if first < low or behind > high:
            return -90
        name = view.text[start:end]
        if _is_listed_name(tags[index], name):
            return shapes.CONFIRMED
        if len(name) == 3 and tags[index][:2] == "nr" and shapes.weight(name[0], name[1:]) >= 40:
            return -25
        return -60 if tags[index] == "ns" else -38
    score = -35 if first < low else -12 if behind - first > 1 else 0
    while behind < high:
        index += 1
        first, behind = behind, edges[index + 1]
    if behind > high:
        return score - 35
    return score - 8 if behind - first == 2 and tags[index][:2] != "nr" else score


def is_cut(view: View, start: int, end: int) -> bool:
    """Whether words begin and end where a stretch does."""
    if not 0 <= start < end <= len(view.text):
        return False
    first, last = view.words.ends(start, end)
    return first.start == start and last.end == end


def _is_listed_name(tag: str, name: str) -> bool:
    """Whether the dictionary says that a stretch is a person, and its signs do too."""
    head, given = name[0], name[1:]
    return (
        tag[:2] == "nr"
        and surnames.weights(head).first >= 22
        and shapes.weight(head, given) >= shapes.LISTED
    )
