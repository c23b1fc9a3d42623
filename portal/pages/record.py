"""The data of one contract, beside its page: the record, and what the open standard makes of it."""

import functools
import hashlib
import pathlib
from collections.abc import Iterator
from typing import NamedTuple

from portal import ancestry, chronicle, clock, corpus, digest, exact, files, record, render, urls
from portal.artifact import Artifact
from portal.ocds import packages, publisher
from portal.ocds.versions import Past
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
    rule = clock.rule(register.site.announcement, register.past, by.offset)
    known = ancestry.Names(register)
    for row in register.rows:
        file = register.summaries[row.id].file
        sealed = files.Sealed(root, file, register.facts.get(file.path, b""))
        folder = Folder(root, register.documents.get(file.path, contract.NOTHING))
        told = register.past.of(row.id)
        came = Came(
            ancestry.of(row, told, known), clock.reading(row.signed, row.announced, told, rule)
        )
        given = Given.of(sealed, folder, record.parties(register, row), setting, came)
        yield Artifact(urls.record(row.id), whole, (given,), file.path)
        yield Artifact(urls.ocds_releases(row.id), releases, (given, by), file.path)
        yield Artifact(urls.ocds_record(row.id), compiled, (given, by), file.path)
    for row in register.withdrawn:
        sealed = files.Sealed(root, register.summaries[row.id].file)
        left = (sealed, record.parties(register, row), setting, register.past.of(row.id))
        yield Artifact(urls.record(row.id), tombstone, left, sealed.file.path)


class Came(NamedTuple):
    """How a contract came to be what it is, and whether it was announced in time."""

    ancestry: ancestry.Ancestry
    reading: clock.Reading

    @property
    def digest(self) -> str:
        return digest.of(self.ancestry, self.reading)

    @property
    def more(self) -> exact.Json:
        """What a record says of it; nothing where git has nothing to say."""
        told = self.ancestry.told
        return {
            "announcement": clock.data(self.reading),
            "history": ancestry.history(told) if told.entries else None,
        }


class Given(NamedTuple):
    """What the files of a contract are made from, with the digest of it, which they share."""

    sealed: files.Sealed
    folder: Folder
    known: record.Parties
    setting: record.Setting
    came: Came
    digest: str

    @classmethod
    def of(
        cls,
        sealed: files.Sealed,
        folder: Folder,
        known: record.Parties,
        setting: record.Setting,
        came: Came,
    ) -> "Given":
        whole = digest.of(sealed, folder, known, setting, came)
        return cls(sealed, folder, known, setting, came, whole)


def whole(given: Given) -> bytes:
    """The record of a contract that stands."""
    found, _ = _record(given)
    return _file(found)


def releases(given: Given, by: publisher.Publisher) -> bytes:
    """The package of a contract's releases."""
    found, past = _record(given)
    return _file(packages.of_releases(found, by, past))


def compiled(given: Given, by: publisher.Publisher) -> bytes:
    """The package of a contract's record."""
    found, past = _record(given)
    return _file(packages.of_record(found, by, past))


def tombstone(
    sealed: files.Sealed, known: record.Parties, setting: record.Setting, told: chronicle.Told
) -> bytes:
    """What stays of a withdrawn contract's record."""
    facts, _ = contract.read(sealed, setting.currency)
    more = {"history": ancestry.history(told) if told.entries else None}
    return _file(record.withdrawn(facts, known, setting, more))


@functools.lru_cache(maxsize=1)
def _record(given: Given) -> tuple[exact.Json, Past | None]:
    """The record, which a contract's files share: they are made one after the other."""
    sealed, folder, known, setting, came, _ = given
    facts, text = contract.read(sealed, setting.currency)
    found = [_annex(files.Sealed(folder.root, one)) for one in folder.held.files]
    annexes = {one.name: one for one in found}
    past = ancestry.past(came.ancestry, annexes, setting)
    return record.record(facts, text, known, annexes, setting, came.more), past


def _annex(sealed: files.Sealed) -> record.Annex:
    data = files.read(sealed)
    name = pathlib.PurePosixPath(sealed.file.path).name
    return record.Annex(name, len(data), hashlib.sha256(data).hexdigest())


def _file(value: exact.Json) -> bytes:
    return f"{exact.written(value)}\n".encode()
