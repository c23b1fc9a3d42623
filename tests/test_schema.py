"""The schemas for editors: they accept what the portal accepts, and mark what it refuses."""

import json
import pathlib
import re
from typing import Any

import jsonschema
import pytest
import yaml

import builders
from portal import facts, keys, model, names, schema, source

TOP = pathlib.Path(__file__).resolve().parents[1]
CONTENT = sorted(
    (kind, path)
    for kind, places in {
        "site": "site.yaml",
        "contract": "content/contracts/**/*.md",
        "agency": "content/agencies/*.yaml",
        "vendor": "content/vendors/*.yaml",
        "page": "content/pages/*.md",
    }.items()
    for path in TOP.glob(places)
)
VALIDATORS = {kind: jsonschema.Draft202012Validator(schema.of(kind)) for kind in schema.KINDS}


class Editor(yaml.SafeLoader):
    """YAML 1.2, as editors read it: numbers and true are guessed, days and yes are not."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own protocol


for tag, form, starts in (
    ("bool", "true|false", "tf"),
    ("null", "~|null|", ("~", "n", "")),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
):
    Editor.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{form})$"), starts)


def mistakes(kind: str, text: str) -> list[str]:
    """What an editor marks in a file's facts."""
    front = text.removeprefix("---\n").partition("\n---\n")[0]
    return [one.message for one in VALIDATORS[kind].iter_errors(yaml.load(front, Editor))]


def contract(lines: str) -> str:
    """The facts of a contract in which these lines stand in place of their fields."""
    known = keys.fields(model.Contract)
    given = (known[names.fold(line.partition(":")[0])] for line in lines.splitlines())
    return builders.text(**{str(field.path[0]): None for field in given}).replace(
        "---\n", f"---\n{lines}\n", 1
    )


@pytest.mark.parametrize("kind", schema.KINDS)
def test_schema_is_one(kind: str) -> None:
    """Each schema is a schema."""
    jsonschema.Draft202012Validator.check_schema(schema.of(kind))


@pytest.mark.parametrize("kind", schema.KINDS)
def test_schema_is_current(kind: str) -> None:
    """The schemas in the repository are those of the model; `build.py schema` renews them."""
    text = (TOP / f"schema/{kind}.json").read_text(encoding="utf-8")
    assert json.loads(text) == schema.of(kind)


def test_schema_written(tmp_path: pathlib.Path) -> None:
    """The files that the command writes are the same on every machine."""
    for path in schema.write(tmp_path / "new"):
        assert path.read_bytes() == (TOP / "schema" / path.name).read_bytes()


@pytest.mark.parametrize(("kind", "path"), CONTENT, ids=lambda one: str(getattr(one, "name", one)))
def test_content(kind: str, path: pathlib.Path) -> None:
    """The sample content is right in an editor."""
    assert mistakes(kind, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("kind", "path"), CONTENT, ids=lambda one: str(getattr(one, "name", one)))
def test_content_names_its_schema(kind: str, path: pathlib.Path) -> None:
    """An entry tells the editor which schema is its own."""
    if path.suffix == ".yaml":
        first = path.read_text(encoding="utf-8").splitlines()[0]
        name = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / name).resolve() == TOP / f"schema/{kind}.json"


ACCEPTED = [
    "number: 20250610",
    "number: 甲-1",
    "signed: 2026年2月6日",
    "签订日期: 2026-2-6",
    "draft: 是",
    "草稿: true",
    "value: 137万",
    "value: 1370000.00",
    "合同金额: {金额: 137万, 大写: 壹佰叁拾柒万元整}",
    "合同金额（万元）: 137.5",
    "term: 一年",
    "履行期限: {时长: 3年}",
    "状态: 履行中",
    "status: {state: terminated, date: 2026-05-01, reason: 违约}",
    "items: [{name: 灯具, quantity: 20, 单价: 5.5}]",
    "主要标的名称: 灯具",
    "notes:",
    "payments: []",
    "aliases: [2025]",
    "region: 110000",
]
ALSO_ACCEPTED = [
    "vendors: 某某照明工程有限公司",
    "供应商（乙方）: 某某照明工程有限公司",
    "payments: [{label: 全款, percent: 100%, paid: {date: 2026-03-01, amount: 5}}]",
    "status: {state: 已完成}",
    "违约责任: [{责任方: 乙方, 规则: 每日千分之一}]",
    "vendors: [某某照明工程有限公司, null]",
]


def both(lines: str) -> tuple[bool, bool]:
    """Whether the portal takes the facts, and whether the editor does."""
    text = contract(lines)
    made, _ = facts.contract(source.document("x", text.encode(), model.Contract), "x", "CNY")
    return made is not None, mistakes("contract", text) == []


@pytest.mark.parametrize("lines", ACCEPTED)
def test_accepted(lines: str) -> None:
    """What the portal reads, an editor does not mark."""
    assert both(lines) == (True, True)


@pytest.mark.parametrize("lines", ALSO_ACCEPTED)
def test_accepted_short(lines: str) -> None:
    """One thing in place of a list, a short spelling in a list, a Chinese choice: all as good."""
    assert both(lines) == (True, True)


@pytest.mark.parametrize(
    "lines",
    [
        "signed: 6/2/2026",
        "value: {amount: 5, currency: 元}",
        "draft: perhaps",
        "payments: {label: 全款, percent: 100}",
        "items: [{unit: 个}]",
        "procurement: 公开招标",
        "title: [甲, 乙]",
        "penalties: [{who: 丙方, rule: 每日千分之一}]",
        "redactions: [{kind: mobile, count: 0, ground: 第二十五条}]",
        "number: 甲\n合同编号: 甲",
        "term: {duration: 3年, 时长: 3年}",
    ],
)
def test_refused(lines: str) -> None:
    """What the portal refuses, an editor marks while it is typed."""
    assert both(lines) == (False, False)


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("contract", dict(builders.FACTS)),
        ("agency", {"name": "甲"}),
        ("vendor", {"名称": "甲", "曾用名": ["乙"], "别名": [{"名称": "丙", "合同": "a"}]}),
        ("page", {"title": "甲", "order": 10}),
        ("site", {"name": "甲", "url": "https://contracts.example.org/"}),
    ],
)
def test_unknown_field(kind: str, facts: dict[str, Any]) -> None:
    """An editor marks a field that there is not, in each kind of file."""
    assert mistakes(kind, builders.front(facts)) == []
    assert mistakes(kind, builders.front({**facts, "weather": "fine"})) != []


def test_every_name() -> None:
    """An editor offers every name of a contract's field, but not its id, which the file bears."""
    offered = schema.of("contract")["properties"].keys()
    assert set(keys.accepted(model.Contract)) - {"id"} == offered
