"""The command `check`: the content, what is staged, or what a push would publish."""

import json
import os
import pathlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import click

from portal import annotations, gate, git, past, pipeline, progress, proposal, staged, strings
from portal.commands import site, summary, terminal
from portal.commands.making import Maker
from portal.problems import Problem, Refused, Rejected, record

Say = Callable[[str], None]
STYLES = click.Choice(["text", "json", "github"])
FILE = click.Path(path_type=pathlib.Path, dir_okay=False)


@dataclass(frozen=True, slots=True)
class Seen:
    """What looking came to: as data, as a report on the content, and what is wrong."""

    data: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    report: pipeline.Report = field(default_factory=pipeline.Report)

    def __add__(self, other: "Seen") -> "Seen":
        data = {**self.data, **other.data}
        return Seen(data, self.problems + other.problems, other.report)


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
        option("--summary", "written", key="summary", type=FILE, default=None),
        option("--base", key="base", metavar="REV", default=None),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check is asked to look at, and where the summary goes."""

    root: pathlib.Path
    jobs: int
    index: bool
    history: bool
    drafts: bool
    since: str | None
    pushed: str | None
    base: str | None
    written: pathlib.Path | None

    @property
    def is_content(self) -> bool:
        """Whether the content is checked, as it lies there."""
        return not self.index and not self.history


@click.pass_obj
def _check(spoken: str, /, *, style: str, **given: Any) -> None:
    asked = Asked(**given)
    _fits(spoken, asked)
    say = _unsaid if style == "json" else terminal.echo
    tell = _unsaid if asked.written is None else _added(asked.written)
    try:
        seen = _looked(spoken, say, tell, asked)
    except Rejected as refusal:
        seen = Seen(problems=refusal.problems)
    except Refused as refusal:
        if style == "github":
            terminal.echo(annotations.command("error", refusal.message(spoken)))
        raise
    problems = tuple(sorted(set(seen.problems)))
    if problems:
        tell(summary.refused(problems, spoken))
    if style == "github":
        _annotated(spoken, seen, _prefix(asked.root) if asked.is_content else "")
    if style == "json":
        found = [record(one, spoken) for one in problems]
        terminal.echo(json.dumps({"problems": found, **seen.data}, ensure_ascii=False, indent=1))
    if problems:
        raise click.exceptions.Exit(1) if style == "json" else Rejected(problems)


def _fits(spoken: str, asked: Asked) -> None:
    """Options that go with others go with them."""
    words = strings.of(spoken)
    if (asked.since or asked.pushed) and not asked.history:
        raise click.UsageError(words["usage.history"])
    if asked.base and (asked.written is None or not asked.is_content):
        raise click.UsageError(words["usage.base"])


def _looked(spoken: str, say: Say, tell: Say, asked: Asked) -> Seen:
    if asked.is_content:
        return _content(spoken, say, tell, asked)
    seen = _staged(spoken, say, asked.root, asked.jobs) if asked.index else Seen()
    return seen + _history(spoken, say, asked) if asked.history else seen


def _annotated(spoken: str, seen: Seen, prefix: str) -> None:
    """What GitHub shows on the lines: problems, what to look at, and drafts."""
    found = sorted(set(seen.problems))
    for line in annotations.problems(found, "error", spoken, prefix):
        terminal.echo(line)
    for line in annotations.problems(seen.report.notices, "notice", spoken, prefix):
        terminal.echo(line)
    said = strings.of(spoken)["done.draft"]
    for path in seen.report.drafts:
        place = prefix + gate.shown(path)
        terminal.echo(annotations.command("notice", said, file=place, title="draft"))


def _prefix(root: pathlib.Path) -> str:
    """What leads from the top of the repository to the site; without git, from where we stand."""
    try:
        return git.prefix(git.top(root), root)
    except Refused:
        inside = os.path.relpath(root).replace(os.sep, "/")
        return "" if inside == "." or inside.startswith("..") else f"{inside}/"


def _added(path: pathlib.Path) -> Say:
    """Adds a text to a file, as GitHub's summaries are written."""

    def add(text: str) -> None:
        with open(path, "a", encoding="utf-8") as file:
            file.write(text)

    return add


def _unsaid(text: str) -> None:
    """Where data are asked for, nothing else is printed."""


def _content(spoken: str, say: Say, tell: Say, asked: Asked) -> Seen:
    root, base = asked.root, asked.base
    with progress.shown(spoken) as follow:
        wanted = site.options(root, None, asked.jobs, drafts=asked.drafts, progress=follow)
        found = pipeline.check(wanted)
    report = pipeline.told(found)
    compared = proposal.whole(found) if base is None else proposal.against(found, root, base)
    tell(summary.proposed(compared, spoken))
    say(strings.of(spoken)["done.check"].format(contracts=report.contracts))
    site.told(spoken, report, say)
    notices = [record(one, spoken) for one in report.notices]
    return Seen({"notices": notices, "contracts": report.contracts}, report=report)


def _staged(spoken: str, say: Say, root: pathlib.Path, jobs: int) -> Seen:
    with progress.shown(spoken) as tell:
        report = staged.check(root, jobs, tell)
    say(strings.of(spoken)["done.staged"].format(files=report.files))
    return Seen({"staged": report.files}, report.problems)


def _history(spoken: str, say: Say, asked: Asked) -> Seen:
    """What was looked at is said in any case: nothing found in nothing would say little."""
    root, jobs, since, pushed = asked.root, asked.jobs, asked.since, asked.pushed
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
