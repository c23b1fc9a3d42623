"""A contract taken down: its file becomes a tombstone, and the documents beside it go."""

import contextlib
import datetime
import difflib
import os
import pathlib
from collections.abc import Iterable
from dataclasses import dataclass

from portal import decisions, facts, files, gate, git, model, names, redaction, source, tombstone
from portal.problems import Problem, Refused, Rejected

NEAR = 3
"""Ids that are offered for one that there is not."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What is to be done: the file, its new text, the documents that go, the fields that do.

    `is_kept` tells whether git has all of it in a commit, so that nothing is lost for good.
    """

    file: pathlib.Path
    text: str
    documents: tuple[pathlib.Path, ...]
    lost: tuple[str, ...]
    is_kept: bool


def planned(root: pathlib.Path, id: str, day: datetime.date, reason: str) -> Withdrawal:
    """What a withdrawal would do; nothing is written.

    Refused where there is no such contract, where it is a draft or withdrawn already, where the
    reason is personal, or where git would lose what was not committed. Rejected where the file, or
    what stays of it, has problems.
    """
    about = root / "site.yaml"
    if not about.is_file():
        raise Refused("no-site", path=root)
    site = decisions.site(about.read_bytes())
    rule, reason = decisions.rule(site), _reason(reason, decisions.rule(site))
    file = _file(root, id)
    path, data = file.relative_to(root).as_posix(), file.read_bytes()
    currency = "CNY" if site is None else site.currency
    before = _contract(path, data, currency)
    if before.status.state == "withdrawn":
        raise Refused("withdrawn-already", id=before.id, day=before.status.date)
    text = redaction.read(path, data).text
    made = _tombstone(path, text, day, reason, rule)
    after = _contract(path, made.text.encode(), currency)
    if _stays(after) != _stays(before) or (after.status.state, after.status.reason) != (
        "withdrawn",
        reason,
    ):
        raise Refused("withdraw-text", path=path)
    documents = tuple(sorted(one for one in file.with_suffix("").rglob("*") if not one.is_dir()))
    is_kept = _is_kept(root, (file, *documents))
    return Withdrawal(file, made.text, documents, made.lost, is_kept)


def carried_out(one: Withdrawal) -> None:
    """Do it: the tombstone first, so that no document is gone of a contract that stands."""
    redaction.write(one.file, one.text)
    for path in one.documents:
        path.unlink()
    for folder in sorted({path.parent for path in one.documents}, reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _reason(given: str, rule: decisions.Rule) -> str:
    """The reason on one line; it is published, so nothing personal may stand in it."""
    reason = " ".join(given.split())
    if not reason or names.hidden(reason):
        raise Refused("withdraw-no-reason")
    if tuple(gate.findings(reason, rule.tiers, rule.kept)):
        raise Refused("withdraw-reason")
    return reason


def _file(root: pathlib.Path, id: str) -> pathlib.Path:
    """The file of a contract, by its id or its path."""
    known = {path.stem: path for path in sorted((root / files.CONTRACTS).rglob("*.md"))}
    stem = pathlib.PurePath(id).name.removesuffix(".md")
    if stem in known:
        return known[stem]
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(stem.casefold(), folded, NEAR, 0.6)
    if near:
        raise Refused("withdraw-near", id=stem, near=", ".join(folded[one] for one in near))
    raise Refused("withdraw-unknown", id=stem)


def _contract(path: str, data: bytes, currency: str) -> model.Contract:
    read = source.document(path, data, model.Contract)
    made, problems = facts.contract(read, files.stem(path), currency)
    if made is None and problems:
        raise Rejected(problems)
    if made is None or made.draft:
        raise Refused("withdraw-draft", path=path)
    return made


def _tombstone(
    path: str, text: str, day: datetime.date, reason: str, rule: decisions.Rule
) -> tombstone.Tombstone:
    """The text that stays, without the list of what may stay if it does not need that."""
    found: list[Problem] = []
    for stays in (tombstone.STAYS - {"keep"}, tombstone.STAYS):
        made = tombstone.made(text, day, reason, stays)
        if made is None:
            raise Refused("withdraw-text", path=path)
        data = made.text.encode()
        kept = rule.kept | decisions.kept(path, data)
        found = list(gate.scan(path, data, rule.tiers, kept))
        if not found:
            return made
    raise Rejected(found)


def _stays(one: model.Contract) -> tuple[object, ...]:
    parties = one.agency, one.vendors
    return one.id, one.title, one.number, *parties, one.value, one.signed, one.aliases


def _is_kept(root: pathlib.Path, paths: Iterable[pathlib.Path]) -> bool:
    """Whether git has these files as they are; without git nobody has. Refused if it would not."""
    try:
        top = git.top(root)
    except Refused as refusal:
        if refusal.code in ("no-git", "git-missing"):
            return False
        raise
    parts = [os.path.relpath(path.resolve(), top.resolve()) for path in paths]
    how = ("--no-optional-locks", "--literal-pathspecs", "status", "--porcelain", "-z", "--ignored")
    if git.ask(top, *how, "--untracked-files=all", "--", *parts):
        raise Refused("withdraw-uncommitted", paths=", ".join(parts[:1]))
    return True
