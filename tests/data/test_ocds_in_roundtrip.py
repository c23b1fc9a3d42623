"""Our own packages imported into an empty site give the facts that they were made from."""

import pathlib
import shutil
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

import builders
from bench import generate
from data import packages
from portal import corpus, facts, model, names, source
from portal.intake import importing

TOP = pathlib.Path(__file__).resolve().parents[2]
LOST: Mapping[str, str] = {
    "keep": "it says what may stay in the site's own files, and is never published",
    "aliases": "of the former addresses of a page it has the first",
    "draft": "a draft is not published",
}
"""Fields of a contract that a package does not hold; docs/importing.md has the same list."""
BODY = "\n1 份合同的正文不在数据包里。\n"


def facts_of(root: pathlib.Path) -> dict[str, model.Contract]:
    """The contracts of a site by id."""
    found = {}
    for path in sorted((root / "content/contracts").rglob("*.md")):
        read = source.document(path.name, path.read_bytes(), model.Contract)
        made, problems = facts.contract(read, path.stem, "CNY")
        assert (problems, made is None) == ((), False)
        found[path.stem] = made
    return {id: one for id, one in found.items() if one is not None}


def compared(root: pathlib.Path) -> dict[str, dict[str, Any]]:
    """What a package can hold of each contract: parties by their names, the lists in its order."""
    sides = importing.registries(root)

    def name(role: corpus.Role, given: str) -> str:
        side = sides[role]
        id = given if given in side.facts else side.ids.get(names.fold(given))
        return given if id is None else side.facts[id].name

    found = {}
    for id, one in facts_of(root).items():
        held = {key: value for key, value in one if key not in LOST}
        held["agency"] = name("agency", one.agency)
        held["vendors"] = tuple(name("vendor", each) for each in one.vendors)
        held["amendments"] = tuple(sorted(one.amendments, key=lambda each: each.date))
        held["documents"] = tuple((each.title, each.kind) for each in one.documents)
        found[id] = held
    return found


def there_and_back(root: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """A site published, and its packages imported into an empty site with the same rules."""
    public = folder / "public"
    given = ("--root", str(root), "--output", str(public), "--jobs", "1")
    assert builders.run("build", *given)[0] == 0
    empty = folder / "empty"
    builders.site(empty, {"site.yaml": _rules(root)})
    years = sorted((public / "data/ocds").glob("2*.json"))
    assert packages.run(empty, *years)[::2] == (0, "")
    return empty


def _rules(root: pathlib.Path) -> str:
    """The site's facts; the texts that its contracts keep are the site's, for they come along."""
    about = yaml.safe_load((root / "site.yaml").read_text(encoding="utf-8"))
    kept = [one for each in facts_of(root).values() for one in each.keep]
    unique = {one.text: {"text": one.text, "ground": one.ground} for one in kept}
    about["redaction"] = {**about.get("redaction", {}), "keep": list(unique.values())}
    return yaml.safe_dump(about, allow_unicode=True)


def assert_same(root: pathlib.Path, back: pathlib.Path) -> None:
    """Field by field, so that a difference says where it is."""
    before, after = compared(root), compared(back)
    assert before.keys() == after.keys()
    for id, held in before.items():
        for field, value in held.items():
            assert (id, field, after[id][field]) == (id, field, value)


@pytest.fixture
def sample(tmp_path: pathlib.Path) -> pathlib.Path:
    """The site of the repository, for itself."""
    root = tmp_path / "site"
    root.mkdir()
    shutil.copy(TOP / "site.yaml", root)
    shutil.copytree(TOP / "content", root / "content")
    return root


def test_sample_site(sample: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """The sample site's contracts come back as they were."""
    assert_same(sample, there_and_back(sample, tmp_path))


def test_generated_site(tmp_path: pathlib.Path) -> None:
    """So do a hundred generated contracts."""
    root = tmp_path / "site"
    generate.make(root, 100, 7, 1)
    assert_same(root, there_and_back(root, tmp_path))


EVERYTHING: Mapping[str, Any] = {
    "number": "示采-2026-0017",
    "procurement": {
        "number": "T-17",
        "project": "道路照明",
        "method": "竞争性磋商",
        "agent": "某某市公共资源交易中心",
        "award_notice": "2026-02-01",
    },
    "vendors": ["某某照明工程有限公司", "某某电力有限公司"],
    "value": {"amount": "1370000.05", "currency": "CNY"},
    "announced": "2026-02-09",
    "term": {"start": "2026-03-01", "end": "2027-02-28", "duration": "P1Y", "wording": "一年"},
    "place": "某某市",
    "region": "示例省某某市",
    "category": "市政设施管理",
    "status": {"state": "terminated", "date": "2026-08-01", "reason": "双方协商一致"},
    "items": [
        {"name": "路灯", "specification": "LED，60 W", "quantity": "120", "unit": "盏"},
        {"name": "灯杆", "unit_price": "1200.5"},
    ],
    "payments": [
        {
            "label": "首付款",
            "amount": "370000.05",
            "condition": "签订后",
            "due": "2026-03-10",
            "paid": [
                {"date": "2026-03-09", "amount": "300000"},
                {"date": "2026-03-20", "amount": "70000.05"},
            ],
        },
        {"label": "尾款", "amount": "1000000", "percent": "72.99"},
    ],
    "assessment": {
        "when": "每季度",
        "criteria": [
            {"area": "质量", "name": "亮灯率", "weight": "60", "deduction": "每降 1% 扣 2 分"}
        ],
        "outcomes": [{"result": "合格", "range": "80 分以上", "effect": "全额付款"}],
    },
    "penalties": [{"who": "vendor", "rule": "逾期每日万分之五", "cap": "百分之五"}],
    "amendments": [
        {
            "number": "补-1",
            "date": "2026-04-02",
            "reason": "增加路段",
            "value_change": "30000.25",
            "end": "2027-03-31",
            "term_change": "顺延一个月",
        },
        {"date": "2026-05-06", "reason": "更正条款", "value_change": "0"},
        {"date": "2026-05-06", "reason": "减少路段", "value_change": "-1000"},
    ],
    "documents": [
        {"title": "合同", "kind": "合同文本", "url": "https://example.org/1.pdf"},
        {"title": "图纸", "file": "annex.pdf"},
    ],
    "redactions": [
        {"kind": "姓名", "count": "3", "ground": "个人信息", "policy": "2", "until": "2030-01-01"}
    ],
    "notes": "编者注。\n\n第二段。",
    "keep": [{"text": "亮灯率", "ground": "指标名称"}],
    "aliases": ["old-lights"],
}


def test_every_field(tmp_path: pathlib.Path) -> None:
    """A contract with every field comes back whole, but for what a package does not hold."""
    text = builders.text(BODY, **EVERYTHING)
    content = {
        "content/contracts/lights.md": text,
        "content/contracts/lights/annex.pdf": builders.paper(),
        "content/vendors/lamps.yaml": "name: 某某照明工程有限公司\nidentifier: "
        "91350100M000100Y43\n",
    }
    root = builders.site(tmp_path / "site", content)
    back = there_and_back(root, tmp_path)
    assert_same(root, back)
    (made,) = facts_of(back).values()
    assert (made.id, made.aliases) == ("lights", ("old-lights",))
    assert [one.url for one in made.documents] == [
        "https://example.org/1.pdf",
        "https://contracts.example.org/contracts/lights/annex.pdf",
    ]
    entry = importing.registries(back)["vendor"].facts[made.vendors[0]]
    assert entry.identifier == "91350100M000100Y43"


def test_other_registers(tmp_path: pathlib.Path) -> None:
    """An identifier of another register is published with its scheme, and comes back."""
    entry = "name: 某某照明工程有限公司\nidentifier: GB-COH-09506232\n"
    content = {"content/contracts/lights.md": builders.text(), "content/vendors/lamps.yaml": entry}
    root = builders.site(tmp_path / "site", content)
    back = there_and_back(root, tmp_path)
    assert_same(root, back)
    (found,) = (one.identifier for one in importing.registries(back)["vendor"].facts.values())
    assert found == "GB-COH-09506232"
    assert "登记代码" in (tmp_path / "public/vendors/lamps/index.html").read_text(encoding="utf-8")


def test_withheld_value(tmp_path: pathlib.Path) -> None:
    """A withheld value comes back withheld, for its reason."""
    text = builders.text(value={"withheld": "商业秘密"}, status={"state": "active"})
    root = builders.site(tmp_path / "site", {"content/contracts/lights.md": text})
    assert_same(root, there_and_back(root, tmp_path))


def test_completed(tmp_path: pathlib.Path) -> None:
    """A contract that is fulfilled comes back so."""
    text = builders.text(status={"state": "completed", "date": "2026-09-01"})
    root = builders.site(tmp_path / "site", {"content/contracts/lights.md": text})
    assert_same(root, there_and_back(root, tmp_path))


def test_back_again(tmp_path: pathlib.Path) -> None:
    """What came back is published and imported once more, and is the same again."""
    root = builders.site(
        tmp_path / "site",
        {
            "content/contracts/lights.md": builders.text(BODY, **EVERYTHING),
            "content/contracts/lights/annex.pdf": builders.paper(),
        },
    )
    once = there_and_back(root, tmp_path)
    (tmp_path / "again").mkdir()
    assert_same(once, there_and_back(once, tmp_path / "again"))


def test_documented() -> None:
    """What a package does not hold is told to readers."""
    text = (TOP / "docs/importing.md").read_text(encoding="utf-8")
    assert [field for field in LOST if f"`{field}`" not in text] == []
