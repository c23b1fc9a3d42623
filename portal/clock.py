"""The clock: whether a contract was announced in time, counted in the working days of the law."""

import datetime
import functools
from collections.abc import Container
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from portal import chronicle, exact, fact, values

Verdict = Literal["on_time", "late", "unknown"]
SATURDAY = 5
FAR = 60
"""Days within which any number of working days that a law may give is over, and holidays too."""


class Announcement(fact.Fact):
    """Until when a contract is to be announced: working days after signing, by a calendar.

    `law` is the article that says so.
    """

    days: Annotated[int, Field(ge=1, le=100)] = 2
    calendar: Literal["cn", "weekdays"] = "cn"
    law: values.Line | None = None


class Rule(NamedTuple):
    """How many working days after signing, by which calendar; in which zone days begin.

    `since` is the day from which the repository is known to hold contracts.
    """

    days: int
    calendar: str
    offset: str
    since: datetime.date | None


class Reading(NamedTuple):
    """What the clock says: the last day in time, the day that counts, who says so, and the verdict.

    `due` is None where the calendar does not reach. `source` is `stated` where the contract tells
    the day of its announcement, `repository` where its first publication there counts, else "".
    """

    due: datetime.date | None
    day: datetime.date | None
    source: str
    first: datetime.date | None
    verdict: Verdict

    @property
    def digest(self) -> str:
        return " ".join(map(str, self))


def rule(wanted: Announcement, past: chronicle.Chronicle, offset: str) -> Rule:
    """The rule of a site, which sets its own."""
    since = None if past.since is None else chronicle.day(past.since, offset)
    return Rule(wanted.days, wanted.calendar, offset, since)


def reading(
    signed: datetime.date,
    announced: datetime.date | None,
    told: chronicle.Told,
    by: Rule,
) -> Reading:
    """What the clock says of a contract.

    A contract that was to be announced before the repository held any is not judged by it: it was
    brought there later, and where it was announced before, git does not know.
    """
    due = after(signed, by.days, by.calendar)
    published = told.published
    first = None if published is None else chronicle.day(published.time, by.offset)
    day, source = (announced, "stated") if announced is not None else (first, "repository")
    if day is None or (announced is None and (due is None or not by.since or due < by.since)):
        return Reading(due, None, "", first, "unknown")
    if due is None:
        return Reading(due, day, source, first, "unknown")
    return Reading(due, day, source, first, "late" if day > due else "on_time")


@functools.lru_cache(maxsize=10_000)
def after(day: datetime.date, count: int, calendar: str) -> datetime.date | None:
    """The so many-th working day after a day; None where the calendar does not reach."""
    left = count
    for number in range(1, FAR + 2 * count):
        one = day + datetime.timedelta(days=number)
        works = _works(one, calendar)
        if works is None:
            return None
        left -= works
        if left <= 0:
            return one
    return None


@functools.lru_cache(maxsize=10_000)
def _works(day: datetime.date, calendar: str) -> bool | None:
    """Whether a day is a working day; None where that is not decided yet.

    The Chinese calendar moves working days to weekends, as the State Council announces each year.
    """
    if calendar == "weekdays":
        return day.weekday() < SATURDAY
    holidays, moved, years = _announced()
    if day.year not in years:
        return None
    return day in moved or (day.weekday() < SATURDAY and day not in holidays)


@functools.cache
def _announced() -> tuple[Container[datetime.date], Container[datetime.date], range]:
    """China's holidays, the weekends that became working days, and the years of which they tell.

    They are asked for at once: `chinese_calendar.is_workday` goes through all of them for each day.
    """
    import chinese_calendar  # type: ignore[import-untyped] # noqa: PLC0415 - 20 ms, often unneeded

    holidays, moved = chinese_calendar.holidays, chinese_calendar.workdays
    years = range(min(holidays).year, max(holidays).year + 1)
    return holidays, moved, years


def data(one: Reading) -> exact.Json | None:
    """What the clock says, as a record tells it; nothing where no day counts."""
    if one.day is None:
        return None
    return exact.told(
        day=one.day.isoformat(),
        source=one.source,
        due=None if one.due is None else one.due.isoformat(),
        verdict=one.verdict,
    )
