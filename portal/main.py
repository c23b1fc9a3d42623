"""The command line: options in, messages and exit codes out (0 done, 1 refused, 2 wrong usage)."""

import os
import pathlib
import re
from collections.abc import Sequence
from typing import Any

import click

import portal
from portal import ending, model, strings
from portal.commands import SUBJECTS, terminal, usage
from portal.commands.making import Maker
from portal.problems import Refused, Rejected, message

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


class Commands(click.Group):
    """The one place where refusals become messages and exit codes."""

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*given, **more)
        except click.UsageError as error:
            raise usage.spoken(error, self.context_settings["obj"]) from error

    def invoke(self, context: click.Context) -> Any:
        words = strings.of(context.obj)
        try:
            return super().invoke(context)
        except Rejected as refusal:
            for one in refusal.problems:
                terminal.complain(message(one, context.obj))
            count = len(refusal.problems)
            text = words["done.refused-one" if count == 1 else "done.refused"]
            terminal.complain(text.format(n=count))
        except Refused as refusal:
            terminal.complain(refusal.message(context.obj))
        except OSError as error:
            given = {"path": error.filename or "-", "detail": error.strerror or str(error)}
            terminal.complain(words["refused.files"].format_map(given))
        except (KeyboardInterrupt, click.Abort):
            terminal.complain(words["done.interrupted"])
            return context.exit(130)
        except (click.exceptions.Exit, click.ClickException) as error:
            raise usage.spoken(error, context.obj) from None
        except Exception as error:
            if os.environ.get("PORTAL_TRACE"):
                raise
            terminal.complain(words["refused.internal"].format(kind=type(error).__name__))
        return context.exit(1)


def commands(spoken: str) -> click.Group:
    """The command line in a language."""
    words = strings.of(spoken)
    group = Commands(name="build.py", help=words["command.about"], context_settings={"obj": spoken})
    told = {"prog_name": "Contract Portal", "message": "%(prog)s %(version)s"}
    group = click.version_option(portal.VERSION, help=words["option.version"], **told)(group)
    for subject in SUBJECTS:
        for command in subject(Maker(words)):
            group.add_command(command)
    return group


def run(arguments: Sequence[str]) -> None:
    """Run a command line. Ends with SystemExit."""
    if "serve" not in arguments:
        ending.expect()
    commands(language(root_of(arguments)))(args=list(arguments), prog_name="build.py")
