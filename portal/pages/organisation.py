"""The pages of an agency or vendor: who it is, its years, its counterparties, every contract."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal import corpus, facets, linked, render, urls
from portal.artifact import Artifact
from portal.feeds import gist
from portal.pages import listing

TOP = 20
"""Counterparties shown by name; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an A-Z index."""

    party: corpus.Party
    totals: corpus.Totals


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of an A-Z index (by pinyin; # for the rest) with its organisations in order."""

    letter: str
    entries: tuple[Entry, ...]


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """An A-Z index and the pages of every organisation, for both roles."""
    del root
    for side in facets.sides(register):
        yield from _side(side, theme, frame)


def _side(side: facets.Side, theme: render.Theme, frame: render.Frame) -> Iterator[Artifact]:
    role, known = side.role, side.known.values()
    first, later = theme["organisation.html"], theme["organisation-page.html"]
    letters: dict[str, list[Entry]] = {}
    for one in sorted(known, key=lambda one: (one.initial == "#", one.initial, one.order)):
        rows = tuple(side.parts.get(one.fact.id, ()))
        letters.setdefault(one.initial, []).append(Entry(one.party, side.totals[one.fact.id]))
        for path, pager, shown in listing.pages(rows, urls.organisation(role, one.fact.id)):
            file = urls.file(path)
            if pager.number == 1:
                yield Artifact(file, page, (first, frame, one, rows, pager))
            else:
                yield Artifact(file, page_of_list, (later, frame, one, shown, pager))
    found = tuple(Letter(letter, tuple(entries)) for letter, entries in letters.items())
    path = urls.file(urls.organisations(role))
    yield Artifact(path, index, (theme["organisations.html"], frame, role, found))


def page(
    template: render.Template,
    frame: render.Frame,
    one: corpus.Organisation,
    rows: tuple[corpus.Row, ...],
    pager: listing.Pager,
) -> bytes:
    """An organisation's own page, with the first hundred of its contracts."""
    others = facets.counterparties(rows, one.role)
    years = tuple(facets.share(part) for part in facets.years(rows))
    site, totals = frame.site, corpus.totals(rows)
    return render.page(
        template,
        frame,
        organisation=one,
        totals=totals,
        years=facets.bars(years),
        counterparties=facets.bars(others[:TOP]),
        more=max(0, len(others) - TOP),
        rows=rows[: urls.PAGE_SIZE],
        pager=pager,
        path=urls.organisation(one.role, one.fact.id),
        address=urls.address(site.url, urls.organisation(one.role, one.fact.id)),
        gist=gist.organisation(site.language, one, totals),
        linked=linked.text(linked.organisation(site, one)),
    )


def page_of_list(
    template: render.Template,
    frame: render.Frame,
    one: corpus.Organisation,
    rows: tuple[corpus.Row, ...],
    pager: listing.Pager,
) -> bytes:
    """A later page of an organisation's contracts."""
    path = pager.path
    return render.page(template, frame, organisation=one, rows=rows, pager=pager, path=path)


def index(
    template: render.Template, frame: render.Frame, role: corpus.Role, letters: tuple[Letter, ...]
) -> bytes:
    """All agencies or all vendors, A-Z."""
    path = urls.organisations(role)
    return render.page(template, frame, role=role, letters=letters, path=path)
