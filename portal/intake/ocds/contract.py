"""The facts of one contract, read off its contracting process."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from portal import corpus
from portal.intake.ocds import (
    amendments,
    documents,
    items,
    judging,
    organisations,
    payments,
    process,
    procurement,
    scalars,
    standing,
    withheld,
)
from portal.intake.ocds.reading import Reading
from portal.intake.ocds.tidy import Json
from portal.intake.ocds.unfit import Unfit

NOTES_AT_MOST = 19_000


class Found(NamedTuple):
    """A contract's facts, and the parties that they name: role and mention."""

    facts: dict[str, Any]
    parties: tuple[tuple[corpus.Role, organisations.Mention], ...]
    signed: datetime.date | None
    public: frozenset[str]
    """Words of classifications, which speak of nobody."""


def read(contract: process.Contract, reading: Reading) -> Found:
    """The facts of a contract; Unfit where it cannot be one of the register's."""
    merged, whole, seen = contract.merged, contract.whole, reading.seen
    award = process.award(contract, seen)
    told = amendments.story(contract, seen)
    signed = reading.day(merged, "dateSigned")
    if signed is None:
        _never_signed(merged)
        seen["no-date-signed"] += 1
    hidden = withheld.read(contract, reading.words, seen)
    value = _value(told, hidden, reading)
    value |= _stated({"capitals": reading.line(award, "valueInWords")})
    bought = items.read(merged, award, value.get("currency"), reading)
    parties = tuple(_parties(contract, award, reading))
    announced = reading.day(merged, "dateAnnounced")
    facts = {
        "title": _title(contract, award, bought, reading),
        "number": _number(contract, reading),
        "procurement": procurement.read(contract, award, parties, reading),
        "agency": next((reading.reference(*one) for one in parties if one[0] == "agency"), None),
        "vendors": [reading.reference(*one) for one in parties if one[0] == "vendor"],
        "value": value,
        "signed": signed and signed.isoformat(),
        "announced": announced and announced.isoformat(),
        "term": standing.term(merged, told, reading),
        "place": reading.line(merged, "place"),
        "region": reading.line(merged, "region") or _region(contract, reading),
        "category": items.category(merged, whole, bought, reading),
        "status": standing.status(contract, told, reading),
        "items": [items.shown(one) for one in bought],
        "payments": payments.read(merged, value, reading),
        "assessment": judging.assessment(merged, reading),
        "penalties": judging.penalties(merged, reading),
        "amendments": amendments.facts(contract, told.changes, reading.words, seen),
        "documents": list(documents.read(merged, award, reading)),
        "redactions": hidden.redactions,
    }
    id = documents.own_id(merged)
    facts["aliases"] = [contract.id] if id not in (None, contract.id) else []
    facts["notes"] = _notes(contract, award, str(facts["title"]), hidden, reading)
    public = frozenset(one[items.CLASS] for one in bought if one[items.CLASS])
    return Found(_stated(facts), parties, signed, public)


def _notes(
    contract: process.Contract, award: Json, title: str, hidden: withheld.Hidden, reading: Reading
) -> str:
    """What no field holds. A portal's own notes come back as they were."""
    merged, tender = contract.merged, contract.whole.get("tender")
    is_ours = documents.is_portal(merged)
    told_before = {title, None}
    for label, holder, key in (
        ("description", merged, "description"),
        ("award", award, "description"),
        ("tender", tender, "description"),
        ("rationale", tender, "procurementMethodRationale"),
        ("status", merged, "statusDetails"),
    ):
        said = reading.text(holder, key)
        is_known = is_ours and label in ("description", "status")
        if said not in told_before and not is_known:
            reading.note(label, said)
        told_before.add(said)
    for said in hidden.notes:
        reading.note("withheld", said)
    own = reading.text(merged, "description") if is_ours else None
    if not is_ours:
        reading.note("ocid", contract.ocid)
    text = "\n".join(one for one in (own, *reading.notes) if one is not None)
    if len(text) <= NOTES_AT_MOST:
        return text
    reading.seen["notes-cut"] += 1
    return f"{text[:NOTES_AT_MOST]} […]"


def _number(contract: process.Contract, reading: Reading) -> str | None:
    """The contract's own number, else its id; a portal says both."""
    own = reading.line(contract.merged, "number")
    return own if own is not None or documents.is_portal(contract.merged) else contract.id


def _stated(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}


def _never_signed(merged: Json) -> None:
    if merged.get("status") in ("cancelled", "pending"):
        raise Unfit("unsigned", "status", status=merged["status"])


def _value(told: amendments.Story, hidden: withheld.Hidden, reading: Reading) -> dict[str, Any]:
    """The value as signed; one that is not stated is withheld, with the reason as far as told."""
    if told.value is None:
        if hidden.value is None:
            reading.seen["no-value"] += 1
        return {"withheld": hidden.value or reading.words["import-ocds.no-value"]}
    money = told.value
    if money.amount is None:
        raise Unfit("amount", "value", "amount")
    if money.amount < 0:
        raise Unfit("below-zero", "value", "amount")
    if money.currency is None:
        raise Unfit("currency", "value", "currency")
    if money.amount == 0:
        reading.seen["value-zero"] += 1
    return {"amount": amendments.written(money.amount), "currency": money.currency}


def _parties(
    contract: process.Contract, award: Json, reading: Reading
) -> Iterator[tuple[corpus.Role, organisations.Mention]]:
    """The buyer, the first of several, and every supplier once."""
    buyers = list(organisations.agencies(contract.whole, reading.seen))
    if len(buyers) > 1:
        reading.seen["several-buyers"] += 1
        for one in buyers[1:]:
            reading.note("buyer", one.name)
    for one in buyers[:1]:
        yield "agency", one
    met: set[str] = set()
    for one in organisations.vendors(contract.whole, contract.merged, award, reading.seen):
        reference = reading.reference("vendor", one)
        if reference not in met:
            met.add(reference)
            yield "vendor", one


def _title(
    contract: process.Contract, award: Json, bought: list[Json], reading: Reading
) -> str | None:
    """The contract's title, else the award's, the tender's, the description, what was bought."""
    own = reading.line(contract.merged, "title")
    if own is not None:
        return own
    reading.seen["no-title"] += 1
    described = reading.line(contract.merged, "description")
    found = (
        reading.line(award, "title"),
        reading.line(contract.whole, "tender", "title"),
        described if described is None or len(described) <= 200 else None,
        *(one["name"] for one in bought[:1]),
    )
    return next((one for one in found if one is not None), contract.id)


def _region(contract: process.Contract, reading: Reading) -> str | None:
    """Where the buyer is."""
    parties = scalars.listed(contract.whole, "parties")
    buyers = [one for one in parties if "buyer" in (one.get("roles") or ())]
    return next((reading.line(one, "address", "region") for one in buyers), None)
