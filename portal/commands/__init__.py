"""The commands, by what they are about; each is one function, and one line where it is made."""

from collections.abc import Callable, Iterable

import click

from portal.commands import checking, content, importing, privacy, proving, site
from portal.commands.making import Maker

SUBJECTS: tuple[Callable[[Maker], Iterable[click.Command]], ...] = (
    site.commands,
    checking.commands,
    content.commands,
    importing.commands,
    privacy.commands,
    proving.commands,
)
