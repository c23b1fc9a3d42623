"""PDF: what a reader sees of it, as Markdown; and everything that it holds, seen or not."""

import contextlib
import io
import itertools
import logging
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pdfplumber.pdf
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from PIL import Image
from pypdfium2 import raw

from portal.reading import layout, pdf_objects, pdf_page
from portal.reading.part import Part, Unreadable

MOST_PAGES, MOST_REVISIONS, MOST_BYTES, BLOCK = 500, 10, 500_000_000, 65_536
"""Pages of a file; earlier revisions that are looked at; bytes that it unfolds to, and a step."""
TOLERANCE = 3.0
"""Points between ruling lines that are meant to meet."""
FEW, MOST_UNKNOWN = 50, 0.2
"""Characters on a page of pictures that are not its text; share of them that may be unknown."""
MOST_DOTS = 5000
"""On the longer side of a page's picture."""
NEWS = 9
"""Stretches of five characters in a row that are nowhere else: more than another order of lines."""

_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
_UNKNOWN = re.compile(r"\(cid:[0-9]+\)")
"""What pdfminer makes of a character that its font does not name."""
_STREAM, _END = re.compile(rb"stream\r?\n"), re.compile(rb"%%EOF")

# They warn of oddities in files that we read all the same, and quote the files.
for library in ("pdfminer", "pdfplumber"):
    logging.getLogger(library).setLevel(logging.CRITICAL)


class File(NamedTuple):
    """An open file, as both libraries read it: one for what is seen, one for what is held."""

    data: bytes
    seen: Any
    held: pdfplumber.pdf.PDF


class Page(NamedTuple):
    """A page: what is seen and hidden, its text as Markdown, and as the other library reads it."""

    number: int
    sight: pdf_page.Sight
    text: str
    other: str


def text(data: bytes) -> str:
    r"""What a reader sees: lines in reading order, ruled tables as pipe tables, \f between pages.

    Unreadable: no-text where there is none (a scan), encrypted, damaged, too-large, too-many-pages.
    """
    with _opened(data) as file:
        pages = [page.text for page in _pages(file)]
    if not any(pages):
        raise Unreadable("no-text")
    return "\f".join(pages)


def scanned(data: bytes) -> tuple[int, ...]:
    """The pages that show something of which nobody can vouch: pictures, outlines, unknown fonts.

    A page with real text is none, also where pictures stand in it; nor is an empty one.
    """
    with _opened(data) as file:
        return tuple(n for n, page in _seen(file) if _is_scan(page))


def parts(data: bytes) -> tuple[Part, ...]:
    """Everything that stands in the file, page by page, then what belongs to none; see Part.

    Earlier revisions and pages that were taken out count too (`change`, `hidden`). A hidden text
    is not always somebody's intent: the text below a scan is, as a rule, of a machine that read it.
    """
    with _opened(data) as file:
        held = pdf_objects.objects(file.held.doc, data)
        strings = tuple(dict.fromkeys(pdf_objects.parts(held)))
        pages = tuple(_pages(file))
        found = [part for page in pages for part in _page_parts(page)]
        known = _Known("".join(_order(page.sight) for page in pages))
        drawn = dict.fromkeys(pdf_objects.drawings(file.held.doc, held))
        found += [Part("hidden", each) for each in drawn if known.lacks(each)]
        return (*found, *strings, *_earlier(file, strings))


def embedded(data: bytes) -> tuple[tuple[str, bytes], ...]:
    """The files within: name (empty where there is none) and bytes."""
    with _opened(data) as file:
        return tuple(pdf_objects.embedded(pdf_objects.objects(file.held.doc, data)))


def pictures(data: bytes, dots: int) -> Iterator[Image.Image]:
    """Each page as a reader sees it, with this many dots an inch, if it is of a usual size."""
    _refuse_bomb(data)
    with contextlib.closing(_seen_file(data)) as file, _damage():
        if len(file) > MOST_PAGES:
            raise Unreadable("too-many-pages", pages=len(file))
        file.init_forms()
        for number in range(len(file)):
            with contextlib.closing(file[number]) as page:
                scale = min(dots / 72, MOST_DOTS / max(*page.get_size(), 1))
                yield page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")


@contextlib.contextmanager
def _opened(data: bytes) -> Iterator[File]:
    """The file, its annotations and form fields drawn into its pages, as a reader sees them."""
    _refuse_bomb(data)
    with _damage(), contextlib.ExitStack() as open_files:
        seen = open_files.enter_context(contextlib.closing(_seen_file(data)))
        if len(seen) > MOST_PAGES:
            raise Unreadable("too-many-pages", pages=len(seen))
        seen.init_forms()
        for number in range(len(seen)):
            with contextlib.closing(seen[number]) as page:
                if raw.FPDFPage_GetAnnotCount(page):
                    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        held = open_files.enter_context(pdfplumber.open(io.BytesIO(data)))
        if len(held.pages) != len(seen):
            raise Unreadable("damaged")
        yield File(data, seen, held)


def _seen_file(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = error.err_code in _LOCKED
        raise Unreadable("encrypted" if is_locked else "damaged") from error


@contextlib.contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:  # a broken file makes pdfminer raise just anything
        raise Unreadable("damaged") from error


def _refuse_bomb(data: bytes) -> None:
    """Too-large if a picture unfolds to more than MOST_BYTES, or all other streams together do."""
    others = 0
    for stream in _STREAM.finditer(data):
        size = _unfolded(data, stream.end())
        is_picture = b"/Image" in data[data.rfind(b" obj", 0, stream.start()) : stream.start()]
        others += 0 if is_picture else size
        if max(size, others) > MOST_BYTES:
            raise Unreadable("too-large")


def _unfolded(data: bytes, at: int) -> int:
    """The size of a compressed stream, as far as MOST_BYTES, without keeping it."""
    size, unfolding = 0, zlib.decompressobj()
    rest = data[at : at + BLOCK]
    with contextlib.suppress(zlib.error):
        while rest and not unfolding.eof and size <= MOST_BYTES:
            size += len(unfolding.decompress(rest, 16 * BLOCK))
            rest = unfolding.unconsumed_tail
            if not rest:
                at += BLOCK
                rest = data[at : at + BLOCK]
    return size


def _seen(file: File) -> Iterator[tuple[int, pdf_page.Sight]]:
    for index in range(len(file.seen)):
        with contextlib.closing(file.seen[index]) as page:
            yield index + 1, pdf_page.seen(page)


def _pages(file: File) -> Iterator[Page]:
    for number, sight in _seen(file):
        page = file.held.pages[number - 1]
        left, top = page.cropbox[:2]
        moved = {"x0": left, "x1": left, "top": top, "bottom": top}
        edges = [
            {**each, **{key: each[key] - by for key, by in moved.items()}} for each in page.edges
        ]
        other = "".join(each["text"] for each in page.chars)
        page.close()
        yield Page(number, sight, _said(sight.shown, edges), _UNKNOWN.sub("", other))


def _said(glyphs: Sequence[pdf_page.Glyph], edges: Sequence[dict[str, Any]] = ()) -> str:
    """The text of characters; what does not stand upright (a watermark) comes last."""
    level = [layout.Piece(each.text, each.box, each.is_apart) for each in glyphs if each.is_level]
    others = (each for each in glyphs if not each.is_level)
    groups = itertools.groupby(others, lambda each: each.owner)
    said = ["".join(each.text for each in group) for _, group in groups]
    return "\n".join(filter(None, [layout.page(level, edges, TOLERANCE), *said]))


def _page_parts(page: Page) -> Iterator[Part]:
    """What a page shows, covers and hides; and what only the other library reads in it."""
    yield from (Part("text", each, page.number) for each in [page.text] if each)
    for place, glyphs in (("covered", page.sight.covered), ("hidden", page.sight.hidden)):
        said = _said(glyphs)
        if any(each.isalnum() for each in said):
            yield Part(place, said, page.number)
    if _Known(_order(page.sight)).lacks(page.other):
        yield Part("text", page.other, page.number)


def _order(sight: pdf_page.Sight) -> str:
    """All characters of a page, in the order of its drawing within each kind."""
    return "".join(each.text for each in (*sight.shown, *sight.covered, *sight.hidden))


def _is_scan(sight: pdf_page.Sight) -> bool:
    unknown = sum(not each.is_known for each in sight.shown)
    known = len(sight.shown) - unknown
    is_picture = not known or (sight.pictures >= 0.5 and known < FEW)
    return not sight.is_blank and (is_picture or unknown > MOST_UNKNOWN * len(sight.shown))


class _Known:
    """A text that is known, to ask whether another one says something that it does not."""

    def __init__(self, said: str) -> None:
        self._said = "".join(said.split())
        self._stretches = {self._said[at : at + 5] for at in range(len(self._said) - 4)}

    def lacks(self, said: str) -> bool:
        """Whether another text has a stretch that is nowhere in this one, in any order of lines."""
        squeezed = "".join(said.split())
        if len(squeezed) < 5 + NEWS:
            return squeezed not in self._said
        news = (squeezed[at : at + 5] not in self._stretches for at in range(len(squeezed) - 4))
        return any(is_new and len(list(row)) >= NEWS for is_new, row in itertools.groupby(news))


def _earlier(file: File, strings: Sequence[Part]) -> Iterator[Part]:
    """What earlier revisions say that the last one does not: lines of pages, strings of objects.

    A program that adds to a file instead of writing it anew leaves what was there before in it.
    """
    ends = [each.end() for each in _END.finditer(file.data)]
    known = {each.text for each in strings} | {line for _, line in _lines(file.data)}
    for end in ends[:-1][-MOST_REVISIONS:]:
        for read in (_lines, _strings):
            for page, each in read(file.data[:end]):
                if each not in known:
                    yield Part("change", each, page)
                known.add(each)


def _lines(data: bytes) -> list[tuple[int, str]]:
    """Each line of a file as PDFium reads it, with its page; none where it cannot be read."""
    found = []
    with contextlib.suppress(Unreadable), contextlib.closing(_seen_file(data)) as file:
        for number in range(min(len(file), MOST_PAGES)):
            with _damage(), contextlib.closing(file[number]) as page:
                lines = page.get_textpage().get_text_range().splitlines()
            found += [(number + 1, line.strip()) for line in lines if line.strip()]
    return found


def _strings(data: bytes) -> list[tuple[int, str]]:
    """The strings of a file's objects, with their pages; none where it cannot be read."""
    with contextlib.suppress(Unreadable), _damage(), pdfplumber.open(io.BytesIO(data)) as file:
        found = pdf_objects.parts(pdf_objects.objects(file.doc, data))
        return [(part.page, part.text) for part in found]
    return []
