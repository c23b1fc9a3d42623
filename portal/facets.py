"""Ways to divide the contracts: by agency, vendor, year, region, method and category."""

import collections
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from portal import corpus, digest
from portal.spelling import Speller


@dataclass(frozen=True, slots=True)
class Facet:
    """One part of a division: where it lives, what it is called, its contracts newest first."""

    slug: str
    name: str
    rows: tuple[corpus.Row, ...]
    totals: corpus.Totals

    @property
    def digest(self) -> str:
        return digest.of(self.slug, self.name, *(row.digest for row in self.rows))


@dataclass(frozen=True, slots=True)
class Share:
    """A line of a list or table: a part's name, its address slug, what it comes to."""

    slug: str
    name: str
    totals: corpus.Totals


KINDS: Mapping[str, Callable[[corpus.Row], str | None]] = {
    "year": lambda row: str(row.signed.year),
    "region": lambda row: row.region,
    "method": lambda row: row.method,
    "category": lambda row: row.category,
}
"""The divisions that have pages of their own, beside agencies and vendors."""


def divide(
    rows: Iterable[corpus.Row], kind: str, slugs: Mapping[tuple[str, str], str]
) -> tuple[Facet, ...]:
    """The contracts by one division; a contract without the fact is in none of its parts.

    The parts come in the order of `slugs`, which gives their addresses.
    """
    parts: dict[str, list[corpus.Row]] = collections.defaultdict(list)
    for row in rows:
        name = KINDS[kind](row)
        if name is not None:
            parts[name].append(row)
    order = [name for each, name in slugs if each == kind and name in parts]
    return tuple(_facet(slugs[kind, name], name, parts[name]) for name in order)


@functools.lru_cache(maxsize=1)
def divisions(register: corpus.Corpus) -> Mapping[str, tuple[Facet, ...]]:
    """By kind: the parts of each division of a register. All pages that ask share them."""
    return {kind: divide(register.rows, kind, register.slugs) for kind in KINDS}


class Side(NamedTuple):
    """The agencies or the vendors of a register; by id, the contracts of each and their totals."""

    role: corpus.Role
    known: Mapping[str, corpus.Organisation]
    parts: Mapping[str, list[corpus.Row]]
    totals: Mapping[str, corpus.Totals]

    @property
    def shares(self) -> tuple[Share, ...]:
        """Those that have contracts, the greatest value first."""
        found = (Share(id, self.known[id].fact.name, self.totals[id]) for id in self.parts)
        return by_value(tuple(found))


@functools.lru_cache(maxsize=1)
def sides(register: corpus.Corpus) -> tuple[Side, Side]:
    """Both sides of a register, shared in the same way."""
    return (
        _side("agency", register.agencies, by_agency(register.rows)),
        _side("vendor", register.vendors, by_vendor(register.rows)),
    )


def _side(
    role: corpus.Role,
    known: Mapping[str, corpus.Organisation],
    parts: Mapping[str, list[corpus.Row]],
) -> Side:
    return Side(role, known, parts, {id: corpus.totals(parts.get(id, ())) for id in known})


def slugs(rows: Iterable[corpus.Row], spell: Speller) -> dict[tuple[str, str], str]:
    """The address of every part of every division: pinyin, or the year as it stands.

    Of two names that sound alike, the one whose contracts began earlier has the plain address,
    which it had before the other came; the other's ends in a digest of the name.
    """
    found: dict[tuple[str, str], str] = {}
    taken: set[tuple[str, str]] = set()
    for row in sorted(rows, key=lambda row: (row.signed, row.id)):
        for kind, part in KINDS.items():
            name = part(row)
            if name is None or (kind, name) in found:
                continue
            slug = name if kind == "year" else spell(name).slug
            if (kind, slug) in taken:
                slug = f"{slug}-{digest.raw(name.encode())[:6]}"
            taken.add((kind, slug))
            found[kind, name] = slug
    names = sorted(found, key=lambda one: (one[0], spell(one[1]).order))
    years = sorted((one for one in names if one[0] == "year"), reverse=True)
    return {one: found[one] for one in (*years, *(one for one in names if one[0] != "year"))}


def years(rows: Iterable[corpus.Row]) -> tuple[Facet, ...]:
    """The contracts by the year of signing, newest first."""
    rows = tuple(rows)
    found = sorted({str(row.signed.year) for row in rows}, reverse=True)
    return divide(rows, "year", {("year", name): name for name in found})


def _facet(slug: str, name: str, rows: list[corpus.Row]) -> Facet:
    return Facet(slug, name, tuple(rows), corpus.totals(rows))


@dataclass(frozen=True, slots=True)
class Bar:
    """A share with the length of its bar: thousandths of the longest, by value in `currency`.

    The length is None when nothing is in that currency.
    """

    share: Share
    currency: str
    length: int | None


def bars(shares: tuple[Share, ...]) -> tuple[Bar, ...]:
    """The shares of a table with the bars of its chart, all in the table's main currency."""
    currency = main_currency(tuple(one.totals for one in shares))
    amounts = [dict(one.totals.sums).get(currency) for one in shares]
    longest = max((amount for amount in amounts if amount is not None), default=None)
    return tuple(
        Bar(one, currency, None if amount is None or not longest else int(1000 * amount / longest))
        for one, amount in zip(shares, amounts, strict=True)
    )


def share(facet: Facet) -> Share:
    return Share(facet.slug, facet.name, facet.totals)


def by_agency(rows: Iterable[corpus.Row]) -> dict[str, list[corpus.Row]]:
    """The contracts of each agency, by its id."""
    parts: dict[str, list[corpus.Row]] = collections.defaultdict(list)
    for row in rows:
        parts[row.agency.id].append(row)
    return parts


def by_vendor(rows: Iterable[corpus.Row]) -> dict[str, list[corpus.Row]]:
    """The contracts of each vendor, by its id; a contract counts for every vendor in it."""
    parts: dict[str, list[corpus.Row]] = collections.defaultdict(list)
    for row in rows:
        for vendor in row.vendors:
            parts[vendor.id].append(row)
    return parts


def counterparties(rows: Iterable[corpus.Row], role: str) -> tuple[Share, ...]:
    """The other side of an organisation's contracts, the greatest value first.

    A joint contract counts for each vendor in it.
    """
    parts: dict[corpus.Party, list[corpus.Row]] = collections.defaultdict(list)
    for row in rows:
        for party in row.vendors if role == "agency" else (row.agency,):
            parts[party].append(row)
    shares = (Share(party.id, party.name, corpus.totals(found)) for party, found in parts.items())
    return by_value(tuple(shares))


def by_value(shares: tuple[Share, ...]) -> tuple[Share, ...]:
    """The shares, the greatest value first, in the currency that stands in most of them."""
    main = main_currency(tuple(share.totals for share in shares))
    return tuple(
        sorted(
            shares,
            key=lambda one: (-dict(one.totals.sums).get(main, 0), -one.totals.count, one.slug),
        )
    )


def main_currency(parts: tuple[corpus.Totals, ...]) -> str:
    """The currency that stands in most of the parts; the first by code among equals."""
    count = collections.Counter(code for part in parts for code, _ in part.sums)
    return min(count, key=lambda code: (-count[code], code), default="")
