"""All queries asked: of our page and of plain Pagefind, as first ones and as later ones."""

import collections
import pathlib
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bench.search import browser as browsers
from bench.search import line
from bench.search import server as servers
from bench.search.browser import Cold
from bench.search.pipe import Chromium
from bench.search.queries import Query
from bench.search.score import Asked

DELAY = 0.1
"""Seconds of a round trip to a host that is not near."""


@dataclass(frozen=True, slots=True)
class Warm:
    """A query in a page that has answered others: milliseconds, the first time and again."""

    query: Query
    new: float
    again: float


@dataclass(frozen=True, slots=True)
class Ours:
    """What our page answered, and how long it took."""

    asked: tuple[Asked, ...]
    warm: tuple[Warm, ...]


@dataclass(frozen=True, slots=True)
class First:
    """A query asked first, in a fresh browser."""

    query: Query
    cold: Cold


@dataclass(frozen=True, slots=True)
class Result:
    """All that was measured of a site; `simple` are first queries from a simple host."""

    count: int
    ours: Ours
    plain: tuple[Asked, ...]
    first: tuple[First, ...]
    simple: tuple[First, ...] = ()

    def changed(self) -> list[First]:
        """The queries that were answered otherwise when they were asked first."""
        later = {(one.query.kind, one.query.text): one.reply.results for one in self.ours.asked}
        return [
            one
            for one in (*self.first, *self.simple)
            if one.cold.reply.results != later[one.query.kind, one.query.text]
        ]


def ours(browser: Chromium, output: pathlib.Path, queries: Sequence[Query], times: int) -> Ours:
    """Every query in one page, without any distance; then all again, so many times."""
    with servers.serving(output) as server, browser.fresh() as tab:
        page = browsers.Page(tab, server)
        asked = tuple(Asked(query, page.ask(query)) for query in queries)
        rounds = [[page.ask(query).milliseconds for query in queries] for _ in range(times)]
    warm = tuple(
        Warm(one.query, one.reply.milliseconds, statistics.median(again))
        for one, *again in zip(asked, *rounds, strict=True)
    )
    return Ours(asked, warm)


def plain(browser: Chromium, folder: pathlib.Path, queries: Sequence[Query]) -> tuple[Asked, ...]:
    """Every query asked of plain Pagefind."""
    with servers.serving(folder) as server, browser.fresh() as tab:
        page = browsers.Plain(tab, server)
        return tuple(Asked(query, page.ask(query)) for query in queries)


def first(
    browser: Chromium,
    output: pathlib.Path,
    queries: Sequence[Query],
    each: int,
    *,
    packs: bool,
) -> tuple[First, ...]:
    """So many queries of each kind, each in a fresh browser, at a distance.

    A host that packs speaks HTTP/2 as well, another HTTP/1.1.
    """
    kinds: dict[str, list[Query]] = collections.defaultdict(list)
    for query in queries:
        kinds[query.kind].append(query)
    chosen = [one for several in kinds.values() for one in spread(several, each)]
    with (line if packs else servers).serving(output) as host:
        return tuple(First(one, browsers.cold(browser, host, one, DELAY)) for one in chosen)


def spread(several: Sequence[Query], count: int) -> list[Query]:
    """So many of them, evenly spread, so that samples and made ones are among them."""
    if len(several) <= count:
        return list(several)
    return [several[at * (len(several) - 1) // max(1, count - 1)] for at in range(count)]
