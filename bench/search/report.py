"""What was measured of the search, as a page: targets, every kind, bytes and times, failures."""

import collections
import importlib.metadata
import os
import platform
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench import measure as processes
from bench.search import queries
from bench.search.measure import First, Result
from bench.search.queries import NOTHING
from bench.search.score import Asked, high, middle, score

BEFORE, FACTS, TEXT = 60, 150, 500
"""Kilobytes, of 1,000 bytes: of the page, for a first query of names or numbers, of texts."""
USEFUL, DONE = 300, 100
"""Milliseconds: to the first right result of a first query, to the whole answer of a later one."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its target, and what it is at every size."""

    name: str
    target: str
    values: Sequence[str]
    is_met: bool


def text(command: str, results: Sequence[Result], machine: Sequence[tuple[str, str]]) -> str:
    """The page, in Markdown."""
    several = (
        _head(command, results),
        _targets(results),
        _kinds("First hit right", results, lambda asked: score(asked).first),
        _kinds("Recall at five", results, lambda asked: score(asked).recall),
        _costs(results[-1], "a host that packs", results[-1].first),
        _costs(results[-1], "a simple host", results[-1].simple),
        _table("Machine", ("part", "value"), machine),
        _failures(results),
    )
    return "\n".join(several)


def machine(browser: str, load: float) -> list[tuple[str, str]]:
    """What the measurements depend on."""
    model = re.search(
        r"^model name\s*: (.+)$", (processes.PROC / "cpuinfo").read_text(), re.MULTILINE
    )
    return [
        ("processor", f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores"),
        ("load at the start", f"{load:.1f}"),
        ("system", f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}"),
        ("Chromium", browser),
        ("Python", platform.python_version()),
        ("Pagefind", importlib.metadata.version("pagefind-bin-extended")),
    ]


def _head(command: str, results: Sequence[Result]) -> str:
    asked = [one.query for one in results[-1].ours.asked]
    samples = sum(one.is_sample for one in asked)
    return (
        "# The search\n\nWritten by the bench; what is measured, and how, is in README.md. "
        f"{len(asked)} queries at the largest size, {samples} of them for the sample contracts.\n\n"
        f"    {command}\n"
    )


def _targets(results: Sequence[Result]) -> str:
    rows = [
        (one.name, one.target, *one.values, "yes" if one.is_met else "no")
        for one in _figures(results)
    ]
    columns = ("figure", "target", *_sizes(results), "met?")
    plain = ", ".join(f"{high(_took(one.plain)):.0f}" for one in results)
    return _table("Targets", columns, rows) + (
        f"\nPlain Pagefind takes {plain} ms for a new query later, in the same browser, without a "
        "page to draw: five results, their texts with them.\n"
        "\nBytes are the most, times the 95th percentile. The numbers of contracts are without "
        "the three samples. A simple host packs nothing and speaks HTTP/1.1; the others send texts "
        "in gzip, over HTTP/2.\n"
    )


def _sizes(results: Sequence[Result]) -> list[str]:
    return [f"{one.count:,}" for one in results]


def _took(asked: Sequence[Asked]) -> list[float]:
    """The milliseconds of replies."""
    return [one.reply.milliseconds for one in asked]


def _figures(results: Sequence[Result]) -> Iterator[Figure]:
    facts = queries.facts()
    yield _least("first hit right", 0.97, (score(_meant(one)).first for one in results))
    yield _least("recall at five", 0.98, (score(_meant(one)).recall for one in results))
    named = [[one for one in _meant(each) if one.query.kind in facts] for each in results]
    yield _least("first hit right, names and numbers", 1.0, (score(one).first for one in named))
    absent = [_absent(one) for one in results]
    yield _least("nothing exact where nothing is", 1.0, (score(one).first for one in absent))
    several = [one.first for one in results]
    yield from _firsts("", several)
    yield from _firsts(", a simple host", [*([()] * (len(results) - 1)), results[-1].simple])
    new = (high([each.new for each in one.ours.warm]) for one in results)
    yield _most("a new query later, ms", DONE, new)
    again = (high([each.again for each in one.ours.warm]) for one in results)
    yield _most("a query asked again, ms", DONE, again)
    yield _most("answers that a first query changes", 0, (len(one.changed()) for one in results))


def _firsts(where: str, several: Sequence[Sequence[First]]) -> Iterator[Figure]:
    """Of first queries the bytes and the time to the first right result."""
    facts = queries.facts()
    others = frozenset(queries.titles()) - facts
    yield _most(f"before typing, kB{where}", BEFORE, _bytes(several, before=True))
    yield _most(f"first query, names and numbers, kB{where}", FACTS, _bytes(several, facts))
    yield _most(f"the same, in the median{where}", FACTS, _bytes(several, facts, of=middle))
    yield _most(f"first query, texts, kB{where}", TEXT, _bytes(several, others))
    yield _most(f"the same, in the median{where}", TEXT, _bytes(several, others, of=middle))
    named = [[one for one in each if one.query.kind in facts] for each in several]
    useful = (high(_useful(one)) if one else None for one in named)
    yield _most(f"first right result of a name or number, ms{where}", USEFUL, useful)
    useful = (high(_useful(one)) if one else None for one in several)
    yield _most(f"first right result of a first query, ms{where}", USEFUL, useful)
    useful = (middle(_useful(one)) if one else None for one in several)
    yield _most(f"the same, in the median{where}", USEFUL, useful)


def _least(name: str, target: float, values: Iterable[float]) -> Figure:
    several = tuple(values)
    shown = [f"{one:.3f}" for one in several]
    return Figure(name, f"≥ {target:.2f}", shown, all(one >= target for one in several))


def _most(name: str, target: float, values: Iterable[float | None]) -> Figure:
    several = tuple(values)
    shown = ["" if one is None else f"{one:.0f}" for one in several]
    return Figure(name, f"≤ {target}", shown, all(one <= target for one in several if one))


def _meant(result: Result) -> list[Asked]:
    return [one for one in result.ours.asked if one.query.answers]


def _absent(result: Result) -> list[Asked]:
    return [one for one in result.ours.asked if not one.query.answers]


def _bytes(
    several: Sequence[Sequence[First]],
    kinds: frozenset[str] | None = None,
    *,
    before: bool = False,
    of: Callable[[Sequence[float]], float] = max,
) -> Iterator[float | None]:
    for firsts in several:
        costs = [one.cold for one in firsts if kinds is None or one.query.kind in kinds]
        bytes_ = [one.before if before else one.loaded for one in costs]
        yield of(bytes_) / 1000 if bytes_ else None


def _useful(several: Iterable[First]) -> list[float]:
    """When the first right result stood there; where none did, when nothing more could come."""
    replies = [one.cold.reply for one in several if one.query.answers]
    return [one.milliseconds if one.useful is None else one.useful for one in replies]


def _kinds(title: str, results: Sequence[Result], value: Callable[[list[Asked]], float]) -> str:
    """A figure by kind and size, ours and plain Pagefind's."""
    sides = [*(one.ours.asked for one in results), *(one.plain for one in results)]
    columns = ["kind", "queries"]
    columns += [f"{side}, {size}" for side in ("ours", "Pagefind") for size in _sizes(results)]
    grouped = [_by_kind(side) for side in sides]
    rows = []
    for kind, name in queries.titles().items():
        values = [f"{value(one[kind]):.2f}" for one in grouped]
        rows.append((name, str(len(grouped[len(results) - 1][kind])), *values))
    whole = [f"{value([each for each in one if each.query.answers]):.3f}" for one in sides]
    rows.append(("all that is there", str(len(_meant(results[-1]))), *whole))
    return _table(title, columns, rows)


def _by_kind(asked: Iterable[Asked]) -> Mapping[str, list[Asked]]:
    found: dict[str, list[Asked]] = collections.defaultdict(list)
    for one in asked:
        found[one.query.kind].append(one)
    return found


def _costs(result: Result, where: str, of: Sequence[First]) -> str:
    """Bytes and times by kind."""
    rows = []
    for kind, name in queries.titles().items():
        firsts = [one for one in of if one.query.kind == kind]
        loaded = [one.cold.loaded / 1000 for one in firsts]
        done = [one.cold.reply.milliseconds for one in firsts]
        warm = [one for one in result.ours.warm if one.query.kind == kind]
        rows.append(
            (
                name,
                _both(loaded),
                _both(_useful(firsts)) if _useful(firsts) else "",
                _both(done),
                _both([one.new for one in warm]),
                _both([one.again for one in warm]),
            )
        )
    columns = (
        "kind",
        "first query, kB",
        "its first right result, ms",
        "all of it, ms",
        "a new query later, ms",
        "asked again, ms",
    )
    title = f"Bytes and times from {where}, {result.count:,} contracts: median, 95th percentile"
    return _table(title, columns, rows)


def _both(values: Sequence[float]) -> str:
    return f"{middle(values):.0f}, {high(values):.0f}"


def _failures(results: Sequence[Result]) -> str:
    """The queries that did not find what they should, and what was first instead."""
    rows = [
        (f"{result.count:,}", queries.titles()[one.query.kind], f"`{one.query.text}`", *_fault(one))
        for result in results
        for one in result.ours.asked
        if one.first < 1 or one.recall < 1
    ]
    columns = ("contracts", "kind", "query", "first hit", "recall", "what was first")
    return _table("What fails", columns, rows)


def _fault(one: Asked) -> tuple[str, str, str]:
    if one.query.kind.startswith(NOTHING):
        return "not empty", "", f"{one.reply.exact} exact"
    first = "/".join(one.reply.results[0]) if one.reply.results else "nothing"
    return "right" if one.first else "wrong", f"{one.recall:.2f}", first


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = (columns, ["---"] * len(columns), *rows)
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"## {title}\n\n{table}\n"
