"""Withdrawing a contract: a tombstone stays, and its text goes from files, site and history."""

import gzip
import pathlib
import re
import sqlite3
import subprocess
import sys

import pytest

import builders
import repository
from portal import facts, model, pipeline, source
from repository import commit, git

TOP = pathlib.Path(__file__).resolve().parents[1]
GONE, OTHER = "content/contracts/2026/lights.md", "content/contracts/stays.md"
ANNEX = "content/contracts/2026/lights/annex.pdf"
SECRET = "锅炉房蓄水池清淤"
WRITTEN = f"""\
# yaml-language-server: $schema=schema/contract.json
title: 城市道路照明维护合同   # 全称
number: A-1
# 招标文件另存
procurement:
  project: {SECRET}项目
agency: 某某市城市管理局
vendors:
  - 某某照明工程有限公司
value: 1370000.00
signed: 2026-02-06
# 分两期付
payments:
  - label: 首付
    percent: 100
    condition: |
      {SECRET}验收
    # 深处的井号
documents:
  - title: 附件
    file: annex.pdf
# 旧地址
aliases: [former]
notes: |
  # {SECRET}
"""
TOMBSTONE = """\
---
# yaml-language-server: $schema=schema/contract.json
title: 城市道路照明维护合同   # 全称
number: A-1
agency: 某某市城市管理局
vendors:
  - 某某照明工程有限公司
value: 1370000.00
signed: 2026-02-06
# 旧地址
aliases: [former]
status:
  state: withdrawn
  date: 2026-05-04
  reason: 误发
---
"""
LOST = "procurement, payments, documents, notes"
HOTLINE = "13900005678"
LABELLED = "联系人：郝佳禾，手机 13900001234"
"""Invented, as is everything personal in the tests."""


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """An empty folder, an English site, and no error that is swallowed."""
    monkeypatch.setenv("PORTAL_TRACE", "1")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def root() -> pathlib.Path:
    """A repository with two contracts, one of which has an annex, in its first commit."""
    files = {
        "site.yaml": builders.SITE.replace("zh-CN", "en"),
        GONE: f"---\n{WRITTEN}---\n\n## 第一条\n\n{SECRET}。\n",
        ANNEX: builders.paper(),
        OTHER: builders.text("另一份。", title="档案整理", value={"amount": "2000"}),
    }
    folder = repository.site(pathlib.Path("site"), files)
    commit(folder, "First")
    return folder


def withdraw(root: pathlib.Path, id: str = "lights", *more: str) -> tuple[int, str, str]:
    """The command, with a reason and a day unless others are given."""
    given = ("--reason", "误发", "--date", "2026-05-04")
    return builders.run("withdraw", id, "--root", str(root), *given, *more)


def read(path: pathlib.Path) -> model.Contract:
    """A contract that has no problem."""
    made, problems = facts.contract(
        source.document(path.name, path.read_bytes(), model.Contract), path.stem, "CNY"
    )
    assert made is not None, problems
    return made


# The file


def test_a_tombstone_stays(root: pathlib.Path) -> None:
    """Lines, order and comments of what stays are as they were; nothing else is left."""
    code, output, errors = withdraw(root)
    assert (code, errors) == (0, "")
    assert (root / GONE).read_text("utf-8") == TOMBSTONE
    assert not (root / ANNEX).parent.exists()
    assert f"these fields: {LOST}." in output
    assert "Documents that go (1): annex.pdf." in output
    assert f"git -C site add -A -- {GONE} {GONE.removesuffix('.md')}\n" in output
    assert "docs/takedown.md" in output
    assert builders.run("check", "--root", str(root))[0] == 0


def test_its_commands_can_be_copied(root: pathlib.Path) -> None:
    """The commands that are told do what they say: the tombstone is committed, whole."""
    output = withdraw(root)[1]
    lines = [line.strip() for line in output.splitlines() if line.strip().startswith("git -C")]
    for line in lines[:2]:
        subprocess.run(line, shell=True, check=True, capture_output=True)
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "log", "-1", "--format=%s") == "Withdraw lights"
    assert len(lines) == 3


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_chinese_fields(tmp_path: pathlib.Path, newline: str) -> None:
    """A file in Chinese stays one, with its line ends, and a status in it is replaced in place."""
    text = (
        "---\n合同名称: 照明\n状态: 履行中\n采购人: 某某市城市管理局\n"
        "供应商: 某某照明工程有限公司\n合同金额（万元）: 137\n合同签订日期: 2026年2月6日\n"
        "采购方式: 公开招标\n---\n正文\n"
    )
    root = repository.site(tmp_path / "here", {OTHER: text.replace("\n", newline)})
    git(root, "config", "core.autocrlf", "false")
    commit(root)
    before = read(root / OTHER)
    code, output, _ = builders.run(
        *(
            "withdraw",
            "stays",
            "--root",
            str(root),
            "--reason",
            "原因: “一”#二",
            "--date",
            "2026-05-04",
        )
    )
    assert code == 0, output
    data = (root / OTHER).read_bytes().decode()
    assert data.count(newline) == data.count("\n")
    told = "状态:\n  状态: 已撤回\n  日期: 2026-05-04\n  原因: '原因: “一”#二'\n采购人"
    assert f"合同名称: 照明\n{told}" in data.replace(newline, "\n")
    after = read(root / OTHER)
    assert (after.status.state, after.status.reason) == ("withdrawn", "原因: “一”#二")
    assert (after.value, after.agency) == (before.value, before.agency)
    assert "公开招标" not in data


def test_what_is_kept_goes_with_its_text(root: pathlib.Path) -> None:
    """A text that was let stay is not named any more once it stands nowhere."""
    keep = "".join(
        f"- {{text: {one}, ground: 对外公布的服务号码}}\n" for one in ("13900001234", HOTLINE)
    )
    rest = WRITTEN.partition("   # 全称")[2]
    text = f"---\ntitle: 热线 {HOTLINE} 服务合同{rest}keep:\n{keep}---\n"
    (root / GONE).write_text(f"{text}\n电话：13900001234\n", "utf-8")
    commit(root)
    code, _, errors = withdraw(root)
    assert (code, errors) == (0, "")
    data = (root / GONE).read_text("utf-8")
    assert "13900001234" not in data
    assert data.count(HOTLINE) == 2


# Refusals


@pytest.mark.parametrize(
    ("id", "words"),
    [("lihgts", "Did you mean lights?"), ("Lights", "Did you mean lights?"), ("x", "There is no")],
)
def test_a_typo(root: pathlib.Path, id: str, words: str) -> None:
    """A contract that there is not is not withdrawn; a near one is offered."""
    code, _, errors = withdraw(root, id)
    assert (code, words in errors) == (1, True)
    assert git(root, "status", "--porcelain") == ""


def test_by_its_path(root: pathlib.Path) -> None:
    """The file's path does as well as the id."""
    assert withdraw(root, f"{root}/{GONE}")[0] == 0


def test_withdrawn_already(root: pathlib.Path) -> None:
    """A second withdrawal changes nothing, and says since when the first holds."""
    withdraw(root)
    commit(root)
    code, _, errors = withdraw(root)
    assert (code, "since 2026-05-04" in errors) == (1, True)


def test_a_draft(root: pathlib.Path) -> None:
    """A draft was never published, so there is nothing to withdraw."""
    (root / OTHER).write_text(builders.text(draft=True), "utf-8")
    commit(root)
    code, _, errors = withdraw(root, "stays")
    assert (code, "Delete the file" in errors) == (1, True)


@pytest.mark.parametrize("reason", [LABELLED, "  ", "a\u202eb"])
def test_unfit_reasons(root: pathlib.Path, reason: str) -> None:
    """A reason is published: it is not empty, holds nothing personal, and is never repeated."""
    code, output, errors = builders.run(
        "withdraw", "lights", "--root", str(root), "--reason", reason
    )
    assert (code, output) == (1, "")
    assert "13900001234" not in errors
    assert git(root, "status", "--porcelain") == ""


@pytest.mark.parametrize("path", [GONE, ANNEX, GONE.replace(".md", "/new.pdf")])
def test_uncommitted_changes(root: pathlib.Path, path: str) -> None:
    """What is in no commit would be lost for good, so it is committed first."""
    with open(root / path, "ab") as file:
        file.write(b"\n")
    before = git(root, "status", "--porcelain")
    code, _, errors = withdraw(root)
    assert (code, "in no commit" in errors) == (1, True)
    assert git(root, "status", "--porcelain") == before


def test_without_git(tmp_path: pathlib.Path) -> None:
    """Outside git nothing could be had back, so it is asked first; --yes answers."""
    root = builders.site(tmp_path / "plain", {OTHER: builders.text("另一份。")})
    before = (root / OTHER).read_bytes()
    assert withdraw(root, "stays")[0] == 130
    assert (root / OTHER).read_bytes() == before
    assert withdraw(root, "stays", "--yes")[0] == 0
    assert read(root / OTHER).status.state == "withdrawn"


def test_rehearsal(root: pathlib.Path) -> None:
    """A dry run tells what would go, and changes nothing."""
    code, output, _ = withdraw(root, "lights", "--dry-run")
    assert (code, LOST in output) == (0, True)
    assert git(root, "status", "--porcelain") == ""


def test_facts_in_one_line(root: pathlib.Path) -> None:
    """Facts that cannot be edited by lines are left as they are, and it is said what to do."""
    facts = (
        "{title: 照明, agency: 某某市城市管理局, vendors: 某某照明工程有限公司, value: 1, "
        "signed: 2026-02-06}"
    )
    (root / OTHER).write_text(f"---\n{facts}\n---\n", "utf-8")
    commit(root)
    code, _, errors = withdraw(root, "stays")
    assert (code, "by hand" in errors) == (1, True)


# The site


def everything(output: pathlib.Path) -> dict[str, str]:
    """Every published file as text: unpacked, databases dumped."""
    found = {}
    for path in filter(pathlib.Path.is_file, sorted(output.rglob("*"))):
        data = path.read_bytes()
        if path.suffix == ".sqlite":
            with sqlite3.connect(path) as base:
                text = "\n".join(base.iterdump())
        else:
            text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode(
                errors="ignore"
            )
        found[path.relative_to(output).as_posix()] = re.sub(r"(?<=[^\x00-\x7f]) ", "", text)
    return found


def test_nothing_of_it_is_published(root: pathlib.Path) -> None:
    """Text, documents, data, search and feeds lose it; address and former address stay."""
    pipeline.build(pipeline.Options(root, root.parent / "public"))
    before = everything(root.parent / "public")
    kinds = {path.rpartition(".")[2] for path, text in before.items() if SECRET in text}
    assert {"html", "json", "sqlite", "gz", "csv"} <= kinds
    assert [path for path, text in before.items() if path.endswith(".text.gz") and SECRET in text]
    withdraw(root)
    pipeline.build(pipeline.Options(root, root.parent / "public"))
    after = everything(root.parent / "public")
    for text in (SECRET, "清淤", "annex.pdf", "1370000", "137万"):
        assert [path for path, data in after.items() if text in data] == [], text
    assert "contracts/lights/index.html" in after
    assert "contracts/former/index.html" in after
    assert "误发" in after["contracts/lights/index.html"]


# The history


def commands(heading: str) -> list[str]:
    """The commands of a section of the guide; both languages have the same."""
    found = []
    for name in ("takedown.md", "takedown.zh-CN.md"):
        text = (TOP / "docs" / name).read_text("utf-8")
        blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        found.append([line for block in blocks for line in block.splitlines()])
    assert found[0] == found[1]
    first = next(n for n, line in enumerate(found[0]) if line.startswith(heading))
    return found[0][first:]


def followed(lines: list[str], folder: pathlib.Path, **given: str) -> str:
    """What a shell prints that is given the guide's lines, with these words put in."""
    script = "\n".join(["set -e", f'PATH="{pathlib.Path(sys.executable).parent}:$PATH"', *lines])
    for word, text in given.items():
        script = re.sub(rf"(?<![\w$]){word}\b(?!=)", text, script)
    done = subprocess.run(
        ["bash", "-c", script], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def hosted(root: pathlib.Path) -> pathlib.Path:
    """The repository as a host has it."""
    git(root, "clone", "-q", "--bare", ".", "../host.git")
    return root.parent.resolve() / "host.git"


def held(repository: pathlib.Path) -> str:
    """Everything that any commit of a repository holds."""
    objects = git(repository, "rev-list", "--objects", "--all").splitlines()
    names = [line.split(" ")[0] for line in objects]
    found = (git(repository, "cat-file", "-p", name) for name in names if is_text(repository, name))
    return "\n".join(found)


def is_text(repository: pathlib.Path, name: str) -> bool:
    """Whether an object is a file or a commit, and no picture or paper."""
    if git(repository, "cat-file", "-t", name) == "tree":
        return False
    data = subprocess.run(
        ["git", "cat-file", "-p", name], cwd=repository, capture_output=True, check=True
    ).stdout
    return not data.startswith(b"%PDF")


def test_a_purged_history(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """The guide's commands leave the tombstone and nothing else, wherever the file once lay."""
    git(root, "mv", OTHER, "content/contracts/2026/stays.md")
    git(root, "mv", GONE, "content/contracts/lights.md")
    git(root, "mv", GONE.removesuffix(".md"), "content/contracts/lights")
    commit(root, "Move")
    git(root, "branch", "old")
    withdraw(root)
    commit(root, "Withdraw")
    host = hosted(root)
    assert SECRET in held(host)
    steps = commands("git clone URL")
    output = followed(steps[:6], tmp_path, URL=str(host), ID="lights")
    assert output.splitlines()[-1] == "1"
    followed(["cd purge", *commands("git remote add")], tmp_path, URL=str(host))
    left = held(host)
    assert SECRET not in left
    assert "state: withdrawn" in left
    assert "档案整理" in left
    objects = git(host, "rev-list", "--objects", "--all")
    assert "annex.pdf" not in objects
    assert git(host, "log", "--format=%s", "main") == "Withdraw\nMove\nFirst"


def test_a_purged_contract_that_had_another_id(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """The guide names every id that a contract had, and takes nothing that another one needs."""
    shared = root / OTHER.removesuffix(".md") / "annex.pdf"
    shared.parent.mkdir()
    shared.write_bytes((root / ANNEX).read_bytes())
    commit(root, "Another contract has the same paper")
    renamed = "content/contracts/lamps.md"
    git(root, "mv", GONE, renamed)
    git(root, "mv", GONE.removesuffix(".md"), renamed.removesuffix(".md"))
    commit(root, "Rename")
    withdraw(root, "lamps")
    commit(root, "Withdraw")
    guide = (TOP / "docs/takedown.md").read_text("utf-8")
    asked = next(line.strip() for line in guide.splitlines() if "git log --follow" in line)
    named = followed([asked.replace("PATH", renamed)], root)
    assert named.split() == [GONE, renamed]
    host = hosted(root)
    steps = commands("git clone URL")
    output = followed(steps[:6], tmp_path, URL=str(host), ID="lamps|lights")
    assert output.splitlines()[-1] == "1"
    followed(["cd purge", *commands("git remote add")], tmp_path, URL=str(host))
    assert SECRET not in held(host)
    there = git(host, "ls-tree", "-r", "--name-only", "main").splitlines()
    assert [one for one in there if one.startswith("content/")] == [
        renamed,
        OTHER,
        f"{OTHER.removesuffix('.md')}/annex.pdf",
    ]


def test_one_purged_text(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """The other recipe masks one text in every commit, and leaves the contract."""
    host = hosted(root)
    (tmp_path / "replace.txt").write_text(f"{SECRET}==>【已遮盖：其他】\n", "utf-8")
    steps = commands("git clone URL")
    again = next(n for n, line in enumerate(steps) if n and line.startswith("git clone URL"))
    followed(steps[again:], tmp_path, URL=str(host))
    left = held(host)
    assert SECRET not in left
    assert "【已遮盖：其他】" in left
