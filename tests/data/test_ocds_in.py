"""Releases of OCDS become contracts: the usual ones, and each oddity of publishers' data."""

import datetime
import json
import pathlib
import re
from decimal import Decimal
from typing import Any

import pytest

import builders
from data import packages
from portal import strings

DAY = datetime.date
TOP = pathlib.Path(__file__).resolve().parents[2]


def codes(errors: str) -> list[str]:
    """The codes of what was not imported."""
    return [line.split(": ")[1] for line in errors.splitlines()]


def test_a_release(tmp_path: pathlib.Path) -> None:
    """A release becomes a contract's file with its exact value, and the file builds."""
    code, output, errors = packages.imported(tmp_path, packages.package(packages.release()))
    assert (code, errors) == (0, "")
    assert "Contracts: 1 written" in output
    made = packages.one(tmp_path)
    assert (made.id, made.number, made.title) == (
        "lights-2026",
        "lights-2026",
        "Maintenance of street lights",
    )
    assert made.value.amount == Decimal("1370000.1")
    assert made.value.currency == "CAD"
    assert (made.agency, made.vendors) == ("City of Sample", ("Bright Streets Ltd",))
    assert made.signed == DAY(2026, 2, 6)
    assert (made.term.start, made.term.end) == (DAY(2026, 3, 1), DAY(2027, 2, 28))
    procurement = made.procurement
    assert (procurement.number, procurement.method) == ("T-17", "Open Bidding")
    assert procurement.award_notice == DAY(2026, 2, 1)
    assert made.status.state == "active"
    assert "ocds-abc123-lights" in str(made.notes)
    assert (tmp_path / "site/content/contracts/2026/lights-2026.md").is_file()
    assert len(builders.gathered(tmp_path / "site").register.rows) == 1


def test_twice(tmp_path: pathlib.Path) -> None:
    """The same file imported again changes nothing, and is no failure."""
    given = packages.package(packages.release())
    packages.imported(tmp_path, given)
    before = {one: one.stat().st_mtime_ns for one in tmp_path.rglob("*.*") if one.is_file()}
    code, output, errors = packages.run(tmp_path / "site", tmp_path / "p.json")
    assert (code, errors) == (0, "")
    assert "0 written, 1 there already" in output
    assert before == {one: one.stat().st_mtime_ns for one in tmp_path.rglob("*.*") if one.is_file()}


def test_changed(tmp_path: pathlib.Path) -> None:
    """A contract that now says something else is not overwritten, unless the clerk agrees."""
    packages.imported(tmp_path, packages.package(packages.release()))
    path = tmp_path / "site/content/contracts/2026/lights-2026.md"
    before = path.read_text()
    later = packages.written(tmp_path, "q.json", packages.package(packages.signed(title="Lamps")))
    code, _, errors = packages.run(tmp_path / "site", later)
    assert (code, codes(errors)) == (1, ["changed"])
    assert path.read_text() == before
    code, output, _ = packages.run(tmp_path / "site", later, "--replace")
    assert (code, packages.one(tmp_path).title) == (0, "Lamps")
    assert "1 replaced" in output


def test_drafted_by_hand(tmp_path: pathlib.Path) -> None:
    """A file of somebody's own with the same id stays; the contract gets the longer id."""
    own = {"site.yaml": packages.SITE, "content/contracts/lights-2026.md": builders.text()}
    builders.site(tmp_path / "site", own)
    path = packages.written(tmp_path, "p.json", packages.package(packages.release()))
    assert packages.run(tmp_path / "site", path)[0] == 0
    assert sorted(packages.contracts(tmp_path)) == [
        "lights-2026",
        "ocds-abc123-lights-lights-2026",
    ]


ODDITIES: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("ocid", packages.release(ocid="abc-1"), "ocid without the prefix ocds-"),
    ("parties", packages.release(parties=None), "no parties"),
    (
        "currency",
        packages.signed(value={"amount": 1370000.1, "currency": "cad"}),
        "currencies in small letters",
    ),
    ("tag", packages.release(tag="contract"), "a text where a list should be"),
    ("numeric", packages.release(ocid=12345), "ids that are numbers"),
    ("numeric-contract", packages.signed(id=2026001), "ids that are numbers"),
    ("award-id", packages.signed(awardID=None), "contracts without awardID"),
    ("date-only", packages.signed(dateSigned="2026-02-06"), "dates without a time"),
    (
        "object",
        packages.release(awards=packages.RELEASE["awards"][0]),
        "an object where a list should be",
    ),
    (
        "wrapped",
        packages.signed(value={"amount": {"$numberDecimal": "1370000.1"}, "currency": "CAD"}),
        "numbers in a database's wrapping",
    ),
    (
        "text",
        packages.signed(value={"amount": "1,370,000.10", "currency": "CAD"}),
        "amounts that are texts",
    ),
    (
        "hidden",
        packages.signed(title="Maintenance of street\u200b lights"),
        "characters that nobody sees",
    ),
    ("no-id", packages.signed(id=None), "contracts without an id"),
    (
        "buyer",
        packages.release(
            buyer=None, tender={"id": "T-17", "procuringEntity": {"name": "Somebody"}}
        ),
        "procuring entities that the parties do not list by that name",
    ),
)


@pytest.mark.parametrize(("name", "given", "said"), ODDITIES, ids=[one[0] for one in ODDITIES])
def test_oddity(name: str, given: dict[str, Any], said: str, tmp_path: pathlib.Path) -> None:
    """What other publishers do differently is dealt with, counted, and the contract is whole."""
    code, output, errors = packages.imported(tmp_path, packages.package(given))
    assert (code, errors) == (0, "")
    assert said in output
    made = packages.one(tmp_path)
    assert made.value.amount == Decimal("1370000.1")
    assert (made.value.currency, made.signed) == ("CAD", DAY(2026, 2, 6))
    assert (made.agency, made.vendors) == ("City of Sample", ("Bright Streets Ltd",))
    assert made.title == "Maintenance of street lights"
    assert builders.gathered(tmp_path / "site").register.rows


def test_no_title(tmp_path: pathlib.Path) -> None:
    """A contract without a title is called as its tender is."""
    packages.imported(tmp_path, packages.package(packages.signed(title=None)))
    assert packages.one(tmp_path).title == "Street lights"


def test_no_title_anywhere(tmp_path: pathlib.Path) -> None:
    """One that nothing names is called by its id."""
    given = packages.signed(title="")
    given["tender"] = {"id": "T-17"}
    packages.imported(tmp_path, packages.package(given))
    assert packages.one(tmp_path).title == "lights-2026"


def test_no_value(tmp_path: pathlib.Path) -> None:
    """A value that is not stated is withheld, and never 0."""
    _, output, _ = packages.imported(tmp_path, packages.package(packages.signed(value=None)))
    value = packages.one(tmp_path).value
    assert (value.amount, value.withheld) == (None, "The source states no value.")
    assert "contracts without a value; it counts as withheld, never as 0: 1" in output


def test_value_zero(tmp_path: pathlib.Path) -> None:
    """A value of 0 is taken as it is, and counted."""
    given = packages.signed(value={"amount": 0, "currency": "CAD"})
    _, output, _ = packages.imported(tmp_path, packages.package(given))
    assert packages.one(tmp_path).value.amount == 0
    assert "values of 0, taken as they are: 1" in output


def test_end_before_start(tmp_path: pathlib.Path) -> None:
    """Days in the wrong order are kept as words: nobody knows which of them is right."""
    period = {"startDate": "2026-03-01", "endDate": "2026-02-01"}
    _, output, _ = packages.imported(tmp_path, packages.package(packages.signed(period=period)))
    term = packages.one(tmp_path).term
    assert (term.start, term.end) == (None, None)
    assert term.wording == "The source says from 2026-03-01 to 2026-02-01."
    assert "terms that end before they start" in output


def test_no_day_of_signing(tmp_path: pathlib.Path) -> None:
    """Without a day of signing it is a draft: a person has to find the day, nobody invents it."""
    _, output, _ = packages.imported(tmp_path, packages.package(packages.signed(dateSigned=None)))
    assert "1 of the contracts lack a party or the day of signing and are drafts" in output
    assert packages.contracts(tmp_path) == {}
    assert "draft: true" in (tmp_path / "site/content/contracts/2026/lights-2026.md").read_text()
    found = builders.gathered(tmp_path / "site")
    assert found.drafts == ("content/contracts/2026/lights-2026.md",)


REFUSALS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("below-zero", packages.signed(value={"amount": -5, "currency": "CAD"}), "/value/amount"),
    ("amount", packages.signed(value={"amount": 1.00001, "currency": "CAD"}), "/value/amount"),
    ("amount", packages.signed(value={"amount": "about 5", "currency": "CAD"}), "/value/amount"),
    ("currency", packages.signed(value={"amount": 5}), "/value/currency"),
    ("currency", packages.signed(value={"amount": 5, "currency": "dollars"}), "/value/currency"),
    ("unsigned", packages.signed(dateSigned=None, status="cancelled"), "/status"),
    ("forged-marks", packages.signed(title="Paid to 【已遮盖：姓名】"), ""),
    ("personal-id", packages.signed(id="11010519491231002X"), "/id"),
)


@pytest.mark.parametrize(("code", "given", "path"), REFUSALS)
def test_refusal(code: str, given: dict[str, Any], path: str, tmp_path: pathlib.Path) -> None:
    """What cannot be taken is named with its reason and its place, and the others go on."""
    other = packages.release(ocid="ocds-abc123-2", id="2")
    other["contracts"][0]["id"] = "other-2026"
    status, output, errors = packages.imported(tmp_path, packages.package(other, given))
    assert status == 1
    assert f" /releases/1/contracts/0{path}: {code}: " in errors
    assert "11010519491231002X" not in errors + output
    assert "1 written" in output
    assert list(packages.contracts(tmp_path)) == ["other-2026"]


def test_report(tmp_path: pathlib.Path) -> None:
    """The report has a line for everything that was not imported, with its place and reason."""
    given = packages.signed(value={"amount": -5, "currency": "CAD"})
    path = packages.written(tmp_path, "p.jsonl", packages.lines(packages.release(), given))
    report = tmp_path / "report.jsonl"
    packages.run(packages.site(tmp_path, "zh-CN"), path, "--report", str(report))
    (told,) = [json.loads(line) for line in report.read_text().splitlines()]
    assert told == {
        "file": str(path),
        "line": 2,
        "path": "/contracts/0/value/amount",
        "code": "below-zero",
        "reason": strings.of("zh-CN")["reject.below-zero"],
        "ocid": "ocds-abc123-lights",
        "contract": "lights-2026",
    }


def test_left_fields(tmp_path: pathlib.Path) -> None:
    """A field that the register has no place for is named, and never lost in silence."""
    given = packages.release(planning={"budget": {"amount": {"amount": 5}}})
    _, output, _ = packages.imported(tmp_path, packages.package(given))
    assert "planning/budget/amount/amount: 1" in output


def test_chinese_site(tmp_path: pathlib.Path) -> None:
    """On a Chinese site the file's fields and the account are Chinese."""
    path = packages.written(tmp_path, "p.json", packages.package(packages.release()))
    code, output, _ = packages.run(packages.site(tmp_path, "zh-CN"), path)
    assert (code, output.splitlines()[1]) == (0, "合同：写入 1，已有 0，替换 0，没有导入 0。")
    text = (tmp_path / "site/content/contracts/2026/lights-2026.md").read_text()
    assert "合同名称: Maintenance of street lights\n" in text
    assert packages.one(tmp_path).value.amount == Decimal("1370000.1")


def test_typo(tmp_path: pathlib.Path) -> None:
    """A clerk's slips are answered with what is wrong, and nothing is written."""
    root = packages.site(tmp_path)
    code, _, errors = packages.run(root, tmp_path / "pakage.json")
    assert (code, "pakage.json" in errors) == (2, True)
    good = packages.written(tmp_path, "p.json", packages.package(packages.release()))
    code, _, errors = builders.run("import", "--format", "odcs", "--root", str(root), str(good))
    assert (code, "odcs" in errors) == (2, True)
    code, _, errors = builders.run("import", "--replace", "--root", str(root), str(good))
    assert (code, "--format ocds" in errors) == (2, True)
    code, _, errors = packages.run(root, good, "--ocr")
    assert (code, "--format ocds" in errors) == (2, True)
    assert not (root / "content").exists()


def test_no_site(tmp_path: pathlib.Path) -> None:
    """Without a site there is nowhere to import to."""
    path = packages.written(tmp_path, "p.json", packages.package(packages.release()))
    code, _, errors = packages.run(tmp_path, path)
    assert (code, "site.yaml" in errors) == (1, True)


REASONS = [key.partition(".")[2] for key in strings.of("en") if key.startswith("reject.")]


def test_reasons_are_given() -> None:
    """Every reason that has words is one that the code can give, and the other way round."""
    given = set()
    for path in (TOP / "portal/intake/ocds").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        given |= set(re.findall(r'"([a-z-]+)"', text)) & set(REASONS)
        given |= set(re.findall(r'Unfit\(\s*"([a-z-]+)"', text))
        given |= set(re.findall(r'Rejection\([^"\n]*"([a-z-]+)"', text))
    assert given == set(REASONS)


def test_oddities_are_counted() -> None:
    """Every oddity that has words is one that the code counts, and the other way round."""
    counted = set()
    for path in (TOP / "portal/intake/ocds").glob("*.py"):
        counted |= set(re.findall(r'seen\["([a-z0-9.-]+)"\]', path.read_text(encoding="utf-8")))
    prefix = "import-ocds.seen-words."
    words = {one.removeprefix(prefix) for one in strings.of("en") if one.startswith(prefix)}
    assert counted == words


def test_reasons_are_documented() -> None:
    """docs/importing.md has each reason and each oddity, word for word."""
    text = (TOP / "docs/importing.md").read_text(encoding="utf-8")
    english, chinese = strings.of("en"), strings.of("zh-CN")
    rows = [
        f"| `{one}` | {english[f'reject.{one}']} | {chinese[f'reject.{one}']} |" for one in REASONS
    ]
    oddities = [key for key in english if key.startswith("import-ocds.seen-words.")]
    rows += [f"| {english[one]} | {chinese[one]} |" for one in oddities]
    assert [row for row in rows if f"\n{row}\n" not in text] == []
