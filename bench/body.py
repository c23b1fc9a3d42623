"""The text of a made-up contract, in Markdown: numbered sections, lists, tables, signatures."""

import datetime
import random
from collections.abc import Iterator

from bench import clauses
from bench import vocabulary as words
from bench.clauses import Words

LIMIT = 30_000
"""No body is longer, in bytes."""
LONG = 4_000
"""From this size on, tables have ten rows or more."""

_NUMERALS = "零一二三四五六七八九十"
_HEAD = "| 序号 | 名称 | 规格与要求 | 数量 | 单位 | 单价（元） | 合计（元） |"
_RULE = "|---:|---|---|---:|:---:|---:|---:|"


def text(
    source: random.Random,
    category: str,
    parties: tuple[str, str],
    title: str,
    signed: datetime.date,
    cents: int,
    size: int,
) -> str:
    """A body of about `size` bytes for what an agency and a vendor agreed on."""
    to = Words(source, category, signed, cents)
    start, end = [_opening(to, parties, title)], list(_signatures(to, parties))
    taken = _bytes(start) + _bytes(end)
    for section in _sections(to, size):
        if taken >= size or taken + _bytes(section) > LIMIT:
            break
        start += section
        taken += _bytes(section)
    return "\n\n".join(start + end) + "\n"


def _opening(to: Words, parties: tuple[str, str], title: str) -> str:
    laws = "".join(f"《中华人民共和国{to.random.choice(words.LAWS)}》" for _ in range(2))
    agency, vendor = parties
    who = f"{agency}（以下简称甲方）与{vendor}（以下简称乙方）"
    return f"根据{laws}等法律法规，{who}就“{title}”项目协商一致，订立本合同。"


def _signatures(to: Words, parties: tuple[str, str]) -> Iterator[str]:
    agency, vendor = parties
    kinds = to.random.sample(tuple(words.SIGNATURES), to.number(1, 5))
    yield "（以下无正文）"
    yield f"**甲方（盖章）：** {agency}　　**乙方（盖章）：** {vendor}"
    yield "　　".join(f"{words.SIGNATURES[kind]}：{clauses.mark(kind)}" for kind in kinds)


def _sections(to: Words, size: int) -> Iterator[list[str]]:
    """Sections without end, the first six in order; one or two of the first four hold a table."""
    rest = list(words.SECTIONS[6:])
    to.random.shuffle(rest)
    names = [*words.SECTIONS[:6], *rest]
    tables = [1] if size < LONG else to.random.sample(range(1, 5), 1 if size < 9_000 else 2)
    number = 0
    while True:
        number += 1
        heading = f"## 第{numeral(min(number, 99))}条 {names[(number - 1) % len(names)]}"
        if number in tables:
            rows = to.number(10, 21) if size >= LONG else to.number(3, 8)
            yield [heading, clauses.paragraph(to), _table(to, rows)]
        else:
            yield [heading, *_section(to, number)]


def _section(to: Words, number: int) -> Iterator[str]:
    """The blocks of a section, in one of the four ways in which contracts are set."""
    style = to.number(0, 4)
    if style == 0:
        yield _numbered(to, 8)
    elif style == 1:
        yield clauses.paragraph(to)
        count = to.number(3, 7)
        yield "\n".join(f"- ({numeral(i)}) {clauses.clause(to)}。" for i in range(1, count))
    elif style == 2:
        yield f"### {number}.1 {to.topic()}{to.thing()}"
        yield clauses.paragraph(to)
        yield f"### {number}.2 {to.topic()}{to.thing()}"
        yield _numbered(to, 6)
    else:
        for i in range(1, to.number(3, 6)):
            yield f"{number}.{i} {clauses.sentence(to)}"


def _numbered(to: Words, most: int) -> str:
    return "\n".join(f"{i}. {clauses.sentence(to)}" for i in range(1, to.number(3, most)))


def _table(to: Words, rows: int) -> str:
    lines = [_HEAD, _RULE]
    for row in range(1, rows + 1):
        quantity, price = to.number(1, 300), to.number(500, 900_000) * 10
        what = f"{to.topic()}{to.thing()}"
        terms = f"{to.quality()}{to.topic()}，{to.verb()}{to.thing()}"
        prices = f"{clauses.money(price)} | {clauses.money(price * quantity)}"
        lines.append(f"| {row} | {what} | {terms} | {quantity} | {to.unit()} | {prices} |")
    return "\n".join(lines)


def numeral(number: int) -> str:
    """A number below 100 in Chinese: 二十三."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return _NUMERALS[number]
    return f"{_NUMERALS[tens] if tens > 1 else ''}十{_NUMERALS[ones] if ones else ''}"


def _bytes(blocks: list[str]) -> int:
    return sum(len(block.encode()) + 2 for block in blocks)
