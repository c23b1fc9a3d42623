"""Contradictions between facts that were read: term against signing, award against signing."""

import datetime
import re
from collections.abc import Iterator, Sequence

from portal.intake import days, finding

SLACK = 31
"""Days by which a term without a stated start may begin after signing."""
_LATER = re.compile(r"(?:从|自|于).{2,40}?(?:起|后)|验收|上线|提供服务|通知|进场|开工")


def between(facts: Sequence[finding.Fact]) -> list[finding.Conflict]:
    """Every contradiction between the facts, each with the lines of both."""
    held = {".".join(one.path): one for one in facts}
    return [one for rule in RULES for one in rule(held)]


def _term(held: dict[str, finding.Fact]) -> Iterator[finding.Conflict]:
    """The last day is not where start, or signing, and duration lead."""
    end, span = held.get("term.end"), held.get("term.duration")
    start, signed, words = held.get("term.start"), held.get("signed"), held.get("term.wording")
    first = start or signed
    if end is None or span is None or first is None:
        return
    if start is None and words is not None and _LATER.search(words.value):
        return
    due = days.after(datetime.date.fromisoformat(first.value), span.value)
    slack = 1 if start is not None else SLACK
    if due is not None and abs((due - datetime.date.fromisoformat(end.value)).days) > slack:
        yield _both("term-span", "term.end", end, span, first)


def _award(held: dict[str, finding.Fact]) -> Iterator[finding.Conflict]:
    """Signed before the award notice."""
    signed, award = held.get("signed"), held.get("procurement.award_notice")
    if signed is not None and award is not None and signed.value < award.value:
        yield _both("signed-before-award", "signed", signed, award)


def _ended(held: dict[str, finding.Fact]) -> Iterator[finding.Conflict]:
    """Signed after the last day of the term."""
    signed, end = held.get("signed"), held.get("term.end")
    if signed is not None and end is not None and signed.value > end.value:
        yield _both("signed-after-end", "signed", signed, end)


def _both(code: str, field: str, *facts: finding.Fact) -> finding.Conflict:
    return finding.Conflict(code, field, tuple(sorted({row for one in facts for row in one.rows})))


RULES = (_term, _award, _ended)
"""Every rule between facts; what one reader finds by itself it reports itself."""
