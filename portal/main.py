"""The command line: options in, messages and exit codes out (0 done, 1 refused, 2 wrong usage)."""

import dataclasses
import gc
import json
import os
import pathlib
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, TextIO

import click

from portal import draft, model, pipeline, progress, schema, strings
from portal.problems import Refused, Rejected, message, record

LANGUAGE = re.compile(r"^(?:language|语言)\s*:\s*[\"']?([\w-]+)", re.MULTILINE)


def language(root: pathlib.Path) -> str:
    """The language to speak: the site's, else the terminal's, else English."""
    spoken = ""
    try:
        found = LANGUAGE.search((root / "site.yaml").read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        pass
    else:
        spoken = found[1] if found else model.Site.model_fields["language"].default
    if spoken in strings.LANGUAGES:
        return spoken
    here = next((os.environ[name] for name in ("LC_ALL", "LANG") if os.environ.get(name)), "")
    return "zh-CN" if here.startswith("zh") else "en"


def root_of(arguments: Sequence[str]) -> pathlib.Path:
    """The site's folder that an unparsed command line names: for the language of its help."""
    for index, one in enumerate(arguments):
        if one.startswith("--root="):
            return pathlib.Path(one.removeprefix("--root="))
        if one == "--root" and index + 1 < len(arguments):
            return pathlib.Path(arguments[index + 1])
    return pathlib.Path()


def echo(text: str) -> None:
    """Print a line; a terminal that cannot show a character gets a replacement, not an error."""
    click.echo(_shown(text, sys.stdout))


def complain(text: str) -> None:
    """Print a line where errors go."""
    click.echo(_shown(text, sys.stderr), err=True)


def _shown(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


class Commands(click.Group):
    """The one place where refusals become messages and exit codes."""

    def invoke(self, context: click.Context) -> Any:
        words = strings.of(context.obj)
        try:
            return super().invoke(context)
        except Rejected as refusal:
            for one in refusal.problems:
                complain(message(one, context.obj))
            count = len(refusal.problems)
            text = words["done.refused-one" if count == 1 else "done.refused"]
            complain(text.format(n=count))
        except Refused as refusal:
            complain(refusal.message(context.obj))
        except OSError as error:
            given = {"path": error.filename or "-", "detail": error.strerror or str(error)}
            complain(words["refused.files"].format_map(given))
        except (KeyboardInterrupt, click.Abort):
            complain(words["done.interrupted"])
            return context.exit(130)
        except click.exceptions.Exit:
            raise
        except click.ClickException:
            raise
        except Exception as error:
            if os.environ.get("PORTAL_TRACE"):
                raise
            complain(words["refused.internal"].format(kind=type(error).__name__))
        return context.exit(1)


Option = Callable[[Callable[..., Any]], Callable[..., Any]]
FOLDER = click.Path(path_type=pathlib.Path, file_okay=False)


def commands(spoken: str) -> click.Group:
    """The command line in a language."""
    words = strings.of(spoken)
    group = Commands(name="build.py", help=words["command.about"], context_settings={"obj": spoken})

    def option(*names: str, key: str, **given: Any) -> Option:
        return click.option(*names, help=words[f"option.{key}"], **given)

    def command(name: str, run: Callable[..., None], *options: Option) -> None:
        for each in reversed(options):
            run = each(run)
        group.add_command(click.command(name, help=words[f"command.{name}"])(run))

    root = option("--root", key="root", type=FOLDER, default=pathlib.Path())
    output = option("--output", key="output", type=FOLDER, default=None)
    workers = min(os.cpu_count() or 1, MOST_JOBS)
    jobs = option("--jobs", key="jobs", type=click.IntRange(1, MOST_JOBS), default=workers)
    drafts = option("--drafts", key="drafts", is_flag=True)
    fresh = option("--fresh", key="fresh", is_flag=True)
    as_json = option("--json", "as_json", key="json", is_flag=True)
    style = option("--format", "style", key="format", type=STYLES, default="text")
    command("build", _build, root, output, jobs, fresh, drafts, as_json)
    command("check", _check, root, jobs, drafts, style)
    command(
        "serve",
        _serve,
        root,
        output,
        jobs,
        drafts,
        option("--port", key="port", type=click.IntRange(0, 65535), default=8000),
        option("--open", "opened", key="open", is_flag=True),
    )
    command(
        "new",
        _new,
        click.argument("id"),
        root,
        *(option(f"--{name}", key=name, default=None) for name in ("title", "agency")),
        option("--vendor", "vendors", key="vendor", multiple=True),
        *(option(f"--{name}", key=name, default=None) for name in ("amount", "signed")),
    )
    command("schema", _schema, root, option("--output", key="folder", type=FOLDER, default=None))
    return group


MOST_JOBS = 64
STYLES = click.Choice(["text", "json"])


def _options(root: pathlib.Path, output: pathlib.Path | None, jobs: int, **given: Any) -> Any:
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
        options = _options(root, output, jobs, fresh=fresh, drafts=drafts, progress=tell)
        report = pipeline.build(options)
    if as_json:
        echo(_data(spoken, report))
        return
    seconds = f"{sum(report.seconds.values()):.1f}"
    given = {**dataclasses.asdict(report), "seconds": seconds}
    echo(strings.of(spoken)["done.build"].format_map(given))
    _told(spoken, report)


def _told(spoken: str, report: pipeline.Report) -> None:
    """What is not published, and what to look at."""
    words = strings.of(spoken)
    if report.drafts:
        count = len(report.drafts)
        echo(words["done.drafts-one" if count == 1 else "done.drafts"].format(n=count))
        for path in report.drafts:
            echo(f"  {path}")
    if report.notices:
        echo(words["done.notices"])
        for one in report.notices:
            echo(f"  {message(one, spoken)}")


def _data(spoken: str, report: pipeline.Report) -> str:
    told = [record(one, spoken) for one in report.notices]
    return json.dumps({**dataclasses.asdict(report), "notices": told}, ensure_ascii=False)


@click.pass_obj
def _check(spoken: str, /, *, root: pathlib.Path, jobs: int, drafts: bool, style: str) -> None:
    with progress.shown(spoken) as tell:
        options = _options(root, None, jobs, drafts=drafts, progress=tell)
        try:
            report = pipeline.check(options)
        except Rejected as refusal:
            if style != "json":
                raise
            found = [record(one, spoken) for one in refusal.problems]
            echo(json.dumps({"problems": found}, ensure_ascii=False, indent=1))
            raise click.exceptions.Exit(1) from None
    if style == "json":
        notices = [record(one, spoken) for one in report.notices]
        echo(json.dumps({"problems": [], "notices": notices, "contracts": report.contracts}))
        return
    echo(strings.of(spoken)["done.check"].format(contracts=report.contracts))
    _told(spoken, report)


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
    serve.run(_options(root, output, jobs, drafts=drafts), spoken, port, show, echo)


@click.pass_obj
def _new(spoken: str, /, *, id: str, root: pathlib.Path, **given: Any) -> None:
    path = draft.write(root, spoken, id, draft.asked(spoken, given))
    echo(strings.of(spoken)["done.new"].format(path=path))


@click.pass_obj
def _schema(spoken: str, /, *, root: pathlib.Path, output: pathlib.Path | None) -> None:
    folder = output or root / "schema"
    written = schema.write(folder)
    echo(strings.of(spoken)["done.schema"].format(n=len(written), path=folder))


def run(arguments: Sequence[str]) -> None:
    """Run a command line. Ends with SystemExit."""
    if "serve" not in arguments:
        gc.disable()  # a command makes many values and soon ends: a build takes a fifth less
    commands(language(root_of(arguments)))(args=list(arguments), prog_name="build.py")
