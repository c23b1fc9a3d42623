"""Each ready question, answered a second time: from the records, by other means."""

import collections
import contextlib
import datetime
import fractions
import pathlib
import sqlite3
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

import chinese_calendar
import pytest

from data.conftest import records
from data.test_tables import asked
from portal import exact, strings
from portal.tables import questions

TOP = pathlib.Path(__file__).resolve().parents[2]
Answer = list[tuple[Any, ...]]


def value(one: exact.Json, name: str = "amount") -> Decimal | None:
    """A contract's value."""
    found = one["value"].get(name)
    return None if found is None else Decimal(found)


def parties(one: exact.Json) -> tuple[str, str]:
    """The names of the agency and of the vendors."""
    return one["agency"]["name"], "; ".join(each["name"] for each in one["vendors"])


def pairs(found: list[exact.Json]) -> Iterator[tuple[exact.Json, exact.Json, Decimal]]:
    """Each contract of a known value with each of its vendors."""
    for one in found:
        amount = value(one)
        if amount is not None:
            yield from ((one, vendor, amount) for vendor in one["vendors"])


def biggest(found: list[exact.Json]) -> Answer:
    """The hundred largest by present value, by currency."""
    known = [(one, value(one, "current")) for one in found if value(one, "current") is not None]
    known.sort(key=lambda one: (one[0]["value"]["currency"], -(one[1] or 0), one[0]["id"]))
    return [
        (one["value"]["currency"], amount, one["title"], *parties(one), one["signed"], one["url"])
        for one, amount in known[:100]
    ]


def vendor_share(found: list[exact.Json]) -> Answer:
    """Each vendor's part of what its agency signed; several vendors count each."""
    whole: dict[tuple[str, str], list[Decimal]] = collections.defaultdict(list)
    part: dict[tuple[str, str, str], list[Decimal]] = collections.defaultdict(list)
    names: dict[tuple[str, str], str] = {}
    for one in found:
        if value(one) is not None:
            whole[one["agency"]["id"], one["value"]["currency"]].append(value(one) or Decimal(0))
    for one, vendor, amount in pairs(found):
        part[one["agency"]["id"], vendor["id"], one["value"]["currency"]].append(amount)
        names["agency", one["agency"]["id"]] = one["agency"]["name"]
        names["vendor", vendor["id"]] = vendor["name"]
    lines = [
        (
            names["agency", agency], names["vendor", vendor], currency, len(amounts),
            len(whole[agency, currency]), sum(amounts),
            tenth(100 * sum(amounts) / sum(whole[agency, currency])),
        )
        for (agency, vendor, currency), amounts in part.items()
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line[6], -line[4], -line[5]))[:200]


def concentration(found: list[exact.Json]) -> Answer:
    """The sum of the squared shares of an agency's vendors, in percent."""
    parts: dict[tuple[str, str], dict[str, list[Decimal]]] = {}
    for one, vendor, amount in pairs(found):
        key = one["agency"]["name"], one["value"]["currency"]
        parts.setdefault(key, collections.defaultdict(list))[vendor["id"]].append(amount)
    lines = []
    for (agency, currency), vendors in parts.items():
        sums = [fractions.Fraction(sum(amounts)) for amounts in vendors.values()]
        index = sum((100 * one / sum(sums)) ** 2 for one in sums)
        count = sum(map(len, vendors.values()))
        lines.append((agency, currency, len(sums), count, round(index)))
    return sorted(lines, key=lambda line: (-line[4], -line[3]))


def without_competition(found: list[exact.Json]) -> Answer:
    """Those of a single source."""
    ones = [one for one in found if "单一来源" in one.get("procurement", {}).get("method", "")]
    # A withheld value comes last of its currency.
    ones.sort(key=lambda one: (one["value"]["currency"], -(value(one) or -1), one["id"]))
    return [
        (one["signed"], one["title"], *parties(one), one["procurement"]["method"],
         one["value"]["currency"], value(one), one["url"])
        for one in ones
    ]  # fmt: skip


def growth(found: list[exact.Json]) -> Answer:
    """Those that are worth more than when they were signed."""
    lines = []
    for one in found:
        before, now = value(one), value(one, "current")
        if before is not None and now is not None and now > before > 0:
            line = (
                one["title"], *parties(one), one["value"]["currency"], before, now,
                tenth(100 * (now - before) / before), len(one["amendments"]), one["url"],
            )  # fmt: skip
            lines.append((line, one["id"]))
    lines.sort(key=lambda line: (-line[0][6], line[1]))
    return [line for line, _ in lines]


def late(found: list[exact.Json]) -> Answer:
    """Announced after the second working day that followed the day of signing."""
    lines = []
    for one in found:
        if "announced" not in one:
            continue
        signed, announced = map(datetime.date.fromisoformat, (one["signed"], one["announced"]))
        following = (signed + datetime.timedelta(days=n) for n in range(1, 30))
        due = [day for day in following if chinese_calendar.is_workday(day)][1]
        days = (announced - due).days
        if days > 0:
            line = one["signed"], due, one["announced"], days, one["title"], *parties(one), one
            lines.append(line)
    lines.sort(key=lambda line: (-line[3], line[-1]["id"]))
    return [(*line[:-1], line[-1]["url"]) for line in lines]


def overpaid(found: list[exact.Json]) -> Answer:
    """More was paid than the contract is worth now."""
    lines = []
    for one in found:
        dues = one.get("payments", ())
        sums = [Decimal(paid["amount"]) for due in dues for paid in due.get("paid", ())]
        now = value(one, "current")
        if sums and now is not None and sum(sums) > now:
            currency = one["value"]["currency"]
            order = currency, now - sum(sums), one["id"]
            line = one["title"], *parties(one), currency, now, sum(sums), one["url"]
            lines.append((order, line))
    return [line for _, line in sorted(lines)]


def same_day(found: list[exact.Json]) -> Answer:
    """Several contracts of one day between the same two."""
    parts: dict[tuple[str, ...], list[Decimal | None]] = collections.defaultdict(list)
    for one in found:
        for vendor in one["vendors"]:
            key = one["signed"], one["agency"]["name"], vendor["name"], one["value"]["currency"]
            parts[key].append(value(one))
    lines = [
        (*key, len(amounts), sum(filter(None, amounts)) if any(amounts) else None)
        for key, amounts in parts.items()
        if len(amounts) > 1
    ]
    lines.sort(key=lambda line: line[0], reverse=True)
    return sorted(lines, key=lambda line: -line[4])


def years(found: list[exact.Json]) -> Answer:
    """Counts and sums by year and currency, withheld values apart."""
    parts: dict[tuple[str, str], list[Decimal | None]] = collections.defaultdict(list)
    for one in found:
        parts[one["signed"][:4], one["value"]["currency"]].append(value(one))
    lines = [
        (
            *key,
            len(amounts),
            sum(filter(None, amounts)) if any(amounts) else None,
            amounts.count(None),
        )
        for key, amounts in parts.items()
    ]
    return sorted(sorted(lines, key=lambda line: line[1]), key=lambda line: line[0], reverse=True)


def search(found: list[exact.Json]) -> Answer:
    """Those in whose title, number, parties or project the words stand."""
    lines = []
    for one in found:
        told = (one["title"], one.get("number", ""), *parties(one))
        project = one.get("procurement", {}).get("project", "")
        if any("政务服务" in text for text in (*told, project)):
            line = one["title"], *parties(one), one["value"]["currency"], value(one), one["url"]
            lines.append((one["signed"], *line, one["id"]))
    lines.sort(key=lambda line: line[-1])
    lines.sort(key=lambda line: line[0], reverse=True)
    return [line[:-1] for line in lines]


def tenth(number: Decimal) -> Decimal:
    """A number with one decimal."""
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


ANSWERS: dict[str, Callable[[list[exact.Json]], Answer]] = {
    one.__name__: one
    for one in (
        *(biggest, vendor_share, concentration, without_competition, growth),
        *(late, overpaid, same_day, years, search),
    )
}


def plain(answer: Answer) -> list[tuple[str, ...]]:
    """Cells as text, numbers with two decimals."""
    return [
        tuple(
            str(Decimal(str(cell)).quantize(Decimal("0.01"), ROUND_HALF_EVEN))
            if isinstance(cell, (int, float, Decimal))
            else str(cell)
            for cell in row
        )
        for row in answer
    ]


@pytest.mark.parametrize("name", questions.ready())
@pytest.mark.parametrize("site", ["sample", "published"])
def test_answer(name: str, site: str, request: pytest.FixtureRequest) -> None:
    """The SQL of a question gives what the records give."""
    output: pathlib.Path = request.getfixturevalue(site)
    told, expected = (
        plain(asked(output, questions.ready()[name])),
        plain(ANSWERS[name](records(output))),
    )
    # Where the order is by an id that is not shown, rows of the same rank may stand either way.
    assert sorted(told) == sorted(expected)
    if name in ("biggest", "without_competition", "growth", "late", "overpaid", "years", "search"):
        assert told == expected
    assert told or site == "sample"


def test_ten_questions_with_words() -> None:
    """There are ten, each with its title and meaning, and a word for each column it answers."""
    assert len(questions.ready()) == 10
    assert ANSWERS.keys() == questions.ready().keys()
    for language in strings.LANGUAGES:
        words = strings.of(language)
        for name in questions.ready():
            assert f"questions.{name}.title" in words
            assert f"questions.{name}.why" in words


def test_columns_have_words(published: pathlib.Path) -> None:
    """Every column that a question answers with is named in the site's language."""
    template = (TOP / "templates/parts/questions.html").read_text("utf-8")
    for sql in questions.ready().values():
        names = [name for name, *_ in _columns(published, sql)]
        assert [name for name in names if f"answers.{name}" not in strings.of("en")] == []
        assert [name for name in names if f'"{name}"' not in template] == []


def _columns(output: pathlib.Path, sql: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(output / "data/contracts.sqlite")) as base:
        return list(base.execute(sql).description)
