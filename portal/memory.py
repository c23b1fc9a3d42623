"""What a build remembers for the next: of files, of what came of each contract, of how names sound.

What came of contracts is kept in groups, each pickled by itself, so that one changed contract costs
the writing of one group and not of ten thousand.
"""

import pathlib
import pickle
import shutil
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal import examine, files, publish
from portal.problems import Problem
from portal.spelling import Spelling

GROUPS = 64
MOST_COMPILED = 200

Known = dict[str, tuple[str, examine.Examined]]
"""By path: the key that a contract was examined for, and what came of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a build tells its author: how many contracts, which drafts are left out, notices."""

    contracts: int = 0
    drafts: tuple[str, ...] = ()
    notices: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamps:
    """What the last build knew of files: their digests by path, good while their stamps are."""

    known: dict[str, tuple[files.Stamp, str]] = field(default_factory=dict)
    told: Told = field(default_factory=Told)


@dataclass(slots=True)
class Cache:
    """What the last build worked out, good for the same code."""

    code: str = ""
    groups: dict[int, bytes] = field(default_factory=dict)
    spelling: dict[str, Spelling] = field(default_factory=dict)
    look: str = ""
    uses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Which templates use which, good while the digest of all templates is `look`."""
    vendors: str = ""
    looked: Mapping[str, str] = field(default_factory=dict)
    """By path of a file: for what bytes and rule the gate found nothing in it."""
    near: tuple[Problem, ...] = ()
    """Vendors' names that are near to each other, good while the digest of all is `vendors`."""


def stamps(state: pathlib.Path) -> Stamps:
    found: Stamps = publish.load(state / "stamps", Stamps)
    return found


def cache(state: pathlib.Path, code: str) -> Cache:
    """What the last build worked out; nothing, when other code did."""
    found: Cache = publish.load(state / "cache", Cache)
    return found if found.code == code else Cache(code)


def packed(stamps: Stamps, cache: Cache) -> dict[str, bytes]:
    """What is to be remembered, by the name of its file."""
    kept = {"cache": cache, "stamps": stamps}
    return {name: pickle.dumps(one, pickle.HIGHEST_PROTOCOL) for name, one in kept.items()}


def save(state: pathlib.Path, packed: Mapping[str, bytes]) -> None:
    """Write what was packed, each file in one step."""
    for name, data in packed.items():
        publish.write(state / name, data)


def examined(groups: Mapping[int, bytes]) -> Known:
    """What came of each contract."""
    found: Known = {}
    for group in groups.values():
        found |= pickle.loads(group)
    return found


def grouped(groups: Mapping[int, bytes], before: Known, after: Known) -> dict[int, bytes]:
    """The groups with what has come, gone or changed; the others as they were."""
    paths = before.keys() | after.keys()
    changed = {_group(path) for path in paths if before.get(path) is not after.get(path)}
    parts: dict[int, Known] = {number: {} for number in changed}
    for path, one in after.items() if changed else ():
        number = _group(path)
        if number in changed:
            parts[number][path] = one
    made = {number: pickle.dumps(part, pickle.HIGHEST_PROTOCOL) for number, part in parts.items()}
    return {**groups, **made}


def _group(path: str) -> int:
    return zlib.crc32(path.encode()) % GROUPS


def compiled(state: pathlib.Path) -> pathlib.Path:
    """The folder of compiled templates; emptied when many themes have left theirs in it."""
    folder = state / "templates"
    folder.mkdir(exist_ok=True)
    if sum(1 for _ in folder.iterdir()) > MOST_COMPILED:
        shutil.rmtree(folder)
        folder.mkdir()
    return folder
