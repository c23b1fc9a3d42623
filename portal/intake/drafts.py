"""From an original's text to a draft: facts, a tidy body, marks, and what a person is to decide."""

import collections
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from portal import decisions, gate, keys, ledger, model, names, source
from portal.intake import clean, compose, facts, finding, fitting, marked
from portal.reading.part import Unreadable
from portal.redact import marks

ROUNDS = 8
"""A mark may make a finding of its neighbour; after so many rounds the rest is left to a person."""
LINKING, UNLINKED = "](", "]\\("
"""What would be a link in Markdown, and was none in a contract."""


@dataclass(frozen=True, slots=True)
class About:
    """What a draft has to know: the site's facts, and by role the registry's ids by folded name."""

    site: model.Site
    known: Mapping[str, Mapping[str, str]]


class Undecided(NamedTuple):
    """A place in the draft for a person to look at: its line, the kind, the rule, the tier."""

    line: int
    kind: str
    rule: str
    tier: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft's file, and what to tell of it.

    `facts` are those written; `unfit` were read too, but check would refuse them. `dropped` are
    lines of the original that were left out; `places` leads from its lines to lines of the file.
    """

    id: str
    text: str
    facts: tuple[finding.Fact, ...]
    missing: tuple[str, ...]
    conflicts: tuple[finding.Conflict, ...]
    unfit: tuple[source.Path, ...]
    marks: Mapping[str, int]
    undecided: tuple[Undecided, ...]
    dropped: tuple[int, ...]
    places: Mapping[int, tuple[int, ...]]
    known: Mapping[str, str]
    """The registry's id of each name that it knows."""


def draft(raw: str, about: About) -> Draft:
    """A draft of a text; its id is empty where nothing was read that could give one.

    Unreadable: marks, where the text bears marks of its own; long-text.
    """
    read = marked.tidy(raw, about.site.redaction.tiers)
    text = read.text
    found = facts.read(text)
    body = compose.body(text).replace(LINKING, UNLINKED)
    if len(body.encode()) > source.BODY_LIMIT:
        raise Unreadable("long-text", limit=source.BODY_LIMIT >> 20)
    known = dict(_known(found, about))
    file, unfit = _fitted(_front(found, known), body, about)
    whole = _settled(file, about)
    kept = tuple(one for one in found.facts if not _is_among(one.path, unfit))
    places = _places(text, body, whole)
    return Draft(
        id=compose.identifier(found),
        text=whole,
        facts=kept,
        missing=found.missing,
        conflicts=found.conflicts,
        unfit=unfit,
        marks=collections.Counter(marks.codes(whole)),
        undecided=(*_undecided(whole, about), *_lost(read.lost, places)),
        dropped=tuple(sorted({row for line in text.dropped for row in line.rows})),
        places=places,
        known=known,
    )


def _known(found: facts.Found, about: About) -> Iterator[tuple[str, str]]:
    """The parties that the registry knows, each with its id there."""
    for role, given in (("agency", [found.get("agency")]), ("vendor", found.get("vendors") or [])):
        for name in filter(None, given):
            id = about.known[role].get(names.fold(name))
            if id is not None:
                yield name, id


def _front(found: facts.Found, known: Mapping[str, str]) -> dict[str, Any]:
    """The facts with the registry's ids in place of the names that it knows."""
    front = found.front()
    if "agency" in front:
        front["agency"] = known.get(front["agency"], front["agency"])
    if "vendors" in front:
        front["vendors"] = [known.get(one, one) for one in front["vendors"]]
    return front


def _fitted(front: dict[str, Any], body: str, about: About) -> tuple[str, tuple[source.Path, ...]]:
    """The file, and the facts that it had to go without."""
    unfit: list[source.Path] = []
    while True:
        text = _file(front, body, about)
        read, found = fitting.problems(text, "draft", about.site.currency)
        paths = {path for one in found if (path := fitting.blamed(read, one))}
        wrong = sorted((path for path in paths if path[0] in front), key=str)
        if not wrong:
            return text, tuple(unfit)
        for path in wrong:
            front = fitting.without(front, path)
        unfit += wrong


def _file(front: Mapping[str, Any], body: str, about: About) -> str:
    language = about.site.language
    flag = keys.chinese(model.Contract, "draft") if language == "zh-CN" else "draft"
    return _listed(compose.draft(fitting.worded(front, language), body, flag), about)


def _listed(text: str, about: About) -> str:
    """The file with a list of redactions that counts its marks."""
    policy, language = about.site.redaction, about.site.language
    kinds = set(marks.codes(text))
    new = [
        ledger.Entry(kind, 0, decisions.ground(policy, kind, language), policy.version)
        for kind in marks.LABELS
        if kind in kinds
    ]
    return (ledger.updated(text, new) or text) if new else text


def _settled(text: str, about: About) -> str:
    """The file with marks also for what is sure only where it stands now, as check will see it."""
    for _ in range(ROUNDS):
        once = _listed(marked.whole(text, about.site.redaction.tiers), about)
        if once == text:
            break
        read, found = fitting.problems(once, "draft", about.site.currency)
        if found or read.data.keys() != fitting.problems(text, "draft", "CNY")[0].data.keys():
            break
        text = once
    return text


def _undecided(text: str, about: About) -> list[Undecided]:
    """What check will stop at."""
    return [
        Undecided(text.count("\n", 0, one.start) + 1, one.kind, one.rule, one.tier)
        for one in gate.findings(text, *decisions.rule(about.site))
    ]


def _lost(
    lost: Iterable[marked.Lost], places: Mapping[int, tuple[int, ...]]
) -> Iterator[Undecided]:
    """What was found in the raw text alone: somebody has to look where it came to stand."""
    for one in lost:
        yield Undecided(places.get(one.row, (0,))[0], one.kind, one.rule, "mask")


def _is_among(path: finding.Path, unfit: tuple[source.Path, ...]) -> bool:
    return any(path[: len(one)] == one for one in unfit)


def _places(text: clean.Text, body: str, whole: str) -> dict[int, tuple[int, ...]]:
    """For each raw line the lines of the file in which it stands; a body's lines are the text's."""
    lines = [line for line in text.lines if line.text.strip()]
    below = whole.count("\n") - body.strip().count("\n")
    rows = [row for row, line in enumerate(body.strip().split("\n"), below) if line.strip()]
    found: dict[int, list[int]] = {}
    for line, row in zip(lines, rows, strict=False):
        for raw in line.rows:
            found.setdefault(raw, []).append(row)
    return {raw: tuple(dict.fromkeys(held)) for raw, held in found.items()}
