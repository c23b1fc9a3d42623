"""What an author should look at, though nothing is wrong with it: it refuses nothing."""

from collections.abc import Iterable, Iterator

from portal import corpus, names
from portal.problems import Location, Problem, problem

SHORTEST = 6
"""Characters of a folded name from which on one that differs is likely a slip."""
TELLING = frozenset("一二三四五六七八九十东南西北甲乙丙丁0123456789")
"""Characters that tell organisations apart: the first school is not the second."""


def near_names(register: corpus.Corpus) -> Iterator[Problem]:
    """Two vendors whose names differ in one character: perhaps they are one.

    Agencies are left out: that of one town is not that of the next.
    """
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for id, one in register.vendors.items():
        for form, letter in _forms(one.fact.names):
            other, its = seen.setdefault(form, (id, letter))
            if other != id and its != letter and not {its, letter} & TELLING:
                at = register.places[one.role, id]
                yield problem(at, "near-name", id=id, other=other)
                break


def _forms(given: Iterable[str]) -> Iterator[tuple[tuple[str, str], str]]:
    """What stands before and after each character of a folded name, with the character."""
    for name in given:
        folded = names.fold(name)
        if len(folded) >= SHORTEST:
            yield from (((folded[:at], folded[at + 1 :]), one) for at, one in enumerate(folded))


def vanished(removed: Iterable[str]) -> Iterator[Problem]:
    """An address that was published and is gone: who cited it finds nothing there."""
    for path in removed:
        folder, _, name = path.rpartition("/")
        if name == "index.html" and folder.count("/") == 1:
            yield problem(Location(f"{folder}/"), "vanished")


GAPS = {
    "no-git": "no-history",
    "no-commit": "no-history",
    "git-missing": "history-unread",
    "unreadable": "history-unread",
    "shallow": "history-shallow",
}


def without_history(register: corpus.Corpus) -> Iterator[Problem]:
    """What the repository cannot tell, and which contracts are not as in its last commit."""
    if register.past.gap in GAPS:
        yield problem(Location("content/contracts/"), GAPS[register.past.gap])
    for id, told in register.past.told.items():
        if told.is_open:
            yield problem(Location(register.summaries[id].file.path), "history-open")


def no_full_text() -> Problem:
    """There is no Pagefind for this platform: names and numbers are found, full text is not."""
    return problem(Location("search/"), "no-full-text")
