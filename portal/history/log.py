"""The commits of a repository as far as contracts are concerned, remembered from build to build.

What a commit did never changes, so only those are asked for that were not asked for before.
"""

import pathlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal import files, git
from portal.history.lineage import Moves, Record

ALIKE = 70
"""Percent of a file that must be the same for git to call it renamed: contracts of one model are
alike by half. One that changed more keeps its history by its `aliases`."""
PATHS = ":(glob)**/*.md"
"""Wherever a site lies in its repository, and wherever it lay before."""
_SEAL = re.compile(rb"^gpgsig(?:-sha256)? -----BEGIN ([A-Z]+)", re.MULTILINE)
SEALS = {b"PGP": "openpgp", b"SSH": "ssh", b"SIGNED": "x509"}


@dataclass(slots=True)
class Log:
    """Commits by their names, good for the same ends of a shallow clone."""

    ends: frozenset[str] = frozenset()
    head: str = ""
    records: dict[str, Record] = field(default_factory=dict)


def read(repository: git.Repository, known: Log) -> Log:
    """The log up to the present commit."""
    if known.ends != repository.ends:
        known = Log()
    if known.head == repository.head:
        return known
    top, records = repository.top, known.records
    old = known.head if known.head and _is_there(top, known.head) else ""
    wanted = (repository.head, f"^{old}") if old else (repository.head,)
    found = [one for one in git.graph(top, *wanted) if one.name not in records]
    pairs = [(one.name, parent) for one in found for parent in one.parents or ("",)]
    told = git.moves(top, pairs, ALIKE, PATHS)
    seals = map(_seal, git.objects(top, [one.name for one in found]))
    new: dict[str, Record] = {}
    for one, seal in zip(found, seals, strict=True):
        moves = tuple(_ours(next(told)) for _ in one.parents or ("",))
        new[one.name] = Record(one.parents, one.time, seal, moves)
    return Log(repository.ends, repository.head, {**records, **new})


def _is_there(top: pathlib.Path, commit: str) -> bool:
    return git.says(top, "cat-file", "-t", commit) == "commit"


def _ours(moves: Moves) -> Moves:
    """Those of contracts; one that came from elsewhere is new."""
    found = []
    for one in moves:
        old, new = _is_contract(one.old), _is_contract(one.new)
        if new:
            found.append(one if old else one._replace(before="", old=one.new))
        elif old:
            found.append(one._replace(after="", new=one.old))
    return tuple(found)


def _is_contract(path: str) -> bool:
    return f"/{files.CONTRACTS}/" in f"/{path}"


def _seal(commit: bytes) -> str:
    found = _SEAL.search(commit.partition(b"\n\n")[0])
    return SEALS.get(found[1], "other") if found else ""


def trimmed(log: Log, wanted: Mapping[str, object]) -> Log:
    """The log without commits that lead to the present one no longer."""
    return Log(log.ends, log.head, {name: log.records[name] for name in wanted})
