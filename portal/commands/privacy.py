"""The commands that keep personal data out: redact, hooks."""

import json
import pathlib
import sys
from collections.abc import Iterator, Sequence

import click

from portal import decisions, gate, hooks, redaction, strings
from portal.commands import terminal
from portal.commands.making import Maker
from portal.problems import Refused

PATH = click.Path(path_type=pathlib.Path)
STDIN = pathlib.Path("-")


def commands(maker: Maker) -> Iterator[click.Command]:
    option, root = maker.option, maker.root
    yield maker.command(
        "redact",
        _redact,
        click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=PATH),
        root,
        option("--apply", "applied", key="apply", is_flag=True),
        option("--json", "as_json", key="findings", is_flag=True),
    )
    group = click.Group("hooks", help=maker.words["command.hooks"])
    group.add_command(maker.command("install", _install, root, key="hooks-install"))
    group.add_command(maker.command("remove", _remove, root, key="hooks-remove"))
    yield group


@click.pass_obj
def _redact(
    spoken: str,
    /,
    *,
    paths: Sequence[pathlib.Path],
    root: pathlib.Path,
    applied: bool,
    as_json: bool,
) -> None:
    words = strings.of(spoken)
    if applied and (as_json or STDIN in paths):
        raise click.UsageError(words["usage.apply"])
    about = root / "site.yaml"
    site = decisions.site(about.read_bytes() if about.is_file() else None)
    policy, stays = decisions.policy(site), decisions.rule(site).kept
    texts = [redaction.read(str(one), _bytes(one), stays) for one in paths]
    if as_json:
        for text in texts:
            terminal.echo(json.dumps(redaction.record(text, policy), ensure_ascii=False))
        return
    if applied:
        done = [redaction.applied(text, policy, spoken) for text in texts]
        for path, one in zip(paths, done, strict=True):
            if one.counts:
                redaction.write(path, one.text)
    else:
        done = [redaction.masked(text, policy) for text in texts]
        for one in done:
            click.echo(one.text.encode(), nl=False)
    for one in done:
        _told(spoken, one)


def _bytes(path: pathlib.Path) -> bytes:
    if path == STDIN:
        return sys.stdin.buffer.read()
    if path.is_dir():
        raise Refused("folder", path=path)
    return path.read_bytes()


def _told(spoken: str, one: redaction.Masked) -> None:
    """Say where errors go what was masked: kinds and counts, never a text."""
    words, path = strings.of(spoken), gate.shown(one.path)
    kinds = ", ".join(f"{words[f'kinds.{kind}']} {n}" for kind, n in sorted(one.counts.items()))
    key = "done.redacted" if kinds else "done.redacted-nothing"
    terminal.complain(words[key].format(path=path, kinds=kinds))
    if one.left:
        terminal.complain(words["done.suspects"].format(path=path, n=one.left))


@click.pass_obj
def _install(spoken: str, /, *, root: pathlib.Path) -> None:
    words = strings.of(spoken)
    for path in hooks.install(root, words["hooks.missing"]):
        terminal.echo(words["done.hook"].format(path=path))


@click.pass_obj
def _remove(spoken: str, /, *, root: pathlib.Path) -> None:
    words = strings.of(spoken)
    removed = hooks.remove(root)
    for path in removed:
        terminal.echo(words["done.hook-removed"].format(path=path))
    if not removed:
        terminal.echo(words["done.no-hook"])
