"""What a PDF shows, and what it holds beside that."""

import datetime
import io
import re
import zlib

import fpdf
import pytest
from fpdf import enums

from portal.reading import part, pdf
from reading import papers

PHONE = "13800000009"
BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def held(data: bytes, place: str) -> str:
    """All that a file holds in a place."""
    return "\n".join(each.text for each in pdf.parts(data) if each.place == place)


def places(data: bytes, text: str) -> set[str]:
    """The places where a text stands in a file."""
    return {each.place for each in pdf.parts(data) if text in each.text}


def plain(*lines: str) -> bytes:
    """A PDF of one page with lines of Latin letters and digits, in a font that is not embedded."""

    def draw(sheet: fpdf.FPDF) -> None:
        sheet.set_font("helvetica", size=11)
        for number, line in enumerate(lines, 2):
            sheet.text(20, 10 * number, line)

    return papers.paper(draw)


def refusal(data: bytes) -> part.Unreadable:
    """Why a file is not read, the same for all that is asked of it."""
    for ask in (pdf.parts, pdf.scanned, pdf.embedded):
        with pytest.raises(part.Unreadable):
            ask(data)
    with pytest.raises(part.Unreadable) as refused:
        pdf.text(data)
    return refused.value


def test_contract() -> None:
    """A contract becomes its lines in order, with its tables as Markdown at their place."""
    assert pdf.text(papers.contract()) == papers.markdown()


def test_parts_of_contract() -> None:
    """Of an ordinary contract there is nothing but its text."""
    assert pdf.parts(papers.contract()) == (part.Part("text", papers.markdown(), 1),)
    assert pdf.scanned(papers.contract()) == ()


def test_pages() -> None:
    """Pages are told apart, and a table that goes on over a page break is left as two."""

    def draw(sheet: fpdf.FPDF) -> None:
        with sheet.table(line_height=9, first_row_as_headings=False) as table:
            for number in range(40):
                cells = table.row()
                cells.cell(f"第{number}期")
                cells.cell(f"{number},000.00")

    first, second = pdf.text(papers.paper(draw)).split("\f")
    assert first.startswith("| 第0期 | 0,000.00 |\n| --- | --- |\n| 第1期 |")
    assert second.endswith("| 第39期 | 39,000.00 |")
    assert (first + second).count("---") == 4


def test_merged_and_broken_cells() -> None:
    """A cell over two columns stands in the first; a line that fills its cell runs on."""

    def draw(sheet: fpdf.FPDF) -> None:
        with sheet.table(width=60, line_height=9, first_row_as_headings=False) as table:
            table.row().cell("付款 | 计划", colspan=2)
            cells = table.row()
            cells.cell("甲\n乙")
            cells.cell("验收合格后十日内支付余款")

    assert pdf.text(papers.paper(draw)) == (
        "| 付款 \\| 计划 |  |\n| --- | --- |\n| 甲<br>乙 | 验收合格后十日内支付余款 |"
    )


def test_turned_page() -> None:
    """A page that lies on its side in the file is read as it is shown."""
    data = papers.contract()
    number = int(papers.last(rb"/Contents (\d+) 0 R", data))
    content = papers.last(rb"%d 0 obj\s(.*?endstream)" % number, data)
    turn = papers.stream(b"0 1 -1 0 841.89 0 cm")
    data = papers.update(data, {number: b"[90 0 R 91 0 R]", 90: turn, 91: content})
    sizes = b"/MediaBox [0 0 841.89 595.28] /Rotate 90"
    assert pdf.text(papers.changed(data, rb"/Type /Page\b", sizes, {})) == papers.markdown()


@pytest.mark.parametrize("cover", ["box", "picture"])
def test_covered(cover: str) -> None:
    """A number below a black box or a picture is still there, and is not in the text."""

    def draw(sheet: fpdf.FPDF) -> None:
        sheet.text(20, 20, "联系电话：")
        sheet.text(50, 20, PHONE)
        if cover == "box":
            sheet.set_fill_color(0, 0, 0)
            sheet.rect(48, 14, 40, 8, style="F")
        else:
            sheet.image(papers.pictures(papers.contract())[0], 48, 14, 40, 8)

    data = papers.paper(draw)
    assert places(data, PHONE) == {"covered"}
    assert pdf.text(data) == "联系电话："


def test_covered_and_written_over() -> None:
    """A number below a box is found also where the box bears a label."""

    def draw(sheet: fpdf.FPDF) -> None:
        sheet.text(20, 20, PHONE)
        sheet.set_fill_color(0, 0, 0)
        sheet.rect(18, 14, 40, 8, style="F")
        sheet.set_text_color(255, 255, 255)
        sheet.text(20, 20, "此处已经遮盖")

    data = papers.paper(draw)
    assert places(data, PHONE) == {"covered"}
    assert pdf.text(data) == "此处已经遮盖"


def test_covered_by_annotation() -> None:
    """A box that somebody drew with the comment tools covers like one of the page."""
    data = papers.contract()
    box = papers.stream(b"0 0 0 rg 0 0 500 60 re f", b"/Subtype /Form /BBox [0 0 500 60]")
    note = b"<</Type /Annot /Subtype /Square /Rect [50 720 550 780] /F 4 /AP <</N 91 0 R>>>>"
    data = papers.changed(data, rb"/Type /Page\b", b"/Annots [90 0 R]", {90: note, 91: box})
    assert "某某照明工程" in held(data, "covered")
    assert "某某照明工程" not in pdf.text(data)


def test_highlighted() -> None:
    """Text that is marked in colour, struck out or white on black is seen by everybody."""

    def draw(sheet: fpdf.FPDF) -> None:
        sheet.set_fill_color(255, 255, 0)
        sheet.text(20, 20, "标黄的字")
        with sheet.local_context(fill_opacity=0.4):
            sheet.rect(18, 14, 60, 8, style="F")
        sheet.text(20, 40, "划掉的字")
        sheet.line(18, 38.5, 50, 38.5)
        sheet.set_fill_color(0, 0, 0)
        sheet.rect(18, 54, 60, 8, style="F")
        sheet.set_text_color(255, 255, 255)
        sheet.text(20, 60, "反白的字")

    assert pdf.parts(papers.paper(draw)) == (part.Part("text", "标黄的字\n划掉的字\n反白的字", 1),)


@pytest.mark.parametrize("trick", ["white", "invisible", "outside", "tiny"])
def test_hidden(trick: str) -> None:
    """Text that is white, drawn with no ink, beside the page or tiny is hidden."""

    def draw(sheet: fpdf.FPDF) -> None:
        sheet.text(20, 20, "正文")
        if trick == "white":
            sheet.set_text_color(255, 255, 255)
        if trick == "tiny":
            sheet.set_font("noto", size=1)
        mode = enums.TextMode.INVISIBLE if trick == "invisible" else enums.TextMode.FILL
        with sheet.local_context(text_mode=mode):
            sheet.text(20, -20 if trick == "outside" else 40, PHONE)

    assert places(papers.paper(draw), PHONE) == {"hidden"}
    assert pdf.text(papers.paper(draw)) == "正文"


def test_cropped() -> None:
    """Text that a crop box cuts off is hidden."""
    data = papers.changed(papers.contract(), rb"/Type /Page\b", b"/CropBox [9 300 595 784]", {})
    assert pdf.text(data) == papers.markdown().partition("\n")[2]
    assert held(data, "hidden") == papers.OPENING[0]


def test_metadata() -> None:
    """The author in the document information and in XMP."""

    def draw(sheet: fpdf.FPDF) -> None:
        sheet.set_author("测试甲")
        sheet.set_creation_date(datetime.datetime(2026, 2, 6, tzinfo=datetime.UTC))
        sheet.set_xmp_metadata("<rdf:RDF><dc:creator x='值'>测试乙</dc:creator></rdf:RDF>")
        sheet.text(20, 20, "正文")

    data = papers.paper(draw)
    assert places(data, "测试甲") == places(data, "测试乙") == places(data, "值") == {"metadata"}
    assert "2026" not in held(data, "metadata")


def test_comments() -> None:
    """Comments with their authors, on the page where they are; a link's target."""

    def draw(sheet: fpdf.FPDF) -> None:
        sheet.text(20, 20, "正文")
        sheet.text_annotation(20, 30, "请联系测试甲", title="审核人测试乙")
        sheet.link(20, 40, 30, 10, f"tel:{PHONE}")

    found = pdf.parts(papers.paper(lambda sheet: sheet.text(20, 20, "第一页"), draw))
    assert part.Part("comment", "请联系测试甲", 2) in found
    assert part.Part("comment", "审核人测试乙", 2) in found
    assert part.Part("link", f"tel:{PHONE}", 2) in found


def test_free_text() -> None:
    """What somebody wrote onto the page with the comment tools is a comment, and seen."""

    def draw(sheet: fpdf.FPDF) -> None:
        sheet.set_font("helvetica", size=11)
        sheet.free_text_annotation(PHONE, x=20, y=40, w=80, h=10)

    assert "comment" in places(papers.paper(draw), PHONE)


def test_attachments() -> None:
    """Files within a file, of the document and of a comment: their names, and their bytes."""

    def draw(sheet: fpdf.FPDF) -> None:
        sheet.text(20, 20, "正文")
        sheet.embed_file(bytes=b"first", basename="name-of-first.txt")

    data = papers.paper(draw)
    file = b"<</Type /Filespec /UF <FEFF53F08D26>/EF <</F 91 0 R>>>>"
    note = b"<</Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 92 0 R>>"
    stored = papers.stream(zlib.compress(b"second"), b"/Type /EmbeddedFile /Filter /FlateDecode")
    more = {90: note, 91: stored, 92: file}
    data = papers.changed(data, rb"/Type /Page\b", b"/Annots [90 0 R]", more)
    assert set(pdf.embedded(data)) == {("name-of-first.txt", b"first"), ("台账", b"second")}
    assert places(data, "台账") == {"name"}
    assert "name" in places(data, "name-of-first.txt")


def test_form() -> None:
    """What was filled into a form is a field, and a reader sees it at its place."""
    data = plain("Phone:")
    look = papers.stream(
        b"/Tx BMC BT /F1 11 Tf 2 5 Td (%s) Tj ET EMC" % PHONE.encode(),
        b"/Subtype /Form /BBox [0 0 200 20] /Resources <</Font <</F1 92 0 R>>>>",
    )
    field = (
        b"<</Type /Annot /Subtype /Widget /FT /Tx /F 4 /Rect [120 780 320 800] /T (phone)"
        b"/V (%s) /DA (/F1 11 Tf) /AP <</N 91 0 R>>>>" % PHONE.encode()
    )
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
    more = {90: field, 91: look, 92: font}
    data = papers.changed(data, rb"/Type /Page\b", b"/Annots [90 0 R]", more)
    data = papers.changed(data, rb"/Type /Catalog", b"/AcroForm <</Fields [90 0 R]>>", {})
    assert places(data, PHONE) == {"field", "text"}
    assert pdf.text(data) == f"Phone: {PHONE}"


def test_bookmarks() -> None:
    """The titles of bookmarks."""

    def draw(sheet: fpdf.FPDF) -> None:
        sheet.start_section("测试甲的联系方式")
        sheet.text(20, 20, "正文")

    assert places(papers.paper(draw), "测试甲的联系方式") == {"metadata"}


def test_script() -> None:
    """JavaScript, in a string and in a stream of its own."""
    script = papers.stream(b"app.alert('13800000008')")
    action = b"/OpenAction <</S /JavaScript /JS (app.alert\\('%s'\\))" % PHONE.encode()
    entries = action + b" /Next <</S /JavaScript /JS 90 0 R>>>>"
    data = papers.changed(plain("text"), rb"/Type /Catalog", entries, {90: script})
    assert places(data, PHONE) == places(data, "13800000008") == {"hidden"}


def test_alternative() -> None:
    """The text that a program reads out in place of what is drawn."""
    element = b"<</Type /StructElem /S /Figure /Alt (photograph of %s)>>" % PHONE.encode()
    assert places(papers.update(plain("text"), {90: element}), PHONE) == {"alternative"}


def test_spoken_text() -> None:
    """What a stretch of text says by itself and what is written in its stead: both are found."""
    content = papers.stream(
        b"/Span <</ActualText (nothing to see)>> BDC BT /F1 11 Tf 50 700 Td (%s) Tj ET EMC"
        % PHONE.encode()
    )
    data = plain("text")
    number = int(papers.last(rb"/Contents (\d+) 0 R", data))
    found = pdf.parts(papers.update(data, {number: content}))
    assert {each.page for each in found if PHONE in each.text} == {1}


def test_layer_switched_off() -> None:
    """The text of a layer that is switched off is hidden."""
    data = plain("text")
    number = int(papers.last(rb"/Contents (\d+) 0 R", data))
    content = (
        b"BT /F1 11 Tf 50 700 Td (shown) Tj ET /OC /MC0 BDC BT /F1 11 Tf 50 600 Td (%s) Tj ET EMC"
    )
    layer = b"<</Type /OCG /Name (notes)>>"
    entries = b"/OCProperties <</OCGs [90 0 R] /D <</OFF [90 0 R]>>>>"
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
    resources = b"/Resources <</Font <</F1 91 0 R>> /Properties <</MC0 90 0 R>>>>"
    more = {number: papers.stream(content % PHONE.encode()), 90: layer, 91: font}
    data = re.sub(rb"/Resources \d+ 0 R", lambda found: b" " * len(found[0]), data)
    data = papers.changed(data, rb"/Type /Page\b", resources, more)
    data = papers.changed(data, rb"/Type /Catalog", entries, {})
    assert places(data, PHONE) == {"hidden"}
    assert pdf.text(data) == "shown"


def test_earlier_revision() -> None:
    """What stood in the file before somebody changed it and saved only what was changed."""
    data = plain("Phone:", PHONE)
    number = int(papers.last(rb"/Contents (\d+) 0 R", data))
    new = papers.stream(b"BT /F1 11 Tf 50 700 Td (Phone: withheld) Tj ET")
    changed = papers.update(data, {number: new})
    assert pdf.text(changed) == "Phone: withheld"
    assert part.Part("change", PHONE, 1) in pdf.parts(changed)
    assert places(changed, PHONE) == {"change"}


def test_page_taken_out() -> None:
    """A page that is in the file and belongs to no document any more."""
    second = plain("kept"), plain(f"call {PHONE}")
    assert pdf.text(second[0]) == "kept"

    def draw(text: str) -> papers.Drawing:
        def at(sheet: fpdf.FPDF) -> None:
            sheet.set_font("helvetica", size=11)
            sheet.text(20, 20, text)

        return at

    data = papers.paper(draw("kept"), draw(f"call {PHONE}"))
    kids = rb"/Kids \[(\d+ 0 R)(\s+\d+ 0 R)\]"
    data = re.sub(kids, lambda found: b"/Kids [%s%s]" % (found[1], b" " * len(found[2])), data)
    data = data.replace(b"/Count 2", b"/Count 1")
    assert pdf.text(data) == "kept"
    assert places(data, PHONE) == {"hidden"}


def test_scan() -> None:
    """A page that is a picture is a scan: it has no text, and nobody can vouch for it."""
    picture = papers.pictures(papers.contract(), 100)[0]
    data = papers.paper(lambda sheet: sheet.text(20, 20, "第一页"), papers.shown(picture))
    assert pdf.scanned(data) == (2,)
    assert pdf.text(data) == "第一页\f"
    assert refusal_of_text(papers.scan(picture)) == "no-text"


def test_scan_with_text_below() -> None:
    """The text that a scanner put below its picture is hidden, and the page still a scan."""

    def draw(sheet: fpdf.FPDF) -> None:
        with sheet.local_context(text_mode=enums.TextMode.INVISIBLE):
            sheet.text(20, 20, PHONE)
        papers.shown(papers.pictures(papers.contract(), 100)[0])(sheet)

    data = papers.paper(draw)
    assert places(data, PHONE) == {"hidden"}
    assert pdf.scanned(data) == (1,)


def test_empty_page() -> None:
    """An empty page is no scan; a file of empty pages has no text."""
    data = papers.paper(lambda sheet: None)
    assert pdf.scanned(data) == ()
    assert pdf.parts(data) == ()
    assert refusal_of_text(data) == "no-text"


def refusal_of_text(data: bytes) -> str:
    """Why a file has no text to give."""
    with pytest.raises(part.Unreadable) as refused:
        pdf.text(data)
    return refused.value.code


def test_encrypted() -> None:
    """A file with a password is refused; one that only forbids printing is read."""

    def draw(owner: str, user: str | None) -> bytes:
        sheet = fpdf.FPDF()
        sheet.set_encryption(owner_password=owner, user_password=user)
        sheet.add_page()
        sheet.set_font("helvetica", size=11)
        sheet.text(20, 20, "text")
        return bytes(sheet.output())

    assert refusal(draw("owner", "user")).code == "encrypted"
    assert pdf.text(draw("owner", None)) == "text"


@pytest.mark.parametrize("data", [b"", b"not a PDF", papers.contract()[:3000], b"%PDF-1.7\n%%EOF"])
def test_damaged(data: bytes) -> None:
    """What is no PDF, or the half of one, is refused."""
    assert refusal(data).code == "damaged"


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with more pages than anybody reads is refused, and told how many."""
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    refused = refusal(papers.paper(*[lambda sheet: None] * 3))
    assert (refused.code, refused.given) == ("too-many-pages", {"pages": "3"})


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unfolds to a huge one is refused before it does."""
    monkeypatch.setattr(pdf, "MOST_BYTES", 5_000_000)
    bomb = papers.stream(zlib.compress(bytes(10_000_000)), b"/Filter /FlateDecode")
    assert refusal(papers.update(plain("text"), {90: bomb})).code == "too-large"
    assert len(io.BytesIO(bomb).read()) < 20_000
