"""The tables of a published register: the same facts as its records, in CSV and in SQLite."""

import collections
import contextlib
import pathlib
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from data import counted
from data.conftest import records
from portal import exact, pipeline
from portal.tables import database, sheet
from portal.tables.tables import TABLES

Rows = list[dict[str, str]]


def rows(path: pathlib.Path) -> Rows:
    """The rows of a CSV file by column, without the apostrophes that make texts harmless."""
    head, found = sheet.read(path.read_bytes())
    return [dict(zip(head, (cell.removeprefix("'") for cell in row), strict=True)) for row in found]


def asked(output: pathlib.Path, sql: str) -> list[tuple[object, ...]]:
    """What the database answers."""
    with contextlib.closing(sqlite3.connect(output / "data/contracts.sqlite")) as base:
        return base.execute(sql).fetchall()


def sums(pairs: list[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Sums by currency."""
    found: dict[str, Decimal] = collections.defaultdict(Decimal)
    for currency, amount in pairs:
        found[currency] += amount
    return dict(found)


def test_same_totals_everywhere(published: pathlib.Path) -> None:
    """Contracts, values, payments and changes come to the same in JSON, CSV and SQLite."""
    found = records(published)
    told = rows(published / "data/contracts.csv")
    assert len(found) == len(told) == asked(published, "SELECT COUNT(*) FROM contracts")[0][0] == 80
    for key, name in (("amount", "amount"), ("current", "current_amount")):
        values = [one["value"] for one in found]
        json = sums([(one["currency"], Decimal(one[key])) for one in values if key in one])
        csv = sums([(one["currency"], Decimal(one[name])) for one in told if one[name]])
        stored = asked(published, f"SELECT currency, {name} FROM contracts WHERE {name} NOT NULL")
        cents = asked(
            published,
            f"SELECT currency, SUM({name}_cents) FROM contracts GROUP BY currency",
        )
        assert json == csv == sums([(str(one), Decimal(str(sum))) for one, sum in stored])
        assert json == {one: Decimal(int(str(sum))) / 100 for one, sum in cents}
    paid = [
        sum for one in found for part in one.get("payments", ()) for sum in part.get("paid", ())
    ]
    assert sum(Decimal(one["amount"]) for one in paid) == sum(
        Decimal(one["amount"]) for one in rows(published / "data/payments_made.csv")
    )


def test_csv_is_sqlite(published: pathlib.Path) -> None:
    """Each table has the same rows in both, cell by cell."""
    for table in TABLES:
        names = ", ".join(column.name for column in table.columns)
        stored = asked(published, f"SELECT {names} FROM {table.name}")
        told = rows(published / f"data/{table.name}.csv")
        assert [["" if one is None else str(one) for one in row] for row in stored] == [
            list(row.values()) for row in told
        ]


def test_every_fact_of_a_list_has_its_row(published: pathlib.Path) -> None:
    """Items, payments, amendments, documents, redactions: as many rows as the records have."""
    for name in ("items", "payments", "amendments", "documents", "redactions"):
        count = sum(len(one.get(name, ())) for one in records(published))
        assert len(rows(published / f"data/{name}.csv")) == count > 0


@pytest.mark.parametrize(
    ("folder", "column"), [("agencies", "agency_id"), ("vendors", "vendor_id")]
)
def test_parts_make_the_whole(published: pathlib.Path, folder: str, column: str) -> None:
    """The files of the agencies have all contracts between them; the vendors', each pair."""
    parts = {path.parent.name: rows(path) for path in published.glob(f"{folder}/*/contracts.csv")}
    whole = {one["id"]: one for one in rows(published / "data/contracts.csv")}
    assert parts.keys() == {one["id"] for one in rows(published / f"data/{folder}.csv")}
    assert all(row == whole[row["id"]] for part in parts.values() for row in part)
    pairs = collections.Counter((id, row["id"]) for id, part in parts.items() for row in part)
    for id, part in parts.items():
        page = (published / folder / id / "index.html").read_text("utf-8")
        assert (f'href="/{folder}/{id}/contracts.csv" download' in page) == bool(part)
    if folder == "agencies":
        assert pairs == collections.Counter((one["agency_id"], one["id"]) for one in whole.values())
    else:
        told = rows(published / "data/contract_vendors.csv")
        assert pairs == collections.Counter((one["vendor_id"], one["contract_id"]) for one in told)


def test_formula_of_a_vendor_is_text(published: pathlib.Path) -> None:
    """A vendor whose name is a formula: an apostrophe in CSV, the plain name in SQLite."""
    _, found = sheet.read((published / "data/vendors.csv").read_bytes())
    assert [row[2] for row in found if "HYPERLINK" in row[2]] == [f"'{counted.FORMULA}"]
    assert asked(published, "SELECT name FROM vendors WHERE name LIKE '=%'") == [(counted.FORMULA,)]


def test_long_number_is_text(published: pathlib.Path) -> None:
    """A contract's number of many digits keeps them all."""
    assert asked(published, "SELECT number, typeof(number) FROM contracts WHERE id = 'c001'") == [
        (counted.LONG, "text")
    ]
    raw = (published / "data/contracts.csv").read_text("utf-8-sig")
    assert f",'{counted.LONG}," in raw


def test_negative_change_is_a_number(published: pathlib.Path) -> None:
    """A value that was lowered stands in CSV as a negative number."""
    raw = (published / "data/amendments.csv").read_text("utf-8-sig")
    assert ",-0.3," in raw


def test_names_of_a_vendor(published: pathlib.Path) -> None:
    """Present, former and other names, with the contract in which one was seen."""
    told = rows(published / "data/vendor_names.csv")
    found = [one for one in told if one["vendor_id"] == "lights"]
    assert [(one["name"], one["kind"], one["contract_id"]) for one in found] == [
        (counted.VENDORS[0], "present", ""),
        ("路灯厂", "former", ""),
        ("照明公司", "alias", "c001"),
    ]
    assert asked(published, "SELECT parent, parent_id FROM vendors WHERE id = 'lights'") == [
        ("照明集团", None)
    ]


@pytest.mark.parametrize("new", [0, 1, 40, 80])
def test_rows_of_before(new: int, published: pathlib.Path) -> None:
    """The file is the same, byte for byte, however many rows come from a file of before."""
    place = published / "data/contracts.sqlite"
    found = {
        one["id"]: one
        for one in (
            exact.read(path.read_bytes()) for path in published.glob("contracts/*/index.json")
        )
    }
    order = [str(id) for (id,) in asked(published, "SELECT id FROM contracts ORDER BY rowid")]
    order += [id for id in found if id not in order]
    sides = [list(organisations(published, *names)) for names in ROLES]
    fresh, kept = order[:new], database.Kept(str(place), frozenset(order[new:]))
    made = database.written([found[id] for id in reversed(fresh)], order, *sides, kept)
    assert made == database.written([found[id] for id in order], order, *sides)
    assert made == place.read_bytes()


ROLES = ("agency", "agencies"), ("vendor", "vendors")


def organisations(output: pathlib.Path, role: str, plural: str) -> Iterator[dict[str, Any]]:
    """The organisations of a role, as tables are made from them."""
    with contextlib.closing(sqlite3.connect(output / "data/contracts.sqlite")) as base:
        base.row_factory = sqlite3.Row
        for one in base.execute(f"SELECT * FROM {plural} ORDER BY rowid").fetchall():
            sql = f"SELECT name, kind, contract_id AS contract FROM {role}_names"
            names = base.execute(f"{sql} WHERE {role}_id = ? ORDER BY position", (one["id"],))
            yield {**dict(one), "names": [dict(each) for each in names]}


def test_withdrawn_stands_apart(published: pathlib.Path) -> None:
    """A withdrawn contract is in its own table, and in no other."""
    told = rows(published / "data/withdrawn.csv")
    assert [(one["id"], one["number"], one["reason"]) for one in told] == [("gone", "X-1", "误发")]
    assert asked(published, "SELECT COUNT(*) FROM contracts WHERE id = 'gone'") == [(0,)]


def test_database_is_sound(published: pathlib.Path) -> None:
    """SQLite finds the file whole, every key it refers to there, and the index in step."""
    assert asked(published, "PRAGMA integrity_check") == [("ok",)]
    assert asked(published, "PRAGMA foreign_key_check") == []
    for table in TABLES:
        kept = asked(
            published, f"SELECT name FROM pragma_table_info('{table.name}') WHERE pk ORDER BY pk"
        )
        assert [name for (name,) in kept] == list(table.key)
        known = asked(published, f"SELECT \"table\" FROM pragma_foreign_key_list('{table.name}')")
        assert {name for (name,) in known} == {one.table for one in table.references}


def test_full_text(published: pathlib.Path) -> None:
    """Three signs of a title find its contracts, wherever in it they stand."""
    sql = "SELECT COUNT(*) FROM contracts_search WHERE contracts_search MATCH '\"务服务\"'"
    expected = sum("务服务" in one["title"] for one in records(published))
    assert asked(published, sql) == [(expected,)]
    assert expected > 0


def test_dictionary(published: pathlib.Path) -> None:
    """The database says of each of its tables and columns what it holds, in both languages."""
    sql = "SELECT table_name, column_name, language FROM dictionary"
    said = set(asked(published, sql))
    for table in TABLES:
        there = asked(published, f"SELECT name FROM pragma_table_info('{table.name}')")
        for language in ("en", "zh-CN"):
            names = ["", *(str(name) for (name,) in there)]
            assert {(table.name, name, language) for name in names} <= said


def test_same_bytes_anywhere(published: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """Built in another folder by two workers, every file of data has the same bytes."""
    root = counted.written(tmp_path / "elsewhere")
    pipeline.build(pipeline.Options(root, tmp_path / "out", jobs=2))
    for path in sorted((published / "data").rglob("*")):
        if path.is_file():
            other = tmp_path / "out" / path.relative_to(published)
            assert other.read_bytes() == path.read_bytes(), path.name


def test_one_change_makes_what_follows_from_it(tmp_path: pathlib.Path) -> None:
    """After one contract changed, the data are those of a fresh build; other agencies' stay."""
    root = counted.written(tmp_path / "root", 12)
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("contracts.csv")}
    text = (root / "content/contracts/c003.md").read_text("utf-8")
    (root / "content/contracts/c003.md").write_text(text.replace("HT-3", "HT-3-甲"), "utf-8")
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    pipeline.build(pipeline.Options(root, tmp_path / "fresh"))
    for path in (tmp_path / "fresh").rglob("*"):
        if path.is_file() and path.suffix in (".csv", ".sqlite", ".jsonld", ".json"):
            same = tmp_path / "out" / path.relative_to(tmp_path / "fresh")
            assert same.read_bytes() == path.read_bytes()
    kept = [path for path, time in before.items() if path.stat().st_mtime_ns == time]
    assert len(kept) > 1


def test_cents() -> None:
    """Hundredths are exact; a third and fourth decimal are rounded half to even."""
    amounts = ("1.5", "-0.30", "0.125", "0.135", "999999999999999")
    assert [database.cents(Decimal(one)) for one in amounts] == [
        150,
        -30,
        12,
        14,
        99999999999999900,
    ]


def test_an_empty_register(tmp_path: pathlib.Path) -> None:
    """Without contracts there are tables without rows, and no error."""
    root = tmp_path / "root"
    root.mkdir()
    (root / "site.yaml").write_text("name: 空\nurl: https://contracts.example.org/\n", "utf-8")
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    assert rows(tmp_path / "out/data/contracts.csv") == []
    assert asked(tmp_path / "out", "SELECT COUNT(*) FROM contracts") == [(0,)]
