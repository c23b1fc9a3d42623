"""A release in the standard's own shapes, whatever its publisher made of them."""

import collections
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Json = dict[str, Any]
Seen = collections.Counter[str]
"""How often each oddity was met and dealt with, by code."""

LISTS = frozenset(
    "parties awards contracts suppliers items amendments documents transactions milestones"
    " additionalIdentifiers additionalClassifications withheldInformation".split()
)
"""Fields that are lists of objects."""
TEXTS = frozenset(("tag", "roles"))
"""Fields that are lists of texts."""
NUMBERS = ("$numberLong", "$numberInt", "$numberDecimal", "$numberDouble")
"""How a database's own export writes a number."""


def release(data: Json, seen: Seen) -> Json:
    """A release with lists where the standard has lists, ids as text, and no odd members."""
    found = _object(data, seen)
    ocid = str(found.get("ocid", ""))
    if isinstance(data.get("ocid"), (int, Decimal)):
        seen["numeric-id"] += 1
    found["ocid"] = ocid
    if not ocid.startswith("ocds-"):
        seen["ocid-prefix"] += 1
    if not found.get("parties"):
        seen["no-parties"] += 1
    return found


def _object(data: Mapping[str, Any], seen: Seen) -> Json:
    found: Json = {}
    for key, value in data.items():
        if key in LISTS:
            found[key] = _list(value, seen)
        elif key in TEXTS:
            found[key] = _texts(value, seen)
        elif key in ("id", "awardID") and not isinstance(value, (str, type(None))):
            seen["numeric-id"] += 1
            found[key] = _id(value)
        elif isinstance(value, dict):
            found[key] = _number(value, seen) if len(value) == 1 else _object(value, seen)
        elif isinstance(value, list):
            found[key] = [_object(one, seen) if isinstance(one, dict) else one for one in value]
        else:
            found[key] = value
    _amendment(found, seen)
    return found


def _list(value: Any, seen: Seen) -> Any:
    """A list of objects; null stays, for it takes away what an earlier release said."""
    if value is None:
        return None
    if isinstance(value, dict):
        seen["object-for-list"] += 1
        value = [value]
    if not isinstance(value, list):
        seen["no-object"] += 1
        return []
    seen["no-object"] += sum(not isinstance(one, dict) for one in value)
    return [_object(one, seen) for one in value if isinstance(one, dict)]


def _texts(value: Any, seen: Seen) -> Any:
    if isinstance(value, str):
        seen["text-for-list"] += 1
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else None


def _id(value: Any) -> str | None:
    """An id as text; what is neither number nor text is none."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _number(value: Json, seen: Seen) -> Any:
    """A number that a database has wrapped; any other object stays one."""
    (key, inner), *_ = value.items()
    if key not in NUMBERS:
        return _object(value, seen)
    seen["wrapped-number"] += 1
    return inner


def _amendment(found: Json, seen: Seen) -> None:
    """Version 1.0 has one amendment, under its own name, beside the list of 1.1."""
    old = found.pop("amendment", None) if isinstance(found.get("amendment"), dict) else None
    if old is not None and not found.get("amendments"):
        seen["version-1.0"] += 1
        found["amendments"] = [_object(old, seen)]
