"""Word files: everything that stands in one, and what a reader sees of it, as Markdown."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element  # a name in every signature

from portal.reading import office
from portal.reading.part import Part, Unreadable

WIDEST = 200
"""Columns of a table. What is wider was made by no person."""

_WRAPPERS = frozenset("sdt sdtContent customXml smartTag AlternateContent".split())
_SILENT = frozenset("pPr rPr sdtPr instrText rt drawing pict object txbxContent".split())
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_PIPE = "\\|"
_ITEM = re.compile(r"- |[0-9]{1,9}\. ")

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("〇一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_ROWS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}
"""Numberings that are a row of signs, and go on in figures after it."""
_CHINESE = frozenset(
    "chineseCounting chineseCountingThousand taiwaneseCounting taiwaneseCountingThousand"
    " japaneseCounting ideographDigital japaneseDigitalTenThousand chineseLegalSimplified"
    " ideographLegalTraditional".split()
)


class _Block(NamedTuple):
    """A paragraph or a table: its words, and its Markdown where that is not the same."""

    plain: str
    marked: str = ""


class _Style(NamedTuple):
    """What a style says itself; the rest it has from its parent. Level 1 is that of Heading 1."""

    parent: str
    level: int | None
    numbering: tuple[str, int] | None
    is_hidden: bool | None


class _Level(NamedTuple):
    """A level of a list: the pattern is `第%1条`, the format says how the number is written."""

    start: int
    format: str
    pattern: str
    is_legal: bool


def parts(data: bytes) -> tuple[Part, ...]:
    """Everything that stands in a Word file, shown or hidden, and in the files within.

    Raises Unreadable: damaged (also where it is no Word file, or a bomb), encrypted, old-office.
    """
    files = office.opened(data).files
    _main(files)
    return office.parts("", data, _hidden(_styles(files)))


def embedded(data: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files within that `parts` does not read: pictures, PDF, old office files, fonts."""
    _main(office.opened(data).files)
    return office.embedded("", data)


def text(data: bytes) -> str:
    """What a reader sees between header and footer, as Markdown; notes come at the end.

    Raises Unreadable as `parts` does, and docx-changes, docx-comments, docx-hidden, and no-text
    where there is nothing to read (a scan, perhaps: see `embedded`).
    """
    files = office.opened(data).files
    main, styles = _main(files), _styles(files)
    _check(files, _hidden(styles))
    writer = _Writer(files, styles)
    blocks = [block for body in main.iterfind("body") for block in writer.blocks(body)]
    blocks += [_Block(f"注{count}：{note}") for count, note in enumerate(writer.noted, 1)]
    if not any(re.search(r"\w", block.plain) for block in blocks):
        raise Unreadable("no-text")
    return "".join(_spaced(blocks))


def _main(files: Sequence[office.File]) -> Element:
    for root in _roots(files, "officeDocument"):
        if root.tag == "document":
            return root
    raise Unreadable("damaged")


def _roots(files: Sequence[office.File], kind: str) -> Iterator[Element]:
    """The trees of related files, without namespaces: those of strict files are other ones."""
    names = {one.name for one in office.related(files) if one.kind == "officeDocument"}
    if kind != "officeDocument":
        related = (one for name in names for one in office.related(files, name))
        names = {one.name for one in related if one.kind == kind}
    for file in files:
        if file.name in names:
            root = office.tree(file)
            for one in root.iter():
                values = {key.rpartition("}")[2]: value for key, value in one.items()}
                one.tag = one.tag.rpartition("}")[2]
                one.attrib.clear()
                one.attrib.update(values)
            yield root


def _check(files: Sequence[office.File], hidden: Collection[str]) -> None:
    """Refuses what has more in it than a reader sees."""
    pages = [file for file in files if file.name.lower().endswith(".xml")]
    readers = [office.read(file, office.Reader(hidden)) for file in pages]
    shown = [reader for reader in readers if reader.base == "text"]
    if any(reader.is_changed for reader in shown):
        raise Unreadable("docx-changes")
    if any(reader.base == "comment" and reader.lines for reader in readers):
        raise Unreadable("docx-comments")
    if "" in hidden or any("hidden" in reader.lines for reader in shown):
        raise Unreadable("docx-hidden")


def _value(parent: Element | None, path: str) -> str | None:
    """The value of an element; empty where it has none, as for one that is simply on."""
    found = None if parent is None else parent.find(path)
    return None if found is None else found.get("val", "")


def _count(value: str | None) -> int | None:
    return None if value is None else office.number(value)


def _styles(files: Sequence[office.File]) -> dict[str, _Style]:
    """The styles by key; the empty one is the style of a paragraph that names none."""
    found = {}
    for root in _roots(files, "styles"):
        for one in root.iterfind("style"):
            is_default = one.get("type") == "paragraph" and office.is_on(one.get("default", ""))
            for key in (one.get("styleId", ""), "" if is_default else one.get("styleId", "")):
                found[key] = _style(one)
    return found


def _style(one: Element) -> _Style:
    name = _HEADING.fullmatch(_value(one, "name") or "")
    level = _count(_value(one, "pPr/outlineLvl"))
    vanish = _value(one, "rPr/vanish")
    key = _value(one, "pPr/numPr/numId")
    return _Style(
        parent=_value(one, "basedOn") or "",
        level=int(name[1]) if name else level if level is None else level + 1,
        numbering=(key, _count(_value(one, "pPr/numPr/ilvl")) or 0) if key else None,
        is_hidden=None if vanish is None else office.is_on(vanish or "1"),
    )


def _chain(styles: Mapping[str, _Style], key: str) -> Iterator[_Style]:
    """A style, what it is based on, and so on; a circle ends."""
    for _ in range(20):
        if key in styles:
            yield styles[key]
            key = styles[key].parent or " "


def _hidden(styles: Mapping[str, _Style]) -> frozenset[str]:
    def is_hidden(key: str) -> bool:
        said = (style.is_hidden for style in _chain(styles, key))
        return next((one for one in said if one is not None), False)

    return frozenset(filter(is_hidden, styles))


class _Numbers:
    """The numbers of paragraphs, which Word does not write down: they are counted, in order."""

    def __init__(self, files: Sequence[office.File], styles: Mapping[str, _Style]) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for root in _roots(files, "numbering"):
            linked = {}
            for one in root.iterfind("abstractNum"):
                key, link = one.get("abstractNumId", ""), _value(one, "numStyleLink") or ""
                self._add_levels("abstract " + key, one)
                linked[key] = next((s.numbering for s in _chain(styles, link) if s.numbering), None)
            for one in root.iterfind("num"):
                self._add_list(one, linked)

    def _add_levels(self, key: str, parent: Element) -> None:
        for one in parent.iterfind("lvl"):
            start, pattern = _count(_value(one, "start")), _value(one, "lvlText")
            kind = _value(one, ".//numFmt") or "decimal"
            legal = _value(one, "isLgl")
            is_legal = legal is not None and office.is_on(legal or "1")
            level = _Level(1 if start is None else start, kind, (pattern or "")[:100], is_legal)
            self._levels[key, office.number(one.get("ilvl", ""))] = level

    def _add_list(self, one: Element, linked: Mapping[str, tuple[str, int] | None]) -> None:
        key, abstract = one.get("numId", ""), _value(one, "abstractNumId") or ""
        link = linked.get(abstract)
        self._lists[key] = self._lists.get(link[0], "") if link else "abstract " + abstract
        for change in one.iterfind("lvlOverride"):
            self._add_levels(key, change)
            start = _count(_value(change, "startOverride"))
            if start is not None:
                self._restarts[key, office.number(change.get("ilvl", ""))] = start

    def next(self, key: str, level: int) -> str:
        """The number that a paragraph bears: `（三）`, `2.1`, `-` for a bullet; or nothing."""
        found = self._level(key, level)
        if found is None or found.format == "none":
            return ""
        counts = self._counts.setdefault(self._lists[key], {})
        restart = self._restarts.pop((key, level), None)
        counts[level] = counts.get(level, found.start - 1) + 1 if restart is None else restart
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if found.format == "bullet":
            return "-"
        return re.sub(
            "%([1-9])", lambda one: self._part(key, int(one[1]) - 1, found), found.pattern
        )

    def _level(self, key: str, level: int) -> _Level | None:
        return self._levels.get((key, level)) or self._levels.get((self._lists.get(key, ""), level))

    def _part(self, key: str, level: int, bearer: _Level) -> str:
        found = self._level(key, level) or bearer
        count = self._counts[self._lists[key]].setdefault(level, found.start)
        return written(count, "decimal" if bearer.is_legal else found.format)


def written(count: int, format: str) -> str:
    """A number as Word writes it; in figures where the format is unknown or too small for it."""
    if format in _ROWS:
        return _ROWS[format][count - 1] if 0 < count <= len(_ROWS[format]) else str(count)
    if format in _CHINESE:
        return _chinese(count, format)
    if format in {"upperLetter", "lowerLetter"} and 0 < count <= 780:
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if format == "upperLetter" else letter.lower()
    if format in {"upperRoman", "lowerRoman"} and 0 < count < 4000:
        roman = _roman(count)
        return roman if format == "upperRoman" else roman.lower()
    if format == "decimalFullWidth":
        return str(count).translate({ord("0") + one: ord("０") + one for one in range(10)})
    return f"0{count}" if format == "decimalZero" and count < 10 else str(count)


def _chinese(count: int, format: str) -> str:
    is_legal = "egal" in format
    if "igital" in format or count >= 10_000 or (format == "chineseCounting" and count >= 100):
        digits = "".join(_DIGITS[int(digit)] for digit in str(count))
        return digits.replace("〇", "○") if format == "chineseCounting" else digits
    pairs = zip(f"{count:04d}", "千百十 ", strict=True)
    words = "".join("〇" if digit == "0" else _DIGITS[int(digit)] + unit for digit, unit in pairs)
    words = re.sub("〇+", "〇", words.replace(" ", "")).strip("〇") or "〇"
    if is_legal:
        return words.translate(_LEGAL if "Simplified" in format else _LEGAL_TRADITIONAL)
    return words.removeprefix("一") if words.startswith("一十") else words


def _roman(count: int) -> str:
    units = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    worth = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    found = ""
    for unit, value in zip(units, worth, strict=True):
        found += unit * (count // value)
        count %= value
    return found


class _Writer:
    """Word's paragraphs and tables as Markdown, in their order: numbers are counted on the way."""

    def __init__(self, files: Sequence[office.File], styles: Mapping[str, _Style]) -> None:
        self.noted: list[str] = []
        self._styles, self._numbers = styles, _Numbers(files, styles)
        self._notes = {
            (kind, one.get("id", "")): one
            for kind in ("footnote", "endnote")
            for root in _roots(files, kind + "s")
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
        styles = list(_chain(self._styles, _value(one, "pPr/pStyle") or ""))
        number = self._number(one, [style.numbering for style in styles if style.numbering])
        lines = (line.strip() for line in "".join(self._words(one)).split("\n"))
        words = "  \n".join(line for line in lines if line)
        if not words:
            return _Block("" if number == "-" else number)
        space = "" if not number or number[-1] in "、）】．，：" else " "
        plain = f"{number}{space}{words}"
        own = _count(_value(one, "pPr/outlineLvl"))
        said = [] if own is None else [own + 1]
        level = next(iter(said + [style.level for style in styles if style.level is not None]), 10)
        if level < 10:
            return _Block(plain, f"{'#' * min(level, 6)} {' '.join(plain.split())}")
        return _Block(plain, "\\" + plain if plain[0] in "#>" else plain)

    def _number(self, one: Element, styled: Sequence[tuple[str, int]]) -> str:
        """The number by the paragraph's own list, or by that of its style; list 0 is none."""
        key, level = _value(one, "pPr/numPr/numId"), _count(_value(one, "pPr/numPr/ilvl"))
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
                yield office.sign(one.tag, one.attrib).replace("\t", " ")
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
        yield from [""] * min(_count(_value(row, "trPr/gridBefore")) or 0, WIDEST + 1)
        for cell in _unwrapped(row, {"tc"}):
            merged = (_value(cell, "tcPr/vMerge"), _value(cell, "tcPr/hMerge"))
            words = " ".join(" ".join(block.plain for block in self.blocks(cell)).split())
            yield "" if {"", "continue"} & set(merged) else words
            span = min(_count(_value(cell, "tcPr/gridSpan")) or 1, WIDEST + 1)
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
