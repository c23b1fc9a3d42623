"""The page that says what this register masks, why, how often, and what it cannot promise."""

import collections
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from portal import corpus, model, render, urls
from portal.artifact import Artifact
from portal.redact import grounds, marks
from portal.redact.finding import Tier

MIXED = frozenset(("person-name", "bank-account", "email", "other", "landline", "fax"))
"""Kinds whose default the finder decides place by place, and that therefore bear a note."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the logs of the contracts come to: of a kind, or of a year of signing.

    `concerned` are the contracts with at least one redaction, `contracts` all of them.
    """

    name: str
    count: int
    concerned: int
    contracts: int


@dataclass(frozen=True, slots=True)
class Tallies:
    """The tallies by kind, by year, the newest first, and of the whole register."""

    kinds: tuple[Tally, ...]
    years: tuple[Tally, ...]
    whole: Tally


@dataclass(frozen=True, slots=True)
class Line:
    """A kind as the page shows it; `ground` in the site's words, or "" where the kind stays.

    `word` is that of its marks. `is_mixed`: the finder decides place by place.
    """

    code: str
    word: str
    tier: Tier
    ground: str
    is_mixed: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a contract's log, and the word that the marks in its text bear."""

    fact: model.Redaction
    word: str


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """One page, made anew when the totals or the site's policy have changed."""
    del root
    path = urls.file(urls.redactions())
    yield Artifact(path, page, (theme["redactions.html"], frame, tallies(register)))


def tallies(register: corpus.Corpus) -> Tallies:
    """The redactions of the contracts that stand, as their logs count them."""
    years: dict[str, list[corpus.Log]] = collections.defaultdict(list)
    for row in register.rows:
        years[str(row.signed.year)].append(register.summaries[row.id].redactions)
    logs = [log for each in years.values() for log in each]
    kinds, concerned = collections.Counter[str](), collections.Counter[str]()
    for kind, count in itertools.chain.from_iterable(logs):
        kinds[kind] += count
        concerned[kind] += 1
    return Tallies(
        tuple(Tally(one, kinds[one], concerned[one], len(logs)) for one in grounds.DEFAULTS),
        tuple(_tally(year, years[year]) for year in sorted(years, reverse=True)),
        _tally("", logs),
    )


def _tally(name: str, logs: list[corpus.Log]) -> Tally:
    masked = [log for log in logs if log]
    return Tally(name, sum(count for log in masked for _, count in log), len(masked), len(logs))


def log(contract: model.Contract) -> tuple[Entry, ...]:
    """The redaction log of a contract."""
    return tuple(Entry(one, marks.LABELS[one.kind]) for one in contract.redactions)


def page(template: render.Template, frame: render.Frame, tallies: Tallies) -> bytes:
    """The kinds with what becomes of them, the ground and the totals; the years; whom to tell."""
    site = frame.site
    say = render.say(site.language)
    lines = kinds(site.redaction, site.language, tallies.kinds)
    used = {line.ground for line in lines}
    return render.page(
        template,
        frame,
        kinds=lines,
        grounds=tuple(one for one in grounds.GROUNDS if say(f"grounds.{one}") in used),
        tallies=tallies,
        contact=site.contact,
        contact_href=href(site.contact or ""),
        path=urls.redactions(),
    )


def kinds(
    policy: model.RedactionPolicy, language: str, tallies: tuple[Tally, ...]
) -> tuple[Line, ...]:
    """Every kind: what is masked first, then what a person decides, then what stays."""
    order = ("mask", "suspect", "keep")
    lines = (_line(policy, language, tally) for tally in tallies)
    return tuple(sorted(lines, key=lambda line: order.index(line.tier)))


def _line(policy: model.RedactionPolicy, language: str, tally: Tally) -> Line:
    code, default = tally.name, grounds.DEFAULTS[tally.name]
    is_mixed = code in MIXED and code not in policy.tiers
    tier = policy.tiers.get(code, default.tier)
    said = render.say(language)(f"grounds.{default.ground}")
    ground = dict(policy.grounds).get(code, "" if tier == "keep" else said)
    return Line(code, marks.LABELS[code], tier, ground, is_mixed, tally)


def href(contact: str) -> str:
    """Where a contact leads: a web address, a mail address, or nowhere."""
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else ""
