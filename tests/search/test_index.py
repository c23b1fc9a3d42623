"""The search's files as a build publishes them: whole, and of what is published only."""

import gzip
import json
import pathlib
import re
import stat

import pytest

import builders
import test_incremental
from portal import pipeline
from portal.indexing import buckets
from portal.problems import Refused
from portal.search import full, known, shards

SECRET = "锅炉房蓄水池清淤"
BODY = f"""
## 第一条 内容

乙方每年完成{SECRET}一次，并保存三份 Oracle 备份。

| 项目 | 金额（元） |
|---|--:|
| 巡检 | 411,000.00 |
"""
FILES = {
    "content/contracts/a.md": builders.text(BODY, number="HAJCR-2401215-EGN00"),
    "content/contracts/b.md": builders.text("另一份。", title="网格系统运维", signed="2021-03-04"),
    "content/contracts/c.md": builders.text("第三份。", title="档案整理", signed="2021-03-05"),
}


def built(root: pathlib.Path, output: pathlib.Path, jobs: int = 1) -> pipeline.Report:
    """A build of a site."""
    return pipeline.build(pipeline.Options(root, output, jobs))


def unpacked(path: pathlib.Path) -> bytes:
    """The bytes of a file, unpacked where it is packed."""
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def everything(output: pathlib.Path) -> dict[str, str]:
    """Every file of the search, unpacked, without what Pagefind puts between signs."""
    found = {}
    for path in sorted((output / "search").rglob("*")):
        if path.is_file():
            text = unpacked(path).decode("utf-8", "ignore")
            found[path.relative_to(output).as_posix()] = re.sub(r"(?<=[^\x00-\x7f]) ", "", text)
    return found


def holding(output: pathlib.Path, text: str) -> list[str]:
    """The files of the search in which a text stands, in one piece or as its pairs of signs."""
    return [path for path, data in everything(output).items() if text in data]


def test_index_says_what_there_is(tmp_path: pathlib.Path) -> None:
    """The index names the shards with the contracts in them, and every file that it leads to."""
    root = builders.site(tmp_path / "root", FILES)
    built(root, tmp_path / "out")
    found = json.loads((tmp_path / "out/search/index.json").read_text("utf-8"))
    assert (found["count"], found["text"], found["version"]) == (3, True, 1)
    assert sum(one["size"] for one in found["shards"]) == 3
    for one in found["shards"]:
        pages = json.loads(unpacked(tmp_path / f"out/search/text/{one['name']}/pages.json.gz"))
        assert len(pages) == len(set(pages)) == -(-one["size"] // found["together"])
        folder = tmp_path / f"out/search/text/{one['name']}"
        texts = {path.name for path in folder.glob("*.text.gz")}
        assert texts == {f"{number}.text.gz" for number in range(one["size"])}
        assert all(b"\n" not in unpacked(folder / name) for name in texts)
    assert found["triples"] is True
    for folder in ("grams", "triples"):
        files = {one.name for one in (tmp_path / "out/search" / folder).iterdir()}
        assert files == {f"{n}.bin.gz" for n in range(found["buckets"])}


def test_page_inlines_the_index(tmp_path: pathlib.Path) -> None:
    """The search page holds the same index, as data that no browser runs."""
    root = builders.site(tmp_path / "root", FILES)
    built(root, tmp_path / "out")
    page = (tmp_path / "out/search/index.html").read_text("utf-8")
    inlined = re.search(r'<script type="application/json" id="search-index">(.*?)</script>', page)
    assert inlined is not None
    assert json.loads(inlined[1]) == json.loads((tmp_path / "out/search/index.json").read_text())


def test_text_of_a_body_is_there(tmp_path: pathlib.Path) -> None:
    """What the other tests look for in vain is found where it belongs."""
    root = builders.site(tmp_path / "root", FILES)
    built(root, tmp_path / "out")
    assert [path for path in holding(tmp_path / "out", SECRET) if path.endswith(".text.gz")]
    assert any(
        "清淤" in data for path, data in everything(tmp_path / "out").items() if "/grams/" in path
    )
    assert any("411000" in data for data in everything(tmp_path / "out").values())


@pytest.mark.parametrize(
    "changed",
    [
        {"status": {"state": "withdrawn", "date": "2026-03-01", "reason": "误发"}},
        {"draft": True},
        None,
    ],
    ids=["withdrawn", "draft", "removed"],
)
def test_a_withdrawn_contract_leaves_no_trace(
    tmp_path: pathlib.Path, changed: dict[str, object] | None
) -> None:
    """Neither its text nor its pairs of signs stay in any file, packed or not."""
    others = {f"content/contracts/o-{n}.md": builders.text() for n in range(known.PACK)}
    root = builders.site(tmp_path / "root", {**FILES, **others})
    built(root, tmp_path / "out")
    assert any("/newest/" in path for path in holding(tmp_path / "out", "2401"))
    place = root / "content/contracts/a.md"
    if changed is None:
        place.unlink()
    else:
        text = builders.text(BODY, number="HAJCR-2401215-EGN00", **changed)
        place.write_text(text, "utf-8")
    built(root, tmp_path / "out")
    for text in (SECRET, "清淤", "oracle", "Oracle", "411000", "2401", "hajcr"):
        assert holding(tmp_path / "out", text) == [], text


def test_masked_text_leaves_no_trace(tmp_path: pathlib.Path) -> None:
    """What was masked after its publication stands in no file of the search any more."""
    root = builders.site(tmp_path / "root", FILES)
    built(root, tmp_path / "out")
    masked = FILES["content/contracts/a.md"].replace(SECRET, "【已遮盖：姓名】")
    (root / "content/contracts/a.md").write_text(
        masked.replace(
            "---\n", "---\nredactions: [{kind: 姓名, count: 1, ground: 第二十五条}]\n", 1
        ),
        "utf-8",
    )
    built(root, tmp_path / "out")
    for text in (SECRET, "清淤", "蓄水"):
        assert holding(tmp_path / "out", text) == [], text
    assert any("oracle" in data for data in everything(tmp_path / "out").values())


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_changed_contract_redoes_one_shard(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """Neither other shards nor other texts are written again; the bytes are a fresh build's."""
    monkeypatch.setattr(shards, "MOST", 2)
    more = {
        f"content/contracts/m{n}.md": builders.text(f"第{n}份。", signed=f"20{10 + n}-01-01")
        for n in range(8)
    }
    root = builders.site(tmp_path / "root", {**FILES, **more})
    built(root, tmp_path / "out")
    texts = tmp_path / "out/search/text"
    before = {path: path.stat().st_mtime_ns for path in texts.rglob("*") if path.is_file()}
    with open(root / "content/contracts/m3.md", "a", encoding="utf-8") as file:
        file.write("补充。\n")
    built(root, tmp_path / "out", jobs=jobs)
    after = {path: path.stat().st_mtime_ns for path in texts.rglob("*") if path.is_file()}
    touched = [path for path in after if after[path] != before.get(path)]
    assert len({path.parts[len(texts.parts)] for path in touched}) == 1
    assert len([path for path in touched if path.name.endswith(".text.gz")]) == 1
    built(root, tmp_path / "again", jobs=2)
    assert test_incremental.written(tmp_path / "out") == test_incremental.written(
        tmp_path / "again"
    )


def fake(folder: pathlib.Path, script: str) -> pathlib.Path:
    """A program that is run in place of Pagefind's."""
    place = folder / "fake-pagefind"
    place.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    place.chmod(place.stat().st_mode | stat.S_IXUSR)
    return place


REAL = full.program()


@pytest.mark.parametrize(
    ("script", "detail"),
    [
        ("echo no space left >&2; exit 3", "no space left"),
        ("kill -9 $$", "exit -9"),
        ("exit 0", "pagefind-entry.json"),
        (f'{REAL} "$@" && for f in "$4"/index/*; do : > "$f"; done', "index/"),
        (f'{REAL} "$@" && rm "$4"/index/*', "index"),
        (f'{REAL} "$@" && rm -r "$4"/fragment', "0 / "),
        (f'{REAL} "$@" && rm "$4"/*.pf_meta', "index"),
    ],
    ids=["fails", "killed", "nothing", "empty", "no-index", "no-fragment", "no-meta"],
)
def test_a_failing_index_stops_the_build(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, script: str, detail: str
) -> None:
    """Whatever goes wrong in Pagefind: a clear message, and the last publication stays."""
    root = builders.site(tmp_path / "root", FILES)
    built(root, tmp_path / "out")
    before = test_incremental.written(tmp_path / "out")
    (root / "content/contracts/d.md").write_text(builders.text("新的。", title="新的合同"), "utf-8")
    program = fake(tmp_path, script)
    monkeypatch.setattr(full, "program", lambda: program)
    with pytest.raises(Refused) as refused:
        built(root, tmp_path / "out")
    assert refused.value.code == "pagefind"
    assert detail in refused.value.message("zh-CN")
    assert test_incremental.written(tmp_path / "out") == before


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of another version than the pinned one may write other files."""
    full.program.cache_clear()
    monkeypatch.setattr(full, "VERSION", "0.0.1")
    with pytest.raises(Refused, match="pagefind-version"):
        full.program()
    full.program.cache_clear()


def test_version_is_the_pinned_one() -> None:
    """The version that the code expects is the one that is installed with it."""
    lock = (test_incremental.HERE / "requirements.txt").read_text("utf-8")
    assert f"\npagefind-bin-extended=={full.VERSION} " in lock


def test_without_pagefind(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no program, the site is published without full text, and the build says so."""
    monkeypatch.setattr(full, "program", lambda: None)
    root = builders.site(tmp_path / "root", FILES)
    report = built(root, tmp_path / "out")
    assert [one.code for one in report.notices] == ["no-history", "no-full-text"]
    assert not (tmp_path / "out/search/text").exists()
    assert json.loads((tmp_path / "out/search/index.json").read_text())["text"] is False
    assert holding(tmp_path / "out", "清淤") == []
    assert any("hajcr" in data for data in everything(tmp_path / "out").values())
    monkeypatch.undo()
    assert [one.code for one in built(root, tmp_path / "out").notices] == ["no-history"]
    assert holding(tmp_path / "out", SECRET) != []
    monkeypatch.setattr(full, "program", lambda: None)
    built(root, tmp_path / "out")
    assert not (tmp_path / "out/search/text").exists()
    assert holding(tmp_path / "out", SECRET) == []


def test_empty_site(tmp_path: pathlib.Path) -> None:
    """A site without contracts has a search that finds nothing."""
    root = builders.site(tmp_path / "root", {})
    built(root, tmp_path / "out")
    found = json.loads((tmp_path / "out/search/index.json").read_text("utf-8"))
    assert (found["count"], found["shards"]) == (0, [])


def test_ids_of_every_kind(tmp_path: pathlib.Path) -> None:
    """Whatever a contract's id, its text is indexed."""
    ids = ("index", "a.b", "2025", "x_1", "index.twin")
    files = {f"content/contracts/{id}.md": builders.text("正文。", title=f"{id} 号") for id in ids}
    root = builders.site(tmp_path / "root", files)
    built(root, tmp_path / "out")
    assert json.loads((tmp_path / "out/search/index.json").read_text("utf-8"))["count"] == len(ids)


def test_names_of_every_organisation(tmp_path: pathlib.Path) -> None:
    """Names, former names, aliases and identifiers are there, with their sounds."""
    vendor = builders.front(
        {
            "name": "某某照明工程有限公司",
            "former_names": ["某某灯具厂"],
            "aliases": [{"name": "某某照明"}],
        }
    ).split("---\n")[1]
    root = builders.site(tmp_path / "root", {**FILES, "content/vendors/light.yaml": vendor})
    built(root, tmp_path / "out")
    names = json.loads(unpacked(tmp_path / "out/search/names.json.gz"))
    sounds = json.loads(unpacked(tmp_path / "out/search/sounds.json.gz"))
    assert names["vendor"] == [["light", "某某照明工程有限公司", ["某某灯具厂", "某某照明"]]]
    assert sounds["vendor"][0][1] == "mou mou deng ju chang"


def test_bands() -> None:
    """Values fall into bands; what is withheld is by itself."""
    assert [known.band(known.BANDS[0] + step) for step in (-1, 0)] == [0, 1]
    assert known.band(known.BANDS[-1]) == len(known.BANDS)
    assert known.band(None) == len(known.BANDS) + 1


def test_damaged_memory_is_made_anew(tmp_path: pathlib.Path) -> None:
    """What is remembered of a shard may be cut short or gone: a build is then like a fresh one."""
    root = builders.site(tmp_path / "root", FILES)
    built(root, tmp_path / "out")
    for n, path in enumerate(sorted((tmp_path / ".out.state/search").iterdir())):
        if n % 2:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:100])
    (root / "content/contracts/b.md").write_text(builders.text("改过。"), "utf-8")
    built(root, tmp_path / "out")
    built(root, tmp_path / "again")
    assert everything(tmp_path / "out") == everything(tmp_path / "again")


def test_the_sieve_is_the_same_by_processes(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Put together by one process or by several: the same bytes."""
    root = builders.site(tmp_path / "root", FILES)
    built(root, tmp_path / "one")
    monkeypatch.setattr(buckets, "AT_ONCE", 1)
    built(root, tmp_path / "several", jobs=2)
    one, several = (
        {path.name: path.read_bytes() for path in (tmp_path / name / "search/grams").iterdir()}
        for name in ("one", "several")
    )
    assert len(one) > 1
    assert one == several


def test_marks_by_bucket() -> None:
    """The marks of two shards, bucket by bucket; a site without contracts has none."""
    one, other = ([bytes([sign]) * buckets.MARK for sign in signs] for signs in (b"ab", b"cd"))
    found = buckets.marked([b"".join(one), b"".join(other)])
    assert list(found) == [one[0] + other[0], one[1] + other[1]]
    assert list(buckets.marked([])) == []
