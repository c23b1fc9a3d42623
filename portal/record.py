"""A contract's record: all its published facts as one JSON object, from which all data are made."""

import datetime
import pathlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import pydantic

from portal import corpus, digest, exact, model, urls
from portal.exact import Json

LEFT_OUT = frozenset(("keep", "draft"))
"""What an author writes for the check and for the build, and not for readers."""


class Setting(NamedTuple):
    """What records take from site.yaml: the address below which all lies, the usual currency."""

    url: str
    currency: str

    @property
    def digest(self) -> str:
        return f"{self.url} {self.currency}"


class Known(NamedTuple):
    """An organisation as a record refers to it."""

    role: corpus.Role
    id: str
    name: str
    identifier: str | None


class Parties(NamedTuple):
    """The agency and the vendors of a contract, as the register knows them."""

    agency: Known
    vendors: tuple[Known, ...]

    @property
    def digest(self) -> str:
        return digest.of(self.agency, self.vendors)


class Annex(NamedTuple):
    """A document that lies beside a contract: the file's name, bytes and SHA-256."""

    name: str
    size: int
    sha256: str


def parties(register: corpus.Corpus, row: corpus.Row) -> Parties:
    """The parties of a contract."""
    agency = register.agencies[row.agency.id]
    vendors = tuple(_known(register.vendors[one.id]) for one in row.vendors)
    return Parties(_known(agency), vendors)


def _known(one: corpus.Organisation) -> Known:
    return Known(one.role, one.fact.id, one.fact.name, one.fact.identifier)


def record(
    contract: model.Contract,
    text: str,
    known: Parties,
    annexes: Mapping[str, Annex],
    setting: Setting,
    more: Json | None = None,
) -> Json:
    """The record of a contract that stands; `text` is its body, `annexes` its files by name.

    `more` is what is known of it beside its own facts.
    """
    facts = plain(contract)
    return exact.told(
        id=contract.id,
        url=urls.address(setting.url, urls.contract(contract.id)),
        title=contract.title,
        number=contract.number,
        procurement=facts.get("procurement"),
        agency=_party(known.agency, setting),
        vendors=[_party(one, setting) for one in known.vendors],
        value=facts["value"] | exact.told(current=contract.current_amount),
        **{name: facts.get(name) for name in MIDDLE},
        documents=[_document(contract.id, one, annexes, setting) for one in contract.documents],
        **{name: facts.get(name) for name in END},
        **(more or {}),
        text=text.strip(),
    )


MIDDLE = (
    *("signed", "announced", "term", "place", "region", "category", "status"),
    *("items", "payments", "assessment", "penalties", "amendments"),
)
END = ("redactions", "notes", "aliases")


def withdrawn(
    contract: model.Contract, known: Parties, setting: Setting, more: Json | None = None
) -> Json:
    """The record of a withdrawn contract: what its tombstone says."""
    return exact.told(
        id=contract.id,
        url=urls.address(setting.url, urls.contract(contract.id)),
        number=contract.number,
        agency=_party(known.agency, setting),
        vendors=[_party(one, setting) for one in known.vendors],
        status=plain(contract.status),
        **(more or {}),
    )


def plain(fact: model.Fact) -> Json:
    """The fields of a fact that say something, in the model's order, as JSON knows values."""
    fields = {name: _plain(value) for name, value in fact if name not in LEFT_OUT}
    return exact.told(**fields)


def _plain(value: Any) -> Any:
    if isinstance(value, pydantic.BaseModel):
        return exact.told(**{name: _plain(one) for name, one in value})
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _party(one: Known, setting: Setting) -> Json:
    address = urls.address(setting.url, urls.organisation(one.role, one.id))
    return exact.told(id=one.id, name=one.name, identifier=one.identifier, url=address)


def _document(
    id: str, document: model.Document, annexes: Mapping[str, Annex], setting: Setting
) -> Json:
    if document.file is None:
        return exact.told(title=document.title, kind=document.kind, url=document.url)
    annex = annexes[document.file]
    return exact.told(
        title=document.title,
        kind=document.kind,
        file=document.file,
        url=urls.address(setting.url, urls.document(id, document.file)),
        format=pathlib.PurePosixPath(document.file).suffix.lstrip(".").lower(),
        size=annex.size,
        sha256=annex.sha256,
    )
