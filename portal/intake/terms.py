"""When a contract was signed, when it runs, and where it is carried out."""

import re
from collections.abc import Iterator, Sequence

from portal.intake import clean, days, finding, labels, sections, wording

_SIGNED = (
    "签订日期 签订时间 签约日期 签约时间 签署日期 签署时间 合同签订日期 合同签订时间 "
    "合同签署日期 签字日期 订立日期 订立时间"
).split()
_DATED = ("日期", "时间", "年月日")
_SIGNED_ON = re.compile(
    r"(?:本(?:合同|协议))?(?:由|经)?.{0,30}于.{0,24}(?:签订|订立|签署)(?!之日|后|日)"
)
_TERM = re.compile(
    r"(?:合同|协议|项目|本项目)?(?:服务|履行|履约|合同|维护|运维|租赁|有效|委托|项目|合作|承包|实施|运行维护|运营|托管|维保)"
    r"(?:期限|期间|时间|周期|有效期|期)(?!满|内|届|到|结束|后|未)|服务起止(?:时间|日期)|(?:合同)?工期"
    r"|(?:起止|起始|开始)(?:日期|时间)"
)
_NOT_TERM = re.compile(
    r"质保|保修|保密|响应|付款|支付|投标|争议|违约|逾期|试用|试运行|终止后|续签|过渡"
)
_RANGE = re.compile(
    r"^[\s，,]{0,2}(?:[（(]?含[)）]?)?(?:起|开始)?\s?(?:至|到|-|—|–|~|～|－|——|，\s?至)\s?$"
)
_END = re.compile(
    r"(?:截止(?:至|到|日期为)?|截至|至|到|终止(?:于|日期为)|(?:结束|完成|终止|截止)(?:日期|时间)[为：:])\s?$"
)
_START = re.compile(r"(?:自|从|由|(?:起始|开始)(?:日期|时间)[为：:])\s?$")
_PLACES = (
    "服务地点 履行地点 履约地点 合同履行地点 交货地点 交付地点 实施地点 项目地点 "
    "服务实施地点 项目实施地点 工程地点 施工地点"
).split()
_PLACE = re.compile(
    r"(?:服务履行|合同履行|履行|服务|履约|交货|交付|实施|项目实施|工程)(?:的)?地点(?:为|是|在|：|:)(?P<place>[^。；;\n]{2,80})"
)


def signed(text: clean.Text, entries: Sequence[labels.Entry]) -> finding.Found:
    """The day of signing; two different ones are a conflict."""
    last = max((row for line in text.lines for row in line.rows), default=0)
    held = labels.named(entries, *_SIGNED)
    readings = [
        finding.Reading(day.isoformat(), one.rows)
        for one in held
        if (day := days.only(one.value)) is not None
    ]
    readings += [
        finding.Reading(day.isoformat(), one.rows, "likely")
        for one in labels.named(entries, *_DATED)
        if one.side and one.rows[0] * 10 > last * 4 and (day := days.only(one.value)) is not None
    ]
    readings += _spoken(text) if not readings else []
    return finding.agreed(("signed",), readings or _alone(text, entries), "two-signed")


def _spoken(text: clean.Text) -> list[finding.Reading]:
    """本合同于……签订."""
    found = []
    for line in text.lines:
        for sentence in wording.sentences(line.text) if "于" in line.text else []:
            day = days.only(sentence)
            if day is not None and len(sentence) < 120 and _SIGNED_ON.search(sentence):
                found.append(finding.Reading(day.isoformat(), line.rows, "likely"))
    return found


def _alone(text: clean.Text, entries: Sequence[labels.Entry]) -> list[finding.Reading]:
    """A day on a line of its own, beside or below the parties' last labels."""
    near = {one.rows[-1] + down for one in entries if one.is_party for down in range(26)}
    own = {one.rows[-1] for one in entries if one.is_party}
    found = []
    for line in text.lines:
        dated = days.find(line.text)
        rest = days.cleared(line.text, "")
        if len(dated) == 1 and line.at in own and dated[0].end == len(line.text.rstrip()):
            found.append(finding.Reading(dated[0].value.isoformat(), line.rows, "likely"))
            continue
        if dated and line.at in near and not re.sub(r"[\s|日期时间：:_]", "", rest):
            found += [finding.Reading(one.value.isoformat(), line.rows, "likely") for one in dated]
    return found


def term(text: clean.Text) -> finding.Found:
    """Start, end, duration and wording: from a label, a section of its own, or a sentence."""
    for source in (_titled(text), _said(text)):
        readings = list(dict.fromkeys(source))
        if readings:
            return _term(readings)
    return [], []


def _titled(text: clean.Text) -> Iterator[finding.Reading]:
    """Sentences that begin with a word for the term, or stand first below a heading of it."""
    for section in sections.of(text.lines):
        own = _TERM.search(section.title) and not _NOT_TERM.search(section.title)
        for index, line in enumerate(section.lines):
            for sentence in wording.sentences(wording.tidy(line.text.strip("|"))):
                bare = wording.unnumbered(sentence)
                found = _TERM.match(bare.removeprefix("本合同").removeprefix("本项目"))
                labelled = found is not None and re.search(r"[：:|]", bare[: found.end() + 12])
                if (labelled or (own and index <= 2)) and _is_term(bare):
                    yield finding.Reading(bare, line.rows)
                    own = None


def _said(text: clean.Text) -> Iterator[finding.Reading]:
    """Sentences elsewhere that state the term."""
    for line in text.lines:
        for sentence in wording.sentences(wording.tidy(line.text)):
            found = _TERM.search(sentence)
            if found and len(sentence) < 160 and found.start() < 30 and _is_term(sentence):
                yield finding.Reading(sentence, line.rows, "likely")


def _is_term(sentence: str) -> bool:
    stated = bool(days.spans(sentence) or days.find(sentence))
    return stated and _NOT_TERM.search(sentence) is None and not wording.is_masked(sentence)


def _term(readings: Sequence[finding.Reading]) -> finding.Found:
    """The parts of the term, each where all sentences that state it agree."""
    found: list[finding.Fact] = []
    conflicts: list[finding.Conflict] = []
    parts: dict[str, list[finding.Reading]] = {"start": [], "end": [], "duration": []}
    for one in readings:
        start, end = _limits(one.value)
        spans = days.spans(one.value)
        for name, value in (("start", start), ("end", end)):
            parts[name] += [finding.Reading(value, one.rows, one.sure)] if value else []
        if len(spans) == 1:
            parts["duration"].append(finding.Reading(spans.pop(), one.rows, one.sure))
    for name, held in parts.items():
        facts, problems = finding.agreed(("term", name), held, "two-terms")
        found += facts
        conflicts += problems
    limits = {one.path[1]: one for one in found}
    if "start" in limits and "end" in limits and limits["end"].value < limits["start"].value:
        rows = tuple(sorted({*limits["start"].rows, *limits["end"].rows}))
        conflicts.append(finding.Conflict("term-order", "term.end", rows))
        found = [one for one in found if one.path[1] == "duration"]
    words = _wording(readings[0].value)
    if words and not conflicts:
        found.append(finding.Fact(("term", "wording"), words, readings[0].rows, readings[0].sure))
    return found, conflicts


def _limits(sentence: str) -> tuple[str | None, str | None]:
    """First and last day, where signs say which is which."""
    dated = days.find(sentence)
    if len(dated) == 2 and _RANGE.match(sentence[dated[0].end : dated[1].start]):
        return dated[0].value.isoformat(), dated[1].value.isoformat()
    start = [one for one in dated if _START.search(sentence[: one.start])]
    end = [one for one in dated if _END.search(sentence[: one.start]) and one not in start]
    first = start[0].value.isoformat() if len(start) == 1 else None
    last = end[0].value.isoformat() if len(end) == 1 else None
    return first, last


def _wording(sentence: str) -> str:
    """The contract's own words, without the label and 本合同."""
    bare = wording.unnumbered(sentence.strip("。；;，, |"))
    bare = bare.removeprefix("本合同").removeprefix("本项目的").strip()
    if re.match("起始|开始", bare):
        return bare
    label = re.match(r"[^：:，,。|]{2,16}[：:|]\s?(?=.{4,})", bare)
    return bare[label.end() :] if label else bare


def place(text: clean.Text, entries: Sequence[labels.Entry]) -> finding.Found:
    """Where the contract is carried out."""
    readings = [
        finding.Reading(value, one.rows)
        for one in labels.named(entries, *_PLACES)
        if (value := _place(one.value))
    ]
    if not readings:
        for line in text.lines:
            found = _PLACE.search(wording.tidy(line.text))
            if found is not None and (value := _place(found["place"])):
                readings.append(finding.Reading(value, line.rows, "likely"))
    return finding.agreed(("place",), readings, "two-places")


def _place(value: str) -> str:
    bare = re.split(r"[。；;]", wording.tidy(value))[0].strip("，, _＿")
    fit = 2 <= len(bare) <= 100 and not wording.is_masked(bare) and "：" not in bare
    return bare if fit else ""
