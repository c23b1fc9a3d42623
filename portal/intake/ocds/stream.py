"""A file of OCDS as its items, one after the other: releases and records, each with its place."""

import gzip
import io
import json
import pathlib
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO, NamedTuple

from portal import exact
from portal.reading.part import Unreadable

MEGABYTE = 1 << 20
LARGEST = 100
"""Megabytes of one JSON document, or of one line of JSON Lines."""
UNZIPPED = 10_000
"""Megabytes of a whole file: no publisher has so much, and a packed file could unfold for ever."""
LINES = (".jsonl", ".ndjson", ".jsonlines")
HOLDING = ("releases", "records")
_GZIP = b"\x1f\x8b"
_SPACE = " \t\n\r"


class Item(NamedTuple):
    """A release or a record: its line in the file, its JSON Pointer there, its text and its data.

    `pointer` is below the document, or below the line of JSON Lines.
    """

    line: int
    pointer: str
    text: str
    data: Any


class Broken(NamedTuple):
    """A line of JSON Lines that cannot be read, and why: a code."""

    line: int
    code: str


class Illegible(Exception):
    """A document is no JSON from this line on."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


def _never(constant: str) -> Any:
    raise ValueError(constant)


DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_never)
"""Numbers are exact, and NaN and Infinity are no numbers."""


def items(path: pathlib.Path) -> Iterator[Item | Broken]:
    """What a file holds, in its order; Unreadable where it cannot be taken as a whole."""
    try:
        with open(path, "rb") as plain:
            packed = plain.read(2) == _GZIP
            plain.seek(0)
            file = io.BufferedReader(gzip.GzipFile(fileobj=plain)) if packed else plain
            yield from _items(file, path.name.casefold().removesuffix(".gz"))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unreadable("gzip") from error
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise Unreadable("no-file" if missing else "unopened") from error


def _items(file: BinaryIO, name: str) -> Iterator[Item | Broken]:
    """Line by line, or as one document: a file whose first line is whole has a document a line."""
    first, number = _first(file)
    if not first:
        raise Unreadable("empty")
    if first.lstrip()[:1] not in (b"{", b"["):
        raise Unreadable("not-json")
    if name.endswith(LINES) or _is_whole(first):
        yield from _lines(file, first, number)
        return
    rest = file.read(LARGEST * MEGABYTE)
    if len(first) + len(rest) > LARGEST * MEGABYTE:
        raise Unreadable("large-json", limit=LARGEST)
    try:
        yield from document(_text(first + rest), number)
    except UnicodeDecodeError as error:
        raise Unreadable("json-encoding") from error
    except Illegible as stopped:
        raise Unreadable("json", line=stopped.line) from stopped


def _first(file: BinaryIO) -> tuple[bytes, int]:
    """The first line that is not blank, and its number."""
    number = 1
    for line in iter(lambda: file.readline(LARGEST * MEGABYTE), b""):
        bare = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if bare.strip():
            return bare, number
        number += 1
    return b"", number


def _text(data: bytes) -> str:
    return data.decode("utf-8")


def _is_whole(line: bytes) -> bool:
    """Whether a line is a JSON document by itself."""
    if not line.rstrip().endswith((b"}", b"]")):
        return False
    try:
        DECODER.decode(_text(line).strip(_SPACE))
    except (ValueError, RecursionError):
        return False
    return True


def _lines(file: BinaryIO, first: bytes, number: int) -> Iterator[Item | Broken]:
    size, line = 0, first
    while line:
        size += len(line)
        if len(line) >= LARGEST * MEGABYTE:
            raise Unreadable("large-json", limit=LARGEST)
        if size > UNZIPPED * MEGABYTE:
            raise Unreadable("large-json", limit=UNZIPPED)
        if line.strip():
            try:
                yield from document(_text(line), number)
            except UnicodeDecodeError:
                yield Broken(number, "json-encoding")
            except Illegible:
                yield Broken(number, "json")
        line, number = file.readline(LARGEST * MEGABYTE), number + 1


def document(text: str, line: int = 1) -> Iterator[Item]:
    """The items of a JSON document that begins on a line; Illegible where it is broken.

    Only one item is held at a time, so that a package may be as large as memory holds its text.
    """
    scan = _Scan(text, line)
    try:
        yield from _top(scan)
    except (ValueError, RecursionError, IndexError) as error:
        at = error.pos if isinstance(error, json.JSONDecodeError) else scan.at
        raise Illegible(line + text.count("\n", 0, at)) from error


class _Scan:
    """A place in a JSON text, which moves on value by value."""

    def __init__(self, text: str, line: int) -> None:
        self.text, self.at = text, 0
        self._line, self._counted = line, 0

    def sign(self) -> str:
        """The next sign that is not white space; ValueError at the end."""
        text, at = self.text, self.at
        while at < len(text) and text[at] in _SPACE:
            at += 1
        self.at = at
        if at == len(text):
            raise ValueError("end")
        return text[at]

    def take(self, signs: str) -> str:
        """One of these signs; ValueError for any other."""
        found = self.sign()
        if found not in signs:
            raise ValueError(found)
        self.at += 1
        return found

    def value(self) -> Any:
        self.sign()
        found, self.at = DECODER.raw_decode(self.text, self.at)
        return found

    def line(self, at: int) -> int:
        """The line of a place that lies behind the last one asked for."""
        self._line += self.text.count("\n", self._counted, at)
        self._counted = at
        return self._line

    def item(self, pointer: str) -> Item:
        self.sign()
        start = self.at
        data = self.value()
        return Item(self.line(start), pointer, self.text[start : self.at], data)

    def items(self, pointer: str) -> Iterator[Item]:
        """The elements of a list, each read for itself."""
        self.take("[")
        number = 0
        if self.sign() == "]":
            self.at += 1
            return
        while True:
            yield self.item(f"{pointer}/{number}")
            number += 1
            if self.take(",]") == "]":
                return

    def end(self) -> None:
        """ValueError if anything but white space is left."""
        if self.text[self.at :].strip(_SPACE):
            raise ValueError("more")


def _top(scan: _Scan) -> Iterator[Item]:
    """A list of items, a package, or an item by itself."""
    if scan.sign() == "[":
        for one in scan.items(""):
            yield from _inside(one)
        scan.end()
        return
    start, found = scan.at, False
    scan.take("{")
    while scan.sign() != "}":
        key = scan.value()
        scan.take(":")
        if key in HOLDING and scan.sign() == "[" and not _is_record(scan.text, start):
            found = True
            yield from scan.items(f"/{key}")
        else:
            scan.value()
        if scan.take(",}") == "}":
            scan.at -= 1
            break
    scan.take("}")
    scan.end()
    if not found:
        data = DECODER.decode(scan.text[start : scan.at])
        yield Item(scan.line(start), "", scan.text[start : scan.at], data)


def _is_record(text: str, start: int) -> bool:
    """Whether a document that has `releases` is a record and no package: it begins with an ocid."""
    return text[start + 1 : start + 400].lstrip(_SPACE).startswith('"ocid"')


def _inside(one: Item) -> Iterator[Item]:
    """An element of a list, which may be a package itself."""
    if isinstance(one.data, dict) and "ocid" not in one.data:
        for key in HOLDING:
            held = one.data.get(key)
            if isinstance(held, list):
                for number, data in enumerate(held):
                    pointer = f"{one.pointer}/{key}/{number}"
                    yield Item(one.line, pointer, exact.written(data), data)
                return
    yield one
