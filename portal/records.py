"""Many records as one value: the input of what is made from them, read one after the other.

A record was made in this build, and lies in the stage, or in an earlier one, and is published.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from portal import corpus, digest, exact, publish, urls
from portal.exact import Json


class Entry(NamedTuple):
    """A file: its path in the publication, and the digest of what it holds."""

    path: str
    key: str


class Records(NamedTuple):
    """Some files in an order, mostly records; `digest` says what they hold, wherever they lie."""

    folders: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def digest(self) -> str:
        return digest.raw("\0".join([part for one in self.entries for part in one]).encode())


class Former(NamedTuple):
    """What need not be worked out again: files of the last publication, and whose records it has.

    `kept` are the contracts whose records stand there as they do now. Their keys hold the digest of
    the code, so whatever that publication made of them would come out the same. It has no digest of
    its own: what is made with its help is what is made without it.
    """

    folder: str = ""
    kept: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        return ""

    def place(self, path: str) -> str:
        return f"{self.folder}/{path}"


class Shelf(NamedTuple):
    """What earlier rounds of a build have made or kept, by path; `folders` are where it lies.

    `former` is what the last publication, in the last of the folders, has of it still.
    """

    folders: tuple[str, ...]
    files: Mapping[str, publish.Published]
    former: Mapping[str, publish.Published] = {}

    def records(self, rows: Iterable[corpus.Row]) -> Records:
        """The records of contracts, in their order."""
        return self.at(urls.record(row.id) for row in rows)

    def before(self, rows: Iterable[corpus.Row], *paths: str) -> Former:
        """The records and files of the last publication that help; none, if a file is not there."""
        files, former = self.files, self.former
        if any(path not in former for path in paths):
            return Former()
        found = ((row.id, urls.record(row.id)) for row in rows)
        kept = frozenset(id for id, path in found if former.get(path) == files[path])
        return Former(self.folders[-1], kept)

    def at(self, paths: Iterable[str]) -> Records:
        """The files at some paths, in their order."""
        return Records(self.folders, tuple(Entry(one, self.files[one].sha256) for one in paths))


def read(records: Records) -> Iterator[Json]:
    """Each record, of which only one is held at a time."""
    return map(exact.read, held(records))


def held(records: Records) -> Iterator[bytes]:
    """What each file holds."""
    for entry in records.entries:
        yield _bytes(records.folders, entry.path)


def places(found: Records) -> Iterator[str]:
    """Where each file lies, for who reads but a part of it."""
    for entry in found.entries:
        there = (f"{folder}/{entry.path}" for folder in found.folders)
        yield next(path for path in there if os.path.exists(path))


def _bytes(folders: tuple[str, ...], path: str) -> bytes:
    """A file from the first folder that has it: the stage before the publication."""
    for folder in folders:
        try:
            with open(f"{folder}/{path}", "rb") as file:
                return file.read()
        except FileNotFoundError:
            continue
    raise AssertionError("a file that was made is gone")
