"""What is made from what was made before: files of many records, then what tells of those files."""

from collections.abc import Callable, Iterator

from portal import corpus, records, render
from portal.artifact import Artifact
from portal.exports import data, packages, tables

Plan = Callable[[corpus.Corpus, render.Theme, render.Frame, records.Shelf], Iterator[Artifact]]

ROUNDS: tuple[tuple[Plan, ...], ...] = (
    (packages.plan, tables.database),
    (packages.whole, tables.sheets),
    (data.descriptions,),
    (data.pages,),
)
"""Each round finds on the shelf what the rounds before it made; a new export is one line here."""


def plan(
    plans: tuple[Plan, ...],
    register: corpus.Corpus,
    theme: render.Theme,
    frame: render.Frame,
    shelf: records.Shelf,
) -> Iterator[Artifact]:
    """The artifacts of one round."""
    for each in plans:
        yield from each(register, theme, frame, shelf)
