"""What stays of a withdrawn contract's file, edited as text: its lines, their order, comments."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from portal import keys, model, names, source
from portal.source import grammar

STAYS = frozenset(
    ("title", "number", "agency", "vendors", "value", "signed", "announced", "aliases", "keep")
)
"""Fields that the tombstone shows, that every contract has, or that lead to its address.

`keep` stays only for what these hold; what else it names goes with the text in which it stood.
"""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """The file's new text, and the fields that are no longer in it, as its author called them."""

    text: str
    lost: tuple[str, ...]


class _Part(NamedTuple):
    """A field with its lines, the comments right above it among them; what the author calls it.

    `first` is the number of its first line, counted from 0, and `value` what libyaml read there.
    """

    field: str
    key: str
    lines: tuple[str, ...]
    first: int = 0
    value: yaml.Node | None = None


def made(
    text: str, day: datetime.date, reason: str, stays: frozenset[str] = STAYS
) -> Tombstone | None:
    """The text of a contract that is withdrawn; None where its facts cannot be edited by lines."""
    front = source.front(text.encode())
    top = None if front is None else grammar.compose("", front, 2)
    if front is None or not isinstance(top, yaml.MappingNode) or top.flow_style:
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    head, *parts = _parts(front.removesuffix("\n").split("\n"), top)
    is_chinese = not next(one.key for one in parts if one.field in stays).isascii()
    status = _status(day, reason, " " * top.start_mark.column, is_chinese=is_chinese)
    rest = "".join(line for one in parts if one.field in stays - {"keep"} for line in one.lines)
    lines, is_said = ["---", *head.lines], False
    for one in parts:
        if one.field == "keep" and one.field in stays:
            lines += _needed(one, rest)
        elif one.field in stays:
            lines += one.lines
        elif one.field == "status" and not is_said:
            lines += status
            is_said = True
    lines += [*([] if is_said else status), "---"]
    lost = tuple(one.key for one in parts if one.field not in stays | {"status"})
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return Tombstone(mark + "".join(f"{line}{newline}" for line in lines), lost)


def _parts(lines: list[str], top: yaml.MappingNode) -> Iterator[_Part]:
    """The lines in front of the first field, then each field's."""
    known = keys.fields(model.Contract)
    starts, after = [], 0
    for key, value in top.value:
        starts.append(_begins(lines, key.start_mark.line, after, top.start_mark.column))
        after = _ends(value)
    first = top.value[0][0].start_mark.line
    yield _Part("", "", tuple(lines[:first]))
    starts[0] = first
    for (key, value), start, end in zip(top.value, starts, [*starts[1:], len(lines)], strict=True):
        found = known.get(names.fold(key.value)) or known.get(key.value)
        field = "" if found is None else str(found.path[0])
        yield _Part(field, key.value, tuple(lines[start:end]), start, value)


def _needed(part: _Part, rest: str) -> list[str]:
    """The lines of a list of what may stay, without entries whose text stands nowhere else now."""
    if not isinstance(part.value, yaml.SequenceNode) or part.value.flow_style:
        return list(part.lines)
    starts = [one.start_mark.line - part.first for one in part.value.value]
    lines = list(part.lines[: starts[0]])
    for entry, start, end in zip(part.value.value, starts, [*starts[1:], None], strict=True):
        if any(text in rest for text in _texts(entry)):
            lines += part.lines[start:end]
    return lines


def _texts(entry: yaml.Node) -> Iterator[str]:
    known = keys.fields(model.Keep)
    for key, value in entry.value if isinstance(entry, yaml.MappingNode) else ():
        found = known.get(names.fold(str(key.value)))
        if found is not None and found.path == ("text",) and isinstance(value.value, str):
            yield value.value


def _ends(node: yaml.Node) -> int:
    """The line below the last thing in a value: libyaml ends a list where the next field begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return int(node.end_mark.line) + (0 if is_block else 1)


def _begins(lines: list[str], line: int, after: int, column: int) -> int:
    """Where a field's lines begin: with the comments right above it, which no value reaches into.

    A sign `#` that is set in deeper may stand in a text.
    """
    while line > after and lines[line - 1].startswith(f"{' ' * column}#"):
        line -= 1
    return line


def _status(day: datetime.date, reason: str, indent: str, *, is_chinese: bool) -> list[str]:
    """The status, named as the file names its fields."""
    called = {one: keys.chinese(model.Status, one) if is_chinese else one for one in WORDS}
    name = keys.chinese(model.Contract, "status") if is_chinese else "status"
    said = grammar.scalar(reason)
    rows = {"state": WITHDRAWN[is_chinese], "date": day.isoformat(), "reason": said}
    told = (f"{indent}  {called[one]}: {text}" for one, text in rows.items())
    return [f"{indent}{name}:", *told]


WORDS = ("state", "date", "reason")
WITHDRAWN = ("withdrawn", "已撤回")
"""The state, in English and in Chinese."""
