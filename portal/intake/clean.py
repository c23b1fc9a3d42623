"""From raw text to tidy lines, each with the raw lines that it came from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal.intake import grids, joining, markup, merging, pages


class Line(NamedTuple):
    """A tidy line, and the numbers of its raw lines; a blank one has neither."""

    text: str
    rows: tuple[int, ...]

    @property
    def at(self) -> int:
        """The first of its raw lines; 0 for a blank line."""
        return self.rows[0] if self.rows else 0


@dataclass(frozen=True, slots=True)
class Text:
    """Tidy lines, with tables in Markdown; and what was left out of them, to show for it.

    One blank line stands between blocks. `dropped` holds page numbers, repeated headers of pages
    and tables, and images; beyond these only white space, markup and unseen characters are gone.
    """

    lines: tuple[Line, ...]
    dropped: tuple[Line, ...]


def text(raw: str) -> Text:
    """A raw text (pages apart by form feeds, or not) made tidy; nothing that it says is lost."""
    raws = pages.split(raw)
    gone = pages.furniture(raws)
    kept = pages.without(raws, gone)
    parts = merging.merge(_parts(kept))
    dropped = [
        Line(markup.plain(raws[index].text).strip(), (raws[index].row,)) for index in sorted(gone)
    ]
    dropped += [Line(image, (one.row,)) for one in kept for image in markup.images(one.text)]
    dropped += [
        Line(" | ".join(row.cells), row.rows)
        for part in parts
        if isinstance(part, merging.Merged)
        for row in part.repeated
    ]
    return Text(tuple(_lines(parts)), tuple(dropped))


def _parts(raws: Sequence[pages.Raw]) -> list[merging.Part]:
    """Tables as blocks, all else as lines."""
    found: list[merging.Part] = []
    index = 0
    while index < len(raws):
        end = grids.html_end(raws, index) if "<t" in raws[index].text.lower() else None
        if end is not None:
            found += _html(raws[index : end + 1])
            index = end + 1
            continue
        how = grids.kind(raws[index].text)
        end = index + 1
        while how and end < len(raws) and grids.kind(raws[end].text) == how:
            end += 1
        for part in _parted(raws[index:end], how):
            found += _block(part, how)
        index = end
    return found


def _parted(raws: Sequence[pages.Raw], how: str) -> Iterator[Sequence[pages.Raw]]:
    """Lines of a table, apart where a header stands again: over a rule, or as at first."""
    first = "".join(raws[0].text.split())
    start = 0
    for index in range(1, len(raws)):
        ruled = how == "pipe" and index + 1 < len(raws) and grids.is_rule(raws[index + 1].text)
        again = how == "tab" and "".join(raws[index].text.split()) == first
        if (ruled and not grids.is_rule(raws[index].text)) or again:
            yield raws[start:index]
            start = index
    yield raws[start:]


def _html(raws: Sequence[pages.Raw]) -> Iterator[merging.Part]:
    before, block, after = grids.html_block(raws)
    if before.strip():
        yield merging.Plain(markup.plain(before.replace("\n", " ")), (raws[0].row,))
    if block.rows and block.width:
        yield block
    if after.strip():
        yield merging.Plain(markup.plain(after.replace("\n", " ")), (raws[-1].row,))


def _block(raws: Sequence[pages.Raw], how: str) -> Iterator[merging.Part]:
    """Lines of one kind as a block; too few of them are no table, but lines."""
    block = grids.Block(how, grids.rows(raws, how)) if how else None
    least = {"pipe": 1, "tab": 1, "space": 3}.get(how, 0)
    level = block is None or how != "space" or len({len(row.cells) for row in block.rows}) == 1
    if block is not None and len(raws) >= least and block.rows and level:
        yield block
        return
    for one in raws:
        if how == "pipe" and grids.is_rule(one.text):
            continue
        yield merging.Plain(" ".join(markup.paragraphs(one.text)), (one.row,))


def _lines(parts: Iterable[merging.Part]) -> Iterator[Line]:
    """Lines and tables, with cut lines joined and single blanks between blocks."""
    held: Line | None = None
    gap = True
    for part in parts:
        if isinstance(part, merging.Plain):
            if not part.text.strip():
                gap = True
                continue
            if held is not None and joining.continues(held.text, part.text, adjacent=not gap):
                rows = tuple(dict.fromkeys(held.rows + part.rows))
                held = Line(joining.glue(held.text, part.text), rows)
            else:
                if held is not None:
                    yield held
                    if gap:
                        yield Line("", ())
                held = Line(part.text.strip(), part.rows)
            gap = False
            continue
        if held is not None:
            yield from (held, Line("", ()))
            held = None
        block = part.block if isinstance(part, merging.Merged) else part
        yield from (Line(*row) for row in grids.markdown(block))
        yield Line("", ())
        gap = False
    if held is not None:
        yield held
