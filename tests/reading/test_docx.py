"""Word files: nothing in them stays unseen, and what a reader sees becomes Markdown."""

import io
import zipfile
from collections.abc import Callable

import docx as word
import openpyxl
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml

from portal.reading import docx
from portal.reading.part import Unreadable

PHONE = "13800000000"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = f'xmlns:w="{W}"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def made(*changes: Callable[[Document], object]) -> bytes:
    """A file by python-docx, with a line of its own, after some changes."""
    document = word.Document()
    document.add_paragraph("本合同为虚构。")
    for change in changes:
        change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def inserted(xml: str) -> Callable[[Document], object]:
    """Adds paragraphs, or whatever stands in a body, as they are written in the file."""

    def change(document: Document) -> None:
        for one in parse_xml(f"<w:body {SPACES}>{xml}</w:body>"):
            document.element.body.insert(len(document.element.body) - 1, one)

    return change


def added(data: bytes, files: dict[str, str | bytes], relations: str = "") -> bytes:
    """A file with more files in it, and relations of its document to them."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/_rels/document.xml.rels":
                content = content.replace(
                    b"</Relationships>", f"{relations}</Relationships>".encode()
                )
            if entry.filename not in files:
                new.writestr(entry, content)
        for name, content in files.items():
            new.writestr(name, content)
    return out.getvalue()


def relation(kind: str, target: str) -> str:
    """A relation of the document to a file within."""
    return f'<Relationship Id="x{kind}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def noted(kind: str, text: str) -> bytes:
    """A file with a note, at the foot or at the end, that its last paragraph refers to."""
    xml = (
        f'<w:{kind}s {SPACES}><w:{kind} w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        f"</w:{kind}></w:{kind}s>"
    )
    body = f'<w:p><w:r><w:t>验收</w:t></w:r><w:r><w:{kind}Reference w:id="2"/></w:r></w:p>'
    return added(
        made(inserted(body)), {f"word/{kind}s.xml": xml}, relation(f"{kind}s", f"{kind}s.xml")
    )


def found(data: bytes, place: str) -> str:
    """All that stands at a place."""
    return "\n".join(part.text for part in docx.parts(data) if part.place == place)


def run(text: str, properties: str = "") -> str:
    """A run of text, with properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def code(data: bytes) -> str:
    """Why a file is refused as a text."""
    with pytest.raises(Unreadable) as raised:
        docx.text(data)
    return raised.value.code


def test_phone_over_runs() -> None:
    """A number that Word has split over three runs is found as one."""
    body = f"<w:p>{run('电话：138', '<w:b/>')}{run('0000')}{run('0000', '<w:i/>')}</w:p>"
    assert f"电话：{PHONE}" in found(made(inserted(body)), "text")


def test_phone_over_runs_and_tags() -> None:
    """Links, content controls and marks of the spelling checker do not split a number either."""
    body = (
        f"<w:p>{run('138')}<w:proofErr w:type='spellStart'/><w:hyperlink w:anchor='a'>{run('00')}"
        f"</w:hyperlink><w:sdt><w:sdtContent>{run('000')}</w:sdtContent></w:sdt>{run('000')}</w:p>"
    )
    assert PHONE in found(made(inserted(body)), "text")


def test_phone_over_paragraphs() -> None:
    """Paragraphs are parted by one line break."""
    body = f"<w:p>{run('电话：138')}</w:p><w:p>{run('00000000')}</w:p>"
    assert "电话：138\n00000000" in found(made(inserted(body)), "text")


def test_table() -> None:
    """Cells are parted by tabs, rows by line breaks, paragraphs of a cell by line breaks."""

    def change(document: Document) -> None:
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ["联系人", "电话", "甲某某", PHONE], strict=True):
            cell.text = text
        table.cell(0, 0).add_paragraph("（乙方）")

    assert f"联系人\n（乙方）\t电话\n甲某某\t{PHONE}" in found(made(change), "text")


def test_header_and_footer() -> None:
    """What stands in the header and the footer is found."""

    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "页眉甲某某"
        document.sections[0].footer.paragraphs[0].text = "页脚乙某某"

    assert {"页眉甲某某", "页脚乙某某"} <= set(found(made(change), "text").split("\n"))


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_note(kind: str) -> None:
    """Notes are found, at the foot of a page and at the end."""
    assert PHONE in found(noted(kind, PHONE), "text")


def test_text_box() -> None:
    """A text box is found, both in its new form and in the one for older programs."""
    box = f"<w:txbxContent><w:p>{run('框中' + PHONE)}</w:p></w:txbxContent>"
    body = f"<w:p>{run('前')}<w:r><w:pict>{box}</w:pict></w:r>{run('后')}</w:p>"
    assert f"框中{PHONE}\n前后" in found(made(inserted(body)), "text")


def test_comment() -> None:
    """A comment is found, with its author."""

    def change(document: Document) -> None:
        document.add_comment(document.paragraphs[0].runs, f"请致电{PHONE}", "甲某某", "甲")

    assert {f"请致电{PHONE}", "甲某某", "甲"} <= set(found(made(change), "comment").split("\n"))


def test_changes() -> None:
    """Insertions and deletions are found as the line reads with them, and their authors."""
    body = (
        f"<w:p>{run('电话：138')}<w:del w:id='1' w:author='甲某某'><w:r><w:delText>11111111"
        "</w:delText></w:r></w:del>"
        f"<w:ins w:id='2' w:author='乙某某'>{run('00000000')}</w:ins></w:p>"
    )
    changes = found(made(inserted(body)), "change").split("\n")
    assert {"电话：13811111111", "电话：13800000000", "甲某某", "乙某某"} <= set(changes)


def test_move() -> None:
    """What was moved is found, where it was and where it is."""
    body = (
        f"<w:p><w:moveFrom w:id='1' w:author='甲某某'>{run('旧处' + PHONE)}</w:moveFrom></w:p>"
        f"<w:p><w:moveTo w:id='2' w:author='甲某某'>{run('新处' + PHONE)}</w:moveTo></w:p>"
    )
    changes = found(made(inserted(body)), "change")
    assert f"旧处{PHONE}" in changes
    assert f"新处{PHONE}" in changes


def test_formatting_change() -> None:
    """Who changed the look of a word is found, too."""
    change = '<w:rPrChange w:id="1" w:author="甲某某"><w:rPr/></w:rPrChange>'
    body = f"<w:p>{run('字', change)}</w:p>"
    assert "甲某某" in found(made(inserted(body)), "change")


def test_hidden() -> None:
    """Hidden text is found as hidden, and the shown text does not hold it."""
    data = made(inserted(f"<w:p>{run('电话：')}{run(PHONE, '<w:vanish/>')}</w:p>"))
    assert f"电话：{PHONE}" in found(data, "hidden")
    assert PHONE not in found(data, "text")


def test_vanish_switched_off() -> None:
    """Text that is said not to be hidden is shown."""
    data = made(inserted("<w:p>" + run(PHONE, '<w:vanish w:val="0"/>') + "</w:p>"))
    assert PHONE in found(data, "text")


def hidden_by_style(document: Document) -> None:
    """Adds a paragraph in a style that is based on a hidden one."""
    below = document.styles.add_style("Unseen", WD_STYLE_TYPE.PARAGRAPH)
    below.font.hidden = True
    style = document.styles.add_style("Unseen Too", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = below
    document.add_paragraph(PHONE, style)


def test_hidden_by_style() -> None:
    """Text is hidden as well where its style, or what that is based on, says so."""
    assert PHONE in found(made(hidden_by_style), "hidden")


def test_hidden_row() -> None:
    """A hidden row of a table is hidden."""
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>{run(PHONE)}</w:p></w:tc></w:tr>"
    assert PHONE in found(made(inserted(f"<w:tbl>{row}</w:tbl>")), "hidden")


def test_white() -> None:
    """White text on white is text."""
    body = "<w:p>" + run(PHONE, '<w:color w:val="FFFFFF"/>') + "</w:p>"
    assert PHONE in found(made(inserted(body)), "text")


def test_alternative() -> None:
    """What describes a picture is found, and its name."""
    body = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"><wp:docPr id="1" name="甲某某身份证" descr="电话13800000000"/>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    assert found(made(inserted(body)), "alternative") == "甲某某身份证\n电话13800000000"


def test_link() -> None:
    """The target of a link is found, also where its digits are written as codes."""

    def change(document: Document) -> None:
        document.part.relate_to(
            "mailto:jia@example.org", f"{RELATIONS}/hyperlink", is_external=True
        )
        document.part.relate_to("tel:%31%338%300000000", f"{RELATIONS}/hyperlink", is_external=True)

    links = found(made(change), "link")
    assert "mailto:jia@example.org" in links
    assert f"tel:{PHONE}" in links


def test_link_in_field() -> None:
    """A link that is written as a field is one as well, split over runs though it be."""
    body = (
        '<w:p><w:r><w:instrText>HYPERLINK "tel:138</w:instrText></w:r>'
        f'<w:r><w:instrText>00000000"</w:instrText></w:r>{run("电话")}</w:p>'
    )
    assert f'"tel:{PHONE}"' in found(made(inserted(body)), "link")


def test_form() -> None:
    """The names, choices and defaults of a form are found."""
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:helpText w:val="问甲某某"/>'
        '<w:textInput><w:default w:val="乙某某"/></w:textInput></w:ffData></w:fldChar></w:r></w:p>'
        '<w:sdt><w:sdtPr><w:alias w:val="经办人丙某某"/></w:sdtPr>'
        "<w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    )
    assert found(made(inserted(body)), "field") == "问甲某某\n乙某某\n经办人丙某某"


def test_properties() -> None:
    """Author, last author, title, company and what else is written in the properties is found."""

    def change(document: Document) -> None:
        document.core_properties.author = "甲某某"
        document.core_properties.last_modified_by = "乙某某"
        document.core_properties.title = f"电话{PHONE}"

    app = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Company>某某公司</Company><Manager>丙某某</Manager></Properties>"
    )
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
        '<property name="经办人"><lpwstr>丁某某</lpwstr></property></Properties>'
    )
    people = (
        '<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:person w15:author="戊某某"/></w15:people>'
    )
    files = {"docProps/app.xml": app, "docProps/custom.xml": custom, "word/people.xml": people}
    metadata = found(added(made(change), files), "metadata")
    for text in (
        "creator: 甲某某", "lastModifiedBy: 乙某某", f"title: 电话{PHONE}", "Company: 某某公司",
        "Manager: 丙某某", "经办人", "丁某某", "戊某某",
    ):  # fmt: skip
        assert text in metadata


def test_custom_xml() -> None:
    """Of an XML file that is not Word's own, every text and every value is found."""
    item = f'<a:b xmlns:a="urn:example:x" c="zhangsan"><!--甲某某--><d>{PHONE}</d></a:b>'
    hidden = found(added(made(), {"customXml/item1.xml": item}), "hidden").split("\n")
    assert {"zhangsan", "甲某某", PHONE} <= set(hidden)


def test_variable() -> None:
    """A variable that a macro left in the settings is found."""
    settings = (
        f'<w:settings {SPACES}><w:docVars><w:docVar w:name="zhangsan" w:val="{PHONE}"/>'
        '</w:docVars><w:rsids><w:rsid w:val="13800000"/></w:rsids></w:settings>'
    )
    hidden = found(added(made(), {"word/settings.xml": settings}), "hidden").split("\n")
    assert {"zhangsan", PHONE} <= set(hidden)
    assert "13800000" not in hidden


def test_plain_file_is_quiet() -> None:
    """A new file raises no alarm: its markup holds no digits that could be anybody's."""
    for part in docx.parts(made()):
        assert not any(text.isdigit() and len(text) > 6 for text in part.text.split())


def test_embedded() -> None:
    """A workbook within is read as well; other files are named, and given back with pictures."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = f"甲某某{PHONE}"
    out = io.BytesIO()
    book.save(out)
    files: dict[str, str | bytes] = {
        "word/embeddings/名单.xlsx": out.getvalue(),
        "word/embeddings/附件.pdf": b"%PDF-1.7",
        "word/media/image1.png": b"\x89PNG",
    }
    data = added(made(), files)
    assert f"甲某某{PHONE}" in found(data, "text")
    attachments = found(data, "attachment").split("\n")
    assert attachments == ["word/embeddings/名单.xlsx", "word/embeddings/附件.pdf"]
    given = dict(docx.embedded(data))
    assert given["word/embeddings/附件.pdf"] == b"%PDF-1.7"
    assert given["word/media/image1.png"] == b"\x89PNG"
    assert "word/embeddings/名单.xlsx" not in given


def test_name_within() -> None:
    """The name of a file within is found, since a person may stand in it."""
    data = added(made(), {"word/media/甲某某身份证.png": b"\x89PNG"})
    assert "word/media/甲某某身份证.png" in found(data, "name")


def test_text() -> None:
    """Headings, paragraphs, line breaks and lists come as Markdown; the header does not come."""

    def change(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "页眉"
        document.add_heading("总则", 1)
        document.add_heading("范围", 2)
        document.add_paragraph("　　第一行\n第二行")
        document.add_paragraph("# 不是标题")
        document.add_paragraph("甲", "List Bullet")
        document.add_paragraph("乙", "List Bullet")
        document.add_paragraph("完")

    assert docx.text(made(change)) == (
        "本合同为虚构。\n\n# 总则\n\n## 范围\n\n第一行  \n第二行\n\n"
        "\\# 不是标题\n\n- 甲\n- 乙\n\n完"
    )


def numbering(*levels: tuple[str, str]) -> str:
    """A list by the formats and the patterns of its levels."""
    rows = (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for index, (kind, pattern) in enumerate(levels)
    )
    return (
        f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="7">{"".join(rows)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        "</w:numbering>"
    )


def item(level: int, text: str, key: int = 1) -> str:
    """A paragraph of a list."""
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr></w:pPr>'
        f"{run(text)}</w:p>"
    )


def listed(levels: tuple[tuple[str, str], ...], *items: str) -> str:
    """The lines of a list as they are read."""
    files: dict[str, str | bytes] = {"word/numbering.xml": numbering(*levels)}
    data = added(made(inserted("".join(items))), files)
    return docx.text(data).removeprefix("本合同为虚构。\n\n")


def test_chinese_numbers() -> None:
    """Numbers that Word counts are written out, as Chinese contracts have them."""
    levels = (
        ("chineseCounting", "%1、"),
        ("chineseCountingThousand", "（%2）"),
        ("decimal", "%3."),
    )
    items = (item(0, "总则"), item(1, "甲"), item(1, "乙"), item(2, "子"), item(2, "丑"))
    more = (item(0, "付款"), item(1, "丙"))
    assert listed(levels, *items, *more) == (
        "一、总则\n\n（一）甲\n\n（二）乙\n\n1. 子\n2. 丑\n\n二、付款\n\n（一）丙"
    )


def test_article_numbers() -> None:
    """A pattern may hold words and the numbers of higher levels."""
    levels = (("chineseCountingThousand", "第%1条"), ("decimal", "%1.%2"))
    assert listed(levels, *(item(0, f"条{n}") for n in range(12))).endswith("第十二条 条11")
    assert listed((("decimal", "%1."), ("decimal", "%1.%2")), item(0, "甲"), item(1, "乙")) == (
        "1. 甲\n\n1.1 乙"
    )


def test_number_restarts() -> None:
    """A list that begins again begins with one."""
    assert listed((("decimal", "%1."),), item(0, "甲"), item(0, "乙"), item(0, "丙", 2)) == (
        "1. 甲\n2. 乙\n1. 丙"
    )


@pytest.mark.parametrize(
    ("count", "format", "written"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCounting", "二十一"),
        (110, "chineseCounting", "一一○"),
        (101, "chineseCountingThousand", "一百〇一"),
        (110, "chineseCountingThousand", "一百一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (20, "ideographDigital", "二〇"),
        (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"),
        (12, "decimalEnclosedCircleChinese", "⑫"),
        (28, "lowerLetter", "bb"),
        (1994, "upperRoman", "MCMXCIV"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (5, "hebrew1", "5"),
    ],
)
def test_written(count: int, format: str, written: str) -> None:
    """A number is written in the format of its list, and in figures where that is unknown."""
    assert docx.written(count, format) == written


def test_table_in_text() -> None:
    """A table has pipes; merged cells stand once, what they cover is empty, lines become spaces."""

    def change(document: Document) -> None:
        table = document.add_table(3, 3)
        texts = ["项目", "单价", "金额", "甲|乙", "一\n二", "3", "", "5", "6"]
        for cell, text in zip(table._cells, texts, strict=True):
            cell.text = text
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(0, 1).merge(table.cell(0, 2))

    assert docx.text(made(change)).split("\n\n")[1] == (
        "| 项目 | 单价 金额 |  |\n| --- | --- | --- |\n| 甲\\|乙 | 一 二 | 3 |\n|  | 5 | 6 |"
    )


def test_numbers_in_table() -> None:
    """A column of numbers that Word counts is not empty."""
    cells = "".join(f"<w:tr><w:tc>{item(0, '')}</w:tc></w:tr>" for _ in range(2))
    assert listed((("decimal", "%1"),), f"<w:tbl>{cells}</w:tbl>") == "| 1 |\n| --- |\n| 2 |"


def test_text_box_in_text() -> None:
    """A text box that is written twice, for new and for old programs, is read once."""
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent>"
    body = (
        f'<w:p>{run("前")}<w:r><mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="wps">'
        f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r></w:p>"
    )
    assert docx.text(made(inserted(body))) == "本合同为虚构。\n\n前\n\n框"


def test_note_in_text() -> None:
    """A note is marked where it belongs, and comes at the end."""
    assert docx.text(noted("footnote", "以书面为准")) == (
        "本合同为虚构。\n\n验收（注1）\n\n注1：以书面为准"
    )


def test_changes_refused() -> None:
    """A file with tracked changes is refused: what is agreed on is not clear."""
    body = f"<w:p><w:ins w:id='1' w:author='甲某某'>{run('新')}</w:ins></w:p>"
    assert code(made(inserted(body))) == "docx-changes"


def test_comments_refused() -> None:
    """A file with comments is refused."""
    data = made(lambda document: document.add_comment(document.paragraphs[0].runs, "问"))
    assert code(data) == "docx-comments"


def test_hidden_refused() -> None:
    """A file with hidden text is refused, hidden by itself or by its style."""
    assert code(made(inserted(f"<w:p>{run('暗', '<w:vanish/>')}</w:p>"))) == "docx-hidden"
    assert code(made(hidden_by_style)) == "docx-hidden"


def test_nothing_to_read() -> None:
    """A file without words is refused, a scan in Word for instance."""
    out = io.BytesIO()
    word.Document().save(out)
    assert code(out.getvalue()) == "no-text"


def test_damaged() -> None:
    """What is no Word file is refused, and so is half of one, and a workbook."""
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    assert code(b"") == "damaged"
    assert code(b"%PDF-1.7") == "damaged"
    assert code(made()[:-2000]) == "damaged"
    assert code(out.getvalue()) == "damaged"


def test_bomb() -> None:
    """A file that would fill the memory is refused before it is unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"word/media/{number}.bin", b"\0" * 50_000_000)
    assert code(out.getvalue()) == "damaged"


def test_entities() -> None:
    """A file with a document type is refused: its entities could grow, or name other files."""
    xml = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document {SPACES}><w:body>&a;</w:body></w:document>'
    data = added(made(), {"word/document.xml": xml})
    assert code(data) == "damaged"
    with pytest.raises(Unreadable, match="damaged"):
        docx.parts(data)


def test_depth() -> None:
    """Tables within tables without end are refused; a few are read."""

    def nested(depth: int) -> bytes:
        row = (
            "<w:tbl><w:tr><w:tc>" * depth
            + f"<w:p>{run('底')}</w:p>"
            + "</w:tc></w:tr></w:tbl>" * depth
        )
        xml = f"<w:document {SPACES}><w:body>{row}</w:body></w:document>"
        return added(made(), {"word/document.xml": xml})

    assert "底" in docx.text(nested(75))
    assert code(nested(100)) == "damaged"
    assert code(nested(20_000)) == "damaged"


def test_encrypted() -> None:
    """A file with a password is refused as such, and an old .doc as such."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    assert code(ole + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert code(ole) == "old-office"
