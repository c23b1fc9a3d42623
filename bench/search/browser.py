"""Asks queries in a real browser: our page by its stable hooks, and plain Pagefind by its API."""

import pathlib
import time
from dataclasses import dataclass
from typing import Any, Protocol

from bench.search.pipe import Chromium
from bench.search.queries import Query
from bench.search.register import Key
from bench.search.server import Host

PATIENCE = 30_000
"""Milliseconds after which a query counts as not answered."""
PAUSE = 0.055
"""Seconds from one query to the next at least: Chromium allows 200 new addresses in 10 seconds."""
IDLE = "() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done)))"
"""Until the page has drawn what it answered: nobody asks the next question before."""
QUIET = 0.4
"""Seconds without an answer of the host, after which nothing more is on its way."""

HERE = pathlib.Path(__file__).parent
SCRIPTS = ("ask.js", "ask_plain.js")
ASK, ASK_PLAIN = ((HERE / name).read_text("utf-8").strip().rstrip(";") for name in SCRIPTS)

KINDS = {"contracts": "contract", "agencies": "agency", "vendors": "vendor"}


class Tab(Protocol):
    """A tab of a browser: the bench's own, or Playwright's."""

    def goto(self, address: str, /) -> object:
        """Open an address, until all of its page is there."""

    def evaluate(self, function: str, given: Any, /) -> Any:
        """What a function of JavaScript returns."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a page answers: its results in order, how many are exact, and milliseconds.

    `useful` is when the first right result stood there; None where none did.
    """

    results: tuple[Key, ...]
    exact: int
    milliseconds: float
    useful: float | None = None

    def says_nothing(self) -> bool:
        return self.exact == 0


@dataclass(frozen=True, slots=True)
class Cold:
    """A first query in a fresh browser: the bytes before it, those for it, and the reply."""

    before: int
    loaded: int
    reply: Reply


class Page:
    """Our search page, open."""

    def __init__(self, tab: Tab, host: Host) -> None:
        self.tab = tab
        self.last = 0.0
        tab.goto(f"{host.address}search/")

    def ask(self, query: Query) -> Reply:
        time.sleep(max(0.0, self.last + PAUSE - time.monotonic()))
        self.last = time.monotonic()
        right = ["/".join(key) for key in query.right]
        given = {"query": query.text, "right": right, "patience": PATIENCE}
        said: dict[str, Any] = self.tab.evaluate(ASK, given)
        self.tab.evaluate(IDLE, None)
        results = tuple((kind, id) for kind, id, _ in said["results"])
        exact = max(said["exact"], sum(tier == "exact" for *_, tier in said["results"]))
        took = said["took"]
        has_answered = took is not None and said["state"] == "done"
        if not has_answered:
            return Reply((), -1, PATIENCE)
        return Reply(results, exact, took, said["useful"])


class Plain:
    """A page with nothing on it but Pagefind."""

    def __init__(self, tab: Tab, host: Host) -> None:
        self.tab = tab
        tab.goto(host.address)

    def ask(self, query: Query) -> Reply:
        said: dict[str, Any] = self.tab.evaluate(ASK_PLAIN, query.text)
        results = tuple(map(_key, said["addresses"]))
        return Reply(results, said["count"], said["took"])


def _key(address: str) -> Key:
    """What a page of ours is about: /vendors/a-b/ is the vendor a-b."""
    folder, id = address.strip("/").removesuffix("/index.html").split("/")
    return KINDS[folder], id


def cold(browser: Chromium, host: Host, query: Query, delay: float) -> Cold:
    """The first query of a fresh browser, at a distance from the host."""
    host.delay = delay
    host.sent.clear()
    with browser.fresh() as tab:
        page = Page(tab, host)
        _settle(host)
        before = host.bytes
        reply = page.ask(query)
        _settle(host)
        loaded = host.bytes - before
    host.delay = 0.0
    return Cold(before, loaded, reply)


def _settle(host: Host) -> None:
    """Waits until the host has nothing more to send."""
    count = -1
    while count != len(host.sent):
        count = len(host.sent)
        time.sleep(host.delay + QUIET)
