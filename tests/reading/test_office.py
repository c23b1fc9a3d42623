"""Workbooks, slides, open documents and archives: nothing in them stays unseen."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

import growth
from portal.reading import office
from portal.reading.part import Unreadable

PHONE = "13800000000"
ACCOUNT = "6222000000000000123"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
OFD = "http://www.ofdspec.org/2016"


def packed(**files: str | bytes) -> bytes:
    """An archive of files; two low lines in a name stand for a slash, one for a point."""
    return archive({name.replace("__", "/").replace("_", "."): files[name] for name in files})


def archive(files: dict[str, str | bytes]) -> bytes:
    """An archive of files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def found(data: bytes, place: str) -> str:
    """All that stands at a place."""
    return "\n".join(part.text for part in office.parts("", data) if part.place == place)


def code(data: bytes) -> str:
    """Why a file is refused."""
    with pytest.raises(Unreadable) as raised:
        office.parts("", data)
    return raised.value.code


def test_cells() -> None:
    """Cells are parted by tabs and rows by line breaks; figures come with all their digits."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["甲某某", "电话", int(PHONE)])
    book.worksheets[0].append(["账号", 6.222e18])
    assert found(saved(book), "text") == f"甲某某\t电话\t{PHONE}\n账号\t6222000000000000000"


def test_figure_with_exponent() -> None:
    """An account that a program wrote with an exponent is written out."""
    row = f'<row r="1"><c r="A1"><v>{ACCOUNT[0]}.{ACCOUNT[1:]}E+18</v></c></row>'
    sheet = f'<worksheet xmlns="{X}"><sheetData>{row}</sheetData></worksheet>'
    assert found(archive({"xl/worksheets/sheet1.xml": sheet}), "text") == ACCOUNT


def test_hidden_sheet() -> None:
    """A hidden sheet is hidden, however well it is hidden."""
    book = openpyxl.Workbook()
    for state in ("hidden", "veryHidden"):
        sheet = book.create_sheet(state)
        sheet.sheet_state = state
        sheet["A1"] = f"{state}{PHONE}"
    data = saved(book)
    assert found(data, "hidden").count(PHONE) == 2
    assert PHONE not in found(data, "text")


def test_hidden_row_and_column() -> None:
    """Hidden rows and columns are hidden; what stands beside them is shown."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("单价", "电话"), ("1", PHONE), ("暗行", "暗")):
        sheet.append(row)
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    data = saved(book)
    assert found(data, "text").split() == ["单价", "1"]
    assert f"1\t{PHONE}" in found(data, "hidden")
    assert "暗行\t暗" in found(data, "hidden")


def test_cell_comment() -> None:
    """A comment of a cell is found, with its author."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"].comment = Comment(f"请致电{PHONE}", "甲某某")
    assert {f"请致电{PHONE}", "甲某某"} <= set(found(saved(book), "comment").split("\n"))


def test_workbook_names() -> None:
    """Names of sheets, defined names, choices of a cell and link targets are found."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "甲某某"
    book.defined_names["zhangsan"] = DefinedName("zhangsan", attr_text=f'"{PHONE}"')
    choice = DataValidation(type="list", formula1='"lisi,wangwu"', promptTitle="乙某某")
    choice.add("A1")
    sheet.add_data_validation(choice)
    sheet["A2"].hyperlink = f"tel:{PHONE}"
    data = saved(book)
    assert {"甲某某", "zhangsan", f'"{PHONE}"'} <= set(found(data, "hidden").split("\n"))
    assert {"乙某某", '"lisi,wangwu"'} <= set(found(data, "field").split("\n"))
    assert f"tel:{PHONE}" in found(data, "link")


def test_properties() -> None:
    """The author of a workbook is found."""
    book = openpyxl.Workbook()
    book.properties.creator = "甲某某"
    assert "creator: 甲某某" in found(saved(book), "metadata")


def test_unused_string() -> None:
    """A text that no cell shows any more, but that is still in the file, is found."""
    strings = (
        f'<sst xmlns="{X}"><si><r><t>138</t></r><r><t>00000000</t></r><rPh><t>pinyin</t></rPh></si>'
        "<si><t>旧</t></si></sst>"
    )
    row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    sheet = f'<worksheet xmlns="{X}"><sheetData>{row}</sheetData></worksheet>'
    data = archive({"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet})
    assert found(data, "text") == PHONE
    assert found(data, "hidden").split("\n") == [f"{PHONE}pinyin", "旧"]


def test_copy_of_data() -> None:
    """The copy of its data that a pivot table keeps is found, plain words too."""
    cache = f'<pivotCacheRecords xmlns="{X}"><r><s v="zhangsan"/></r></pivotCacheRecords>'
    assert found(packed(xl__records_xml=cache), "hidden") == "zhangsan"


def test_slides() -> None:
    """Slides are text, also where runs split a number; notes and hidden slides are hidden."""

    def slide(name: str, text: str, attributes: str = "") -> str:
        runs = "".join(f"<a:r><a:t>{one}</a:t></a:r>" for one in text.split("|"))
        body = f"<p:txBody><a:p>{runs}</a:p></p:txBody>"
        return f'<p:{name} xmlns:p="{P}" xmlns:a="{A}" {attributes}>{body}</p:{name}>'

    data = packed(
        ppt__slides__slide1_xml=slide("sld", "138|0000|0000"),
        ppt__slides__slide2_xml=slide("sld", "暗页", 'show="0"'),
        ppt__notesSlides__notes1_xml=slide("notes", "备注甲某某"),
        ppt__comments__comment1_xml=f'<p:cmLst xmlns:p="{P}"><p:text>批注</p:text></p:cmLst>',
        ppt__authors_xml=f'<p:cmAuthorLst xmlns:p="{P}"><p:cmAuthor name="jia"/></p:cmAuthorLst>',
    )
    assert found(data, "text") == PHONE
    assert found(data, "hidden").split("\n") == ["暗页", "备注甲某某"]
    assert found(data, "comment").split("\n") == ["批注", "jia"]


def test_open_document() -> None:
    """An open document is read: spans do not split a number, comments and authors are found."""
    body = (
        "<text:p>电话138<text:span>0000</text:span>0000</text:p>"
        '<text:p>甲<office:annotation><dc:creator xmlns:dc="urn:example">乙某某</dc:creator>'
        "<text:p>问</text:p></office:annotation></text:p>"
    )
    spaces = f'xmlns:office="{OFFICE}" xmlns:text="{TEXT}"'
    data = packed(
        content_xml=f"<office:document-content {spaces}>{body}</office:document-content>",
        meta_xml=f"<office:document-meta {spaces}><creator>丙某某</creator></office:document-meta>",
    )
    assert f"电话{PHONE}" in found(data, "text").split("\n")
    assert {"问", "乙某某"} <= set(found(data, "comment").split("\n"))
    assert found(data, "metadata") == "creator: 丙某某"


def test_ofd() -> None:
    """A page of an OFD is read, though every character stands on its own."""
    signs = "".join(f'<ofd:TextCode X="1" DeltaX="g 10 3.5">{one}</ofd:TextCode>' for one in PHONE)
    page = f'<ofd:Page xmlns:ofd="{OFD}"><ofd:TextObject>{signs}</ofd:TextObject></ofd:Page>'
    head = f'<ofd:OFD xmlns:ofd="{OFD}"><ofd:Author>甲某某</ofd:Author></ofd:OFD>'
    data = packed(OFD_xml=head, Doc__Pages__Page__Content_xml=page)
    assert found(data, "text") == PHONE
    assert found(data, "metadata") == "Author: 甲某某"


def test_archive() -> None:
    """Archives within archives are read; what cannot be read is named and given back."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = PHONE
    inner = archive({"名单.xlsx": saved(book), "合同.pdf": b"%PDF-1.7"})
    data = archive({"内.zip": inner, "照片.jpg": b"\xff\xd8", "说明.txt": "虚构"})
    assert found(data, "text") == PHONE
    assert {"内.zip/合同.pdf", "说明.txt"} <= set(found(data, "attachment").split("\n"))
    assert "内.zip/名单.xlsx/xl/workbook.xml" in found(data, "name").split("\n")
    assert [name for name, _ in office.embedded("外.zip", data)] == [
        "外.zip/照片.jpg", "外.zip/说明.txt", "外.zip/内.zip/合同.pdf",
    ]  # fmt: skip


def test_too_many_archives() -> None:
    """An archive in an archive in an archive is read; one more is refused."""
    data = archive({"x.xml": f"<x>{PHONE}</x>"})
    data = archive({"c.zip": data})
    data = archive({"b.zip": data})
    assert PHONE in found(data, "hidden")
    assert code(archive({"a.zip": data})) == "damaged"


def test_bomb_in_archives() -> None:
    """Archives that are small one by one, and too large together, are refused."""
    inner = archive({"x.bin": b"\0" * 60_000_000})
    assert code(archive({f"{one}.zip": inner for one in range(4)})) == "damaged"


def test_too_many_files() -> None:
    """An archive of ten thousands of files is refused."""
    assert code(archive({f"{one}.txt": b"" for one in range(office.MOST_FILES + 1)})) == "damaged"


def test_too_many_tags() -> None:
    """An XML file of nothing but tags is refused before it takes minutes."""
    assert code(packed(x_xml="<x>" + "<a/>" * office.MOST_TAGS + "</x>")) == "damaged"


def test_time() -> None:
    """A large file is read in proportion to its size."""
    short, long = (
        packed(x_xml="<x>" + "<a b='1'/>" * (office.MOST_TAGS // part - 9) + "</x>")
        for part in (32, 4)
    )
    growth.assert_linear(lambda data: office.parts("", data), short, long, 8, "tags")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_by_windows(encoding: str) -> None:
    """A Chinese name in an archive is read, though the archive does not say how it is written."""
    raw = archive({"XXXXXX.txt" if encoding == "gbk" else "XXXXXXXXX.txt": b""})
    data = raw.replace(b"X" * len("甲某某".encode(encoding)), "甲某某".encode(encoding))
    assert found(data, "name") == "甲某某.txt"


def test_remarks() -> None:
    """What is written about an archive, and about a file in it, is found."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.comment = "甲某某".encode()
        entry = zipfile.ZipInfo("x.txt")
        entry.comment = "乙某某".encode("gbk")
        made.writestr(entry, b"")
    assert found(out.getvalue(), "metadata") == "甲某某\n乙某某"


def test_two_of_a_name() -> None:
    """Of two files with one name, both are read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("x.xml", "<x>甲</x>")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("x.xml", "<x>乙</x>")
    assert found(out.getvalue(), "hidden") == "甲\n乙"


def test_bytes_beside_the_files() -> None:
    """Bytes that belong to no file of the archive are refused: before, between, and after."""
    data = archive({"x.txt": b"x"})
    begin = data.index(b"PK\x01\x02")
    assert code(b"secret" + data) == "damaged"
    assert code(data + b"secret") == "damaged"
    assert code(data[:begin] + b"secret" + data[begin:]) == "damaged"
    assert found(data, "name") == "x.txt"


def test_streamed_archive() -> None:
    """An archive that was written to a stream, with sizes after each file, is read."""

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]  # only bytes come
            self.data += bytes(data)
            return len(data)

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:  # type: ignore[type-var]
        made.writestr("x.xml", "<x>甲</x>")
        made.writestr("y.xml", "<x>乙</x>")
    assert found(stream.data, "hidden") == "甲\n乙"


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>',
        "<x>",
        '<?xml version="1.0" encoding="klingon"?><x/>',
        "",
    ],
)
def test_xml_refused(xml: str) -> None:
    """XML with a document type is refused, and so is what is no XML."""
    assert code(packed(x_xml=xml)) == "damaged"


def test_not_quite_xml() -> None:
    """A drawing that is not quite XML, as Excel writes them, is taken as it is written."""
    assert found(packed(x_vml=f"<xml><br>{PHONE}</xml>"), "hidden") == f"<xml><br>{PHONE}</xml>"


def test_encrypted() -> None:
    """An archive with a password is refused as such, and so is an open document."""
    data = bytearray(archive({"x.txt": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert code(bytes(data)) == "encrypted"
    manifest = '<manifest:encryption-data xmlns:manifest="urn:example"/>'
    assert code(archive({"META-INF/manifest.xml": manifest})) == "encrypted"


def test_old_office() -> None:
    """An old .doc or .xls is refused as such."""
    assert code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512) == "old-office"


def test_broken_anyhow() -> None:
    """However a file is broken, it is refused, or read; nothing else happens."""
    data = packed(x_xml=f"<x>{PHONE}</x>", y_xml="<y/>")
    for place in range(len(data)):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        for raw in (bytes(broken), data[:place]):
            try:
                office.parts("", raw)
            except Unreadable:
                continue
