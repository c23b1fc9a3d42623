"""Scans and pictures: the text that a machine reads in them, and how sure it is of it."""

import functools
import importlib
import io
import re
import string
from collections.abc import Collection, Iterator
from typing import Any, Literal, NamedTuple

from PIL import Image, ImageOps, ImageSequence

from portal.reading import layout, pdf
from portal.reading.part import Unreadable

DOTS, MOST_DOTS, MOST_PIXELS = 200, 5000, 100_000_000
"""Dots an inch of a page's picture; most on a picture's longer side; most in a file."""
LEAST = 0.3
"""Confidence below which there is no text, but a stain."""
MARGIN = 0.14
"""What the engine's boxes leave around the text, in their height."""
LONG, HIGH, THIN, NEAR, LEVEL = 0.4, 0.22, 0.06, 0.05, 0.2
"""Inches that a ruling line is long, or high; thick at most; from another; degrees it may lean."""

Kind = Literal["pdf", "image"]

_HAN = r"[\u3400-\u9fff\uf900-\ufaff、。，：；（）《》“”！？【】]"
_SPACE = re.compile(rf"(?<={_HAN}) +| +(?={_HAN})")
_PAIR = re.compile(r"[（(]([^()（）]*)[）)]")
_CHINESE_PAIR = re.compile(rf"(?<={_HAN})\(.*|.*\)(?={_HAN})|\({_HAN}.*|（.*|.*）", re.DOTALL)
_HALF = re.compile(rf"(?<={_HAN})[,:;!?]|[,;!?](?={_HAN})")
_SIGNS = str.maketrans(
    {chr(0xFEE0 + ord(each)): each for each in (*string.ascii_letters, *string.digits, *".%-")}
    | {"￥": "¥", "\u3000": " "}
)


class Line(NamedTuple):
    """A stretch of a line or the line of a cell, its page, and how sure the machine is: 0 to 1."""

    text: str
    page: int
    confidence: float


class Sheet(NamedTuple):
    """A page: its text with its tables, as Markdown, and the lines that it was made of."""

    text: str
    lines: tuple[Line, ...]


def text(data: bytes, kind: Kind) -> str:
    r"""What stands in a scan: lines in reading order, ruled tables as Markdown, \f between pages.

    Unreadable: no-text, ocr-missing (the libraries of the extra are not installed), and why the
    file cannot be opened.
    """
    pages = [sheet.text for sheet in sheets(data, kind)]
    if not any(pages):
        raise Unreadable("no-text")
    return "\f".join(pages)


def read(data: bytes, kind: Kind) -> tuple[Line, ...]:
    """Each line with its confidence, in reading order; who wants the text too takes `sheets`."""
    return tuple(line for sheet in sheets(data, kind) for line in sheet.lines)


def sheets(data: bytes, kind: Kind, only: Collection[int] = ()) -> Iterator[Sheet]:
    """Each page as it is read, or of some pages these; a page takes seconds: they come singly."""
    _engine()
    pictures = pdf.pictures(data, DOTS) if kind == "pdf" else _pictures(data)
    for number, picture in enumerate(pictures, 1):
        if not only or number in only:
            yield _sheet(picture, number)


def _sheet(picture: Image.Image, number: int) -> Sheet:
    inch = max(picture.size) / 11.7
    lean, edges = _rulings(picture, inch)
    if abs(lean) > LEVEL:
        picture = picture.rotate(lean, Image.Resampling.BICUBIC, fillcolor="white")
        _, edges = _rulings(picture, inch)
    numpy = importlib.import_module("numpy")
    found = _engine()(numpy.asarray(picture)[:, :, ::-1])
    stretches = (
        () if found.boxes is None else zip(found.boxes, found.txts, found.scores, strict=True)
    )
    sure = {_piece(corners, said): float(score) for corners, said, score in stretches}
    pieces = [piece for piece in sure if piece.text]
    lines = [Line(each.text, number, sure[each]) for row in layout.lines(pieces) for each in row]
    return Sheet(layout.page(pieces, edges, NEAR * inch), tuple(lines))


def _piece(corners: Any, said: str) -> layout.Piece:
    """A stretch of text in a box as high as the text, from the engine's slanted and wider one."""
    across, down = ([float(corner[axis]) for corner in corners] for axis in (0, 1))
    edge = MARGIN * (max(down) - min(down))
    box = (min(across) + edge, min(down) + edge, max(across) - edge, max(down) - edge)
    return layout.Piece(tidy(said), box)


def tidy(said: str) -> str:
    """The text as it is written in Chinese, where the machine cannot tell two signs apart.

    Letters and digits become half-width. Beside Chinese, punctuation and brackets become full-width
    and spaces go: the engine sees them where there are none.
    """
    said = _SPACE.sub("", said.translate(_SIGNS).strip())
    said = _PAIR.sub(_brackets, said)
    return _HALF.sub(lambda sign: chr(ord(sign[0]) + 0xFEE0), said)


def _brackets(pair: re.Match[str]) -> str:
    """A pair of brackets, full-width if either of them is, or if it has Chinese beside it."""
    is_chinese = _CHINESE_PAIR.match(pair.string, pair.start(), pair.end() + 1)
    return f"（{pair[1]}）" if is_chinese else f"({pair[1]})"


@functools.cache
def _engine() -> Any:
    """The engine, one for a process: it takes a second to load. Its models lie in its package."""
    try:
        library = importlib.import_module("rapidocr")
        importlib.import_module("onnxruntime")
    except ImportError as error:
        raise Unreadable("ocr-missing") from error
    given = {"Global.log_level": "critical", "Global.text_score": LEAST}
    return library.RapidOCR(params={**given, "Global.max_side_len": 2400})


def _pictures(data: bytes) -> Iterator[Image.Image]:
    """The pictures of a file, upright and in colour; a TIFF may hold several pages."""
    try:
        with Image.open(io.BytesIO(data)) as file:
            if file.width * file.height > MOST_PIXELS:
                raise Unreadable("too-large")
            if getattr(file, "n_frames", 1) > pdf.MOST_PAGES:
                raise Unreadable("too-many-pages", pages=getattr(file, "n_frames", 1))
            for frame in ImageSequence.Iterator(file):
                picture = ImageOps.exif_transpose(frame).convert("RGBA")
                page = Image.new("RGBA", picture.size, "white")
                page.alpha_composite(picture)
                page.thumbnail((MOST_DOTS, MOST_DOTS))
                yield page.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Unreadable("damaged") from error


def _rulings(picture: Image.Image, inch: float) -> tuple[float, list[dict[str, object]]]:
    """How far a picture's ruling lines lean, in degrees, and the lines, as pdfplumber has them."""
    cv2, numpy = importlib.import_module("cv2"), importlib.import_module("numpy")
    grey = numpy.asarray(picture.convert("L"))
    method = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    dark = cv2.adaptiveThreshold(grey, 255, *method, int(inch / 6) * 2 + 1, 10)
    edges: list[dict[str, object]] = []
    leans: list[float] = []
    for orientation, size in (("h", (int(LONG * inch), 1)), ("v", (1, int(HIGH * inch)))):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, tuple(max(1, side) for side in size))
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
        count, labels, stats, _ = cv2.connectedComponentsWithStats(lines)
        for label in range(1, min(count, layout.MOST_EDGES)):
            left, top, wide, high, area = (int(each) for each in stats[label])
            if orientation == "h" and wide > 2 * inch:
                part = labels[top : top + high, left : left + wide] == label
                start, end = (numpy.nonzero(part[:, at])[0].mean() for at in (0, -1))
                leans.append(float(numpy.degrees(numpy.arctan2(end - start, wide))))
            if area / max(wide, high) <= THIN * inch:
                edges.append(_edge(orientation, left, top, wide, high))
    return (float(numpy.median(leans)) if leans else 0.0), edges


def _edge(orientation: str, left: int, top: int, wide: int, high: int) -> dict[str, object]:
    """A line through the middle of its box, as long as the box."""
    if orientation == "h":
        top, high = top + high // 2, 0
    else:
        left, wide = left + wide // 2, 0
    given = {"x0": left, "x1": left + wide, "top": top, "bottom": top + high}
    return {
        **given,
        "width": wide,
        "height": high,
        "orientation": orientation,
        "object_type": "line",
    }
