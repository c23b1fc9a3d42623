"""git, asked as a program: what the index and the commits of a repository hold."""

import os
import pathlib
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from portal.problems import Refused

ABOUT = frozenset(
    (
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_SHALLOW_FILE"),
        *(f"GIT_{kind}_PATHSPECS" for kind in ("LITERAL", "GLOB", "NOGLOB", "ICASE")),
    )
)
"""What git tells a hook of the repository; we find it from the folder that we are asked about.
And how paths are to be read, which we say ourselves."""
NOTHING = frozenset(("000000", "160000"))
"""Modes of what holds no bytes of this repository: a file that is gone, a submodule."""


RENAMES = 1000
"""Files that came and went in one commit, up to which they are compared: that takes their square.
"""


class Change(NamedTuple):
    """A file as it stands in the index or in a commit, and the object that holds its bytes."""

    path: str
    object: str


class Repository(NamedTuple):
    """A working tree: its top, the present commit, and the commits before which there is nothing.

    `head` is empty before the first commit; `ends` are those of a shallow clone.
    """

    top: pathlib.Path
    head: str
    ends: frozenset[str]


class Commit(NamedTuple):
    """A commit: its parents as far as they are here, and when it was made (seconds, UTC)."""

    name: str
    parents: tuple[str, ...]
    time: int


class Move(NamedTuple):
    """What happened to a path between two commits: objects and paths before and after.

    An object is empty where there was no file, or is none any more.
    """

    before: str
    after: str
    old: str
    new: str


def top(folder: pathlib.Path) -> pathlib.Path:
    """The top of the working tree that holds a folder; Refused where there is none."""
    if not folder.is_dir():
        raise Refused("no-folder", path=folder)
    try:
        done = _run(folder, "rev-parse", "--show-toplevel")
    except FileNotFoundError:
        raise Refused("git-missing") from None
    if done.returncode:
        if b"not a git repository" in done.stderr or b"work tree" in done.stderr:
            raise Refused("no-git", path=folder)
        raise _failed(done)
    return pathlib.Path(os.fsdecode(done.stdout.removesuffix(b"\n")))


def repository(folder: pathlib.Path) -> Repository | None:
    """The repository that holds a folder, asked with one question; None where there is none."""
    question = ("--show-toplevel", "--git-path", "shallow", "HEAD")
    try:
        done = _run(folder, "rev-parse", *question)
    except FileNotFoundError:
        raise Refused("git-missing") from None
    lines = done.stdout.split(b"\n")
    if done.returncode and (b"not a git repository" in done.stderr or b"work tree" in done.stderr):
        return None
    if done.returncode and b"HEAD" not in lines[2:3]:
        raise _failed(done)
    head = "" if done.returncode else lines[2].decode()
    try:
        ends = (folder / os.fsdecode(lines[1])).read_text("ascii").split()
    except FileNotFoundError:
        ends = []
    return Repository(pathlib.Path(os.fsdecode(lines[0])), head, frozenset(ends))


def journal(folder: pathlib.Path) -> pathlib.Path | None:
    """The file to which git adds a line whenever there is another present commit; it may come."""
    try:
        found = says(folder, "rev-parse", "--git-path", "logs/HEAD")
    except OSError:
        return None
    return None if found is None else folder / found


def graph(top: pathlib.Path, *wanted: str) -> Iterator[Commit]:
    """Commits as `git rev-list` selects them."""
    for line in ask(top, "rev-list", "--parents", "--timestamp", *wanted).decode().splitlines():
        time, name, *parents = line.split(" ")
        yield Commit(name, tuple(parents), int(time))


def moves(
    top: pathlib.Path, pairs: Sequence[tuple[str, str]], alike: int, *paths: str
) -> Iterator[tuple[Move, ...]]:
    """What each commit did to the files at some paths: as against a parent, or "" against none.

    A file that went and one that came, of which so many percent are the same, are one file that
    was renamed. The question goes to the plumbing, to which nobody's settings speak.
    """
    given = "".join(f"{commit} {parent}".strip() + "\n" for commit, parent in pairs).encode()
    how = ("--stdin", "-r", "-z", "--root", "--always", "--raw", f"-M{alike}%", f"-l{RENAMES}")
    told = iter(ask(top, "diff-tree", *how, "--", *paths, given=given).split(b"\0")[:-1])
    found: list[Move] | None = None
    for part in told:
        if not part.startswith(b":"):
            if found is not None:
                yield tuple(found)
            found = []
            continue
        assert found is not None
        was, now, before, after, state = part.decode().lstrip(":").split(" ")
        old = new = os.fsdecode(next(told))
        if state[0] in "RC":
            new = os.fsdecode(next(told))
        gone, come = was in NOTHING, now in NOTHING
        found.append(Move("" if gone else before, "" if come else after, old, new))
    if found is not None:
        yield tuple(found)


def prefix(top: pathlib.Path, folder: pathlib.Path) -> str:
    """What the paths of files below a folder begin with in the repository: `` or `site/`."""
    inside = folder.resolve().relative_to(top.resolve()).as_posix()
    return "" if inside == "." else f"{inside}/"


def ask(top: pathlib.Path, *question: str, given: bytes = b"") -> bytes:
    """What git answers; Refused with its own words if it fails."""
    done = _run(top, *question, given=given)
    if done.returncode:
        raise _failed(done)
    return done.stdout


def says(top: pathlib.Path, *question: str) -> str | None:
    """A short answer; None if there is none."""
    done = _run(top, *question)
    return None if done.returncode else os.fsdecode(done.stdout).strip()


def staged(top: pathlib.Path) -> tuple[Change, ...]:
    """The files of the index that are not as in the last commit; of one that is gone nothing."""
    before = says(top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if before is None:
        before = os.fsdecode(ask(top, "hash-object", "-t", "tree", "--stdin")).strip()
    told = ask(top, "diff-index", "--cached", "--raw", "-z", "--no-renames", before)
    return tuple(change for _, change in _changes(told))


def index(top: pathlib.Path) -> dict[str, str]:
    """The object of every file in the index, by its path."""
    return _listed(ask(top, "ls-files", "--stage", "-z"))


def tree(top: pathlib.Path, commit: str) -> dict[str, str]:
    """The object of every file in a commit, by its path."""
    return _listed(ask(top, "ls-tree", "-r", "-z", commit))


def commits(top: pathlib.Path, *wanted: str) -> tuple[str, ...]:
    """Commits as `git rev-list` selects them, the oldest first."""
    return tuple(ask(top, "rev-list", "--topo-order", "--reverse", *wanted).decode().split())


def changes(top: pathlib.Path, commits: Iterable[str]) -> Iterator[tuple[str, Change]]:
    """Every file that a commit added or changed, with the commit.

    Of a merge it is what stands in no parent so.
    """
    given = "".join(f"{one}\n" for one in commits).encode()
    how = ("--stdin", "-r", "-z", "--root", "-c", "--raw", "--no-renames")
    yield from _changes(ask(top, "diff-tree", *how, given=given))


def compared(top: pathlib.Path, base: str, *below: str) -> dict[str, str]:
    """How the files below some paths differ from a commit: A (added), M, D (gone), T, by path.

    It is the working tree that is compared; files that git does not know yet are added ones.
    """
    how = ("--name-status", "-z", "--no-renames", "--no-ext-diff")
    told = os.fsdecode(ask(top, "diff", *how, base, "--", *below)).split("\0")
    found = dict(zip(told[1::2], told[::2], strict=False))
    new = ask(top, "ls-files", "--others", "--exclude-standard", "-z", "--", *below)
    return found | dict.fromkeys(os.fsdecode(new).split("\0")[:-1], "A")


def objects(top: pathlib.Path, names: Iterable[str]) -> Iterator[bytes]:
    """The bytes of objects, one after the other, whatever their number and size."""
    with tempfile.TemporaryFile() as asked:
        asked.write("".join(f"{name}\n" for name in names).encode())
        asked.seek(0)
        with subprocess.Popen(
            ["git", "cat-file", "--batch", "--buffer"],
            cwd=top,
            env=_surroundings(),
            stdin=asked,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            while head := process.stdout.readline():
                name, kind, *size = head.decode().split()
                if not size:
                    raise Refused("git", detail=f"{name} {kind}")
                data = process.stdout.read(int(size[0]))
                if process.stdout.read(1) != b"\n":
                    break
                yield data
        if process.returncode:
            raise Refused("git", detail=f"cat-file {process.returncode}")


def _run(
    folder: pathlib.Path, *question: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["git", *question],
        cwd=folder,
        env=_surroundings(),
        input=given,
        capture_output=True,
        check=False,
    )


def _surroundings() -> dict[str, str]:
    """The environment for git: its own words in English, objects as they are, an index by its path.

    The index that a hook is told of may be a relative path, and we run elsewhere.
    """
    kept = {name: value for name, value in os.environ.items() if name not in ABOUT}
    if "GIT_INDEX_FILE" in kept:
        kept["GIT_INDEX_FILE"] = os.path.abspath(kept["GIT_INDEX_FILE"])
    return kept | {"LC_ALL": "C", "LANGUAGE": "C", "GIT_NO_REPLACE_OBJECTS": "1"}


def _failed(done: subprocess.CompletedProcess[bytes]) -> Refused:
    lines = done.stderr.decode(errors="replace").splitlines()
    return Refused("git", detail=lines[0] if lines else str(done.returncode))


def _changes(told: bytes) -> Iterator[tuple[str, Change]]:
    """Git's raw format, NUL-terminated: a commit's name, or modes and objects and then a path."""
    commit, parts = "", iter(told.split(b"\0"))
    for part in parts:
        if not part.startswith(b":"):
            commit = part.decode() or commit
            continue
        parents = len(part) - len(part.lstrip(b":"))
        fields = part.decode().lstrip(":").split(" ")
        path = os.fsdecode(next(parts))
        object = fields[2 * parents + 1]
        if fields[parents] not in NOTHING and object.strip("0"):
            yield commit, Change(path, object)


def _listed(told: bytes) -> dict[str, str]:
    """`mode object stage<TAB>path` of the index, or `mode type object<TAB>path` of a tree."""
    found = {}
    for line in told.split(b"\0")[:-1]:
        about, _, path = line.partition(b"\t")
        mode, *others = about.decode().split()
        if mode not in NOTHING:
            found[os.fsdecode(path)] = next(one for one in others if len(one) >= 40)
    return found
