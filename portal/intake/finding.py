"""What reading yields: facts with their lines and how sure they are, and contradictions."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, NamedTuple

Sure = Literal["certain", "likely"]
Path = tuple[str, ...]


class Fact(NamedTuple):
    """A fact read: its path in the model, plain data, and the raw lines that state it."""

    path: Path
    value: Any
    rows: tuple[int, ...]
    sure: Sure = "certain"


class Conflict(NamedTuple):
    """A contradiction within a text: its stable code, the field, and the raw lines; no contents."""

    code: str
    field: str
    rows: tuple[int, ...]


class Reading(NamedTuple):
    """One place where a value was read."""

    value: Any
    rows: tuple[int, ...]
    sure: Sure = "certain"


Found = tuple[list[Fact], list[Conflict]]


def rows(readings: Iterable[Reading]) -> tuple[int, ...]:
    """The raw lines of all readings, in order."""
    return tuple(sorted({row for one in readings for row in one.rows}))


def agreed(
    path: Path, readings: Sequence[Reading], code: str, key: Callable[[Any], Any] = lambda one: one
) -> Found:
    """The one value that all readings give; a conflict, and no fact, where they differ by `key`."""
    if not readings:
        return [], []
    if len({key(one.value) for one in readings}) > 1:
        return [], [Conflict(code, ".".join(path), rows(readings))]
    sure: Sure = "certain" if any(one.sure == "certain" for one in readings) else "likely"
    return [Fact(path, readings[0].value, rows(readings), sure)], []
