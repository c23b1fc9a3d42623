"""Money as people write it, in figures and in Chinese capitals: read for sure, or not at all."""

import re
import unicodedata
from decimal import Decimal

WHOLE_DIGITS = 15
"""No public contract is larger; a row of 16 digits or more is an account or an identifier."""

DECIMALS = 4
"""Unit prices go below a fen (0.0375 元); a longer tail is a rate, or a comma misread."""

SCALES = {"": 0, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
"""The power of ten of a unit."""

_WIDE = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_SPELLINGS = _WIDE | str.maketrans("￥\u3000\u00a0−圆圓萬億幣", "¥  -元元万亿币")

_FIGURES = re.compile(
    r"""
    (?P<sign>-?) \s* (?:人民币|RMB|CNY)? \s* ¥? \s*
    (?P<number> (?: 0 | [1-9][0-9]{0,14} | [1-9][0-9]{0,2}(?:,[0-9]{3}){1,4} ) (?:\.[0-9]{1,12})? )
    \s* (?P<scale>千|万|百万|千万|亿|万亿)? \s* (?:元[整正]?)?
    """,
    re.VERBOSE | re.ASCII,
)

_FORMS = {
    "0": "零〇", "1": "壹一", "2": "贰貳二", "3": "叁叄參参三", "4": "肆四", "5": "伍五",
    "6": "陆陸六", "7": "柒七", "8": "捌八", "9": "玖九", "T": "拾十", "H": "佰百", "K": "仟千",
    "万": "万萬", "亿": "亿億", "元": "元圆圓", "角": "角", "分": "分", "整": "整正", "两": "两兩",
}  # fmt: skip
_LETTERS = {ord(form): letter for letter, forms in _FORMS.items() for form in forms}
_TWO = re.compile(r"(?<!T)两(?=[HK万亿元角分])")
_CAPITALS = re.compile(
    r"""
    (?![万亿元整])
    (?: (?: ([0-9THK]+) 万 )? ([0-9THK]+)? 亿 )?
    (?: ([0-9THK]+) 万 )? ([0-9THK]+)? 元?
    (?: (?:^|(?<=元)) (0?[1-9]) 角 )?
    (?: (?:^|(?<=[元角])) (0?[1-9]) 分 )?
    整?
    """,
    re.VERBOSE,
)
_PLACES = (12, 8, 4, 0, -1, -2)
"""The groups of `_CAPITALS`, by the power of ten of their last place."""
_FIGURE = re.compile(r"(0?)([1-9])([THK]?)")
_POWERS = {"": 0, "T": 1, "H": 2, "K": 3}

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))


def figures(text: str) -> Decimal | None:
    """An amount in figures, or None where it cannot be read for sure.

    In this order, with white space between the parts but not inside the number: a leading minus;
    人民币, RMB or CNY; ¥; digits, plain or grouped in threes by commas; up to twelve decimals;
    one of 千 万 百万 千万 亿 万亿; 元, 元整. Full-width and Traditional forms are the same.
    The sum has at most 15 digits before the point and 4 after it. Leading zeros, other
    currencies, exponents, ranges and words such as 约 are refused. The result has no exponent
    and no trailing zeros, so equal sums are written alike.
    """
    found = _FIGURES.fullmatch(text.translate(_SPELLINGS).strip())
    if found is None:
        return None
    number = Decimal(found["sign"] + found["number"].replace(",", ""))
    amount = _exact(number.scaleb(SCALES[found["scale"] or ""]))
    fits = amount.adjusted() < WHOLE_DIGITS and _decimals(amount) <= DECIMALS
    return amount if fits else None


def capitals(text: str) -> Decimal | None:
    """An amount in Chinese capitals or plain numerals, or None where it cannot be read for sure.

    人民币 in front, 元 and 整 are optional; white space is ignored; Traditional forms are read, as
    the rule cited in `write` asks, and 拾伍万 without its 壹 is. A 零 that the rule asks for may be
    missing while every figure bears its unit: 壹仟伍拾 is 1050, but 壹仟伍 is refused, for people
    say it for 1500. Refused are a 零 that stands for no skipped place, a figure without its unit,
    a unit without its figure, a second 亿, a sum of 10^15 or more, and every character that the
    rule does not know (任 for 仟, 另 for 零, 念 and 廿 for 贰拾).
    """
    letters = "".join(unicodedata.normalize("NFKC", text).split())
    letters = letters.removeprefix("人民币").removeprefix("人民幣")
    if not all(ord(letter) in _LETTERS for letter in letters):
        return None
    letters = _TWO.sub("2", letters.translate(_LETTERS))
    if letters in ("0元", "0元整"):
        return Decimal(0)
    if letters.startswith("0元"):
        return _sum(letters[2:], above=0)
    return _sum("1" + letters if letters.startswith("T") else letters, above=None)


def _sum(letters: str, above: int | None) -> Decimal | None:
    """The sum of the figures, when each stands below the one before it; the first below `above`."""
    found = _CAPITALS.fullmatch(letters)
    if found is None or not letters:
        return None
    total = Decimal(0)
    for place, part in zip(_PLACES, found.groups(default=""), strict=True):
        if _FIGURE.sub("", part):
            return None
        for zero, digit, unit in _FIGURE.findall(part):
            power = place + _POWERS[unit]
            if not _follows(above, power, zero, unit):
                return None
            total += Decimal(digit).scaleb(power)
            above = power
    return _exact(total) if total.adjusted() < WHOLE_DIGITS else None


def _follows(above: int | None, power: int, zero: str, unit: str) -> bool:
    """May a figure of this power of ten stand after one of the power `above`?"""
    if above is None:
        return not zero
    if power >= above:
        return False
    skipped = above - power > 1
    bare = not unit and power >= 0
    return skipped if zero else not (skipped and bare)


def write(amount: Decimal) -> str:
    """The capitals of an amount in yuan, without 人民币: 107000.53 is 壹拾万柒仟元零伍角叁分.

    Source: 《正确填写票据和结算凭证的基本规定》 (支付结算办法, annex 1), articles 1 to 4. Where the
    rule leaves a choice: 整 is written after 角, no 零 before 仟 (壹拾万柒仟), and one before 角
    when the yuan end in 0. An amount below zero, of 10^15 or more, or with less than a fen, is a
    ValueError.
    """
    fen = int(amount.scaleb(2))
    if fen != amount.scaleb(2) or not 0 <= fen < 10 ** (WHOLE_DIGITS + 2):
        raise ValueError("no capitals for this amount")
    yuan, rest = divmod(fen, 100)
    tenths, hundredths = divmod(rest, 10)
    return "".join(
        (
            _spell(yuan) + "元" if yuan or not rest else "",
            "零" if yuan and rest and (yuan % 10 == 0 or not tenths) else "",
            _DIGITS[tenths] + "角" if tenths else "",
            _DIGITS[hundredths] + "分" if hundredths else "整",
        )
    )


def _spell(number: int) -> str:
    for size, unit in _UNITS:
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _spell(high) + unit + (gap + _spell(low) if low else "")
    return _DIGITS[number]


def group(amount: Decimal) -> str:
    """An amount for the eye: `1,370,000.00`; more decimals only where the amount has them."""
    exact = _exact(amount)
    return f"{exact:,.{max(2, _decimals(exact))}f}"


def _exact(amount: Decimal) -> Decimal:
    """The same amount without an exponent, trailing zeros or a sign on zero."""
    return Decimal(f"{amount.normalize():f}") if amount else Decimal(0)


def _decimals(amount: Decimal) -> int:
    return len(f"{amount:f}".partition(".")[2])
