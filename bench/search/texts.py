"""Parts of made names and bodies, from which the rules make their queries."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench import categories
from bench import vocabulary as words
from bench.search import meaning
from bench.search.register import Contract, Organisation

FORMS = sorted(set(words.FORMS), key=len, reverse=True)
TRADES = sorted(words.TRADES, key=len, reverse=True)
LAW = re.compile(r"依据《[^》]+》及[^，；。|【*]{4,14}")
STANDARD = re.compile(r"执行(?:GB/T|GB|JGJ|CJJ|DB|YD/T|HJ) [0-9]+-[0-9]{4}标准")
MODEL = re.compile(r"型号[A-Z]{2}-[0-9]{3,4}(?![0-9])")

_VENDOR = re.compile(
    rf"({'|'.join(words.PROVINCES)})(.{{2,3}}?)({'|'.join(TRADES)})({'|'.join(FORMS)})"
)
_SEAT = re.compile(rf"(?:{'|'.join(words.PROVINCES)})?(..)([市县区])({'|'.join(words.BODIES)})")
_STOP = re.compile("[，；。]")
_MARK = re.compile("[【】]")
_NUMBER = re.compile(r"^\([^)]+\) |^[0-9]+\.[0-9]+ ")
_THINGS = sorted({one for several in categories.CATEGORIES.values() for one in several})


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a made vendor's name."""

    province: str
    brand: str
    trade: str
    form: str

    @property
    def short(self) -> str:
        return self.brand + self.trade


def parts(vendor: Organisation) -> Parts:
    """A made vendor's name taken apart."""
    found = _VENDOR.fullmatch(vendor.name)
    if found is None:
        raise ValueError(vendor.name)
    return Parts(*found.groups())


def seat(agency: Organisation) -> tuple[str, str, str]:
    """The place of an agency, whether it is 市, 县 or 区, and what the agency is."""
    found = _SEAT.fullmatch(agency.name)
    if found is None:
        raise ValueError(agency.name)
    return found[1], found[2], found[3]


def things(contract: Contract) -> tuple[str, str]:
    """The two things that a made contract's title names."""
    rest = contract.title.removeprefix(contract.agency.name)
    found = re.search(
        r"(?:20[0-9]{2}年?)?(.+?)[与及、](.+?)(?:服务|采购|建设|运维|改造|提升|养护)", rest
    )
    if found is None:
        raise ValueError(contract.title)
    return found[1], found[2]


def is_near(query: str, name: str) -> bool:
    """Whether some part of a name is one sign away from a query, at most."""
    sizes = range(len(query) - 1, len(query) + 2)
    if len(set(query) & set(name)) < len(set(query)) - 1:
        return False
    return any(
        meaning.one_apart(query, name[at : at + size])
        for size in sizes
        for at in range(max(1, len(name) - size + 1))
    )


def _paragraphs(contract: Contract) -> Iterator[str]:
    """The lines of a body that are neither headings nor of a table, without marks and numbers."""
    for line in contract.body.splitlines():
        if not line.startswith(("|", "第", "（以下")) and "（盖章）" not in line and len(line) > 20:
            yield _NUMBER.sub("", line.replace("**", ""))


def clause(contract: Contract, source: random.Random, sizes: range) -> str:
    """A clause of a body, or several with the stops between them."""
    lines = tuple(_paragraphs(contract))
    while True:
        line = source.choice(lines)
        stops = [-1, *(found.start() for found in _STOP.finditer(line))]
        pairs = ((one + 1, other) for one in stops for other in stops if other - one - 1 in sizes)
        fits = [line[start:end] for start, end in pairs if not _MARK.search(line, start, end)]
        if fits:
            return source.choice(fits)


def cells(contract: Contract, source: random.Random) -> tuple[str, str]:
    """The name in a row of a table, and how the cell beside it begins."""
    rows = [line.strip("| ").split(" | ") for line in contract.body.splitlines() if line[:1] == "|"]
    made = [row for row in rows if len(row) == 7 and row[0].isdigit()]
    row = source.choice(made)
    return row[1], row[2].partition("，")[0]


def heading(contract: Contract) -> str:
    """A heading and how the paragraph below it begins; nothing where none is fit."""
    found = re.search(
        r"^第.{1,3}条 (\S+)\n\n([^\n|，；。【*]{6,16})[，；。]", contract.body, re.MULTILINE
    )
    return f"{found[1]}{found[2]}" if found else ""


def paragraphs(contract: Contract) -> str:
    """How a paragraph ends and the next one begins; nothing where none is fit."""
    found = re.search(
        r"[，；]([^\n|，；。【】*]{5,14})。\n\n([0-9]+\.[0-9] [^\n|，；。【】*]{4,14})[，；。]",
        contract.body,
    )
    return f"{found[1]}。{found[2]}" if found else ""
