"""Artifacts made in worker processes, staged, and held against dead links and leaks."""

import pathlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal import publish, workers
from portal.artifact import Artifact
from portal.check import leaks, published
from portal.problems import Location, Problem, Rejected, problem
from portal.redact import finding

AT_ONCE = 40
"""Artifacts that a worker makes between two reports."""

Progress = Callable[[str, int, int], None]


class Due(NamedTuple):
    """An artifact that is to be made, with its key."""

    artifact: Artifact
    key: str


class Guard(NamedTuple):
    """What made files are held against: the site's base, its policy, what its authors keep."""

    base: str
    wanted: Mapping[str, finding.Tier]
    kept: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Task:
    """A chunk of artifacts for one worker, to be staged in `folder`."""

    folder: str
    guard: Guard
    due: Sequence[Due]


def make(
    todo: Sequence[Due], folder: pathlib.Path, guard: Guard, jobs: int, progress: Progress
) -> tuple[list[publish.Staged], dict[str, str]]:
    """Make and stage artifacts. Also every file that they link to, with a page that does.

    Raises Rejected where one of them holds something personal.
    """
    tasks = [
        _Task(str(folder), guard, todo[start : start + AT_ONCE])
        for start in range(0, len(todo), AT_ONCE)
    ]
    staged: list[publish.Staged] = []
    links: dict[str, str] = {}
    leaking: list[Problem] = []
    for made, found, leaked in workers.run(_work, tasks, jobs):
        staged += made
        leaking += leaked
        for target, page in found.items():
            links.setdefault(target, page)
        progress("make", len(staged), len(todo))
    if leaking:
        raise Rejected(leaking)
    return staged, links


def _work(task: _Task) -> tuple[list[publish.Staged], dict[str, str], list[Problem]]:
    staged: list[publish.Staged] = []
    links: dict[str, str] = {}
    leaking: list[Problem] = []
    guard = task.guard
    for one, key in task.due:
        data = one.make(*one.inputs)
        staged.append(publish.put(task.folder, one.path, key, data))
        links |= dict.fromkeys(published.links(one.path, data, guard.base), one.path)
        leaking += leaks.found(one.path, data, guard.wanted, guard.kept)
    return staged, links, leaking


def inspect(
    place: publish.Place,
    plan: Mapping[str, Artifact],
    todo: Sequence[Due],
    links: Mapping[str, str],
    removed: Iterable[str],
    base: str,
) -> None:
    """Refuse dead internal links. When a file goes, the pages that stay are looked at as well."""
    dead = {target: page for target, page in links.items() if target not in plan}
    if removed:
        new = {one.artifact.path for one in todo}
        for path in plan.keys() - new:
            data = (place.output / path).read_bytes() if path.endswith(".html") else b""
            for target in published.links(path, data, base) - plan.keys():
                dead.setdefault(target, path)
    if dead:
        raise Rejected(_dead(plan[page], target) for target, page in dead.items())


def _dead(page: Artifact, target: str) -> Problem:
    return problem(Location(page.source or page.path), "dead-link", target=target[:80])
