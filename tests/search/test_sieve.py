"""The sieve: every contract that holds a text passes, and grams alone decide what they can."""

import itertools
import zlib
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.search import sieve, signs, tokenised

TEXTS = st.lists(
    st.text(alphabet="数据库备份运维服务ab1 ，。|\n", max_size=40), min_size=1, max_size=30
)


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number in groups of seven bits, and where the next begins."""
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return number, at


def ordinals(payload: bytes, size: int) -> list[int]:
    """The contracts of a gram in a shard of so many."""
    if payload[0] == 0:
        return [one for one in range(size) if payload[1 + (one >> 3)] >> (one & 7) & 1]
    steps, at = [], 1
    while at < len(payload):
        step, at = varint(payload, at)
        steps.append(step)
    return list(itertools.accumulate(steps))


def entries(section: bytes, size: int) -> Iterator[tuple[str, list[int]]]:
    """The grams of a section with their contracts."""
    at = 0
    while at < len(section):
        length = section[at]
        gram = section[at + 1 : at + 1 + length].decode()
        count, at = varint(section, at + 1 + length)
        yield gram, ordinals(section[at : at + count], size)
        at += count


@given(TEXTS, st.sampled_from([1, 4, 64]))
def test_holds_just_what_the_texts_hold(texts: list[str], count: int) -> None:
    """For every gram the contracts that have it, each gram in the file of its hash."""
    readable = [signs.readable(text) for text in texts]
    grams = [sieve.text(text) for text in readable]
    found: dict[str, list[int]] = {}
    sections = sieve.sections(readable, [()] * len(texts), count, has_triples=False)
    for bucket in range(count):
        for gram, contracts in entries(sections.of(bucket), len(texts)):
            name = gram[1:] if gram.startswith("t") and len(gram) > 1 else gram
            assert zlib.crc32(name.encode()) & (count - 1) == bucket
            assert gram not in found
            found[gram] = contracts
    wanted = {
        gram: [at for at, one in enumerate(grams) if gram in one] for gram in set().union(*grams)
    }
    assert found == wanted


@pytest.mark.parametrize("size", [1, 8, 200, 20_000])
def test_every_distance_can_be_told(size: int) -> None:
    """Contracts that have a gram are found again however far apart and however many they are."""
    texts = [
        "数" * (at == size - 1 or at % 7 == 0) + "库" * (at in (0, size - 1)) for at in range(size)
    ]
    found = dict(entries(sieve.sections(texts, [()] * size, 1).of(0), size))
    for gram in ("数", "库", "数库"):
        assert found.get(gram, []) == [at for at, text in enumerate(texts) if gram in text]


def test_shards_stand_one_after_another() -> None:
    """A bucket tells of which shard each part is; a shard without it takes no room."""
    one = sieve.sections([""], [{"备份"}], 1).of(0)
    two = sieve.sections(["", ""], [{"数"}, {"备份"}], 1).of(0)
    data = sieve.bucket([one, b"", two])
    found, at = {}, 0
    while at < len(data):
        shard, at = varint(data, at)
        length, at = varint(data, at)
        found[shard] = dict(entries(data[at : at + length], 2))
        at += length
    assert found == {0: {"备份": [0]}, 2: {"数": [0], "备份": [1]}}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("数据库，并保存", "库并"),
        ("| 数据 | 库 |", "据库"),
        ("运维\n服务", "维服"),
        ("共 1,370,000.00 元", "=1370000"),
        ("Oracle数据库", "=oracle"),
        ("Oracle数据库", "<ora"),
        ("臺灣", "台湾"),
    ],
)
def test_grams_of_a_text(text: str, phrase: str) -> None:
    """Signs are neighbours across commas, cells and lines; words count whole and by their start."""
    assert phrase in sieve.text(signs.readable(text))


def test_words_part_signs() -> None:
    """Two signs with a word between them are no neighbours."""
    assert "数库" not in sieve.text(signs.readable("数 SQL 库"))


def test_numbers() -> None:
    """Every part of four characters of a number finds it, and the whole of a short one."""
    whole = signs.squeeze("HAJCR-2401215-EGN00")
    assert {"##hajcr2401215egn00", "#4012", "#r240", "#gn00"} <= sieve.number(whole)
    assert sieve.number(signs.squeeze("第〔9〕号")) == {"#第9号", "##第9号"}


@pytest.mark.parametrize(
    ("amount", "gram"),
    [("1370000.00", "$1370000"), ("0.50", "$0.5"), ("100", "$100"), ("1E+3", "$1000")],
)
def test_value(amount: str, gram: str) -> None:
    """An amount has one spelling, whatever zeros it was written with."""
    assert sieve.value(Decimal(amount)) == gram


@given(st.lists(st.text(alphabet="数据库〇，。| \nab12.,_-（）éẞİ\U00020bb7", max_size=30)))
def test_what_pagefind_is_given_has_the_same_tokens(texts: list[str]) -> None:
    """Each token of the texts stands by itself, in the same order, and there is nothing else."""
    readable = [signs.readable(text) for text in texts]
    tokens = [token for one in readable for token in signs.tokens(one)]
    assert tokenised.spaced(readable) == "".join(f" {token}" for token in tokens)
    together = "".join("".join(filter(str.isalnum, one.lower())) for one in readable)
    assert "".join(tokens) == together


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("合计1370000元", {"%1370000"}),
        ("合计1,370,000.00元，即137万元", {"%1370000"}),
        ("13155.70元", {"%13155.7"}),
        ("约1.2亿元，另500元", {"%120000000"}),
        ("3.5.1条，第12页", set()),
        ("2025年3月12日起", {"%@202503", "%@20250312", "%2025"}),
        ("自2025-03-02", {"%@202503", "%@20250302", "%2025"}),
        ("2025 年 3 月", {"%@202503", "%2025"}),
    ],
)
def test_amounts_and_days_of_a_text(text: str, grams: set[str]) -> None:
    """One gram for an amount or a day, however it is written; parts of other numbers have none."""
    assert sieve.figures(signs.readable(text)) == grams
