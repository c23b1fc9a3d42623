"""Whatever is edited, in whatever order: an incremental build publishes what a fresh one does."""

import pathlib
import shutil
import tempfile

import hypothesis
import pytest
from hypothesis import strategies

from portal.problems import Rejected
from tests import test_incremental

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
        (of / f"c{n}.md").write_text(
            test_incremental.contract(n, agency, vendor, amount * 1000, state), "utf-8"
        )
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
        own = (test_incremental.HERE / "templates/404.html").read_text("utf-8")
        (root / "templates/404.html").write_text(own + f"<!-- {version} -->", "utf-8")
    elif kind == "style":
        (root / "static").mkdir(exist_ok=True)
        (root / "static/own.css").write_text(f"a{{order:{version}}}", "utf-8")
    elif kind == "registry":
        region = f"region: 河南省{'市' * version}\n"
        text = (
            test_incremental.FOX.replace("region: 河南省\n", region)
            + f"former_names: [旧名{version}公司]\n"
        )
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


@hypothesis.settings(OFTEN, max_examples=8)
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
        test_incremental.site(root)
        test_incremental.build(root, output)
        for change in changes:
            edit(root, output, change)
            try:
                test_incremental.build(root, output)
            except Rejected:
                continue
        try:
            test_incremental.build(root, again)
        except Rejected:
            return
        assert test_incremental.written(output) == test_incremental.written(again)
        test_incremental.build(root, output, fresh=True)
        assert test_incremental.written(output) == test_incremental.written(again)
