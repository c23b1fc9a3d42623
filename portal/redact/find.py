"""The finder: a text in, the places that may hold personal data out."""

import re
from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType

from portal.redact import (
    alike,
    called,
    celled,
    company,
    contacts,
    fold,
    handles,
    homes,
    human,
    learned,
    led,
    marks,
    named,
    numbers,
    papers,
    people,
    places,
    policy,
    rests,
    rows,
    signed,
    slots,
    spoken,
    spread,
    strangers,
    tails,
    telephones,
    wrapped,
)
from portal.redact.finding import Finding
from portal.redact.view import View

NAMES: tuple[Callable[[View], Iterable[Finding]], ...] = (
    named.find,
    rows.find,
    strangers.find,
    people.find,
    slots.find,
    human.find,
    led.find,
    spoken.find,
    called.find,
    signed.find,
    handles.find,
)
OTHERS: tuple[Callable[[View], Iterable[Finding]], ...] = (
    contacts.find,
    papers.find,
    telephones.find,
    numbers.find,
    celled.find,
    places.find,
    homes.find,
)
_NAMED = frozenset({"person-name", "signature"})
_NAME = 8
"""How long a name is at most, with the gap that a line's end leaves in it."""
_FREE = re.compile(rb"\0+")
_RANK = {"mask": 1, "keep": 2, "suspect": 3}


def find(text: str, wanted: policy.Policy = MappingProxyType({})) -> tuple[Finding, ...]:
    """Everything in a text that is personal, or may be, in its order and without overlaps.

    `wanted` are the site's tiers by kind. What the policy keeps is found too, in the tier `keep`.
    Marks in the text are no findings, and no finding covers one.
    """
    folded = fold.fold(marks.blanked(text))
    view = View(folded.text)
    names = _settled(view, [one for rule in NAMES for one in rule(view)])
    names = _settled(view, [*names, *wrapped.find(view), *spread.neighbours(view, names)])
    names = _settled(view, [*names, *tails.find(view, names), *spread.between(view, names)])
    names = sorted([*names, *rests.find(view, names)])
    names = _settled(view, [*names, *alike.find(view, names)])
    view.names = [one[:2] for one in names if one.tier != "keep"]
    found = [*names, *spread.repeats(view, names), *(one for rule in OTHERS for one in rule(view))]
    settled = list(_promoted(view, _settled(view, found)))
    settled = sorted([*settled, *company.find(view, settled)])
    settled = learned.find(view, settled)
    back = (_back(one, folded) for one in settled)
    return tuple(policy.applied(back, wanted))


def _settled(view: View, found: Iterable[Finding]) -> list[Finding]:
    """Of findings that overlap, the surer one, then the longer one."""
    taken, kept = bytearray(len(view.text) + 1), []
    for one in sorted(found, key=_precedence):
        for start, end in _free(view.text, taken, one):
            taken[start:end] = b"\1" * (end - start)
            kept.append(one._replace(start=start, end=end))
    return sorted(kept)


def _free(text: str, taken: bytearray, one: Finding) -> Iterator[tuple[int, int]]:
    """The parts of a finding that no surer one covers; a remainder of two signs is none.

    One sign more behind a name that is masked may be its last.
    """
    if taken.find(1, one.start, one.end) < 0:
        yield one.start, one.end
        return
    for part in _FREE.finditer(taken, one.start, one.end):
        is_tail = one.kind in _NAMED and part.end() == one.end and one.end - one.start < _NAME
        size = len(text[part.start() : part.end()].strip())
        if size > 2 or (is_tail and size == 1) or (one.rule == "called" and size > 0):
            yield part.span()


def _promoted(view: View, found: list[Finding]) -> Iterator[Finding]:
    """Findings; a likely name right beside a person's number or address is one for sure.

    So is one to whom a task is given, and a whole one in the company of persons.
    """
    text = view.text
    for index, one in enumerate(found):
        beside = [
            other
            for other in (*found[max(index - 1, 0) : index], *found[index + 1 : index + 2])
            if other.tier == "mask" and other.kind not in ("person-name", "signature")
        ]
        is_likely = one.tier == "suspect" and one.kind == "person-name" and one.end - one.start > 2
        is_likely = is_likely and _PAPER.isdisjoint(text[one.start : one.end])
        if is_likely and any(_BESIDE.fullmatch(_between(text, one, other)) for other in beside):
            yield one._replace(tier="mask", rule="beside-number")
        elif (start := _tasked(text, one)) is not None:
            yield one._replace(start=start, tier="mask", rule="by-whom")
        elif one.rule in _READ and company.is_kept(view, one, found, index):
            yield one._replace(tier="mask", rule="kept-company")
        else:
            yield one


def _tasked(text: str, one: Finding) -> int | None:
    """Where the name begins in a suspect to whom a task is given, 由…负责; None elsewhere."""
    start = one.start + text.startswith("由", one.start)
    is_led = start > 0 and text[start - 1] == "由" and one.end - start > 1
    is_name = one.tier == "suspect" and one.kind == "person-name"
    return start if is_name and is_led and _TASKED.match(text, one.end) else None


_TASKED = re.compile(r"\s*(?:负责|牵头|主持|带队)")
_READ = frozenset({"name-in-prose", "name-by-role"})
_PAPER = frozenset("卡号账帐户流发码单")
"""Signs of words for papers and numbers, which stand beside numbers too."""
_BESIDE = re.compile(r"[ ,:/()【】\[\]、;|\t]{0,5}")


def _between(text: str, one: Finding, other: Finding) -> str:
    first, last = sorted((one, other))
    return text[first.end : last.start]


def _precedence(one: Finding) -> tuple[int, int, int]:
    """A legal representative's name stays, whatever else it looks like."""
    rank = 0 if one.rule == "legal" else _RANK[one.tier]
    return rank, one.start - one.end, one.start


def _back(one: Finding, folded: fold.Folded) -> Finding:
    start, end = folded.span(one.start, one.end)
    return one._replace(start=start, end=end)
