"""From what stands where on a page to its text: lines in reading order, tables as Markdown."""

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pdfplumber import table

Box = tuple[float, float, float, float]
"""Left, top, right, bottom; in points or pixels from the top left."""

WIDE, NARROW = 1.5, 0.5
"""Gaps that are a space, in heights of the text: between Chinese characters; at one's side."""
WORDS = 0.15
"""The same between two words of letters or digits."""
MOST_EDGES, MOST_CROSSINGS = 600, 3000
"""Above these a page holds a drawing, not a table."""


class Piece(NamedTuple):
    """A character, or the text of one stretch of a line, and its box (as high as the text)."""

    text: str
    box: Box
    is_apart: bool = False
    """Whether a space was written before it."""

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2

    @property
    def size(self) -> float:
        """How high the text is."""
        return self.box[3] - self.box[1]


Line = list[Piece]


def page(pieces: Sequence[Piece], edges: Sequence[dict[str, object]], tolerance: float) -> str:
    """A page's text; `edges` are its ruling lines as pdfplumber has them, in the pieces' units.

    Ruled tables stand at their place in the flow, a blank line around them, their text not
    repeated outside; what stands in a lone box is text like any other.
    """
    grids = tables(edges, tolerance)
    inside: dict[Box, list[Piece]] = {cell: [] for cells in grids for cell in cells}
    outside: list[Piece] = []
    find = _finder(tuple(inside))
    for piece in itertools.chain.from_iterable(_split(piece, find) for piece in pieces):
        cell = find(piece)
        (outside if cell is None else inside[cell]).append(piece)
    blocks = [(line[0].middle[1], said(line)) for line in lines(outside)]
    for cells in grids:
        rows = [[_cell(cell, inside[cell]) if cell else "" for cell in row] for row in _rows(cells)]
        text = _markdown(rows)
        blocks += [(min(cell[1] for cell in cells), f"\n{text}\n")] if text else []
    return "\n".join(text for _, text in sorted(blocks, key=lambda block: block[0])).strip("\n")


def lines(pieces: Iterable[Piece]) -> list[Line]:
    """The pieces in lines from top to bottom, each from left to right."""
    found: list[Line] = []
    height = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.middle[1]):
        if found and piece.middle[1] - height <= min(piece.size, found[-1][-1].size) / 2:
            found[-1].append(piece)
        else:
            found.append([piece])
        height = piece.middle[1]
    return [sorted(line, key=lambda piece: piece.box[0]) for line in found]


def said(line: Line) -> str:
    """The text of a line, a space where a reader sees one."""
    text = line[0].text
    for last, piece in itertools.pairwise(line):
        gap = (piece.box[0] - last.box[2]) / max(min(last.size, piece.size), 1e-6)
        sides = is_chinese(last.text[-1:]) + is_chinese(piece.text[:1])
        is_apart = gap > (WORDS, NARROW, WIDE)[sides] or (piece.is_apart and sides < 2)
        text += (" " if is_apart else "") + piece.text
    return text


def is_chinese(character: str) -> bool:
    """Whether it is as wide as a Han character: no space is written at its side."""
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


def tables(edges: Sequence[dict[str, object]], tolerance: float) -> list[list[Box]]:
    """The cells of each ruled table of two rows and two columns or more, from top to bottom."""
    near = {"snap_x_tolerance": tolerance, "snap_y_tolerance": tolerance}
    joined = {"join_x_tolerance": tolerance, "join_y_tolerance": tolerance}
    merged = table.merge_edges(list(edges), **near, **joined)
    if len(merged) > MOST_EDGES:
        return []
    crossings = table.edges_to_intersections(merged, tolerance, tolerance)
    if len(crossings) > MOST_CROSSINGS:
        return []
    grids = table.cells_to_tables(table.intersections_to_cells(crossings))
    found = [[(float(a), float(b), float(c), float(d)) for a, b, c, d in grid] for grid in grids]
    return [cells for cells in found if min(len({c[i] for c in cells}) for i in (0, 1)) > 1]


def _finder(cells: Sequence[Box]) -> Callable[[Piece], Box | None]:
    """What says in which cell the middle of a piece lies; cells are looked up row by row."""
    bands: dict[tuple[float, float], list[Box]] = {}
    for cell in cells:
        bands.setdefault((cell[1], cell[3]), []).append(cell)

    def find(piece: Piece) -> Box | None:
        x, y = piece.middle
        rows = (row for (top, bottom), row in bands.items() if top <= y < bottom)
        return next((cell for row in rows for cell in row if cell[0] <= x < cell[2]), None)

    return find


def _split(piece: Piece, find: Callable[[Piece], Box | None]) -> Iterator[Piece]:
    """A stretch of text that runs over the borders of cells, as one piece for each cell."""
    if len(piece.text) == 1:
        yield piece
        return
    left, top, right, bottom = piece.box
    widths = [2 if is_chinese(character) else 1 for character in piece.text]
    ends = [left + (right - left) * end / sum(widths) for end in itertools.accumulate(widths)]
    starts = [left, *ends[:-1]]
    each = [
        Piece(character, (start, top, end, bottom))
        for character, start, end in zip(piece.text, starts, ends, strict=True)
    ]
    for _, group in itertools.groupby(each, find):
        of_cell = list(group)
        text = "".join(part.text for part in of_cell)
        if text.strip():
            yield Piece(text.strip(), (of_cell[0].box[0], top, of_cell[-1].box[2], bottom))


def _rows(cells: Sequence[Box]) -> list[list[Box | None]]:
    """The cells by row and column; None where a merged cell covers the place."""
    tops, lefts = sorted({cell[1] for cell in cells}), sorted({cell[0] for cell in cells})
    at = {(cell[1], cell[0]): cell for cell in cells}
    return [[at.get((top, left)) for left in lefts] for top in tops]


def _cell(cell: Box, pieces: Iterable[Piece]) -> str:
    """The text of a cell: a line that fills it runs on, after another one stands a `<br>`."""
    text, is_full = "", False
    for line in lines(pieces):
        new = said(line)
        runs_on = is_full and (is_chinese(text[-1:]) or is_chinese(new[:1]))
        text += ("" if runs_on or not text else "<br>") + new
        is_full = cell[2] - line[-1].box[2] < 2 * line[-1].size
    return text.replace("|", r"\|")


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    """A pipe table, its first row the header; empty rows and columns are left out."""
    filled = [row for row in rows if any(row)]
    columns = [column for column in zip(*filled, strict=True) if any(column)]
    if not columns:
        return ""
    head, *body = (f"| {' | '.join(row)} |" for row in zip(*columns, strict=True))
    return "\n".join([head, f"|{' --- |' * len(columns)}", *body])
