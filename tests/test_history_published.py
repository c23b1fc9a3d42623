"""The history as it is published: what a commit makes anew, the feeds, and the same bytes."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

import repository
from portal import exact, pipeline
from repository import git
from tests import test_history, test_incremental

HERE = pathlib.Path(__file__).resolve().parents[1]


@pytest.fixture
def root(tmp_path: pathlib.Path) -> pathlib.Path:
    """A repository with five contracts, published once."""
    folder = tmp_path / "root"
    repository.site(folder, {})
    (folder / "site.yaml").unlink()
    test_incremental.site(folder)
    test_history.at(folder, test_history.T0)
    test_incremental.build(folder, tmp_path / "out")
    return folder


def contract(root: pathlib.Path) -> pathlib.Path:
    """The contract that the tests change."""
    return root / "content/contracts/c1.md"


def changed(root: pathlib.Path, old: str, new: str) -> set[str]:
    """Commit a change of a contract and publish it; the files that are other than before.

    A fresh build of the same commit gives the same bytes.
    """
    output, fresh = root.parent / "out", root.parent / "fresh"
    before = test_incremental.written(output)
    place = contract(root)
    place.write_text(place.read_text("utf-8").replace(old, new), "utf-8")
    test_history.at(root, int(git(root, "log", "-1", "--format=%ct")) + 60)
    test_incremental.build(root, output)
    test_incremental.build(root, fresh, fresh=True)
    after = test_incremental.written(output)
    assert after == test_incremental.written(fresh)
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_a_change_of_the_text(root: pathlib.Path) -> None:
    """A commit that changes one contract's text makes one page, its data, and no list."""
    found = changed(root, "按年维护", "逐年维护")
    pages = {path for path in found if path.endswith(".html")}
    whole = {"data/index.html", "data/query/index.html", "search/index.html"}
    assert pages - whole == {"contracts/c1/index.html"}
    assert not {path for path in found if path.startswith("feeds/")}
    page = (root.parent / "out/contracts/c1/index.html").read_text("utf-8")
    assert "正文有改动，1 行" in page
    assert "contracts/c1/releases.json" not in found


def test_a_correction(root: pathlib.Path) -> None:
    """A correction is news, in the feeds, under the name of its commit."""
    found = changed(root, "1001.50", "2002.50")
    assert {"feeds/amendments.xml", "feeds/amendments.json", "feeds/all.xml"} <= found
    feed = json.loads((root.parent / "out/feeds/amendments.json").read_bytes())
    (item,) = feed["items"]
    short = git(root, "rev-parse", "HEAD")[:10]
    assert item["id"].endswith(f"/contracts/c1/#corrected-{short}")
    assert item["url"].endswith("/contracts/c1/#history")
    assert "事项：合同金额" in item["content_text"]
    day = item["date_published"][:10]
    out = root.parent / "out"
    assert f'"dateModified":"{day}"' in (out / "contracts/c1/index.html").read_text("utf-8")
    address = "/contracts/c1/</loc>"
    assert f"{address}<lastmod>{day}</lastmod>" in (out / "sitemap.xml").read_text("utf-8")
    record = exact.read((root.parent / "out/contracts/c1/index.json").read_bytes())
    (_, entry) = record["history"]["entries"]
    assert entry["changes"] == [
        {"field": "value.amount", "old": exact.read("1001.5"), "new": exact.read("2002.5")}
    ]


def test_a_commit_of_something_else(root: pathlib.Path) -> None:
    """A commit that touches no contract makes nothing anew but manifest.json, which names it."""
    (root / "README.md").write_text("Hello.\n", "utf-8")
    test_history.at(root, test_history.T0 + 60)
    report = pipeline.build(pipeline.Options(root, root.parent / "out"))
    assert (report.made, report.removed) == (1, 0)


def test_what_is_missing_is_said(root: pathlib.Path) -> None:
    """The terminal says that a file differs from the commit, and that there is no repository."""
    place = contract(root)
    place.write_text(place.read_text("utf-8").replace("按年", "逐年"), "utf-8")
    report = pipeline.build(pipeline.Options(root, root.parent / "out"))
    assert [(one.code, one.at.path) for one in report.notices] == [
        ("history-open", "content/contracts/c1.md")
    ]
    page = (root.parent / "out/contracts/c1/index.html").read_text("utf-8")
    assert "本页与最近一次提交不同" in page
    output = root.parent / "other"
    os.rename(root / ".git", root.parent / "git")
    report = pipeline.build(pipeline.Options(root, output))
    assert [one.code for one in report.notices] == ["no-history"]
    assert "没有修改记录" in (output / "contracts/c1/index.html").read_text("utf-8")


def test_same_bytes_anywhere(root: pathlib.Path) -> None:
    """Two clones with other locale, time zone, umask and hash seed publish the same bytes."""
    changed(root, "1001.50", "2002.50")
    found = []
    for number, (zone, locale) in enumerate((("Asia/Tokyo", "C"), ("America/Lima", "C.UTF-8"))):
        clone = root.parent / f"clone{number}" / ("x" * (number + 1))
        git(root.parent, "clone", "-q", str(root), str(clone))
        output = clone.parent / "public"
        command = [sys.executable, HERE / "build.py", "build", "--root", clone, "--output", output]
        given = {"TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": str(number + 1)}
        subprocess.run(
            command, check=True, capture_output=True, env=os.environ | given, umask=0o22 * number
        )
        found.append(test_incremental.written(output))
    assert found[0] == found[1] == test_incremental.written(root.parent / "out")
