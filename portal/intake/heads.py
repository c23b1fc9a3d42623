"""What a contract is called: its number, its title, and the procurement behind it."""

import re
from collections.abc import Iterable, Sequence

from portal import names
from portal.intake import clean, days, finding, labels, wording

_NUMBER = re.compile(
    rf"[{wording.HAN}A-Za-z0-9][{wording.HAN}A-Za-z0-9\-—–－/_.·#（）()〔〕\[\]【】]{{2,59}}"
)
_FIRST_PART = re.compile(rf"[^\s0-9]{{0,30}}[0-9]\S{{0,50}}(?=\s+[{wording.HAN}])")
_NOT_NUMBER = re.compile(r"[年月]\s?$|^第?[0-9]+[号页份]?$(?<![0-9]{5})")
_INLINE = re.compile(
    r"(?P<name>(?:采购|招标|项目|磋商|谈判|询价|政府采购|采购项目|招标项目|采购文件|招标文件)编号)\s{0,3}[：:为是]\s{0,3}"
    rf"(?P<value>[{wording.HAN}A-Za-z0-9\-—–/_.〔〕\[\]（(]{{3,60}})"
)
_PROJECTS = (
    ("项目编号", "采购项目编号", "招标项目编号"),
    ("采购编号", "政府采购编号"),
    ("招标编号", "采购文件编号", "招标文件编号", "磋商编号", "谈判编号", "询价编号"),
)
METHODS = (
    "公开招标 邀请招标 竞争性磋商 竞争性谈判 单一来源采购 单一来源 询价采购 询价 框架协议采购 "
    "框架协议 电子卖场 网上超市 直接采购 直接委托 定点采购 协议供货 比选 询比采购 网上竞价"
).split()
_METHOD = re.compile("|".join(METHODS))
_HOW = re.compile(
    rf"(?:以|采用|采取|通过|经|经过|进行|组织|实行|依据)(?:的|了|国内|本次)?(?P<method>{'|'.join(METHODS)})"
    rf"|(?P<named>{'|'.join(METHODS)})(?:采购)?(?:方式|的方式|，确定|确定|结果)"
)
_BOOK = re.compile(r"《[^《》]{1,80}》")
_NOTICE = re.compile(
    r"《(?P<name>[^《》]{4,80}?)(?:项目)?(?:中标|成交|[（(]成交[)）]){1,2}通知书》"
)
_AWARDED = re.compile(
    r"(?:中标|成交)(?:[（(](?:中标|成交)[)）])?(?:通知书|公告|结果公告)|(?:中标|成交)(?:日期|时间)"
)
_TITLE_END = re.compile(r"(?:合同(?:书)?|协议(?:书)?)(?:[（(][^（）()]{1,30}[)）])?")
_GENERIC = re.compile(
    r"(?:政府|采购|服务|货物|工程|技术|类|委托|购销|买卖|开发|通用|标准|项目|购买|信息化|维护|运维|租赁|咨询|物业|管理|设备|产品)*"
    r"(?:合同(?:书)?|协议(?:书)?)(?:[（(][^（）()]{1,30}[)）])?"
)
_FORM = re.compile(
    r"[（(][^（）()]{1,20}[)）]|正本|副本|[0-9A-Za-z\-/.]{1,30}|.{0,10}年.{0,3}月.{0,8}"
)
FIRST = 40
"""Lines within which a title stands."""


def number(entries: Sequence[labels.Entry]) -> finding.Found:
    """The contract's own number; two different ones are a conflict."""
    held = labels.named(entries, "合同编号", "合同号", "合同书编号", "协议编号", "合同编码")
    readings = [
        finding.Reading(value, one.rows)
        for one in held
        if (value := _number(one.value)) is not None
    ]
    return finding.agreed(("number",), readings, "two-numbers", _compared)


def _number(text: str) -> str | None:
    raw = text.strip("：: _＿")
    first = _FIRST_PART.match(raw)
    found = _NUMBER.match(wording.tidy(first[0] if first is not None else raw))
    if found is None or wording.is_masked(text):
        return None
    value = re.split(r"(?:签订|签约|甲方|乙方|采购人|供应商|项目|地点|日期)", found[0])[0]
    value = value.rstrip("（(【[-—_.")
    for opened, closed in ("（）", "()", "【】", "[]"):
        if value.count(closed) > value.count(opened):
            value = value.partition(closed)[0]
    plain = re.search(r"[0-9]", value) and len(value) >= 3 and not _NOT_NUMBER.search(value)
    return value if plain else None


def _compared(value: str) -> str:
    return re.sub(r"[-—–－_\s]", "", names.fold(value))


def procurement(text: clean.Text, entries: Sequence[labels.Entry]) -> finding.Found:
    """Number, project, method and award notice of the procurement."""
    found: list[finding.Fact] = []
    conflicts: list[finding.Conflict] = []
    for facts, problems in (
        _procured(text, entries),
        project(text, entries),
        method(text, entries),
        award(text),
    ):
        found += facts
        conflicts += problems
    return found, conflicts


def _procured(text: clean.Text, entries: Sequence[labels.Entry]) -> finding.Found:
    held = [(one.name, one.value, one.rows) for one in entries]
    held += [
        (one["name"], one["value"], line.rows)
        for line in text.lines
        for one in _INLINE.finditer(wording.tidy(line.text))
    ]
    for tier in _PROJECTS:
        readings = [
            finding.Reading(value, rows)
            for name, raw, rows in held
            if name in tier and (value := _number(raw)) is not None
        ]
        if readings:
            path = ("procurement", "number")
            return finding.agreed(path, readings, "two-procurement-numbers", _compared)
    return [], []


def project(text: clean.Text, entries: Sequence[labels.Entry]) -> finding.Found:
    """The project's name: labelled, or that of the award notice without the agency's."""
    readings = [
        finding.Reading(value, one.rows)
        for one in labels.named(entries, "项目名称", "采购项目名称", "招标项目名称", "工程名称")
        if 4 <= len(value := wording.tidy(one.value).strip("《》“”。；; _")) <= 150
    ]
    for line in () if readings else text.lines:
        for one in _NOTICE.finditer(wording.tidy(line.text)):
            name = one["name"] + ("项目" if "项目中" in one[0] or "项目成" in one[0] else "")
            readings.append(finding.Reading(_bare(name, entries), line.rows, "likely"))
    return finding.agreed(("procurement", "project"), readings, "two-projects", names.fold)


def _bare(name: str, entries: Iterable[labels.Entry]) -> str:
    """A project's name without the agency's in front."""
    for one in entries:
        agency = wording.tidy(one.value)
        if one.side == "agency" and one.is_party and agency and len(name) > len(agency) + 4:
            name = name.removeprefix(agency)
    return name


def method(text: clean.Text, entries: Sequence[labels.Entry]) -> finding.Found:
    """How the vendor was chosen, in the contract's word; names of laws and files do not count."""
    path = ("procurement", "method")
    readings = []
    for one in labels.named(entries, "采购方式", "招标方式", "采购形式"):
        word = _METHOD.search(one.value)
        ticked = re.findall(r"[☑√■✓]\s?(\S{2,8})", one.value)
        words = [two for two in ticked if _METHOD.match(two)] or ([word[0]] if word else [])
        many = {two[:4] for two in _METHOD.findall(one.value)}
        if words and (ticked or len(many) == 1):
            readings.append(finding.Reading(words[0], one.rows))
    if not readings:
        for line in text.lines:
            for two in _HOW.finditer(_BOOK.sub("", wording.tidy(line.text))):
                value = two["method"] or two["named"]
                readings.append(finding.Reading(value, line.rows, "likely"))
    return finding.agreed(path, readings, "two-methods", lambda one: one.replace("采购", ""))


def award(text: clean.Text) -> finding.Found:
    """The day of the award notice, where one sentence has both."""
    readings = []
    for line in text.lines:
        if "通知书" not in line.text and "中标" not in line.text and "成交" not in line.text:
            continue
        for sentence in wording.sentences(line.text):
            noted, dated = _AWARDED.search(wording.tidy(sentence)), days.find(sentence)
            signed = re.search(r"合同签[订署]|签订日期|自.{0,12}(?:发出|签发)之日", sentence)
            if (
                noted
                and not signed
                and len({one.value for one in dated}) == 1
                and len(sentence) < 250
            ):
                readings.append(finding.Reading(dated[0].value.isoformat(), line.rows, "likely"))
    return finding.agreed(("procurement", "award_notice"), readings, "two-awards")


def title(text: clean.Text, entries: Sequence[labels.Entry]) -> finding.Found:
    """The contract's title: labelled, or the lines above the parties that end in 合同 or 协议."""
    readings = [
        finding.Reading(value, one.rows)
        for one in labels.named(entries, "合同名称")
        if 4 <= len(value := wording.tidy(one.value).strip("《》“”。；; _")) <= 150
    ]
    return finding.agreed(("title",), readings or _titles(text), "two-titles", names.fold)


def _titles(text: clean.Text) -> list[finding.Reading]:
    """Titles at the top; a general one (政府采购合同) stands only where there is no other."""
    found: list[finding.Reading] = []
    block: list[clean.Line] = []
    for line in [one for one in text.lines if one.text][:FIRST]:
        words = wording.tidy(line.text).strip("《》")
        if not _is_title(words):
            block = []
            continue
        if _FORM.fullmatch(words):
            continue
        block.append(clean.Line(words, line.rows))
        whole = "".join(one.text for one in block)
        if _TITLE_END.search(whole) and _TITLE_END.fullmatch(whole, _last(whole)):
            rows = tuple(row for one in block for row in one.rows)
            found.append(finding.Reading(whole, rows, "likely"))
            block = []
    own = [one for one in found if not is_general(one.value)]
    return own or found[:1]


def _last(text: str) -> int:
    """Where the last 合同 or 协议 begins."""
    return max(text.rfind("合同"), text.rfind("协议"), 0)


def _is_title(words: str) -> bool:
    plain = not re.search(r"[：:。；;，,|？！_]", words) and not wording.is_masked(words)
    return (
        plain
        and 1 <= len(words) <= 80
        and not re.match(r"第.{1,3}[条章节]|[一二三四五六]、|附件|目录", words)
    )


def is_general(words: str) -> bool:
    """Whether a title says only what kind of contract it is."""
    return _GENERIC.fullmatch(words) is not None
