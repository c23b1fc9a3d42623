"""Who is who: names and identifiers of releases as organisations, and the entries these need."""

import collections
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from portal import names, pinyin, registry
from portal.intake.ocds.organisations import Mention


@dataclass(slots=True)
class Group:
    """One organisation: every spelling of its name with how often it was met, and its entry."""

    identifier: str | None
    spellings: collections.Counter[str] = field(default_factory=collections.Counter)
    locals: set[str] = field(default_factory=set)
    id: str | None = None
    is_known: bool = False
    """Whether the site's registry has an entry for it already."""
    is_ambiguous: bool = False
    """Whether it is a bare name that several identified organisations have."""

    @property
    def names(self) -> list[str]:
        """The spellings, the one met most often first; in no other order do files matter."""
        return sorted(self.spellings, key=lambda name: (-self.spellings[name], name))

    @property
    def name(self) -> str:
        return self.names[0]


class Entry(NamedTuple):
    """What a registry entry has to say; each alias with a contract in which it was seen."""

    id: str
    name: str
    identifier: str | None
    aliases: tuple[tuple[str, str], ...]


class Directory:
    """The organisations of one role: noted release by release, then settled, then asked.

    Who is who does not depend on the order in which files or releases are noted, nor on whether
    the entries that follow from it are in the registry already.
    """

    def __init__(self, known: registry.Side) -> None:
        self._known = known
        by_identifier = {one.identifier: id for id, one in known.facts.items() if one.identifier}
        self._entries: Mapping[str, str] = by_identifier
        self._apart: Mapping[str, str] = {
            names.fold(one.name.removesuffix(_apart(id))): id
            for id, one in known.facts.items()
            if one.identifier is None and one.name.endswith(_apart(id))
        }
        self._identified: dict[str, Group] = {}
        self._named: dict[str, Group] = {}
        self._slugs: dict[str, str] = {}

    def note(self, one: Mention, times: int) -> None:
        """An organisation as releases name it, and how often."""
        if one.identifier is None:
            group = self._named.setdefault(names.fold(one.name), Group(None))
        else:
            group = self._identified.setdefault(one.identifier, Group(one.identifier))
        group.spellings[one.name] += times
        if one.local is not None:
            group.locals.add(one.local)

    def settle(self) -> None:
        """Decide which names are one organisation, and which organisations need an entry."""
        self._give_names()
        self._unite()
        taken = set(self._known.facts)
        groups = self._groups()
        found = {id(group): self._registered(group) for group in groups}
        claims = collections.Counter(found[id(group)] for group in groups if group.identifier)
        for group in groups:
            own = self._entries.get(group.identifier or "")
            named = found[id(group)]
            if own is None and (group.identifier is None or claims[named] == 1):
                own = named
            if own is not None:
                group.id, group.is_known = own, True
        fresh = [group for group in groups if not group.is_known]
        noted = _folds(groups)
        sounds = collections.Counter(self._slug(group) for group in fresh)
        implied = {slug for slug in sounds if sounds[slug] == 1}
        for group in fresh:
            slug = self._slug(group)
            if slug in taken or sounds[slug] > 1 or self._is_apart(group):
                group.id = self._free(slug, taken, implied - {slug})
                while group.is_ambiguous and names.fold(f"{group.name}{_apart(group.id)}") in noted:
                    taken.add(group.id)
                    group.id = self._free(slug, taken, implied - {slug})
                taken.add(group.id)

    def reference(self, one: Mention) -> str:
        """How a contract refers to an organisation: by the id of its entry, else by its name."""
        group = self.group(one)
        return one.name if group is None or group.id is None else group.id

    def group(self, one: Mention) -> Group | None:
        found = self._identified.get(one.identifier or "")
        return found or self._named.get(names.fold(one.name))

    def entries(self, used: Mapping[str, Mapping[str, str]]) -> Iterator[Entry]:
        """The new entries of what is used: by id, the spellings in contracts, each with one."""
        shown = {names.fold(name) for one in self._known.facts.values() for name in one.names}
        groups = self._groups()
        noted = _folds(groups)
        for group in groups:
            if group.id is None or group.is_known or group.id not in used:
                continue
            spelled = used[group.id]
            own = [] if group.is_ambiguous else [name for name in group.names if name in spelled]
            first = next((one for one in own if names.fold(one) not in shown), None)
            name = first or _told_apart(group, shown | noted)
            shown.add(names.fold(name))
            others = []
            for one in own:
                if names.fold(one) not in shown:
                    shown.add(names.fold(one))
                    others.append((one, spelled[one]))
            yield Entry(group.id, name, group.identifier, tuple(others))

    def _groups(self) -> list[Group]:
        """Every organisation once, those with an identifier first, in the order of their names."""
        found = {id(group): group for group in (*self._identified.values(), *self._named.values())}

        def order(group: Group) -> tuple[bool, str, str]:
            return group.identifier is None, group.name, group.identifier or ""

        return sorted(found.values(), key=order)

    def _give_names(self) -> None:
        """A name that comes with one identifier is that organisation's everywhere.

        One that comes with several is nobody's where it stands alone: that would be a guess.
        """
        holders: dict[str, list[Group]] = collections.defaultdict(list)
        for group in self._identified.values():
            for fold in {names.fold(name) for name in group.spellings}:
                holders[fold].append(group)
        for fold in self._named.keys() | holders.keys():
            held, bare = holders[fold], self._named.get(fold)
            if bare is not None and self._is_of_several(fold, held):
                bare.is_ambiguous = True
            elif held and bare is not None:
                held[0].spellings.update(bare.spellings)
                self._named[fold] = held[0]
            elif len(held) == 1:
                self._named[fold] = held[0]

    def _is_of_several(self, fold: str, held: list[Group]) -> bool:
        """Whether a name has several identifiers, in the files and the registry together."""
        known = self._known.facts.get(self._known.ids.get(fold, ""))
        if fold in self._apart:
            return True
        found = {group.identifier for group in held}
        return len(found | ({known.identifier} if known and known.identifier else set())) > 1

    def _unite(self) -> None:
        """Names that only signs tell apart are one, if a release's own id says so."""
        united: dict[tuple[str, str], list[str]] = {}
        for fold, group in self._named.items():
            if group.identifier is None and not group.is_ambiguous:
                sound = self._slug(group)
                cells = [united.get((sound, local), []) for local in group.locals]
                whole = list(dict.fromkeys([fold, *(one for cell in cells for one in cell)]))
                told = {
                    (self._slug(self._named[one]), local): whole
                    for one in whole
                    for local in self._named[one].locals
                }
                united.update(told)
        for folds in {id(one): one for one in united.values()}.values():
            if len({self._known.ids.get(fold) for fold in folds} - {None}) > 1:
                continue  # the registry has told them apart already
            first = self._named[folds[0]]
            for fold in folds[1:]:
                first.spellings.update(self._named[fold].spellings)
                self._named[fold] = first

    def _registered(self, group: Group) -> str | None:
        """The id of the entry that has one of the names, unless its identifier is another."""
        if group.is_ambiguous:
            fold = names.fold(group.name)
            id = self._known.ids.get(fold)
            is_bare = id is not None and self._known.facts[id].identifier is None
            return id if is_bare else self._apart.get(fold)
        for name in group.names:
            id = self._known.ids.get(names.fold(name))
            if id is not None:
                held = self._known.facts[id].identifier
                if group.identifier is None or held in (None, group.identifier):
                    return id
        return None

    def _is_apart(self, group: Group) -> bool:
        """Whether a name alone would not do: an identifier, several forms, others' name, an id."""
        folds = {names.fold(name) for name in group.spellings}
        alike = any(registry.ID_LIKE.fullmatch(name) for name in group.spellings)
        told = group.identifier is not None or group.is_ambiguous
        return told or len(folds) > 1 or alike

    def _slug(self, group: Group) -> str:
        name = group.name
        if name not in self._slugs:
            self._slugs[name] = pinyin.slug(name)
        return self._slugs[name]

    @staticmethod
    def _free(slug: str, taken: set[str], implied: set[str]) -> str:
        number, id = 1, slug
        while id in taken or id in implied:
            number += 1
            id = f"{slug[:110]}-{number}"
        return id


def _folds(groups: Iterable[Group]) -> set[str]:
    return {names.fold(name) for group in groups for name in group.spellings}


def _told_apart(group: Group, taken: Set[str]) -> str:
    """A name for an organisation whose own name is another's already."""
    told = [f"{group.name} ({group.identifier})"] if group.identifier else []
    told.append(f"{group.name}{_apart(group.id or '')}")
    return next((name for name in told if names.fold(name) not in taken), told[-1])


def _apart(id: str) -> str:
    """What follows the name of an organisation without identifier whose name is another's."""
    return f" ({id})"


def fact(entry: Entry) -> Mapping[str, Any]:
    """The fields of an entry's file."""
    given: dict[str, Any] = {"name": entry.name}
    if entry.identifier is not None:
        given["identifier"] = entry.identifier
    if entry.aliases:
        given["aliases"] = [
            {"name": name, "contract": id} if id else {"name": name} for name, id in entry.aliases
        ]
    return given


def spelled(found: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """By id, the spellings in contracts, each with the first; of (id, name, contract)."""
    used: dict[str, dict[str, str]] = {}
    for id, name, contract in found:
        held = used.setdefault(id, {})
        held[name] = held.get(name) or contract
    return used
