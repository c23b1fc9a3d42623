"""A site in a git repository, for the tests of what looks at commits."""

import pathlib
import subprocess
from collections.abc import Mapping

import builders

NAME, MOBILE = "郝佳禾", "13900001234"
"""Invented, as is everything personal in the tests."""
LEAK = f"乙方联系人：{NAME}，手机 {MOBILE}\n"
CONTRACT = "content/contracts/lights.md"


def git(folder: pathlib.Path, *arguments: str) -> str:
    """What git prints; an error if it fails."""
    done = attempt(folder, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def attempt(folder: pathlib.Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What becomes of a git command that may be refused."""
    return subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def site(folder: pathlib.Path, files: Mapping[str, str | bytes] | None = None) -> pathlib.Path:
    """A site with these files, or with one contract, in a new repository; nothing is committed."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q")
    return builders.site(folder, {CONTRACT: builders.text("")} if files is None else files)


def commit(folder: pathlib.Path, message: str = "Change") -> str:
    """Commit everything that is there, whatever a hook says; the commit's name."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--no-verify", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")
