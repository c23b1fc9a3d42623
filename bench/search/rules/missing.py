"""Queries for what is not there."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from bench import vocabulary as words
from bench.search import meaning, texts
from bench.search.register import squeeze
from bench.search.rules.pick import Made, Pick, rule


def _missing(pick: Pick, queries: Iterator[str]) -> Made:
    return next(one for one in queries if not meaning.exists(pick.register, one)), {}


@rule
def _no_vendor(pick: Pick) -> Made:
    """The name of a vendor with another brand."""
    parts, source = texts.parts(pick.vendor), pick.source
    brands = ("".join(source.choices(words.BRANDS, k=2)) for _ in iter(int, 1))
    return _missing(pick, (f"{parts.province}{one}{parts.trade}{parts.form}" for one in brands))


@rule
def _no_brand(pick: Pick) -> Made:
    """A brand and trade that no vendor has."""
    trades = (pick.source.choice(words.TRADES) for _ in iter(int, 1))
    brand = texts.parts(pick.vendor).brand
    return _missing(pick, (f"{brand[::-1]}{trade}" for trade in trades))


@rule
def _no_agency(pick: Pick) -> Made:
    """An agency of a place that has another one."""
    place, rank, _ = texts.seat(pick.agency)
    bodies = (pick.source.choice(words.BODIES) for _ in iter(int, 1))
    return _missing(pick, (f"{place}{rank}{body}" for body in bodies))


def _otherwise(pick: Pick, number: str) -> Iterator[str]:
    """A number with one digit changed."""
    places = [at for at, sign in enumerate(number) if sign.isdigit()]
    while True:
        at, digit = pick.source.choice(places), pick.source.choice("0123456789")
        yield number[:at] + digit + number[at + 1 :]


@rule
def _no_number(pick: Pick) -> Made:
    return _missing(pick, _otherwise(pick, pick.contract.numbers[0]))


@rule
def _no_tender(pick: Pick) -> Made:
    return _missing(pick, _otherwise(pick, pick.tender))


def _more(pick: Pick, write: Callable[[Any], str]) -> Made:
    """A yuan more than the value of a contract of a million or more."""
    for one in pick.contracts():
        amount = int(one.amounts[0]) + 1
        if amount > 1_000_000 and not meaning.is_figure(pick.register, Decimal(amount)):
            return write(amount), {}
    raise LookupError


@rule
def _no_amount(pick: Pick) -> Made:
    ways = (str, "{:,}.00".format, "¥{:,}".format, "{}元".format)
    return _more(pick, pick.one(ways))


@rule
def _no_wan(pick: Pick) -> Made:
    return _more(pick, lambda amount: f"{amount / 10000:.4f}万")


@rule
def _no_phrase(pick: Pick) -> Made:
    """How one clause of a contract begins and another ends."""
    one, source = pick.contract, pick.source
    several = (texts.clause(one, source, range(10, 15)) for _ in iter(int, 1))
    plain = (clause for clause in several if not re.search("[0-9%]", clause))
    pairs = zip(plain, plain, strict=True)
    return _missing(pick, (first[:6] + second[-5:] for first, second in pairs))


@rule
def _no_terms(pick: Pick) -> Made:
    """A vendor, and a phrase that stands only where the vendor has no part."""
    for one in pick.contracts():
        phrase = texts.clause(one, pick.source, range(10, 16))
        short = texts.parts(pick.vendor).short
        meant = {"all": [{"text": short}, {"text": phrase}]}
        if squeeze(phrase) and not meaning.answers(pick.register, meant):
            return f"{short} {phrase}", {}
    raise LookupError
