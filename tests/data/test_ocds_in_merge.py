"""Releases of one process merged as the standard says, and what amendments come to."""

import copy
import datetime
import json
import pathlib
import zipfile
from decimal import Decimal
from typing import Any

import ocdsmerge
import pytest
from hypothesis import given
from hypothesis import strategies as some

import builders
from data import packages
from portal.intake.ocds import merge

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared/ocds"
STANDARD = SHARED / "standard/standard-1__1__5.zip"
SCHEMA: dict[str, Any] = {
    "type": "object",
    "definitions": {
        "Identifiers": {"type": "array", "wholeListMerge": True, "items": {"type": "object"}}
    },
    "properties": {
        "ocid": {"type": "string"},
        "id": {"type": "string", "omitWhenMerged": True},
        "date": {"type": "string", "omitWhenMerged": True},
        "tag": {"type": "array", "omitWhenMerged": True},
        "additionalIdentifiers": {
            "type": "array",
            "wholeListMerge": True,
            "items": {"type": "object"},
        },
    },
}
"""Of the standard's schema, what says how to merge."""

SCALARS = some.one_of(some.none(), some.integers(0, 9), some.sampled_from(["", "a", "b"]))
NAMES = some.sampled_from(["title", "value", "items", "x"])
ROWS = some.fixed_dictionaries({"id": some.sampled_from(["1", "2", "3"])}, optional={"x": SCALARS})


def dated(bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Releases of one process, a day apart."""
    return [
        {**body, "ocid": "o", "date": f"2026-01-0{n}T00:00:00Z", "tag": ["contract"], "id": str(n)}
        for n, body in enumerate(bodies, 1)
    ]


def expected(releases: list[dict[str, Any]]) -> dict[str, Any]:
    """What the field's own library makes of releases, without its own additions."""
    merged = ocdsmerge.Merger(SCHEMA).create_compiled_release(copy.deepcopy(releases))
    return {key: one for key, one in merged.items() if key not in merge.OMITTED}


CASES: dict[str, list[dict[str, Any]]] = {
    "later wins": [{"title": "a"}, {"title": "b"}],
    "null takes away": [{"title": "a", "value": {"x": 1, "y": 2}}, {"value": {"x": None}}],
    "objects by field": [{"value": {"x": 1}}, {"value": {"y": 2}}],
    "lists by id": [
        {"items": [{"id": "1", "x": 1}, {"id": "2", "x": 1}]},
        {"items": [{"id": "2", "x": 2, "y": 3}, {"id": "3"}]},
    ],
    "lists without ids": [{"items": [{"id": "1"}, {"x": 1}]}, {"items": [{"x": 2}]}],
    "lists of texts": [{"items": ["a", "b"]}, {"items": ["c"]}],
    "whole lists": [
        {"additionalIdentifiers": [{"id": "1", "x": 1}]},
        {"additionalIdentifiers": [{"id": "1", "y": 1}]},
    ],
    "lists within lists": [
        {"items": [{"id": "1", "inner": [{"id": "a", "x": 1}]}]},
        {"items": [{"id": "1", "inner": [{"id": "a", "y": 2}, {"id": "b"}]}]},
    ],
}


@pytest.mark.parametrize("name", CASES)
def test_rules(name: str) -> None:
    """Each rule of merging gives what the field's own library gives."""
    releases = dated(CASES[name])
    assert merge.merged(releases) == expected(releases)


@given(some.lists(some.dictionaries(NAMES, some.one_of(SCALARS, ROWS), max_size=3), max_size=4))
def test_scalars_property(bodies: list[dict[str, Any]]) -> None:
    """Whatever comes after what: fields and objects merge as in the field's own library."""
    releases = dated([body for body in bodies if not _mixes(bodies)]) or dated([{}])
    assert merge.merged(releases) == expected(releases)


def test_object_taken_away() -> None:
    """Null takes an object away as a whole; here the field's own library leaves its fields."""
    releases = dated([{"value": {"x": 1}}, {"value": None}])
    assert merge.merged(releases) == {"ocid": "o"}


@given(some.lists(some.fixed_dictionaries({"items": some.lists(ROWS, max_size=3)}), max_size=4))
def test_lists_property(bodies: list[dict[str, Any]]) -> None:
    """Lists of objects merge by id as in the field's own library, also where an id stands twice."""
    unique = [
        {"items": list({row["id"]: row for row in body["items"]}.values())} for body in bodies
    ]
    filled = [body for body in unique if body["items"]]
    releases = dated(filled or [{}])
    assert merge.merged(releases) == expected(releases)


def _mixes(bodies: list[dict[str, Any]]) -> bool:
    """Whether a field is an object here and none there: for that the standard has no rule.

    For null in the place of an object it has one; see `test_object_taken_away`.
    """
    kinds: dict[str, set[bool]] = {}
    for body in bodies:
        for key, value in body.items():
            kinds.setdefault(key, set()).add(isinstance(value, dict))
    return any(len(held) > 1 for held in kinds.values())


@pytest.mark.skipif(not STANDARD.is_file(), reason="the standard's schema is not beside the code")
def test_whole_lists_are_the_schema_s() -> None:
    """The lists that are replaced are those that the standard's schema names."""
    with zipfile.ZipFile(STANDARD) as held:
        name = next(one for one in held.namelist() if one.endswith("/release-schema.json"))
        schema = json.loads(held.read(name))
    assert set(_marked(schema, "wholeListMerge")) == merge.WHOLE
    assert set(_marked(schema["properties"], "omitWhenMerged")) == merge.OMITTED


def _marked(value: Any, mark: str, key: str = "") -> list[str]:
    if not isinstance(value, dict):
        return []
    found = [key] if value.get(mark) is True else []
    return found + [one for name, inner in value.items() for one in _marked(inner, mark, name)]


def story(folder: pathlib.Path, *changes: dict[str, Any]) -> Any:
    """The contract that a first release and later ones come to; `on`, `tag` are the release's."""
    releases = [packages.release()]
    for number, change in enumerate(changes, 2):
        late = packages.release(
            id=f"lights-{number}",
            date=change.pop("on", f"2026-0{number + 2}-01T00:00:00Z"),
            tag=[change.pop("tag", "contractAmendment")],
        )
        late["contracts"] = [{"id": "lights-2026", **change}]
        releases.append(late)
    code, _, errors = packages.imported(folder, packages.package(*reversed(releases)))
    assert (code, errors) == (0, "")
    builders.gathered(folder / "site")
    return packages.one(folder)


def value(amount: float) -> dict[str, Any]:
    """An amount in the currency of these contracts."""
    return {"amount": amount, "currency": "CAD"}


def test_amendment_with_a_new_value(tmp_path: pathlib.Path) -> None:
    """A new value in an amendment's release is what the amendment changed, to the cent."""
    amendment = {"id": "A1", "date": "2026-03-28T00:00:00Z", "rationale": "More lamps"}
    made = story(tmp_path, {"value": value(1400000.35), "amendments": [amendment]})
    assert made.value.amount == Decimal("1370000.1")
    (told,) = made.amendments
    assert (told.number, told.date, told.reason) == (
        "A1",
        datetime.date(2026, 3, 28),
        "More lamps",
    )
    assert told.value_change == Decimal("30000.25")
    assert made.current_amount == Decimal("1400000.35")


def test_two_amendments(tmp_path: pathlib.Path) -> None:
    """Each release that amends bears its own change; those without a list bear their own day."""
    end = {"period": {"endDate": "2028-02-28T00:00:00Z"}}
    made = story(tmp_path, {"value": value(1370000)}, {"value": value(1380000), **end})
    changes = [(one.date, one.value_change, one.end) for one in made.amendments]
    assert changes == [
        (datetime.date(2026, 4, 1), Decimal("-0.1"), None),
        (datetime.date(2026, 5, 1), Decimal(10000), datetime.date(2028, 2, 28)),
    ]
    assert made.term.end == datetime.date(2027, 2, 28)
    assert made.amendments[0].reason == "The source gives no reason."


def test_correction(tmp_path: pathlib.Path) -> None:
    """A new value in a release that amends nothing corrects what was said before."""
    made = story(tmp_path, {"tag": "contractUpdate", "value": value(1370001)})
    assert made.value.amount == 1370001
    assert made.amendments == ()


def test_correction_after_an_amendment(tmp_path: pathlib.Path) -> None:
    """A correction behind an amendment leaves the amendment's change as it was."""
    made = story(
        tmp_path,
        {"value": value(1470000.1), "amendments": [{"id": "1", "date": "2026-04-01"}]},
        {"tag": "contractUpdate", "value": value(1470000)},
    )
    assert made.value.amount == 1370000
    assert made.current_amount == 1470000


def test_termination(tmp_path: pathlib.Path) -> None:
    """An end before the last day is a termination with its day and reason."""
    told = {"status": "terminated", "statusDetails": "The vendor went bankrupt"}
    made = story(tmp_path, {"tag": "contractTermination", **told})
    assert (made.status.state, made.status.date) == ("terminated", datetime.date(2026, 4, 1))
    assert made.status.reason == "The vendor went bankrupt"


def test_completion(tmp_path: pathlib.Path) -> None:
    """An end on or after the last day is a completion."""
    over = {"on": "2027-03-01T00:00:00Z", "tag": "contractTermination", "status": "terminated"}
    assert story(tmp_path, over).status.state == "completed"


def test_payments(tmp_path: pathlib.Path) -> None:
    """What was paid is one instalment's, of the whole value; milestones are in the notes."""
    work = {
        "transactions": [{"id": "1", "date": "2026-04-02T00:00:00Z", "value": value(1000.5)}],
        "milestones": [
            {"id": "m", "title": "Half of the lamps", "dueDate": "2026-06-30T00:00:00Z"}
        ],
    }
    made = story(tmp_path, {"tag": "implementation", "implementation": work})
    (told,) = made.payments
    assert (told.label, told.amount) == ("Whole value", made.value.amount)
    assert [(one.date, one.amount) for one in told.paid] == [
        (datetime.date(2026, 4, 2), Decimal("1000.5"))
    ]
    assert "Milestone: Half of the lamps; due 2026-06-30" in str(made.notes)


def test_taken_away(tmp_path: pathlib.Path) -> None:
    """Null in a later release takes away what an earlier one said."""
    made = story(tmp_path, {"tag": "contractUpdate", "period": None})
    assert (made.term.start, made.term.end) == (None, datetime.date(2027, 2, 28))


def test_an_id_twice_in_a_release(tmp_path: pathlib.Path) -> None:
    """Of two contracts with one id in a release one file is made, and the account says so."""
    first = packages.signed()
    (told,) = first["contracts"]
    other = {**told, "value": {"amount": 7, "currency": "CAD"}}
    same = packages.package({**first, "contracts": [told, copy.deepcopy(told)]})
    assert "have the id of another" not in packages.imported(tmp_path / "same", same)[1]
    two = packages.package({**first, "contracts": [told, other]})
    said = packages.imported(tmp_path / "two", two)[1]
    assert "  contracts that have the id of another in the same release" in said
    assert packages.one(tmp_path / "two").value.amount == 7


def test_an_award_without_a_day_of_signing(tmp_path: pathlib.Path) -> None:
    """Where no day of signing is known, no award is said to be after it."""
    release = packages.signed()
    release["contracts"][0]["dateSigned"] = "31/12/2013"
    said = packages.imported(tmp_path, packages.package(release))[1]
    assert "dates that cannot be read" in said
    assert "after the signing" not in said


def test_a_method_whose_words_have_no_code(tmp_path: pathlib.Path) -> None:
    """The words are taken; that the code is lost is told, and only where it is."""
    release = packages.signed()
    tender = release.setdefault("tender", {"id": "T-1"})
    tender |= {"procurementMethod": "open", "procurementMethodDetails": "Two sealed rounds"}
    said = packages.imported(tmp_path / "lost", packages.package(release))[1]
    assert "methods of procurement whose words have no code here" in said
    assert packages.one(tmp_path / "lost").procurement.method == "Two sealed rounds"
    tender["procurementMethodDetails"] = "公开招标"
    said = packages.imported(tmp_path / "kept", packages.package(release))[1]
    assert "have no code here" not in said
