"""What a contract's file said in a commit, as far as it can be read today."""

import itertools
import re
from typing import Any, NamedTuple

from portal import exact, facts, files, model, record, source

MARK = re.compile("【已遮盖：[^】]{1,20}】")


class Version(NamedTuple):
    """A file as it was: its facts as plain data, its body, its text as a whole.

    `contract` is None where the facts are not valid today. `spans` are the first and last line of
    the front matter's fields, by their path.
    """

    path: str
    contract: model.Contract | None
    is_draft: bool
    plain: exact.Json
    front: str
    body: str
    spans: dict[source.Path, tuple[int, int]]

    @property
    def text(self) -> str:
        return f"{self.front}\n{self.body}"


def read(path: str, data: bytes, currency: str) -> Version:
    """A version of a file; whatever it holds, there is one."""
    found = source.document(path, data, model.Contract)
    try:
        front = source.front(data) or ""
    except UnicodeDecodeError:
        front = ""
    contract, _ = facts.contract(found, files.stem(path), currency)
    is_draft = contract.draft if contract is not None else facts.is_draft(found.data)
    plain = {} if contract is None else record.plain(contract)
    plain.pop("id", None)
    return Version(path, contract, is_draft, plain, front, found.body, _spans(found))


def _spans(found: source.Source) -> dict[source.Path, tuple[int, int]]:
    lines = sorted(set(found.lines.values()))
    ends = {one: after - 1 for one, after in itertools.pairwise(lines)}
    return {path: (line, ends.get(line, 1 << 30)) for path, line in found.lines.items()}


def leaves(value: Any, path: source.Path = ()) -> list[tuple[source.Path, Any]]:
    """The single values of plain data, each with its path."""
    if isinstance(value, dict):
        return [leaf for name, one in value.items() for leaf in leaves(one, (*path, name))]
    if isinstance(value, list):
        return [leaf for at, one in enumerate(value) for leaf in leaves(one, (*path, at))]
    return [(path, value)]


def lines(olds: list[Version], new: Version) -> int:
    """How many lines of the body came or went; of a merge only what no parent has so."""
    if any(one.body.strip() == new.body.strip() for one in olds):
        return 0
    after = _lines(new)
    if len(olds) > 1:
        return len(after - {line for one in olds for line in _lines(one)})
    before = _lines(olds[0])
    return max(len(after - before), len(before - after), 1)


def _lines(one: Version) -> set[str]:
    return {line for each in one.body.splitlines() if (line := each.strip())}
