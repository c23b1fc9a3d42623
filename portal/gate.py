"""The gate: what is about to be published is looked at for personal data, place by place."""

from collections.abc import Iterator

from portal.problems import Location, Problem, problem
from portal.redact import find, mask, policy
from portal.redact.finding import Finding


def scan(path: str, data: bytes, wanted: policy.Policy, kept: frozenset[str]) -> Iterator[Problem]:
    """The findings of a file, whatever it is; of one that is no UTF-8 text there are none yet."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    yield from texts(path, text, wanted, kept)


def texts(path: str, text: str, wanted: policy.Policy, kept: frozenset[str]) -> Iterator[Problem]:
    """The findings of a text as problems with their lines; `kept` are the texts that may stay.

    A message names the kind and the rule, and never the text.
    """
    for one in findings(text, wanted, kept):
        at = Location(path, text.count("\n", 0, one.start) + 1)
        code = "personal" if one.tier == "mask" else "suspect"
        yield problem(at, code, kind=one.kind, rule=one.rule)


def path(name: str, wanted: policy.Policy, kept: frozenset[str]) -> Iterator[Problem]:
    """The findings of a file's own path, which is published as its address."""
    for one in findings(name, wanted, kept):
        yield problem(Location(shown(name)), "personal-path", kind=one.kind, rule=one.rule)


def shown(name: str) -> str:
    """A path, or the name of a branch, as a message may print it: what is personal is masked."""
    visible = "".join(letter if letter.isprintable() else "?" for letter in name)
    return mask.masked(visible, findings(visible, {}, frozenset()))


def findings(text: str, wanted: policy.Policy, kept: frozenset[str]) -> Iterator[Finding]:
    """What stops a text: everything that is neither kept by policy nor by its author."""
    for one in find.find(text, wanted):
        if one.tier != "keep" and text[one.start : one.end] not in kept:
            yield one
