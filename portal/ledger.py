"""A contract's list of redactions, brought up to date in its text; the rest stays as it is."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import yaml
from pydantic import ValidationError

from portal import keys, model, source
from portal.redact import marks
from portal.source import grammar

END = re.compile(r"\r\n|\r|\n")
FIELD = "redactions"
WORDS = ("kind", "count", "ground", "policy")


@dataclass(frozen=True, slots=True)
class Entry:
    """How many more of a kind are masked now, on which ground, by which version of the policy."""

    kind: str
    count: int
    ground: str
    policy: str


class _Edit(NamedTuple):
    """Characters of the text, and what comes in their place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Page:
    """A file's text; positions are libyaml's, in the front matter below the first line."""

    text: str
    starts: tuple[int, ...]
    newline: str

    def at(self, mark: yaml.Mark) -> int:
        return self.starts[mark.line + 1] + mark.column

    def after(self, node: yaml.Node) -> int:
        """Where the line after a node begins."""
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return self.at(node.end_mark)
        return next(one for one in self.starts if one > self.at(node.end_mark))


def updated(text: str, new: Iterable[Entry]) -> str | None:
    """The text of a contract whose list also counts what is new; None if its facts are illegible.

    A kind is counted at least as often as its mark stands in the text.
    """
    front = source.front(text.encode())
    top = None if front is None else grammar.compose("", front, 2)
    if front is None or not isinstance(top, yaml.MappingNode) or top.flow_style:
        return None
    ends = [one.end() for one in END.finditer(text)]
    page = _Page(text, (0, *ends), (END.search(text) or [""])[0])
    for key, value in top.value:
        field = keys.fields(model.Contract).get(key.value) if _is_text(key) else None
        if field is not None and field.path == (FIELD,):
            edits = _edits(page, key, value, new)
            return None if edits is None else _edited(text, edits)
    words = _words(is_chinese=not str(top.value[0][0].value).isascii())
    name = FIELD if words["kind"] == "kind" else keys.chinese(model.Contract, FIELD)
    indent, at = " " * top.start_mark.column, page.starts[front.count("\n") + 1]
    rows = _rows(_missing(text, (), new), words, f"{indent}  ", page.newline)
    return _edited(text, [_Edit(at, at, f"{indent}{name}:{page.newline}{rows}")])


def _edits(
    page: _Page, key: yaml.Node, value: yaml.Node, new: Iterable[Entry]
) -> list[_Edit] | None:
    """What becomes of a list that is there; None for one that is no list."""
    words = _words(is_chinese=not key.value.isascii())
    if not isinstance(value, yaml.SequenceNode):
        is_blank = _is_text(value) and not value.value
        return (
            _rewritten(page, key, value, _missing(page.text, (), new), words) if is_blank else None
        )
    entries = [_entry(one) for one in value.value]
    missing = _missing(page.text, [one for one, _ in entries if one is not None], new)
    if value.flow_style:
        return _rewritten(page, key, value, missing, words)
    edits, rows = [], []
    for one in missing:
        counts = [count for old, count in entries if old is not None and _is_same(old, one)]
        if counts:
            start, end = page.at(counts[0].start_mark), page.at(counts[0].end_mark)
            edits.append(_Edit(start, end, str(int(counts[0].value) + one.count)))
        else:
            rows.append(one)
    at = page.after(_last(value))
    indent = " " * value.start_mark.column
    return [*edits, _Edit(at, at, _rows(rows, words, indent, page.newline))]


def _rewritten(
    page: _Page, key: yaml.Node, value: yaml.Node, new: list[Entry], words: Mapping[str, str]
) -> list[_Edit]:
    """An empty list, or one between brackets, becomes one with an entry by lines."""
    indent = " " * (key.start_mark.column + 2)
    start, end = page.at(key.end_mark), page.at(value.end_mark)
    inside = value.value if isinstance(value, yaml.SequenceNode) else []
    old = [
        f"{indent}- {page.text[page.at(one.start_mark) : page.at(one.end_mark)]}" for one in inside
    ]
    rows = _rows(new, words, indent, page.newline).removesuffix(page.newline)
    return [_Edit(start, end, page.newline.join((":", *old, rows)))]


def _missing(text: str, old: Sequence[model.Redaction], new: Iterable[Entry]) -> list[Entry]:
    """What the list is to count beyond what it counts."""
    there = marks.codes(text)
    found = []
    for one in new:
        listed = sum(each.count for each in old if each.kind == one.kind)
        wanted = max(listed + one.count, there.count(one.kind))
        found.append(dataclasses.replace(one, count=wanted - listed))
    return found


def _is_same(old: model.Redaction, new: Entry) -> bool:
    return old.kind == new.kind and old.policy in (None, new.policy)


def _entry(node: yaml.Node) -> tuple[model.Redaction | None, yaml.Node]:
    """An entry of the list with the node of its count; nothing if it states no redaction."""
    known, found = keys.fields(model.Redaction), {}
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        field = known.get(key.value) if _is_text(key) else None
        if field is not None and _is_text(value) and value.value:
            found[str(field.path[0])] = value
    try:
        given = {name: value.value for name, value in found.items()}
        return model.Redaction.model_validate(given), found["count"]
    except ValidationError:
        return None, node


def _last(node: yaml.Node) -> yaml.Node:
    """The last thing in a list that is written by lines."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode)


def _words(*, is_chinese: bool) -> Mapping[str, str]:
    """The names of an entry's fields, in the language of the file's own."""
    return {one: keys.chinese(model.Redaction, one) if is_chinese else one for one in WORDS}


def _rows(new: Iterable[Entry], words: Mapping[str, str], indent: str, newline: str) -> str:
    lines = (line for one in new for line in _lines(one, words))
    return "".join(f"{indent}{line}{newline}" for line in lines)


def _lines(one: Entry, words: Mapping[str, str]) -> Iterator[str]:
    yield f"- {words['kind']}: {marks.LABELS[one.kind]}"
    yield f"  {words['count']}: {one.count}"
    yield f"  {words['ground']}: {grammar.scalar(one.ground)}"
    yield f"  {words['policy']}: {grammar.scalar(one.policy)}"


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    for one in sorted(edits, reverse=True):
        text = text[: one.start] + one.text + text[one.end :]
    return text
