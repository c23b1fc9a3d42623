"""What a party owes for a breach: who, by which rule, up to which limit."""

import re
from collections.abc import Iterator, Sequence

from portal.intake import clean, finding, sections, wording

_BREACH = re.compile(r"违约|罚则|赔偿责任|法律责任")
_NOT = re.compile(r"付款|支付|结算|争议|不可抗力|法律适用|考评|考核|合同金额|合同总")
_OWED = re.compile(
    r"违约金|赔偿[^，。；]{0,16}(?:损失|[0-9%％])|损失[^，。；]{0,12}(?:赔偿|承担)|(?:承担|负)[^，。；]{0,12}(?:全部|一切|法律|相应|违约|赔偿)[^，。；]{0,6}责任"
    r"|责任[^，。；]{0,3}由(?:甲方|乙方)(?:自行)?承担|承担[^，。；]{0,24}损失|审计费用由"
)
_CONSEQUENCE = re.compile(r"违约|赔偿|扣除|扣减|解除|终止|拒收|责任|处理|处罚|滞纳金")
_REFERENCE = re.compile(r"按照?(?:本)?(?:合同|协议)约定承担(?:相应的?)?违约责任")
"""Words outside the section on breaches that only point to it."""
_GENERAL = re.compile(r"未尽事宜|协商解决$|友好协商")
_SIDES = (
    ("agency", "甲方|采购人|采购单位|购买方|委托方|委托人|买方|需方|发包人"),
    ("vendor", "乙方|供应商|提供方|受托方|受托人|卖方|供方|承包人|中标人|服务方|服务商"),
)
_PAYS = {
    side: (
        re.compile(
            rf"(?:由|要求|须由|应由|责令)(?:{words})(?:自行|全部|全额|据实|负责)?(?:向[^，。；]{{1,6}})?(?:承担|赔偿|负责|支付|退还|负|排除)"
            rf"|(?<![向给对与])(?:{words})(?:须|应当|应|需|必须|将|还|并|仍|均|按|还应|全额|自愿|负有){{0,3}}(?:在[^，。；]{{2,14}})?(?:向[^，。；]{{1,10}})?"
            r"(?:按(?:照)?[^，。；]{2,30})?(?:向[^，。；]{1,10})?(?:予以)?(?:承担|赔偿|支付[^，。；款]{0,12}违约金|退还|退回|据实赔偿|负全部|偿付)"
            rf"|(?:视为|视同|构成)(?:{words})(?:单方)?违约"
        ),
        re.compile(
            rf"(?:{words})(?:不|未|没有|无正当|无故|逾期|迟延|延迟|延期|拒绝|拒收|违反|泄露|擅自|单方|因)"
            rf"|因(?:{words})(?:原因|过错|责任|未|的)|(?:{words})(?:的)?(?:违约|过错|原因)|(?:{words})[^，。；]{{0,12}}"
            r"(?:不符合|侵犯|逾期|违反|未按|未能|不接受|无法|拒)"
        ),
    )
    for side, words in _SIDES
}
_EITHER = re.compile(r"双方|任何一方|任一方|一方|违约方|守约方|被泄密方|对方|各方")
_CAP = re.compile(
    r"(?:(?:以|按)(?P<one>[^，。；以按]{2,16}?的?\s?[0-9.]{1,5}\s?[%％])\s?为(?:上限|限)"
    r"|(?:累计|最高|总额|总计|合计)?(?:不(?:得)?超过|不高于|上限为|限额为|最高(?:为)?)(?P<two>(?:本)?(?:合同|协议|项目|服务费?|货款|总|延期|逾期|应付|未付)[^，。；]{0,12}?的?\s?[0-9.]{1,5}\s?[%％]))"
)
_ITEM = re.compile(r"^[（(]\s?[0-9一二三四五六七八九十]{1,2}\s?[)）]")


def read(text: clean.Text) -> finding.Found:
    """The penalties, in the text's order; where it is not clear who owes, none."""
    found: list[finding.Reading] = []
    for section in sections.of(text.lines):
        own = bool(_BREACH.search(section.title))
        if not own and _NOT.search(section.title):
            continue
        for rule, rows in _clauses(section.lines):
            if _told(rule, own):
                found += _penalties(rule, rows)
    if not found:
        return [], []
    rules = {one.value["rule"]: one for one in reversed(found)}
    kept = [one for one in found if rules[one.value["rule"]] is one]
    return [
        finding.Fact(("penalties",), [one.value for one in kept], finding.rows(kept), "likely")
    ], []


def _told(rule: str, own: bool) -> bool:  # noqa: FBT001 - a property of the section, not a switch
    pattern = _CONSEQUENCE if own else _OWED
    if not own:
        rule = _REFERENCE.sub("", rule)
    fit = 8 <= len(rule) <= 1500 and not wording.is_masked(rule)
    return fit and pattern.search(rule) is not None and _GENERAL.search(rule) is None


def _clauses(lines: Sequence[clean.Line]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Paragraphs without their numbers; one that names a consequence keeps the list it opens."""
    held: str = ""
    rows: tuple[int, ...] = ()
    listing = False
    for line in lines:
        if line.text.startswith(("|", "#")):
            continue
        text = wording.tidy(line.text)
        opened = held.endswith(("：", ":")) and _CONSEQUENCE.search(held) is not None
        listing = _ITEM.match(text) is not None and (listing or opened)
        if listing:
            held, rows = held + text, rows + line.rows
            continue
        if held:
            yield wording.unnumbered(held), rows
        held, rows = text, line.rows
    if held:
        yield wording.unnumbered(held), rows


def _penalties(rule: str, rows: tuple[int, ...]) -> list[finding.Reading]:
    """One penalty, or one for each sentence where both parties owe in turn."""
    whole = _who(rule)
    if whole is not None:
        return [_reading(rule, whole, rows)]
    parts = [one.strip() for one in wording.sentences(rule)]
    found = [(one, _who(one)) for one in parts if _OWED.search(one)]
    return [_reading(one, who, rows) for one, who in found if who is not None]


def _reading(rule: str, who: str, rows: tuple[int, ...]) -> finding.Reading:
    value = {"who": who, "rule": rule.rstrip("。；;")}
    caps = {(one["one"] or one["two"]).strip() for one in _CAP.finditer(rule)}
    caps = {re.sub(r"^(?:该项)?(?:违约金)?", "", one) for one in caps}
    if len(caps) == 1:
        value["cap"] = caps.pop()
    return finding.Reading(value, rows, "likely")


def _who(rule: str) -> str | None:
    """Who owes: whom the words make pay, else who breaks, else either; None where both do."""
    for level in (0, 1):
        owing = [side for side, patterns in _PAYS.items() if patterns[level].search(rule)]
        if len(owing) == 1:
            return owing[0]
        if owing:
            return None
    return "either" if _EITHER.search(rule) else None
