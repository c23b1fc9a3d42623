"""A command as a whole process: how long it takes, and how much memory it holds at its peak."""

import os
import pathlib
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

INTERVAL = 0.05
"""Seconds between two looks at a command's memory."""
REST = 50
"""How much longer than a look it waits for the next: a look stops what it looks at for a while."""
PROC = pathlib.Path("/proc")
SHARE = re.compile(r"^Pss:\s*(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds by the clock, seconds of processor, bytes; and what it wrote.

    `memory` is the greatest sum over its processes, `largest` what one of them had at most.
    """

    seconds: float
    processor: float
    memory: int
    output: str
    largest: int


def run(
    command: Sequence[str | pathlib.Path],
    environment: Mapping[str, str],
    right: Sequence[int] = (0,),
) -> Run:
    """Runs a command to its end. One that fails ends the bench with what it wrote.

    What was written before is on the disk before the clock starts.
    """
    os.sync()
    with tempfile.TemporaryFile() as written, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=errors,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        with _Watch(process.pid) as watch:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output, complaint = _text(written), _text(errors)
    if process.returncode not in right:
        shown = " ".join(pathlib.Path(part).name for part in command[:3])
        raise click.ClickException(f"{shown} … failed:\n{(complaint + output)[-4000:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, watch.peak, output, watch.largest)


def _text(file: "tempfile._TemporaryFileWrapper[bytes]") -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


class _Watch:
    """The peak memory of a session: the greatest sum over its processes that was ever seen.

    Memory that processes share is divided among them (the kernel's proportional set size).
    """

    def __init__(self, session: int) -> None:
        self.session, self.peak, self.largest = session, 0, 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)

    def __enter__(self) -> "_Watch":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()

    def watch(self) -> None:
        wait = INTERVAL
        while not self.ended.wait(wait):
            started = time.perf_counter()
            found = resident(self.session)
            self.peak = max(self.peak, sum(found))
            self.largest = max(self.largest, *found, 0)
            wait = max(INTERVAL, REST * (time.perf_counter() - started))


def resident(session: int) -> list[int]:
    """The memory of each process of a session, in bytes; of what they share each has its part."""
    found = []
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            try:
                stat = (folder / "stat").read_text(encoding="utf-8", errors="replace")
                fields = stat.rpartition(")")[2].split()  # a name may hold spaces and brackets
                if int(fields[3]) == session:
                    rollup = (folder / "smaps_rollup").read_text(encoding="utf-8")
                    share = SHARE.search(rollup)
                    found.append(int(share[1]) * 1024 if share else 0)
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has ended since
    return found
