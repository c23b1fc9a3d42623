"""What a commit changed in a contract's data: the difference of two states, for a release."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from portal import chronicle
from portal.exact import Json

LINKS = ("amendsReleaseID", "releaseID")
HEAD = ("ocid", "id", "date", "tag", "initiationType", "language")
NAMED = (("tender", "tenderUpdate"), ("awards", "awardUpdate"))

TOLD = frozenset(
    ("id", "awardID", "amendments", "implementation", "milestones", "status", "statusDetails")
)
"""Of a contract, what other tags tell."""


class Version(NamedTuple):
    """A commit of the history, with the records before it (of its parent, where known) and after.

    `time` is in seconds, UTC.
    """

    commit: str
    time: int
    before: Json | None
    after: Json


class Past(NamedTuple):
    """What is told of a contract that has changed: its first record, and each commit since."""

    first: Json
    versions: tuple[Version, ...]


def state(compiled: Json) -> Json:
    """What a contract comes to, without what belongs to releases."""
    found = {name: value for name, value in compiled.items() if name not in HEAD}
    return found | {"contracts": [_unlinked(one) for one in found["contracts"]]}


def _unlinked(contract: Json) -> Json:
    if "amendments" not in contract:
        return contract
    amendments = [
        {name: value for name, value in one.items() if name not in LINKS}
        for one in contract["amendments"]
    ]
    return contract | {"amendments": amendments}


def between(old: Json, new: Json) -> Json:
    """What has to be merged into an old state to have the new one; null takes a field away.

    A thing of a list cannot be taken away by merging: of it nothing but its id remains.
    """
    found: Json = {}
    for name in dict.fromkeys((*new, *old)):
        change = _change(old.get(name), new.get(name))
        if change is not NOTHING:
            found[name] = change
    return found


NOTHING = object()
"""There is no difference."""


def _change(old: Any, new: Any) -> Any:
    if old == new:
        return NOTHING
    if new is None:
        return _gone(old)
    if isinstance(new, Mapping) and new.keys() == {"amount", "currency"}:
        return new
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return between(dict(old), dict(new)) or NOTHING
    if _is_identified(old) and _is_identified(new):
        return list(_things(old, new)) or NOTHING
    return new


def _gone(value: Any) -> Any:
    if isinstance(value, Mapping):
        parts = {name: _gone(one) for name, one in value.items() if name not in ("id", "awardID")}
        found = {name: one for name, one in parts.items() if one is not NOTHING}
        keys = {name: value[name] for name in ("id", "awardID") if name in value}
        return keys | found if found else NOTHING
    if _is_identified(value):
        things = [gone for one in value if (gone := _gone(one)) is not NOTHING]
        return things or NOTHING
    return None


def _is_identified(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, Mapping) and "id" in one for one in value)
    )


def _things(old: list[Json], new: list[Json]) -> Iterator[Json]:
    """Things by their ids: what is new, what changed, what is gone."""
    before = {one["id"]: one for one in old}
    for one in new:
        was = before.pop(one["id"], None)
        change = one if was is None else between(was, one)
        if change:
            yield {name: one[name] for name in ("id", "awardID") if name in one} | change
    for one in before.values():
        gone = _gone(one)
        if gone is not NOTHING:
            yield gone


def tags(change: Json) -> list[str]:
    """What a change is about, in the standard's words."""
    found = [tag for name, tag in NAMED if name in change]
    for one in change.get("contracts", ()):
        if "amendments" in one:
            found.append("contractAmendment")
        elif one.keys() - TOLD:
            found.append("contractUpdate")
        if "transactions" in one.get("implementation", {}):
            found.append("implementationUpdate")
        if one.get("status") == "terminated":
            found.append("contractTermination")
    return found or ["contractUpdate"]


def moment(time: int, offset: str) -> str:
    """A moment in the time zone of the site, in which all dates of its releases are written."""
    at = chronicle.moment(time).astimezone(chronicle.zone(offset))
    return f"{at:%Y-%m-%dT%H:%M:%S}{offset}"


def seconds(date: str) -> int:
    """The seconds, UTC, of a release's date."""
    return int(datetime.datetime.fromisoformat(date).timestamp())
