"""Who is who: names in contracts resolved to organisations, through the registry or by the name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from portal import corpus, digest, model, names, spelling, urls
from portal.problems import Location, Problem, problem

ID_LIKE = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
"""A reference of this shape is meant as an id, not as a name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation's file in the registry."""

    at: Location
    fact: model.Organisation


@dataclass(slots=True)
class Side:
    """The organisations of one role while they are gathered: by id, and by every folded name.

    `broken` are the ids of entries that hold mistakes: to refer to them is no other mistake.
    """

    role: corpus.Role
    spell: spelling.Speller
    broken: frozenset[str] = frozenset()
    facts: dict[str, model.Organisation] = field(default_factory=dict)
    places: dict[str, Location] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    parties: dict[str, corpus.Party] = field(default_factory=dict)
    cache: dict[str, str | None] = field(default_factory=dict)
    hints: dict[str, str | None] = field(default_factory=dict)

    def resolve(self, text: str, at: Location) -> str | None:
        """The id of the organisation that a reference means; a new name makes a new one."""
        if text not in self.cache:
            self.cache[text] = self._resolve(text, at)
        found = self.cache[text]
        if found is None:
            self.unknown(text, at)
        return found

    def party(self, id: str) -> corpus.Party:
        """A known organisation as a contract refers to it."""
        found = self.parties.get(id)
        if found is None:
            found = self.parties[id] = corpus.Party(id, self.facts[id].name)
        return found

    def unknown(self, id: str, at: Location) -> None:
        """An id without an entry is a problem, with the nearest that has one."""
        if id in self.broken:
            return
        if id not in self.hints:
            self.hints[id] = names.near(id, self.facts)
        near = self.hints[id]
        code = "unknown-reference" if near is None else "unknown-reference-near"
        given = {"id": id, "near": near or "", "folder": f"content/{urls.ROLES[self.role]}"}
        self.problems.append(problem(at, code, **given))

    def _resolve(self, text: str, at: Location) -> str | None:
        if text in self.facts:
            return text
        known = self.ids.get(names.fold(text))
        if known is not None:
            return known
        return None if ID_LIKE.fullmatch(text) else self._implied(text, at)

    def _implied(self, name: str, at: Location) -> str:
        id = self.spell(name).slug
        if id in self.facts:
            other = self.places[id]
            self.problems.append(problem(at, "organisation-clash", id=id, other=other))
        else:
            self.facts[id] = model.Organisation(id=id, name=name)
            self.places[id] = at
        self.ids[names.fold(name)] = id
        return id


def side(
    role: corpus.Role,
    entries: Iterable[Entry],
    spell: spelling.Speller,
    broken: frozenset[str] = frozenset(),
) -> Side:
    """One role's registry. A name or id that two entries claim is a problem."""
    known = Side(role, spell, broken)
    taken: dict[str, str] = {}
    for entry in entries:
        id = entry.fact.id
        first = taken.setdefault(id.casefold(), id)
        if first in known.facts:
            place = known.places[first]
            known.problems.append(problem(entry.at, "duplicate-id", id=id, other=place))
            continue
        known.facts[id], known.places[id] = entry.fact, entry.at
        for name in entry.fact.names:
            other = known.ids.setdefault(names.fold(name), id)
            if other != id:
                place = known.places[other]
                known.problems.append(problem(entry.at, "duplicate-name", other=place))
    return known


def organisations(known: Side) -> dict[str, corpus.Organisation]:
    """The organisations of a role as pages need them: parents and branches tied together."""
    parents = {id: _parent(known, fact) for id, fact in known.facts.items()}
    branches: dict[str, list[corpus.Party]] = {}
    for id, fact in known.facts.items():
        above = parents[id]
        if above is not None and above.id:
            branches.setdefault(above.id, []).append(corpus.Party(id, fact.name))
    return {
        id: _organisation(known, fact, parents[id], tuple(branches.get(id, ())))
        for id, fact in sorted(known.facts.items())
    }


def _parent(known: Side, fact: model.Organisation) -> corpus.Party | None:
    """The parent; one that the register does not know has a name but no id."""
    if fact.parent is None:
        return None
    id = fact.parent if fact.parent in known.facts else known.ids.get(names.fold(fact.parent))
    if id is not None and id != fact.id:
        return corpus.Party(id, known.facts[id].name)
    if id == fact.id:
        known.problems.append(problem(known.places[fact.id], "own-parent"))
    elif ID_LIKE.fullmatch(fact.parent):
        known.unknown(fact.parent, known.places[fact.id])
    return corpus.Party("", fact.parent)


def _organisation(
    known: Side,
    fact: model.Organisation,
    parent: corpus.Party | None,
    branches: tuple[corpus.Party, ...],
) -> corpus.Organisation:
    name = known.spell(fact.name)
    sealed = digest.of(known.role, fact, parent, branches, name.initial, name.order)
    return corpus.Organisation(known.role, fact, parent, branches, name.initial, name.order, sealed)


def rows(
    summaries: Iterable[corpus.Summary], agencies: Side, vendors: Side
) -> Iterator[corpus.Row]:
    """The contracts with their parties resolved: each vendor once, the lead first.

    One whose party is unknown is left out.
    """
    for one in summaries:
        agency = agencies.cache.get(one.agency) or agencies.resolve(one.agency, one.at("agency"))
        parties = [
            vendors.cache.get(name) or vendors.resolve(name, one.at("vendors"))
            for name in one.vendors
        ]
        if agency is None or None in parties:
            continue
        each = tuple([vendors.party(id) for id in dict.fromkeys(parties) if id is not None])
        yield row(one, agencies.party(agency), each)


def row(one: corpus.Summary, agency: corpus.Party, vendors: tuple[corpus.Party, ...]) -> corpus.Row:
    """A contract as lists show it."""
    parties = [part for vendor in vendors for part in vendor]
    return corpus.Row(
        id=one.id,
        first=one.aliases[0] if one.aliases else one.id,
        title=one.title,
        number=one.number,
        tender=one.tender,
        agency=agency,
        vendors=vendors,
        amount=one.amount,
        currency=one.currency,
        signed=one.signed,
        announced=one.announced,
        region=one.region,
        category=one.category,
        method=one.method,
        state=one.state,
        amendments=one.amendments,
        changes=one.changes,
        digest=digest.raw("\0".join((one.shown, *agency, *parties)).encode()),
    )
