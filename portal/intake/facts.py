"""The facts of a tidy text, as a contract's front matter will state them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal import model
from portal.intake import (
    annexes,
    assessment,
    clean,
    conflicts,
    finding,
    heads,
    items,
    labels,
    parties,
    payments,
    penalties,
    terms,
    worth,
)

IMPORTANT = ("title", "number", "agency", "vendors", "value.amount", "signed", "term", "payments")
"""What a reader of a contract looks for first, and an editor is told of when it is missing."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was read: facts by their path in `model.Contract`, contradictions, important gaps.

    `annexes` is a path that the model has not: a document there needs a file or an address.
    """

    facts: tuple[finding.Fact, ...]
    conflicts: tuple[finding.Conflict, ...]
    missing: tuple[str, ...]

    def get(self, *path: str) -> Any:
        """A fact's value by its path; None where it was not read."""
        return next((one.value for one in self.facts if one.path == path), None)

    def front(self) -> dict[str, Any]:
        """The facts as plain data in the model's order: text, lists and mappings."""
        front: dict[str, Any] = {}
        for name in model.Contract.model_fields:
            for one in self.facts:
                if one.path == (name,):
                    front[name] = one.value
                elif one.path[0] == name:
                    front.setdefault(name, {})[one.path[1]] = one.value
        for name, fact in NESTED.items():
            if name in front:
                held = front[name]
                front[name] = {key: held[key] for key in fact.model_fields if key in held}
        return front


NESTED: dict[str, type[model.Fact]] = {
    "procurement": model.Procurement,
    "value": model.Value,
    "term": model.Term,
    "assessment": model.Assessment,
}


def read(text: clean.Text) -> Found:
    """The facts of a text; where two readings differ neither is taken, and a conflict is noted."""
    entries = labels.entries(text.lines)
    who = parties.read(text, entries)
    what = worth.read(text)
    amount = next((Decimal(one.value) for one in what[0] if one.path == ("value", "amount")), None)
    parts = [
        heads.number(entries),
        heads.procurement(text, entries),
        heads.title(text, entries),
        parties.agent(text, entries),
        who,
        parties.region(who[0], entries),
        what,
        terms.signed(text, entries),
        terms.term(text),
        terms.place(text, entries),
        items.read(text),
        payments.read(text, amount),
        assessment.read(text),
        penalties.read(text),
        annexes.read(text),
    ]
    facts = _titled([fact for found, _ in parts for fact in found])
    clashes = [clash for _, found in parts for clash in found] + conflicts.between(facts)
    return Found(tuple(facts), tuple(dict.fromkeys(clashes)), _missing(facts))


def _titled(facts: list[finding.Fact]) -> list[finding.Fact]:
    """A general title (政府采购合同) bears the project's name in front, where it is known."""
    held = {one.path: one for one in facts}
    title, project = held.get(("title",)), held.get(("procurement", "project"))
    if title is None or project is None or not heads.is_general(title.value):
        return facts
    rows = tuple(sorted({*title.rows, *project.rows}))
    words = title.value
    for double in ("采购", "服务", "项目"):
        words = words.removeprefix(double) if project.value.endswith(double) else words
    made = finding.Fact(("title",), project.value + words, rows, "likely")
    return [made if one is title else one for one in facts]


def _missing(facts: Sequence[finding.Fact]) -> tuple[str, ...]:
    held = {".".join(one.path) for one in facts} | {one.path[0] for one in facts}
    return tuple(name for name in IMPORTANT if name not in held)
