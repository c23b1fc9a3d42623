"""What a rule is given and gives, and where the rules are kept."""

import functools
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import opencc

from bench.search.register import Contract, Organisation, Register

Made = tuple[str, Mapping[str, Any]]
"""A query and its meaning; a query that must find nothing has an empty one."""


@dataclass(frozen=True, slots=True)
class Pick:
    """The place of the register that a rule looks at, as a share of it, and a seeded source."""

    register: Register
    share: float
    source: random.Random

    def one(self, several: tuple[Any, ...]) -> Any:
        return several[int(self.share * len(several))]

    def contracts(self) -> Iterator[Contract]:
        """The made contracts from this place on, once around."""
        made = self.register.made
        start = int(self.share * len(made))
        yield from made[start:] + made[:start]

    @property
    def contract(self) -> Contract:
        return next(self.contracts())

    @property
    def tender(self) -> str:
        """The number of the procurement."""
        return self.contract.numbers[1]

    def organisations(self, kind: str) -> tuple[Organisation, ...]:
        """The made organisations of a kind from this place on, once around."""
        several = self.register.vendors if kind == "vendor" else self.register.agencies
        busy = {party for one in self.register.made for party in one.parties}
        made = tuple(one for one in several if one in busy)
        start = int(self.share * len(made))
        return made[start:] + made[:start]

    @property
    def vendor(self) -> Organisation:
        return self.organisations("vendor")[0]

    @property
    def agency(self) -> Organisation:
        return self.organisations("agency")[0]


RULES: dict[str, Callable[[Pick], Made]] = {}


def rule(make: Callable[[Pick], Made]) -> Callable[[Pick], Made]:
    """Keeps a function as a rule, under its name without the underscore."""
    RULES[make.__name__.lstrip("_")] = make
    return make


def named(one: Organisation) -> Mapping[str, str]:
    """The meaning of a name: that organisation."""
    return {"name": one.name}


def wide(text: str) -> str:
    """A text in full width."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def traditional(text: str) -> str:
    """A text in Traditional signs."""
    return str(_converter().convert(text))


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
