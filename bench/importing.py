"""Imports a publisher's whole data and publishes them: time, memory, totals, in RESULTS.md."""

import contextlib
import csv
import json
import os
import pathlib
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal

import click

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script: the packages lie one folder above

from bench import measure, report  # noqa: E402

SITE = "name: Contracts\nurl: https://contracts.example.org/\nlanguage: en\ncurrency: CAD\n"
SECONDS, MEMORY = 180, 1_000_000_000
"""What the import of 26,000 contracts may take: seconds, and bytes of all its processes."""
Totals = dict[str, tuple[int, Decimal, int]]
"""Contracts, their values in all, values of zero; by the kind of file that says so."""


def steps(folder: pathlib.Path, file: pathlib.Path, jobs: int) -> Iterator[tuple[str, measure.Run]]:
    """The data imported, imported again, published, published again; each a process of its own."""
    site, output = folder / "site", folder / "output"
    site.mkdir()
    (site / "site.yaml").write_text(SITE, "utf-8")
    program = (sys.executable, ROOT / "build.py")
    common = ("--root", site, "--jobs", str(jobs))
    taken = (*program, "import", "--format", "ocds", *common, file)
    made = (*program, "build", *common, "--output", output)
    for name, command, right in (
        ("import", taken, (0, 1)),
        ("import again", taken, (0, 1)),
        ("fresh build", made, (0,)),
        ("build, nothing changed", made, (0,)),
    ):
        one = measure.run(command, {"PORTAL_TRACE": "1"}, right)
        click.echo(f"{name:>24} {one.seconds:8.2f} s {one.memory / 1e6:8.0f} MB")
        yield name, one


def totals(output: pathlib.Path) -> Totals:
    """What JSON, CSV and SQLite come to."""
    paths = sorted((output / "contracts").glob("*/index.json"))
    values = [json.loads(one.read_bytes(), parse_float=Decimal)["value"] for one in paths]
    with open(output / "data" / "contracts.csv", encoding="utf-8-sig", newline="") as file:
        cells = [one["amount"] for one in csv.DictReader(file)]
    with contextlib.closing(sqlite3.connect(output / "data" / "contracts.sqlite")) as base:
        stored = [amount for (amount,) in base.execute("SELECT amount FROM contracts")]
    return {
        "JSON": _totals([one.get("amount") for one in values]),
        "CSV": _totals([one or None for one in cells]),
        "SQLite": _totals(stored),
    }


def _totals(amounts: list[object]) -> tuple[int, Decimal, int]:
    exact = [Decimal(str(one)) for one in amounts if one is not None]
    return len(amounts), sum(exact, Decimal(0)), sum(one == 0 for one in exact)


def page(
    command: str, runs: list[tuple[str, measure.Run]], found: Totals, size: report.Size, load: float
) -> str:
    """What was measured, in Markdown."""
    rows = [
        (
            name,
            f"{one.seconds:.1f}",
            f"{one.processor:.1f}",
            f"{one.memory / 1e6:.0f}",
            f"{one.largest / 1e6:.0f}",
        )
        for name, one in runs
    ]
    columns = ("step", "seconds", "processor time, s", "peak memory, MB", "largest process, MB")
    sums = [(name, f"{n:,}", f"{total:,}", str(zero)) for name, (n, total, zero) in found.items()]
    (_, first), (_, again) = runs[:2]
    told = [line for line in first.output.splitlines() if line.startswith(("Read", "Contracts"))]
    told += [line for line in again.output.splitlines() if line.startswith("Contracts")]
    is_met = first.seconds <= SECONDS and first.memory <= MEMORY
    return "\n".join(
        (
            f"    {command}\n",
            *(f"    {line}" for line in told),
            f"\nAn import may take three minutes and 1 GB: {'met' if is_met else 'missed'}.",
            "Memory is the greatest sum of all processes; README.md says how it is taken.",
            f"{os.cpu_count()} cores, load {load:.1f} at the start.\n",
            report.table("Imported: time and memory", columns, rows),
            report.table("Imported: totals", ("from", "contracts", "value in all", "zero"), sums),
            f"Written: {size.pages:,} pages, {size.files:,} files, {size.bytes / 1e6:,.0f} MB.\n",
        )
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=pathlib.Path))
@click.option("--jobs", default=2, help="Processors for it.")
def main(file: pathlib.Path, jobs: int) -> None:
    """Import FILE into an empty site, publish it, and write it into RESULTS.md."""
    load = os.getloadavg()[0]
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:jobs])
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folder = pathlib.Path(place)
        runs = list(steps(folder, file.resolve(), jobs))
        found, size = totals(folder / "output"), report.size(folder / "output")
    command = f"python bench/importing.py {file.name} --jobs {jobs}"
    text = page(command, runs, found, size, load)
    click.echo(text)
    report.put_imported(text)


if __name__ == "__main__":
    main()
