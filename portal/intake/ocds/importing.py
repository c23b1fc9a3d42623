"""Importing OCDS: files of releases become contracts' files and registry entries of a site."""

import collections
import functools
import pathlib
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent import futures
from dataclasses import dataclass, field
from typing import NamedTuple

from portal import corpus, files, gate, model, workers
from portal.intake import importing
from portal.intake.ocds import cover, directory, gathering, making, taken, tidy
from portal.intake.ocds.gathering import Rejection
from portal.intake.ocds.process import Place
from portal.reading.part import Unreadable

WRITERS = 16
"""Threads that write: a disk confirms many files at once as quickly as one."""


class Covered(NamedTuple):
    """A contract in which something was masked or stays: its source, its file, counts of each."""

    place: Place
    ocid: str
    contract: str
    file: str
    masked: Mapping[str, int]
    stays: Mapping[str, int]


Progress = Callable[[str, int, int], None]


class Wanted(NamedTuple):
    """How to import: into which site, in how many processes, whether files may be replaced."""

    root: pathlib.Path
    jobs: int
    is_replacing: bool
    tell: Progress


@dataclass(slots=True)
class Account:
    """What came of an import; counts by kind."""

    files: int = 0
    releases: int = 0
    processes: int = 0
    written: int = 0
    replaced: int = 0
    unchanged: int = 0
    entries: int = 0
    drafts: list[str] = field(default_factory=list)
    refused: list[Rejection] = field(default_factory=list)
    unread: list[Rejection] = field(default_factory=list)
    seen: tidy.Seen = field(default_factory=collections.Counter)
    left: taken.Left = field(default_factory=collections.Counter)
    masked: collections.Counter[str] = field(default_factory=collections.Counter)
    stays: collections.Counter[str] = field(default_factory=collections.Counter)
    covered: list[Covered] = field(default_factory=list)


def run(
    paths: Sequence[pathlib.Path], site: model.Site, words: Mapping[str, str], wanted: Wanted
) -> Account:
    """Import files; what can be taken is written, all else is in the account."""
    known = importing.registries(wanted.root)
    directories = {role: directory.Directory(side) for role, side in known.items()}
    account, gathered = Account(), gathering.Gathered()
    with tempfile.TemporaryDirectory() as folder:
        spool = gathering.Spool(pathlib.Path(folder) / "releases")
        try:
            for path in paths:
                _read(path, wanted, spool, directories, gathered, account)
        finally:
            spool.close()
        for one in directories.values():
            one.settle()
        crowded = frozenset(id for id, held in gathered.ids.items() if len(held) > 1)
        task = making.Task(spool.path, cover.Rules(site, words), directories, crowded)
        made = _make(task, gathered, wanted, account)
    account.releases, account.processes = gathered.releases, len(gathered.refs)
    account.refused = [*gathered.refused, *account.refused]
    account.seen.update(gathered.seen)
    _write(made, task, wanted, account)
    return account


def _read(
    path: pathlib.Path,
    wanted: Wanted,
    spool: gathering.Spool,
    directories: Mapping[corpus.Role, directory.Directory],
    gathered: gathering.Gathered,
    account: Account,
) -> None:
    account.files += 1
    try:
        gathering.file(path, wanted.root, spool, directories, gathered)
    except Unreadable as stopped:
        place = Place(gate.shown(str(path)), int(stopped.given.get("line", 0)), "")
        account.unread.append(Rejection(place, stopped.code, stopped.given))


def _make(
    task: making.Task, gathered: gathering.Gathered, wanted: Wanted, account: Account
) -> list[making.Made]:
    """Every contract that can be one, in the order of the files."""
    gate.prepare()
    todo = gathering.processes(gathered)
    made: list[making.Made] = []
    call = functools.partial(making.make, task)
    chunks = workers.chunks(todo, making.AT_ONCE)
    for number, done in enumerate(workers.run(call, chunks, wanted.jobs), 1):
        made += done.made
        account.refused += done.refused
        account.seen.update(done.seen)
        account.left.update(done.left)
        wanted.tell("ocds", min(number * making.AT_ONCE, len(todo)), len(todo))
    return made


def _write(
    made: Iterable[making.Made], task: making.Task, wanted: Wanted, account: Account
) -> None:
    """Write what is not there yet: entries first, for contracts refer to them."""
    folder = wanted.root / files.CONTRACTS
    there = {one.stem.casefold(): one for one in folder.rglob("*.md")}
    claimed: set[str] = set()
    todo: list[tuple[pathlib.Path, making.Made]] = []
    used: list[tuple[corpus.Role, str, str, str]] = []
    for one in made:
        place = _place(one, folder, there, claimed)
        if place is None:
            given = {"path": gate.shown(str(there.get(one.second.casefold(), one.second)))}
            account.refused.append(Rejection(one.place, "id-taken", given, one.ocid, one.id))
            continue
        claimed.add(place.stem.casefold())
        is_there = place.exists()
        if is_there and place.read_bytes() == one.text.encode():
            account.unchanged += 1
        elif is_there and not wanted.is_replacing:
            given = {"path": gate.shown(str(place))}
            account.refused.append(Rejection(one.place, "changed", given, one.ocid, one.id))
        else:
            account.replaced += is_there
            account.written += not is_there
            todo.append((place, one))
        seen_in = "" if one.is_draft else place.stem
        used += [(role, id, name, seen_in) for role, id, name in one.parties]
        account.masked.update(one.masked)
        account.stays.update(one.stays)
        if one.masked or one.stays:
            shown = gate.shown(str(place)), one.masked, one.stays
            account.covered.append(Covered(one.place, one.ocid, one.id, *shown))
        if one.is_draft:
            account.drafts.append(str(place))
    _write_entries(used, task, wanted, account)
    with futures.ThreadPoolExecutor(WRITERS) as pool:
        for number, _ in enumerate(pool.map(_put, todo), 1):
            wanted.tell("write", number, len(todo))


def _put(one: tuple[pathlib.Path, making.Made]) -> None:
    importing.write(one[0], one[1].text)


def _place(
    one: making.Made,
    folder: pathlib.Path,
    there: Mapping[str, pathlib.Path],
    claimed: set[str],
) -> pathlib.Path | None:
    """Where a contract's file is to lie: where it is already, under whichever of its ids.

    Else under its id, or the longer one where another contract has that.
    """
    ids = [
        id for id in dict.fromkeys((one.id, one.second, one.plain)) if id.casefold() not in claimed
    ]
    for held in (there[id.casefold()] for id in ids if id.casefold() in there):
        data = held.read_bytes()
        if one.is_own or data == one.text.encode() or _is_told(one.ocid, data):
            return held
    free = (id for id in (one.id, one.second) if id in ids and id.casefold() not in there)
    return next((folder / one.year / f"{id}.md" for id in free), None)


def _is_told(ocid: str, data: bytes) -> bool:
    """Whether a file says that it came of this process, and not of one whose id begins so."""
    said = rf"(?<![^\s'\"]){re.escape(ocid)}(?![^\s'\"])"
    return re.search(said, data.decode("utf-8", "replace")) is not None


def _write_entries(
    used: Iterable[tuple[corpus.Role, str, str, str]],
    task: making.Task,
    wanted: Wanted,
    account: Account,
) -> None:
    """Entries for the organisations that need one; an entry that is there stays as it is."""
    for role, known in task.directories.items():
        own = directory.spelled(
            (id, name, contract) for of, id, name, contract in used if of == role
        )
        for entry in known.entries(own):
            place = wanted.root / files.REGISTRIES[role] / f"{entry.id}.yaml"
            if not place.exists():
                importing.write(place, cover.entry(entry, task.rules))
                account.entries += 1
