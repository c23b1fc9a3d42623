"""Contracts' files made from processes, chunk by chunk, in worker processes."""

import datetime
import gc
import pathlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal import corpus, gate, pinyin, strings, values
from portal.intake.ocds import (
    contract,
    cover,
    directory,
    documents,
    gathering,
    process,
    taken,
    tidy,
)
from portal.intake.ocds.reading import Reading
from portal.intake.ocds.unfit import Unfit

AT_ONCE = 100
"""Processes that a worker looks at between two reports."""
SHORT = 4
"""An id of a contract with fewer signs is no name for the whole register: its ocid goes before."""


@dataclass(frozen=True, slots=True)
class Task:
    """What workers need to know: the spool, the site's rules, who is who, ids that meet twice."""

    spool: pathlib.Path
    rules: cover.Rules
    directories: Mapping[corpus.Role, directory.Directory]
    crowded: frozenset[str]


class Made(NamedTuple):
    """A contract's file that may be written; `second` is its id where the first is taken.

    `plain` is the one that it has where no other process uses it: in another import, perhaps.
    `is_own` is of a portal's own data, in which the id is the contract's for certain.
    """

    id: str
    second: str
    plain: str
    is_own: bool
    ocid: str
    year: str
    text: str
    place: process.Place
    is_draft: bool
    parties: tuple[tuple[corpus.Role, str, str], ...]
    masked: Mapping[str, int]
    stays: Mapping[str, int]


class Done(NamedTuple):
    """What came of a chunk of processes."""

    made: tuple[Made, ...]
    refused: tuple[gathering.Rejection, ...]
    seen: tidy.Seen
    left: taken.Left


def make(task: Task, chunk: Sequence[tuple[str, tuple[gathering.Ref, ...]]]) -> Done:
    """The contracts of some processes."""
    gc.enable()
    made: list[Made] = []
    refused: list[gathering.Rejection] = []
    seen, left = tidy.Seen(), taken.Left()
    with gathering.Reader(task.spool) as reader:
        for ocid, refs in chunk:
            told = []
            for ref in refs:
                release = tidy.release(reader.release(ref), seen)
                left.update(taken.left(release))
                told.append(process.Told(release, ref.place))
            found = process.contracts(ocid, told, seen)
            if not found:
                refused.append(gathering.Rejection(told[-1].place, "no-contract", {}, _named(ocid)))
            for one in found:
                try:
                    made.append(_contract(task, one, seen))
                except Unfit as stopped:
                    refused.append(_refused(one, stopped))
    return Done(tuple(made), tuple(refused), seen, left)


def _contract(task: Task, one: process.Contract, seen: tidy.Seen) -> Made:
    rules = task.rules
    seen_here = tidy.Seen()
    reading = Reading(
        rules.words, seen_here, lambda role, mention: task.directories[role].reference(mention)
    )
    found = contract.read(one, reading)
    facts = found.facts
    is_draft = not {"agency", "vendors", "signed"} <= facts.keys()
    if is_draft:
        facts["draft"] = "true"
    for role, mention in found.parties:
        is_entry = task.directories[role].reference(mention) != mention.name
        if is_entry and cover.is_serious(mention.name, rules):
            raise Unfit("personal-party")
    id, second = ids(one.id, one.ocid, task.crowded)
    plain = second if len(one.id) < SHORT else _fit(one.id)
    own = documents.own_id(one.merged)
    if own is not None:
        id = second = plain = own
    covered = cover.covered(id, facts, found.public, rules)
    seen.update(seen_here)
    return Made(
        id=id,
        second=second,
        plain=plain,
        is_own=own is not None,
        ocid=one.ocid,
        year=_year(found.signed, one),
        text=covered.text,
        place=one.place,
        is_draft=is_draft,
        parties=tuple(
            (role, task.directories[role].reference(mention), mention.name)
            for role, mention in found.parties
        ),
        masked=covered.masked,
        stays=covered.stays,
    )


def _year(signed: datetime.date | None, one: process.Contract) -> str:
    """The folder: the year of signing, else of the first that is told of the contract."""
    days = [signed, *(step.day for step in one.steps)]
    return next((f"{day.year:04}" for day in days if day is not None), "undated")


def ids(contract: str, ocid: str, crowded: frozenset[str]) -> tuple[str, str]:
    """The id of a contract's file, and a longer one that tells its process too.

    An id that several processes use, or a very short one, is the longer one at once.
    """
    long = ocid if ocid.endswith(contract) else f"{ocid}-{contract}"
    second = _fit(long)
    is_short = len(contract) < SHORT or contract.casefold() in crowded
    return (second if is_short else _fit(contract)), second


def _fit(id: str) -> str:
    """An id as it can stand in an address: itself, or in pinyin with hyphens."""
    if values.is_id(id):
        return id
    return re.sub(r"-{2,}", "-", pinyin.slug(id)).strip("-")


def _refused(one: process.Contract, stopped: Unfit) -> gathering.Rejection:
    place = one.place.below(*stopped.path)
    return gathering.Rejection(place, stopped.code, stopped.given, _named(one.ocid), _named(one.id))


def _named(id: str) -> str:
    """An id as a message may repeat it."""
    return gate.shown(id[: gathering.NAMED])


def words(language: str) -> Mapping[str, str]:
    """The visible words of a language, as a plain mapping that goes to other processes."""
    return dict(strings.of(language))
