"""Texts, days, amounts and currencies as publishers write them: read for sure, or not at all."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portal import amounts, names
from portal.intake.ocds.tidy import Json, Seen

LONGEST_LINE = 1_000
_SPACES = re.compile(r"\s+")
_DAY = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?P<time>[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s?(?:Z|[+-]\d{2}:?\d{2}|)?)?",
    re.ASCII,
)


def line(value: Any, seen: Seen) -> str | None:
    """A text on one line; None where there is none, and for what is no text."""
    found = text(value, seen)
    return None if found is None else _SPACES.sub(" ", found)[:LONGEST_LINE]


def text(value: Any, seen: Seen) -> str | None:
    """A text without characters that nobody sees, its line ends unified."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if not isinstance(value, str):
        return None
    found = value
    if not (found.isascii() and found.isprintable()):
        found = found.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        unseen = {at for at, _ in names.hidden(found)}
        if unseen:
            seen["hidden-character"] += 1
            found = "".join(sign for at, sign in enumerate(found) if at not in unseen)
        found = "".join(sign for sign in found if sign == "\n" or _is_shown(sign))
    return found.strip() or None


def _is_shown(sign: str) -> bool:
    """Whether a sign may stand in a fact: no surrogate, none that Unicode disowns."""
    return unicodedata.category(sign) not in ("Cs", "Cn", "Cc")


def day(value: Any, seen: Seen) -> datetime.date | None:
    """The day of a date-time as its own zone has it; a date without a time is counted."""
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        if value not in (None, ""):
            seen["date-unread"] += 1
        return None
    if not found["time"]:
        seen["date-only"] += 1
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        seen["date-unread"] += 1
        return None


def instant(value: Any) -> datetime.datetime | None:
    """A date-time to sort by; a date alone is its midnight, one without a zone is UTC's."""
    if not isinstance(value, str) or _DAY.fullmatch(value.strip()) is None:
        return None
    try:
        found = datetime.datetime.fromisoformat(value.strip().replace(" ", "T", 1))
        if found.tzinfo is None:
            return found.replace(tzinfo=datetime.UTC)
        return found.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None


def amount(value: Any, seen: Seen) -> Decimal | None:
    """An exact amount; a figure that stands as a text is read as people write it, and counted."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, Decimal)):
        exact = Decimal(value)
        shown = f"{exact:f}"
        return amounts.figures(shown) if len(shown) < 40 else None
    if isinstance(value, str) and value.strip():
        seen["amount-text"] += 1
        return amounts.figures(value)
    return None


def currency(value: Any, seen: Seen) -> str | None:
    """A currency's code; one in small letters is counted."""
    if not isinstance(value, str) or not re.fullmatch("[A-Za-z]{3}", value.strip()):
        return None
    found = value.strip()
    if found != found.upper():
        seen["currency-case"] += 1
    return found.upper()


def inner(value: Any, *path: str) -> Any:
    """What lies at a path of fields; None where it ends before."""
    for key in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def listed(value: Any, *path: str) -> list[Json]:
    """The objects of the list at a path."""
    found = inner(value, *path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
