"""Releases of many contracts: a package for each year, and all of them line by line."""

import gzip
import io
import itertools
from collections.abc import Iterator

from portal import corpus, exact, records, render, urls
from portal.artifact import Artifact
from portal.ocds import extension, packages, publisher, releases
from portal.ocds.publisher import Publisher

EXTENSION = (
    ("extension.json", extension.metadata),
    ("release-schema.json", extension.schema),
    ("README.md", extension.readme),
)


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, shelf: records.Shelf
) -> Iterator[Artifact]:
    """A package for each year of signing, all releases in one file, our extension."""
    del theme, frame
    by = publisher.of(register.site)
    for year, rows in itertools.groupby(register.rows, key=lambda row: row.signed.year):
        path = urls.data_file(f"ocds/{year}.json")
        yield Artifact(path, package, (shelf.records(rows), by, path))
    whole = shelf.records(register.rows)
    yield Artifact(urls.data_file("ocds/all.jsonl.gz"), lines, (whole, by))
    for name, make in EXTENSION:
        yield Artifact(urls.ocds_extension(name), make, (by,))


def package(found: records.Records, by: Publisher, path: str) -> bytes:
    """The package of all releases of some contracts."""
    return packages.of_many(records.read(found), by, path)


def lines(found: records.Records, by: Publisher) -> bytes:
    """A release a line, in gzip without a time in it."""
    written = io.BytesIO()
    with gzip.GzipFile(fileobj=written, mode="wb", mtime=0) as file:
        for record in records.read(found):
            for one in releases.releases(record, by):
                file.write(f"{exact.written(one)}\n".encode())
    return written.getvalue()
