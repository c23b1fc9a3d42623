"""Letters that a reader of scans took for digits: O for 0, l for 1."""

import re

_LETTER = re.compile("[OoIl](?:(?<=[0-9].)|(?<=[0-9][ -].)|(?=[ -]?[0-9]))")
"""A letter beside a digit: without one there is nothing misread."""
_MISREAD = re.compile(
    r"(?<![A-Za-z0-9-])(?=[OoIl]{0,4}\d)[0-9OoIl]{2,8}(?:[ "
    r"-]?[0-9OoIl]{3,8}){1,4}(?![A-Za-z0-9])"
)
_LETTERS = str.maketrans("OoIl", "0011")


def corrected(text: str) -> str:
    """A text, sign for sign, with digits where letters stand for them."""
    return _MISREAD.sub(_digits, text) if _LETTER.search(text) else text


def _digits(found: re.Match[str]) -> str:
    """Letters that stand for digits: O for 0, l for 1, where digits prevail and make a number."""
    run = found[0]
    plain = re.sub("[ -]", "", run)
    letters = sum(one in "OoIl" for one in plain)
    return run.translate(_LETTERS) if 0 < letters <= len(plain) * 0.7 and len(plain) >= 11 else run
