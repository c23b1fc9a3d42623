"""What a part of a body becomes: HTML in which places are left for what the whole decides."""

import html
import re
from dataclasses import dataclass

from portal.redact import marks

HEADING = "\x00"
"""Stands in a piece's HTML for a heading, whose level and id depend on the others."""
TABLE = "\x01"
"""Stands for the number of a table. Neither character can stand in a regular text."""

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
"""A character reference. One without its semicolon is text."""
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Head:
    """A heading as its author wrote it: the number of its #, and its content as HTML."""

    level: int
    html: str


@dataclass(frozen=True, slots=True)
class Piece:
    """The HTML of a part of a body, its headings in order, and the targets that it links to."""

    html: str
    heads: tuple[Head, ...] = ()
    links: tuple[str, ...] = ()


def escape(text: str) -> str:
    """The text of an element as HTML."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def attribute(text: str) -> str:
    """The value of an attribute as HTML, to be put between double quotes."""
    return escape(text).replace('"', "&quot;")


def text(content: str) -> str:
    """The text of an element as HTML, with its marks."""
    return marks.html(escape(content))


def decode(content: str) -> str:
    """A text with its character references (`&nbsp;`, `&#22995;`) as characters, if it has any."""
    return ENTITY.sub(_character, content) if "&" in content else content


def literal(chunk: str) -> Piece:
    """A text as it was written, line by line: nothing of it is lost, and nothing is formatted."""
    paragraphs = (paragraph.strip() for paragraph in re.split(r"\n\n+", chunk))
    lines = (text(paragraph).replace("\n", "<br>\n") for paragraph in paragraphs if paragraph)
    return Piece("\n".join(f"<p>{one}</p>" for one in lines))


def _character(found: re.Match[str]) -> str:
    known = html.unescape(found[0])
    if known.endswith(";") and known != ";":
        return found[0]
    return _UNFIT.sub("\ufffd", known) or "\ufffd"
