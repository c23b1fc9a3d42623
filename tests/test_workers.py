"""Calls beside this process: their results, their exceptions, their end."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

from portal import workers
from portal.problems import Refused

HERE = pathlib.Path(__file__).resolve().parents[1]
DYING = """
import os, pathlib, signal, sys, time
from portal import workers

def slow():
    pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
    time.sleep(60)

with workers.beside(slow, 2):
    while not pathlib.Path(sys.argv[1]).exists():
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_result_comes_from_another_process() -> None:
    """With more than one job; with one, the call is made here."""
    with workers.beside(os.getpid, 2) as other, workers.beside(os.getpid, 1) as own:
        assert other() != os.getpid() == own()


def test_large_results() -> None:
    """More than a pipe holds."""
    with workers.beside(lambda: b"a" * 10_000_000, 2) as told:
        assert len(told()) == 10_000_000


def test_an_exception_is_raised_where_it_is_waited_for() -> None:
    """And not where nobody waits."""

    def refuse() -> None:
        raise Refused("worker")

    with workers.beside(refuse, 2) as told, pytest.raises(Refused, match="worker"):
        told()
    with workers.beside(refuse, 2):
        pass


def test_a_process_that_dies() -> None:
    """It is refused like a worker that dies."""

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with workers.beside(die, 2) as told, pytest.raises(Refused, match="worker"):
        told()


def test_nobody_waits_for_what_is_no_longer_wanted() -> None:
    """An exception in the block ends the call."""
    started = time.monotonic()
    with pytest.raises(KeyError), workers.beside(lambda: time.sleep(60), 2):
        raise KeyError
    assert time.monotonic() - started < 30


@pytest.mark.skipif(not workers.FORKS, reason="other systems do not end a process with its parent")
def test_it_ends_with_its_parent(tmp_path: pathlib.Path) -> None:
    """However that ends: a build that is killed leaves no process that writes into its state."""
    place = tmp_path / "pid"
    subprocess.run([sys.executable, "-c", DYING, place], cwd=HERE, check=False)
    child = int(place.read_text())
    for _ in range(1000):
        if not is_running(child):
            return
        time.sleep(0.01)
    raise AssertionError("it lives")


def is_running(process: int) -> bool:
    """Whether a process is there, and has not only not been asked how it ended."""
    try:
        state = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
