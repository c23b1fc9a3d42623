"""A contracting process: its releases merged, and each of its contracts with what became of it."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from portal.intake.ocds import merge, scalars
from portal.intake.ocds.tidy import Json, Seen


class Place(NamedTuple):
    """Where something stands: the file, the line of its item, a JSON Pointer below that."""

    file: str
    line: int
    pointer: str

    def below(self, *path: str | int) -> "Place":
        return self._replace(pointer="/".join((self.pointer, *map(str, path))))


class Told(NamedTuple):
    """A release as it was published, and where."""

    release: Json
    place: Place


class Step(NamedTuple):
    """What a contract was after a release: its value and last day, and the amendments new to it."""

    day: datetime.date | None
    tags: tuple[str, ...]
    value: Json | None
    end: str | None
    amended: tuple[str, ...]

    @property
    def is_amendment(self) -> bool:
        return bool(self.amended) or "contractAmendment" in self.tags


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract of a process: as merged, its steps, and where it was told of last."""

    id: str
    ocid: str
    merged: Json
    whole: Json
    steps: tuple[Step, ...]
    place: Place


@dataclass(slots=True)
class _Held:
    """A contract while the releases go by."""

    place: Place
    steps: list[Step] = field(default_factory=list)
    amendments: set[str] = field(default_factory=set)


def contracts(ocid: str, told: Sequence[Told], seen: Seen) -> tuple[Contract, ...]:
    """The contracts of a process, of which all releases are given in any order."""
    ordered = sorted(told, key=lambda one: _instant(one.release))
    state: Json = {}
    held: dict[str, _Held] = {}
    for release, place in ordered:
        for contract in _identified(release, ocid, seen):
            _numbered(contract)
        if repeated := _repeated(scalars.listed(release, "contracts")):
            seen["contract-twice"] += repeated
        merge.into(state, release)
        now = {one["id"]: one for one in scalars.listed(state, "contracts")}
        for at, one in enumerate(scalars.listed(release, "contracts")):
            known = held.setdefault(one["id"], _Held(place))
            known.place = place.below("contracts", at)
            known.steps.append(_step(release, now[one["id"]], known))
    now = {one["id"]: one for one in scalars.listed(state, "contracts")}
    return tuple(
        Contract(id, ocid, now[id], state, tuple(one.steps), one.place)
        for id, one in held.items()
        if id in now
    )


def _instant(release: Json) -> datetime.datetime:
    first = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return scalars.instant(release.get("date")) or first


def _identified(release: Json, ocid: str, seen: Seen) -> Iterator[Json]:
    """The contracts of a release; one without an id is known by its award, else by the process."""
    taken = {one.get("id") for one in scalars.listed(release, "contracts")}
    for one in scalars.listed(release, "contracts"):
        if not one.get("id"):
            seen["no-contract-id"] += 1
            id = own = str(one.get("awardID") or ocid)
            number = 2
            while id in taken:
                id, number = f"{own}-{number}", number + 1
            one["id"] = id
            taken.add(id)
        yield one


def _repeated(contracts: Sequence[Json]) -> int:
    """How many contracts have the id of another in their release, and say otherwise."""
    first: dict[str, Json] = {}
    return sum(first.setdefault(one["id"], one) != one for one in contracts)


def _numbered(contract: Json) -> None:
    """Amendments without an id get one of their own day and words, so that each merges once."""
    for one in scalars.listed(contract, "amendments"):
        if not one.get("id"):
            words = (one.get("date"), one.get("rationale"), one.get("description"))
            one["id"] = f"{NUMBERLESS}{'|'.join(str(part) for part in words if part)}"


NUMBERLESS = "\0"
"""How the id of an amendment begins that its publisher gave none."""


def _step(release: Json, contract: Json, held: _Held) -> Step:
    """What the release made of the contract."""
    ids = [one["id"] for one in scalars.listed(contract, "amendments")]
    fresh = tuple(id for id in ids if id not in held.amendments)
    held.amendments.update(fresh)
    value = contract.get("value")
    moment = release.get("date")
    return Step(
        day=scalars.day(moment, Seen()),
        tags=_tags(release.get("tag")),
        value=dict(value) if isinstance(value, dict) else None,
        end=scalars.inner(contract, "period", "endDate"),
        amended=fresh,
    )


def _tags(given: Any) -> tuple[str, ...]:
    return tuple(given) if isinstance(given, list) else ()


def award(contract: Contract, seen: Seen) -> Json:
    """The award behind a contract: by its id, else the only one, else one with the same id."""
    awards = scalars.listed(contract.whole, "awards")
    wanted = contract.merged.get("awardID")
    if wanted is None:
        seen["no-award-id"] += 1
    named = [one for one in awards if wanted is not None and one.get("id") == wanted]
    alike = [one for one in awards if one.get("id") == contract.id]
    only = awards if len(awards) == 1 else []
    return _first((*named, *alike, *only))


def _first(found: Iterable[Json]) -> Json:
    return next(iter(found), {})
