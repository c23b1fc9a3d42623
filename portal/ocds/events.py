"""What happened to a contract after it was signed, each with what it changes in the data."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from portal import exact
from portal.exact import Json
from portal.ocds import parties, terms
from portal.ocds.publisher import Publisher

ENDED = ("completed", "terminated")


class Event(NamedTuple):
    """A day, the name of the event among those of its contract, its tag, and what it changes."""

    day: str
    name: str
    tag: str
    contract: Json


def events(record: Json, by: Publisher) -> list[Event]:
    """What happened, in its order; of one day amendments come first, the end comes last."""
    found = [*_amendments(record, by), *_payments(record, by)]
    last = max((event.day for event in found), default=record["signed"])
    return sorted([*found, *_end(record, last, by)], key=lambda event: event.day)


def _amendments(record: Json, by: Publisher) -> Iterator[Event]:
    """Each amendment by its day, with the value that it left the contract at."""
    amendments = sorted(record.get("amendments", ()), key=lambda one: str(one["date"]))
    numbers = [one.get("number") for one in amendments]
    amount, seen = record["value"].get("amount"), dict.fromkeys("", 0)
    for one in amendments:
        day, change, number = one["date"], one.get("value_change"), one.get("number")
        seen[day] = seen.get(day, 0) + 1
        name = day if seen[day] == 1 else f"{day}-{seen[day]}"
        if amount is not None and change is not None:
            amount = Decimal(amount) + change
        amendment = exact.told(
            id=number if numbers.count(number) == 1 and number else name,
            date=by.time(day),
            rationale=one["reason"],
            description=one.get("term_change"),
            valueChange=terms.value(record, change),
            endDate=by.time(one["end"]) if "end" in one else None,
        )
        changed = exact.told(
            **terms.ids(record),
            period={"endDate": by.time(one["end"])} if "end" in one else None,
            value=terms.value(record, None if change is None else amount),
            amendments=[amendment],
        )
        yield Event(day, f"amendment-{name}", "contractAmendment", changed)


class _Paid(NamedTuple):
    """A payment that was made: its day, id, and the amount; of which milestone, and its state."""

    day: str
    id: str
    amount: Decimal
    milestone: Json


def _payments(record: Json, by: Publisher) -> Iterator[Event]:
    """What was paid, by day, and how far each instalment has come by it."""
    paid = sorted(_paid(record, by), key=lambda one: one.day)
    for number, day in enumerate(dict.fromkeys(one.day for one in paid)):
        today = [one for one in paid if one.day == day]
        states = {one.milestone["id"]: one.milestone for one in today}
        changed = exact.told(
            **terms.ids(record),
            milestones=list(states.values()),
            implementation={"transactions": [_transaction(one, record, by) for one in today]},
        )
        tag = "implementationUpdate" if number else "implementation"
        yield Event(day, f"implementation-{day}", tag, changed)


def _paid(record: Json, by: Publisher) -> Iterator[_Paid]:
    for at, payment in enumerate(record.get("payments", ()), start=1):
        due, total = payment.get("amount"), Decimal(0)
        made = sorted(payment.get("paid", ()), key=lambda one: str(one["date"]))
        for number, one in enumerate(made, start=1):
            total += one["amount"]
            state: Json = {"id": str(at)}
            if due is not None and total >= due:
                state |= {"status": "met", "dateMet": by.time(one["date"])}
            elif due is not None:
                state |= {"status": "partiallyMet"}
            yield _Paid(one["date"], f"{at}-{number}", one["amount"], state)


def _transaction(one: _Paid, record: Json, by: Publisher) -> Json:
    return exact.told(
        id=one.id,
        date=by.time(one.day),
        value=terms.value(record, one.amount),
        payer=parties.buyer(record),
        payee=parties.payee(record),
        relatedMilestone=one.milestone["id"],
    )


def _end(record: Json, last: str, by: Publisher) -> Iterator[Event]:
    """The end; where its day is not stated, it is told with what happened last."""
    status = record.get("status", {})
    if status.get("state") not in ENDED:
        return
    day = status.get("date")
    implementation = exact.told(
        endDate=by.time(day) if day else None, endDateDetails=status.get("reason")
    )
    changed = exact.told(
        **terms.ids(record),
        status="terminated",
        statusDetails=status["state"],
        implementation=implementation,
    )
    yield Event(day or last, "termination", "contractTermination", changed)
