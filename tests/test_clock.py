"""Whether contracts were announced in time: working days, what counts, by agency."""

import datetime
import pathlib

import chinese_calendar
import pytest

import builders
import repository
from portal import chronicle, clock, exact, pipeline, strings
from portal.chronicle import Entry, Told
from tests import test_history

DAY = datetime.date.fromisoformat


def rule(**given: object) -> clock.Rule:
    """The usual rule, with what the test is about."""
    return clock.Rule(2, "cn", "+08:00", DAY("2026-01-01"))._replace(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signed", "calendar", "due"),
    [
        ("2026-02-03", "cn", "2026-02-05"),
        ("2026-02-05", "cn", "2026-02-09"),
        ("2026-02-13", "cn", "2026-02-24"),
        ("2026-09-30", "cn", "2026-10-09"),
        ("2026-02-05", "weekdays", "2026-02-09"),
        ("2026-10-01", "weekdays", "2026-10-05"),
        ("2026-12-31", "cn", None),
        ("2026-12-31", "weekdays", "2027-01-04"),
        ("1999-02-05", "cn", None),
    ],
)
def test_last_day_in_time(signed: str, calendar: str, due: str | None) -> None:
    """Working days follow the calendar; it knows make-up days, and says where it does not reach.

    14 February 2026 and 10 October 2026 are Saturdays on which one works.
    """
    expected = None if due is None else DAY(due)
    assert clock.after(DAY(signed), 2, calendar) == expected


def test_working_days_are_the_library_s() -> None:
    """Every day of twenty years, and those before and after: as its own question has it."""
    first, last = DAY("2002-12-20"), DAY("2030-01-10")
    for day in (first + datetime.timedelta(number) for number in range((last - first).days)):
        try:
            works: bool | None = bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            works = None
        following = clock.after(day - datetime.timedelta(1), 1, "cn")
        assert (following == day) == (works is True), day
        assert works is not None or following is None, day


def test_a_saturday_in_between_is_late() -> None:
    """Who announces on the Saturday after the last day in time is late."""
    found = clock.reading(DAY("2026-03-04"), DAY("2026-03-07"), Told(), rule())
    assert (found.due, found.verdict) == (DAY("2026-03-06"), "late")


def told(day: str) -> Told:
    """A history that begins on the evening of a day, in UTC."""
    at = int(datetime.datetime.fromisoformat(f"{day}T17:00:00Z").timestamp())
    return Told((Entry("a" * 40, at, "", "published"),))


def test_what_counts() -> None:
    """The day that the contract states; else its first commit, by the site's time zone."""
    stated = clock.reading(DAY("2026-03-02"), DAY("2026-03-04"), told("2026-03-09"), rule())
    assert (stated.source, stated.verdict, stated.first) == ("stated", "on_time", DAY("2026-03-10"))
    found = clock.reading(DAY("2026-03-02"), None, told("2026-03-04"), rule())
    assert (found.source, found.day, found.verdict) == ("repository", DAY("2026-03-05"), "late")
    utc = clock.reading(DAY("2026-03-02"), None, told("2026-03-04"), rule(offset="Z"))
    assert utc.verdict == "on_time"


def test_unknown() -> None:
    """Nothing is stated and no history; older than the repository; beyond the calendar."""
    signed = DAY("2026-03-02")
    assert clock.reading(signed, None, Told(gap="none"), rule()).verdict == "unknown"
    late = rule(since=DAY("2026-05-01"))
    assert clock.reading(signed, None, told("2026-05-01"), late).verdict == "unknown"
    assert clock.reading(signed, DAY("2026-05-01"), Told(), late).verdict == "late"
    assert clock.reading(DAY("2026-12-31"), DAY("2027-01-01"), Told(), rule()).verdict == "unknown"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Three agencies: one in time, one late by its own word, one by the repository."""
    folder = tmp_path_factory.mktemp("clock")
    paths = {name: f"content/contracts/{name}.md" for name in "abcd"}
    files = {
        "site.yaml": builders.SITE
        + "announcement: {days: 3, calendar: weekdays, law: 某市条例第九条}\n"
        + "repository: https://git.example.org/city/contracts\n",
        paths["a"]: builders.text(agency="甲局", signed="2026-03-02", announced="2026-03-05"),
        paths["b"]: builders.text(agency="乙局", signed="2026-03-02", announced="2026-03-06"),
    }
    root = repository.site(folder / "root", files)
    before = int(datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC).timestamp())
    test_history.at(root, before)
    (root / paths["c"]).write_text(builders.text(agency="丙局", signed="2026-03-02"), "utf-8")
    (root / paths["d"]).write_text(builders.text(agency="丙局", signed="2025-03-02"), "utf-8")
    test_history.at(root, before + 20 * 86_400)
    pipeline.build(pipeline.Options(root, folder / "out"))
    return folder / "out"


def test_by_agency(published: pathlib.Path) -> None:
    """The page counts by agency, shows the rule of the site and the formula."""
    page = (published / "announcements/index.html").read_text("utf-8")
    assert "某市条例第九条" in page
    assert strings.of("zh-CN")["announcement.formula"] in page
    assert strings.of("zh-CN")["announcement.how_weekdays"] in page
    rows = [part.partition("</tr>")[0] for part in page.split("<tr>")]
    counts = {
        name: [cell.split(">")[-1].strip() for cell in row.split("</td>")[:-1]]
        for row in rows
        for name in ("甲局", "乙局", "丙局", "全部单位")
        if f"{name}<" in row and 'data-label="及时率"' in row
    }
    assert counts == {
        "甲局": ["1", "1", "0", "0", "100.0%"],
        "乙局": ["1", "0", "1", "0", "0.0%"],
        "丙局": ["2", "0", "1", "1", "0.0%"],
        "全部单位": ["4", "1", "2", "1", "33.3%"],
    }


def test_on_the_contract(published: pathlib.Path) -> None:
    """A contract's page tells the day that counts, and whether it was in time; data do too."""
    page = (published / "contracts/c/index.html").read_text("utf-8")
    assert "2026年3月22日（以仓库为准）" in page
    assert "逾期，最后期限为 2026年3月5日" in page
    assert 'href="https://git.example.org/city/contracts/commit/' in page
    record = exact.read((published / "contracts/c/index.json").read_bytes())
    assert record["announcement"] == {
        "day": "2026-03-22",
        "source": "repository",
        "due": "2026-03-05",
        "verdict": "late",
    }
    assert "及时" in (published / "contracts/a/index.html").read_text("utf-8")
    assert record["history"]["complete"] is True
    assert chronicle.day(0, "-05:00") == DAY("1969-12-31")


def test_in_the_table(published: pathlib.Path) -> None:
    """The table of contracts has the days and the verdict."""
    text = (published / "data/contracts.csv").read_text("utf-8-sig")
    head, *lines = [line.split(",") for line in text.splitlines()]
    at = [head.index(name) for name in ("id", "announcement_due", "announcement")]
    assert sorted(tuple(line[one] for one in at) for line in lines) == [
        ("a", "2026-03-05", "on_time"),
        ("b", "2026-03-05", "late"),
        ("c", "2026-03-05", "late"),
        ("d", "", ""),
    ]
