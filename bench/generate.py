"""Makes registers of any size to measure with: for the portal, and the same ones for Hugo."""

import functools
import hashlib
import multiprocessing
import pathlib
import random
import shutil
import sys

import click

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a script: the packages lie one folder above

from bench import contracts, edits, front, peer  # noqa: E402
from bench import vocabulary as words  # noqa: E402

SITE: front.Tree = {
    "name": "合同公开平台",
    "url": "https://contracts.example.org/",
    "language": "zh-CN",
    "description": "性能测试用的虚构合同。",
    "publisher": "性能测试",
    "redaction": {"kinds": {"person-name": "keep", "signature": "keep"}},
}
"""The site's facts. Its texts are words in random order, in which names seem to stand: they are
looked for like anywhere, and then kept."""

Folder = click.Path(file_okay=False, path_type=pathlib.Path)


def make(root: pathlib.Path, count: int, seed: int, jobs: int) -> None:
    """Writes a site folder with so many contracts; the same bytes for the same count and seed."""
    folder = root / "content" / "contracts"
    shutil.rmtree(folder, ignore_errors=True)
    for year in words.YEARS:
        (folder / str(year)).mkdir(parents=True)
    (root / "site.yaml").write_text(front.text(SITE), encoding="utf-8")
    write = functools.partial(_write, folder, count, seed)
    with multiprocessing.Pool(jobs) as pool:
        for _ in pool.imap_unordered(write, range(count), chunksize=100):
            pass


def _write(folder: pathlib.Path, count: int, seed: int, index: int) -> None:
    path, document = contracts.contract(index, count, seed)
    (folder / path).write_text(document, encoding="utf-8")


def touch(root: pathlib.Path, count: int, round: int) -> list[pathlib.Path]:
    """Edits so many contracts in place, others in each round, and returns their paths."""
    source = random.Random(f"touch-{round}")
    chosen = source.sample(files(root), count)
    for path in chosen:
        document = path.read_text(encoding="utf-8")
        path.write_text(edits.edited(document, source), encoding="utf-8")
    return chosen


def files(root: pathlib.Path) -> list[pathlib.Path]:
    """The contracts of a site folder, in order."""
    return sorted((root / "content" / "contracts").glob("*/*.md"))


def stats(root: pathlib.Path) -> str:
    """How many contracts, how large their bodies are, and a digest of all bytes."""
    digest, sizes, total = hashlib.sha256(), [], 0
    for path in files(root):
        data = path.read_bytes()
        digest.update(path.name.encode() + data)
        total += len(data)
        sizes.append(len(front.split(data.decode())[1].encode()))
    sizes.sort()
    tenth = len(sizes) // 10
    return (
        f"{len(sizes)} contracts, {total / 1e6:.1f} MB; "
        f"bodies: mean {sum(sizes) // len(sizes)} bytes, least {sizes[0]}, 10 % {sizes[tenth]}, "
        f"median {sizes[len(sizes) // 2]}, 90 % {sizes[-tenth - 1]}, most {sizes[-1]}; "
        f"sha256 {digest.hexdigest()[:16]}"
    )


@click.group()
def main() -> None:
    """Make registers to measure with."""


@main.command("make")
@click.argument("count", type=click.IntRange(min=5))
@click.argument("folder", type=Folder)
@click.option("--seed", default=1, show_default=True)
@click.option("--jobs", default=2, show_default=True)
def make_command(count: int, folder: pathlib.Path, seed: int, jobs: int) -> None:
    """Write a site folder with COUNT contracts."""
    make(folder, count, seed, jobs)


@main.command("touch")
@click.argument("folder", type=Folder)
@click.argument("count", type=click.IntRange(min=1))
@click.option("--round", default=1, show_default=True)
def touch_command(folder: pathlib.Path, count: int, round: int) -> None:
    """Edit COUNT contracts in place."""
    for path in touch(folder, count, round):
        click.echo(path)


@main.command("stats")
@click.argument("folder", type=Folder)
def stats_command(folder: pathlib.Path) -> None:
    """Describe the contracts of a site folder."""
    click.echo(stats(folder))


@main.command("hugo")
@click.argument("folder", type=Folder)
@click.argument("output", type=Folder)
@click.option("--jobs", default=2, show_default=True)
def hugo_command(folder: pathlib.Path, output: pathlib.Path, jobs: int) -> None:
    """Write the contracts of a site folder as a Hugo site."""
    peer.site(folder, output, jobs)


if __name__ == "__main__":
    main()
