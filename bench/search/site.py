"""The sites that are searched: made contracts with the samples among them, built by the portal.

Beside each, what a plain Pagefind makes of the same pages.
"""

import os
import pathlib
import shutil
import subprocess
import sys

import click

from bench import generate
from portal.search import full

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "content"
REGISTRIES = ("agencies", "vendors")
SEED = 1
PAGES = "{contracts,agencies,vendors}/*/index.html"
"""What plain Pagefind is given: one page for each thing that ours may find."""
BARE = '<!doctype html><html lang="zh-CN"><title>Pagefind</title></html>'


def samples() -> frozenset[str]:
    """The ids of the sample contracts."""
    return frozenset(path.stem for path in (SAMPLES / "contracts").rglob("*.md"))


def make(root: pathlib.Path, count: int, jobs: int) -> None:
    """A site folder of so many made contracts, and the samples; one that is there is kept."""
    done = root / ".made"
    if not done.exists():
        generate.make(root, count, SEED, jobs)
        done.touch()
    for path in sorted((SAMPLES / "contracts").rglob("*.md")):
        shutil.copy(path, root / "content/contracts" / path.parent.name)
    for name in REGISTRIES:
        shutil.copytree(SAMPLES / name, root / "content" / name, dirs_exist_ok=True)


def build(root: pathlib.Path, output: pathlib.Path) -> None:
    """Build it with the portal, in a process of its own."""
    told = ("build", "--root", root, "--output", output)
    _run((sys.executable, ROOT / "build.py", *told))


def plain(output: pathlib.Path, folder: pathlib.Path) -> None:
    """An empty page with a Pagefind index of the built pages, as Pagefind's program makes it."""
    program = full.program()
    if program is None:
        raise click.ClickException("there is no Pagefind for this platform")
    shutil.rmtree(folder, ignore_errors=True)
    told = ("--site", output, "--output-path", folder / "pagefind", "--glob", PAGES, "--silent")
    _run((program, *told))
    (folder / "index.html").write_text(BARE, encoding="utf-8")


def _run(command: tuple[str | pathlib.Path, ...]) -> None:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, env=os.environ
    )
    if done.returncode:
        raise click.ClickException((done.stdout + done.stderr)[-4000:])
