"""One invented contract as the files that a clerk may have of it: Word, PDF, a scan, a picture."""

import functools
import io
from collections.abc import Iterable, Sequence

import docx
import fpdf

from reading import papers

ABOVE = (
    "合同编号：示档采-2026-0017",
    "合同名称：示例市档案馆办公家具采购合同",
    "甲方（采购人）：示例市档案馆",
    "乙方（供应商）：示例家具有限公司",
    "根据《中华人民共和国民法典》，甲乙双方就办公家具采购订立本合同。",
    "第一条 合同金额",
    "合同金额：人民币壹拾玖万捌仟元整（¥198000.00元）。",
    "第二条 项目人员",
    "乙方指派下列人员负责本项目：",
)
STAFF = (
    ("姓名", "职务", "联系电话"),
    ("郝佳禾", "项目经理", "13900001234"),
    ("宋一鸣", "安装员", "13900005678"),
)
BETWEEN = ("第三条 付款方式",)
PAYMENTS = (
    ("期次", "付款条件", "金额（元）"),
    ("第一期", "合同签订后五日内", "59400.00"),
    ("第二期", "验收合格后十日内", "138600.00"),
)
BELOW = (
    "第四条 履行期限",
    "履行期限：2026年4月1日至2026年4月30日。",
    "第五条 账户",
    "开户行：示例银行示例支行",
    "账号：6222020200112233445",
    "签订日期：2026年4月1日",
)
PERSONAL = ("郝佳禾", "宋一鸣", "13900001234", "13900005678", "6222020200112233445")
"""What is to be masked; invented, like everything here."""
MARKS = {"person-name": 2, "mobile": 2, "bank-account": 1}

Rows = Sequence[Sequence[str]]


def text(*, personal: bool = True) -> str:
    """The contract as a plain text, with tabs in its tables."""
    blocks = (ABOVE, _tabs(STAFF), BETWEEN, _tabs(PAYMENTS), BELOW)
    whole = "\n".join(line for block in blocks for line in block) + "\n"
    return whole if personal else whole.replace(PERSONAL[0], "").replace(PERSONAL[1], "")


def _tabs(rows: Rows) -> list[str]:
    return ["\t".join(row) for row in rows]


def word(*, picture: bytes | None = None) -> bytes:
    """The contract as a Word document."""
    document = docx.Document()
    for lines, rows in ((ABOVE, STAFF), (BETWEEN, PAYMENTS), (BELOW, ())):
        for line in lines:
            document.add_paragraph(line)
        if rows:
            table = document.add_table(len(rows), len(rows[0]))
            for cells, row in zip(table.rows, rows, strict=True):
                for cell, said in zip(cells.cells, row, strict=True):
                    cell.text = said
    if picture is not None:
        document.add_picture(io.BytesIO(picture))
    with io.BytesIO() as file:
        document.save(file)
        return file.getvalue()


def _draw(pdf: fpdf.FPDF) -> None:
    for lines, rows in ((ABOVE, STAFF), (BETWEEN, PAYMENTS), (BELOW, ())):
        _write(pdf, lines)
        if rows:
            with pdf.table(line_height=9, first_row_as_headings=False) as table:
                for row in rows:
                    cells = table.row()
                    for cell in row:
                        cells.cell(cell)


def _write(pdf: fpdf.FPDF, lines: Iterable[str]) -> None:
    for line in lines:
        pdf.cell(0, 9, line, new_x="LMARGIN", new_y="NEXT")


@functools.cache
def printed() -> bytes:
    """The contract as a PDF with text."""
    return papers.paper(_draw)


@functools.cache
def scanned() -> bytes:
    """The contract as a PDF of pictures."""
    return papers.scan(*papers.pictures(printed()))


@functools.cache
def mixed() -> bytes:
    """A page of text, and after it the contract as a picture."""

    def first(pdf: fpdf.FPDF) -> None:
        said = "以下各页是双方签订的合同，扫描后附上，供存档和公开之用。"
        _write(pdf, ["政府采购合同文本", said, said, said])

    return papers.paper(first, *map(papers.shown, papers.pictures(printed())))
