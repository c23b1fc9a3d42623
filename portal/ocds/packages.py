"""Packages: the releases of a contract, its record, and the releases of many contracts."""

from collections.abc import Iterable

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


def of_many(packages: Iterable[Json], by: Publisher, path: str) -> bytes:
    """The package of all releases of many contracts, of which each has its own already."""
    parts, last = [], ""
    for package in packages:
        for one in package["releases"]:
            parts.append(exact.written(one).encode())
            last = max(last, one["date"])
    head = exact.written(publisher.package(by, path, last))
    return b"".join((head[:-1].encode(), b',"releases":[\n', b",\n".join(parts), b"\n]}\n"))
