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
    marks = [texts.marks(where.memory, one) for one in plans]
    count = plans[0].buckets if plans else 0
    wanted, paths = [], []
    for number in range(count):
        path = urls.search_file(f"grams/{number}.bin.gz")
        place = slice(number * texts.MARK, (number + 1) * texts.MARK)
        key = digest.of(code, *[found[place] for found in marks if found is not None])
        paths.append(path)
        if not before.has(path, key):
            wanted.append((number, path, key))
    shards = [_sections(where, one) for one in plans] if wanted else []
    due = [_Due(path, key, sieve.bucket(number, shards)) for number, path, key in wanted]
    tasks = [_Task(where.stage, chunk) for chunk in workers.chunks(due, AT_ONCE)]
    staged = [one for made in workers.run(_work, tasks, jobs) for one in made]
    return Built(staged, frozenset(paths))


def _sections(where: Where, plan: texts.Plan) -> Mapping[int, bytes]:
    found = texts.sieved(where.memory, plan)
    if found is None:
        (where.memory / f"{plan.name}.marks").unlink()  # so that the next build makes it anew
        raise AssertionError("what a shard has in the sieve is damaged")
    return found


def _work(task: _Task) -> list[publish.Staged]:
    """In a worker: pack and stage some buckets."""
    return [
        publish.put(task.stage, one.path, one.key, gzip.compress(one.content, 9, mtime=0))
        for one in task.due
    ]
