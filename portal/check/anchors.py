"""What must be right within any text, a contract's or a page's: its links lead to its headings."""

from collections.abc import Iterator

from portal import body, source
from portal.problems import Location, Problem, problem


def missing(read: source.Source, text: body.Body) -> Iterator[Problem]:
    """A link within the page leads to a heading that is there."""
    lost = text.lost[: source.MOST]
    lines = body.lines(read.body) if lost else {}
    for target in lost:
        at = Location(read.path, read.body_line + lines.get(target, 0))
        yield problem(at, "link-nowhere", target=target[:80])
