"""Builds that die: run as a program by test_killed, so that processes can be forked and killed.

usage: killing.py SITE-A SITE-B FOLDER STEP

Publishes A, then starts to publish B, and is killed with SIGKILL just before the n-th time that it
touches the output or its state, for every STEP-th n until a build lives to its end. After each
death every page must be wholly of A or wholly of B, and the next build must complete to B's fresh
bytes.
Prints the number of deaths.
"""

import os
import pathlib
import shutil
import signal
import sys
from collections.abc import Callable
from typing import Any

from portal import pipeline

CALLS = ("replace", "rename", "unlink", "rmdir", "mkdir", "makedirs", "fsync")


def publish(root: pathlib.Path, output: pathlib.Path) -> None:
    """Build in this process, without workers."""
    pipeline.build(pipeline.Options(root, output))


def written(folder: pathlib.Path) -> dict[str, bytes]:
    """Every file of a publication with its bytes."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def dying(limit: int) -> None:
    """From now on, die before the call number `limit` that changes the file system."""
    count = 0

    def before(call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            nonlocal count
            count += 1
            if count > limit:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **named)

        return counted

    for name in CALLS:
        setattr(os, name, before(getattr(os, name)))


def lives(root: pathlib.Path, output: pathlib.Path, limit: int) -> bool:
    """Whether a build that dies at the n-th call comes to its end."""
    child = os.fork()
    if child == 0:
        dying(limit)
        publish(root, output)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False
    if os.WEXITSTATUS(status):
        sys.exit("a build failed otherwise")
    return True


def main(first: pathlib.Path, second: pathlib.Path, folder: pathlib.Path, step: int) -> None:
    """Kill the way from `first` to `second` at every `step`-th point."""
    publish(first, folder / "a")
    publish(second, folder / "b")
    old, new = written(folder / "a"), written(folder / "b")
    output, state = folder / "out", folder / ".out.state"
    for limit in range(0, 10_000, step):
        # A copy of the first publication, its times included, is as good as another, and quicker.
        shutil.copytree(folder / "a", output)
        shutil.copytree(folder / ".a.state", state)
        alive = lives(second, output, limit)
        for path, data in written(output).items():
            if data not in (old.get(path), new.get(path)):
                sys.exit(f"{path} is neither old nor new after {limit} calls")
        for path in old.keys() & new.keys() - written(output).keys():
            sys.exit(f"{path} is missing after {limit} calls")
        publish(second, output)
        if written(output) != new:
            sys.exit(f"the build after {limit} calls did not complete")
        if alive:
            print(limit // step)  # noqa: T201 - this is a program
            return
        shutil.rmtree(output)
        shutil.rmtree(state)


if __name__ == "__main__":
    main(*(pathlib.Path(one) for one in sys.argv[1:4]), int(sys.argv[4]))
