"""The entries of feeds: contracts, amendments and ends, the newest first.

Every day in them is a fact of a contract, so a feed changes only when a contract does.
"""

import datetime
import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from portal import corpus, render, urls
from portal.feeds import gist

MOST = 100
"""Entries in one feed."""
NEVER = datetime.date(1970, 1, 1)
"""When a feed without entries was updated: no fact tells, and a feed must say."""
ENDED = ("terminated", "withdrawn")
PLACES = {corpus.AMENDED: "#amendments", corpus.CORRECTED: "#history"}
"""Where on the page a change is told in full."""
CHANGED = (corpus.AMENDED, corpus.CORRECTED)


class Head(NamedTuple):
    """What feeds need of the site; `offset` is the time zone in which its days begin."""

    name: str
    url: str
    language: str
    publisher: str
    license: str | None
    offset: str

    def moment(self, day: datetime.date) -> str:
        """A day as RFC 3339 writes a moment: its beginning, since facts know no hours."""
        return f"{day}T00:00:00{self.offset}"


class Feed(NamedTuple):
    """What a feed is about: its kind, its title, its page, its path as Atom and as JSON Feed."""

    kind: str
    title: str
    page: str
    atom: str
    json: str


class Entry(NamedTuple):
    """A piece of news. `id` never changes; `address` is where it is told in full."""

    id: str
    address: str
    title: str
    summary: str
    published: datetime.date
    updated: datetime.date
    row: corpus.Row
    change: corpus.Change | None


def newest(rows: Iterable[corpus.Row]) -> tuple[corpus.Row, ...]:
    """The contracts of which something was last heard."""
    return tuple(heapq.nsmallest(MOST, rows, key=lambda row: (-row.latest.toordinal(), row.id)))


def amended(rows: Iterable[corpus.Row]) -> tuple[corpus.Row, ...]:
    """The contracts with the newest amendments and corrections."""
    return _concerned(rows, CHANGED)


def ended(rows: Iterable[corpus.Row]) -> tuple[corpus.Row, ...]:
    """The contracts that were last terminated or withdrawn."""
    return _concerned(rows, ENDED)


def _concerned(rows: Iterable[corpus.Row], kinds: tuple[str, ...]) -> tuple[corpus.Row, ...]:
    """The contracts with the newest changes of some kinds, each once."""
    changes = ((row, one) for row in rows for one in row.changes if one.kind in kinds)
    found = heapq.nsmallest(MOST, changes, key=lambda one: (-one[1].day.toordinal(), one[0].id))
    return tuple({row.id: row for row, _ in found}.values())


def contracts(head: Head, rows: tuple[corpus.Row, ...]) -> tuple[Entry, ...]:
    """An entry for each contract; an amendment or its end brings it to the top again."""
    return tuple(_contract(head, row) for row in newest(rows))


def amendments(head: Head, rows: tuple[corpus.Row, ...]) -> tuple[Entry, ...]:
    """An entry for each amendment, and for each correction that the history knows."""
    return _changes(head, rows, CHANGED)


def ends(head: Head, rows: tuple[corpus.Row, ...]) -> tuple[Entry, ...]:
    """An entry for each contract that was terminated or withdrawn."""
    return _changes(head, rows, ENDED)


KINDS: Mapping[str, Callable[[Head, tuple[corpus.Row, ...]], tuple[Entry, ...]]] = {
    "contracts": contracts,
    "amendments": amendments,
    "terminations": ends,
}
"""What the entries of a feed tell of, by its kind."""


def _contract(head: Head, row: corpus.Row) -> Entry:
    return Entry(
        id=urls.address(head.url, urls.contract(row.first)),
        address=urls.address(head.url, urls.contract(row.id)),
        title=row.title,
        summary=gist.contract(head.language, row),
        published=row.published,
        updated=row.latest,
        row=row,
        change=None,
    )


def _changes(head: Head, rows: tuple[corpus.Row, ...], kinds: tuple[str, ...]) -> tuple[Entry, ...]:
    found = [one for row in rows for one in _of_row(head, row, kinds)]
    return tuple(sorted(found, key=lambda one: (-one.updated.toordinal(), one.id))[:MOST])


def _of_row(head: Head, row: corpus.Row, kinds: tuple[str, ...]) -> Iterator[Entry]:
    """The changes of a contract. Of several in one day each has its number in its id."""
    say = render.say(head.language)
    seen: list[tuple[str, datetime.date]] = []
    for one in row.changes:
        if one.kind not in kinds:
            continue
        seen.append((one.kind, one.day))
        number = seen.count((one.kind, one.day))
        mark = f"{one.kind}-{one.day}" if number == 1 else f"{one.kind}-{one.day}-{number}"
        if one.name:
            mark = f"{one.kind}-{one.name}"
        name = row.number or row.id if one.kind == "withdrawn" else row.title
        page = urls.address(head.url, urls.contract(row.id))
        yield Entry(
            id=f"{urls.address(head.url, urls.contract(row.first))}#{mark}",
            address=f"{page}{PLACES.get(one.kind, '')}",
            title=say(f"feeds.{one.kind}", title=name),
            summary=gist.change(head.language, row, one),
            published=one.day,
            updated=one.day,
            row=row,
            change=one,
        )
