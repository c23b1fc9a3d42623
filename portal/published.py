"""A site as it is published, in a folder or at an address, looked at file by file.

Over HTTP each thread keeps one connection open; what is read of a file is bounded by what it should
be, and what a host packs is unpacked as a browser would.
"""

import contextlib
import hashlib
import http.client
import importlib.util
import os
import pathlib
import ssl
import threading
import time
import urllib.parse
import zlib
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from portal import packing, proof, urls
from portal.problems import Refused

SAME, CHANGED, MISSING = "same", "changed", "missing"
UNSERVED = frozenset((urls.headers(),))
"""Files for the host, which it need not serve."""
MOST_MANIFEST = 256 << 20
SLACK = 1 << 16
"""Bytes by which a packed file may be longer than the plain one."""
SECONDS = 30
TRIES = 4
BUSY = frozenset((429, 502, 503, 504))
MOVED = frozenset((301, 302, 303, 307, 308))
MOST_MOVES = 3
MOST_FAILURES = 20
"""Files that could not be had, after which a host is given up."""


class Look(NamedTuple):
    """What came of looking at a file: `same`, `changed`, `missing`, or why it could not be read."""

    path: str
    found: str


class Site(Protocol):
    """A published site."""

    def manifest(self) -> bytes:
        """Its manifest.json; Refused where there is none."""

    def look(self, path: str, wanted: proof.File) -> Iterator[Look]:
        """How a file compares; of one that is the same, its packed copies too."""

    def others(self, known: frozenset[str]) -> Iterator[str]:
        """The files that are there although they are not known, as far as one can tell."""


@contextlib.contextmanager
def opened(place: str) -> Iterator[Site]:
    """The site in a folder, or at an address, whose connections are closed in the end."""
    if place.lower().startswith(("http://", "https://")):
        host = Host(place)
        try:
            yield host
        finally:
            host.close()
        return
    folder = pathlib.Path(place)
    if not folder.is_dir():
        raise Refused("verify-place", place=place)
    yield Folder(folder)


class Folder:
    """A site in a folder."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder = folder

    def manifest(self) -> bytes:
        try:
            return (self._folder / proof.PATH).read_bytes()
        except OSError:
            raise Refused("no-proof", place=self._folder) from None

    def look(self, path: str, wanted: proof.File) -> Iterator[Look]:
        found = self._found(path, path, wanted)
        yield Look(path, found)
        if found != SAME:
            return
        for copy in packing.beside(path, (packing.GZIP, packing.BROTLI)):
            if (self._folder / copy).exists():
                yield Look(copy, self._found(copy, path, wanted))

    def _found(self, path: str, whose: str, wanted: proof.File) -> str:
        """How a file, or a packed copy of it, compares with what it should be."""
        try:
            data = (self._folder / path).read_bytes()
            if path != whose:
                data = _unpacked(path, data, wanted.size)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return MISSING
        except OSError as error:
            return error.strerror or str(error)
        except (zlib.error, EOFError, ValueError):
            return CHANGED
        return _compared(data, wanted)

    def others(self, known: frozenset[str]) -> Iterator[str]:
        for folder, folders, names in os.walk(self._folder):
            folders.sort()
            for name in sorted(names):
                path = pathlib.Path(folder, name).relative_to(self._folder).as_posix()
                whose = packing.whose(path)
                if path not in known and not (whose and (self._folder / whose).exists()):
                    yield path


class Host:
    """A site at an address."""

    def __init__(self, address: str) -> None:
        parts = _parts(address)
        if parts is None or not parts.hostname:
            raise Refused("verify-place", place=address)
        self._address = address.rstrip("/")
        self._scheme, self._host, self._port = parts.scheme, parts.hostname, parts.port
        self._base = parts.path.rstrip("/")
        self._here = threading.local()
        self._connections: list[http.client.HTTPConnection] = []
        self._listed: frozenset[str] = frozenset()
        self._failures = 0

    def close(self) -> None:
        """Close every thread's connection."""
        for one in self._connections:
            one.close()

    def manifest(self) -> bytes:
        status, data, packed = self._asked(proof.PATH, MOST_MANIFEST)
        if status != http.HTTPStatus.OK:
            raise Refused("no-proof", place=self._url(proof.PATH))
        try:
            data = _unpacked(packing.GZIP, data, MOST_MANIFEST) if packed else data
        except (zlib.error, EOFError, ValueError):
            raise Refused("no-proof", place=self._url(proof.PATH)) from None
        stated = proof.read(data)
        self._listed = frozenset(stated.files) if stated is not None else frozenset()
        return data

    def look(self, path: str, wanted: proof.File) -> Iterator[Look]:
        yield Look(path, self._found(path, wanted))

    def others(self, known: frozenset[str]) -> Iterator[str]:
        yield from sorted(self._listed - known)

    def _found(self, path: str, wanted: proof.File) -> str:
        try:
            status, data, packed = self._asked(path, wanted.size + SLACK)
            if status in (http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE):
                return SAME if path in UNSERVED else MISSING
            if status != http.HTTPStatus.OK:
                return f"HTTP {status}"
            # Some hosts say of a file that is packed that it is sent packed.
            if packed and _compared(data, wanted) == CHANGED:
                data = _unpacked(packing.GZIP, data, wanted.size)
        except Refused as refusal:
            self._failures += 1
            if self._failures > MOST_FAILURES:
                raise
            return refusal.given["detail"]
        except (zlib.error, EOFError, ValueError):
            return CHANGED
        return _compared(data, wanted)

    def _asked(self, path: str, most: int) -> tuple[int, bytes, bool]:
        """Status, bytes (of more than `most`, one too many), and whether they are packed."""
        target = urls.href(self._base, path.removesuffix("index.html"))
        for moves in range(MOST_MOVES + 1):
            status, data, packed, moved = self._tried(target, most)
            if status not in MOVED or moved is None or moves == MOST_MOVES:
                break
            target = moved
        return status, data, packed

    def _tried(self, target: str, most: int) -> tuple[int, bytes, bool, str | None]:
        """An answer, asked for again where the host is busy or the connection breaks."""
        detail, wait = "", 0.0
        for turn in range(TRIES if self._failures < MOST_FAILURES else 1):
            time.sleep(wait)
            try:
                status, data, packed, moved, wait = self._answer(target, most)
            except (http.client.HTTPException, OSError) as error:
                self._drop()
                detail = _told(error)
                if isinstance(error, ssl.SSLCertVerificationError):
                    break
                wait = 0.2 * turn
            else:
                if status not in BUSY or turn == TRIES - 1:
                    return status, data, packed, moved
        raise Refused("unreachable", url=f"{self._address}/", detail=detail)

    def _answer(self, target: str, most: int) -> tuple[int, bytes, bool, str | None, float]:
        connection = self._connection()
        asked = {"Accept-Encoding": "gzip", "User-Agent": "Contract-Portal-verify"}
        connection.request("GET", target, headers=asked)
        answer = connection.getresponse()
        data = answer.read(most + 1)
        if not answer.isclosed():
            self._drop()
        packed = answer.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip")
        after = answer.headers.get("Retry-After", "")
        wait = min(float(after), 10.0) if after.isdigit() else 1.0
        return answer.status, data, packed, self._moved(answer, target), wait

    def _moved(self, answer: http.client.HTTPResponse, target: str) -> str | None:
        """Where an answer leads to on the same host."""
        there = urllib.parse.urljoin(self._address, target)
        to = urllib.parse.urlsplit(urllib.parse.urljoin(there, answer.headers.get("Location", "")))
        is_ours = (to.scheme, to.hostname, to.port) == (self._scheme, self._host, self._port)
        return to.path if is_ours and to.path != target else None

    def _connection(self) -> http.client.HTTPConnection:
        found: http.client.HTTPConnection | None = getattr(self._here, "connection", None)
        if found is None:
            if self._scheme == "https":
                context = ssl.create_default_context()
                found = http.client.HTTPSConnection(
                    self._host, self._port, timeout=SECONDS, context=context
                )
            else:
                found = http.client.HTTPConnection(self._host, self._port, timeout=SECONDS)
            self._here.connection = found
            self._connections.append(found)
        return found

    def _drop(self) -> None:
        found = getattr(self._here, "connection", None)
        if found is not None:
            found.close()
            self._here.connection = None

    def _url(self, path: str) -> str:
        return f"{self._address}/{path}"


def _parts(address: str) -> urllib.parse.SplitResult | None:
    """The parts of an address; None for one that is none."""
    try:
        parts = urllib.parse.urlsplit(address)
        return parts if parts.port is None or parts.port else None
    except ValueError:
        return None


def _told(error: Exception) -> str:
    """Why there is no answer, in the system's words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _compared(data: bytes, wanted: proof.File) -> str:
    is_same = len(data) == wanted.size and hashlib.sha256(data).hexdigest() == wanted.sha256
    return SAME if is_same else CHANGED


def _unpacked(path: str, data: bytes, most: int) -> bytes:
    """A packed file's bytes; of more than `most`, one too many."""
    if path.endswith(packing.GZIP):
        whole = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        found = whole.decompress(data, most + 1)
        if len(found) <= most and (not whole.eof or whole.unused_data):
            raise ValueError("gzip")
        return found
    if importlib.util.find_spec("brotli") is None:
        raise OSError(0, "no library: brotli")
    import brotli  # noqa: PLC0415 - it need not be there

    try:
        plain: bytes = brotli.decompress(data)
    except brotli.error:
        raise ValueError("brotli") from None
    return plain
