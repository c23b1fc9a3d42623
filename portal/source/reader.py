"""Nodes of YAML as plain data: text, lists and mappings, under the names that the model knows."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from portal import amounts, keys, model, names
from portal.problems import Location, Problem, problem
from portal.source import grammar

DEPTH_LIMIT = 12
MOST = 100
"""Problems of one file that are noted; whoever has corrected these is told of the next."""
PLAIN_TAGS = frozenset(grammar.TAGS.values())
NULLS = frozenset(("~", "null", "Null", "NULL"))
_NONCHARACTER = re.compile("[\ufffe\uffff]")

Path = tuple[str | int, ...]


def unfit(text: str) -> tuple[tuple[int, str], ...]:
    """What facts may not hold: characters that cannot be seen, and those that Unicode disowns."""
    disowned = ((one.start(), f"U+{ord(one[0]):04X}") for one in _NONCHARACTER.finditer(text))
    return (*names.hidden(text), *disowned)


class Reader:
    """One walk over a file's nodes: plain data out, lines and problems noted on the way."""

    def __init__(self, path: str, first: int, text: str) -> None:
        self.path, self.first, self.escapes = path, first, "\\" in text
        self.marked = "&" in text or "!" in text
        self.lines: dict[Path, int] = {}
        self.keys: dict[Path, str] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def note(self, node: yaml.Node, code: str, **given: object) -> None:
        if len(self.problems) < MOST:
            at = Location(self.path, self.line(node), int(node.start_mark.column) + 1)
            self.problems.append(problem(at, code, **given))

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
        if not self.marked and depth <= DEPTH_LIMIT:
            return False
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
        found = unfit(node.value)
        if found:
            self.note(node, "hidden-character", name=found[0][1])
        return bool(found)

    def mapping(self, node: yaml.Node, fact: type[model.Fact] | None, path: Path) -> dict[str, Any]:
        if not path and self.refused(node, 0):
            return {}
        data: dict[str, Any] = {}
        given: dict[Path, str] = {}
        known = keys.fields(fact) if fact is not None else {}
        for key, value in node.value:
            field = self.field(key, fact, known)
            if field is not None:
                self.put(data, given, path, field, key, value)
        return data

    def field(
        self, key: yaml.Node, fact: type[model.Fact] | None, known: Mapping[str, keys.Field]
    ) -> keys.Field | None:
        if not isinstance(key, yaml.ScalarNode):
            self.note(key, "yaml-key")
            return None
        if self.refused(key, 0) or self.hides(key):
            return None
        if fact is None:
            return keys.Field((key.value,), None)
        field = known.get(key.value) or known.get(names.fold(key.value))
        if field is None:
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
