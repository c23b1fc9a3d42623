"""The schemas of the static API's answers; those of a contract's facts follow from the model."""

import datetime
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portal import keys, model, urls, values

Schema = dict[str, Any]

PLAIN: Mapping[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": "number"},
    datetime.date: {"type": "string", "format": "date"},
}
TEXT, DAY, COUNT = PLAIN[str], PLAIN[datetime.date], {"type": "integer", "minimum": 0}
LINK: Schema = {"type": "string", "format": "uri"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
CODE: Schema = {
    "anyOf": [
        {"type": "string", "pattern": "^[0-9A-Z]{18}$", "description": values.SCHEME},
        {"type": "string", "pattern": f"^{values.REGISTERED.pattern}$"},
    ]
}
WHO: Mapping[str, Schema] = {"id": TEXT, "url": LINK, "name": TEXT, "identifier": CODE}
"""What is said of an agency or a vendor wherever it stands."""
STATE: Schema = {"enum": ["active", "completed", "terminated"]}
UNPUBLISHED = frozenset(("keep", "draft"))


def every(language: str) -> dict[str, Schema]:
    """All schemas by name; fields are described by their names in the site's language."""
    described = {"Described": {"type": "object"}}
    return _answers() | _feed() | _ocds() | described | _contracts(language)


def named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def many(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def thing(required: str, **properties: Schema) -> Schema:
    """An object: all its properties, and which of them are always there."""
    return {"type": "object", "required": required.split(), "properties": properties}


def _answers() -> dict[str, Schema]:
    """Agencies and vendors."""
    amount = thing("amount currency", amount=PLAIN[Decimal], currency={"pattern": "^[A-Z]{3}$"})
    party = thing("name", **WHO)
    totals = thing(
        "contracts values withheld", contracts=COUNT, values=many(named("Amount")), withheld=COUNT
    )
    line = thing(
        "id url data title signed",
        id=TEXT,
        url=LINK,
        data=LINK,
        title=TEXT,
        value=named("Amount"),
        signed=DAY,
        status=STATE,
    )
    found = {"Amount": amount, "Party": party, "Totals": totals, "ContractLine": line}
    for role, plural in urls.ROLES.items():
        name = role.title()
        index: dict[str, Schema] = {"role": {"const": role}, "count": COUNT}
        index[plural] = many(named(f"{name}Line"))
        found[name] = _organisation(role)
        found[f"{name}Index"] = thing(f"role count {plural}", **index)
        found[f"{name}Line"] = thing(
            "id url name data totals", **WHO, data=LINK, totals=named("Totals")
        )
    return found


def _organisation(role: str) -> Schema:
    return thing(
        "role id url name feed totals contracts",
        role={"const": role},
        **WHO,
        region=TEXT,
        parent=named("Party"),
        branches=many(named("Party")),
        former_names=many(TEXT),
        aliases=many(thing("name", name=TEXT, contract=TEXT)),
        feed=LINK,
        totals=named("Totals"),
        contracts=many(named("ContractLine")),
    )


def _feed() -> dict[str, Schema]:
    """JSON Feed 1.1, as far as this site uses it."""
    party = thing("id name", id=TEXT, name=TEXT)
    contract = thing(
        "id agency vendors signed",
        id=TEXT,
        agency=party,
        vendors=many(party),
        signed=DAY,
        value=named("Amount"),
        value_change=named("Amount"),
    )
    item = thing(
        "id url title content_text date_published date_modified",
        id=LINK,
        url=LINK,
        title=TEXT,
        content_text=TEXT,
        tags=many(TEXT),
        date_published=MOMENT,
        date_modified=MOMENT,
        _contract=contract,
    )
    feed = thing(
        "version title home_page_url feed_url language authors items",
        version={"const": "https://jsonfeed.org/version/1.1"},
        title=TEXT,
        home_page_url=LINK,
        feed_url=LINK,
        language=TEXT,
        authors=many(thing("name", name=TEXT)),
        items=many(named("FeedItem")),
    )
    return {"Feed": feed, "FeedItem": item}


def _ocds() -> dict[str, Schema]:
    """Packages of the Open Contracting Data Standard, whose own schema tells the rest."""
    standard = {"url": "https://standard.open-contracting.org/1.1/en/schema/reference/"}
    head = {"uri": LINK, "version": TEXT, "publishedDate": MOMENT, "license": LINK}
    head |= {"publisher": thing("name", name=TEXT, uri=LINK), "publicationPolicy": LINK}
    head |= {"extensions": many(LINK)}
    required = "uri version publishedDate publisher extensions"
    release = {"type": "object", "required": ["ocid", "id", "date", "tag", "initiationType"]}
    record = thing("ocid releases compiledRelease", ocid=TEXT, releases=many(release))
    record["properties"]["compiledRelease"] = release
    releases = thing(f"{required} releases", **head, releases=many(release))
    records = thing(f"{required} records", **head, packages=many(LINK), records=many(record))
    return {
        "ReleasePackage": releases | {"externalDocs": standard},
        "RecordPackage": records | {"externalDocs": standard},
    }


def _contracts(language: str) -> dict[str, Schema]:
    """A contract's record: its facts, and what the site adds to them."""
    found: dict[str, Schema] = {}
    whole = _fact(model.Contract, language, found)
    own = {"agency": named("Party"), "vendors": many(named("Party")), "url": LINK, "text": TEXT}
    own |= {"announcement": named("Announced"), "history": named("History")}
    whole["properties"] |= own
    whole["required"] = ["id", "url", "title", "agency", "vendors", "value", "signed"]
    found["Value"]["properties"]["current"] = PLAIN[Decimal]
    found["Document"]["properties"] |= {"format": TEXT, "size": COUNT, "sha256": TEXT}
    gone = thing(
        "id url agency vendors status",
        id=TEXT,
        url=LINK,
        number=TEXT,
        agency=named("Party"),
        vendors=many(named("Party")),
        status=named("Status"),
        history=named("History"),
    )
    any_contract = {"anyOf": [named("Contract"), named("WithdrawnContract")]}
    return (
        found
        | _history()
        | {
            "Contract": whole,
            "WithdrawnContract": gone,
            "AnyContract": any_contract,
        }
    )


def _history() -> dict[str, Schema]:
    """What the repository tells of a contract, and whether it was announced in time."""
    announced = thing(
        "day source verdict",
        day=DAY,
        source={"enum": ["stated", "repository"]},
        due=DAY,
        verdict={"enum": ["on_time", "late", "unknown"]},
    )
    difference = thing(
        "field",
        field=TEXT,
        place={"type": "integer", "minimum": 1},
        old={},
        new={},
        hidden=many({"enum": ["old", "new"]}),
    )
    entry = thing(
        "commit date kind",
        commit={"type": "string", "pattern": "^([0-9a-f]{40}|[0-9a-f]{64})$"},
        date=MOMENT,
        kind={"enum": ["published", "changed", "removed"]},
        signature={"enum": ["openpgp", "ssh", "x509", "other"]},
        changes=many(named("Difference")),
        text_lines=COUNT,
        unreadable=PLAIN[bool],
    )
    history = thing(
        "complete entries",
        complete=PLAIN[bool],
        uncommitted=PLAIN[bool],
        entries=many(named("HistoryEntry")),
    )
    return {
        "Announced": announced,
        "Difference": difference,
        "History": history,
        "HistoryEntry": entry,
    }


def _fact(fact: type[model.Fact], language: str, found: dict[str, Schema]) -> Schema:
    """The schema of a fact; those of the facts in it are put beside it, by name."""
    chinese = {field: name for name, field in reversed(tuple(keys.CHINESE[fact].items()))}
    properties: dict[str, Schema] = {}
    for name, field in fact.model_fields.items():
        if name in UNPUBLISHED:
            continue
        schema = _of(field.annotation, language, found)
        if language != "en" and name in chinese:
            schema = {"description": chinese[name]} | schema
        properties[name] = schema
    required = [name for name, field in fact.model_fields.items() if field.is_required()]
    return {"type": "object", "required": required, "properties": properties}


def _of(kind: Any, language: str, found: dict[str, Schema]) -> Schema:
    """The schema of an annotation of the model."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return _of(parts[0], language, found)
    if origin in (typing.Union, types.UnionType):
        return _of(next(one for one in parts if one is not types.NoneType), language, found)
    if origin is tuple:
        return many(_of(parts[0], language, found))
    if origin is typing.Literal:
        return {"enum": list(parts)}
    if issubclass(kind, model.Fact):
        found[kind.__name__] = _fact(kind, language, found)
        return named(kind.__name__)
    return dict(PLAIN[kind])
