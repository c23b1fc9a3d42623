"""The sieve's files, put together from what each shard has in them."""

import gzip
from collections.abc import Sequence
from typing import NamedTuple

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


def build(
    found: Sequence[Sieved | None], code: str, before: Before, stage: str, jobs: int
) -> Built:
    """Stage every bucket whose content is not the published one; name the paths of all."""
    shards = [one for one in found if one is not None]
    if len(shards) < len(found):
        raise AssertionError("what a shard has in the sieve is gone")
    count = max((one.buckets for one in shards), default=0)
    wanted, paths = [], []
    for number in range(count):
        path = urls.search_file(f"grams/{number}.bin.gz")
        key = digest.of(code, *[one.mark(number) for one in shards])
        paths.append(path)
        if not before.has(path, key):
            wanted.append((number, path, key))
    sections = [one.sections for one in shards] if wanted else []
    due = [_Due(path, key, sieve.bucket(number, sections)) for number, path, key in wanted]
    tasks = [_Task(stage, chunk) for chunk in workers.chunks(due, AT_ONCE)]
    staged = [one for made in workers.run(_work, tasks, jobs) for one in made]
    return Built(staged, frozenset(paths))


def _work(task: _Task) -> list[publish.Staged]:
    """In a worker: pack and stage some buckets."""
    return [
        publish.put(task.stage, one.path, one.key, gzip.compress(one.content, 9, mtime=0))
        for one in task.due
    ]
