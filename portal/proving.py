"""manifest.json as a build stages it: made from what is published, and new only if it says more."""

import pathlib
from typing import NamedTuple

from portal import digest, origin, packing, proof, publish


class About(NamedTuple):
    """What a proof is made for: the site's folder, the commit there, the content's digest."""

    root: pathlib.Path
    head: str
    content: str


def proven(
    about: About, new: publish.Manifest, old: publish.Published | None, folder: pathlib.Path
) -> tuple[publish.Manifest, list[publish.Staged]]:
    """A publication with its proof in it, which is staged unless the `old` one says the same."""
    told = ((path, one) for path, one in new.files.items() if packing.whose(path) not in new.files)
    stated = origin.of(about.root, about.head)
    data = proof.text(stated, about.content, told)
    key = digest.raw(data)
    if old is not None and old.key == key:
        return publish.Manifest(new.whole, {**new.files, proof.PATH: old}), []
    made = publish.put(str(folder), proof.PATH, key, data)
    return publish.Manifest(new.whole, {**new.files, proof.PATH: made.published}), [made]
