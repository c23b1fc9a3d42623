"""The history of a contract as its page tells it: days, commits, facts in the site's words."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from portal import amounts, chronicle, render, strings
from portal.chronicle import HIDDEN, Told
from portal.feeds import gist

LONGEST = 300
"""Characters of a value that are shown; the record has all of it."""
AMOUNTS = frozenset(("amount", "unit_price", "value_change"))
DAYS = frozenset(("signed", "announced", "award_notice", "start", "end", "due", "date", "until"))
CODES = {"state": "status", "who": "penalties"}
"""Values that are codes, and where their words stand."""


class Value(NamedTuple):
    """A value in words; `is_hidden` where it is not shown. Empty where nothing stood."""

    text: str
    is_hidden: bool


class Line(NamedTuple):
    """A fact that changed, with what it was and what it became."""

    name: str
    old: Value
    new: Value


class Event(NamedTuple):
    """A commit: the day, its names, where it can be seen, its signature, and what it did.

    `what` says so in words; `lines` are the facts that it changed.
    """

    day: datetime.date
    short: str
    href: str
    seal: str
    what: str
    lines: tuple[Line, ...]


class View(NamedTuple):
    """What the page shows: the newest event first, and what is to be said beside."""

    events: tuple[Event, ...]
    note: str
    is_open: bool

    @property
    def is_signed(self) -> bool:
        return any(one.seal for one in self.events)


def view(told: Told, language: str, offset: str, repository: str | None) -> View:
    """The history of a contract; `repository` is the address of the site's repository."""
    events = [_event(one, language, offset, repository) for one in reversed(told.entries)]
    return View(tuple(events), told.gap, told.is_open)


def _event(one: chronicle.Entry, language: str, offset: str, repository: str | None) -> Event:
    say = render.say(language)
    href = f"{repository.rstrip('/')}/commit/{one.commit}" if repository else ""
    seal = say(f"history.seal.{one.seal}") if one.seal else ""
    lines = tuple(_line(each, language) for each in one.differences)
    day = chronicle.day(one.time, offset)
    return Event(day, one.short, href, seal, say("history.join").join(_what(one, say)), lines)


def _what(one: chronicle.Entry, say: Callable[..., str]) -> list[str]:
    """What a commit did, in words."""
    if one.kind != "changed":
        return [say(f"history.{one.kind}")]
    said = []
    if not one.is_read:
        said.append(say("history.unread"))
    if one.differences:
        count = len(one.differences)
        said.append(say("history.fact") if count == 1 else say("history.facts", n=count))
    if one.lines:
        said.append(say("history.line") if one.lines == 1 else say("history.lines", n=one.lines))
    return said or [say("history.same")]


def _line(one: chronicle.Difference, language: str) -> Line:
    name = gist.fact(language, one)
    last = one.field.rpartition(".")[2]
    old, new = (_value(value, last, language) for value in (one.old, one.new))
    return Line(name, old, new)


def _value(value: str, field: str, language: str) -> Value:
    if value == HIDDEN:
        return Value("", is_hidden=True)
    text = _said(chronicle.plain(value), field, language)
    return Value(text if len(text) <= LONGEST else f"{text[:LONGEST]} …", is_hidden=False)


def _said(value: Any, field: str, language: str) -> str:
    """A value as the pages write it; of a thing the names of its parts as well."""
    say = render.say(language)
    if isinstance(value, dict):
        parts = {
            say(f"history.part.{name}"): _said(one, name, language) for name, one in value.items()
        }
        return say("gist.join").join(
            say("gist.part", name=name, value=one) for name, one in parts.items()
        )
    if isinstance(value, list):
        return say("gist.names").join(_said(one, field, language) for one in value)
    if isinstance(value, (int, Decimal)):
        return amounts.group(Decimal(value)) if field in AMOUNTS else f"{Decimal(value):f}"
    return "" if value is None else _text(str(value), field, language)


def _text(value: str, field: str, language: str) -> str:
    if field in CODES:
        return render.say(language)(f"{CODES[field]}.{value}")
    if field == "kind":
        return strings.of(language).get(f"kinds.{value}", value)
    if field in DAYS:
        return render.day(language, datetime.date.fromisoformat(value))
    return render.span(language, value) if field == "duration" else value
