"""The kinds of value that stand in front matter: text, day, amount, duration, identifier."""

import datetime
import functools
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from portal import amounts

ID = re.compile(r"[^\W_](?:[\w.-]*\w)?", re.UNICODE)
DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII)
SPAN = re.compile(
    r"(\d{1,4})\s*(年|个月|月|周|天|日|years?|months?|weeks?|days?)", re.ASCII | re.IGNORECASE
)
SPAN_ISO = re.compile(r"P\d{1,4}[YMWD]")
SPAN_UNITS = {"年": "Y", "个月": "M", "月": "M", "周": "W", "天": "D", "日": "D"}
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
ADDRESS = re.compile(
    rf"https?://{_LABEL}(?:\.{_LABEL})*\.?(?::(?P<port>[0-9]{{1,5}}))?"
    r"(?P<path>(?:/[^\s/?#\\\"<>^`{|}]+)*)/?"
)
CURRENCY = re.compile(r"[A-Z]{3}")
OCID_PREFIX = re.compile(r"ocds-[a-z0-9]{6}")
TIME_ZONE = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d")
"""Hours and minutes from UTC: days are all that is dated, so no rule of summer time is needed."""
SCHEME = "CN-USCI"
"""The unified social credit code, as org-id.guide names it."""
REGISTERED = re.compile(r"([A-Z]{2,3}-[A-Z0-9_]{2,24})-([^\W_](?:[\w ./:-]{0,60}\w)?)")
"""An identifier behind its scheme, as org-id.guide has it."""


def many(given: Any) -> Any:
    """One thing in place of a list is a list of one."""
    return [given] if isinstance(given, (str, dict)) else given


def worded(words: Mapping[str, str]) -> BeforeValidator:
    """A choice may be written in Chinese."""
    return BeforeValidator(
        lambda given: words.get(given, given) if isinstance(given, str) else given
    )


def day(value: Any) -> datetime.date:
    """A day as `2026-02-06` or `2026年2月6日`. A day that the calendar lacks is refused."""
    if isinstance(value, datetime.date):
        return value
    found = _day(str(value).strip())
    if found is None:
        raise PydanticCustomError("date", "not a day")
    return found


@functools.lru_cache(maxsize=10_000)
def _day(text: str) -> datetime.date | None:
    """A day as it is written; a register has many contracts, but few days."""
    found = DAY.fullmatch(text)
    try:
        return datetime.date(*map(int, filter(None, found.groups()))) if found else None
    except ValueError:
        return None


def _amount(value: Any) -> Decimal:
    """An amount of money as people write it (see `amounts.figures`)."""
    if isinstance(value, Decimal):
        return value
    read = amounts.figures(str(value))
    if read is None:
        raise PydanticCustomError("amount", "not an amount")
    return read


def _number(value: Any) -> Decimal:
    """A plain number: a quantity, a percentage, a weight. A trailing % is dropped."""
    if isinstance(value, Decimal):
        return value
    text = str(value).strip().rstrip("%％").strip()
    if not re.fullmatch(r"-?\d{1,15}(?:\.\d{1,6})?", text, re.ASCII):
        raise PydanticCustomError("number", "not a number")
    return Decimal(text)


def _span(value: Any) -> str:
    """A duration as `3年`, `36 个月`, `90 days` or ISO 8601's `P3Y`; kept in the ISO form."""
    text = str(value).strip()
    if SPAN_ISO.fullmatch(text):
        return text
    found = SPAN.fullmatch(text)
    if not found:
        raise PydanticCustomError("duration", "not a duration")
    unit = SPAN_UNITS.get(found[2]) or found[2][0].upper()
    return f"P{int(found[1])}{unit}"


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    words = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
    try:
        return words[str(value).strip().casefold()]
    except KeyError:
        raise PydanticCustomError("flag", "not yes or no") from None


def identifier(value: Any) -> str:
    """A unified social credit code, or an identifier of another register behind its scheme.

    The code's check digit follows GB 32100-2015. Schemes are those of org-id.guide: `GB-COH-…`.
    """
    from stdnum.cn import uscc  # noqa: PLC0415 - it loads a web client, and few files need it

    text = str(value).strip()
    if REGISTERED.fullmatch(text) and not text.startswith("CN-USC"):
        return text
    text = text.upper().removeprefix(SCHEME + "-")
    if not uscc.is_valid(text):
        raise PydanticCustomError("check-digit", "wrong check digit")
    return text


def registered(identifier: str) -> tuple[str, str]:
    """The scheme of an identifier, and what it is there: (`GB-COH`, `09506232`)."""
    found = REGISTERED.fullmatch(identifier)
    return (SCHEME, identifier) if found is None else (found[1], found[2])


def is_id(text: str) -> bool:
    """Whether a name can stand in an address: letters, digits, hyphen, dot, underscore."""
    taken = text.casefold() == "index.html"
    return len(text) <= 120 and ID.fullmatch(text) is not None and not taken


def _id(value: Any) -> str:
    text = str(value).strip()
    if not is_id(text):
        raise PydanticCustomError("id", "not an id")
    return text


def _address(text: str) -> str:
    """Where a site is served: http(s), a host, perhaps a port and a path, and nothing else."""
    found = ADDRESS.fullmatch(text)
    if (
        found is None
        or int(found["port"] or 0) > 65_535
        or {".", ".."} & {*found["path"].split("/")}
    ):
        raise PydanticCustomError("url", "not a web address")
    return text


def _currency(value: Any) -> str:
    text = str(value).strip()
    if not CURRENCY.fullmatch(text):
        raise PydanticCustomError("currency", "not a currency code")
    return text


def _ocid_prefix(value: Any) -> str:
    """The prefix that the Open Contracting helpdesk assigned to a publisher."""
    text = str(value).strip()
    if not OCID_PREFIX.fullmatch(text):
        raise PydanticCustomError("ocid-prefix", "not an OCID prefix")
    return text


def _time_zone(value: Any) -> str:
    text = str(value).strip()
    if not TIME_ZONE.fullmatch(text):
        raise PydanticCustomError("time-zone", "not a time zone")
    return text


_WRITTEN = {"type": ["string", "number"], "minLength": 1}
"""An editor takes 12345 for a number; here it is the text that was written."""
_DAY = {"type": "string", "pattern": f"^{DAY.pattern}$", "examples": ["2026-02-06"]}
_AMOUNT = {"type": ["string", "number"], "examples": ["1370000.00", "1,370,000.00", "137万"]}
_FLAG = {"enum": [True, False, "true", "yes", "是", "false", "no", "否"]}

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    WithJsonSchema(_WRITTEN | {"maxLength": 20_000}),
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000, pattern=r"^[^\n]*$"),
    WithJsonSchema(_WRITTEN | {"maxLength": 1_000, "pattern": r"^[^\n]*\n?$"}),
]
Day = Annotated[datetime.date, BeforeValidator(day), WithJsonSchema(_DAY)]
Amount = Annotated[Decimal, BeforeValidator(_amount), WithJsonSchema(_AMOUNT)]
Number = Annotated[
    Decimal, BeforeValidator(_number), WithJsonSchema({"type": ["string", "number"]})
]
Span = Annotated[
    str, BeforeValidator(_span), WithJsonSchema({"type": "string", "examples": ["3年", "P3Y"]})
]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema(_FLAG)]
Identifier = Annotated[
    str,
    BeforeValidator(identifier),
    WithJsonSchema({"type": "string", "minLength": 6, "maxLength": 90}),
]
Id = Annotated[str, BeforeValidator(_id), WithJsonSchema(_WRITTEN | {"pattern": "^[^\\s/?#%&]+$"})]
Address = Annotated[
    Line,
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "pattern": r"^\s*https?://[^\s?#]+\s*$"}),
]
Currency = Annotated[
    str, BeforeValidator(_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})
]
OcidPrefix = Annotated[
    str,
    BeforeValidator(_ocid_prefix),
    WithJsonSchema({"type": "string", "pattern": f"^{OCID_PREFIX.pattern}$"}),
]
TimeZone = Annotated[
    str,
    BeforeValidator(_time_zone),
    WithJsonSchema({"type": "string", "pattern": f"^{TIME_ZONE.pattern}$"}),
]
STATES = {"履行中": "active", "已完成": "completed", "履行完毕": "completed"}
STATES |= {"已终止": "terminated", "已撤回": "withdrawn"}
PARTIES = {"采购人": "agency", "甲方": "agency", "供应商": "vendor", "乙方": "vendor"}
PARTIES |= {"双方": "either", "任一方": "either"}
State = Annotated[Literal["active", "completed", "terminated", "withdrawn"], worded(STATES)]
Party = Annotated[Literal["agency", "vendor", "either"], worded(PARTIES)]
