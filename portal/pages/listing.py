"""Lists of contracts, a hundred on a page."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal import corpus, urls

NEAR = 2
"""Pages offered on either side of the present one."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands in its list of `count` contracts, which begins at the path `folder`."""

    number: int
    folder: str
    count: int

    @property
    def pages(self) -> tuple[str, ...]:
        """The path of every page, the first first; an empty list has one page."""
        total = max(1, -(-self.count // urls.PAGE_SIZE))
        return tuple(urls.paged(self.folder, n + 1) for n in range(total))

    @property
    def path(self) -> str:
        return urls.paged(self.folder, self.number)

    @property
    def first(self) -> int:
        """The place of the page's first contract in the whole list, from 1."""
        return (self.number - 1) * urls.PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return min(self.number * urls.PAGE_SIZE, self.count)

    @property
    def near(self) -> tuple[tuple[int | None, str], ...]:
        """The pages to offer, with their numbers: the ends and those nearby; None for a gap."""
        kept = {1, len(self.pages), *range(self.number - NEAR, self.number + NEAR + 1)}
        numbers = sorted(kept.intersection(range(1, len(self.pages) + 1)))
        found: list[tuple[int | None, str]] = []
        for before, number in zip((0, *numbers), numbers, strict=False):
            if number > before + 1:
                found.append((None, ""))
            found.append((number, self.pages[number - 1]))
        return tuple(found)

    @property
    def previous(self) -> str | None:
        return self.pages[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> str | None:
        return self.pages[self.number] if self.number < len(self.pages) else None


def pages(
    rows: tuple[corpus.Row, ...], folder: str
) -> Iterator[tuple[str, Pager, tuple[corpus.Row, ...]]]:
    """The path, the pager and the contracts of each page."""
    size = urls.PAGE_SIZE
    for start in range(0, max(1, len(rows)), size):
        pager = Pager(start // size + 1, folder, len(rows))
        yield pager.path, pager, rows[start : start + size]
