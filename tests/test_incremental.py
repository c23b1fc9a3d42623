"""An incremental build is the same code as a fresh one, and publishes the same bytes."""

import gzip
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from portal import pipeline
from portal.problems import Rejected

HERE = pathlib.Path(__file__).resolve().parents[1]
AGENCIES = ("青田市财政局", "红山县水务局", "北原市档案馆")
VENDORS = ("广元蓝图软件有限公司", "鹏程物业服务有限公司", "Acme Software Ltd", "fox")
FOX = "name: 福克斯信息技术有限公司\nregion: 河南省\n"


def written(folder: pathlib.Path) -> dict[str, bytes]:
    """Every file of a publication with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def contract(number: int, agency: int, vendor: int, amount: int, state: str = "active") -> str:
    """A small contract; the numbers choose its facts."""
    ended = (
        f"status: {{state: {state}, date: 2025-03-01, reason: 测试}}\n" if state != "active" else ""
    )
    return (
        f"---\ntitle: 第{number}号维护合同\nagency: {AGENCIES[agency]}\n"
        f"vendors: [{VENDORS[vendor]}]\n"
        f"value: {amount}.50\nsigned: {2020 + number % 6}-0{1 + number % 9}-11\nregion: 河南省\n"
        f"category: 运维\nprocurement: {{method: 公开招标}}\n"
        f"redactions: [{{kind: 姓名, count: {1 + amount % 7}, ground: 第二十五条}}]\n"
        f"{ended}---\n\n## 第一条 内容\n\n"
        f"按年维护，共 {amount} 元。\n\n| 项 | 数 |\n|---|---:|\n| 甲 | {amount} |\n"
    )


def site(root: pathlib.Path) -> None:
    """A site with five contracts, one entry in a registry, a page of words."""
    (root / "content/contracts").mkdir(parents=True)
    (root / "content/vendors").mkdir()
    (root / "content/pages").mkdir()
    (root / "site.yaml").write_text("name: 测试\nurl: https://contracts.example.org/\n", "utf-8")
    (root / "content/vendors/fox.yaml").write_text(FOX, "utf-8")
    (root / "content/pages/about.md").write_text("---\ntitle: 关于\n---\n说明。\n", "utf-8")
    for number in range(5):
        text = contract(number, number % 3, number % 4, 1000 + number)
        (root / f"content/contracts/c{number}.md").write_text(text, "utf-8")


def build(root: pathlib.Path, output: pathlib.Path, *, fresh: bool = False, jobs: int = 1) -> None:
    """Publish, unless the content is refused."""
    pipeline.build(pipeline.Options(root, output, jobs, fresh=fresh))


def test_nothing_changed_makes_nothing(tmp_path: pathlib.Path) -> None:
    """A second build makes no file."""
    site(tmp_path / "root")
    first = pipeline.build(pipeline.Options(tmp_path / "root", tmp_path / "out"))
    second = pipeline.build(pipeline.Options(tmp_path / "root", tmp_path / "out"))
    assert first.made > 20
    assert (second.made, second.removed, second.kept) == (0, 0, first.made)


def times(folder: pathlib.Path, *patterns: str) -> dict[str, int]:
    """When each file of a publication was written; without patterns, each page."""
    found = (path for one in patterns or ("**/*.html",) for path in folder.glob(one))
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in found}


def remade(root: pathlib.Path, output: pathlib.Path, *patterns: str) -> set[str]:
    """Publishes the site, then another value of its second contract: the files that are new."""
    site(root)
    build(root, output)
    before = times(output, *patterns)
    (root / "content/contracts/c1.md").write_text(contract(1, 1, 1, 777), "utf-8")
    build(root, output)
    after = times(output, *patterns)
    return {path for path, time in after.items() if time != before.get(path)}


def test_one_change_makes_few(tmp_path: pathlib.Path) -> None:
    """A changed body makes only its own page again, and the page that knows the search's files."""
    site(tmp_path / "root")
    build(tmp_path / "root", tmp_path / "out")
    before = times(tmp_path / "out")
    with open(tmp_path / "root/content/contracts/c1.md", "a", encoding="utf-8") as file:
        file.write("\n补充。\n")
    build(tmp_path / "root", tmp_path / "out")
    made = {path for path, time in times(tmp_path / "out").items() if time != before[path]}
    assert made == {"contracts/c1/index.html", "search/index.html"}


def test_same_bytes_elsewhere(tmp_path: pathlib.Path) -> None:
    """Another folder, hash seed, number of workers, time zone and locale give the same bytes."""
    found = []
    for name, jobs, seed in (("a", "1", "1"), ("b", "2", "77")):
        root = tmp_path / name / "root"
        site(root)
        for n in range(8, 60):
            text = contract(n, n % 3, n % 4, 1000 + n)
            (root / f"content/contracts/c{n}.md").write_text(text, "utf-8")
        surroundings = {
            "PYTHONHASHSEED": seed,
            "TZ": f"UTC{jobs}",
            "LC_ALL": f"C{'.UTF-8' * int(jobs)}",
        }
        surroundings["LC_ALL"] = "C.UTF-8" if jobs == "2" else "C"
        command = [sys.executable, HERE / "build.py", "build", "--root", root, "--jobs", jobs]
        subprocess.run(
            [*command, "--output", tmp_path / name / "out"],
            check=True,
            env=os.environ | surroundings,
            capture_output=True,
        )
        found.append(written(tmp_path / name / "out"))
    assert found[0] == found[1]


def test_packed_copies(tmp_path: pathlib.Path) -> None:
    """Packed copies follow their files: made with them, again when lost, and gone when unwanted."""
    root, output = tmp_path / "root", tmp_path / "out"
    site(root)
    plain = (root / "site.yaml").read_text("utf-8")
    build(root, output)
    before = written(output)
    (root / "site.yaml").write_text(f"{plain}precompress: true\n", "utf-8")
    build(root, output)
    copy = output / "contracts/c1/index.html.gz"
    assert gzip.decompress(copy.read_bytes()) == copy.with_suffix("").read_bytes()
    copy.unlink()
    (root / "content/contracts/c2.md").write_text(contract(2, 1, 1, 7), "utf-8")
    (root / "content/contracts/c3.md").unlink()
    build(root, output)
    build(root, tmp_path / "fresh", fresh=True)
    assert written(output) == written(tmp_path / "fresh")
    assert not (output / "contracts/c3").exists()
    for number in (2, 3):
        text = contract(number, number % 3, number % 4, 1000 + number)
        (root / f"content/contracts/c{number}.md").write_text(text, "utf-8")
    (root / "site.yaml").write_text(plain, "utf-8")
    build(root, output)
    assert written(output) == before


def test_vanished_output_is_made_again(tmp_path: pathlib.Path) -> None:
    """Files that somebody deleted or changed in the output folder come back."""
    site(tmp_path / "root")
    build(tmp_path / "root", tmp_path / "out")
    whole = written(tmp_path / "out")
    (tmp_path / "out/index.html").unlink()
    (tmp_path / "out/contracts/c1/index.html").write_text("x", "utf-8")
    build(tmp_path / "root", tmp_path / "out")
    assert written(tmp_path / "out") == whole
    shutil.rmtree(tmp_path / "out")
    build(tmp_path / "root", tmp_path / "out")
    assert written(tmp_path / "out") == whole


def test_lost_manifest(tmp_path: pathlib.Path) -> None:
    """With its state damaged, a build still removes what is no longer published."""
    site(tmp_path / "root")
    build(tmp_path / "root", tmp_path / "out")
    (tmp_path / ".out.state/manifest").write_bytes(b"damaged")
    (tmp_path / "root/content/contracts/c1.md").unlink()
    build(tmp_path / "root", tmp_path / "out")
    assert not (tmp_path / "out/contracts/c1").exists()
    assert (tmp_path / "out/contracts/c2/index.html").exists()


def test_refused_build_leaves_the_publication(tmp_path: pathlib.Path) -> None:
    """A mistake in the content changes nothing that is published."""
    site(tmp_path / "root")
    build(tmp_path / "root", tmp_path / "out")
    whole = written(tmp_path / "out")
    (tmp_path / "root/content/contracts/c9.md").write_text("---\ntitle: x\n---\n", "utf-8")
    with pytest.raises(Rejected):
        build(tmp_path / "root", tmp_path / "out")
    assert written(tmp_path / "out") == whole
