"""Which fields of a release become facts, so that all others can be named to whoever imports."""

import collections
from collections.abc import Iterator
from typing import Any

from portal.intake.ocds.tidy import Json

_ORGANISATION = "id name identifier/scheme identifier/id"
_ITEM = """id description specification quantity unit/name unit/value/amount unit/value/currency
 classification/scheme classification/id classification/description"""
_DOCUMENT = "id title documentType documentTypeDetails url format language"
_MILESTONE = """id title description dueDate dateMet status type value/amount value/currency
 percent"""
_CHANGE = "valueChange/amount valueChange/currency amendsReleaseID releaseID"


def _below(place: str, fields: str) -> Iterator[str]:
    return (f"{place}/{one}" for one in fields.split())


TAKEN = frozenset(
    (
        *"ocid id date tag language initiationType".split(),
        *_below("parties", f"{_ORGANISATION} roles address/region"),
        *_below("buyer", _ORGANISATION),
        *_below("tender/procuringEntity", _ORGANISATION),
        *_below(
            "tender",
            "id title description procurementMethod procurementMethodDetails"
            " procurementMethodRationale mainProcurementCategory",
        ),
        *_below("awards", "id title date status description valueInWords"),
        *_below("awards/suppliers", _ORGANISATION),
        *_below("awards/items", _ITEM),
        *_below("awards/documents", _DOCUMENT),
        *_below("awards/value", "amount currency"),
        *_below(
            "contracts",
            "id awardID number title description status statusDetails dateSigned value/amount"
            " value/currency period/startDate period/endDate period/durationInDays period/duration"
            " period/description dateAnnounced place region category implementation/endDate"
            " implementation/endDateDetails assessment/when",
        ),
        *_below("contracts/assessment/criteria", "area name requirement weight deduction"),
        *_below("contracts/assessment/outcomes", "result range effect"),
        *_below("contracts/penalties", "who rule cap"),
        *_below("contracts/suppliers", _ORGANISATION),
        *_below("contracts/items", _ITEM),
        *_below("contracts/documents", _DOCUMENT),
        *_below("contracts/milestones", _MILESTONE),
        *_below("contracts/amendments", f"id date rationale description endDate {_CHANGE}"),
        *_below("contracts/implementation/documents", _DOCUMENT),
        *_below("contracts/implementation/milestones", _MILESTONE),
        *_below(
            "contracts/implementation/transactions",
            "id date value/amount value/currency amount/amount amount/currency relatedMilestone",
        ),
        *_below("withheldInformation", "id field name rationale availabilityDate count policy"),
    )
)
"""By the path of a field, without the numbers of lists."""

Left = collections.Counter[str]


def left(release: Json) -> Left:
    """The fields of a release that say something and are not taken, each with how often."""
    return Left(path for path in _paths(release, "") if path not in TAKEN)


def _paths(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _paths(one, f"{path}/{key}" if path else key)
    elif isinstance(value, list):
        for one in value:
            yield from _paths(one, path)
    elif value not in (None, ""):
        yield path
