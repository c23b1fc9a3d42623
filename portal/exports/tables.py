"""The tables as files: the database of all records, then each of its tables as CSV.

A table is read back from the database, so that all records are read but once; and what the last
publication has of records that stand as they did is taken from there, and not read at all.
"""

import contextlib
import itertools
import pathlib
import sqlite3
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
    rows = (*register.rows, *register.withdrawn)
    former = shelf.before(rows, DATABASE)
    ids = tuple(row.id for row in rows)
    yield Artifact(DATABASE, whole, (shelf.records(rows), ids, *known, url, former))
    for side in facets.sides(register):
        for id in side.known:
            found = shelf.records(side.parts.get(id, ()))
            yield Artifact(urls.sheet(side.role, id), part, (found,))


def sheets(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, shelf: records.Shelf
) -> Iterator[Artifact]:
    """Each table of the database as CSV."""
    del theme, frame
    made = shelf.at((DATABASE,))
    rows = (*register.rows, *register.withdrawn)
    for table in TABLES:
        path = urls.data_file(f"{table.name}.csv")
        former = shelf.before(rows, DATABASE, path)
        yield Artifact(path, table_of, (made, table.name, path, former))


def whole(
    found: records.Records,
    ids: tuple[str, ...],
    agencies: Organisations,
    vendors: Organisations,
    url: str,
    former: records.Former,
) -> bytes:
    """All tables as one SQLite file; `ids` are those of the records."""
    buyers, suppliers = (
        [organisations.entry(one, url) for one in side] for side in (agencies, vendors)
    )
    is_new = [id not in former.kept for id in ids]
    fresh = found._replace(entries=tuple(itertools.compress(found.entries, is_new)))
    kept = base.Kept(former.place(DATABASE), former.kept) if former.kept else None
    return base.written(records.read(fresh), ids, buyers, suppliers, kept)


def part(found: records.Records) -> bytes:
    """Some contracts as CSV."""
    rows = (row for one in records.read(found) for row in CONTRACTS.rows(one))
    return sheet.written(CONTRACTS, rows)


def table_of(made: records.Records, name: str, path: str, former: records.Former) -> bytes:
    """One table of the database as CSV; the former one, where its rows are the same."""
    table = next(one for one in TABLES if one.name == name)
    with contextlib.closing(opened(made)) as found:
        if former.kept and base.is_same(found, former.place(DATABASE), table, former.kept):
            return pathlib.Path(former.place(path)).read_bytes()
        return sheet.written(table, base.rows(found, table))


def opened(made: records.Records) -> sqlite3.Connection:
    """The database as it was made, for reading."""
    (place,) = records.places(made)
    return sqlite3.connect(base.readable(place), uri=True)


def counts(made: records.Records) -> dict[str, int]:
    """How many rows each table has."""
    with contextlib.closing(opened(made)) as found:
        asked = ((one.name, f"SELECT COUNT(*) FROM {one.name}") for one in TABLES)
        return {name: found.execute(sql).fetchone()[0] for name, sql in asked}
