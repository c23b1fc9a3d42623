"""Commands and their options, made with the words of one language."""

import os
import pathlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import click

Option = Callable[[Callable[..., Any]], Callable[..., Any]]
FOLDER = click.Path(path_type=pathlib.Path, file_okay=False)
MOST_JOBS = 64


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes commands in a language; `words` are its words."""

    words: Mapping[str, str]

    def option(self, *names: str, key: str, **given: Any) -> Option:
        return click.option(*names, help=self.words[f"option.{key}"], **given)

    def command(
        self, name: str, run: Callable[..., None], *options: Option, key: str = ""
    ) -> click.Command:
        """A command; `key` is that of its help, where it differs from the name."""
        for each in reversed(options):
            run = each(run)
        return click.command(name, help=self.words[f"command.{key or name}"])(run)

    @property
    def root(self) -> Option:
        return self.option("--root", key="root", type=FOLDER, default=pathlib.Path())

    @property
    def output(self) -> Option:
        return self.option("--output", key="output", type=FOLDER, default=None)

    @property
    def jobs(self) -> Option:
        workers = min(os.cpu_count() or 1, MOST_JOBS)
        among = click.IntRange(1, MOST_JOBS)
        return self.option("--jobs", key="jobs", type=among, default=workers)

    @property
    def drafts(self) -> Option:
        return self.option("--drafts", key="drafts", is_flag=True)
