"""What tells of the data is true: for programs, for catalogues, and on the data page."""

import hashlib
import json
import pathlib
import re
import subprocess
import sys

from data.test_tables import asked, rows
from portal import exact
from portal.exports import data
from portal.tables.tables import TABLES

URL = "https://contracts.example.org/"


def descriptor(output: pathlib.Path) -> exact.Json:
    """The data package."""
    found: exact.Json = exact.read((output / "data/datapackage.json").read_bytes())
    return found


def run(*command: str) -> str:
    """What a program of this Python's environment says; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_frictionless_finds_it_valid(published: pathlib.Path) -> None:
    """Every table is what its schema says: types, keys, references, bytes and digest."""
    said = json.loads(
        run("frictionless", "validate", str(published / "data/datapackage.json"), "--json")
    )
    assert said["valid"] is True
    assert said["stats"] == {"tasks": len(TABLES), "errors": 0, "warnings": 0} | {
        key: value for key, value in said["stats"].items() if key == "seconds"
    }
    rows_of = {task["name"]: task["stats"].get("rows", 0) for task in said["tasks"]}
    assert rows_of["contracts"] == 80


def test_frictionless_finds_what_is_wrong(published: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """A cell of another type, or a reference to nothing, would have been found."""
    for path in (published / "data").glob("*"):
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / "items.csv").read_text("utf-8").replace("c002,1", "c999,one")
    (tmp_path / "items.csv").write_text(text, "utf-8")
    done = subprocess.run(
        [*(sys.executable, "-m", "frictionless", "validate"), "datapackage.json", "--json"],
        capture_output=True, cwd=tmp_path, text=True, timeout=300, check=False,
    )  # fmt: skip
    found = {error["type"] for task in json.loads(done.stdout)["tasks"] for error in task["errors"]}
    assert {"type-error", "foreign-key", "hash-count"} <= found


def test_descriptor_says_what_columns_mean(published: pathlib.Path) -> None:
    """Each field has its meaning in both languages, each file its bytes and digest."""
    for one in descriptor(published)["resources"]:
        content = (published / "data" / one["path"]).read_bytes()
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        for field in one["schema"]["fields"]:
            assert {"en", "zh-CN"} == field["descriptions"].keys()
            assert field["description"] == field["descriptions"]["zh-CN"]


def test_datasette_opens_it(published: pathlib.Path) -> None:
    """Datasette knows every table, with as many rows, and finds the full-text index."""
    said = json.loads(run("datasette", "inspect", str(published / "data/contracts.sqlite")))
    counts = {name: one["count"] for name, one in said["contracts"]["tables"].items()}
    for table in TABLES:
        assert counts[table.name] == len(rows(published / f"data/{table.name}.csv"))


def test_datasette_answers(published: pathlib.Path) -> None:
    """Datasette searches by three signs, and follows the keys from a contract to its agency."""
    base = str(published / "data/contracts.sqlite")
    get = run(
        "datasette", base, "--get", "/contracts/contracts.json?_search=务服务&_labels=on&_size=5"
    )
    found = json.loads(get)
    assert found["rows"]
    assert {"务服务" in one["title"] for one in found["rows"]} == {True}
    page = run("datasette", base, "--get", "/contracts/contracts?_size=5")
    assert 'href="/contracts/agencies/' in page


def test_catalogue(published: pathlib.Path) -> None:
    """Each distribution leads to a file that is there, with its bytes and digest."""
    catalogue = exact.read((published / "data/catalog.jsonld").read_bytes())
    assert catalogue["@type"] == "dcat:Catalog"
    sets = catalogue["dcat:dataset"]
    found = [one for each in sets for one in each["dcat:distribution"]]
    assert len(found) == len({one["@id"] for one in found}) > len(TABLES)
    for one in found:
        path = one["dcat:downloadURL"]["@id"].removeprefix(URL)
        content = (published / path).read_bytes()
        assert one["dcat:byteSize"]["@value"] == str(len(content))
        digest = one["spdx:checksum"]["spdx:checksumValue"]["@value"]
        assert digest == hashlib.sha256(content).hexdigest()
    span = sets[0]["dct:temporal"]
    days = [one["signed"] for one in rows(published / "data/contracts.csv")]
    assert span["dcat:startDate"]["@value"] == min(days)
    assert span["dcat:endDate"]["@value"] == max(days)


def test_page_lists_every_file(published: pathlib.Path) -> None:
    """The data page has each file with its size, rows and digest as they are."""
    page = (published / "data/index.html").read_text("utf-8")
    listed = dict(
        re.findall(
            r'href="/(data/[^"]+)" download>.*?<code class="files__sha">(\w+)', page, re.DOTALL
        )
    )
    there = {
        path.relative_to(published).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (published / "data").rglob("*")
        if path.is_file()
        and path.parent.name not in ("query", "extension")
        and path.suffix != ".html"
    }
    assert listed == there
    assert '<td class="num" data-label="行数">80</td>' in page


def test_every_file_has_words(published: pathlib.Path) -> None:
    """No file of this site is told as just another one."""
    page = (published / "data/index.html").read_text("utf-8")
    files = re.findall(r'href="/(data/[^"]+)" download', page)
    assert [name for name in files if data.named(name) == data.OTHER] == []
    assert "ocds_year" in {data.named(name) for name in files}


def test_same_order_everywhere(published: pathlib.Path) -> None:
    """CSV and SQLite have the contracts in the order of the site, the newest first."""
    ids = [one["id"] for one in rows(published / "data/contracts.csv")]
    assert asked(published, "SELECT id FROM contracts ORDER BY rowid") == [(id,) for id in ids]
    days = [one["signed"] for one in rows(published / "data/contracts.csv")]
    assert days == sorted(days, reverse=True)


def test_the_data_page_leads_to_the_proof(published: pathlib.Path) -> None:
    """Every page leads to how the site is checked, and that to the list of what is published."""
    home = (published / "index.html").read_text("utf-8")
    assert 'href="/data/#proof"' in home
    page = (published / "data/index.html").read_text("utf-8")
    section = page.partition('id="proof"')[2].partition("</section>")[0]
    assert 'href="/manifest.json"' in section
    assert f"python3 build.py verify {URL}" in section
