"""Files of OCDS read once: their releases by process, on disk, and the organisations they name."""

import collections
import os
import pathlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Any, NamedTuple

from portal import corpus, exact, gate
from portal.intake import originals
from portal.intake.ocds import directory, organisations, stream, tidy
from portal.intake.ocds.process import Place
from portal.reading.part import Unreadable

NAMED = 60
"""Characters of an ocid or an id that a message repeats."""


class Rejection(NamedTuple):
    """What is not imported: where it stands, a code, words to fill in, of which contract."""

    place: Place
    code: str
    given: Mapping[str, str] = {}
    ocid: str = ""
    contract: str = ""


class Ref(NamedTuple):
    """A release on the spool, and where it was published."""

    start: int
    size: int
    place: Place


class Spool:
    """Releases as text in one file, for longer than they fit in memory; gone with the import."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path
        self._file: IO[bytes] = open(path, "xb")  # noqa: SIM115 - it is closed by `close`
        self._end = 0

    def add(self, text: str) -> tuple[int, int]:
        data = text.encode("utf-8", "surrogatepass")
        self._file.write(data)
        start, self._end = self._end, self._end + len(data)
        return start, len(data)

    def close(self) -> None:
        self._file.close()


class Reader:
    """Releases read back from the spool, by any process."""

    def __init__(self, path: pathlib.Path) -> None:
        self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        os.close(self._handle)

    def release(self, ref: Ref) -> Any:
        os.lseek(self._handle, ref.start, os.SEEK_SET)
        parts, left = [], ref.size
        while left:
            part = os.read(self._handle, left)
            parts.append(part)
            left -= len(part)
        return stream.DECODER.decode(b"".join(parts).decode("utf-8", "surrogatepass"))


@dataclass(slots=True)
class Gathered:
    """What the files hold: refs by ocid, in how many processes a contract's id stands, refusals."""

    refs: dict[str, list[Ref]] = field(default_factory=dict)
    ids: dict[str, set[str]] = field(default_factory=dict)
    refused: list[Rejection] = field(default_factory=list)
    seen: tidy.Seen = field(default_factory=collections.Counter)
    releases: int = 0


def file(
    path: pathlib.Path,
    root: pathlib.Path,
    spool: Spool,
    directories: Mapping[corpus.Role, directory.Directory],
    into: Gathered,
) -> None:
    """Read a file to its end; Unreadable, and nothing of it counts, where it cannot be taken."""
    _refuse_place(path, root)
    shown = gate.shown(str(path))
    found: list[tuple[str, Ref]] = []
    refused: list[Rejection] = []
    mentions: collections.Counter[tuple[corpus.Role, organisations.Mention]] = collections.Counter()
    ids: set[tuple[str, str]] = set()
    seen = tidy.Seen()
    for one in stream.items(path):
        if isinstance(one, stream.Broken):
            refused.append(Rejection(Place(shown, one.line, ""), one.code))
            continue
        for release, text, pointer in _releases(one, seen):
            place = Place(shown, one.line, pointer)
            ocid = _ocid(release)
            if ocid is None:
                code = "no-object" if not isinstance(release, dict) else "no-ocid"
                refused.append(Rejection(place, "linked" if release is LINKED else code))
                continue
            found.append((ocid, Ref(*spool.add(text), place)))
            plain = tidy.release(release, tidy.Seen())
            mentions.update(organisations.every(plain, tidy.Seen()))
            ids |= {(id.casefold(), ocid) for id in _contracts(plain)}
    if not found and all(one.code in ("no-object", "no-ocid") for one in refused):
        raise Unreadable("not-ocds")
    for ocid, ref in found:
        into.refs.setdefault(ocid, []).append(ref)
    for id, ocid in sorted(ids):
        into.ids.setdefault(id, set()).add(ocid)
    for (role, mention), times in mentions.items():
        directories[role].note(mention, times)
    into.refused += refused
    into.seen.update(seen)
    into.releases += len(found)


def _refuse_place(path: pathlib.Path, root: pathlib.Path) -> None:
    """Unreadable for what lies in the site, and for what is no file."""
    originals.refuse_inside(path, root)
    if path.is_dir():
        raise Unreadable("folder")
    if path.exists() and not path.is_file():
        raise Unreadable("not-a-file")


LINKED: tidy.Json = {}
"""In place of a record's releases where it has only links to them."""


def _releases(one: stream.Item, seen: tidy.Seen) -> Iterator[tuple[Any, str, str]]:
    """The releases of an item, each with its text and its pointer; of a record those within."""
    data = one.data
    is_record = isinstance(data, dict) and (
        isinstance(data.get("releases"), list) or isinstance(data.get("compiledRelease"), dict)
    )
    if not is_record:
        yield data, one.text, one.pointer
        return
    held = data.get("releases") or []
    whole = [each for each in held if isinstance(each, dict) and ("date" in each or "tag" in each)]
    if whole and len(whole) == len(held) and "url" not in whole[0]:
        for at, each in enumerate(held):
            yield from _own(data, each, f"{one.pointer}/releases/{at}")
    elif isinstance(data.get("compiledRelease"), dict):
        seen["record-compiled"] += 1
        yield from _own(data, data["compiledRelease"], f"{one.pointer}/compiledRelease")
    else:
        yield LINKED, "", one.pointer


def _own(record: tidy.Json, release: tidy.Json, pointer: str) -> Iterator[tuple[Any, str, str]]:
    """A release within a record, whose ocid it has if it does not say so itself."""
    told = release if release.get("ocid") else {**release, "ocid": record.get("ocid")}
    yield told, exact.written(told), pointer


def _ocid(release: Any) -> str | None:
    given = release.get("ocid") if isinstance(release, dict) else None
    if given is None or isinstance(given, (bool, dict, list)):
        return None
    return str(given).strip() or None


def _contracts(release: tidy.Json) -> Iterable[str]:
    held = release.get("contracts") or []
    return (one["id"] for one in held if isinstance(one.get("id"), str))


def processes(gathered: Gathered) -> list[tuple[str, tuple[Ref, ...]]]:
    """Every process with its releases, in the order in which the files tell of them."""
    return [(ocid, tuple(refs)) for ocid, refs in gathered.refs.items()]
