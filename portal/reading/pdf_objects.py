"""What a PDF holds beside its pages' text: every string of every object, and the files within."""

import html
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pdfminer import converter, pdfdocument, pdfinterp, pdfpage, pdftypes, psparser, utils

from portal.reading.part import Part

_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,8}) ([0-9]{1,5}) obj\b")
_DAY = re.compile(r"D:[0-9]{4,14}[0-9'+Zz-]{0,8}")
_SAID = re.compile(r">([^<>]+)<|=\"([^\"<>]+)\"|='([^'<>]+)'")
_FORMAL = re.compile(r"https?://(?:ns\.adobe|www\.w3|purl)|(?:xmp\.)?[du]?uid:|\d{4}-\d\d-\d\dT")
"""What markup says to programs only: name spaces, numbers of instances, times."""
_RUN = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){5,}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_TECHNICAL = frozenset(
    "ID IDS DA DS Registry Ordering Lang Panose CharSet NM Limits Indexed FontFamily CheckSum"
    " O U OE UE Perms D Dest Dests".split()
)
"""Keys whose strings are the format's own and say nothing to a reader."""
_FIELD = frozenset("V DV RV Opt T TU TM CA AC".split())
_REMARK = frozenset("Contents RC T Subj TU".split())
_FILE = frozenset("F UF DOS Mac Unix Desc".split())
_SPOKEN = frozenset("Alt ActualText E".split())
_LONG = frozenset("JS RC RV V DV XFA".split())
"""Keys whose text may stand in a stream of its own."""


class Object(NamedTuple):
    """An object of the file, by its number; `page` is where it stands, 0 if on none."""

    number: int
    value: Any
    page: int


def objects(document: pdfdocument.PDFDocument, data: bytes) -> tuple[Object, ...]:
    """Every object that a table of the file names, and every one that none names."""
    numbers = {number for xref in document.xrefs for number in xref.get_objids()}
    found = [(int(each[1]), each.start(), int(each[2])) for each in _OBJECT.finditer(data)]
    stray = pdfdocument.PDFXRef()
    stray.offsets = {n: (None, at, generation) for n, at, generation in found if n not in numbers}
    document.xrefs.append(stray)
    pages = _pages(document)
    numbered = (
        (number, _object(document, number)) for number in sorted(numbers | {*stray.offsets})
    )
    return tuple(Object(n, value, pages.get(n, 0)) for n, value in numbered if value is not None)


def _object(document: pdfdocument.PDFDocument, number: int) -> Any:
    try:
        return document.getobj(number)
    except Exception:  # noqa: BLE001  # a broken file makes pdfminer raise just anything
        return None


def _pages(document: pdfdocument.PDFDocument) -> dict[int, int]:
    """The page of each page object and of each annotation, by the object's number."""
    found: dict[int, int] = {}
    for page, each in enumerate(pdfpage.PDFPage.create_pages(document), 1):
        notes = pdftypes.resolve1(each.annots)
        known = notes if isinstance(notes, list) else []
        numbers = [note.objid for note in known if isinstance(note, pdftypes.PDFObjRef)]
        found |= {number: page for number in (each.pageid, *numbers) if isinstance(number, int)}
    return found


def parts(objects: tuple[Object, ...]) -> Iterator[Part]:
    """Every string of the objects, with the place that its key gives it."""
    for each in objects:
        if isinstance(each.value, pdftypes.PDFStream) and _is_xml(each.value):
            yield Part("metadata", _xml(_data(each.value)), each.page)
        for key, holder, value in _values(each.value):
            place = _place(key, holder)
            yield from (Part(place, text, each.page) for text in _texts(key, value) if text.strip())


def embedded(objects: tuple[Object, ...]) -> Iterator[tuple[str, bytes]]:
    """The files within, by name, those of annotations too; the name is empty where there is none.

    A file that several names lead to is given once for each of them.
    """
    named: set[tuple[str, int | None]] = set()
    for each in objects:
        for key, holder, value in _values(each.value):
            if key == "EF":
                names = (pdftypes.resolve1(holder.get(each)) for each in ("UF", "F"))
                name = next((text(each) for each in names if isinstance(each, bytes)), "")
                for stream in _streams(value):
                    if (name, stream.objid) not in named:
                        yield name, _data(stream)
                    named.add((name, stream.objid))
    loose = {number for _, number in named}
    for each in objects:
        is_file = isinstance(each.value, pdftypes.PDFStream) and _is(each.value, "EmbeddedFile")
        if is_file and each.number not in loose:
            yield "", _data(each.value)


def drawings(document: pdfdocument.PDFDocument, objects: tuple[Object, ...]) -> Iterator[str]:
    """The text of every stream that draws, and of every page that belongs to no document."""
    for each in objects:
        if isinstance(each.value, pdftypes.PDFStream):
            if _is(each.value, "Form") or "PatternType" in each.value.attrs:
                given = {name: each.value.attrs.get(name) for name in ("Resources",)}
                yield _drawn(document, {**given, "Contents": each.value})
        elif isinstance(each.value, dict) and _is(each.value, "Page") and not each.page:
            yield _drawn(document, {**_inherited(each.value), **each.value})


def _drawn(document: pdfdocument.PDFDocument, attributes: dict[str, Any]) -> str:
    given = {"Resources": {}, **attributes, "MediaBox": [0, 0, 600, 800]}
    shared, output = pdfinterp.PDFResourceManager(), io.StringIO()
    device = converter.TextConverter(shared, output, laparams=None)
    try:
        page = pdfpage.PDFPage(document, 0, given, None)
        pdfinterp.PDFPageInterpreter(shared, device).process_page(page)
    except Exception:  # noqa: BLE001  # as above; what was drawn until then counts
        pass
    return re.sub(r"\(cid:[0-9]+\)", "", output.getvalue())


def _inherited(page: Any) -> dict[str, Any]:
    """What a page takes from the nodes above it."""
    found: dict[str, Any] = {}
    for _ in range(20):
        page = pdftypes.resolve1(page.get("Parent"))
        if not isinstance(page, dict):
            break
        found = {**{name: page[name] for name in ("Resources",) if name in page}, **found}
    return found


def _values(value: Any) -> Iterator[tuple[str, Mapping[str, Any], Any]]:
    """Every scalar within an object, with the key that it stands under and that key's holder."""
    waiting: list[tuple[str, Mapping[str, Any], Any]] = [("", {}, value)]
    while waiting:
        key, holder, each = waiting.pop()
        if isinstance(each, pdftypes.PDFStream):
            each = each.attrs
        if isinstance(each, dict):
            yield key, holder, each
            waiting += [(name, each, held) for name, held in reversed(each.items())]
        elif isinstance(each, list):
            first = each[0] if each else None
            is_palette = isinstance(first, psparser.PSLiteral) and first.name == "Indexed"
            waiting += [] if is_palette else [(key, holder, held) for held in reversed(each)]
        else:
            yield key, holder, each


def _place(key: str, holder: Mapping[str, Any]) -> str:
    is_note = "Rect" in holder and "Subtype" in holder
    is_field = "FT" in holder or (is_note and _is(holder, "Widget")) or key in ("XFA", "CA", "AC")
    is_file = "EF" in holder or "UF" in holder or _is(holder, "Filespec")
    known = (
        ("hidden", key == "JS"),
        ("link", key == "URI" or (key in _FILE and "S" in holder)),
        ("alternative", key in _SPOKEN),
        ("name", key in _FILE and is_file),
        ("field", key in _FIELD and (is_field or "Kids" in holder)),
        ("comment", key in _REMARK and is_note),
    )
    return next((place for place, is_it in known if is_it), "metadata")


def _texts(key: str, value: Any) -> Iterator[str]:
    """The text of a scalar, if it has one; of a stream, where the key is one for long texts."""
    if key in _LONG and isinstance(value, pdftypes.PDFObjRef):
        for stream in _streams(value):
            long = text(_data(stream))
            yield _xml(_data(stream)) if long.lstrip().startswith("<") else long
    elif isinstance(value, bytes) and key not in _TECHNICAL:
        said = text(value)
        if not _DAY.fullmatch(said):
            yield said
    elif isinstance(value, psparser.PSLiteral) and key in ("V", "DV") and value.name != "Off":
        yield str(value.name)


def _streams(value: Any) -> list[pdftypes.PDFStream]:
    """The streams that a reference, or a dictionary of references, leads to."""
    held = pdftypes.resolve1(value)
    each = held.values() if isinstance(held, dict) else [held]
    found = (pdftypes.resolve1(one) for one in each)
    return [stream for stream in found if isinstance(stream, pdftypes.PDFStream)]


def text(data: bytes) -> str:
    """A string's text, in the format's encodings and in those that are met in their stead.

    Of bytes that are no text (a signature's certificates) every readable stretch, a line each.
    """
    marks = {b"\xfe\xff": "utf-16-be", b"\xff\xfe": "utf-16-le", b"\xef\xbb\xbf": "utf-8"}
    for mark, encoding in marks.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            found = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(found):
            return found
    if not _CONTROL.search(data.decode("latin-1")):
        return utils.decode_text(data)
    return "\n".join(run.decode("utf-8", "replace") for run in _RUN.findall(data))


def _xml(data: bytes) -> str:
    """The texts and the attributes' values of markup, a line each."""
    said = (next(filter(None, each), "") for each in _SAID.findall(text(data)))
    kept = (html.unescape(each).strip() for each in said)
    return "\n".join(each for each in kept if each and not _FORMAL.match(each))


def _is_xml(stream: pdftypes.PDFStream) -> bool:
    return _is(stream, "Metadata") or _is(stream, "XML")


def _is(value: Any, name: str) -> bool:
    """Whether an object's type or subtype is the one named."""
    attributes = value.attrs if isinstance(value, pdftypes.PDFStream) else value
    kinds = (pdftypes.resolve1(attributes.get(key)) for key in ("Type", "Subtype"))
    return any(isinstance(kind, psparser.PSLiteral) and kind.name == name for kind in kinds)


def _data(stream: pdftypes.PDFStream) -> bytes:
    try:
        return bytes(stream.get_data())
    except Exception:  # noqa: BLE001  # as above: a filter that fails
        return b""
