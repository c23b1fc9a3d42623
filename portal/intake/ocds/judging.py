"""What our own extension of the standard adds: how work is judged, what a breach costs."""

from collections.abc import Mapping
from typing import Any

from portal.intake.ocds import scalars
from portal.intake.ocds.reading import Reading
from portal.intake.ocds.tidy import Json

CRITERION = ("area", "name", "requirement", "weight", "deduction")
OUTCOME = ("result", "range", "effect")
PENALTY = ("who", "rule", "cap")


def assessment(merged: Json, reading: Reading) -> dict[str, Any]:
    """How the work is judged, by which criteria, and what follows."""
    given = merged.get("assessment")
    found = {
        "when": reading.text(given, "when"),
        "criteria": _rows(given, "criteria", CRITERION, reading),
        "outcomes": _rows(given, "outcomes", OUTCOME, reading),
    }
    return {name: one for name, one in found.items() if one}


def penalties(merged: Json, reading: Reading) -> list[dict[str, str]]:
    """What a party owes for a breach."""
    return _rows(merged, "penalties", PENALTY, reading)


def _rows(holder: Any, key: str, fields: tuple[str, ...], reading: Reading) -> list[dict[str, str]]:
    """Rows with these fields; what else a row has is not taken."""
    rows = (_row(one, fields, reading) for one in scalars.listed(holder, key))
    return [one for one in rows if one]


def _row(given: Mapping[str, Any], fields: tuple[str, ...], reading: Reading) -> dict[str, str]:
    read = ((name, reading.text(given, name)) for name in fields)
    return {name: one for name, one in read if one is not None}
