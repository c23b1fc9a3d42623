"""Small contracts of many manners, and what is read from each."""

import pathlib
from typing import Any

import pytest
import yaml

from portal.intake import clean, facts

HERE = pathlib.Path(__file__).parent
CASES = [
    case
    for name in ("cases.yaml", "forms.yaml")
    for case in yaml.safe_load((HERE / name).read_text("utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    """The facts named are read exactly, the absent are not, and the contradictions are these."""
    found = facts.read(clean.text(case["text"]))
    held = {".".join(one.path): one.value for one in found.facts}
    expected = case.get("facts", {})
    assert {path: held.get(path) for path in expected} == expected
    if "missing" in case:
        assert list(found.missing) == case["missing"]
    for path in case.get("absent", ()):
        assert not [one for one in held if one == path or one.startswith(f"{path}.")], path
    if "conflicts" in case:
        assert sorted({one.code for one in found.conflicts}) == sorted(case["conflicts"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_rows(case: dict[str, Any]) -> None:
    """Each fact and each contradiction names raw lines that are there."""
    found = facts.read(clean.text(case["text"]))
    last = case["text"].count("\n") + 1
    for one in (*found.facts, *found.conflicts):
        assert one.rows
        assert all(1 <= row <= last for row in one.rows)
