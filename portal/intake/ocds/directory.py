"""Who is who: names and identifiers of releases as organisations, and the entries these need."""

import collections
from collections.abc import Iterable, Iterator, Mapping
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

    @property
    def name(self) -> str:
        """The spelling met most often, the first of several."""
        return self.spellings.most_common(1)[0][0]


class Entry(NamedTuple):
    """What a registry entry has to say; each alias with a contract in which it was seen."""

    id: str
    name: str
    identifier: str | None
    aliases: tuple[tuple[str, str], ...]


class Directory:
    """The organisations of one role: noted release by release, then settled, then asked."""

    def __init__(self, known: registry.Side) -> None:
        self._known = known
        by_identifier = {one.identifier: id for id, one in known.facts.items() if one.identifier}
        self._entries: Mapping[str, str] = by_identifier
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
        for group in groups:
            id = self._entries.get(group.identifier or "") or self._registered(group)
            if id is not None:
                group.id, group.is_known = id, True
        fresh = [group for group in groups if not group.is_known]
        sounds = collections.Counter(self._slug(group) for group in fresh)
        implied = {slug for slug in sounds if sounds[slug] == 1}
        for group in fresh:
            slug = self._slug(group)
            if slug in taken or sounds[slug] > 1 or self._is_apart(group):
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
        for group in self._groups():
            if group.id is None or group.is_known or group.id not in used:
                continue
            spelled = used[group.id]
            own = [name for name, _ in group.spellings.most_common() if name in spelled]
            first = next((one for one in own if names.fold(one) not in shown), None)
            name = first or f"{group.name} ({group.identifier or group.id})"
            shown.add(names.fold(name))
            others = []
            for one in own:
                if names.fold(one) not in shown:
                    shown.add(names.fold(one))
                    others.append((one, spelled[one]))
            yield Entry(group.id, name, group.identifier, tuple(others))

    def _groups(self) -> list[Group]:
        found = [*self._identified.values(), *self._named.values()]
        return list({id(group): group for group in found}.values())

    def _give_names(self) -> None:
        """A name that comes with an identifier somewhere is that organisation's everywhere."""
        holders: dict[str, Group] = {}
        for group in self._identified.values():
            for name in group.spellings:
                holders.setdefault(names.fold(name), group)
        for fold, group in list(self._named.items()):
            holder = holders.get(fold)
            if holder is not None:
                holder.spellings.update(group.spellings)
                self._named[fold] = holder
        for fold, group in holders.items():
            self._named.setdefault(fold, group)

    def _unite(self) -> None:
        """Names that only signs tell apart are one, if a release's own id says so."""
        by_sound: dict[tuple[str, str], Group] = {}
        for fold, group in self._named.items():
            if group.identifier is not None:
                continue
            for local in sorted(group.locals):
                first = by_sound.setdefault((self._slug(group), local), group)
                if first is not group:
                    first.spellings.update(group.spellings)
                    self._named[fold] = first
                    break

    def _registered(self, group: Group) -> str | None:
        """The id of the entry that has one of the names, unless its identifier is another."""
        for name in group.spellings:
            id = self._known.ids.get(names.fold(name))
            if id is not None:
                held = self._known.facts[id].identifier
                if group.identifier is None or held in (None, group.identifier):
                    return id
        return None

    def _is_apart(self, group: Group) -> bool:
        """Whether a name alone would not do: it has an identifier or forms, or looks like an id."""
        folds = {names.fold(name) for name in group.spellings}
        alike = any(registry.ID_LIKE.fullmatch(name) for name in group.spellings)
        return group.identifier is not None or len(folds) > 1 or alike

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
