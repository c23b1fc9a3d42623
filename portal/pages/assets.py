"""The files under static/: the site's own before the generator's."""

from collections.abc import Iterator, Mapping

from portal import files, urls
from portal.artifact import Artifact


def plan(assets: Mapping[str, files.Sealed]) -> Iterator[Artifact]:
    """Every asset, byte for byte, by its path below static/."""
    for name, sealed in assets.items():
        yield Artifact(urls.static(name), copy, (sealed,))


def copy(sealed: files.Sealed) -> bytes:
    """A file as it is: an asset, or a document beside a contract."""
    return files.read(sealed)
