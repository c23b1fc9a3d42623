"""Whatever stands where in a release: an import ends with an account, and never falls over."""

import copy
import json
import pathlib
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import builders
from data import packages

WHOLE: dict[str, Any] = packages.signed(
    description="About lamps",
    statusDetails="running",
    suppliers=[{"id": "s", "name": "Bright Streets Ltd"}],
    items=[
        {
            "id": "1",
            "description": "Lamps",
            "quantity": 3,
            "unit": {"name": "piece", "value": {"amount": 2.5, "currency": "CAD"}},
            "classification": {"scheme": "CPV", "id": "31500000", "description": "Lighting"},
        }
    ],
    amendments=[{"id": "1", "date": "2026-05-01T00:00:00Z", "rationale": "More"}],
    documents=[{"id": "1", "title": "Annex", "url": "https://example.org/1.pdf"}],
    milestones=[{"id": "1", "title": "Half", "value": {"amount": 5, "currency": "CAD"}}],
    assessment={"when": "yearly", "criteria": [{"name": "light", "weight": 5}]},
    penalties=[{"who": "vendor", "rule": "a rule"}],
    implementation={
        "transactions": [
            {"id": "1", "date": "2026-04-02", "value": {"amount": 5, "currency": "CAD"}}
        ],
        "milestones": [{"id": "2", "title": "All", "dueDate": "2026-06-30"}],
    },
) | {"withheldInformation": [{"id": "1", "field": "value", "rationale": "secret"}]}
ODD = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(-5, 10**20),
    some.floats(allow_nan=False, allow_infinity=False),
    some.sampled_from(
        ["", " ", "0", "-", "\x00", "\ud800", "2026-13-45", "9" * 5000, "【已遮盖："]
    ),
    some.text(max_size=20),
    some.just([]),
    some.just({}),
    some.just([None, 1, "x", [], {}]),
    some.just({"id": {"id": 1}, "name": ["x"]}),
)


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a release."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inside:
        yield (*path, key)
        if isinstance(one, (dict, list)):
            yield from paths(one, (*path, key))


PLACES = list(paths(WHOLE))


@settings(max_examples=60, deadline=None)
@given(some.lists(some.tuples(some.sampled_from(PLACES), ODD), min_size=1, max_size=3))
def test_anything_anywhere(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    """Any value in any field is dealt with or refused; what is written passes the check."""
    release = copy.deepcopy(WHOLE)
    for path, value in changes:
        holder = release
        for key in path[:-1]:
            try:
                holder = holder[key]
            except (KeyError, IndexError, TypeError):
                holder = None
                break
        if isinstance(holder, (dict, list)):
            try:
                holder[path[-1]] = value
            except (IndexError, TypeError):
                continue
    later = copy.deepcopy(WHOLE) | {"date": "2026-09-01T00:00:00Z", "tag": ["contractAmendment"]}
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as place:
        patch.setenv("PORTAL_TRACE", "1")
        folder = pathlib.Path(place)
        code, output, errors = packages.imported(folder, json.dumps([release, later]))
        assert code in (0, 1)
        assert ("written" in output) or ("Nothing" in output)
        assert (code == 0) == (errors == "")
        if (folder / "site/content").exists():
            builders.gathered(folder / "site")
