"""All records in one file, a line each."""

import gzip
import io
from collections.abc import Iterator

from portal import corpus, exact, records, render, urls
from portal.artifact import Artifact


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, shelf: records.Shelf
) -> Iterator[Artifact]:
    """The records of the contracts that stand, newest first."""
    del theme, frame
    yield Artifact(urls.data_file("contracts.jsonl.gz"), packed, (shelf.records(register.rows),))


def packed(found: records.Records) -> bytes:
    """JSON Lines in gzip, without a time in it."""
    written = io.BytesIO()
    with gzip.GzipFile(fileobj=written, mode="wb", mtime=0) as file:
        for one in records.read(found):
            file.write(f"{exact.written(one)}\n".encode())
    return written.getvalue()
