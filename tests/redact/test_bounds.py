"""What is ruled out early is what the whole judgement would rule out: bounds are never too low."""

import re
from re import _parser as grammar  # type: ignore[attr-defined]
from typing import Any

import pytest

from portal.redact import bounds, context, people, shapes
from portal.redact.view import View
from redact import documents, sentences

TEXTS = (
    *(
        one.text
        for path in sorted(sentences.FOLDER.glob("*.txt"))
        for one in sentences.read(path.stem)
    ),
    *(documents.make(seed).text for seed in range(20)),
)


def firsts(parsed: Any) -> tuple[set[str], bool]:
    """The signs with which a match of a pattern may begin, and whether it may be empty."""
    found: set[str] = set()
    for code, value in parsed:
        name = str(code)
        if name in ("ASSERT", "ASSERT_NOT", "AT"):
            continue
        if name == "LITERAL":
            more, may_be_empty = {chr(value)}, False
        elif name == "IN":
            more, may_be_empty = set().union(*map(signs, value)), False
        else:
            parts = {"BRANCH": lambda v: v[1], "SUBPATTERN": lambda v: [v[-1]]}
            inner = [firsts(one) for one in parts.get(name, lambda v: [v[2]])(value)]
            more = set().union(*(one for one, _ in inner))
            may_be_empty = any(empty for _, empty in inner)
            may_be_empty |= name.endswith("REPEAT") and value[0] == 0
        found |= more
        if not may_be_empty:
            return found, False
    return found, True


def signs(part: Any) -> set[str]:
    """The signs of a set's part."""
    name, value = str(part[0]), part[1]
    if name == "LITERAL":
        return {chr(value)}
    assert name == "RANGE", part
    return {chr(code) for code in range(value[0], value[1] + 1)}


@pytest.mark.parametrize("name", ["_TITLE", "_OWN", "_STRONG_VERB", "_PHONE"])
def test_starts(name: str) -> None:
    """Whatever a sign begins that tells of a person, the bound of that sign allows for it."""
    worth = {"_TITLE": context.HUMAN, "_OWN": 28, "_STRONG_VERB": 24, "_PHONE": context.MOST_AFTER}
    pattern: re.Pattern[str] = getattr(context, name)
    begins, _ = firsts(grammar.parse(pattern.pattern))
    assert {sign for sign in begins if bounds.FROM[sign] < worth[name]} == set()


def test_neighbours() -> None:
    """Neither what stands before a place nor what follows it ever adds more than its bounds."""
    for text in TEXTS:
        view = View(text)
        for at in range(1, len(text)):
            before, after = context.before(view, at), context.after(view, at)
            assert before <= bounds.BEHIND[text[at - 1]]
            assert after <= bounds.FROM[text[at]]


def test_places() -> None:
    """Every likely name stands at a place that the quick look leaves."""
    for text in TEXTS:
        view, places = View(text), set(people.places(text))
        for at in range(len(text)):
            best = people.best_at(view, at)
            if best is not None and best.candidate.signs >= shapes.FAINT:
                is_human = best.before >= context.MOST_BEFORE or best.after >= context.STRONG_AFTER
                if best.total >= (people.FAINTLY if is_human else people.LIKELY):
                    assert at in places, text[at : at + 4]
