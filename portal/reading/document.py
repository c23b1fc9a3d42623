"""Documents of any kind through one door: all that stands in one, and what only a person can see.

To take one more kind of file: one `_Kind`, and its line in `_BY_SUFFIX` or `_BY_BEGINNING`.
"""

import contextlib
import html
import io
import posixpath
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from PIL import Image

from portal.reading import archive, docx, image, office, pdf, pdf_pictures
from portal.reading.part import Part, Unreadable

MOST_LEVELS, MOST_FILES, MOST_BYTES = 3, 500, 200_000_000
"""How deep files may lie in one another; how many within; bytes of them and the document."""
ICON, THUMBNAIL = (200, 100), (256, 256)
"""Pixels, wide and high, up to which a picture is too small for somebody's data."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""What no text has: a file with one of these is of a kind that we do not know."""
_CODED = re.compile(
    r"\A\s*\{\\rtf|^content-transfer-encoding:\s*(?:base64|quoted)|data:[\w/+.;=-]{0,99};base64,",
    re.IGNORECASE | re.MULTILINE,
)
"""Texts whose words are written in a code, or that hold files: RTF, mail, pictures in HTML."""
_ESCAPE = re.compile(r"\\u(?!d[89a-f])([0-9a-f]{4})", re.IGNORECASE)


class Unseen(NamedTuple):
    """What nobody has read: scanned pages by number, and how many pictures beside them.

    False if there is nothing, else a person has to look. The scanned pages of a PDF within another
    document count as pictures.
    """

    pages: tuple[int, ...] = ()
    pictures: int = 0

    def __bool__(self) -> bool:
        return bool(self.pages or self.pictures)


class _Kind(NamedTuple):
    """How files of a kind are read: what stands in one, the files within, what nobody can read."""

    parts: Callable[[bytes], Iterable[Part]]
    embedded: Callable[[bytes], Iterable[tuple[str, bytes]]]
    unseen: Callable[[str, bytes], Unseen]


class _File(NamedTuple):
    """The document, at level 0, or a file within; its name says what it lies in."""

    name: str
    data: bytes
    level: int

    @property
    def kind(self) -> _Kind:
        """By its suffix; if that says nothing, by its first bytes; or else it is a text."""
        suffix = posixpath.splitext(self.name)[1].lower()
        known = (kind for first, kind in _BY_BEGINNING.items() if self.data.startswith(first))
        return _BY_SUFFIX.get(suffix) or next(known, _TEXT)


def parts(name: str, data: bytes) -> tuple[Part, ...]:
    """Everything that stands in a document and in the files within it; see Part.

    What stands in a file within is an `attachment`, whatever its place there; its name is a `name`.
    Archives in an archive, and Word files in one, are read as one with it.

    Raises Unreadable: unknown-format, too-deep, too-many-files, too-large, and what the readers of
    the kinds raise (damaged, encrypted, old-office, too-many-pages). For a file within, `given`
    has its name: who cannot read it cannot say what stands in it.
    """
    found: dict[Part, None] = {}
    for file in _files(name, data):
        with _named(file):
            own = list(file.kind.parts(file.data))
        if file.level:
            own = [Part("name", file.name), *(Part("attachment", each.text) for each in own)]
        found |= dict.fromkeys(own)
    return tuple(found)


def unseen(name: str, data: bytes) -> Unseen:
    """What nobody has read in a document and in the files within it: scans, and what shows one.

    Raises Unreadable as `parts` does, but notices less damage: ask `parts` too.
    """
    pages, pictures = tuple[int, ...](), 0
    for file in _files(name, data):
        with _named(file):
            found = file.kind.unseen(file.name if file.level else "", file.data)
        pages = found.pages if not file.level else pages
        pictures += found.pictures + (len(found.pages) if file.level else 0)
    return Unseen(pages, pictures)


def _files(name: str, data: bytes) -> Iterator[_File]:
    """The document, and the files within it, each before those that lie in it."""
    waiting, count, size = [_File(name, data, 0)], 0, len(data)
    while waiting:
        if count > MOST_FILES:
            raise Unreadable("too-many-files", most=MOST_FILES)
        if size > MOST_BYTES:
            raise Unreadable("too-large")
        file = waiting.pop()
        yield file
        with _named(file):
            held = [(one, content) for one, content in file.kind.embedded(file.data) if content]
            if held and file.level == MOST_LEVELS:
                raise Unreadable("too-deep")
        above = file.name if file.level else ""
        inner = [_File(posixpath.join(above, one), held, file.level + 1) for one, held in held]
        waiting += reversed(inner)
        count, size = count + len(inner), size + sum(len(one.data) for one in inner)


@contextlib.contextmanager
def _named(file: _File) -> Iterator[None]:
    """Lets a refusal say in which file within the document its reason lies."""
    try:
        yield
    except Unreadable as error:
        given = {"name": file.name} if file.level else {}
        raise Unreadable(error.code, **{**error.given, **given}) from error


def _nothing(_: bytes) -> tuple[()]:
    return ()


def _all_read(_: str, __: bytes) -> Unseen:
    return Unseen()


def _pdf_parts(data: bytes) -> Iterator[Part]:
    """What the file holds, and what stands beside the pictures on its pages."""
    yield from pdf.parts(data)
    for picture in pdf_pictures.files(data):
        with contextlib.suppress(Unreadable):  # it is shown on a page all the same: see `unseen`
            yield from (Part("attachment", each.text) for each in image.parts(picture))


def _pdf_unseen(_: str, data: bytes) -> Unseen:
    pages = pdf.scanned(data)
    return Unseen(pages, sum(_is_legible(size) for size in pdf_pictures.sizes(data, pages)))


def _office_parts(data: bytes) -> Iterable[Part]:
    return office.parts("", data)


def _office_embedded(data: bytes) -> Iterable[tuple[str, bytes]]:
    return office.embedded("", data)


def _picture_unseen(name: str, data: bytes) -> Unseen:
    """One picture; a picture that is no part of another document, of whatever size."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data)) as picture:
                size = picture.size
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            raise Unreadable("damaged") from error
    most = THUMBNAIL if "thumbnail" in name.lower() else ICON
    return Unseen(pictures=int(not name or _is_legible(size, most)))


def _drawing_unseen(_: str, __: bytes) -> Unseen:
    """A drawing may show as outlines what stands nowhere as text."""
    return Unseen(pictures=1)


def _is_legible(size: tuple[int, int], most: tuple[int, int] = ICON) -> bool:
    return size[0] > most[0] or size[1] > most[1]


def _text_parts(data: bytes) -> tuple[Part, ...]:
    """A text, with the letters that are written as numbers (`&#24352;`, `\\u5f20`) as letters."""
    said = html.unescape(_ESCAPE.sub(lambda one: chr(int(one[1], 16)), _decoded(data)))
    return (Part("text", said),) if said.strip() else ()


def _text_unseen(_: str, data: bytes) -> Unseen:
    _decoded(data)
    return Unseen()


def _decoded(data: bytes) -> str:
    """A text in UTF-8, in what Windows writes in China, or, if marked as such, in UTF-16."""
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding).removeprefix("\ufeff")
            if _CONTROL.search(text) or _CODED.search(text):
                break
            return text
    raise Unreadable("unknown-format")


_PDF = _Kind(_pdf_parts, pdf.embedded, _pdf_unseen)
_WORD = _Kind(docx.parts, docx.embedded, _all_read)
_OFFICE = _Kind(_office_parts, _office_embedded, _all_read)
_PICTURE = _Kind(image.parts, _nothing, _picture_unseen)
_DRAWING = _Kind(_text_parts, _nothing, _drawing_unseen)
_FONT = _Kind(_nothing, _nothing, _all_read)
"""Shapes of letters, which say nothing."""
_TEXT = _Kind(_text_parts, _nothing, _text_unseen)

_BY_SUFFIX = {
    **dict.fromkeys(archive.PICTURES, _PICTURE),
    ".svg": _DRAWING,
    ".pdf": _PDF,
    ".docx": _WORD,
    **dict.fromkeys((".xlsx", ".pptx", ".odt", ".ods", ".ofd", ".zip"), _OFFICE),
    ".odttf": _FONT,
}
_BY_BEGINNING = {
    b"%PDF-": _PDF,
    b"PK\x03\x04": _OFFICE,
    b"\xd0\xcf\x11\xe0": _OFFICE,
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*"), _PICTURE),
    **dict.fromkeys((b"\0\1\0\0\0", b"OTTO\0", b"ttcf\0", b"true\0"), _FONT),
}
"""For files whose suffix says nothing; that of old Office files leads to a refusal."""
