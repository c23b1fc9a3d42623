"""The sitemap: the address of every page that is to be found, with the day it last changed."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from portal import corpus, digest, facets, tags, urls

MOST = 50_000
"""Addresses in one file, as the protocol allows."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Page(NamedTuple):
    """A page by its path; `day` is None where no fact tells when it last changed."""

    path: str
    day: datetime.date | None


class Part(NamedTuple):
    """A file of the sitemap."""

    url: str
    pages: tuple[Page, ...]

    @property
    def digest(self) -> str:
        lines = [f"{one.path} {one.day}" for one in self.pages]
        return digest.raw("\n".join([self.url, *lines]).encode())


def pages(register: corpus.Corpus, offset: str) -> Iterator[Page]:
    """Every page but those that ask not to be found: tombstones, redirects, what is not found."""
    told = register.past.of
    latest = {row.id: told(row.id).latest(row.latest, offset) for row in register.rows}
    last = max(latest.values(), default=None)
    yield Page(urls.home(), last)
    yield from _listed(urls.contracts(), list(latest.values()))
    for id, day in latest.items():
        yield Page(urls.contract(id), day)
    for side in facets.sides(register):
        yield Page(urls.organisations(side.role), last)
        for id in side.known:
            days = [latest[row.id] for row in side.parts.get(id, ())]
            yield from _listed(urls.organisation(side.role, id), days)
    for kind in facets.KINDS:
        yield Page(urls.facets(kind), last)
        for part in facets.divisions(register)[kind]:
            yield from _listed(urls.facet(kind, part.slug), [latest[row.id] for row in part.rows])
    words = {urls.words(one.fact.id) for one in register.words}
    about = {urls.redactions(), urls.announcements()}
    own = {urls.data(), urls.query(), urls.api(), urls.search(), *about}
    for path in sorted(words | own):
        yield Page(path, None)


def _listed(folder: str, days: list[datetime.date]) -> Iterator[Page]:
    """The pages of a list, each with the last day of what it shows; the first tells of them all."""
    yield Page(folder, max(days, default=None))
    for start in range(urls.PAGE_SIZE, len(days), urls.PAGE_SIZE):
        path = urls.paged(folder, start // urls.PAGE_SIZE + 1)
        yield Page(path, max(days[start : start + urls.PAGE_SIZE]))


def parts(url: str, pages: Iterator[Page], most: int = MOST) -> tuple[Part, ...]:
    """The pages in as many files as they need; there is always one."""
    every = tuple(pages)
    starts = range(0, max(1, len(every)), most)
    return tuple(Part(url, every[start : start + most]) for start in starts)


def file(part: Part) -> bytes:
    """A file of addresses."""
    lines = [tags.begin("urlset", xmlns=NAMESPACE)]
    for one in part.pages:
        address = tags.element("loc", urls.address(part.url, one.path))
        day = "" if one.day is None else tags.element("lastmod", one.day.isoformat())
        lines.append(f"<url>{address}{day}</url>")
    return _file([*lines, "</urlset>"])


def index(url: str, latest: tuple[datetime.date | None, ...]) -> bytes:
    """The index over several files, each with the last day in it."""
    lines = [tags.begin("sitemapindex", xmlns=NAMESPACE)]
    for number, day in enumerate(latest, 1):
        address = tags.element("loc", urls.address(url, urls.sitemap_part(number)))
        told = "" if day is None else tags.element("lastmod", day.isoformat())
        lines.append(f"<sitemap>{address}{told}</sitemap>")
    return _file([*lines, "</sitemapindex>"])


def _file(lines: list[str]) -> bytes:
    return (tags.HEAD + "\n".join(lines) + "\n").encode()


def latest(part: Part) -> datetime.date | None:
    """The last day in a part."""
    return max((one.day for one in part.pages if one.day is not None), default=None)
