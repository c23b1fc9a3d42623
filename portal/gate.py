"""The gate: what is about to be published is looked at for personal data, place by place."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from portal.problems import Location, Problem, problem
from portal.reading import part
from portal.redact import mask, policy
from portal.redact.finding import Finding

TEXTS = tuple(".md .yaml .yml .txt .csv .json .xml .html .htm .css .js .svg .geojson".split())
"""Files that are text; any other is a document, and is read as one."""
OURS = (".md", ".yaml")
"""Texts that are refused in any other encoding than UTF-8."""


def prepare() -> None:
    """Load the finder's tables once, so that forked workers share them."""
    _find("张三", {})


def scan(path: str, data: bytes, wanted: policy.Policy, kept: frozenset[str]) -> Iterator[Problem]:
    """The findings of a file, whatever it is."""
    if path.endswith(TEXTS):
        try:
            yield from texts(path, data.decode(), wanted, kept)
        except UnicodeDecodeError:
            if not path.endswith(OURS):
                yield from document(path, data, wanted, kept)
    else:
        yield from document(path, data, wanted, kept)


def texts(path: str, text: str, wanted: policy.Policy, kept: frozenset[str]) -> Iterator[Problem]:
    """The findings of a text as problems with their lines; `kept` are the texts that may stay.

    A message names the kind and the rule, and never the text.
    """
    for one in findings(text, wanted, kept):
        column = one.start - text.rfind("\n", 0, one.start)
        at = Location(path, text.count("\n", 0, one.start) + 1, column)
        code = "personal" if one.tier == "mask" else "suspect"
        yield problem(at, code, kind=one.kind, rule=one.rule)


def document(
    path: str, data: bytes, wanted: policy.Policy, kept: frozenset[str]
) -> Iterator[Problem]:
    """The findings in a document, shown or hidden; what nobody but a person can read.

    A scan, a picture and what cannot be opened stay where `kept` holds the file's own name: then
    somebody has looked, and says so.
    """
    from portal.reading import document as documents  # noqa: PLC0415 - readers take 0.1 s to load

    name, at = path.rpartition("/")[2], Location(path)
    try:
        read = documents.parts(name, data)
        unseen = documents.unseen(name, data)
    except part.Unreadable as stopped:
        if name not in kept:
            yield problem(at, "document-unread", reason=stopped.code)
        return
    seen = set()
    for each in read:
        for one in findings(each.text, wanted, kept | {name}):
            code = "personal-document" if one.tier == "mask" else "suspect-document"
            seen.add(
                problem(at, code, kind=one.kind, rule=one.rule, place=each.place, page=each.page)
            )
    yield from sorted(seen)
    if unseen and name not in kept:
        yield problem(at, "document-unseen", pages=len(unseen.pages), pictures=unseen.pictures)


def path(name: str, wanted: policy.Policy, kept: frozenset[str]) -> Iterator[Problem]:
    """The findings of a file's own path, which is published as its address."""
    for one in findings(name, wanted, kept):
        yield problem(Location(shown(name)), "personal-path", kind=one.kind, rule=one.rule)


def discreet(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems without the personal names of files, which any of them may bear."""
    for one in problems:
        given = tuple((key, shown(value)) for key, value in one.given)
        yield Problem(replace(one.at, path=shown(one.at.path)), one.code, given)


@functools.lru_cache(maxsize=1024)
def shown(name: str) -> str:
    """A path, or the name of a branch, as a message may print it: what is personal is masked."""
    visible = "".join(letter if letter.isprintable() else "?" for letter in name)
    return mask.masked(visible, findings(visible, {}, frozenset()))


def _find(text: str, wanted: policy.Policy) -> tuple[Finding, ...]:
    from portal.redact import find  # noqa: PLC0415 - it takes 0.1 s to load

    return find.find(text, wanted)


def findings(text: str, wanted: policy.Policy, kept: frozenset[str]) -> Iterator[Finding]:
    """What stops a text: everything that neither the policy keeps nor its author.

    A finding is kept where it lies within a kept text, as that stands in the text.
    """
    found = [one for one in _find(text, wanted) if one.tier != "keep"]
    if not found or not kept:
        yield from found
        return
    pattern = "|".join(re.escape(one) for one in sorted(kept, key=len, reverse=True))
    stays = [place.span() for place in re.finditer(pattern, text)]
    for one in found:
        if not any(start <= one.start and one.end <= end for start, end in stays):
            yield one
