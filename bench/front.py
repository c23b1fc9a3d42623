"""Front matter: plain data as YAML between two lines of `---`."""

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

FENCE = "---\n"

Plain = str | int | Decimal | datetime.date
Tree = Mapping[str, "Plain | Tree | Sequence[Tree]"]


def document(data: Tree, body: str) -> str:
    """A Markdown file; a field without a value is left out."""
    return f"{FENCE}{text(data)}{FENCE}\n{body}"


def split(document: str) -> tuple[str, str]:
    """Front matter and body of a file that `document` made."""
    front, body = document.removeprefix(FENCE).split("\n" + FENCE, 1)
    return front + "\n", body.removeprefix("\n")


def text(data: Tree) -> str:
    """Data as YAML: text in quotes, numbers and days without."""
    return "".join(line + "\n" for line in _lines(data, ""))


def _lines(data: Tree, indent: str) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            if value:
                yield f"{indent}{key}:"
                yield from _lines(value, indent + "  ")
        elif isinstance(value, Plain):
            yield f"{indent}{key}: {_scalar(value)}"
        elif value:
            yield f"{indent}{key}:"
            for one in value:
                yield from _entry(one, indent + "  ")


def _entry(value: Plain | Tree, indent: str) -> Iterator[str]:
    if isinstance(value, Plain):
        yield f"{indent}- {_scalar(value)}"
        return
    first, *rest = _lines(value, indent + "  ")
    yield f"{indent}- {first.lstrip()}"
    yield from rest


def _scalar(value: Plain) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
