"""What reading one contract takes along: words, oddities, notes, and who is who."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal import corpus
from portal.intake.ocds import organisations, scalars
from portal.intake.ocds.tidy import Seen

Refer = Callable[[corpus.Role, organisations.Mention], str]
"""How a contract's file refers to an organisation."""


@dataclass(slots=True)
class Reading:
    """The words of the site's language, oddities met, notes for what no field holds."""

    words: Mapping[str, str]
    seen: Seen
    reference: Refer
    notes: list[str] = field(default_factory=list)

    def note(self, label: str, text: str | None) -> None:
        """Keep what no field holds."""
        if text is not None:
            line = self.words["import-ocds.note"].format(
                label=self.words[f"import-ocds.notes.{label}"], text=text
            )
            if line not in self.notes:
                self.notes.append(line)

    def line(self, holder: Any, *path: str) -> str | None:
        return scalars.line(scalars.inner(holder, *path), self.seen)

    def text(self, holder: Any, *path: str) -> str | None:
        return scalars.text(scalars.inner(holder, *path), self.seen)

    def day(self, holder: Any, *path: str) -> datetime.date | None:
        return scalars.day(scalars.inner(holder, *path), self.seen)
