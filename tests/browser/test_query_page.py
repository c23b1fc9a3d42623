"""The page that answers questions about the data, and the data page, in a browser."""

import csv
import io
import json
import pathlib
import shutil
import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from data import counted
from portal import pipeline, strings
from portal.tables import engine, questions, sheet

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
WORDS = strings.of("zh-CN")


@pytest.fixture(scope="session")
def asking(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A register of contracts of every sort, published."""
    assert engine.version(), "SQLite for the browser is missing; `make test` fetches it"
    folder = tmp_path_factory.mktemp("asking")
    pipeline.build(pipeline.Options(counted.written(folder / "root"), folder / "public"))
    return folder / "public"


@pytest.fixture
def query(asking: pathlib.Path, served: Callable[..., str], page: Page) -> Page:
    """The query page, open."""
    page.goto(served(asking) + "data/query/")
    return page


def ask(page: Page, sql: str) -> None:
    """Type a question of one's own, and wait for its end."""
    page.fill("#query-sql", sql)
    page.click("#query-form [type=submit]")
    expect(page.locator("#query-stop")).to_be_hidden()


def downloaded(page: Page) -> list[list[str]]:
    """The answer as CSV, read by Python."""
    with page.expect_download() as waiting:
        page.click("#query-csv")
    return list(csv.reader(io.StringIO(waiting.value.path().read_text("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", questions.ready())
def test_ready_question(query: Page, asking: pathlib.Path, name: str) -> None:
    """One press answers it: the table and the CSV have the rows that SQLite gives elsewhere."""
    base = sqlite3.connect(asking / "data/contracts.sqlite")
    expected = base.execute(questions.ready()[name]).fetchall()
    base.close()
    query.click(f"[data-question={name}]")
    expect(query.locator("#query-status")).to_contain_text(str(len(expected)))
    expect(query.locator("#query-title")).to_have_text(WORDS[f"questions.{name}.title"])
    assert query.locator("#query-answer tbody tr").count() == len(expected)
    plain = [["" if cell is None else cell for cell in row] for row in expected]
    pairs = zip(downloaded(query)[1:], plain, strict=True)
    told = [[_cell(*both) for both in zip(cells, row, strict=True)] for cells, row in pairs]
    assert told == plain


def _cell(text: str, like: object) -> object:
    return type(like)(text) if isinstance(like, (int, float)) else text.removeprefix("'")


def test_own_question(query: Page) -> None:
    """One's own SQL is answered; the address holds it, and brings it back."""
    ask(query, "SELECT COUNT(*) AS contracts, 0.5 AS half, NULL AS empty FROM contracts")
    expect(query.locator("#query-answer")).to_be_visible()
    cells = query.locator("#query-answer tbody td").all_inner_texts()
    assert cells == ["80", "0.50", ""]
    assert query.locator("#query-answer th").first.inner_text() == WORDS["answers.contracts"]
    query.reload()
    expect(query.locator("#query-sql")).to_have_value(
        "SELECT COUNT(*) AS contracts, 0.5 AS half, NULL AS empty FROM contracts"
    )


def test_mistake_is_told(query: Page) -> None:
    """SQLite's own words say what is wrong, and the next question is answered."""
    ask(query, "SELECT nonsense FROM contracts")
    expect(query.locator("#query-status")).to_contain_text("no such column: nonsense")
    ask(query, "SELECT 1 AS days")
    expect(query.locator("#query-answer")).to_be_visible()


def test_nothing_can_be_changed(query: Page) -> None:
    """The database is for reading only."""
    ask(query, "DELETE FROM contracts")
    expect(query.locator("#query-status")).to_contain_text("readonly")


def test_endless_question_can_be_stopped(query: Page) -> None:
    """A question without an end is stopped by a button, and another one answered after it."""
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
    query.fill("#query-sql", f"{endless} SELECT MAX(i) FROM n")
    query.click("#query-form [type=submit]")
    query.click("#query-stop")
    expect(query.locator("#query-status")).to_have_text(WORDS["query.stopped"])
    ask(query, "SELECT 2 AS days")
    expect(query.locator("#query-answer td")).to_have_text("2")


def test_formula_is_text_in_csv(query: Page) -> None:
    """A vendor's name that is a formula has an apostrophe in the CSV, and none on the page."""
    ask(query, "SELECT name AS vendor FROM vendors WHERE name LIKE '=%'")
    expect(query.locator("#query-answer td")).to_have_text(counted.FORMULA)
    assert downloaded(query)[1] == [sheet.harmless(counted.FORMULA)]


def test_names_of_columns_are_no_markup(query: Page) -> None:
    """What an answer holds is shown as text, whatever it looks like."""
    ask(query, "SELECT '<img src=x onerror=alert(1)>' AS \"<b>x</b>\"")
    expect(query.locator("#query-answer td")).to_have_text("<img src=x onerror=alert(1)>")
    assert query.locator("#query-answer img, #query-answer b").count() == 0


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible(
    asking: pathlib.Path,
    served: Callable[..., str],
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    viewport: dict[str, int],
    scheme: str,
) -> None:
    """axe-core finds nothing on both pages, before and after an answer; none scrolls sideways."""
    page = new_page(viewport=viewport, color_scheme=scheme)
    for path in ("data/", "data/query/"):
        page.goto(served(asking) + path)
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    for details in page.locator("details").all()[:3]:
        details.locator("summary").click()
    page.click("[data-question=vendor_share]")
    expect(page.locator("#query-answer")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_without_scripts(
    asking: pathlib.Path, served: Callable[..., str], new_page: Callable[..., Page]
) -> None:
    """Without JavaScript the page says what to do, and gives the database and each SQL."""
    page = new_page(java_script_enabled=False)
    page.goto(served(asking) + "data/query/")
    assert WORDS["query.no_script"] in page.locator("main").inner_text()
    assert page.locator("#query").is_hidden()
    assert page.locator("[data-question]").first.is_hidden()
    texts = page.locator(".questions code").all_text_contents()
    assert [text.strip() for text in texts] == [sql.strip() for sql in questions.ready().values()]
    assert page.locator('a[href$="contracts.sqlite"]').count() == 1


def test_without_the_engine(
    tmp_path: pathlib.Path,
    served: Callable[..., str],
    page: Page,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the set-up could not fetch SQLite, the page says so and nothing is missing."""
    monkeypatch.setattr(engine, "MODULES", tmp_path / "nowhere")
    root = counted.written(tmp_path / "root", 3)
    pipeline.build(pipeline.Options(root, tmp_path / "out"))
    assert not list((tmp_path / "out").rglob("sqlite3.*"))
    page.goto(served(tmp_path / "out") + "data/query/")
    assert WORDS["query.no_engine"] in page.locator("main").inner_text()
    assert page.locator("button[data-question]").first.is_hidden()
    assert page.locator("script[src*=query]").count() == 0


def test_database_that_does_not_come(
    asking: pathlib.Path, served: Callable[..., str], page: Page, tmp_path: pathlib.Path
) -> None:
    """A download that fails is told, and can be tried again."""
    shutil.copytree(asking, tmp_path / "site")
    place = tmp_path / "site/data/contracts.sqlite"
    data = place.read_bytes()
    place.unlink()
    page.goto(served(tmp_path / "site") + "data/query/")
    ask(page, "SELECT 1 AS days")
    expect(page.locator("#query-status")).to_have_text(WORDS["query.offline"])
    place.write_bytes(data)
    ask(page, "SELECT 1 AS days")
    expect(page.locator("#query-answer td")).to_have_text("1")


def test_page_is_described_by_its_lock() -> None:
    """The program is pinned by a hash, and no registry is named."""
    lock = pathlib.Path(__file__).resolve().parents[2] / "scripts/sqlite/package-lock.json"
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    found = [one for name, one in packages.items() if name]
    assert [one["integrity"][:7] for one in found] == ["sha512-"]
    assert "resolved" not in found[0]
