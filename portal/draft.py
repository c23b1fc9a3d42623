"""A new contract: a draft with every field that it needs, and what is known of it filled in."""

import pathlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from portal import amounts, facts, files, keys, model, names, source, values
from portal.problems import Problem, Refused, text
from portal.redact import marks
from portal.source import grammar

ORDER = ("title number agency vendors amount signed method region category").split()
"""The fields that may be known at once, in the order of asking."""
FORM = """\
draft: true
title: {title}
number: {number}
procurement:
  number:
  project:
  method: {method}
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
region: {region}
category: {category}
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


_FIELD = re.compile(r"^([^\s:#-][^:\n]*):(.*\n(?:[ \t-].*\n)*)", re.MULTILINE)
"""A field at the top of the facts, with the lines that belong to it."""


def given(language: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a draft as a command line gives them; one that `check` refuses is Refused."""
    found: dict[str, Any] = {name: options.get(name) or "" for name in ORDER}
    found["vendors"] = [one.strip() for one in options.get("vendors") or ()]
    for name, value in found.items():
        problem = fault(name, value, language)
        if problem is not None:
            option = "--vendor" if name == "vendors" else f"--{name}"
            raise Refused("bad-option", option=option, why=text(problem, language))
    return {name: plain(name, value) for name, value in found.items()}


def fault(name: str, value: Any, language: str) -> Problem | None:
    """What `check` would say of one field of a draft."""
    if not value:
        return None
    read = source.document("draft", file({name: value}, language).encode(), model.Contract)
    problems = facts.contract(read, "draft", "CNY")[1]
    return problems[0] if problems else None


def plain(name: str, value: Any) -> Any:
    """A value that is in order, in the form in which drafts have it."""
    if name == "amount" and value:
        return f"{amounts.figures(value):f}"
    if name == "signed" and value:
        return values.day(value.strip()).isoformat()
    return value.strip() if isinstance(value, str) else value


def file(known: Mapping[str, Any], language: str) -> str:
    """A draft with the facts that are known, and nothing below them."""
    return f"---\n{_worded(form(known), language)}---\n\n"


def free(root: pathlib.Path, id: str) -> None:
    """Refused where an id is unfit, or taken in whichever folder."""
    if not values.is_id(id):
        raise Refused("bad-id", id=id)
    if not (root / "site.yaml").is_file():
        raise Refused("no-site", path=root)
    folder = root / files.CONTRACTS
    taken = [path for path in folder.rglob("*.md") if path.stem.casefold() == id.casefold()]
    if taken:
        raise Refused("exists", path=taken[0])


def named(root: pathlib.Path) -> dict[str, tuple[str, ...]]:
    """By field, `agency` and `vendors`, what contracts call their parties: names, and ids.

    Only the lines of these fields are read, of 10,000 contracts in a second; what cannot be read is
    left out.
    """
    known = keys.fields(model.Contract)
    fields: dict[str, str] = {}
    found: dict[str, dict[str, None]] = {"agency": {}, "vendors": {}}
    for path in sorted((root / files.CONTRACTS).rglob("*.md")):
        try:
            front = source.front(path.read_bytes()) or ""
        except (OSError, UnicodeDecodeError):
            continue
        for key, block in _FIELD.findall(front):
            if key not in fields:
                field = known.get(key) or known.get(names.fold(key))
                fields[key] = "" if field is None or len(field.path) > 1 else str(field.path[0])
            if fields[key] in found:
                found[fields[key]] |= dict.fromkeys(_texts(f"{key}:{block}"))
    return {field: tuple(one) for field, one in found.items()}


def _texts(block: str) -> Iterator[str]:
    """The texts of one field: one, or those of a list."""
    node = grammar.compose("", block, 1)
    value = node.value[0][1] if isinstance(node, yaml.MappingNode) else None
    for one in value.value if isinstance(value, yaml.SequenceNode) else (value,):
        if isinstance(one, yaml.ScalarNode) and one.value and not marks.codes(one.value):
            yield one.value.strip()


def write(
    root: pathlib.Path, language: str, id: str, known: Mapping[str, Any], folder: str | None = None
) -> pathlib.Path:
    """Write content/contracts/<folder>/<id>.md, whole or not at all.

    The folder is the year of signing unless another one is named. An id that is taken or unfit, and
    a folder that would not be published, are refused.
    """
    free(root, id)
    inside = str(known["signed"])[:4] if folder is None else folder
    if not all(values.is_id(part) for part in inside.split("/") if inside):
        raise Refused("bad-folder", path=inside)
    path = root / files.CONTRACTS / inside / f"{id}.md"
    if path.parent.with_suffix(".md").is_file():
        raise Refused("bad-folder", path=inside)
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = open(path, "x", encoding="utf-8")  # noqa: SIM115 - it is closed below, or removed
    try:
        with opened:
            opened.write(file(known, language))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def form(known: Mapping[str, Any]) -> str:
    """The front matter of a draft, with the facts that are known."""
    vendors = "\n".join(f"  - {grammar.scalar(one)}" for one in known.get("vendors", ())) or "  -"
    scalars = {name: grammar.scalar(known.get(name, "")) for name in ORDER if name != "vendors"}
    filled = FORM.format(**scalars, vendors=vendors)
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
