"""In company: what may be a name near what surely is somebody's."""

import re
from collections.abc import Iterable, Iterator

from portal.redact import chances, context, human, people, shapes, surnames
from portal.redact.finding import Finding
from portal.redact.view import View

_OWN = frozenset(
    "person-name signature mobile id-number passport wechat qq email plate birth-date "
    "home-address bank-card".split()
)
"""Kinds that only a person has."""
_FAR, _KEPT = 36, 80
"""How far company reaches, within its line, for any word and for what sounds like a name."""
_MARK = re.compile("█+")
"""What was masked before keeps company too: a suspect stays one when its neighbour is masked."""
_INNER = 20
"""How much less far the company of a mark reaches."""
_SURE = 40
"""From which weight on the signs of a name are sure in company."""
_PAPERS = frozenset("报修 报障 保修 维修 原件 附件 复印件 扫描件".split())
"""Words that stand beside persons in every paper, and begin like names."""
_QUOTES = frozenset("“\"'‘《「")
_OPEN = 6
"""From which weight on a place is open to a name."""


def find(view: View, found: Iterable[Finding]) -> Iterator[Finding]:
    """Suspects near findings that only a person has, and near marks."""
    taken = bytearray(len(view.text) + 1)
    marks = _MARK.finditer(view.text) if "█" in view.text else ()
    near = [(one.start() + _INNER, one.end() - _INNER) for one in marks]
    for one in found:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
        if one.kind in _OWN and one.tier == "mask":
            near.append((one.start, one.end))
    for low, high in _windows(view.text, sorted(near)):
        for one in _within(view, low, high, taken):
            if view.text[one.start : one.end] not in _PAPERS:
                yield one


def is_kept(view: View, one: Finding, found: list[Finding], index: int) -> bool:
    """Whether a suspect of three signs that no word explains stands apart, near a sure person."""
    if one.tier != "suspect" or one.end - one.start != 3 or view.text[one.start - 1] in _QUOTES:
        return False
    name = view.text[one.start : one.end]
    is_whole = human.is_strange(view, one.start, one.end) and people.is_cut(
        view, one.start, one.end
    )
    if not is_whole or name[0] not in surnames.SINGLE or shapes.weight(name[0], name[1:]) < _SURE:
        return False
    if view.text[one.start - 1] == view.text[one.end : one.end + 1] == "、":
        return False
    if context.before(view, one.start) < _OPEN or context.after(view, one.end) < _OPEN:
        return False
    return any(
        other.tier == "mask"
        and other.kind in _OWN
        and "\n" not in view.text[min(one.start, other.start) : max(one.start, other.start)]
        and abs(other.start - one.start) < _KEPT
        for other in found[max(index - 3, 0) : index + 4]
    )


def _windows(text: str, near: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of lines that company reaches, in order and apart."""
    last = 0
    for start, end in near:
        low = max(text.rfind("\n", max(start - _FAR, 0), start) + 1, start - _FAR, last)
        line = text.find("\n", end, end + _FAR)
        high = line if line >= 0 else min(end + _FAR, len(text))
        if low < high:
            yield low, high
            last = high


def _within(view: View, low: int, high: int, taken: bytearray) -> Iterator[Finding]:
    """What may be a name in a part of a line: the likeliest first, where several overlap."""
    possible = [
        (weight, start, end)
        for start, ends in chances.places(view, view.words.edges(low, high))
        for end, weight in chances.weighed(view, start, ends)
        if taken.find(1, start, end) < 0
    ]
    for _, start, end in sorted(possible, reverse=True):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            yield Finding(start, end, "person-name", "suspect", "company")
