"""An author's text made regular, and cut where its parts do not depend on each other."""

import re

TAB = 4
"""Columns between tab stops, as Markdown has them."""

_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PLANES = "".join(chr(end) + chr(end + 1) for end in range(0xFFFE, 0x110000, 0x10000))
_UNFIT = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")
_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\U0001fffe-\U0010ffff]"
)
"""Wider than what is replaced: a set with many parts beyond U+FFFF is slow to search for."""
_BLANK = re.compile(r"\n[^\S\n]+(?=\n|\Z)")
_HEADING = re.compile(r"\n#{1,6} [^\n]*")
_CROWDED = re.compile(r"\n(?:(?<=[^\n]\n)#{1,6} |#{1,6} [^\n]*\n[^\n])")
_GAP = re.compile(r"\n\n\n+")
_SEAM = re.compile(r"\n\n(?=[^ >*+\-0-9])")


def regular(text: str) -> str:
    """A text whose lines end in one way, begin with a newline, and hold what HTML may hold.

    Every line end of Unicode is a newline (scans have form feeds, word processors U+2028), tabs
    are spaces, a blank line is empty, a heading stands alone, and a character that HTML forbids
    is U+FFFD: it shows that something was there. A line begins where a newline is, the first too.
    """
    if _SUSPECT.search(text):
        text = _UNFIT.sub("\ufffd", _ENDS.sub("\n", text)).expandtabs(TAB)
    text = _BLANK.sub("\n", "\n" + text.removeprefix("\ufeff"))
    if _CROWDED.search(text):
        text = _HEADING.sub(r"\n\g<0>\n", text)
    if "\n\n\n" in text:
        text = _GAP.sub("\n\n", text)
    return text.rstrip("\n")


def chunks(text: str) -> list[str]:
    """The parts of a regular text that mean the same alone as together.

    A blank line before anything but an indented line, a quotation or a list (which may go on
    with what stands before it) ends whatever is open.
    """
    first, *rest = _SEAM.split(text)
    return [first, *("\n" + chunk for chunk in rest)]
