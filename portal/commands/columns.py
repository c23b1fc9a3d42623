"""Text in columns on a terminal, where a Chinese character is as wide as two letters."""

import itertools
import shutil
import unicodedata
from collections.abc import Iterator, Sequence

NARROWEST, WIDEST = 40, 110
"""Columns of a terminal that lines are made for, whatever it says of itself."""
GAP = 2
LEAST = 30
"""Columns that the widest cell of a row has at least; with fewer, cells stand below each other."""


_OPENING = "（【《“‘"
_CLOSING = "，。、；：！？）】》”’…,.;:!?)]%"


def available() -> int:
    """The columns of the terminal, within reason; 80 where there is none."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns - 1))


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text: str, room: int) -> list[str]:
    """The lines of a text as wide as `room`: cut at a space, or within Chinese.

    A sign that may not begin a line stands over at the end of the one above.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph, room):
            is_over = width(line) + width(piece.rstrip()) > room
            if line and is_over and piece[0] not in _CLOSING:
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
        lines.append(line.rstrip())
    return lines


def _pieces(text: str, room: int) -> Iterator[str]:
    """What is not to be cut: words with the space behind them, and single Chinese characters."""
    word = ""
    for character in text:
        is_wide = _width(character) == 2
        if (is_wide and word not in _OPENING) or width(word) >= room:
            yield from filter(None, [word])
            word = ""
        word += character
        if character == " " or (is_wide and character not in _OPENING):
            yield word
            word = ""
    yield from filter(None, [word])


def cut(text: str, room: int) -> str:
    """A text in one line of at most `room` columns, with an ellipsis where it goes on."""
    if width(text) <= room:
        return text
    widths = itertools.accumulate(map(_width, text))
    return text[: sum(1 for one in widths if one < room)] + "…"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], wide: int, room: int) -> list[str]:
    """Rows in columns, the column `wide` taking what the others leave.

    For want of room cells stand below each other; then those but two bear the heads of theirs.
    """
    sizes = [max(width(row[at]) for row in (head, *rows)) for at in range(len(head))]
    rest = room - sum(sizes) + sizes[wide] - GAP * (len(head) - 1)
    if rest < LEAST:
        return [line for row in rows for line in _below(head, row, wide, room)]
    sizes[wide] = min(sizes[wide], rest)
    rule = ["-" * size for size in sizes]
    return [line for row in (head, rule, *rows) for line in _beside(row, sizes)]


def _beside(row: Sequence[str], sizes: Sequence[int]) -> Iterator[str]:
    cells = [wrapped(cell, size) for cell, size in zip(row, sizes, strict=True)]
    for parts in itertools.zip_longest(*cells, fillvalue=""):
        padded = (
            part + " " * (size - width(part)) for part, size in zip(parts, sizes, strict=True)
        )
        yield (" " * GAP).join(padded).rstrip()


def _below(head: Sequence[str], row: Sequence[str], wide: int, room: int) -> Iterator[str]:
    yield row[0]
    others = (f"{head[at]} {row[at]}" for at in range(1, len(row)) if at != wide and row[at])
    for text in (row[wide], "  ".join(others)):
        yield from (f"    {line}" for line in wrapped(text, room - 4))
