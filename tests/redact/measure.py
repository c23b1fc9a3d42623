"""How much the finder finds: `python tests/redact/measure.py`, a table by list and by kind.

*Masked*: every letter and figure of a value lies in findings of the tier `mask`. *Held*: of the
tiers `mask` or `suspect`, so that nothing of it is published before a person has decided. A *hit*
is a near miss that is masked, in whole or in part; in the lists, a masked stretch with a letter or
figure beyond all values.
"""

import collections
import pathlib
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[number]) for number in (1, 2)]

from portal.redact import find  # noqa: E402
from redact import documents, sentences  # noqa: E402

LISTS = (
    "first", "second", "third", "fourth", "fifth",
    "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
SEEDS = range(200)


class Text(NamedTuple):
    """A text, its values by kind, and the near misses in it, where they are marked."""

    text: str
    values: tuple[tuple[int, int, str], ...]
    stays: tuple[tuple[int, int], ...] | None


class Tally(NamedTuple):
    """Values, masked ones and held ones by kind; near misses hit; suspects where nothing is."""

    values: collections.Counter[str]
    masked: collections.Counter[str]
    held: collections.Counter[str]
    hits: int
    suspects: int

    def share(self, of: str) -> float:
        """The share of all values that are `masked` or `held`."""
        counts: collections.Counter[str] = getattr(self, of)
        return counts.total() / self.values.total()


def listed(name: str) -> Iterator[Text]:
    """The sentences of a list."""
    for one in sentences.read(name):
        yield Text(one.text, tuple(one.spans), None)


def generated(seeds: Iterable[int]) -> Iterator[Text]:
    """Documents from the generator."""
    for seed in seeds:
        made = documents.make(seed)
        spans = tuple((one.start, one.end, one.kind) for one in made.spans)
        yield Text(made.text, spans, tuple((one.start, one.end) for one in made.stays))


def tally(texts: Iterable[Text]) -> Tally:
    """What the finder makes of texts."""
    values, masked, held = (collections.Counter[str]() for _ in range(3))
    hits = suspects = 0
    for one in texts:
        tiers = ["" for _ in one.text]
        found = [each for each in find.find(one.text) if each.tier != "keep"]
        for each in found:
            tiers[each.start : each.end] = [each.tier] * (each.end - each.start)
        for start, end, kind in one.values:
            seen = {tiers[at] for at in range(start, end) if one.text[at].isalnum()}
            values[kind] += 1
            masked[kind] += seen == {"mask"}
            held[kind] += "" not in seen
        if one.stays is not None:
            hits += sum("mask" in tiers[start:end] for start, end in one.stays)
        inside = {at for start, end, _ in one.values for at in range(start, end)}
        for each in found:
            beyond = {at for at in range(each.start, each.end) if one.text[at].isalnum()} - inside
            hits += one.stays is None and each.tier == "mask" and bool(beyond)
            is_apart = inside.isdisjoint(range(each.start, each.end))
            suspects += each.tier == "suspect" and is_apart
    return Tally(values, masked, held, hits, suspects)


def main() -> None:
    """Print the table."""
    print(f"{'':18}{'values':>8}{'masked':>8}{'held':>8}{'hits':>6}{'suspects':>10}")
    for name, texts in (
        *((name, listed(name)) for name in LISTS),
        ("generated", generated(SEEDS)),
    ):
        made = tally(texts)
        shares = f"{made.share('masked'):8.1%}{made.share('held'):8.1%}"
        print(f"{name:18}{made.values.total():8}{shares}{made.hits:6}{made.suspects:10}")
        for kind, count in sorted(made.values.items()):
            print(
                f"  {kind:16}{count:8}"
                f"{made.masked[kind] / count:8.1%}{made.held[kind] / count:8.1%}"
            )


if __name__ == "__main__":
    main()
