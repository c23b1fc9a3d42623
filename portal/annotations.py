"""Problems as GitHub's workflow commands, which it shows on the lines of a pull request.

Source: GitHub's "Workflow commands for GitHub Actions": `::error file=…,line=…,title=…::message`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from portal.problems import Problem, text

Kind = Literal["error", "notice"]
PLACELESS = frozenset(("personal-message", "personal-ref"))
"""Problems of a message, a branch or a tag: they stand in no file."""
PAST = re.compile(r"[0-9a-f]{10}:(.+)", re.DOTALL)
"""A file in a commit: GitHub shows what is said of it on the present file."""


def problems(found: Iterable[Problem], kind: Kind, language: str, prefix: str) -> Iterator[str]:
    """A command for each problem; `prefix` leads from the top of the repository to the site."""
    for one in found:
        if one.code in PLACELESS:
            yield command(kind, f"{one.at}: {text(one, language)}", title=one.code)
            continue
        past = PAST.fullmatch(one.at.path)
        said = text(one, language) if past is None else f"{one.at}: {text(one, language)}"
        path = prefix + one.at.path if past is None else past[1]
        place = {"line": one.at.line}
        if past is None and one.at.line:
            # Where it begins, never how long it is. The present file may have nothing there.
            place["col"] = one.at.column
        known = {name: number for name, number in place.items() if number}
        yield command(kind, said, file=path, **known, title=one.code)


def command(kind: Kind, said: str, **about: object) -> str:
    """One command, escaped so that no file's name can end it or begin another."""
    given = ",".join(f"{name}={_property(str(value))}" for name, value in about.items())
    return f"::{kind} {given}::{_data(said)}" if given else f"::{kind}::{_data(said)}"


def _data(said: str) -> str:
    return said.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
