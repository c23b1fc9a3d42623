"""Artifacts made in worker processes, staged, and held against dead links and leaks."""

import pathlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from portal import artifact, packing, proof, publish, workers
from portal.artifact import Artifact
from portal.check import leaks, published
from portal.problems import Location, Problem, Rejected, problem
from portal.redact import finding

AT_ONCE = 40
"""Small artifacts that a worker makes between two reports."""

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
    packings: tuple[str, ...]
    guard: Guard
    due: Sequence[Due]


@dataclass(frozen=True, slots=True)
class Bench:
    """What rounds work with: what is published as it was put, the stage, the code's digest.

    `packings` are the endings of the packed files that are to lie beside each.
    """

    published: Mapping[str, publish.Published]
    stage: pathlib.Path
    code: str
    guard: Guard
    jobs: int
    progress: Progress
    packings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """The artifacts of the rounds so far, by path; their files, kept or new; what these link to.

    `packed` are the packed files beside them.
    """

    plan: Mapping[str, Artifact] = field(default_factory=dict)
    files: Mapping[str, publish.Published] = field(default_factory=dict)
    staged: Sequence[publish.Staged] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    packed: Sequence[str] = ()


def planned(artifacts: Iterable[Artifact], before: Made) -> dict[str, Artifact]:
    """The artifacts of a round by their path. Two for one path are refused."""
    plan: dict[str, Artifact] = {}
    clashes = []
    for one in artifacts:
        other = before.plan.get(one.path) or plan.setdefault(one.path, one)
        if other is not one:
            at = Location(one.source or other.source or one.path)
            clashes.append(problem(at, "permalink-clash", id=one.path, other=other.source))
    if clashes:
        raise Rejected(clashes)
    return plan


def further(
    plan: Mapping[str, Artifact], before: Made, bench: Bench, phase: str, at_once: int
) -> Made:
    """What there is after one more round, for which only what has changed is made.

    `at_once` is how many artifacts a worker makes between two reports of the phase.
    """
    keys = {path: artifact.key(one, bench.code) for path, one in plan.items()}
    published = bench.published
    kept = {path: published[path] for path, key in keys.items() if _is_kept(published, path, key)}
    packed = [one for path in plan for one in packing.beside(path, bench.packings)]
    if packed:
        kept = {path: one for path, one in kept.items() if _has_packed(bench, path, one.key)}
    todo = [Due(one, keys[path]) for path, one in plan.items() if path not in kept]
    staged, links = _make(todo, bench, phase, at_once)
    new = {one.path: one.published for one in staged if one.path in plan}
    return Made(
        {**before.plan, **plan},
        {**before.files, **kept, **new},
        [*before.staged, *staged],
        {**links, **before.links},
        [*before.packed, *packed],
    )


def _is_kept(published: Mapping[str, publish.Published], path: str, key: str) -> bool:
    return path in published and published[path].key == key


def _has_packed(bench: Bench, path: str, key: str) -> bool:
    """Whether the packed files beside a file are there, and made from the same."""
    beside = packing.beside(path, bench.packings)
    return all(_is_kept(bench.published, one, key) for one in beside)


def _make(
    todo: Sequence[Due], bench: Bench, phase: str, at_once: int
) -> tuple[list[publish.Staged], dict[str, str]]:
    """Make and stage artifacts. Also every file that they link to, with a page that does.

    Raises Rejected where one of them holds something personal.
    """
    chunks = workers.chunks(todo, at_once)
    tasks = [_Task(str(bench.stage), bench.packings, bench.guard, chunk) for chunk in chunks]
    staged: list[publish.Staged] = []
    links: dict[str, str] = {}
    leaking: list[Problem] = []
    for made, found, leaked in workers.run(_work, tasks, bench.jobs):
        staged += made
        leaking += leaked
        for target, page in found.items():
            links.setdefault(target, page)
        bench.progress(phase, len(staged), len(todo))
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
        staged += [
            publish.put(task.folder, beside, key, packing.packed(beside, data))
            for beside in packing.beside(one.path, task.packings)
        ]
        links |= dict.fromkeys(published.links(one.path, data, guard.base), one.path)
        leaking += leaks.found(one.path, data, guard.wanted, guard.kept)
    return staged, links, leaking


def inspect(place: publish.Place, made: Made, removed: Iterable[str], base: str) -> None:
    """Refuse dead internal links. When a file goes, the pages that stay are looked at as well."""
    there = made.plan.keys() | {proof.PATH}
    dead = {target: page for target, page in made.links.items() if target not in there}
    if removed:
        new = {one.path for one in made.staged}
        for path in made.plan.keys() - new:
            data = (place.output / path).read_bytes() if path.endswith(".html") else b""
            for target in published.links(path, data, base) - there:
                dead.setdefault(target, path)
    if dead:
        raise Rejected(_dead(made.plan[page], target) for target, page in dead.items())


def _dead(page: Artifact, target: str) -> Problem:
    return problem(Location(page.source or page.path), "dead-link", target=target[:80])
