"""The summary of a check in Markdown: what would be published, or how many problems where."""

import collections
from collections.abc import Iterable, Iterator, Sequence

from portal import corpus, keys, model, proposal, render, strings
from portal.gate import shown
from portal.problems import Problem

MOST = 200
"""Rows of a table: GitHub takes at most 1 MiB for a summary."""
SHORT = 10
"""Characters of a commit's name that are shown."""
DOUBTS = frozenset(
    ("suspect", "suspect-document", "suspect-past", "document-unread", "document-unseen")
)
"""Codes of what a person has to decide."""
MARKDOWN = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_{}[]()<>#+!|~&@$:"}
"""No text of a contract is a link, a picture, a mention or a cell of its own."""


def proposed(one: proposal.Proposal, language: str) -> str:
    """What would be published; the facts have passed the gate."""
    return "\n".join(_Page(language).proposed(one)) + "\n"


def refused(problems: Sequence[Problem], language: str) -> str:
    """How many problems, in which files; never what stands there."""
    return "\n".join(_Page(language).refused(problems)) + "\n"


class _Page:
    """Markdown in a language, line by line."""

    def __init__(self, language: str) -> None:
        self._language, self._words = language, strings.of(language)

    def proposed(self, one: proposal.Proposal) -> Iterator[str]:
        yield f"## {self._words['summary.title']}\n"
        yield self._said("total", n=one.contracts)
        key = "alone" if one.base is None else "compared"
        yield self._said(key, commit=(one.base or "")[:SHORT])
        yield from self._contracts("new", ((row, "") for row in one.new), len(one.new))
        differ = ((each.row, self._fields(each.fields)) for each in one.changed)
        yield from self._contracts("changed", differ, len(one.changed))
        gone = ((row, "") for row in one.withdrawn)
        yield from self._contracts("withdrawn", gone, len(one.withdrawn))
        yield from self._listed("gone", one.gone)
        yield from self._listed("drafts", one.drafts)
        yield from self._listed("others", one.others)
        parts = (one.new, one.changed, one.withdrawn, one.gone, one.drafts, one.others)
        if one.base is not None and not any(parts):
            yield f"\n{self._words['summary.nothing']}"

    def refused(self, problems: Sequence[Problem]) -> Iterator[str]:
        key = "done.refused-one" if len(problems) == 1 else "done.refused"
        yield f"## {self._words[key].format(n=len(problems))}\n"
        counts = collections.Counter(one.at.path for one in problems)
        doubts = collections.Counter(one.at.path for one in problems if one.code in DOUBTS)
        yield from self._head(("file", "problems", "doubts"))
        for path in sorted(counts)[:MOST]:
            yield _row((_cell(path), str(counts[path]), str(doubts[path])))
        yield from self._rest(len(counts))
        yield f"\n{self._words['summary.decide' if doubts else 'summary.mend']}"

    def _contracts(
        self, key: str, found: Iterable[tuple[corpus.Row, str]], count: int
    ) -> Iterator[str]:
        """A table of contracts; those that differ have a column more."""
        if not count:
            return
        yield self._heading(key, count)
        more = ("fields",) if key == "changed" else ()
        yield from self._head(("contract", "number", "agency", "vendors", "amount", *more))
        for number, (row, fields) in enumerate(found):
            if number < MOST:
                yield _row((*self._facts(row), *([fields] if more else [])))
        yield from self._rest(count)

    def _facts(self, row: corpus.Row) -> Iterator[str]:
        yield _cell(row.title)
        yield _cell(row.number or row.id)
        yield _cell(row.agency.name)
        yield "<br>".join(_cell(one.name) for one in row.vendors)
        withheld = self._words["summary.withheld"]
        money = row.amount
        yield withheld if money is None else render.money(self._language, money, row.currency)

    def _fields(self, names: Iterable[str]) -> str:
        """Fields as they are called on this site."""
        return self._words["summary.comma"].join(map(self._field, names))

    def _field(self, name: str) -> str:
        if name == proposal.TEXT:
            return self._words["summary.text"]
        return keys.chinese(model.Contract, name) if self._language == "zh-CN" else _cell(name)

    def _listed(self, key: str, names: Sequence[str]) -> Iterator[str]:
        """Ids or files, one a line; a name that is personal is masked."""
        if not names:
            return
        yield self._heading(key, len(names))
        for name in names[:MOST]:
            yield f"- {_cell(shown(name))}"
        yield from self._rest(len(names))

    def _heading(self, key: str, count: int) -> str:
        return f"\n### {self._said(key, n=count)}\n"

    def _head(self, columns: Sequence[str]) -> Iterator[str]:
        yield _row([self._words[f"summary.{one}"] for one in columns])
        yield _row(["---"] * len(columns))

    def _rest(self, count: int) -> Iterator[str]:
        if count > MOST:
            yield f"\n{self._said('more', n=count - MOST)}"

    def _said(self, key: str, **given: object) -> str:
        return self._words[f"summary.{key}"].format(**given)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return text.translate(MARKDOWN)
