"""How likely a stretch of whole words is a name where persons are about, by what surrounds it."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.redact import context, human, named, ordinary, shapes, slots, surnames
from portal.redact.view import View

_OFFICE = re.compile("(?:[局科室办股站所队组处院部库厅社店厂]|单位|中心|公司|社区|一方)的?$")
_LABEL = re.compile("[ ]?(?:[:0-9A-Za-z+]|[(][^()]{0,6}[)][ ]?:|[(]?1[3-9])")
_HAN = re.compile("[一-鿿㐀-䶿]+")
_PLACE = -40
"""Up to which weight what follows makes a place or a firm of it."""
_OPEN, _TOLD, _LED, _ROLE, _HUMAN = 6, 4, 12, 26, 20
"""From which weight on a place is open to a name, verbs follow, roles lead, persons are told."""
_WORD, _CUT = -10, -20
"""From which weight on a word, and a word with a sign beside it, may be a name."""
_SURNAMES = surnames.SINGLE | {one[0] for one in surnames.DOUBLE}
_LONGEST = 4
_SURNAMED = 40
"""What a surname adds."""


class Place(NamedTuple):
    """What stands around a stretch, in tenths, and whether it is a label of something."""

    before: int
    after: int
    is_label: bool

    @property
    def weight(self) -> int:
        return self.before + self.after

    @property
    def is_open(self) -> bool:
        return self.before >= _OPEN or self.after >= _OPEN

    @property
    def is_led(self) -> bool:
        """Whether a word that leads to people stands before, and room is left behind."""
        return self.before >= _LED and self.after >= _TOLD and not self.is_label

    @property
    def is_told(self) -> bool:
        """Whether a person must stand here: behind a role, or before what only persons do."""
        is_told = (self.before >= _ROLE and self.after >= _OPEN) or (
            self.before >= _OPEN and self.after >= _HUMAN
        )
        return is_told and not self.is_label


class Shape(NamedTuple):
    """What signs say by themselves: their surname's length or 0, their weight, plain words."""

    head: int
    signs: int
    is_ordinary: bool


def weighed(view: View, start: int, ends: list[int]) -> Iterator[tuple[int, int]]:
    """Ends of stretches from a place on that may be names, with how likely they are."""
    text, before = view.text, None
    if text[start] not in _SURNAMES:
        before = _before(view, start)
        if before < _OPEN:
            return
    for end in ends:
        shape = shape_of(text[start:end]) if 1 < end - start <= _LONGEST else None
        if shape is None:
            continue
        before = _before(view, start) if before is None else before
        place = Place(before, context.after(view, end), _LABEL.match(text, end) is not None)
        weight = _weight(view, start, end, shape, place) if place.after > _PLACE else None
        if weight is not None:
            yield end, weight


def _weight(view: View, start: int, end: int, shape: Shape, place: Place) -> int | None:
    """How likely a stretch is a name; None where it is none."""
    if shape.is_ordinary:
        return place.weight if place.is_told else None
    is_strange = human.is_strange(view, start, end)
    if not shape.head:
        return place.weight if _is_word(view.text[start:end], place, is_strange) else None
    if is_strange:
        is_likely = shape.signs > 0 or place.is_open
    else:
        least = _WORD if view.words.at(start).end == end else _CUT
        is_likely = shape.signs >= least and place.is_open and not place.is_label
    return _SURNAMED + place.weight + shape.signs if is_likely or place.is_told else None


def _is_word(value: str, place: Place, is_strange: bool) -> bool:  # noqa: FBT001 - of the value
    """Whether signs without a surname may be a name at a place."""
    if is_strange:
        return place.before >= _OPEN and place.after >= _TOLD
    is_given = len(value) == 2 and place.is_led and surnames.given(value) >= 0
    return len(value) < 4 and (place.is_told or is_given)


@functools.lru_cache(maxsize=16384)
def shape_of(value: str) -> Shape | None:
    """What signs say by themselves; None where they are nobody's name."""
    if not _HAN.fullmatch(value) or value in known() or slots.NOBODY.search(value):
        return None
    head = 2 if value[:2] in surnames.DOUBLE else 1 if value[0] in surnames.SINGLE else 0
    head = head if len(value) - head in (1, 2) else 0
    signs = shapes.weight(value[:head], value[head:]) if head else 0
    return Shape(head, signs, value in ordinary.WORDS or value[:2] in ordinary.WORDS)


def places(view: View, edges: list[int]) -> list[tuple[int, list[int]]]:
    """Where a name may begin, of the edges of words, and the edges behind at which it may end."""
    text, opening = view.text, _opening()
    return [
        (start, edges[index + 1 : index + 1 + _LONGEST])
        for index, start in enumerate(edges[:-1])
        if text[start] in _SURNAMES or text[start - 1 : start] in opening
    ]


@functools.cache
def _opening() -> frozenset[str]:
    """Signs behind which a name without a surname may begin."""
    ends = {word[-1] for word in named.WORDS | context.LEADING | context.ROLES}
    return frozenset(
        ends | context.EDGES | set(" \n\t的方局科室办股站所队组处院部库厅社店厂位心司区") | {""}
    )


@functools.cache
def known() -> frozenset[str]:
    """Words that the rules know as roles, labels and verbs: nobody's names."""
    return context.WORDS | named.WORDS | human.WORDS | slots.WORDS


def _before(view: View, start: int) -> int:
    """What stands before a stretch; an office leads to its people."""
    text = view.text
    weight = context.before(view, start)
    if weight < _ROLE and text[max(start - 2, 0) : start] in named.WORDS:
        return _ROLE
    if text[start - 1 : start] == "方":
        return _OPEN
    is_office = weight < _OPEN and _OFFICE.search(text, max(start - 4, 0), start)
    return 8 if is_office else weight
