"""The static API: its description is valid and true, and its amounts are exact."""

import collections
import contextlib
import copy
import gzip
import json
import pathlib
import re
import sqlite3
import urllib.parse
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import feedparser
import jsonschema
import openapi_spec_validator
import pytest

import test_incremental
from data import register
from portal import pipeline
from portal.openapi import paths
from portal.tables import sheet

TOP = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The awkward site, published."""
    return register.published(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The sample site, published."""
    out = tmp_path_factory.mktemp("sample") / "out"
    pipeline.build(pipeline.Options(TOP, out))
    return out


def read(path: pathlib.Path) -> Any:
    """JSON with exact numbers."""
    return json.loads(path.read_text("utf-8"), parse_float=Decimal)


def strict(value: Any) -> Any:
    """A schema that allows no field which it does not name."""
    if isinstance(value, list):
        return [strict(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {key: strict(one) for key, one in value.items()}
    return {**found, "additionalProperties": False} if "properties" in value else found


def files(site: pathlib.Path, pattern: str) -> Iterator[pathlib.Path]:
    """Every file of a publication whose address a pattern describes."""
    years = re.escape(pattern.lstrip("/")).replace(r"\{year\}", "[0-9]{4}")
    expression = re.sub(r"\\\{\w+\\\}", "([^/]+)", years)
    for path in site.rglob("*.*"):
        if re.fullmatch(expression, path.relative_to(site).as_posix()):
            yield path


@pytest.mark.parametrize("name", ["site", "sample"])
def test_description_is_valid(name: str, request: pytest.FixtureRequest) -> None:
    """The description follows OpenAPI 3.1."""
    found = read(request.getfixturevalue(name) / "api/openapi.json")
    openapi_spec_validator.validate(found)
    assert found["openapi"].startswith("3.1.")


@pytest.mark.parametrize("name", ["site", "sample"])
def test_description_is_true(name: str, request: pytest.FixtureRequest) -> None:
    """Every file behind every path is as its schema says, and has no field that it leaves out."""
    folder = request.getfixturevalue(name)
    found = read(folder / "api/openapi.json")
    read_so_far = 0
    for pattern, path in found["paths"].items():
        (media,) = path["get"]["responses"]["200"]["content"].items()
        there = {*files(folder, pattern)}
        if pattern == "/agencies/{id}.json":
            there -= {folder / "agencies/index.json"}
        if pattern == "/vendors/{id}.json":
            there -= {folder / "vendors/index.json"}
        assert there, pattern
        for one in there:
            answers(one, media, found)
        read_so_far += len(there)
    assert read_so_far > len(found["paths"])


def _rows(path: pathlib.Path) -> bool:
    """Whether a database is whole and holds contracts."""
    with contextlib.closing(sqlite3.connect(path)) as base:
        (whole,), (count,) = base.execute(
            "SELECT integrity_check FROM pragma_integrity_check "
            "UNION ALL SELECT COUNT(*) FROM contracts"
        )
    return whole == "ok" and count > 0


READ: dict[str, Callable[[pathlib.Path], Any]] = {
    paths.ATOM: lambda path: not feedparser.parse(path.read_bytes()).bozo,
    paths.CSV: lambda path: sheet.read(path.read_bytes())[0],
    paths.GZIP: lambda path: [
        json.loads(one)["ocid"] for one in gzip.decompress(path.read_bytes()).splitlines()
    ],
    paths.MARKDOWN: lambda path: path.read_text("utf-8").startswith("# "),
    paths.SQLITE: _rows,
}
"""How a file that is no JSON is read, by its media type; nothing, where it is not what it says."""


def answers(path: pathlib.Path, media: tuple[str, Any], description: dict[str, Any]) -> None:
    """Fails unless a file is what its media type and schema say."""
    kind, content = media
    if kind in READ:
        assert READ[kind](path)
        return
    components = strict(copy.deepcopy(description["components"]))
    schema = {**content["schema"], "components": components}
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(schema, format_checker=checker).validate(read(path))


PROGRAM = "data/query"
"""What answers on the query page: a program, and no data."""


def test_all_data_are_described(site: pathlib.Path) -> None:
    """Every file of data has one path in the description, but for documents and pages."""
    found = read(site / "api/openapi.json")["paths"]
    (table,) = found["/data/{table}.csv"]["get"]["parameters"]
    patterns = [one for one in found if "{table}" not in one]
    patterns += [f"/data/{name}.csv" for name in table["schema"]["enum"]]
    described = collections.Counter(
        path.relative_to(site).as_posix() for one in patterns for path in files(site, one)
    )
    indexes = {"agencies/index.json": 2, "vendors/index.json": 2}
    assert {path: times for path, times in described.items() if times != 1} == indexes
    there = {
        path.relative_to(site).as_posix()
        for folder in ("agencies", "vendors", "feeds", "contracts", "data")
        for path in (site / folder).rglob("*.*")
        if path.is_file() and path.suffix != ".html"
    }
    documents = {
        one for one in there if re.match("contracts/[^/]+/(?!(index|releases|record).json)", one)
    }
    assert described.keys() == {one for one in there - documents if not one.startswith(PROGRAM)}


def test_operations_are_named_once(site: pathlib.Path) -> None:
    """Each path has an operation of its own name, and words."""
    operations = [one["get"] for one in read(site / "api/openapi.json")["paths"].values()]
    assert len({one["operationId"] for one in operations}) == len(operations) == len(paths.PATHS)
    assert all(one["summary"] for one in operations)


def test_organisation(site: pathlib.Path) -> None:
    """A vendor's answer: facts, names, code, totals by currency, and each of its contracts."""
    found = read(site / "vendors/roads.json")
    assert found["identifier"] == "91110000802100433B"
    assert found["former_names"] == ["Old Roads <Ltd>"]
    assert found["aliases"] == [{"name": "Roads", "contract": "ended"}]
    assert found["parent"] == {"name": "Holding & Sons"}
    amounts = [Decimal("90071992547409.93"), *[Decimal("1000.10")] * 4]
    assert found["totals"] == {
        "contracts": 6,
        "values": [{"amount": sum(amounts), "currency": "EUR"}],
        "withheld": 1,
    }
    assert [one["id"] for one in found["contracts"]] == [
        *("awkward", "hidden", "ended", "renamed", "合同-1", "full"),
    ]
    first, hidden = found["contracts"][:2]
    assert first["title"] == register.AWKWARD
    assert first["value"] == {"amount": Decimal("90071992547409.93"), "currency": "EUR"}
    assert "value" not in hidden
    assert found["contracts"][4]["url"].endswith(urllib.parse.quote("contracts/合同-1/"))


def test_amounts_are_written_exactly(site: pathlib.Path) -> None:
    """An amount that no binary float holds stands in the file digit by digit."""
    for path in ("vendors/roads.json", "contracts/awkward/index.json", "feeds/all.json"):
        assert '"amount":90071992547409.93' in (site / path).read_text("utf-8"), path
    assert '"amount":1000.1,' in (site / "agencies/works-office.json").read_text("utf-8")


def test_index(site: pathlib.Path) -> None:
    """The index names every organisation, each with its file and totals."""
    for role, plural in (("agency", "agencies"), ("vendor", "vendors")):
        found = read(site / f"{plural}/index.json")
        assert (found["role"], found["count"]) == (role, len(found[plural]))
        for one in found[plural]:
            own = read(site / plural / f"{one['id']}.json")
            assert one["data"].endswith(f"/{plural}/{one['id']}.json")
            assert own["totals"] == one["totals"]
            assert own["name"] == one["name"]


def test_withdrawn_is_not_listed(site: pathlib.Path) -> None:
    """A withdrawn contract is in no organisation's list; its own answer tells what stays."""
    assert "Secret title" not in "".join(
        path.read_text("utf-8") for path in site.rglob("*.json") if path.is_file()
    )
    assert read(site / "contracts/gone/index.json")["status"]["reason"] == "A wrong file"
    assert all(one["id"] != "gone" for one in read(site / "vendors/roads.json")["contracts"])


def test_pages_name_their_data(site: pathlib.Path) -> None:
    """The page of a contract, agency or vendor names its file of data."""
    for path, data in {
        "contracts/awkward/index.html": "/register/contracts/awkward/index.json",
        "agencies/works-office/index.html": "/register/agencies/works-office.json",
        "vendors/roads/index.html": "/register/vendors/roads.json",
    }.items():
        link = f'<link rel="alternate" type="application/json" href="{data}">'
        assert link in (site / path).read_text("utf-8")


def test_page_explains_every_address(site: pathlib.Path) -> None:
    """The page for people shows each address with an example that is there."""
    text = (site / "api/index.html").read_text("utf-8")
    for one in paths.PATHS:
        assert f"<code>/register/{one.pattern}</code>" in text
    assert text.count('<span class="none">') == 0
    for address in re.findall(r'<a href="/register/([^"]+\.(?:json|xml))"', text):
        assert (site / urllib.parse.unquote(address)).is_file()


def test_one_change_touches_its_answers(tmp_path: pathlib.Path) -> None:
    """A changed title changes its own record and the answers of its agency and vendor."""
    root, out = tmp_path / "root", tmp_path / "out"
    test_incremental.site(root)
    test_incremental.build(root, out)
    before = test_incremental.written(out)
    path = root / "content/contracts/c1.md"
    path.write_text(path.read_text("utf-8").replace("第1号", "第一号"), "utf-8")
    test_incremental.build(root, out)
    after = test_incremental.written(out)
    changed = {one for one in after if before.get(one) != after[one]}
    answers = {
        one
        for one in changed
        if re.fullmatch(r"(agencies|vendors)/[^/]+\.json|contracts/[^/]+/index\.json|api/.*", one)
    }
    assert answers == {
        "agencies/hong-shan-xian-shui-wu-ju.json",
        "vendors/peng-cheng-wu-ye-fu-wu-you-xian-gong-si.json",
        "contracts/c1/index.json",
    }
