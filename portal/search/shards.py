"""The contracts divided for the search: by years, a large year evenly by a digest of the id."""

import itertools
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from portal import corpus

MOST = 220
"""About how many contracts a shard holds: one changed contract costs the indexing of one shard."""


Rows = tuple[corpus.Row, ...]


class Shard(NamedTuple):
    """Contracts that are indexed together, newest first."""

    name: str
    rows: Rows


def divide(rows: tuple[corpus.Row, ...]) -> tuple[Shard, ...]:
    """The shards, the newest first. `rows` come newest first.

    Years are taken from the oldest on, as many together as one shard holds: a new contract changes
    the shard of its year, and of no other but where two years no longer fit together.
    """
    years = [tuple(found) for _, found in itertools.groupby(rows, key=lambda row: row.signed.year)]
    groups: list[list[Rows]] = []
    for year in reversed(years):
        if groups and sum(map(len, groups[-1])) + len(year) <= MOST:
            groups[-1].insert(0, year)
        else:
            groups.append([year])
    return tuple(shard for group in reversed(groups) for shard in _parts(group))


def _parts(years: list[Rows]) -> Iterator[Shard]:
    """One shard of a few small years; several of a large one."""
    rows = tuple(row for year in years for row in year)
    first, last = years[-1][0].signed.year, years[0][0].signed.year
    name = f"{last}" if first == last else f"{first}-{last}"
    count = -(-len(rows) // MOST)
    parts: list[list[corpus.Row]] = [[] for _ in range(count)]
    for row in rows:
        parts[zlib.crc32(row.id.encode()) % count].append(row)
    for number, part in enumerate(parts):
        if part:
            yield Shard(f"{name}-{number}", tuple(part))


def ordered(shards: tuple[Shard, ...]) -> tuple[corpus.Row, ...]:
    """All contracts by their ordinals: shard after shard."""
    return tuple(row for shard in shards for row in shard.rows)
