"""An author's mistakes: what is wrong, where it stands, and the exception that carries them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal import strings


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: its path below the site's root, and the line, counted from 1.

    Line 0 means the file as a whole. The column, counted from 1, only helps to find the place: 0
    means that nobody knows it, and two places of one line are the same place.
    """

    path: str
    line: int = 0
    column: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in the content. `code` is stable and documented in docs/problems.md.

    `given` fills the message's placeholders; it never holds text that may be personal data.
    """

    at: Location
    code: str
    given: tuple[tuple[str, str], ...] = ()


def problem(at: Location, code: str, **given: object) -> Problem:
    """A problem with its placeholders named."""
    return Problem(at, code, tuple(sorted((name, str(value)) for name, value in given.items())))


class Rejected(Exception):
    """The content is refused; `problems` holds every reason, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(f"{len(self.problems)} problems")


class Refused(Exception):
    """A command cannot do its work, for a reason that lies in no file: `code` and its words."""

    def __init__(self, code: str, **given: object) -> None:
        self.code, self.given = code, {name: str(value) for name, value in given.items()}
        super().__init__(code)

    def __reduce__(self) -> tuple[object, ...]:
        return _refused, (self.code, self.given)

    def message(self, language: str) -> str:
        """What stands in the way, and what to do about it."""
        return strings.of(language)["refused." + self.code].format_map(self.given)


def _refused(code: str, given: dict[str, str]) -> Refused:
    return Refused(code, **given)


def message(one: Problem, language: str) -> str:
    """`path:line: code: what is wrong; what to do`, of a problem or a notice, in the language."""
    return f"{one.at}: {one.code}: {text(one, language)}"


def text(one: Problem, language: str) -> str:
    """What is wrong, and what to do about it, without the place."""
    words = strings.of(language)
    kind = "problem" if f"problem.{one.code}" in words else "notice"
    given = dict(one.given)
    if one.code == "yaml":
        given["detail"] = words.get("yaml." + given["detail"], given["detail"])
    if "rule" in given:
        given["kind"] = words[f"kinds.{given['kind']}"]
    if "place" in given:
        page = given["page"]
        given["page"] = words["place.page"].format(n=page) if page != "0" else words["place.whole"]
        given["place"] = words[f"place.{given['place']}"]
    if "reason" in given:
        given["reason"] = words.get(f"unreadable.{given['reason']}", given["reason"])
    return words[f"{kind}.{one.code}"].format_map(given)


def record(one: Problem, language: str) -> dict[str, object]:
    """A problem as data, for `check --format json`."""
    return {
        "path": one.at.path,
        "line": one.at.line,
        "code": one.code,
        "message": message(one, language),
        "given": dict(one.given),
    }
