"""What is said of a command line that is typed wrongly: in the site's language, where click is not.

Click's own messages are English, and are left as they are on an English site.
"""

import re
from collections.abc import Mapping
from typing import IO, Any

import click

from portal import strings


class Wrong(click.UsageError):
    """A mistake in a command line, as click found it, in another language."""

    def __init__(self, error: click.UsageError, words: Mapping[str, str]) -> None:
        super().__init__(_message(error, words), error.ctx)
        self._words = words

    def show(self, file: IO[Any] | None = None) -> None:
        """Print how the command is used, and what is wrong."""
        if self.ctx is not None:
            pieces = " ".join(self.ctx.command.collect_usage_pieces(self.ctx))
            usage = f"{self.ctx.command_path} {pieces}"
            click.echo(self._words["usage.usage"].format(usage=usage), file, err=True)
            hint = self._words["usage.help"].format(command=self.ctx.command_path)
            click.echo(f"{hint}\n", file, err=True)
        click.echo(self._words["usage.error"].format(message=self.message), file, err=True)


def spoken(error: Exception, language: str) -> Exception:
    """The mistake in a language, in English as click says it; what is none stays as it is."""
    is_said = isinstance(error, (Wrong, click.exceptions.NoArgsIsHelpError))
    if language == "en" or is_said or not isinstance(error, click.UsageError):
        return error
    return Wrong(error, strings.of(language))


def _message(error: click.UsageError, words: Mapping[str, str]) -> str:
    extra = _EXTRA.fullmatch(error.message)
    if extra is not None:
        return words["usage.extra"].format(name=extra[1])
    key = next((key for kind, key in KINDS.items() if isinstance(error, kind)), None)
    if key is None:
        return error.format_message()
    near = getattr(error, "possibilities", None)
    hint = words["usage.near"].format(near=", ".join(near)) if near else ""
    said = words[f"usage.{key}"].format(name=_name(error), detail=_detail(error, words))
    return said + hint


KINDS: Mapping[type[click.UsageError], str] = {
    click.MissingParameter: "missing",
    click.BadParameter: "value",
    click.NoSuchOption: "no-option",
    click.NoSuchCommand: "no-command",
    click.BadOptionUsage: "no-value",
}
"""What is said of each kind of mistake; any other one speaks for itself."""
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
_QUOTED = re.compile("'(.*)'")


def _name(error: click.UsageError) -> str:
    """The option, argument or command that a mistake is about."""
    if isinstance(error, click.BadParameter) and error.param is not None:
        return error.param.get_error_hint(error.ctx).replace("'", "")
    return str(getattr(error, "option_name", getattr(error, "command_name", "")))


def _detail(error: click.UsageError, words: Mapping[str, str]) -> str:
    """What a value must be."""
    kind = error.param.type if isinstance(error, click.BadParameter) and error.param else None
    if isinstance(kind, click.Choice):
        return words["usage.choice"].format(choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        return words["usage.range"].format(least=kind.min, most=kind.max)
    quoted = _QUOTED.search(error.message)
    if isinstance(kind, click.Path) and quoted is not None:
        key = "usage.no-path" if kind.exists else "usage.no-folder"
        return words[key].format(path=quoted[1])
    return error.message
