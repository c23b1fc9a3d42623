"""Who signed a commit, as far as git can tell here."""

import pathlib
from typing import NamedTuple

from portal import git

STATES = {"G": "good", "U": "untrusted", "X": "expired", "Y": "expired", "R": "revoked", "B": "bad"}
"""Git's letters for a signature; any other one of a signed commit cannot be checked here."""


class Signature(NamedTuple):
    """What git says of a signature, one of STATES' words, `unknown` or `none`; who, and the key."""

    state: str
    signer: str
    key: str


def of(top: pathlib.Path, commit: str) -> Signature:
    """The signature of a commit."""
    told = git.says(top, "log", "-1", "--no-show-signature", "--format=%G?%n%GS%n%GF", commit)
    letter, signer, key = (*(told or "").split("\n"), "", "", "")[:3]
    if letter in STATES:
        return Signature(STATES[letter], signer, key)
    raw = git.ask(top, "cat-file", "commit", commit).partition(b"\n\n")[0]
    is_signed = any(line.startswith(b"gpgsig") for line in raw.split(b"\n"))
    return Signature("unknown" if is_signed else "none", "", "")
