"""The pictures on the pages of a PDF: how large they are, and the files that some of them are."""

import contextlib
import io
from collections.abc import Collection, Iterator

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from pdfminer import pdfdocument, pdfparser, pdftypes, psparser
from pypdfium2 import raw

from portal.reading import pdf_objects

_JPEG = frozenset({"DCTDecode", "DCT"})
_BLANK = b"\0\t\n\f\r "


def sizes(data: bytes, but: Collection[int] = ()) -> tuple[tuple[int, int], ...]:
    """Width and height, in pixels, of each picture on the pages, annotations included; each once.

    `but` are numbers of pages that are left out. The file is one that `pdf.scanned` has taken.
    """
    known: set[tuple[tuple[int, int], int]] = set()
    with contextlib.closing(pypdfium2.PdfDocument(data)) as file:
        file.init_forms()
        for index in range(len(file)):
            if index + 1 in but:
                continue
            with contextlib.closing(file[index]) as page:
                raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
            with contextlib.closing(file[index]) as page:
                for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
                    with contextlib.suppress(pypdfium2.PdfiumError):  # then it is not shown
                        length = raw.FPDFImageObj_GetImageDataRaw(one, None, 0)
                        known.add((one.get_px_size(), length))
    return tuple(size for size, _ in sorted(known))


def files(data: bytes) -> Iterator[bytes]:
    """The pictures that are whole files within, as cameras wrote them: JPEG; shown or not.

    The file is one that `pdf.parts` has taken.
    """
    document = pdfdocument.PDFDocument(pdfparser.PDFParser(io.BytesIO(data)))
    for each in pdf_objects.objects(document, data):
        if isinstance(each.value, pdftypes.PDFStream) and (found := _jpeg(each.value)):
            yield found


def _jpeg(stream: pdftypes.PDFStream) -> bytes:
    """The file that a stream holds, if it is one; pdfminer leaves the last filter to us."""
    try:
        filters = [psparser.literal_name(each) for each, _ in stream.get_filters()]
        if not filters or filters[-1] not in _JPEG:
            return b""
        if len(filters) == 1:  # pdfminer would use settings that are for other filters on it
            stream.attrs = {"Filter": stream.attrs.get("Filter", stream.attrs.get("F"))}
        return bytes(stream.get_data()).rstrip(_BLANK)
    except Exception:  # noqa: BLE001  # a broken file makes pdfminer raise just anything
        return b""
