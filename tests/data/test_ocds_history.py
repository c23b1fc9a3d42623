"""Releases of what the repository's history knows: one a commit, and none that changes again."""

import itertools
import json
import os
import pathlib
from typing import Any

import pytest

import builders
import repository
from data import test_ocds
from data.test_ocds import LIVELY, needs_standard, needs_validator
from portal import exact, pipeline
from portal.exact import Json

T0 = 1_780_300_000
"""After everything that happened to the contract."""
PAYMENTS = LIVELY["payments"]
QUIET = {name: value for name, value in LIVELY.items() if name not in ("status", "amendments")}
CHANGES: tuple[dict[str, Any], ...] = (
    {"payments": [PAYMENTS[1]], "value": {"amount": "600.06"}},
    {"value": {"amount": "2000"}, "payments": None},
    {"number": None, "procurement": None, "term": None, "items": None, "penalties": None},
    {"vendors": ["某某新光源有限公司"], "category": "照明", "redactions": None},
    {"amendments": LIVELY["amendments"], "payments": None},
    {"amendments": LIVELY["amendments"], "payments": None, "documents": None},
    {
        "amendments": LIVELY["amendments"],
        "status": LIVELY["status"],
        "notes": "已核对。",
        "announced": None,
    },
)
"""Corrections of every sort: of values, lists, parties; facts that come and facts that go."""


class Published:
    """A contract, committed change by change and published after each."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.root, self.output = folder / "root", folder / "out"
        text = builders.text(**QUIET)
        repository.site(self.root, {"content/contracts/lights.md": text})
        self.time = T0
        self.found: list[list[str]] = []
        self.publish()

    def publish(self) -> None:
        self.time += 3600
        for who in ("AUTHOR", "COMMITTER"):
            os.environ[f"GIT_{who}_DATE"] = f"@{self.time} +0000"
        repository.commit(self.root)
        pipeline.build(pipeline.Options(self.root, self.output))
        package = exact.read((self.output / "contracts/lights/releases.json").read_bytes())
        self.found.append([exact.written(one) for one in package["releases"]])

    def change(self, **changes: Any) -> None:
        place = self.root / "content/contracts/lights.md"
        place.write_text(builders.text(**QUIET | changes), "utf-8")
        self.publish()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A contract to which corrections of every sort happened."""
    before = dict(os.environ)
    made = Published(tmp_path_factory.mktemp("history"))
    for one in CHANGES:
        made.change(**one)
    os.environ.clear()
    os.environ.update(before)
    return made


def test_one_release_for_each_commit(published: Published) -> None:
    """The releases of the first publication, then one for each commit, named and dated by it."""
    counts = [len(one) for one in published.found]
    assert [after - before for before, after in itertools.pairwise(counts)] == [1] * 7
    found = [json.loads(one) for one in published.found[-1]]
    commits = repository.git(published.root, "log", "--reverse", "--format=%h", "--abbrev=12")
    names = [one["id"].removeprefix("ocds-xxxxxx-lights-") for one in found]
    assert names[-7:] == commits.split()[1:]
    assert found[-1]["date"] == "2026-06-01T23:46:40+08:00"
    assert [one["tag"] for one in found[-7:]] == [
        ["awardUpdate", "contractUpdate", "implementationUpdate"],
        ["awardUpdate", "contractUpdate"],
        ["tenderUpdate", "awardUpdate", "contractUpdate", "implementationUpdate"],
        ["tenderUpdate", "awardUpdate", "contractUpdate", "implementationUpdate"],
        ["awardUpdate", "contractAmendment", "implementationUpdate"],
        ["contractUpdate"],
        ["contractUpdate", "implementationUpdate", "contractTermination"],
    ]


def test_releases_stay(published: Published) -> None:
    """A release that was published once is the same, byte for byte, when others come."""
    for before, after in itertools.pairwise(published.found):
        assert after[: len(before)] == before


def test_they_come_to_the_present(published: Published) -> None:
    """Merged, they say what the contract says today; of things that went, the ids remain."""
    compiled = compile_of(published)
    (contract,) = compiled["contracts"]
    assert contract["value"] == {"amount": exact.read("1005"), "currency": "CNY"}
    assert contract["status"] == "terminated"
    assert compiled["awards"][0]["value"]["amount"] == exact.read("1000.1")
    assert contract["description"] == "已核对。"
    assert "dateAnnounced" not in contract


def compile_of(published: Published) -> Json:
    """The compiled release of the contract, its numbers exact."""
    path = published.output / "contracts/lights/record.json"
    found: Json = exact.read(path.read_bytes())["records"][0]["compiledRelease"]
    return found


@needs_standard
def test_merged_as_others_do(published: Published) -> None:
    """The standard's own merging library comes to the same."""
    ocdsmerge = pytest.importorskip("ocdsmerge", reason="ocdsmerge is not installed")
    path = published.output / "contracts/lights/record.json"
    (record,) = json.loads(path.read_text())["records"]
    schema = json.loads(test_ocds.standard("dereferenced-release-schema.json"))
    patch = json.loads((published.output / "data/ocds/extension/release-schema.json").read_text())
    contract = schema["properties"]["contracts"]["items"]["properties"]
    contract["penalties"] = patch["definitions"]["Contract"]["properties"]["penalties"]
    merger = ocdsmerge.Merger(schema)
    theirs = merger.create_compiled_release(list(reversed(record["releases"])))
    assert record["compiledRelease"] == told(theirs)


def told(value: Any) -> Any:
    """Without empty objects: theirs leaves those whose every field was taken away."""
    if isinstance(value, dict):
        return {name: told(one) for name, one in value.items() if one != {}}
    return [told(one) for one in value] if isinstance(value, list) else value


@needs_standard
@needs_validator
def test_valid(published: Published, tmp_path: pathlib.Path) -> None:
    """The standard's validator finds nothing, strictly; check-jsonschema neither."""
    assert test_ocds.findings(published.output) == []
    assert test_ocds.schema_findings(published.output, tmp_path) == ""


def test_in_the_files_of_many(published: Published) -> None:
    """The year's package has the same releases."""
    year = exact.read((published.output / "data/ocds/2026.json").read_bytes())
    assert [exact.written(one) for one in year["releases"]] == published.found[-1]


def test_without_the_repository(published: Published, tmp_path: pathlib.Path) -> None:
    """Where there is no history, releases follow from the facts of today, as ever."""
    files = {"content/contracts/lights.md": builders.text(**QUIET | CHANGES[-1])}
    root = builders.site(tmp_path / "root", files)
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    found = exact.read((tmp_path / "out/contracts/lights/releases.json").read_bytes())["releases"]
    assert [one["id"].removeprefix("ocds-xxxxxx-lights-") for one in found] == [
        "contract",
        "amendment-2026-02-08",
        "implementation-2026-03-05",
        "amendment-2026-04-01",
        "amendment-2026-04-01-2",
        "implementation-2026-04-01",
        "termination",
    ]
