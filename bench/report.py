"""What was measured, as a page: medians, ratios, targets, and the machine."""

import importlib.metadata
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bench import measure

SIDES = {"ours": "ours", "hugo": "Hugo"}
BY = {**SIDES, "pagefind": "Pagefind, plain, over Hugo's pages"}
PAGE = pathlib.Path(__file__).with_name("RESULTS.md")
IMPORTED = "## A publisher's whole data, imported and published\n\n"
"""Where on the page begins what `importing` measured."""
GATE, SEARCH, DATA = "gate", "index", "data"
"""Our phases that Hugo does not have: the look for personal data, the search, open data."""
STAGES = {
    "fresh": "fresh build",
    "one": "one contract changed",
    "nothing": "nothing changed",
    "small": "fresh build, small site",
}
REQUIREMENTS = pathlib.Path(__file__).resolve().parents[1] / "requirements.in"

Measured = Mapping[tuple[str, str], list[measure.Run]]
"""The runs of each stage, by stage and side."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a site comes to: pages, files of any kind, bytes."""

    pages: int
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that a bench has found; `counts` are the contracts of the small and large site."""

    command: str
    counts: tuple[int, int]
    measured: Measured
    outputs: Mapping[str, Size]
    machine: Sequence[tuple[str, str]]

    def median(self, stage: str, side: str, of: str = "seconds") -> float:
        return statistics.median(getattr(one, of) for one in self.measured[stage, side])

    def without(self, stage: str, *phases: str) -> float:
        """The median of our runs without the seconds of some phases."""
        runs = self.measured[stage, "ours"]
        return statistics.median(one.seconds - _spent(one, phases) for one in runs)

    def pages(self, stage: str) -> float:
        """The median of our runs without the gate and the search: what Hugo does as well."""
        return self.without(stage, GATE, SEARCH, DATA)

    def searched(self, stage: str) -> float:
        """The median of the peers' runs together: Hugo's pages, and Pagefind's index of them."""
        runs = zip(self.measured[stage, "hugo"], self.measured[stage, "pagefind"], strict=True)
        return statistics.median(hugo.seconds + index.seconds for hugo, index in runs)


def _spent(run: measure.Run, phases: Sequence[str]) -> float:
    seconds = json.loads(run.output)["seconds"]
    return sum(seconds.get(phase, 0) for phase in phases)


@dataclass(frozen=True, slots=True)
class Figure:
    """One comparison: ours, the peer's, and the ratio that we want at most, if we want one."""

    name: str
    unit: str
    ours: float
    peer: float
    target: Fraction | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    @property
    def is_met(self) -> bool:
        return self.target is None or self.ratio <= self.target


def figures(result: Result) -> Iterator[Figure]:
    """Every comparison that has a target."""
    small, large = result.counts
    times = {
        stage: (result.median(stage, "ours"), result.median(stage, "hugo")) for stage in STAGES
    }
    memory = {side: result.median("fresh", side, "memory") / 1e6 for side in SIDES}
    memory["both"] = max(memory["hugo"], result.median("fresh", "pagefind", "memory") / 1e6)
    name = f"fresh build, {large:,} contracts"
    yield Figure(f"{name}, pages only", "s", result.pages("fresh"), times["fresh"][1], Fraction(1))
    both = (result.without("fresh", GATE, DATA), result.searched("fresh"))
    yield Figure(f"{name}, pages and search", "s", *both, Fraction(7, 10))
    both = (times["fresh"][0], result.searched("fresh"))
    yield Figure(f"{name}, all", "s", *both)
    yield Figure("peak memory of it", "MB", memory["ours"], memory["both"], Fraction(1, 8))
    yield Figure(
        "the same against Hugo alone", "MB", memory["ours"], memory["hugo"], Fraction(1, 5)
    )
    name = "one contract changed"
    yield Figure(f"{name}, pages only", "s", result.pages("one"), times["one"][1], Fraction(1, 15))
    both = (result.without("one", GATE, DATA), result.searched("one"))
    yield Figure(f"{name}, pages and search", "s", *both, Fraction(1, 25))
    both = (times["one"][0], result.searched("one"))
    yield Figure(f"{name}, all", "s", *both)
    yield Figure("nothing changed", "s", *times["nothing"], Fraction(1, 25))
    each = [
        result.pages(stage) * 1000 / count for stage, count in (("fresh", large), ("small", small))
    ]
    name = f"a contract's time, {large:,} against {small:,}, pages only"
    yield Figure(name, "ms", *each, Fraction(115, 100))


def size(output: pathlib.Path) -> Size:
    """The size of a built site."""
    files = [path for path in output.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    return Size(pages, len(files), sum(path.stat().st_size for path in files))


def machine(hugo: pathlib.Path) -> list[tuple[str, str]]:
    """What the measurements depend on: the machine, and the versions of all that took part."""
    proc = measure.PROC
    models = re.findall(r"^model name\s*: (.+)$", (proc / "cpuinfo").read_text(), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+) kB", (proc / "meminfo").read_text(), re.MULTILINE)
    version = subprocess.run([hugo, "version"], check=True, capture_output=True, text=True)
    lines = (line.partition("#")[0].strip() for line in REQUIREMENTS.read_text().splitlines())
    names = (re.split(r"[=<> ;]", line)[0] for line in lines if line)
    libraries = (f"{name} {importlib.metadata.version(name)}" for name in names)
    return [
        ("processor", f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores"),
        ("memory", f"{int(memory[1]) / 2**20:.0f} GiB" if memory else "unknown"),
        ("load at the start", f"{os.getloadavg()[0]:.1f}"),
        ("system", f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}"),
        ("Python", platform.python_version()),
        ("Hugo", version.stdout.split()[1].partition("-")[0]),
        ("libraries", ", ".join(libraries)),
    ]


def text(result: Result) -> str:
    """The page, in Markdown."""
    parts: tuple[Callable[[Result], str], ...] = (_head, _targets, _runs, _phases, _sizes, _machine)
    return "\n".join(part(result) for part in parts)


def _head(result: Result) -> str:
    runs = len(result.measured["fresh", "ours"])
    return (
        "# Results\n\nWritten by the bench; what is measured, and how, is in README.md. "
        f"Medians of {runs} run{'s' if runs > 1 else ''}.\n\n    {result.command}\n"
    )


def _targets(result: Result) -> str:
    rows = [
        (
            one.name,
            f"{one.ours:.{_decimals(one)}f} {one.unit}",
            f"{one.peer:.{_decimals(one)}f} {one.unit}",
            f"{one.ratio:.3f}",
            f"≤ {_target(one.target)}" if one.target is not None else "",
            "" if one.target is None else "yes" if one.is_met else "no",
        )
        for one in figures(result)
    ]
    return table("Targets", ("figure", "ours", "peer", "ratio", "target", "met?"), rows) + (
        "\nThe peer is Hugo, for pages and search Hugo and a plain Pagefind index of its pages, "
        "one after the other; in the last line it is our own small site.\n"
    )


def _decimals(figure: Figure) -> int:
    return 0 if figure.unit == "MB" else 2


def _target(target: Fraction) -> str:
    return f"1/{target.denominator}" if target.numerator == 1 else f"{float(target):.2f}"


def _runs(result: Result) -> str:
    rows = []
    for (stage, side), runs in result.measured.items():
        seconds = sorted(one.seconds for one in runs)
        rows.append(
            (
                STAGES[stage],
                BY[side],
                f"{statistics.median(seconds):.2f}",
                f"{seconds[0]:.2f} to {seconds[-1]:.2f}",
                f"{result.median(stage, side, 'processor'):.2f}",
                f"{result.median(stage, side, 'memory') / 1e6:.0f}",
            )
        )
    columns = ("build", "by", "median, s", "range, s", "processor time, s", "peak memory, MB")
    return table("Every build", columns, rows)


def _phases(result: Result) -> str:
    """The seconds by phase that the portal reports, of the median run of each stage."""
    found = {}
    for stage in STAGES:
        runs = sorted(result.measured[stage, "ours"], key=lambda one: one.seconds)
        found[stage] = json.loads(runs[len(runs) // 2].output)["seconds"]
    names = dict.fromkeys(name for seconds in found.values() for name in seconds)
    rows = [
        (name, *(f"{found[stage][name]:.2f}" if name in found[stage] else "" for stage in STAGES))
        for name in names
    ]
    return table("Where ours spends its time, s", ("phase", *STAGES.values()), rows)


def _sizes(result: Result) -> str:
    rows = [
        (SIDES[side], f"{one.pages:,}", f"{one.files:,}", f"{one.bytes / 1e6:,.0f}")
        for side, one in result.outputs.items()
    ]
    return table("What is written for the large site", ("by", "pages", "files", "MB"), rows)


def _machine(result: Result) -> str:
    return table("Machine", ("part", "value"), result.machine)


def put(text: str) -> None:
    """Writes the page of results; what `importing` measured stays at its end."""
    _, mark, imported = PAGE.read_text("utf-8").partition(IMPORTED)
    PAGE.write_text(f"{text}\n{mark}{imported}" if mark else text, encoding="utf-8")


def put_imported(text: str) -> None:
    """Writes what was measured of an import at the end of the page of results."""
    own, _, _ = PAGE.read_text("utf-8").partition(IMPORTED)
    PAGE.write_text(f"{own.rstrip()}\n\n{IMPORTED}{text}", encoding="utf-8")


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table below its heading, in Markdown."""
    lines = (columns, ["---"] * len(columns), *rows)
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"## {title}\n\n{table}\n"
