"""Facts made fit for a draft's file: in the site's words, and without what check would refuse."""

from collections.abc import Mapping
from typing import Any

from portal import body, facts, keys, model, source, values
from portal.check import contract as rules
from portal.problems import Problem

PARTIES = {code: word for word, code in reversed(values.PARTIES.items())}
"""The Chinese word for each side of a contract."""


def worded(front: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """The facts with the names that the site's clerks know: on a Chinese site, the Chinese ones."""
    return _worded(front, model.Contract) if language == "zh-CN" else front


def worded_entry(fields: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """The fields of a registry entry, named likewise."""
    return _worded(fields, model.Organisation) if language == "zh-CN" else fields


def _worded(held: Mapping[str, Any], fact: type[model.Fact]) -> dict[str, Any]:
    return {keys.chinese(fact, name): _value(value, fact, name) for name, value in held.items()}


def _value(value: Any, fact: type[model.Fact], name: str) -> Any:
    inside = keys.nested(fact, name)
    if inside is not None and isinstance(value, Mapping):
        return _worded(value, inside)
    if isinstance(value, (list, tuple)):
        return [_value(one, fact, name) for one in value]
    return PARTIES.get(value, value) if (fact, name) == (model.Penalty, "who") else value


def problems(text: str, id: str, currency: str) -> tuple[source.Source, tuple[Problem, ...]]:
    """What check will say of a contract's file, but for what is personal in it; and the file."""
    read = source.document(f"{id}.md", text.encode(), model.Contract)
    made, found = facts.contract(read, id, currency)
    if made is not None:
        case = rules.Case(made, read, body.render(read.body, body.Labels("")), ())
        found += tuple(one for rule in rules.RULES for one in rule(case))
    return read, found


def blamed(read: source.Source, one: Problem) -> source.Path:
    """The fact that a problem is about, a field or a field's field; nothing for one in the body."""
    if one.at.line >= read.body_line:
        return ()
    paths = [path for path, line in read.lines.items() if line <= one.at.line]
    deepest = max(paths, key=lambda path: (read.lines[path], len(path)), default=())
    return deepest[:2] if all(isinstance(part, str) for part in deepest[:2]) else deepest[:1]


def without(front: Mapping[str, Any], path: source.Path) -> dict[str, Any]:
    """The facts without one of them; a group that is left empty goes too."""
    name, *inner = path
    held = dict(front)
    group = held.get(str(name))
    if inner and isinstance(group, Mapping) and set(group) - {inner[0]}:
        held[str(name)] = {key: value for key, value in group.items() if key != inner[0]}
    else:
        held.pop(str(name), None)
    return held
