"""The data of one contract, beside its page: the record."""

import hashlib
import pathlib
from collections.abc import Iterator
from typing import NamedTuple

from portal import corpus, exact, files, record, render, urls
from portal.artifact import Artifact
from portal.pages import contract


class Folder(NamedTuple):
    """The files beside a contract, below the site's folder."""

    root: str
    held: corpus.Held

    @property
    def digest(self) -> str:
        return self.held.digest


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """The record of each contract; of a withdrawn one what its tombstone says."""
    del theme, frame
    setting = record.Setting(register.site.url, register.site.currency)
    for row in (*register.rows, *register.withdrawn):
        file = register.summaries[row.id].file
        sealed = files.Sealed(root, file, register.facts.get(file.path, b""))
        folder = Folder(root, register.documents.get(file.path, contract.NOTHING))
        make = tombstone if row.state == "withdrawn" else whole
        inputs = (sealed, folder, record.parties(register, row), setting)
        yield Artifact(urls.record(row.id), make, inputs, file.path)


def whole(
    sealed: files.Sealed, folder: Folder, known: record.Parties, setting: record.Setting
) -> bytes:
    """The record of a contract that stands."""
    facts, text = contract.read(sealed, setting.currency)
    annexes = {one.name: one for one in map(_annex, _files(folder))}
    return _file(record.record(facts, text, known, annexes, setting))


def tombstone(
    sealed: files.Sealed, folder: Folder, known: record.Parties, setting: record.Setting
) -> bytes:
    """What stays of a withdrawn contract's record."""
    del folder
    facts, _ = contract.read(sealed, setting.currency)
    return _file(record.withdrawn(facts, known, setting))


def _files(folder: Folder) -> Iterator[files.Sealed]:
    return (files.Sealed(folder.root, one) for one in folder.held.files)


def _annex(sealed: files.Sealed) -> record.Annex:
    data = files.read(sealed)
    name = pathlib.PurePosixPath(sealed.file.path).name
    return record.Annex(name, len(data), hashlib.sha256(data).hexdigest())


def _file(value: exact.Json) -> bytes:
    return f"{exact.written(value)}\n".encode()
