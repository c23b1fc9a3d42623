"""How the work is judged: criteria from a table of marks, what follows from a result, when."""

import re
from collections.abc import Iterator, Sequence

from portal.intake import clean, finding, sections, tables, wording

_JUDGED = re.compile(r"指标|考核|考评|评分|扣分")
_AREA = re.compile(r"一级指标|考核类别|考核项目|类别|分类|考核大项|评价维度")
_NAME = re.compile(r"二级指标|指标名称|考核指标|考核内容|考核项|评分项|评价指标|名称")
_REQUIREMENT = re.compile(r"指标内容|指标说明|考核要求|考核标准|要求|内容|标准|说明|三级指标")
_DEDUCTION = re.compile(r"扣分|评分(?:标准|办法|细则)|考核要求|考核标准|计分|扣减")
_WEIGHT = re.compile(r"分值|权重|满分|标准分")
_NUMBER = re.compile(r"(?P<n>[0-9]{1,3}(?:\.[0-9])?)\s?[分%％]?")
_RESULT = (
    r"优秀|良好|合格|基本合格|不合格|优|良|中|差|一般|达标|不达标|称职|不称职|[A-D]级?|[一二三四]等"
)
_RANGE = (
    r"[0-9]{1,3}\s?分?\s?(?:[（(][^（）()]{1,8}[)）])?\s?(?:以上|以下|及以上|及以下|至|-|—|–|~|～|到|≤|<|（含）)"
    r"[^，。；：,;:为]{0,16}"
    r"|[0-9]{1,3}\s?分?\s?[≤<＜]\s?(?:考核)?得?分\s?[≤<＜]\s?[0-9]{1,3}\s?分?"
    r"|[≥>＞≤<＜]\s?[0-9]{1,3}\s?分?"
)
_FIRST = re.compile(
    rf"(?:^|[：:、.．\s])(?P<result>{_RESULT})[。：:，,]\s?(?:如|若)?(?:果)?(?:考评|考核|综合|评价|评分|总)?(?:得|评)?分(?:数)?(?:在|为)?"
    rf"(?P<range>(?:{_RANGE}))(?:的|时)?[，,：:]\s?(?:则)?(?P<effect>[^。]{{2,200}})"
)
_SECOND = re.compile(
    rf"(?:考评|考核|综合|评价)?(?:得分|分数|评分|成绩)?(?:在|为)?(?P<range>(?:{_RANGE}))的?[，,]?\s?(?:评定为|评为|视为|定为|为)"
    rf"[“\"]?(?P<result>{_RESULT})[”\"]?(?:等次|档|级)?[，,：:]\s?(?:则)?(?P<effect>[^。；]{{2,200}})"
)
_WHEN = re.compile(
    r"(?:满[^，。；]{1,12}时|每(?:半年|年度?|季度?|月|学期)[^，。；]{0,10}(?:考核|考评|评价|一次)"
    r"|(?:按|分)(?:年度?|季度?|月)[^，。；]{0,6}(?:考核|考评))"
)
_PARTY = re.compile(r"^(?:(?:由)?(?:甲方|采购人)(?:将|应|负责)?(?:在|于|对)?)(?=.{3,})")


def read(text: clean.Text) -> finding.Found:
    """Criteria, outcomes, and the words that say when."""
    found = _criteria(text) + _outcomes(text) + _when(text)
    return found, []


def _criteria(text: clean.Text) -> list[finding.Fact]:
    for table in tables.of(text.lines):
        heads = " ".join(table.header)
        name = table.column(_NAME, but=_AREA)
        name = table.column(_AREA) if name is None else name
        if name is None or not (len(_JUDGED.findall(heads)) > 1 or _WEIGHT.search(heads)):
            continue
        if not _JUDGED.search(heads + table.title) or re.search("单价|数量|报价|投标", heads):
            continue
        made = list(_rows(table, name))
        if made:
            lines = finding.rows(finding.Reading(None, rows) for _, rows in made)
            return [finding.Fact(("assessment", "criteria"), [one for one, _ in made], lines)]
    return []


def _rows(table: tables.Table, name: int) -> Iterator[tuple[dict[str, str], tuple[int, ...]]]:
    """Criteria; area and name of a merged cell stand for the rows below as well."""
    area = table.column(_AREA)
    area = area if area != name else None
    weight = table.column(_WEIGHT)
    taken = {area, name, weight}
    deduction = _deduction(table, taken)
    requirement = next(
        (
            index
            for index, head in enumerate(table.header)
            if index not in taken | {deduction} and _REQUIREMENT.search(head)
        ),
        None,
    )
    last = {"area": "", "name": ""}
    for row in table.rows:
        if any(re.match("合计|总分|总计|备注", cell) for cell in row.cells[:3]):
            continue
        given = {
            field: row.cells[column]
            for field, column in (("area", area), ("name", name), ("requirement", requirement))
            if column is not None and column < len(row.cells)
        }
        if given.get("area"):
            last["name"] = ""
        for field in ("area", "name"):
            last[field] = given.get(field) or last[field]
        given |= {field: value for field, value in last.items() if value}
        marks = _NUMBER.fullmatch(row.cells[weight]) if weight is not None else None
        given |= {"weight": marks["n"]} if marks is not None else {}
        given |= {"deduction": row.cells[deduction]} if deduction is not None else {}
        if given.get("name") and len(given) > 1:
            order = ("area", "name", "requirement", "weight", "deduction")
            yield {field: given[field] for field in order if given.get(field)}, row.rows


def _deduction(table: tables.Table, taken: set[int | None]) -> int | None:
    """The column that says what is deducted, by its heading and by its cells."""
    for index, head in enumerate(table.header):
        cells = [row.cells[index] for row in table.rows if index < len(row.cells)]
        filled = [cell for cell in cells if cell]
        told = sum("扣" in cell for cell in filled) * 2 > len(filled) > 0
        if index not in taken and (told or re.search("扣分", head)) and _DEDUCTION.search(head):
            return index
    return None


def _outcomes(text: clean.Text) -> list[finding.Fact]:
    found: list[finding.Reading] = []
    for section in sections.of(text.lines):
        held = [line for line in section.lines if not line.text.startswith("|")]
        if not any(re.search("考核|考评|评价|得分", line.text) for line in held):
            continue
        for line in held:
            tidy = wording.tidy(line.text)
            for one in (*_FIRST.finditer(tidy), *_SECOND.finditer(tidy)):
                value = {
                    "result": one["result"],
                    "range": re.sub(r"[的时]$", "", one["range"].strip()),
                    "effect": one["effect"].strip("，,；; "),
                }
                found.append(finding.Reading(value, line.rows))
    results = [one.value["result"] for one in found]
    if not found or len(set(results)) < len(results):
        return []
    return [finding.Fact(("assessment", "outcomes"), [o.value for o in found], finding.rows(found))]


def _when(text: clean.Text) -> list[finding.Fact]:
    """The clause of the assessment's section that says when."""
    for section in sections.of(text.lines):
        if not re.search("考核|考评|评价", section.title):
            continue
        clauses = _clauses(section.lines)
        for clause, line in clauses:
            if _WHEN.search(clause) and "付" not in clause and "扣" not in clause:
                words = _PARTY.sub("", wording.unnumbered(clause))
                return [finding.Fact(("assessment", "when"), words, line.rows, "likely")]
    return []


def _clauses(lines: Sequence[clean.Line]) -> Iterator[tuple[str, clean.Line]]:
    for line in lines:
        for clause in re.split(r"[，。；;,]", wording.tidy(line.text)):
            if clause:
                yield clause, line
