"""Measures the search in Chromium, beside a plain Pagefind, and writes bench/SEARCH.md."""

import os
import pathlib
import shlex
import sys
import tempfile
from dataclasses import dataclass

import click

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # the browser that the tests drive is driven here too

from bench.search import measure, pipe, queries, register, report, site  # noqa: E402
from browser import chromium  # noqa: E402

OUTPUT = ROOT / "bench" / "SEARCH.md"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked: first queries of a kind, rounds of later ones, and which the rules make."""

    cold: int
    warm: int
    seed: str = ""
    times: int = 1


class Sizes(click.ParamType):
    """Numbers of contracts, parted by commas."""

    name = "sizes"

    def convert(
        self, value: str | tuple[int, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        try:
            return tuple(int(one) for one in value.split(","))
        except ValueError:
            self.fail(f"{value} is no list of numbers", param, ctx)


@click.command()
@click.option("--contracts", type=Sizes(), default="300,3000,10000")
@click.option("--cold", default=4, show_default=True, help="Queries of a kind asked first.")
@click.option("--warm", default=3, show_default=True, help="How often all are asked again.")
@click.option("--seed", default="", help="Anything: other queries of the same kinds.")
@click.option("--times", default=1, show_default=True, help="So many times as many of those.")
@click.option("--keep", type=click.Path(path_type=pathlib.Path), help="Where the sites stay.")
@click.option("--look", is_flag=True, help="Show what was measured, write no file.")
def main(
    *,
    contracts: tuple[int, ...],
    cold: int,
    warm: int,
    seed: str,
    times: int,
    keep: pathlib.Path | None,
    look: bool,
) -> None:
    """Measure the search, and write bench/SEARCH.md."""
    plan = Plan(cold, warm, seed, times)
    path = chromium.find()
    if path is None:
        raise click.ClickException(chromium.NOT_FOUND)
    load = os.getloadavg()[0]
    with (
        tempfile.TemporaryDirectory(prefix="bench-search-") as folder,
        pipe.running(path, chromium.arguments()) as browser,
    ):
        place = keep or pathlib.Path(folder)
        machine = report.machine(browser.version, load)
        results = [
            measured(browser, place / str(count), count, plan, is_last=count == contracts[-1])
            for count in contracts
        ]
    sizes = ",".join(map(str, contracts))
    command = f"python -m bench.search --contracts {sizes} --cold {cold} --warm {warm}"
    if plan != Plan(cold, warm):
        command += f" --seed {shlex.quote(seed)} --times {times}"
    text = report.text(command, results, machine)
    click.echo(text)
    if not look:
        OUTPUT.write_text(text, encoding="utf-8")


def measured(
    browser: pipe.Chromium,
    folder: pathlib.Path,
    count: int,
    plan: Plan,
    *,
    is_last: bool,
) -> measure.Result:
    """All that is measured of a site of so many made contracts; of the last one on both hosts."""
    root, output, plain = folder / "site", folder / "public", folder / "plain"
    click.echo(f"{count:,} contracts: building …")
    site.make(root, count, len(os.sched_getaffinity(0)))
    site.build(root, output)
    site.plain(output, plain)
    asked = queries.queries(register.read(root, site.samples()), plan.seed, plan.times)
    click.echo(f"{count:,} contracts: {len(asked)} queries …")
    return measure.Result(
        count,
        measure.ours(browser, output, asked, plan.warm),
        measure.plain(browser, plain, asked),
        measure.first(browser, output, asked, plan.cold, packs=True),
        measure.first(browser, output, asked, plan.cold, packs=False) if is_last else (),
    )


if __name__ == "__main__":
    main()
