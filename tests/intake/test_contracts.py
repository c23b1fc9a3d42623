"""The three real contracts: what each text states, exactly, and as an editor read it by hand."""

import pathlib
from typing import Any

import pytest
import yaml

from portal import facts as validation
from portal import model, source
from portal.intake import clean, compose, facts

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RAW = ROOT.parent / "shared" / "contracts"
STEMS = ("aksu-platform-operations", "anyang-grid-governance", "jiyuan-credit-platform")

pytestmark = pytest.mark.skipif(
    not RAW.is_dir(), reason="the raw contracts are not beside the code"
)


def found(stem: str) -> facts.Found:
    """What is read from a real text."""
    return facts.read(clean.text((RAW / f"{stem}.txt").read_text("utf-8")))


def by_hand(stem: str) -> dict[str, Any]:
    """The front matter that an editor wrote."""
    (path,) = (ROOT / "content" / "contracts").glob(f"*/{stem}-*.md")
    return source.document(path.name, path.read_bytes(), model.Contract).data


def columns(rows: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """Some fields of each row."""
    return [tuple(row.get(name) for name in names) for row in rows]


@pytest.mark.parametrize("stem", STEMS)
def test_facts(stem: str) -> None:
    """Everything that is read, its contradictions with their lines, and what is missing."""
    read = found(stem)
    expected = yaml.safe_load((HERE / "expected" / f"{stem}.yaml").read_text("utf-8"))
    assert read.front() == expected["front"]
    assert read.get("annexes") == expected["annexes"]
    assert [list(map(_plain, one)) for one in read.conflicts] == expected["conflicts"]
    assert list(read.missing) == expected["missing"]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("stem", STEMS)
def test_agrees_with_the_editor(stem: str) -> None:
    """What the editor took over word for word is what is read."""
    read, hand = found(stem).front(), by_hand(stem)
    for name in ("number", "procurement", "value", "signed", "region"):
        assert read.get(name) == hand.get(name), name
    for name in ("start", "end", "duration"):
        assert read["term"].get(name) == hand["term"].get(name), name
    assert columns(read["payments"], "amount", "percent", "due") == columns(
        hand["payments"], "amount", "percent", "due"
    )
    assert sorted(map(str, columns(read["penalties"], "who", "cap"))) == sorted(
        map(str, columns(hand["penalties"], "who", "cap"))
    )
    judged = [one.get("assessment", {}).get("criteria", []) for one in (read, hand)]
    assert columns(judged[0], "area", "name") == columns(judged[1], "area", "name")
    names = [one["name"] for one in hand["items"]]
    own = {"新增两套招标文件范本", "交易系统的浏览器兼容改造"}  # the text has no names for these
    assert [one["name"].replace("workflow", "工作流") for one in read["items"]] == [
        one for one in names if one not in own
    ]


@pytest.mark.parametrize("stem", STEMS)
def test_draft_is_accepted(stem: str) -> None:
    """The draft is read back without a problem, with the same facts."""
    text = clean.text((RAW / f"{stem}.txt").read_text("utf-8"))
    read = facts.read(text)
    made = source.document(
        "x.md", compose.draft(read.front(), compose.body(text)).encode(), model.Contract
    )
    assert made.problems == ()
    assert made.data == {**read.front(), "draft": "true"}
    assert validation.contract(made, "x", "CNY")[1] == ()
