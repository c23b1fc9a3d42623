"""A clerk is asked for a new contract, field by field, on a terminal."""

import difflib
import functools
import pathlib
from collections.abc import Iterable, Mapping
from typing import Any

import click

from portal import corpus, decisions, draft, gate, names, registry, strings, urls
from portal.commands import terminal
from portal.problems import Refused, text

MOST = 8
"""Names of a registry that are offered at once."""
LEAST = 2
"""Characters from which on a part of a name is looked for in the registry."""
CLOSE = 0.8
"""One wrong character in ten is a typo; companies of one town share half of their names."""
ROLES: Mapping[str, corpus.Role] = {"agency": "agency", "vendors": "vendor"}


class Clerk:
    """The dialogue with a clerk, in the site's language."""

    def __init__(self, root: pathlib.Path, language: str) -> None:
        from portal.intake import importing  # noqa: PLC0415 - it takes 0.1 s to load

        self._root, self._language = root, language
        self._words = strings.of(language)
        self._known = importing.registries(root)
        place = root / "site.yaml"
        self._site = decisions.site(place.read_bytes() if place.is_file() else None)
        self._rule = decisions.rule(self._site)

    def facts(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The facts of a draft: those given, and the clerk's answers for all others."""
        terminal.echo(self._words["ask.begin"])
        found: dict[str, Any] = {}
        for name in draft.ORDER:
            if given[name]:
                found[name] = given[name]
            elif name == "vendors":
                found[name] = self._vendors()
            else:
                found[name] = self._field(name, self._default(name, found))
        return found

    def id(self, found: Mapping[str, Any]) -> str:
        """The contract's id; one that is unfit or taken is asked for again."""
        default = self._free(found)
        while True:
            answer = self._answer("id", default)
            try:
                draft.free(self._root, answer)
            except Refused as refusal:
                terminal.echo(refusal.message(self._language))
            else:
                return answer

    def _field(self, name: str, default: str) -> str:
        while True:
            answer = self._answer(name, default)
            wrong = self._wrong(name, answer)
            if wrong is not None:
                self._say("wrong", why=wrong)
                continue
            if name in ROLES and answer:
                chosen = self._party(ROLES[name], answer)
                if chosen is None:
                    continue
                return chosen
            return str(draft.plain(name, answer))

    def _vendors(self) -> list[str]:
        """One vendor after the other, until nothing is answered."""
        found: list[str] = []
        while True:
            answer = self._answer("vendors-more" if found else "vendors", "")
            if not answer:
                return found
            wrong = self._wrong("vendors", [*found, answer])
            if wrong is not None:
                self._say("wrong", why=wrong)
                continue
            chosen = self._party("vendor", answer)
            if chosen is not None and chosen not in found:
                found.append(chosen)

    def _answer(self, name: str, default: str) -> str:
        """What is typed, without white space around it; the default for an empty line."""
        asked = self._words[f"ask.{name}"]
        return str(click.prompt(asked, default=default, show_default=bool(default))).strip()

    def _wrong(self, name: str, value: Any) -> str | None:
        """What `check` would say of an answer: of its form, and of what is personal in it."""
        found = draft.fault(name, value, self._language)
        if found is not None:
            return text(found, self._language)
        if not value:
            return None
        written = draft.file({name: value}, self._language)
        kept = self._rule.kept | {one for side in self._known.values() for one in _names(side)}
        for one in gate.findings(written, self._rule.tiers, frozenset(kept)):
            kind = self._words[f"kinds.{one.kind}"]
            return self._words["ask.personal"].format(kind=kind, rule=one.rule)
        return None

    # Agencies and vendors

    def _party(self, role: corpus.Role, answer: str) -> str | None:
        """An organisation of the registry that is meant, or the name as typed; None: ask again."""
        side, others = self._known[role], self._named[role]
        known = answer if answer in side.facts else side.ids.get(names.fold(answer))
        if known is not None:
            self._say("known", id=known, name=side.facts[known].name)
            return known
        near = _near(side, others, answer)
        is_id = registry.ID_LIKE.fullmatch(answer) is not None
        if not near or answer in others:
            if is_id:
                self._say("no-entry", id=answer, folder=f"content/{urls.ROLES[role]}")
            return None if is_id else answer
        return self._chosen(side, near, None if is_id else answer)

    def _chosen(self, side: registry.Side, near: list[str], typed: str | None) -> str | None:
        """One of the organisations offered, ids and names, by its number."""
        self._say("near")
        for number, one in enumerate(near, 1):
            fact = side.facts.get(one)
            terminal.echo(f"  {number}  {one if fact is None else f'{fact.name} ({one})'}")
        terminal.echo(f"  0  {self._words['ask.again' if typed is None else 'ask.as-typed']}")
        allowed = [str(number) for number in range(len(near) + 1)]
        while (answer := self._answer("choice", "")) not in allowed:
            self._say("range", most=len(near))
        return typed if answer == "0" else near[int(answer) - 1]

    @functools.cached_property
    def _named(self) -> Mapping[corpus.Role, tuple[str, ...]]:
        """What contracts call those who stand in no registry: a name is best written the same."""
        found = draft.named(self._root)
        return {
            role: tuple(one for one in found[field] if not _is_known(self._known[role], one))
            for field, role in ROLES.items()
        }

    def _say(self, key: str, **given: object) -> None:
        terminal.echo(self._words[f"ask.{key}"].format(**given))

    # Defaults

    def _default(self, name: str, found: Mapping[str, Any]) -> str:
        """The region of an agency is mostly its contracts' region."""
        agency = self._known["agency"].facts.get(found.get("agency", ""))
        return (agency.region or "") if name == "region" and agency is not None else ""

    def _free(self, found: Mapping[str, Any]) -> str:
        """An id that nobody has yet: of the agency's entry and the year of signing."""
        agency, year = found["agency"], found["signed"][:4]
        if agency not in self._known["agency"].facts or not year:
            return ""
        for name in (f"{agency}-{year}", *(f"{agency}-{year}-{n}" for n in range(2, 100))):
            try:
                draft.free(self._root, name)
            except Refused:
                continue
            return name
        return ""


def _names(side: registry.Side) -> Iterable[str]:
    """Every name of every organisation of a registry."""
    return (name for fact in side.facts.values() for name in fact.names)


def _is_known(side: registry.Side, name: str) -> bool:
    return name in side.facts or names.fold(name) in side.ids


def _near(side: registry.Side, others: Iterable[str], answer: str) -> list[str]:
    """What may be meant: a part of it, or what is nearly right.

    Of the registry the ids, and behind them the names of `others`, who stand in none.
    """
    folded = names.fold(answer)
    parts = [id for id, fact in side.facts.items() if _has(folded, (id, *fact.names))]
    parts += [one for one in others if _has(folded, (one,))]
    if parts and len(folded) >= LEAST:
        return parts[:MOST]
    ids = {names.fold(one): one for one in (*others, *side.facts)} | side.ids
    close = difflib.get_close_matches(folded, ids, MOST, CLOSE)
    return list(dict.fromkeys(ids[one] for one in close))


def _has(folded: str, known: Iterable[str]) -> bool:
    return any(folded in names.fold(one) for one in known)
