"""Word files: everything that stands in one, and what a reader sees of it, as Markdown."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element  # a name in every signature

from portal.reading import archive, docx_numbering, docx_styles, docx_tree, markup, numerals, office
from portal.reading.part import Part, Unreadable

WIDEST = 200
"""Columns of a table. What is wider was made by no person."""

written = numerals.written
"""How Word writes a number; see `numerals`."""

_WRAPPERS = frozenset("sdt sdtContent customXml smartTag AlternateContent".split())
_SILENT = frozenset("pPr rPr sdtPr instrText rt drawing pict object txbxContent".split())
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_PIPE = "\\|"
_ITEM = re.compile(r"- |[0-9]{1,9}\. ")


class _Block(NamedTuple):
    """A paragraph or a table: its words, and its Markdown where that is not the same."""

    plain: str
    marked: str = ""


def parts(data: bytes) -> tuple[Part, ...]:
    """Everything that stands in a Word file, shown or hidden, and in the files within.

    Raises Unreadable: damaged (also where it is no Word file, or a bomb), encrypted, old-office.
    """
    files = archive.opened(data).files
    docx_tree.main(files)
    return office.parts("", data, docx_styles.hidden(docx_styles.styles(files)))


def embedded(data: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files within that `parts` does not read: pictures, PDF, old office files, fonts."""
    docx_tree.main(archive.opened(data).files)
    return office.embedded("", data)


def text(data: bytes) -> str:
    """What a reader sees between header and footer, as Markdown; notes come at the end.

    Raises Unreadable as `parts` does, and docx-changes, docx-comments, docx-hidden, and no-text
    where there is nothing to read (a scan, perhaps: see `embedded`).
    """
    files = archive.opened(data).files
    main, styles = docx_tree.main(files), docx_styles.styles(files)
    _check(files, docx_styles.hidden(styles))
    writer = _Writer(files, styles)
    blocks = [block for body in main.iterfind("body") for block in writer.blocks(body)]
    blocks += [_Block(f"注{count}：{note}") for count, note in enumerate(writer.noted, 1)]
    if not any(re.search(r"\w", block.plain) for block in blocks):
        raise Unreadable("no-text")
    return "".join(_spaced(blocks))


def _check(files: Sequence[archive.File], hidden: Collection[str]) -> None:
    """Refuses what has more in it than a reader sees."""
    pages = [file for file in files if file.name.lower().endswith(".xml")]
    readers = [markup.read(file, markup.Reader(hidden)) for file in pages]
    shown = [reader for reader in readers if reader.base == "text"]
    if any(reader.is_changed for reader in shown):
        raise Unreadable("docx-changes")
    if any(reader.base == "comment" and reader.lines for reader in readers):
        raise Unreadable("docx-comments")
    if "" in hidden or any("hidden" in reader.lines for reader in shown):
        raise Unreadable("docx-hidden")


class _Writer:
    """Word's paragraphs and tables as Markdown, in their order: numbers are counted on the way."""

    def __init__(
        self, files: Sequence[archive.File], styles: Mapping[str, docx_styles.Style]
    ) -> None:
        self.noted: list[str] = []
        self._styles, self._numbers = styles, docx_numbering.Numbers(files, styles)
        self._notes = {
            (kind, one.get("id", "")): one
            for kind in ("footnote", "endnote")
            for root in docx_tree.roots(files, kind + "s")
            for one in root.iterfind(kind)
        }

    def blocks(self, parent: Element) -> Iterator[_Block]:
        for one in _unwrapped(parent, {"p", "tbl"}):
            if one.tag == "tbl":
                yield self._table(one)
            else:
                yield self._paragraph(one)
                for box in _boxes(one):
                    yield from self.blocks(box)

    def _paragraph(self, one: Element) -> _Block:
        styles = list(docx_styles.chain(self._styles, docx_tree.value(one, "pPr/pStyle") or ""))
        number = self._number(one, [style.numbering for style in styles if style.numbering])
        lines = (line.strip() for line in "".join(self._words(one)).split("\n"))
        words = "  \n".join(line for line in lines if line)
        if not words:
            return _Block("" if number == "-" else number)
        space = "" if not number or number[-1] in "、）】．，：" else " "
        plain = f"{number}{space}{words}"
        own = docx_tree.count(one, "pPr/outlineLvl")
        said = [] if own is None else [own + 1]
        level = next(iter(said + [style.level for style in styles if style.level is not None]), 10)
        if level < 10:
            return _Block(plain, f"{'#' * min(level, 6)} {' '.join(plain.split())}")
        return _Block(plain, "\\" + plain if plain[0] in "#>" else plain)

    def _number(self, one: Element, styled: Sequence[tuple[str, int]]) -> str:
        """The number by the paragraph's own list, or by that of its style; list 0 is none."""
        key, level = docx_tree.value(one, "pPr/numPr/numId"), docx_tree.count(one, "pPr/numPr/ilvl")
        if key is None and styled:
            key, level = styled[0][0], styled[0][1] if level is None else level
        return self._numbers.next(key, min(level or 0, 8)) if key else ""

    def _words(self, parent: Element) -> Iterator[str]:
        for one in parent:
            if one.tag == "t":
                yield " ".join(re.split("[\t\r\n]", one.text or ""))
            elif one.tag in _NOTES:
                yield self._note(_NOTES[one.tag], one.get("id", ""))
            elif one.tag == "br" and one.get("type", "textWrapping") != "textWrapping":
                yield " "
            elif one.tag not in _SILENT:
                yield markup.sign(one.tag, one.attrib).replace("\t", " ")
                yield from self._words(_chosen(one))

    def _note(self, kind: str, key: str) -> str:
        """The mark of a note, which is kept for the end; once, since a note may cite itself."""
        note = self._notes.pop((kind, key), None)
        if note is None:
            return ""
        self.noted.append("")
        count = len(self.noted)
        self.noted[count - 1] = " ".join(block.plain for block in self.blocks(note)).strip()
        return f"（注{count}）"

    def _table(self, one: Element) -> _Block:
        rows = [list(self._row(row)) for row in _unwrapped(one, {"tr"})]
        width = max(map(len, rows), default=0)
        if width > WIDEST:
            raise Unreadable("damaged")
        full = [[*row, *[""] * (width - len(row))] for row in rows]
        lines = [f"| {' | '.join(cell.replace('|', _PIPE) for cell in row)} |" for row in full]
        lines[1:1] = ["|" + " --- |" * width] if lines else []
        return _Block(" ".join(cell for row in rows for cell in row if cell), "\n".join(lines))

    def _row(self, row: Element) -> Iterator[str]:
        """The cells of a row, one for each column; where a cell goes on there is nothing."""
        yield from [""] * min(docx_tree.count(row, "trPr/gridBefore") or 0, WIDEST + 1)
        for cell in _unwrapped(row, {"tc"}):
            merged = (docx_tree.value(cell, "tcPr/vMerge"), docx_tree.value(cell, "tcPr/hMerge"))
            words = " ".join(" ".join(block.plain for block in self.blocks(cell)).split())
            yield "" if {"", "continue"} & set(merged) else words
            span = min(docx_tree.count(cell, "tcPr/gridSpan") or 1, WIDEST + 1)
            yield from [""] * (span - 1)


def _chosen(one: Element) -> Element:
    """Of alternatives the first: what follows is for older programs."""
    return one[0] if one.tag == "AlternateContent" and len(one) else one


def _unwrapped(parent: Element, tags: Collection[str]) -> Iterator[Element]:
    """The children of some kinds, also where content controls lie around them."""
    for one in parent:
        if one.tag in tags:
            yield one
        elif one.tag == "altChunk":
            raise Unreadable("damaged")
        elif one.tag in _WRAPPERS:
            yield from _unwrapped(_chosen(one), tags)


def _boxes(parent: Element) -> Iterator[Element]:
    """The text boxes of a paragraph; those within a text box come with it."""
    for one in parent:
        if one.tag == "txbxContent":
            yield one
        elif one.tag != "p":
            yield from _boxes(_chosen(one))


def _spaced(blocks: Sequence[_Block]) -> Iterator[str]:
    """The blocks with a blank line between them, but for the items of a list."""
    before = ""
    for block in blocks:
        marked = block.marked or block.plain
        if marked.strip():
            is_list = _ITEM.match(before) and _ITEM.match(marked)
            yield ("\n" if is_list else "\n\n" if before else "") + marked
            before = marked
