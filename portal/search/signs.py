"""Texts brought to one spelling for the search; static/search/fold.js does the same to queries."""

import re
import unicodedata

from portal import traditional

RANGES = (
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""Chinese signs, each of which is a token of its own: their first and last code points."""
HAN = "".join(f"{chr(first)}-{chr(last)}" for first, last in RANGES)
"""The same, for patterns."""

SHORT = 2
"""Letters and digits of a word that has pairs: `24 小`. With longer ones they would be too many."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
# These begin with what is rare in a text, and look back from there, which makes them quick.
_THOUSANDS = re.compile(r"[0-9](?<![0-9.].)[0-9]{0,2}(?:,[0-9]{3})+(?![0-9])")
_ZEROS = re.compile(r"\.(?<=[0-9].)0+(?![0-9%‰])")
_TAIL = re.compile(r"(\.[0-9]*[1-9])0+(?![0-9])")
_WIDE = tuple(zip("，：；（）！？％\u3000", ",:;()!?% ", strict=True))
"""Marks that nearly every text has, and what they are in NFKC, whatever stands beside them."""
_WORD = re.compile(rf"[^\W_{HAN}]+")
_RUN = re.compile(f"[{HAN}]+")
_SEPARATOR = re.compile(r"[\W_]+")
_TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")


def readable(text: str) -> str:
    """A text with one width, one script and plain numbers, that people can still read."""
    plain = _plain(text)
    if "," in plain:
        plain = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), plain)
    if "." in plain:
        plain = _TAIL.sub(r"\1", _ZEROS.sub("", plain))
    return plain


def _plain(text: str) -> str:
    """A text in compatible forms, without what cannot be seen, its signs simplified."""
    for wide, narrow in _WIDE:
        text = text.replace(wide, narrow)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return traditional.simplified(_UNSEEN.sub("", text))


def runs(readable: str) -> list[str]:
    """The stretches of Chinese signs in a text; what stands between signs does not part them."""
    return _RUN.findall(_SEPARATOR.sub("", readable))


def tokens(readable: str) -> list[str]:
    """Each Chinese sign, and each run of letters and digits, in lower case."""
    return _TOKEN.findall(readable.lower())


def words(readable: str) -> list[str]:
    """The other tokens of a text: letters and digits that stand together, in lower case."""
    return _WORD.findall(readable.lower())


def squeeze(number: str) -> str:
    """A contract's number without what parts it: `〔2025〕64号` is 202564号."""
    return _SEPARATOR.sub("", _plain(number).lower())
