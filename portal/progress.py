"""Progress on a terminal for what takes longer than a second; silence elsewhere."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import click

from portal import strings

PATIENCE = 1.0
"""Seconds before a bar appears."""


@contextlib.contextmanager
def shown(language: str) -> Iterator[Callable[[str, int, int], None]]:
    """A function to be told of a phase, what is done of it, and how much there is."""
    bar = _Bar(language) if sys.stderr.isatty() else None
    yield bar.tell if bar is not None else _quiet
    if bar is not None:
        bar.end()


def _quiet(phase: str, done: int, total: int) -> None:
    """Nothing is shown where nobody looks."""


class _Bar:
    """One bar a phase."""

    def __init__(self, language: str) -> None:
        self.words = strings.of(language)
        self.start = time.monotonic()
        self.phase = ""
        self.done = 0
        self.bar: Any = None

    def tell(self, phase: str, done: int, total: int) -> None:
        if phase != self.phase:
            self.end()
            self.phase, self.done = phase, 0
        if self.bar is None and time.monotonic() - self.start > PATIENCE and done < total:
            label = self.words[f"phase.{phase}"]
            self.bar = click.progressbar(length=total, label=label, file=sys.stderr)
            self.bar.__enter__()
        if self.bar is not None:
            self.bar.update(done - self.done)
        self.done = done

    def end(self) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None
