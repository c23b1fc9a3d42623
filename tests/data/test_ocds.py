"""The open contracting data: releases, records and packages, by the standard's own measures."""

import gzip
import importlib.util
import json
import pathlib
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

import builders
from portal import exact, pipeline
from portal.exact import Json
from portal.ocds import merge
from tests import test_incremental

HERE = pathlib.Path(__file__).resolve().parents[2]
SHARED = HERE.parent / "shared/ocds"
ADDRESS = "https://contracts.example.org/"
needs_standard = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared/ocds, with the standard and its validator, is not here"
)
needs_validator = pytest.mark.skipif(
    importlib.util.find_spec("libcoveocds") is None, reason="libcoveocds is not installed"
)

LIVELY: Json = {
    "number": "合-1",
    "vendors": ["某某照明工程有限公司", "某某路灯有限公司"],
    "value": {"amount": "1000.10", "capitals": "壹仟元壹角整"},
    "announced": "2026-02-10",
    "procurement": {
        "number": "ZB-1",
        "project": "照明项目",
        "method": "竞争性磋商",
        "agent": "某某招标有限公司",
        "award_notice": "2026-01-20",
    },
    "term": {"start": "2026-03-01", "end": "2026-12-31", "duration": "300 天"},
    "items": [{"name": "灯", "quantity": "2.5", "unit": "盏", "unit_price": "0.1"}],
    "payments": [
        {
            "label": "首付",
            "amount": "400.04",
            "due": "2026-03-01",
            "paid": [
                {"date": "2026-03-05", "amount": "400"},
                {"date": "2026-04-01", "amount": "0.04"},
            ],
        },
        {"label": "尾款", "amount": "600.06", "condition": "验收合格后"},
    ],
    "amendments": [
        {"date": "2026-04-01", "reason": "增项", "value_change": "-0.10", "end": "2027-01-31"},
        {"date": "2026-02-08", "reason": "更正", "number": "补-1"},
        {"date": "2026-04-01", "reason": "再次增项", "value_change": "5"},
    ],
    "documents": [{"title": "公告", "kind": "公告", "url": "https://x.cn/公告?a=1"}],
    "penalties": [{"who": "vendor", "rule": "每日千分之一"}],
    "redactions": [{"kind": "姓名", "count": "2", "ground": "第二十五条", "until": "2036-01-01"}],
    "status": {"state": "terminated", "date": "2026-06-01", "reason": "不可抗力"},
}
"""A contract to which everything happened."""


def published(folder: pathlib.Path, site: str = builders.SITE, **changes: Any) -> pathlib.Path:
    """The publication of a site with one contract."""
    files = {"site.yaml": site, "content/contracts/lights.md": builders.text(**changes)}
    pipeline.build(pipeline.Options(builders.site(folder / "root", files), folder / "out"))
    return folder / "out"


def package(output: pathlib.Path, name: str = "releases") -> Json:
    """A package of the contract, its numbers exact."""
    found: Json = exact.read((output / f"contracts/lights/{name}.json").read_bytes())
    return found


def releases(folder: pathlib.Path, **changes: Any) -> list[Json]:
    """The releases of a contract."""
    found: list[Json] = package(published(folder, **changes))["releases"]
    return found


# Releases


def test_one_release_for_each_change(tmp_path: pathlib.Path) -> None:
    """Signing, each amendment, the payments of each day and the end; ids and dates from facts."""
    found = releases(tmp_path, **LIVELY)
    assert [(one["id"].removeprefix("ocds-xxxxxx-lights-"), one["date"]) for one in found] == [
        ("contract", "2026-02-10T00:00:00+08:00"),
        ("amendment-2026-02-08", "2026-02-10T00:00:01+08:00"),
        ("implementation-2026-03-05", "2026-03-05T00:00:00+08:00"),
        ("amendment-2026-04-01", "2026-04-01T00:00:00+08:00"),
        ("amendment-2026-04-01-2", "2026-04-01T00:00:01+08:00"),
        ("implementation-2026-04-01", "2026-04-01T00:00:02+08:00"),
        ("termination", "2026-06-01T00:00:00+08:00"),
    ]
    assert [one["tag"] for one in found] == [
        ["award", "contract"],
        ["contractAmendment"],
        ["implementation"],
        ["contractAmendment"],
        ["contractAmendment"],
        ["implementationUpdate"],
        ["contractTermination"],
    ]


def test_a_signed_contract(tmp_path: pathlib.Path) -> None:
    """The first release tells what was agreed, as it was agreed."""
    first = releases(tmp_path, **LIVELY)[0]
    assert first["tender"] == {
        "id": "ZB-1",
        "title": "照明项目",
        "procurementMethod": "limited",
        "procurementMethodDetails": "竞争性磋商",
        "procuringEntity": {"id": "agent-某某招标有限公司", "name": "某某招标有限公司"},
    }
    award, contract = first["awards"][0], first["contracts"][0]
    assert award["value"] == contract["value"] == {"amount": Decimal("1000.1"), "currency": "CNY"}
    assert award["date"] == "2026-01-20T00:00:00+08:00"
    assert [one["name"] for one in award["suppliers"]] == LIVELY["vendors"]
    assert contract["suppliers"] == award["suppliers"]
    assert contract["period"] == {
        "startDate": "2026-03-01T00:00:00+08:00",
        "endDate": "2026-12-31T00:00:00+08:00",
        "durationInDays": 300,
        "duration": "P300D",
    }
    assert contract["items"] == [
        {
            "id": "1",
            "description": "灯",
            "quantity": Decimal("2.5"),
            "unit": {"name": "盏", "value": {"amount": Decimal("0.1"), "currency": "CNY"}},
        }
    ]
    assert contract["milestones"][1] == {
        "id": "2",
        "title": "尾款",
        "type": "payment",
        "description": "验收合格后",
        "status": "scheduled",
        "value": {"amount": Decimal("600.06"), "currency": "CNY"},
    }
    assert contract["documents"][1] == {
        "id": "https://x.cn/公告?a=1",
        "documentType": "contractNotice",
        "documentTypeDetails": "公告",
        "title": "公告",
        "url": "https://x.cn/%E5%85%AC%E5%91%8A?a=1",
    }
    assert contract["status"] == "active"
    assert "implementation" not in contract


def test_changes(tmp_path: pathlib.Path) -> None:
    """A later release tells what changed, and leaves all else as it was."""
    found = [one["contracts"][0] for one in releases(tmp_path, **LIVELY)]
    ids = {"id": "lights", "awardID": "lights"}
    before, own = ("ocds-xxxxxx-lights-implementation-2026-03-05",) * 2
    assert found[3] == ids | {
        "period": {"endDate": "2027-01-31T00:00:00+08:00"},
        "value": {"amount": Decimal(1000), "currency": "CNY"},
        "amendments": [
            {
                "id": "2026-04-01",
                "date": "2026-04-01T00:00:00+08:00",
                "rationale": "增项",
                "valueChange": {"amount": Decimal("-0.1"), "currency": "CNY"},
                "endDate": "2027-01-31T00:00:00+08:00",
                "amendsReleaseID": before,
                "releaseID": own.replace("implementation-2026-03-05", "amendment-2026-04-01"),
            }
        ],
    }
    assert found[5]["milestones"] == [
        {"id": "1", "status": "met", "dateMet": "2026-04-01T00:00:00+08:00"}
    ]
    assert found[5]["implementation"]["transactions"] == [
        {
            "id": "1-2",
            "date": "2026-04-01T00:00:00+08:00",
            "value": {"amount": Decimal("0.04"), "currency": "CNY"},
            "payer": {"id": "agency-mou-mou-shi-cheng-shi-guan-li-ju", "name": "某某市城市管理局"},
            "relatedMilestone": "1",
        }
    ]
    assert found[6] == ids | {
        "status": "terminated",
        "statusDetails": "terminated",
        "implementation": {
            "endDate": "2026-06-01T00:00:00+08:00",
            "endDateDetails": "不可抗力",
        },
    }


def test_parties(tmp_path: pathlib.Path) -> None:
    """Each organisation has its roles and, if the registry has it, its identifier."""
    code = "91410100MA44KQX26P"
    files = {
        "content/contracts/lights.md": builders.text(vendors=["bright"]),
        "content/vendors/bright.yaml": f"name: 某某照明工程有限公司\nidentifier: {code}\n",
    }
    root = builders.site(tmp_path / "root", files)
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    first = package(tmp_path / "out")["releases"][0]
    assert [one["roles"] for one in first["parties"]] == [["buyer"], ["supplier"]]
    assert first["parties"][1]["identifier"] == {
        "scheme": "CN-USCI",
        "id": code,
        "legalName": "某某照明工程有限公司",
    }


def test_who_is_paid(tmp_path: pathlib.Path) -> None:
    """With one vendor it is known who was paid; roles say so from then on."""
    one, two = releases(tmp_path, **LIVELY | {"vendors": ["某某照明工程有限公司"]})[1:3]
    assert [party["roles"] for party in one["parties"][:2]] == [["buyer"], ["supplier"]]
    assert [party["roles"] for party in two["parties"][:2]] == [
        ["buyer", "payer"],
        ["supplier", "payee"],
    ]
    paid = two["contracts"][0]["implementation"]["transactions"][0]
    assert paid["payee"]["name"] == "某某照明工程有限公司"


def test_a_renamed_contract(tmp_path: pathlib.Path) -> None:
    """A contract keeps its identifiers when it gets another address."""
    (first,) = releases(tmp_path, aliases=["lamps", "lanterns"])
    assert first["ocid"] == "ocds-xxxxxx-lamps"
    assert first["id"] == "ocds-xxxxxx-lamps-contract"
    assert first["contracts"][0]["id"] == first["awards"][0]["id"] == "lamps"


def test_withheld(tmp_path: pathlib.Path) -> None:
    """A withheld value is nowhere, not even as zero, and is named with its reason."""
    changes = {"value": {"withheld": "商业秘密"}, "redactions": LIVELY["redactions"]}
    first = releases(tmp_path, **changes)[0]
    assert "value" not in first["awards"][0]
    assert "value" not in first["contracts"][0]
    assert first["withheldInformation"] == [
        {"id": "value", "field": "value", "name": "金额", "rationale": "商业秘密"}
        | {"name": first["withheldInformation"][0]["name"]},
        {
            "id": "redaction-1",
            "field": "person-name",
            "name": "姓名",
            "rationale": "第二十五条",
            "availabilityDate": "2036-01-01T00:00:00+08:00",
            "count": 2,
        },
    ]


def test_nothing_is_invented(tmp_path: pathlib.Path) -> None:
    """What the contract does not state is left out: no status, no tender, no end."""
    (first,) = releases(tmp_path)
    assert "tender" not in first
    assert "status" not in first["contracts"][0]
    assert "withheldInformation" not in first
    assert first["date"] == "2026-02-06T00:00:00+08:00"


def test_completed_on_an_unknown_day(tmp_path: pathlib.Path) -> None:
    """An end without a day is told with what happened last, and has no end date."""
    found = releases(tmp_path, **LIVELY | {"status": {"state": "completed"}})
    assert found[-1]["date"] == "2026-04-01T00:00:03+08:00"
    assert found[-1]["contracts"][0] == {
        "id": "lights",
        "awardID": "lights",
        "status": "terminated",
        "statusDetails": "completed",
    }


def test_withdrawn(tmp_path: pathlib.Path) -> None:
    """Of a withdrawn contract no release stays, in no file."""
    root, output = tmp_path / "root", tmp_path / "out"
    test_incremental.site(root)
    test_incremental.build(root, output)
    text = test_incremental.contract(1, 1, 1, 777, "withdrawn")
    (root / "content/contracts/c1.md").write_text(text, "utf-8")
    test_incremental.build(root, output)
    assert sorted(path.name for path in (output / "contracts/c1").iterdir()) == [
        "index.html",
        "index.json",
    ]
    assert not (output / "data/ocds/2021.json").exists()
    assert b"-c1-" not in gzip.decompress((output / "data/ocds/all.jsonl.gz").read_bytes())


def test_one_change(tmp_path: pathlib.Path) -> None:
    """A changed contract makes its own packages again, that of its year, and that of all."""
    patterns = ("contracts/*/re*.json", "data/ocds/**/*.*")
    assert test_incremental.remade(tmp_path / "root", tmp_path / "out", *patterns) == {
        "contracts/c1/releases.json",
        "contracts/c1/record.json",
        "data/ocds/2021.json",
        "data/ocds/2021.jsonl.gz",
        "data/ocds/all.jsonl.gz",
    }


# What the site says of itself


def test_publisher(tmp_path: pathlib.Path) -> None:
    """Prefix, licence, policy and time zone come from site.yaml, and the data page says so."""
    site = (
        "name: Register\nurl: https://contracts.example.org/x/\nlanguage: en\n"
        'publisher: City\ntime_zone: "-05:00"\nocid_prefix: ocds-a1b2c3\n'
        "license: https://creativecommons.org/licenses/by/4.0/\n"
        "publication_policy: https://contracts.example.org/x/policy/\n"
    )
    output = published(tmp_path, site)
    found = package(output)
    assert found["publisher"] == {"name": "City", "uri": "https://contracts.example.org/x/"}
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["publicationPolicy"] == "https://contracts.example.org/x/policy/"
    assert found["uri"] == "https://contracts.example.org/x/contracts/lights/releases.json"
    assert found["publishedDate"] == "2026-02-06T00:00:00-05:00"
    assert found["releases"][0]["ocid"] == "ocds-a1b2c3-lights"
    page = (output / "data/index.html").read_text("utf-8")
    assert "<code>ocds-a1b2c3</code>" in page
    assert "Unregistered" not in page


def test_unregistered(tmp_path: pathlib.Path) -> None:
    """Without a prefix of its own the site says that it is not registered."""
    page = (published(tmp_path) / "data/index.html").read_text("utf-8")
    assert "未登记" in page


@pytest.mark.parametrize(("language", "offset"), [("zh-CN", "+08:00"), ("en", "Z")])
def test_time_zone(language: str, offset: str, tmp_path: pathlib.Path) -> None:
    """Without a time zone in site.yaml, days are Beijing's in Chinese, and else in UTC."""
    site = f"name: Register\nurl: {ADDRESS}\nlanguage: {language}\n"
    assert package(published(tmp_path, site))["publishedDate"] == f"2026-02-06T00:00:00{offset}"


# Merging


def test_compiled(tmp_path: pathlib.Path) -> None:
    """The record holds the releases and what they come to."""
    output = published(tmp_path, **LIVELY)
    (record,) = package(output, "record")["records"]
    assert record["releases"] == package(output)["releases"]
    compiled = record["compiledRelease"]
    contract = compiled["contracts"][0]
    assert compiled["tag"] == ["compiled"]
    assert compiled["id"] == "ocds-xxxxxx-lights-2026-06-01T00:00:00+08:00"
    assert contract["value"]["amount"] == Decimal(1005)
    assert compiled["awards"][0]["value"]["amount"] == Decimal("1000.1")
    assert contract["period"]["endDate"] == "2027-01-31T00:00:00+08:00"
    assert [one["id"] for one in contract["amendments"]] == ["补-1", "2026-04-01", "2026-04-01-2"]
    assert len(contract["implementation"]["transactions"]) == 2
    assert contract["status"] == "terminated"


@needs_standard
def test_merged_as_others_do(tmp_path: pathlib.Path) -> None:
    """The standard's own merging library comes to the same."""
    ocdsmerge = pytest.importorskip("ocdsmerge", reason="ocdsmerge is not installed")
    found = json.loads((published(tmp_path, **LIVELY) / "contracts/lights/record.json").read_text())
    (record,) = found["records"]
    schema = json.loads(standard("dereferenced-release-schema.json"))
    merger = ocdsmerge.Merger(schema)
    theirs = merger.create_compiled_release(list(reversed(record["releases"])))
    assert record["compiledRelease"] == theirs
    assert merge.compiled(record["releases"]) == theirs


def standard(name: str) -> str:
    """A schema of the standard."""
    with zipfile.ZipFile(SHARED / "standard/standard-1__1__5.zip") as held:
        text = held.read(f"standard-1__1__5/schema/{name}").decode()
    return text.replace("{{lang}}", "en").replace("{{version}}", "1.1")


# The validators


@needs_standard
@needs_validator
def test_sample_site_is_valid(tmp_path: pathlib.Path) -> None:
    """The standard's validator finds nothing at all in any file of the sample site."""
    pipeline.build(pipeline.Options(HERE, tmp_path / "out"))
    assert findings(tmp_path / "out") == []


@needs_standard
@needs_validator
def test_every_fact_is_valid(tmp_path: pathlib.Path) -> None:
    """Nor where everything happened to a contract, or a value is withheld, or little is known."""
    texts = (LIVELY, {"value": {"withheld": "商业秘密"}}, {})
    files = {
        f"content/contracts/c{number}.md": builders.text(**changes)
        for number, changes in enumerate(texts)
    }
    pipeline.build(pipeline.Options(builders.site(tmp_path / "root", files), tmp_path / "out"))
    assert findings(tmp_path / "out") == []


@needs_standard
@needs_validator
@pytest.mark.parametrize("count", [12, pytest.param(1000, marks=pytest.mark.slow, id="a thousand")])
def test_generated_contracts_are_valid(count: int, tmp_path: pathlib.Path) -> None:
    """Nor in the files of contracts such as registers have."""
    generated(count, tmp_path / "root")
    pipeline.build(pipeline.Options(tmp_path / "root", tmp_path / "out"))
    assert findings(tmp_path / "out") == []
    assert schema_findings(tmp_path / "out", tmp_path) == ""


@needs_standard
@needs_validator
def test_the_validator_sees_mistakes(tmp_path: pathlib.Path) -> None:
    """What is wrong is found: a field that nobody knows, an amount that is text, a missing id."""
    output = published(tmp_path, **LIVELY)
    path = output / "contracts/lights/releases.json"
    good = path.read_text("utf-8")
    for old, new in (
        ('"statusDetails"', '"statusDetail"'),
        ('"amount":400.04', '"amount":"400.04"'),
        ('"initiationType":"tender",', ""),
    ):
        path.write_text(good.replace(old, new), "utf-8")
        assert len(findings(output)) == 1, old


@needs_standard
def test_sample_site_matches_the_schema(tmp_path: pathlib.Path) -> None:
    """check-jsonschema agrees, package by package."""
    pipeline.build(pipeline.Options(HERE, tmp_path / "out"))
    assert schema_findings(tmp_path / "out", tmp_path) == ""


def generated(count: int, folder: pathlib.Path) -> None:
    """A site of generated contracts."""
    command = [sys.executable, "-m", "bench.generate", "make", str(count), str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=HERE)


def packages(output: pathlib.Path) -> Iterator[pathlib.Path]:
    """Every package that a site publishes."""
    yield from sorted(output.glob("data/ocds/*.json"))
    yield from sorted(output.glob("contracts/*/releases.json"))
    yield from sorted(output.glob("contracts/*/record.json"))


def findings(output: pathlib.Path) -> list[Json]:
    """What the standard's validator finds in each package and in the lines, if anything."""
    files = [*packages(output), output / "data/ocds/all.jsonl.gz"]
    program = HERE / "tests/data/validating.py"
    command = [sys.executable, program, SHARED / "validate_ocds.py", ADDRESS, output, *files]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["file"] for one in told] == [str(path) for path in files], done.stderr
    counts = ("errors", "bad_ocid_prefixes", "additional_fields", "deprecated_fields")
    kinds = ("closed_codelist", "open_codelist", "additional_checks", "unresolved_extensions")
    wrong = [one for one in told if any(one[name] for name in (*counts, *kinds))]
    assert (done.returncode == 0) == (not wrong)
    return wrong


def schema_findings(output: pathlib.Path, folder: pathlib.Path) -> str:
    """What check-jsonschema says against the standard's schemas, which are put beside the files."""
    for name in ("release-schema", "release-package-schema", "record-package-schema"):
        text = standard(f"{name}.json")
        for other in ("release-schema", "versioned-release-validation-schema"):
            address = f"https://standard.open-contracting.org/schema/1__1__5/{other}.json"
            text = text.replace(address, (folder / f"{other}.json").as_uri())
        (folder / f"{name}.json").write_text(text, "utf-8")
    text = standard("versioned-release-validation-schema.json")
    (folder / "versioned-release-validation-schema.json").write_text(text, "utf-8")
    said = ""
    for kind, name in (("release", "rele*.json"), ("record", "rec*.json")):
        files = sorted(output.glob(f"contracts/*/{name}"))
        files += sorted(output.glob("data/ocds/*.json")) if kind == "release" else []
        schema = folder / f"{kind}-package-schema.json"
        command = [sys.executable, "-m", "check_jsonschema", "--schemafile", schema, *files]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        said += "" if done.returncode == 0 else done.stdout + done.stderr
    return said
