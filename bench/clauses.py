"""The clauses of made-up contracts: sentences from chosen words, with marks for personal data."""

import datetime
import random
from collections.abc import Callable

from bench import categories, organisations
from bench import vocabulary as words


def mark(kind: str) -> str:
    """What stands for masked data."""
    return f"【已遮盖：{kind}】"


def money(cents: int) -> str:
    """An amount in figures: 1,168,000.10."""
    return f"{cents // 100:,}.{cents % 100:02}"


class Words:
    """One contract's source of words: its category's, mostly."""

    def __init__(
        self, source: random.Random, category: str, signed: datetime.date, cents: int
    ) -> None:
        self.random, self.signed, self.cents = source, signed, cents
        self.own = categories.CATEGORIES[category]
        self.other = categories.CATEGORIES[source.choice(tuple(categories.CATEGORIES))]
        self.places = [organisations.place(source) for _ in range(6)]

    def topic(self) -> str:
        share = self.random.random()
        if share < 0.62:
            return self.random.choice(self.own)
        return self.random.choice(self.other if share < 0.72 else words.THINGS)

    def thing(self) -> str:
        return self.random.choice(words.THINGS)

    def verb(self) -> str:
        return self.random.choice(words.VERBS)

    def quality(self) -> str:
        return self.random.choice(words.QUALITIES)

    def manner(self) -> str:
        return self.random.choice(words.MANNERS)

    def actor(self) -> str:
        return self.random.choice(words.ACTORS)

    def condition(self) -> str:
        return self.random.choice(words.CONDITIONS)

    def unit(self) -> str:
        return self.random.choice(words.UNITS)

    def place(self) -> str:
        return self.random.choice(self.places)

    def number(self, low: int, high: int) -> int:
        return self.random.randrange(low, high)

    def day(self) -> str:
        day = self.signed + datetime.timedelta(days=self.number(-40, 700))
        return f"{day.year}年{day.month}月{day.day}日"

    def topics(self, count: int) -> str:
        return "、".join(self.topic() for _ in range(count))


Clause = Callable[[Words], str]


def _standard(to: Words) -> str:
    family = to.random.choice(("GB/T", "GB", "JGJ", "CJJ", "DB", "YD/T", "HJ"))
    model = "".join(to.random.choices("ABCDGHKLMSTXZ", k=2))
    return (
        f"{to.topic()}执行{family} {to.number(100, 49999)}-{to.number(2003, 2025)}标准，"
        f"型号{model}-{to.number(10, 9999)}"
    )


def _deadline(to: Words) -> str:
    unit = to.random.choice(("工作日", "自然日", "小时"))
    return (
        f"{to.condition()}，{to.actor()}{to.manner()}在{to.number(1, 61)}个{unit}内"
        f"{to.verb()}{to.topic()}"
    )


def _part(to: Words) -> str:
    amount = money(to.cents * to.number(1, 400) // 1000)
    return f"{to.actor()}{to.manner()}向{to.actor()}{to.verb()}{to.thing()}，金额为人民币{amount}元"


def _where(to: Words) -> str:
    site = to.random.choice(("街道", "社区", "乡", "镇", "村", "园区"))
    return f"为{to.place()}{site}{to.verb()}{to.topic()}{to.thing()}{to.number(1, 40)}处"


def _count(to: Words) -> str:
    return (
        f"{to.verb()}{to.topic()}共计{to.number(2, 9000)}{to.unit()}，"
        f"其中{to.topic()}{to.number(1, 500)}{to.unit()}"
    )


def _deduction(to: Words) -> str:
    rate = to.number(1, 60) / 10
    return (
        f"每发生一次{to.topic()}{to.thing()}，扣减合同总价的{rate}‰，累计不超过{to.number(3, 21)}%"
    )


def _masked(to: Words) -> str:
    kind = to.random.choice(tuple(words.SIGNATURES))
    return (
        f"涉及{mark(kind)}的{to.thing()}已{to.verb()}，"
        f"{to.quality()}的{to.thing()}由{to.actor()}{to.verb()}"
    )


CLAUSES: tuple[Clause, ...] = (
    _standard,
    _deadline,
    _part,
    _where,
    _count,
    _deduction,
    _masked,
    lambda to: f"{to.actor()}{to.manner()}{to.verb()}{to.topics(3)}和{to.topic()}的{to.thing()}",
    lambda to: (
        f"{to.verb()}{to.topic()}{to.thing()}，确保{to.thing()}{to.quality()}、{to.quality()}"
    ),
    lambda to: (
        f"{to.topic()}的{to.thing()}不低于{to.number(600, 1000) / 10}%，"
        f"{to.topic()}{to.verb()}{to.quality()}"
    ),
    lambda to: (
        f"依据《中华人民共和国{to.random.choice(words.LAWS)}》及{to.quality()}的{to.thing()}，"
        f"{to.verb()}{to.topic()}{to.thing()}"
    ),
    lambda to: f"联系人{mark('姓名')}，地点位于{to.place()}园区{to.topic()}现场",
    lambda to: f"{to.quality()}{to.verb()}{to.topics(2)}，{to.verb()}{to.thing()}和{to.thing()}",
    lambda to: (
        f"未经{to.actor()}同意，{to.manner()}{to.verb()}{to.topic()}或者{to.verb()}{to.thing()}"
    ),
    lambda to: f"自{to.day()}起至{to.day()}止，{to.verb()}{to.topic()}{to.thing()}",
    lambda to: f"{to.topic()}{to.thing()}包括但不限于{to.topics(4)}以及{to.topic()}",
    lambda to: f"{to.actor()}{to.verb()}{to.thing()}，{to.actor()}{to.verb()}{to.thing()}",
    lambda to: (
        f"{to.topic()}与{to.topic()}之间的{to.thing()}{to.manner()}{to.quality()}，"
        f"{to.verb()}后{to.verb()}"
    ),
    lambda to: f"**{to.topic()}{to.thing()}**{to.manner()}由{to.actor()}{to.verb()}",
    lambda to: f"{to.condition()}，{to.topic()}{to.verb()}的{to.thing()}视为{to.quality()}",
    lambda to: (
        f"响应时间不超过{to.number(5, 120)}分钟，"
        f"{to.topic()}{to.verb()}时间不超过{to.number(1, 72)}小时"
    ),
    lambda to: (
        f"{to.manner()}{to.verb()}{to.topic()}{to.thing()}，"
        f"{to.verb()}{to.quality()}的{to.thing()}，并{to.verb()}{to.topic()}"
    ),
)
"""The kinds of clauses, each as likely as the others."""


def sentence(to: Words) -> str:
    """One to three clauses."""
    count = to.random.choice((1, 1, 2, 2, 3))
    return "；".join(clause(to) for _ in range(count)) + "。"


def clause(to: Words) -> str:
    """A clause of any kind, without its full stop."""
    return to.random.choice(CLAUSES)(to)


def paragraph(to: Words) -> str:
    """One to three sentences."""
    return "".join(sentence(to) for _ in range(to.number(1, 4)))
