"""What the indexing works from and what it gives: files published before, places, files staged."""

import collections
import pathlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from portal import publish, urls

TEXTS = urls.search_file("text/")
"""Where the folders of the shards lie."""


class Built(NamedTuple):
    """The search's texts: the files that are new, and the paths of all."""

    staged: list[publish.Staged]
    paths: frozenset[str]


class Before(NamedTuple):
    """What is published: its files, and the paths of those that lie there as they were put."""

    files: Mapping[str, publish.Published]
    good: frozenset[str]

    def has(self, path: str, key: str) -> bool:
        """Whether a file is there as it was put, made for that key."""
        return path in self.good and self.files[path].key == key

    def is_whole(self, paths: Sequence[str], key: str, own: Mapping[str, str]) -> bool:
        """Whether there are such files, all made for that key, or for their own ones.

        `own` has the paths that must be there, each with its key.
        """
        known = all(self.has(path, own.get(path, key)) for path in paths)
        return bool(paths) and known and own.keys() <= set(paths)

    def by_shard(self) -> dict[str, list[str]]:
        """The paths of the files of each shard's folder."""
        found: dict[str, list[str]] = collections.defaultdict(list)
        for path in self.files:
            if path.startswith(TEXTS):
                found[path[len(TEXTS) :].partition("/")[0]].append(path)
        return found


class Where(NamedTuple):
    """The site's folder, the stage, where the search remembers, and a folder in memory, if any."""

    root: str
    stage: str
    memory: pathlib.Path
    scratch: pathlib.Path | None = None
