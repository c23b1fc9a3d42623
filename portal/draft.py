"""A new contract: a draft with every field that it needs, asked for on a terminal."""

import pathlib
import sys
from collections.abc import Callable, Mapping
from typing import Any

import click

from portal import amounts, files, keys, model, names, strings, values
from portal.problems import Refused
from portal.source import grammar

ORDER = ("title", "agency", "vendors", "amount", "signed")

FORM = """\
draft: true
title: {title}
number:
procurement:
  number:
  project:
  method:
  agent:
  award_notice:
agency: {agency}
vendors:
{vendors}
value:
  amount: {amount}
  capitals:
signed: {signed}
announced:
term:
  start:
  end:
  wording:
place:
region:
category:
payments: []
documents: []
redactions: []
"""
"""The front matter of a draft; a field left blank is as if it were not there."""

NESTED: Mapping[str, type[model.Fact]] = {
    "procurement": model.Procurement,
    "value": model.Value,
    "term": model.Term,
}


def asked(language: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a draft: those given, and on a terminal those that a clerk is asked for.

    A given fact that `check` would refuse is refused.
    """
    words = strings.of(language)
    facts: dict[str, Any] = {name: _given(name, given.get(name)) for name in ORDER}
    if not sys.stdin.isatty():
        return facts
    for name in ORDER:
        if not facts[name]:
            answer = _answer(words, words[f"ask.{_option(name)}"], CHECKS[name])
            facts[name] = [answer] if name == "vendors" and answer else answer
    return facts


def _given(name: str, value: Any) -> Any:
    if name == "vendors":
        return [_checked(name, one) for one in value or ()]
    return _checked(name, value) if value else ""


def _checked(name: str, value: str) -> str:
    read = CHECKS[name](value.strip())
    if not read:
        raise Refused("bad-option", option=f"--{_option(name)}")
    return read


def _option(name: str) -> str:
    return "vendor" if name == "vendors" else name


def _answer(words: Mapping[str, str], question: str, check: Callable[[str], str | None]) -> str:
    while True:
        answer = str(click.prompt(question, default="", show_default=False)).strip()
        read = check(answer) if answer else ""
        if read is not None:
            return read
        click.echo(words["ask.again"])


def _text(answer: str) -> str | None:
    return None if names.hidden(answer) or "\n" in answer else answer


def _amount(answer: str) -> str | None:
    read = amounts.figures(answer)
    return None if read is None or read < 0 else f"{read:f}"


def _signed(answer: str) -> str | None:
    try:
        return values.day(answer).isoformat()
    except ValueError:
        return None


CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "title": _text,
    "agency": _text,
    "vendors": _text,
    "amount": _amount,
    "signed": _signed,
}


def write(root: pathlib.Path, language: str, id: str, facts: Mapping[str, Any]) -> pathlib.Path:
    """Write content/contracts/<year>/<id>.md. An id that is taken or unfit is refused."""
    if not values.is_id(id):
        raise Refused("bad-id", id=id)
    if not (root / "site.yaml").is_file():
        raise Refused("no-site", path=root)
    folder = root / files.CONTRACTS
    taken = [path for path in folder.rglob("*.md") if path.stem.casefold() == id.casefold()]
    if taken:
        raise Refused("exists", path=taken[0])
    path = folder / str(facts["signed"])[:4] / f"{id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "x", encoding="utf-8") as file:
        file.write(f"---\n{_worded(form(facts), language)}---\n\n")
    return path


def form(facts: Mapping[str, Any]) -> str:
    """The front matter of a draft, with the facts that are known."""
    vendors = "\n".join(f"  - {grammar.scalar(one)}" for one in facts["vendors"]) or "  -"
    known = {name: grammar.scalar(facts[name]) for name in ORDER if name != "vendors"}
    filled = FORM.format(**known, vendors=vendors)
    return "".join(f"{line.rstrip()}\n" for line in filled.splitlines())


def _worded(text: str, language: str) -> str:
    """The fields named as the site's clerks name them: in Chinese on a Chinese site."""
    if language != "zh-CN":
        return text
    lines: list[str] = []
    fact: type[model.Fact] = model.Contract
    for line in text.splitlines():
        name, colon, rest = line.partition(":")
        if not line.startswith(" "):
            fact = NESTED.get(name, model.Contract)
        inside = fact if line.startswith(" ") else model.Contract
        if colon and not name.lstrip().startswith("-"):
            indent = name[: len(name) - len(name.lstrip())]
            name = indent + keys.chinese(inside, name.strip())
        lines.append(f"{name}{colon}{rest}\n")
    return "".join(lines)
