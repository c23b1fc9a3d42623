"""The tables of a tidy text, and which of their columns is which."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.intake import clean, grids, wording


@dataclass(slots=True)
class Row:
    """The tidy cells of a row, and its raw lines."""

    cells: list[str]
    rows: tuple[int, ...]
    loose: bool = False
    """Whether it is from a part without a header whose columns are fewer than the header's."""


@dataclass(slots=True)
class Table:
    """A header, the rows below it, and the words of the section or line above it."""

    header: list[str]
    title: str
    rows: list[Row] = field(default_factory=list)

    def column(self, pattern: re.Pattern[str], *, but: re.Pattern[str] | None = None) -> int | None:
        """The first column whose heading fits a pattern, and does not fit another."""
        return next(
            (
                index
                for index, name in enumerate(self.header)
                if pattern.search(name) and not (but is not None and but.search(name))
            ),
            None,
        )


def of(lines: Iterable[clean.Line]) -> list[Table]:
    """Every table; parts whose header is blank are rows of the table before them."""
    found: list[Table] = []
    above: list[str] = []
    block: list[clean.Line] = []
    for line in (*lines, clean.Line("", ())):
        if line.text.startswith("|"):
            block.append(line)
            continue
        if block:
            _add(found, block, " ".join(above[-3:]))
            block, above = [], []
        if line.text:
            above.append(wording.tidy(line.text))
    return found


def _add(found: list[Table], block: Sequence[clean.Line], title: str) -> None:
    parts: list[list[clean.Line]] = []
    for index, line in enumerate(block):
        if index + 1 < len(block) and grids.is_rule(block[index + 1].text):
            parts.append([])
        if not grids.is_rule(line.text) and parts:
            parts[-1].append(line)
    for part in parts:
        rows = [
            Row([wording.tidy(c) for c in grids.cells(one.text, "pipe")], one.rows) for one in part
        ]
        if not any(rows[0].cells) and found:
            _extend(found[-1], rows[1:])
        else:
            found.append(Table(rows[0].cells, title, rows[1:]))


def _extend(table: Table, rows: Iterable[Row]) -> None:
    """Rows of a part without a header, in the columns of the table's own."""
    width = len(table.header)
    for row in rows:
        cells = list(row.cells)
        while len(cells) > 1 and not cells[-1] and cells[0]:
            cells.pop()
        missing = width - len(cells)
        if missing == 1:  # the column of a merged cell that ran on from the page before
            cells.insert(1, "")
        if missing in (0, 1):
            table.rows.append(Row(cells, row.rows, loose=missing == 1))
