"""Queries for numbers, amounts and days."""

from collections.abc import Callable
from typing import Any

from bench.search.rules.pick import RULES, Made, Pick, rule, wide
from portal import amounts

# Numbers


def _number(pick: Pick) -> tuple[str, str, str]:
    """The head, year and serial of a contract's own number."""
    head, year, serial = pick.contract.numbers[0].split("-")
    return head, year, serial


@rule
def _number_whole(pick: Pick) -> Made:
    return pick.contract.numbers[0], {"number": pick.contract.numbers[0]}


@rule
def _tender_whole(pick: Pick) -> Made:
    return pick.tender, {"number": pick.tender}


@rule
def _number_tail(pick: Pick) -> Made:
    _, year, serial = _number(pick)
    return f"{year}-{serial}", {"number": f"{year}-{serial}"}


@rule
def _number_inner(pick: Pick) -> Made:
    head, year, serial = _number(pick)
    part = f"{head[2:]}-{year}-{serial[0]}"
    return part, {"number": part}


@rule
def _tender_tail(pick: Pick) -> Made:
    part = pick.tender.partition("-")[2]
    return part, {"number": part}


def _variant(write: Callable[[str, str, str], str]) -> Callable[[Pick], Made]:
    def make(pick: Pick) -> Made:
        return write(*_number(pick)), {"number": pick.contract.numbers[0]}

    return make


def _tender_variant(write: Callable[[str], str]) -> Callable[[Pick], Made]:
    return lambda pick: (write(pick.tender), {"number": pick.tender})


RULES |= {
    "number_brackets": _variant(lambda head, year, serial: f"{head}〔{year}〕{serial}号"),
    "number_square": _variant(lambda head, year, serial: f"{head}[{year}]{serial}"),
    "number_round": _variant(lambda head, year, serial: f"{head}（{year}）{serial}号"),
    "number_spaces": _variant(lambda head, year, serial: f"{head} {year} {serial}"),
    "number_wide": _variant(lambda head, year, serial: wide(f"{head}-{year}-{serial}")),
    "tender_lower": _tender_variant(lambda number: number.lower()),
    "tender_joined": _tender_variant(lambda number: number.replace("-", "")),
    "tender_spaces": _tender_variant(lambda number: number.replace("-", " ")),
}


@rule
def _number_wrong(pick: Pick) -> Made:
    """The sign of the province is another, and no contract has that number."""
    head, year, serial = _number(pick)
    numbers = {number for one in pick.register.contracts for number in one.numbers}
    while True:
        query = f"{pick.source.choice('贵闽琼陇藏')}{head[1:]}-{year}-{serial}"
        if query not in numbers:
            return query, {"alike": query}


# Amounts and days


def _amount(write: Callable[[Any], str]) -> Callable[[Pick], Made]:
    """The value of a contract in whole yuan, written in some way."""

    def make(pick: Pick) -> Made:
        several = (one.amounts[0] for one in pick.contracts())
        amount = next(one for one in several if one == int(one))
        return write(amount), {"amount": str(amount)}

    return make


RULES |= {
    "amount_plain": _amount(lambda amount: f"{amount:.0f}"),
    "amount_grouped": _amount(amounts.group),
    "amount_sign": _amount(lambda amount: f"¥{amount:,.0f}"),
    "amount_yuan": _amount(lambda amount: f"{amount:.0f}元"),
    "amount_capitals": _amount(amounts.write),
    "amount_wan": _amount(lambda amount: f"{amount / 10000:f}".rstrip("0").rstrip(".") + "万元"),
    "amount_wide": _amount(lambda amount: wide(f"{amount:.0f}")),
}


@rule
def _amount_cents(pick: Pick) -> Made:
    amount = next(one.amounts[0] for one in pick.contracts() if one.amounts[0] % 1)
    return amounts.group(amount), {"amount": str(amount)}


def _instalment(pick: Pick) -> Any:
    """An instalment of some size: small ones are also other numbers."""
    several = (amount for one in pick.contracts() for amount in one.instalments)
    return next(amount for amount in several if amount > 20_000)


@rule
def _instalment_plain(pick: Pick) -> Made:
    amount = _instalment(pick)
    return f"{amount:.2f}".removesuffix(".00"), {"instalment": str(amount)}


@rule
def _instalment_grouped(pick: Pick) -> Made:
    amount = _instalment(pick)
    return amounts.group(amount), {"instalment": str(amount)}


@rule
def _day_written(pick: Pick) -> Made:
    day = pick.contract.signed
    return f"{day.year}年{day.month}月{day.day}日", {"day": day}


@rule
def _day_figures(pick: Pick) -> Made:
    day = pick.contract.signed
    return day.isoformat(), {"day": day}
