"""Artifacts: a path of the publication, the pure function that makes its bytes, and from what."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from portal import digest


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file to be published.

    `make(*inputs)` gives its bytes and sees nothing else. Each input is a plain value, or a fact
    with a `digest` of its own. `key` says what it is made from: the code, `make`'s name, and the
    inputs; the templates' digest is part of the theme, which is an input.
    """

    path: str
    make: Callable[..., bytes]
    inputs: tuple[Any, ...]
    source: str = ""
    key: str = field(default="", compare=False)


def keyed(one: Artifact, code: str) -> Artifact:
    """The artifact with its key: the digest of everything that its bytes follow from."""
    made = digest.of(code, one.make.__module__, one.make.__qualname__, one.inputs)
    return dataclasses.replace(one, key=made)
