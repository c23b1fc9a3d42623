"""A static host that counts what it sends and can be as far away as one likes.

It speaks HTTP/1.1, sends all files as they are, as simple hosts do, and lets them be kept for ten
minutes; `line` has the others. One loop answers all, so that a burst of requests takes it hardly
more time than other hosts: Python's own server, with a thread for each, took 2 ms a file.
"""

import asyncio
import functools
import pathlib
import socket
import threading
import urllib.parse
from collections.abc import Callable, Iterator
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

END = b"\r\n\r\n"


@dataclass(slots=True)
class Host:
    """A site at an address; `sent` holds the bytes of each thing that it sent so far.

    `delay` are the seconds of a round trip.
    """

    address: str = ""
    delay: float = 0.0
    sent: list[int] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        return sum(self.sent)


@dataclass(slots=True)
class Server(Host):
    """A folder over HTTP; what it sends are answers, with their heads."""

    folder: pathlib.Path = pathlib.Path()
    connections: set[asyncio.Transport] = field(default_factory=set)


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
        head, body = _said(self.server.folder, path)
        self.server.sent.append(len(head) + len(body))
        if not self.transport.is_closing():  # a browser may go away in the middle
            self.transport.write(head + body)


@functools.lru_cache(maxsize=4096)
def _said(folder: pathlib.Path, path: str) -> tuple[bytes, bytes]:
    """The head and the body of an answer."""
    file = folder / path.lstrip("/")
    file = file / "index.html" if file.is_dir() else file
    is_there = file.resolve().is_relative_to(folder) and file.is_file()
    body = file.read_bytes() if is_there else b""
    lines = [
        "HTTP/1.1 200 OK" if is_there else "HTTP/1.1 404 Not Found",
        f"Content-Type: {TYPES.get(file.suffix, 'application/octet-stream')}",
        f"Content-Length: {len(body)}",
        "Cache-Control: max-age=600",
    ]
    return "\r\n".join(lines).encode() + END, body


@contextmanager
def serving(folder: pathlib.Path) -> Iterator[Server]:
    """The folder, served until the block ends."""
    server = Server(folder=folder.resolve())
    listening = socket.create_server(("127.0.0.1", 0), backlog=256)
    server.address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    with answering(lambda: _Connection(server), listening, server.connections):
        yield server


@contextmanager
def answering(
    make: Callable[[], asyncio.Protocol],
    listening: socket.socket,
    connections: set[asyncio.Transport],
) -> Iterator[None]:
    """Answers whoever connects, in a loop in a thread of its own, until the block ends.

    `connections` are those that are open, and ended then.
    """
    loop = asyncio.new_event_loop()

    def run() -> None:
        made = loop.run_until_complete(loop.create_server(make, sock=listening))
        loop.run_forever()
        made.close()
        for one in tuple(connections):
            one.abort()
        loop.run_until_complete(asyncio.sleep(0))  # until they are closed
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
