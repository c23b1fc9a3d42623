"""A page of a PDF as PDFium shows it: each character, and whether a reader can see it."""

import collections
import ctypes
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from PIL import Image, ImageChops
from pypdfium2 import raw  # type: ignore[import-untyped]  # it ships no types

from portal.reading import layout

SCALE, MOST_PIXELS = 100 / 72, 3000
"""Pixels per point in the pictures that are compared; the most on a page's longer side."""
FAINT, SEEN, TINY = 16, 0.4, 2.5
"""The least difference in brightness, share of a character's ink, height in points to be seen."""
MOST_TRIALS = 100
"""Stretches of text on a page that are looked at one by one, as they lie over one another."""
CLOSE, MOST_CLOSE = 10, 50
"""Points between the corners of characters that may lie over one another; the most looked at."""
WHITE, BLACK = (255, 255, 255, 255), (0, 0, 0, 255)
_UNPAINTED = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_HYPHENS = {"\x02": "-", "\ufffe": "-"}
"""What PDFium makes of a hyphen at the end of a line."""
_TEXT, _FORM, _IMAGE = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_IMAGE


class Glyph(NamedTuple):
    """A character: the box of its line (for the layout), the box of its ink (for the eye)."""

    text: str
    box: layout.Box
    ink: layout.Box
    is_apart: bool
    """Whether a space was written before it."""
    is_level: bool
    is_known: bool
    is_painted: bool
    owner: int
    """The address of the stretch of text that it belongs to."""


class Sight(NamedTuple):
    """What a page shows and hides; `pictures` is the share of it that pictures cover."""

    shown: tuple[Glyph, ...]
    covered: tuple[Glyph, ...]
    hidden: tuple[Glyph, ...]
    is_blank: bool
    pictures: float


def seen(page: Any) -> Sight:
    """What a PDFium page shows; the page is spent: close it.

    The page is drawn as it is, without its text, and its text alone. What the text adds to the
    page where a character stands is what a reader sees of it, whatever lies above or below.
    """
    scale = min(SCALE, MOST_PIXELS / max(*page.get_size(), 1))
    glyphs = _distinct(_glyphs(page))
    objects = list(page.get_objects())
    pictures = sum(_area(each) for each in objects if each.type == _IMAGE)
    whole = _drawn(page, scale)
    buried = dict(_trials(page, scale, whole, glyphs, objects))
    _switch((each for each in objects if each.type == _TEXT), 0)
    added = _difference(whole, _drawn(page, scale))
    _switch((each for each in objects if each.type == _TEXT), 1)
    _switch((each for each in objects if each.type not in (_TEXT, _FORM)), 0)
    on_white = _against(_drawn(page, scale), "white")
    ink = on_white, ImageChops.lighter(on_white, _against(_drawn(page, scale, BLACK), "black"))
    blank = _against(whole, "white").getbbox() is None
    found: dict[str, list[Glyph]] = {"shown": [], "covered": [], "hidden": []}
    for glyph in glyphs:
        found[_state(glyph, buried.get(glyph.owner, added), ink, scale)].append(glyph)
    width, height = page.get_size()
    shown, covered, hidden = (tuple(found[state]) for state in ("shown", "covered", "hidden"))
    return Sight(shown, covered, hidden, blank, pictures / max(width * height, 1))


def _state(
    glyph: Glyph, added: Image.Image, ink: tuple[Image.Image, Image.Image], scale: float
) -> str:
    """Whether a character is seen, by its ink on white and that on white or black."""
    on_white, most = (_count(each, glyph.ink, scale) for each in ink)
    if glyph.is_painted and most and glyph.box[3] - glyph.box[1] >= TINY:
        if _count(added, glyph.ink, scale) >= SEEN * most:
            return "shown"
        if on_white:
            return "covered"
    return "hidden"


def _glyphs(page: Any) -> Iterator[Glyph]:
    """Every character of a page that a font has, in the order of its text, without spaces."""
    text, place = page.get_textpage(), _placing(page)
    x, y, matrix, is_apart = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX(), False
    for index in range(text.count_chars()):
        owner = raw.FPDFText_GetTextObject(text, index)
        character = chr(raw.FPDFText_GetUnicode(text, index))
        is_space = character.isspace()
        if owner and not is_space:
            raw.FPDFText_GetMatrix(text, index, matrix)
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
            _, baseline = place(x.value, y.value)
            left, _, right, _ = _placed(place, text.get_charbox(index, loose=True))
            yield Glyph(
                _HYPHENS.get(character, character),
                (left, baseline - 0.88 * size, right, baseline + 0.12 * size),
                _placed(place, text.get_charbox(index)),
                is_apart,
                _is_level(place(0, 0), place(matrix.a, matrix.b)),
                _is_known(character) and not raw.FPDFText_HasUnicodeMapError(text, index),
                raw.FPDFTextObj_GetTextRenderMode(owner) not in _UNPAINTED,
                ctypes.addressof(owner.contents),
            )
        is_apart = is_space and (bool(owner) or is_apart)


def _is_level(start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a line of text from one place to another runs to the right, as a reader sees it."""
    return abs(end[1] - start[1]) < 0.1 * (end[0] - start[0])


def _is_known(character: str) -> bool:
    """Whether it is a character of a script, and not a font's own number for a drawing."""
    return character.isprintable() and not "\ue000" <= character <= "\uf8ff"


def _placing(page: Any) -> Any:
    """From a place on the page to points from the top left of what is shown of it."""
    width, height = (round(side * 100) for side in page.get_size())
    corners = []
    for at in ((0, 0), (1000, 0), (0, 1000)):
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, *at, across, down)
        corners.append((across.value / 100, down.value / 100))
    (x, y), (ax, ay), (bx, by) = corners
    a, b, c, d = (ax - x) / 1000, (ay - y) / 1000, (bx - x) / 1000, (by - y) / 1000

    def place(left: float, up: float) -> tuple[float, float]:
        return x + a * left + c * up, y + b * left + d * up

    return place


def _placed(place: Any, box: Sequence[float]) -> layout.Box:
    (ax, ay), (bx, by) = place(*box[:2]), place(*box[2:])
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _distinct(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The characters without those drawn again at the same place, as some make bold letters."""
    known: dict[tuple[str, int, int], None] = {}
    found = []
    for glyph in glyphs:
        size = max(glyph.box[3] - glyph.box[1], 1)
        at = round(glyph.box[0] / size * 4), round(glyph.box[1] / size * 4)
        near = itertools.product(*(range(each - 1, each + 2) for each in at))
        if not any((glyph.text, x, y) in known for x, y in near):
            found.append(glyph)
        known[glyph.text, *at] = None
    return found


def _trials(
    page: Any, scale: float, whole: Image.Image, glyphs: Iterable[Glyph], objects: Iterable[Any]
) -> Iterator[tuple[int, Image.Image]]:
    """What each stretch of text that lies over or under another one adds to the page by itself."""
    crowded = set(_crowded(glyphs))
    by_address = {ctypes.addressof(each.raw.contents): each for each in objects}
    for owner in sorted(crowded & by_address.keys())[:MOST_TRIALS]:
        _switch([by_address[owner]], 0)
        yield owner, _difference(whole, _drawn(page, scale))
        _switch([by_address[owner]], 1)


def _crowded(glyphs: Iterable[Glyph]) -> Iterator[int]:
    """The stretches of text of which a character lies over or under one of another."""
    near: dict[tuple[int, int], list[Glyph]] = collections.defaultdict(list)
    for glyph in glyphs:
        x, y = round(glyph.ink[0] / CLOSE), round(glyph.ink[1] / CLOSE)
        around = itertools.product(range(x - 1, x + 2), range(y - 1, y + 2))
        for other in itertools.chain.from_iterable(near.get(at, ()) for at in around):
            if other.owner != glyph.owner and _is_over(glyph.ink, other.ink):
                yield from (glyph.owner, other.owner)
        if len(near[x, y]) < MOST_CLOSE:
            near[x, y].append(glyph)


def _is_over(one: layout.Box, other: layout.Box) -> bool:
    """Whether a quarter of the smaller box lies within the other one."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    least = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return wide > 0 and high > 0 and 4 * wide * high >= least


def _switch(objects: Iterable[Any], state: int) -> None:
    for each in objects:
        raw.FPDFPageObj_SetIsActive(each, state)


def _drawn(page: Any, scale: float, paper: Sequence[int] = WHITE) -> Image.Image:
    drawn = page.render(scale=scale, rev_byteorder=True, fill_color=tuple(paper))
    picture: Image.Image = drawn.to_pil()
    return picture.convert("RGB")


def _difference(one: Image.Image, other: Image.Image) -> Image.Image:
    """White where two pictures differ to the eye, black elsewhere."""
    grey = ImageChops.difference(one, other).convert("L")
    return grey.point([255 * (level > FAINT) for level in range(256)])


def _against(picture: Image.Image, paper: str) -> Image.Image:
    """White where a picture has anything on its paper."""
    return _difference(picture, Image.new(picture.mode, picture.size, paper))


def _count(picture: Image.Image, box: layout.Box, scale: float) -> int:
    """How many white pixels a box holds."""
    left, top, right, bottom = (side * scale for side in box)
    wide, high = picture.size
    within = (
        max(0, int(left)),
        max(0, int(top)),
        min(wide, int(right) + 1),
        min(high, int(bottom) + 1),
    )
    if within[0] >= within[2] or within[1] >= within[3]:
        return 0
    return picture.crop(within).histogram()[255]


def _area(picture: Any) -> float:
    """The area of a picture in points, wherever it is nested."""
    area, each = 1.0, picture
    while each is not None:
        a, b, c, d, *_ = each.get_matrix().get()
        area, each = area * abs(a * d - b * c), each.container
    return area
