"""What a push would publish: commits, their files, messages, and the names of branches and tags."""

import json
import pathlib
import subprocess
from typing import Any

import pytest

import builders
import repository
from portal import past, pipeline
from repository import CONTRACT, LEAK, MOBILE, NAME, commit, git

CLEAN = builders.text("")
run = builders.run


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """An empty folder, an English terminal, and no error that is swallowed."""
    monkeypatch.setenv("PORTAL_TRACE", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def root() -> pathlib.Path:
    """A repository with one clean contract in its first commit."""
    folder = repository.site(pathlib.Path("site"))
    commit(folder, "First")
    return folder


def put(root: pathlib.Path, text: str, path: str = CONTRACT, message: str = "Change") -> str:
    """Write a file and commit it; the commit's name, as messages show it."""
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    return commit(root, message)[:10]


def found(root: pathlib.Path, *options: str) -> list[tuple[str, str]]:
    """Place and code of what `check --history` finds; nothing personal is printed."""
    data = looked(root, *options)
    return [(f"{one['path']}:{one['line']}", one["code"]) for one in data["problems"]]


def looked(root: pathlib.Path, *options: str) -> dict[str, Any]:
    """What `check --history` says as data."""
    arguments = ("check", "--history", "--root", str(root), "--format", "json", *options)
    code, output, errors = run(*arguments)
    data: dict[str, Any] = json.loads(output)
    assert (code, errors) == (1 if data["problems"] else 0, "")
    assert NAME not in output
    assert MOBILE not in output
    return data


# Files


def test_added_and_removed(root: pathlib.Path) -> None:
    """What was added and later masked is found in the commit that added it."""
    leak = put(root, builders.text(f"\n{LEAK}"))
    put(root, CLEAN)
    line = builders.text(f"\n{LEAK}").count("\n")
    assert set(found(root)) == {(f"{leak}:{CONTRACT}:{line}", "personal-past")}
    code, output, errors = run("check", "--history", "--root", str(root))
    assert (code, output) == (1, "已查看 3 次提交、其中的 3 个文件、1 个分支和标签名称。\n")
    assert errors.startswith(f"{leak}:{CONTRACT}:{line}: personal-past: 此次提交中有个人信息（")


def test_clean(root: pathlib.Path) -> None:
    """Where nothing is found it is said what was looked at."""
    put(root, builders.text("Better.\n"))
    expected = {"problems": [], "commits": 2, "files": 3, "names": 1, "shallow": False}
    assert looked(root) == expected


def test_no_commits() -> None:
    """A repository without commits holds nothing."""
    folder = repository.site(pathlib.Path("site"))
    assert looked(folder)["commits"] == 0


def test_the_oldest_commit_is_named(root: pathlib.Path) -> None:
    """A line that later commits leave as it is is told of once; what is new in them is told."""
    first = put(root, builders.text(f"手机 {MOBILE}\n"))
    put(root, builders.text(f"First.\n\n手机 {MOBILE}\n"))
    third = put(root, builders.text(f"手机 {MOBILE}\n\n电话 {MOBILE}\n"))
    assert [place.partition(":")[0] for place, _ in found(root)] == sorted((first, third))


def test_one_blob_in_two_places(root: pathlib.Path) -> None:
    """The same bytes are looked at once, whatever they are called."""
    builders.site(root, {f"content/contracts/c{n}.md": builders.text(LEAK) for n in range(3)})
    commit(root)
    data = looked(root)
    assert data["files"] == 3
    assert len(data["problems"]) == 2


def test_decided_later(root: pathlib.Path) -> None:
    """A text that the present file keeps may stay in the past; so may what the policy now keeps."""
    put(root, builders.text(f"手机 {MOBILE}\n"))
    assert found(root) != []
    put(root, builders.text(keep=[{"text": MOBILE, "ground": "值班电话"}]))
    assert found(root) == []
    put(root, CLEAN)
    assert found(root) != []
    put(root, builders.SITE + "redaction:\n  kinds:\n    mobile: keep\n", "site.yaml")
    assert found(root) == []


def test_suspects(root: pathlib.Path) -> None:
    """What a person must decide about is told with another advice."""
    put(root, builders.SITE + "redaction:\n  kinds:\n    mobile: suspect\n", "site.yaml")
    put(root, builders.text(f"手机 {MOBILE}\n"))
    assert [code for _, code in found(root)] == ["suspect-past"]


def test_merges(root: pathlib.Path) -> None:
    """What only a merge brought in is found in the merge, and a side branch in its own commits."""
    git(root, "switch", "-q", "-c", "side")
    side = put(root, builders.text(f"手机 {MOBILE}\n"), "content/contracts/side.md")
    git(root, "switch", "-q", "main")
    put(root, builders.text("Main.\n"))
    git(root, "merge", "-q", "--no-commit", "side")
    merge = put(root, builders.text(f"Main.\n\n姓名：{NAME}\n"))
    places = {place.rpartition(":")[0] for place, _ in found(root)}
    assert places == {f"{side}:content/contracts/side.md", f"{merge}:{CONTRACT}"}


def test_names_of_files(root: pathlib.Path) -> None:
    """The name of a file is looked at wherever it lies; what it holds only in the site."""
    one = put(root, LEAK, f"原件/手机{MOBILE}.txt")
    assert {code for _, code in found(root)} == {"personal-past"}
    assert {place for place, _ in found(root)} == {f"{one}:原件/手机【已遮盖：手机号】.txt:0"}


def test_odd_names_and_files(root: pathlib.Path) -> None:
    """Line ends in names, submodules, links and documents that are no text do no harm."""
    odd = put(root, builders.text(f"手机 {MOBILE}\n"), 'content/contracts/a"\nb.md')
    builders.site(root, {"content/contracts/lights/a.pdf": b"%PDF\xff\0"})
    (root / "content/contracts/link.md").symlink_to("lights.md")
    head = git(root, "rev-parse", "HEAD")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{head},content/sub")
    commit(root)
    personal = [place for place, code in found(root) if code == "personal-past"]
    assert [one.rpartition(":")[0] for one in personal] == [f'{odd}:content/contracts/a"?b.md']


# Which commits


def test_what_a_remote_has(root: pathlib.Path) -> None:
    """What a remote has was published; with `--since` one looks at it all the same."""
    leak = put(root, builders.text(f"手机 {MOBILE}\n"))
    git(root, "init", "-q", "--bare", "../remote")
    git(root, "remote", "add", "origin", "../remote")
    git(root, "push", "-q", "origin", "main")
    assert looked(root)["commits"] == 0
    new = put(root, builders.text(f"姓名：{NAME}\n"))
    assert {place.partition(":")[0] for place, _ in found(root)} == {new}
    assert looked(root, "--since", "HEAD~2")["commits"] == 2
    assert {place.partition(":")[0] for place, _ in found(root, "--since", "HEAD~2")} == {leak, new}


@pytest.mark.parametrize("revision", ["nowhere", "--all", "HEAD:site.yaml", "-"])
def test_since_nowhere(root: pathlib.Path, revision: str) -> None:
    """A revision that is none is refused, and is no option of git."""
    code, _, errors = run("check", "--history", f"--since={revision}", "--root", str(root))
    assert code == 1
    assert f"没有提交 {revision}" in errors


@pytest.mark.parametrize("option", ["--since", "--pushed"])
def test_without_history(root: pathlib.Path, option: str) -> None:
    """Options that belong to --history are wrong without it."""
    assert run("check", option, "x", "--root", str(root))[0] == 2


def test_shallow(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A shallow clone says that it does not know everything; what it has is looked at."""
    put(root, builders.text(LEAK))
    put(root, builders.text("Better.\n"))
    git(tmp_path, "clone", "-q", "--depth", "1", root.absolute().as_uri(), "clone")
    git(tmp_path / "clone", "remote", "remove", "origin")
    assert looked(tmp_path / "clone")["shallow"] is True
    assert "浅克隆" in run("check", "--history", "--root", "clone")[1]


def test_staged_and_history(root: pathlib.Path) -> None:
    """Both may be asked for at once."""
    code, output, _ = run("check", "--staged", "--history", "--root", str(root))
    assert (code, len(output.splitlines())) == (0, 2)


# Messages and names


def test_messages(root: pathlib.Path) -> None:
    """A commit's message is looked at, with its line; who worked on it is no finding."""
    people = "Signed-off-by: T <t@example.org>\nCo-authored-by: T <t@example.org>"
    put(root, builders.text("x\n"), message=f"Change\n\n{people}")
    assert found(root) == []
    one = put(root, builders.text("y\n"), message=f"Change\n\n手机 {MOBILE}\n\n{people}")
    assert found(root) == [(f"{one}:3", "personal-message")]


def test_messages_in_other_encodings(root: pathlib.Path) -> None:
    """A message is read in the encoding that it names."""
    git(root, "config", "i18n.commitEncoding", "GB18030")
    builders.site(root, {CONTRACT: builders.text("x\n")})
    git(root, "add", "-A")
    message = f"姓名：{NAME}".encode("gb18030")
    subprocess.run(["git", "commit", "-q", "-F", "-"], cwd=root, input=message, check=True)
    assert [code for _, code in found(root)] == ["personal-message"]


def test_branches_and_tags(root: pathlib.Path) -> None:
    """Names of branches and tags, and the messages of tags, are looked at."""
    git(root, "branch", f"手机{MOBILE}")
    git(root, "tag", f"v1-手机{MOBILE}")
    git(root, "tag", "-a", "v2", "-m", f"姓名：{NAME}")
    assert found(root) == [
        ("refs/tags/v2:1", "personal-message"),
        ("v1-手机【已遮盖：手机号】:0", "personal-ref"),
        ("手机【已遮盖：手机号】:0", "personal-ref"),
    ]


def test_pushed(root: pathlib.Path) -> None:
    """What git tells a hook decides: the tip that goes, what the remote has, the name there."""
    first = git(root, "rev-parse", "HEAD")
    leak = put(root, builders.text(f"手机 {MOBILE}\n"))
    none = "0" * 40
    told = f"refs/heads/main {first} refs/heads/main {none}\n(delete) {none} refs/heads/x {first}\n"
    wanted = past.pushed(root, "origin", told)
    assert past.check(root, wanted, 1, pipeline.unseen).problems == ()
    told = f"HEAD {git(root, 'rev-parse', 'HEAD')} refs/heads/main {first}\n"
    wanted = past.pushed(root, "origin", told)
    report = past.check(root, wanted, 1, pipeline.unseen)
    assert (report.commits, report.names) == (1, 1)
    assert [one.at.path for one in report.problems] == [f"{leak}:{CONTRACT}"]


def test_many_commits(root: pathlib.Path) -> None:
    """Thousands of commits are a matter of a few questions to git, not of one for each."""
    script = "".join(
        f"commit refs/heads/main\ncommitter T <t@example.org> {n} +0000\ndata 1\nx\n"
        f"M 100644 inline content/contracts/c{n}.md\ndata 1\n{n % 10}\n"
        for n in range(500)
    )
    git(root, "switch", "-q", "--orphan", "empty")
    git(root, "branch", "-q", "-D", "main")
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=script.encode(), check=True)
    git(root, "switch", "-q", "main")
    data = looked(root)
    assert (data["commits"], data["files"]) == (500, 10)
