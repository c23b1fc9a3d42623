"""The page of a contract, and the tombstone of one that was withdrawn."""

import pathlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from portal import (
    body,
    chronicle,
    clock,
    corpus,
    facts,
    files,
    linked,
    model,
    render,
    source,
    urls,
)
from portal.artifact import Artifact
from portal.feeds import gist
from portal.ocds import publisher
from portal.pages import assets, history, redactions

NOTHING = corpus.Held()


@dataclass(frozen=True, slots=True)
class Instalment:
    """A payment; its amount follows from the percentage where the contract gives none."""

    payment: model.Payment
    amount: Decimal | None
    paid: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """All payments with their sums, in the contract's currency.

    `due` and `difference` (value less due) are None when an amount is unknown.
    """

    instalments: tuple[Instalment, ...]
    due: Decimal | None
    paid: Decimal
    value: Decimal | None
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document as the page offers it; `size` in bytes, None for one at another address."""

    document: model.Document
    href: str
    format: str
    size: int | None


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """A page for each contract, its documents beside it, a redirect for each former permalink."""
    full, tomb = theme["contract.html"], theme["withdrawn.html"]
    offset = publisher.of(register.site).offset
    rule = clock.rule(register.site.announcement, register.past, offset)
    for row in register.rows:
        one = register.summaries[row.id]
        held = register.documents.get(one.file.path, NOTHING)
        path = urls.file(urls.contract(row.id))
        sealed = files.Sealed(root, one.file, register.facts.get(one.file.path, b""))
        told = register.past.of(row.id)
        reading = clock.reading(row.signed, row.announced, told, rule)
        inputs = (full, frame, sealed, row, _slugs(register, row), held, told, reading)
        yield Artifact(path, page, inputs, one.file.path)
        for file in held.files:
            name = pathlib.PurePosixPath(file.path).name
            target = urls.document(row.id, name)
            yield Artifact(target, assets.copy, (files.Sealed(root, file),), one.file.path)
    for row in register.withdrawn:
        one = register.summaries[row.id]
        path = urls.file(urls.contract(row.id))
        left = (tomb, frame, files.Sealed(root, one.file), row, register.past.of(row.id))
        yield Artifact(path, tombstone, left)
    yield from _redirects(register, theme, frame)


class Slugs(NamedTuple):
    """Where the contract's divisions live; empty for a fact that it does not state."""

    region: str
    method: str
    category: str

    @property
    def digest(self) -> str:
        return "/".join(self)


def _slugs(register: corpus.Corpus, row: corpus.Row) -> Slugs:
    slugs = register.slugs
    return Slugs(
        slugs["region", row.region] if row.region else "",
        slugs["method", row.method] if row.method else "",
        slugs["category", row.category] if row.category else "",
    )


def _redirects(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame
) -> Iterator[Artifact]:
    for row in (*register.rows, *register.withdrawn):
        for alias in register.summaries[row.id].aliases:
            path = urls.file(urls.contract(alias))
            yield Artifact(path, redirect, (theme["redirect.html"], frame, row.id, row.title))


def page(
    template: render.Template,
    frame: render.Frame,
    sealed: files.Sealed,
    row: corpus.Row,
    slugs: Slugs,
    held: corpus.Held,
    told: chronicle.Told,
    reading: clock.Reading,
) -> bytes:
    """The page of a contract that stands."""
    contract, text = read(sealed, frame.site.currency)
    say = render.say(frame.site.language)
    latest = told.latest(row.latest, publisher.of(frame.site).offset)
    return render.page(
        template,
        frame,
        contract=contract,
        row=row,
        slugs=slugs,
        body=body.render(text, body.Labels(say("body.table"))),
        schedule=schedule(contract),
        log=redactions.log(contract),
        attachments=tuple(_attachment(frame, row.id, one, held) for one in contract.documents),
        address=urls.address(frame.site.url, urls.contract(row.id)),
        path=urls.contract(row.id),
        gist=gist.contract(frame.site.language, row),
        keywords=_keywords(row),
        linked=linked.text(linked.contract(frame.site, contract, row, latest)),
        past=_past(frame, told),
        reading=reading,
    )


def _keywords(row: corpus.Row) -> str:
    """Words that a contract is filed under, as search engines part them."""
    return ",".join(filter(None, (row.category, row.method, row.region)))


def _past(frame: render.Frame, told: chronicle.Told) -> history.View:
    site = frame.site
    return history.view(told, site.language, publisher.of(site).offset, site.repository)


def tombstone(
    template: render.Template,
    frame: render.Frame,
    sealed: files.Sealed,
    row: corpus.Row,
    told: chronicle.Told,
) -> bytes:
    """What stays of a withdrawn contract: its address, number, parties, and the reason."""
    contract, _ = read(sealed, frame.site.currency)
    path = urls.contract(row.id)
    address = urls.address(frame.site.url, path)
    return render.page(
        template,
        frame,
        row=row,
        status=contract.status,
        address=address,
        path=path,
        past=_past(frame, told),
    )


def redirect(template: render.Template, frame: render.Frame, id: str, title: str) -> bytes:
    """A former permalink leads to the present one."""
    return render.page(template, frame, target=urls.contract(id), title=title)


def read(sealed: files.Sealed, currency: str) -> tuple[model.Contract, str]:
    """The facts and the body of a contract; the facts as read before, where they were."""
    data = files.read(sealed)
    if sealed.facts:
        return model.Contract.model_validate_json(sealed.facts), source.body(data)
    read = source.document(sealed.file.path, data, model.Contract)
    contract, _ = facts.contract(read, files.stem(sealed.file.path), currency)
    if contract is None:
        raise AssertionError("a contract that was checked is no longer one")
    return contract, read.body


def schedule(contract: model.Contract) -> Schedule | None:
    """The payments of a contract and their sums; None when it has none."""
    if not contract.payments:
        return None
    lines = tuple(_instalment(one, contract.value.amount) for one in contract.payments)
    known = [line.amount for line in lines if line.amount is not None]
    due = sum(known, Decimal(0)) if len(known) == len(lines) else None
    paid = sum((line.paid for line in lines), Decimal(0))
    value = contract.current_amount
    difference = value - due if value is not None and due is not None else None
    return Schedule(lines, due, paid, value, difference)


def _instalment(payment: model.Payment, value: Decimal | None) -> Instalment:
    amount = payment.amount
    if amount is None and payment.percent is not None and value is not None:
        amount = (value * payment.percent / 100).quantize(Decimal("0.01"))
    return Instalment(payment, amount, sum((one.amount for one in payment.paid), Decimal(0)))


def _attachment(
    frame: render.Frame, id: str, document: model.Document, held: corpus.Held
) -> Attachment:
    if document.file is None:
        return Attachment(document, document.url or "", "", None)
    file = next(one for one in held.files if one.path.endswith("/" + document.file))
    href = urls.href(frame.site.base, urls.document(id, document.file))
    suffix = pathlib.PurePosixPath(document.file).suffix.lstrip(".").upper()
    return Attachment(document, href, suffix, file.size)
