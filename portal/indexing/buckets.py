"""The sieve's files, put together from what each shard has in them."""

import gzip
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from portal import digest, publish, urls, workers
from portal.indexing import texts
from portal.indexing.built import Before, Built, Where
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


def build(plans: Sequence[texts.Plan], code: str, before: Before, where: Where, jobs: int) -> Built:
    """Stage every bucket whose content is not the published one; name the paths of all."""
    shards = [_sections(where, one) for one in plans]
    count = plans[0].buckets if plans else 0
    due, paths = [], []
    for number in range(count):
        path = urls.search_file(f"grams/{number}.bin.gz")
        content = sieve.bucket(number, shards)
        key = digest.of(code, content)
        paths.append(path)
        if not before.has(path, key):
            due.append(_Due(path, key, content))
    tasks = [_Task(where.stage, chunk) for chunk in workers.chunks(due, AT_ONCE)]
    staged = [one for made in workers.run(_work, tasks, jobs) for one in made]
    return Built(staged, frozenset(paths))


def _sections(where: Where, plan: texts.Plan) -> Mapping[int, bytes]:
    found = texts.sieved(where.memory, plan)
    if found is None:
        raise AssertionError("what a shard has in the sieve is gone")
    return found


def _work(task: _Task) -> list[publish.Staged]:
    """In a worker: pack and stage some buckets."""
    return [
        publish.put(task.stage, one.path, one.key, gzip.compress(one.content, 9, mtime=0))
        for one in task.due
    ]
