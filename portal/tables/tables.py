"""The tables of the register: what each holds, column by column."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from portal import exact
from portal.tables.columns import Entry, Reference, Table, column, joined, required

CONTRACT = Reference(("contract_id",), "contracts")


def itself(entry: Entry) -> Iterator[Entry]:
    """The record or organisation as one row."""
    yield entry


def each(name: str) -> Callable[[Entry], Iterator[Entry]]:
    """The things of a list in a record, each with its place from 1 and with the record."""

    def entries(record: Entry) -> Iterator[Entry]:
        for position, one in enumerate(record.get(name) or (), 1):
            yield {**one, "position": position, "contract": record}

    return entries


def paid(record: Entry) -> Iterator[Entry]:
    """What was paid, with the instalment that it was paid for."""
    for instalment in each("payments")(record):
        for one in each("paid")(instalment):
            yield {**one, "payment": instalment["position"], "contract": record}


def changes(record: Entry) -> Iterator[Entry]:
    """Each fact that a commit changed; of a commit that changed none, the commit."""
    position = 0
    for entry in (record.get("history") or {}).get("entries", ()):
        facts: Iterable[Entry] = entry.get("changes") or ({},)
        for one in facts:
            position += 1
            values = {name: _value(one.get(name)) for name in ("old", "new")}
            hidden = ", ".join(one.get("hidden", ())) or None
            told = {"hidden": hidden, "position": position, "contract": record}
            yield {**entry, **one, **values, **told}


def _value(value: Any) -> str | None:
    """A value as text; of a thing, or of several, as JSON."""
    if value is None or isinstance(value, str):
        return value
    return exact.written(value)


def _names(one: Entry) -> Iterator[Entry]:
    for position, name in enumerate(one["names"], 1):
        yield {**name, "position": position, "organisation": one["id"]}


OF = (required("contract_id", "id", "contract.id"), required("position", "whole"))
"""What begins every row of a part of a contract."""
CURRENCY = required("currency", "text", "contract.value.currency")

CONTRACTS = Table(
    "contracts",
    "record",
    itself,
    (
        required("id", "id"),
        required("url", "link"),
        required("title", "text"),
        column("number", "text"),
        required("agency_id", "id", "agency.id"),
        required("agency", "text", "agency.name"),
        joined("vendor_ids", "vendors", "id"),
        joined("vendors", "vendors", "name"),
        required("currency", "text", "value.currency"),
        column("amount", "money", "value.amount"),
        column("current_amount", "money", "value.current"),
        column("withheld", "text", "value.withheld"),
        column("capitals", "text", "value.capitals"),
        required("signed", "day"),
        column("announced", "day"),
        column("announcement_day", "day", "announcement.day"),
        column("announcement_source", "text", "announcement.source"),
        column("announcement_due", "day", "announcement.due"),
        column("announcement", "text", "announcement.verdict"),
        column("term_start", "day", "term.start"),
        column("term_end", "day", "term.end"),
        column("duration", "text", "term.duration"),
        column("term", "text", "term.wording"),
        column("tender_number", "text", "procurement.number"),
        column("project", "text", "procurement.project"),
        column("method", "text", "procurement.method"),
        column("agent", "text", "procurement.agent"),
        column("award_notice", "day", "procurement.award_notice"),
        column("place", "text"),
        column("region", "text"),
        column("category", "text"),
        column("state", "text", "status.state"),
        column("state_date", "day", "status.date"),
        column("state_reason", "text", "status.reason"),
        column("notes", "text"),
    ),
    ("id",),
    (Reference(("agency_id",), "agencies"),),
)
CONTRACT_VENDORS = Table(
    "contract_vendors",
    "record",
    each("vendors"),
    (*OF, required("vendor_id", "id", "id"), required("vendor", "text", "name")),
    ("contract_id", "position"),
    (CONTRACT, Reference(("vendor_id",), "vendors")),
)
ITEMS = Table(
    "items",
    "record",
    each("items"),
    (
        *OF,
        required("name", "text"),
        column("specification", "text"),
        column("quantity", "number"),
        column("unit", "text"),
        column("unit_price", "price"),
        CURRENCY,
    ),
    ("contract_id", "position"),
    (CONTRACT,),
)
PAYMENTS = Table(
    "payments",
    "record",
    each("payments"),
    (
        *OF,
        required("label", "text"),
        column("amount", "money"),
        column("percent", "number"),
        CURRENCY,
        column("condition", "text"),
        column("due", "day"),
    ),
    ("contract_id", "position"),
    (CONTRACT,),
)
PAYMENTS_MADE = Table(
    "payments_made",
    "record",
    paid,
    (
        OF[0],
        required("payment", "whole"),
        OF[1],
        required("date", "day"),
        required("amount", "money"),
        CURRENCY,
    ),
    ("contract_id", "payment", "position"),
    (CONTRACT, Reference(("contract_id", "payment"), "payments", ("contract_id", "position"))),
)
AMENDMENTS = Table(
    "amendments",
    "record",
    each("amendments"),
    (
        *OF,
        column("number", "text"),
        required("date", "day"),
        required("reason", "text"),
        column("value_change", "money"),
        CURRENCY,
        column("end", "day"),
        column("term_change", "text"),
    ),
    ("contract_id", "position"),
    (CONTRACT,),
)
DOCUMENTS = Table(
    "documents",
    "record",
    each("documents"),
    (
        *OF,
        required("title", "text"),
        column("kind", "text"),
        required("url", "link"),
        column("file", "text"),
        column("format", "text"),
        column("size", "whole"),
        column("sha256", "text"),
    ),
    ("contract_id", "position"),
    (CONTRACT,),
)
REDACTIONS = Table(
    "redactions",
    "record",
    each("redactions"),
    (
        *OF,
        required("kind", "text"),
        required("count", "whole"),
        required("ground", "text"),
        column("policy", "text"),
        column("until", "day"),
    ),
    ("contract_id", "position"),
    (CONTRACT,),
)
CHANGES = Table(
    "changes",
    "record",
    changes,
    (
        *OF,
        required("commit_id", "text", "commit"),
        required("moment", "text", "date"),
        required("kind", "text"),
        column("field", "text"),
        column("place", "whole"),
        column("old", "text"),
        column("new", "text"),
        column("hidden", "text"),
        column("text_lines", "whole"),
    ),
    ("contract_id", "position"),
    (CONTRACT,),
)
WITHDRAWN = Table(
    "withdrawn",
    "withdrawn",
    itself,
    (
        required("id", "id"),
        required("url", "link"),
        column("number", "text"),
        required("agency_id", "id", "agency.id"),
        required("agency", "text", "agency.name"),
        joined("vendor_ids", "vendors", "id"),
        joined("vendors", "vendors", "name"),
        required("date", "day", "status.date"),
        required("reason", "text", "status.reason"),
    ),
    ("id",),
    (Reference(("agency_id",), "agencies"),),
)
ORGANISATION = (
    required("id", "id"),
    required("url", "link"),
    required("name", "text"),
    column("identifier", "text"),
    column("region", "text"),
    column("parent_id", "id"),
    column("parent", "text"),
)
NAME = (required("position", "whole"), required("name", "text"), required("kind", "text"))
AGENCIES = Table(
    "agencies", "agency", itself, ORGANISATION, ("id",), (Reference(("parent_id",), "agencies"),)
)
AGENCY_NAMES = Table(
    "agency_names",
    "agency",
    _names,
    (required("agency_id", "id", "organisation"), *NAME, column("contract_id", "id", "contract")),
    ("agency_id", "position"),
    (Reference(("agency_id",), "agencies"),),
)
VENDORS = Table(
    "vendors", "vendor", itself, ORGANISATION, ("id",), (Reference(("parent_id",), "vendors"),)
)
VENDOR_NAMES = Table(
    "vendor_names",
    "vendor",
    _names,
    (required("vendor_id", "id", "organisation"), *NAME, column("contract_id", "id", "contract")),
    ("vendor_id", "position"),
    (Reference(("vendor_id",), "vendors"),),
)

TABLES = (
    CONTRACTS,
    CONTRACT_VENDORS,
    ITEMS,
    PAYMENTS,
    PAYMENTS_MADE,
    AMENDMENTS,
    DOCUMENTS,
    REDACTIONS,
    CHANGES,
    AGENCIES,
    AGENCY_NAMES,
    VENDORS,
    VENDOR_NAMES,
    WITHDRAWN,
)
"""Every table, in the order of the data page; a new one is one value and one line here."""
