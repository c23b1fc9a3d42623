"""Every file of a site looked at for personal data, each only once."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from portal import decisions, files, gate, workers
from portal.problems import Problem

AT_ONCE = 25
"""Files that a worker looks at between two reports."""

Progress = Callable[[str, int, int], None]


class Task(NamedTuple):
    """A file, and the one that says what may stay in it: a document's contract, else itself."""

    sealed: files.Sealed
    keeper: files.Sealed


class Looked(NamedTuple):
    """By path the key for which nothing was found, to be remembered; and what was found."""

    clean: Mapping[str, str] = {}
    problems: tuple[Problem, ...] = ()


def look(
    tasks: Iterable[Task],
    known: Mapping[str, str],
    rule: decisions.Rule,
    jobs: int,
    progress: Progress,
) -> Looked:
    """What is personal in files; those that `known` has for the same bytes and rule are clean."""
    keys: dict[str, str] = {}
    key = rule.key
    todo: list[Task] = []
    for one in tasks:
        path = one.sealed.file.path
        keys[path] = f"{one.sealed.digest} {one.keeper.digest} {key}"
        if known.get(path) != keys[path]:
            todo.append(one)
    if todo:
        gate.prepare()
    problems: list[Problem] = []
    call = functools.partial(_look, rule)
    for done, found in enumerate(workers.run(call, workers.chunks(todo, AT_ONCE), jobs), 1):
        problems += found
        progress("gate", min(done * AT_ONCE, len(todo)), len(todo))
    return Looked(keys, tuple(problems))


def _look(rule: decisions.Rule, tasks: Sequence[Task]) -> list[Problem]:
    return [problem for one in tasks for problem in _personal(one, rule)]


def _personal(task: Task, rule: decisions.Rule) -> tuple[Problem, ...]:
    """What is personal in a file, its name included; what may stay is asked for only if need be."""
    path, data = task.sealed.file.path, files.read(task.sealed)
    found = _found(path, data, rule, rule.kept)
    if not found:
        return ()
    keeper = task.keeper.file.path
    kept = decisions.kept(keeper, data if keeper == path else files.read(task.keeper))
    return _found(path, data, rule, rule.kept | kept)


def _found(
    path: str, data: bytes, rule: decisions.Rule, kept: frozenset[str]
) -> tuple[Problem, ...]:
    return (*gate.path(path, rule.tiers, kept), *gate.scan(path, data, rule.tiers, kept))
