"""Artifacts: a path of the publication, the pure function that makes its bytes, and from what."""

from collections.abc import Callable
from typing import Any, NamedTuple

from portal import digest


class Artifact(NamedTuple):
    """One file to be published.

    `make(*inputs)` gives its bytes and sees nothing else. Each input is a plain value, or a fact
    with a `digest` of its own. `source` is the file of content to which a problem belongs.
    """

    path: str
    make: Callable[..., bytes]
    inputs: tuple[Any, ...]
    source: str = ""


def key(one: Artifact, code: str) -> str:
    """The digest of everything that the artifact's bytes follow from: code, function, inputs."""
    made = (code, one.make.__module__, one.make.__qualname__)
    try:
        return digest.raw("\0".join([*made, *[fact.digest for fact in one.inputs]]).encode())
    except (AttributeError, TypeError):
        return digest.of(*made, *one.inputs)
