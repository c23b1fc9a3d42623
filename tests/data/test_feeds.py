"""Feeds: valid, safe whatever a title holds, the newest hundred, changed only by their facts."""

import json
import pathlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import feedparser
import hypothesis
import hypothesis.strategies
import jsonschema
import pytest
from lxml import etree

import test_incremental
from data import register
from portal import pipeline, tags

HERE = pathlib.Path(__file__).parent
ATOM = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
FEED = jsonschema.Draft202012Validator(
    json.loads((HERE / "jsonfeed.json").read_text("utf-8")),
    format_checker=jsonschema.FormatChecker(),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The awkward site, published."""
    return register.published(tmp_path_factory.mktemp("site"), 150)


def parsed(path: pathlib.Path) -> Any:
    """A feed as a reader of feeds understands it; a flaw in it is an error."""
    found = feedparser.parse(path.read_bytes())
    assert not found.bozo, (path, found.get("bozo_exception"))
    assert found.version == "atom10"
    return found


def items(path: pathlib.Path) -> list[dict[str, Any]]:
    """The items of a JSON Feed, amounts as decimals."""
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"), parse_float=Decimal)["items"]
    return found


def entry(entries: list[Any], end: str) -> Any:
    """The entry whose id ends so."""
    return next(one for one in entries if one["id"].endswith(end))


def test_every_feed_is_valid(site: pathlib.Path) -> None:
    """Every Atom feed follows the schema, every JSON Feed too, and a reader finds no flaw."""
    feeds = sorted(site.rglob("*.xml"))
    atoms = [path for path in feeds if path.name == "feed.xml" or path.parent.name == "feeds"]
    assert len(atoms) == 3 + 2 + 2
    for path in atoms:
        ATOM.assertValid(etree.fromstring(path.read_bytes()))
        own = path.relative_to(site).as_posix()
        assert parsed(path).feed.id == f"{register.URL}/{own}"
        beside = path.with_suffix(".json")
        FEED.validate(json.loads(beside.read_text("utf-8")))
        told = [(one.id, one.title, one.summary) for one in parsed(path).entries]
        assert told == [(one["id"], one["title"], one["content_text"]) for one in items(beside)]


def test_newest_hundred(site: pathlib.Path) -> None:
    """A feed holds a hundred entries, the newest first; a shorter one holds them all."""
    for name in ("feeds/all", "vendors/roads/feed", "agencies/works-office/feed"):
        found = items(site / f"{name}.json")
        days = [one["date_modified"] for one in found]
        assert len(found) == 100
        assert days == sorted(days, reverse=True)
        assert entry(found, "/contracts/ended/")["date_modified"] == days[0]
    assert len(items(site / "feeds/amendments.json")) == 4
    assert items(site / "agencies/idle/feed.json") == []


def test_entry_tells_the_contract(site: pathlib.Path) -> None:
    """An entry says value, parties and days in the site's language, the amount exactly."""
    found = entry(items(site / "feeds/all.json"), "/contracts/awkward/")
    assert found["title"] == register.AWKWARD
    assert found["content_text"] == (
        f"Agency: Works Office; Vendor: {register.HYPERLINK}, Roads Ltd; "
        "Value: EUR 90,071,992,547,409.93; Signed: 1 May 2024; Announced: 3 May 2024; Amended ×3"
    )
    assert found["_contract"]["value"] == {
        "amount": Decimal("90071992547409.93"),
        "currency": "EUR",
    }
    assert (found["date_published"], found["date_modified"]) == (
        "2024-05-03T00:00:00Z",
        "2025-01-15T00:00:00Z",
    )


def test_awkward_signs_reach_the_reader(site: pathlib.Path) -> None:
    """What could end an element or a CDATA section arrives as it was written."""
    found = entry(parsed(site / "feeds/all.xml").entries, "/contracts/awkward/")
    assert found.title == register.AWKWARD
    assert [one.term for one in found.tags] == ["Works & <services>"]
    assert "Register & Co <1> ]]>" in parsed(site / "feeds/all.xml").feed.title
    raw = (site / "feeds/all.xml").read_bytes()
    assert b"</script>" not in raw
    assert b"]]>" not in raw


def test_licence(site: pathlib.Path) -> None:
    """The licence of site.yaml stands in the feed."""
    assert parsed(site / "feeds/all.xml").feed.rights == "https://licences.example.org/open"


def test_amendments(site: pathlib.Path) -> None:
    """Each amendment is an entry of its own, with the day, the money and the reason."""
    found = items(site / "feeds/amendments.json")
    ids = [one["id"].rpartition("#")[2] for one in found]
    assert ids == [
        *("amended-2025-01-15", "amended-2024-09-01", "amended-2024-09-01-2"),
        "amended-2019-06-01",
    ]
    assert found[0]["title"].startswith("Amended: ")
    assert found[1]["url"] == f"{register.URL}/contracts/awkward/#amendments"
    assert found[1]["content_text"].endswith(
        "Amended: 1 September 2024; Change of value: +EUR 500.05; Reason: More ]]> & <more>"
    )
    assert found[0]["_contract"]["value_change"]["amount"] == Decimal("-0.01")
    assert "value_change" not in found[2]["_contract"]


def test_terminations(site: pathlib.Path) -> None:
    """A terminated contract is told with its reason; of a withdrawn one neither title nor value."""
    gone, ended = items(site / "feeds/terminations.json")
    assert (gone["title"], ended["title"]) == ("Withdrawn: X-1", "Terminated: Guards")
    assert gone["content_text"].endswith("Withdrawn: 6 June 2025; Reason: A wrong file")
    assert "Both </agreed>" in ended["content_text"]
    assert "_contract" not in gone
    for path in (*site.rglob("feed*"), *(site / "feeds").iterdir()):
        if path.is_file():
            assert "Secret title" not in path.read_text("utf-8")


def test_withheld_value(site: pathlib.Path) -> None:
    """A withheld value is said to be withheld, and is no number."""
    found = entry(items(site / "feeds/all.json"), "/contracts/hidden/")
    assert "Value: withheld" in found["content_text"]
    assert "value" not in found["_contract"]


def test_ids_stay(site: pathlib.Path) -> None:
    """A renamed contract keeps the id under which it was first told, and leads to its new page."""
    found = entry(items(site / "vendors/roads/feed.json"), "/contracts/first-name/")
    assert found["url"] == f"{register.URL}/contracts/renamed/"


def test_pages_name_their_feeds(site: pathlib.Path) -> None:
    """The head of a page names the site's feeds, that of an organisation's page its own as well."""
    for path, expected in {
        "index.html": {"feeds/all.xml", "feeds/all.json"},
        "agencies/works-office/index.html": {"feeds/all.xml", "agencies/works-office/feed.xml"},
        "vendors/roads/index.html": {"feeds/all.json", "vendors/roads/feed.json"},
    }.items():
        tree = etree.HTML((site / path).read_text("utf-8"))
        found = tree.xpath("//link[@rel='alternate'][@type != 'application/json']/@href")
        assert {f"/register/{one}" for one in expected} <= set(found)
        assert all((site / one.removeprefix("/register/")).is_file() for one in found)


@hypothesis.settings(max_examples=200)
@hypothesis.given(hypothesis.strategies.text(min_size=1))
def test_any_text_is_safe(text: str) -> None:
    """Whatever text an element or attribute holds is read back, but for what XML cannot bear."""
    data = (tags.HEAD + tags.begin("a", b=text) + tags.element("c", text) + "</a>").encode()
    tree = etree.fromstring(data)
    bearable = tags._UNFIT.sub("\ufffd", text)
    assert tree.get("b") == bearable
    assert tree.findtext("c") == bearable.replace("\r\n", "\n").replace("\r", "\n")


def test_empty_site(tmp_path: pathlib.Path) -> None:
    """A site without contracts has feeds without entries, which are valid."""
    root = tmp_path / "root"
    (root / "content").mkdir(parents=True)
    (root / "site.yaml").write_text("name: 空\nurl: https://empty.example.org\n", "utf-8")
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    ATOM.assertValid(etree.fromstring((tmp_path / "out/feeds/all.xml").read_bytes()))
    assert items(tmp_path / "out/feeds/all.json") == []


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """The feeds, and the answers of the static API, of which the bytes are others."""
    found = {path for path in after if before.get(path) != after[path]}
    return {path for path in found if path.endswith((".xml", "feed.json")) or "feeds/" in path}


def test_one_change_touches_its_feeds(tmp_path: pathlib.Path) -> None:
    """A changed title changes the feeds of the site, its agency and its vendor; a body none."""
    root, out = tmp_path / "root", tmp_path / "out"
    test_incremental.site(root)
    test_incremental.build(root, out)
    before = test_incremental.written(out)
    times = {path: (out / path).stat().st_mtime_ns for path in before}
    path = root / "content/contracts/c1.md"
    path.write_text(path.read_text("utf-8").replace("第1号", "第一号"), "utf-8")
    test_incremental.build(root, out)
    after = test_incremental.written(out)
    agency, vendor = "hong-shan-xian-shui-wu-ju", "peng-cheng-wu-ye-fu-wu-you-xian-gong-si"
    assert changed(before, after) == {
        *(f"agencies/{agency}/feed.{suffix}" for suffix in ("xml", "json")),
        *(f"vendors/{vendor}/feed.{suffix}" for suffix in ("xml", "json")),
        *("feeds/all.xml", "feeds/all.json"),
    }
    made = {one for one in after if (out / one).stat().st_mtime_ns != times.get(one)}
    assert {one for one in made if "feed" in one} == changed(before, after)
    path.write_text(path.read_text("utf-8") + "\n补充。\n", "utf-8")
    test_incremental.build(root, out)
    assert changed(after, test_incremental.written(out)) == set()
