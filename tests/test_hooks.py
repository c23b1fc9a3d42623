"""What is staged, and git's hooks: what a commit would hold is looked at, and nothing else."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

import builders
import repository
from portal import hooks, staged
from repository import CONTRACT, LEAK, MOBILE, NAME, attempt, commit, git

TOP = pathlib.Path(__file__).resolve().parents[1]
run = builders.run


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """An empty folder, an English terminal, and no error that is swallowed."""
    monkeypatch.setenv("PORTAL_TRACE", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.chdir(tmp_path)


def stage(files: dict[str, str | bytes], folder: str = "site") -> pathlib.Path:
    """A new site with all of these files staged."""
    root = repository.site(pathlib.Path(folder), files)
    git(root, "add", "-A")
    return root


def found(root: pathlib.Path) -> list[tuple[str, str]]:
    """Place and code of what `check --staged` finds."""
    code, output, errors = run("check", "--staged", "--root", str(root), "--format", "json")
    problems = json.loads(output)["problems"]
    assert (code, errors) == (1 if problems else 0, "")
    assert NAME not in output
    assert MOBILE not in output
    places = ((f"{one['path']}:{one['line']}", one["code"]) for one in problems)
    return sorted(places)


# What is staged


def test_staged() -> None:
    """A finding has its line, its kind in words and its rule; the text itself is not repeated."""
    root = stage({CONTRACT: builders.text(f"\n{LEAK}")})
    code, output, errors = run("check", "--staged", "--root", str(root))
    line = builders.text(f"\n{LEAK}").count("\n")
    first, second, last = errors.splitlines()
    assert first.startswith(f"{CONTRACT}:{line}: personal: 此处有个人信息（手机号，规则 ")
    assert second.startswith(f"{CONTRACT}:{line}: personal: 此处有个人信息（姓名，规则 ")
    assert (code, last) == (1, "已拒绝：2 个问题，没有发布任何内容。")
    assert NAME not in output + errors
    assert MOBILE not in output + errors


def test_suspect() -> None:
    """What a person is to decide about stops the commit as well, and says how to decide."""
    policy = "redaction:\n  kinds:\n    mobile: suspect\n"
    about = builders.SITE.replace("zh-CN", "en") + policy
    root = stage({"site.yaml": about, CONTRACT: builders.text(f"手机 {MOBILE}\n")})
    errors = run("check", "--staged", "--root", str(root))[2]
    assert ": suspect: this may be personal data (Mobile number, rule " in errors
    assert "list the text under keep, with a ground" in errors


def test_index_and_not_the_working_tree() -> None:
    """What was mended only in the working tree is still refused; what is only there is not seen."""
    root = stage({CONTRACT: builders.text(LEAK)})
    builders.site(root, {CONTRACT: builders.text("")})
    assert [code for _, code in found(root)] == ["personal", "personal"]
    git(root, "add", "-A")
    builders.site(root, {CONTRACT: builders.text(LEAK)})
    assert found(root) == []


def test_only_what_changes() -> None:
    """What was committed before is not looked at again; what goes away is no finding."""
    root = stage({CONTRACT: builders.text(LEAK), "content/contracts/road.md": builders.text(LEAK)})
    commit(root)
    (root / CONTRACT).unlink()
    builders.site(root, {"content/pages/about.md": "---\ntitle: 关于\n---\n"})
    git(root, "add", "-A")
    assert found(root) == []


def test_kept() -> None:
    """A text that the staged file keeps with a ground passes; without a ground it does not."""
    keep = [{"text": MOBILE, "ground": "值班电话"}, {"text": NAME, "ground": ""}]
    root = stage({CONTRACT: builders.text(LEAK, keep=keep)})
    assert {code for _, code in found(root)} == {"personal"}
    errors = run("check", "--staged", "--root", str(root))[2]
    assert "姓名" in errors
    assert "手机号" not in errors


def test_documents_keep_what_their_contract_keeps() -> None:
    """A text file beside a contract may hold what the contract keeps, and nothing else."""
    keep = [{"text": MOBILE, "ground": "值班电话"}]
    document = "content/contracts/lights/annex.csv"
    root = stage({CONTRACT: builders.text(keep=keep), document: f"手机,{MOBILE}\n姓名,{NAME}\n"})
    assert [place for place, _ in found(root)] == [f"{document}:2"]


def test_policy_as_staged() -> None:
    """The policy is that of the staged site.yaml; a mistake in it is refused."""
    kept = builders.SITE + "redaction:\n  kinds:\n    mobile: keep\n"
    root = stage({"site.yaml": kept, CONTRACT: builders.text(f"手机 {MOBILE}\n")})
    builders.site(root, {"site.yaml": builders.SITE})
    assert found(root) == []
    git(root, "add", "-A")
    assert [code for _, code in found(root)] == ["personal"]
    builders.site(root, {"site.yaml": "name: [\n"})
    git(root, "add", "-A")
    assert {code for _, code in found(root)} == {"yaml"}


def test_names_of_files() -> None:
    """A name is looked at wherever the file lies, and is masked in the message."""
    root = stage({f"原件/{NAME}{MOBILE}.pdf": b"%PDF\xff", CONTRACT: builders.text()})
    places = found(root)
    assert {code for _, code in places} == {"personal-path"}
    assert {place.partition("/")[0] for place, _ in places} == {"原件"}


def test_odd_names() -> None:
    """Names with line ends, quotes and bytes that are no text do no harm."""
    text = builders.text(LEAK)
    root = stage({'content/contracts/a"b\nc.md': text, "content/contracts/空 格.md": text})
    with open(os.fsencode(root) + b"/content/contracts/\xff.md", "wb") as file:
        file.write(text.encode())
    git(root, "add", "-A")
    line = text.count("\n")
    places = sorted({place.removeprefix("content/contracts/") for place, _ in found(root)})
    assert places == [f"?.md:{line}", f'a"b?c.md:{line}', f"空 格.md:{line}"]


def test_the_site_below_the_top() -> None:
    """The site may lie in a folder of the repository; other files are looked at by name only."""
    root = stage(
        {f"our/{CONTRACT}": builders.text(LEAK), "our/site.yaml": builders.SITE, CONTRACT: LEAK}
    )
    assert {place.partition(":")[0] for place, _ in found(root / "our")} == {f"our/{CONTRACT}"}


def test_links_and_documents() -> None:
    """A link is what it says; a document that nobody can read does no harm."""
    root = stage({"content/contracts/lights/a.pdf": b"%PDF\xff" + MOBILE.encode()})
    (root / "content/contracts/b.md").symlink_to(f"{MOBILE}.md")
    git(root, "add", "-A")
    personal = [place for place, code in found(root) if code == "personal"]
    assert personal == ["content/contracts/b.md:1"]


def test_workers() -> None:
    """Many files are looked at in several processes, with the same findings."""
    files = {f"content/contracts/c{n}.md": builders.text(LEAK) for n in range(60)}
    root = stage({**files})
    one = staged.check(root, 1, lambda *_: None)
    several = staged.check(root, 2, lambda *_: None)
    assert one == several
    assert (one.files, len(one.problems)) == (61, 120)


@pytest.mark.parametrize("option", ["--staged", "--history"])
def test_outside_git(option: str, tmp_path: pathlib.Path) -> None:
    """Where there is no repository, or no folder, the message says so."""
    builders.site(pathlib.Path("site"), {})
    code, _, errors = run("check", option, "--root", "site")
    assert (code, "不在 git 的工作区中" in errors) == (1, True)
    code, _, errors = run("check", option, "--root", "nowhere")
    assert (code, "There is no folder nowhere" in errors) == (1, True)


def test_no_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git is told so."""
    root = stage({})
    monkeypatch.setenv("PATH", "/nowhere")
    code, _, errors = run("check", "--staged", "--root", str(root))
    assert (code, "没有 git" in errors) == (1, True)


# Hooks


def installed(folder: str = "site") -> pathlib.Path:
    """A repository with one clean commit and our hooks."""
    root = repository.site(pathlib.Path(folder))
    commit(root)
    code, output, _ = run("hooks", "install", "--root", str(root))
    assert (code, len(output.splitlines())) == (0, 2)
    return root


def test_a_commit_is_refused() -> None:
    """With the hook, git refuses what is personal, and takes it once it is masked."""
    root = installed()
    builders.site(root, {CONTRACT: builders.text(LEAK)})
    git(root, "add", "-A")
    done = attempt(root, "commit", "-m", "x")
    assert done.returncode == 1
    assert f"{CONTRACT}:" in done.stderr
    assert NAME not in done.stdout + done.stderr
    assert MOBILE not in done.stdout + done.stderr
    assert git(root, "rev-list", "--count", "HEAD") == "1"
    run("redact", "--apply", str(root / CONTRACT), "--root", str(root))
    git(root, "commit", "-q", "-a", "-m", "x")
    assert git(root, "rev-list", "--count", "HEAD") == "2"


def test_a_commit_of_one_file() -> None:
    """`git commit FILE` has an index of its own, and that one is looked at."""
    root = installed()
    builders.site(root, {"content/contracts/road.md": builders.text(LEAK)})
    git(root, "add", "-A")
    builders.site(root, {CONTRACT: builders.text("Better.\n")})
    git(root / "content", "commit", "-q", "-m", "x", "contracts/lights.md")
    builders.site(root, {CONTRACT: builders.text(LEAK)})
    assert attempt(root / "content", "commit", "-m", "x", "contracts/lights.md").returncode == 1


def test_a_push_is_refused(tmp_path: pathlib.Path) -> None:
    """The hook looks at the commits that would go, of the branch that goes, and at its new name."""
    root = installed()
    git(tmp_path, "init", "-q", "--bare", "remote")
    git(root, "remote", "add", "origin", "../remote")
    git(root, "push", "-q", "origin", "main")
    git(root, "switch", "-q", "-c", "other")
    builders.site(root, {CONTRACT: builders.text(LEAK)})
    leak = commit(root)
    builders.site(root, {CONTRACT: builders.text("")})
    commit(root, "Mended")
    git(root, "push", "-q", "origin", "main", f"{leak}~1:refs/heads/good")
    done = attempt(root, "push", "origin", "other")
    assert done.returncode == 1
    assert f"{leak[:10]}:{CONTRACT}:" in done.stderr
    assert MOBILE not in done.stdout + done.stderr
    done = attempt(root, "push", "origin", f"main:refs/heads/手机{MOBILE}")
    assert done.returncode == 1
    assert "personal-ref" in done.stderr
    assert MOBILE not in done.stderr.partition("error:")[0]
    git(root, "tag", "-a", "v1", "-m", f"手机 {MOBILE}", f"{leak}~1")
    assert "personal-message" in attempt(root, "push", "origin", "v1").stderr
    git(root, "push", "-q", "origin", "--delete", "good")


def test_installed_again() -> None:
    """Installing again renews our hooks; removing takes them away, and only once."""
    root = installed()
    hook = root / ".git/hooks/pre-commit"
    before = hook.read_bytes()
    hook.write_text(hook.read_text("utf-8") + "# older\n", "utf-8")
    assert run("hooks", "install", "--root", str(root))[0] == 0
    assert hook.read_bytes() == before
    assert os.access(hook, os.X_OK)
    assert run("hooks", "remove", "--root", str(root))[0] == 0
    assert not hook.exists()
    assert run("hooks", "remove", "--root", str(root)) == (0, "没有可删除的钩子。\n", "")


@pytest.mark.parametrize("name", hooks.CHECKS)
def test_foreign(name: str) -> None:
    """A hook of somebody else is never touched; with the line that we name it is enough."""
    root = repository.site(pathlib.Path("site"))
    hook = root / ".git/hooks" / name
    hook.write_text("#!/bin/sh\n# check --staged\nexit 0\n", "utf-8")
    before = hook.read_bytes()
    code, _, errors = run("hooks", "install", "--root", str(root))
    assert (code, hook.read_bytes()) == (1, before)
    assert [one.name for one in hook.parent.iterdir() if hooks.MARK in one.read_text("utf-8")] == []
    line = errors.partition("install：")[2].strip()
    hook.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    hook.chmod(0o755)
    assert run("hooks", "install", "--root", str(root))[0] == 0
    assert hook.read_text("utf-8") == f"#!/bin/sh\n{line}\n"
    if name == "pre-commit":
        builders.site(root, {CONTRACT: builders.text(LEAK)})
        git(root, "add", "-A")
        assert attempt(root, "commit", "-m", "x").returncode == 1
    run("hooks", "remove", "--root", str(root))
    assert hook.exists()


def test_hooks_path() -> None:
    """Where git is told to look for hooks elsewhere, ours go there."""
    root = repository.site(pathlib.Path("site"))
    git(root, "config", "core.hooksPath", "my hooks")
    assert run("hooks", "install", "--root", str(root))[0] == 0
    assert sorted(one.name for one in (root / "my hooks").iterdir()) == ["pre-commit", "pre-push"]
    assert attempt(root, "commit", "--allow-empty", "-m", "x").returncode == 0
    builders.site(root, {CONTRACT: builders.text(LEAK)})
    git(root, "add", "content")
    assert attempt(root, "commit", "-m", "x").returncode == 1


def test_worktree(tmp_path: pathlib.Path) -> None:
    """Hooks that were installed from a linked working tree hold in all of them."""
    root = repository.site(pathlib.Path("site"))
    commit(root)
    git(root, "worktree", "add", "-q", "../linked")
    linked = tmp_path / "linked"
    assert run("hooks", "install", "--root", str(linked))[0] == 0
    for one in (root, linked):
        builders.site(one, {CONTRACT: builders.text(LEAK)})
        git(one, "add", "-A")
        assert attempt(one, "commit", "-m", "x").returncode == 1


def test_no_path_of_this_machine(tmp_path: pathlib.Path) -> None:
    """Where the program lies in the repository, the hooks name it from there; it may be moved."""
    root = repository.site(pathlib.Path("site"))
    shutil.copy(TOP / "build.py", root)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(TOP / "portal", root / "portal", ignore=ignore)
    (root / ".venv").symlink_to(sys.prefix)
    (root / ".gitignore").write_text(".venv\n__pycache__\n", "utf-8")
    command = [sys.executable, "build.py", "hooks", "install"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    assert str(tmp_path) not in (root / ".git/hooks/pre-commit").read_text("utf-8")
    moved = root.rename("moved")
    commit(moved)
    git(moved, "worktree", "add", "-q", "../linked")
    for one in (moved, tmp_path / "linked"):
        builders.site(one, {CONTRACT: builders.text(LEAK)})
        git(one, "add", "-A")
        done = attempt(one, "commit", "-m", "x")
        assert done.returncode == 1
        assert f"{CONTRACT}:" in done.stderr


def test_nothing_to_run() -> None:
    """A hook that finds no program refuses; where there is no site, it lets everything pass."""
    root = installed()
    hook = root / ".git/hooks/pre-commit"
    text = hook.read_text("utf-8").replace(f"program={TOP}", "program=nowhere")
    hook.write_text(text, "utf-8")
    done = attempt(root, "commit", "--allow-empty", "-m", "x")
    assert done.returncode == 1
    assert "请重新运行 hooks install" in done.stderr
    git(root, "rm", "-q", "-r", "site.yaml", "content")
    git(root, "commit", "-q", "-m", "No site here")


def test_for_pre_commit() -> None:
    """The framework pre-commit finds a hook of ours that runs the same check."""
    text = (TOP / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert "id: contract-portal-check" in text
    assert f"build.py {hooks.CHECKS['pre-commit']}" in text
