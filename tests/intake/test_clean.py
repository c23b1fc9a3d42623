"""Tidy text: what goes, what is joined, and that nothing else is lost."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake import clean, grids

HEAD = "合同编号：XD-2025-7    政府采购合同"


def lines(raw: str) -> list[str]:
    """The tidy lines of a raw text, without blank ones."""
    return [line.text for line in clean.text(raw).lines if line.text]


def ink(text: clean.Text) -> Counter[str]:
    """The characters of a tidy text and of what was dropped, without spaces and table signs."""
    kept = [one.text for one in text.lines if not grids.is_rule(one.text)]
    dropped = [one.text for one in text.dropped]
    return Counter("".join((*kept, *dropped)).replace("|", "").translate(dict.fromkeys(b" \t")))


def test_page_numbers_and_headers_go() -> None:
    """Of a header on every page the first stays; page numbers of every kind go."""
    bodies = [
        "甲方应当按期付款。",
        "乙方应当按期交付。",
        "双方另有约定的除外。",
        "本合同一式四份。",
    ]
    feet = ["第 1 页 共 4 页", "- 2 -", "3/4", "第 4 页"]
    raw = "\f".join(f"{HEAD}\n\n{b}\n\n{f}" for b, f in zip(bodies, feet, strict=True))
    assert lines(raw) == [HEAD, *bodies]
    assert len(clean.text(raw).dropped) == 7


def test_a_misread_header_goes_as_well() -> None:
    """A header in which the scanner took one sign for another is still the header."""
    heads = ["云溪县政务服务平台运维项目合同", "云溪县政务服务平台运维项目合同"] * 2
    heads[2] = "云溪县政务服务平合运维项目合同"
    raw = "\f".join(f"{head}\n第{n}项约定的内容。" for n, head in enumerate(heads, 1))
    assert lines(raw).count(heads[0]) == 1
    assert heads[2] not in lines(raw)


def test_lines_of_a_list_are_no_footers() -> None:
    """Lone numbers stay where no page ends."""
    assert lines("得分\n85\n合格") == ["得分", "85", "合格"]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\f\n", "\n\n第 3 页 共 9 页\n\f\n"])
def test_a_cut_sentence_is_joined(between: str) -> None:
    """A sentence goes on over the end of a line, of a page, and over a page number."""
    raw = f"乙方应当采取有效的技术措施，确保交付的产品满足功能、性{between}能等要求。\n"
    assert lines(raw) == ["乙方应当采取有效的技术措施，确保交付的产品满足功能、性能等要求。"]


@pytest.mark.parametrize(
    "second",
    [
        "第二条 付款方式",
        "二、付款方式",
        "（二）付款",
        "2. 付款",
        "付款方式：转账。",
        "附件 1",
        "| a | b |",
    ],
)
def test_what_begins_anew_is_not_joined(second: str) -> None:
    """A heading, an item, a label, an annex or a table's row begins a line of its own."""
    first = "乙方应当采取有效的技术措施，确保交付的产品满足功能、性能等要求并且可用"
    assert lines(f"{first}\n{second}")[:2] == [first, second]


def test_joined_lines_know_where_they_are_from() -> None:
    """A joined line bears the numbers of all its raw lines, a form feed counting as none."""
    raw = "一、总则\n乙方应当采取有效的技术措施，确保交付的产品满足功能、性\f能等要求。\n完。"
    assert [line.rows for line in clean.text(raw).lines if line.text] == [(1,), (2,), (3,)]


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        (r"乙方未履约 $\geq 5\%$ 的", "乙方未履约 ≥5% 的"),
        ("<p>甲方：<b>某局</b></p>", "甲方：某局"),
        ("单 位 地 址： 北京路 25 号", "单位地址： 北京路 25 号"),
        ("甲&nbsp;方&amp;乙方", "甲\xa0方&乙方"),
        ("![](images/3.jpg)印章", "印章"),
        ("** **合同", "合同"),
        ("费用<项目名称>", "费用<项目名称>"),
        ("乙\u200b方", "乙方"),
    ],
)
def test_markup(raw: str, tidy: str) -> None:
    """Markup goes, its words stay."""
    assert lines(raw) == [tidy]


def test_html_table() -> None:
    """An HTML table becomes Markdown; spanned places are blank."""
    raw = (
        "<table><tr><th>类别</th><th>内容</th></tr>\n"
        "<tr><td rowspan='2'>巡检</td><td>机房</td></tr>\n<tr><td>线路</td></tr></table>"
    )
    table = ["| 类别 | 内容 |", "|---|---|", "| 巡检 | 机房 |", "|  | 线路 |"]
    assert lines(raw) == table
    assert [line.at for line in clean.text(raw).lines if line.rows] == [1, 2, 3]


def test_columns_by_spaces() -> None:
    """Three lines and more of as many columns are a table."""
    raw = "序号   名称   数量\n1   键盘   2\n2   鼠标   3\n"
    assert lines(raw)[0] == "| 序号 | 名称 | 数量 |"


def test_stamps_within_a_table_stand_below_it() -> None:
    """What a stamp left between two parts of a row does not part them."""
    raw = "序号\t名称\t内容\n1\t平台\t实现网上信息发\n\n某某信息中心\n\n0061317\n\n\t\t布和查询。\n"
    assert lines(raw)[2:] == ["| 1 | 平台 | 实现网上信息发布和查询。 |", "某某信息中心", "0061317"]


def test_marks_stay() -> None:
    """Marks in place of personal data are left as they are."""
    assert lines("联 系 人：【已遮盖：姓名】") == ["联系人：【已遮盖：姓名】"]


PIECE = st.sampled_from(
    (
        "甲方：某某局", "第一条 总则", "乙方应当按照约定提供服务，确保系统稳定运行并",
        "及时处理故障。", "（一）", "1.", "\t", "序号\t名称\t数量", "1\t键盘\t2", "\t\t续",
        "第 3 页 共 9 页", "3/12", "合同编号：AB-2024-1", "\f", "", "   ", "a   b   c", "5",
        "附件：", "12月", "【已遮盖：姓名】", "乙 方：", "<p>", "&",
    )
)  # fmt: skip


@given(st.lists(st.one_of(PIECE, st.text("合同，。：1a(）\t\f ", max_size=40)), max_size=40))
def test_nothing_is_lost(pieces: list[str]) -> None:
    """Each character of a text is in the tidy one, or in what it says it dropped."""
    raw = "\n".join(pieces)
    bare = raw.replace("<p>", "").translate(dict.fromkeys(b" \t\n\f"))
    assert ink(clean.text(raw)) == Counter(bare)


@given(st.lists(st.one_of(PIECE, st.text("合同，。：1a|-<td>/$\\*&;#!()[]\f\t ")), max_size=30))
def test_anything_is_read(pieces: list[str]) -> None:
    """No text breaks the cleaning, and every line names raw lines in order."""
    raw = "\n".join(pieces)
    last = raw.count("\n") + 1
    for line in clean.text(raw).lines:
        assert list(line.rows) == sorted(line.rows)
        assert all(1 <= row <= last for row in line.rows)
