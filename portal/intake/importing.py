"""Importing: an original outside the repository becomes a draft under content/contracts/."""

import os
import pathlib
import threading
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from portal import corpus, facts, files, gate, model, registry, source
from portal.intake import drafts, originals
from portal.problems import Refused, Rejected
from portal.reading.part import Unreadable
from portal.spelling import Speller

_ROLES: tuple[corpus.Role, ...] = typing.get_args(corpus.Role)
UNNAMED = "untitled"
"""The beginning of an id where the text has neither number nor title."""


class Refusal(NamedTuple):
    """A document that was not taken: its path as it may be printed, the reason, words to fill in.

    `code` is stable and documented in docs/importing.md.
    """

    path: str
    code: str
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Imported:
    """A document that was taken, and the draft that was written for it."""

    path: str
    file: pathlib.Path
    original: originals.Original
    draft: drafts.Draft


def about(root: pathlib.Path) -> drafts.About:
    """What is known of a site before anything is imported; Refused or Rejected without a site."""
    place = root / "site.yaml"
    if not place.is_file():
        raise Refused("no-site", path=root)
    site, problems = facts.site(source.entry("site.yaml", place.read_bytes(), model.Site))
    if site is None:
        raise Rejected(problems)
    return drafts.About(site, {role: one.ids for role, one in registries(root).items()})


def registries(root: pathlib.Path) -> Mapping[corpus.Role, registry.Side]:
    """The site's registries by role."""
    tree = files.tree(root)
    return {role: _side(root, role, tree.registries[role]) for role in _ROLES}


def _side(root: pathlib.Path, role: corpus.Role, found: tuple[files.Found, ...]) -> registry.Side:
    """A registry as it lies there; an entry with mistakes is one for check to refuse."""
    entries = []
    for one in found:
        read = source.entry(one.path, files.content(str(root), one.path), model.Organisation)
        fact, _ = facts.organisation(read, files.stem(one.path))
        if fact is not None:
            entries.append(registry.Entry(read.at(("name",)), fact))
    return registry.side(role, entries, Speller({}))


def document(
    path: pathlib.Path, root: pathlib.Path, about: drafts.About, look: originals.Look
) -> Imported | Refusal:
    """Import one document: the draft is written, or nothing is."""
    shown = gate.shown(str(path))
    try:
        original = originals.read(path, root, look)
        draft = drafts.draft(original.text, about)
        file = _write(root, draft)
    except Unreadable as stopped:
        return Refusal(shown, stopped.code, stopped.given)
    return Imported(shown, file, original, draft)


def _write(root: pathlib.Path, draft: drafts.Draft) -> pathlib.Path:
    """Write content/contracts/<id>.md in one step; Unreadable (exists) where the id is taken."""
    folder = root / files.CONTRACTS
    taken = {one.stem.casefold(): one for one in folder.rglob("*.md")}
    id = draft.id or _free(taken)
    if id.casefold() in taken:
        raise Unreadable("exists", path=gate.shown(str(taken[id.casefold()])))
    path = folder / f"{id}.md"
    write(path, draft.text)
    return path


def write(path: pathlib.Path, text: str) -> None:
    """Write a file in one step: it is there as a whole, or as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.parent / f".{os.getpid()}.{threading.get_ident()}.new"
    try:
        with open(fresh, "x", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _free(taken: Mapping[str, object]) -> str:
    """An id for a contract without any: `untitled-1`, or the next that nobody has."""
    number = 1
    while f"{UNNAMED}-{number}" in taken:
        number += 1
    return f"{UNNAMED}-{number}"
