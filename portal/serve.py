"""The site on this machine, built again on every change, and reloaded in the browser."""

import contextlib
import dataclasses
import functools
import html
import http.server
import json
import pathlib
import re
import sys
import threading
import urllib.parse
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import watchfiles

from portal import gather, memory, pipeline, problems, strings
from portal.problems import Refused, Rejected

HOST = "127.0.0.1"
LIVE = "/-/live"
PATIENCE = 25.0
"""Seconds that a browser's question for news is held open before it is asked to come again."""
SCRIPT = """
const say = async (version) => {
  try {
    const news = await (await fetch(`/-/live?${version}`)).json();
    if (news.version !== version && version !== "") { location.reload(); return; }
    setTimeout(say, 0, news.version);
  } catch { setTimeout(say, 1000, version); }
};
say("");
"""
PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<script type="module" src="/-/live.js"></script></head><body><h1>{title}</h1><pre>{text}</pre>"""
NOTE = """<aside role="alert" class="notice"><pre>{title}\n{text}</pre></aside>"""
BODY = re.compile("<body[^>]*>")


Echo = Callable[[str], None]


@dataclasses.dataclass(slots=True)
class News:
    """What browsers are told: a number that grows with every build; why the last was refused."""

    version: int = 0
    refusal: str = ""
    changed: threading.Condition = dataclasses.field(default_factory=threading.Condition)

    def tell(self, refusal: str) -> None:
        with self.changed:
            self.version += 1
            self.refusal = refusal
            self.changed.notify_all()

    def after(self, version: str) -> int:
        """The present version, waiting a while for one that differs from the given."""
        with self.changed:
            if version == str(self.version):
                self.changed.wait(PATIENCE)
            return self.version


class Server(http.server.ThreadingHTTPServer):
    """A server that does not mind when a browser goes away in the middle of an answer."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Answer a broken connection with silence, anything else as a server does."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the publication as a host would, with the news added to each page."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *given: Any, news: News, base: str, spoken: str, folder: str) -> None:
        self.news, self.base, self.spoken = news, base, spoken
        super().__init__(*given, directory=folder)

    def do_GET(self) -> None:
        """Answer with news, a page, or a file."""
        path, _, query = self.path.partition("?")
        if path == LIVE:
            self._answer(json.dumps({"version": str(self.news.after(query))}), "application/json")
        elif path == f"{LIVE}.js":
            self._answer(SCRIPT, "text/javascript")
        elif self.base and path == "/":
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"{self.base}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif not self._page(path):
            super().do_GET()

    def _page(self, path: str) -> bool:
        """Answer with a page, if the path names one."""
        file = pathlib.Path(self.translate_path(path))
        if file.is_dir() and path.endswith("/"):
            file /= "index.html"
        status = HTTPStatus.OK
        if not file.exists():
            file, status = pathlib.Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND
        if file.suffix != ".html" or file.is_dir():
            return False
        title = strings.of(self.spoken)["serve.refused"]
        text = html.escape(self.news.refusal)
        if not file.exists():
            whole = PAGE.format(language=self.spoken, title=title, text=text)
        else:
            note = NOTE.format(title=title, text=text) if text else ""
            script = f'<script type="module" src="{LIVE}.js"></script>'
            whole = file.read_text(encoding="utf-8")
            whole = whole.replace("</head>", f"{script}</head>", 1)
            whole = BODY.sub(lambda found: found[0] + note, whole, count=1)
        self._answer(whole, "text/html; charset=utf-8", status)
        return True

    def _answer(self, text: str, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def translate_path(self, path: str) -> str:
        """The file of a path below the site's base."""
        clean = urllib.parse.urlsplit(path).path
        inside = clean.removeprefix(self.base) if clean.startswith(self.base + "/") else clean
        return super().translate_path(inside)

    def log_message(self, format: str, *given: object) -> None:
        """Requests are not logged."""


def run(
    options: pipeline.Options, spoken: str, port: int, show: Callable[[str], object], echo: Echo
) -> None:
    """Build and serve until interrupted; `show` is given the address once it answers."""
    news = News()
    _build(options, spoken, news, echo)
    folder = str(pipeline.output(options))
    base = _base(options)
    handler = functools.partial(Handler, news=news, base=base, spoken=spoken, folder=folder)
    try:
        server = Server((HOST, port), handler)
    except OSError:
        raise Refused("port", port=port) from None
    address = f"http://{HOST}:{server.server_port}{base}/"
    echo(strings.of(spoken)["done.serve"].format(address=address))
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        show(address)
        _watch(options, spoken, news, echo)


def _watch(options: pipeline.Options, spoken: str, news: News, echo: Echo) -> None:
    """Build again on every change; alone in this process, since servers' threads run beside it."""
    alone = dataclasses.replace(options, jobs=1, fresh=False)
    places = [options.root / name for name in ("content", "templates", "static", "site.yaml")]
    with contextlib.suppress(KeyboardInterrupt):
        there = [place for place in places if place.exists()]
        for _ in watchfiles.watch(*there, raise_interrupt=True):
            if _build(alone, spoken, news, echo):
                echo(strings.of(spoken)["done.rebuilt"])


def _build(options: pipeline.Options, spoken: str, news: News, echo: Echo) -> bool:
    """Build, and tell the browsers; whether it was done."""
    try:
        pipeline.build(options)
    except Rejected as refusal:
        text = "\n".join(problems.message(one, spoken) for one in refusal.problems)
    except Refused as refusal:
        text = refusal.message(spoken)
    except OSError as error:
        text = f"{error.filename}: {error.strerror}"
    else:
        text = ""
    if text:
        echo(text)
    news.tell(text)
    return not text


def _base(options: pipeline.Options) -> str:
    try:
        return gather.site(gather.content(options.root, memory.Stamps())).base
    except Rejected:
        return ""
