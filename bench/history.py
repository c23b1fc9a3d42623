"""How long a site's history takes: many commits over many contracts, read fresh and once more.

usage: .venv/bin/python -m bench.history FOLDER [--contracts 10000] [--commits 2000] [--jobs 2]

Makes the register (as `bench/generate.py` does) and its repository with `git fast-import`: one
commit that adds all, then commits that change the value, the instalments and the body of one
contract, every third of them a text as well, and every twentieth on a branch that is merged. Prints
the seconds, and the processor time with that of all children, of: history from nothing; the same
with what is remembered; one commit more.
"""

import os
import pathlib
import random
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from typing import NamedTuple

import click

from bench import edits, generate
from portal import chronicle, gather, history, memory, pipeline

START = 1_600_000_000
HOUR = 3_600
PLACE = re.compile("(?:\nplace: .*)?\ncategory: ")
AUTHOR = "Bench <bench@example.org>"


def repository(root: pathlib.Path, contracts: int, commits: int) -> None:
    """Makes the site and its history; the working tree is as the last commit has it."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    generate.make(root, contracts, 1, 2)
    _git(root, "init", "--quiet", "--initial-branch", "main")
    stream = b"".join(_stream(root, commits))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=stream, check=True)
    _git(root, "reset", "--quiet", "--hard")


def _git(root: pathlib.Path, *given: str) -> None:
    subprocess.run(["git", *given], cwd=root, check=True)


def _stream(root: pathlib.Path, commits: int) -> Iterator[bytes]:
    """The commits as git fast-import reads them."""
    source = random.Random("history")
    files = [root / "site.yaml", *generate.files(root)]
    texts = {one.relative_to(root).as_posix(): one.read_bytes() for one in files}
    yield _commit(1, "refs/heads/main", "All", 0, texts)
    last, paths = 1, [path for path in texts if path.endswith(".md")]
    for number in range(commits):
        path = source.choice(paths)
        text = edits.edited(texts[path].decode(), source)
        if number % 3 == 0:
            text = PLACE.sub(f"\nplace: 第{number}号办公楼\ncategory: ", text, count=1)
        texts[path] = text.encode()
        mark, is_branch = last + 1, number % 20 == 0
        branch = "refs/heads/side" if is_branch else "refs/heads/main"
        yield _commit(mark, branch, f"Edit {number}", last, {path: texts[path]})
        if is_branch:
            yield _commit(mark + 1, "refs/heads/main", "Merge", last, {path: texts[path]}, mark)
            mark += 1
        last = mark


def _commit(
    mark: int, branch: str, message: str, parent: int, files: dict[str, bytes], other: int = 0
) -> bytes:
    when = f"{AUTHOR} {START + mark * HOUR} +0000"
    head = [f"commit {branch}", f"mark :{mark}", f"committer {when}", f"data {len(message)}"]
    parents = [f"from :{parent}"] if parent else []
    parents += [f"merge :{other}"] if other else []
    lines = "\n".join([*head, message, *parents, ""]).encode()
    bodies = [
        b"M 644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data)
        for path, data in files.items()
    ]
    return b"".join((lines, *bodies, b"\n"))


class Run(NamedTuple):
    """Seconds by the clock, and of processors."""

    seconds: float
    processor: float
    found: chronicle.Chronicle


def measured(root: pathlib.Path, state: pathlib.Path, jobs: int, *, fresh: bool) -> Run:
    """The history of a site, after everything that comes before it in a build."""
    wanted = gather.Wanted(jobs, pipeline.unseen, drafts=False)
    found = gather.register(gather.content(root, memory.Stamps(), jobs), memory.Cache(), wanted)
    asked = history.Asked(root, found.register, state, "bench", jobs, pipeline.unseen)
    started, processor = time.perf_counter(), _processor()
    made = history.chronicle_of(asked, history.source(root), fresh=fresh)
    return Run(time.perf_counter() - started, _processor() - processor, made)


def _processor() -> float:

    return sum(os.times()[:4])


@click.command()
@click.argument("folder", type=generate.Folder)
@click.option("--contracts", default=10_000, show_default=True)
@click.option("--commits", default=2_000, show_default=True)
@click.option("--jobs", default=2, show_default=True)
def main(folder: pathlib.Path, contracts: int, commits: int, jobs: int) -> None:
    """Make a repository and read its history."""
    root, state = folder / "site", folder / "state"
    repository(root, contracts, commits)
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir()
    for name, fresh in (("from nothing", True), ("remembered", False)):
        _tell(name, measured(root, state, jobs, fresh=fresh))
    (path,) = generate.touch(root, 1, 1)
    _git(root, "-c", "user.name=Bench", "-c", "user.email=b@example.org", "commit", "-qam", "One")
    _tell(f"one commit more ({path.stem})", measured(root, state, jobs, fresh=False))


def _tell(name: str, run: Run) -> None:
    changes = sum(len(one.changes) for one in run.found.told.values())
    click.echo(
        f"{name}: {run.seconds:.2f} s, processors {run.processor:.2f} s; "
        f"{len(run.found.told)} contracts, {changes} changes"
    )


if __name__ == "__main__":
    main()
