"""The pages of a site as people meet them: in a browser, narrow and wide, dark and light."""

import gzip
import pathlib
import re
import shutil
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from portal import pipeline

HERE = pathlib.Path(__file__).resolve().parents[2]

AMENDED = """---
title: Street light maintenance
number: SL-2024-7
agency: Green Town Works Office
vendors: [Bright Lights Ltd, Wires and Sons Ltd]
value: {amount: 120000.00, currency: EUR}
signed: 2024-03-02
announced: 2024-03-04
term: {start: 2024-04-01, end: 2026-03-31}
region: Green County
category: Maintenance
procurement:
  {number: T-9, project: Lights, method: Open, agent: Bid House, award_notice: 2024-02-20}
status: {state: terminated, date: 2025-05-01, reason: Both parties agreed}
items: [{name: Lamp, specification: LED, quantity: 40, unit: piece, unit_price: 12.5}]
payments:
  - {label: First, percent: 50, condition: On signing, due: 2024-04-01,
     paid: {date: 2024-04-03, amount: 60000}}
  - {label: Second, percent: 50}
assessment:
  when: Each year
  criteria: [{area: Work, name: Response, requirement: Within an hour, weight: 60, deduction: 5}]
  outcomes: [{result: Good, range: 85 and more, effect: Paid in full}]
penalties: [{who: vendor, rule: 0.1 % a day, cap: 10 %}]
amendments: [{number: A1, date: 2024-09-01, reason: More streets, value_change: 5000,
              end: 2026-06-30, term_change: Three months more}]
documents: [{title: Price list, kind: Annex, file: prices.csv},
            {title: Tender, url: "https://tenders.example.org/9"}]
redactions: [{kind: 手机号, count: 2, ground: Privacy act, policy: "1", until: 2040-01-01},
             {kind: person-name, count: 1, ground: Privacy act}]
aliases: [lights-old]
notes: Signed on paper.
---

## Clause 1

See [the other contract](../withheld/) and call 【已遮盖：手机号】.

> A quotation.

1. One
2. Two

| A | B |
|---|--:|
| 【已遮盖：姓名】 | 2 |

<table><tr><td colspan="2">Scanned <p>cell</p></td></tr><tr><td>1</td></tr></table>
"""
WITHHELD = """---
title: Guard service
agency: Green Town Works Office
vendors: [Bright Lights Ltd]
value: {withheld: State secret}
signed: 2025-01-15
status: {state: completed}
---
"""
GONE = """---
title: Published by mistake
number: X-1
agency: Green Town Works Office
vendors: [Bright Lights Ltd]
value: {amount: 1, currency: USD}
signed: 2023-01-15
status: {state: withdrawn, date: 2023-02-01, reason: A wrong file}
---
secret words
"""
PLAIN = """---
title: Cleaning {n}
agency: Office {a}
vendors: [Cleaner {v} Ltd]
value: {{amount: {n}00.00, currency: {c}}}
signed: {y}-05-{d:02}
region: Green County
category: Cleaning
procurement: {{method: Open}}
---
Text.
"""
VENDOR = """name: Bright Lights Ltd
region: Green County
parent: Light Holding
former_names: [Dim Lights Ltd]
aliases: [{name: Bright, contract: lights}]
"""


def rich(folder: pathlib.Path) -> pathlib.Path:
    """An English site below a path, with a contract of every sort, and enough for several pages."""
    of = folder / "content/contracts"
    (of / "lights").mkdir(parents=True)
    (folder / "content/vendors").mkdir()
    (folder / "site.yaml").write_text(
        "name: Register\nurl: https://contracts.example.org/register/\nlanguage: en\n", "utf-8"
    )
    (folder / "content/vendors/bright.yaml").write_text(VENDOR, "utf-8")
    (of / "lights.md").write_text(AMENDED, "utf-8")
    (of / "lights/prices.csv").write_text("lamp,12.5\n", "utf-8")
    (of / "withheld.md").write_text(WITHHELD, "utf-8")
    (of / "gone.md").write_text(GONE, "utf-8")
    for n in range(1, 231):
        currency = "USD" if n % 7 == 0 else "EUR"
        text = PLAIN.format(n=n, a=n % 3, v=n % 9, c=currency, y=2019 + n % 6, d=1 + n % 28)
        (of / f"clean-{n}.md").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The sample site, published."""
    output = tmp_path_factory.mktemp("sample") / "public"
    pipeline.build(pipeline.Options(HERE, output))
    return output


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The English site, published."""
    folder = tmp_path_factory.mktemp("register")
    pipeline.build(pipeline.Options(rich(folder / "root"), folder / "public"))
    return folder / "public"


CHINESE = (
    "",
    "contracts/",
    "contracts/anyang-grid-governance-2026/",
    "contracts/aksu-platform-operations-2025/",
    "contracts/jiyuan-credit-platform-2022/",
    "agencies/",
    "agencies/anyang-data-centre/",
    "vendors/",
    "vendors/guotai-xindian/",
    "years/",
    "years/2025/",
    "regions/",
    "methods/",
    "categories/",
    "data/",
    "api/",
    "search/",
    "redactions/",
    "about/",
    "publish/",
    "404.html",
)
ENGLISH = (
    "",
    "contracts/",
    "contracts/page/2/",
    "contracts/lights/",
    "contracts/withheld/",
    "contracts/gone/",
    "agencies/",
    "agencies/office-1/",
    "vendors/bright/",
    "years/2021/",
    "regions/green-county/page/2/",
    "categories/cleaning/",
    "methods/open/",
    "api/",
    "search/",
    "redactions/",
    "404.html",
)
INLINE = re.compile(
    r"""<script(?! type="application/(?:ld\+)?json"|[^>]*\bsrc=)|<style|\sstyle=|\son\w+="""
)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_sample_is_accessible(
    sample: pathlib.Path,
    served: Callable[..., str],
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    viewport: dict[str, int],
) -> None:
    """axe-core finds nothing on any page of the sample site, and none scrolls sideways."""
    page = new_page(viewport=viewport)
    address = served(sample)
    for path in CHINESE:
        page.goto(address + path)
        assert axe(page) == [], path
        assert sideways(page) <= 0, path


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_register_is_accessible(
    register: pathlib.Path,
    served: Callable[..., str],
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    viewport: dict[str, int],
) -> None:
    """The same in English, in the dark, below a path, with contracts of every sort."""
    page = new_page(viewport=viewport, color_scheme="dark")
    address = served(register, root="/register/")
    for path in ENGLISH:
        page.goto(address + path)
        assert axe(page) == [], path
        assert sideways(page) <= 0, path


def sideways(page: Page) -> int:
    """Pixels by which a page is wider than the window."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return int(wide)


def test_html_is_valid(
    sample: pathlib.Path, register: pathlib.Path, html_errors: Callable[..., list[str]]
) -> None:
    """Every page of both sites is valid HTML."""
    assert html_errors([sample, register]) == []


def test_nothing_inline(sample: pathlib.Path, register: pathlib.Path) -> None:
    """No page bears a script, a style, or an event handler of its own; data are no script."""
    for path in (*sample.rglob("*.html"), *register.rglob("*.html")):
        text = path.read_text("utf-8")
        assert not INLINE.search(text), path
        assert "Content-Security-Policy" in text, path


def test_contract_is_light(sample: pathlib.Path) -> None:
    """A contract's page with its style sheets is at most 30 KB, compressed."""
    sheets = [(sample / "static" / name).read_bytes() for name in ("site.css", "pages.css")]
    style = sum(len(gzip.compress(sheet)) for sheet in sheets)
    for path in sample.glob("contracts/*/index.html"):
        assert style + len(gzip.compress(path.read_bytes())) <= 30 * 1024, path


def test_redirect(register: pathlib.Path, served: Callable[..., str], page: Page) -> None:
    """A former permalink leads to the contract."""
    address = served(register, root="/register/")
    page.goto(address + "contracts/lights-old/")
    page.wait_for_url("**/contracts/lights/")
    assert page.locator("h1").inner_text() == "Street light maintenance"


def test_contract_shows_everything(
    register: pathlib.Path, served: Callable[..., str], page: Page
) -> None:
    """Each fact of a contract stands on its page."""
    page.goto(served(register, root="/register/") + "contracts/lights/")
    text = page.locator("main").inner_text()
    for words in (
        "SL-2024-7", "120,000.00", "Green Town Works Office", "Bright Lights Ltd", "T-9", "Open",
        "Wires and Sons Ltd", "2 March 2024", "4 March 2024", "Bid House", "20 February 2024",
        "Both parties agreed", "Terminated", "60,000.00", "On signing", "Lamp", "LED", "12.50",
        "Within an hour", "85 and more", "Paid in full", "0.1 % a day", "10 %", "More streets",
        "5,000.00", "Three months more", "Price list", "CSV", "Privacy act", "Signed on paper",
        "https://contracts.example.org/register/contracts/lights/", "已遮盖：手机号", "Scanned",
    ):  # fmt: skip
        assert words in text, words


def test_tombstone_says_why(register: pathlib.Path, served: Callable[..., str], page: Page) -> None:
    """A withdrawn contract keeps address, number, parties and reason, and nothing else."""
    page.goto(served(register, root="/register/") + "contracts/gone/")
    text = page.locator("main").inner_text()
    for words in ("X-1", "Green Town Works Office", "Bright Lights Ltd", "A wrong file"):
        assert words in text
    assert "secret words" not in page.content()
    whole = [path for path in register.rglob("*.html") if "secret words" in path.read_text("utf-8")]
    assert whole == []


def test_totals(register: pathlib.Path, served: Callable[..., str], page: Page) -> None:
    """Currencies stand apart, what is withheld is counted, what is withdrawn is not."""
    page.goto(served(register, root="/register/"))
    text = page.locator("main").inner_text()
    euros = sum(n * 100 for n in range(1, 231) if n % 7) + 120_000
    dollars = sum(n * 100 for n in range(1, 231) if n % 7 == 0)
    assert f"{euros:,}.00" in text
    assert f"{dollars:,}.00" in text
    assert "232" in text


def test_keyboard_reaches_content(
    sample: pathlib.Path, served: Callable[..., str], page: Page
) -> None:
    """The first stop of the keyboard is a link that skips to the content."""
    page.goto(served(sample))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") != ""


def test_prints(sample: pathlib.Path, served: Callable[..., str], page: Page) -> None:
    """On paper the search box and the navigation are gone."""
    page.goto(served(sample) + "contracts/anyang-grid-governance-2026/")
    page.emulate_media(media="print")
    assert not page.locator("form[role=search]").first.is_visible()
    assert page.locator("h1").is_visible()


def test_own_look(tmp_path: pathlib.Path) -> None:
    """A site's own template and style stand before the generator's."""
    root = rich(tmp_path / "root")
    shutil.rmtree(root / "content/contracts")
    (root / "content/contracts").mkdir()
    (root / "content/contracts/w.md").write_text(WITHHELD, "utf-8")
    (root / "content/vendors/bright.yaml").write_text("name: Bright Lights Ltd\n", "utf-8")
    (root / "templates").mkdir()
    (root / "templates/404.html").write_text("<!DOCTYPE html><title>mine</title>", "utf-8")
    (root / "static").mkdir()
    (root / "static/site.css").write_text("h1{color:red}", "utf-8")
    (root / "static/favicon.svg").write_text("<svg/>", "utf-8")
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    assert "mine" in (tmp_path / "out/404.html").read_text("utf-8")
    assert "red" in (tmp_path / "out/static/site.css").read_text("utf-8")
    head = (tmp_path / "out/contracts/index.html").read_text("utf-8")
    assert re.search(r'<link rel="icon" href="[^"]*static/favicon.svg">', head)


ALIKE = """async ({ root, size }) => {
  const drawn = async (name) => {
    const image = Object.assign(new Image(), { src: `${root}static/${name}` });
    await image.decode();
    const place = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const context = place.getContext("2d");
    context.drawImage(image, 0, 0, size, size);
    return context.getImageData(0, 0, size, size).data;
  };
  const [one, other] = [await drawn("favicon.svg"), await drawn("favicon.png")];
  return one.reduce((sum, value, at) => sum + Math.abs(value - other[at]), 0) / one.length;
}"""


def test_icon_is_the_seal(sample: pathlib.Path, served: Callable[..., str], page: Page) -> None:
    """What tabs show in pixels is what pages draw."""
    root = served(sample)
    page.goto(root)
    assert page.evaluate(ALIKE, {"root": root, "size": 64}) < 1
    assert str(page.locator("link[rel=icon]").get_attribute("href")).endswith("static/favicon.png")
