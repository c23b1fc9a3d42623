"""From plain data to facts: validation, and what pydantic finds as problems with their places."""

import re
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from portal import keys, masking, model, source, values
from portal.problems import Problem, problem

Kind = TypeVar("Kind", bound=model.Fact)

OWN_CODES = frozenset(
    "date amount number duration flag check-digit id currency value term-order status payment "
    "ocid-prefix time-zone "
    "document url unknown-kind unknown-kind-near field-twice".split()
)
"""Codes that our own validators raise: they are the problem's code as they stand."""

PLACES = {"url": "url", "term-order": "end", "status": "state"}
"""Where a problem of several fields together is shown, if that field is there."""

KINDS = ("kinds", "grounds")
"""Fields that hold a mapping by kinds of redaction, whose keys an author writes."""

INCOMPLETE = frozenset("missing-field value status payment document".split())
"""What a draft may still lack."""

_QUOTED = re.compile("'([^']*)'")

PYDANTIC_CODES = {
    "missing": "missing-field",
    "too_short": "missing-field",
    "string_too_short": "missing-field",
    "string_too_long": "too-long",
    "string_type": "text",
    "string_pattern_mismatch": "text",
    "literal_error": "choice",
    "tuple_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "int_parsing": "number",
    "int_parsing_size": "number",
    "int_type": "number",
    "greater_than_equal": "number",
    "less_than_equal": "number",
}


def contract(
    read: source.Source, stem: str, currency: str
) -> tuple[model.Contract | None, tuple[Problem, ...]]:
    """The contract of a file, or the problems that stand in its way.

    `currency` is the site's, for a value that names none. A draft may still lack facts: then there
    is neither a contract nor a problem.
    """
    given: dict[str, Any] = {"id": stem}
    value = read.data.get("value")
    if isinstance(value, dict) and "currency" not in value:
        given["value"] = {**value, "currency": currency}
    made, problems = _validated(model.Contract, read, given)
    if made is None and is_draft(read.data):
        problems = tuple(one for one in problems if one.code not in INCOMPLETE)
    return made, problems


def organisation(
    read: source.Source, stem: str
) -> tuple[model.Organisation | None, tuple[Problem, ...]]:
    """An entry of a registry; its id is the file's stem unless it names another."""
    return _validated(model.Organisation, read, {"id": read.data.get("id", stem)})


def page(read: source.Source, stem: str) -> tuple[model.Page | None, tuple[Problem, ...]]:
    """A page of words; its id is the file's stem."""
    return _validated(model.Page, read, {"id": read.data.get("id", stem)})


def site(read: source.Source) -> tuple[model.Site | None, tuple[Problem, ...]]:
    """The site's own facts."""
    return _validated(model.Site, read, {})


def is_draft(data: dict[str, Any]) -> bool:
    """Whether a file's plain data call it a draft."""
    return str(data.get("draft", "")).strip().casefold() in ("true", "yes", "是")


def _validated(
    fact: type[Kind], read: source.Source, extra: dict[str, Any]
) -> tuple[Kind | None, tuple[Problem, ...]]:
    """The fact, if the file holds no problem at all; else every problem at once."""
    try:
        made = fact.model_validate({**read.data, **extra})
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[: source.MOST]
        own = [one for one in found if not _follows(fact, read, one)]
        return None, read.problems + tuple(_problem(fact, read, one) for one in own)
    return (None if read.problems else made), read.problems


def _follows(fact: type[model.Fact], read: source.Source, error: ErrorDetails) -> bool:
    """A field is not missing that is there, but could not be read or has a wrong name."""
    if error["type"] != "missing" or not read.problems:
        return False
    path = tuple(error["loc"])
    line = read.lines.get(path)
    if line is not None:
        return any(one.at.line in (line, line + 1) for one in read.problems)
    meant = {dict(one.given).get("near") for one in read.problems}
    return not read.lines or not meant.isdisjoint(_spellings(fact, path))


def _problem(fact: type[model.Fact], read: source.Source, error: ErrorDetails) -> Problem:
    path, kind = tuple(error["loc"]), error["type"]
    code = kind if kind in OWN_CODES else PYDANTIC_CODES[kind]
    is_written = path in read.keys or (kind != "missing" and path[:1] in read.keys)
    field = read.key(_shown(path)) if is_written else _called(fact, path)
    context = error.get("ctx") or {}
    expected = str(context.get("expected", ""))
    choices = ", ".join(_both(one) for one in _QUOTED.findall(expected))
    own = context if code in OWN_CODES else {}
    at = read.at((*path, PLACES.get(code, str(own.get("field", "")))))
    return problem(at, code, **{"field": field, "expected": choices, **own})


def _shown(path: source.Path) -> source.Path:
    """The path as far as a message may show it: a key that names no kind may be anything."""
    for index, key in enumerate(path[1:], 1):
        if path[index - 1] in KINDS and masking.code(str(key)) is None:
            return path[:index]
    return path


def _spellings(fact: type[model.Fact], path: source.Path) -> tuple[str, ...]:
    """Every name of a field: the English one, then the Chinese."""
    owner, name = fact, "---"
    for part in path:
        if isinstance(part, str):
            owner, name = fact, part
            fact = keys.nested(owner, part) or owner
    return (name, *(key for key, field in keys.CHINESE.get(owner, {}).items() if field == name))


def _called(fact: type[model.Fact], path: source.Path) -> str:
    """What a field is called that the author did not write: `signed (合同签订日期)`."""
    name, *chinese = _spellings(fact, path)
    return " ".join((name, *(f"({one})" for one in chinese[:1])))


def _both(code: str) -> str:
    """A choice in English and in Chinese: `active (履行中)`."""
    words = (
        word
        for word, one in (values.STATES | values.PARTIES | masking.TIERS).items()
        if one == code
    )
    return " ".join((code, *(f"({one})" for one in list(words)[:1])))
