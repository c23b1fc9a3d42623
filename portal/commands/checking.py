"""The command `check`: the content, what is staged, or what a push would publish."""

import json
import os
import pathlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import click

from portal import git, past, pipeline, progress, staged, strings
from portal.commands import site, terminal
from portal.commands.making import Maker
from portal.problems import Problem, Rejected, record

Say = Callable[[str], None]
STYLES = click.Choice(["text", "json"])


@dataclass(frozen=True, slots=True)
class Seen:
    """What looking came to: as data, and what is wrong."""

    data: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def __add__(self, other: "Seen") -> "Seen":
        return Seen({**self.data, **other.data}, self.problems + other.problems)


def commands(maker: Maker) -> Iterator[click.Command]:
    option = maker.option
    yield maker.command(
        "check",
        _check,
        maker.root,
        maker.jobs,
        maker.drafts,
        option("--format", "style", key="format", type=STYLES, default="text"),
        option("--staged", "index", key="staged", is_flag=True),
        option("--history", key="history", is_flag=True),
        option("--since", key="since", metavar="REV", default=None),
        option("--pushed", key="pushed", metavar="REMOTE", default=None),
    )


@click.pass_obj
def _check(
    spoken: str, /, *, style: str, index: bool, history: bool, drafts: bool, **given: Any
) -> None:
    since, pushed = given.pop("since"), given.pop("pushed")
    if (since or pushed) and not history:
        raise click.UsageError(strings.of(spoken)["usage.history"])
    say = terminal.echo if style == "text" else _unsaid
    seen = Seen()
    try:
        if index:
            seen += _staged(spoken, say, **given)
        if history:
            seen += _history(spoken, say, since, pushed, **given)
        if not index and not history:
            seen = _content(spoken, say, drafts=drafts, **given)
    except Rejected as refusal:
        seen += Seen(problems=refusal.problems)
    if style == "json":
        found = [record(one, spoken) for one in sorted(set(seen.problems))]
        terminal.echo(json.dumps({"problems": found, **seen.data}, ensure_ascii=False, indent=1))
    if seen.problems:
        raise click.exceptions.Exit(1) if style == "json" else Rejected(seen.problems)


def _unsaid(text: str) -> None:
    """Where data are asked for, nothing else is printed."""


def _content(spoken: str, say: Say, root: pathlib.Path, jobs: int, *, drafts: bool) -> Seen:
    with progress.shown(spoken) as tell:
        report = pipeline.check(site.options(root, None, jobs, drafts=drafts, progress=tell))
    say(strings.of(spoken)["done.check"].format(contracts=report.contracts))
    site.told(spoken, report, say)
    notices = [record(one, spoken) for one in report.notices]
    return Seen({"notices": notices, "contracts": report.contracts})


def _staged(spoken: str, say: Say, root: pathlib.Path, jobs: int) -> Seen:
    with progress.shown(spoken) as tell:
        report = staged.check(root, jobs, tell)
    say(strings.of(spoken)["done.staged"].format(files=report.files))
    return Seen({"staged": report.files}, report.problems)


def _history(
    spoken: str, say: Say, since: str | None, pushed: str | None, root: pathlib.Path, jobs: int
) -> Seen:
    """What was looked at is said in any case: nothing found in nothing would say little."""
    top, words = git.top(root), strings.of(spoken)
    if pushed is not None:
        wanted = past.pushed(top, pushed, os.fsdecode(sys.stdin.buffer.read()))
    else:
        wanted = past.unpushed(top) if since is None else past.since(top, since)
    with progress.shown(spoken) as tell:
        report = past.check(root, wanted, jobs, tell)
    counts = {"commits": report.commits, "files": report.files, "names": report.names}
    say(words["done.history"].format_map(counts))
    if report.is_shallow:
        say(words["done.shallow"])
    return Seen({**counts, "shallow": report.is_shallow}, report.problems)
