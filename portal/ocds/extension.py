"""Our extension of the standard: its fields, and the three files that explain them to programs."""

import re
from collections.abc import Mapping
from typing import Any

from portal import exact, render, urls
from portal.exact import Json
from portal.ocds.publisher import Publisher

TEXT: Json = {"type": ["string", "null"]}
NUMBER: Json = {"type": ["number", "null"]}
WHOLE: Json = {"type": ["integer", "null"]}
MOMENT: Json = {"type": ["string", "null"], "format": "date-time"}
VALUE: Json = {"$ref": "#/definitions/Value"}


def _list(name: str) -> Json:
    return {"type": "array", "items": {"$ref": f"#/definitions/{name}"}}


def _whole(name: str) -> Json:
    """A list of things without ids: a newer one stands in its place as a whole."""
    return _list(name) | {"type": ["array", "null"], "wholeListMerge": True}


FIELDS: Mapping[str, Mapping[str, Json]] = {
    "Release": {"withheldInformation": _list("WithheldInformation")},
    "Award": {"valueInWords": TEXT},
    "Contract": {
        "number": TEXT,
        "dateAnnounced": MOMENT,
        "statusDetails": TEXT,
        "place": TEXT,
        "region": TEXT,
        "category": TEXT,
        "assessment": {"$ref": "#/definitions/Assessment"},
        "penalties": _whole("Penalty"),
    },
    "Period": {"duration": TEXT, "description": TEXT},
    "Item": {"specification": TEXT},
    "Milestone": {"value": VALUE, "percent": NUMBER},
    "Transaction": {"relatedMilestone": TEXT},
    "Amendment": {"valueChange": VALUE, "endDate": MOMENT},
    "Document": {"documentTypeDetails": TEXT},
    "WithheldInformation": {
        "id": TEXT,
        "field": TEXT,
        "name": TEXT,
        "rationale": TEXT,
        "availabilityDate": MOMENT,
        "count": WHOLE,
        "policy": TEXT,
    },
    "Assessment": {
        "when": TEXT,
        "criteria": _whole("Criterion"),
        "outcomes": _whole("Outcome"),
    },
    "Criterion": {
        "area": TEXT,
        "name": TEXT,
        "requirement": TEXT,
        "weight": NUMBER,
        "deduction": TEXT,
    },
    "Outcome": {"result": TEXT, "range": TEXT, "effect": TEXT},
    "Penalty": {"who": TEXT, "rule": TEXT, "cap": TEXT},
}
"""Every field that we add, by the object of the standard, or of ours, that has it."""
OURS = frozenset(("WithheldInformation", "Assessment", "Criterion", "Outcome", "Penalty"))


def metadata(by: Publisher) -> bytes:
    """extension.json: what the extension is called, and where it is explained."""
    say, language = render.say(by.site_language), by.language
    readme = urls.address(by.url, urls.ocds_extension("README.md"))
    return _file(
        {
            "name": {language: say("ocds.extension.name", publisher=by.name)},
            "description": {language: say("ocds.extension.description")},
            "documentationUrl": {language: readme},
            "compatibility": ["1.1"],
            "schemas": ["release-schema.json"],
            "contactPoint": {"name": by.name},
        }
    )


def schema(by: Publisher) -> bytes:
    """The patch of the release's schema."""
    objects = {name: _object(name, by) for name in FIELDS}
    return _file({"properties": objects.pop("Release")["properties"], "definitions": objects})


def _object(name: str, by: Publisher) -> Json:
    say = render.say(by.site_language)
    properties = {
        field: {"title": _title(field), "description": say(f"ocds.field.{name}.{field}"), **kind}
        for field, kind in FIELDS[name].items()
    }
    head: Json = {"title": _title(name), "type": "object"} if name in OURS else {}
    return head | {"properties": properties}


def _title(name: str) -> str:
    """`relatedMilestone`, as a reader would write it."""
    words = re.sub("([A-Z])", lambda found: f" {found[1].lower()}", name).strip()
    return words[:1].upper() + words[1:]


def readme(by: Publisher) -> bytes:
    """README.md: every field with its meaning, in the site's language."""
    say = render.say(by.site_language)
    lines = [
        f"# {say('ocds.extension.name', publisher=by.name)}",
        "",
        say("ocds.extension.description"),
        "",
        say("ocds.extension.table"),
        "|---|---|",
    ]
    lines += [
        f"| `{name}.{field}` | {say(f'ocds.field.{name}.{field}')} |"
        for name, fields in FIELDS.items()
        for field in fields
    ]
    return "\n".join([*lines, "", say("ocds.extension.notes"), ""]).encode()


def _file(value: Mapping[str, Any]) -> bytes:
    return f"{exact.written(value)}\n".encode()
