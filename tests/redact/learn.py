"""Learns the weights of `portal/redact/learned.txt`: `python tests/redact/learn.py [LIST…]`.

Examples are the surnames with one or two signs behind them in the lists of sentences (all of
them, or those that are named), in documents of the generator, and in texts that speak of nobody:
contracts of the bench, and the sample. A logistic regression; the same bytes for the same texts.
"""

import collections
import itertools
import math
import pathlib
import random
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from bench import contracts  # noqa: E402
from portal.redact import find, fold, learned, marks, traits  # noqa: E402
from portal.redact.view import View  # noqa: E402
from redact import measure  # noqa: E402

FILE = ROOT / "portal/redact/learned.txt"
HEAD = "# Weights in hundredths, by tests/redact/learn.py; see portal/redact/learned.py."
NAMES = frozenset({"person-name", "signature"})
DOCUMENTS = range(1000, 1040)
CONTRACTS = 100
ROUNDS, STEP, RIDGE = 30, 0.2, 2.0
SELDOM, SLIGHT = 6, 12
"""Features that are seldom seen, or weigh less, are left out."""


class Example(NamedTuple):
    """A stretch: its features, and whether it is a name."""

    features: frozenset[str]
    is_name: bool


def examples(text: measure.Text) -> Iterator[Example]:
    """The stretches of a text; those that are a part of a value teach nothing."""
    folded = fold.fold(marks.blanked(text.text))
    found = [one for one in find.find(text.text) if one.tier == "mask" and one.rule != "learned"]
    names = {(start, end) for start, end, kind in text.values if kind in NAMES}
    view, parts, high = View(folded.text), traits.chunks(folded.text), 0
    for one in traits.candidates(folded.text):
        while one.start >= high:
            chunk = next(parts)
            high = chunk.end()
        features = traits.own(view, one)
        if not features:
            continue
        span = folded.span(one.start, one.end)
        if span not in names and any(a < span[1] and span[0] < b for a, b, _ in text.values):
            continue
        apart = [(a.start, a.end) for a in found if a.end <= span[0] or a.start >= span[1]]
        near = [learned.NEAR] if learned.is_near(apart, *span) else []
        shared = traits.around(chunk[0])
        yield Example(frozenset([*features, *shared, *near, ""]), span in names)


def peopleless() -> Iterator[measure.Text]:
    """Texts in which nobody is spoken of, but for whom the finder finds without what is learned."""
    texts = [contracts.contract(number, CONTRACTS, 7)[1] for number in range(CONTRACTS)]
    paths = [ROOT / "README.zh-CN.md", *sorted((ROOT / "content").rglob("*.md"))]
    for text in (*texts, *(path.read_text("utf-8") for path in paths)):
        found = [one for one in find.find(text) if one.rule != "learned"]
        yield measure.Text(text, tuple((one.start, one.end, one.kind) for one in found), None)


def fitted(given: list[Example]) -> dict[str, float]:
    """The weights: a logistic regression by adaptive steps, each smaller than the one before."""
    weights: dict[str, float] = collections.defaultdict(float)
    squares: dict[str, float] = collections.defaultdict(lambda: 0.1)
    counts = collections.Counter(name for one in given for name in one.features)
    ridge = {name: RIDGE / count for name, count in counts.items()}
    source = random.Random(1)
    for _ in range(ROUNDS):
        source.shuffle(given)
        for one in given:
            total = sum(weights[name] for name in one.features)
            error = one.is_name - 1 / (1 + math.exp(-max(min(total, 30), -30)))
            for name in one.features:
                slope = error - ridge[name] * weights[name]
                squares[name] += slope * slope
                weights[name] += STEP * slope / math.sqrt(squares[name])
    return weights


def learn(lists: Iterable[str]) -> dict[str, int]:
    """The weights that lists of sentences and texts without people teach."""
    texts = itertools.chain(
        *(measure.listed(name) for name in lists), measure.generated(DOCUMENTS), peopleless()
    )
    seen = collections.Counter[Example]()
    for text in texts:
        seen.update(examples(text))
    given = sorted(seen, key=lambda one: (one.is_name, sorted(one.features)))
    counts = collections.Counter(name for one in given for name in one.features)
    common = {name for name, count in counts.items() if count >= SELDOM and name.isprintable()}
    for _ in range(2):
        given = [one._replace(features=one.features & common) for one in given]
        weights = fitted(given)
        common = {name for name in common if abs(weights[name]) * 100 >= SLIGHT or not name}
    return {name: round(weights[name] * 100) for name in sorted(common)}


def main() -> None:
    """Write the weights."""
    made = learn(sys.argv[1:] or measure.LISTS)
    rows = (f"{name} {weight}" for name, weight in made.items())
    FILE.write_text("\n".join([HEAD, *rows, ""]), "utf-8")


if __name__ == "__main__":
    main()
