"""The sieve's files, put together from what each shard has in them."""

import contextlib
import gzip
import os
import pathlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from portal import digest, publish, urls, workers
from portal.indexing.built import Before, Built
from portal.indexing.texts import Sieved
from portal.search import sieve

AT_ONCE = 128
"""Buckets that a worker packs at once."""


class _Due(NamedTuple):
    """A bucket to be packed: its path, key and content."""

    path: str
    key: str
    content: bytes


class _Task(NamedTuple):
    stage: str
    due: Sequence[_Due]


class Shard(NamedTuple):
    """What a shard has in the sieve, and the file of it."""

    sieved: Sieved
    sections: pathlib.Path


def build(
    shards: Sequence[Shard], count: int, code: str, before: Before, stage: str, jobs: int
) -> Built:
    """Stage every bucket whose content is not the published one; name the paths of all.

    There are `count` buckets of grams, and as many of triples behind them, if there are any.
    """
    wanted, paths = [], []
    for number in range(max((one.sieved.buckets for one in shards), default=0)):
        kind = "grams" if number < count else "triples"
        path = urls.search_file(f"{kind}/{number % count}.bin.gz")
        key = digest.of(code, *[one.sieved.mark(number) for one in shards])
        paths.append(path)
        if not before.has(path, key):
            wanted.append((number, path, key))
    due = list(_due(wanted, shards)) if wanted else []
    tasks = [_Task(stage, chunk) for chunk in workers.chunks(due, AT_ONCE)]
    staged = [one for made in workers.run(_work, tasks, jobs) for one in made]
    return Built(staged, frozenset(paths))


def _due(wanted: Iterable[tuple[int, str, str]], shards: Sequence[Shard]) -> Iterator[_Due]:
    """The buckets put together; of each shard only the sections that they need are read."""
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(open(one.sections, "rb")) for one in shards]
        read = [_reader(file, one.sieved.starts) for file, one in zip(files, shards, strict=True)]
        for number, path, key in wanted:
            yield _Due(path, key, sieve.bucket(one(number) for one in read))


def _reader(file: BinaryIO, starts: Sequence[int]) -> Callable[[int], bytes]:
    def read(number: int) -> bytes:
        start = starts[number]
        return os.pread(file.fileno(), starts[number + 1] - start, start)

    return read


def _work(task: _Task) -> list[publish.Staged]:
    """In a worker: pack and stage some buckets."""
    return [
        publish.put(task.stage, one.path, one.key, gzip.compress(one.content, 9, mtime=0))
        for one in task.due
    ]
