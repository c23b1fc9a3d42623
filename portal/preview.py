"""What `serve` shows to browsers: the publication as a host would, with the news on each page."""

import dataclasses
import html
import http.server
import json
import os
import pathlib
import re
import sys
import threading
import time
import urllib.parse
from http import HTTPStatus
from typing import Any, NamedTuple

from portal import render, strings

LIVE, SCRIPT_AT, STYLE_AT = "/-/live", "/-/live.js", "/-/site.css"
PATIENCE = 25.0
"""Seconds that a browser's question for news is held open before it is asked to come again."""
MOST = 20
"""Reasons that are shown on a page; the terminal has them all."""
SCRIPT = """
// Asks for news, while somebody looks: a browser has few connections to one host.
const version = new URL(import.meta.url).search;
const seen = () => new Promise((go) => {
  if (document.hidden) document.addEventListener("visibilitychange", go, { once: true });
  else go();
});
// What is wrong stands at the top, so that is where a page that bears it begins.
function toTop() {
  scrollTo({ top: 0, behavior: "instant" });
  // Where a reader was is found again while the page loads, perhaps after this.
  const isLoading = document.readyState !== "complete";
  if (isLoading) addEventListener("load", () => setTimeout(toTop), { once: true });
}
const isRefused = document.querySelector("[role=alert]") !== null;
history.scrollRestoration = isRefused ? "manual" : "auto";
if (isRefused) toTop();
for (let wait = 0; ;) {
  await new Promise((go) => setTimeout(go, wait));
  await seen();
  try {
    const news = await (await fetch(`/-/live${version}`)).json();
    if (`?${news.version}` !== version) break;
    wait = 0;
  } catch { wait = 1000; }
}
location.reload();
"""
PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="{style}"></head>
<body><main class="page"><h1 class="title">{title}</h1>{notice}</main></body></html>
"""
NOTICE = """
<div class="notice notice--ended" role="alert">{label}
<ul class="list">
{lines}
</ul></div>
"""
LABEL = """<strong class="notice__label">{}</strong>"""
BAR = """<div class="masthead"><div class="masthead__bar">{}</div></div>"""
BODY = re.compile(rb"<body[^>]*>")


class Reason(NamedTuple):
    """Why a build was refused: the place, `path:line`, if it has one, and what is wrong there."""

    place: str
    words: str


@dataclasses.dataclass(slots=True)
class News:
    """What browsers are told: the number of the last change, why the content is refused if it is.

    The number begins with the clock, so that a page of an earlier server is never taken for new.
    `base` is the path below which the pages stand.
    """

    base: str = ""
    version: int = dataclasses.field(default_factory=time.time_ns)
    refused: tuple[Reason, ...] = ()
    changed: threading.Condition = dataclasses.field(default_factory=threading.Condition)

    def tell(self, refused: tuple[Reason, ...]) -> None:
        with self.changed:
            self.version += 1
            self.refused = refused
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

    def __init__(self, *given: Any, news: News, spoken: str, folder: str) -> None:
        self.news, self.spoken = news, spoken
        super().__init__(*given, directory=folder)

    def do_GET(self) -> None:
        """Answer with news, a page, or a file."""
        path, _, query = self.path.partition("?")
        if path == LIVE:
            text = json.dumps({"version": str(self.news.after(query))})
            self._answer(text.encode(), "application/json")
        elif path == SCRIPT_AT:
            self._answer(SCRIPT.encode(), "text/javascript")
        elif path == STYLE_AT:
            self._answer((render.HOME / "static/site.css").read_bytes(), "text/css")
        elif self.news.base and path in ("/", urllib.parse.quote(self.news.base)):
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", urllib.parse.quote(f"{self.news.base}/", safe="/%"))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._file(path)

    def _file(self, path: str) -> None:
        version = self.news.version  # before the page is read, which may be replaced meanwhile
        file, status = self.translate_path(path), HTTPStatus.OK
        if path.endswith("/"):
            file = os.path.join(file, "index.html")
        if not os.path.exists(file):
            file, status = os.path.join(self.directory, "404.html"), HTTPStatus.NOT_FOUND
        elif os.path.isdir(file) or not file.endswith(".html"):
            super().do_GET()
            return
        try:
            page = pathlib.Path(file).read_bytes()
        except OSError:
            page = b""
        script = f'<script type="module" src="{SCRIPT_AT}?{version}"></script>\n'.encode()
        self._answer(self._told(page) + script, "text/html; charset=utf-8", status)

    def _told(self, page: bytes) -> bytes:
        """A page with the news at its top."""
        refused, words = self.news.refused, strings.of(self.spoken)
        if not page:
            given = {"language": self.spoken, "title": words["serve.nothing"], "style": STYLE_AT}
            return PAGE.format_map({**given, "notice": _notice("", refused)}).encode()
        if not refused:
            return page
        notice = _notice(LABEL.format(html.escape(words["serve.refused"])), refused)
        found = BODY.search(page)
        end = found.end() if found else len(page)
        return page[:end] + BAR.format(notice).encode() + page[end:]

    def _answer(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self) -> None:
        """Nothing is to be kept: it may be another in a moment."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def translate_path(self, path: str) -> str:
        """The file of a path below the site's base; elsewhere there is nothing."""
        parts = path.partition("?")[0].split("/")
        depth = self.news.base.count("/") + 1
        top, rest = "/".join(parts[:depth]), "/".join(("", *parts[depth:]))
        inside = urllib.parse.unquote(top) == urllib.parse.unquote(self.news.base)
        return super().translate_path(rest if inside else LIVE)

    def log_message(self, format: str, *given: object) -> None:
        """Requests are not logged."""


def _notice(label: str, refused: tuple[Reason, ...]) -> str:
    """The reasons in a box; nothing, where there is none."""
    lines = [f"<li>{_line(one)}</li>" for one in refused[:MOST]]
    if len(refused) > MOST:
        lines.append("<li>…</li>")
    return NOTICE.format(label=label, lines="\n".join(lines)) if lines else ""


def _line(one: Reason) -> str:
    place = f"<code>{html.escape(one.place)}</code> " if one.place else ""
    return f"{place}{html.escape(one.words)}"
