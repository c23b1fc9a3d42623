"""The commands that write files for authors: new, schema."""

import pathlib
import sys
from collections.abc import Iterator
from typing import Any

import click

from portal import draft, schema, strings
from portal.commands import asking, terminal
from portal.commands.making import FOLDER, Maker


def commands(maker: Maker) -> Iterator[click.Command]:
    option, root = maker.option, maker.root
    words = ("title", "number", "agency", "amount", "signed", "method", "region", "category")
    yield maker.command(
        "new",
        _new,
        click.argument("id", required=False),
        root,
        *(option(f"--{name}", key=name, default=None) for name in words),
        option("--vendor", "vendors", key="vendor", multiple=True),
        option("--folder", "below", key="below", metavar="FOLDER", default=None),
    )
    folder = option("--output", key="folder", type=FOLDER, default=None)
    yield maker.command("schema", _schema, root, folder)


@click.pass_obj
def _new(
    spoken: str, /, *, id: str | None, root: pathlib.Path, below: str | None, **options: Any
) -> None:
    """On a terminal, whatever is not given is asked for; elsewhere it is left open."""
    is_asked = sys.stdin.isatty() and sys.stdout.isatty()
    if id is None and not is_asked:
        raise click.MissingParameter(ctx=click.get_current_context(), param=_id())
    if id is not None or not (root / "site.yaml").is_file():
        draft.free(root, id or "draft")
    facts = draft.given(spoken, options)
    if is_asked:
        try:
            clerk = asking.Clerk(root, spoken)
            facts = clerk.facts(facts)
            id = clerk.id(facts) if id is None else id
        except (KeyboardInterrupt, click.Abort):
            terminal.complain("\n" + strings.of(spoken)["ask.stopped"])
            raise click.exceptions.Exit(130) from None
    path = draft.write(root, spoken, str(id), facts, below)
    terminal.echo(strings.of(spoken)["done.new"].format(path=path))


def _id() -> click.Parameter:
    """The parameter that is missing where nobody can be asked."""
    return next(one for one in click.get_current_context().command.params if one.name == "id")


@click.pass_obj
def _schema(spoken: str, /, *, root: pathlib.Path, output: pathlib.Path | None) -> None:
    folder = output or root / "schema"
    written = schema.write(folder)
    terminal.echo(strings.of(spoken)["done.schema"].format(n=len(written), path=folder))
