"""Files of OCDS: packages, records, JSON Lines, packed ones, and what is none of these."""

import gzip
import json
import pathlib
from typing import Any

import pytest

from data import packages
from portal.intake.ocds import stream


def other(name: str) -> dict[str, Any]:
    """Another release, of a process and a contract of its own."""
    made = packages.release(ocid=f"ocds-abc123-{name}", id=name)
    made["contracts"][0]["id"] = name
    return made


RECORD = {"ocid": "ocds-abc123-lights", "releases": [packages.release()]}
FORMS: dict[str, str] = {
    "p.json": packages.package(packages.release()),
    "bare.json": json.dumps(packages.release()),
    "bare-long.json": json.dumps(packages.release(), indent=2),
    "list.json": json.dumps([packages.release()], indent=1),
    "packages.json": json.dumps([{"releases": [packages.release()]}]),
    "records.json": json.dumps({"version": "1.1", "records": [RECORD]}, indent=1),
    "record.json": json.dumps(RECORD),
    "compiled.json": json.dumps(
        {"records": [{"ocid": RECORD["ocid"], "compiledRelease": packages.release()}]}
    ),
    "lines.jsonl": packages.lines(packages.release()),
    "lines-of-packages.jsonl": packages.lines({"releases": [packages.release()]}),
    "lines.json": packages.lines(packages.release(), packages.release()),
    "p.json.gz": packages.package(packages.release()),
    "lines.jsonl.gz": packages.lines(packages.release()),
    "mark.json": "\ufeff" + packages.package(packages.release()),
    "blank.jsonl": "\n\n" + packages.lines(packages.release()) + "\n",
}


@pytest.mark.parametrize("name", FORMS)
def test_form(name: str, tmp_path: pathlib.Path) -> None:
    """Packages, records, bare releases, lists and JSON Lines, packed or not, say the same."""
    code, _, errors = packages.imported(tmp_path, FORMS[name], name)
    assert (code, errors) == (0, "")
    assert packages.one(tmp_path).title == "Maintenance of street lights"


def test_compiled(tmp_path: pathlib.Path) -> None:
    """A record without its releases is told of, for its amendments bear no change of value."""
    _, output, _ = packages.imported(tmp_path, FORMS["compiled.json"])
    assert "records without whole releases" in output


def test_version_1_0(tmp_path: pathlib.Path) -> None:
    """Version 1.0 has no parties, one amendment by itself, and amounts straight in payments."""
    given = packages.signed(
        amendment={"date": "2026-05-01T00:00:00Z", "rationale": "More lamps"},
        implementation={
            "transactions": [
                {"id": "1", "date": "2026-04-01", "amount": {"amount": 70000, "currency": "CAD"}}
            ]
        },
    )
    del given["parties"]
    given["buyer"] = {"name": "City of Sample", "identifier": {"scheme": "CA-GOV", "id": "77"}}
    code, output, _ = packages.imported(tmp_path, packages.package(given))
    assert (code, "amendments as version 1.0" in output) == (0, True)
    made = packages.one(tmp_path)
    assert made.amendments[0].reason == "More lamps"
    assert made.payments[0].paid[0].amount == 70000
    assert made.agency == "city-of-sample"


UNREADABLE: dict[str, tuple[str, str | bytes]] = {
    "empty": ("p.json", ""),
    "blank": ("p.json", " \n\n"),
    "not-json": ("p.json", "contract,amount\n1,2\n"),
    "pdf": ("p.json", b"%PDF-1.7"),
    "not-ocds": ("p.json", '{"contracts": [{"id": 1}]}'),
    "nothing": ("p.json", "{}"),
    "numbers": ("p.json", "[1, 2, 3]"),
    "broken": ("p.json", packages.package(packages.release())[:-30]),
    "cut": ("p.jsonl.gz", gzip.compress(packages.lines(packages.release()).encode() * 99)[:300]),
    "damaged": ("p.jsonl.gz", b"\x1f\x8b\x08\x00rubbish and more rubbish"),
    "encoding": ("p.json", packages.package(packages.signed(title="é")).encode("latin-1")),
    "infinite": ("p.json", packages.package(packages.signed(value={"amount": float("inf")}))),
    "deep": ("p.json", '{"releases": [' + "[" * 100_000),
}
CODES = {"blank": "empty", "pdf": "not-json", "nothing": "not-ocds", "numbers": "not-ocds"}
CODES |= {"broken": "json", "cut": "gzip", "damaged": "gzip", "encoding": "json-encoding"}
CODES |= {"infinite": "json", "deep": "json"}


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable(name: str, tmp_path: pathlib.Path) -> None:
    """A file that cannot be taken as a whole is refused with what to do, and nothing is written."""
    called, data = UNREADABLE[name]
    path = tmp_path / called
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    root = packages.site(tmp_path)
    code, output, errors = packages.run(root, path)
    assert code == 1
    assert f": {CODES.get(name, name)}: " in errors
    assert ";" in errors
    assert "Nothing was imported." in output
    assert not (root / "content").exists()


def test_broken_line(tmp_path: pathlib.Path) -> None:
    """A broken line of JSON Lines is named by its number; the others are imported."""
    rows = packages.lines(*(other(f"c-{n}00") for n in range(1, 9))).splitlines()
    rows[6] = rows[6][:100]
    code, output, errors = packages.imported(tmp_path, "\n".join(rows), "p.jsonl")
    assert code == 1
    assert "p.jsonl:7: json: the JSON is broken from line 7 on; " in errors
    assert "7 written" in output
    assert "c-700" not in packages.contracts(tmp_path)


def test_place_of_a_break(tmp_path: pathlib.Path) -> None:
    """The line is that of the break, also in a document of many lines."""
    text = packages.package(packages.release(), packages.release())
    text = text.replace('"version": "1.1",', '"version": "1.1"')
    _, _, errors = packages.imported(tmp_path, text)
    assert "p.json:4: json: the JSON is broken from line 4 on" in errors


def test_no_ocid(tmp_path: pathlib.Path) -> None:
    """A release without an ocid is named; the others are imported."""
    given = packages.package(other("good"), packages.release(ocid=None), "release?")
    code, output, errors = packages.imported(tmp_path, given)
    assert code == 1
    assert " /releases/1: no-ocid: " in errors
    assert " /releases/2: no-object: " in errors
    assert "1 written" in output


def test_linked_record(tmp_path: pathlib.Path) -> None:
    """A record that has only links is named."""
    linked = {"ocid": "ocds-1", "releases": [{"url": "https://example.org/1.json"}]}
    given = json.dumps({"records": [{"ocid": "x", "compiledRelease": other("one")}, linked]})
    code, _, errors = packages.imported(tmp_path, given)
    assert (code, " /records/1: linked: " in errors) == (1, True)


def test_tender_only(tmp_path: pathlib.Path) -> None:
    """A process in which nothing was signed is named."""
    given = packages.package(other("good"), packages.release(contracts=None, tag=["tender"]))
    code, _, errors = packages.imported(tmp_path, given)
    assert (code, " /releases/1: no-contract: " in errors) == (1, True)


def test_too_large(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One document of over 100 MB is refused before memory is full; lines may be many."""
    assert stream.LARGEST == 100
    monkeypatch.setattr(stream, "MEGABYTE", 100)
    code, _, errors = packages.imported(tmp_path, packages.package(*[packages.release()] * 9))
    assert (code, ": large-json: one JSON document may have 100 MB" in errors) == (1, True)


def test_unfolds_for_ever(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed file that unfolds beyond all measure is refused."""
    monkeypatch.setattr(stream, "UNZIPPED", 0)
    code, _, errors = packages.imported(tmp_path, packages.lines(packages.release()), "p.jsonl.gz")
    assert (code, "large-json" in errors) == (1, True)


def test_inside(tmp_path: pathlib.Path) -> None:
    """A source in the site's folder is refused, for it may hold what may not be published."""
    root = packages.site(tmp_path)
    path = packages.written(root, "p.json", packages.package(packages.release()))
    code, _, errors = packages.run(root, path)
    assert (code, ": inside: " in errors) == (1, True)


def test_folder(tmp_path: pathlib.Path) -> None:
    """A folder is no file."""
    (tmp_path / "in").mkdir()
    code, _, errors = packages.run(packages.site(tmp_path), tmp_path / "in")
    assert (code, ": folder: " in errors) == (1, True)


def test_good_beside_bad(tmp_path: pathlib.Path) -> None:
    """A bad file does not keep a good one from being imported."""
    good = packages.written(tmp_path, "good.json", packages.package(packages.release()))
    bad = packages.written(tmp_path, "bad.json", "no JSON")
    code, output, errors = packages.run(packages.site(tmp_path), bad, good)
    assert (code, "not-json" in errors, "1 written" in output) == (1, True, True)


def test_two_files_of_one_process(tmp_path: pathlib.Path) -> None:
    """Releases of one process merge wherever they stand, in the order of their dates."""
    late = packages.signed(title="Lamps and poles")
    late |= {"date": "2026-09-01T00:00:00Z", "tag": ["contractUpdate"]}
    first = packages.written(tmp_path, "late.json", packages.package(late))
    second = packages.written(tmp_path, "early.json", packages.package(packages.release()))
    packages.run(packages.site(tmp_path), first, second)
    assert packages.one(tmp_path).title == "Lamps and poles"


def test_workers(tmp_path: pathlib.Path) -> None:
    """One process or two: the same files with the same bytes."""
    given = packages.lines(*(other(f"c-{n:04}") for n in range(250)))
    path = packages.written(tmp_path, "p.jsonl", given)
    found = []
    for jobs in ("1", "2"):
        root = packages.site(tmp_path / jobs)
        assert packages.run(root, path, "--jobs", jobs)[0] == 0
        held = sorted(one for one in root.rglob("*.*") if one.is_file())
        found.append({one.relative_to(root): one.read_bytes() for one in held})
    assert found[0] == found[1]
    assert len(found[0]) == 251


def test_report_nowhere(tmp_path: pathlib.Path) -> None:
    """Where the report cannot be written, nothing is imported: nobody would see what is left."""
    path = packages.written(tmp_path, "p.json", packages.package(packages.release()))
    root = packages.site(tmp_path)
    code, output, errors = packages.run(root, path, "--report", str(tmp_path / "no/report.jsonl"))
    assert (code, output) == (1, "")
    assert "report.jsonl" in errors
    assert not (root / "content").exists()
