"""The marks in a text: what is one, what only looks like one, and how they are shown."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.redact import marks

CODES = sorted(marks.LABELS)

LIKE = {
    "【已遮盖：电话】": "电话",
    "【已遮盖:姓名】": "姓名",
    "【已遮盖： 姓名】": "姓名",
    "【 已遮盖：姓名】": "姓名",
    "【已 遮 盖：姓名】": "姓名",
    "[已遮盖：姓名]": "姓名",
    "［已遮盖：姓名］": "姓名",
    "〔已遮蓋：姓名〕": "姓名",
    "【已遮盖】": "",
    "【已遮盖：】": "",
    "【已遮盖：姓名": "姓名",
    "【已遮盖：**姓名**】": "**姓名**",
    "【已遮盖：姓名 3】": "姓名 3",
}


def test_vocabulary() -> None:
    """Every kind has a code that can stand in an attribute, and a label of its own."""
    assert len(marks.LABELS) == len(marks.KINDS) == len({kind.label for kind in marks.KINDS})
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in CODES)
    assert not any(re.search(r"[\s【】*_`\\\[\]<>&|]", label) for label in marks.LABELS.values())


@pytest.mark.parametrize("code", CODES)
def test_mark(code: str) -> None:
    """A mark of each kind is known, and is shown by its kind alone."""
    mark = marks.mark(code)
    assert marks.codes(f"甲{mark}乙{mark}") == (code, code)
    assert marks.unknown(mark) == ()
    label = marks.LABELS[code]
    shown = f'甲<span class="mark" data-kind="{code}">已遮盖：{label}</span>乙'
    assert marks.html(f"甲{mark}乙") == shown


def test_no_such_kind() -> None:
    """A kind that is not in the vocabulary has no mark."""
    with pytest.raises(KeyError):
        marks.mark("telephone")


@pytest.mark.parametrize(("text", "kind"), LIKE.items())
def test_like_a_mark(text: str, kind: str) -> None:
    """What a reader would take for a mark is reported with its place, and stays text."""
    assert marks.unknown(f"甲方\n{text}，") == ((3, kind),)
    assert marks.html(text) == text
    assert marks.codes(text) == ()


@pytest.mark.parametrize(
    "text", ["", "已遮盖：姓名", "【姓名】", "【遮盖】", "本合同已遮盖个人信息。"]
)
def test_nothing_like_a_mark(text: str) -> None:
    """Words about masking are no marks."""
    assert marks.unknown(text) == ()


def test_places() -> None:
    """Each place is an offset into the text, also among marks that are known."""
    text = "【已遮盖：姓名】【已遮盖：甲】\n【已遮盖：手机号】[已遮盖：乙]"
    assert marks.unknown(text) == ((8, "甲"), (25, "乙"))
    assert text[8:].startswith("【已遮盖：甲】")
    assert text[25:] == "[已遮盖：乙]"


@given(st.text(st.sampled_from("【】[已遮盖：姓名手机号QQ 甲\n")))
def test_known_or_unknown(text: str) -> None:
    """No text that says 已遮盖 in brackets is passed over: it is a mark, or it is reported."""
    said = len(re.findall(r"[【\[]已遮盖", text))
    assert said <= len(marks.codes(text)) + len(marks.unknown(text))


@given(st.text(), st.sampled_from(CODES))
def test_text_stays(text: str, code: str) -> None:
    """Around a mark, nothing is changed; without its elements, the words are those of the text."""
    source = html.escape(text) + marks.mark(code)
    shown = re.sub(
        r'<span class="mark" data-kind="[a-z-]+">(.*?)</span>', r"【\1】", marks.html(source)
    )
    assert shown == source
