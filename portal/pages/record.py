"""The data of one contract, beside its page: the record, and what the open standard makes of it."""

import functools
import hashlib
import pathlib
from collections.abc import Iterator
from typing import NamedTuple

from portal import corpus, exact, files, record, render, urls
from portal.artifact import Artifact
from portal.ocds import packages, publisher
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
    """Record and packages of each contract; of a withdrawn one what its tombstone says."""
    del theme, frame
    setting = record.Setting(register.site.url, register.site.currency)
    by = publisher.of(register.site)
    for row in register.rows:
        file = register.summaries[row.id].file
        sealed = files.Sealed(root, file, register.facts.get(file.path, b""))
        folder = Folder(root, register.documents.get(file.path, contract.NOTHING))
        inputs = (sealed, folder, record.parties(register, row), setting)
        yield Artifact(urls.record(row.id), whole, inputs, file.path)
        yield Artifact(urls.ocds_releases(row.id), releases, (*inputs, by), file.path)
        yield Artifact(urls.ocds_record(row.id), compiled, (*inputs, by), file.path)
    for row in register.withdrawn:
        sealed = files.Sealed(root, register.summaries[row.id].file)
        left = (sealed, record.parties(register, row), setting)
        yield Artifact(urls.record(row.id), tombstone, left, sealed.file.path)


def whole(
    sealed: files.Sealed, folder: Folder, known: record.Parties, setting: record.Setting
) -> bytes:
    """The record of a contract that stands."""
    return _file(_record(sealed, folder, known, setting))


def releases(
    sealed: files.Sealed,
    folder: Folder,
    known: record.Parties,
    setting: record.Setting,
    by: publisher.Publisher,
) -> bytes:
    """The package of a contract's releases."""
    return _file(packages.of_releases(_record(sealed, folder, known, setting), by))


def compiled(
    sealed: files.Sealed,
    folder: Folder,
    known: record.Parties,
    setting: record.Setting,
    by: publisher.Publisher,
) -> bytes:
    """The package of a contract's record."""
    return _file(packages.of_record(_record(sealed, folder, known, setting), by))


def tombstone(sealed: files.Sealed, known: record.Parties, setting: record.Setting) -> bytes:
    """What stays of a withdrawn contract's record."""
    facts, _ = contract.read(sealed, setting.currency)
    return _file(record.withdrawn(facts, known, setting))


@functools.lru_cache(maxsize=1)
def _record(
    sealed: files.Sealed, folder: Folder, known: record.Parties, setting: record.Setting
) -> exact.Json:
    """The record, which a contract's files share: they are made one after the other."""
    facts, text = contract.read(sealed, setting.currency)
    annexes = (_annex(files.Sealed(folder.root, one)) for one in folder.held.files)
    return record.record(facts, text, known, {one.name: one for one in annexes}, setting)


def _annex(sealed: files.Sealed) -> record.Annex:
    data = files.read(sealed)
    name = pathlib.PurePosixPath(sealed.file.path).name
    return record.Annex(name, len(data), hashlib.sha256(data).hexdigest())


def _file(value: exact.Json) -> bytes:
    return f"{exact.written(value)}\n".encode()
