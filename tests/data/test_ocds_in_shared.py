"""Two real publishers' data, imported into an empty site and published."""

import json
import pathlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

import builders
from bench import importing
from data import packages

SHARED = pathlib.Path(__file__).resolve().parents[3] / "shared/ocds"
CANADA, COLOMBIA = SHARED / "canada-pwgsc-1000.json", SHARED / "colombia-2021.json"
needs_canada = pytest.mark.skipif(not CANADA.is_file(), reason="no Canadian contracts beside us")
needs_colombia = pytest.mark.skipif(not COLOMBIA.is_file(), reason="no Colombian ones beside us")


def published(root: pathlib.Path) -> Iterator[dict[str, Any]]:
    """The records of a site that is built here, which must be whole: links, gate, everything."""
    code, _, errors = builders.run("build", "--root", str(root), "--jobs", "2")
    assert (code, errors) == (0, "")
    for path in (root / "public/contracts").glob("*/index.json"):
        yield json.loads(path.read_bytes(), parse_float=Decimal)


@needs_canada
def test_canada(tmp_path: pathlib.Path) -> None:
    """1,000 contracts of 861 processes, CAD 740,917,616 in all, 60 of them of 0."""
    root = packages.site(tmp_path)
    code, output, errors = packages.run(root, CANADA)
    assert (code, errors) == (0, "")
    assert "Read: files 1, releases 1000, processes 861." in output
    assert "Contracts: 1000 written, 0 there already, 0 replaced, 0 not imported." in output
    assert "values of 0, taken as they are: 60" in output
    assert "Masked" not in output
    contracts = list(packages.contracts(tmp_path).values())
    amounts = [one.value.amount for one in contracts]
    assert (len(amounts), sum(filter(None, amounts)), amounts.count(Decimal(0))) == (
        1000,
        Decimal(740917616),
        60,
    )
    assert len({one.procurement.number for one in contracts}) == 861
    assert {one.value.currency for one in contracts} == {"CAD"}
    records = list(published(root))
    assert {one["value"]["currency"] for one in records} == {"CAD"}
    totals = importing.totals(root / "public")
    assert totals == dict.fromkeys(("JSON", "CSV", "SQLite"), (1000, Decimal(740917616), 60))
    assert len(records) == 1000
    code, output, errors = packages.run(root, CANADA)
    assert (code, errors) == (0, "")
    assert "0 written, 1000 there already, 0 replaced, 0 not imported." in output


@needs_colombia
def test_colombia(tmp_path: pathlib.Path) -> None:
    """All hundred are taken, their oddities are told, and no official's name comes along."""
    root = packages.site(tmp_path)
    code, output, errors = packages.run(root, COLOMBIA)
    assert (code, errors) == (0, "")
    assert "Contracts: 100 written" in output
    for said in (
        "numbers in a database's wrapping ($numberLong), unwrapped: 4",
        "contracts called active and tagged as ended; their state is unknown: 11",
        "procuring entities that the parties do not list by that name (officials, often), not",
        "identifiers without a known scheme, not taken",
        "parties/contactPoint/email",
    ):
        assert said in output
    text = "".join(one.read_text() for one in root.rglob("*.md"))
    releases = json.loads(COLOMBIA.read_text())["releases"]
    officials = {one["tender"]["procuringEntity"]["name"] for one in releases}
    buyers = {one["name"] for each in releases for one in each["parties"]}
    assert [one for one in officials - buyers if one in text] == []
    assert "@" not in text
    assert len(list(published(root))) == 100
