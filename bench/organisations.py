"""The agencies and vendors of a made-up register."""

import bisect
import functools
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from bench import vocabulary as words
from portal import pinyin


@dataclass(frozen=True, slots=True)
class Agency:
    """Who buys; `mark` is its province's character in contract numbers."""

    name: str
    region: str
    mark: str


@dataclass(frozen=True, slots=True)
class Register:
    """Who is in a register, the busiest first; the weights add up from one to the next."""

    agencies: tuple[Agency, ...]
    vendors: tuple[str, ...]
    agency_weights: tuple[float, ...]
    vendor_weights: tuple[float, ...]

    def agency(self, random: random.Random, index: int) -> Agency:
        """The agency of a contract: each has one at least, and the rest follow the weights."""
        found = index if index < len(self.agencies) else _drawn(random, self.agency_weights)
        return self.agencies[found]

    def vendor(self, random: random.Random, index: int) -> str:
        """The vendor of a contract, found like its agency."""
        found = index if index < len(self.vendors) else _drawn(random, self.vendor_weights)
        return self.vendors[found]


def place(random: random.Random) -> str:
    """The name of a place that sounds like one."""
    return random.choice(words.PLACE_HEADS) + random.choice(words.PLACE_TAILS)


@functools.cache
def register(count: int, seed: int) -> Register:
    """The organisations of a register of so many contracts: 2 % agencies, 10 % vendors.

    Vendors follow Zipf's law (exponent 1), agencies a milder one (1/2). No two organisations
    share a slug, since they would share an address.
    """
    source = random.Random(f"organisations-{seed}-{count}")
    taken: set[str] = set()
    agencies = _distinct(_agencies(source), max(2, count // 50), taken)
    vendors = _distinct(_vendors(source), max(5, count // 10), taken)
    return Register(
        tuple(Agency(name, *words.PROVINCES[province]) for name, province in agencies),
        tuple(name for name, _ in vendors),
        _weights(len(agencies), 0.5),
        _weights(len(vendors), 1.0),
    )


Named = tuple[str, str]
"""A name and its province."""


def _distinct(made: Iterator[Named], count: int, taken: set[str]) -> list[Named]:
    found: list[Named] = []
    while len(found) < count:
        one = next(made)
        slug = pinyin.slug(one[0])
        if slug not in taken:
            taken.add(slug)
            found.append(one)
    return found


def _agencies(source: random.Random) -> Iterator[Named]:
    seen: set[str] = set()
    provinces = tuple(words.PROVINCES)
    while True:
        province = source.choice(provinces)
        name = place(source) + source.choice("市市县区") + source.choice(words.BODIES)
        name = province + name if name in seen else name
        seen.add(name)
        yield name, province


def _vendors(source: random.Random) -> Iterator[Named]:
    provinces = tuple(words.PROVINCES)
    while True:
        province = source.choice(provinces)
        brand = "".join(source.choices(words.BRANDS, k=2 if source.random() < 0.7 else 3))
        trade, form = source.choice(words.TRADES), source.choice(words.FORMS)
        yield f"{province}{brand}{trade}{form}", province


def _weights(count: int, exponent: float) -> tuple[float, ...]:
    return tuple(itertools.accumulate(1 / rank**exponent for rank in range(1, count + 1)))


def _drawn(source: random.Random, weights: tuple[float, ...]) -> int:
    return bisect.bisect_left(weights, source.random() * weights[-1])
