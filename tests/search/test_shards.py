"""How the contracts are divided for the search."""

import datetime
import random

from portal import corpus
from portal.search import shards

PARTY = corpus.Party("a", "A")


def row(id: str, year: int) -> corpus.Row:
    """A contract of a year, with nothing else of interest."""
    day = datetime.date(year, 1, 1)
    parts = (id, id, "题", None, None, PARTY, (PARTY,), None, "CNY", day, None, None, None, None)
    return corpus.Row(*parts, "unknown", 0, (), id)


def rows(counts: dict[int, int]) -> tuple[corpus.Row, ...]:
    """So many contracts of each year, newest first."""
    years = sorted(counts, reverse=True)
    return tuple(row(f"{year}-{n:05}", year) for year in years for n in range(counts[year]))


def test_each_contract_is_in_one_shard_that_is_not_too_large() -> None:
    """Every contract once, the newest shard first, none much larger than it may be."""
    given = rows({2026: 2500, 2025: 200, 2024: 30, 2023: 20, 2021: 100})
    divided = shards.divide(given)
    assert sorted(shards.ordered(divided)) == sorted(given)
    assert all(len(one.rows) < shards.MOST * 1.3 for one in divided)
    assert [one.name for one in divided][-2:] == ["2025-0", "2021-2024-0"]
    assert len({one.name for one in divided}) == len(divided)
    for one in divided:
        assert list(one.rows) == sorted(one.rows, key=lambda row: (-row.signed.toordinal(), row.id))


def test_a_new_contract_changes_one_shard() -> None:
    """The other shards hold what they held."""
    given = list(rows({2026: 860, 2025: 210, 2024: 210, 2023: 60}))
    before = {one.name: one.rows for one in shards.divide(tuple(given))}
    given.insert(random.Random(1).randrange(860), row("new", 2026))
    after = {one.name: one.rows for one in shards.divide(tuple(given))}
    assert before.keys() == after.keys()
    assert sum(before[name] != after[name] for name in after) == 1


def test_a_small_site_has_one_shard() -> None:
    """Years with few contracts share a shard."""
    assert len(shards.divide(rows({2026: 3, 2025: 40, 2020: 7}))) == 1
    assert shards.divide(()) == ()
