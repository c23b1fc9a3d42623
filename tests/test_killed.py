"""A build that is killed leaves a whole publication, and the next one completes it."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import pytest

from portal import pipeline
from tests import test_incremental

HERE = pathlib.Path(__file__).resolve().parents[1]


def both(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    """Two states of one site: contracts changed, removed, added and withdrawn between them."""
    first, second = folder / "first", folder / "second"
    test_incremental.site(first)
    shutil.copytree(first, second)
    of = second / "content/contracts"
    (of / "c0.md").write_text(test_incremental.contract(0, 1, 1, 99), "utf-8")
    (of / "c1.md").unlink()
    (of / "c2.md").write_text(test_incremental.contract(2, 2, 2, 7, "withdrawn"), "utf-8")
    (of / "c7.md").write_text(test_incremental.contract(7, 0, 0, 5), "utf-8")
    return first, second


def killed(folder: pathlib.Path, step: int) -> int:
    """Kill a build before every `step`-th of its changes to the disk, and count the deaths."""
    first, second = both(folder)
    done = subprocess.run(
        [sys.executable, HERE / "tests/killing.py", first, second, folder, str(step)],
        env=os.environ | {"PYTHONPATH": str(HERE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return int(done.stdout)


def test_killed_at_many_calls(tmp_path: pathlib.Path) -> None:
    """Killed before one of its changes to the disk, a build leaves each page wholly old or new."""
    assert killed(tmp_path, 9) > 20


@pytest.mark.slow
def test_killed_at_every_call(tmp_path: pathlib.Path) -> None:
    """The same before every one of its changes."""
    assert killed(tmp_path, 1) > 200


def test_killed_at_any_time(tmp_path: pathlib.Path) -> None:
    """Killed with its workers at any moment, it leaves a site that the next build completes."""
    first, second = both(tmp_path)
    for n in range(10, 90):
        text = test_incremental.contract(n, n % 3, n % 4, n)
        (first / f"content/contracts/c{n}.md").write_text(text, "utf-8")
        changed = test_incremental.contract(n, n % 3, n % 4, n + 1)
        (second / f"content/contracts/c{n}.md").write_text(changed, "utf-8")
    pipeline.build(pipeline.Options(first, tmp_path / "a"))
    pipeline.build(pipeline.Options(second, tmp_path / "b"))
    old, new = (test_incremental.written(tmp_path / name) for name in ("a", "b"))
    output = tmp_path / "out"
    pipeline.build(pipeline.Options(first, output))
    command = [sys.executable, HERE / "build.py", "build", "--jobs", "2", "--output", output]
    for step in range(12):
        root = second if step % 2 == 0 else first
        child = subprocess.Popen(
            [*command, "--root", root],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(0.25 + 0.08 * step)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for path, data in test_incremental.written(output).items():
            assert data in (old.get(path), new.get(path)), path
    subprocess.run([*command, "--root", second], check=True, capture_output=True)
    assert test_incremental.written(output) == new
