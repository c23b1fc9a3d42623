"""Names compared: folded forms, near matches, and characters that cannot be seen."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

CUTOFF = 0.65
"""One wrong character in three is still near (供货商, 供应商); one in two is another word."""

_TURNING = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN = _TURNING + (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    r"\xad\u034f"  # soft hyphen, combining grapheme joiner
    r"\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff"  # zero width, word joiners, byte order mark
    r"\u2028\u2029"  # separators of lines and paragraphs
    r"\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800"  # letters and a pattern without ink
    r"\u180b-\u180f\ufe00-\ufe0f"  # variation selectors
    r"\ufff0-\ufffb"  # reserved, interlinear annotations
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # shorthand and musical format controls
    r"\U000e0000-\U000e0fff"  # tags, more variation selectors
)
_UNSEEN = re.compile(f"[{_HIDDEN}]")
_BIDIRECTIONAL = re.compile(f"[{_TURNING}]")
_IGNORED = re.compile(rf"[\s{_HIDDEN}]+")

_OPEN, _CLOSE = "[{<〈《「『【〔〖〘〚⟨⟦⦅❨❪❬❰❲❴‹«", "]}>〉》」』】〕〗〙〛⟩⟧⦆❩❫❭❱❳❵›»"
_DOTS = "·•‧∙⋅・⸱ꞏ"
_ALIKE = str.maketrans(
    _OPEN + _CLOSE + _DOTS, "(" * len(_OPEN) + ")" * len(_CLOSE) + "·" * len(_DOTS)
)


def fold(name: str) -> str:
    """The form in which names are compared; never shown.

    Compatibility forms become plain (NFKC), every kind of bracket round, every middle dot ·;
    letters lose their case; white space and hidden characters go. Traditional characters stay.
    """
    plain = unicodedata.normalize("NFKC", _IGNORED.sub("", name))
    bare = _IGNORED.sub("", plain).translate(_ALIKE).casefold()
    return unicodedata.normalize("NFKC", bare)


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant, or None; for hints, not for deciding.

    For dozens of keys or hundreds of names: the cost grows with their number.
    """
    by_fold = {fold(one): one for one in sorted(known, reverse=True)}
    found = difflib.get_close_matches(fold(name), by_fold, n=1, cutoff=CUTOFF)
    return by_fold[found[0]] if found else None


def hidden(text: str) -> tuple[tuple[int, str], ...]:
    """Each character that cannot be seen and must not stand in a fact: its offset and its name.

    These are Unicode's default ignorable characters (soft hyphen, zero-width and direction
    characters, fillers, variation selectors, tags), all controls but tab and line feed (so line
    ends are to be unified first), the separators U+2028 and U+2029, interlinear annotations and
    the blank Braille pattern. Spaces, U+3000 among them, are not hidden. A character without a
    name is called by its number, U+0007.
    """
    return _found(_UNSEEN, text)


def bidirectional(text: str) -> tuple[tuple[int, str], ...]:
    """Each character that turns the direction of writing, so that a text is not what it seems.

    For bodies, where other hidden characters do no harm. Source: Unicode's Bidi_Control.
    """
    return _found(_BIDIRECTIONAL, text)


def _found(pattern: re.Pattern[str], text: str) -> tuple[tuple[int, str], ...]:
    return tuple(
        (match.start(), unicodedata.name(match[0], f"U+{ord(match[0]):04X}"))
        for match in pattern.finditer(text)
    )
