"""Instalments of a contract: from milestones with amounts, else from what was paid."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from portal.intake.ocds import amendments, scalars
from portal.intake.ocds.reading import Reading
from portal.intake.ocds.tidy import Json


class Paid(NamedTuple):
    """Money that has moved: its fact, and the milestone that it was for."""

    fact: dict[str, str]
    milestone: str | None


def read(merged: Json, value: Mapping[str, Any], reading: Reading) -> list[dict[str, Any]]:
    """The payments of a contract's file.

    The standard's milestones bear no amounts, and its transactions are what was paid. So where our
    extension does not say more there is one instalment, the whole value, with all that was paid of
    it; and the milestones go into the notes.
    """
    work = merged.get("implementation") or {}
    milestones = (*scalars.listed(merged, "milestones"), *scalars.listed(work, "milestones"))
    paid = [one for one in (_paid(each, value, reading) for each in _moved(work)) if one]
    priced = [one for one in milestones if "value" in one or "percent" in one]
    found = [_instalment(one, paid, reading) for one in priced]
    for one in milestones:
        if one not in priced:
            _note(one, reading)
    ids = {one.get("id") for one in priced}
    loose = [one.fact for one in paid if one.milestone not in ids]
    if loose and not found and "amount" in value:
        label = reading.words["import-ocds.whole-value"]
        return [{"label": label, "amount": value["amount"], "paid": loose}]
    for each in loose:
        reading.note("transaction", f"{each['date']} {each['amount']}")
    return found


def _moved(work: Json) -> list[Json]:
    return scalars.listed(work, "transactions")


def _paid(one: Json, value: Mapping[str, Any], reading: Reading) -> Paid | None:
    """What was paid; without amount or day, or in another currency, it goes into the notes."""
    given = one.get("value") or one.get("amount")
    money = amendments.money(given if isinstance(given, dict) else None, reading.seen)
    day = reading.day(one, "date")
    amount = money.amount if money is not None else None
    currency = money.currency if money is not None else None
    if amount is not None and day is not None and currency in (None, value.get("currency")):
        fact = {"date": day.isoformat(), "amount": amendments.written(amount)}
        return Paid(fact, reading.line(one, "relatedMilestone"))
    reading.seen["transaction-apart"] += 1
    shown = (str(day or ""), "" if amount is None else f"{amount:f}", currency or "")
    reading.note("transaction", " ".join(part for part in shown if part) or None)
    return None


def _instalment(one: Json, paid: list[Paid], reading: Reading) -> dict[str, Any]:
    """A milestone with an amount or a share, as our extension has it."""
    given = one.get("value")
    money = amendments.money(given if isinstance(given, dict) else None, reading.seen)
    amount = money.amount if money is not None else None
    percent, due = one.get("percent"), reading.day(one, "dueDate")
    found = {
        "label": reading.line(one, "title") or reading.line(one, "id"),
        "amount": None if amount is None else amendments.written(amount),
        "percent": f"{percent:f}" if isinstance(percent, Decimal) else percent,
        "condition": reading.text(one, "description"),
        "due": due and due.isoformat(),
        "paid": [each.fact for each in paid if each.milestone == one.get("id")],
    }
    return {name: each for name, each in found.items() if each not in (None, [])}


def _note(one: Json, reading: Reading) -> None:
    """A milestone as a line of the notes: what it is about, when it is due, how it stands."""
    due, met = reading.day(one, "dueDate"), reading.day(one, "dateMet")
    parts = (
        reading.line(one, "title"),
        reading.line(one, "description"),
        due and reading.words["import-ocds.due"].format(day=due),
        met and reading.words["import-ocds.met"].format(day=met),
        reading.line(one, "status"),
    )
    found = [str(part) for part in parts if part]
    if found:
        reading.note("milestone", "; ".join(found))
