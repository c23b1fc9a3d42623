"""Masking: the whole of a finding becomes a mark, and nothing else changes."""

from collections.abc import Iterable

from portal.redact import marks
from portal.redact.finding import Finding


def masked(text: str, findings: Iterable[Finding]) -> str:
    """The text with a mark in the place of each finding, whatever its tier.

    `findings` do not overlap and come in the order of the text, as `find.find` gives them.
    """
    parts: list[str] = []
    at = 0
    for one in findings:
        parts += (text[at : one.start], marks.mark(one.kind))
        at = one.end
    return "".join((*parts, text[at:]))
