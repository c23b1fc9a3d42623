"""A file of content as plain data: front matter and body, every field with its line.

YAML is composed by libyaml into nodes, which bear their positions, and turned into plain data here:
text, lists and mappings only. Nothing is interpreted, so 0012 stays 0012 and 1168000.10 is exact.
"""

from dataclasses import dataclass
from typing import Any

from portal import model, names
from portal.problems import Location, Problem, problem
from portal.source import grammar, reader
from portal.source.reader import MOST as MOST
from portal.source.reader import Path as Path

FRONT_LIMIT = 1 << 20
"""Bytes of front matter, or of a registry file."""
BODY_LIMIT = 8 << 20
"""Bytes of a body."""


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


def front(data: bytes) -> str | None:
    """The text of a document's facts, line ends unified; None where it does not begin with any."""
    return _split(_regular(data))[0]


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
        problem(_place(path, text, first, offset), "hidden-character", name=name)
        for offset, name in search(text)[:5]
    )


def _place(path: str, text: str, first: int, offset: int) -> Location:
    """The place of a character in a text whose first line is `first`."""
    column = offset - text.rfind("\n", 0, offset)
    return Location(path, first + text.count("\n", 0, offset), column)


def _read(path: str, text: str, fact: type[model.Fact], first: int) -> Source:
    hidden = _hidden(path, text, first, reader.unfit)
    if len(text.encode()) > FRONT_LIMIT:
        hidden += (problem(Location(path), "front-matter-size"),)
    if hidden:
        return _nothing(path, *hidden)
    node = grammar.compose(path, text, first)
    if isinstance(node, Problem):
        return _nothing(path, node)
    walk = reader.Reader(path, first, text)
    data = {} if node is None else walk.top(node, fact)
    return Source(path, data, walk.lines, walk.keys, "", 0, tuple(walk.problems))
