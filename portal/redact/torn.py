"""Names that a line's end or a gap tears, behind a label."""

import re

from portal.redact import context, people, shapes, surnames
from portal.redact.finding import Tier
from portal.redact.view import View

_TORN = re.compile(
    r"(?P<head>[一-鿿㐀-䶿])(?:[ ]{0,3}\n[ ]{0,4}|[ ]{1,3})"
    r"(?P<given>[一-鿿㐀-䶿]{1,2})(?=[\s,。;、)|]|$)"
)
"""A surname at a line's end, and the rest on the next line."""
_REST = re.compile(r"[ \n]{1,2}(?P<rest>[一-鿿]{1,2})(?=[\s,。;)|/]|$)")
_THIRD = re.compile(r"[ ]{0,3}\n[ ]{0,4}(?P<rest>[一-鿿])(?=[\s,。;)|]|$)")
"""The last sign of a name, alone at the next line's beginning."""


def over_line(view: View, at: int) -> tuple[int, int, Tier] | None:
    """A surname at a line's end with the rest on the next: where it stands, and how sure."""
    found = _TORN.match(view.text, at)
    if found is None or found["head"] not in surnames.SINGLE:
        return None
    tier: Tier = "mask" if shapes.weight(found["head"], found["given"]) > 0 else "suspect"
    return at, found.end(), tier


def end(view: View, one: people.Reading) -> int:
    """The end of a name, with its second half where that stands apart: 宗政 岚."""
    start, last = one.candidate[:2]
    rest = _REST.match(view.text, last)
    third = _THIRD.match(view.text, last)
    if third is not None and last - start == 2:
        name = view.text[start:last]
        is_name = shapes.weight(name[0], name[1] + third["rest"]) > 0
        return third.end("rest") if is_name else last
    is_half = view.text[start:last] in surnames.DOUBLE or one.candidate.signs < 0
    if rest is None or not is_half or last - start > 2 or context.is_title(rest["rest"]):
        return last
    return rest.end("rest")
