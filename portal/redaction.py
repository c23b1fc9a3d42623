"""A file's text with marks for what is personal, its facts still facts, its list brought up."""

import collections
import os
import pathlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portal import decisions, files, gate, ledger, model, source
from portal.problems import Location, Refused, Rejected, problem
from portal.redact import marks, mask
from portal.redact.finding import Finding

ROUNDS = 8
"""A mark may make a suspect of its neighbour; after so many rounds something is wrong."""
FACTS: Mapping[str, type[model.Fact]] = {
    f"/{files.PAGES}/": model.Page,
    **{f"/{folder}/": model.Organisation for folder in files.REGISTRIES.values()},
    "/site.yaml": model.Site,
}


@dataclass(frozen=True, slots=True)
class Text:
    """A file's text, character by character as it stands, and what it keeps on a ground."""

    path: str
    text: str
    kept: frozenset[str]


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its marks; by kind how many there are now that were not, and what is left."""

    path: str
    text: str
    counts: Mapping[str, int]
    left: int


def read(path: str, data: bytes, stays: frozenset[str] = frozenset()) -> Text:
    """The text of a file; a byte order mark and the line ends stay. Rejected if it is not UTF-8.

    `stays` are the texts that the site keeps in every file.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Rejected([problem(Location(path, line), "encoding")]) from None
    return Text(path, text, stays | decisions.kept(path, data))


def record(one: Text, policy: model.RedactionPolicy) -> dict[str, object]:
    """The findings as data; offsets count characters of the file, its line ends untouched."""
    found = [
        {"kind": each.kind, "tier": each.tier, "rule": each.rule, "start": start, "end": end}
        for each in gate.findings(one.text, policy.tiers, one.kept)
        for start, end in [each[:2]]
    ]
    return {"file": one.path, "findings": found}


def masked(one: Text, policy: model.RedactionPolicy) -> Masked:
    """The text with a mark for each finding that is sure; the suspects stay, and are counted."""
    text, counts = one.text, collections.Counter[str]()
    for _ in range(ROUNDS):
        found = tuple(gate.findings(text, policy.tiers, one.kept))
        sure = [each for each in found if each.tier == "mask"]
        if not sure:
            break
        counts.update(_counted(sure))
        text = mask.masked(text, sure)
    return Masked(one.path, text, counts, len(found) - len(sure))


def applied(one: Text, policy: model.RedactionPolicy, language: str) -> Masked:
    """The text with a mark for everything that the gate stops, so that the gate lets it pass.

    In a contract the list of redactions counts the new marks. Refused where the facts would not
    read the same with marks in them.
    """
    text, counts = one.text, collections.Counter[str]()
    for _ in range(ROUNDS):
        found = tuple(gate.findings(text, policy.tiers, one.kept))
        if not found:
            break
        counts.update(_counted(found))
        text = _fit(one.path, text, found)
    if not counts:
        return Masked(one.path, text, counts, 0)
    if fact(one.path) is model.Contract and _facts(one.path, text) is not None:
        listed = ledger.updated(text, _entries(counts, policy, language))
        if listed is None or _changed(one.path, text, listed):
            raise Refused("redact-list", path=gate.shown(one.path))
        text = listed
    return Masked(one.path, text, counts, 0)


def _entries(
    counts: Mapping[str, int], policy: model.RedactionPolicy, language: str
) -> list[ledger.Entry]:
    """What is new in the list, on the policy's grounds; in the order of the marks' vocabulary."""
    return [
        ledger.Entry(kind, counts[kind], decisions.ground(policy, kind, language), policy.version)
        for kind in marks.LABELS
        if kind in counts
    ]


def write(path: pathlib.Path, text: str) -> None:
    """Replace a file in one step, with its permissions; where it is a link, what it leads to."""
    target = path.resolve()
    handle, fresh = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, fresh)
        os.replace(fresh, target)
    except BaseException:
        os.unlink(fresh)
        raise


def fact(path: str) -> type[model.Fact]:
    """What a file states, by where it lies; a contract wherever it lies."""
    place = pathlib.Path(path).absolute().as_posix()
    return next((kind for part, kind in FACTS.items() if part in place), model.Contract)


def _counted(found: Iterable[Finding]) -> collections.Counter[str]:
    return collections.Counter(one.kind for one in found)


def _fit(path: str, text: str, found: tuple[Finding, ...]) -> str:
    """The text with all marks; Refused, with the lines, where one would break the facts."""
    whole = mask.masked(text, found)
    if not _changed(path, text, whole):
        return whole
    wrong = [one for one in found if _changed(path, text, mask.masked(text, [one]))]
    lines = sorted({text.count("\n", 0, one.start) + 1 for one in wrong or found})
    raise Refused("redact-facts", path=gate.shown(path), lines=", ".join(map(str, lines)))


def _changed(path: str, before: str, after: str) -> bool:
    """Whether the facts can no longer be read as they could: other fields, or new problems."""
    old, new = _facts(path, before), _facts(path, after)
    if old is None or new is None:
        return old is not new
    worse = _codes(new) - _codes(old)
    return bool(worse) or _shape(old.data) != _shape(new.data)


def _facts(path: str, text: str) -> source.Source | None:
    """The facts of a YAML file, or of a text that begins with facts; else there are none."""
    data = text.encode()
    if path.endswith(".yaml"):
        return source.entry(path, data, fact(path))
    return None if source.front(data) is None else source.document(path, data, fact(path))


def _codes(read: source.Source) -> collections.Counter[str]:
    return collections.Counter(one.code for one in read.problems)


def _shape(value: Any) -> Any:
    """Fields and lists without what stands in them; the list of redactions may grow."""
    if isinstance(value, dict):
        return {name: _shape(one) for name, one in value.items() if name != "redactions"}
    return [_shape(one) for one in value] if isinstance(value, list) else None
