"""Days and durations as contracts write them."""

import calendar
import datetime
import re
from typing import NamedTuple

from portal.intake import wording

_DIGITS = {"〇": "0", "○": "0", "零": "0", "Ｏ": "0", "O": "0", "o": "0"} | {
    sign: str(value) for value, sign in enumerate("一二三四五六七八九", 1)
}
_FULL = str.maketrans("０１２３４５６７８９", "0123456789")
_YEAR = r"(?:(?:19|20)[0-9]\s?[0-9]|[二][〇○零ＯOo][一二三四五六七八九〇○零ＯOo]{2})"
_SMALL = r"(?:[0-9]\s?[0-9]|[0-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DAY = re.compile(
    rf"(?<![0-9])(?P<year>{_YEAR})\s{{0,3}}(?:年\s{{0,3}}(?P<month>{_SMALL})\s{{0,3}}月\s{{0,3}}"
    rf"(?P<day>{_SMALL})(?:\s{{0,3}}[日号]|(?![0-9一-十]))"
    r"|(?P<sign>[-./])\s?(?P<m>[0-9]{1,2})\s?(?P=sign)\s?(?P<d>[0-9]{1,2})(?![0-9./-]))"
)
_MONTH_END = re.compile(
    rf"(?<![0-9])(?P<year>{_YEAR})\s{{0,3}}年\s{{0,3}}(?P<month>{_SMALL})\s{{0,3}}月\s?(?:底|末)"
)
_UNIT = {"年": "Y", "月": "M", "天": "D", "日": "D", "周": "W"}
_HALF = re.compile(r"一年半")
_SPAN = re.compile(
    rf"(?<![0-9第每满前后的])(?P<n>{wording.NUMBER})"
    rf"\s?(?:[（(]\s?(?P<again>{wording.NUMBER})\s?(?:年|个月|天|日)?\s?[)）])?\s?"
    r"(?P<unit>年|个\s?自然月|个\s?月|个\s?日历天|日历天|天|个\s?周|周|日(?!前|内))(?!度|级|底|末|初)"
)


class Found(NamedTuple):
    """A day in a text, and where it stands there."""

    value: datetime.date
    start: int
    end: int


def find(text: str) -> list[Found]:
    """Every day in a text that the calendar has."""
    if "20" not in text and "19" not in text and "二" not in text and "２" not in text:
        return []
    found = []
    for one in _DAY.finditer(text.translate(_FULL)):
        value = _day(one["year"], one["month"] or one["m"], one["day"] or one["d"])
        if value is not None:
            found.append(Found(value, one.start(), one.end()))
    return found


def cleared(text: str, filling: str) -> str:
    """A text with something else in place of its days."""
    parts, last = [], 0
    for day in find(text):
        parts += [text[last : day.start], filling]
        last = day.end
    return "".join((*parts, text[last:]))


def only(text: str) -> datetime.date | None:
    """The one day that a text names; None where there is none, or more than one."""
    values = {one.value for one in find(text)}
    return values.pop() if len(values) == 1 else None


def month_end(text: str) -> datetime.date | None:
    """The last day of a month whose end is named: 2025 年 7 月底."""
    found = _MONTH_END.search(text)
    if found is None:
        return None
    first = _day(found["year"], found["month"], "1")
    if first is None:
        return None
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _day(year: str, month: str, day: str) -> datetime.date | None:
    number = "".join(_DIGITS.get(sign, sign) for sign in year if not sign.isspace())
    parts = [wording.number("".join(one.split())) for one in (number, month, day)]
    try:
        return datetime.date(*[one or 0 for one in parts])
    except ValueError:
        return None


def spans(text: str) -> set[str]:
    """The durations in a text, in ISO 8601; days of the calendar are none."""
    bare = text.translate(_FULL)
    bare = cleared(bare, "，")
    bare = re.sub(r"一年一[签续]|[0-9]{4}\s?年", "，", bare)
    found = {"P18M" for _ in _HALF.finditer(bare)}
    for one in _SPAN.finditer(_HALF.sub("，", bare)):
        value, again = wording.number(one["n"]), one["again"]
        if value and (again is None or wording.number(again) == value):
            found.add(f"P{value}{_UNIT[_unit(one['unit'])]}")
    return found


def _unit(text: str) -> str:
    return next(sign for sign in "月周天日年" if sign in text)


def after(start: datetime.date, span: str) -> datetime.date | None:
    """The day on which a duration is over that begins on a day; None beyond the calendar."""
    count, unit = int(span[1:-1]), span[-1]
    try:
        if unit in "WD":
            return start + datetime.timedelta(days=count * (7 if unit == "W" else 1))
        months = start.month - 1 + count * (12 if unit == "Y" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        return datetime.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        return None
