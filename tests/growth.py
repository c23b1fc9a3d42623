"""Whether a program's time grows in proportion to what it is given, on a busy machine too."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LEAST = 0.002
"""Seconds below which a measurement says nothing."""


def least_time(call: Callable[[T], object], given: T, rounds: int) -> float:
    """The least processor time of several rounds: what other programs take is not counted."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        call(given)
        taken.append(time.process_time() - start)
    return min(taken)


def assert_linear(call: Callable[[T], object], short: T, long: T, times: int, name: str) -> None:
    """`long` is `times` as long as `short`, and takes far less than the square of that.

    A busy machine may double a measurement: it is repeated, and the bound lies between both.
    """
    call(short)
    most = times**1.44
    ratios = []
    for rounds in (1, 3, 5):
        ratios.append(least_time(call, long, rounds) / max(least_time(call, short, rounds), LEAST))
        if ratios[-1] <= most:
            return
    raise AssertionError(f"{name}: {ratios}, at most {most:.1f}")
