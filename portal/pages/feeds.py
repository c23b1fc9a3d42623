"""The feeds: of the site, its amendments and ends, and of each agency and vendor."""

from collections.abc import Iterator

from portal import corpus, facets, render, urls
from portal.artifact import Artifact
from portal.feeds import atom, entries, jsonfeed
from portal.ocds import publisher


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """Each feed twice: as Atom and as JSON Feed."""
    del theme, root
    site, by = frame.site, publisher.of(frame.site)
    head = entries.Head(site.name, site.url, site.language, by.name, by.license, by.offset)
    everyone = (*register.rows, *register.withdrawn)
    yield from _site(head, "all", "contracts", entries.newest(register.rows))
    yield from _site(head, "amendments", "amendments", entries.amended(register.rows))
    yield from _site(head, "terminations", "terminations", entries.ended(everyone))
    sides = (
        (register.agencies, facets.by_agency(register.rows)),
        (register.vendors, facets.by_vendor(register.rows)),
    )
    for known, parts in sides:
        for one in known.values():
            rows = tuple(parts.get(one.fact.id, ()))
            yield from _organisation(head, one, rows)


def _site(
    head: entries.Head, name: str, kind: str, rows: tuple[corpus.Row, ...]
) -> Iterator[Artifact]:
    title = render.say(head.language)(f"feeds.{name}", site=head.name)
    paths = (urls.feed(name, "xml"), urls.feed(name, "json"))
    yield from _both(head, entries.Feed(kind, title, urls.home(), *paths), rows)


def _organisation(
    head: entries.Head, one: corpus.Organisation, rows: tuple[corpus.Row, ...]
) -> Iterator[Artifact]:
    id, say = one.fact.id, render.say(head.language)
    title = say(f"feeds.{one.role}", name=one.fact.name, site=head.name)
    paths = [urls.organisation_feed(one.role, id, suffix) for suffix in ("xml", "json")]
    about = entries.Feed("contracts", title, urls.organisation(one.role, id), *paths)
    yield from _both(head, about, rows if len(rows) <= entries.MOST else entries.newest(rows))


def _both(
    head: entries.Head, about: entries.Feed, rows: tuple[corpus.Row, ...]
) -> Iterator[Artifact]:
    yield Artifact(about.atom, atom.feed, (head, about, rows))
    yield Artifact(about.json, jsonfeed.feed, (head, about, rows))
