"""Packages: the releases of a contract, its record, and the releases of many contracts."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from portal import exact, urls
from portal.exact import Json
from portal.ocds import merge, publisher, releases
from portal.ocds.publisher import Publisher
from portal.ocds.versions import Past


def of_releases(record: Json, by: Publisher, past: Past | None = None) -> Json:
    """The package of all releases of a contract."""
    found = releases.releases(record, by, past)
    head = publisher.package(by, urls.ocds_releases(record["id"]), found[-1]["date"])
    return head | {"releases": found}


def of_record(record: Json, by: Publisher, past: Past | None = None) -> Json:
    """The package of a contract's record: its releases, and where it stands by them."""
    found = releases.releases(record, by, past)
    id = record["id"]
    head = publisher.package(by, urls.ocds_record(id), found[-1]["date"])
    whole = {"ocid": found[0]["ocid"], "releases": found, "compiledRelease": merge.compiled(found)}
    packages = [urls.address(by.url, urls.ocds_releases(id))]
    return head | {"packages": packages, "records": [whole]}


class Told(NamedTuple):
    """A release as its contract's package has it, and its date."""

    text: str
    date: str


def told(package: bytes) -> Iterator[Told]:
    """The releases of a contract's package, as they are written there.

    A mark of quotation stands before `releases` nowhere but in the package itself: within a text it
    would bear a backslash.
    """
    text = package.decode()
    start = text.index(_RELEASES) + len(_RELEASES)
    while text[start] != "]":
        release, end = _DECODER.raw_decode(text, start)
        yield Told(text[start:end], release["date"])
        start = end + (text[end] == ",")


_RELEASES = ',"releases":['
_DECODER = json.JSONDecoder()


def of_many(each: Iterable[bytes], by: Publisher, path: str) -> bytes:
    """The package of all releases of many contracts, whose own packages are given."""
    parts, last = [], ""
    for package in each:
        for one in told(package):
            parts.append(one.text.encode())
            last = max(last, one.date)
    head = exact.written(publisher.package(by, path, last))
    return b"".join((head[:-1].encode(), b',"releases":[\n', b",\n".join(parts), b"\n]}\n"))
