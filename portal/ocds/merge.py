"""Releases merged into one, as the standard's merging section prescribes for what we publish."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portal.exact import Json


def compiled(releases: Sequence[Json]) -> Json:
    """The compiled release of releases that are given oldest first."""
    merged: Json = {}
    for one in releases:
        merged = _object(merged, one)
    last = releases[-1]
    return merged | {"id": f"{last['ocid']}-{last['date']}", "tag": ["compiled"]}


def _object(old: Mapping[str, Any], new: Mapping[str, Any]) -> Json:
    """Field by field the newer value wins, null takes it away; objects and lists are merged."""
    found = dict(old)
    for name, value in new.items():
        merged = _value(old.get(name), value)
        if merged is None or merged == {}:
            found.pop(name, None)
        else:
            found[name] = merged
    return found


def _value(old: Any, new: Any) -> Any:
    if isinstance(new, Mapping):
        return _object(old if isinstance(old, Mapping) else {}, new)
    if _is_identified(new) and (old is None or _is_identified(old)):
        return _list(old or (), new)
    return new


def _is_identified(value: Any) -> bool:
    """Whether a list is one of objects that bear ids: any other is replaced as a whole."""
    return isinstance(value, list) and all(
        isinstance(one, Mapping) and "id" in one for one in value
    )


def _list(old: Iterable[Json], new: Iterable[Json]) -> list[Json]:
    """What has one id is one thing; what is new comes last."""
    found = {one["id"]: one for one in old}
    for one in new:
        found[one["id"]] = _object(found.get(one["id"], {}), one)
    return list(found.values())
