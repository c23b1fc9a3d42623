"""One invented contract as papers: a PDF with text, a PDF of pictures, and the pictures."""

import contextlib
import functools
import io
import pathlib
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import fpdf
import pypdfium2
from fontTools import subset, ttLib
from PIL import Image

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
CHINESE = 2
"""The number of the simplified Chinese face in the font's file."""

OPENING = (
    "合同编号：测试-2026-0001",
    "甲方（采购人）：某某市城市管理局",
    "乙方（供应商）：某某照明工程有限公司",
    "一、合同金额：人民币壹佰叁拾柒万元整（¥1,370,000.00）。",
    "二、乙方指派下列人员负责本项目：",
)
STAFF = (
    ("姓名", "职务", "联系电话"),
    ("测试甲", "项目经理", "13800000001"),
    ("测试乙", "安全员", "13800000002"),
)
MIDDLE = ("三、付款方式如下：",)
PAYMENTS = (
    ("期次", "付款条件", "金额（元）"),
    ("第一期", "合同签订后五日内", "411,000.00"),
    ("第二期", "验收合格后十日内", "959,000.00"),
)
CLOSING = (
    "开户行：某某银行某某支行",
    "账号：0000 1111 2222 3333",
    "签订日期：2026年2月6日",
)

_FOLDER = tempfile.TemporaryDirectory()

Drawing = Callable[[fpdf.FPDF], None]


@functools.cache
def _face() -> pathlib.Path:
    """The font with no signs but those in the tests: with all of them a paper takes long."""
    tests = pathlib.Path(__file__).resolve().parents[1]
    files = (*tests.glob("reading/*.py"), *tests.glob("intake/*.py"))
    signs = {sign for path in files for sign in path.read_text(encoding="utf-8")}
    font = ttLib.TTFont(FONT, fontNumber=CHINESE)
    small = subset.Subsetter(subset.Options(layout_features=[], hinting=False))
    small.populate(text="".join(signs))
    small.subset(font)
    path = pathlib.Path(_FOLDER.name, "noto.otf")
    font.save(path)
    return path


def paper(*drawings: Drawing) -> bytes:
    """A PDF of one page for each drawing."""
    pdf = fpdf.FPDF(format="A4")
    pdf.add_font("noto", fname=_face())
    for draw in drawings:
        pdf.add_page()
        pdf.set_font("noto", size=11)
        draw(pdf)
    return bytes(pdf.output())


@functools.cache
def contract() -> bytes:
    """The contract as a PDF with text."""

    def draw(pdf: fpdf.FPDF) -> None:
        _lines(pdf, OPENING)
        _table(pdf, STAFF)
        _lines(pdf, MIDDLE)
        _table(pdf, PAYMENTS)
        _lines(pdf, CLOSING)

    return paper(draw)


def markdown() -> str:
    """What the contract is to become."""
    blocks = ["\n".join(OPENING), _pipes(STAFF), *MIDDLE, _pipes(PAYMENTS), "\n".join(CLOSING)]
    return "\n\n".join(blocks)


def _lines(pdf: fpdf.FPDF, lines: Iterable[str]) -> None:
    for line in lines:
        pdf.cell(0, 9, line, new_x="LMARGIN", new_y="NEXT")


def _table(pdf: fpdf.FPDF, rows: Iterable[Iterable[str]]) -> None:
    with pdf.table(line_height=9, first_row_as_headings=False) as table:
        for row in rows:
            cells = table.row()
            for cell in row:
                cells.cell(cell)


def _pipes(rows: Iterable[Iterable[str]]) -> str:
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "| --- | --- | --- |", *body])


def pictures(data: bytes, dots: int = 200) -> list[Image.Image]:
    """Each page as a picture."""
    with contextlib.closing(pypdfium2.PdfDocument(data)) as file:
        return [page.render(scale=dots / 72).to_pil().convert("L") for page in file]


def png(picture: Image.Image) -> bytes:
    """A picture's file."""
    with io.BytesIO() as file:
        picture.save(file, "PNG")
        return file.getvalue()


def scan(*images: Image.Image) -> bytes:
    """A PDF that holds nothing but pictures, one a page."""
    return paper(*map(shown, images))


def shown(image: Image.Image) -> Drawing:
    """What draws a picture over a whole page."""

    def draw(pdf: fpdf.FPDF) -> None:
        pdf.set_auto_page_break(auto=False)
        pdf.image(image, 0, 0, pdf.w, pdf.h)

    return draw


def update(data: bytes, objects: Mapping[int, bytes]) -> bytes:
    """The file with these objects put in place of others, or added, as programs append them."""
    added, places = data + b"\n", {}
    for number, value in sorted(objects.items()):
        places[number] = len(added)
        added += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places.items())
    size = max(*objects, *(int(each) for each in re.findall(rb"/Size (\d+)", data)))
    root, before = last(rb"/Root (\d+ 0 R)", data), last(rb"startxref\s+(\d+)", data)
    info = re.findall(rb"/Info \d+ 0 R", data)[-1:]
    given = b"/Size %d /Root %s /Prev %s %s" % (size + 1, root, before, b"".join(info))
    return added + b"xref\n%strailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (table, given, len(added))


def last(pattern: bytes, data: bytes) -> bytes:
    """What the last match of a pattern holds."""
    found: list[Any] = re.findall(pattern, data, re.DOTALL)
    return bytes(found[-1])


def changed(data: bytes, pattern: bytes, entries: bytes, more: Mapping[int, bytes]) -> bytes:
    """The file with entries added to the dictionary that has the pattern, and with more objects."""
    dictionary = rb"(\d+) 0 obj\s*<<((?:(?!endobj).)*?%s(?:(?!endobj).)*)>>\s*endobj" % pattern
    number, held = re.findall(dictionary, data, re.DOTALL)[-1]
    return update(data, {int(number): b"<<%s\n%s>>" % (held, entries), **more})


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), entries, content)
