"""The home page, the list of all contracts, the pages of words and 404."""

import pathlib
from collections.abc import Iterator

from portal import body, corpus, facets, facts, files, linked, model, render, source, urls
from portal.artifact import Artifact
from portal.pages import listing

NEWEST = 20
"""Contracts on the home page."""
TOP = 8
"""Parts of each division on the home page."""


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """Everything that stands once on a site."""
    yield _home(register, theme, frame)
    for path, pager, rows in listing.pages(register.rows, urls.contracts()):
        yield Artifact(urls.file(path), contracts, (theme["contracts.html"], frame, rows, pager))
    for one in register.words:
        path = urls.file(urls.words(one.fact.id))
        sealed = files.Sealed(root, one.file)
        yield Artifact(path, words, (theme["words.html"], frame, sealed), one.file.path)
    yield Artifact(urls.file(urls.not_found()), not_found, (theme["404.html"], frame))


def _home(register: corpus.Corpus, theme: render.Theme, frame: render.Frame) -> Artifact:
    years = tuple(facets.share(part) for part in facets.divisions(register)["year"])
    days = [day for row in register.rows for day in (row.announced or row.signed,)]
    counts = (len(register.agencies), len(register.vendors))
    whole = corpus.totals(register.rows)
    latest = max(days, default=None)
    inputs = (whole, counts, years, _leaders(register), register.rows[:NEWEST], latest)
    return Artifact(urls.file(urls.home()), home, (theme["home.html"], frame, *inputs))


def _leaders(register: corpus.Corpus) -> tuple[tuple[str, tuple[facets.Share, ...]], ...]:
    """Of every division but the years, the parts with the greatest value."""
    found: list[tuple[str, tuple[facets.Share, ...]]] = [
        (side.role, side.shares) for side in facets.sides(register)
    ]
    for kind in ("region", "method", "category"):
        shares = tuple(map(facets.share, facets.divisions(register)[kind]))
        found.append((kind, facets.by_value(shares)))
    return tuple((kind, shares[:TOP]) for kind, shares in found if shares)


def home(
    template: render.Template,
    frame: render.Frame,
    totals: corpus.Totals,
    counts: tuple[int, int],
    years: tuple[facets.Share, ...],
    leaders: tuple[tuple[str, tuple[facets.Share, ...]], ...],
    rows: tuple[corpus.Row, ...],
    latest: object,
) -> bytes:
    """Counts, the total value by currency, the newest contracts, the years, ways in."""
    agencies, vendors = counts
    return render.page(
        template,
        frame,
        totals=totals,
        agencies=agencies,
        vendors=vendors,
        years=facets.bars(years),
        leaders=tuple((kind, facets.bars(shares)) for kind, shares in leaders),
        rows=rows,
        latest=latest,
        path=urls.home(),
        linked=linked.text(linked.home(frame.site)),
    )


def contracts(
    template: render.Template,
    frame: render.Frame,
    rows: tuple[corpus.Row, ...],
    pager: listing.Pager,
) -> bytes:
    """All contracts, newest first."""
    path = pager.path
    return render.page(template, frame, rows=rows, pager=pager, path=path)


def words(template: render.Template, frame: render.Frame, sealed: files.Sealed) -> bytes:
    """A page of words from content/pages/."""
    read = source.document(sealed.file.path, files.read(sealed), model.Page)
    fact, _ = facts.page(read, pathlib.PurePosixPath(sealed.file.path).stem)
    if fact is None:
        raise AssertionError("a page that was checked is no longer one")
    labels = body.Labels(render.say(frame.site.language)("body.table"))
    text = body.render(read.body, labels)
    return render.page(template, frame, page=fact, body=text, path=urls.words(fact.id))


def not_found(template: render.Template, frame: render.Frame) -> bytes:
    """What a server shows for an address that is not there."""
    return render.page(template, frame, path=urls.not_found())
