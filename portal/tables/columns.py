"""What a table is: its columns with their kinds, and how each cell comes from an entry."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Entry = Mapping[str, Any]
"""What a row is made from: a record, a part of one, or an organisation."""
Cell = str | int | Decimal | None
Kind = Literal["id", "text", "link", "day", "money", "price", "number", "whole"]
"""`money` is what is added up; a `price` of one unit is not; a `number` is no money at all."""
TEXTS = frozenset(("id", "text", "link"))
JOINED = "; "
"""Between several names in one cell."""
CENTS = "_cents"
"""What ends the name of an amount in hundredths, which SQLite has beside the exact one."""
Words = Mapping[str, str]


class Column(NamedTuple):
    """A column: `cell` gives its value, plain and exact, from an entry."""

    name: str
    kind: Kind
    cell: Callable[[Entry], Cell]
    is_required: bool = False


class Reference(NamedTuple):
    """Columns that hold the key of another table."""

    columns: tuple[str, ...]
    table: str
    key: tuple[str, ...] = ("id",)


class Table(NamedTuple):
    """A table: `entries` gives what its rows are made from, of one record or organisation."""

    name: str
    source: Literal["record", "withdrawn", "agency", "vendor"]
    entries: Callable[[Entry], Iterator[Entry]]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    def rows(self, one: Entry) -> Iterator[tuple[Cell, ...]]:
        """The rows that come of one record or organisation."""
        for entry in self.entries(one):
            yield tuple([column.cell(entry) for column in self.columns])


def column(name: str, kind: Kind, path: str = "") -> Column:
    """A column whose cell stands at a path of the entry, `term.start`; by default at its name."""
    return Column(name, kind, at(path or name))


def required(name: str, kind: Kind, path: str = "") -> Column:
    """A column without empty cells."""
    return column(name, kind, path)._replace(is_required=True)


def at(path: str) -> Callable[[Entry], Cell]:
    """Reads a value at a path; what is not there is an empty cell."""
    *folders, last = path.split(".")

    def read(entry: Entry) -> Cell:
        for name in folders:
            entry = entry.get(name) or {}
        return _plain(entry.get(last))

    return read


def meaning(words: Words, table: str, column: str) -> str:
    """What a column holds, in words: of this table, or of any table that has it."""
    own = words.get(f"columns.{table}.{column}")
    return words[f"columns.any.{column}"] if own is None else own


def joined(name: str, path: str, part: str) -> Column:
    """A column of one part of every thing in a list, in one cell."""

    def read(entry: Entry) -> Cell:
        return JOINED.join([str(one[part]) for one in entry.get(path) or ()]) or None

    return Column(name, "text", read, is_required=True)


def _plain(value: Any) -> Cell:
    if value is None or isinstance(value, (str, int, Decimal)):
        return value
    raise TypeError(f"no cell for {type(value).__name__}")
