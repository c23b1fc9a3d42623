"""How good replies are, and how long they took."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.search.browser import Reply
from bench.search.queries import NOTHING, Query

SEEN = 5
"""Results that people look at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and what came of it."""

    query: Query
    reply: Reply

    @property
    def first(self) -> float:
        """Whether the first result is right; for a query for nothing, that nothing is exact."""
        if self.query.kind.startswith(NOTHING):
            return float(self.reply.says_nothing())
        return float(bool(self.reply.results) and self.reply.results[0] in self.query.right)

    @property
    def recall(self) -> float:
        """The share of the right answers, five at most, that are among the first five results."""
        if self.query.kind.startswith(NOTHING):
            return self.first
        seen = set(self.reply.results[:SEEN])
        found = sum(not seen.isdisjoint(answer) for answer in self.query.answers)
        return min(1.0, found / min(SEEN, len(self.query.answers)))


@dataclass(frozen=True, slots=True)
class Score:
    """The first hit right and the recall at five of several queries, as shares."""

    count: int
    first: float
    recall: float


def score(asked: Iterable[Asked]) -> Score:
    """How good several replies are, in the mean."""
    several = tuple(asked)
    mean = statistics.fmean
    return Score(
        len(several), mean(one.first for one in several), mean(one.recall for one in several)
    )


def middle(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def high(values: Sequence[float]) -> float:
    """The 95th percentile: the least value that 95 of 100 do not exceed."""
    return sorted(values)[math.ceil(len(values) * 0.95) - 1]
