"""The organisations that releases name: who buys, who supplies, who ran the tender."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from portal import corpus, names, values
from portal.intake.ocds import scalars
from portal.intake.ocds.tidy import Json, Seen


class Mention(NamedTuple):
    """An organisation as a release names it: its name, its identifier, its id in the release."""

    name: str
    identifier: str | None = None
    local: str | None = None


def agencies(release: Json, seen: Seen) -> Iterator[Mention]:
    """Who buys: the buyer, else the parties in that role."""
    parties = _parties(release)
    buyer = _mention(release.get("buyer"), parties, seen)
    if buyer is not None:
        yield buyer
        return
    yield from _in_role(release, "buyer", seen)


def vendors(release: Json, contract: Json, award: Json, seen: Seen) -> Iterator[Mention]:
    """Who supplies: the contract's own suppliers (an extension), the award's, the only ones."""
    parties = _parties(release)
    for holder in (contract, award):
        found = [_mention(one, parties, seen) for one in scalars.listed(holder, "suppliers")]
        named = [one for one in found if one is not None]
        if named:
            yield from named
            return
    if len(scalars.listed(release, "awards")) < 2:
        yield from _in_role(release, "supplier", seen)


def agent(release: Json, seen: Seen) -> Mention | None:
    """Who ran the tender for the buyer, if that is an organisation among the parties.

    Some publishers write an official's name here: so the name must be the party's own.
    """
    wanted = scalars.inner(release, "tender", "procuringEntity")
    if not isinstance(wanted, dict):
        return None
    party = _mention(_parties(release).get(str(wanted.get("id"))), {}, seen)
    name = scalars.line(wanted.get("name"), seen)
    if party is None or not _is_one(name, party.name):
        seen["procuring-entity"] += 1
        return None
    return party


def every(release: Json, seen: Seen) -> Iterator[tuple[corpus.Role, Mention]]:
    """All that a release names in either role."""
    parties = _parties(release)
    for one in agencies(release, seen):
        yield "agency", one
    for key in ("awards", "contracts"):
        for holder in scalars.listed(release, key):
            for given in scalars.listed(holder, "suppliers"):
                found = _mention(given, parties, seen)
                if found is not None:
                    yield "vendor", found
    for one in _in_role(release, "supplier", seen):
        yield "vendor", one


def _parties(release: Json) -> Mapping[str, Json]:
    return {one["id"]: one for one in scalars.listed(release, "parties") if one.get("id")}


def _in_role(release: Json, role: str, seen: Seen) -> Iterator[Mention]:
    for one in scalars.listed(release, "parties"):
        if role in (one.get("roles") or ()):
            found = _mention(one, {}, seen)
            if found is not None:
                yield found


def _mention(given: Any, parties: Mapping[str, Json], seen: Seen) -> Mention | None:
    """A reference with what the party of its id says besides; None without any name."""
    if not isinstance(given, dict):
        return None
    local = given.get("id") or None
    party = parties.get(local or "", {})
    name = scalars.line(given.get("name"), seen) or scalars.line(party.get("name"), seen)
    if name is None or not any(sign.isalnum() for sign in name):
        return None
    found = identifier(given.get("identifier"), seen)
    if found is None and _is_one(name, scalars.line(party.get("name"), seen)):
        found = identifier(party.get("identifier"), seen)
    return Mention(name, found, local)


def _is_one(first: str | None, second: str | None) -> bool:
    """Whether two names do not contradict each other: ids of parties may meet by chance."""
    return first is None or second is None or names.fold(first) == names.fold(second)


_SCHEME = re.compile(r"[A-Z]{2,3}-[A-Z0-9_]{2,24}")


def identifier(given: Any, seen: Seen) -> str | None:
    """An identifier that says who keeps it; a number without a scheme identifies nobody."""
    scheme, id = scalars.inner(given, "scheme"), scalars.line(scalars.inner(given, "id"), seen)
    if id is None:
        return None
    known = isinstance(scheme, str) and _SCHEME.fullmatch(scheme.strip().upper())
    if not known:
        seen["identifier-scheme"] += 1
        return None
    try:
        read = values.identifier(f"{known[0]}-{id}")
    except ValueError:
        seen["identifier-unread"] += 1
        return None
    return read
