"""The queries of bench/queries.yaml against a register: each with its right answers."""

import functools
import pathlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from bench.search import meaning, rules
from bench.search.meaning import Answer
from bench.search.register import Key, Register

FILE = pathlib.Path(__file__).resolve().parents[1] / "queries.yaml"
NOTHING = "nothing-"
ABSENT = ("figure", "apart")
"""What a query for nothing means: a number that is nowhere, terms that stand nowhere together."""


class Wrong(Exception):
    """A query that the register contradicts: a mistake of the bench."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query of a kind; without answers, it must find nothing exact."""

    kind: str
    text: str
    answers: tuple[Answer, ...]
    is_sample: bool

    @property
    def right(self) -> frozenset[Key]:
        return frozenset().union(*self.answers)


def titles() -> dict[str, str]:
    """What each kind is called."""
    return {kind: one["title"] for kind, one in _file().items()}


def facts() -> frozenset[str]:
    """The kinds that ask for names and numbers, the others for texts."""
    return frozenset(kind for kind, one in _file().items() if one.get("facts", False))


def queries(register: Register, seed: str = "", times: int = 1) -> tuple[Query, ...]:
    """All queries, in the order of the file, each once. Wrong when one cannot be what it says.

    With another `seed` the rules make other queries, and so many times as many.
    """
    found: list[Query] = []
    for kind, group in _file().items():
        found += (_literal(register, kind, entry) for entry in group["sample"])
        for name, count in group.get("made", {}).items():
            found += _by_rule(register, kind, name, count * times, seed)
    return tuple({(one.kind, one.text): one for one in found}.values())


@functools.cache
def _file() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded


def _literal(register: Register, kind: str, entry: Mapping[str, Any]) -> Query:
    text = str(entry["q"])
    meant = {name: value for name, value in entry.items() if name not in ("q", *ABSENT)}
    if not meant:
        _check_missing(register, text, entry)
    return _query(register, kind, text, meant, is_sample=True)


def _by_rule(register: Register, kind: str, name: str, count: int, seed: str) -> Iterator[Query]:
    for number in range(count):
        source = random.Random(f"{seed}{name}-{number}")
        pick = rules.Pick(register, (number + source.random()) / count, source)
        text, meant = rules.RULES[name](pick)
        yield _query(register, kind, text, meant, is_sample=False)


def _query(
    register: Register, kind: str, text: str, meant: meaning.Meaning, *, is_sample: bool
) -> Query:
    right = meaning.answers(register, meant) if meant else ()
    if bool(right) == kind.startswith(NOTHING):
        raise Wrong(f"{kind}: {text}: {len(right)} answers")
    return Query(kind, text, right, is_sample)


def _check_missing(register: Register, text: str, entry: Mapping[str, Any]) -> None:
    """What must not be found is not there: its words, its figure, or its terms together."""
    if "figure" in entry:
        is_there = meaning.is_figure(register, Decimal(str(entry["figure"])))
    elif "apart" in entry:
        terms = [{"text": one} for one in entry["apart"]]
        is_there = bool(meaning.answers(register, {"all": terms}))
    else:
        is_there = meaning.exists(register, text.partition(":")[2] or text)
    if is_there:
        raise Wrong(f"{text} is in the register")
