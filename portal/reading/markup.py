"""The XML files of documents: what each of them says, shown or hidden, wherever it is written."""

import re
import urllib.parse
from collections.abc import Collection, Iterator, Mapping, Sequence
from xml.etree import ElementTree

from portal.reading import archive
from portal.reading.part import Part, Unreadable

MOST_LEVELS = 250
"""Elements within one another."""

_BROKEN = (ElementTree.ParseError, ArithmeticError, EOFError, LookupError)
_DAMAGE = (*_BROKEN, OSError, RuntimeError, ValueError)
_KNOWN = re.compile(
    r"\{(?:http://schemas\.(?:openxmlformats|microsoft)\.(?!.*/(?:metadata|custom|bibliography))"
    r"|http://purl\.oclc\.org/ooxml|http://www\.ofdspec|urn:schemas-microsoft|urn:oasis:names:tc)"
)
"""Files whose markup we know; what stands in any other is somebody's data, every value of it."""
_TELLING = re.compile(
    r"[^\x00-\x7f]|@[A-Za-z]|[0-9]{11}|[0-9]{3}[ -][0-9]{4}[ -][0-9]{4}|[A-Za-z]{2} [A-Za-z]{2}"
    r"|(?:tel|mailto|file):|://(?!schemas|www\.w3|purl)"
)
"""What a value of known markup has that is more than a word, a size, a path or a key."""
_FONTS = frozenset("ascii hAnsi eastAsia cs typeface font altName lsdException".split())
"""Names of fonts and of Word's own styles: they look like somebody's words in every file."""


def _by_name(**names: str) -> dict[str, str]:
    return {name: place for place, row in names.items() for name in row.split()}


_BASES = _by_name(
    text="document hdr ftr footnotes endnotes sld sldMaster sldLayout worksheet chartSpace drawing"
    " dataModel wsDr document-content document-styles Page",
    comment="comments ThreadedComments cmLst cmAuthorLst personList PageAnnot",
    metadata="Properties coreProperties document-meta OFD people",
)
"""Where the text of a file stands, by the name of its outermost element; of any other: hidden."""
_PLACES = _by_name(
    deleted="del moveFrom delText deletion",
    inserted="ins moveTo insertion cellIns cellDel rPrChange pPrChange tblPrChange trPrChange"
    " tcPrChange sectPrChange moveFromRangeStart moveToRangeStart",
    field="ffData sdtPr dataValidation instrText delInstrText",
    alternative="docPr cNvPr desc",
    comment="annotation",
    hidden="rPh",
)
_FREE = _by_name(alternative="descr alt title", link="href", own="name string userId displayName")
_FREE |= _by_name(change="author initials")
"""Attributes that are somebody's words, whatever they look like."""
_LINKS = frozenset("hyperlink hlinkClick hlinkHover".split())
_STYLED = frozenset("rStyle pStyle tblStyle".split())
_CHANGED = {"inserted": "change", "deleted": "change"}
_PARAGRAPHS = frozenset("p h si row TextObject text author".split())
_SAYING = frozenset(
    "t delText instrText delInstrText v TextCode text author definedName formula1 formula2"
    " oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter".split()
)
_DATA = frozenset("pivotCacheDefinition pivotCacheRecords externalLink connections MapInfo".split())
"""Files of a workbook that hold copies of somebody's data, where no value is markup."""
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " "}
_JOINED = {"tc": "\n", "tr": "\t", "table-cell": "\n", "table-row": "\t"}


class Reader:
    """What an XML file says, as lines by place; the target of a parser, so no tree is built.

    A paragraph is a line; one that holds something changed or hidden comes again under that place,
    as it reads with it, so that a number is found which begins in the open.
    """

    def __init__(
        self, hidden_styles: Collection[str] = (), strings: Sequence[str] = (), base: str = ""
    ) -> None:
        self.base, self.lines = base, dict[str, list[str]]()
        self.values, self.used = dict[tuple[str, str], None](), set[int]()
        self.is_changed = False
        self._hidden_styles, self._strings = hidden_styles, strings
        self._stack: list[list[str]] = []
        self._starts: list[int] = []
        self._paragraphs: list[list[tuple[str, str]]] = []
        self._text: list[str] = []
        self._columns, self._column, self._kind = bytearray(20_000), 0, ""
        self._is_known = self._is_mixed = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._settle()
        name = tag.rpartition("}")[2]
        if not self._stack:
            is_shown = name != "sld" or is_on(attributes.get("show", "1"))
            self.base = self.base or (_BASES.get(name, "hidden") if is_shown else "hidden")
            is_data = self.base == "metadata" or name in _DATA
            self._is_known = bool(_KNOWN.match(tag)) and not is_data
            self._is_mixed = "opendocument" in tag
        elif len(self._stack) > MOST_LEVELS:
            raise Unreadable("damaged")
        values = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        above = self._stack[-1][1] if self._stack else ""
        self._stack.append([name, _PLACES.get(name, above) if self._is_known else above])
        self._starts.append(len(self.lines.get(self.base, ())))
        if self._is_known:
            self._look(name, values)
        is_external = values.get("TargetMode") == "External"
        for key, value in ((key.rpartition("}")[2], value) for key, value in attributes.items()):
            place = "link" if key == "Target" and is_external else _FREE.get(key, "")
            place = "" if name in _FONTS else place
            if place or self._is_telling(name, key, value):
                self._note(place or ("link" if name in _LINKS else ""), value)

    def _look(self, name: str, values: Mapping[str, str]) -> None:
        """What may turn out hidden: a run in Word, once it is open; a row or column in Excel."""
        self.is_changed |= self._stack[-1][1] in _CHANGED
        is_hidden_style = name in _STYLED and values.get("val", "") in self._hidden_styles
        if is_hidden_style or (name in {"vanish", "hidden"} and is_on(values.get("val", "1"))):
            self._stack[-3:][0][1] = "hidden"
        elif name in {"row", "col"} and is_on(values.get("hidden", "0")):
            self._stack[-1][1] = "hidden"
            if name == "col":
                first, last = (min(number(values.get(key, "")), 16_384) for key in ("min", "max"))
                self._columns[first : last + 1] = b"\1" * (last + 1 - first)
        elif name == "c" and self._paragraphs:
            self._kind = values.get("t", "")
            self._column = _column(values.get("r", "")) or min(self._column + 1, 16_384)
            if self._columns[self._column]:
                self._stack[-1][1] = "hidden"
        if name in _PARAGRAPHS:
            self._paragraphs.append([])
            self._column = 0
        elif self._paragraphs and self._stack[-2][0] != "tabs":
            self._say(self._stack[-1][1], sign(name, values))

    def _is_telling(self, name: str, key: str, value: str) -> bool:
        if self._is_known and (name in _FONTS or key in _FONTS):
            return len(value) > 32 or bool(re.search("@|[0-9]{6}", value))
        if self._is_known and "panose" in {name[:6], key}:
            return len(value) != 20
        return not self._is_known or bool(_TELLING.search(value))

    def _note(self, place: str, value: str) -> None:
        """Keeps a value, once. What has no place of its own is hidden, or as the file is."""
        own = self._stack[-1][1] if self._stack and place in {"", "own"} else place
        if not self._is_known or self.base == "comment":
            own = self.base if self.base in {"comment", "metadata"} else "hidden"
        for text in (value.strip(), urllib.parse.unquote(value).strip()):
            if text:
                self.values[_CHANGED.get(own, own) or "hidden", text] = None

    def data(self, data: str) -> None:
        self._text.append(data)

    def _settle(self) -> None:
        """Takes the text before a tag: as a piece of a paragraph, or on its own."""
        text = "".join(self._text)
        self._text.clear()
        if text and self._stack:
            name, place = self._stack[-1]
            is_blank = name in _PARAGRAPHS and not text.strip()
            is_said = name in _SAYING or (self._is_mixed and self._paragraphs)
            if is_said and self._is_known and (self._is_mixed or not is_blank):
                self._say(place, self._cell(text) if name == "v" else text)
            elif text.strip() and self._is_telling(name, "", text):
                self._note("", f"{name}: {text}" if self.base == "metadata" else text)

    def _cell(self, text: str) -> str:
        """A cell of a workbook: a shared string by its number, a figure without an exponent."""
        if self._kind == "s" and number(text) < len(self._strings):
            self.used.add(number(text))
            return self._strings[number(text)]
        found = re.fullmatch(r"([0-9])(?:\.([0-9]{1,30}))?[Ee]\+?([0-9]{1,2})", text.strip())
        return (found[1] + (found[2] or "")).ljust(int(found[3]) + 1, "0") if found else text

    def _say(self, place: str, text: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].append((place, text))
        elif text.strip():
            self._line(place, text)

    def _line(self, place: str, text: str) -> None:
        self.lines.setdefault(_CHANGED.get(place, place) or self.base, []).append(text)

    def end(self, _: str) -> None:
        self._settle()
        name, start = self._stack.pop()[0], self._starts.pop()
        if name in _PARAGRAPHS and self._is_known:
            self._close(self._paragraphs.pop())
        elif name == "c":
            self._say("", "\t")
        elif name in _JOINED and self.base in self.lines:
            texts = self.lines[self.base]
            texts[start:] = [_JOINED[name].join(texts[start:])]

    def _close(self, pieces: list[tuple[str, str]]) -> None:
        def joined(*places: str) -> str:
            return "".join([text for place, text in pieces if place in places]).rstrip("\t")

        self._line("", joined(""))
        for place in dict.fromkeys(place for place, text in pieces if place and text.strip()):
            if place in {"inserted", "deleted", "hidden"}:
                self._line(place, joined("", place))
            else:
                is_link = place == "field" and "HYPERLINK" in joined(place)
                self._line("link" if is_link else place, joined(place))

    def pi(self, target: str, text: str | None = None) -> None:
        self._note("", f"{target} {text or ''}")

    comment = pi

    def doctype(self, *_: object) -> None:
        """Refuses a document type before its entities are read."""
        raise Unreadable("damaged")

    def parts(self) -> Iterator[Part]:
        found = {place: list(texts) for place, texts in self.lines.items()}
        for place, value in self.values:
            found.setdefault(place, []).append(value)
        texts = {place: "\n".join(lines).strip() for place, lines in found.items()}
        yield from (Part(place, text) for place, text in texts.items() if text)


def is_on(value: str) -> bool:
    return value in {"1", "true", "on"}


def number(text: str) -> int:
    """A small number; 0 where there is none."""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0


def sign(name: str, values: Mapping[str, str]) -> str:
    """What an element says by itself: a tab, a break, a sign of a symbol font."""
    if name == "sym" and re.fullmatch("[Ff]0[2-7][0-9A-Fa-f]", values.get("char", "")):
        return chr(int(values["char"], 16) & 0x7F)
    return _BREAKS.get(name, "")


def _column(cell: str) -> int:
    """The number of a cell's column: 28 for AB7; 0 where the cell does not say."""
    letters = re.match("[A-Z]{0,3}", cell)
    column = 0
    for letter in letters[0] if letters else "":
        column = column * 26 + ord(letter) - 64
    return column


def read(file: archive.File, reader: Reader) -> Reader:
    """Lets a file pass by a reader. Raises Unreadable: damaged, also for a document type."""
    parser = ElementTree.XMLParser(target=reader)
    try:
        parser.feed(file.data)
        parser.close()
    except _DAMAGE as error:
        raise Unreadable("damaged") from error
    return reader


def tree(file: archive.File) -> ElementTree.Element:
    """An XML file as a tree, after it has passed a reader: no document type, no endless depth."""
    read(file, Reader())
    return ElementTree.fromstring(file.data)
