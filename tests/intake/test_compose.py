"""Drafts: what is written is what the project's own reader reads."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import model, names, source
from portal.intake import clean, compose, facts


def read(front: dict[str, Any], body: str = "") -> source.Source:
    """A draft as the portal reads it."""
    return source.document("x.md", compose.draft(front, body).encode(), model.Contract)


SCALARS = (
    "1370000.00", "0012", "2025-06-10", "null", "~", "yes", "是", "a: b", "#1", "- x", "'", '"',
    "【已遮盖：姓名】", "一、二", "100%", "@", "`", "!", "{", "[", "P3Y", "*甲",
    "&乙", "? ", "1_000",
)  # fmt: skip


@pytest.mark.parametrize("scalar", SCALARS)
def test_scalars_survive(scalar: str) -> None:
    """Each text comes back as it was, and nothing is interpreted."""
    made = read({"title": scalar, "vendors": [scalar], "value": {"amount": scalar}})
    assert made.problems == ()
    assert made.data["title"] == scalar
    assert made.data["vendors"] == [scalar]
    assert made.data["value"] == {"amount": scalar}
    assert made.data["draft"] == "true"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"]), min_size=1))
def test_any_text_survives(text: str) -> None:
    """The same for any text without hidden characters."""
    if names.hidden(text) or not text.strip():
        return
    assert read({"title": text.strip()}).data["title"] == text.strip()


def test_chinese_is_legible() -> None:
    """Chinese stands as it is, amounts and days without quotes."""
    made = compose.draft(
        {"title": "某某合同", "value": {"amount": "1.00"}, "signed": "2025-06-10"}, "文"
    )
    assert "title: 某某合同\n" in made
    assert "  amount: 1.00\n" in made
    assert "signed: 2025-06-10\ndraft: true\n---\n\n文\n" in made


def test_body_has_headings() -> None:
    """Sections become headings; lists, tables and paragraphs stand apart."""
    raw = (
        "第一条 服务内容\n乙方提供服务。\n（一）巡检服务\n1. 每月巡检。\n2. 每周报告。\n"
        "序号\t名称\n1\t键盘\n附件 1"
    )
    assert compose.body(clean.text(raw)) == (
        "## 第一条 服务内容\n\n乙方提供服务。\n\n### （一）巡检服务\n\n"
        "1. 每月巡检。\n2. 每周报告。\n\n"
        "| 序号 | 名称 |\n|---|---|\n| 1 | 键盘 |\n\n## 附件 1\n"
    )


@pytest.mark.parametrize(
    ("raw", "id"),
    [
        ("合同编号：安财磋商采购-2025-64", "an-cai-cuo-shang-cai-gou-2025-64"),
        ("合同编号：HT〔2024〕第7号", "ht-2024-di-7-hao"),
        ("临河县图书采购合同\n甲方：临河县图书馆", "lin-he-xian-tu-shu-cai-gou-he-tong"),
        ("没有名称", ""),
    ],
)
def test_identifier(raw: str, id: str) -> None:
    """An id is made of the number, else of the title, in pinyin."""
    assert compose.identifier(facts.read(clean.text(raw))) == id
