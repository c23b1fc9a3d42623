"""Who is meant by the names in past facts, and what the records of then were."""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import ValidationError

from portal import chronicle, corpus, digest, exact, model, names, record
from portal.chronicle import Told
from portal.ocds.versions import Past, Version
from portal.spelling import Speller


class Ancestry(NamedTuple):
    """The history of a contract, with the parties that its past facts name, as written there.

    `own` is the id under which the contract was first published.
    """

    told: Told
    parties: tuple[tuple[str, record.Known], ...] = ()
    own: str = ""

    @property
    def digest(self) -> str:
        return digest.of(self.told, self.parties, self.own)


class Names:
    """The organisations of a register by their names, for names that once stood in contracts."""

    def __init__(self, register: corpus.Corpus) -> None:
        self.sides = {"agency": register.agencies, "vendor": register.vendors}
        self.known: dict[str, Mapping[str, str]] = {}
        self.spell = Speller({})

    def find(self, role: corpus.Role, name: str) -> record.Known:
        """The organisation of a name; one that no contract names any more has its old id."""
        side = self.sides[role]
        if role not in self.known:
            self.known[role] = {
                names.fold(each): id for id, one in side.items() for each in one.fact.names
            }
        id = name if name in side else self.known[role].get(names.fold(name))
        if id is None:
            return record.Known(role, self.spell(name).slug, name, None)
        fact = side[id].fact
        return record.Known(role, id, fact.name, fact.identifier)


def of(row: corpus.Row, told: Told, known: Names) -> Ancestry:
    """The ancestry of a contract; without names where nothing but its publication is known."""
    if not told.first:
        return Ancestry(told)
    found: dict[str, record.Known] = {}
    for text in _texts(told):
        facts = exact.read(text)
        found |= {f"agency {facts['agency']}": known.find("agency", facts["agency"])}
        found |= {f"vendor {name}": known.find("vendor", name) for name in facts["vendors"]}
    return Ancestry(told, tuple(found.items()), row.first)


def _texts(told: Told) -> list[str]:
    parts = [told.first, *(part for one in told.changes for part in (one.before, one.after))]
    return [one for one in dict.fromkeys(parts) if one]


def past(
    one: Ancestry, annexes: Mapping[str, record.Annex], setting: record.Setting
) -> Past | None:
    """The records of the past; None where the contract is as it was published, as far as known."""
    if not one.told.first:
        return None
    records = {text: _record(one, text, annexes, setting) for text in _texts(one.told)}
    first = records.get(one.told.first)
    if first is None:
        return None
    versions = [
        Version(each.commit, each.time, records.get(each.before), after)
        for each in one.told.changes
        if (after := records.get(each.after)) is not None
    ]
    return Past(first, tuple(versions))


def _record(
    one: Ancestry, text: str, annexes: Mapping[str, record.Annex], setting: record.Setting
) -> exact.Json | None:
    """The record of past facts; None where a mark stands in them that makes them invalid."""
    try:
        facts = model.Contract.model_validate(exact.read(text))
    except ValidationError:
        return None
    known = dict(one.parties)
    vendors = {known[f"vendor {name}"].id: known[f"vendor {name}"] for name in facts.vendors}
    parties = record.Parties(known[f"agency {facts.agency}"], tuple(vendors.values()))
    wanted = (each.file for each in facts.documents if each.file is not None)
    there = {name: annexes.get(name, record.Annex(name, 0, "")) for name in wanted}
    found = record.record(facts, "", parties, there, setting)
    own = (found.get("aliases") or [found["id"]])[0]
    return found if own == one.own else found | {"aliases": [one.own]}


def history(told: Told) -> exact.Json:
    """The history of a contract as its record tells it."""
    entries = [_entry(one) for one in told.entries]
    return exact.told(
        complete=told.published is not None,
        uncommitted=True if told.is_open else None,
        entries=entries,
    )


def _entry(one: chronicle.Entry) -> exact.Json:
    return exact.told(
        commit=one.commit,
        date=chronicle.written(one.time),
        kind=one.kind,
        signature=one.seal or None,
        changes=[_difference(each) for each in one.differences],
        text_lines=one.lines or None,
        unreadable=None if one.is_read else True,
    )


def _difference(one: chronicle.Difference) -> exact.Json:
    hidden = [name for name in ("old", "new") if getattr(one, name) == chronicle.HIDDEN]
    return exact.told(
        field=one.field,
        place=one.place or None,
        old=chronicle.plain(one.old),
        new=chronicle.plain(one.new),
        hidden=hidden,
    )
