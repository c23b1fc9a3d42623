"""Traditional Chinese signs and their simplified ones, sign by sign."""

import functools
import re
from collections.abc import Mapping


@functools.cache
def table() -> Mapping[int, str]:
    """By code point of a Traditional sign: the simplified sign, as `str.translate` takes it.

    Of one Traditional sign with several simplified ones it is the most common (乾 is 干): phrases
    are not looked at, so that a text and what is looked for in it are always turned alike.
    """
    import opencc  # noqa: PLC0415 - few commands need it

    signs = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    plain = opencc.OpenCC("t2s").convert("\n".join(signs)).split("\n")
    found = {ord(one): other for one, other in zip(signs, plain, strict=True) if one != other}
    return {code: other for code, other in found.items() if len(other) == 1}


@functools.cache
def _any() -> re.Pattern[str]:
    """Finds a Traditional sign; ten times as quick as to ask a set for each sign of a text."""
    return re.compile(f"[{''.join(map(chr, table()))}]")


def simplified(text: str) -> str:
    """A text with its Traditional signs simplified."""
    # Nearly every text is simplified throughout, and turning each sign of it takes far longer.
    return text.translate(table()) if _any().search(text) else text
