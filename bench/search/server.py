"""A static host that counts what it sends and can be as far away as one likes.

It speaks HTTP/1.1 (`front` may stand before it), and lets files be kept for ten minutes. One that
packs sends texts in gzip, as the hosts do that docs/hosting/ describes; another sends all files as
they are, as simple ones do.
"""

import functools
import gzip
import http.server
import pathlib
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}

PACKED = frozenset((".css", ".html", ".js", ".json", ".svg"))
"""What a host that packs sends in gzip; files whose names end in .gz are packed already."""


class Server(http.server.ThreadingHTTPServer):
    """A folder over HTTP; `sent` holds the path and the size of each answer, with its head.

    `front` is the address of what stands before it, if anything does.
    """

    daemon_threads = True

    def __init__(self, folder: pathlib.Path, *, packs: bool = False) -> None:
        self.folder = folder.resolve()
        self.packs = packs
        self.delay = 0.0
        self.front: str | None = None
        self.sent: list[tuple[str, int]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return self.front or f"http://127.0.0.1:{self.server_port}/"

    @property
    def bytes(self) -> int:
        """What was sent so far."""
        return sum(size for _, size in self.sent)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Server

    def do_GET(self) -> None:
        asked = time.perf_counter()
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        file = self.server.folder / path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        inside = file.resolve().is_relative_to(self.server.folder)
        is_packed = self.server.packs and file.suffix in PACKED
        body = _body(file, packed=is_packed) if inside and file.is_file() else None
        self._wait_until(asked + self.server.delay)
        self._answer(path, file.suffix, body, is_packed=is_packed)

    def _answer(self, path: str, suffix: str, body: bytes | None, *, is_packed: bool) -> None:
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", TYPES.get(suffix, "application/octet-stream"))
        if body is not None and is_packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body or b"")))
        self.send_header("Cache-Control", "max-age=600")
        head = sum(map(len, self._headers_buffer)) + 2
        self.server.sent.append((path, head + len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")
        self.wfile.flush()

    @staticmethod
    def _wait_until(moment: float) -> None:
        time.sleep(max(0.0, moment - time.perf_counter()))

    def log_message(self, *arguments: Any) -> None:
        """Nothing: `sent` is the log."""


@functools.lru_cache(maxsize=256)
def _body(file: pathlib.Path, *, packed: bool) -> bytes:
    data = file.read_bytes()
    return gzip.compress(data, 6, mtime=0) if packed else data


@contextmanager
def serving(folder: pathlib.Path, *, packs: bool = False) -> Iterator[Server]:
    """The folder, served until the block ends."""
    with Server(folder, packs=packs) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
