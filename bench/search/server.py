"""A static host that counts what it sends and can be as far away as one likes.

It speaks HTTP/1.1 (`front` may stand before it), and lets files be kept for ten minutes. One that
packs sends texts in gzip, as the hosts do that docs/hosting/ describes; another sends all files as
they are, as simple ones do. One loop answers all, so that a burst of requests takes it hardly more
time than other hosts: Python's own server, with a thread for each, took 2 ms a file.
"""

import asyncio
import functools
import gzip
import pathlib
import socket
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

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
END = b"\r\n\r\n"


@dataclass(slots=True)
class Server:
    """A folder over HTTP; `sent` holds the path and the size of each answer, with its head.

    `delay` are the seconds of a round trip; `front` is the address of what stands before it, if
    anything does.
    """

    folder: pathlib.Path
    packs: bool
    server_port: int = 0
    delay: float = 0.0
    front: str | None = None
    sent: list[tuple[str, int]] = field(default_factory=list)
    connections: set[asyncio.Transport] = field(default_factory=set)

    @property
    def address(self) -> str:
        return self.front or f"http://127.0.0.1:{self.server_port}/"

    @property
    def bytes(self) -> int:
        """What was sent so far."""
        return sum(size for _, size in self.sent)


class _Connection(asyncio.Protocol):
    def __init__(self, server: Server) -> None:
        self.server, self.loop, self.heard = server, asyncio.get_running_loop(), b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.server.connections.add(transport)

    def connection_lost(self, error: Exception | None) -> None:
        del error  # a browser that goes away is none
        self.server.connections.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        """Each request is answered a round trip after it came, so they stay in their order."""
        *heads, self.heard = (self.heard + data).split(END)
        for head in heads:
            self.loop.call_later(self.server.delay, self._answer, head.split(b" ", 2)[1].decode())

    def _answer(self, address: str) -> None:
        path = urllib.parse.unquote(urllib.parse.urlsplit(address).path)
        head, body = _said(self.server.folder, path, packs=self.server.packs)
        self.server.sent.append((path, len(head) + len(body)))
        if not self.transport.is_closing():  # a browser may go away in the middle
            self.transport.write(head + body)


@functools.lru_cache(maxsize=4096)
def _said(folder: pathlib.Path, path: str, *, packs: bool) -> tuple[bytes, bytes]:
    """The head and the body of an answer."""
    file = folder / path.lstrip("/")
    file = file / "index.html" if file.is_dir() else file
    is_there = file.resolve().is_relative_to(folder) and file.is_file()
    is_packed = is_there and packs and file.suffix in PACKED
    body = file.read_bytes() if is_there else b""
    body = gzip.compress(body, 6, mtime=0) if is_packed else body
    lines = [
        "HTTP/1.1 200 OK" if is_there else "HTTP/1.1 404 Not Found",
        f"Content-Type: {TYPES.get(file.suffix, 'application/octet-stream')}",
        *(["Content-Encoding: gzip"] if is_packed else []),
        f"Content-Length: {len(body)}",
        "Cache-Control: max-age=600",
    ]
    return "\r\n".join(lines).encode() + END, body


@contextmanager
def serving(folder: pathlib.Path, *, packs: bool = False) -> Iterator[Server]:
    """The folder, served until the block ends."""
    loop, server = asyncio.new_event_loop(), Server(folder.resolve(), packs)
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    server.server_port = listening.getsockname()[1]

    def serve() -> None:
        made = loop.create_server(lambda: _Connection(server), sock=listening)
        running = loop.run_until_complete(made)
        loop.run_forever()
        running.close()
        for one in tuple(server.connections):
            one.abort()
        loop.run_until_complete(asyncio.sleep(0))  # until they are closed
        loop.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
