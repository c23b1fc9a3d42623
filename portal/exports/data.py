"""What tells of the data: descriptions for programs, the data page, and the page that answers."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from portal import corpus, files, linked, records, render, urls
from portal.artifact import Artifact
from portal.exports import tables
from portal.tables import catalog, engine, package, questions
from portal.tables.catalog import Offer, Span
from portal.tables.package import File
from portal.tables.tables import TABLES

PACKAGE, CATALOG = urls.data_file("datapackage.json"), urls.data_file("catalog.jsonld")
NAMES: Mapping[str, str] = {
    **{f"{table.name}\\.csv": table.name for table in TABLES},
    r"contracts\.sqlite": "database",
    r"ocds/all\.jsonl\.gz": "ocds_all",
    r"ocds/[0-9]+\.json": "ocds_year",
    r"ocds/[0-9]+\.jsonl\.gz": "ocds_lines",
    r"datapackage\.json": "package",
    r"catalog\.jsonld": "catalog",
}
"""What each file of data is called in the words, by its path below the data page."""
FORMATS = {"jsonl.gz": "JSON Lines, gzip", "jsonld": "JSON-LD", "sqlite": "SQLite"}
"""What a format is called; any other as its files end, in capitals."""
OTHER = "other"
APART = urls.query(), urls.ocds_extension("")
"""Files below the data page that are no data of this register."""


class Line(NamedTuple):
    """A file as the data page lists it; `year` where it holds one, `rows` where it is a table."""

    file: File
    name: str
    year: str
    format: str
    rows: int | None


def descriptions(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, shelf: records.Shelf
) -> Iterator[Artifact]:
    """The data package and the catalogue."""
    del theme
    found = offers(shelf)
    yield Artifact(PACKAGE, package.written, (frame.site, tuple(one.file for one in found)))
    yield Artifact(CATALOG, catalog.written, (frame.site, found, span(register)))


def pages(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, shelf: records.Shelf
) -> Iterator[Artifact]:
    """The data page, unless the site has words of its own there; the query page and its program."""
    made = shelf.at((tables.DATABASE,))
    found = offers(shelf)
    if urls.data().rstrip("/") not in {one.fact.id for one in register.words}:
        yield Artifact(
            urls.file(urls.data()), page, (theme["data.html"], frame, found, made, span(register))
        )
    parts = engine.parts()
    for name, sealed in parts.items():
        yield Artifact(urls.engine(name), files.read, (sealed,))
    program = next((one.digest for one in parts.values()), "")
    asked = (theme["query.html"], frame, _file(shelf, tables.DATABASE), program)
    yield Artifact(urls.file(urls.query()), query, asked)


def offers(shelf: records.Shelf) -> tuple[Offer, ...]:
    """Every file of data, in the order of `NAMES`; what the page about itself needs is none."""
    order = [*NAMES.values(), OTHER]
    found = [Offer(_file(shelf, path), named(path)) for path in shelf.files if _is_data(path)]
    return tuple(sorted(found, key=lambda one: (order.index(one.name), one.file.path)))


def _is_data(path: str) -> bool:
    return path.startswith(urls.data()) and not path.startswith(APART) and path[-5:] != ".html"


def named(path: str) -> str:
    """What a file is called in the words."""
    below = path.removeprefix(urls.data())
    return next((name for known, name in NAMES.items() if re.fullmatch(known, below)), OTHER)


def _file(shelf: records.Shelf, path: str) -> File:
    one = shelf.files[path]
    return File(path, one.size, one.sha256)


def span(register: corpus.Corpus) -> Span | None:
    """The days of the contracts; None where there are none."""
    days = [row.signed for row in register.rows]
    if not days:
        return None
    newest = max(row.latest for row in register.rows)
    return Span(min(days), max(days), newest)


def page(
    template: render.Template,
    frame: render.Frame,
    offers: tuple[Offer, ...],
    made: records.Records,
    days: Span | None,
) -> bytes:
    """Each file with its size, rows and digest, and how to read it."""
    counted = tables.counts(made)
    given = [(one.file.path, catalog.media(one.file.path)) for one in offers]
    given.append((urls.feed("all", "json"), "application/feed+json"))
    about = linked.dataset(frame.site, None if days is None else days.newest, given)
    lines = [_line(one, counted) for one in offers]
    return render.page(
        template,
        frame,
        sheets=[line for line in lines if line.rows is not None],
        ocds=[line for line in lines if line.name.startswith("ocds")],
        others=[line for line in lines if line.rows is None and line.name[:4] != "ocds"],
        address=urls.address(frame.site.url, urls.data()),
        linked=linked.text(about),
        path=urls.data(),
    )


def _line(one: Offer, counted: Mapping[str, int]) -> Line:
    ending = one.file.path.rpartition("/")[2].partition(".")[2]
    called = FORMATS.get(ending) or ending.upper()
    return Line(one.file, one.name, one.year, called, counted.get(one.name))


def query(template: render.Template, frame: render.Frame, database: File, program: str) -> bytes:
    """The ready questions, and where the site has its program, the place to ask."""
    return render.page(
        template,
        frame,
        database=database,
        engine=File(urls.engine("sqlite3.js"), 0, program) if program else None,
        questions=tuple(questions.ready().items()),
        path=urls.query(),
    )
