"""Invented releases of OCDS, and what an import makes of them."""

import copy
import gzip
import json
import pathlib
from collections.abc import Mapping
from typing import Any

import builders
from portal import facts, model, source

SITE = "name: Contracts\nurl: https://contracts.example.org/\nlanguage: en\ncurrency: CAD\n"
RELEASE: Mapping[str, Any] = {
    "ocid": "ocds-abc123-lights",
    "id": "lights-1",
    "date": "2026-02-07T09:00:00+08:00",
    "tag": ["contract"],
    "initiationType": "tender",
    "parties": [
        {"id": "b", "name": "City of Sample", "roles": ["buyer"]},
        {"id": "s", "name": "Bright Streets Ltd", "roles": ["supplier"]},
    ],
    "buyer": {"id": "b", "name": "City of Sample"},
    "tender": {
        "id": "T-17",
        "title": "Street lights",
        "procurementMethod": "open",
        "procurementMethodDetails": "Open Bidding",
    },
    "awards": [
        {
            "id": "a1",
            "date": "2026-02-01T00:00:00Z",
            "suppliers": [{"id": "s", "name": "Bright Streets Ltd"}],
        }
    ],
    "contracts": [
        {
            "id": "lights-2026",
            "awardID": "a1",
            "title": "Maintenance of street lights",
            "status": "active",
            "dateSigned": "2026-02-06T00:00:00+08:00",
            "period": {"startDate": "2026-03-01T00:00:00Z", "endDate": "2027-02-28T00:00:00Z"},
            "value": {"amount": 1370000.1, "currency": "CAD"},
        }
    ],
}
"""A release that holds all that a contract needs."""


def release(**changes: Any) -> dict[str, Any]:
    """A whole release, with changes of the top; a field that is set to None is left out."""
    given = {**copy.deepcopy(dict(RELEASE)), **changes}
    return {name: value for name, value in given.items() if value is not None}


def signed(**changes: Any) -> dict[str, Any]:
    """A whole release with changes of its contract; None leaves a field out."""
    made = release()
    contract = {**made["contracts"][0], **changes}
    made["contracts"] = [{name: one for name, one in contract.items() if one is not None}]
    return made


def package(*releases: Any) -> str:
    """A release package as a publisher writes it, on many lines."""
    head = {"uri": "https://example.org/p.json", "version": "1.1"}
    return json.dumps({**head, "releases": list(releases)}, ensure_ascii=False, indent=1)


def lines(*releases: Any) -> str:
    """JSON Lines."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in releases)


def site(folder: pathlib.Path, language: str = "en") -> pathlib.Path:
    """A site without any contract."""
    text = SITE.replace("language: en", f"language: {language}")
    return builders.site(folder / "site", {"site.yaml": text})


def written(folder: pathlib.Path, name: str, data: str | bytes) -> pathlib.Path:
    """A file from a publisher, outside the site; one that is called .gz is packed."""
    path = folder / name
    raw = data.encode() if isinstance(data, str) else data
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") and data == str(data) else raw)
    return path


def run(root: pathlib.Path, *paths: pathlib.Path | str) -> tuple[int, str, str]:
    """An import, as a clerk types it."""
    given = map(str, paths)
    return builders.run("import", "--format", "ocds", "--jobs", "1", "--root", str(root), *given)


def imported(folder: pathlib.Path, data: str, name: str = "p.json") -> tuple[int, str, str]:
    """A text imported into an empty English site."""
    return run(site(folder), written(folder, name, data))


def contracts(folder: pathlib.Path) -> dict[str, model.Contract]:
    """The contracts of a site by id; a draft that lacks facts is not among them."""
    found = {}
    for path in sorted((folder / "site/content/contracts").rglob("*.md")):
        read = source.document(path.name, path.read_bytes(), model.Contract)
        made, problems = facts.contract(read, path.stem, "CAD")
        assert problems == ()
        if made is not None:
            found[path.stem] = made
    return found


def one(folder: pathlib.Path) -> model.Contract:
    """The only contract of a site."""
    (made,) = contracts(folder).values()
    return made
