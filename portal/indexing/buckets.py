"""The sieve's files, put together from what each shard has in them."""

import contextlib
import mmap
import pathlib
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, NamedTuple

from portal import digest, gzipped, publish, urls, workers
from portal.indexing.built import Before, Built
from portal.indexing.texts import MARK, Sieved
from portal.search import sieve

AT_ONCE = 128
"""Buckets that a worker packs at once."""


class Shard(NamedTuple):
    """What a shard has in the sieve, and the file of it."""

    sieved: Sieved
    sections: pathlib.Path


class _Due(NamedTuple):
    """A bucket to be made: its number, path and key."""

    number: int
    path: str
    key: str


class _Task(NamedTuple):
    stage: str
    shards: Sequence[Shard]
    due: Sequence[_Due]


def build(
    shards: Sequence[Shard], count: int, code: str, before: Before, stage: str, jobs: int
) -> Built:
    """Stage every bucket whose content is not the published one; name the paths of all.

    There are `count` buckets of grams, and as many of triples behind them, if there are any.
    """
    due, paths = [], []
    salt = code.encode()
    for number, marks in enumerate(marked([one.sieved.marks for one in shards])):
        kind = "grams" if number < count else "triples"
        path = urls.search_file(f"{kind}/{number % count}.bin.gz")
        key = digest.raw(salt + marks)
        paths.append(path)
        if not before.has(path, key):
            due.append(_Due(number, path, key))
    tasks = [_Task(stage, shards, chunk) for chunk in workers.chunks(due, AT_ONCE)]
    staged = [one for made in workers.run(_work, tasks, jobs) for one in made]
    return Built(staged, frozenset(paths))


def marked(shards: Sequence[bytes]) -> Iterator[bytes]:
    """Bucket by bucket the marks that the shards have there; given are those of each shard."""
    import numpy as np  # noqa: PLC0415 - most builds have no need of it

    if not shards:
        return iter(())
    size = len(shards) * MARK
    marks = np.frombuffer(b"".join(shards), np.uint8).reshape(len(shards), -1, MARK)
    turned = marks.transpose(1, 0, 2).tobytes()
    return (turned[at : at + size] for at in range(0, len(turned), size))


def _work(task: _Task) -> list[publish.Staged]:
    """In a worker: put some buckets together, of each shard only what they need; stage them."""
    with contextlib.ExitStack() as stack:
        read = [_reader(stack.enter_context(open(one.sections, "rb")), one) for one in task.shards]
        return [_staged(task.stage, one, read) for one in task.due]


def _staged(stage: str, due: _Due, read: Sequence[Callable[[int], bytes]]) -> publish.Staged:
    content = sieve.bucket(section(due.number) for section in read)
    return publish.put(stage, due.path, due.key, gzipped.compress(content, gzipped.QUICK))


def _reader(file: BinaryIO, shard: Shard) -> Callable[[int], bytes]:
    """What a shard has in a bucket, by its number."""
    starts = shard.sieved.starts
    data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if starts[-1] else b""
    return lambda number: data[starts[number] : starts[number + 1]]
