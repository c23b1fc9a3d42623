"""The static API: what it answers about agencies and vendors, its description, and its page."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from portal import answers, corpus, facets, render, urls
from portal.artifact import Artifact
from portal.openapi import document, paths
from portal.tables.tables import CONTRACTS, TABLES


class Shown(NamedTuple):
    """An address as the page explains it; `href` leads to an example, if there is one."""

    path: paths.Path
    href: str


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """A file for each organisation, an index for each role, the description, the page."""
    del root
    site = frame.site
    for side in facets.sides(register):
        yield from _side(site.url, side)
    names = tuple(one.name for one in TABLES)
    about = (site.name, site.url, site.language, site.license, names)
    yield Artifact(urls.openapi(), document.document, about)
    examples = (
        next((row.id for row in register.rows), ""),
        min(register.agencies, default=""),
        min(register.vendors, default=""),
        next((str(row.signed.year) for row in register.rows), ""),
        CONTRACTS.name,
    )
    yield Artifact(urls.file(urls.api()), page, (theme["api.html"], frame, examples))


def _side(url: str, side: facets.Side) -> Iterator[Artifact]:
    for id, one in side.known.items():
        inputs = (url, one, tuple(side.parts.get(id, ())))
        yield Artifact(urls.organisation_data(side.role, id), answers.organisation, inputs)
    everyone = (url, side.role, tuple(side.known.values()), tuple(side.totals.values()))
    yield Artifact(urls.organisations_data(side.role), answers.index, everyone)


def page(
    template: render.Template, frame: render.Frame, examples: tuple[str, str, str, str, str]
) -> bytes:
    """What there is for programs, and how to use it."""
    ids = dict(zip(("contract", "agency", "vendor", "year", "table"), examples, strict=True))
    shown = [_shown(frame.site.base, one, ids.get(one.of)) for one in paths.PATHS]
    about = document.VERSION
    return render.page(template, frame, shown=shown, version=about, path=urls.api())


def _shown(base: str, path: paths.Path, id: str | None) -> Shown:
    """An address with its example; one that needs an id has none on an empty site."""
    if id == "":
        return Shown(path, "")
    return Shown(path, urls.href(base, re.sub(r"\{\w+\}", lambda _: id or "", path.pattern)))
