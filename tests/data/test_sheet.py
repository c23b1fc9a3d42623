"""CSV as spreadsheets and programs read it: nothing runs, nothing is lost."""

import csv
import pathlib
import re
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal

from portal.tables import columns, sheet

TABLE = columns.Table(
    "t", "record", iter, (columns.column("text", "text"), columns.column("sum", "money")), ("text",)
)
ATTACKS = (
    '=HYPERLINK("http://example.org","x")', "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1",
    "'=1", "－2", "202600000000000017",
)  # fmt: skip
HARMLESS = ("HT-2026-1", "100", "0012", "1.5", "甲市", "a=b", "202600000000001")


def cells(*texts: str) -> list[str]:
    """The first column of a table of these texts, as Python reads it."""
    data = sheet.written(TABLE, [(text, None) for text in texts])
    return [row[0] for row in sheet.read(data)[1]]


def test_formulas_are_texts() -> None:
    """A text that a spreadsheet would run or round has an apostrophe before it."""
    assert cells(*ATTACKS) == [f"'{text}" for text in ATTACKS]


def test_other_texts_stay() -> None:
    """All other texts stand as they are."""
    assert cells(*HARMLESS) == list(HARMLESS)


def test_rule_can_be_turned_round() -> None:
    """Without its first apostrophe, if it has one, every text is what it was."""
    assert [one.removeprefix("'") for one in cells(*ATTACKS, *HARMLESS)] == [*ATTACKS, *HARMLESS]


def test_numbers_stay_numbers() -> None:
    """A negative amount is a number; amounts are exact and without an exponent."""
    rows = [("a", Decimal("-0.30")), ("b", Decimal("1E+6")), ("c", 5), ("d", None)]
    _, found = sheet.read(sheet.written(TABLE, rows))
    assert [row[1] for row in found] == ["-0.30", "1000000", "5", ""]


def test_form() -> None:
    """UTF-8 with a byte order mark, lines that end in CR LF, quotes doubled (RFC 4180)."""
    data = sheet.written(TABLE, [('甲,"乙"\n丙', None)])
    assert data == '\ufefftext,sum\r\n"甲,""乙""\n丙",\r\n'.encode()


def test_spreadsheet_takes_them_for_texts(tmp_path: pathlib.Path) -> None:
    """LibreOffice, or its rule where it is not installed, runs nothing and shows every sign."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    (tmp_path / "t.csv").write_bytes(sheet.written(TABLE, [(text, None) for text in ATTACKS]))
    opened = by_rule if program is None else by_program(program)
    found = [text.replace("\n", "\r") for text in opened(tmp_path / "t.csv")]
    assert found == [f"'{text}".strip() for text in ATTACKS]
    (tmp_path / "bad.csv").write_text("text\n=1+1\n-1\n202600000000000017\n", "utf-8")
    assert opened(tmp_path / "bad.csv") != ["=1+1", "-1", "202600000000000017"]


def by_rule(path: pathlib.Path) -> list[str]:
    """What a spreadsheet shows: a text after = is worked out, of a number 15 digits stay."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        cells = [row[0].strip() for row in csv.reader(file)][1:]
    return [_shown(cell) for cell in cells]


def _shown(cell: str) -> str:
    if cell.startswith("="):
        return "worked out"
    return f"{float(cell):.15g}" if re.fullmatch(r"[+-]?[0-9.]+", cell) else cell


def by_program(program: str) -> Callable[[pathlib.Path], list[str]]:
    """LibreOffice opens a file, formulas allowed, and says what its cells show."""

    def opened(path: pathlib.Path) -> list[str]:
        outside = path.parent / "out"
        # Signs, quotes, UTF-8, from line 1; every column as it comes; formulas are worked out.
        allowed = "44,34,76,1,,0,false,true,false,false,false,-1,true"
        command = [
            *(program, f"-env:UserInstallation=file://{path.parent}/profile", "--headless"),
            *(
                f"--infilter=CSV:{allowed}",
                "--convert-to",
                "csv:Text - txt - csv (StarCalc):44,34,76",
            ),
            *("--outdir", str(outside), str(path)),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        with open(outside / path.name, encoding="utf-8-sig", newline="") as file:
            return [row[0].strip() for row in csv.reader(file)][1:]

    return opened
