"""Chinese wording: spaces that scanners leave, numerals, sentences, marks, organisations' names."""

import re
import unicodedata

from portal import amounts
from portal.redact import marks

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
"""Chinese characters, for a character class."""

_WIDE = "\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’…—¥￥"
_SPACE = " \t\u3000\xa0"
_LOOSE = re.compile(rf"(?<=[{HAN}{_WIDE}])[{_SPACE}]+|[{_SPACE}]+(?=[{HAN}{_WIDE}])")
_MANY = re.compile(rf"[{_SPACE}]{{2,}}")
_STRONG = re.compile(r"\*\*|__")
_MARK = re.compile(
    r"^(?:[-*•]\s?)?(?:[（(]\s?[0-9一二三四五六七八九十]{1,3}\s?[)）]"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\s?[.、．]?(?![0-9%％元万])|[0-9]{1,2}\s?[.、．](?![0-9])"
    r"|[一二三四五六七八九十]{1,3}[、.．]|[①-⑳])\s?"
)
_BULLET = re.compile(r"^(?:#{1,6}|[-*+])\s+")
_FULL = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
_NUMERALS = "零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰"
NUMBER = rf"(?:[0-9]{{1,4}}|[{_NUMERALS}]{{1,5}})"
"""A small whole number, in figures or in Chinese."""

_SUFFIXES = (
    "公司 集团 局 中心 委员会 政府 院 学校 大学 学院 中学 小学 医院 厂 社 所 处 站 队 部 厅 室 办 "
    "馆 会 园 银行 支行 分行 店 委 署 法庭 街道 镇 乡 大队 支队 总队 基金会 商行 经营部 工作室 "
    "研究院"
).split()
_ENDS = re.compile(rf"(?:{'|'.join(_SUFFIXES)})(?:[（(][^（）()]{{2,20}}[)）])?")
_STOPS = re.compile(r"[，。；：！？,;:!?…_|“”\"/《》]|\.{2,}")


def tidy(text: str) -> str:
    """A text as a fact: no bullets, bold signs or spaces beside Chinese; plain digits, letters."""
    bare = _BULLET.sub("", _STRONG.sub("", text.translate(_FULL)).strip())
    return _MANY.sub(" ", _LOOSE.sub("", bare)).strip()


def unnumbered(text: str) -> str:
    """A tidy paragraph without the number or sign before it: 2.1, （3）, ①, -."""
    return _MARK.sub("", text).strip()


def number(text: str) -> int | None:
    """A small whole number as written in figures, Chinese numerals or capitals."""
    digits = unicodedata.normalize("NFKC", text).strip()
    if digits.isascii() and digits.isdigit():
        return int(digits)
    if digits == "两":
        return 2
    read = amounts.capitals(digits)
    return None if read is None or read != int(read) else int(read)


def is_masked(text: str) -> bool:
    """Whether a mark, or what looks like one, stands in the text."""
    return bool(marks.codes(text) or marks.unknown(text))


def is_organisation(text: str) -> bool:
    """Whether a tidy text can be an organisation's name, by its length, letters and ending."""
    return is_name(text) and _ENDS.search(text[-24:]) is not None and _ended(text)


def _ended(text: str) -> bool:
    whole = any(found.end() == len(text) for found in _ENDS.finditer(text))
    return whole and not text.endswith("城乡")  # 住房和城乡 is cut off before 建设局


def is_name(text: str) -> bool:
    """Whether a tidy text can be a name at all: some Chinese, no sentence, no mark."""
    han = len(re.findall(f"[{HAN}]", text))
    return 4 <= len(text) <= 60 and han >= 2 and not _STOPS.search(text) and not is_masked(text)


def sentences(text: str) -> list[str]:
    """A line's sentences, each with its final sign; signs within brackets end none."""
    found: list[str] = []
    start = depth = 0
    for index, sign in enumerate(text):
        depth += (sign in "（(【《") - (sign in "）)】》")
        if sign in "。；;！" and (depth <= 0 or sign in "。！"):
            found.append(text[start : index + 1])
            start, depth = index + 1, 0
    return [one for one in (*found, text[start:]) if one.strip()]
