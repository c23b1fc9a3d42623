"""All tables as one SQLite file, with keys, indexes and a full-text index; same rows, same bytes.

Rows of records come together beside the file first: those that are new, and those that a file of
before has of records that are as they were. Then SQLite puts them into the file, always in the same
order, so that the file is the same wherever its rows came from.

An amount of money stands twice: exactly, as text, and in hundredths of its currency's unit, as an
integer that can be sorted and added up (a third and fourth decimal are rounded there, half to
even). Quantities and percentages are numbers of SQLite, good for 15 digits.
"""

import contextlib
import decimal
import sqlite3
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Set
from decimal import Decimal
from typing import NamedTuple

from portal import strings
from portal.tables import columns
from portal.tables.columns import CENTS, Cell, Column, Entry, Kind, Table
from portal.tables.tables import TABLES

VERSION = 1
"""Of the tables' shape: `PRAGMA user_version`."""
PAGE = 4096
WRITER = slice(96, 100)
"""Where a file says which version of SQLite wrote it: nothing else differs from one to another."""
OLDEST = 3_034_000
"""The first version that reads the file, for its trigrams; written in place of the one used."""
SEARCH = "contracts_search"
SEARCHED = ("title", "number", "agency", "vendors", "project")
DICTIONARY = "dictionary"
INDEXES = (
    ("contracts", "agency_id"),
    ("contracts", "signed"),
    ("contracts", "amount_cents"),
    ("contract_vendors", "vendor_id"),
    ("agency_names", "name"),
    ("vendor_names", "name"),
)
_TYPES: Mapping[Kind, str] = {"number": "NUMERIC", "whole": "INTEGER"}
"""All others are TEXT."""

Value = str | int | float | None


class Kept(NamedTuple):
    """A file of before, and the contracts whose rows in it are as they would be now."""

    place: str
    ids: Set[str]


def readable(place: str) -> str:
    """The address by which SQLite opens a file that nobody writes."""
    return f"file:{urllib.parse.quote(place)}?immutable=1"


def written(
    records: Iterable[Entry],
    order: Iterable[str],
    agencies: Iterable[Entry],
    vendors: Iterable[Entry],
    kept: Kept | None = None,
) -> bytes:
    """The database of these records, withdrawn ones among them, and organisations.

    `order` are the ids of all contracts, as they follow each other; the rows of those that are
    `kept` are taken from there, of all others the records are given.
    """
    with contextlib.closing(sqlite3.connect("file::memory:", uri=True)) as base:
        base.execute(f"PRAGMA page_size = {PAGE}")
        base.execute(f"PRAGMA user_version = {VERSION}")
        for table in TABLES:
            base.execute(schema(table))
        _fill(base, "agency", agencies)
        _fill(base, "vendor", vendors)
        _gather(base, records, order, kept)
        _describe(base)
        _index(base)
        base.commit()
        lost = base.execute("PRAGMA foreign_key_check").fetchone()
        if lost is not None:
            raise AssertionError(f"a row of {lost[0]} refers to no row of {lost[2]}")
        data = base.serialize()
    return b"".join((data[: WRITER.start], OLDEST.to_bytes(4, "big"), data[WRITER.stop :]))


BESIDE, BEFORE, ORDER = "beside", "before", "in_order"


def _gather(
    base: sqlite3.Connection, records: Iterable[Entry], order: Iterable[str], kept: Kept | None
) -> None:
    """The rows of all records, in the order of their contracts, or of their keys."""
    tables = [table for table in TABLES if table.source in ("record", "withdrawn")]
    base.execute(f"ATTACH ':memory:' AS {BESIDE}")
    base.execute(f"CREATE TABLE {BESIDE}.{ORDER} (place INTEGER PRIMARY KEY, id TEXT UNIQUE)")
    base.executemany(f"INSERT INTO {BESIDE}.{ORDER} (id) VALUES (?)", ((id,) for id in order))
    for table in tables:
        base.execute(f"CREATE TABLE {BESIDE}.{table.name} AS SELECT * FROM main.{table.name}")
    _fill(base, "record", records, BESIDE)
    if kept is not None:
        base.commit()
        base.execute(f"ATTACH ? AS {BEFORE}", (readable(kept.place),))
        base.execute(f"CREATE TABLE {BESIDE}.kept (id TEXT PRIMARY KEY) WITHOUT ROWID")
        base.executemany(f"INSERT INTO {BESIDE}.kept VALUES (?)", ((id,) for id in kept.ids))
    for table in tables:
        rows = f"SELECT * FROM {BESIDE}.{table.name}"
        if kept is not None:
            chosen = f"{table.key[0]} IN (SELECT id FROM {BESIDE}.kept)"
            rows += f" UNION ALL SELECT * FROM {BEFORE}.{table.name} WHERE {chosen}"
        place = f"(SELECT place FROM {BESIDE}.{ORDER} AS known WHERE known.id = found.id)"
        by = place if table.key == ("id",) else ", ".join(table.key)
        base.execute(f"INSERT INTO {table.name} SELECT * FROM ({rows}) AS found ORDER BY {by}")
    base.commit()
    base.execute(f"DETACH {BESIDE}")
    if kept is not None:
        base.execute(f"DETACH {BEFORE}")


def _fill(
    base: sqlite3.Connection, source: str, things: Iterable[Entry], into: str = "main"
) -> None:
    tables = {
        name: [(table, _insertion(table, into)) for table in TABLES if table.source == name]
        for name in (source, "withdrawn")
    }
    for one in things:
        name = "withdrawn" if source == "record" and is_withdrawn(one) else source
        for table, statement in tables[name]:
            kinds = [column.kind for column in table.columns]
            base.executemany(statement, [_stored(row, kinds) for row in table.rows(one)])


def is_withdrawn(record: Entry) -> bool:
    """Whether a record is a tombstone's."""
    return columns.at("status.state")(record) == "withdrawn"


def _insertion(table: Table, into: str) -> str:
    marks = ", ".join("?" for column in table.columns for _ in names(column))
    return f"INSERT INTO {into}.{table.name} VALUES ({marks})"


def is_same(base: sqlite3.Connection, before: str, table: Table, kept: Set[str]) -> bool:
    """Whether a table of parts of contracts has the rows that it had in a file of before.

    Of contracts that are `kept` it has them for sure.
    """
    if table.key[0] != "contract_id":
        return False
    with contextlib.closing(sqlite3.connect(readable(before), uri=True)) as other:
        bases = base, other
        asked = "SELECT id FROM contracts"
        ids = [{id for (id,) in each.execute(asked)} - kept for each in bases]
        asked = f"SELECT * FROM {table.name} WHERE contract_id = ?"
        return all(
            base.execute(asked, (id,)).fetchall() == other.execute(asked, (id,)).fetchall()
            for id in ids[0] | ids[1]
        )


def schema(table: Table) -> str:
    """The statement that makes a table. Parts of contracts lie in the order of their key."""
    parts = [part for column in table.columns for part in _declared(column)]
    parts.append(f"PRIMARY KEY ({', '.join(table.key)})")
    for one in table.references:
        own, other = ", ".join(one.columns), ", ".join(one.key)
        parts.append(f"FOREIGN KEY ({own}) REFERENCES {one.table} ({other})")
    lines = ",\n  ".join(parts)
    # Contracts keep row numbers, for by them the full-text index refers to its rows.
    end = "" if table.key == ("id",) else " WITHOUT ROWID"
    return f"CREATE TABLE {table.name} (\n  {lines}\n){end}"


def _declared(column: Column) -> Iterator[str]:
    needed = " NOT NULL" if column.is_required else ""
    kinds = (_TYPES.get(column.kind, "TEXT"), "INTEGER")
    for name, kind in zip(names(column), kinds, strict=False):
        yield f"{name} {kind}{needed}"


def names(column: Column) -> tuple[str, ...]:
    """What a column is in SQLite: an amount is two."""
    return (column.name, column.name + CENTS) if column.kind == "money" else (column.name,)


def _stored(row: Iterable[Cell], kinds: Iterable[Kind]) -> list[Value]:
    stored: list[Value] = []
    for cell, kind in zip(row, kinds, strict=True):
        if kind == "number" and isinstance(cell, Decimal):
            stored.append(int(cell) if cell == int(cell) else float(cell))
        elif kind in ("money", "price") and isinstance(cell, (int, Decimal)):
            stored.append(f"{Decimal(cell):f}")
        else:
            stored.append(cell)  # type: ignore[arg-type] # a Decimal is money, a price or a number
        if kind == "money":
            stored.append(None if cell is None else cents(Decimal(cell)))
    return stored


def cents(amount: Decimal) -> int:
    """An amount in hundredths of its currency's unit."""
    return int((amount * 100).quantize(Decimal(1), decimal.ROUND_HALF_EVEN))


def rows(base: sqlite3.Connection, table: Table) -> Iterator[list[Cell]]:
    """The rows of a table, in the order in which they were put there or of their key."""
    chosen = ", ".join(column.name for column in table.columns)
    for row in base.execute(f"SELECT {chosen} FROM {table.name}"):
        yield [Decimal(repr(cell)) if isinstance(cell, float) else cell for cell in row]


def _describe(base: sqlite3.Connection) -> None:
    """The file says itself what its tables and columns hold, in every language."""
    parts = [f"{name} TEXT NOT NULL" for name in ("table_name", "column_name", "language", "says")]
    key = "PRIMARY KEY (table_name, column_name, language)"
    base.execute(f"CREATE TABLE {DICTIONARY} ({', '.join([*parts, key])}) WITHOUT ROWID")
    base.executemany(f"INSERT INTO {DICTIONARY} VALUES (?, ?, ?, ?)", _said())


def _said() -> Iterator[tuple[str, str, str, str]]:
    for language in strings.LANGUAGES:
        words = strings.of(language)
        for table in TABLES:
            yield table.name, "", language, words[f"files.{table.name}.what"]
            for column in table.columns:
                said = columns.meaning(words, table.name, column.name)
                for name in names(column):
                    more = words["columns.cents"] if name != column.name else ""
                    yield table.name, name, language, said + more


def _index(base: sqlite3.Connection) -> None:
    for table, column in INDEXES:
        base.execute(f"CREATE INDEX {table}_by_{column} ON {table} ({column})")
    searched = ", ".join(SEARCHED)
    told = 'content="contracts", tokenize="trigram"'
    base.execute(f"CREATE VIRTUAL TABLE {SEARCH} USING fts5 ({searched}, {told})")
    base.execute(f"INSERT INTO {SEARCH} ({SEARCH}) VALUES ('rebuild')")
    base.execute(f"INSERT INTO {SEARCH} ({SEARCH}) VALUES ('optimize')")
