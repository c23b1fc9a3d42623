"""Tables in HTML, as scanners write them into Markdown: the one HTML that is not shown as text."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import nh3

from portal.body import grid, piece, source, tables

_EDGE = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(
    r"<(/?)(table|caption|thead|tbody|tfoot|tr|th|td|p|br|div|span|font|center|b|strong|i|em|u"
    r"|colgroup|col)\b([^<>]*)>",
    re.IGNORECASE,
)
_ROW = re.compile(r"<t[rdh]\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \n]+")
_SPAN = re.compile(r"""\b(col|row)span\s{0,9}=\s{0,9}["']?([0-9]{1,9})""", re.IGNORECASE)
_LARGEST = 100
"""Columns or rows of one cell."""

_TAGS = set("section table caption thead tbody tr th td br span".split())
_ATTRIBUTES = {
    "section": {"class", "tabindex", "aria-label"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan", "class"},
    "span": {"class", "data-kind"},
}

_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})
_LINES = frozenset({"p", "br", "div"})
_OUTER = frozenset({"caption", "tr"}) | _SECTIONS | _CELLS


class _Token(NamedTuple):
    """A tag, and the text up to the next."""

    name: str
    is_end: bool
    attributes: str
    text: str


@dataclass(slots=True)
class _Cell:
    """A cell that is being read."""

    is_header: bool = False
    spans: dict[str, int] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """A table that is being read."""

    caption: list[str] = field(default_factory=list)
    rows: list[tuple[bool, list[_Cell]]] = field(default_factory=list)
    is_head: bool = False
    is_row: bool = False
    is_caption: bool = False


def parts(text: str) -> Iterator[str | piece.Piece]:
    """A regular text cut at its tables, each part regular. A table without end or rows is text."""
    done = 0
    for start, end in _regions(text) if "<" in text else ():
        if _ROW.search(text, start, end):
            yield source.regular(text[done:start].strip(" \n"))
            yield _rendered(text[start:end])
            done = end
    yield source.regular(text[done:].strip(" \n")) if done else text


def _regions(text: str) -> list[tuple[int, int]]:
    """Where tables stand that are within no other."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for edge in _EDGE.finditer(text):
        if not edge[1]:
            opened.append(edge.start())
        elif opened:
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, edge.end()))
    return found


def _rendered(raw: str) -> piece.Piece:
    table = _read(raw)
    rows = [(is_head, [_cell(cell) for cell in row]) for is_head, row in table.rows]
    head = [row for _, row in itertools.takewhile(lambda one: one[0], rows)]
    body = [row for _, row in rows[len(head) :]]
    fitted = grid.fitted((head, body))
    if fitted is None or not any(fitted):
        texts = (_words(table.caption), *(" ".join(cell.html for cell in row) for _, row in rows))
        return piece.Piece("\n".join(f"<p>{text}</p>" for text in texts if text.strip()))
    upper, lower = fitted
    titles = [_row(row, "col") for row in upper]
    lines = [_row(row, "row" if upper or index else "col") for index, row in enumerate(lower)]
    return piece.Piece(_cleaned(tables.wrapped(titles, lines, _words(table.caption))))


def _cleaned(table: str) -> str:
    """The table by the parser that browsers use, with what a table is made of and nothing else.

    We wrote it from text alone, so nothing changes: but this is the one place where HTML comes in.
    """
    return nh3.clean(table, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None)


def _row(cells: Sequence[grid.Cell], scope: str) -> str:
    return f"<tr>{''.join(_shown(cell, scope) for cell in cells)}</tr>"


def _shown(cell: grid.Cell, scope: str) -> str:
    is_header = cell.is_header and cell.html
    name, title = ("th", f' scope="{scope}"') if is_header else ("td", "")
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{name}{title}{columns}{rows}>{cell.html}</{name}>"


def _cell(cell: _Cell) -> grid.Cell:
    spans = (min(max(cell.spans.get(name, 1), 1), _LARGEST) for name in ("col", "row"))
    return grid.Cell(_words(cell.words), cell.is_header, *spans)


def _words(words: Sequence[str]) -> str:
    """What was read into a cell, as HTML: its paragraphs are lines."""
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(words).split("\n"))
    return "<br>".join(piece.text(piece.decode(line)) for line in lines if line)


def _read(raw: str) -> _Table:
    """What a table holds. A table within it is text of the cell around it."""
    table = _Table()
    depth = 0
    for token in _tokens(raw):
        inner = depth > 1
        if token.name == "table":
            depth += -1 if token.is_end else 1
        if token.name in _LINES or inner or depth > 1:
            _write(table, " " if token.name in _CELLS else "\n")
        else:
            _open(table, token)
        _write(table, _SPACE.sub(" ", token.text))
    return table


def _tokens(raw: str) -> Iterator[_Token]:
    _, *found = _TAG.split(raw)
    groups = (iter(found),) * 4
    for end, name, attributes, text in zip(*groups, strict=True):
        yield _Token(name.lower(), bool(end), attributes, text)


def _open(table: _Table, token: _Token) -> None:
    """A row, a cell, a section or the caption begins or ends."""
    if token.name in _CELLS and not token.is_end:
        if not table.is_row:
            table.rows.append((table.is_head, []))
            table.is_row = True
        spans = {name.lower(): int(number) for name, number in _SPAN.findall(token.attributes)}
        table.rows[-1][1].append(_Cell(token.name == "th", spans))
    elif token.name == "tr":
        table.is_row = not token.is_end
        if table.is_row:
            table.rows.append((table.is_head, []))
    elif token.name in _SECTIONS:
        table.is_row = False
        table.is_head = token.name == "thead" and not token.is_end
    if token.name in _OUTER:
        table.is_caption = token.name == "caption" and not token.is_end


def _write(table: _Table, words: str) -> None:
    """Text goes into the caption, or the last cell, also when it stands where no text may be."""
    if table.is_caption:
        table.caption.append(words)
        return
    if words.isspace() or not words:
        if table.rows and table.rows[-1][1]:
            table.rows[-1][1][-1].words.append(words)
        return
    if not table.rows:
        table.rows.append((table.is_head, []))
    row = table.rows[-1][1]
    if not row:
        row.append(_Cell())
    row[-1].words.append(words)
