"""The JSON Schema of each kind of file, so that editors complete and check as one types."""

import json
import pathlib
from collections.abc import Mapping
from typing import Any

from portal import keys, masking, model, values

KINDS: Mapping[str, type[model.Fact]] = {
    "contract": model.Contract,
    "agency": model.Organisation,
    "vendor": model.Organisation,
    "page": model.Page,
    "site": model.Site,
}

ALONE = frozenset(("vendors", "paid"))
"""Lists of which one thing may stand alone."""
WORDS = values.STATES | values.PARTIES | masking.TIERS


def of(kind: str) -> dict[str, Any]:
    """The schema of a kind of file, with Chinese names beside the English ones."""
    fact = KINDS[kind]
    made = fact.model_json_schema()
    facts = {one.__name__: one for one in keys.CHINESE}
    for name, part in made.get("$defs", {}).items():
        _widen(part, facts.get(name))
    _widen(made, fact)
    for name in ("id",):
        if kind == "contract":
            made["properties"].pop(name)
    made["required"] = [name for name in made.get("required", ()) if name != "id"]
    made = {key: value for key, value in made.items() if key != "description"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Contract Portal: {kind}",
        **{key: value for key, value in made.items() if key != "title"},
    }


def _widen(part: dict[str, Any], fact: type[model.Fact] | None) -> None:
    """Accept a field's Chinese names, and its short spellings."""
    if fact is None or "properties" not in part:
        return
    properties = part["properties"]
    required = set(part.pop("required", ()))
    rules = []
    names: dict[str, list[str]] = {name: [name] for name in properties}
    for key, field in keys.CHINESE[fact].items():
        names[field].append(key)
        properties[key] = {**properties[field], "description": f"= {field}"}
    for name, spellings in names.items():
        if len(spellings) > 1:
            rules.append(_at_most_one(spellings))
        if name in required and name != "id":
            rules.append({"anyOf": [{"required": [one]} for one in spellings]})
    if fact is model.Contract:
        for key in keys.NOTICE:
            properties.setdefault(key, {"description": ".".join(map(str, keys.NOTICE[key]))})
        rules = [one for one in rules if "anyOf" not in one]
    if rules:
        part["allOf"] = rules
    _blank(properties)


def _at_most_one(spellings: list[str]) -> dict[str, Any]:
    """A field is named once: whichever spelling is there, no other is."""
    return {
        "not": {
            "anyOf": [
                {"required": [one, other]}
                for index, one in enumerate(spellings)
                for other in spellings[index + 1 :]
            ]
        }
    }


def _blank(properties: dict[str, Any]) -> None:
    """A field or a line of a list may be left blank, and a fact may be written short."""
    for name, given in properties.items():
        alone = name in ALONE or given.get("description", "")[2:] in ALONE
        choices = _choices(given) + ([given["items"]] if alone else [])
        if "description" in given:
            properties[name] = {"description": given["description"], "anyOf": choices}
        else:
            properties[name] = {"anyOf": choices}


def _choices(given: dict[str, Any]) -> list[dict[str, Any]]:
    """What may stand for a field: what it is, nothing, and its short spelling if it has one."""
    short = {fact.__name__ for fact in keys.SHORT}
    forms = [_form(one) for one in given.get("anyOf", [given]) if one != {"type": "null"}]
    choices = [*forms, {"type": "null"}]
    if str(given.get("$ref", "")).rpartition("/")[2] in short:
        choices.append({"type": ["string", "number"]})
    return choices


def _form(given: dict[str, Any]) -> dict[str, Any]:
    """A list may hold blank lines, and a choice may be written in Chinese."""
    if "items" in given:
        return {**given, "items": {"anyOf": _choices(given["items"])}}
    if "enum" in given:
        words = [word for word, code in WORDS.items() if code in given["enum"]]
        return {**given, "enum": [*given["enum"], *words]}
    return given


def write(folder: pathlib.Path) -> list[pathlib.Path]:
    """Write every schema into a folder; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind in KINDS:
        path = folder / f"{kind}.json"
        text = json.dumps(of(kind), ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")
        written.append(path)
    return written
