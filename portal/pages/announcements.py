"""The page that tells, agency by agency, which contracts were announced in time."""

import collections
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from portal import clock, corpus, digest, render, urls
from portal.artifact import Artifact
from portal.ocds import publisher

MOST = 200
"""Late contracts that the page lists; the data have all."""


class Tally(NamedTuple):
    """How many contracts of an agency were announced in time, late, and nobody knows."""

    agency: corpus.Party
    on_time: int
    late: int
    unknown: int

    @property
    def contracts(self) -> int:
        return self.on_time + self.late + self.unknown

    @property
    def share(self) -> str:
        """The share in time of those of which it is known, in percent; empty where of none."""
        known = self.on_time + self.late
        return f"{Decimal(100 * self.on_time) / known:.1f}" if known else ""


class Late(NamedTuple):
    """A contract that was announced late."""

    row: corpus.Row
    reading: clock.Reading

    @property
    def digest(self) -> str:
        return digest.of(self.row.digest, self.reading)


class Counted(NamedTuple):
    """What there is to tell: agencies, the most late first; all of them; the late contracts."""

    tallies: tuple[Tally, ...]
    whole: Tally
    late: tuple[Late, ...]
    more: int

    @property
    def digest(self) -> str:
        parts = [(*one.agency, *one[1:]) for one in (*self.tallies, self.whole)]
        return digest.of(tuple(parts), self.late, self.more)


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """One page, made anew when a count or a late contract has changed."""
    del root
    path = urls.file(urls.announcements())
    yield Artifact(path, page, (theme["announcements.html"], frame, counted(register)))


def counted(register: corpus.Corpus) -> Counted:
    """The counts of a register."""
    rule = clock.rule(register.site.announcement, register.past, publisher.of(register.site).offset)
    read = [
        Late(row, clock.reading(row.signed, row.announced, register.past.of(row.id), rule))
        for row in register.rows
    ]
    sides: dict[corpus.Party, list[Late]] = collections.defaultdict(list)
    for one in read:
        sides[one.row.agency].append(one)
    tallies = [_tally(agency, found) for agency, found in sides.items()]
    tallies.sort(key=lambda one: (-one.late, -one.unknown, one.agency.name))
    late = tuple(one for one in read if one.reading.verdict == "late")
    whole = _tally(corpus.Party("", ""), read)
    return Counted(tuple(tallies), whole, late[:MOST], len(late) - len(late[:MOST]))


def _tally(agency: corpus.Party, found: Iterable[Late]) -> Tally:
    counts = collections.Counter(one.reading.verdict for one in found)
    return Tally(agency, counts["on_time"], counts["late"], counts["unknown"])


def page(template: render.Template, frame: render.Frame, counted: Counted) -> bytes:
    """The rule, how it is counted, the table, and who was late."""
    rule = frame.site.announcement
    return render.page(
        template,
        frame,
        law=law(rule, frame.site.language),
        rule=rule,
        counted=counted,
        path=urls.announcements(),
    )


def law(rule: clock.Announcement, language: str) -> str:
    """The article that the site names; else the Chinese one where it fits, or the bare rule."""
    say = render.say(language)
    if rule.law is not None:
        return rule.law
    if rule == clock.Announcement():
        return say("announcement.law_cn")
    return say("announcement.law_days", n=rule.days)
