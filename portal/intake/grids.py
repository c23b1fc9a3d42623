"""Tables in a raw text (by pipes, tabs, runs of spaces, HTML) as rows of cells."""

import html.parser
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.intake import markup, pages

_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_CELL = re.compile(r"(?<!\\)\|")
_GAP = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_MARKER = re.compile(
    r"(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、]|[•·●◆□■\-*]|第.{1,3}[条章节])"
)
_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
TALLEST = 5000
"""Lines of one HTML table at most."""
WIDEST = 60


@dataclass(slots=True)
class Row:
    """Cells, and the raw lines from which they come."""

    cells: list[str]
    rows: tuple[int, ...]


@dataclass(slots=True)
class Block:
    """Rows that stand together; the first is the header, which may be blank."""

    kind: str
    rows: list[Row] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max(len(row.cells) for row in self.rows)


def kind(text: str) -> str:
    """How a line is split into cells: `pipe`, `tab`, `space`, or not at all."""
    bare = text.strip(" ")
    if bare.startswith("|") and bare.count("|") >= 2:
        return "pipe"
    if "\t" in bare.rstrip():
        first = bare.split("\t", 1)[0].strip()
        return "" if _MARKER.fullmatch(first) else "tab"
    if "  " in bare or "\u3000\u3000" in bare:
        parts = _GAP.split(bare)
        plain = 3 <= len(parts) <= WIDEST and not any("：" in one or ":" in one for one in parts)
        return "space" if plain and not _MARKER.fullmatch(parts[0].strip()) else ""
    return ""


def is_rule(text: str) -> bool:
    """Whether a line is the rule below a header."""
    return "--" in text and _RULE.fullmatch(text.strip()) is not None


def cells(text: str, how: str) -> list[str]:
    """The cells of a line, raw."""
    if how == "pipe":
        inner = text.strip().removeprefix("|")
        inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
        return [one.strip().replace("\\|", "|") for one in _CELL.split(inner)]
    if how == "tab":
        return [one.strip() for one in text.strip(" \n").split("\t")]
    return [one.strip() for one in _GAP.split(text.strip())]


def rows(raws: Sequence[pages.Raw], how: str) -> list[Row]:
    """The rows of lines of one kind; cells of as many paragraphs each become rows of their own."""
    found: list[Row] = []
    for one in raws:
        if how == "pipe" and is_rule(one.text):
            continue
        split = [markup.paragraphs(cell) for cell in cells(one.text, how)]
        counts = {len(parts) for parts in split if parts}
        if len(counts) == 1 and max(counts) > 1:
            many = max(counts)
            padded = [parts or [""] * many for parts in split]
            found += [Row(list(row), (one.row,)) for row in zip(*padded, strict=True)]
        else:
            found.append(Row([" ".join(parts) for parts in split], (one.row,)))
    return found


def markdown(block: Block) -> list[tuple[str, tuple[int, ...]]]:
    """A block as lines of a Markdown table, each with its raw lines."""
    width = block.width
    lines = [(_line(row.cells, width), row.rows) for row in block.rows]
    return [lines[0], ("|" + "---|" * width, ()), *lines[1:]]


def _line(given: list[str], width: int) -> str:
    full = [one.replace("|", "\\|").replace("\n", " ") for one in given]
    return "| " + " | ".join(full + [""] * (width - len(full))) + " |"


def html_end(raws: Sequence[pages.Raw], start: int) -> int | None:
    """The index of the line where the HTML table ends that begins in this line, if one does."""
    if not _TABLE.search(raws[start].text):
        return None
    for index in range(start, min(len(raws), start + TALLEST)):
        if _TABLE_END.search(raws[index].text):
            return index
    return None


def html_block(raws: Sequence[pages.Raw]) -> tuple[str, Block, str]:
    """The HTML table in these lines, with the text before and after it."""
    text = "\n".join(one.text for one in raws)
    start = _TABLE.search(text)
    ends = list(_TABLE_END.finditer(text))
    if start is None or not ends:
        return text, Block("html"), ""
    reader = _Reader()
    reader.feed(text[start.start() : ends[-1].end()])
    reader.close()
    first = text.count("\n", 0, start.start())
    made = [
        Row(row, (raws[min(first + line - 1, len(raws) - 1)].row,)) for row, line in reader.rows
    ]
    return text[: start.start()], Block("html", made), text[ends[-1].end() :]


class _Reader(html.parser.HTMLParser):
    """Rows of an HTML table; what a cell spans beyond its first place is left blank."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[tuple[list[str], int]] = []
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.span = 1
        self.held: dict[int, int] = {}
        self.down = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self.row = []
            self.rows.append((self.row, self.getpos()[0]))
        elif tag in ("td", "th"):
            self._end_cell()
            if self.row is None:
                self.row = []
                self.rows.append((self.row, self.getpos()[0]))
            given = dict(attrs)
            self.span, self.down = _span(given.get("colspan")), _span(given.get("rowspan"))
            self._blank()
            self.cell = []
        elif self.cell is not None and tag in ("p", "br", "div"):
            self.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)
        elif data.strip():
            self.rows.append(([" ".join(data.split())], self.getpos()[0]))

    def close(self) -> None:
        super().close()
        self._end_row()

    def _blank(self) -> None:
        """Places that a cell of a row above holds."""
        row = self.row if self.row is not None else []
        while self.held.get(len(row), 0) > 0:
            self.held[len(row)] -= 1
            row.append("")

    def _end_cell(self) -> None:
        if self.cell is None or self.row is None:
            return
        place = len(self.row)
        self.row.append(" ".join(markup.plain("".join(self.cell)).split()))
        self.row += [""] * (self.span - 1)
        if self.down > 1:
            self.held |= dict.fromkeys(range(place, place + self.span), self.down - 1)
        self.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.row is not None:
            self._blank()
        self.row = None


def _span(given: str | None) -> int:
    return min(int(given), WIDEST) if given and given.isascii() and given.isdigit() else 1
