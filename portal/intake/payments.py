"""The instalments: how much is due, on what condition, by which day."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.intake import clean, days, finding, money, sections, wording

_SECTION = re.compile(r"付款|支付|结算|款项|费用|价款|资金|金额|价格|报酬|服务费")
_CLAUSE = re.compile(
    r"(?:付款|支付|结算)(?:方式|方法|条件|进度|安排|办法|时间|计划)|分[一二三四五六0-9]{1,2}[次期笔](?:支付|付款)?"
)
_ORDINAL = (
    r"第[一二三四五六七八九十0-9]{1,2}(?:次|笔|期|阶段|批|年度|年)"
    r"(?:付款|支付|款项|款|合同款|服务费|费用)?"
)
_NAME = (
    r"(?:合同|项目)?(?:首次付款|首付款|首笔款|首期款|首款|预付款|预付合同款|定金|进度款|中期款|到货款|初验款|终验款|"
    r"验收款|尾款|余款|剩余款项|剩余尾款|质保金|质量保证金|运维款|结算款)"
)
_LABEL = re.compile(
    rf"(?:[（(]?[0-9一二三四五六七八九十]{{1,2}}[)）.、．]\s?|[①-⑨]\s?|[-•]\s?)?"
    rf"(?P<label>{_ORDINAL}|{_NAME})(?:[（(](?P<note>[^（）()]{{1,12}})[)）])?\s?(?P<colon>[：:，,]?)"
)
_VERB = re.compile(
    r"(?:支付|付清|付至|拨付|结清|退还|返还|无息退还|付给|付(?!款))(?![：:]|方式|时间|进度|比例|条件|申请|金额为)"
)
_PENAL = re.compile(r"违约金|逾期|赔偿|罚|滞纳|每迟|扣除|扣减|解除")
_TOTAL = re.compile(
    r"合同(?:总)?(?:金额|价款|总价|总额)(?:为|[：:])|(?:服务费用?|维护费|费用)(?:总计)?为|大写.{0,4}总"
)
_PERCENT = re.compile(
    r"(?P<n>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s?[%％]|百分之(?P<han>[一二三四五六七八九十]{1,3})"
)
_TAX = re.compile(r"税率|税点|增值税|含税|发票.{0,6}$")
_AS = re.compile(r"作为(?P<what>质保金|保证金|质量保证金|履约保证金|定金|预付款)")
_PERIODIC = re.compile(r"(?:每|按)(?:年|季度?|月|半年|学期)[^，。；]{0,12}(?:支付|付款|结算|拨付)")
_PAYER = re.compile(
    r"[，,：:]?\s?(?:[（(]?[0-9]{0,2}[)）]?)?(?:则|再|即)?(?:由)?(?:甲方|采购人|采购单位|买方|委托方|发包人)?"
    r"(?:应|须|需|一次性|将|按照?合同约定|以转账方式|向(?:乙方|供应商|卖方|受托方|承包人|中标人|成交供应商|服务方)){0,4}\s?$"
)
_LIMIT = re.compile(r"最多不超过[^，。；;,]{2,30}?[%％]")
_NUMERALS = "一二三四五六七八九十"


@dataclass(slots=True)
class Payment:
    """An instalment as read; `doubt` where it says more than one sum."""

    label: str
    amount: Decimal | None
    percent: Decimal | None
    condition: str
    due: str | None
    rows: tuple[int, ...]
    broken: bool = False

    def front(self) -> dict[str, str]:
        """As front matter has it."""
        given = {
            "label": self.label,
            "amount": money.written(self.amount) if self.amount is not None else "",
            "percent": f"{self.percent.normalize():f}" if self.percent is not None else "",
            "condition": self.condition,
            "due": self.due or "",
        }
        return {name: value for name, value in given.items() if value}


def read(text: clean.Text, total: Decimal | None) -> finding.Found:
    """The instalments, where they come to the total or to a hundred percent; else a conflict."""
    conflicts: list[finding.Conflict] = []
    for group in _groups(text):
        rows = tuple(sorted({row for one in group for row in one.rows}))
        if any(one.broken for one in group):
            conflicts.append(finding.Conflict("figures-capitals", "payments", rows))
            continue
        code = _contradiction(group, total)
        if code is None:
            certain = total is not None or all(one.percent is not None for one in group)
            sure: finding.Sure = "certain" if certain else "likely"
            return [finding.Fact(("payments",), [one.front() for one in group], rows, sure)], []
        conflicts += [finding.Conflict(code, "payments", rows)] if len(group) > 1 else []
    return [], conflicts[:1]


def _contradiction(group: Sequence[Payment], total: Decimal | None) -> str | None:
    """What in the instalments contradicts the total, or one another."""
    percents = [one.percent for one in group if one.percent is not None]
    amounts = [one.amount for one in group if one.amount is not None]
    if len(percents) == len(group) and sum(percents) != 100:
        return "percent-sum"
    if len(amounts) == len(group):
        if total is not None and sum(amounts) != total:
            return "payments-sum"
        whole = total if total is not None else sum(amounts, Decimal(0))
    elif len(percents) == len(group):
        whole = total if total is not None else Decimal(0)
    elif total is None:
        return "payments-sum"
    else:
        whole = total
        due = sum((_due(one, total) for one in group), Decimal(0))
        if abs(due - total) > Decimal("0.01") * len(group):
            return "payments-sum"
    return "payment-percent" if any(_differs(one, whole) for one in group) else None


def _due(one: Payment, total: Decimal) -> Decimal:
    if one.amount is not None:
        return one.amount
    return total * (one.percent or Decimal(0)) / 100


def _differs(one: Payment, total: Decimal) -> bool:
    if one.amount is None or one.percent is None or not total:
        return False
    return abs(one.amount * 100 / total - one.percent) > Decimal("0.5")


def _groups(text: clean.Text) -> Iterator[list[Payment]]:
    """The instalments of each section on payments, then those behind a word for them elsewhere."""
    for section in sections.of(text.lines):
        lines = [line for line in section.lines if not line.text.startswith("|")]
        clause = next((i for i, one in enumerate(lines) if _CLAUSE.search(one.text)), None)
        if not _SECTION.search(section.title):
            lines = lines[clause : clause + 12] if clause is not None else []
        found = _payments(lines)
        if found and not any(_PERIODIC.search(line.text) for line in lines):
            yield found


def _payments(lines: Sequence[clean.Line]) -> list[Payment]:
    found: list[Payment] = []
    for line in lines:
        for sentence in _split(wording.tidy(line.text)):
            one = _payment(sentence, line.rows, len(found))
            if one is not None:
                found.append(one)
    return found


def _split(text: str) -> Iterator[str]:
    """Sentences, cut as well before each label that stands behind a comma, and each payment."""
    for sentence in (part for one in wording.sentences(text) for part in _apart(one)):
        starts = [0] + [
            one.start() + 1
            for one in re.finditer(rf"[，,](?={_ORDINAL}[：:支付]|{_NAME}[0-9为：:])", sentence)
        ]
        for start, end in zip(starts, [*starts[1:], len(sentence)], strict=True):
            yield sentence[start:end]


def _apart(sentence: str) -> Iterator[str]:
    """The payments of a sentence that names one after the other, cut at commas between them."""
    verbs = list(_VERB.finditer(sentence))
    start = 0
    for verb, after in itertools.pairwise(verbs):
        for comma in re.finditer(
            r"[，,](?!\s?[0-9]{3}|\s?(?:计|即|也即|大写|人民币|最多|不超过|[（(]))", sentence
        ):
            said = sentence[verb.end() : comma.start()]
            due = _PERCENT.search(said) or money.figures(said)
            if verb.end() < comma.start() < after.start() and comma.start() > start and due:
                yield sentence[start : comma.start()]
                start = comma.end()
                break
    yield sentence[start:]


def _payment(sentence: str, rows: tuple[int, ...], index: int) -> Payment | None:
    label = _LABEL.match(sentence)
    verb = _VERB.search(sentence, label.end() if label is not None else 0)
    if (verb is None and label is None) or _PENAL.search(sentence) or wording.is_masked(sentence):
        return None
    start = label.end() if label is not None else 0
    figures, broken = _amounts(sentence, start, verb)
    percent, unsure = _percent(sentence)
    amount = figures[0] if len(figures) == 1 else None
    if unsure or len(figures) > 1 or (amount is None and percent is None):
        return None
    condition = _condition(sentence, start, verb)
    due = days.only(condition) or days.month_end(condition) if condition else None
    named = label["label"] if label is not None else f"第{_NUMERALS[min(index, 9)]}笔"
    return Payment(
        _labelled(named, sentence),
        amount,
        percent,
        condition,
        due.isoformat() if due and re.search("前|底|日", condition) else None,
        rows,
        broken,
    )


def _labelled(label: str, sentence: str) -> str:
    given = _AS.search(sentence)
    return f"{label}（{given['what']}）" if given and given["what"] != label else label


def _amounts(sentence: str, start: int, verb: re.Match[str] | None) -> tuple[list[Decimal], bool]:
    """The sums due: those behind the verb, else those behind the label; and whether they clash."""
    figures, capitals = money.figures(sentence), money.capitals(sentence)
    after = verb.end() if verb is not None else start
    held = [one for one in figures if one.start >= after] or [
        one for one in figures if one.start >= start > 0
    ]
    spelled = [one for one in capitals if one.start >= after] or [
        one for one in capitals if one.start >= start > 0
    ]
    words = {one.value for one in spelled if one.value is not None}
    if any(one.value is None for one in held) and len(words) == 1:
        right = all(words & money.readings(one.text) for one in held if one.value is None)
        return list(words), not right
    values = list(dict.fromkeys(one.value for one in held if one.value is not None))
    if not held:
        return list(words), False
    clash = bool(words) and len(values) == 1 and words != {*values}
    return values, clash or any(one.value is None for one in held)


def _percent(sentence: str) -> tuple[Decimal | None, bool]:
    """The share of the total; whether there is more than one."""
    found = set()
    for one in _PERCENT.finditer(sentence):
        before = sentence[max(0, one.start() - 16) : one.start()]
        value = Decimal(one["n"]) if one["n"] else Decimal(wording.number(one["han"]) or 0)
        if not _TAX.search(before) and 0 < value <= 100:
            found.add(value)
    return (found.pop(), False) if len(found) == 1 else (None, bool(found))


def _condition(sentence: str, start: int, verb: re.Match[str] | None) -> str:
    """What has to have happened: the words before the verb, without payer and total."""
    end = verb.start() if verb is not None else len(sentence)
    words = sentence[start : max(start, end)]
    clauses = [one for one in re.split(r"(?<=[，,])", words) if one.strip("，, ")]
    kept = [one for one in clauses if not _is_sum(one)]
    bare = _PAYER.sub("", "".join(kept).strip("，,：: ")).strip("，,：:【 ")
    bare = re.sub(r"^(?:[^：:，。]{0,12}(?:方式|方法|时间|条件|支付|付款)[：:]\s?){1,3}", "", bare)
    bare = re.sub(
        r"^(?:[（(]?[0-9]{1,2}[)）.、．]\s?)?(?:该(?:笔)?(?:费用|款项))?(?:为|在|于|即)?", "", bare
    )
    limit = _LIMIT.search(sentence)
    told = f"{bare}（{limit[0]}）" if bare and limit is not None else bare
    return told if 3 <= len(told) <= 400 else ""


def _is_sum(clause: str) -> bool:
    """Whether a clause only names a sum, the total's or what it is for."""
    return bool(money.figures(clause) or _TOTAL.search(clause)) or bool(
        re.fullmatch(r"[^，]{0,6}作为\S{2,8}[，,]|(?:即|计)?[：:]?", clause)
    )
