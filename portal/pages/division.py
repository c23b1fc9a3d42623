"""The pages of years, regions, methods and categories: each part's totals and contracts."""

from collections.abc import Iterator

from portal import corpus, facets, render, urls
from portal.artifact import Artifact
from portal.pages import listing


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """An index for each division, and a list for each of its parts."""
    del root
    for kind in facets.KINDS:
        parts = facets.divisions(register)[kind]
        shares = tuple(facets.share(part) for part in parts)
        path = urls.file(urls.facets(kind))
        yield Artifact(path, index, (theme["facets.html"], frame, kind, shares))
        for part in parts:
            for path, pager, rows in listing.pages(part.rows, urls.facet(kind, part.slug)):
                share = _share(part, pager)
                inputs = (theme["facet.html"], frame, kind, share, rows, pager)
                yield Artifact(urls.file(path), page, inputs)


def _share(part: facets.Facet, pager: listing.Pager) -> facets.Share:
    """What the part comes to, on its first page; later pages do not follow from it."""
    if pager.number == 1:
        return facets.share(part)
    return facets.Share(part.slug, part.name, corpus.Totals(0, (), 0))


def index(
    template: render.Template, frame: render.Frame, kind: str, shares: tuple[facets.Share, ...]
) -> bytes:
    """All parts of a division with what they come to."""
    shown = facets.bars(shares)
    return render.page(template, frame, kind=kind, shares=shown, path=urls.facets(kind))


def page(
    template: render.Template,
    frame: render.Frame,
    kind: str,
    share: facets.Share,
    rows: tuple[corpus.Row, ...],
    pager: listing.Pager,
) -> bytes:
    """One part: its totals on the first page, its contracts a hundred on a page."""
    path = pager.path
    return render.page(template, frame, kind=kind, share=share, rows=rows, pager=pager, path=path)
