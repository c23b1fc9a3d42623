"""The finder takes time in proportion to a text's length, whatever the text is."""

import random
import time
from collections.abc import Iterator

import pytest

from portal.redact import find

SIZE = 15_000
TIMES = 8  # as long: in proportion takes 8 times as long, by squares 64
MOST = 20
PIECES = (
    *(
        "139|",
        "王",
        "a@",
        "a.",
        "人:",
        "(",
        "&#49;",
        '<a href="',
        "*1",
        "1室",
        "O0l",
        "阿·",
        "Zhang ",
    ),
    *(
        "张三、",
        "联系人：张三，",
        "。",
        "住",
        "第",
        "\t",
        "室",
        "【已遮盖：",
        "1 2 345 ",
        "123456789 ",
    ),
    *("1\n", "1", " "),
)


def shapes(size: int) -> Iterator[str]:
    """Texts of a size: each piece without end, and all of them at random."""
    for piece in PIECES:
        yield (piece * size)[:size]
    chance = random.Random(size)
    yield "".join(chance.choice("0123456789 ") for _ in range(size))
    yield "".join(chance.choice(PIECES) for _ in range(size))[:size]


def least_time(text: str, rounds: int) -> float:
    """The least processor time of several rounds: what other programs take is not counted."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        find.find(text)
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("index", range(len(PIECES) + 2))
def test_linear(index: int) -> None:
    """A text 8 times as long takes far less than the square; a bad measurement is repeated.

    The bound lies between 8 and 64, so that a busy machine, which may double a measurement,
    does not decide.
    """
    short, long = (list(shapes(size))[index] for size in (SIZE, TIMES * SIZE))
    find.find(short)
    ratios = []
    for rounds in (1, 3, 5):
        ratios.append(least_time(long, rounds) / max(least_time(short, rounds), 0.002))
        if ratios[-1] <= MOST:
            return
    pytest.fail(f"{short[:20]!r}: {ratios}")
