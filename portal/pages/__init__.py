"""The pages of the site: each module plans its artifacts from the corpus."""

from collections.abc import Callable, Iterator, Mapping

from portal import corpus, files, render
from portal.artifact import Artifact
from portal.pages import (
    announcements,
    api,
    assets,
    contract,
    discovery,
    division,
    feeds,
    front,
    organisation,
    record,
    redactions,
)

Plan = Callable[[corpus.Corpus, render.Theme, render.Frame, str], Iterator[Artifact]]

PLANS: tuple[Plan, ...] = (
    front.plan,
    contract.plan,
    organisation.plan,
    division.plan,
    redactions.plan,
    announcements.plan,
    discovery.plan,
    api.plan,
)
"""Every kind of page; a new one is one function and one line here."""
BESIDE: tuple[Plan, ...] = (record.plan, feeds.plan)
"""The data of a page, which lie beside it: records and feeds."""


def plan(
    register: corpus.Corpus,
    theme: render.Theme,
    frame: render.Frame,
    root: str,
    static: Mapping[str, files.Sealed],
) -> Iterator[Artifact]:
    """Every artifact of the pages and their assets. `root` is the site's folder."""
    for each in PLANS:
        yield from each(register, theme, frame, root)
    yield from assets.plan(static, frame.assets)


def beside(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """Every artifact that says in data what a page says in words."""
    for each in BESIDE:
        yield from each(register, theme, frame, root)
