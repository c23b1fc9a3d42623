"""The cells of a table as scanners give them, fitted into rows and columns that HTML accepts."""

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

WIDEST = 200
"""Columns of a table. What is wider was made by no person, and is shown as text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its HTML, whether it is a header, and how many columns and rows it takes."""

    html: str
    is_header: bool = False
    columns: int = 1
    rows: int = 1


Rows = Sequence[Sequence[Cell]]


@dataclass(slots=True)
class _Place:
    """A cell at its column. It loses a row when one that it reaches into turns out to be none."""

    cell: Cell
    start: int
    columns: int
    rows: int

    @property
    def end(self) -> int:
        return self.start + self.columns


_Lines = list[list[_Place]]


def fitted(groups: Sequence[Rows]) -> list[list[list[Cell]]] | None:
    """Groups of rows (a head, a body) in which every place of the grid belongs to one cell.

    A cell that would reach over another or out of its group becomes smaller, short rows are
    filled, and a row or a column in which no cell begins goes. None where the table is too wide.
    """
    placed = [_placed(group) for group in groups]
    width = max((line[-1].end for lines in placed for line in lines), default=0)
    if width > WIDEST:
        return None
    full = [list(_filled(lines, width)) for lines in placed]
    starts = sorted({place.start for lines in full for line in lines for place in line})
    return [[[_cell(place, starts) for place in line] for line in lines] for lines in full]


def _placed(group: Rows) -> _Lines:
    """The cells of a group, up to the first row that is too wide, each where it is in the grid."""
    lines: _Lines = []
    reaching: list[tuple[int, _Place]] = []
    for index, row in enumerate(group):
        reaching = [(end, place) for end, place in reaching if end > index]
        if not row:
            for _, place in reaching:
                place.rows -= 1
            continue
        taken = {column for _, one in reaching for column in range(one.start, one.end)}
        lines.append(_line(row, taken, len(group) - index))
        if lines[-1][-1].end > WIDEST:
            break
        reaching += [(index + place.rows, place) for place in lines[-1] if place.rows > 1]
    return lines


def _line(row: Sequence[Cell], taken: set[int], below: int) -> list[_Place]:
    places = []
    column = 0
    for cell in row:
        while column in taken:
            column += 1
        columns = 1
        while columns < cell.columns and column + columns not in taken:
            columns += 1
        places.append(_Place(cell, column, columns, min(cell.rows, below)))
        column += columns
    return places


def _filled(lines: _Lines, width: int) -> Iterator[list[_Place]]:
    reaching: list[tuple[int, _Place]] = []
    for line in lines:
        present = sorted((*line, *(place for _, place in reaching)), key=_start)
        starts = [place.start for place in present[1:]] + [width]
        ends = [place.end for place in present]
        gaps = [
            _Place(Cell(""), end, start - end, 1)
            for end, start in zip(ends, starts, strict=True)
            if start > end
        ]
        left = [*reaching, *((place.rows, place) for place in line)]
        reaching = [(rows - 1, place) for rows, place in left if rows > 1]
        yield sorted((*line, *gaps), key=_start)


def _start(place: _Place) -> int:
    return place.start


def _cell(place: _Place, starts: list[int]) -> Cell:
    """A cell as wide as the columns that it covers and in which a cell begins."""
    columns = bisect.bisect_left(starts, place.end) - bisect.bisect_left(starts, place.start)
    return replace(place.cell, columns=columns, rows=place.rows)
