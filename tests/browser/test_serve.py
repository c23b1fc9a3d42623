"""`serve` as an author uses it: save a file, look at the browser, press Ctrl+C."""

import contextlib
import os
import pathlib
import re
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

import builders
import repository

TOP = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 30.0
"""Seconds that a busy machine may take for anything."""
LIGHTS = "content/contracts/lights.md"
ROAD = "content/contracts/road.md"


@dataclass
class Served:
    """A site that is being served by a process of its own."""

    root: pathlib.Path
    process: subprocess.Popen[bytes]
    address: str

    def write(self, path: str, text: str) -> None:
        """Save a file as editors do: in full, under its name."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def get(self, path: str) -> tuple[int, str]:
        """What a program gets for a path from the root of the host: status and text."""
        top = "/".join(self.address.split("/")[:3])
        try:
            with urllib.request.urlopen(top + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode(errors="replace")

    @property
    def port(self) -> int:
        return int(self.address.split(":")[2].split("/")[0])


ALERT_IS_AT_TOP = """() => {
  const [alert, masthead] = ["[role=alert]", "header"].map((one) =>
    document.querySelector(one).getBoundingClientRect());
  return alert.top >= 0 && alert.bottom <= masthead.top + 1;
}"""


def until(look: Callable[[], object], what: str) -> None:
    """Wait for something that happens outside the browser."""
    end = time.monotonic() + PATIENCE
    while not look():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def published(root: pathlib.Path, url: str = "https://contracts.example.org/") -> pathlib.Path:
    """A site with one contract, to be served."""
    about = f"name: 合同公开\nurl: {url}\nlanguage: zh-CN\n"
    given = {"site.yaml": about, LIGHTS: builders.text("正文。\n")}
    return builders.site(root, given)


@contextlib.contextmanager
def serving(root: pathlib.Path) -> Iterator[Served]:
    """The site, served until the block ends; then Ctrl+C, after which all must be well."""
    output, errors = root.parent / "output.txt", root.parent / "errors.txt"
    command = [sys.executable, TOP / "build.py", "serve", "--root", root, "--port", "0"]
    with open(output, "wb") as out, open(errors, "wb") as err:
        surroundings = os.environ | {"PORTAL_TRACE": "1", "PYTHONIOENCODING": "utf-8"}
        process = subprocess.Popen(command, stdout=out, stderr=err, env=surroundings)
    try:
        until(lambda: b"http://" in output.read_bytes() or process.poll() is not None, "no address")
        found = re.search(r"http://\S+/(?=[（ ])", output.read_text("utf-8"))
        assert found is not None, errors.read_text("utf-8")
        yield Served(root, process, found[0])
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) in (0, 130)
        assert errors.read_text("utf-8") == ""
    finally:
        process.kill()
        process.wait()


@pytest.fixture(params=["https://contracts.example.org/", "https://example.org/register/"])
def served(tmp_path: pathlib.Path, request: pytest.FixtureRequest) -> Iterator[Served]:
    """A site at the root of its host, and one below a path."""
    with serving(published(tmp_path / "site", request.param)) as one:
        yield one


@pytest.fixture
def below(tmp_path: pathlib.Path) -> Iterator[Served]:
    """A site below a path, which is not of ASCII."""
    with serving(published(tmp_path / "site", "https://example.org/公开/")) as one:
        yield one


def title(page: Page, text: str) -> None:
    """Wait until the page bears this title, without anybody touching the browser."""
    expect(page.locator("h1")).to_have_text(text, timeout=PATIENCE * 1000)


def test_page_reloads(served: Served, page: Page) -> None:
    """A saved edit shows in the open page by itself; so does a new contract in a list."""
    page.goto(served.address + "contracts/lights/")
    title(page, "城市道路照明维护合同")
    served.write(LIGHTS, builders.text(title="城市道路照明改造合同"))
    title(page, "城市道路照明改造合同")
    page.goto(served.address + "contracts/")
    served.write(ROAD, builders.text(title="道路养护合同"))
    page.locator("main").get_by_text("道路养护合同").first.wait_for(timeout=PATIENCE * 1000)


def test_a_commit_alone(tmp_path: pathlib.Path) -> None:
    """A commit changes no file, and is seen: the page then tells of it."""
    root = published(tmp_path / "site")
    repository.git(root, "init", "-q")
    ignored = "/public/\n/.public.state/\n"  # a build changes them while git reads
    (root / ".gitignore").write_text(ignored, "utf-8")
    with serving(root) as one:
        commit = repository.commit(root)
        until(lambda: commit[:10] in one.get("/contracts/lights/")[1], "no commit on the page")
        one.write(LIGHTS, builders.text("正文，改过。\n"))
        until(lambda: "改过" in one.get("/contracts/lights/")[1], "no change")
        commit = repository.commit(root)
        until(lambda: commit[:10] in one.get("/contracts/lights/")[1], "no second commit")


def test_refusal(served: Served, page: Page) -> None:
    """A mistake is shown at the top with path and line, the last good pages stay below it."""
    page.set_viewport_size({"width": 1280, "height": 300})
    page.goto(served.address + "contracts/lights/")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    good = builders.text("正文。\n")
    served.write(LIGHTS, builders.text(title="城市道路照明改造合同", signed="明天"))
    alert = page.get_by_role("alert")
    alert.wait_for(timeout=PATIENCE * 1000)
    line = 1 + good.splitlines().index("signed: '2026-02-06'")
    assert f"{LIGHTS}:{line}" in alert.inner_text()
    assert "signed" in alert.inner_text()
    page.wait_for_function(ALERT_IS_AT_TOP)
    title(page, "城市道路照明维护合同")
    page.get_by_role("link", name="某某市城市管理局").first.click()
    title(page, "某某市城市管理局")
    page.get_by_role("alert").wait_for()
    served.write(LIGHTS, good)
    page.get_by_role("alert").wait_for(state="detached", timeout=PATIENCE * 1000)
    title(page, "某某市城市管理局")


@pytest.mark.parametrize("width", [1280, 390])
def test_refusal_looks_right(
    width: int,
    tmp_path: pathlib.Path,
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
) -> None:
    """However many and long, the messages are accessible and wrap; the first twenty are shown."""
    site, page = published(tmp_path / "site"), new_page(viewport={"width": width, "height": 800})
    long = {f"content/contracts/{'路' * 40}-{'x' * 70}.md": builders.text(**{"y" * 300: 1})}
    many = {f"content/contracts/road-{n}.md": builders.text(signed="明天") for n in range(30)}
    for files, lines in ((long, 1), (many, 21)):
        for path, text in files.items():
            (site / path).write_text(text, encoding="utf-8")
        with serving(site) as served:
            page.goto(served.address)
            expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(lines)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            assert axe(page) == []
        for path in files:
            (site / path).unlink()


def test_refused_from_the_start(tmp_path: pathlib.Path, page: Page) -> None:
    """Where nothing was published yet, the messages stand alone; mending brings the site."""
    site = published(tmp_path / "site", "https://example.org/register/")
    (site / LIGHTS).write_text(builders.text(signed="明天"), encoding="utf-8")
    with serving(site) as served:
        page.goto(served.address)
        assert f"{LIGHTS}:" in page.get_by_role("alert").inner_text()
        served.write(LIGHTS, builders.text())
        title(page, "查询政府合同")
        assert page.get_by_role("alert").count() == 0


def test_template_refused(served: Served, page: Page) -> None:
    """A first template of the site's own is noticed, and a mistake in it is shown with its line."""
    page.goto(served.address + "nothing/")
    served.write("templates/404.html", "<!DOCTYPE html>\n<h1>{{ nothing }}</h1>\n")
    expect(page.get_by_role("alert")).to_contain_text("404.html:2", timeout=PATIENCE * 1000)
    served.write("templates/404.html", "<!DOCTYPE html>\n<title>x</title><h1>没有</h1>\n")
    title(page, "没有")
    served.write("templates/404.html", "<!DOCTYPE html>\n<title>x</title><h1>还是没有</h1>\n")
    title(page, "还是没有")


def test_site_is_renamed_and_moved(below: Served, page: Page) -> None:
    """A site.yaml that an editor replaces is noticed, again and again; so is another path."""
    page.goto(below.address)
    new = below.root / "new.yaml"
    for name, path in (("一", "公开"), ("二", "公开"), ("三", "register/open")):
        new.write_text(f"name: {name}\nurl: https://example.org/{path}/\n", encoding="utf-8")
        new.replace(below.root / "site.yaml")
        name_shown = page.locator(".masthead__name")
        expect(name_shown).to_have_text(name, timeout=PATIENCE * 1000)
    assert below.get(urllib.parse.quote("/公开/"))[0] == 404
    page.goto(f"http://127.0.0.1:{below.port}/")
    assert page.url.endswith("/register/open/")
    title(page, "查询政府合同")


def test_host(below: Served) -> None:
    """It answers as a host would: below the path only, and with the site's 404 for what is not."""
    base = urllib.parse.quote("/公开")
    assert below.get(f"{base}/contracts/lights/")[0] == 200
    assert below.get(f"{base}/contracts/lights")[0] == 200
    assert below.get(base)[0] == 200
    assert below.get(f"{base}/static/site.css")[0] == 200
    for path in (
        "/contracts/lights/", "/static/site.css", "/nothing", f"{base}nothing/", f"{base}/static/",
        f"{base}/../site.yaml", f"{base}/%2e%2e/site.yaml", f"{base}/..%2fsite.yaml",
        f"{base}/%00", f"{base}/%ed%a0%80/", f"{base}/%ff", f"{base}/{'x' * 5000}", "//x", "/-/",
    ):  # fmt: skip
        status, text = below.get(path)
        assert (status, "live.js" in text) == (404, True), path


def test_here_only(below: Served) -> None:
    """Nobody but this machine can look: it listens at no other address."""
    socket.create_connection(("127.0.0.1", below.port), PATIENCE).close()
    for other in ("127.0.0.2", "::1"):
        with pytest.raises(OSError):  # noqa: PT011 - refused, or no such address here
            socket.create_connection((other, below.port), 2).close()


def test_browser_goes_away(served: Served, new_page: Callable[..., Page]) -> None:
    """A browser that is closed in the middle of things leaves no trace in the terminal."""
    for _ in range(3):
        page = new_page()
        page.goto(served.address + "contracts/lights/")
        page.context.close()
    version = served.get("/-/live?")[1].split('"')[3]
    for path in (f"/-/live?{version}", f"/-/live?{version}", "/-/live", "/nothing", "http://[x"):
        with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    served.write(LIGHTS, builders.text(signed="明天"))
    until(lambda: version not in served.get("/-/live?")[1], "not built")
    assert served.get("/-/live.js")[0] == 200


def test_interrupted(tmp_path: pathlib.Path, page: Page) -> None:
    """Ctrl+C ends it at once, also while a browser waits for news; the publication stays."""
    site = published(tmp_path / "site")
    with serving(site) as served:
        page.goto(served.address)
        page.wait_for_timeout(300)
        start = time.monotonic()
    assert time.monotonic() - start < 10
    assert (site / "public/contracts/lights/index.html").exists()


@pytest.mark.parametrize("files", [{}, {"site.yaml": "name: x\n", "public/mine.txt": "mine"}])
def test_hopeless(files: dict[str, str], tmp_path: pathlib.Path) -> None:
    """Where no edit would help, as in a folder that is no site, it does not even begin."""
    (tmp_path / "site").mkdir()
    for path, text in files.items():
        (tmp_path / "site" / path).parent.mkdir(exist_ok=True)
        (tmp_path / "site" / path).write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        TOP / "build.py",
        "serve",
        "--root",
        tmp_path / "site",
        "--port",
        "0",
    ]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.splitlines()) == 1
