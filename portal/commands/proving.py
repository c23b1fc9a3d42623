"""The commands about what was published: withdraw, verify."""

import datetime
import pathlib
import shlex
from collections.abc import Iterator, Mapping
from typing import Any

import click

from portal import strings, withdrawal
from portal.commands import terminal
from portal.commands.making import FOLDER, Maker

MOST = 50
"""Files of one kind that are named."""
DAY = click.DateTime(["%Y-%m-%d"])


def commands(maker: Maker) -> Iterator[click.Command]:
    option, root = maker.option, maker.root
    yield maker.command(
        "withdraw",
        _withdraw,
        click.argument("id"),
        root,
        option("--reason", key="reason", required=True),
        option("--date", "day", key="date", type=DAY, metavar="YYYY-MM-DD", default=None),
        option("--dry-run", "rehearsed", key="dry-run", is_flag=True),
        option("--yes", "agreed", key="agreed", is_flag=True),
    )
    output = option("--output", key="verify-output", type=FOLDER, default=None)
    sample = option("--sample", key="sample", type=click.IntRange(1, 10**9), default=None)
    site = click.argument("site", required=False, metavar="[URL|DIR]")
    yield maker.command("verify", _verify, site, root, output, maker.jobs, sample)


@click.pass_obj
def _withdraw(
    spoken: str,
    /,
    *,
    id: str,
    root: pathlib.Path,
    reason: str,
    day: datetime.datetime | None,
    rehearsed: bool,
    agreed: bool,
) -> None:
    words = strings.of(spoken)
    date = datetime.date.today() if day is None else day.date()  # noqa: DTZ011 - the clerk's day
    one = withdrawal.planned(root, id, date, reason)
    for line in _losses(one, words):
        terminal.echo(line)
    if rehearsed:
        terminal.echo(words["withdraw.rehearsed"])
        return
    if not one.is_kept and not agreed:
        terminal.echo(words["withdraw.unkept"])
        click.confirm(words["withdraw.ask"], abort=True)
    withdrawal.carried_out(one)
    terminal.echo(words["withdraw.done"].format(path=one.file))
    for line in _next(one, root, words):
        terminal.echo(line)


def _losses(one: withdrawal.Withdrawal, words: Mapping[str, str]) -> Iterator[str]:
    """What goes: the text, fields, documents."""
    comma = words["import.comma"]
    fields = comma.join(one.lost) or words["withdraw.no-field"]
    yield words["withdraw.loses"].format(path=one.file, fields=fields)
    if one.documents:
        names = comma.join(path.name for path in one.documents[:MOST])
        yield words["withdraw.documents"].format(n=len(one.documents), names=names)


def _next(
    one: withdrawal.Withdrawal, root: pathlib.Path, words: Mapping[str, str]
) -> Iterator[str]:
    """What to do; commands stand on lines of their own, to be copied."""
    is_here = root == pathlib.Path()
    site = "" if is_here else f" --root {shlex.quote(str(root))}"
    git = "git" if is_here else f"git -C {shlex.quote(str(root))}"
    paths = [one.file, *([one.file.with_suffix("")] if one.documents else [])]
    inside = " ".join(shlex.quote(path.relative_to(root).as_posix()) for path in paths)
    message = shlex.quote(words["withdraw.message"].format(id=one.file.stem))
    yield words["import.next"]
    yield f"  {words['withdraw.check']}"
    yield f"       python3 build.py check{site}"
    if one.is_kept:
        yield f"  {words['withdraw.commit']}"
        yield from (
            f"       {git} {what}"
            for what in (f"add -A -- {inside}", f"commit -m {message}", "push")
        )
        yield words["withdraw.history"]


@click.pass_obj
def _verify(spoken: str, /, **given: Any) -> None:
    from portal.commands import verifying  # noqa: PLC0415 - loads what speaks HTTP

    verifying.verify(spoken, **given)
