"""The register as a whole: a summary of each contract, the organisations, and who signed what.

What there are ten thousands of is a NamedTuple: as immutable as a dataclass, in a tenth the time.
"""

import collections
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from portal import chronicle, digest, model, values
from portal.problems import Location

Role = Literal["agency", "vendor"]
Log = tuple[tuple[str, int], ...]
"""The redactions of a contract by the code of their kind."""
UNKNOWN = "unknown"
"""The state of a contract whose file does not say where it stands."""


class Link(NamedTuple):
    """A target that an author linked to from a body, with its line."""

    target: str
    line: int


class File(NamedTuple):
    """A file as it was read: its path below the root, the digest of its bytes, their number."""

    path: str
    digest: str
    size: int


class Held(NamedTuple):
    """The files in a contract's folder."""

    files: tuple[File, ...] = ()

    @property
    def digest(self) -> str:
        return digest.of(*((one.path, one.digest) for one in self.files)) if self.files else ""


class Change(NamedTuple):
    """What happened to a contract after it was signed: an amendment, or what it came to in the end.

    `kind` is `amended`, `corrected`, else the state it came to; `amount` the change of the value.
    A correction has its commit's name, and as its reason the names of the facts.
    """

    kind: str
    day: datetime.date
    reason: str | None
    amount: Decimal | None
    name: str = ""


AMENDED, CORRECTED = "amended", "corrected"


class Summary(NamedTuple):
    """What the register as a whole needs of one contract; `agency` and `vendors` as written.

    `tender` is the procurement's number. `amount` is as signed, in `currency`; None if withheld.
    `shown` is the digest of what lists, totals and feeds show, so a change in a body touches none.
    """

    id: str
    file: File
    title: str
    number: str | None
    tender: str | None
    agency: str
    vendors: tuple[str, ...]
    amount: Decimal | None
    currency: str
    signed: datetime.date
    announced: datetime.date | None
    region: str | None
    category: str | None
    method: str | None
    state: str
    amendments: int
    changes: tuple[Change, ...]
    redactions: Log
    aliases: tuple[str, ...]
    documents: tuple[str, ...]
    links: tuple[Link, ...]
    draft: bool
    shown: str
    lines: tuple[tuple[str, int], ...]

    def at(self, field: str) -> Location:
        """The place of a field in the file; the file as a whole where it has no line."""
        return Location(self.file.path, dict(self.lines).get(field, 0))


def summary(
    contract: model.Contract,
    file: File,
    links: tuple[Link, ...],
    lines: tuple[tuple[str, int], ...],
) -> Summary:
    """The summary of a contract; `lines` of the fields that other files may contradict."""
    value, happened = contract.value, _changes(contract)
    return Summary(
        id=contract.id,
        file=file,
        title=contract.title,
        number=contract.number,
        tender=contract.procurement.number,
        agency=contract.agency,
        vendors=contract.vendors,
        amount=value.amount,
        currency=value.currency,
        signed=contract.signed,
        announced=contract.announced,
        region=contract.region,
        category=contract.category,
        method=contract.procurement.method,
        state=contract.status.state or UNKNOWN,
        amendments=len(contract.amendments),
        changes=happened,
        redactions=_log(contract.redactions),
        aliases=contract.aliases,
        documents=tuple(one.file for one in contract.documents if one.file is not None),
        links=links,
        draft=contract.draft,
        shown=_shown(contract, happened),
        lines=lines,
    )


def _shown(contract: model.Contract, happened: tuple[Change, ...]) -> str:
    """The digest of what lists, totals and feeds show of a contract."""
    return digest.of(
        contract.id,
        contract.title,
        contract.number,
        contract.procurement.number,
        contract.value.amount,
        contract.value.currency,
        contract.signed,
        contract.announced,
        contract.status.state,
        len(contract.amendments),
        happened,
        contract.aliases[:1],
        contract.region,
        contract.category,
        contract.procurement.method,
    )


def _changes(contract: model.Contract) -> tuple[Change, ...]:
    """The amendments by their dates, then where the contract stands, if that bears a date."""
    found = [Change(AMENDED, one.date, one.reason, one.value_change) for one in contract.amendments]
    found.sort(key=lambda one: one.day)
    status = contract.status
    if status.state is not None and status.date is not None:
        found.append(Change(status.state, status.date, status.reason, None))
    return tuple(found)


def _log(redactions: tuple[model.Redaction, ...]) -> Log:
    counts: dict[str, int] = {}
    for one in redactions:
        counts[one.kind] = counts.get(one.kind, 0) + one.count
    return tuple(sorted(counts.items()))


class Party(NamedTuple):
    """An organisation as a contract refers to it."""

    id: str
    name: str


class Row(NamedTuple):
    """A contract as lists and feeds show it, its parties resolved; `digest` covers all of it.

    `first` is the id under which it was first published.
    """

    id: str
    first: str
    title: str
    number: str | None
    tender: str | None
    agency: Party
    vendors: tuple[Party, ...]
    amount: Decimal | None
    currency: str
    signed: datetime.date
    announced: datetime.date | None
    region: str | None
    category: str | None
    method: str | None
    state: str
    amendments: int
    changes: tuple[Change, ...]
    digest: str

    @property
    def published(self) -> datetime.date:
        """The day from which the public knows of the contract, as far as its facts tell."""
        return self.announced or self.signed

    @property
    def latest(self) -> datetime.date:
        """The day of the last thing that its facts tell of."""
        if not self.changes:
            return self.published
        return max(self.published, *(one.day for one in self.changes))


@dataclass(frozen=True, slots=True)
class Organisation:
    """An agency or a vendor, whether the registry has an entry for it or a contract implies it."""

    role: Role
    fact: model.Organisation
    parent: Party | None
    branches: tuple[Party, ...]
    initial: str
    order: str
    digest: str

    @property
    def party(self) -> Party:
        return Party(self.fact.id, self.fact.name)

    @property
    def is_foreign(self) -> bool:
        """Whether its identifier is another register's, and no unified social credit code."""
        code = self.fact.identifier
        return code is not None and values.registered(code)[0] != values.SCHEME


@dataclass(frozen=True, slots=True)
class Totals:
    """How many contracts, and their sums: never across currencies, never withheld as zero."""

    count: int
    sums: tuple[tuple[str, Decimal], ...]
    withheld: int

    @property
    def digest(self) -> str:
        return digest.of(self.count, self.sums, self.withheld)


def totals(rows: Iterable[Row]) -> Totals:
    """Counts and sums of contracts as signed, by currency in the order of their codes."""
    every, known = tuple(rows), collections.defaultdict[str, list[Decimal]](list)
    for row in every:
        if row.amount is not None:
            known[row.currency].append(row.amount)
    sums = tuple((one, sum(known[one], Decimal(0))) for one in sorted(known))
    return Totals(len(every), sums, len(every) - sum(map(len, known.values())))


@dataclass(frozen=True, slots=True)
class Words:
    """A page of words: its facts and the file that holds its body."""

    fact: model.Page
    file: File
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """Everything that is published, in the order of the site: newest contracts first.

    `rows` are the contracts that stand; `withdrawn` leave only a tombstone. `summaries` holds
    both, by id; `facts` those that this build has read, by path. `drafts` are the ids of contracts
    that are not released. `places` are the organisations' by role and id; `slugs` are the addresses
    of years, regions, methods and categories by kind and name, in an index's order; `past` is the
    repository's history. Two of them are never the same: `facets` keeps what it reckons of one.
    """

    site: model.Site
    rows: tuple[Row, ...]
    withdrawn: tuple[Row, ...]
    summaries: Mapping[str, Summary]
    agencies: Mapping[str, Organisation]
    vendors: Mapping[str, Organisation]
    words: tuple[Words, ...]
    documents: Mapping[str, Held]
    facts: Mapping[str, bytes]
    drafts: frozenset[str]
    places: Mapping[tuple[Role, str], Location]
    slugs: Mapping[tuple[str, str], str]
    past: chronicle.Chronicle = chronicle.EMPTY
