"""The search finds what it should: the bench's queries, asked of three hundred contracts.

PORTAL_CONTRACTS, if set, is another number of them.
"""

import os
from collections.abc import Iterable

import pytest
from playwright import sync_api

from bench.search import browser as browsers
from bench.search import queries, register, server, site
from bench.search.score import Asked, score

CONTRACTS = int(os.environ.get("PORTAL_CONTRACTS", "300"))


@pytest.fixture(scope="session")
def asked(browser: sync_api.Browser, tmp_path_factory: pytest.TempPathFactory) -> tuple[Asked, ...]:
    """Every query with what the page answered, in one page that never threw.

    Asked again after all the others, each third query has the same answer.
    """
    folder = tmp_path_factory.mktemp("searched")
    root, output = folder / "site", folder / "public"
    site.make(root, CONTRACTS, jobs=2)
    site.build(root, output)
    several = queries.queries(register.read(root, site.samples()))
    faults: list[str] = []
    with server.serving(output) as served, browser.new_context() as context:
        tab = context.new_page()
        # A bound method of a list takes no attribute, and Playwright wants to set one.
        tab.on("pageerror", lambda error: faults.append(str(error)))
        page = browsers.Page(tab, served)
        answered = tuple(Asked(query, page.ask(query)) for query in several)
        for one in answered[-1::-3]:
            again = page.ask(one.query)
            assert (again.results, again.exact) == (one.reply.results, one.reply.exact), one.query
    assert not faults
    return answered


def _there(asked: Iterable[Asked]) -> list[Asked]:
    return [one for one in asked if one.query.answers]


def _wrong(asked: Iterable[Asked]) -> list[str]:
    """The queries whose first result is wrong, with what it is."""
    return [
        f"{one.query.kind}: {one.query.text}: {one.reply.results[:1]}, {one.reply.exact} exact"
        for one in asked
        if one.first < 1
    ]


def test_first(asked: tuple[Asked, ...]) -> None:
    """Of a hundred queries, the first result is the right one for 97 at least."""
    assert score(_there(asked)).first >= 0.97, _wrong(_there(asked))


def test_recall(asked: tuple[Asked, ...]) -> None:
    """Of the right answers, 98 in a hundred are among the first five results."""
    lacking = [f"{one.query.kind}: {one.query.text}" for one in asked if one.recall < 1]
    assert score(_there(asked)).recall >= 0.98, lacking


def test_names_and_numbers(asked: tuple[Asked, ...]) -> None:
    """A name, a number or an amount is always found, however it is written."""
    assert not _wrong(one for one in asked if one.query.kind in queries.facts())


def test_nothing(asked: tuple[Asked, ...]) -> None:
    """Where there is nothing, nothing is said to be exact."""
    assert not _wrong(one for one in asked if not one.query.answers)
