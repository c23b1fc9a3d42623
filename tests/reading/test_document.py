"""One door for documents of any kind: nothing stays unread, and what cannot be read is refused."""

import io
import zipfile
from collections.abc import Callable, Mapping

import docx as word
import fpdf
import openpyxl
import pytest
from docx.shared import Cm
from PIL import ExifTags, Image

from portal.reading import document, docx, office, part, pdf
from reading import papers

PHONE = "13800000000"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SUFFIXES = "pdf docx xlsx zip csv txt md html xml json png jpg tif svg".split()


def picture(format: str = "PNG", size: tuple[int, int] = (8, 8), owner: str = "") -> bytes:
    """A grey picture, with its owner in its metadata."""
    tags = Image.Exif()
    if owner:
        tags[{name: code for code, name in ExifTags.TAGS.items()}["Artist"]] = owner
    with io.BytesIO() as file:
        Image.new("L", size, 128).save(file, format, exif=tags)
        return file.getvalue()


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """An archive of files by name."""
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in files.items():
                made.writestr(name, content)
        return file.getvalue()


def letter(text: str, *pictures: bytes) -> bytes:
    """A Word file with a line and pictures, without the small picture that python-docx adds."""
    made = word.Document()
    made.add_paragraph(text)
    for one in pictures:
        made.add_picture(io.BytesIO(one), width=Cm(3))
    with io.BytesIO() as file:
        made.save(file)
        with zipfile.ZipFile(file) as archive:
            files = {each.filename: archive.read(each) for each in archive.infolist()}
    return zipped({name: held for name, held in files.items() if "thumbnail" not in name})


def book(text: str) -> bytes:
    """A workbook of one cell."""
    made = openpyxl.Workbook()
    made.worksheets[0]["A1"] = text
    with io.BytesIO() as file:
        made.save(file)
        return file.getvalue()


def sheet(text: str, attached: Mapping[str, bytes] | None = None, *pictures: bytes) -> bytes:
    """A PDF of one page with lines of text, pictures and files within."""

    def draw(pdf: fpdf.FPDF) -> None:
        for number, line in enumerate((text, *["本合同由甲乙双方签订，均为虚构。"] * 6), 1):
            pdf.text(20, 10 * number, line)
        for one in pictures:
            pdf.image(io.BytesIO(one), 20, 100, 60)
        for name, content in (attached or {}).items():
            pdf.embed_file(bytes=content, basename=name, compress=True)

    return papers.paper(draw)


def planted(suffix: str, secret: str) -> bytes:
    """A document of a kind, that holds a secret in the place that is usual for it."""
    makers: dict[str, Callable[[str], bytes]] = {
        "pdf": sheet,
        "docx": letter,
        "xlsx": book,
        "zip": lambda text: zipped({"名单.txt": text}),
        "png": lambda text: picture("PNG", owner=text),
        "jpg": lambda text: picture("JPEG", owner=text),
        "tif": lambda text: picture("TIFF", owner=text),
        "svg": lambda text: f'<svg xmlns="http://www.w3.org/2000/svg">{text}</svg>'.encode(),
    }
    return makers.get(suffix, lambda text: f"<p>{text}</p>".encode())(f"tel {secret}")


def places(name: str, data: bytes, text: str = PHONE) -> set[str]:
    """The places where a text stands in a document."""
    return {each.place for each in document.parts(name, data) if text in each.text}


def refusal(name: str, data: bytes) -> part.Unreadable:
    """Why a document is refused."""
    with pytest.raises(part.Unreadable) as refused:
        document.parts(name, data)
    return refused.value


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_kinds(suffix: str) -> None:
    """A number is found in every kind of document, however its suffix is written."""
    for name in (f"合同.{suffix}", f"合同.{suffix.upper()}"):
        assert places(name, planted(suffix, PHONE))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("outer", ["pdf", "zip", "docx"])
def test_within(outer: str, suffix: str) -> None:
    """A number is found in every kind of document that lies in another, and so is its name."""
    data = planted(suffix, PHONE)
    if outer == "pdf":
        found = document.parts("合同.pdf", sheet("见附件", {f"fj.{suffix}": data}))
        assert {each.place for each in found if PHONE in each.text} == {"attachment"}
        assert part.Part("name", f"fj.{suffix}") in found
    else:
        files = {f"word/embeddings/fj.{suffix}": data}
        if outer == "docx":
            with zipfile.ZipFile(io.BytesIO(letter("见附件"))) as archive:
                files |= {each.filename: archive.read(each) for each in archive.infolist()}
        assert places(f"合同.{outer}", zipped(files))


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "zip", "png", "jpg", "tif"])
def test_no_suffix(suffix: str) -> None:
    """A file whose name says nothing is known by its first bytes."""
    for name in ("", "合同", "合同.dat"):
        assert places(name, planted(suffix, PHONE))


def test_as_the_readers_say() -> None:
    """What stands in the document itself comes as the reader of its kind says it."""
    text, table, paper = letter(PHONE), book(PHONE), papers.contract()
    assert document.parts("a.docx", text) == docx.parts(text)
    assert document.parts("a.xlsx", table) == office.parts("", table)
    assert document.parts("a.pdf", paper) == pdf.parts(paper)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text(encoding: str) -> None:
    """A text is one part, however it is written in China, and on whatever system."""
    text = f"姓名,电话\r\n甲某某,{PHONE}\n"
    for name in ("名单.csv", "名单.txt", "名单.md", "名单.xls", "README"):
        assert document.parts(name, text.encode(encoding)) == (part.Part("text", text),)


def test_letters_as_numbers() -> None:
    """Letters that a page or a program's data give as numbers are letters again."""
    assert places("a.html", "<p>&#30002;某&#x67D0; 138&#48;0000000</p>".encode(), "甲某某 " + PHONE)
    assert places("a.json", rb'{"name": "\u7532\u67d0\u67D0", "face": "\ud83d\ude00"}', "甲某某")


def test_nothing() -> None:
    """In an empty file nothing stands."""
    assert document.parts("a.txt", b"") == document.parts("a", b" \n") == ()


def test_picture_in_word() -> None:
    """What a camera wrote beside a picture is found in a Word file, with the picture's name."""
    found = document.parts("a.docx", letter("见图", picture("JPEG", owner=f"tel {PHONE}")))
    assert part.Part("attachment", f"Artist: tel {PHONE}") in found
    assert part.Part("name", "word/media/image1.jpg") in found


def test_picture_on_page() -> None:
    """What a camera wrote beside a picture is found where a page of a PDF shows it."""
    photo = picture("JPEG", owner=f"tel {PHONE}")
    data = sheet("见图", None, photo)
    assert photo in data
    assert places("a.pdf", data) == {"attachment"}


def test_broken_picture_on_page() -> None:
    """A PDF with a picture that cannot be opened is read all the same."""
    photo = picture("JPEG")
    data = sheet(PHONE, None, photo).replace(photo, photo[:20] + b"\0" * (len(photo) - 20))
    assert places("a.pdf", data) == {"text"}


def test_deep() -> None:
    """Files are read three deep, and named by all that they lie in; a deeper one is refused."""
    data = sheet(PHONE)
    for level in (2, 1, 0):
        data = sheet("见附件", {f"{level}.pdf": data})
    found = document.parts("a.pdf", data)
    assert part.Part("name", "0.pdf/1.pdf/2.pdf") in found
    assert {each.place for each in found if PHONE in each.text} == {"attachment"}
    refused = refusal("a.pdf", sheet("见附件", {"x.pdf": data}))
    assert (refused.code, refused.given["name"]) == ("too-deep", "x.pdf/0.pdf/1.pdf")


def test_deep_kinds() -> None:
    """A picture in a Word file in a PDF in an archive is read."""
    photo = picture("JPEG", owner=f"tel {PHONE}")
    data = zipped({"c.pdf": sheet("见附件", {"b.docx": letter("见图", photo)})})
    assert part.Part("name", "c.pdf/b.docx/word/media/image1.jpg") in document.parts("d.zip", data)
    assert places("d.zip", data) == {"attachment"}


def test_too_many_files() -> None:
    """Five hundred files within are read, one more is not; those of all levels count."""
    files = {f"{number}.txt": f"{PHONE}" for number in range(document.MOST_FILES)}
    assert places("a.zip", zipped(files)) == {"attachment"}
    assert refusal("a.zip", zipped({**files, "x.txt": "x"})).code == "too-many-files"
    half = {f"{number}.txt": "x" for number in range(document.MOST_FILES // 2)}
    halves = {name: sheet("见附件", {"x.zip": zipped(half)}) for name in ("a.pdf", "b.pdf")}
    assert refusal("a.zip", zipped(halves)).code == "too-many-files"


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are small one by one, and too large together, are refused."""
    monkeypatch.setattr(document, "MOST_BYTES", 2_000_000)
    inner = zipped({"x.txt": b"x" * 900_000})
    attached = {f"{number}.zip": inner for number in range(3)}
    assert refusal("a.pdf", sheet("见附件", attached)).code == "too-large"
    assert refusal("a.txt", bytes(document.MOST_BYTES + 1)).code == "too-large"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.doc", OLD, "old-office"),
        ("a.xls", OLD, "old-office"),
        ("a.docx", OLD + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.docx", b"PK\x03\x04", "damaged"),
        ("a.docx", "不是".encode(), "damaged"),
        ("a.pdf", b"%PDF-1.7", "damaged"),
        ("a.png", b"\x89PNG", "damaged"),
        ("a.exe", b"MZ\x90\0\x03\0\0\0", "unknown-format"),
        ("a.txt", b"a\0b", "unknown-format"),
        ("a.bin", bytes(range(256)), "unknown-format"),
        ("a.rtf", rb"{\rtf1 \u30002?}", "unknown-format"),
        ("a.eml", b"From: a\nContent-Transfer-Encoding: base64\n\nMTM4", "unknown-format"),
        ("a.html", b"<img src='data:image/png;base64,iVBORw0KGgo='>", "unknown-format"),
    ],
)
def test_refused(name: str, data: bytes, code: str) -> None:
    """What cannot be read is refused with the reason; within a document, with its name."""
    assert (refusal(name, data).code, refusal(name, data).given) == (code, {})
    within = refusal("a.pdf", sheet("见附件", {name: data}))
    assert (within.code, within.given) == (code, {"name": name})
    with pytest.raises(part.Unreadable) as unseen:
        document.unseen(name, data)
    assert unseen.value.code == code


def test_encrypted_pdf() -> None:
    """A PDF with a password is refused as such."""

    def draw(pdf: fpdf.FPDF) -> None:
        pdf.set_encryption("owner", "user")
        pdf.text(20, 20, PHONE)

    data = papers.paper(draw)
    assert refusal("a.pdf", data).code == "encrypted"
    assert refusal("a.zip", zipped({"b.pdf": data})).given == {"name": "b.pdf"}


def test_fonts() -> None:
    """A font in a document is no reason to refuse it."""
    with open(papers.FONT, "rb") as file:
        beginning = file.read(1000)
    data = zipped({"f.ttc": beginning, "f.odttf": bytes(range(256)), "t.txt": PHONE})
    assert places("a.zip", data) == {"attachment"}


def test_all_seen() -> None:
    """Where all is text, or a picture is a mere icon, nothing is left to look at."""
    for suffix in "docx xlsx zip csv txt md html xml json".split():
        assert document.unseen(f"a.{suffix}", planted(suffix, PHONE)) == ((), 0)
    icon = picture(size=document.ICON)
    assert not document.unseen("a.docx", letter("见图", icon))
    assert not document.unseen("a.pdf", sheet("见图", None, icon))
    assert not document.unseen("a.pdf", papers.contract())
    assert not document.unseen(
        "a.odt", zipped({"Thumbnails/thumbnail.png": picture(size=(181, 256))})
    )


def test_scan() -> None:
    """The pages of a scan are unseen, by number; their own pictures do not count again."""
    image = papers.pictures(papers.contract(), 72)[0]
    data = papers.paper(lambda pdf: pdf.text(20, 20, "第一页"), papers.shown(image))
    assert document.unseen("a.pdf", data) == document.Unseen((2,), 0)
    assert document.unseen("a.zip", zipped({"b.pdf": data})) == document.Unseen((), 1)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "TIFF"])
def test_picture_itself(format: str) -> None:
    """A picture is unseen, of whatever size, and so is a drawing."""
    assert document.unseen(f"a.{format}", picture(format)) == document.Unseen((), 1)
    assert document.unseen("a.svg", planted("svg", PHONE)) == document.Unseen((), 1)


@pytest.mark.parametrize("size", [(201, 20), (20, 101), (1000, 1000)])
def test_picture_within(size: tuple[int, int]) -> None:
    """A picture in a document that is wider or higher than an icon is unseen."""
    large = picture(size=size)
    assert document.unseen("a.docx", letter("见图", large)) == document.Unseen((), 1)
    assert document.unseen("a.pdf", sheet("见图", None, large)) == document.Unseen((), 1)
    assert document.unseen("a.pdf", sheet("见图", {"b.png": large})) == document.Unseen((), 1)
    assert document.unseen("a.zip", zipped({"b.png": large, "c.png": large})).pictures == 2


def test_picture_on_every_page() -> None:
    """One picture on every page of a PDF is one picture."""
    photo = picture("JPEG", (300, 300))

    def draw(pdf: fpdf.FPDF) -> None:
        pdf.image(io.BytesIO(photo), 20, 100, 60)
        for number in range(1, 8):
            pdf.text(20, 10 * number, "本合同由甲乙双方签订，均为虚构。")

    assert document.unseen("a.pdf", papers.paper(*[draw] * 3)) == document.Unseen((), 1)


def test_broken_anyhow() -> None:
    """However a document is broken, it is refused, or read; nothing else happens."""
    whole = zipped({"b.jpg": picture("JPEG", owner=PHONE), "c.txt": PHONE})
    for place in range(0, len(whole), 7):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        for data in (bytes(broken), whole[:place]):
            for ask in (document.parts, document.unseen):
                try:
                    ask("a.zip", data)
                except part.Unreadable:
                    continue
