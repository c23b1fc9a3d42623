"""The tables as files: the database of all records, then each of its tables as CSV.

A table is read back from the database, so that all records are read but once.
"""

import contextlib
import sqlite3
import urllib.parse
from collections.abc import Iterator

from portal import corpus, facets, records, render, urls
from portal.artifact import Artifact
from portal.tables import database as base
from portal.tables import organisations, sheet
from portal.tables.tables import CONTRACTS, TABLES

DATABASE = urls.data_file("contracts.sqlite")
Organisations = tuple[corpus.Organisation, ...]


def database(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, shelf: records.Shelf
) -> Iterator[Artifact]:
    """The database; and the contracts of each agency and of each vendor as CSV."""
    del theme
    url = frame.site.url
    known = tuple(register.agencies.values()), tuple(register.vendors.values())
    every = shelf.records((*register.rows, *register.withdrawn))
    yield Artifact(DATABASE, whole, (every, *known, url))
    parts = (
        ("agency", register.agencies, facets.by_agency(register.rows)),
        ("vendor", register.vendors, facets.by_vendor(register.rows)),
    )
    for role, ids, rows in parts:
        for id in ids:
            found = shelf.records(rows.get(id, ()))
            yield Artifact(urls.sheet(role, id), part, (found,))


def sheets(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, shelf: records.Shelf
) -> Iterator[Artifact]:
    """Each table of the database as CSV."""
    del register, theme, frame
    made = shelf.at((DATABASE,))
    for table in TABLES:
        yield Artifact(urls.data_file(f"{table.name}.csv"), table_of, (made, table.name))


def whole(
    found: records.Records, agencies: Organisations, vendors: Organisations, url: str
) -> bytes:
    """All tables as one SQLite file."""
    sides = [[organisations.entry(one, url) for one in side] for side in (agencies, vendors)]
    return base.written(records.read(found), *sides)


def part(found: records.Records) -> bytes:
    """Some contracts as CSV."""
    rows = (row for one in records.read(found) for row in CONTRACTS.rows(one))
    return sheet.written(CONTRACTS, rows)


def table_of(made: records.Records, name: str) -> bytes:
    """One table of the database as CSV."""
    table = next(one for one in TABLES if one.name == name)
    with contextlib.closing(opened(made)) as found:
        return sheet.written(table, base.rows(found, table))


def opened(made: records.Records) -> sqlite3.Connection:
    """The database as it was made, for reading."""
    (place,) = records.places(made)
    return sqlite3.connect(f"file:{urllib.parse.quote(place)}?immutable=1", uri=True)


def counts(made: records.Records) -> dict[str, int]:
    """How many rows each table has."""
    with contextlib.closing(opened(made)) as found:
        asked = ((one.name, f"SELECT COUNT(*) FROM {one.name}") for one in TABLES)
        return {name: found.execute(sql).fetchone()[0] for name, sql in asked}
