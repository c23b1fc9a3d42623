"""The facts that answer names, numbers, values and facets at once, as files for the browser.

Each is packed (gzip) so that it is small on every host, and the same bytes everywhere; all are JSON
but the columns, which are bytes.
"""

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from portal import corpus, gzipped, pinyin, spelling, traditional, urls
from portal.artifact import Artifact
from portal.search import shards, twin

PACK = 4
"""Contracts in one file of rows: a page of results takes a few of them."""
NEWEST = 20
"""Contracts of an organisation whose rows lie in one file as well: a page of its results."""
BANDS = tuple(Decimal(one) for one in "100000 500000 1000000 5000000 10000000 50000000".split())
"""Values that divide the facet of values; what is withheld comes after the last band."""
EPOCH = datetime.date(1970, 1, 1).toordinal()


def plan(register: corpus.Corpus, divided: tuple[shards.Shard, ...]) -> Iterator[Artifact]:
    """The files of names, sounds, Traditional signs, columns, amounts and rows."""
    sides = (tuple(register.agencies.values()), tuple(register.vendors.values()))
    rows = shards.ordered(divided)
    places = tuple(tuple(side) for side in (register.agencies, register.vendors))
    yield Artifact(urls.search_file("names.json.gz"), names, sides)
    yield Artifact(urls.search_file("sounds.json.gz"), sounds, sides)
    yield Artifact(urls.search_file("signs.json.gz"), signs, ())
    yield Artifact(urls.search_file("columns.bin.gz"), columns, (rows, *places))
    yield Artifact(urls.search_file("amounts.json.gz"), amounts, (rows,))
    for shard in divided:
        for start in range(0, len(shard.rows), PACK):
            path = urls.search_file(f"rows/{shard.name}-{start // PACK}.json.gz")
            yield Artifact(path, pack, (shard.rows[start : start + PACK],))
    for (kind, id), found in newest(rows).items():
        yield Artifact(urls.search_file(f"newest/{kind}/{id}.json.gz"), pack, (found,))


def newest(rows: Sequence[corpus.Row]) -> dict[tuple[str, str], tuple[corpus.Row, ...]]:
    """The newest rows of each organisation by kind and id, if they are more than one pack.

    Of one day, those of lower ordinals come first: the browser knows so which contract is which.
    """
    sides: dict[tuple[str, str], list[corpus.Row]] = {}
    for row in sorted(rows, key=lambda row: row.signed, reverse=True):
        parties = (("agency", row.agency), *(("vendor", one) for one in row.vendors))
        for kind, one in dict.fromkeys(parties):
            sides.setdefault((kind, one.id), []).append(row)
    return {key: tuple(found[:NEWEST]) for key, found in sides.items() if len(found) > PACK}


def packed(value: Any) -> bytes:
    """A value as JSON in gzip."""
    return gzipped.compress(_json(value))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def names(agencies: Sequence[corpus.Organisation], vendors: Sequence[corpus.Organisation]) -> bytes:
    """Every organisation: id, name, other names, identifier."""
    return packed(
        {
            side: [_named(one) for one in found]
            for side, found in (("agency", agencies), ("vendor", vendors))
        }
    )


def _named(one: corpus.Organisation) -> list[Any]:
    fact = one.fact
    others = list(fact.names[1:])
    if fact.identifier is not None:
        return [fact.id, fact.name, others, fact.identifier]
    return [fact.id, fact.name, others] if others else [fact.id, fact.name]


def sounds(
    agencies: Sequence[corpus.Organisation], vendors: Sequence[corpus.Organisation]
) -> bytes:
    """The syllables of every name, beside `names`."""
    return packed(
        {
            side: [[*_sounds(one)] for one in found]
            for side, found in (("agency", agencies), ("vendor", vendors))
        }
    )


def _sounds(one: corpus.Organisation) -> Iterator[str]:
    """The syllables of each name; of the first they are known from its place in lists."""
    first, *others = one.fact.names
    yield spelling.sounds(one.order, first)
    yield from (" ".join(pinyin.syllables(name)) for name in others)


def signs() -> bytes:
    """Traditional signs and the simplified ones, sign by sign."""
    table = traditional.table()
    return packed({"from": "".join(map(chr, table)), "to": "".join(table.values())})


def columns(rows: Sequence[corpus.Row], agencies: Sequence[str], vendors: Sequence[str]) -> bytes:
    """What facets and sorting need of each contract, by ordinal: a line of JSON, then columns.

    A number has as many bytes as its column's greatest one; the lowest bytes of all contracts come
    first, then the next ones (planes pack to two thirds of what JSON packs to). The days of signing
    are steps from one contract to the next, `first` is the day before the first step, counted from
    1970; a step n is 2n, or -2n - 1 where it goes back. A value of few different ones is its place
    among the `names`, from 1 on, or 0 where there is none; of a region one more, and 0 where it is
    that of the agency's contract before. `more` are the vendors after the first.
    """
    buyers = {id: at for at, id in enumerate(agencies)}
    sellers = {id: at for at, id in enumerate(vendors)}
    days = [row.signed.toordinal() - EPOCH for row in rows]
    first = days[0] if days else 0
    steps = [b - a for a, b in zip((first, *days), days, strict=False)]
    told = {
        "region": _told(row.region for row in rows),
        "method": _told(row.method for row in rows),
        "category": _told(row.category for row in rows),
        "state": _told(row.state for row in rows),
    }
    found = {
        "agency": [buyers[row.agency.id] for row in rows],
        "vendor": [sellers[row.vendors[0].id] for row in rows],
        "signed": [2 * one if one >= 0 else -2 * one - 1 for one in steps],
        "band": [band(row.amount) for row in rows],
        **{name: places for name, (_, places) in told.items()},
    }
    found["region"] = _repeated(found["agency"], found["region"])
    planes = {name: _planes(places) for name, places in found.items()}
    others = [[sellers[one.id] for one in row.vendors[1:]] for row in rows]
    head = {
        "count": len(rows),
        "planes": {name: len(each) for name, each in planes.items()},
        "names": {name: names for name, (names, _) in told.items()},
        "more": {at: each for at, each in enumerate(others) if each},
        "first": first,
    }
    each = (plane for several in planes.values() for plane in several)
    return gzipped.planes((_json(head) + b"\n", *each))


def _repeated(groups: Sequence[int], numbers: Sequence[int]) -> list[int]:
    """Each number as one more, or 0 where it is the one before in its group."""
    before: dict[int, int] = {}
    found = []
    for group, number in zip(groups, numbers, strict=True):
        found.append(0 if before.get(group) == number else number + 1)
        before[group] = number
    return found


def _planes(numbers: Sequence[int]) -> list[bytes]:
    """The bytes of the numbers, the lowest ones first; at least one plane."""
    size = max(1, (max(numbers, default=0).bit_length() + 7) // 8)
    return [bytes(one >> 8 * plane & 255 for one in numbers) for plane in range(size)]


def _told(values: Iterable[str | None]) -> tuple[list[str], list[int]]:
    """A column of few different values: which there are, and the place of each, 0 for none."""
    found = tuple(values)
    there = sorted({one for one in found if one is not None})
    places: dict[str | None, int] = {one: at for at, one in enumerate(there, start=1)}
    return there, [places.get(one, 0) for one in found]


def band(amount: Decimal | None) -> int:
    """The band of a value: how many of `BANDS` it reaches; one more than all when withheld."""
    if amount is None:
        return len(BANDS) + 1
    return sum(amount >= one for one in BANDS)


def amounts(rows: Sequence[corpus.Row]) -> bytes:
    """The value of each contract as signed, by ordinal; null where it is withheld."""
    return gzipped.planes([_json([_number(row.amount) for row in rows])])


def _number(amount: Decimal | None) -> int | float | None:
    """An amount for comparing only: what is shown comes from the rows, as text."""
    if amount is None:
        return None
    return int(amount) if amount == int(amount) else float(amount)


def pack(rows: Sequence[corpus.Row]) -> bytes:
    """What results show of a few contracts."""
    return packed([_shown(row) for row in rows])


def _shown(row: corpus.Row) -> list[Any]:
    return [
        row.id,
        row.title,
        twin.numbers(row),
        row.agency.id,
        [one.id for one in row.vendors],
        None if row.amount is None else f"{row.amount:f}",
        row.currency,
        row.signed.isoformat(),
        row.state,
        row.amendments,
    ]
