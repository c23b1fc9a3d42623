"""The grammar of YAML, read by libyaml: nodes with their positions, or a problem, and no crash."""

import re

import yaml

from portal.problems import Location, Problem, problem

TALL = 100
"""No honest front matter nests so deep. The composer is recursive, and would overflow its stack."""
TAGS: dict[type[yaml.Node], str] = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.MappingNode: "tag:yaml.org,2002:map",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
}
_LEADING = re.compile(rf"^[ ?:-]{{{TALL}}}", re.MULTILINE)


class _Loader(yaml.CSafeLoader):
    """libyaml without guessing: every plain scalar is text."""

    def resolve(self, kind: type[yaml.Node], *_: object) -> str:
        return TAGS[kind]

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """There is nothing to resolve on the way down."""

    def ascend_resolver(self) -> None:
        """There is nothing to resolve on the way up."""


def compose(path: str, text: str, first: int) -> yaml.Node | Problem | None:
    """The node at the top of a text whose first line is `first`; None where nothing stands."""
    try:
        line = _tower(text)
        if line is not None:
            return problem(Location(path, first + line), "nesting")
        node: yaml.Node | None = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        return _illegible(path, first, error)
    return node


def scalar(value: str) -> str:
    """A text as YAML, on one line, quoted where it has to be; nothing for an empty one."""
    if not value:
        return ""
    return yaml.safe_dump(value, allow_unicode=True, width=10_000).removesuffix("\n...\n").strip()


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
    """What libyaml cannot read, in its own words: they hold nothing of the text.

    The usual ones are keys of `strings`, where each language says them in its own way.
    """
    mark = error.problem_mark
    line, column = (0, 0) if mark is None else (mark.line, mark.column + 1)
    at = Location(path, first + line, column)
    words = f"{error.context} {error.problem}"
    if "alias" in words or "anchor" in words:
        return problem(at, "yaml-alias")
    return problem(at, "yaml", detail=error.problem or "?")
