"""From which commit a site is built: asked of git, in two questions."""

import os
import pathlib
from collections.abc import Iterator

from portal import files, git, proof, render
from portal.problems import Refused

SITE = ("site.yaml", "content", *files.LOOK)
GENERATOR = ("portal", *files.LOOK)
"""What a site is made from, of its own folder and of the generator's."""


def of(root: pathlib.Path, head: str) -> proof.Origin:
    """The commit, if what a site is made from is as it stands there; `head` is the present one."""
    if not head:
        return proof.Origin("", "none")
    try:
        top = git.top(root)
        changed = _is_changed(top, tuple(_made_from(top, root)))
    except Refused:
        return proof.Origin("", "none")
    return proof.Origin("", "changed") if changed else proof.Origin(head, "clean")


def _made_from(top: pathlib.Path, root: pathlib.Path) -> Iterator[str]:
    """The files and folders that a site is made from, as far as they lie in its repository."""
    parts = [root.resolve() / name for name in SITE]
    parts += [render.HOME / name for name in GENERATOR]
    inside = {part for part in parts if part.is_relative_to(top.resolve())}
    yield from sorted(part.relative_to(top.resolve()).as_posix() for part in inside)


def _is_changed(top: pathlib.Path, parts: tuple[str, ...]) -> bool:
    """Whether a file is not as in the commit, or git does not know one that would be published."""
    how = ("--no-optional-locks", "--literal-pathspecs")
    told = git.ask(top, *how, "status", "--porcelain", "-z", "--untracked-files=no", "--", *parts)
    if told:
        return True
    unknown = git.ask(top, *how, "ls-files", "-z", "--others", "--", *parts)
    return any(_counts(os.fsdecode(path)) for path in unknown.split(b"\0")[:-1])


def _counts(path: str) -> bool:
    """Whether a build would read a file: what systems and Python leave behind it does not."""
    *folders, name = path.split("/")
    return not name.startswith(".") and name not in files.IGNORED and "__pycache__" not in folders
