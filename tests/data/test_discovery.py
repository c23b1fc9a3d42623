"""What lets programs find the site: the sitemap, robots.txt, the description of the search."""

import datetime
import pathlib
import urllib.parse
import urllib.robotparser
from collections.abc import Iterator

import pytest
from lxml import etree

from data import register
from portal import sitemap, urls

HERE = pathlib.Path(__file__).parent
SCHEMA = HERE.parent / "browser/node_modules/sitemap/schema/sitemap.xsd"
"""The protocol's own schema, which an npm package brings along."""
SPACE = {"s": sitemap.NAMESPACE, "o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The awkward site, published."""
    return register.published(tmp_path_factory.mktemp("site"), 150)


def listed(data: bytes) -> dict[str, str | None]:
    """The addresses of a sitemap with the day of each; it must follow the protocol's schema."""
    if not SCHEMA.exists():
        pytest.fail("tests/browser/node_modules is missing; `make test` installs it")
    tree = etree.fromstring(data)
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(tree)
    found = tree.findall("s:url", SPACE)
    return {
        str(one.findtext("s:loc", None, SPACE)): one.findtext("s:lastmod", None, SPACE)
        for one in found
    }


def test_sitemap_lists_every_page(site: pathlib.Path) -> None:
    """Every page that does not ask to be left out is listed once, and nothing else."""
    pages = {
        path.relative_to(site).parent.as_posix() + "/": path.read_text("utf-8")
        for path in site.rglob("index.html")
    }
    found = listed((site / "sitemap.xml").read_bytes())
    wanted = {path for path, text in pages.items() if 'content="noindex"' not in text}
    inside = {urllib.parse.unquote(one.removeprefix(f"{register.URL}/")) or "./" for one in found}
    assert inside == wanted
    assert "contracts/gone/" not in inside
    assert "contracts/合同-1/" in inside


def test_lastmod_is_a_fact(site: pathlib.Path) -> None:
    """A page's day is the last of which its contracts tell; a page without facts has none."""
    found = listed((site / "sitemap.xml").read_bytes())
    assert found[f"{register.URL}/contracts/awkward/"] == "2025-01-15"
    assert found[f"{register.URL}/contracts/ended/"] == "2025-05-05"
    assert found[f"{register.URL}/"] == "2025-05-05"
    assert found[f"{register.URL}/agencies/works-office/"] == "2025-05-05"
    assert found[f"{register.URL}/years/2020/"] == "2020-01-01"
    assert found[f"{register.URL}/api/"] is None
    assert found[f"{register.URL}/agencies/idle/"] is None


def test_sitemap_is_split() -> None:
    """More addresses than one file may hold are divided, and an index names the files."""

    def pages() -> Iterator[sitemap.Page]:
        for n in range(sitemap.MOST * 2 + 1):
            yield sitemap.Page(
                urls.contract(f"c{n}"), datetime.date(2020, 1, 1 + n // sitemap.MOST)
            )

    parts = sitemap.parts(register.URL, pages())
    assert [len(part.pages) for part in parts] == [sitemap.MOST, sitemap.MOST, 1]
    assert len(listed(sitemap.file(parts[2]))) == 1
    index = sitemap.index(register.URL, tuple(map(sitemap.latest, parts)))
    tree = etree.fromstring(index)
    etree.XMLSchema(etree.parse(HERE / "siteindex.xsd")).assertValid(tree)
    days = [one.text for one in tree.iterfind(".//s:lastmod", SPACE)]
    assert days == ["2020-01-01", "2020-01-02", "2020-01-03"]
    assert len({part.digest for part in parts}) == 3


def test_split_on_a_site(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a site with more addresses than one file may hold, each is in one of the files."""
    whole = listed((register.published(tmp_path / "one") / "sitemap.xml").read_bytes())
    monkeypatch.setattr(sitemap.parts, "__defaults__", (10,))
    out = register.published(tmp_path / "many")
    found: dict[str, str | None] = {}
    for one in etree.fromstring((out / "sitemap.xml").read_bytes()).iterfind(".//s:loc", SPACE):
        found |= listed((out / str(one.text).removeprefix(f"{register.URL}/")).read_bytes())
    assert found == whole


def test_robots(site: pathlib.Path) -> None:
    """Programs may read everything, and are told where the sitemap is."""
    robots = urllib.robotparser.RobotFileParser()
    robots.parse((site / "robots.txt").read_text("utf-8").splitlines())
    assert robots.can_fetch("any", f"{register.URL}/contracts/awkward/")
    assert robots.site_maps() == [f"{register.URL}/sitemap.xml"]


def test_opensearch(site: pathlib.Path) -> None:
    """A browser learns to search the site: short names, and an address with the query."""
    tree = etree.fromstring((site / "opensearch.xml").read_bytes())
    assert tree.tag == f"{{{SPACE['o']}}}OpenSearchDescription"
    texts = {etree.QName(one).localname: one.text for one in tree if one.text}
    assert texts["ShortName"] == "Register & Co"
    assert len(texts["Description"]) <= 1024
    assert texts["Language"] == "en"
    search = tree.find("o:Url[@type='text/html']", SPACE)
    assert search is not None
    assert search.get("template") == f"{register.URL}/search/?q={{searchTerms}}"
    page = etree.HTML((site / "contracts/awkward/index.html").read_text("utf-8"))
    (link,) = page.xpath("//link[@rel='search']")
    assert link.get("type") == "application/opensearchdescription+xml"
    assert link.get("href") == "/register/opensearch.xml"
    assert link.get("title") == "Register & Co <1> ]]>"
