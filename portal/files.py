"""The files of a site: which there are, what they hold, and which have changed since last time."""

import os
import pathlib
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal import corpus, digest, names, workers
from portal.problems import Location, Problem, Refused, problem

CONTRACTS, PAGES = "content/contracts", "content/pages"
REGISTRIES = {"agency": "content/agencies", "vendor": "content/vendors"}
FOLDERS = frozenset((CONTRACTS, PAGES, *REGISTRIES.values()))
LOOK = ("static", "templates")
EFFECTIVE = os.access in os.supports_effective_ids
READABLE = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH
"""Whoever asks may read such a file; of others, it takes a call to know."""
IGNORED = frozenset(("Thumbs.db", "desktop.ini", "Icon\r"))
AT_ONCE = 2_000
"""Files that a worker reads at once for their digests."""
RACY = 2_000_000_000
"""Nanoseconds: a file touched so shortly before a reading may change within the same stamp."""

Stamp = tuple[int, int, int, int]
"""Size, modification and change time (nanoseconds), inode: who changes a file changes these."""


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


class Sealed(NamedTuple):
    """A file together with what it must hold: whoever reads it gets these bytes or a refusal.

    `facts` are what this build already read in it, as JSON; empty when it did not need to.
    """

    root: str
    file: corpus.File
    facts: bytes = b""

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
    site = walk.one("site.yaml")
    folders = walk.top()
    contracts, documents = walk.contracts(folders)
    registries = {role: walk.flat(folders, path, ".yaml") for role, path in REGISTRIES.items()}
    pages = walk.flat(folders, PAGES, ".md")
    return Tree(site, contracts, registries, pages, documents, tuple(walk.problems))


class _Walk:
    """One walk over a site's content, which notes problems on the way."""

    def __init__(self, root: pathlib.Path) -> None:
        self.root = str(root)
        self.problems: list[Problem] = []

    def note(self, path: str, code: str, **given: object) -> None:
        self.problems.append(problem(Location(path), code, **given))

    def one(self, path: str) -> Found | None:
        try:
            status = os.lstat(os.path.join(self.root, path))
        except (FileNotFoundError, NotADirectoryError):
            return None
        return next(self.found(path, status), None)

    def top(self) -> frozenset[str]:
        """The folders of the content that are there; links, and what is not published, are not."""
        for folder in LOOK:
            self.links(folder)
        if os.path.islink(os.path.join(self.root, "content")):
            self.note("content", "symlink")
            return frozenset()
        inside = dict(self.entries("content"))
        for path, entry in inside.items():
            if path not in FOLDERS:
                self.note(path, "stray-content")
            elif not _is_folder(entry):
                self.note(path, "not-a-folder")
        return FOLDERS & {path for path, entry in inside.items() if _is_folder(entry)}

    def links(self, folder: str) -> None:
        """Every link in a folder, however deep, is a problem; so is a folder that is one."""
        top = os.path.join(self.root, folder)
        below = (
            os.path.join(place, name)
            for place, folders, found in os.walk(top)
            for name in (*folders, *found)
        )
        for path in (top, *below):
            if os.path.islink(path):
                self.note(pathlib.PurePath(os.path.relpath(path, self.root)).as_posix(), "symlink")

    def entries(self, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """What a folder holds, sorted by name, without links and what systems leave behind."""
        try:
            with os.scandir(os.path.join(self.root, folder)) as found:
                inside = sorted(found, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return
        except PermissionError:
            self.note(folder, "unreadable")
            return
        for entry in inside:
            path = f"{folder}/{entry.name}"
            if not _is_fit(entry.name) and entry.name not in IGNORED:
                self.note(f"{folder}/{_shown(entry.name)}", "file-name")
            elif entry.is_symlink():
                self.note(path, "symlink")
            elif not entry.name.startswith(".") and entry.name not in IGNORED:
                yield path, entry

    def flat(self, folders: frozenset[str], folder: str, suffix: str) -> tuple[Found, ...]:
        """The files of a folder, if it is there, that has no folders in it."""
        kept: list[Found] = []
        for path, entry in self.entries(folder) if folder in folders else ():
            if _is_folder(entry):
                self.note(path, "stray-folder")
            elif path.endswith(suffix):
                kept += self.found(path, entry.stat(follow_symlinks=False))
            else:
                self.note(path, "stray-file", suffix=suffix)
        return tuple(kept)

    def contracts(
        self, top: frozenset[str]
    ) -> tuple[tuple[Found, ...], dict[str, tuple[Found, ...]]]:
        """The contracts below their folder, and the documents beside each."""
        contracts: list[Found] = []
        documents: dict[str, tuple[Found, ...]] = {}
        folders = [CONTRACTS] if CONTRACTS in top else []
        while folders:
            folder = folders.pop()
            entries = dict(self.entries(folder))
            inner = {path for path, one in entries.items() if _is_folder(one)}
            texts = entries.keys() - inner
            for path in inner:
                if f"{path}.md" in texts:
                    documents[f"{path}.md"] = tuple(self.below(path))
                else:
                    folders.append(path)
            for path in texts:
                if path.endswith(".md"):
                    contracts += self.found(path, entries[path].stat(follow_symlinks=False))
                else:
                    self.note(path, "stray-file", suffix=".md")
        return tuple(sorted(contracts, key=lambda one: one.path)), documents

    def below(self, folder: str) -> Iterator[Found]:
        for path, entry in self.entries(folder):
            if _is_folder(entry):
                self.note(path, "stray-folder")
            else:
                yield from self.found(path, entry.stat(follow_symlinks=False))

    def found(self, path: str, status: os.stat_result) -> Iterator[Found]:
        """The file, if it can be read; a pipe or a device would be waited for without end."""
        if stat.S_ISLNK(status.st_mode):
            self.note(path, "symlink")
        elif not stat.S_ISREG(status.st_mode):
            self.note(path, "not-a-file")
        elif status.st_mode & READABLE != READABLE and not self.is_readable(path):
            self.note(path, "unreadable")
        else:
            yield Found(path, stamp(status))

    def is_readable(self, path: str) -> bool:
        return os.access(f"{self.root}/{path}", os.R_OK, effective_ids=EFFECTIVE)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _is_fit(name: str) -> bool:
    """Whether the name of a file is text that people can see, on one line."""
    if name.isascii():
        return name.isprintable()
    is_text = not any("\ud800" <= letter <= "\udfff" for letter in name)
    return is_text and not any(sign in name for sign in "\t\n") and not names.hidden(name)


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def stem(path: str) -> str:
    """The name of a file without its folders and its suffix."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def stamp(status: os.stat_result) -> Stamp:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


Known = Mapping[str, tuple[Stamp, str]]
"""By path: the stamp of a file when it was last read, and the digest of what it held."""


def seal(
    root: pathlib.Path, found: Iterable[Found], known: Known, jobs: int = 1
) -> tuple[dict[str, corpus.File], dict[str, tuple[Stamp, str]]]:
    """The digest of every file, read anew only where its stamp differs; and what to remember."""
    start = time.time_ns()
    files = tuple(found)
    digests = {
        one.path: known[one.path][1]
        for one in files
        if one.path in known and known[one.path][0] == one.stamp
    }
    unread = [(str(root), one.path) for one in files if one.path not in digests]
    for batch in workers.run(_digests, workers.chunks(unread, AT_ONCE), jobs):
        digests |= batch
    sealed = {one.path: corpus.File(one.path, digests[one.path], one.stamp[0]) for one in files}
    fresh = {
        one.path: (one.stamp, digests[one.path])
        for one in files
        if max(one.stamp[1:3]) < start - RACY
    }
    return sealed, fresh


def _digests(places: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {path: digest.raw(content(root, path)) for root, path in places}


def assets(folders: Iterable[pathlib.Path]) -> dict[str, Sealed]:
    """The files under static/ of several folders by their path there; later folders win."""
    found: dict[str, Sealed] = {}
    for folder in dict.fromkeys(one.resolve() for one in folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                name = path.relative_to(folder).as_posix()
                data = path.read_bytes()
                found[name] = Sealed(str(folder), corpus.File(name, digest.raw(data), len(data)))
    return dict(sorted(found.items()))
