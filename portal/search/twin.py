"""A contract as it is indexed: everything that its page says, as plain text, and its grams."""

import datetime
import html
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from portal import body, corpus, model, render
from portal.search import sieve, signs

PAGE = '<html lang="{language}"><body><p>{text}</p></body></html>'
_INLINE = re.compile(r"</?(?:a|b|code|del|em|i|span|strong|sub|sup)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")


class Twin(NamedTuple):
    """What the search needs of a contract: its text, and the grams of its facts beside those."""

    text: str
    grams: frozenset[str]

    @property
    def other_grams(self) -> set[str]:
        """All grams but those of the tokens of the text."""
        return sieve.figures(self.text) | self.grams


def key(row: corpus.Row, file: corpus.File) -> str:
    """What tells everything that a twin follows from, beside code and language."""
    return row.digest + file.digest


def twin(contract: model.Contract, row: corpus.Row, written: str, language: str) -> Twin:
    """The twin of a contract; `written` is its body."""
    labels = body.Labels("")
    parts = (*_facts(contract, row, language), plain(body.render(written, labels).html))
    text = signs.readable("; ".join(part for part in parts if part))
    return Twin(text, frozenset(_grams(contract, row)))


def facts(contract: model.Contract, row: corpus.Row, language: str) -> Twin:
    """The twin where there is no full text: what the register knows of the contract."""
    text = signs.readable("; ".join(_heading(contract, row, language)))
    return Twin(text, frozenset(_grams(contract, row)))


def plain(markup: str) -> str:
    """The text of a body's HTML."""
    return html.unescape(_TAG.sub(" ", _INLINE.sub("", markup)))


def page(twins: Iterable[Twin], language: str) -> str:
    """The document that Pagefind is given of some contracts: tokens, of which none is markup."""
    from portal.search import tokenised  # noqa: PLC0415 - numpy, which most builds have no need of

    return PAGE.format(language=language, text=tokenised.spaced([one.text for one in twins]))


def _heading(contract: model.Contract, row: corpus.Row, language: str) -> Iterator[str]:
    """What stands at the head of the page."""
    tender, value, days = (
        contract.procurement,
        contract.value,
        (contract.signed, contract.announced),
    )
    yield from _said(contract.title, contract.number, tender.number, tender.project)
    yield from _said(row.agency.name, *(vendor.name for vendor in row.vendors), *days)
    yield from (render.day(language, one) for one in days if one)
    yield from _said(value.amount, value.capitals, value.withheld)


def _facts(contract: model.Contract, row: corpus.Row, language: str) -> Iterator[str]:
    """Every fact of the page before the body; its labels and its grounds for marks are no facts."""
    yield from _heading(contract, row, language)
    tender, term, status = contract.procurement, contract.term, contract.status
    yield from _said(tender.method, tender.agent, tender.award_notice)
    yield from _said(contract.place, contract.region, contract.category, contract.notes)
    yield from _said(term.start, term.end, term.wording, status.date, status.reason)
    if term.duration is not None:
        yield render.span(language, term.duration)
    for item in contract.items:
        yield from _said(item.name, item.specification, item.quantity, item.unit, item.unit_price)
    for one in contract.payments:
        yield from _said(one.label, one.amount, _percent(one.percent), one.condition, one.due)
        for paid in one.paid:
            yield from _said(paid.date, paid.amount)
    yield from _assessment(contract.assessment)
    for penalty in contract.penalties:
        yield from _said(penalty.rule, penalty.cap)
    for change in contract.amendments:
        yield from _said(change.number, change.date, change.reason, change.value_change)
        yield from _said(change.end, change.term_change)
    for document in contract.documents:
        yield from _said(document.title, document.kind)


def _assessment(assessment: model.Assessment) -> Iterator[str]:
    yield from _said(assessment.when)
    for one in assessment.criteria:
        yield from _said(one.area, one.name, one.requirement, _percent(one.weight))
        yield from _said(one.deduction)
    for outcome in assessment.outcomes:
        yield from _said(outcome.result, outcome.range, outcome.effect)


def _percent(share: Decimal | None) -> str | None:
    return None if share is None else f"{share:f}%"


def _said(*facts: str | Decimal | datetime.date | None) -> Iterator[str]:
    """Facts as texts; those that the contract does not state are left out."""
    for one in facts:
        if isinstance(one, Decimal):
            yield f"{one:f}"
        elif one:
            yield str(one)


def _grams(contract: model.Contract, row: corpus.Row) -> Iterator[str]:
    """The grams of the title, the numbers, the value and the days."""
    yield from sieve.title(signs.readable(contract.title))
    for number in numbers(row):
        yield from sieve.number(signs.squeeze(number))
    for amount in {contract.value.amount, contract.current_amount} - {None}:
        if amount is not None:
            yield sieve.value(amount)
    for day in (contract.signed, contract.announced):
        if day is not None:
            yield from sieve.day(day.isoformat())


def numbers(row: corpus.Row) -> tuple[str, ...]:
    """The contract's number and its procurement's, where it has them."""
    return tuple(dict.fromkeys(one for one in (row.number, row.tender) if one is not None))
