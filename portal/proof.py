"""What a publication states in manifest.json: each file's SHA-256, and of which commit it is."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from json.encoder import encode_basestring as quoted
from typing import Any, Literal, NamedTuple

import portal
from portal import urls
from portal.publish import Published

PATH = urls.manifest()
FORMAT = 1

State = Literal["clean", "changed", "none"]
"""Whether the commit is all there is, files were changed since, or there is no commit."""


class Origin(NamedTuple):
    """The commit that a site was built from, if it was built from just that."""

    commit: str
    state: State


class File(NamedTuple):
    """A published file: its SHA-256 in hexadecimal digits, and its bytes' number."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What manifest.json states; `content` is the digest of the content, `version` the program's.

    `commit` is empty where the site was not built from just a commit.
    """

    version: str = ""
    commit: str = ""
    state: str = "none"
    content: str = ""
    files: Mapping[str, File] = field(default_factory=dict)


def text(origin: Origin, content: str, files: Iterable[tuple[str, Published]]) -> bytes:
    """manifest.json, a line for each file, in the order of their paths.

    It is written by hand: of 70,000 files `json.dumps` would take ten times as long.
    """
    lines = [
        f'{quoted(path)}: {{"sha256": "{one.sha256}", "size": {one.size}}}'
        for path, one in sorted(files)
    ]
    told = {
        "format": FORMAT,
        "generator": f"Contract Portal {portal.VERSION}",
        "commit": origin.commit or None,
        "state": origin.state,
        "content": content,
    }
    head = "".join(f"{quoted(name)}: {json.dumps(value)},\n" for name, value in told.items())
    body = ",\n".join(lines)
    return f'{{\n{head}"files": {{\n{body}\n}}\n}}\n'.encode()


def read(data: bytes) -> Proof | None:
    """What a manifest.json states; None where it is none, or of a format that we do not know."""
    try:
        told = json.loads(data)
        if told["format"] != FORMAT:
            return None
        files = {str(path): _file(one) for path, one in told["files"].items()}
        commit, state = str(told["commit"] or ""), str(told["state"])
        return Proof(str(told["generator"]), commit, state, str(told["content"]), files)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _file(told: Any) -> File:
    return File(str(told["sha256"]), int(told["size"]))
