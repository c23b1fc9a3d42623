"""A file of content as plain data: front matter and body, every field with its line.

YAML is composed by libyaml into nodes, which bear their positions, and turned into plain data here:
text, lists and mappings only. Nothing is interpreted, so 0012 stays 0012 and 1168000.10 is exact.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from portal import amounts, keys, model, names
from portal.problems import Location, Problem, problem

FRONT_LIMIT = 1 << 20
"""Bytes of front matter, or of a registry file."""
BODY_LIMIT = 8 << 20
"""Bytes of a body."""
DEPTH_LIMIT = 12
MOST = 100
"""Problems of one file that are noted; whoever has corrected these is told of the next."""
TALL = 100
"""No honest front matter nests so deep. The composer is recursive, and would overflow its stack."""
TAGS: dict[type[yaml.Node], str] = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.MappingNode: "tag:yaml.org,2002:map",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
}
PLAIN_TAGS = frozenset(TAGS.values())
NULLS = frozenset(("~", "null", "Null", "NULL"))
_LEADING = re.compile(rf"^[ ?:-]{{{TALL}}}", re.MULTILINE)
_NONCHARACTER = re.compile("[\ufffe\uffff]")

Path = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader):
    """libyaml without guessing: every plain scalar is text."""

    def resolve(self, kind: type[yaml.Node], *_: object) -> str:
        return TAGS[kind]

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """There is nothing to resolve on the way down."""

    def ascend_resolver(self) -> None:
        """There is nothing to resolve on the way up."""


@dataclass(frozen=True, slots=True)
class Source:
    """What stands in a file.

    By a field's path of English names, `lines` gives its line and `keys` its name as written.
    """

    path: str
    data: dict[str, Any]
    lines: dict[Path, int]
    keys: dict[Path, str]
    body: str
    body_line: int
    problems: tuple[Problem, ...]

    def at(self, path: Path) -> Location:
        """The place of a field, or of the nearest field above it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return Location(self.path, self.lines[path[:length]])
        return Location(self.path, 1)

    def key(self, path: Path) -> str:
        """What the author calls a field, or the nearest field above it."""
        above = (path[:length] for length in range(len(path), 0, -1))
        return next((self.keys[part] for part in above if part in self.keys), "---")


def document(path: str, data: bytes, fact: type[model.Fact]) -> Source:
    """A Markdown file with front matter between two lines of `---`."""
    text, problems = _text(path, data, FRONT_LIMIT + BODY_LIMIT)
    if problems:
        return _nothing(path, *problems)
    front, body = _split(text)
    if front is None:
        return _nothing(path, problem(Location(path, 1), "front-matter"))
    if len(body.encode()) > BODY_LIMIT:
        problems += (problem(Location(path, front.count("\n") + 2), "body-size"),)
    read = _read(path, front, fact, first=2)
    body_line = front.count("\n") + 3
    problems += read.problems + _hidden(path, body, body_line, names.bidirectional)
    return Source(path, read.data, read.lines, read.keys, body, body_line, problems)


def entry(path: str, data: bytes, fact: type[model.Fact]) -> Source:
    """A YAML file: site.yaml, or an entry of a registry."""
    text, problems = _text(path, data, FRONT_LIMIT)
    return _nothing(path, *problems) if problems else _read(path, text, fact, first=1)


def body(data: bytes) -> str:
    """The body of a document that was read before, and found to be in order."""
    return _split(_regular(data))[1]


def _nothing(path: str, *problems: Problem) -> Source:
    """A file of which nothing can be read, or in which nothing stands."""
    return Source(path, {}, {}, {}, "", 0, problems)


def _text(path: str, data: bytes, limit: int) -> tuple[str, tuple[Problem, ...]]:
    if len(data) > limit:
        return "", (problem(Location(path), "file-size", limit=limit >> 20),)
    try:
        return _regular(data), ()
    except UnicodeDecodeError as error:
        return "", (problem(Location(path, data[: error.start].count(b"\n") + 1), "encoding"),)


def _regular(data: bytes) -> str:
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _split(text: str) -> tuple[str | None, str]:
    if not text.startswith("---\n"):
        return None, text
    end = text.find("\n---\n", 3)
    if end >= 0:
        return text[4 : end + 1], text[end + 5 :]
    return (text[4:-3], "") if text.endswith("\n---") else (None, text)


def _hidden(path: str, text: str, first: int, search: Any) -> tuple[Problem, ...]:
    """Characters that cannot be seen, each with its line; the first five are enough to act on."""
    return tuple(
        problem(Location(path, first + text.count("\n", 0, offset)), "hidden-character", name=name)
        for offset, name in search(text)[:5]
    )


def _unfit(text: str) -> tuple[tuple[int, str], ...]:
    """What facts may not hold: characters that cannot be seen, and those that Unicode disowns."""
    disowned = ((one.start(), f"U+{ord(one[0]):04X}") for one in _NONCHARACTER.finditer(text))
    return (*names.hidden(text), *disowned)


def _read(path: str, text: str, fact: type[model.Fact], first: int) -> Source:
    hidden = _hidden(path, text, first, _unfit)
    if len(text.encode()) > FRONT_LIMIT:
        hidden += (problem(Location(path), "front-matter-size"),)
    if hidden:
        return _nothing(path, *hidden)
    try:
        line = _tower(text)
        if line is not None:
            return _nothing(path, problem(Location(path, first + line), "nesting"))
        node = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        return _nothing(path, _illegible(path, first, error))
    reader = _Reader(path, first, text)
    data = {} if node is None else reader.top(node, fact)
    return Source(path, data, reader.lines, reader.keys, "", 0, tuple(reader.problems))


def _tower(text: str) -> int | None:
    """The line, counted from 0, on which nesting goes beyond all measure; None if it never does.

    Only brackets, and signs at the beginning of a line, can nest so deep: few texts have as many.
    """
    if text.count("[") + text.count("{") < TALL and not _LEADING.search(text):
        return None
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > TALL:
            return event.start_mark.line if event.start_mark else 0
    return None


def _illegible(path: str, first: int, error: yaml.MarkedYAMLError) -> Problem:
    """What libyaml cannot read, in its own words: they hold nothing of the text."""
    mark = error.problem_mark
    at = Location(path, first if mark is None else first + mark.line)
    words = f"{error.context} {error.problem}"
    if "alias" in words or "anchor" in words:
        return problem(at, "yaml-alias")
    return problem(at, "yaml", detail=error.problem or "?")


class _Reader:
    """One walk over a file's nodes: plain data out, lines and problems noted on the way."""

    def __init__(self, path: str, first: int, text: str) -> None:
        self.path, self.first, self.escapes = path, first, "\\" in text
        self.lines: dict[Path, int] = {}
        self.keys: dict[Path, str] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def note(self, node: yaml.Node, code: str, **given: object) -> None:
        if len(self.problems) < MOST:
            self.problems.append(problem(Location(self.path, self.line(node)), code, **given))

    def line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self.first

    def top(self, node: yaml.Node, fact: type[model.Fact]) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            if node.value:
                self.note(node, "fields")
            return {}
        data = self.mapping(node, fact, ())
        items = data.get("items")
        if isinstance(items, dict) and items.keys() == {0}:
            data["items"] = [items[0]]
        return data

    def refused(self, node: yaml.Node, depth: int) -> bool:
        """Aliases (a node met twice), tags and towers of nesting are not read any further."""
        mark = id(node)
        if mark not in self.seen and node.tag in PLAIN_TAGS and depth <= DEPTH_LIMIT:
            self.seen.add(mark)
            return False
        if mark in self.seen:
            self.note(node, "yaml-alias")
        else:
            self.note(node, "nesting" if depth > DEPTH_LIMIT else "yaml-tag")
        return True

    def value(self, node: yaml.Node, fact: type[model.Fact] | None, path: Path) -> Any:
        if self.refused(node, len(path)):
            return None
        if isinstance(node, yaml.ScalarNode):
            return self.text(node, fact)
        if isinstance(node, yaml.SequenceNode):
            found: list[Any] = []
            for one in node.value:
                place = (*path, len(found))
                self.lines[place] = self.line(one)
                item = self.value(one, fact, place)
                if item is not None:
                    found.append(item)
            return found
        return self.mapping(node, fact, path)

    def text(self, node: yaml.ScalarNode, fact: type[model.Fact] | None) -> Any:
        """A plain text; nothing, where the field is left blank; the short spelling of a fact."""
        if node.value == "" or (not node.style and node.value in NULLS):
            return None
        if node.style == '"' and self.hides(node):
            return None
        short = keys.SHORT.get(fact) if fact is not None else None
        return node.value if short is None else {short: node.value}

    def hides(self, node: yaml.ScalarNode) -> bool:
        """Between double quotes, an escape such as \\u200b stands for a character unseen."""
        if not self.escapes:
            return False
        found = _unfit(node.value)
        if found:
            self.note(node, "hidden-character", name=found[0][1])
        return bool(found)

    def mapping(self, node: yaml.Node, fact: type[model.Fact] | None, path: Path) -> dict[str, Any]:
        if not path and self.refused(node, 0):
            return {}
        data: dict[str, Any] = {}
        given: dict[Path, str] = {}
        for key, value in node.value:
            field = self.field(key, fact)
            if field is not None:
                self.put(data, given, path, field, key, value)
        return data

    def field(self, key: yaml.Node, fact: type[model.Fact] | None) -> keys.Field | None:
        if not isinstance(key, yaml.ScalarNode):
            self.note(key, "yaml-key")
            return None
        if self.refused(key, 0) or self.hides(key):
            return None
        if fact is None:
            return keys.Field((key.value,), None)
        known = keys.fields(fact)
        field = known.get(key.value) or known.get(names.fold(key.value))
        if field is None or (fact is model.Contract and field.path == ("id",)):
            self.unknown(key, fact)
            return None
        return field

    def unknown(self, key: yaml.ScalarNode, fact: type[model.Fact]) -> None:
        """A field that there is not; looking for what was meant takes long, so only at first."""
        if len(self.problems) >= MOST:
            return
        known = (one for one in keys.accepted(fact) if (fact, one) != (model.Contract, "id"))
        near = names.near(key.value[:40], known)
        code = "unknown-field" if near is None else "unknown-field-near"
        self.note(key, code, field=" ".join(key.value.split())[:40] or '""', near=near or "")

    def put(
        self,
        data: dict[str, Any],
        given: dict[Path, str],
        path: Path,
        field: keys.Field,
        key: yaml.ScalarNode,
        node: yaml.Node,
    ) -> None:
        """Set one field, which may lie deeper than its key; twice is a problem."""
        where, line = field.path, self.line(key)
        before = given.get(where)
        if before is not None:
            code = "duplicate-key" if before == key.value else "field-twice"
            self.note(key, code, field=key.value, other=before)
            return
        given[where] = key.value
        full = path + where
        self.lines[full], self.keys[full] = line, key.value
        value = self.value(node, field.fact, full)
        if value is None:
            return
        if field.ten_thousands:
            value = _ten_thousands(value)
        inner: dict[Any, Any] = data
        for step in where[:-1]:
            inner = self.inside(inner, step, key)
        last = where[-1]
        if last not in inner:
            inner[last] = value
        elif isinstance(inner[last], dict) and isinstance(value, dict):
            self.merge(inner[last], value, key)
        else:
            self.note(key, "field-twice", field=key.value, other=str(last))

    def inside(self, data: dict[Any, Any], step: str | int, key: yaml.ScalarNode) -> dict[Any, Any]:
        self.lines.setdefault((step,), self.line(key))
        found = data.setdefault(step, {})
        if isinstance(found, dict):
            return found
        self.note(key, "field-twice", field=key.value, other=str(step))
        return {}

    def merge(self, old: dict[Any, Any], new: dict[Any, Any], key: yaml.ScalarNode) -> None:
        for name in old.keys() & new.keys():
            self.note(key, "field-twice", field=key.value, other=str(name))
        old.update(new)


def _ten_thousands(value: Any) -> Any:
    """A figure in 万元 as yuan; what cannot be read for sure stays, and is refused as an amount."""
    read = amounts.figures(value.strip() + "万元") if isinstance(value, str) else None
    if read is None:
        return value if isinstance(value, (list, dict)) else f"{value} (万元)"
    return f"{read:f}"
