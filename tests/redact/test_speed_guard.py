"""The finder takes time in proportion to a text's length, whatever the text is."""

import random
from collections.abc import Iterator

import pytest

import growth
from portal.redact import find

SIZE = 6_000
TIMES = 8
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


@pytest.mark.parametrize("index", range(len(PIECES) + 2))
def test_linear(index: int) -> None:
    """Eight times the text takes nothing like 64 times as long."""
    short, long = (list(shapes(size))[index] for size in (SIZE, TIMES * SIZE))
    growth.assert_linear(find.find, short, long, TIMES, repr(short[:20]))
