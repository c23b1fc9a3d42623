"""Tables written with pipes, and the HTML of every table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.body import grid, piece

_RULE = re.compile(r"\|?(?: *:?-+:? *\|)*+ *(?::?-+:?)?")
_AGAIN = re.compile(r"\|?(?: *:?--+:? *\|)++ *(?::?--+:?)?")
_ESCAPED = re.compile(r"\\(.)")
_HIDDEN = "\x02"
_OPENED = f'<section class="scroll" tabindex="0" aria-label="{piece.TABLE}"><table>'
_BREAK = re.compile(r"&lt;br ?/?&gt;", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pipes:
    """A table in the lines of a block, which it takes from `start` to before `end`.

    `align` is left, center, right or nothing for each column of its rule; its head is a row.
    """

    start: int
    end: int
    align: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def found(lines: Sequence[str]) -> Iterator[Pipes]:
    """The tables in the lines of a block.

    A line with pipes over a rule (`|---|--:|`) begins one, also right after a paragraph; a line
    without a pipe ends it. Rows may be ragged. A rule that a scanner repeats is no row.
    """
    index = 1
    while index < len(lines):
        table = _table(lines, index) if _is_row(lines[index - 1]) else None
        if table is not None:
            yield table
            index = table.end
        index += 1


def cells(line: str) -> tuple[str, ...]:
    """The cells of a row; `\\|` is no border."""
    row = line.strip()
    if "\\" in row:
        row = _ESCAPED.sub(_hidden, row)
    parts = row.removeprefix("|").removesuffix("|").split("|")
    if _HIDDEN in row:
        parts = [part.replace(_HIDDEN, "|") for part in parts]
    return tuple([part.strip() for part in parts])


def html(head: Sequence[str], rows: Sequence[Sequence[str]], align: Sequence[str]) -> str:
    """A table as HTML, from the HTML of its cells: as wide as its widest row, so nothing is lost.

    A head without words is left out, and an empty cell of a head is no header.
    """
    heads = [head] if any(head) else []
    if not heads and not rows:
        return ""
    width = max(map(len, [*heads, *rows]))
    opened = [f'<td class="align-{side}">' if side else "<td>" for side in align]
    opened = (opened + ["<td>"] * width)[:width]
    titles = [_title(start, cell) for start, cell in zip(opened, head, strict=False)]
    lines = [f"<tr>{''.join(titles)}{_rest(width - len(head))}</tr>" for _ in heads]
    full = "".join([f"{start}%s</td>" for start in opened])
    return wrapped(lines, [f"<tr>{_row(full, opened, row)}</tr>" for row in rows])


def wrapped(head: Sequence[str], rows: Sequence[str], caption: str = "") -> str:
    """The rows of a table, each as HTML, in a box of their own in which they can be scrolled."""
    title = (f"<caption>{caption}</caption>",) if caption else ()
    upper = ("<thead>", *head, "</thead>") if head else ()
    lower = ("<tbody>", *rows, "</tbody>") if rows else ()
    return "\n".join((_OPENED, *title, *upper, *lower, "</table></section>"))


def cell(content: str) -> str:
    """The HTML of a cell: `<br>`, a line break in no other place, is one in it."""
    return _BREAK.sub("<br>", content) if "&lt;" in content else content


def _table(lines: Sequence[str], rule: int) -> Pipes | None:
    if not _is_rule(lines[rule]):
        return None
    align, head = cells(lines[rule]), cells(lines[rule - 1])
    if len(head) != len(align) and not lines[rule - 1].lstrip().startswith("|"):
        return None
    end = rule + 1
    while end < len(lines) and _is_row(lines[end]):
        end += 1
    rows = tuple([cells(line) for line in lines[rule + 1 : end] if not _is_again(line)])
    return Pipes(rule - 1, end, tuple(map(_side, align)), head, rows)


def _is_row(line: str) -> bool:
    return 0 < line.count("|") <= grid.WIDEST


def _is_rule(line: str) -> bool:
    return "-" in line and _is_row(line) and _RULE.fullmatch(line.strip()) is not None


def _is_again(line: str) -> bool:
    return "--" in line and _AGAIN.fullmatch(line.strip()) is not None


def _side(rule: str) -> str:
    left, right = rule.startswith(":"), rule.endswith(":")
    if left and right:
        return "center"
    return "left" if left else "right" if right else ""


def _title(start: str, content: str) -> str:
    if not content:
        return f"{start}</td>"
    return f'<th scope="col"{start.removeprefix("<td")}{content}</th>'


def _row(full: str, opened: Sequence[str], row: Sequence[str]) -> str:
    """The cells of a row: all at once where it is as wide as the table."""
    if len(row) == len(opened):
        return full % tuple(row)
    content = "".join([f"{start}{one}</td>" for start, one in zip(opened, row, strict=False)])
    return content + _rest(len(opened) - len(row))


def _rest(columns: int) -> str:
    if columns < 2:
        return "<td></td>" * columns
    return f'<td colspan="{columns}"></td>'


def _hidden(escape: re.Match[str]) -> str:
    return "\\" + _HIDDEN if escape[1] == "|" else escape[0]
