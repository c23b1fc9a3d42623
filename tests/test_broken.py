"""Every refusal, shown: each folder of sites/broken is a small site that must not be published.

A folder holds `expected.txt`, the exact messages in the site's language. What a repository should
not hold (large files, bytes that are no text, links, names that cannot be seen) is made in a copy,
as `setup.txt` says, line by line:

    fill PATH COUNT TEXT    in the file, %fill% becomes COUNT times the text
    bytes PATH HEX ...      in the file, %bytes% becomes these bytes
    link PATH TARGET        a symbolic link at the path
    pipe PATH               a named pipe at the path
    name PATH PATH          the file is renamed; the second path is written with Python's escapes
    close PATH              nobody may read the file or folder
    git COMMAND             git does this in the copy, always at the same time
    run COMMAND             the command that refuses, if it is not `check`

`output.txt` holds what a command prints although it refuses, if there is anything.
"""

import codecs
import contextlib
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

import builders
from portal import main, strings

HERE = pathlib.Path(__file__).resolve().parent
BROKEN = HERE / "sites/broken"
NAMES = sorted(path.name for path in BROKEN.iterdir())
AS_PROCESS = ("several", "nesting", "yaml-tag", "encoding")
"""Shown by a process of its own; the others share this one, which is faster."""

NOBODY = 65534
DAY = {f"GIT_{who}_DATE": "2026-02-06T00:00:00Z" for who in ("AUTHOR", "COMMITTER")}
"""The names of commits are in the messages, and depend on their day."""


@pytest.fixture(autouse=True)
def _traces(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no refusal is raised, and so fails the test."""
    monkeypatch.setenv("PORTAL_TRACE", "1")


def prepared(name: str, folder: pathlib.Path) -> tuple[pathlib.Path, list[str]]:
    """A copy of a broken site with what its setup asks for, and the command that refuses it."""
    ours = ("expected.txt", "output.txt", "setup.txt")
    root = shutil.copytree(BROKEN / name, folder / "site", ignore=shutil.ignore_patterns(*ours))
    setup, command = BROKEN / name / "setup.txt", ["check"]
    for line in setup.read_text(encoding="utf-8").splitlines() if setup.exists() else ():
        verb, *words = shlex.split(line)
        if verb == "run":
            command = words
        elif verb == "git":
            subprocess.run(["git", *words], cwd=root, env=os.environ | DAY, check=True)
        else:
            _set_up(verb, root / words[0], words[1:])
    return root, command


def _set_up(verb: str, path: pathlib.Path, words: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    match verb:
        case "fill":
            path.write_bytes(
                path.read_bytes().replace(b"%fill%", words[1].encode() * int(words[0]))
            )
        case "bytes":
            path.write_bytes(
                path.read_bytes().rstrip(b"\n").replace(b"%bytes%", bytes.fromhex("".join(words)))
                + b"\n"
            )
        case "link":
            path.symlink_to(words[0])
        case "pipe":
            os.mkfifo(path)
        case "name":
            root = next(one for one in path.parents if one.name == "site")
            target = root / codecs.decode(words[0], "unicode_escape")
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        case "close":
            path.chmod(0)
        case _:
            raise AssertionError(verb)


run = builders.run


def process(root: pathlib.Path, *arguments: str) -> tuple[int, str, str]:
    """The command line as an author starts it."""
    done = subprocess.run(
        [sys.executable, str(HERE.parent / "build.py"), *arguments],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@contextlib.contextmanager
def nobody() -> Iterator[None]:
    """Without the rights of root, who may read what is closed."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def held(root: pathlib.Path) -> dict[str, bytes]:
    """Every folder and file of a site, with its bytes."""
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in root.rglob("*")}


def expected(name: str) -> list[str]:
    """The messages that a broken site is to be refused with."""
    return (BROKEN / name / "expected.txt").read_text(encoding="utf-8").splitlines()


def refusal(count: int, language: str) -> str:
    """The last line of a refusal."""
    words = strings.of(language)
    return words["done.refused-one" if count == 1 else "done.refused"].format(n=count)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "unreadable"])
def test_broken(name: str, tmp_path: pathlib.Path) -> None:
    """A broken site is refused with these messages and no others, and nothing is written."""
    root, command = prepared(name, tmp_path)
    before = held(root)
    if name in AS_PROCESS:
        code, output, errors = process(root, *command)
    elif command[0] == "check":
        code, output, errors = run(*command, "--root", str(root))
    else:
        code, output, errors = run(*command, "--root", str(root), "--output", str(tmp_path / "out"))
    messages, said = expected(name), BROKEN / name / "output.txt"
    assert errors.splitlines() == [*messages, refusal(len(messages), main.language(root))]
    assert (code, output) == (1, said.read_text(encoding="utf-8") if said.exists() else "")
    assert held(root) == before
    assert not (tmp_path / "out").exists()


def test_unreadable(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or folder that may not be read is named, and is not simply left out."""
    root, command = prepared("unreadable", tmp_path)
    monkeypatch.chdir(root)
    run(*command)
    with nobody():
        code, _, errors = run(*command)
    for path in root.rglob("*"):
        path.chmod(0o755)
    messages = expected("unreadable")
    assert errors.splitlines() == [*messages, refusal(len(messages), "zh-CN")]
    assert code == 1
