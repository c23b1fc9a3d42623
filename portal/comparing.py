"""A published site held against what its repository gives: what differs, is missing, was added."""

import concurrent.futures
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from portal import proof, published, urls

THREADS = 8

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a comparison came to: how many files are the same, and the paths of the others.

    `unread` are files that could not be had, with the reason.
    """

    same: int = 0
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    unread: tuple[published.Look, ...] = ()

    @property
    def is_same(self) -> bool:
        return not (self.changed or self.missing or self.added or self.unread)


def sampled(files: Mapping[str, proof.File], count: int | None) -> dict[str, proof.File]:
    """So many of the files, chosen by chance; all where no number is given."""
    if count is None or count >= len(files):
        return dict(files)
    return {path: files[path] for path in sorted(random.sample(sorted(files), count))}


def compared(
    site: published.Site,
    wanted: Mapping[str, proof.File],
    known: frozenset[str],
    tell: Progress,
) -> Verdict:
    """Look at each wanted file of a site, several at once; `known` are all that may be there."""
    looks: list[published.Look] = []
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        asked = ((site, path, one) for path, one in wanted.items())
        for done, found in enumerate(pool.map(_looked, asked), 1):
            looks += found
            tell("verify", done, len(wanted))
    paths: dict[str, list[str]] = {published.SAME: [], published.CHANGED: [], published.MISSING: []}
    unread = [one for one in looks if one.found not in paths]
    for path, found_so in looks:
        if found_so in paths:
            paths[found_so].append(path)
    return Verdict(
        len(paths[published.SAME]),
        tuple(sorted(paths[published.CHANGED])),
        tuple(sorted(paths[published.MISSING])),
        tuple(site.others(known)),
        tuple(sorted(unread)),
    )


def _looked(asked: tuple[published.Site, str, proof.File]) -> list[published.Look]:
    site, path, wanted = asked
    return list(site.look(path, wanted))


MANY = (
    *("contracts/", "search/", "data/", "api/", "feeds/", "redactions/", "sitemaps/"),
    "announcements/",
    *(f"{folder}/" for folder in (*urls.ROLES.values(), *urls.FACETS.values())),
)
"""Folders with files that are made from many contracts."""
WHOLE = ("index.html", "sitemap.xml")
"""The files of that kind at the top."""


def unexplained(paths: Iterable[str], withdrawn: frozenset[str]) -> list[str]:
    """The differences that do not follow from contracts that were withdrawn.

    What is made from many contracts changes when one goes; another contract's own files do not, and
    there are none of a contract without a tombstone. `withdrawn` are ids, former ones among them.
    """
    left = []
    for path in paths:
        folder, *inner = path.split("/")
        is_list = len(inner) < 2 or (inner[0], inner[1].isdigit()) == ("page", True)
        is_others = folder == "contracts" and not is_list and inner[0] not in withdrawn
        if is_others or not (path in WHOLE or path.startswith(MANY)):
            left.append(path)
    return left
