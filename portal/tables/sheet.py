"""Tables as CSV that a spreadsheet opens as it is: no cell runs, and no digit is lost.

UTF-8 with a byte order mark, as spreadsheets want it to know the encoding; otherwise RFC 4180.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from portal.tables.columns import TEXTS, Cell, Table

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
ACTIVE = re.compile(r"[=+\-@\t\r\n＝＋－＠']|[0-9]{16,}\Z")
"""A text that a spreadsheet would run, or a number of which it keeps 15 digits.

An apostrophe is among them so that the rule can be turned round: one at the beginning is ours.
"""


def written(table: Table, rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table's rows below its head."""
    text = io.StringIO(newline="")
    text.write(MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    are_texts = [column.kind in TEXTS for column in table.columns]
    for row in rows:
        cells = zip(row, are_texts, strict=True)
        writer.writerow([harmless(cell) if is_text else plain(cell) for cell, is_text in cells])
    return text.getvalue().encode()


def plain(cell: Cell) -> str:
    """A cell as text: numbers exact and without an exponent, nothing for what is not there."""
    if cell is None:
        return ""
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def harmless(cell: Cell) -> str:
    """A text that no spreadsheet takes for a formula or a number, by an apostrophe before it."""
    text = plain(cell)
    return f"'{text}" if ACTIVE.match(text) else text


def read(data: bytes) -> tuple[list[str], list[list[str]]]:
    """The head and the rows of a CSV file, as they are written."""
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return next(lines), list(lines)
