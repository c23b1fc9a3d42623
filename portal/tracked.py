"""Files as git holds them, in the index or in commits, looked at for personal data."""

import dataclasses
import functools
import pathlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal import decisions, digest, gate, git, workers
from portal.problems import Problem

AT_ONCE = 25
"""Files that a worker looks at between two reports."""


class File(NamedTuple):
    """A file's path, the object that holds its bytes, and what says which texts it may keep.

    `before` is what a message puts before the path: nothing, or a commit and a colon. `keepers`
    are paths and objects of the files that may decide.
    """

    before: str
    path: str
    object: str
    keepers: tuple[tuple[str, str], ...]


class Found(NamedTuple):
    """A problem, and the digest of the line it stands on: so that it is known when met again."""

    problem: Problem
    line: str


@dataclass(frozen=True, slots=True)
class How:
    """How to look: in which repository, by which policy, in how many processes, whom to tell."""

    top: pathlib.Path
    rule: decisions.Rule
    jobs: int
    tell: Callable[[str, int, int], None]


def is_content(path: str, prefix: str) -> bool:
    """Whether a file is the site's own, and is looked at; of others only the names are.

    `prefix` is what the paths of the site's files begin with. What else lies in a repository is
    the generator, whose tests are full of what looks personal.
    """
    return path == f"{prefix}site.yaml" or path.startswith(f"{prefix}content/")


def findings(how: How, files: Sequence[File]) -> Iterator[Found]:
    """Everything personal in files, read from git's objects; each file's in the order of its text.

    What stands in a file comes with the place of the file, never with a name that is personal.
    """
    done = 0
    chunks = workers.chunks(files, AT_ONCE)
    look = functools.partial(_look, how.top, how.rule)
    if files:
        gate.prepare()
    for number, found in enumerate(workers.run(look, chunks, how.jobs)):
        yield from found
        done += len(chunks[number])
        how.tell("gate", done, len(files))


def _look(top: pathlib.Path, rule: decisions.Rule, files: Iterable[File]) -> list[Found]:
    names = (name for one in files for name in (one.object, *(each for _, each in one.keepers)))
    objects = git.objects(top, names)
    found: list[Found] = []
    for one in files:
        data = next(objects)
        decided = [(path, next(objects)) for path, _ in one.keepers]
        problems = tuple(gate.scan(one.path, data, rule.tiers, rule.kept))
        if problems:
            kept = frozenset[str]().union(*(decisions.kept(*each) for each in decided))
            problems = (
                tuple(gate.scan(one.path, data, rule.tiers, rule.kept | kept)) if kept else problems
            )
        found += _placed(one, data, problems)
    return found


def _placed(file: File, data: bytes, problems: Sequence[Problem]) -> Iterator[Found]:
    lines = data.split(b"\n") if problems else []
    shown = file.before + gate.shown(file.path) if problems else ""
    for one in problems:
        line = lines[one.at.line - 1] if 0 < one.at.line <= len(lines) else data
        at = dataclasses.replace(one.at, path=shown)
        yield Found(dataclasses.replace(one, at=at), digest.raw(line))
