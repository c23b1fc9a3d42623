"""The feeds: of the site, its amendments and ends, and of each agency and vendor."""

from collections.abc import Iterator

from portal import chronicle, corpus, digest, facets, render, urls
from portal.artifact import Artifact
from portal.feeds import atom, entries, gist, jsonfeed
from portal.ocds import publisher


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """Each feed twice: as Atom and as JSON Feed."""
    del theme, root
    site, by = frame.site, publisher.of(frame.site)
    head = entries.Head(site.name, site.url, site.language, by.name, by.license, by.offset)
    rows = tuple(_corrected(register, row, by.offset) for row in register.rows)
    everyone = (*rows, *register.withdrawn)
    yield from _site(head, "all", "contracts", entries.newest(rows))
    yield from _site(head, "amendments", "amendments", entries.amended(rows))
    yield from _site(head, "terminations", "terminations", entries.ended(everyone))
    sides = (
        (register.agencies, facets.by_agency(rows)),
        (register.vendors, facets.by_vendor(rows)),
    )
    for known, parts in sides:
        for one in known.values():
            yield from _organisation(head, one, tuple(parts.get(one.fact.id, ())))


def _corrected(register: corpus.Corpus, row: corpus.Row, offset: str) -> corpus.Row:
    """A contract with the corrections that the history knows among its changes."""
    language = register.site.language
    found = tuple(
        _correction(one, language, offset)
        for one in register.past.of(row.id).changes
        if one.is_correction
    )
    if not found:
        return row
    changes = tuple(sorted((*row.changes, *found), key=lambda one: one.day))
    return row._replace(changes=changes, digest=digest.of(row.digest, found))


def _correction(one: chronicle.Entry, language: str, offset: str) -> corpus.Change:
    names = [gist.fact(language, each) for each in one.differences if each.is_correction]
    told = render.say(language)("gist.names").join(dict.fromkeys(names))
    day = chronicle.day(one.time, offset)
    return corpus.Change(corpus.CORRECTED, day, told, None, one.short)


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
