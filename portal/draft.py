"""A new contract: a draft with every field that it needs, asked for on a terminal."""

import pathlib
import sys
from collections.abc import Callable, Mapping
from typing import Any

import click
import yaml

from portal import amounts, files, names, strings, values
from portal.problems import Refused

ORDER = ("title", "agency", "vendors", "amount", "signed")


def asked(language: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a draft: those given, and on a terminal those that a clerk is asked for."""
    words = strings.of(language)
    facts = {name: given.get(name) for name in ORDER}
    facts["vendors"] = list(facts["vendors"] or ())
    if not sys.stdin.isatty():
        return facts
    for name in ORDER:
        if not facts[name]:
            key = "vendor" if name == "vendors" else name
            answer = _answer(words, words[f"ask.{key}"], CHECKS.get(name, _text))
            facts[name] = [answer] if name == "vendors" and answer else answer
    return facts


def _answer(words: Mapping[str, str], question: str, check: Callable[[str], str | None]) -> str:
    while True:
        answer = str(click.prompt(question, default="", show_default=False)).strip()
        read = check(answer) if answer else ""
        if read is not None:
            return read
        click.echo(words["ask.again"])


def _text(answer: str) -> str | None:
    return None if names.hidden(answer) else answer


def _amount(answer: str) -> str | None:
    read = amounts.figures(answer)
    return None if read is None else f"{read:f}"


def _signed(answer: str) -> str | None:
    try:
        return values.day(answer).isoformat()
    except ValueError:
        return None


CHECKS: Mapping[str, Callable[[str], str | None]] = {"amount": _amount, "signed": _signed}


def write(root: pathlib.Path, id: str, facts: Mapping[str, Any]) -> pathlib.Path:
    """Write content/contracts/<year>/<id>.md. An id that is taken or unfit is refused."""
    if not values.ID.fullmatch(id):
        raise Refused("bad-id", id=id)
    if not (root / "site.yaml").is_file():
        raise Refused("no-site", path=root)
    taken = [path for path in (root / files.CONTRACTS).rglob("*.md") if path.stem == id]
    if taken:
        raise Refused("exists", path=taken[0])
    year = str(facts["signed"] or "")[:4]
    folder = root / files.CONTRACTS / year if year else root / files.CONTRACTS
    path = folder / f"{id}.md"
    folder.mkdir(parents=True, exist_ok=True)
    with open(path, "x", encoding="utf-8") as file:
        file.write(text(facts))
    return path


def text(facts: Mapping[str, Any]) -> str:
    """The draft's text; a field without a fact is left blank, which is as if it were not there."""
    vendors = "\n".join(f"  - {_scalar(one)}" for one in facts["vendors"]) or "  -"
    return f"""---
draft: true
title: {_scalar(facts["title"])}
number:
procurement:
  number:
  project:
  method:
  award_notice:
agency: {_scalar(facts["agency"])}
vendors:
{vendors}
value:
  amount: {_scalar(facts["amount"])}
  capitals:
signed: {_scalar(facts["signed"])}
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
---

"""


def _scalar(value: str | None) -> str:
    """A text as YAML, quoted where it has to be."""
    if not value:
        return ""
    return yaml.safe_dump(value, allow_unicode=True, width=10_000).removesuffix("\n...\n").strip()
