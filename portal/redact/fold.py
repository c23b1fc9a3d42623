"""A text as the finder reads it: one spelling for what looks alike, with a map back."""

import functools
import html
import re
import unicodedata
from typing import NamedTuple

HAN = "〇㐀-鿿"

_UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
                     "\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]")  # fmt: skip
_PIECE = re.compile(
    r"(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});)"
    r"|(?P<open><!--)|(?P<close>-->)"
    r"|(?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9]{0,9})(?P<rest>(?:\s[^<>]{0,500})?)/?>)"
    r"|(?P<emphasis>\*\*|__|~~|`|(?<=\d)\*(?=\d{3})|(?<=[^\s*])_(?=[0-9]{3}))"
    r"|(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<circled>[①-⑨⓪❶-❾➀-➈➊-➒]{3,})"
    r"|(?P<wide>[^\n\t -~〇㐀-鿿、。“”‘’《》·…—¥×‰〔〕【】]+)"
)
_COMMON = frozenset(
    bytes((high, low)).decode("gb2312", "ignore")
    for high in range(0xA1, 0xF8)
    for low in range(0xA1, 0xFF)
)
"""The signs of GB 2312: texts that hold no other Chinese ones have no Traditional ones."""
_QUIET = frozenset(
    {one for one in _COMMON if "一" <= one <= "鿿"}
    | set("\n\t !\"#$%'()+,-./:;=>?@[]^{|}〇、。“”‘’《》·…—¥×‰〔〕【】")
    | set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
)
"""Signs that stand for themselves wherever they are."""
_STOP = re.compile("(?<=[0-9A-Za-z])·|·(?=[0-9A-Za-z])")
_SPACED = re.compile(
    f"(?<![{HAN}])[{HAN}](?:[ ]{{1,4}}[{HAN}](?![{HAN}]))+"
    "|(?<![0-9A-Za-z])[0-9A-Z](?:[ ]{1,2}[0-9A-Za-z](?![0-9A-Za-z])){6,}|(?<![A-Za-z])Q Q(?![A-Za-z])"
)
_NUMERAL = "[0-9〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]"
_NUMERALS = re.compile(
    f"{_NUMERAL}{{3}}(?P<gap>[ -])(?:{_NUMERAL}{{4}}(?P=gap){_NUMERAL}{{4}})(?!{_NUMERAL})"
    f"|{_NUMERAL}(?:-?{_NUMERAL}){{6,}}"
)
_WORDS = "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_DIGITS = str.maketrans("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFF0E: 0xB7}
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


class Folded(NamedTuple):
    """A folded text; `starts[i]`, `ends[i]` are where its character i stands in the original."""

    text: str
    starts: list[int] | range
    ends: list[int] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's characters that folded to `text[start:end]`, which is not empty."""
        return self.starts[start], self.ends[end - 1]


class _Writer:
    """The folded text as it grows, with its map."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def same(self, text: str, at: int) -> None:
        self.parts.append(text)
        self.starts.extend(range(at, at + len(text)))
        self.ends.extend(range(at + 1, at + len(text) + 1))

    def instead(self, text: str, start: int, end: int) -> None:
        """`text`, each of whose characters stands for the whole of the original's span."""
        self.parts.append(text)
        self.starts.extend([start] * len(text))
        self.ends.extend([end] * len(text))


def fold(text: str) -> Folded:
    """Full width, other digits, entities, markup, Traditional signs and spaced words made plain."""
    folded = _pieces(text.translate(_NARROW))
    folded = folded._replace(text=_dotted(_numerals(_simplified(folded.text))))
    return _unspaced(folded)


def _pieces(text: str) -> Folded:
    if _QUIET.issuperset(text):
        return Folded(text, range(len(text)), range(1, len(text) + 1))
    out, at = _Writer(), 0
    for found in _PIECE.finditer(text):
        out.same(text[at : found.start()], at)
        at = found.end()
        if found["wide"]:
            _wide(out, found["wide"], found.start())
        elif "=" in (found["rest"] or ""):
            out.same(found[0].translate(_ANGLES), found.start())
        else:
            is_inner = (found["name"] or "").lower() in _INNER and _is_in_cell(text, found, out)
            out.instead("" if is_inner else _plain(found), found.start(), at)
    out.same(text[at:], at)
    return Folded("".join(out.parts), out.starts, out.ends)


def _is_in_cell(text: str, tag: re.Match[str], out: _Writer) -> bool:
    """Whether a paragraph's tag stands at a cell's edge, where it breaks no line."""
    return text.startswith(("</td", "</th"), tag.end()) or (bool(out.parts) and "".join(out.parts[-3:]).rstrip(" ").endswith("|"))


def _plain(found: re.Match[str]) -> str:
    """What a piece of markup stands for."""
    if entity := found["entity"]:
        text = html.unescape(entity)
        return "" if _UNSEEN.fullmatch(text) else unicodedata.normalize("NFKC", text)
    if name := found["name"]:
        kind = name.lower()
        edge = "|" if kind in _CELLS else "\n" if kind in _BLOCKS else ""
        return edge
    if run := found["circled"]:
        return "".join(_CIRCLED.get(one, one) for one in run)
    return "\n" if found["open"] or found["close"] else ""


def _wide(out: _Writer, run: str, at: int) -> None:
    for offset, char in enumerate(run, at):
        if not _UNSEEN.match(char):
            out.instead(_narrow(char), offset, offset + 1)


@functools.lru_cache(maxsize=4096)
def _narrow(char: str) -> str:
    """One sign in its common form; a digit of any script as 0 to 9."""
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
    rare = {one for one in set(text) - _COMMON if one > "㐀"}
    return text.translate(_traditional()) if rare else text


@functools.cache
def _traditional() -> dict[int, str]:
    import opencc  # noqa: PLC0415 - only texts with signs beyond GB 2312 need it

    signs = [chr(code) for code in range(0x4E00, 0xA000)]
    plain = opencc.OpenCC("t2s").convert("\n".join(signs)).split("\n")
    table = {ord(one): other for one, other in zip(signs, plain, strict=True) if one != other}
    return {code: other for code, other in table.items() if len(other) == 1}


def _numerals(text: str) -> str:
    """Seven and more Chinese numerals in a row as digits: 一三九 is how some write a number."""
    return _NUMERALS.sub(_figures, text)


def _figures(run: re.Match[str]) -> str:
    text = run[0]
    inner = text.strip(_WORDS) if sum(sign in _WORDS for sign in text) < 4 else text
    return text.replace(inner, inner.translate(_DIGITS)) if inner else text


def _dotted(text: str) -> str:
    """A full-width stop as the dot within a name between Chinese signs, as a stop elsewhere."""
    return _STOP.sub(".", text) if "·" in text else text


def _unspaced(folded: Folded) -> Folded:
    """Words whose signs are set apart, `联 系 人`, drawn together."""
    text, starts, ends = folded
    if _SPACED.search(text) is None:
        return folded
    kept: list[int] = []
    at = 0
    for found in _SPACED.finditer(text):
        kept.extend(range(at, found.start()))
        kept.extend(index for index in range(*found.span()) if not text[index].isspace())
        at = found.end()
    kept.extend(range(at, len(text)))
    return Folded(
        "".join([text[index] for index in kept]),
        [starts[index] for index in kept],
        [ends[index] for index in kept],
    )
