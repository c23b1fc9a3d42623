"""Cells and lines that are built like those which begin with a name, and so may hold one."""

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

from portal.redact import context, human, named, people, slots, surnames
from portal.redact.finding import Finding
from portal.redact.view import Cell, View

_NAME = re.compile("[一-鿿㐀-䶿]{2,4}")
_LINE = re.compile(
    r"(?:^|(?<=[;:]))[ ]{0,4}(?P<number>[(]?\d{1,3}[)、.． ][ ]{0,3}|[-*·—“][ ]?)?"
    r"(?P<value>[一-鿿㐀-䶿]{2,4})"
    r"(?P<link>[ ]{0,4}[|\t:(,、/]|[ ]{1,8})",
    re.MULTILINE,
)
_INDENT = 12
_HEADS = re.compile("附[件表]|第|[合小总]计|日期|备注|[上下夜白早晚中][班午]")
"""What begins lines that are built alike and speak of nobody."""
_KINDS = frozenset({"person-name", "signature"})
_GIVEN_AT_MOST = 3
"""A given name that stands more often is a word."""


def find(view: View, found: list[Finding]) -> Iterator[Finding]:
    """Suspects like their neighbours above and below, and given names without their surnames."""
    names = [one for one in found if one.kind in _KINDS and one.tier != "keep"]
    if not names:
        return
    places = {one.start: one for one in names}
    yield from _columns(view, places)
    yield from _lines(view, places)
    yield from _given(view, names)


def _columns(view: View, places: dict[int, Finding]) -> Iterator[Finding]:
    """Cells of a column in which other cells hold names and nothing else."""
    columns: dict[str, list[Cell]] = defaultdict(list)
    for cell in view.cells:
        columns[cell.head].append(cell)
    for cells in columns.values():
        full = [one for one in cells if _is_name(places.get(one.start), one.end)]
        if not full:
            continue
        for cell in cells:
            if cell.start not in places and _may_be(view, cell.start, cell.end):
                yield Finding(cell.start, cell.end, "person-name", "suspect", "column-alike")


def _lines(view: View, places: dict[int, Finding]) -> Iterator[Finding]:
    """The beginnings of lines, where the line before or behind begins with a name in like form."""
    text = view.text
    if not any(text.rfind("\n", max(start - _INDENT, 0), start) >= 0 for start in places):
        return
    lines = list(_LINE.finditer(text))
    for one, other in itertools.pairwise(lines):
        if other.start() > view.text.find("\n", one.end(), one.end() + 200) + 2:
            continue
        if _form(one) != _form(other):
            continue
        for named_line, line in ((one, other), (other, one)):
            start, end = line.span("value")
            is_led = _is_name(places.get(named_line.start("value")), named_line.end("value"))
            if is_led and start not in places and _may_be(view, start, end):
                yield Finding(start, end, "person-name", "suspect", "line-alike")


def _form(line: re.Match[str]) -> tuple[bool, str]:
    return line["number"] is not None, line["link"].strip(" ")


def _is_name(one: Finding | None, end: int) -> bool:
    """Whether a finding covers a cell's or an item's text."""
    return one is not None and one.end >= end


def _may_be(view: View, start: int, end: int) -> bool:
    value = view.text[start:end]
    if (
        not _NAME.fullmatch(value)
        or _HEADS.match(value)
        or value in named.WORDS
        or value in context.WORDS
    ):
        return False
    if end - start == 4 and not human.is_strange(view, start, end):
        return False
    is_headed = value[0] in surnames.SINGLE and end - start < 4
    return is_headed or not slots.NOBODY.search(value)


def _given(view: View, names: list[Finding]) -> Iterator[Finding]:
    """Given names of two signs without the surname that they had elsewhere."""
    given = (
        {
            view.text[one.end - 2 : one.end]
            for one in names
            if one.tier == "mask" and one.end - one.start == 3
        }
        - named.WORDS
        - context.WORDS
    )
    starts = [one.start for one in names]
    for value in given:
        places = [one.start() for one in re.finditer(value, view.text)]
        for at in places if len(places) <= _GIVEN_AT_MOST + 1 else ():
            index = bisect.bisect_right(starts, at) - 1
            if index >= 0 and names[index].end > at:
                continue
            if people.is_cut(view, at, at + 2) and (
                context.before(view, at) >= 6 or context.after(view, at + 2) >= 20
            ):
                yield Finding(at, at + 2, "person-name", "suspect", "given")
