"""The commands that write files for authors: new, schema."""

import pathlib
from collections.abc import Iterator
from typing import Any

import click

from portal import draft, schema, strings
from portal.commands import terminal
from portal.commands.making import FOLDER, Maker


def commands(maker: Maker) -> Iterator[click.Command]:
    option, root = maker.option, maker.root
    yield maker.command(
        "new",
        _new,
        click.argument("id"),
        root,
        *(option(f"--{name}", key=name, default=None) for name in ("title", "agency")),
        option("--vendor", "vendors", key="vendor", multiple=True),
        *(option(f"--{name}", key=name, default=None) for name in ("amount", "signed")),
    )
    folder = option("--output", key="folder", type=FOLDER, default=None)
    yield maker.command("schema", _schema, root, folder)


@click.pass_obj
def _new(spoken: str, /, *, id: str, root: pathlib.Path, **given: Any) -> None:
    path = draft.write(root, spoken, id, draft.asked(spoken, given))
    terminal.echo(strings.of(spoken)["done.new"].format(path=path))


@click.pass_obj
def _schema(spoken: str, /, *, root: pathlib.Path, output: pathlib.Path | None) -> None:
    folder = output or root / "schema"
    written = schema.write(folder)
    terminal.echo(strings.of(spoken)["done.schema"].format(n=len(written), path=folder))
