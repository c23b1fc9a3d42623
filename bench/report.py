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

    def pages(self, stage: str) -> float:
        """The median of our runs without the gate's seconds: the peer has no gate."""
        runs = self.measured[stage, "ours"]
        gates = (json.loads(one.output)["seconds"].get("gate", 0) for one in runs)
        return statistics.median(one.seconds - gate for one, gate in zip(runs, gates, strict=True))


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
    memory = [result.median("fresh", side, "memory") / 1e6 for side in SIDES]
    name = f"fresh build, {large:,} contracts"
    yield Figure(f"{name}, pages only", "s", result.pages("fresh"), times["fresh"][1], Fraction(1))
    yield Figure(f"{name}, with the gate", "s", *times["fresh"])
    yield Figure(f"peak memory, {large:,} contracts", "MB", *memory, Fraction(1, 5))
    name = "one contract changed"
    yield Figure(f"{name}, pages only", "s", result.pages("one"), times["one"][1], Fraction(1, 15))
    yield Figure(f"{name}, with the gate", "s", *times["one"])
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
    libraries = (f"{name} {importlib.metadata.version(name)}" for name in lines if name)
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
    return _table("Targets", ("figure", "ours", "peer", "ratio", "target", "met?"), rows) + (
        "\nThe peer is Hugo; in the last line it is our own small site.\n"
    )


def _decimals(figure: Figure) -> int:
    return 0 if figure.unit == "MB" else 2


def _target(target: Fraction) -> str:
    return f"{float(target):.2f}" if target >= 1 else f"1/{target.denominator}"


def _runs(result: Result) -> str:
    rows = []
    for (stage, side), runs in result.measured.items():
        seconds = sorted(one.seconds for one in runs)
        rows.append(
            (
                STAGES[stage],
                SIDES[side],
                f"{statistics.median(seconds):.2f}",
                f"{seconds[0]:.2f} to {seconds[-1]:.2f}",
                f"{result.median(stage, side, 'processor'):.2f}",
                f"{result.median(stage, side, 'memory') / 1e6:.0f}",
            )
        )
    columns = ("build", "by", "median, s", "range, s", "processor time, s", "peak memory, MB")
    return _table("Every build", columns, rows)


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
    return _table("Where ours spends its time, s", ("phase", *STAGES.values()), rows)


def _sizes(result: Result) -> str:
    rows = [
        (SIDES[side], f"{one.pages:,}", f"{one.files:,}", f"{one.bytes / 1e6:,.0f}")
        for side, one in result.outputs.items()
    ]
    return _table("What is written for the large site", ("by", "pages", "files", "MB"), rows)


def _machine(result: Result) -> str:
    return _table("Machine", ("part", "value"), result.machine)


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = (columns, ["---"] * len(columns), *rows)
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"## {title}\n\n{table}\n"
