"""Tables that go on over page breaks, put together again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from portal.intake import grids, joining

STRAYS = 3
"""Short lines that may stand between two parts of a table: stamps, numbers of sheets."""
STRAY = 30
_ENDED = re.compile(r"[。；;！!？?）)”】]$")


class Plain(NamedTuple):
    """A line outside tables."""

    text: str
    rows: tuple[int, ...]


@dataclass(slots=True)
class Merged:
    """A table, and the headers that were repeated within it."""

    block: grids.Block
    repeated: list[grids.Row] = field(default_factory=list)


Part = Plain | grids.Block | Merged


def merge(parts: Sequence[Part]) -> list[Part]:
    """Parts with tables that continue one another made one; what stood between follows them."""
    found: list[Part] = []
    table: Merged | None = None
    between: list[Part] = []
    for part in parts:
        if isinstance(part, Plain):
            between.append(part)
            if table is not None and not _bridged(between):
                found += _closed(table, between)
                table, between = None, []
        elif isinstance(part, grids.Block):
            if part.rows[0].cells[0].startswith("序"):
                _rejoin(part)
            if table is None or not _continue(table, part, between):
                found += _closed(table, between)
                table, between = Merged(part), []
    return found + _closed(table, between)


def _closed(table: Merged | None, between: list[Part]) -> list[Part]:
    """A table of one row by tabs or spaces is a line after all."""
    if table is None:
        return between
    block = table.block
    if block.kind == "tab" and len(block.rows) == 1:
        rows = (*block.rows, *table.repeated)
        lines = [Plain("    ".join(row.cells).strip(), row.rows) for row in rows]
        return sorted((*lines, *between), key=_first)
    return [table, *between]


def _first(part: Part) -> int:
    """The first raw line of a line outside tables."""
    return part.rows[0] if isinstance(part, Plain) else 0


def _bridged(between: Sequence[Part]) -> bool:
    """Whether a table may go on beyond these lines."""
    texts = [one.text.strip() for one in between if isinstance(one, Plain) and one.text.strip()]
    return len(texts) <= STRAYS and all(
        len(one) <= STRAY and not joining.is_structural(one) and not _ENDED.search(one)
        for one in texts
    )


def _continue(table: Merged, block: grids.Block, between: Sequence[Part]) -> bool:
    """Take a block into the table above it, if it goes on there."""
    head, first = table.block.rows[0], block.rows[0]
    strays = any(isinstance(one, Plain) and one.text.strip() for one in between)
    if block.kind != table.block.kind or block.width > table.block.width:
        return False
    rows = block.rows
    if _folded(first) == _folded(head):
        if any(first.cells):
            table.repeated.append(first)
        rows = rows[1:]
    elif block.kind == "pipe" and not any(first.cells):
        if block.width != table.block.width or strays:
            return False
        rows = rows[1:]
    elif not _follows(table.block, block, strays=strays):
        return False
    _append(table.block, rows)
    return True


def _folded(row: grids.Row) -> list[str]:
    return ["".join(cell.split()) for cell in row.cells]


def _follows(table: grids.Block, block: grids.Block, *, strays: bool) -> bool:
    """Whether a block without a header goes on: with the rest of a row, or the next number."""
    first = block.rows[0].cells
    if len(first) != table.width and block.width != table.width:
        return False
    if not first[0]:
        return True
    numbers = [int(row.cells[0]) for row in table.rows if _is_number(row.cells[0])]
    following = _is_number(first[0]) and numbers and int(first[0]) == numbers[-1] + 1
    return bool(following) and not strays


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _append(table: grids.Block, rows: Sequence[grids.Row]) -> None:
    """Rows added; the first is joined to the last one there, if it is the rest of it."""
    rest = list(rows)
    if rest and len(table.rows) > 1 and _is_rest(table.rows[-1], rest[0]):
        last, first = table.rows[-1], rest.pop(0)
        width = max(len(last.cells), len(first.cells))
        pairs = zip(_padded(last, width), _padded(first, width), strict=True)
        cells = [joining.glue(above, below) if below else above for above, below in pairs]
        table.rows[-1] = grids.Row(cells, last.rows + first.rows)
    table.rows += rest


def _rejoin(block: grids.Block) -> None:
    """Within a table whose rows bear numbers: the rest of a row put back to its beginning."""
    rows = block.rows
    block.rows = rows[:1]
    for row in rows[1:]:
        _append(block, [row])


def _padded(row: grids.Row, width: int) -> list[str]:
    return row.cells + [""] * (width - len(row.cells))


def _is_rest(last: grids.Row, first: grids.Row) -> bool:
    """Whether a row without a number ends the row above it: no sign ended the longest cell."""
    pairs = zip(last.cells, first.cells, strict=False)
    above = [cell for cell, below in pairs if below]
    longest = max(above, key=len, default="")
    return not first.cells[0] and longest != "" and not _ENDED.search(longest)
