"""Chromium at the end of a pipe, which tells of nothing that it is not asked.

Playwright, which drives it in the tests, has it tell of every request, and keep what comes. That is
work beside the page's own, on the same processors, which nobody has who searches.
"""

import contextlib
import fcntl
import json
import os
import select
import signal
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

SECONDS = 90
"""Time for an answer; a query that is not answered ends before."""
ARGUMENTS = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-extensions",
    "--hide-scrollbars",
    "--ignore-certificate-errors",
    "--lang=zh-CN",
    "--mute-audio",
    "--password-store=basic",
)
FREE = 10
"""From here on a file descriptor is none of those that Chromium expects."""
HEARS, SAYS = 3, 4
"""Chromium's file descriptors for its pipe."""
WIDTH, HEIGHT = 1280, 800
END = b"\0"
LOADED = """document.readyState === "complete" ||
  new Promise((done) => addEventListener("load", done))"""


class Failed(Exception):
    """The browser refused what it was asked, or said nothing more."""


class Tab:
    """A tab, in a profile of its own."""

    def __init__(self, browser: "Chromium", session: str) -> None:
        self.browser, self.session = browser, session

    def goto(self, address: str) -> None:
        """Open an address, until all of its page is there."""
        said = self.browser.ask("Page.navigate", {"url": address}, self.session)
        if "errorText" in said:
            raise Failed(f"{address}: {said['errorText']}")
        self._run(LOADED)

    def evaluate(self, function: str, given: object) -> Any:
        """What a function of JavaScript returns; both sides as JSON."""
        return self._run(f"({function})({json.dumps(given)})")

    def _run(self, code: str) -> Any:
        told = {"expression": code, "awaitPromise": True, "returnByValue": True}
        said = self.browser.ask("Runtime.evaluate", told, self.session)
        if "exceptionDetails" in said:
            raise Failed(json.dumps(said["exceptionDetails"], ensure_ascii=False))
        return said["result"].get("value")


class Chromium:
    """A browser that runs; `said` and `heard` are our ends of its pipe."""

    def __init__(self, said: int, heard: int) -> None:
        self.said, self.heard = said, heard
        self.number = 0
        self.rest = b""

    @property
    def version(self) -> str:
        """Its number, as 150.0.7000.1."""
        product: str = self.ask("Browser.getVersion")["product"]
        return product.rpartition("/")[2]

    @contextlib.contextmanager
    def fresh(self) -> Iterator[Tab]:
        """A tab of a browser that has seen nothing yet."""
        profile = self.ask("Target.createBrowserContext")
        try:
            size = {"width": WIDTH, "height": HEIGHT}
            target = self.ask("Target.createTarget", {"url": "about:blank", **size, **profile})
            told = {"flatten": True, **target}
            tab = Tab(self, self.ask("Target.attachToTarget", told)["sessionId"])
            screen = {**size, "deviceScaleFactor": 1, "mobile": False}
            self.ask("Emulation.setDeviceMetricsOverride", screen, tab.session)
            self.ask("Emulation.setFocusEmulationEnabled", {"enabled": True}, tab.session)
            yield tab
        finally:
            self.ask("Target.disposeBrowserContext", profile)

    def ask(
        self, method: str, given: Mapping[str, object] | None = None, session: str | None = None
    ) -> dict[str, Any]:
        """What the browser, or a tab of it, answers. Raises Failed."""
        self.number += 1
        asked = {"id": self.number, "method": method, "params": given or {}}
        if session is not None:
            asked["sessionId"] = session
        os.write(self.said, json.dumps(asked).encode() + END)
        while (told := self._hear()).get("id") != self.number:
            pass
        if "error" in told:
            raise Failed(f"{method}: {told['error']['message']}")
        result: dict[str, Any] = told["result"]
        return result

    def _hear(self) -> dict[str, Any]:
        while END not in self.rest:
            if not select.select([self.heard], [], [], SECONDS)[0]:
                raise Failed(f"Chromium said nothing for {SECONDS} seconds")
            more = os.read(self.heard, 1 << 16)
            if not more:
                raise Failed("Chromium has ended")
            self.rest += more
        one, _, self.rest = self.rest.partition(END)
        told: dict[str, Any] = json.loads(one)
        return told


@contextlib.contextmanager
def running(path: str, arguments: Sequence[str]) -> Iterator[Chromium]:
    """A browser, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="bench-browser-", ignore_cleanup_errors=True) as folder:
        hears, said = _pipe()
        heard, says = _pipe()
        given = (path, *ARGUMENTS, f"--user-data-dir={folder}", *arguments, "about:blank")
        quiet = [(os.POSIX_SPAWN_OPEN, one, os.devnull, os.O_RDWR, 0) for one in (0, 1, 2)]
        piped = [(os.POSIX_SPAWN_DUP2, hears, HEARS), (os.POSIX_SPAWN_DUP2, says, SAYS)]
        process = os.posix_spawn(path, given, os.environ, file_actions=[*quiet, *piped])
        os.close(hears)
        os.close(says)
        browser = Chromium(said, heard)
        try:
            yield browser
            browser.ask("Browser.close")
        except BaseException:
            os.kill(process, signal.SIGKILL)
            raise
        finally:
            os.waitpid(process, 0)
            os.close(said)
            os.close(heard)


def _pipe() -> list[int]:
    """Two ends, to read and to write, that only we have."""
    found = []
    for end in os.pipe():
        found.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, FREE))
        os.close(end)
    return found
