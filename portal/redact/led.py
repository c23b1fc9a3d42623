"""Names that are words, behind what their bearers are, or told by a number."""

import re
from collections.abc import Iterator

from portal.redact import chances, context, people, surnames
from portal.redact.finding import Finding
from portal.redact.view import View

_ROLE = re.compile("(?:[员长师]|人员|经理|主任|代表|专家|业主|同事|领班|书记|顾问)(?=[一-鿿]{2})")
_PAIR = re.compile("[、和与](?=[一-鿿]{2,3}[ ]?[二两](?:人|位))")
_VERBS = frozenset({"v", "vn", "d", "p", "c"})
_GIVEN, _SURNAMED = -6, -45
"""From which weight on two signs may be a given name, and three a name with its surname."""
_ROOM = 4
"""From which weight on what follows leaves room for a name."""


def find(view: View) -> Iterator[Finding]:
    """Suspects behind a role, and the two of 和平、勇敢二人."""
    for found in _ROLE.finditer(view.text):
        at = found.end()
        for end in (at + 3, at + 2):
            if _is_led(view, at, end):
                yield Finding(at, end, "person-name", "suspect", "led")
                break
    for join in _PAIR.finditer(view.text):
        for start, end in (*_ends(join.start()), *_begins(join.end())):
            if _may_be(view, start, end):
                yield Finding(start, end, "person-name", "suspect", "pair")


def _ends(at: int) -> tuple[tuple[int, int], ...]:
    return (at - 3, at), (at - 2, at)


def _begins(at: int) -> tuple[tuple[int, int], ...]:
    return (at, at + 3), (at, at + 2)


def _may_be(view: View, start: int, end: int) -> bool:
    is_told = context.after(view, end) >= _ROOM and context.before(view, start) >= _ROOM
    return (
        is_told
        and people.is_cut(view, start, end)
        and chances.shape_of(view.text[start:end]) is not None
    )


def _is_led(view: View, start: int, end: int) -> bool:
    """Whether a stretch behind a role may be a name: no verb, cut clean, and with room behind."""
    value = view.text[start:end]
    if context.before(view, start) < context.ROLED:
        return False
    if not people.is_cut(view, start, end) or context.after(view, end) < _ROOM:
        return False
    shape = chances.shape_of(value)
    if shape is None:
        return False
    if len(value) == 3:
        return shape.head == 1 and shape.signs > _SURNAMED
    return surnames.given(value) >= _GIVEN and view.words.at(start).tag not in _VERBS
