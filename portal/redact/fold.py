"""A text as the finder reads it: one spelling for what looks alike, with a map back."""

import bisect
import functools
import html
import re
import unicodedata
import urllib.parse
from typing import NamedTuple

from portal import traditional

HAN = "〇㐀-鿿"

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_PIECE = re.compile(
    r"(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});)"
    r"|(?P<open><!--)|(?P<close>-->)"
    r"|(?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9]{0,9})(?P<rest>(?:\s[^<>]{0,500})?)/?>)"
    r"|(?P<emphasis>\*\*|__|~~|`|(?<=\d)\*(?=\d{3})|(?<=[^\s*])_(?=[0-9]{3})|(?<=[一-鿿])\*(?=[一-鿿]))"
    r"|(?P<coded>(?:%[0-9A-Fa-f]{2}){3,})"
    r"|(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<circled>[①-⑨⓪❶-❾➀-➈➊-➒]{3,})"
    r"|(?P<wide>[^\n\t -~〇㐀-鿿、。“”‘’《》·…—¥×‰〔〕【】]+)"
)
_BEGIN = re.compile(r"[^\n\t !\"#$'()+,./0-9:;=>?@A-Z\[\]^a-z{|}〇㐀-鿿、。“”‘’《》·…—¥×‰〔〕【】]")
"""A sign with which a piece may begin."""
_COMMON = frozenset(
    bytes((high, low)).decode("gb2312", "ignore")
    for high in range(0xA1, 0xF8)
    for low in range(0xA1, 0xFF)
)
"""The signs of GB 2312: texts that hold no other Chinese ones have no Traditional ones."""
_STOP = re.compile("(?<=[0-9A-Za-z])·|·(?=[0-9A-Za-z])")
_APART = re.compile(
    f" (?:(?<=(?<![{HAN}])[{HAN}] )[ ]{{0,3}}[{HAN}](?![{HAN}])"
    "|(?<=(?<![0-9A-Za-z])[0-9A-Z] )(?:[ ]?[0-9A-Za-z] |Q(?![A-Za-z])))"
)
"""Two signs that stand alone beside a space: without them there are no spaced words."""
_SPACED = re.compile(
    f"(?<![{HAN}])[{HAN}](?:[ ]{{1,4}}[{HAN}](?![{HAN}A-Z]))+"
    "|(?<![0-9A-Za-z])[0-9A-Z](?:[ ]{1,2}[0-9A-Za-z](?![0-9A-Za-z])){6,}"
    "|(?<![A-Za-z])Q Q(?![A-Za-z])"
)
_NUMERAL = "[0-9〇零○一二三四五六七八九幺洞拐勾壹贰叁肆伍陆柒捌玖]"
_NUMERALS = re.compile(
    f"{_NUMERAL}(?:{_NUMERAL}{{2}}(?P<gap>[ -]){_NUMERAL}{{4}}(?P=gap){_NUMERAL}{{4}}(?!{_NUMERAL})"
    f"|(?:[-\n]?{_NUMERAL}){{6,}})"
)
_SIGN = re.compile(r"[^ ]")
_WORDS = "〇零○一二三四五六七八九幺洞拐勾壹贰叁肆伍陆柒捌玖"
_DIGITS = str.maketrans(
    "〇零○一二三四五六七八九幺洞拐勾壹贰叁肆伍陆柒捌玖", "0001234567891079123456789"
)
_NARROW = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    "\u3000": " ",
    "．": "·",
}
_CIRCLED = {
    char: str(number)
    for row in ("⓪①②③④⑤⑥⑦⑧⑨", " ❶❷❸❹❺❻❼❽❾", " ➀➁➂➃➄➅➆➇➈", " ➊➋➌➍➎➏➐➑➒")
    for number, char in enumerate(row)
    if char != " "
}
_INNER = frozenset(("p", "div", "br", "span"))
_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset("br p div tr table li ul ol h1 h2 h3 h4 h5 h6 thead tbody hr".split())
_ANGLES = str.maketrans("<>", "\n\n")
_DOTS = str.maketrans("•‧・∙⋅･", "······")


class Places:
    """Where the characters of a text stand in the one that it was made from, piece by piece."""

    def __init__(self) -> None:
        self._size = 0
        self._at: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int | None] = []

    def same(self, size: int, start: int) -> None:
        """The next characters stand one by one from a place on."""
        self._add(size, start, None)

    def instead(self, size: int, start: int, end: int) -> None:
        """Each of the next characters stands for a whole span."""
        self._add(size, start, end)

    def _add(self, size: int, start: int, end: int | None) -> None:
        if size:
            self._at.append(self._size)
            self._starts.append(start)
            self._ends.append(end)
            self._size += size

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self._one(start)[0], self._one(end - 1)[1]

    def _one(self, at: int) -> tuple[int, int]:
        index = bisect.bisect_right(self._at, at) - 1
        start, end = self._starts[index], self._ends[index]
        if end is not None:
            return start, end
        start += at - self._at[index]
        return start, start + 1


class Folded(NamedTuple):
    """A folded text, and its steps back to the original, the last one first."""

    text: str
    steps: tuple[Places, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's characters that folded to `text[start:end]`, which is not empty."""
        for places in self.steps:
            start, end = places.span(start, end)
        return start, end


class _Writer:
    """The folded text as it grows, with its map."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places = Places()

    def same(self, text: str, at: int) -> None:
        self.parts.append(text)
        self.places.same(len(text), at)

    def instead(self, text: str, start: int, end: int) -> None:
        """`text`, each of whose characters stands for the whole of the original's span."""
        self.parts.append(text)
        self.places.instead(len(text), start, end)


def fold(text: str) -> Folded:
    """Full width, other digits, entities, markup, Traditional signs and spaced words made plain."""
    for sign in set(text) & _NARROW.keys():
        text = text.replace(sign, _NARROW[sign])
    plain, steps = _pieces(text)
    plain = _dotted(_NUMERALS.sub(_figures, _simplified(plain)))
    return _unspaced(Folded(plain, steps))


def _pieces(text: str) -> Folded:
    begin = _BEGIN.search(text)
    if begin is None:
        return Folded(text, ())
    out, at = _Writer(), 0
    while begin is not None:
        found = _PIECE.match(text, begin.start())
        if found is not None:
            out.same(text[at : found.start()], at)
            at = found.end()
            _piece(text, found, out)
        begin = _BEGIN.search(text, found.end() if found else begin.end())
    out.same(text[at:], at)
    return Folded("".join(out.parts), (out.places,))


def _piece(text: str, found: re.Match[str], out: _Writer) -> None:
    start, end = found.span()
    if found["coded"]:
        _decoded(found, out)
    elif found["wide"]:
        for at, sign in enumerate(found["wide"], start):
            out.instead(_narrow(sign), at, at + 1)
    elif "=" in (found["rest"] or ""):
        out.same(found[0].translate(_ANGLES), start)
    else:
        is_inner = (found["name"] or "").lower() in _INNER and _is_in_cell(text, found, out)
        out.instead("" if is_inner else _plain(found), start, end)


def _decoded(found: re.Match[str], out: _Writer) -> None:
    """Signs that an address writes as bytes, %E5%BC%A0; as it stands where they are none."""
    text = urllib.parse.unquote(found[0], errors="replace")
    at = found.start()
    if "\ufffd" in text or not text.isprintable():
        out.same(found[0], at)
        return
    for sign in text:
        end = at + 3 * len(sign.encode())
        out.instead(sign, at, end)
        at = end


def _is_in_cell(text: str, tag: re.Match[str], out: _Writer) -> bool:
    """Whether a paragraph's tag stands at a cell's edge, where it breaks no line."""
    is_last = text.startswith(("</td", "</th"), tag.end())
    return is_last or "".join(out.parts[-3:]).rstrip(" ").endswith("|")


def _plain(found: re.Match[str]) -> str:
    """What a piece of markup stands for."""
    if entity := found["entity"]:
        text = html.unescape(entity)
        return "" if _UNSEEN.fullmatch(text) else unicodedata.normalize("NFKC", text)
    if name := found["name"]:
        kind = name.lower()
        return "|" if kind in _CELLS else "\n" if kind in _BLOCKS else ""
    if run := found["circled"]:
        return "".join(_CIRCLED.get(one, one) for one in run)
    return "\n" if found["open"] or found["close"] else ""


@functools.lru_cache(maxsize=4096)
def _narrow(char: str) -> str:
    """One sign in its common form; a digit of any script as 0 to 9; nothing for an unseen one."""
    if _UNSEEN.match(char):
        return ""
    if char in _CIRCLED:
        return char
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", char).translate(_DOTS)
    if plain.isspace():
        return "\n" if char in "\f\v\x1c\x1d\x1e\x85\u2028\u2029\r" else " "
    return plain


def _simplified(text: str) -> str:
    """Traditional signs as simplified ones, sign for sign."""
    rare = {ord(one) for one in set(text) - _COMMON if one > "㐀"}
    return (
        text.translate(traditional.table()) if rare and rare & traditional.table().keys() else text
    )


def _figures(run: re.Match[str]) -> str:
    """Seven and more Chinese numerals in a row as digits: 一三九 is how some write a number."""
    text = run[0]
    inner = text.strip(_WORDS) if sum(sign in _WORDS for sign in text) < 4 else text
    return text.replace(inner, inner.translate(_DIGITS)) if inner else text


def _dotted(text: str) -> str:
    """A full-width stop as the dot within a name between Chinese signs, as a stop elsewhere."""
    return _STOP.sub(".", text) if "·" in text else text


def _unspaced(folded: Folded) -> Folded:
    """Words whose signs are set apart, `联 系 人`, drawn together."""
    text = folded.text
    if _APART.search(text) is None:
        return folded
    out, at = _Writer(), 0
    for found in _SPACED.finditer(text):
        out.same(text[at : found.start()], at)
        for sign in _SIGN.finditer(found[0]):
            out.same(sign[0], found.start() + sign.start())
        at = found.end()
    out.same(text[at:], at)
    return Folded("".join(out.parts), (out.places, *folded.steps))
