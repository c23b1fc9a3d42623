"""A commit's site, built once more: from a clone of its own, which touches no working tree."""

import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from portal import git, proof, render, urls
from portal.problems import Refused
from portal.tables import engine

COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Where the built site lies, and what its manifest.json states."""

    folder: pathlib.Path
    stated: proof.Proof

    @property
    def contracts(self) -> frozenset[str]:
        """The ids of all contracts, withdrawn ones among them."""
        parts = (path.split("/") for path in self.stated.files)
        return frozenset(one[1] for one in parts if one[0] == "contracts" and one[2:] == _RECORD)

    @property
    def withdrawn(self) -> frozenset[str]:
        """The ids of the contracts of which only a tombstone stands."""
        return frozenset(id for id in self.contracts if self._state(id) == "withdrawn")

    @property
    def former(self) -> frozenset[str]:
        """The ids that withdrawn contracts once had, whose addresses lead on to the tombstones."""
        marks = [f'{urls.href("", urls.contract(id))}"'.encode() for id in self.withdrawn]
        parts = (path.split("/") for path in self.stated.files)
        ids = {one[1] for one in parts if one[0] == "contracts" and one[2:] == ["index.html"]}
        pages = {id: self._page(id) for id in ids - self.contracts}
        return frozenset(id for id, page in pages.items() if any(one in page for one in marks))

    def _page(self, id: str) -> bytes:
        return (self.folder / urls.contract(id) / "index.html").read_bytes()

    def _state(self, id: str) -> object:
        told = json.loads((self.folder / "contracts" / id / _RECORD[0]).read_bytes())
        return told.get("status", {}).get("state")


_RECORD = ["index.json"]


def is_ours(top: pathlib.Path, commit: str) -> bool:
    """Whether a commit is in the history of the one that is checked out.

    A site may name any commit, and what it names is run here: so a proposal that somebody fetched
    is not enough. A name that is none is nobody's.
    """
    return _is_before(top, commit, "HEAD")


def is_ahead(top: pathlib.Path, commit: str) -> bool:
    """Whether a commit comes after the one that is checked out."""
    return _is_before(top, "HEAD", commit)


def _is_before(top: pathlib.Path, one: str, other: str) -> bool:
    fit = all(name == "HEAD" or COMMIT.fullmatch(name) for name in (one, other))
    return fit and git.says(top, "merge-base", "--is-ancestor", one, other) is not None


@contextlib.contextmanager
def built(
    root: pathlib.Path, commit: str, output: pathlib.Path | None, jobs: int
) -> Iterator[Rebuilt]:
    """The site of a commit, or of the working tree where none is given.

    It lies in a temporary folder, or in `output`, where a later build makes only what has changed.
    Where the generator lies in the same repository, the commit's own builds.
    """
    with tempfile.TemporaryDirectory(prefix="portal-verify-") as name:
        folder = pathlib.Path(name).resolve()
        site, generator = _checked_out(root, commit, folder) if commit else (root, render.HOME)
        out = output if output is not None else folder / "public"
        command = ("build", "--root", site, "--output", out.absolute(), "--jobs", str(jobs))
        done = subprocess.run(
            (sys.executable, generator / "build.py", *command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        stated = _stated(out)
        if done.returncode or stated is None:
            raise Refused("verify-build", commit=commit[:12] or "-")
        yield Rebuilt(out, stated)


def _stated(output: pathlib.Path) -> proof.Proof | None:
    try:
        return proof.read((output / proof.PATH).read_bytes())
    except OSError:
        return None


def _checked_out(
    root: pathlib.Path, commit: str, folder: pathlib.Path
) -> tuple[pathlib.Path, pathlib.Path]:
    """A site as it is in a commit, and the generator to build it with."""
    top, clone = git.top(root), folder / "clone"
    quiet = ("-c", f"core.hooksPath={os.devnull}", "-c", "advice.detachedHead=false")
    git.ask(top, *quiet, "clone", "--quiet", "--shared", "--no-checkout", str(top), str(clone))
    git.ask(clone, *quiet, "checkout", "--quiet", "--detach", commit)
    generator = render.HOME
    if generator.is_relative_to(top.resolve()):
        inside = generator.relative_to(top.resolve())
        generator = clone / inside
        _lend(generator)
    return clone / git.prefix(top, root), generator


def _lend(generator: pathlib.Path) -> None:
    """SQLite for the browser, which the set-up fetched and no commit holds, if it is the same."""
    there = generator / engine.MODULES.relative_to(render.HOME)
    lock = there.with_name("package-lock.json")
    ours = engine.MODULES.with_name("package-lock.json")
    if engine.MODULES.is_dir() and lock.is_file() and lock.read_bytes() == ours.read_bytes():
        there.symlink_to(engine.MODULES, target_is_directory=True)
