"""The labelled sentences: texts as they stand in contracts, with the personal data marked."""

import pathlib
import re
from typing import NamedTuple

FOLDER = pathlib.Path(__file__).parent / "sentences"
_MARKED = re.compile(r"⟦([a-z-]+)\|(.*?)⟧", re.DOTALL)


class Span(NamedTuple):
    """Where a value stands, and its kind."""

    start: int
    end: int
    kind: str


class Sentence(NamedTuple):
    """A text with the places of all its personal data."""

    text: str
    spans: tuple[Span, ...]


def read(name: str) -> tuple[Sentence, ...]:
    """A list of labelled sentences by its name."""
    raw = (FOLDER / f"{name}.txt").read_text("utf-8")
    entries = re.split(r"^%%\n", raw, flags=re.MULTILINE)
    return tuple(_sentence(one.strip("\n")) for one in entries if one.strip())


def _sentence(raw: str) -> Sentence:
    text, spans, at = "", [], 0
    for found in _MARKED.finditer(raw):
        text += raw[at : found.start()]
        spans.append(Span(len(text), len(text) + len(found[2]), found[1]))
        text += found[2]
        at = found.end()
    return Sentence(text + raw[at:], tuple(spans))
