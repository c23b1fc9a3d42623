"""The command `import`: documents from outside the repository become drafts."""

import pathlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from portal import progress, strings
from portal.commands import terminal
from portal.commands.making import Maker

if TYPE_CHECKING:
    from portal.intake import importing

FORMATS = click.Choice(["contract"])
"""What the files are: documents of contracts."""


def commands(maker: Maker) -> Iterator[click.Command]:
    option, existing = maker.option, click.Path(exists=True, path_type=pathlib.Path)
    yield maker.command(
        "import",
        _import,
        click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=existing),
        maker.root,
        option("--ocr", key="ocr", is_flag=True),
        option("--format", "form", key="import-format", type=FORMATS, default="contract"),
    )


@click.pass_obj
def _import(
    spoken: str,
    /,
    *,
    paths: Sequence[pathlib.Path],
    root: pathlib.Path,
    ocr: bool,
    form: str,  # noqa: ARG001 - one format so far
) -> None:
    from portal.commands import account  # noqa: PLC0415 - readers of documents take a second
    from portal.intake import importing, originals  # noqa: PLC0415 - the same

    about = importing.about(root)
    taken = 0
    for path in paths:
        with progress.shown(spoken) as tell:
            found = importing.document(path, root, about, originals.Look(ocr, tell))
        if isinstance(found, importing.Refusal):
            terminal.complain(_refused(found, spoken))
            continue
        taken += 1
        for line in account.Account(found, spoken, root).lines():
            terminal.echo(line)
    if len(paths) > 1:
        words = strings.of(spoken)["done.import"]
        terminal.echo(words.format(taken=taken, refused=len(paths) - taken))
    if taken < len(paths):
        raise click.exceptions.Exit(1)


def _refused(one: "importing.Refusal", language: str) -> str:
    """`path: code: what is wrong; what to do`."""
    return (
        f"{one.path}: {one.code}: {strings.of(language)[f'unfit.{one.code}'].format_map(one.given)}"
    )
