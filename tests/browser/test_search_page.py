"""The search as readers meet it: the box of every page, and the page of results."""

import csv
import io
import json
import pathlib
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import CDPSession, Locator, Page, Route, expect

import builders
from portal import pipeline
from portal.search import shards

TOP = pathlib.Path(__file__).resolve().parents[2]
ROOT = "/portal/"
SITE = f"name: 合同公开\nurl: https://contracts.example.org{ROOT}\nlanguage: zh-CN\n"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
YEARS = 2021, 2022, 2023
LIGHTS, CLEANING = "明光照明工程有限公司", "清风保洁服务有限公司"
CLOUD = {
    "title": "政务云平台运行维护合同",
    "number": "HAJCR-2401215-EGN00",
    "agency": "青山县大数据发展局",
    "vendors": ["云岭数据技术有限公司", LIGHTS],
    "value": {"amount": "2594642.64"},
    "signed": "2024-05-06",
    "region": "青山县",
    "category": "信息技术服务",
    "procurement": {"method": "公开招标"},
    "status": {"state": "completed"},
    "amendments": [{"date": "2024-09-01", "reason": "增加节点", "value_change": "5000"}],
}
ALIASED = f"name: {LIGHTS}\naliases: [{{name: 老灯具厂, contract: lamp-1}}]\n"


def content() -> dict[str, str]:
    """Forty-two contracts: forty of one kind, one with everything, one whose value is withheld."""
    found = {
        "site.yaml": SITE,
        "content/vendors/mingguang.yaml": ALIASED,
        "content/contracts/cloud.md": builders.text("服务包括容灾演练与密钥轮换。", **CLOUD),
        "content/contracts/secret.md": builders.text(
            title="=HYPERLINK(1) 路灯改造合同",
            agency="青山县档案馆",
            value={"withheld": "涉密"},
            signed="2024-01-15",
        ),
    }
    for n in range(1, 41):
        found[f"content/contracts/lamp-{n}.md"] = builders.text(
            f"第{n}标段的路灯更换与巡查。",
            title=f"路灯维护第{n}标段合同",
            number=f"QS-{YEARS[n % 3]}-{n:03}",
            agency=f"青山县第{n % 2 + 1}街道办事处",
            vendors=[LIGHTS if n % 4 else CLEANING],
            value={"amount": f"{n * 50_000}.50"},
            signed=f"{YEARS[n % 3]}-03-{n % 28 + 1:02}",
            procurement={"method": "公开招标" if n % 5 else "单一来源"},
        )
    return found


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The site, published."""
    folder = tmp_path_factory.mktemp("searched")
    root = builders.site(folder / "root", content())
    pipeline.build(pipeline.Options(root, folder / "public"))
    return folder / "public"


@pytest.fixture(scope="module")
def site(public: pathlib.Path, served: Callable[..., str]) -> str:
    """Its address, below a path."""
    return served(public, root=ROOT)


def search(page: Page, site: str, query: str, more: str = "") -> None:
    """Opens the page of a query, and waits until every shard has answered."""
    page.goto(f"{site}search/?q={quote(query)}{more}")
    done(page)


def done(page: Page) -> None:
    """Waits until the search is over."""
    expect(page.locator("#search-status")).to_have_attribute("data-state", "done")


def exact(page: Page) -> int:
    """How many organisations and contracts the page says that it found."""
    done(page)
    return int(page.locator("#search-status").get_attribute("data-exact") or "")


def ids(page: Page, kind: str = "contract", tier: str = "exact") -> list[str]:
    """The results of a kind, from the top."""
    found = page.locator(f'li[data-result][data-kind="{kind}"][data-tier="{tier}"]')
    return [one.get_attribute("data-id") or "" for one in found.all()]


def asked(page: Page) -> dict[str, list[str]]:
    """What the address asks for."""
    return parse_qs(urlsplit(page.url).query)


def choice(page: Page, facet: str, value: str) -> Locator:
    """The box of a facet's value."""
    return page.locator(f'input[name="{facet}"][value="{value}"]')


def counts(page: Page, facet: str) -> dict[str, str]:
    """The values of a facet with their counts, as shown."""
    shown = page.locator(f'[data-facet="{facet}"] label').all_inner_texts()
    return dict(re.split(r"\s*\n\s*", text, maxsplit=1) for text in shown)


# The page of results


def test_contract(site: str, page: Page) -> None:
    """A result says what was signed, by whom, for how much, and why it is one."""
    search(page, site, "HAJCR-2401215")
    assert exact(page) == 1
    assert ids(page) == ["cloud"]
    result = page.locator("li[data-result]")
    assert result.locator("h3 a").get_attribute("href") == f"{ROOT}contracts/cloud/"
    text = result.inner_text()
    for words in (
        *(CLOUD["title"], CLOUD["number"], CLOUD["agency"], *CLOUD["vendors"], "2024-05-06"),
        *("¥2,594,642.64", "履行完毕", "变更 1 次"),
    ):
        assert str(words) in text
    assert result.locator(".result__reason").all_inner_texts() == ["编号"]
    assert page.locator("#search-status").inner_text() == "找到合同 1 份"
    assert page.title().startswith("HAJCR-2401215 - ")


@pytest.mark.parametrize(
    ("query", "reasons"),
    [
        ("政务云平台", ["标题"]),
        ("大数据发展局", ["采购人"]),
        ("云岭数据", ["供应商"]),
        ("259.464264万", ["金额"]),
        ("2024年5月6日", ["日期"]),
        ("密钥轮换", ["正文"]),
        ("云岭 密钥轮换", ["供应商", "正文"]),
    ],
)
def test_reason(site: str, page: Page, query: str, reasons: list[str]) -> None:
    """Each result says which of its facts, or that its text, was looked for."""
    search(page, site, query)
    assert ids(page) == ["cloud"]
    shown = page.locator("li[data-kind=contract] .result__reason").all_inner_texts()
    assert shown == reasons


def test_excerpt(site: str, page: Page) -> None:
    """What only the text says is shown in its words, with those that were looked for marked."""
    search(page, site, "密钥轮换")
    excerpt = page.locator(".result__excerpt")
    assert "容灾演练与密钥轮换" in excerpt.inner_text()
    assert "".join(excerpt.locator("mark").all_inner_texts()) == "密钥轮换"


def test_organisation(site: str, page: Page) -> None:
    """An organisation that is meant stands above its contracts, and leads to its page."""
    search(page, site, "老灯具厂")
    first = page.locator("li[data-result]").first
    expect(first).to_have_attribute("data-kind", "vendor")
    expect(first).to_have_attribute("data-id", "mingguang")
    assert "别名：老灯具厂" in first.inner_text()
    assert "合同 31 份" in first.inner_text()
    assert exact(page) == 32
    assert page.locator("#search-status").inner_text() == "找到单位 1 家、合同 31 份"
    first.get_by_role("link").click()
    page.wait_for_url(f"**{ROOT}vendors/mingguang/")


def test_a_list_of_an_organisation_is_one_file(public: pathlib.Path, site: str, page: Page) -> None:
    """The newest contracts of a vendor come together, as they do one by one in other lists."""
    rows: list[str] = []
    page.on("request", lambda request: rows.append(urlsplit(request.url).path))
    search(page, site, LIGHTS)
    loaded = [path for path in rows if "/rows/" in path or "/newest/" in path]
    assert loaded == [f"{ROOT}search/newest/vendor/mingguang.json.gz"]
    shown = page.locator("li[data-kind=contract]")
    for result in shown.all():
        name = result.get_attribute("data-id")
        record = json.loads((public / f"contracts/{name}/index.json").read_bytes())
        assert result.locator("h3").inner_text() == record["title"]
    assert len(ids(page)) == 20


DRAWN = """() => {
    window.drawn = [];
    const list = document.getElementById("search-contracts");
    new MutationObserver(() => drawn.push(list.children.length)).observe(list, { childList: true });
}"""


def test_drawn_once_from_a_near_host(
    tmp_path: pathlib.Path, served: Callable[..., str], page: Page
) -> None:
    """What comes at once is shown together; what takes longer does not keep back the first."""
    made = {
        f"content/contracts/river-{n}.md": builders.text(
            title=f"第{n}河段巡查", agency=f"第{n}河务局", vendors=[f"第{n}水务有限公司"]
        )
        for n in range(1, 41)
    }
    pipeline.build(pipeline.Options(builders.site(tmp_path / "root", made), tmp_path / "public"))
    search(page, served(tmp_path / "public"), "第1河务局")
    page.clock.install()
    page.clock.pause_at("2030-01-01")  # whatever is waited for comes before any time has passed
    page.evaluate(DRAWN)
    page.locator("input[name=q]").fill("河段巡查")
    page.locator("input[name=q]").press("Enter")
    assert len(ids_after(page, "河段巡查")) == 20
    assert page.evaluate("drawn") == [20]
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/rows/**", hold)
    page.get_by_role("link", name="下一页").click()
    expect(page.locator("#search-status")).to_have_attribute("data-state", "working")
    with page.expect_response("**/search/rows/**"):
        page.wait_for_timeout(500)  # until all are asked for
        first, *others = sorted(held, key=lambda one: one.request.url)
        first.continue_()
    page.clock.run_for(100)
    expect(page.locator("li[data-kind=contract]")).to_have_count(4)
    for route in others:
        route.continue_()
    done(page)
    assert len(ids(page)) == 20


def test_near(site: str, page: Page) -> None:
    """What only resembles the query stands under a heading of its own, and nothing is exact."""
    search(page, site, "明光照民工程有限公司")
    assert exact(page) == 0
    expect(page.locator("#search-status")).to_contain_text("没有找到")
    near = page.locator("#search-near")
    expect(near.get_by_role("heading", name="近似结果")).to_be_visible()
    assert ids(page, "vendor", "near")[0] == "mingguang"
    assert ids(page, "vendor", "exact") == ids(page, "contract", "exact") == []
    near.get_by_text("您是不是要找").get_by_role("link").first.click()
    assert exact(page) == 32
    expect(near).to_be_hidden()


def test_nothing(site: str, page: Page) -> None:
    """Where nothing is alike either, the page says so, and shows the ways to browse."""
    search(page, site, "量子隧穿显微镜")
    assert exact(page) == 0
    assert page.locator("li[data-result]").count() == 0
    expect(page.get_by_role("link", name="按供应商（A–Z）")).to_be_visible()
    expect(page.locator("#search-export")).to_be_hidden()


def test_facets(site: str, page: Page) -> None:
    """A facet counts what each value would give; values of one facet add up, facets narrow."""
    search(page, site, "路灯维护")
    assert counts(page, "year") == {"2023": "13", "2022": "14", "2021": "13"}
    choice(page, "year", "2023").check()
    assert exact(page) == 13
    choice(page, "year", "2022").check()
    assert exact(page) == 27
    assert counts(page, "year") == {"2023": "13", "2022": "14", "2021": "13"}
    single = int(counts(page, "method")["单一来源"])
    choice(page, "method", "单一来源").check()
    assert exact(page) == single
    assert asked(page) == {"q": ["路灯维护"], "year": ["2023", "2022"], "method": ["单一来源"]}
    page.get_by_role("link", name="移除条件 签订年份：2022").click()
    done(page)
    assert asked(page)["year"] == ["2023"]
    assert not choice(page, "year", "2022").is_checked()
    page.get_by_role("link", name="清除全部条件").click()
    assert exact(page) == 40


def test_facets_by_keyboard(site: str, page: Page) -> None:
    """Somebody who chooses by keyboard stays where they are."""
    search(page, site, "路灯维护")
    choice(page, "year", "2023").focus()
    page.keyboard.press("Space")
    assert exact(page) == 13
    expect(choice(page, "year", "2023")).to_be_focused()
    page.keyboard.press("Tab")
    expect(choice(page, "year", "2022")).to_be_focused()


def test_nothing_passes(site: str, page: Page) -> None:
    """Filters that leave nothing are told apart from a query that finds nothing."""
    search(page, site, "路灯维护", "&year=1999")
    assert exact(page) == 0
    expect(page.locator("#search-status")).to_have_text(
        "有 40 份合同与检索词相符，但都不符合所选条件"
    )
    assert page.locator("#search-near").is_hidden()
    page.get_by_role("link", name="清除全部条件").click()
    assert exact(page) == 40


def test_order(site: str, page: Page) -> None:
    """Results stand by relevance, by value or by date, and the address says which."""
    search(page, site, "路灯维护")
    page.locator("#search-sort").select_option("value")
    done(page)
    assert ids(page)[:3] == ["lamp-40", "lamp-39", "lamp-38"]
    page.locator("#search-sort").select_option("value-asc")
    done(page)
    assert ids(page)[:2] == ["lamp-1", "lamp-2"]
    assert asked(page)["sort"] == ["value-asc"]
    page.locator("#search-sort").select_option("date-asc")
    done(page)
    days = page.locator('[data-fact="signed"]').all_inner_texts()
    assert days == sorted(days)


def test_pages(site: str, page: Page) -> None:
    """Twenty results stand on a page; the browser's back and forward go through the pages."""
    search(page, site, "路灯维护", "&sort=value")
    first = ids(page)
    assert len(first) == 20
    page.get_by_role("link", name="下一页").click()
    done(page)
    second = ids(page)
    assert len(set(first) | set(second)) == 40
    assert asked(page)["page"] == ["2"]
    expect(page.locator("#search-main")).to_be_focused()
    page.go_back()
    expect(page.locator("li[data-result]").first).to_have_attribute("data-id", first[0])
    assert ids(page) == first
    page.go_forward()
    expect(page.locator("li[data-result]").first).to_have_attribute("data-id", second[0])
    page.goto(f"{site}search/?q={quote('路灯维护')}&page=99")
    done(page)
    assert asked(page)["page"] == ["2"]


def test_address(site: str, page: Page) -> None:
    """An address shows the same to everyone: query, filters, order and page."""
    search(page, site, "路灯维护", "&year=2022&year=2023&vendor=mingguang&sort=value")
    assert page.locator("input[name=q]").input_value() == "路灯维护"
    assert choice(page, "year", "2022").is_checked()
    assert choice(page, "vendor", "mingguang").is_checked()
    assert page.locator("#search-sort").input_value() == "value"
    assert exact(page) == sum(n % 3 != 0 and n % 4 != 0 for n in range(1, 41))


def test_queries_are_steps(site: str, page: Page) -> None:
    """Each query is a step that can be gone back; another query drops the filters."""
    search(page, site, "路灯维护", "&year=2023")
    field = page.locator("input[name=q]")
    field.fill("云岭数据")
    field.press("Enter")
    assert ids_after(page, "云岭数据") == ["cloud"]
    assert asked(page) == {"q": ["云岭数据"]}
    page.go_back()
    expect(field).to_have_value("路灯维护")
    assert exact(page) == 13
    field.fill("")
    field.press("Enter")
    expect(page.locator("#search-status")).to_have_attribute("data-state", "idle")
    assert page.locator("li[data-result]:visible").count() == 0
    expect(page.get_by_role("link", name="按供应商（A–Z）")).to_be_visible()


def test_steps_in_a_row(site: str, page: Page) -> None:
    """Of two queries in the blink of an eye each is a step, under its own title."""
    search(page, site, "路灯维护")
    page.evaluate(SUBMITTED, ["云岭数据", "明光照明"])
    for query in ("明光照明", "云岭数据", "路灯维护"):
        expect(page).to_have_title(re.compile(f"^{query} - "))
        done(page)
        assert asked(page) == {"q": [query]}
        assert page.locator("input[name=q]").input_value() == query
        page.go_back()


def test_requests_come_before_the_address(site: str, page: Page) -> None:
    """A browser is busy with a new address, so what is loaded is asked for first."""
    page.add_init_script(LOGGED)
    search(page, site, "云岭数据")
    page.evaluate("globalThis.log.length = 0")
    page.evaluate(SUBMITTED, ["路灯维护"])
    done(page)
    told: list[str] = page.evaluate("globalThis.log")
    assert "grams" in told[: told.index("address")]
    assert asked(page) == {"q": ["路灯维护"]}


SUBMITTED = """(queries) => {
  const form = document.querySelector("form[role=search]");
  for (const query of queries) {
    form.elements.q.value = query;
    form.requestSubmit();
  }
}"""
"""Asks queries at once, without typing."""
LOGGED = """
  globalThis.log = [];
  const asked = fetch, pushed = history.pushState.bind(history);
  globalThis.fetch = (to) => (log.push(String(to).split("/").at(-2)), asked(to));
  history.pushState = (...step) => (log.push("address"), pushed(...step));
"""
"""Has a page say what it asks for, by folder, and when its address changes."""


def ids_after(page: Page, query: str) -> list[str]:
    """The contracts that a query finds, when the page has come to it."""
    expect(page).to_have_title(re.compile(f"^{query} - "))
    done(page)
    return ids(page)


def test_table(site: str, page: Page) -> None:
    """The results can be had as a table, in their order, safe to open in a spreadsheet."""
    search(page, site, "路灯维护", "&sort=value&year=2022")
    with page.expect_download() as download:
        page.locator("#search-export").click()
    assert download.value.suggested_filename == "合同检索_路灯维护.csv"
    data = pathlib.Path(download.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 14
    assert rows[0]["合同"] == "路灯维护第40标段合同"
    assert rows[0]["合同金额"] == "2000000.5"
    assert rows[0]["网址"] == f"https://contracts.example.org{ROOT}contracts/lamp-40/"


@pytest.mark.parametrize("query", ["标题:路灯维护", "编号:S2022", "QS-2022", "2594642.64", "路灯"])
def test_table_has_all(site: str, page: Page, query: str) -> None:
    """However it is asked for, a table has as many contracts as the page says."""
    search(page, site, query)
    count = int(re.findall(r"\d+", page.locator("#search-status").inner_text())[-1])
    assert count > 0
    with page.expect_download() as download:
        page.locator("#search-export").click()
    text = pathlib.Path(download.value.path()).read_text("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == count


def test_table_has_no_formula(site: str, page: Page) -> None:
    """A title that a spreadsheet would run is made a text."""
    search(page, site, "路灯改造")
    with page.expect_download() as download:
        page.locator("#search-export").click()
    text = pathlib.Path(download.value.path()).read_text("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(text)))
    assert row["合同"] == "'=HYPERLINK(1) 路灯改造合同"
    assert row["合同金额"] == "不公开"


def test_said_once(site: str, page: Page) -> None:
    """Those who listen are told the count once, and not every step on the way to it."""
    page.goto(f"{site}search/")
    page.evaluate(
        """() => {
            window.said = [];
            const status = document.getElementById("search-status");
            const note = () => status.textContent && said.push(status.textContent);
            new MutationObserver(note).observe(status, { childList: true, characterData: true });
        }"""
    )
    expect(page.locator("#search-status")).to_have_attribute("role", "status")
    page.locator("input[name=q]").fill("路灯维护")
    page.locator("input[name=q]").press("Enter")
    assert exact(page) == 40
    said = [text for text in page.evaluate("said") if not text.startswith("正在")]
    assert said == ["找到合同 40 份"]


def test_operators_are_shown(site: str, page: Page) -> None:
    """A line below the box says what a query may say, and it works as it says."""
    page.goto(f"{site}search/")
    line = page.locator(".operators").inner_text()
    for word in ("供应商:", "采购人:", "编号:", "金额:>1000000", "年份:2025", '"', "-"):
        assert word in line
    search(page, site, "供应商:清风 金额:>1000000 年份:2022")
    assert ids(page) == ["lamp-40", "lamp-28"]


def test_files_are_missing(site: str, page: Page) -> None:
    """If the search cannot be loaded, the page says so, and tries again when asked."""
    page.route("**/names.json.gz*", lambda route: route.abort())
    page.goto(f"{site}search/?q={quote('路灯')}")
    status = page.locator("#search-status")
    expect(status).to_have_attribute("data-state", "failed")
    expect(status).to_contain_text("检索没有完成")
    page.unroute("**/names.json.gz*")
    page.get_by_role("button", name="重新检索").click()
    assert exact(page) == 41
    assert page.get_by_role("button", name="重新检索").is_hidden()


def test_without_javascript(site: str, new_page: Callable[..., Page]) -> None:
    """Without JavaScript the form leads to the A-Z indexes."""
    page = new_page(java_script_enabled=False)
    page.goto(site)
    page.locator("input[name=q]").fill("路灯")
    page.locator("input[name=q]").press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert "没有运行 JavaScript" in page.locator("main").inner_text()
    page.get_by_role("link", name="按供应商（A–Z）").click()
    expect(page.get_by_role("link", name=LIGHTS)).to_be_visible()


def test_without_webassembly(site: str, new_page: Callable[..., Page]) -> None:
    """Without WebAssembly the facts are found as ever, and the page says what is missing."""
    page = new_page()
    page.add_init_script("delete globalThis.WebAssembly")
    for query in ("2401215", "云岭数据", "2594642.64", "政务云平台"):
        search(page, site, query)
        assert ids(page) == ["cloud"]
        assert page.evaluate("typeof WebAssembly") == "undefined"
        expect(page.locator("#search-missing")).to_contain_text("WebAssembly")


# The box


@pytest.fixture
def box(site: str, page: Page) -> Locator:
    """The box of a page that is not the search page."""
    page.goto(f"{site}contracts/")
    return page.locator("input[name=q]")


def options(page: Page) -> list[str]:
    """What the box suggests, from the top."""
    expect(page.get_by_role("listbox")).to_be_visible()
    return page.get_by_role("option").all_inner_texts()


def active(page: Page) -> str | None:
    """The suggestion that the keys have come to, as the box tells it."""
    id = page.locator("input[name=q]").get_attribute("aria-activedescendant")
    if id is None:
        return None
    option = page.locator(f"#{id}")
    expect(option).to_have_attribute("aria-selected", "true")
    assert page.locator('[aria-selected="true"]').count() == 1
    return option.inner_text()


def test_box_groups(box: Locator, page: Page) -> None:
    """What one types is answered by vendors, agencies and contracts, each in its group."""
    box.press_sequentially("数据")
    assert options(page)
    groups = page.get_by_role("listbox").get_by_role("group").all()
    for group, name in zip(groups, ("供应商", "采购人"), strict=False):
        assert page.locator(f"#{group.get_attribute('aria-labelledby')}").inner_text() == name
    assert [group.get_by_role("option").count() for group in groups[:2]] == [1, 1]
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.fill("2022-007")
    expect(page.get_by_role("option").first).to_contain_text("路灯维护第7标段合同")
    expect(page.get_by_role("listbox").get_by_role("group")).to_have_count(1)


def test_box_keys(box: Locator, page: Page) -> None:
    """Down and Up go round, Home and End to the ends, typing goes on, Enter opens the page."""
    box.press_sequentially("路灯")
    shown = options(page)
    assert active(page) is None
    for key, at in (("Down", 0), ("Down", 1), ("Up", 0), ("Up", -1), ("Down", 0)):
        box.press(f"Arrow{key}")
        assert active(page) == shown[at]
    box.press("End")
    assert active(page) == shown[-1]
    box.press("Home")
    assert active(page) == shown[0]
    expect(box).to_be_focused()
    box.press_sequentially("改造")
    expect(page.get_by_role("option")).to_have_count(1)
    assert active(page) is None
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(f"**{ROOT}contracts/secret/")


def test_box_enter_searches(box: Locator, page: Page) -> None:
    """Enter searches for what was typed, unless a suggestion was chosen."""
    box.press_sequentially("云岭数据")
    options(page)
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert exact(page) == 2


def test_box_escape(box: Locator, page: Page) -> None:
    """Esc closes the list, then clears the box."""
    box.press_sequentially("路灯")
    options(page)
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("路灯")
    box.press("Escape")
    expect(box).to_have_value("")


def test_box_by_slash(site: str, page: Page) -> None:
    """`/` leads to the box, also from a check box, but is a sign where somebody types."""
    search(page, site, "路灯维护")
    box = page.locator("input[name=q]")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")
    choice(page, "year", "2023").focus()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.locator("#search-sort").focus()
    page.keyboard.press("/")
    expect(page.locator("#search-sort")).to_be_focused()


def test_box_closes(box: Locator, page: Page) -> None:
    """The list closes when one goes on, and a click on it does not count as that."""
    box.press_sequentially("路灯")
    options(page)
    page.locator(".search__group").first.click()
    expect(box).to_be_focused()
    box.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_box_composing(box: Locator, page: Page) -> None:
    """While signs are composed from pinyin, nothing is suggested and no key chooses."""
    devices: CDPSession = page.context.new_cdp_session(page)
    box.press_sequentially("云岭")
    options(page)
    compose(devices, "shuju")
    assert box.input_value() == "云岭shuju"
    address = page.url
    for key in ("ArrowDown", "Enter"):
        box.dispatch_event("keydown", {"key": key, "isComposing": True, "bubbles": True})
        assert active(page) is None
    assert page.url == address
    devices.send("Input.insertText", {"text": "数据"})
    expect(box).to_have_value("云岭数据")
    expect(page.get_by_role("option")).to_have_count(1)


def compose(devices: CDPSession, text: str) -> None:
    """Types into an input method, which shows what it will become."""
    end = {"selectionStart": len(text), "selectionEnd": len(text)}
    devices.send("Input.imeSetComposition", {"text": text, **end})


def test_keyboard_alone(site: str, page: Page) -> None:
    """From the home page to a contract of a chosen year, without a mouse."""
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("路灯维护")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert exact(page) == 40
    reach(page, 'input[name="year"][value="2021"]')
    page.keyboard.press("Space")
    assert exact(page) == 13
    reach(page, "#search-sort")
    page.keyboard.press("ArrowDown")
    expect(page.locator("li[data-result]").first).to_have_attribute("data-id", "lamp-39")
    reach(page, "li[data-result] h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contracts/lamp-39/")


def reach(page: Page, selector: str) -> None:
    """Presses Tab until an element has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


# For everyone, everywhere


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_is_accessible(
    site: str,
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    viewport: dict[str, int],
    scheme: str,
) -> None:
    """axe-core finds nothing: list open, results, filters, nothing found, near, no WebAssembly."""
    page = new_page(viewport=viewport, color_scheme=scheme)
    page.goto(site)
    page.locator("input[name=q]").press_sequentially("路灯")
    options(page)
    page.keyboard.press("ArrowDown")
    assert axe(page) == []
    for query, more in (
        ("", ""),
        ("路灯维护", ""),
        ("老灯具厂", "&year=2022&year=2023&sort=value&page=2"),
        ("密钥轮换", ""),
        ("路灯维护", "&year=1999"),
        ("明光照民工程有限公司", ""),
        ("量子隧穿显微镜", ""),
    ):
        page.goto(f"{site}search/?q={quote(query)}{more}")
        if query:
            done(page)
        if viewport == NARROW and page.locator(".facets__summary").is_visible():
            page.locator(".facets__summary").click()
        assert axe(page) == [], query
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, query


def test_targets_are_large(site: str, new_page: Callable[..., Page]) -> None:
    """Whatever can be pressed is at least 24 pixels high, but for links within text."""
    page = new_page(viewport=NARROW)
    search(page, site, "路灯维护", "&year=2023")
    page.locator(".facets__summary").click()
    pressed = "button, select, label, summary, .chosen a, .pager a"
    for one in page.locator(f".results :is({pressed}):visible").all():
        box = one.bounding_box()
        assert box is not None
        assert box["height"] >= 24, one.inner_text()


def test_nothing_jumps(site: str, page: Page) -> None:
    """What is shown stays where it is while the rest comes in."""
    search(page, site, "密钥轮换")
    page.evaluate(
        """() => {
            window.jumps = 0;
            new PerformanceObserver((list) => {
                for (const one of list.getEntries()) if (!one.hadRecentInput) jumps += one.value;
            }).observe({ type: "layout-shift" });
        }"""
    )
    page.evaluate("document.querySelector('form[role=search]').elements.q.value = '路灯更换'")
    page.evaluate("document.querySelector('form[role=search]').requestSubmit()")
    expect(page).to_have_title(re.compile("^路灯更换"))
    assert exact(page) == 40
    assert page.evaluate("jumps") < 0.1


def test_english(tmp_path: pathlib.Path, served: Callable[..., str], page: Page) -> None:
    """The page speaks the site's language, with its own operators."""
    root = builders.site(
        tmp_path / "root",
        {
            "site.yaml": "name: Register\nurl: https://c.example.org/\nlanguage: en\n",
            "content/contracts/lights.md": builders.text(
                "The lamps are to be cleaned each spring.",
                title="Street lighting",
                agency="Green Town",
                vendors=["Bright Lights Ltd"],
                value={"amount": "1200000", "currency": "CAD"},
            ),
        },
    )
    pipeline.build(pipeline.Options(root, tmp_path / "public"))
    search(page, served(tmp_path / "public"), "vendor:bright value:>1000000")
    assert ids(page) == ["lights"]
    text = page.locator("main").inner_text()
    for words in ("Contracts found: 1", "CAD 1,200,000.00", "Export CSV", "Relevance", "Vendor"):
        assert words in text
    assert not re.search(r"[一-鿿]", page.locator("#search-main").inner_text().replace("某某", ""))


@pytest.fixture(scope="module")
def mortar(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """90 contracts with the pairs of a phrase, of which two have the phrase itself."""
    folder = tmp_path_factory.mktemp("mortar")
    files = {
        f"content/contracts/mortar-{number}.md": builders.text(
            "采用砂浆液。" if number in (7, 70) else "采用砂浆，另备浆液。",
            title=f"墙面修补{number}",
            signed=f"2024-{1 + number % 12:02}-11",
        )
        for number in range(90)
    }
    pipeline.build(pipeline.Options(builders.site(folder / "root", files), folder / "public"))
    return folder / "public"


def test_a_rare_phrase_of_common_pairs(
    mortar: pathlib.Path, served: Callable[..., str], page: Page
) -> None:
    """Pagefind says among which contracts it may stand, and only their texts are read."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    search(page, served(mortar), "砂浆液")
    assert exact(page) == 2
    assert set(ids(page)) == {"mortar-7", "mortar-70"}
    assert any(path.endswith(".pf_index") for path in asked)
    assert len([path for path in asked if path.endswith(".text.gz")]) <= 32


def test_excerpts_are_read_when_they_are_seen(
    mortar: pathlib.Path, served: Callable[..., str], page: Page
) -> None:
    """Of twenty results the first few have an excerpt at once, the others when they are reached."""
    search(page, served(mortar), "另备浆液")
    assert exact(page) == 88
    excerpts = page.locator(".result__excerpt:not(:empty)")
    assert 4 <= excerpts.count() < 15
    for result in page.locator("li[data-result]").all():
        result.scroll_into_view_if_needed()
    expect(excerpts).to_have_count(20)
    assert "另备浆液" in excerpts.last.inner_text()


def test_excerpts_stay(mortar: pathlib.Path, served: Callable[..., str], page: Page) -> None:
    """What was read stands there when one comes back."""
    search(page, served(mortar), "另备浆液")
    excerpts = page.locator(".result__excerpt:not(:empty)")
    for result in page.locator("li[data-result]").all():
        result.scroll_into_view_if_needed()
    expect(excerpts).to_have_count(20)
    page.evaluate("scrollTo(0, 0)")
    page.locator(".pager").get_by_role("link", name="下一页").click()
    done(page)
    page.go_back()
    expect(excerpts).to_have_count(20)


LAMPS = "The lamps are to be cleaned each spring, and their batteries replaced."


ELSEWHERE = ("cleaning", "cleans", "battery", "replacement", "cleaning batteries", "clear")
"""Forms that no text has: Pagefind is asked."""


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("cleaned", 1),
        ("Lamps", 1),
        ("spring lamps", 1),
        ("lamps winter", 0),
        ("cleaning", 1),
        ("cleans", 1),
        ("battery", 1),
        ("replacement", 1),
        ("cleaning batteries", 1),
        ('"cleaned each"', 1),
        ('"cleaning each"', 0),
        ("clear", 0),
    ],
)
@pytest.mark.parametrize("count", [1, 12])
def test_english_stems(
    tmp_path: pathlib.Path,
    served: Callable[..., str],
    page: Page,
    query: str,
    part: int,
    count: int,
) -> None:
    """A word is found in its other forms, in few texts and in many; another word is not."""
    files = {
        f"content/contracts/lights-{number}.md": builders.text(
            LAMPS,
            title=f"Street lighting {number}",
            agency="Green Town",
            vendors=["Bright Lights Ltd"],
            value={"amount": "1200000", "currency": "CAD"},
        )
        for number in range(count)
    }
    files["site.yaml"] = "name: Register\nurl: https://c.example.org/\nlanguage: en\n"
    pipeline.build(pipeline.Options(builders.site(tmp_path / "root", files), tmp_path / "public"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    search(page, served(tmp_path / "public"), query)
    assert exact(page) == count * part
    assert any(path.endswith(".pf_index") for path in asked) == (query in ELSEWHERE)


def test_english_forms_in_several_texts(
    tmp_path: pathlib.Path, served: Callable[..., str], page: Page
) -> None:
    """Each form that some text has finds the texts with the others, in any shard, at once."""
    texts = ("They clean streets.", "Streets are cleaned.", "Cleaning in a street.", "Clear skies.")
    files = {
        f"content/contracts/c{number}.md": builders.text(
            text, title=f"Contract {number}", agency="Green Town", signed=f"{2021 + number}-01-05"
        )
        for number, text in enumerate(texts)
    }
    files["site.yaml"] = "name: Register\nurl: https://c.example.org/\nlanguage: en\n"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "MOST", 1)
        options = pipeline.Options(builders.site(tmp_path / "root", files), tmp_path / "public")
        pipeline.build(options)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    for query, count in (("cleaning", 3), ("cleaned street", 3), ("clear", 1), ("-clean skies", 1)):
        search(page, served(tmp_path / "public"), query)
        assert exact(page) == count, query
    assert not any(path.endswith(".pf_index") for path in asked)


# What it costs


def test_is_light(public: pathlib.Path, site: str, page: Page) -> None:
    """Before anybody types, the search page loads at most 60 KB, whatever the server compresses."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(urlsplit(request.url).path))
    page.goto(f"{site}search/")
    page.wait_for_load_state("networkidle")
    files = {path.removeprefix(ROOT) for path in loaded}
    files = {f"{path}index.html" if path.endswith("/") else path for path in files}
    assert sum((public / path).stat().st_size for path in files) <= 60_000, files


def test_box_asks_for_nothing(site: str, page: Page) -> None:
    """A page with a box loads nothing of the search until the box is used."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(urlsplit(request.url).path))
    page.goto(f"{site}contracts/")
    page.wait_for_load_state("networkidle")
    found = sorted(path for path in loaded if "search" in path)
    assert found == [f"{ROOT}static/search/{name}.js" for name in ("box",)]


def test_engine_cannot_be_loaded(site: str, page: Page) -> None:
    """Where suggestions cannot be had, the box is still a form."""
    page.route("**/search/engine.js*", abort)
    page.goto(f"{site}contracts/")
    box = page.locator("input[name=q]")
    box.press_sequentially("路灯")
    box.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("#search-status")).to_have_attribute("data-state", "failed")


def abort(route: Route, *_: Any) -> None:
    """Answers a request as a broken line does."""
    route.abort()


def test_a_simple_host_sends_no_engine_before_a_query(page: Page, site: str) -> None:
    """Where nothing is packed, only what the page needs is loaded until something is looked for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}search/", wait_until="networkidle")
    assert not [url for url in asked if "/engine.js" in url]
    page.locator("input[name=q]").fill("路灯")
    page.keyboard.press("Enter")
    expect(page.locator("#search-status")).to_have_attribute("data-state", "done")
    assert [url for url in asked if "/engine.js" in url]
