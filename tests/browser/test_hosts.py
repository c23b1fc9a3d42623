"""A site as real web servers send it with our configuration: headers, packed files, redirects."""

import gzip
import hashlib
import http.client
import pathlib
import re
import shutil
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

import builders
from browser import hosts
from portal import headers, pipeline
from portal.search import known

TOP = pathlib.Path(__file__).resolve().parents[2]
OTHER = "content/contracts/lights.md"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The sample site, packed copies, and a contract with a former address and a document.

    Its agency has so many that every folder of the search is there.
    """
    folder = tmp_path_factory.mktemp("hosted")
    root = folder / "root"
    shutil.copytree(TOP / "content", root / "content")
    annex = {"title": "Annex", "file": "annex.pdf"}
    text = builders.text("路灯逐盏巡查。", aliases=["former"], documents=[annex])
    more = {OTHER: text, "content/contracts/lights/annex.pdf": builders.paper()}
    of_one = {f"content/contracts/more-{n}.md": builders.text() for n in range(known.PACK)}
    site = (TOP / "site.yaml").read_text("utf-8") + "precompress: true\n"
    builders.site(root, {"site.yaml": site, **more, **of_one})
    pipeline.build(pipeline.Options(root, folder / "public", 2))
    return folder / "public"


@pytest.fixture(scope="module", params=hosts.PROGRAMS)
def site(
    request: pytest.FixtureRequest,
    public: pathlib.Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of the site at each server."""
    if hosts.program(request.param) is None:
        pytest.skip(hosts.missing(request.param))
    scratch = tmp_path_factory.mktemp(request.param)
    with hosts.serving(request.param, public, scratch) as address:
        yield address


class Answer(NamedTuple):
    """What a server sends."""

    status: int
    headers: dict[str, str]
    data: bytes


def ask(site: str, path: str, **given: str) -> Answer:
    """The answer to one question; an underscore in a header's name stands for a hyphen."""
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=20)
    named = {name.replace("_", "-"): value for name, value in given.items()}
    connection.request("GET", f"/{quote(path, safe='/?=')}", headers=named)
    answer = connection.getresponse()
    found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    connection.close()
    return found


def plain(answer: Answer) -> bytes:
    """The bytes of an answer as a browser has them."""
    is_packed = answer.headers.get("content-encoding") == "gzip"
    return gzip.decompress(answer.data) if is_packed else answer.data


def kinds(public: pathlib.Path) -> dict[str, str]:
    """A published file of each ending, and of each name that has a kind of its own."""
    found: dict[str, str] = {}
    for path in sorted(public.rglob("*")):
        name = path.relative_to(public).as_posix()
        is_copy = path.suffix in (".gz", ".br") and path.with_suffix("").exists()
        if path.is_file() and not is_copy and not name.startswith("_"):
            key = path.name if path.name in headers.NAMED else path.suffix
            found.setdefault(f"feeds{key}" if name.startswith("feeds/") else key, name)
    return found


def test_nothing_to_correct(public: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """Nginx takes our configuration without a warning."""
    if hosts.program("nginx") is None:
        pytest.skip(hosts.missing("nginx"))
    with hosts.serving("nginx", public, tmp_path):
        said = (tmp_path / "said.log").read_text("utf-8")
    assert "[warn]" not in said, said


def test_headers_of_every_kind(site: str, public: pathlib.Path) -> None:
    """Every kind of file comes with the headers of headers.py, as what it is, and byte for byte."""
    found = kinds(public)
    assert set(headers.TYPES) - set(found) <= {".png", ".jpg", ".jpeg"}
    for path in found.values():
        for asked in ({}, {"Accept_Encoding": "gzip"}):
            answer = ask(site, path, **asked)
            told = {name: answer.headers.get(name.lower()) for name in headers.EVERYWHERE}
            assert (path, told) == (path, dict(headers.EVERYWHERE))
            assert (path, answer.headers["content-type"]) == (path, headers.kind(path))
            assert (path, answer.headers["cache-control"]) == (path, headers.CHECKED)
            assert answer.headers.get("etag") or answer.headers.get("last-modified"), path
            assert plain(answer) == (public / path).read_bytes(), path


def test_versions_are_kept_for_ever(site: str) -> None:
    """An address with its version is never asked about again; pages and data always are."""
    for path in ("static/site.css", "static/search/box.js", "search/names.json.gz"):
        assert headers.keeping(path, versioned=True) == headers.FOR_EVER
        assert ask(site, f"{path}?v=1").headers["cache-control"] == headers.FOR_EVER, path
        assert ask(site, path).headers["cache-control"] == headers.CHECKED, path
    for path in ("", "contracts/lights/", "data/contracts.csv", "search/none.gz"):
        assert ask(site, f"{path}?v=1").headers["cache-control"] == headers.CHECKED, path


def test_unchanged_files_are_not_sent_again(site: str) -> None:
    """Who has a file, and asks whether it is still the same, is told so in few bytes."""
    tag = ask(site, "data/contracts.csv").headers["etag"]
    answer = ask(site, "data/contracts.csv", If_None_Match=tag)
    assert (answer.status, answer.data) == (304, b"")


def test_packed_copies_are_sent(site: str, public: pathlib.Path) -> None:
    """Who takes gzip is sent the copy that was made by the build; who does not gets the file."""
    for path in ("index.html", "static/site.css", "data/contracts.csv", "sitemap.xml"):
        answer = ask(site, path.removesuffix("index.html"), Accept_Encoding="gzip")
        assert (path, answer.headers.get("content-encoding")) == (path, "gzip")
        assert answer.data == (public / f"{path}.gz").read_bytes(), path
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert "content-encoding" not in ask(site, path).headers


def test_packed_data_are_data(site: str, public: pathlib.Path) -> None:
    """A file whose name ends in .gz is sent as it is, and not as the encoding of another."""
    for path in ("search/names.json.gz", "data/ocds/all.jsonl.gz"):
        answer = ask(site, path, Accept_Encoding="gzip, br")
        assert "content-encoding" not in answer.headers
        assert answer.data == (public / path).read_bytes()
        assert answer.headers["content-type"] == "application/gzip"


def test_browsers_unpack_for_the_search(site: str, public: pathlib.Path) -> None:
    """What the search's scripts ask for, browsers unpack; nothing else that ends in .gz."""
    path = "search/names.json.gz"
    answer = ask(site, f"{path}?v=1", Accept_Encoding="gzip, br")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.data == (public / path).read_bytes()
    for other in ("search/none.gz?v=1", "data/ocds/all.jsonl.gz?v=1", "search/index.json?v=1"):
        assert "content-encoding" not in ask(site, other).headers, other


def test_not_found(site: str, public: pathlib.Path) -> None:
    """What is not there is answered by the site's own page, with status and headers."""
    for path in ("nothing/", "contracts/nobody/", "x.csv", "_headers", ".git/config", "static/"):
        answer = ask(site, path)
        assert (path, answer.status) == (path, 404)
        assert answer.data == (public / "404.html").read_bytes(), path
        assert answer.headers["content-type"] == headers.TYPES[".html"]
        assert answer.headers["cache-control"] == headers.CHECKED
        policy = answer.headers["content-security-policy"]
        assert policy == headers.EVERYWHERE["Content-Security-Policy"]


def test_redirects(site: str, page: Page) -> None:
    """A folder without its slash leads to it on the same host; a former address to the present."""
    answer = ask(site, "contracts/lights")
    assert answer.status in (301, 308)
    assert answer.headers["location"] == "/contracts/lights/"
    assert ask(site, "contracts/former/").status == 200
    page.goto(f"{site}contracts/former/")
    page.wait_for_url(f"{site}contracts/lights/")


def test_search_under_the_policy(site: str, page: Page) -> None:
    """The search finds by fact and by text, and the console says nothing."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site}search/?q={quote('路灯逐盏巡查')}")
    expect(page.locator("#search-status")).to_have_attribute("data-state", "done")
    found = page.locator('li[data-result][data-kind="contract"]')
    assert [one.get_attribute("data-id") for one in found.all()] == ["lights"]
    page.goto(site)
    page.get_by_role("combobox").first.fill("照明")
    expect(page.get_by_role("option").first).to_be_visible()
    assert said == []


def test_engine_comes_before_the_first_query(site: str, page: Page) -> None:
    """A host that packs the engine is asked for it at once: what is first looked for waits less."""
    with page.expect_response(re.compile(r"/static/search/engine\.js")) as response:
        page.goto(f"{site}search/")
    sizes = response.value.request.sizes()
    assert sizes["responseBodySize"] < len(response.value.body()) / 2


def test_questions_under_the_policy(site: str, page: Page) -> None:
    """SQLite runs in the reader's browser, whose thread bears the policy as well."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site}data/query/")
    page.fill("#query-sql", "SELECT COUNT(*) AS contracts FROM contracts")
    page.click("#query-form [type=submit]")
    expect(page.locator("#query-answer td")).to_have_text(str(4 + known.PACK))
    assert said == []


def test_documents(site: str) -> None:
    """A document is sent as what it is."""
    answer = ask(site, "contracts/lights/annex.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.data.startswith(b"%PDF")


def test_pages_bear_the_policy(public: pathlib.Path) -> None:
    """Every page bears the policy itself, for hosts that send no headers."""
    pages = [path.read_text("utf-8") for path in public.rglob("*.html")]
    policies = {re.search(r'Security-Policy" content="([^"]*)"', text) for text in pages}
    assert {found and found[1] for found in policies} == {headers.POLICY}


def test_headers_for_static_hosts(public: pathlib.Path) -> None:
    """`_headers` says the same, and gives no file two values of one header."""
    blocks = (public / "_headers").read_text("utf-8").strip().split("\n\n")
    rules = {lines[0]: lines[1:] for lines in (one.split("\n") for one in blocks)}
    assert rules["/*"] == [f"  {name}: {value}" for name, value in headers.EVERYWHERE.items()]
    for pattern, lines in rules.items():
        folder = pattern.strip("/*")
        if any("immutable" in one for one in lines):
            assert headers.keeping(f"{folder}/x", versioned=True) == headers.FOR_EVER
            assert (public / folder).is_dir()
    assert not {name for name, _ in map(split, rules["/*"])} & {"Cache-Control", "Content-Type"}


def split(line: str) -> tuple[str, str]:
    """A header's name and value."""
    name, _, value = line.strip().partition(": ")
    return name, value


def test_packed_copies_hold_the_same(public: pathlib.Path) -> None:
    """Beside every text lies its copy in gzip, but in the search's texts, which are packed."""
    for one in filter(pathlib.Path.is_file, public.rglob("*")):
        path = one.relative_to(public).as_posix()
        if path.endswith(headers.PACKED) and not path.startswith(("search/text/", "manifest")):
            copy = gzip.decompress(one.with_name(f"{one.name}.gz").read_bytes())
            assert hashlib.sha256(copy).digest() == hashlib.sha256(one.read_bytes()).digest()
    assert ".html.gz" not in (public / "manifest.json").read_text("utf-8")
