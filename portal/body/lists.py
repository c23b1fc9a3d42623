"""Lists whose items keep the numbers that their author gave them."""

import re
from collections.abc import Iterable, Iterator

NUMBER = r"(0|[1-9][0-9]{0,8})\."
"""The number of an item. With a leading zero, or longer, it is no number that HTML could show."""

NUMBERED = re.compile(NUMBER + " +")


def bulleted(items: Iterable[str]) -> str:
    """A list without numbers, from the HTML of its items."""
    return "\n".join(("<ul>", *(f"<li>{item}</li>" for item in items), "</ul>"))


def numbered(items: Iterable[tuple[int | None, str]]) -> str:
    """A list with numbers, from those of its items and their HTML.

    Clauses are cited by number: where 4 follows 2, the page says 4. An item without one follows.
    """
    first, *rest = _values(items)
    start = "" if first[0] == 1 else f' start="{first[0]}"'
    lines = [f"<ol{start}>", f"<li>{first[1]}</li>"]
    due = first[0] + 1
    for number, item in rest:
        lines.append(f"<li>{item}</li>" if number == due else f'<li value="{number}">{item}</li>')
        due = number + 1
    return "\n".join((*lines, "</ol>"))


def _values(items: Iterable[tuple[int | None, str]]) -> Iterator[tuple[int, str]]:
    due = 1
    for number, item in items:
        value = due if number is None else number
        yield value, item
        due = value + 1
