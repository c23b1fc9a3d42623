"""Putting a publication in place: staged on the same file system, journalled, renamed file by file.

Beside the output folder `public` lies its state, `.public.state`: the manifest of what is
published, the lock, and during a build the stage and the journal. Killed before the journal is
written, a build leaves the old publication; killed after it, the next command completes the new.
"""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import pickle
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from portal.problems import Refused


class Published(NamedTuple):
    """A file of the publication: the key it was made for, its SHA-256, size, time (nanoseconds)."""

    key: str
    sha256: str
    size: int
    time: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is published, by path; `whole` is the digest of everything that it was made from."""

    whole: str = ""
    files: Mapping[str, Published] = field(default_factory=dict)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled by columns: that takes a quarter of the time of a tuple for each file."""
        return _restored, (self.whole, tuple(self.files), *zip(*self.files.values(), strict=True))


def _restored(whole: str, paths: tuple[str, ...], *columns: Any) -> Manifest:
    files = map(Published, *columns) if columns else ()
    return Manifest(whole, dict(zip(paths, files, strict=True)))


class Staged(NamedTuple):
    """A new file of the publication that waits in the stage, at its path below the tree there."""

    path: str
    published: Published


def renewed(
    whole: str, paths: AbstractSet[str], before: Manifest, staged: Iterable[Staged]
) -> Manifest:
    """A publication of these paths, in their order: what is staged, the others as before."""
    new = {one.path: one.published for one in staged}
    stay = [path for path in before.files if path in paths]  # in order: so sorting takes no time
    order = sorted([*stay, *sorted(paths - before.files.keys())])
    return Manifest(whole, {path: new.get(path) or before.files[path] for path in order})


TREE = "tree"
"""The folder of a stage in which the new files lie as they will in the output."""


@dataclass(frozen=True, slots=True)
class Journal:
    """What has still to be done to put a publication in place."""

    stage: str
    moves: tuple[str, ...]
    removals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a publication goes, and where its state lies."""

    output: pathlib.Path

    @property
    def state(self) -> pathlib.Path:
        return self.output.parent / f".{self.output.name}.state"


@contextlib.contextmanager
def opened(place: Place) -> Iterator[None]:
    """Hold the lock of a place, and roll an interrupted publication forward first.

    Refused when another build holds the lock, or when the output folder holds files of others.
    """
    if not place.state.exists() and place.output.exists() and any(place.output.iterdir()):
        raise Refused("foreign-output", path=place.output.name)
    place.state.mkdir(parents=True, exist_ok=True)
    with open(place.state / "lock", "w") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("locked", path=place.output.name) from None
        _recover(place)
        yield


def _recover(place: Place) -> None:
    journal = _load(place.state / "journal")
    if isinstance(journal, Journal):
        _apply(place, journal)
    for stage in place.state.glob("stage-*"):
        shutil.rmtree(stage)


def _load(path: pathlib.Path) -> Any:
    """A value that was saved; None when there is none, or it is of another version or damaged."""
    try:
        return pickle.loads(path.read_bytes())
    except Exception:  # noqa: BLE001 - a damaged pickle may raise anything; then there is no state
        return None


def manifest(place: Place) -> Manifest:
    """What is published, as far as it is known.

    Without a readable manifest, whatever lies in the output has no key: it is made anew or removed.
    """
    found = _load(place.state / "manifest")
    return found if isinstance(found, Manifest) else unknown(place)


def unknown(place: Place) -> Manifest:
    """The publication as if nothing were known of it but which files there are."""
    found = (path for path in place.output.rglob("*") if not path.is_dir())
    names = (path.relative_to(place.output).as_posix() for path in found)
    return Manifest("", dict.fromkeys(names, Published("", "", 0, 0)))


def torn(place: Place, files: Mapping[str, Published]) -> list[str]:
    """The files that do not lie in the output as they were put there."""
    top = str(place.output)
    found = []
    for path, one in files.items():
        try:
            status = os.stat(f"{top}/{path}")
        except (FileNotFoundError, NotADirectoryError):
            found.append(path)
            continue
        if status.st_size != one.size or status.st_mtime_ns != one.time:
            found.append(path)
    return found


def stage(place: Place) -> pathlib.Path:
    """A new, empty stage. Its name is not used twice, so no worker of a dead build can reach it."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="stage-", dir=place.state))
    (folder / TREE).mkdir()
    return folder


def put(folder: str, path: str, key: str, data: bytes) -> Staged:
    """Write a file into the stage."""
    target = f"{folder}/{TREE}/{path}"
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except FileNotFoundError:
        _make_folder(os.path.dirname(target))
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with open(handle, "wb", buffering=0) as file:
        file.write(data)
        status = os.fstat(handle)
    done = Published(key, hashlib.sha256(data).hexdigest(), len(data), status.st_mtime_ns)
    return Staged(path, done)


def _make_folder(path: str) -> None:
    """Make a folder; those above it are nearly always there."""
    try:
        os.mkdir(path)
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)
    except FileExistsError:
        pass


def replace(
    place: Place,
    folder: pathlib.Path,
    staged: Iterable[Staged],
    removed: Iterable[str],
    new: Manifest,
) -> None:
    """Put what is staged in place, remove what is gone; the journal decides that it happens."""
    moves = tuple(one.path for one in staged)
    journal = Journal(folder.name, moves, tuple(removed))
    save(folder / "manifest", new)
    save(place.state / "journal", journal)
    _apply(place, journal)


def _apply(place: Place, journal: Journal) -> None:
    folder = place.state / journal.stage
    for path in journal.removals:
        _remove(place.output, path)
    if not _is_placed_whole(place.output, folder / TREE):
        for path in journal.moves:
            _move(f"{folder}/{TREE}/{path}", f"{place.output}/{path}")
    place.output.mkdir(exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        os.replace(folder / "manifest", place.state / "manifest")
    (place.state / "journal").unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _is_placed_whole(output: pathlib.Path, tree: pathlib.Path) -> bool:
    """Put a first publication in place by one renaming, if nothing lies there yet."""
    try:
        os.rename(tree, output)  # onto nothing, or an empty folder; anything else is an error
    except OSError:
        return False
    return True


def _move(staged: str, target: str) -> None:
    """Put a file in place; one that is gone from the stage was put there before."""
    with contextlib.suppress(FileNotFoundError):
        try:
            os.replace(staged, target)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.replace(staged, target)


def _remove(output: pathlib.Path, path: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    target = output / path
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        target.unlink()
    for folder in target.parents:
        if folder == output:
            return
        try:
            folder.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return


def save(path: pathlib.Path, value: object) -> None:
    """Write a value in one step: it is there as a whole or not at all."""
    write(path, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def write(path: pathlib.Path, data: bytes) -> None:
    """Write a file of the state in one step."""
    fresh = path.with_name(path.name + ".new")
    with open(fresh, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)


def load(path: pathlib.Path, kind: type[Any]) -> Any:
    """A value of that kind that was saved, or a new empty one."""
    found = _load(path)
    return found if isinstance(found, kind) else kind()
