"""An author's text made regular, and cut where its parts do not depend on each other."""

import re

TAB = 4
"""Columns between tab stops, as Markdown has them."""

_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(65536, 1114112, 65536)
    )
    + "]"
)
_IRREGULAR = re.compile(f"[\x0b\x0c\r\t\u2028\u2029{_UNFIT.pattern[1:]}")
_BLANK = re.compile(r"\n[^\S\n]+(?=\n|\Z)")
_HEADING = re.compile(r"\n#{1,6} [^\n]*")
_SEAM = re.compile(r"\n\n+(?=[^\n >*+\-0-9])")


def regular(text: str) -> str:
    """A text whose lines end in one way, begin with a newline, and hold what HTML may hold.

    Every line end of Unicode is a newline (scans have form feeds, word processors U+2028), tabs
    are spaces, blank lines are empty, a heading stands alone, and a character that HTML forbids
    is U+FFFD: it shows that something was there. A line begins where a newline is, the first too.
    """
    if _IRREGULAR.search(text):
        text = _UNFIT.sub("\ufffd", _ENDS.sub("\n", text)).expandtabs(TAB)
    text = _BLANK.sub("\n", "\n" + text.removeprefix("\ufeff"))
    if "\n#" in text:
        text = _HEADING.sub(r"\n\g<0>\n", text)
    return text.rstrip("\n")


def chunks(text: str) -> list[str]:
    """The parts of a regular text that mean the same alone as together.

    A blank line before anything but an indented line, a quotation or a list (which may go on
    with what stands before it) ends whatever is open.
    """
    first, *rest = _SEAM.split(text)
    return [first, *("\n" + chunk for chunk in rest)]
