"""The history of contracts, from real repositories: publication, changes, names, merges, gaps."""

import os
import pathlib
import shutil
from collections.abc import Mapping
from typing import Any

import pytest

import builders
import repository
from portal import chronicle, history, pipeline
from portal.chronicle import Chronicle, Told
from repository import CONTRACT, attempt, commit, git

T0 = 1_770_000_000
"""A moment in February 2026; each commit of these tests is an hour later than the one before."""


@pytest.fixture
def root(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A repository with one contract in its first commit."""
    _clock(monkeypatch, 0)
    folder = repository.site(tmp_path / "site")
    commit(folder, "First")
    return folder


def _clock(monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_DATE", f"@{T0 + 3600 * hours} +0000")


def put(root: pathlib.Path, path: str = CONTRACT, body: str = "", **changes: Any) -> str:
    """Write a contract and commit it, an hour after the last commit; the commit's name."""
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(builders.text(body, **changes), "utf-8")
    last = int(git(root, "log", "-1", "--format=%ct"))
    return at(root, last + 3600)


def at(root: pathlib.Path, time: int) -> str:
    """Commit everything at a moment; the commit's name."""
    git(root, "add", "-A")
    given = {f"GIT_{who}_DATE": f"@{time} +0000" for who in ("AUTHOR", "COMMITTER")}
    before = {name: os.environ.get(name, "") for name in given}
    os.environ.update(given)
    try:
        git(root, "commit", "-q", "--allow-empty", "-m", "Change")
    finally:
        os.environ.update(before)
    return git(root, "rev-parse", "HEAD")


def read(root: pathlib.Path, *, fresh: bool = True) -> Chronicle:
    """The histories of a site; what is remembered lies beside it."""
    found = builders.gathered(root).register
    state = root.parent / "state"
    state.mkdir(exist_ok=True)
    asked = history.Asked(root, found, state, "test", 1, pipeline.unseen)
    return history.chronicle_of(asked, history.source(root), fresh=fresh)


def told(root: pathlib.Path, id: str = "lights") -> Told:
    """The history of a contract: the same from nothing, and with what was remembered."""
    fresh = read(root)
    assert read(root, fresh=False) == fresh
    return fresh.of(id)


def facts(entry: chronicle.Entry) -> dict[str, tuple[str, str]]:
    """The facts that a commit changed, with old and new value."""
    return {one.field: (one.old, one.new) for one in entry.differences}


def test_published(root: pathlib.Path) -> None:
    """A contract was published by the commit that brought it, at the committer's time."""
    (entry,) = told(root).entries
    assert (entry.kind, entry.time) == ("published", T0)
    assert entry.commit == git(root, "rev-parse", "HEAD")
    assert chronicle.written(entry.time) == "2026-02-02T02:40:00Z"
    assert str(chronicle.day(T0 + 16 * 3600, "+08:00")) == "2026-02-03"


def test_changed(root: pathlib.Path) -> None:
    """A change tells which facts changed, and of the text only how many lines."""
    put(root, body="One.\nTwo.\n", value={"amount": "2"}, place="市区")
    second = put(root, body="One.\nThree.\nFour.\n", value={"amount": "2"})
    found = told(root).entries
    assert [one.kind for one in found] == ["published", "changed", "changed"]
    assert facts(found[1]) == {"value.amount": ("1370000", "2"), "place": ("", '"市区"')}
    assert (found[2].commit, found[2].lines) == (second, 2)
    assert facts(found[2]) == {"place": ('"市区"', "")}


def test_things_of_a_list(root: pathlib.Path) -> None:
    """An instalment that was put before the others is one thing more, and the others stay."""
    pay = [{"label": "首付", "amount": "10"}, {"label": "尾款", "amount": "20"}]
    put(root, payments=pay, value={"amount": "30"})
    more = [{"label": "预付", "amount": "5"}, pay[0], {"label": "尾款", "amount": "15"}]
    put(root, payments=more, value={"amount": "30"})
    last = told(root).entries[-1].differences
    assert [(one.field, one.place, one.old, one.new) for one in last] == [
        ("payments", 1, "", '{"label":"预付","amount":5}'),
        ("payments.amount", 3, "20", "15"),
    ]


def test_written_otherwise(root: pathlib.Path) -> None:
    """A commit that changes no fact and no text is told as such."""
    place = root / CONTRACT
    place.write_text(place.read_text("utf-8").replace("\nagency", "\n# a note\nagency"), "utf-8")
    at(root, T0 + 3600)
    (_, entry) = told(root).entries
    assert (entry.kind, entry.differences, entry.lines) == ("changed", (), 0)


def test_draft_is_no_publication(root: pathlib.Path) -> None:
    """What a draft said is not told; it is published when it is a draft no longer."""
    path = "content/contracts/lamps.md"
    put(root, path, draft="true", value={"amount": "1"})
    put(root, path, draft="true", value={"amount": "2"})
    published = put(root, path, value={"amount": "3"})
    (entry,) = told(root, "lamps").entries
    assert (entry.kind, entry.commit, entry.differences) == ("published", published, ())


def test_renamed(root: pathlib.Path) -> None:
    """A renamed file keeps its history, with a change in the same commit, and into a folder."""
    git(root, "mv", CONTRACT, "content/contracts/lamps.md")
    put(root, "content/contracts/lamps.md", place="市区", aliases=["lights"])
    (root / "content/contracts/2026").mkdir()
    git(root, "mv", "content/contracts/lamps.md", "content/contracts/2026/lamps.md")
    at(root, T0 + 9000)
    found = told(root, "lamps").entries
    assert [one.kind for one in found] == ["published", "changed", "changed"]
    assert facts(found[1])["id"] == ('"lights"', '"lamps"')
    assert facts(found[2]) == {}


def test_renamed_beyond_recognition(root: pathlib.Path) -> None:
    """What git does not see as one file is one by its aliases."""
    (root / CONTRACT).unlink()
    words = {"title": "全新", "agency": "甲局", "vendors": ["乙公司"], "signed": "2026-03-03"}
    put(root, "content/contracts/lamps.md", body="A\n" * 90, aliases=["lights"], **words)
    found = told(root, "lamps").entries
    assert [one.kind for one in found] == ["published", "changed"]
    assert facts(found[1])["id"] == ('"lights"', '"lamps"')


def test_gone_and_back(root: pathlib.Path) -> None:
    """A contract that went and came back was first published before; what changed is told."""
    (root / CONTRACT).unlink()
    at(root, T0 + 3600)
    put(root, value={"amount": "2"})
    found = told(root).entries
    assert [one.kind for one in found] == ["published", "removed", "changed"]
    assert "value.amount" in facts(found[2])


def test_withdrawn(root: pathlib.Path) -> None:
    """Of a withdrawn contract only days and commits are told."""
    gone = {"state": "withdrawn", "date": "2026-04-01", "reason": "重复"}
    put(root, title="别的", status=gone)
    found = told(root)
    assert [one.kind for one in found.entries] == ["published", "changed"]
    assert [(one.differences, one.after) for one in found.entries] == [((), "")] * 2
    assert "照明" not in repr(found)


def test_unreadable_past(root: pathlib.Path) -> None:
    """Versions that are not valid today are told without their facts, and break nothing."""
    for text in ("---\ntitle: [\n---\n", "---\nunknown: 1\n---\n", "no facts", "\udc80"):
        (root / CONTRACT).write_bytes(text.encode("utf-8", "surrogateescape"))
        at(root, int(git(root, "log", "-1", "--format=%ct")) + 60)
    put(root, value={"amount": "2"})
    found = told(root).entries
    assert len(found) == 6
    assert [one.is_read for one in found[1:]] == [False] * 5


def test_uncommitted(root: pathlib.Path) -> None:
    """What is not committed yet is no commit; the history says that the file differs."""
    put(root, "content/contracts/other.md")
    (root / CONTRACT).write_text(builders.text(place="市区"), "utf-8")
    new = root / "content/contracts/new.md"
    new.write_text(builders.text(), "utf-8")
    assert (told(root).is_open, len(told(root).entries)) == (True, 1)
    assert told(root, "other").is_open is False
    assert (told(root, "new").gap, told(root, "new").entries) == ("new", ())


def test_line_ends(root: pathlib.Path) -> None:
    """A working tree with other line ends than the commit's does not differ from it."""
    place = root / CONTRACT
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    assert told(root).is_open is False


def test_merge(root: pathlib.Path) -> None:
    """Two branches that change one contract: each change stands under its own commit."""
    put(root, body="a\n\nb\n\nc\n", place="一", notes="n")
    git(root, "checkout", "-q", "-b", "side")
    side = put(root, body="a\n\nb\n\nc\n", place="二", notes="n")
    git(root, "checkout", "-q", "main")
    ours = put(root, body="a\n\nb\n\nC\n", place="一", notes="n")
    git(root, "merge", "-q", "--no-edit", "side")
    found = told(root).entries
    assert {one.commit: (facts(one), one.lines) for one in found[2:]} == {
        side: ({"place": ('"一"', '"二"')}, 0),
        ours: ({}, 1),
    }


def test_merge_that_decides(root: pathlib.Path) -> None:
    """What a merge settles otherwise than both sides is its own change."""
    git(root, "checkout", "-q", "-b", "side")
    put(root, place="二")
    git(root, "checkout", "-q", "main")
    put(root, place="一")
    assert attempt(root, "merge", "-q", "side").returncode
    merged = put(root, place="三")
    last = told(root).entries[-1]
    assert (last.commit, facts(last)) == (merged, {"place": ('"一"', '"三"')})


def test_merge_that_keeps_ours(root: pathlib.Path) -> None:
    """A branch whose changes were not taken has changed nothing."""
    git(root, "checkout", "-q", "-b", "side")
    put(root, place="二")
    git(root, "checkout", "-q", "main")
    put(root, "content/contracts/other.md")
    git(root, "merge", "-q", "--no-edit", "-s", "ours", "side")
    assert len(told(root).entries) == 1


def test_rewritten(root: pathlib.Path) -> None:
    """After the history was rewritten, what was remembered of the old one is gone."""
    put(root, place="一")
    before = told(root)
    git(root, "commit", "-q", "--amend", "-m", "Another")
    after = read(root, fresh=False)
    assert after == read(root)
    assert after.of("lights").entries[1].commit == git(root, "rev-parse", "HEAD")
    assert before.entries[1].commit not in repr(after)
    git(root, "reset", "-q", "--hard", "HEAD~1")
    assert len(read(root, fresh=False).of("lights").entries) == 1


def test_shallow(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """In a shallow clone the first publication is not known; deepened, it is."""
    put(root, place="一")
    clone = tmp_path / "clone/site"
    git(tmp_path, "clone", "-q", "--depth", "1", root.as_uri(), str(clone))
    found = told(clone)
    assert (found.gap, found.entries, read(clone).gap) == ("shallow", (), "shallow")
    git(clone, "fetch", "-q", "--unshallow")
    assert read(clone, fresh=False).of("lights") == told(root)


def test_without_git(root: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository, no commit, no git: there is no history, and nothing breaks."""
    shutil.rmtree(root / ".git")
    assert (read(root).gap, told(root).gap) == ("no-git", "none")
    git(root, "init", "-q")
    assert read(root).gap == "no-commit"
    monkeypatch.setenv("PATH", str(root))
    assert read(root).gap == "git-missing"


def test_broken_repository(root: pathlib.Path) -> None:
    """A repository that lacks its objects tells nothing."""
    shutil.rmtree(root / ".git/objects")
    (root / ".git/objects").mkdir()
    assert read(root).gap == "unreadable"


CONFIG = {
    "core.quotepath": "true",
    "log.showSignature": "true",
    "log.follow": "true",
    "diff.renames": "false",
    "diff.renameLimit": "1",
    "diff.external": "false",
    "diff.noprefix": "true",
    "color.ui": "always",
    "i18n.logOutputEncoding": "latin1",
    "log.showRoot": "false",
    "log.date": "relative",
    "core.abbrev": "4",
}


def test_settings_and_surroundings(root: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the user's settings, nor a hook's environment, nor names in Chinese matter."""
    git(root, "mv", CONTRACT, "content/contracts/路灯 一.md".replace(" ", "-"))
    at(root, T0 + 3600)
    put(root, "content/contracts/路灯-一.md", place="一")
    expected = told(root, "路灯-一")
    assert len(expected.entries) == 3
    for name, value in CONFIG.items():
        git(root, "config", name, value)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "nothing")
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert told(root, "路灯-一") == expected


def test_site_in_a_folder(tmp_path: pathlib.Path) -> None:
    """A site in a folder of its repository, that lay elsewhere before, has its history."""
    top = tmp_path / "all"
    repository.site(top)
    commit(top)
    (top / "site").mkdir()
    git(top, "mv", "content", "site.yaml", "site")
    at(top, int(git(top, "log", "-1", "--format=%ct")) + 60)
    put(top, f"site/{CONTRACT}", place="一")
    assert [one.kind for one in told(top / "site").entries] == ["published", "changed", "changed"]


def test_two_agencies(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two agencies push at once; the second is refused, pulls, pushes: both histories are right,
    and what was published of the first stays, whether the second merges or rebases.
    """
    for way in ("--no-rebase", "--rebase"):
        folder = tmp_path / way
        bare, one, two = folder / "bare", folder / "one/site", folder / "two/site"
        _clock(monkeypatch, 0)
        first = repository.site(folder / "first", {})
        commit(first)
        git(folder, "clone", "-q", "--bare", str(first), str(bare))
        for clone in (one, two):
            git(folder, "clone", "-q", str(bare), str(clone))
        a = put(one, "content/contracts/a.md", agency="甲局")
        put(two, "content/contracts/b.md", agency="乙局")
        git(one, "push", "-q", "origin", "main")
        published = told(one, "a")
        assert attempt(two, "push", "-q", "origin", "main").returncode
        git(two, "pull", "-q", "--no-edit", way, "origin", "main")
        git(two, "push", "-q", "origin", "main")
        git(one, "pull", "-q", "origin", "main")
        for clone in (one, two):
            assert told(clone, "a") == published
            (entry,) = told(clone, "b").entries
            assert entry.kind == "published"
        assert [entry.commit for entry in told(two, "a").entries] == [a]


def test_many_commits(root: pathlib.Path) -> None:
    """A year of commits: only new ones are asked for, and nothing depends on what was known."""
    for number in range(30):
        put(root, f"content/contracts/c{number % 7}.md", value={"amount": str(number + 1)})
        if number % 9 == 0:
            assert read(root, fresh=False) == read(root)
    found = read(root, fresh=False)
    assert {id: len(one.entries) for id, one in found.told.items()} == {
        "lights": 1,
        **{f"c{number}": 5 if number < 2 else 4 for number in range(7)},
    }


def test_signed(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A signed commit is said to be, by the kind of its signature."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("no ssh-keygen")
    import subprocess  # noqa: PLC0415 - for this test only

    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signing: Mapping[str, str] = {
        "gpg.format": "ssh",
        "user.signingkey": str(key),
        "commit.gpgsign": "true",
    }
    for name, value in signing.items():
        git(root, "config", name, value)
    put(root, place="一")
    assert [one.seal for one in told(root).entries] == ["", "ssh"]


def test_nothing_changed_ends_early(root: pathlib.Path) -> None:
    """The present commit is part of what decides whether a build is done."""
    options = pipeline.Options(root, root.parent / "public")
    assert "make" in pipeline.build(options).seconds
    assert set(pipeline.build(options).seconds) == {"load"}
    at(root, T0 + 3600)
    report = pipeline.build(options)
    assert "make" in report.seconds
    assert report.made == 1  # manifest.json, which names the commit
