"""One contract's file, read, validated and checked: what the register keeps of it."""

from typing import NamedTuple

from portal import body, corpus, decisions, facts, files, model, source
from portal.check import anchors
from portal.check import contract as rules
from portal.problems import Problem

LINED = ("agency", "vendors", "aliases", "region", "category")
"""Fields that other files may contradict: their lines are kept."""
LINKING = "]("
"""A body without it leads nowhere on this site, and need not be rendered to find where."""


class Examined(NamedTuple):
    """What came of a file: a summary, or problems; a draft that still lacks facts has neither."""

    path: str
    summary: corpus.Summary | None
    problems: tuple[Problem, ...]
    facts: bytes = b""
    """The contract as JSON, so that this build's pages need not read the file again."""
    kept: frozenset[str] = frozenset()
    """The texts that stay although they look personal."""


def contract(sealed: files.Sealed, held: tuple[str, ...], currency: str) -> Examined:
    """Examine a contract; `held` are the names of the files in its folder."""
    path, data = sealed.file.path, files.read(sealed)
    read = source.document(path, data, model.Contract)
    allowed = decisions.allowed(read)
    made, problems = facts.contract(read, files.stem(path), currency)
    if made is None:
        return Examined(path, None, problems)
    text = rendered(read.body)
    case = rules.Case(made, read, text, held)
    problems += tuple(one for rule in rules.RULES for one in rule(case))
    lines = tuple((name, read.at((name,)).line) for name in LINED if (name,) in read.lines)
    kept = corpus.summary(made, sealed.file, _links(read, text), lines)
    return Examined(path, kept, problems, made.model_dump_json().encode(), allowed)


def words(sealed: files.Sealed) -> tuple[corpus.Words | None, tuple[Problem, ...]]:
    """A page of words from content/pages/."""
    path = sealed.file.path
    read = source.document(path, files.read(sealed), model.Page)
    fact, problems = facts.page(read, files.stem(path))
    if fact is None:
        return None, problems
    text = rendered(read.body)
    problems += tuple(anchors.missing(read, text))
    return corpus.Words(fact, sealed.file, _links(read, text)), problems


def _links(read: source.Source, text: body.Body) -> tuple[corpus.Link, ...]:
    """The links to other pages, each with the line on which it first stands."""
    found = relative(text)
    lines = body.lines(read.body) if found else {}
    return tuple(corpus.Link(one, read.body_line + lines.get(one, 0)) for one in found)


def rendered(text: str) -> body.Body:
    """The body as HTML where it may lead to pages or headings; an empty one where it cannot."""
    return body.render(text, body.Labels("")) if LINKING in text else body.Body("", (), ())


def relative(text: body.Body) -> tuple[str, ...]:
    """The links that lead to other pages of this site, each once."""
    unique = dict.fromkeys(text.links)
    return tuple(one for one in unique if ":" not in one.split("/")[0] and one[0:1] != "#")
