"""Which commits made each contract what it is: every file's way back through the commits.

Of a merge a file follows the parents from which it came, as `git log` does for one path; the
commits of a branch tell what they did, with their own dates, wherever they were merged. Were only
first parents followed, a contract would change its past when somebody else pulls and pushes.
"""

import heapq
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from portal import git

Moves = tuple[git.Move, ...]
Here = dict[str, tuple[str, ...]]
"""The files that are followed in a commit: by their path there, by what they are called now."""


class Record(NamedTuple):
    """A commit: its parents, its time, its seal, and what it did to contracts as against each."""

    parents: tuple[str, ...]
    time: int
    seal: str
    moves: tuple[Moves, ...]


class Step(NamedTuple):
    """A commit in the way of a file: its object after it, and those in the parents that had one.

    `after` is empty where the file went. `old` is the path before, if that was another.
    """

    commit: str
    befores: tuple[str, ...]
    after: str
    new: str
    old: str


def order(records: Mapping[str, Record], head: str) -> list[str]:
    """The commits that lead to one, oldest first.

    Two that lead to each other in no way stand by their times, whatever comes later.
    """
    children: dict[str, list[str]] = {}
    missing: dict[str, int] = {}
    todo, ready = [head], []
    while todo:
        name = todo.pop()
        if name in missing:
            continue
        parents = dict.fromkeys(records[name].parents)
        missing[name] = len(parents)
        for one in parents:
            children.setdefault(one, []).append(name)
        todo += parents
        if not parents:
            ready.append((records[name].time, name))
    heapq.heapify(ready)
    found = []
    while ready:
        _, name = heapq.heappop(ready)
        found.append(name)
        for child in children.get(name, ()):
            missing[child] -= 1
            if not missing[child]:
                heapq.heappush(ready, (records[child].time, child))
    return found


def steps(
    records: Mapping[str, Record],
    ordered: Sequence[str],
    followed: Mapping[str, tuple[str, ...]],
) -> dict[str, list[Step]]:
    """The steps of files, oldest first; `followed` are their paths, with their former stems."""
    walk = _Walk(followed)
    if ordered:
        walk.join(ordered[-1], {path: (path,) for path in followed})
    for name in reversed(ordered):
        here = walk.at.pop(name, None)
        if here is None:
            continue
        record = records[name]
        if len(record.parents) > 1:
            walk.merge(name, record, here)
        else:
            walk.single(name, record.moves[0], here)
            if record.parents:
                walk.join(record.parents[0], here)
    return {path: found[::-1] for path, found in walk.found.items()}


class _Walk:
    """Files followed from the present backwards; a commit is met after all that came of it."""

    def __init__(self, followed: Mapping[str, tuple[str, ...]]) -> None:
        self.followed = followed
        self.at: dict[str, Here] = {}
        self.found: dict[str, list[Step]] = {path: [] for path in followed}
        self.waiting: dict[str, str] = {}
        """By its former stem: a file that is followed up to where it came, under a new name."""

    def join(self, commit: str, here: Here) -> None:
        """Follow files on in a commit; they may have come there by another way as well."""
        known = self.at.get(commit)
        if known is None:
            self.at[commit] = here
            return
        few, many = (known, here) if len(known) < len(here) else (here, known)
        for path, files in few.items():
            many[path] = tuple(dict.fromkeys((*many.get(path, ()), *files)))
        self.at[commit] = many

    def single(self, commit: str, moves: Moves, here: Here) -> None:
        """A commit with one parent, or none."""
        gone = {_stem(one.old): one for one in moves if not one.after}
        found: list[tuple[str, tuple[str, ...]]] = []
        left = {one.old for one in moves if one.after and one.before and one.old != one.new}
        for move in moves:
            if not move.after:
                found += self._gone(commit, move, here)
            elif move.new in here:
                for file in here.pop(move.new):
                    before = move if move.before else self._former(file, gone)
                    if before is None:
                        found.append((move.new, (file,)))
                        self.waiting |= dict.fromkeys(self.followed[file], file)
                    else:
                        found.append((before.old, (file,)))
                    self._step(file, commit, (before,) if before else (), move)
        for path in left:
            here.pop(path, None)
        for path, files in found:
            here[path] = tuple(dict.fromkeys((*here.get(path, ()), *files)))

    def _former(self, file: str, gone: Mapping[str, git.Move]) -> git.Move | None:
        """The file that went in the same commit, and whose address this one keeps."""
        return next((gone[stem] for stem in self.followed[file] if stem in gone), None)

    def _gone(
        self, commit: str, move: git.Move, here: Here
    ) -> Iterable[tuple[str, tuple[str, ...]]]:
        """A file that went, and came back later: at its path, or under a name that it had."""
        files = list(here.pop(move.old, ()))
        former = self.waiting.get(_stem(move.old))
        # A file that went in the commit in which its heir came is its past, and was met already.
        last = self.found[former][-1] if former is not None and self.found[former] else None
        if former is not None and former not in files and last and last.commit != commit:
            files.append(former)
        for file in files:
            self.found[file].append(Step(commit, (move.before,), "", move.old, move.old))
        return [(move.old, tuple(files))] if files else []

    def merge(self, commit: str, record: Record, here: Here) -> None:
        """A commit with several parents: a file came from the first that had it just so."""
        changed = [{one.new: one for one in moves if one.after} for moves in record.moves]
        towards: list[Here] = [here, *({} for _ in record.parents[1:])]
        for path in [path for path in changed[0] if path in here]:
            files = here.pop(path)
            same = next((at for at, moves in enumerate(changed) if path not in moves), None)
            if same is not None:
                towards[same][path] = files
                continue
            moves = [one[path] for one in changed]
            befores = tuple(one for one in moves if one.before)
            for file in files:
                self._step(file, commit, befores, moves[0])
            for at, one in enumerate(moves):
                if one.before or not befores:
                    towards[at][one.old] = files
        for parent, files_there in zip(record.parents, towards, strict=True):
            if files_there:
                self.join(parent, files_there)

    def _step(self, file: str, commit: str, befores: Sequence[git.Move], after: git.Move) -> None:
        old = befores[0].old if befores else after.new
        objects = tuple(dict.fromkeys(one.before for one in befores))
        self.found[file].append(Step(commit, objects, after.after, after.new, old))


def _stem(path: str) -> str:
    return pathlib.PurePosixPath(path).name.removesuffix(".md")
