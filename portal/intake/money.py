"""Sums of money in a text, in figures and in capitals, each with where it stands."""

import re
from decimal import Decimal
from typing import NamedTuple

from portal import amounts

_CAPITAL = "零〇壹贰貳叁叄參肆伍陆陸柒捌玖拾佰仟万萬亿億元圆圓角分整正"
_FIGURES = re.compile(
    r"(?P<sign>(?:人民币|RMB|CNY)?\s{0,3}[¥￥]\s{0,3}|)"
    r"(?P<number>(?<![0-9A-Za-z.,，-])[0-9０-９][0-9０-９,，.．]{0,30}(?<![,，.．]))"
    r"\s{0,3}(?P<scale>百万|千万|万|亿|千)?\s{0,3}(?P<unit>元|圆)?"
)
_CAPITALS = re.compile(rf"[{_CAPITAL}](?:\s{{0,3}}[{_CAPITAL}]){{2,40}}")
_LABELLED = re.compile(
    r"大写(?:金额)?[)）]?\s{0,3}[:：为]?\s{0,3}(?:人民币)?\s{0,3}[:：]?\s{0,3}"
    rf"(?P<text>[{_CAPITAL}一-龥](?:\s?[{_CAPITAL}一-龥]){{2,40}}?[整正元圆角分])(?![{_CAPITAL}])"
)
_FOREIGN = re.compile(r"\s{0,3}(?:美元|欧元|港元|港币|日元|英镑|USD|EUR|HKD)")


class Sum(NamedTuple):
    """A sum as it stands in a text; `value` is None where it cannot be read for sure."""

    text: str
    value: Decimal | None
    start: int
    end: int


def figures(text: str) -> list[Sum]:
    """Sums in figures: those with ¥ before them or 元 behind, misformed ones included."""
    found = []
    for one in _FIGURES.finditer(text):
        if not (one["sign"].strip() or one["unit"]) or _FOREIGN.match(text, one.end()):
            continue
        scale = (one["scale"] or "") + (one["unit"] or "")
        value = amounts.figures(one["number"] + scale)
        found.append(Sum(one[0].strip(), value, one.start(), one.end()))
    return found


def capitals(text: str) -> list[Sum]:
    """Sums in capitals: those with 元 or 整, and what stands behind 大写 even if misread."""
    found = {
        one.start("text"): Sum(
            _closed(one["text"]), amounts.capitals(one["text"]), one.start("text"), one.end("text")
        )
        for one in _LABELLED.finditer(text)
    }
    covered = [(one.start, one.end) for one in found.values()]
    for one in _CAPITALS.finditer(text):
        spelled = _closed(one[0])
        inside = any(start < one.end() and one.start() < end for start, end in covered)
        if not inside and re.search("[元圆圓]", spelled):
            found[one.start()] = Sum(spelled, amounts.capitals(spelled), one.start(), one.end())
    return [found[start] for start in sorted(found)]


def _closed(text: str) -> str:
    return "".join(text.split()).removeprefix("人民币")


def readings(text: str) -> set[Decimal]:
    """What a misformed figure may mean: its signs taken as commas, the last perhaps as a point."""
    number = re.sub(r"[^0-9,.]", "", text.translate(str.maketrans("，．", ",.")))
    head, _, tail = number.replace(",", ".").rpartition(".")
    digits = re.sub(r"[^0-9]", "", number)
    plain = {Decimal(digits)} if digits and len(digits) <= amounts.WHOLE_DIGITS else set()
    if head and len(tail) <= 2 and "." in number:
        whole = re.sub(r"[^0-9]", "", head)
        return {Decimal(f"{whole}.{tail or '0'}")} if whole else set()
    return plain


def written(value: Decimal) -> str:
    """An amount as front matter has it: 1370000.00."""
    exact = f"{value:f}"
    decimals = len(exact.partition(".")[2])
    return exact if decimals > 2 else f"{value:.2f}"
