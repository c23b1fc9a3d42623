"""What is found first, and what is not taken for something else."""

import itertools
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

import builders
from browser.test_search_page import done, exact, ids, search
from portal import pipeline

AGENCY = "青山县大数据发展局"
AT_ONCE = 5
"""Files of the sieve that a host which speaks HTTP/1.1, as the tests' does, gives at first."""
TELLING = 4
"""Grams of a text that are asked for before all others."""
HTTP2 = "performance.getEntriesByName = () => [{ nextHopProtocol: 'h2' }];"
"""Has a page take its host for one that speaks HTTP/2."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, served: Callable[..., str]) -> str:
    """A site whose older contracts say what its newer ones only seem to say."""
    folder = tmp_path_factory.mktemp("ordered")
    older, newer = {"signed": "2022-03-04"}, {"signed": "2025-03-04"}
    item = {"name": "灯杆", "quantity": "64", "unit_price": "1847.35"}
    instalment = {"label": "尾款", "percent": "100", "due": "2027-02-09"}
    made = {
        "number-old": builders.text(number="市财采购-2022-123", **older),
        "number-new": builders.text("2022年的第123号文件。", number="市财采购-2023-456", **newer),
        "follows": builders.text("## 服务标准\n\n未经书面同意不得转包。", **older),
        "apart": builders.text("未经书面同意不得转包。\n\n## 服务标准\n\n另定。", **newer),
        "agency": builders.text("每月轮换密钥。", agency=AGENCY, **older),
        "agency-other": builders.text("每年归档。", agency=AGENCY, **newer),
        "figure": builders.text("另付21717.00元，每次扣8,447.00元。", **older),
        "digits": builders.text(number="Q-2021-7177", **newer),
        "digits-too": builders.text(number="Q-84470-2025", **newer),
        "rate": builders.text("逾期一日付合同总价的2.5‰。", **older),
        "facts": builders.text(items=[item], payments=[instalment], **older),
        "school": builders.text(agency="青山县第一中学", **older),
        "title": builders.text(title="路灯监控平台2022年度运行维护项目", **older),
    }
    files = {f"content/contracts/{name}.md": text for name, text in made.items()}
    pipeline.build(pipeline.Options(builders.site(folder / "root", files), folder / "public"))
    return served(folder / "public")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("市财采购 2022 123", ["number-old", "number-new"]),
        ("服务标准 未经书面同意", ["follows", "apart"]),
        ("21717", ["figure", "digits"]),
        ("8,447.00", ["figure"]),
        ("8447", ["digits-too", "figure"]),
    ],
)
def test_what_was_typed_comes_first(site: str, page: Page, query: str, found: list[str]) -> None:
    """Before what is newer: the number that was typed apart, words in a row, a whole figure."""
    search(page, site, query)
    assert ids(page) == found


@pytest.mark.parametrize(("query", "count"), [("合同总价的2.5‰", 1), ("合同总价的2.0‰", 0)])
def test_a_rate_is_not_the_beginning_of_another(
    site: str, page: Page, query: str, count: int
) -> None:
    """2.0‰ is not in 2.5‰, although a plain 2.0 is 2."""
    search(page, site, query)
    assert exact(page) == count


@pytest.mark.parametrize("query", ["2027年2月9日", "1,847.35", "灯杆 64"])
def test_facts_are_found(site: str, page: Page, query: str) -> None:
    """What only the tables of the page say, when an instalment is due or what a thing costs."""
    search(page, site, query)
    assert ids(page) == ["facts"]


@pytest.mark.parametrize(
    ("query", "agency"),
    [("县大数据局", AGENCY), ("青山一中", "青山县第一中学"), ("县一中", "青山县第一中学")],
)
def test_short_forms(site: str, page: Page, query: str, agency: str) -> None:
    """A short form may begin with the sign for the place, and a school's ends with 中."""
    search(page, site, query)
    expect(page.locator('li[data-kind="agency"][data-tier="exact"] a')).to_have_text(agency)


def asked(page: Page, site: str, query: str) -> list[str]:
    """The kinds of packed files that a first query asks for, in their order."""
    paths: list[str] = []
    page.on("request", lambda request: paths.append(urlsplit(request.url).path))
    search(page, site, query)
    return [path.split("/")[-2] for path in paths if path.endswith(".gz")]


def test_what_resembles_needs_no_more_of_the_sieve(site: str, page: Page) -> None:
    """A title with a wrong sign: the first grams tell that nothing has it, and what is near."""
    page.add_init_script(HTTP2)
    kinds = asked(page, site, "路灯监空平台2022年度运行维护项目")
    assert (exact(page), ids(page, tier="near")) == (0, ["title"])
    assert kinds[kinds.index("rows") :] == ["rows"]


def test_what_resembles_is_the_same_from_all_hosts(site: str, page: Page) -> None:
    """The host that takes few requests at once is asked again."""
    kinds = asked(page, site, "路灯监空平台2022年度运行维护项目")
    assert (exact(page), ids(page, tier="near")) == (0, ["title"])
    assert "grams" in kinds[kinds.index("rows") :]


@pytest.mark.parametrize(("script", "is_narrow"), [("", True), (HTTP2, False)])
def test_no_row_waits_in_line(site: str, page: Page, script: str, *, is_narrow: bool) -> None:
    """No more of the sieve is asked for at first than the host takes at once."""
    page.add_init_script(script)
    kinds = asked(page, site, "路灯监控平台2022年度运行维护项目")
    assert ids(page) == ["title"]
    first = [kind for kind in kinds[: kinds.index("rows")] if kind in ("grams", "triples")]
    assert (len(first) <= AT_ONCE) == is_narrow


def test_rows_do_not_wait_for_all_grams(site: str, page: Page) -> None:
    """The row of what is likely found is asked for when the telling grams are there."""
    held: list[Route] = []
    count = itertools.count()
    page.add_init_script(HTTP2)
    page.route(
        "**/search/grams/*",
        lambda route: route.continue_() if next(count) < TELLING else held.append(route),
    )
    with page.expect_request("**/search/rows/*"):
        page.goto(f"{site}search/?q={quote('路灯监控平台2022年度运行维护项目')}")
    assert held
    for route in held:
        route.continue_()
    done(page)
    assert ids(page) == ["title"]


def test_words_joined_to_a_name(site: str, page: Page) -> None:
    """An agency's name with words joined to it: its contracts with the words, and how to ask."""
    search(page, site, f"{AGENCY}密钥")
    assert (exact(page), ids(page, tier="near")) == (0, ["agency"])
    page.get_by_role("link", name=f"{AGENCY} 密钥").click()
    done(page)
    assert ids(page) == ["agency"]
