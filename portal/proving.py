"""manifest.json as a build stages it: made from what is published, and new only if it says more."""

import contextlib
import pathlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from portal import digest, origin, packing, proof, publish, workers


class About(NamedTuple):
    """What a proof is made for: the site's folder, the commit there, the content's digest."""

    root: pathlib.Path
    head: str
    content: str


class Proven(NamedTuple):
    """A publication with its proof in it, which is staged unless the old one says the same."""

    manifest: publish.Manifest
    staged: list[publish.Staged]


@contextlib.contextmanager
def begun(
    about: About,
    new: publish.Manifest,
    old: publish.Published | None,
    folder: pathlib.Path,
    jobs: int,
) -> Iterator[Callable[[], Proven]]:
    """Begin to state what is `new`, beside this process; what is given waits for it."""
    with workers.beside(lambda: _stated(about, new, old, folder), jobs) as stated:
        yield lambda: _proven(new, *stated())


def _stated(
    about: About, new: publish.Manifest, old: publish.Published | None, folder: pathlib.Path
) -> tuple[publish.Published, list[publish.Staged]]:
    """The proof, and it staged unless the old one says the same."""
    told = ((path, one) for path, one in new.files.items() if packing.whose(path) not in new.files)
    data = proof.text(origin.of(about.root, about.head), about.content, told)
    key = digest.raw(data)
    if old is not None and old.key == key:
        return old, []
    made = publish.put(str(folder), proof.PATH, key, data)
    return made.published, [made]


def _proven(
    new: publish.Manifest, stated: publish.Published, staged: list[publish.Staged]
) -> Proven:
    return Proven(publish.Manifest(new.whole, {**new.files, proof.PATH: stated}), staged)
