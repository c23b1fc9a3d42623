"""An incremental build is the same code as a fresh one, and publishes the same bytes."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import hypothesis
import pytest
from hypothesis import strategies

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
        f"category: 运维\nprocurement: {{method: 公开招标}}\n{ended}---\n\n## 第一条 内容\n\n"
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


number = strategies.integers(0, 7)
edits = strategies.one_of(
    strategies.tuples(
        strategies.just("write"),
        number,
        strategies.integers(0, 2),
        strategies.integers(0, 3),
        strategies.integers(1, 9),
        strategies.sampled_from(("active", "active", "active", "terminated", "withdrawn")),
    ),
    strategies.tuples(strategies.just("remove"), number),
    strategies.tuples(strategies.just("rename"), number, number),
    strategies.tuples(strategies.just("template"), strategies.integers(0, 3)),
    strategies.tuples(strategies.just("style"), strategies.integers(0, 3)),
    strategies.tuples(strategies.just("registry"), strategies.integers(0, 2)),
    strategies.tuples(strategies.just("words"), strategies.integers(0, 2)),
    strategies.tuples(strategies.just("site"), strategies.integers(0, 2)),
    strategies.tuples(strategies.just("document"), number, strategies.integers(0, 2)),
    strategies.tuples(strategies.just("tamper"), number),
)


def edit(root: pathlib.Path, output: pathlib.Path, change: tuple[object, ...]) -> None:
    """Make one change to a site, as an author, a designer or an accident would."""
    kind, *rest = change
    of = root / "content/contracts"
    if kind == "write":
        n, agency, vendor, amount, state = rest
        (of / f"c{n}.md").write_text(contract(n, agency, vendor, amount * 1000, state), "utf-8")
    elif kind == "remove":
        (of / f"c{rest[0]}.md").unlink(missing_ok=True)
        shutil.rmtree(of / f"c{rest[0]}", ignore_errors=True)
    elif kind == "rename":
        old, new = (of / f"c{n}.md" for n in rest)
        if old.exists() and not new.exists() and not old.with_suffix("").exists():
            text = old.read_text("utf-8").replace("---\n", f"---\naliases: [{old.stem}]\n", 1)
            if "aliases" not in old.read_text("utf-8"):
                new.write_text(text, "utf-8")
                old.unlink()
    elif kind == "document":
        document(of, *rest)
    elif kind == "tamper":
        page = output / f"contracts/c{rest[0]}/index.html"
        if page.exists():
            page.write_text("tampered", "utf-8")
    else:
        other(root, str(kind), int(rest[0]))  # type: ignore[call-overload]


def document(folder: pathlib.Path, n: int, version: int) -> None:
    """Put a document beside a contract, and list it."""
    path = folder / f"c{n}.md"
    if path.exists():
        path.with_suffix("").mkdir(exist_ok=True)
        (path.with_suffix("") / "annex.txt").write_text(f"v{version}", "utf-8")
        text = path.read_text("utf-8")
        if "documents" not in text:
            listed = "---\ndocuments: [{title: 附件, file: annex.txt}]\n"
            path.write_text(text.replace("---\n", listed, 1), "utf-8")


def other(root: pathlib.Path, kind: str, version: int) -> None:
    """Change what stands around the contracts."""
    if kind == "template":
        (root / "templates").mkdir(exist_ok=True)
        own = (HERE / "templates/404.html").read_text("utf-8")
        (root / "templates/404.html").write_text(own + f"<!-- {version} -->", "utf-8")
    elif kind == "style":
        (root / "static").mkdir(exist_ok=True)
        (root / "static/own.css").write_text(f"a{{order:{version}}}", "utf-8")
    elif kind == "registry":
        region = f"region: 河南省{'市' * version}\n"
        text = FOX.replace("region: 河南省\n", region) + f"former_names: [旧名{version}公司]\n"
        (root / "content/vendors/fox.yaml").write_text(text, "utf-8")
    elif kind == "words":
        text = f"---\ntitle: 关于 {version}\n---\n说明 {version}。\n"
        (root / "content/pages/about.md").write_text(text, "utf-8")
    else:
        text = f"name: 测试 {version}\nurl: https://contracts.example.org/{'x/' * version}\n"
        (root / "site.yaml").write_text(text, "utf-8")


SEQUENCES = strategies.lists(edits, min_size=1, max_size=6)
OFTEN = hypothesis.settings(
    max_examples=200, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)


@hypothesis.settings(OFTEN, max_examples=12)
@hypothesis.given(SEQUENCES)
def test_incremental_is_fresh(changes: list[tuple[object, ...]]) -> None:
    """After any edits, additions, removals and renames: the same bytes as a fresh build's."""
    agree(changes)


@pytest.mark.slow
@OFTEN
@hypothesis.given(SEQUENCES)
def test_incremental_is_fresh_often(changes: list[tuple[object, ...]]) -> None:
    """The same, many times."""
    agree(changes)


def agree(changes: list[tuple[object, ...]]) -> None:
    """Build after each change, and compare what is published in the end with a fresh build."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        root, output, again = folder / "root", folder / "out", folder / "again"
        site(root)
        build(root, output)
        for change in changes:
            edit(root, output, change)
            try:
                build(root, output)
            except Rejected:
                continue
        try:
            build(root, again)
        except Rejected:
            return
        assert written(output) == written(again)
        build(root, output, fresh=True)
        assert written(output) == written(again)


def test_nothing_changed_makes_nothing(tmp_path: pathlib.Path) -> None:
    """A second build makes no file."""
    site(tmp_path / "root")
    first = pipeline.build(pipeline.Options(tmp_path / "root", tmp_path / "out"))
    second = pipeline.build(pipeline.Options(tmp_path / "root", tmp_path / "out"))
    assert first.made > 20
    assert (second.made, second.removed, second.kept) == (0, 0, first.made)


def test_one_change_makes_few(tmp_path: pathlib.Path) -> None:
    """A changed body makes only its own page again."""
    site(tmp_path / "root")
    build(tmp_path / "root", tmp_path / "out")
    with open(tmp_path / "root/content/contracts/c1.md", "a", encoding="utf-8") as file:
        file.write("\n补充。\n")
    report = pipeline.build(pipeline.Options(tmp_path / "root", tmp_path / "out"))
    assert report.made == 1


def test_same_bytes_elsewhere(tmp_path: pathlib.Path) -> None:
    """Another folder, hash seed, number of workers, time zone and locale give the same bytes."""
    found = []
    for name, jobs, seed in (("a", "1", "1"), ("b", "2", "77"), ("c", "2", "1234")):
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
    assert found[0] == found[1] == found[2]


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
