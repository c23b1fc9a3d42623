"""A text with marks for what is personal: as many lines as before, each where it was."""

import re
from collections.abc import Iterable, Sequence

from portal.intake import clean
from portal.redact import find, marks, policy
from portal.redact.finding import Finding

_BREAK = re.compile(r"[\n\f]")


def raw(text: str, tiers: policy.Policy) -> str:
    """The text with a mark for each finding that is sure; the line breaks in one stay behind it."""
    return _marked(text, sure(text, tiers))


def tidy(text: clean.Text, tiers: policy.Policy) -> clean.Text:
    """The tidy text in the same way: what a page break or a header had torn is found in it.

    A line that is nothing but the rest of a finding goes, and its raw lines to the one above.
    """
    whole = "\n".join(line.text for line in text.lines)
    found = sure(whole, tiers)
    if not found:
        return text
    lines: list[clean.Line] = []
    for line, now in zip(text.lines, _marked(whole, found).split("\n"), strict=True):
        if line.text and not now.strip() and lines:
            above = lines.pop()
            lines.append(clean.Line(above.text, (*above.rows, *line.rows)))
        else:
            lines.append(clean.Line(now, line.rows))
    return clean.Text(tuple(lines), text.dropped)


def sure(text: str, tiers: policy.Policy) -> tuple[Finding, ...]:
    """The findings that are masked without asking anybody."""
    return tuple(one for one in find.find(text, tiers) if one.tier == "mask")


def is_forged(text: clean.Text, own: Sequence[str]) -> bool:
    """Whether a tidy text shows marks that are not among the kinds in `own`, which we set."""
    whole = "\n".join(line.text for line in text.lines)
    left = list(own)
    for kind in marks.codes(whole):
        if kind not in left:
            return True
        left.remove(kind)
    return bool(marks.unknown(whole))


def _marked(text: str, findings: Iterable[Finding]) -> str:
    parts, at = [], 0
    for one in findings:
        breaks = _BREAK.findall(text[one.start : one.end])
        parts += [text[at : one.start], marks.mark(one.kind), *breaks]
        at = one.end
    return "".join((*parts, text[at:]))
