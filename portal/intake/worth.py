"""What a contract is worth: its total, in figures and in capitals."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from portal import amounts
from portal.intake import clean, finding, money, wording

_STRONG = re.compile(
    r"(?:合同|协议|项目合同)(?:服务)?(?:费用?|采购)?(?:总)?(?:金额|价款|总价|总额|价格|价|款总额|款)"
    r"|签约合同价|(?:服务|项目)?(?:费用)?总(?:金额|价款|价|费用|额)|价税合计|合同(?:总)?费用"
    r"|(?:合同)?合计金额|金额(?:合计|总计)"
)
_WEAK = re.compile(
    r"(?:项目|服务|维护服务|运维服务|维护|运维|委托|采购|成交|中标|技术服务|咨询服务|租赁|物业)"
    r"(?:总)?(?:费用|费|经费|金额|价格|价款|价)|费用(?:总计|共计|合计)|报酬(?:总额)?"
)
_GAP = re.compile(
    r"(?:[：:为是共计总人民币（()）【\[\s¥￥RMBCNY，,]|大写|小写|金额|含税|价|合计|元|以下|整体|即|约定|的|确定|"
    r"费用|总额|[（(][^（）()0-9%％]{0,16}[)）]){0,24}"
)
_TEN_THOUSANDS = re.compile(r"[（(]\s?(?:单位\s?[：:]\s?)?(?:人民币)?\s?万元\s?[)）]")
_YUAN = re.compile(r"[（(]\s?(?:单位\s?[：:]\s?)?(?:人民币)?\s?元\s?[)）]|[：:]")
_BARE = re.compile(r"[0-9][0-9,，.．]{0,24}(?<![,，.．])(?![0-9%％])")
_OTHER = re.compile(
    r"不含税|税额|税费|增值税|单价|违约|保证金|质保金|预算|限价|每年|每月|每季|的[0-9]|变更|补充"
    r"|扣除|扣减|扣罚|每次|当期|剩余|年$|月$"
)
_SPOKEN = re.compile(r"[，,；;、\s（(）)：:【\[即小大写人民币¥￥计为】\]]{0,16}")


class Pair(NamedTuple):
    """A total as one place states it: in figures, in capitals, or in both."""

    figure: money.Sum | None
    capital: money.Sum | None
    rows: tuple[int, ...]


def read(text: clean.Text) -> finding.Found:
    """Amount and capitals. A misformed figure counts as its capitals say, if it can mean that."""
    strong, weak = _pairs(text, _STRONG), _pairs(text, _WEAK)
    stated = {amount(pair) for pair in strong}
    pairs = strong + [one for one in weak if not strong or (_whole(one) and amount(one) in stated)]
    conflicts = [one for pair in pairs for one in _doubts(pair)]
    values = {value for pair in pairs if (value := amount(pair)) is not None}
    broken = any(one.code == "figures-capitals" for one in conflicts)
    unread = any(amount(pair) is None and pair.figure is not None for pair in pairs)
    if len(values) > 1 and strong:
        lines = finding.rows(finding.Reading(None, pair.rows) for pair in pairs)
        conflicts.append(finding.Conflict("two-amounts", "value.amount", lines))
    if len(values) != 1 or broken or (unread and not any(_whole(pair) for pair in pairs)):
        return [], conflicts
    (value,) = values
    if value <= 0:
        return [], conflicts
    return _facts(pairs, value), conflicts


def _whole(pair: Pair) -> bool:
    """Whether a place states figure and capitals, and both say the same."""
    return pair.figure is not None and pair.capital is not None and amount(pair) is not None


def _facts(pairs: Sequence[Pair], value: Decimal) -> list[finding.Fact]:
    rows = finding.rows(finding.Reading(None, pair.rows) for pair in pairs)
    sure: finding.Sure = "certain" if any(map(_whole, pairs)) else "likely"
    found = [
        finding.Fact(("value", "amount"), money.written(value), rows, sure),
        finding.Fact(("value", "currency"), "CNY", rows, sure),
    ]
    spelled = [pair for pair in pairs if pair.capital and pair.capital.value == value]
    if spelled and spelled[0].capital is not None:
        words = spelled[0].capital.text
        found.append(finding.Fact(("value", "capitals"), words, spelled[0].rows, sure))
    return found


def amount(pair: Pair) -> Decimal | None:
    """What a place says for sure: None where figure and capitals differ, or neither can be read."""
    figure, capital = pair.figure, pair.capital
    if figure is None:
        return capital.value if capital is not None else None
    if capital is None or capital.value is None:
        return figure.value
    if figure.value is None:
        return capital.value if capital.value in money.readings(figure.text) else None
    return figure.value if figure.value == capital.value else None


def _doubts(pair: Pair) -> Iterator[finding.Conflict]:
    figure, capital = pair.figure, pair.capital
    if figure is not None and figure.value is None:
        yield finding.Conflict("misformed-figure", "value.amount", pair.rows)
    if capital is not None and capital.value is None:
        yield finding.Conflict("misread-capitals", "value.capitals", pair.rows)
    if figure is not None and capital is not None and capital.value is not None:
        possible = {figure.value} if figure.value is not None else money.readings(figure.text)
        if capital.value not in possible:
            yield finding.Conflict("figures-capitals", "value.amount", pair.rows)


def _pairs(text: clean.Text, words: re.Pattern[str]) -> list[Pair]:
    found = []
    lines = [line for line in text.lines if line.text]
    for index, line in enumerate(lines):
        if not words.search(line.text):
            continue
        held = wording.tidy(line.text.replace("|", " "))
        rows = line.rows
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        spoken = re.match(r"[（(]?(?:人民币)?[（(]?大写", following)
        if (held.endswith(("：", ":", "额", "价", "款")) or spoken) and not words.search(following):
            held += wording.tidy(following)
            rows += lines[index + 1].rows if following else ()
        for start in words.finditer(held):
            pair = _pair(held, start, rows)
            if pair is not None:
                found.append(pair)
    return found


def _pair(text: str, word: re.Match[str], rows: tuple[int, ...]) -> Pair | None:
    """The total behind a word for it, if nothing but filling stands between."""
    before, start = text[max(0, word.start() - 6) : word.start()], word.end()
    window = text[start : start + 160].partition("。")[0]
    if _OTHER.search(before) or before.endswith(("占", "按", "以", "不含税")):
        return None
    figures, capitals = money.figures(window), money.capitals(window)
    scaled = _scaled(window)
    if scaled is not None:
        figures = [scaled]
    first = min((one[0].start for one in (figures, capitals) if one), default=None)
    if first is None or not _filled(window[:first]):
        return None
    figure = figures[0] if figures else None
    capital = capitals[0] if capitals else None
    if figure is not None and capital is not None and not _together(window, figure, capital):
        figure, capital = (figure, None) if figure.start < capital.start else (None, capital)
    return Pair(figure, capital, rows)


def _filled(gap: str) -> bool:
    bare = gap.replace("：", "", 1)
    return _GAP.fullmatch(bare) is not None and _OTHER.search(bare) is None


def _together(window: str, one: money.Sum, two: money.Sum) -> bool:
    """Whether figure and capitals stand side by side."""
    first, second = sorted((one, two), key=lambda sum_: sum_.start)
    return _SPOKEN.fullmatch(window[first.end : second.start]) is not None


def _scaled(window: str) -> money.Sum | None:
    """A bare number behind a unit in brackets, 合同金额（万元）：137.00, or behind a colon."""
    for unit, scale in ((_TEN_THOUSANDS, "万元"), (_YUAN, "元")):
        head = unit.search(window[:24])
        if head is None:
            continue
        start = head.end() + len(re.match(r"[\s：:¥￥]*", window[head.end() :])[0])  # type: ignore[index]
        bare = _BARE.match(window, start)
        if bare is not None and not re.match(r"\s?[万亿千百元年月日号]", window[bare.end() :]):
            value = amounts.figures(bare[0] + scale)
            return money.Sum(bare[0] + scale, value, bare.start(), bare.end())
    return None
