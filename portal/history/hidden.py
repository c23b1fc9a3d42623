"""What of the past is not shown: what would be masked today, and what somebody masked later."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from portal import gate, source
from portal.history import versions
from portal.history.versions import MARK, Version
from portal.redact import marks, policy

HERE = marks.mark("other")
"""Stands in past facts for a text that is not shown."""
LEAST = 2
"""Signs of what was masked, from which on it is looked for elsewhere."""
WORTH = frozenset((("value", "amount"), ("value", "capitals")))
"""What the contract is worth: a value that is withheld today was perhaps told by mistake."""
LONG = 10**7
"""A number from here on may be one of a person that stands in the wrong field."""
_APART = re.compile(r"[\s\-_·.()（）]+")


class Judge(NamedTuple):
    """What may be shown of one contract: the policy, what its file keeps, what it says today.

    `is_withheld`: its value is not published today, and so is none of the past.
    """

    tiers: policy.Policy
    kept: frozenset[str]
    present: frozenset[str]
    learned: frozenset[str]
    is_withheld: bool

    def paths(self, one: Version) -> frozenset[source.Path]:
        """The values of a version that are not shown, by their path.

        What stands in the present version, too, is published anyway. All else is judged where it
        stood, by itself under its name, and by what is found or was masked anywhere in the file.
        """
        leaves = versions.leaves(one.plain)
        worth = {path for path, _ in leaves if self.is_withheld and path in WORTH}
        asked = [
            (path, str(value))
            for path, value in leaves
            if _is_telling(value) and str(value) not in self.present
        ]
        if not asked:
            return frozenset(worth)
        found = tuple(gate.findings(one.front, self.tiers, self.kept))
        texts = {_bare(one.front[each.start : each.end]) for each in found} - {""}
        places = [
            (one.front.count("\n", 0, each.start) + 2, one.front.count("\n", 0, each.end) + 2)
            for each in found
        ]
        return frozenset(
            path
            for path, value in asked
            if self.tells(value, _name(path), texts) or _meets(one, path, places)
        ) | frozenset(worth)

    def tells(self, value: str, name: str, texts: Iterable[str] = ()) -> bool:
        """Whether a value by itself is not to be shown."""
        bare = _bare(value)
        if any(text in bare for text in (*texts, *self.learned)):
            return True
        return any(gate.findings(f"{name}: {value}", self.tiers, self.kept))


def _is_telling(value: Any) -> bool:
    if isinstance(value, (int, Decimal)):
        return abs(Decimal(value)) >= LONG
    return isinstance(value, str)


def _name(path: source.Path) -> str:
    return next(str(part) for part in reversed(path) if isinstance(part, str))


def _bare(text: str) -> str:
    return _APART.sub("", text).casefold()


def _meets(one: Version, path: source.Path, places: Sequence[tuple[int, int]]) -> bool:
    above = (path[:length] for length in range(len(path), 0, -1))
    part = next((part for part in above if part in one.spans), None)
    if part is None:
        return bool(places)
    first, last = one.spans[part]
    return any(start <= last and first <= end for start, end in places)


def censored(plain: Any, hidden: frozenset[source.Path], path: source.Path = ()) -> Any:
    """Plain data with a mark for what is not shown."""
    if isinstance(plain, dict):
        return {name: censored(one, hidden, (*path, name)) for name, one in plain.items()}
    if isinstance(plain, list):
        return [censored(one, hidden, (*path, at)) for at, one in enumerate(plain)]
    return HERE if path in hidden else plain


def learned(older: Iterable[tuple[Version, Version]]) -> frozenset[str]:
    """What stood where a later version has a mark: somebody knew better than the finder."""
    return frozenset(
        bare
        for old, new in older
        if len(MARK.findall(new.text)) > len(MARK.findall(old.text))
        for text in _masked(old.text.split("\n"), new.text.split("\n"))
        if len(bare := _bare(text)) >= LEAST
    )


def _masked(old: list[str], new: list[str]) -> Iterator[str]:
    match = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, start, end, first, last in match.get_opcodes():
        after = "\n".join(new[first:last])
        if kind == "replace" and MARK.search(after):
            yield from _behind("\n".join(old[start:end]), after)


def _behind(old: str, new: str) -> Iterator[str]:
    """What the marks of a text stand for in an older one."""
    pieces = [re.escape(one) for one in MARK.split(new)]
    found = re.fullmatch("([^\n]{0,200}?)".join(pieces), old)
    if found:
        yield from found.groups()
        return
    match = difflib.SequenceMatcher(None, old, new, autojunk=False)
    spans = [one.span() for one in MARK.finditer(new)]
    for kind, start, end, first, last in match.get_opcodes():
        if kind != "equal" and any(first < stop and begin < last for begin, stop in spans):
            yield old[start:end]
