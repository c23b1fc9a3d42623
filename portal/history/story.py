"""The history of one contract, from its steps and what its file said in each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from portal import exact, files, source
from portal.chronicle import HIDDEN, Difference, Entry, Told
from portal.history import differences, hidden, versions
from portal.history.differences import Side
from portal.history.lineage import Step
from portal.history.versions import Version
from portal.redact import policy


class Task(NamedTuple):
    """A contract of which there is more than a first publication to tell.

    `data` are the bytes by object; `present` those of the file as it lies there now, and `kept`
    what it keeps; `at` are the time and the seal of each step's commit. Of a withdrawn contract
    only the days are told.
    """

    path: str
    steps: tuple[Step, ...]
    at: tuple[tuple[int, str], ...]
    data: Mapping[str, bytes]
    present: bytes
    kept: frozenset[str]
    currency: str
    is_withdrawn: bool


class Shown(NamedTuple):
    """A version, and its facts as they may be shown."""

    version: Version
    plain: exact.Json

    @property
    def side(self) -> Side:
        return Side(self.version.plain, self.plain)

    @property
    def facts(self) -> str:
        """The facts as JSON for releases; empty where they cannot be read, or one is no text."""
        if self.version.contract is None:
            return ""
        pairs = _pairs(self)
        if any(
            now == hidden.HERE != was and not isinstance(was, str) for (_, was), (_, now) in pairs
        ):
            return ""
        return exact.written({"id": files.stem(self.version.path), **self.plain})


def _pairs(one: Shown) -> Iterator[tuple[tuple[source.Path, Any], tuple[source.Path, Any]]]:
    yield from zip(versions.leaves(one.version.plain), versions.leaves(one.plain), strict=True)


def told(task: Task, tiers: policy.Policy) -> Told:
    """The history: changes before the first publication, and those of drafts, are not told."""
    wanted = {
        (name, path)
        for one in task.steps
        for name, path in ((one.after, one.new), *((before, one.old) for before in one.befores))
        if name
    }
    read = {key: versions.read(key[1], task.data[key[0]], task.currency) for key in sorted(wanted)}
    last = task.steps[-1]
    if task.data.get(last.after) == task.present:
        present = read[last.after, last.new]
    else:
        present = versions.read(task.path, task.present, task.currency)
    judge = _judge(task, tiers, read, present)
    shown = {key: _shown(judge, one) for key, one in read.items()}
    entries: list[Entry] = []
    latest: Shown | None = None
    for step, (time, seal) in zip(task.steps, task.at, strict=True):
        if not step.after:
            if latest is not None:
                entries.append(Entry(step.commit, time, seal, "removed"))
            continue
        new = shown[step.after, step.new]
        if new.version.is_draft:
            continue
        before = [shown[one, step.old] for one in step.befores]
        olds = [one for one in before if not one.version.is_draft] or ([latest] if latest else [])
        entry = _entry(judge, step, olds, new)
        if entry is not None:
            whole = new.facts if olds or not entries else ""
            base = olds[0].facts if len(olds) == 1 else ""
            entries.append(entry._replace(time=time, seal=seal, before=base, after=whole))
        latest = new
    return _whole(task, entries)


def _whole(task: Task, entries: list[Entry]) -> Told:
    if task.is_withdrawn:
        bare = [one._replace(differences=(), lines=0, before="", after="") for one in entries]
        return Told(tuple(bare))
    first = entries[0].after if len(entries) > 1 else ""
    return Told(tuple(entries), first=first)


def _judge(
    task: Task,
    tiers: policy.Policy,
    read: Mapping[tuple[str, str], Version],
    present: Version,
) -> hidden.Judge:
    ways = [
        (read[before, one.old], read[one.after, one.new])
        for one in task.steps
        if one.after
        for before in one.befores
    ]
    after = [read[one.after, one.new] for one in task.steps if one.after]
    ways += [(after[-1], present)] if after else []
    says = frozenset(str(value) for _, value in versions.leaves(present.plain))
    is_withheld = "withheld" in present.plain.get("value", {})
    return hidden.Judge(tiers, task.kept, says, hidden.learned(ways), is_withheld)


def _shown(judge: hidden.Judge, one: Version) -> Shown:
    return Shown(one, hidden.censored(one.plain, judge.paths(one)))


def _entry(judge: hidden.Judge, step: Step, olds: Sequence[Shown], new: Shown) -> Entry | None:
    """What a commit did; None for a merge that decided nothing."""
    if not olds:
        return Entry(step.commit, 0, "", "published", is_read=new.version.contract is not None)
    is_read = all(one.version.contract is not None for one in (*olds, new))
    sides = [one.side for one in olds]
    found = differences.own(sides, new.side) if is_read else ()
    found += _moved(judge, step)
    count = versions.lines([one.version for one in olds], new.version)
    if len(step.befores) > 1 and is_read and not found and not count:
        return None
    return Entry(step.commit, 0, "", "changed", found, count, is_read)


def _moved(judge: hidden.Judge, step: Step) -> tuple[Difference, ...]:
    """A new name is a new address, to which the old one leads."""
    ids = [files.stem(path) for path in (step.old, step.new)]
    if ids[0] == ids[1]:
        return ()
    old, new = (HIDDEN if judge.tells(id, "id") else exact.written(id) for id in ids)
    return (Difference("id", 0, old, new),)
