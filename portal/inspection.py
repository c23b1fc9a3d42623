"""The site's files beside its contracts looked at for personal data, each only once."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from portal import decisions, digest, examine, files, workers
from portal.problems import Problem

AT_ONCE = 8
"""Files that a worker looks at between two reports: documents take long."""

Progress = Callable[[str, int, int], None]


class Task(NamedTuple):
    """A file, and the texts that may stay in it."""

    sealed: files.Sealed
    kept: frozenset[str]


class Looked(NamedTuple):
    """By path the key for which nothing was found, to be remembered; and what was found."""

    clean: Mapping[str, str]
    problems: tuple[Problem, ...]


def look(
    tasks: Iterable[Task],
    known: Mapping[str, str],
    rule: decisions.Rule,
    jobs: int,
    progress: Progress,
) -> Looked:
    """What is personal in files; those that `known` has for the same bytes and policy are clean."""
    tasks = tuple(tasks)
    keys = {one.sealed.file.path: _key(one, rule) for one in tasks}
    todo = [one for one in tasks if known.get(one.sealed.file.path) != keys[one.sealed.file.path]]
    problems: list[Problem] = []
    call = functools.partial(_look, rule)
    done = 0
    for found in workers.run(call, workers.chunks(todo, AT_ONCE), jobs):
        problems += found
        done += AT_ONCE
        progress("gate", min(done, len(todo)), len(todo))
    return Looked(keys, tuple(problems))


def _key(task: Task, rule: decisions.Rule) -> str:
    return digest.of(task.sealed.digest, rule.key, *sorted(task.kept))


def _look(rule: decisions.Rule, tasks: Sequence[Task]) -> list[Problem]:
    return [
        problem
        for one in tasks
        for problem in examine.personal(
            one.sealed.file.path, files.read(one.sealed), rule, one.kept
        )
    ]
