"""Made-up contracts: front matter as the portal reads it, and a body."""

import collections
import datetime
import itertools
import random
import re
from decimal import Decimal

from bench import body, categories, clauses, front, organisations
from bench import vocabulary as words
from portal import amounts

MARK = re.compile(clauses.mark("(.+?)"))
MEAN, SPREAD = 8.83, 0.58
"""The size of bodies is log-normal, 8 KB on average."""
SMALLEST, LARGEST = 2_000, 29_000


def identifier(index: int, year: int) -> str:
    """The id of a contract, which is its file's stem."""
    return f"c{year}-{index + 1:06}"


def contract(index: int, count: int, seed: int) -> tuple[str, str]:
    """The path of a contract below content/contracts, and its file.

    It depends on nothing but the three numbers.
    """
    source = random.Random(f"contract-{seed}-{index}")
    register = organisations.register(count, seed)
    agency, vendor = register.agency(source, index), register.vendor(source, index)
    (year,) = source.choices(tuple(words.YEARS), tuple(words.YEARS.values()))
    signed = datetime.date(year, 1, 1) + _days(source, 0, 320 if year == max(words.YEARS) else 365)
    category = source.choice(tuple(categories.CATEGORIES))
    title, cents = _title(source, agency.name, category, year), _cents(source)
    size = int(min(LARGEST, max(SMALLEST, source.lognormvariate(MEAN, SPREAD))))
    written = body.text(source, category, (agency.name, vendor), title, signed, cents, size)
    start = signed + _days(source, 0, 30)
    end = start + datetime.timedelta(days=source.choice((90, 180, 365, 365, 730, 1095)))
    state = source.choice(words.STATES)
    method, word = _method(source)
    facts: front.Tree = {
        "title": title,
        "number": f"{agency.mark}财{word}采购-{year}-{index + 1}",
        "procurement": {
            "number": f"{year}-ZB-{index + 1:05}",
            "project": title.removesuffix("合同"),
            "method": method,
            "award_notice": signed - _days(source, 3, 40),
        },
        "agency": agency.name,
        "vendors": [vendor],
        "value": _value(source, cents),
        "signed": signed,
        "announced": signed + _days(source, 1, 15),
        "term": {"start": start, "end": end},
        "region": agency.region,
        "category": category,
        "status": _status(source, state, start, end),
        "items": _items(source, category),
        "payments": _payments(source, cents, start, state),
        "amendments": _amendments(source, cents, start),
        "redactions": _redactions(written),
    }
    return f"{year}/{identifier(index, year)}.md", front.document(facts, written)


def yuan(cents: int) -> Decimal:
    """Cents as an amount: 116800010 is 1168000.10."""
    return Decimal(cents).scaleb(-2)


def _days(source: random.Random, low: int, high: int) -> datetime.timedelta:
    return datetime.timedelta(days=source.randrange(low, high))


def _title(source: random.Random, agency: str, category: str, year: int) -> str:
    subject = source.choice(("", f"{year}年", f"{year}"))
    things = source.sample(categories.CATEGORIES[category], 2)
    what = source.choice(words.SEPARATORS).join(things)
    return f"{agency}{subject}{what}{source.choice(words.PURPOSES)}{source.choice(words.ENDS)}"


def _cents(source: random.Random) -> int:
    """An amount: log-normal around 800,000 yuan, in seven of ten cases whole yuan."""
    cents = int(min(9.9e8, 10 ** source.gauss(5.9, 0.75)) * 100)
    return cents if source.random() < 0.3 else max(100, cents // 100 * 100)


def _method(source: random.Random) -> tuple[str, str]:
    shares = [share for share, _ in words.METHODS.values()]
    (method,) = source.choices(tuple(words.METHODS), shares)
    return method, words.METHODS[method][1]


def _value(source: random.Random, cents: int) -> front.Tree:
    value: dict[str, front.Plain] = {"amount": yuan(cents), "currency": "CNY"}
    if source.random() < 0.5:
        value["capitals"] = amounts.write(yuan(cents))
    return value


def _status(
    source: random.Random, state: str, start: datetime.date, end: datetime.date
) -> front.Tree:
    if state != "terminated":
        return {"state": state}
    date = start + _days(source, 10, (end - start).days)
    return {"state": state, "date": date, "reason": source.choice(words.TERMINATIONS)}


def _items(source: random.Random, category: str) -> list[front.Tree]:
    """What is bought, for two contracts in five."""
    if source.random() > 0.4:
        return []
    names = source.sample(categories.CATEGORIES[category], source.randrange(1, 5))
    return [
        {
            "name": name,
            "specification": f"{source.choice(words.QUALITIES)}{source.choice(words.THINGS)}",
            "quantity": source.randrange(1, 300),
            "unit": source.choice(words.UNITS),
            "unit_price": yuan(source.randrange(500, 900_000) * 10),
        }
        for name in names
    ]


def _payments(
    source: random.Random, cents: int, start: datetime.date, state: str
) -> list[front.Tree]:
    """Two to four instalments in twentieths of the amount; the last one takes the rest.

    A percentage stands only where it is exact. A completed contract is paid.
    """
    count = source.randrange(2, 5)
    cuts = [0, *sorted(source.sample(range(1, 20), count - 1)), 20]
    shares = [high - low for low, high in itertools.pairwise(cuts)]
    due, left, payments = start, cents, []
    for number, condition in enumerate(source.sample(words.MILESTONES, count), 1):
        share = shares[number - 1]
        amount = left if number == count else cents * share // 20
        left -= amount
        due += _days(source, 20, 200)
        payment: dict[str, object] = {
            "label": f"第{body.numeral(number)}期",
            "amount": yuan(amount),
        }
        if amount * 20 == cents * share:
            payment["percent"] = share * 5
        payment |= {"condition": condition, "due": due}
        if state == "completed":
            payment["paid"] = [{"date": due + _days(source, 0, 20), "amount": yuan(amount)}]
        payments.append(payment)
    return payments


def _amendments(source: random.Random, cents: int, start: datetime.date) -> list[front.Tree]:
    (count,) = source.choices((0, 1, 2), (70, 22, 8))
    return [
        {
            "date": start + _days(source, 10, 300),
            "reason": source.choice(words.REASONS),
            "value_change": yuan(cents * source.randrange(-1000, 1001) // 10_000),
        }
        for _ in range(count)
    ]


def _redactions(written: str) -> list[front.Tree]:
    """The log of what is masked in a body, as the marks in it say."""
    counts = collections.Counter(MARK.findall(written))
    return [
        {"kind": kind, "count": count, "ground": words.GROUNDS[kind]}
        for kind, count in counts.items()
    ]
