"""A tidy text with marks for what is personal, whether that shows in it or in the raw text."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal.intake import clean, markup
from portal.reading.part import Unreadable
from portal.redact import find, marks, policy
from portal.redact.finding import Finding

_BREAK = re.compile(r"\n")
_BORDER = re.compile(r"[\s|]+")


class Lost(NamedTuple):
    """A finding of the raw text that was not found again in the tidy one: its raw line."""

    row: int
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The tidy text with its marks, and what a person has to look for in it."""

    text: clean.Text
    lost: tuple[Lost, ...]


def tidy(raw: str, tiers: policy.Policy) -> Marked:
    """A raw text, tidy and with a mark for each finding that is sure.

    Findings are those of the tidy text, in which nothing of a page stands between the halves of a
    value any more, and those of the raw text, where they stand in the tidy one. A text that shows
    a mark by itself is Unreadable (marks).
    """
    text = clean.text(raw)
    whole = "\n".join(line.text for line in text.lines)
    if marks.codes(whole) or marks.unknown(whole):
        raise Unreadable("marks")
    found, lost = list(sure(whole, tiers)), []
    lines = _Lines(text, whole)
    for row, one, value in _raw(raw, tiers):
        places = lines.places(row, value)
        found += [one._replace(start=start, end=end) for start, end in places]
        if not places and lines.holds(row):
            lost.append((row, one))
    made = list(_united(found))
    left = (each for each in lost if not any(lines.touches(each[0], one) for one in made))
    seen = tuple(Lost(row, one.kind, one.rule) for row, one in left)
    return Marked(_with(text, whole, made), seen)


def whole(text: str, tiers: policy.Policy) -> str:
    """A file's text with marks for what is sure in it, as many lines as before."""
    return _marked(text, sure(text, tiers))


def sure(text: str, tiers: policy.Policy) -> tuple[Finding, ...]:
    """The findings that are masked without asking anybody."""
    return tuple(one for one in find.find(text, tiers) if one.tier == "mask")


def _raw(raw: str, tiers: policy.Policy) -> Iterator[tuple[int, Finding, str]]:
    """The findings of the raw text, each with its line and its value."""
    for one in sure(raw, tiers):
        yield raw.count("\n", 0, one.start) + 1, one, raw[one.start : one.end]


class _Lines:
    """Where the lines of a raw text stand in the tidy one."""

    def __init__(self, text: clean.Text, whole: str) -> None:
        self._whole = whole
        ends = itertools.accumulate(len(line.text) + 1 for line in text.lines)
        spans = list(itertools.pairwise((0, *ends)))
        self._spans: dict[int, tuple[int, int]] = {}
        for line, (start, end) in zip(text.lines, spans, strict=True):
            for row in line.rows:
                first, last = self._spans.get(row, (start, end))
                self._spans[row] = min(first, start), max(last, end)

    def holds(self, row: int) -> bool:
        return row in self._spans

    def places(self, row: int, value: str) -> list[tuple[int, int]]:
        """Where a value stands in what became of a raw line, whatever white space is in it."""
        start, end = self._spans.get(row, (0, 0))
        signs = _BORDER.sub("", markup.plain(value))
        pattern = r"[\s|]{0,9}".join(map(re.escape, signs))
        if not signs or start == end:
            return []
        return [found.span() for found in re.compile(pattern).finditer(self._whole, start, end)]

    def touches(self, row: int, one: Finding) -> bool:
        """Whether a finding stands in what became of a raw line."""
        start, end = self._spans[row]
        return one.start < end and start < one.end


def _united(found: Iterable[Finding]) -> Iterator[Finding]:
    """Findings in order; those that overlap as one, of the kind that begins first."""
    held: Finding | None = None
    for one in sorted(found):
        if held is not None and one.start < held.end:
            held = held._replace(end=max(held.end, one.end))
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held


def _with(text: clean.Text, whole: str, found: Sequence[Finding]) -> clean.Text:
    """The text with its marks; a line that was only the rest of a value goes to the one above."""
    lines: list[clean.Line] = []
    for line, now in zip(text.lines, _marked(whole, found).split("\n"), strict=True):
        if line.text and not now.strip():
            last = max(at for at, above in enumerate(lines) if above.text)
            lines[last] = clean.Line(lines[last].text, (*lines[last].rows, *line.rows))
        else:
            lines.append(clean.Line(now, line.rows))
    return clean.Text(tuple(lines), text.dropped)


def _marked(text: str, findings: Iterable[Finding]) -> str:
    """A mark for each finding; the line breaks in one stay behind its mark."""
    parts, at = [], 0
    for one in findings:
        breaks = _BREAK.findall(text[one.start : one.end])
        parts += [text[at : one.start], marks.mark(one.kind), *breaks]
        at = one.end
    return "".join((*parts, text[at:]))
