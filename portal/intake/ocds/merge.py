"""Releases of one contracting process merged, as the standard prescribes.

The rules: releases by their dates; null takes a field away; objects are merged field by field;
lists of objects by their ids; any other list, and a few that the schema marks `wholeListMerge`,
are replaced. Source: OCDS 1.1, "Merging".
"""

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

WHOLE = frozenset(("additionalIdentifiers", "additionalClassifications"))
"""Lists that the schema has replaced as a whole."""
OMITTED = frozenset(("id", "date", "tag"))
"""Fields of a release that say nothing of its process."""


def into(state: Json, release: Json) -> None:
    """Merge a later release into what the earlier ones came to."""
    _object(state, {key: one for key, one in release.items() if key not in OMITTED})


def merged(releases: Iterable[Json]) -> Json:
    """What releases come to, which are in the order of their dates."""
    state: Json = {}
    for one in releases:
        into(state, one)
    return state


def _object(old: Json, new: Json) -> None:
    for key, value in new.items():
        if value is None:
            old.pop(key, None)
        elif isinstance(value, dict):
            inside = old.get(key)
            if not isinstance(inside, dict):
                inside = old[key] = {}
            _object(inside, value)
        elif key not in WHOLE and value and all(isinstance(one, dict) for one in value_list(value)):
            inside = old.get(key)
            old[key] = _list(inside if isinstance(inside, list) else [], value)
        else:
            old[key] = value


def value_list(value: Any) -> list[Any]:
    """The members of a list; of what is none, one member that is no object."""
    return value if isinstance(value, list) else [value]


def _list(old: list[Any], new: list[Json]) -> list[Any]:
    """Objects with one id are one; an object without an id is always another."""
    found = list(old)
    places = {one["id"]: at for at, one in enumerate(found) if _has_id(one)}
    for value in new:
        if _has_id(value) and value["id"] in places:
            _object(found[places[value["id"]]], value)
            continue
        fresh: Json = {}
        _object(fresh, value)
        if _has_id(value):
            places[value["id"]] = len(found)
        found.append(fresh)
    return found


def _has_id(one: Any) -> bool:
    return isinstance(one, dict) and one.get("id") is not None
