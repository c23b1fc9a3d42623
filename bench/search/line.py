"""A host that packs and speaks HTTP/2, at the end of a long line.

It is nginx with the configuration of docs/hosting and with TLS. The line passes bytes on as they
are: what a browser sends arrives a round trip later, and what it gets is counted, with all that TLS
and HTTP/2 put around it.
"""

import asyncio
import contextlib
import pathlib
import socket
import tempfile
from collections.abc import Iterator

import click

from bench.search import server as servers
from browser import hosts


class _Near(asyncio.Protocol):
    """A browser's end of a connection."""

    def __init__(self, host: servers.Host, port: int, connections: set[asyncio.Transport]) -> None:
        self.host, self.port, self.connections = host, port, connections
        self.loop = asyncio.get_running_loop()
        self.waiting: list[bytes] = []
        self.far: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.connections.add(transport)
        self.connecting = self.loop.create_task(self._connect())

    async def _connect(self) -> None:
        self.far, _ = await self.loop.create_connection(
            lambda: _Far(self.host, self.transport), hosts.ADDRESS, self.port
        )
        self.far.writelines(self.waiting)

    def data_received(self, data: bytes) -> None:
        self.loop.call_later(self.host.delay, self._pass, data)

    def _pass(self, data: bytes) -> None:
        if self.far is None:
            self.waiting.append(data)
        elif not self.far.is_closing():
            self.far.write(data)

    def connection_lost(self, error: Exception | None) -> None:
        del error  # a browser that goes away is none
        self.connections.discard(self.transport)
        if self.far is not None:
            self.far.close()


class _Far(asyncio.Protocol):
    """The host's end of a connection."""

    def __init__(self, host: servers.Host, near: asyncio.Transport) -> None:
        self.host, self.near = host, near

    def data_received(self, data: bytes) -> None:
        self.host.sent.append(len(data))
        if not self.near.is_closing():
            self.near.write(data)

    def connection_lost(self, error: Exception | None) -> None:
        del error
        self.near.close()


@contextlib.contextmanager
def serving(folder: pathlib.Path) -> Iterator[servers.Host]:
    """The folder, served at the end of a line until the block ends."""
    for name in ("nginx", "openssl"):
        if hosts.program(name) is None:
            raise click.ClickException(hosts.missing(name))
    connections: set[asyncio.Transport] = set()
    listening = socket.create_server((hosts.ADDRESS, 0), backlog=256)
    host = servers.Host(f"https://{hosts.ADDRESS}:{listening.getsockname()[1]}/")
    with (
        tempfile.TemporaryDirectory(prefix="bench-line-") as scratch,
        hosts.serving_http2(folder.resolve(), pathlib.Path(scratch)) as port,
        servers.answering(lambda: _Near(host, port, connections), listening, connections),
    ):
        yield host
