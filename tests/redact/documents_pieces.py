"""The pieces that a labelled document is made of: plain text, values, and forms of them."""

import dataclasses
import random
import string
from collections.abc import Callable, Sequence

LOOKS = ("markdown", "tabs", "html", "paragraphs")
"""How a document writes its tables; `paragraphs` is HTML with a <p> inside every cell."""


@dataclasses.dataclass(frozen=True)
class Value:
    """A text that is to be masked, or one that only looks so and stays."""

    text: str
    kind: str
    form: str
    masked: bool = True


Piece = str | Value
Pieces = tuple[Piece, ...]


@dataclasses.dataclass(frozen=True)
class City:
    """An invented city with a province's true codes."""

    province: str
    name: str
    plate: str
    area: str
    phone: str
    post: str


@dataclasses.dataclass(frozen=True)
class Scene:
    """What one document has in common: its parties, its look, and the names that are taken."""

    rng: random.Random
    city: City
    agency: str
    vendor: str
    number: str
    look: str
    taken: set[str]
    met: list[str]

    def digits(self, count: int) -> str:
        """Digits at random, the first one not 0."""
        return self.rng.choice("123456789") + "".join(self.rng.choices(string.digits, k=count - 1))


@dataclasses.dataclass(frozen=True)
class Form:
    """A way to write a kind of value, and the part of a contract in which it is written so."""

    name: str
    kind: str
    place: str
    write: Callable[[Scene], Pieces]


def fill(template: str, value: Piece | Pieces = "", **named: Piece) -> Pieces:
    """A template's text with `{}` replaced by the value, and `{n}` by the value of that name."""
    pieces: list[Piece] = []
    for text, field, _, _ in string.Formatter().parse(template):
        pieces.append(text)
        if field:
            pieces.append(named[field])
        elif field is not None:
            pieces.extend(value if isinstance(value, tuple) else (value,))
    return tuple(piece for piece in pieces if piece != "")


def joined(parts: Sequence[Pieces], between: str) -> Pieces:
    """The parts in a row, with a text between them."""
    return tuple(
        piece
        for number, part in enumerate(parts)
        for piece in ((between, *part) if number else part)
    )


def border(look: str) -> str:
    """What stands between two cells of a row."""
    return {"markdown": " | ", "tabs": "\t", "html": "</td><td>"}.get(look, "</p></td><td><p>")


def row(look: str, cells: Sequence[Pieces]) -> Pieces:
    """One row of a table, without a line break."""
    inner = joined(cells, border(look))
    if look == "tabs":
        return inner
    if look == "markdown":
        return ("| ", *inner, " |")
    edge = ("<tr><td>", "</td></tr>") if look == "html" else ("<tr><td><p>", "</p></td></tr>")
    return (edge[0], *inner, edge[1])


def table(look: str, header: Sequence[str], rows: Sequence[Sequence[Pieces]]) -> Pieces:
    """A table with a header; a header of one cell less stays that way, as in files found."""
    lines = [row(look, [(name,) for name in header])]
    if look == "markdown":
        lines.append(("|" + "---|" * len(header),))
    lines += [row(look, cells) for cells in rows]
    if look in {"html", "paragraphs"}:
        lines = [("<table>",), *lines, ("</table>",)]
    return joined(lines, "\n")
