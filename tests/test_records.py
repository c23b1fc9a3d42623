"""A contract's record, and the files made from many of them: exact, and made when it is due."""

import gzip
import hashlib
import json
import os
import pathlib
from decimal import Decimal

import pytest

import builders
from portal import exact, model, pipeline
from portal import record as record_of
from portal.check import leaks
from portal.tables.tables import TABLES
from tests import test_incremental

ALL = "data/ocds/all.jsonl.gz"


DATA = "contracts/**/*.json", "data/**/*.json", "data/**/*.gz"
"""Where the files of data lie."""


def data(folder: pathlib.Path) -> dict[str, int]:
    """When each file of data was written."""
    return test_incremental.times(folder, *DATA)


def own(folder: pathlib.Path) -> set[str]:
    """The files of data of the contract that the tests change."""
    return {path for path in data(folder) if path.startswith("contracts/c1/")}


def record(folder: pathlib.Path, id: str) -> exact.Json:
    """A record as it is published."""
    found: exact.Json = exact.read((folder / f"contracts/{id}/index.json").read_bytes())
    return found


def lines(folder: pathlib.Path) -> list[str]:
    """Whose releases stand in the one file that has them all."""
    text = gzip.decompress((folder / ALL).read_bytes())
    ids = (exact.read(line)["contracts"][0]["id"] for line in text.splitlines())
    return list(dict.fromkeys(ids))


def test_record_has_every_fact(tmp_path: pathlib.Path) -> None:
    """What the file states stands in the record, addresses in full, amounts to the last digit."""
    text = builders.text(
        "\n## 第一条\n\n内容【已遮盖：姓名】。\n",
        value={"amount": "1370000.10", "capitals": "壹佰叁拾柒万元壹角整"},
        payments=[
            {"label": "付款", "percent": "100", "paid": {"date": "2026-03-01", "amount": "0.1"}}
        ],
        amendments=[{"date": "2026-04-01", "reason": "增项", "value_change": "-0.30"}],
        documents=[{"title": "附件", "file": "a.txt"}, {"title": "公告", "url": "https://x.cn/y"}],
        redactions=[{"kind": "姓名", "count": "1", "ground": "第二十五条"}],
        keep=[{"text": "张三丰", "ground": "地名"}],
    )
    files = {"content/contracts/lights.md": text, "content/contracts/lights/a.txt": "甲乙"}
    root = builders.site(tmp_path / "root", files)
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    found = record(tmp_path / "out", "lights")
    assert found["url"] == "https://contracts.example.org/contracts/lights/"
    assert found["value"] == {
        "amount": Decimal("1370000.10"),
        "currency": "CNY",
        "capitals": "壹佰叁拾柒万元壹角整",
        "current": Decimal("1369999.80"),
    }
    assert found["payments"][0]["paid"] == [{"date": "2026-03-01", "amount": Decimal("0.1")}]
    assert found["documents"][0] == {
        "title": "附件",
        "file": "a.txt",
        "url": "https://contracts.example.org/contracts/lights/a.txt",
        "format": "txt",
        "size": 6,
        "sha256": hashlib.sha256("甲乙".encode()).hexdigest(),
    }
    assert found["text"] == "## 第一条\n\n内容【已遮盖：姓名】。"
    assert "keep" not in found
    assert "draft" not in found
    assert '"amount":1370000.1,' in (tmp_path / "out/contracts/lights/index.json").read_text()


def test_one_change(tmp_path: pathlib.Path) -> None:
    """A changed fact makes the record again and the files that hold it, and no other data."""
    output = tmp_path / "out"
    made = test_incremental.remade(tmp_path / "root", output, *DATA)
    assert {"contracts/c1/index.json", ALL} < made
    assert {path for path in made if path.startswith("contracts/")} == own(output)
    assert record(output, "c1")["value"]["amount"] == Decimal("777.50")
    assert lines(output) == ["c4", "c3", "c2", "c1", "c0"]


def test_a_change_that_says_nothing(tmp_path: pathlib.Path) -> None:
    """A file whose facts stay as they were has the same record, and no file of many is made."""
    root, output = tmp_path / "root", tmp_path / "out"
    test_incremental.site(root)
    test_incremental.build(root, output)
    before = data(output)
    path = root / "content/contracts/c1.md"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\n# 已核对\n", 1), "utf-8")
    test_incremental.build(root, output)
    made = {path for path, time in data(output).items() if time != before[path]}
    assert made == own(output)


def test_withdrawn(tmp_path: pathlib.Path) -> None:
    """Of a withdrawn contract only address, number, parties and reason are left, in no file."""
    root, output = tmp_path / "root", tmp_path / "out"
    test_incremental.site(root)
    test_incremental.build(root, output)
    text = test_incremental.contract(1, 1, 1, 777, "withdrawn")
    (root / "content/contracts/c1.md").write_text(text, "utf-8")
    test_incremental.build(root, output)
    assert set(record(output, "c1")) == {"id", "url", "agency", "vendors", "status"}
    assert lines(output) == ["c4", "c3", "c2", "c0"]


def test_same_bytes(tmp_path: pathlib.Path) -> None:
    """One job or two, at once or step by step: the same data."""
    root = tmp_path / "root"
    test_incremental.site(root)
    for name, jobs in (("a", 1), ("b", 2)):
        test_incremental.build(root, tmp_path / name, jobs=jobs)
    (root / "content/contracts/c1.md").unlink()
    (root / "content/contracts/c9.md").write_text(test_incremental.contract(9, 2, 2, 9), "utf-8")
    for name, jobs in (("a", 1), ("b", 2), ("c", 2)):
        test_incremental.build(root, tmp_path / name, jobs=jobs)
    found = [test_incremental.written(tmp_path / name) for name in "abc"]
    assert found[0] == found[1] == found[2]
    assert sorted(lines(tmp_path / "c")) == ["c0", "c2", "c3", "c4", "c9"]


def test_each_file_in_a_process(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a large register each file of many is made in a process of its own: the same bytes."""
    root = tmp_path / "root"
    test_incremental.site(root)
    test_incremental.build(root, tmp_path / "a")
    monkeypatch.setattr(pipeline, "MANY", 1)
    test_incremental.build(root, tmp_path / "b", jobs=2)
    (root / "content/contracts/c9.md").write_text(test_incremental.contract(9, 2, 2, 9), "utf-8")
    test_incremental.build(root, tmp_path / "b", jobs=2)
    (root / "content/contracts/c9.md").unlink()
    test_incremental.build(root, tmp_path / "b", jobs=2)
    assert test_incremental.written(tmp_path / "a") == test_incremental.written(tmp_path / "b")


def test_every_field_of_the_model() -> None:
    """A field that the model gets is in the record too, or is left out for a reason."""
    named = {"id", "title", "number", "procurement", "agency", "vendors", "value", "documents"}
    known = {*named, *record_of.MIDDLE, *record_of.END, *record_of.LEFT_OUT}
    assert set(model.Contract.model_fields) == known


def test_looked_at_once() -> None:
    """A mobile number is found in a record; what only repeats records is not looked at again."""
    data = '{"notes":"联系人电话 13812345678"}'.encode()
    found = {
        path: [one.code for one in leaks.found(path, data, {}, frozenset())]
        for path in ("contracts/x/index.json", "contracts/x/releases.json", "data/ocds/2026.json")
    }
    assert list(found.values()) == [["leak"], [], []]


def test_lost_record(tmp_path: pathlib.Path) -> None:
    """A published record that somebody changed is made again before others are made from it."""
    root, output = tmp_path / "root", tmp_path / "out"
    test_incremental.site(root)
    test_incremental.build(root, output)
    whole = test_incremental.written(output)
    (output / "contracts/c1/index.json").write_text("{}", "utf-8")
    (output / ALL).unlink()
    test_incremental.build(root, output)
    assert test_incremental.written(output) == whole


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": Decimal("1.10"), "b": [1, None, True]}, '{"a":1.10,"b":[1,null,true]}'),
        ({"": [], "x": {}}, '{"":[],"x":{}}'),
        (Decimal("1E+3"), "1000"),
        ("“\n\u2028\x00", '"“\\n\u2028\\u0000"'),
    ],
)
def test_exact(value: object, text: str) -> None:
    """JSON is written with every digit, and read back as it was."""
    assert exact.written(value) == text
    assert exact.read(text) == value == json.loads(text, parse_float=Decimal)


@pytest.mark.parametrize("wrong", [1.5, {"a": 0.1}, {1, 2}])
def test_no_floats(wrong: object) -> None:
    """A float, or what JSON does not know, is a programmer's mistake."""
    with pytest.raises(TypeError):
        exact.written(wrong)


def test_unchanged_records_are_not_read(tmp_path: pathlib.Path) -> None:
    """One contract changes: the rows of the others come from the last database, byte for byte.

    Records of other years, agencies and vendors are spoilt here, their size and time kept.
    """
    root, output = tmp_path / "root", tmp_path / "out"
    test_incremental.site(root)
    test_incremental.build(root, output)
    for id in ("c1", "c2"):
        path = output / f"contracts/{id}/index.json"
        status = path.stat()
        path.write_bytes(b"x" * status.st_size)
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    changed = test_incremental.contract(0, 0, 0, 7000, "terminated").replace("2020-", "2026-")
    (root / "content/contracts/c0.md").write_text(changed, "utf-8")
    test_incremental.build(root, output)
    test_incremental.build(root, tmp_path / "fresh", fresh=True)
    files = ("contracts.sqlite", *(f"{one.name}.csv" for one in TABLES))
    for name in files:
        fresh = (tmp_path / "fresh/data" / name).read_bytes()
        assert (output / "data" / name).read_bytes() == fresh, name
