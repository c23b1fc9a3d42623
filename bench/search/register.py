"""A register as its source files tell it: what the right answers to queries are computed from.

Nothing of the portal's search is used here, and no word of a contract is left out.
"""

import collections
import datetime
import functools
import pathlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from bench import front
from portal import pinyin

Key = tuple[str, str]
"""A result: its kind (contract, agency, vendor) and its id."""

UNSEARCHED = ("redactions", "keep")
"""Facts of a contract that are about its publication, not about what was agreed."""

_APART = re.compile(r"[\W_]+")
_FIGURE = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_MARKUP = re.compile(r"^(?:\s*(?:[0-9]+\.|-)\s+|#+\s+|\|[-:| ]+\|$)", re.MULTILINE)
"""What Markdown writes at the beginning of a line, and the rule below a table's head."""


@functools.lru_cache(maxsize=200_000)
def squeeze(text: str) -> str:
    """Its letters, signs and digits alone, of one width, in lower case."""
    return _APART.sub("", _folded(text))


def words(text: str) -> str:
    """The same, but words and figures that stand apart do so still: `5×8小时` is `5 8小时`."""
    return _APART.sub(_gap, _folded(text)).strip()


def _gap(found: re.Match[str]) -> str:
    """A space between two words or figures; beside a Chinese sign nothing."""
    start, end = found.span()
    return " " if found.string[start - 1 : start] < "\x7f" > found.string[end : end + 1] else ""


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


@dataclass(frozen=True, slots=True)
class Organisation:
    """An agency or a vendor; its own name stands first."""

    kind: str
    id: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract; `amounts` are its value as signed and as amended.

    `texts` are all its words, in lines, and `figures` all numbers in them.
    """

    id: str
    title: str
    numbers: tuple[str, ...]
    agency: Organisation
    vendors: tuple[Organisation, ...]
    amounts: tuple[Decimal, ...]
    instalments: tuple[Decimal, ...]
    signed: datetime.date
    announced: datetime.date | None
    body: str
    texts: str
    figures: frozenset[Decimal]

    @property
    def parties(self) -> tuple[Organisation, ...]:
        return (self.agency, *self.vendors)


@dataclass(frozen=True, slots=True)
class Register:
    """Everything in order of the ids; `samples` are the ids of the contracts that are not made.

    `parts` are the ids of an organisation's contracts.
    """

    contracts: tuple[Contract, ...]
    agencies: tuple[Organisation, ...]
    vendors: tuple[Organisation, ...]
    samples: frozenset[str]
    parts: Mapping[Key, Sequence[str]]

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        return self.agencies + self.vendors

    @property
    def made(self) -> tuple[Contract, ...]:
        """The contracts that the generator made."""
        return tuple(one for one in self.contracts if one.id not in self.samples)


def read(root: pathlib.Path, samples: frozenset[str]) -> Register:
    """The register of a site folder."""
    known = {kind: _Known(root, kind) for kind in ("agency", "vendor")}
    files = sorted((root / "content/contracts").rglob("*.md"), key=lambda path: path.stem)
    contracts = tuple(_contract(path, known) for path in files)
    made = [sorted(known[kind].by_id.values(), key=lambda one: one.id) for kind in known]
    parts = collections.defaultdict(list)
    for contract in contracts:
        for one in contract.parties:
            parts[one.kind, one.id].append(contract.id)
    return Register(contracts, tuple(made[0]), tuple(made[1]), samples, parts)


class _Known:
    """The organisations of one kind: those with a file of their own, and those a name implies."""

    def __init__(self, root: pathlib.Path, kind: str) -> None:
        self.kind = kind
        self.by_id: dict[str, Organisation] = {}
        self.by_name: dict[str, Organisation] = {}
        folder = {"agency": "agencies", "vendor": "vendors"}[kind]
        for path in sorted((root / "content" / folder).glob("*.yaml")):
            facts = _plain(path.read_text(encoding="utf-8"))
            others = (*facts.get("aliases", ()), *facts.get("former_names", ()))
            names = (facts["name"], *(one["name"] for one in others))
            self._add(Organisation(kind, path.stem, names))

    def _add(self, one: Organisation) -> Organisation:
        self.by_id[one.id] = one
        self.by_name |= dict.fromkeys(one.names, one)
        return one

    def find(self, written: str) -> Organisation:
        """The organisation that a contract names, by its id or by a name."""
        found = self.by_id.get(written) or self.by_name.get(written)
        return found or self._add(Organisation(self.kind, pinyin.slug(written), (written,)))


def _plain(text: str) -> Any:
    """A YAML text in which every scalar stays the string that it is."""
    return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def _contract(path: pathlib.Path, known: Mapping[str, _Known]) -> Contract:
    head, body = front.split(path.read_text(encoding="utf-8"))
    facts = _plain(head)
    tender, value = facts.get("procurement", {}), facts["value"]
    numbers = (facts.get("number"), tender.get("number"))
    agency = known["agency"].find(facts["agency"])
    vendors = tuple(known["vendor"].find(name) for name in facts["vendors"])
    names = (name for one in (agency, *vendors) for name in one.names)
    plain = _MARKUP.sub("", body)
    shown = {name: value for name, value in facts.items() if name not in UNSEARCHED}
    texts = (facts["title"], plain, *names, *_scalars(shown))
    return Contract(
        path.stem,
        facts["title"],
        tuple(number for number in numbers if number),
        agency,
        vendors,
        tuple(_amounts(value["amount"], facts.get("amendments", ()))),
        tuple(Decimal(one["amount"]) for one in facts.get("payments", ()) if "amount" in one),
        datetime.date.fromisoformat(facts["signed"]),
        datetime.date.fromisoformat(facts["announced"]) if "announced" in facts else None,
        plain,
        "\n".join(dict.fromkeys(words(text) for text in texts)),
        frozenset(_figures(texts)),
    )


def _figures(texts: Iterable[str]) -> Iterator[Decimal]:
    return (Decimal(one.replace(",", "")) for text in texts for one in _FIGURE.findall(text))


def _amounts(signed: str, amendments: list[dict[str, str]]) -> Iterator[Decimal]:
    value = Decimal(signed)
    yield value
    for one in amendments:
        value += Decimal(one.get("value_change", "0"))
    if amendments:
        yield value


def _scalars(value: Any) -> Iterator[str]:
    """Every text in the front matter."""
    if isinstance(value, str):
        yield value
    else:
        for one in value.values() if isinstance(value, dict) else value:
            yield from _scalars(one)


@functools.lru_cache(maxsize=20_000)
def sounds(name: str) -> tuple[str, ...]:
    """The syllables of a name."""
    return pinyin.syllables(name)
