"""What was published by mistake and then masked is nowhere in the next publication."""

import gzip
import pathlib
import sqlite3
from typing import Any

import pytest

import builders
import repository
from portal import pipeline
from repository import CONTRACT, commit, git

MOBILE, ACCOUNT, PERSON = "13900001234", "6222020000001234567", "郝佳禾"
"""Invented; the last is a name that no rule finds where it stands."""
SECRETS = (MOBILE, "139 0000 1234", ACCOUNT, PERSON)
MARKED = {
    "place": "联系【已遮盖：手机号】",
    "notes": "由【已遮盖：姓名】办理，账号【已遮盖：银行账号】",
    "redactions": [
        {"kind": "手机号", "count": "2", "ground": "第二十五条"},
        {"kind": "姓名", "count": "1", "ground": "第二十五条"},
        {"kind": "银行账号", "count": "1", "ground": "第二十五条"},
    ],
}
BARE = {"place": f"联系{MOBILE}", "notes": f"由{PERSON}办理，账号{ACCOUNT}"}
BODY = "第一条 电话：139 0000 1234\n"


def held(folder: pathlib.Path) -> dict[str, str]:
    """All text in all files of a folder: unpacked, of databases every cell, of names too."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        if data[:6] == b"SQLite":
            data = data + _cells(path)
        found[str(path.relative_to(folder))] = f"{path.name}\n{data.decode('utf-8', 'ignore')}"
    return found


def _cells(path: pathlib.Path) -> bytes:
    base = sqlite3.connect(path)
    tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    rows = [row for name in tables for row in base.execute(f"SELECT * FROM {name}")]
    base.close()
    return repr(rows).encode()


def leaks(folder: pathlib.Path, secrets: tuple[str, ...] = SECRETS) -> list[tuple[str, str]]:
    """Which secrets stand in which files."""
    return [(path, one) for path, text in held(folder).items() for one in secrets if one in text]


@pytest.fixture
def root(tmp_path: pathlib.Path) -> pathlib.Path:
    """A contract whose first commit holds what must not be there, in facts and in the text."""
    folder = repository.site(tmp_path / "site", {CONTRACT: builders.text(BODY, **BARE)})
    commit(folder, "By mistake")
    return folder


def publish(root: pathlib.Path, body: str = "", **changes: Any) -> pathlib.Path:
    """Commit the contract so, and publish from nothing; the folder of publication and state."""
    (root / CONTRACT).write_text(builders.text(body, **changes), "utf-8")
    commit(root, "Masked")
    place = root.parent / "out"
    pipeline.build(pipeline.Options(root, place / "public"))
    return place


def test_masked(root: pathlib.Path) -> None:
    """After the facts and the text were masked, nothing of it is published or remembered."""
    place = publish(root, "第一条 电话：【已遮盖：手机号】\n", **MARKED)
    assert leaks(place) == []
    page = (place / "public/contracts/lights/index.html").read_text("utf-8")
    assert page.count("按现行规则应遮盖") == 2
    assert "联系【已遮盖：手机号】" in (place / "public/data/changes.csv").read_text("utf-8-sig")
    assert (place / "public/contracts/lights/releases.json").read_text("utf-8").count('"id"') > 5


def test_masked_later(root: pathlib.Path) -> None:
    """Nor when other changes lie between, when the field is gone, or when the file was renamed."""
    publish_nothing(root, BARE | {"value": {"amount": "7"}})
    publish_nothing(root, BARE | {"title": f"照明（{PERSON}）"})
    git(root, "mv", CONTRACT, "content/contracts/lamps.md")
    commit(root)
    git(root, "mv", "content/contracts/lamps.md", CONTRACT)
    publish_nothing(root, MARKED)
    place = publish(root, **MARKED | {"place": None})
    assert leaks(place) == []


def publish_nothing(root: pathlib.Path, changes: dict[str, Any]) -> None:
    """A commit that nobody publishes."""
    (root / CONTRACT).write_text(builders.text(BODY, **changes), "utf-8")
    commit(root)


def test_removed(root: pathlib.Path) -> None:
    """Where the number simply went, without a mark, the finder of today knows it."""
    place = publish(root, place="市区")
    assert leaks(place, (MOBILE, "139 0000 1234", ACCOUNT)) == []


def test_what_is_kept_today_is_shown(root: pathlib.Path) -> None:
    """What the contract keeps today may stand in its past too."""
    kept = [{"text": MOBILE, "ground": "值班电话"}]
    place = publish(root, place="市区", keep=kept)
    page = (place / "public/contracts/lights/index.html").read_text("utf-8")
    assert f"联系{MOBILE}" in page


def test_a_value_that_is_withheld(root: pathlib.Path) -> None:
    """A value that is withheld today is not told by the past."""
    place = publish(root, value={"withheld": "商业秘密"})
    assert leaks(place, ("1370000", "1,370,000")) == []


def test_the_folder_is_named(tmp_path: pathlib.Path) -> None:
    """The walk itself sees packed files, databases and names."""
    (tmp_path / "a.gz").write_bytes(gzip.compress(MOBILE.encode()))
    base = sqlite3.connect(tmp_path / "b.sqlite")
    base.execute("CREATE TABLE t (x TEXT)")
    base.execute("INSERT INTO t VALUES (?)", (ACCOUNT,))
    base.commit()
    base.close()
    (tmp_path / f"{PERSON}.txt").write_text("", "utf-8")
    assert {one for _, one in leaks(tmp_path)} == {MOBILE, ACCOUNT, PERSON}
