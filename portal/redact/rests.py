"""The rest of a name of which a part was found: signs beside it that no word explains."""

from collections.abc import Iterator

from portal.redact import context, shapes, slots, surnames, tails
from portal.redact.finding import Finding
from portal.redact.view import View

_MOST = 2
"""How many signs may be missing on a side."""
_OFFICES = frozenset("科师长理管岗主委答讲写问吗州江")
"""Signs that end an office, or begin what is said."""
_EDGE, _HUMAN = 6, 20
"""From which weight on a place is an edge, and persons are told."""


def find(view: View, found: list[Finding]) -> Iterator[Finding]:
    """Suspects: the signs between a found name and the edge or the word of people beside it."""
    ends = {one.end for one in found}
    starts = {one.start for one in found}
    for one in found:
        if one.kind not in ("person-name", "signature") or one.tier == "keep":
            continue
        if one.end not in starts and (end := _behind(view, one)) is not None:
            yield one._replace(start=one.end, end=end, tier="suspect", rule="rest")
        if one.start not in ends and (start := _before(view, one)) is not None:
            yield one._replace(start=start, end=one.start, tier="suspect", rule="rest")


def _behind(view: View, one: Finding) -> int | None:
    """Where a name ends that goes on behind a finding."""
    at = one.end
    if context.after(view, at) >= _HUMAN:
        return None
    for _ in range(_MOST):
        if not _is_alone(view, at) or view.text[at] in tails.NO_TAIL:
            return None
        at += 1
        after = context.after(view, at)
        is_edge = after >= _EDGE and not _is_han(view.text[at : at + 1])
        if is_edge or after >= context.TOLD:
            return at
    return None


def _before(view: View, one: Finding) -> int | None:
    """Where a name begins of which a finding is the end."""
    at = one.start
    sign = view.text[at - 1 : at]
    if one.end - at == 2 and sign in surnames.SINGLE and sign not in surnames.WORDS:
        return at - 1 if shapes.weight(sign, view.text[at : one.end]) > 0 else None
    if context.before(view, at) >= _EDGE:
        return None
    for _ in range(_MOST):
        if at == 0 or not _is_alone(view, at - 1):
            return None
        at -= 1
        if context.before(view, at) >= _EDGE:
            return at
    return None


def _is_alone(view: View, at: int) -> bool:
    """Whether a sign is a word by itself, and none of those that hold sentences together."""
    sign = view.text[at : at + 1]
    is_name = _is_han(sign) and sign not in _OFFICES and slots.NOBODY.search(sign) is None
    return is_name and view.words.at(at).size == 1


def _is_han(sign: str) -> bool:
    return "一" <= sign <= "鿿"
