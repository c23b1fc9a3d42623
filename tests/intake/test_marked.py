"""Marks in a tidy text: whole values, wherever they show, and no line out of its place."""

import pytest

from portal.intake import clean, marked
from portal.redact import marks
from portal.redact.finding import Finding

MOBILE, NAME = "13900001234", "郝佳禾"
MARK = marks.mark("mobile")


def lines(raw: str) -> list[tuple[str, tuple[int, ...]]]:
    """The marked lines with their raw lines, without blanks."""
    found = marked.tidy(raw, {}).text.lines
    return [(line.text, line.rows) for line in found if line.text]


def test_places_stay() -> None:
    """Each line is still told to come from its raw lines."""
    assert lines(f"第一条 联系\n乙方联系人手机：{MOBILE}\n第二条 其他") == [
        ("第一条 联系", (1,)),
        (f"乙方联系人手机：{MARK}", (2,)),
        ("第二条 其他", (3,)),
    ]


def test_rest_of_a_value() -> None:
    """A line that holds only the rest of a value goes, and its raw line to the one above."""
    raw = f"第一条 联系\n乙方联系人手机：{MOBILE[:7]}\n\n{MOBILE[7:]}\n第二条 其他"
    assert lines(raw)[1] == (f"乙方联系人手机：{MARK}", (2, 4))


def test_within_a_page_break() -> None:
    """The number of a page between the halves of a value does not hide it."""
    raw = f"第一条 联系\n乙方联系人手机：{MOBILE[:7]}\n- 3 -\n{MOBILE[7:]}，请致电。\n"
    text = "".join(line for line, _ in lines(raw))
    assert MARK in text
    assert not any(part in text for part in (MOBILE[:7], MOBILE[7:]))


def test_of_the_raw_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What shows in the raw text alone is masked in what became of its lines, and only there."""
    raw = "第一条 甲某某\n第二条 乙某 某\n第三条 乙某某\n"

    def find(text: str, tiers: object) -> tuple[Finding, ...]:
        at = text.index("乙某")
        return (Finding(at, at + 4, "person-name", "mask", "test"),) if text == raw else ()

    monkeypatch.setattr(marked.find, "find", find)
    whole = "".join(line for line, _ in lines(raw))
    assert whole.count(marks.mark("person-name")) == 1
    assert whole.endswith("第三条 乙某某")


def test_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """What shows in the raw text alone, and is not there any more, is for a person to look for."""
    raw = "第一条 联系\n乙方：某某\n"

    def find(text: str, tiers: object) -> tuple[Finding, ...]:
        return (Finding(0, 14, "person-name", "mask", "test"),) if text == raw else ()

    monkeypatch.setattr(marked.find, "find", find)
    found = marked.tidy(raw, {})
    assert found.lost == (marked.Lost(1, "person-name", "test"),)


def test_whole() -> None:
    """A file's text keeps its lines, also where a value goes over one."""
    text = f"a: 1\n手机 {MOBILE[:6]}\n{MOBILE[6:]}\nb: 2\n"
    assert marked.whole(text, {}).split("\n")[3:] == ["b: 2", ""]
    assert MARK in marked.whole(text, {})


def test_nothing_personal() -> None:
    """A text without anything personal is as clean leaves it."""
    raw = "第一条 标的\n\n甲方向乙方采购办公桌。\n"
    assert marked.tidy(raw, {}).text == clean.text(raw)
