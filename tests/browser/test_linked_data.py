"""The data in the pages' heads are data to a browser too: nothing of them breaks the policy."""

import pathlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from data import register

WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation", e => broken.push(e.violatedDirective));
"""
LINKED = """
[...document.querySelectorAll('script[type="application/ld+json"]')]
    .map(one => JSON.parse(one.textContent)["@type"] ?? "graph")
"""
PAGES = {
    "": ["graph"],
    "data/": ["Dataset"],
    "contracts/awkward/": ["DigitalDocument"],
    "agencies/works-office/": ["GovernmentOrganization"],
    "vendors/roads/": ["Organization"],
    "api/": [],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The site with awkward titles, published."""
    return register.published(tmp_path_factory.mktemp("site"))


def test_no_violation(site: pathlib.Path, served: Callable[..., str], page: Page) -> None:
    """Each page bears its JSON-LD, and the browser reports no violation of the page's policy."""
    page.add_init_script(WATCH)
    address = served(site, root="/register/")
    for path, kinds in PAGES.items():
        page.goto(address + path)
        assert page.evaluate(LINKED) == kinds, path
        assert page.evaluate("broken") == [], path


def test_a_violation_is_seen(
    tmp_path: pathlib.Path, site: pathlib.Path, served: Callable[..., str], browser: Browser
) -> None:
    """The same element as a script is reported: the policy holds, and the watch sees it."""
    text = (site / "vendors/roads/index.html").read_text("utf-8")
    changed = text.replace('<script type="application/ld+json">', "<script>", 1)
    assert changed != text
    (tmp_path / "index.html").write_text(changed, "utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(served(tmp_path))
        assert page.evaluate("broken") == ["script-src-elem"]
