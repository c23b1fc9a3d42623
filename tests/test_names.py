"""Names are compared as people see them, and what nobody sees is found."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import names

KEYS = ["title", "number", "agency", "vendors", "value", "signed"]
CHINESE_KEYS = ["合同编号", "合同名称", "采购人", "供应商", "合同金额", "签订日期"]

EVERYTHING = "".join(map(chr, range(0x110000)))
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
VISIBLE_FORMATS = {
    *range(0x600, 0x606),
    *(0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD),
    *range(0x13430, 0x13440),
}
"""Format characters with ink: Arabic and Kaithi number signs, Egyptian joiners."""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杭州某某（集团）有限公司", "杭州某某(集团)有限公司"),
        ("甲〔乙〕【丙】「丁」", "甲(乙)(丙)(丁)"),
        ("财办库〔2020〕50号", "财办库[2020]50号"),
        ("ＡＢＣ科技", "abc科技"),
        ("某某 有限　公司\n", "某某有限公司"),
        ("某\u200b某\ufeff公\u00ad司", "某某公司"),
        ("古丽•买买提工作室", "古丽·买买提工作室"),
        ("古丽・买买提工作室", "古丽‧买买提工作室"),
        ("\u2f26公司", "子公司"),
        ("Straße", "STRASSE"),
        ("Cafe\u0301", "café"),
    ],
)
def test_fold_alike(one: str, other: str) -> None:
    """Names that differ in width, brackets, dots, blanks or case are the same name."""
    assert names.fold(one) == names.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("某某公司", "某某分公司"), ("某某(甲)", "某某甲"), ("一公司", "二公司"), ("A-1", "A1")],
)
def test_fold_apart(one: str, other: str) -> None:
    """Names that differ in a word, a bracket or a hyphen stay apart."""
    assert names.fold(one) != names.fold(other)


@given(st.text())
def test_fold_is_final(name: str) -> None:
    """Folding a folded name changes nothing, and leaves no blank."""
    once = names.fold(name)
    assert names.fold(once) == once
    assert not any(letter.isspace() for letter in once)
    assert not names.hidden(once)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("合同编好", "合同编号"),
        ("合同编号（必填）", "合同编号"),
        ("编号", "合同编号"),
        ("供货商", "供应商"),
        ("vendros", "vendors"),
        ("Vendor", "vendors"),
        ("ＴＩＴＬＥ", "title"),
        ("titel", "title"),
        ("vaule", "value"),
    ],
)
def test_near(name: str, meant: str) -> None:
    """Somebody who mistypes a key is told which one was meant."""
    assert names.near(name, KEYS + CHINESE_KEYS) == meant


@pytest.mark.parametrize("name", ["", "xyz", "备注", "金", "colour", "1", "合"])
def test_nothing_near(name: str) -> None:
    """A key that is like no other gets no misleading hint."""
    assert names.near(name, KEYS + CHINESE_KEYS) is None


def test_near_does_not_depend_on_order() -> None:
    """The hint is the same whatever the order in which the known names come."""
    known = ["Value", "value", "valve"]
    assert names.near("valu", known) == names.near("valu", reversed(known)) == "Value"
    assert names.near("valu", []) is None


def test_hidden_says_where_and_what() -> None:
    """Each hidden character is reported with its place and its name."""
    assert names.hidden("甲\u202e乙\u200b\u0007\ufeff\U000e0041\u3164") == (
        (1, "RIGHT-TO-LEFT OVERRIDE"),
        (3, "ZERO WIDTH SPACE"),
        (4, "U+0007"),
        (5, "ZERO WIDTH NO-BREAK SPACE"),
        (6, "TAG LATIN CAPITAL LETTER A"),
        (7, "HANGUL FILLER"),
    )


def test_nothing_hidden() -> None:
    """Chinese and Latin text, rare characters, spaces of every width, tabs and lines are fine."""
    text = "合同　编号：A-1\u00a0（é）\t\U00020bb7 · ￥1,370.00 😀\n第二行 \u2009مرحبا"
    assert names.hidden(text) == ()


def test_hidden_covers_unicode() -> None:
    """Every control and format character of Unicode that leaves no ink is found."""
    without_ink = {
        code for code, one in enumerate(EVERYTHING) if unicodedata.category(one) in INVISIBLE
    }
    found = {code for code, _ in names.hidden(EVERYTHING)}
    assert without_ink - found == VISIBLE_FORMATS & without_ink | {0x09, 0x0A}


def test_hidden_is_quick() -> None:
    """A megabyte of text is searched in a moment."""
    text = "合同公开 portal\n" * 80_000
    start = time.perf_counter()
    assert names.hidden(text) == names.bidirectional(text) == ()
    assert time.perf_counter() - start < 1


def test_bidirectional() -> None:
    """In a body only what turns the direction of writing is reported."""
    turning = {code for code, _ in names.bidirectional(EVERYTHING)}
    assert turning == {0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
    assert names.bidirectional("甲\u200b乙\u2066") == ((3, "LEFT-TO-RIGHT ISOLATE"),)
