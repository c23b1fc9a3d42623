"""The search's texts: twins indexed shard by shard, and the sieve beside them; only what changed.

A shard's files bear the shard's key in the manifest: with the key that is published they are kept,
with another the twins that changed are made anew, and Pagefind indexes the shard again. What a
shard has in the sieve is remembered beside the output; the sieve is put together from all of them.
"""

from collections.abc import Callable

from portal import corpus, workers
from portal.indexing import buckets, scratch, texts
from portal.indexing.built import Before, Built, Where
from portal.making import Guard
from portal.problems import Rejected
from portal.search import shards

Progress = Callable[[str, int, int], None]


def index(
    register: corpus.Corpus,
    code: str,
    before: Before,
    where: Where,
    guard: Guard,
    jobs: int,
    progress: Progress,
) -> Built:
    """Index what has changed since the last publication. Raises Rejected on personal data."""
    divided = shards.divide(register.rows)
    plans = [texts.plan(one, register, code) for one in divided]
    where.memory.mkdir(exist_ok=True)
    texts.forget(where.memory, plans)
    published = before.by_shard()
    sieved = {one.name: texts.sieved(where.memory, one) for one in plans}
    todo = []
    for one in plans:
        is_new = not before.is_whole(published.get(one.name, ()), one.key)
        if is_new or sieved[one.name] is None:
            todo.append((one, is_new))
    made = []
    leaking = []
    with scratch.opened(where.memory) as memory:
        place, is_alone = where._replace(scratch=memory), len(todo) == 1
        tasks = [texts.Task(one, is_new, place, guard, is_alone) for one, is_new in todo]
        for done, (staged, leaked) in enumerate(workers.run(texts.work, tasks, jobs), start=1):
            made += staged
            leaking += leaked
            progress("index", done, len(tasks))
    if leaking:
        raise Rejected(leaking)
    remade = {one.name for one, is_new in todo if is_new}
    kept = [path for one in plans if one.name not in remade for path in published.get(one.name, ())]
    sieved |= {one.name: texts.sieved(where.memory, one) for one, _ in todo}
    found = [
        buckets.Shard(there, texts.sections(where.memory, one))
        for one in plans
        if (there := sieved[one.name]) is not None
    ]
    if len(found) < len(plans):
        raise AssertionError("what a shard has in the sieve is gone")
    sieve = buckets.build(found, plans[0].buckets if plans else 1, code, before, where.stage, jobs)
    return Built(made + sieve.staged, sieve.paths.union(kept, (one.path for one in made)))
