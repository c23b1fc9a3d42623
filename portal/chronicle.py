"""What the repository's history tells of a contract: when it was published, and what changed."""

import datetime
import functools
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from portal import digest, exact

SHORT = 10
"""Characters of a commit's name that a page shows."""
HIDDEN = "hidden"
"""Stands for a value of the past that would be masked today, or was."""
GROWING = ("amendments", "payments", "status", "documents", "redactions", "aliases", "id")
"""Facts that are expected to change while a contract runs; to change any other corrects it."""

Kind = Literal["published", "changed", "removed"]
Gap = Literal["", "none", "new", "shallow"]
"""Why nothing is known of the first publication: there is no history at all, the contract was not
committed yet, or the clone lacks the commits before."""


class Difference(NamedTuple):
    """A fact that changed: `payments.due`, and of which thing of a list it is, from 1, else 0.

    Values are JSON; empty where nothing stands; HIDDEN where they are not to be shown.
    """

    field: str
    place: int
    old: str
    new: str

    @property
    def is_correction(self) -> bool:
        return self.field.partition(".")[0] not in GROWING


class Entry(NamedTuple):
    """A commit that published, changed or removed a contract.

    `time` is that of the committer (seconds, UTC). `seal` names the kind of signature that the
    commit bears, if it does; whether it is a good one depends on whom the reader trusts. `lines`
    are those of the body that came or went. `is_read` is false where the facts of then cannot be
    read today, and so are not compared. `before` and `after` are the facts as JSON, for releases:
    empty where they are not needed, or not known.
    """

    commit: str
    time: int
    seal: str
    kind: Kind
    differences: tuple[Difference, ...] = ()
    lines: int = 0
    is_read: bool = True
    before: str = ""
    after: str = ""

    @property
    def short(self) -> str:
        return self.commit[:SHORT]

    @property
    def is_correction(self) -> bool:
        """Whether it changes what was agreed, other than by an amendment or what followed."""
        return any(one.is_correction for one in self.differences)


class Told(NamedTuple):
    """The history of a contract, oldest first; `is_open` when its file differs from the commit.

    `first` are the facts of the first publication, as JSON, where they have changed since.
    """

    entries: tuple[Entry, ...] = ()
    gap: Gap = ""
    is_open: bool = False
    first: str = ""

    @property
    def digest(self) -> str:
        return _sealed(self)

    @property
    def published(self) -> Entry | None:
        """The first publication, where it is known."""
        first = self.entries[0] if self.entries else None
        return first if first is not None and first.kind == "published" else None

    @property
    def changes(self) -> tuple[Entry, ...]:
        """What came after the first publication."""
        return self.entries[1:] if self.published is not None else self.entries

    def latest(self, known: datetime.date, offset: str) -> datetime.date:
        """The last day that the facts know of, or a later one of a correction."""
        days = [day(one.time, offset) for one in self.changes if one.is_correction]
        return max((known, *days)) if days else known


@functools.lru_cache(maxsize=1 << 15)
def _sealed(told: Told) -> str:
    """Asked for by the page, the record and the feeds; without a repository all have the same."""
    return digest.of(told.entries, told.gap, told.is_open, told.first)


class Chronicle(NamedTuple):
    """The histories of a site's contracts by id.

    `gap` is why there are none; `since` the time of the first publication of any contract.
    """

    told: Mapping[str, Told]
    gap: str = "none"
    since: int | None = None

    def of(self, id: str) -> Told:
        return self.told.get(id, NOTHING)


NOTHING = Told(gap="none")
EMPTY = Chronicle({})


def day(time: int, offset: str) -> datetime.date:
    """The day of a moment, in a time zone as `+08:00` or `Z`."""
    return moment(time).astimezone(zone(offset)).date()


@functools.cache
def zone(offset: str) -> datetime.timezone:
    if offset == "Z":
        return datetime.UTC
    hours, minutes = int(offset[1:3]), int(offset[4:6])
    size = datetime.timedelta(hours=hours, minutes=minutes)
    return datetime.timezone(-size if offset[0] == "-" else size)


def moment(time: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(time, datetime.UTC)


def written(time: int) -> str:
    """A moment as RFC 3339 writes it: 2026-02-06T08:00:00Z."""
    return moment(time).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain(value: str) -> Any:
    """A value of a difference, as data."""
    return exact.read(value) if value and value != HIDDEN else None
