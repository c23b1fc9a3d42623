"""What must be right within one contract: its sums, amounts in words, documents and marks."""

import collections
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal import amounts, body, model, source
from portal.check import anchors
from portal.problems import Location, Problem, problem
from portal.redact import marks

CENT = Decimal("0.01")
BESIDE = re.compile(r"[^/\\\x00-\x1f.][^/\\\x00-\x1f]*")
"""The name of a file in one folder: no path, no hidden file."""


@dataclass(frozen=True, slots=True)
class Case:
    """A contract as the rules see it: its facts, file, rendered body, and documents' names."""

    contract: model.Contract
    read: source.Source
    text: body.Body
    held: tuple[str, ...]

    def at(self, *path: str | int) -> Location:
        return self.read.at(path)


def payments(case: Case) -> Iterator[Problem]:
    """Instalments come to the value, as signed or as amended; percentages come to a hundred."""
    contract = case.contract
    value, lines = contract.value.amount, contract.payments
    if not lines:
        return
    if value is None:
        if any(one.amount is not None for one in lines):
            yield problem(case.at("payments"), "payments-withheld")
        return
    expected = {value, contract.current_amount or value}
    due = [_due(one, value) for one in lines]
    total = sum(due, Decimal(0))
    if all(abs(total - one) > CENT * len(due) for one in expected) or (
        all(one.amount is not None for one in lines) and total not in expected
    ):
        yield problem(
            case.at("payments"),
            "payments-sum",
            total=amounts.group(total),
            value=amounts.group(value),
            difference=amounts.group(abs(total - value)),
        )


def _due(payment: model.Payment, value: Decimal) -> Decimal:
    if payment.amount is not None:
        return payment.amount
    return value * (payment.percent or Decimal(0)) / 100


def percentages(case: Case) -> Iterator[Problem]:
    """An instalment's percentage and amount say the same."""
    value = case.contract.value.amount
    for index, one in enumerate(case.contract.payments):
        if value and one.amount is not None and one.percent is not None:
            share = one.amount * 100 / value
            if abs(share - one.percent) > Decimal("0.5"):
                at = case.at("payments", index, "percent")
                yield problem(at, "payment-percent", share=f"{share:.2f}", percent=one.percent)


def capitals(case: Case) -> Iterator[Problem]:
    """The amount in words is the amount in figures. Words that cannot be read are a problem."""
    value = case.contract.value
    if value.capitals is None:
        return
    at = case.at("value", "capitals")
    read = amounts.capitals(value.capitals)
    if read is None:
        yield problem(at, "capitals-unreadable")
    elif value.amount is None:
        yield problem(at, "capitals-withheld")
    elif read != value.amount:
        yield problem(at, "capitals", words=amounts.group(read), value=amounts.group(value.amount))


FORMATS = "pdf ofd doc docx xls xlsx csv txt jpg jpeg png tif tiff zip".split()
"""What may be published beside a contract: nothing that a browser would run."""


def formats(case: Case) -> Iterator[Problem]:
    """Documents are of a format that only shows and does not act."""
    folder = case.read.path.removesuffix(".md")
    for name in case.held:
        if name.rpartition(".")[2].casefold() not in FORMATS:
            at = Location(f"{folder}/{name}")
            yield problem(at, "document-format", formats=" ".join(FORMATS))


def documents(case: Case) -> Iterator[Problem]:
    """Every document is there, in the folder that bears the contract's id; and none is unlisted."""
    listed = set()
    for index, one in enumerate(case.contract.documents):
        if one.file is None:
            continue
        at = case.at("documents", index, "file")
        if not BESIDE.fullmatch(one.file):
            yield problem(at, "document-path", id=case.contract.id)
        elif one.file not in case.held:
            yield problem(at, "document-missing", id=case.contract.id)
        elif one.file in listed:
            yield problem(at, "document-twice")
        listed.add(one.file)
    folder = case.read.path.removesuffix(".md")
    for name in case.held:
        if name not in listed:
            yield problem(Location(f"{folder}/{name}"), "document-unlisted")


def body_marks(case: Case) -> Iterator[Problem]:
    """Marks are of the closed vocabulary."""
    for offset, kind in marks.unknown(case.read.body)[: source.MOST]:
        line = case.read.body_line + case.read.body.count("\n", 0, offset)
        yield problem(Location(case.read.path, line), "mark", kind=kind[:20])


UNSEEN = {"redactions", "keep"}
"""Facts in which a mark would stand for nothing."""


def redactions(case: Case) -> Iterator[Problem]:
    """The log counts every mark in the text and in the facts; it may count others, in documents."""
    shown = case.read.body, case.contract.model_dump_json(exclude=UNSEEN)
    found = collections.Counter(code for text in shown for code in marks.codes(text))
    listed = collections.Counter[str]()
    for one in case.contract.redactions:
        listed[one.kind] += one.count
    for kind, number in found.items():
        if number > listed[kind]:
            given = {"kind": marks.LABELS[kind], "marks": number, "listed": listed[kind]}
            yield problem(_logged(case, kind), "redactions-log", **given)


def _logged(case: Case, kind: str) -> Location:
    """The count of a kind in the log; where the log lacks the kind, its first mark."""
    for index, one in enumerate(case.contract.redactions):
        if one.kind == kind:
            return case.at("redactions", index, "count")
    facts = {name: one for name, one in case.read.data.items() if name not in UNSEEN}
    path = _marked(facts, marks.mark(kind), ())
    if path is not None:
        return case.at(*path)
    line = case.read.body_line + case.read.body.partition(marks.mark(kind))[0].count("\n")
    return Location(case.read.path, line)


def _marked(value: Any, mark: str, path: source.Path) -> source.Path | None:
    """The path of the first fact that bears a mark."""
    if isinstance(value, str):
        return path if mark in value else None
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    found = (_marked(one, mark, (*path, name)) for name, one in parts)
    return next((one for one in found if one is not None), None)


def fragments(case: Case) -> Iterator[Problem]:
    """A link within the page leads to a heading that is there."""
    yield from anchors.missing(case.read, case.text)


def own_alias(case: Case) -> Iterator[Problem]:
    """A former permalink is not the present one, and is named once."""
    seen = {case.contract.id.casefold()}
    for index, alias in enumerate(case.contract.aliases):
        if alias.casefold() in seen:
            yield problem(case.at("aliases", index), "alias-twice", id=alias)
        seen.add(alias.casefold())


Rule = Callable[[Case], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    payments,
    percentages,
    capitals,
    documents,
    body_marks,
    redactions,
    fragments,
    own_alias,
    formats,
)
"""Every rule over one contract; a new one is one function and one line here."""
