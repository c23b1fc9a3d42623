"""The commands that make the site: build, serve."""

import dataclasses
import json
import pathlib
from collections.abc import Callable, Iterator
from typing import Any

import click

from portal import pipeline, progress, strings
from portal.commands import terminal
from portal.commands.making import Maker
from portal.problems import message, record


def commands(maker: Maker) -> Iterator[click.Command]:
    option, root, output, jobs = maker.option, maker.root, maker.output, maker.jobs
    fresh = option("--fresh", key="fresh", is_flag=True)
    as_json = option("--json", "as_json", key="json", is_flag=True)
    yield maker.command("build", _build, root, output, jobs, fresh, maker.drafts, as_json)
    port = option("--port", key="port", type=click.IntRange(0, 65535), default=8000)
    opened = option("--open", "opened", key="open", is_flag=True)
    yield maker.command("serve", _serve, root, output, jobs, maker.drafts, port, opened)


def options(
    root: pathlib.Path, output: pathlib.Path | None, jobs: int, **given: Any
) -> pipeline.Options:
    """What a build is asked for; without an output it is `public` in the site's folder."""
    return pipeline.Options(root, output or root / "public", jobs, **given)


@click.pass_obj
def _build(
    spoken: str,
    /,
    *,
    root: pathlib.Path,
    output: pathlib.Path | None,
    jobs: int,
    fresh: bool,
    drafts: bool,
    as_json: bool,
) -> None:
    with progress.shown(spoken) as tell:
        report = pipeline.build(
            options(root, output, jobs, fresh=fresh, drafts=drafts, progress=tell)
        )
    if as_json:
        terminal.echo(_data(spoken, report))
        return
    seconds = f"{sum(report.seconds.values()):.1f}"
    given = {**dataclasses.asdict(report), "seconds": seconds}
    terminal.echo(strings.of(spoken)["done.build"].format_map(given))
    told(spoken, report, terminal.echo)


def told(spoken: str, report: pipeline.Report, say: Callable[[str], None]) -> None:
    """Say what is not published, and what to look at."""
    words = strings.of(spoken)
    if report.drafts:
        count = len(report.drafts)
        say(words["done.drafts-one" if count == 1 else "done.drafts"].format(n=count))
        for path in report.drafts:
            say(f"  {path}")
    if report.notices:
        say(words["done.notices"])
        for one in report.notices:
            say(f"  {message(one, spoken)}")


def _data(spoken: str, report: pipeline.Report) -> str:
    found = [record(one, spoken) for one in report.notices]
    return json.dumps({**dataclasses.asdict(report), "notices": found}, ensure_ascii=False)


@click.pass_obj
def _serve(
    spoken: str,
    /,
    *,
    root: pathlib.Path,
    output: pathlib.Path | None,
    jobs: int,
    drafts: bool,
    port: int,
    opened: bool,
) -> None:
    import webbrowser  # noqa: PLC0415 - loaded where it is needed, as is what follows

    from portal import serve  # noqa: PLC0415 - a server and a watcher take 0.2 s to load

    show = webbrowser.open if opened else str
    serve.run(options(root, output, jobs, drafts=drafts), spoken, port, show, terminal.echo)
