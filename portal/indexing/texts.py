"""One shard: its twins, Pagefind's index of them, and what it has in the sieve."""

import array
import hashlib
import pathlib
import pickle
import shutil
import subprocess
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from portal import corpus, digest, files, gzipped, publish, workers
from portal.check import leaks
from portal.indexing import scratch
from portal.indexing.built import TEXTS, Where
from portal.making import Guard
from portal.pages import contract
from portal.problems import Problem
from portal.search import full, index, known, shards, sieve, twin

PAGES = "pages.json.gz"
"""In a shard's folder: Pagefind's name for each of its documents, in order."""
MARK = 12
"""Bytes of a digest that tells two sections of one bucket apart."""
QUICK = 1
"""zlib's level for what is only remembered."""


class Entry(NamedTuple):
    """A contract to be indexed, with the key of its twin."""

    row: corpus.Row
    sealed: tuple[corpus.File, bytes]
    key: str


class Plan(NamedTuple):
    """A shard as it is to be: the key of its texts, and the number of buckets of the sieve."""

    name: str
    entries: tuple[Entry, ...]
    key: str
    buckets: int
    has_triples: bool
    has_stems: bool
    together: int
    language: str
    currency: str

    @property
    def sieve_key(self) -> str:
        return f"{self.key}-{self.buckets}"

    @property
    def texts(self) -> dict[str, str]:
        """The paths of the texts in order, each with its twin's key; none without full text."""
        if full.program() is None:
            return {}
        folder = f"{TEXTS}{self.name}/"
        return {f"{folder}{number}.text.gz": one.key for number, one in enumerate(self.entries)}


class Task(NamedTuple):
    """A shard for one worker: its texts are indexed if they are new, its sieve in any case.

    `kept` are the paths of its texts that are published as they are to be.
    Where a shard is alone, both are made at once; where the other processors have shards of their
    own, one after the other, which takes less memory.
    """

    plan: Plan
    is_new: bool
    kept: frozenset[str]
    where: Where
    guard: Guard
    is_alone: bool


class Sieved(NamedTuple):
    """What a shard has in the sieve, and the key that it was made for.

    `marks` has `MARK` bytes for each bucket, a digest of the section there. The sections lie in a
    file of their own, which is read only where a bucket is put together; `starts` tells where.
    """

    key: str = ""
    marks: bytes = b""
    starts: Sequence[int] = ()


def plan(shard: shards.Shard, register: corpus.Corpus, code: str) -> Plan:
    """What a shard is to be made from."""
    language, has_text = register.site.language, full.program() is not None
    salt = digest.of(code, full.VERSION if has_text else "", language)
    entries = []
    for row in shard.rows:
        file = register.summaries[row.id].file
        sealed = digest.raw((salt + twin.key(row, file)).encode())
        entries.append(Entry(row, (file, register.facts.get(file.path, b"")), sealed))
    key = digest.of(shard.name, *(one.key for one in entries))
    count = sieve.buckets(len(register.rows))
    return Plan(
        shard.name,
        tuple(entries),
        key,
        count,
        index.has_triples(register),
        index.has_stems(register),
        index.together(register),
        language,
        register.site.currency,
    )


def forget(memory: pathlib.Path, plans: Iterable[Plan]) -> None:
    """Remove what is remembered of shards that are no more."""
    names = {one.name for one in plans}
    for path in memory.iterdir():
        if path.stem not in names:
            path.unlink()


def sieved(memory: pathlib.Path, plan: Plan) -> Sieved | None:
    """What a shard has in the sieve, if that is remembered."""
    found: Sieved = publish.load(memory / f"{plan.name}.sieve", Sieved)
    if found.key != plan.sieve_key:
        return None
    try:
        size = sections(memory, plan).stat().st_size
    except OSError:
        return None
    return found if size == found.starts[-1] else None


def sections(memory: pathlib.Path, plan: Plan) -> pathlib.Path:
    """The file of what a shard has in the sieve."""
    return memory / f"{plan.name}.sections"


def _remember(memory: pathlib.Path, plan: Plan, found: sieve.Sections) -> None:
    told = map(found.of, range(len(found.starts) - 1))
    marks = b"".join(hashlib.blake2b(one, digest_size=MARK).digest() for one in told)
    publish.write(sections(memory, plan), found.data)
    starts = array.array("L", found.starts)
    publish.save(memory / f"{plan.name}.sieve", Sieved(plan.sieve_key, marks, starts))


def work(task: Task) -> tuple[list[publish.Staged], list[Problem]]:
    """In a worker: a shard's index, staged, and its sieve, remembered."""
    plan, memory = task.plan, task.where.memory
    twins, leaking = _twins(task)
    if leaking:
        return [], leaking
    program = full.program() if task.is_new else None
    running = _started(task, twins, program) if program and task.is_alone else None
    others = (one.other_grams for one in twins)
    read = [one.text for one in twins]
    found = sieve.sections(
        read, others, plan.buckets, has_triples=plan.has_triples, has_stems=plan.has_stems
    )
    _remember(memory, plan, found)
    if program is None:
        return [], []
    if running is None:
        workers.give_back()
        running = _started(task, twins, program)
    full.done(running.process, running.output, -(-len(twins) // plan.together))
    staged = list(_staged(task, twins, running.output))
    shutil.rmtree(running.twins)
    shutil.rmtree(running.output)
    return staged, []


class _Running(NamedTuple):
    """Pagefind at work: its process, the folder of twins that it reads, and the one it writes."""

    process: subprocess.Popen[bytes]
    twins: pathlib.Path
    output: pathlib.Path


def _started(task: Task, twins: Sequence[twin.Twin], program: pathlib.Path) -> _Running:
    """Have Pagefind index the twins of a shard."""
    plan = task.plan
    size = 2 * sum(len(one.text.encode()) for one in twins)  # a page has a space behind each sign
    place = scratch.choose(task.where.scratch, pathlib.Path(task.where.stage), size)
    folder, output = place / f"twins-{plan.name}", place / f"index-{plan.name}"
    folder.mkdir()
    for number, chunk in enumerate(workers.chunks(twins, plan.together)):
        text = twin.page(chunk, plan.language)
        (folder / f"{number}{full.ENDING}").write_text(text, "utf-8")
    return _Running(full.start(program, folder, output, plan.language), folder, output)


def _twins(task: Task) -> tuple[list[twin.Twin], list[Problem]]:
    """The twins of a shard in order, as remembered where nothing changed; what leaks from them."""
    plan, place = task.plan, task.where.memory / f"{task.plan.name}.twins"
    before = _remembered(place)
    found: dict[str, tuple[str, twin.Twin]] = {}
    leaking: list[Problem] = []
    for entry in plan.entries:
        known = before.get(entry.row.id)
        if known is None or known[0] != entry.key:
            known = entry.key, _twin(task, entry)
            path, guard = entry.sealed[0].path, task.guard
            data = known[1].text.encode()
            leaking += leaks.found(f"search/{path}", data, guard.wanted, guard.kept)
        found[entry.row.id] = known
    if found != before and not leaking:
        packed = zlib.compress(pickle.dumps(found, pickle.HIGHEST_PROTOCOL), QUICK)
        publish.save(place, packed)
    return [one for _, one in found.values()], leaking


def _remembered(place: pathlib.Path) -> Mapping[str, tuple[str, twin.Twin]]:
    packed: bytes = publish.load(place, bytes)
    try:
        found: dict[str, tuple[str, twin.Twin]] = pickle.loads(zlib.decompress(packed))
    except Exception:  # noqa: BLE001 - what is damaged is as if it were not there
        return {}
    return found


def _twin(task: Task, entry: Entry) -> twin.Twin:
    sealed = files.Sealed(task.where.root, *entry.sealed)
    facts, written = contract.read(sealed, task.plan.currency)
    if full.program() is None:
        return twin.facts(facts, entry.row, task.plan.language)
    return twin.twin(facts, entry.row, written, task.plan.language)


def _staged(
    task: Task, twins: Sequence[twin.Twin], output: pathlib.Path
) -> Iterable[publish.Staged]:
    """The files of a new index, put into the stage."""
    plan, folder = task.plan, f"{TEXTS}{task.plan.name}/"
    known_by = full.names(output)
    names = known.packed([known_by[str(number)] for number in range(len(known_by))])
    yield publish.put(task.where.stage, folder + PAGES, plan.key, names)
    for (path, key), one in zip(plan.texts.items(), twins, strict=True):
        if path not in task.kept:
            data = gzipped.compress(" ".join(one.text.split()).encode())
            yield publish.put(task.where.stage, path, key, data)
    for file in full.files(output):
        name = file.relative_to(output).as_posix()
        yield publish.put(task.where.stage, folder + name, plan.key, file.read_bytes())
