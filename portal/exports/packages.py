"""Releases of many contracts: by year as a package and line by line, and all in one file."""

import itertools
from collections.abc import Iterator

from portal import corpus, gzipped, records, render, urls
from portal.artifact import Artifact
from portal.ocds import extension, packages, publisher
from portal.ocds.publisher import Publisher

EXTENSION = (
    ("extension.json", extension.metadata),
    ("release-schema.json", extension.schema),
    ("README.md", extension.readme),
)


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, shelf: records.Shelf
) -> Iterator[Artifact]:
    """The releases of the contracts signed in a year, as a package and line by line."""
    del theme, frame
    by = publisher.of(register.site)
    for year, rows in itertools.groupby(register.rows, key=lambda row: row.signed.year):
        path = urls.data_file(f"ocds/{year}.json")
        found = shelf.at([urls.ocds_releases(row.id) for row in rows])
        yield Artifact(path, package, (found, by, path))
        yield Artifact(_lines(year), lines, (found,))
    for name, make in EXTENSION:
        yield Artifact(urls.ocds_extension(name), make, (by,))


def whole(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, shelf: records.Shelf
) -> Iterator[Artifact]:
    """All releases in one file: the lines of each year, one after the other."""
    del theme, frame
    years = dict.fromkeys(row.signed.year for row in register.rows)
    parts = shelf.at(_lines(year) for year in years)
    yield Artifact(urls.data_file("ocds/all.jsonl.gz"), joined, (parts,))


def _lines(year: int) -> str:
    return urls.data_file(f"ocds/{year}.jsonl.gz")


def package(found: records.Records, by: Publisher, path: str) -> bytes:
    """The package of all releases of some contracts, whose packages are given."""
    return packages.of_many(records.held(found), by, path)


def lines(found: records.Records) -> bytes:
    """A release a line, in gzip."""
    told = (one for package in records.held(found) for one in packages.told(package))
    return gzipped.joined(f"{one.text}\n".encode() for one in told)


def joined(parts: records.Records) -> bytes:
    """Packed files one after the other, which are a packed file again (RFC 1952, section 2.2)."""
    return b"".join(records.held(parts)) or gzipped.compress(b"")
