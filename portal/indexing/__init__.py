"""The search's texts: twins indexed shard by shard, and the sieve beside them; only what changed.

A shard's files bear the shard's key in the manifest: with the key that is published they are kept,
with another the twins that changed are made anew, and Pagefind indexes the shard again. What a
shard has in the sieve is remembered beside the output; the sieve is put together from all of them.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from portal import corpus, workers
from portal.indexing import buckets, scratch, texts
from portal.indexing.built import Before, Built, Where
from portal.making import Guard
from portal.problems import Rejected
from portal.search import full, shards

Progress = Callable[[str, int, int], None]
NOTHING: frozenset[str] = frozenset()


class Asked(NamedTuple):
    """What is to be indexed: the register, the digest of the code, what is published, and how."""

    register: corpus.Corpus
    code: str
    before: Before
    where: Where
    guard: Guard
    jobs: int
    progress: Progress


class _Due(NamedTuple):
    """All shards as they are to be, what each has in the sieve, and the tasks of those to be made.

    `published` has the paths of the files of each shard.
    """

    plans: Sequence[texts.Plan]
    sieved: Mapping[str, texts.Sieved | None]
    todo: Sequence[tuple[texts.Plan, bool]]
    published: Mapping[str, Sequence[str]]


@contextlib.contextmanager
def begun(asked: Asked) -> Iterator[Callable[[], Built]]:
    """Begin to index what has changed since the last publication; what is given waits for it.

    One shard, as after most changes, is indexed beside the process that makes the pages; of many
    every processor gets its own when they are waited for. Raises Rejected on personal data there.
    """
    alone = asked._replace(jobs=1, progress=lambda *_: None)
    with workers.beside(lambda: _index_few(alone), asked.jobs) as few:
        yield lambda: few() or _index(asked, _due(asked))


def _index_few(asked: Asked) -> Built | None:
    """What is built where at most one shard is due; None where there are more."""
    due = _due(asked)
    return None if len(due.todo) > 1 else _index(asked, due)


def _due(asked: Asked) -> _Due:
    """What there is to do."""
    before, memory = asked.before, asked.where.memory
    divided = shards.divide(asked.register.rows)
    plans = [texts.plan(one, asked.register, asked.code) for one in divided]
    memory.mkdir(exist_ok=True)
    texts.forget(memory, plans)
    has_text = full.program() is not None
    published = before.by_shard() if has_text else {}  # else none of them stays
    sieved = {one.name: texts.sieved(memory, one) for one in plans}
    todo = []
    for one in plans:
        paths = published.get(one.name, ())
        is_new = has_text and not before.is_whole(paths, one.key, one.texts)
        if is_new or sieved[one.name] is None:
            todo.append((one, is_new))
    return _Due(plans, sieved, todo, published)


def _index(asked: Asked, due: _Due) -> Built:
    """Index the shards that are due, and put the sieve together."""
    plans, todo, before, where = due.plans, due.todo, asked.before, asked.where
    kept = {one.name: _kept(one, before) for one, is_new in todo if is_new}
    made = []
    leaking = []
    with scratch.opened(where.memory) as memory:
        place, is_alone = where._replace(scratch=memory), len(todo) == 1
        tasks = [
            texts.Task(one, is_new, kept.get(one.name, NOTHING), place, asked.guard, is_alone)
            for one, is_new in todo
        ]
        running = workers.run(texts.work, tasks, asked.jobs)
        for done, (staged, leaked) in enumerate(running, start=1):
            made += staged
            leaking += leaked
            asked.progress("index", done, len(tasks))
    if leaking:
        raise Rejected(leaking)
    old = (kept.get(one.name, due.published.get(one.name, ())) for one in plans)
    sieved = {**due.sieved, **{one.name: texts.sieved(where.memory, one) for one, _ in todo}}
    found = [
        buckets.Shard(there, texts.sections(where.memory, one))
        for one in plans
        if (there := sieved[one.name]) is not None
    ]
    if len(found) < len(plans):
        raise AssertionError("what a shard has in the sieve is gone")
    count = plans[0].buckets if plans else 1
    sieve = buckets.build(found, count, asked.code, before, where.stage, asked.jobs)
    return Built(made + sieve.staged, sieve.paths.union(*old, (one.path for one in made)))


def _kept(plan: texts.Plan, before: Before) -> frozenset[str]:
    """The files of a shard's texts that are published just so."""
    return frozenset(path for path, key in plan.texts.items() if before.has(path, key))
