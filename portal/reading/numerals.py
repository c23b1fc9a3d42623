"""Numbers as Word writes them: 三, 叁, ③, iii, C."""

import re

_DIGITS = "〇一二三四五六七八九"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("〇一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟")
_ROWS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}
"""Numberings that are a row of signs, and go on in figures after it."""
_CHINESE = frozenset(
    "chineseCounting chineseCountingThousand taiwaneseCounting taiwaneseCountingThousand"
    " japaneseCounting ideographDigital japaneseDigitalTenThousand chineseLegalSimplified"
    " ideographLegalTraditional".split()
)


def written(count: int, format: str) -> str:
    """A number as Word writes it; in figures where the format is unknown or too small for it."""
    if format in _ROWS:
        return _ROWS[format][count - 1] if 0 < count <= len(_ROWS[format]) else str(count)
    if format in _CHINESE:
        return _chinese(count, format)
    if format in {"upperLetter", "lowerLetter"} and 0 < count <= 780:
        letter = chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if format == "upperLetter" else letter.lower()
    if format in {"upperRoman", "lowerRoman"} and 0 < count < 4000:
        roman = _roman(count)
        return roman if format == "upperRoman" else roman.lower()
    if format == "decimalFullWidth":
        return str(count).translate({ord("0") + one: ord("０") + one for one in range(10)})
    return f"0{count}" if format == "decimalZero" and count < 10 else str(count)


def _chinese(count: int, format: str) -> str:
    is_legal = "egal" in format
    if "igital" in format or count >= 10_000 or (format == "chineseCounting" and count >= 100):
        digits = "".join(_DIGITS[int(digit)] for digit in str(count))
        return digits.replace("〇", "○") if format == "chineseCounting" else digits
    pairs = zip(f"{count:04d}", "千百十 ", strict=True)
    words = "".join("〇" if digit == "0" else _DIGITS[int(digit)] + unit for digit, unit in pairs)
    words = re.sub("〇+", "〇", words.replace(" ", "")).strip("〇") or "〇"
    if is_legal:
        return words.translate(_LEGAL if "Simplified" in format else _LEGAL_TRADITIONAL)
    return words.removeprefix("一") if words.startswith("一十") else words


def _roman(count: int) -> str:
    units = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    worth = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    found = ""
    for unit, value in zip(units, worth, strict=True):
        found += unit * (count // value)
        count %= value
    return found
