"""The command `import`: documents from outside the repository become drafts."""

import pathlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from portal import progress, strings
from portal.commands import terminal
from portal.commands.making import Maker

if TYPE_CHECKING:
    from portal.intake import importing

FORMATS = click.Choice(["contract", "ocds"])
"""What the files are: documents of contracts, or releases and records of OCDS."""
REPORT = click.Path(dir_okay=False, path_type=pathlib.Path)


def commands(maker: Maker) -> Iterator[click.Command]:
    option, existing = maker.option, click.Path(exists=True, path_type=pathlib.Path)
    yield maker.command(
        "import",
        _import,
        click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=existing),
        maker.root,
        option("--ocr", key="ocr", is_flag=True),
        option("--format", "form", key="import-format", type=FORMATS, default="contract"),
        option("--replace", key="replace", is_flag=True),
        option("--report", key="report", type=REPORT, default=None),
        maker.jobs,
    )


@click.pass_obj
def _import(
    spoken: str,
    /,
    *,
    paths: Sequence[pathlib.Path],
    root: pathlib.Path,
    ocr: bool,
    form: str,
    replace: bool,
    report: pathlib.Path | None,
    jobs: int,
) -> None:
    is_ocds = form == "ocds"
    if ocr if is_ocds else replace or report is not None:
        raise click.UsageError(strings.of(spoken)["usage.ocds"])
    asked = _Asked(paths, root, ocr, replace, report, jobs)
    (_releases if is_ocds else _documents)(spoken, asked)


class _Asked(NamedTuple):
    """What is to be imported, where to, and how."""

    paths: Sequence[pathlib.Path]
    root: pathlib.Path
    ocr: bool
    replace: bool
    report: pathlib.Path | None
    jobs: int


def _documents(spoken: str, asked: _Asked) -> None:
    paths, root = asked.paths, asked.root
    from portal.commands import account  # noqa: PLC0415 - readers of documents take a second
    from portal.intake import importing, originals  # noqa: PLC0415 - the same

    about = importing.about(root)
    taken = 0
    for path in paths:
        with progress.shown(spoken) as tell:
            found = importing.document(path, root, about, originals.Look(asked.ocr, tell))
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


def _releases(spoken: str, asked: _Asked) -> None:
    import gc  # noqa: PLC0415 - loaded where it is needed, as is what follows

    from portal.commands import released  # noqa: PLC0415
    from portal.intake import importing  # noqa: PLC0415
    from portal.intake.ocds import importing as ocds  # noqa: PLC0415
    from portal.intake.ocds import making  # noqa: PLC0415

    gc.enable()  # millions of values come and go here
    site = importing.about(asked.root).site
    if asked.report is not None:
        asked.report.write_text("")  # where it cannot be written, nothing is imported yet
    with progress.shown(spoken) as tell:
        wanted = ocds.Wanted(asked.root, asked.jobs, asked.replace, tell)
        account = ocds.run(asked.paths, site, making.words(site.language), wanted)
    for line in released.complaints(account, spoken):
        terminal.complain(line)
    for line in released.lines(account, spoken):
        terminal.echo(line)
    if asked.report is not None:
        count = released.write(asked.report, account, spoken)
        terminal.echo(strings.of(spoken)["import-ocds.report"].format(path=asked.report, n=count))
    if account.unread or account.refused:
        raise click.exceptions.Exit(1)


def _refused(one: "importing.Refusal", language: str) -> str:
    """`path: code: what is wrong; what to do`."""
    return (
        f"{one.path}: {one.code}: {strings.of(language)[f'unfit.{one.code}'].format_map(one.given)}"
    )
