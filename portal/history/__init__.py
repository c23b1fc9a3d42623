"""The repository's memory of the register: when each contract was published, and what changed."""

import contextlib
import functools
import hashlib
import pathlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from portal import (
    chronicle,
    corpus,
    decisions,
    digest,
    files,
    git,
    publish,
    workers,
)
from portal.chronicle import Chronicle, Told
from portal.history import lineage, log, story
from portal.history.lineage import Step
from portal.problems import Refused

KEEPING = (b"keep", "保留".encode())
"""A file without these words keeps nothing, and need not be read to know."""
AT_ONCE = 20
"""Contracts whose past a worker reads between two reports."""
Progress = Callable[[str, int, int], None]


class Source(NamedTuple):
    """Where history comes from: a repository with a commit, or why there is none to ask."""

    repository: git.Repository | None
    gap: str

    @property
    def head(self) -> str:
        """The present commit; empty where there is none."""
        return "" if self.repository is None else self.repository.head

    @property
    def key(self) -> str:
        """What the history follows from: the present commit, and where a shallow clone ends."""
        if self.repository is None:
            return self.gap
        return digest.of(self.repository.head, *sorted(self.repository.ends))


@dataclass(slots=True)
class Memory:
    """What the last build knew: the log, which file was the same as which object, and stories."""

    code: str = ""
    commits: log.Log = field(default_factory=log.Log)
    same: dict[str, tuple[str, str]] = field(default_factory=dict)
    told: dict[str, tuple[str, Told]] = field(default_factory=dict)


class Asked(NamedTuple):
    """For what history is wanted: the site's folder and register, where to remember, and how."""

    root: pathlib.Path
    register: corpus.Corpus
    state: pathlib.Path
    code: str
    jobs: int
    progress: Progress


def source(root: pathlib.Path) -> Source:
    """The repository of a site's folder. Whatever is wrong with it, a build goes on without."""
    try:
        found = git.repository(root)
    except Refused as refused:
        return Source(None, "git-missing" if refused.code == "git-missing" else "unreadable")
    if found is None:
        return Source(None, "no-git")
    return Source(found, "") if found.head else Source(None, "no-commit")


def chronicle_of(asked: Asked, origin: Source, *, fresh: bool) -> Chronicle:
    """The histories of all contracts; where git cannot tell, a chronicle without any."""
    if origin.repository is None:
        return Chronicle({}, origin.gap)
    known = Memory() if fresh else publish.load(asked.state / "history", Memory)
    if known.code != asked.code:
        known = Memory(asked.code)
    try:
        return _told(asked, origin.repository, known)
    except (Refused, OSError):
        return Chronicle({}, "unreadable")


def _told(asked: Asked, repository: git.Repository, known: Memory) -> Chronicle:
    read = log.read(repository, known.commits)
    ordered = lineage.order(read.records, repository.head)
    read = log.trimmed(read, dict.fromkeys(ordered))
    prefix = git.prefix(repository.top, asked.root)
    rows = {row.id: asked.register.summaries[row.id] for row in _rows(asked.register)}
    followed = {f"{prefix}{one.file.path}": one.aliases for one in rows.values()}
    steps = lineage.steps(read.records, ordered, followed)
    same = _same(asked, repository, known.same, prefix, rows.values(), steps)
    stories = _stories(asked, repository, known, read, same, prefix, rows, steps)
    told = {}
    kept = {id: one for id, one in stories.items() if one[0]}
    for id, one in rows.items():
        path = f"{prefix}{one.file.path}"
        is_open = same.get(one.file.path, ("", ""))[0] != one.file.digest
        told[id] = _gapped(stories[id][1], steps[path], repository.ends, is_open=is_open)
    if (known.commits.head, known.same, known.told) != (read.head, same, kept):
        saved = Memory(asked.code, read, same, kept)
        with contextlib.suppress(OSError):
            publish.save(asked.state / "history", saved)
    times = [one.published.time for one in told.values() if one.published is not None]
    return Chronicle(told, "shallow" if repository.ends else "", min(times, default=None))


def _rows(register: corpus.Corpus) -> Iterable[corpus.Row]:
    return (*register.rows, *register.withdrawn)


def _gapped(told: Told, steps: Sequence[Step], ends: frozenset[str], *, is_open: bool) -> Told:
    """A history with what it lacks: where a shallow clone ends, nobody knows what was before."""
    if not steps or not told.entries:
        return Told(gap="new", is_open=is_open)
    if steps[0].commit in ends and not steps[0].befores:
        entries = tuple(one for one in told.entries if one.commit != steps[0].commit)
        return Told(entries, "shallow", is_open)
    return told._replace(is_open=is_open)


def _same(
    asked: Asked,
    repository: git.Repository,
    known: Mapping[str, tuple[str, str]],
    prefix: str,
    summaries: Iterable[corpus.Summary],
    steps: Mapping[str, Sequence[Step]],
) -> dict[str, tuple[str, str]]:
    """By path: the digest of a file that is as the present commit has it, and its object."""
    found: dict[str, tuple[str, str]] = {}
    unsure: list[tuple[corpus.File, str, bytes]] = []
    for one in summaries:
        file, way = one.file, steps[f"{prefix}{one.file.path}"]
        pair = (file.digest, way[-1].after) if way else ("", "")
        if not pair[1]:
            continue
        if known.get(file.path) == pair:
            found[file.path] = pair
            continue
        data = files.read(files.Sealed(str(asked.root), file))
        if _object(data, pair[1]) == pair[1]:
            found[file.path] = pair
        else:
            unsure.append((file, pair[1], data))
    stored = git.objects(repository.top, [name for _, name, _ in unsure])
    for (file, name, data), committed in zip(unsure, stored, strict=True):
        if _plain(data) == _plain(committed):
            found[file.path] = (file.digest, name)
    return found


def _object(data: bytes, like: str) -> str:
    """The name that git gives to a file, by the algorithm of a name that it gave."""
    whole = b"blob %d\0" % len(data) + data
    if len(like) > 40:
        return hashlib.sha256(whole).hexdigest()
    return hashlib.sha1(whole, usedforsecurity=False).hexdigest()


def _plain(data: bytes) -> bytes:
    """Git may store other line ends than the working tree has."""
    return data.replace(b"\r\n", b"\n")


def _stories(
    asked: Asked,
    repository: git.Repository,
    known: Memory,
    read: log.Log,
    same: Mapping[str, tuple[str, str]],
    prefix: str,
    rows: Mapping[str, corpus.Summary],
    steps: Mapping[str, Sequence[Step]],
) -> dict[str, tuple[str, Told]]:
    """The story of each contract by its id, with the key for which it holds."""
    rule = decisions.rule(asked.register.site)
    common = digest.of(rule.key, asked.register.site.currency)
    found: dict[str, tuple[str, Told]] = {}
    todo: list[tuple[str, str, corpus.Summary, tuple[Step, ...]]] = []
    for id, one in rows.items():
        way = tuple(steps[f"{prefix}{one.file.path}"])
        if not way:
            found[id] = ("", Told())
        elif len(way) == 1 and same.get(one.file.path, ("",))[0] == one.file.digest:
            found[id] = ("", _simple(read, way[0], one))
        else:
            ways = "\0".join(["\0".join((*step[:1], *step[1], *step[2:])) for step in way])
            key = digest.raw(f"{common}\0{one.file.digest}\0{one.state}\0{ways}".encode())
            before = known.told.get(id)
            if before is not None and before[0] == key:
                found[id] = before
            else:
                todo.append((id, key, one, way))
    for id, key, told in _read(asked, repository, read, rule, todo):
        found[id] = (key, told)
    return found


def _simple(read: log.Log, step: Step, one: corpus.Summary) -> Told:
    """A contract that was published once, and is as it was."""
    if one.draft:
        return Told()
    record = read.records[step.commit]
    return Told((chronicle.Entry(step.commit, record.time, record.seal, "published"),))


def _read(
    asked: Asked,
    repository: git.Repository,
    read: log.Log,
    rule: decisions.Rule,
    todo: Sequence[tuple[str, str, corpus.Summary, tuple[Step, ...]]],
) -> Iterator[tuple[str, str, Told]]:
    """Histories that were not known before, read in worker processes."""
    names = {
        name: None for *_, way in todo for one in way for name in (*one.befores, one.after) if name
    }
    data = dict(zip(names, git.objects(repository.top, names), strict=True))
    tasks = []
    for _, _, one, way in todo:
        present = files.read(files.Sealed(str(asked.root), one.file))
        at = tuple((read.records[step.commit][1:3]) for step in way)
        own = {name: data[name] for step in way for name in (*step.befores, step.after) if name}
        keeps = any(name in present for name in KEEPING)
        kept = rule.kept | (decisions.kept(one.file.path, present) if keeps else frozenset())
        currency, is_gone = asked.register.site.currency, one.state == "withdrawn"
        tasks.append(story.Task(one.file.path, way, at, own, present, kept, currency, is_gone))
    done = 0
    call = functools.partial(_work, rule)
    for batch in workers.run(call, workers.chunks(tasks, AT_ONCE), asked.jobs):
        for told in batch:
            id, key, *_ = todo[done]
            yield id, key, told
            done += 1
        asked.progress("history", done, len(todo))


def _work(rule: decisions.Rule, tasks: Sequence[story.Task]) -> list[Told]:
    return [story.told(one, rule.tiers) for one in tasks]
