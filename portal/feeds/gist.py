"""What a contract comes to, in one line: for feeds, and for what pages say of themselves."""

from collections.abc import Callable
from decimal import Decimal

from portal import chronicle, corpus, render, strings

ENDS = ("completed", "terminated", "withdrawn")
"""States that are news; the others say nothing that a reader would wait for."""


def contract(language: str, row: corpus.Row) -> str:
    """Parties, value and days of a contract, whether it was amended, and whether it has ended."""
    say = render.say(language)
    parts = [
        *_parties(say, row),
        _part(say, "contract.value", value(language, row.amount, row.currency)),
        _part(say, "contract.signed", render.day(language, row.signed)),
    ]
    if row.announced is not None:
        parts.append(_part(say, "contract.announced", render.day(language, row.announced)))
    if row.amendments:
        parts.append(say("rows.amended", n=row.amendments))
    if row.state in ENDS:
        parts.append(say(f"status.{row.state}"))
    return say("gist.join").join(parts)


def change(language: str, row: corpus.Row, one: corpus.Change) -> str:
    """The parties of a contract, and what happened to it: the day, the money, the reason.

    Of a withdrawn contract the value is not told: it is no longer published.
    """
    say = render.say(language)
    parts = [*_parties(say, row)]
    if one.kind != "withdrawn":
        told = value(language, row.amount, row.currency)
        parts.append(_part(say, "contract.value_signed", told))
    parts.append(_part(say, f"gist.{one.kind}", render.day(language, one.day)))
    if one.amount is not None:
        sign = "+" if one.amount > 0 else ""
        told = sign + render.money(language, one.amount, row.currency)
        parts.append(_part(say, "amendments.value", told))
    if one.reason is not None:
        key = "gist.facts" if one.kind == corpus.CORRECTED else "amendments.reason"
        parts.append(_part(say, key, one.reason))
    return say("gist.join").join(parts)


def fact(language: str, one: chronicle.Difference) -> str:
    """What a fact that changed is called, with the number of the thing that it belongs to."""
    say, words = render.say(language), strings.of(language)
    top, *parts = one.field.split(".")
    own = words.get(f"history.field.{one.field.replace('.', '_')}")
    name = say(f"history.field.{top}") if own is None else own
    if one.place:
        name = say("history.numbered", name=name, n=one.place)
    if own is not None:
        return name
    return say("history.part_of", name=name, part=say(f"history.part.{parts[-1]}"))


def organisation(language: str, one: corpus.Organisation, totals: corpus.Totals) -> str:
    """What an organisation is to this register, and what its contracts come to, by currency."""
    say = render.say(language)
    parts = [say(f"gist.{one.role}_contracts", name=one.fact.name, n=totals.count)]
    for currency, amount in totals.sums:
        money = render.money(language, amount, currency)
        parts.append(_part(say, "contract.value", money))
    if totals.withheld:
        parts.append(say("totals.also_withheld", n=totals.withheld))
    return say("gist.join").join(parts)


def value(language: str, amount: Decimal | None, currency: str) -> str:
    """An amount with its currency; one that is withheld is said to be."""
    if amount is None:
        return render.say(language)("rows.withheld")
    return render.money(language, amount, currency)


def _parties(say: Callable[..., str], row: corpus.Row) -> tuple[str, str]:
    vendors = say("gist.names").join(one.name for one in row.vendors)
    return _part(say, "contract.agency", row.agency.name), _part(say, "contract.vendor", vendors)


def _part(say: Callable[..., str], key: str, value: str) -> str:
    return say("gist.part", name=say(key), value=value)
