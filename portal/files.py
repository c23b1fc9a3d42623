"""The files of a site: which there are, what they hold, and which have changed since last time."""

import os
import pathlib
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from portal import corpus, digest
from portal.problems import Location, Problem, Refused, problem

CONTRACTS, PAGES = "content/contracts", "content/pages"
REGISTRIES = {"agency": "content/agencies", "vendor": "content/vendors"}
IGNORED = frozenset(("Thumbs.db", "desktop.ini", "Icon\r"))
RACY = 2_000_000_000
"""Nanoseconds: a file touched so shortly before a reading may change within the same stamp."""

Stamp = tuple[int, int, int, int]
"""Size, modification time, change time (nanoseconds) and inode: who changes a file changes these."""


class Found(NamedTuple):
    """A file that is there; `path` is below the site's root, with forward slashes."""

    path: str
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Tree:
    """Every file of a site by what it is for; `documents` by the path of their contract."""

    site: Found | None
    contracts: tuple[Found, ...]
    registries: Mapping[str, tuple[Found, ...]]
    pages: tuple[Found, ...]
    documents: Mapping[str, tuple[Found, ...]]
    problems: tuple[Problem, ...]

    def all(self) -> Iterator[Found]:
        if self.site is not None:
            yield self.site
        yield from self.contracts
        for entries in (*self.registries.values(), self.pages, *self.documents.values()):
            yield from entries


@dataclass(frozen=True, slots=True)
class Sealed:
    """A file together with what it must hold: whoever reads it gets these bytes or a refusal."""

    root: str
    file: corpus.File

    @property
    def digest(self) -> str:
        return self.file.digest


def read(sealed: Sealed) -> bytes:
    """The bytes of a file, which are still those that were planned with; else Refused."""
    data = content(sealed.root, sealed.file.path)
    if digest.raw(data) != sealed.file.digest:
        raise Refused("changed", path=sealed.file.path)
    return data


def content(root: str, path: str) -> bytes:
    """The bytes of a file below the root. No symbolic link is followed at its end."""
    handle = os.open(os.path.join(root, path), os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as file:
        return file.read()


def tree(root: pathlib.Path) -> Tree:
    """The files of a site. Links, and files that would silently be left out, are problems."""
    walk = _Walk(root)
    contracts, documents = walk.contracts()
    site = walk.one("site.yaml")
    registries = {role: walk.flat(path, (".yaml",)) for role, path in REGISTRIES.items()}
    pages = walk.flat(PAGES, (".md",))
    return Tree(site, contracts, registries, pages, documents, tuple(walk.problems))


class _Walk:
    """One walk over a site's content, which notes problems on the way."""

    def __init__(self, root: pathlib.Path) -> None:
        self.root = str(root)
        self.problems: list[Problem] = []

    def one(self, path: str) -> Found | None:
        try:
            return self._found(path, os.stat(os.path.join(self.root, path)))
        except FileNotFoundError:
            return None

    def entries(self, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """What a folder holds, sorted by name, without links and what systems leave behind."""
        try:
            with os.scandir(os.path.join(self.root, folder)) as found:
                inside = sorted(found, key=lambda entry: entry.name)
        except FileNotFoundError:
            return
        for entry in inside:
            path = f"{folder}/{entry.name}"
            if entry.is_symlink():
                self.problems.append(problem(Location(path), "symlink"))
            elif not entry.name.startswith(".") and entry.name not in IGNORED:
                yield path, entry

    def flat(self, folder: str, suffixes: tuple[str, ...]) -> tuple[Found, ...]:
        """The files of a folder that has no folders in it."""
        kept = []
        for path, entry in self.entries(folder):
            if entry.is_file(follow_symlinks=False) and path.endswith(suffixes):
                kept.append(self._found(path, entry.stat(follow_symlinks=False)))
            else:
                self.problems.append(problem(Location(path), "stray-file", suffix=suffixes[0]))
        return tuple(kept)

    def contracts(self) -> tuple[tuple[Found, ...], dict[str, tuple[Found, ...]]]:
        """The contracts below their folder, and the documents beside each."""
        contracts: list[Found] = []
        documents: dict[str, tuple[Found, ...]] = {}
        folders = [CONTRACTS]
        while folders:
            folder = folders.pop()
            entries = list(self.entries(folder))
            stems = {path[:-3]: path for path, _ in entries if path.endswith(".md")}
            for path, entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if path in stems:
                        documents[stems[path]] = tuple(self._below(path))
                    else:
                        folders.append(path)
                elif path.endswith(".md"):
                    contracts.append(self._found(path, entry.stat(follow_symlinks=False)))
                else:
                    self.problems.append(problem(Location(path), "stray-file", suffix=".md"))
        return tuple(sorted(contracts, key=lambda one: one.path)), documents

    def _below(self, folder: str) -> Iterator[Found]:
        for path, entry in self.entries(folder):
            if entry.is_dir(follow_symlinks=False):
                self.problems.append(problem(Location(path), "stray-folder"))
            else:
                yield self._found(path, entry.stat(follow_symlinks=False))

    def _found(self, path: str, status: os.stat_result) -> Found:
        if not stat.S_ISREG(status.st_mode):
            self.problems.append(problem(Location(path), "not-a-file"))
        return Found(path, stamp(status))


def stamp(status: os.stat_result) -> Stamp:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


Known = Mapping[str, tuple[Stamp, str]]
"""By path: the stamp of a file when it was last read, and the digest of what it held."""


def seal(
    root: pathlib.Path, found: Iterable[Found], known: Known
) -> tuple[dict[str, corpus.File], dict[str, tuple[Stamp, str]]]:
    """The digest of every file, read anew only where its stamp differs; and what to remember."""
    start = time.time_ns()
    sealed: dict[str, corpus.File] = {}
    fresh: dict[str, tuple[Stamp, str]] = {}
    for one in found:
        before = known.get(one.path)
        if before is not None and before[0] == one.stamp:
            value = before[1]
        else:
            value = digest.raw(content(str(root), one.path))
        sealed[one.path] = corpus.File(one.path, value, one.stamp[0])
        if max(one.stamp[1:3]) < start - RACY:
            fresh[one.path] = (one.stamp, value)
    return sealed, fresh


def assets(folders: Iterable[pathlib.Path]) -> dict[str, Sealed]:
    """The files under static/ of several folders by their path there; later folders win."""
    found: dict[str, Sealed] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                name = path.relative_to(folder).as_posix()
                data = path.read_bytes()
                found[name] = Sealed(str(folder), corpus.File(name, digest.raw(data), len(data)))
    return dict(sorted(found.items()))
