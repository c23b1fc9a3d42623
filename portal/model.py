"""The facts of the register: what a contract, an organisation, a page and the site are made of."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from portal import clock, masking, values
from portal.fact import Fact as Fact  # noqa: PLC0414 - for others it is model.Fact
from portal.redact.finding import Tier


class Procurement(Fact):
    """How the contract came about: the tender behind it."""

    number: values.Line | None = None
    project: values.Line | None = None
    method: values.Line | None = None
    agent: values.Line | None = None
    award_notice: values.Day | None = None


class Value(Fact):
    """What the contract is worth: an amount with its currency, or the reason why it is withheld."""

    amount: values.Amount | None = None
    currency: values.Currency = "CNY"
    capitals: values.Line | None = None
    withheld: values.Line | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "Value":
        if (self.amount is None) == (self.withheld is None):
            raise PydanticCustomError("value", "an amount, or withheld with the reason")
        if self.amount is not None and self.amount < 0:
            raise PydanticCustomError("amount", "below zero")
        return self


class Term(Fact):
    """When the contract runs; `duration` is ISO 8601 (P3Y), `wording` the contract's own words."""

    start: values.Day | None = None
    end: values.Day | None = None
    duration: values.Span | None = None
    wording: values.Text | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Term":
        if self.start is not None and self.end is not None and self.end < self.start:
            raise PydanticCustomError("term-order", "ends before it starts")
        return self


class Status(Fact):
    """Where the contract stands, if that is known; an early end bears its date and reason."""

    state: values.State | None = None
    date: values.Day | None = None
    reason: values.Text | None = None

    @model_validator(mode="after")
    def _explained(self) -> "Status":
        ended = self.state in ("terminated", "withdrawn")
        if ended and (self.date is None or self.reason is None):
            raise PydanticCustomError("status", "needs date and reason")
        return self


class Item(Fact):
    """One thing or service bought; the unit price is in the contract's currency."""

    name: values.Line
    specification: values.Text | None = None
    quantity: values.Number | None = None
    unit: values.Line | None = None
    unit_price: values.Amount | None = None


class Paid(Fact):
    """Money that has moved for an instalment."""

    date: values.Day
    amount: values.Amount


class Payment(Fact):
    """One instalment: what is due, on what condition, and what was paid."""

    label: values.Line
    amount: values.Amount | None = None
    percent: values.Number | None = None
    condition: values.Text | None = None
    due: values.Day | None = None
    paid: Annotated[tuple[Paid, ...], BeforeValidator(values.many)] = ()

    @model_validator(mode="after")
    def _measured(self) -> "Payment":
        if self.amount is None and self.percent is None:
            raise PydanticCustomError("payment", "an amount or a percent")
        return self


class Criterion(Fact):
    """One yardstick of the assessment: its weight in percent, or what is deducted for a failure."""

    area: values.Line | None = None
    name: values.Line
    requirement: values.Text | None = None
    weight: values.Number | None = None
    deduction: values.Line | None = None


class Outcome(Fact):
    """What follows from an assessment's result."""

    result: values.Line
    range: values.Line | None = None
    effect: values.Text


class Assessment(Fact):
    """How the work is judged, by which criteria, and what follows."""

    when: values.Text | None = None
    criteria: tuple[Criterion, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


class Penalty(Fact):
    """What a party owes for a breach, and up to which limit."""

    who: values.Party
    rule: values.Text
    cap: values.Line | None = None


class Amendment(Fact):
    """A change after signing: `value_change` is signed and in the contract's currency."""

    number: values.Line | None = None
    date: values.Day
    reason: values.Text
    value_change: values.Amount | None = None
    end: values.Day | None = None
    term_change: values.Text | None = None


class Document(Fact):
    """A file of the contract: beside it in the folder that bears its id, or at an https address."""

    title: values.Line
    kind: values.Line | None = None
    file: values.Line | None = None
    url: values.Line | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> "Document":
        if (self.file is None) == (self.url is None):
            raise PydanticCustomError("document", "a file or a url")
        if self.url is not None and not self.url.startswith(("https://", "http://")):
            raise PydanticCustomError("url", "not a web address")
        return self


class Redaction(Fact):
    """What was masked: a kind, how often, on what legal ground; never the value."""

    kind: masking.Kind
    count: Annotated[int, Field(ge=1, le=1_000_000)]
    ground: values.Line
    policy: values.Line | None = None
    until: values.Day | None = None


class Keep(Fact):
    """A text that stays although it looks personal, with the ground for keeping it."""

    text: values.Line
    ground: values.Line


class Contract(Fact):
    """What was signed, as one file under content/contracts/ states it; `id` is the file's stem."""

    id: values.Id
    title: values.Line
    number: values.Line | None = None
    procurement: Procurement = Procurement()
    agency: values.Line
    vendors: Annotated[tuple[values.Line, ...], Field(min_length=1), BeforeValidator(values.many)]
    value: Value
    signed: values.Day
    announced: values.Day | None = None
    term: Term = Term()
    place: values.Line | None = None
    region: values.Line | None = None
    category: values.Line | None = None
    status: Status = Status()
    items: tuple[Item, ...] = ()
    payments: tuple[Payment, ...] = ()
    assessment: Assessment = Assessment()
    penalties: tuple[Penalty, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    documents: tuple[Document, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    keep: tuple[Keep, ...] = ()
    aliases: tuple[values.Id, ...] = ()
    draft: values.Flag = False
    notes: values.Text | None = None

    @property
    def current_amount(self) -> Decimal | None:
        """The amount with every amendment's change, in `value.currency`; None when withheld."""
        if self.value.amount is None:
            return None
        changes = (one.value_change for one in self.amendments if one.value_change is not None)
        return sum(changes, self.value.amount)


class Alias(Fact):
    """Another name of an organisation, with the id of the contract in which it was seen."""

    name: values.Line
    contract: values.Id | None = None


class Organisation(Fact):
    """An agency or a vendor: an entry of the registry, or implied by a name in a contract."""

    id: values.Id
    name: values.Line
    identifier: values.Identifier | None = None
    region: values.Line | None = None
    parent: values.Line | None = None
    former_names: tuple[values.Line, ...] = ()
    aliases: tuple[Alias, ...] = ()
    keep: tuple[Keep, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, its own first."""
        return (self.name, *self.former_names, *(alias.name for alias in self.aliases))


class Page(Fact):
    """A page of words under content/pages/; `order` is its place in the footer."""

    id: values.Id
    title: values.Line
    order: Annotated[int, Field(ge=0, le=1000)] = 100
    description: values.Line | None = None


class RedactionPolicy(Fact):
    """What becomes of a kind, and on what ground, where a site departs from the defaults."""

    version: values.Line = "1"
    kinds: masking.Tiers = ()
    grounds: masking.Grounds = ()
    keep: tuple[Keep, ...] = ()

    @property
    def tiers(self) -> Mapping[str, Tier]:
        """The tiers of `kinds` by code, as `portal.redact.policy` takes them."""
        return dict(self.kinds)


class Site(Fact):
    """site.yaml: what the register is called, where it is served, in which language."""

    name: values.Line
    url: values.Address
    language: Literal["zh-CN", "en"] = "zh-CN"
    description: values.Text | None = None
    publisher: values.Line | None = None
    contact: values.Line | None = None
    id_code: values.Line | None = None
    currency: values.Currency = "CNY"
    time_zone: values.TimeZone | None = None
    license: values.Address | None = None
    publication_policy: values.Address | None = None
    ocid_prefix: values.OcidPrefix | None = None
    precompress: values.Flag = False
    redaction: RedactionPolicy = RedactionPolicy()
    announcement: clock.Announcement = clock.Announcement()
    repository: values.Address | None = None

    @property
    def base(self) -> str:
        """The path part of the address, without a slash at its end: `` or `/register`."""
        return "/".join(["", *self.url.split("/")[3:]]).rstrip("/")
