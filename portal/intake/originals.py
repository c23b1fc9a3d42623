"""An original: a document outside the repository, as the text that it says; or why it has none."""

import os
import pathlib
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from portal import names
from portal.reading import docx, ocr, pdf
from portal.reading.part import Unreadable
from portal.redact import marks

MEGABYTE = 1024 * 1024
LARGEST = 50
"""Megabytes of a document."""
LONGEST = 8
"""Megabytes of its text: what a contract's file may hold below its facts."""
UNSURE = 0.8
"""Confidence below which a line that a machine read is to be compared with the paper."""

_OLD = frozenset(".doc .dot .wps .wpt .xls .et .ppt .dps".split())
_FONTS = (".ttf", ".otf", ".odttf", ".fntdata")
_THUMB = "docProps/thumbnail"
_BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")
"""How files begin that are no text, whatever they are called."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Unit = Literal["line", "page", ""]


class Unsure(NamedTuple):
    """A line that a machine read and is not sure of: its row in the text, its page, how sure."""

    row: int
    page: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Original:
    r"""What a document says. `text` has lines that end in \n, and \f at the beginning of a page.

    `unit` is what a person finds a place in the document by; `encoding` what a text is in, if it
    is not UTF-8; `scanned` are pages that a machine read; `unread` names what was not read.
    """

    text: str
    unit: Unit = ""
    encoding: str = ""
    scanned: tuple[int, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    unread: tuple[str, ...] = ()


Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Look:
    """How to look at scans: whether a machine may read them, and whom to tell how far it is."""

    ocr: bool
    tell: Progress


def read(path: pathlib.Path, site: pathlib.Path, look: Look) -> Original:
    """What a document says; Unreadable with the reason where it cannot be taken.

    It must not lie where the site lies, nor in a working tree of git that holds the site.
    """
    refuse_inside(path, site)
    found = _reader(path)(_bytes(path), look)
    if not re.search(r"\w", found.text):
        raise Unreadable("empty")
    if len(found.text.encode()) > LONGEST * MEGABYTE:
        raise Unreadable("long-text", limit=LONGEST)
    _refuse_marks(found.text)
    return found


def refuse_inside(path: pathlib.Path, site: pathlib.Path) -> None:
    """Unreadable if the path, or what it leads to, is in the site or in a git tree around it."""
    home = site.resolve()
    trees = [one for one in (home, *home.parents) if os.path.lexists(one / ".git")]
    held = {_identity(one) for one in (home, *trees)}
    here = path.parent.resolve() / path.name
    for place in (here, path.resolve()):
        if any(_identity(one) in held for one in (place, *place.parents)):
            raise Unreadable("inside", top=[home, *trees][-1])


def _identity(path: pathlib.Path) -> tuple[int, int] | None:
    """What is the same for two names of one folder, also where letter case makes no difference."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _reader(path: pathlib.Path) -> "Reader":
    """What reads a file, by the end of its name."""
    kind = path.suffix.casefold()
    if path.is_dir():
        raise Unreadable("folder")
    if kind in _OLD:
        raise Unreadable("old-office")
    if kind not in READERS:
        raise Unreadable("format", formats=" ".join(READERS))
    return READERS[kind]


def _bytes(path: pathlib.Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable("not-a-file")
        if status.st_size > LARGEST * MEGABYTE:
            raise Unreadable("large-file", limit=LARGEST)
        data = path.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise Unreadable("no-file" if missing else "unopened") from error
    if not data.strip():
        raise Unreadable("empty")
    return data


def _refuse_marks(text: str) -> None:
    """Unreadable if anything in a text is, or looks like, a mark: only the portal makes marks."""
    unseen = {offset for offset, _ in names.hidden(text)}
    seen = "".join(sign for offset, sign in enumerate(text) if offset not in unseen)
    if marks.codes(seen) or marks.unknown(seen):
        raise Unreadable("marks")


def _text(data: bytes, look: Look) -> Original:  # noqa: ARG001 - every reader is called alike
    found, encoding = _decoded(data)
    if _CONTROL.search(found):
        raise Unreadable("encoding")
    return Original(found.replace("\r\n", "\n").replace("\r", "\n"), "line", encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    """A text, and the name of its encoding unless it is UTF-8."""
    if data.startswith(_BINARY):
        raise Unreadable("encoding")
    if data.startswith(_UTF_16):
        encodings = [("utf-16", "UTF-16")]
    else:
        encodings = [("utf-8-sig", ""), ("gb18030", "GB18030")]
    for encoding, name in encodings:
        try:
            return data.decode(encoding), name
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


def _docx(data: bytes, look: Look) -> Original:  # noqa: ARG001 - as above
    try:
        found = docx.text(data)
    except Unreadable as stopped:
        if stopped.code == "no-text":
            raise Unreadable("no-text-docx") from stopped
        raise
    return Original(found, "", unread=_unread(docx.embedded(data)))


def _unread(embedded: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
    """The names of the files within but fonts, and the preview that an office program leaves."""
    found = (name for name, _ in embedded)
    return tuple(one for one in found if not one.casefold().endswith(_FONTS) and _THUMB not in one)


def _pdf(data: bytes, look: Look) -> Original:
    scanned = pdf.scanned(data)
    try:
        pages = dict(enumerate(pdf.text(data).split("\f"), 1))
    except Unreadable as stopped:
        if stopped.code == "no-text" and look.ocr and not scanned:
            raise Unreadable("no-text-ocr") from stopped
        if stopped.code != "no-text" or not look.ocr:
            raise
        pages = {}
    if scanned and not look.ocr:
        raise Unreadable("scanned-pages", pages=", ".join(map(str, scanned)))
    return _paged(pages, _sheets(data, "pdf", scanned, look), _unread(pdf.embedded(data)))


def _image(data: bytes, look: Look) -> Original:
    if not look.ocr:
        raise Unreadable("picture")
    return _paged({}, _sheets(data, "image", (), look), ())


def _sheets(
    data: bytes, kind: ocr.Kind, pages: tuple[int, ...], look: Look
) -> dict[int, ocr.Sheet]:
    """The pages that are pictures, as a machine reads them; of a picture's file all pages."""
    if kind == "pdf" and not pages:
        return {}
    found: dict[int, ocr.Sheet] = {}
    for sheet in ocr.sheets(data, kind, frozenset(pages)):
        found[pages[len(found)] if pages else len(found) + 1] = sheet
        look.tell("ocr", len(found), max(len(pages), len(found)))
    return found


def _paged(
    pages: Mapping[int, str], sheets: Mapping[int, ocr.Sheet], unread: tuple[str, ...]
) -> Original:
    """Pages of text and pages that a machine read, in their order."""
    texts = {**pages, **{number: sheet.text for number, sheet in sheets.items()}}
    unsure: list[Unsure] = []
    lines: list[str] = []
    for number in range(1, max(texts) + 1):
        own = texts.get(number, "").split("\n")
        if number in sheets:
            unsure += _unsure(sheets[number], own, number, len(lines))
        lines += [f"\f{own[0]}" if lines else own[0], *own[1:]]
    if sheets and not any(line.strip() for line in lines):
        raise Unreadable("no-text-ocr")
    return Original("\n".join(lines), "page", "", tuple(sheets), tuple(unsure), unread)


def _unsure(sheet: ocr.Sheet, own: list[str], page: int, above: int) -> list[Unsure]:
    """The lines of a sheet that are to be compared, with their rows in the whole text."""
    return [
        Unsure(above + _row(line.text, own), page, line.confidence)
        for line in sheet.lines
        if line.confidence < UNSURE
    ]


def _row(said: str, lines: list[str]) -> int:
    """The row, from 1, in which a stretch stands; 1 where it was split over several."""
    return next((row for row, line in enumerate(lines, 1) if said in line), 1)


Reader = Callable[[bytes, Look], Original]

READERS: Mapping[str, Reader] = {
    ".txt": _text,
    ".md": _text,
    ".docx": _docx,
    ".pdf": _pdf,
    ".png": _image,
    ".jpg": _image,
    ".jpeg": _image,
    ".tif": _image,
    ".tiff": _image,
}
"""How each kind of file is read, by the end of its name."""
