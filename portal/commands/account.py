"""The account of an import: what was read and where, what is open, and what to do next."""

import pathlib
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from portal import keys, model, render, strings
from portal.commands import columns
from portal.intake import finding, fitting, importing
from portal.redact import marks

MOST_ENTRIES = 8
"""Entries of a list that are shown; the draft has them all."""
ENTRY = 64
"""Columns of an entry that are shown."""
PLACES = 13
"""Columns for the lines of a fact; of too many, the first and the last are told."""


class Account:
    """What a clerk is told of one import, in the site's language."""

    def __init__(self, one: importing.Imported, language: str, root: pathlib.Path) -> None:
        self._one, self._language, self._root = one, language, root
        self._words = strings.of(language)
        self._room = columns.available()

    def lines(self) -> list[str]:
        """The account, section by section, with blank lines between them."""
        sections = (
            self._head(),
            self._facts(),
            self._open(),
            self._conflicts(),
            self._masked(),
            self._left_out(),
            self._next(),
        )
        found = [list(section) for section in sections]
        return [line for section in found if section for line in (*section, "")]

    def _say(self, key: str, **given: object) -> str:
        return self._words[f"import.{key}"].format_map(given)

    def _lines(self, text: str, indent: int = 0) -> Iterator[str]:
        """A text in lines; what goes on below is set in a little more."""
        first, *rest = columns.wrapped(text, self._room - indent - 2)
        yield " " * indent + first
        yield from (" " * (indent + 2) + line for line in rest)

    def _joined(self, parts: Iterable[object]) -> str:
        return self._words["import.comma"].join(map(str, parts))

    def _head(self) -> Iterator[str]:
        original = self._one.original
        yield self._one.path
        yield self._say("head", file=self._one.file)
        if original.encoding:
            yield from self._lines(self._say("encoding", encoding=original.encoding))
        if original.scanned:
            yield from self._lines(self._say("scanned", pages=self._joined(original.scanned)))

    # Facts

    def _facts(self) -> Iterator[str]:
        facts = sorted(self._one.draft.facts, key=_order)
        if not facts:
            yield from self._lines(self._say("nothing"))
            return
        unit = self._one.original.unit
        names = ["field", "value", *([f"in-{unit}"] if unit else []), "in-draft", "sure"]
        head = [self._words[f"import.{name}"] for name in names]
        rows = [self._row(one) for one in facts if one.path != ("value", "currency")]
        yield from columns.table(head, rows, 1, self._room)

    def _row(self, one: finding.Fact) -> list[str]:
        place = [_ranges(self._original(one.rows))] if self._one.original.unit else []
        drafted = _ranges(self._drafted(one.rows))
        sure = self._words[f"import.{one.sure}"]
        return [self._label(one.path), self._value(one), *place, drafted, sure]

    def _label(self, path: Sequence[str]) -> str:
        """What a fact is called: on a Chinese site by its Chinese name, else as it is written."""
        if path == ("annexes",):
            return self._words["import.annexes"]
        if self._language != "zh-CN":
            return ".".join(path)
        fact: type[model.Fact] = model.Contract
        found = []
        for name in path:
            found.append(keys.chinese(fact, name))
            fact = keys.nested(fact, name) or fact
        return found[-1] if found[-1] in keys.NOTICE else "·".join(found)

    def _value(self, one: finding.Fact) -> str:
        """A value for the eye; of a list the first entries, each in one line."""
        value = one.value
        if isinstance(value, (list, tuple)):
            entries = [self._entry(one.path, each) for each in value]
            count = len(entries)
            shown = [columns.cut(each, ENTRY) for each in entries[:MOST_ENTRIES]]
            rest = [self._say("more", n=count)] if count > MOST_ENTRIES else []
            return "\n".join((*shown, *rest))
        if one.path == ("value", "amount"):
            return self._money(value)
        if one.path == ("term", "duration"):
            return render.span(self._language, value)
        return self._party(value) if one.path == ("agency",) else str(value)

    def _party(self, name: str) -> str:
        id = self._one.draft.known.get(name)
        return name if id is None else self._say("known", name=name, id=id)

    def _money(self, value: str) -> str:
        facts = self._one.draft.facts
        currency = next((one.value for one in facts if one.path == ("value", "currency")), "CNY")
        return render.money(self._language, Decimal(value), currency)

    def _entry(self, path: finding.Path, one: Any) -> str:
        if not isinstance(one, Mapping):
            return self._party(one) if path == ("vendors",) else str(one)
        if path == ("penalties",):
            who = fitting.PARTIES[one["who"]] if self._language == "zh-CN" else one["who"]
            return self._say("penalty", who=who, rule=one["rule"])
        return "  ".join(self._part(name, one) for name in SHOWN if name in one)

    def _part(self, name: str, one: Mapping[str, Any]) -> str:
        if name in ("amount", "unit_price"):
            return self._money(one[name])
        if name == "quantity":
            return f"{one[name]} {one.get('unit', '')}".rstrip()
        return self._say(name, value=one[name]) if name in ("percent", "due") else str(one[name])

    # Places

    def _original(self, rows: Iterable[int]) -> list[int]:
        """The lines, or the pages, of the original."""
        if self._one.original.unit == "line":
            return sorted(set(rows))
        lines = self._one.original.text.split("\n")
        return sorted({1 + sum(line.count("\f") for line in lines[:row]) for row in rows})

    def _drafted(self, rows: Iterable[int]) -> list[int]:
        places = self._one.draft.places
        return sorted({line for row in rows for line in places.get(row, ())})

    def _where(self, rows: Iterable[int]) -> str:
        """Where something stands in the original and in the draft, in words."""
        rows = tuple(rows)
        unit, drafted = self._one.original.unit, self._drafted(rows)
        parts = [self._say(f"at-{unit}", lines=_ranges(self._original(rows)))] if unit else []
        parts += [self._say("at-draft", lines=_ranges(drafted))] if drafted else []
        return self._words["import.semicolon"].join(parts)

    # What is open

    def _open(self) -> Iterator[str]:
        draft = self._one.draft
        if draft.missing:
            names = (self._label(one.split(".")) for one in draft.missing)
            yield from self._lines(self._say("missing", fields=self._joined(names)))
        if draft.unfit:
            names = (self._label([str(part) for part in one]) for one in draft.unfit)
            yield from self._lines(self._say("unfit", fields=self._joined(names)))

    def _conflicts(self) -> Iterator[str]:
        found = self._one.draft.conflicts
        if found:
            yield from self._lines(self._say("conflicts", n=len(found)))
        for one in found:
            field, words = self._label(one.field.split(".")), self._words[f"conflicts.{one.code}"]
            said = self._say("conflict", field=field, words=words, where=self._where(one.rows))
            yield from self._lines(said, 2)

    def _masked(self) -> Iterator[str]:
        draft = self._one.draft
        found = [kind for kind in marks.LABELS if kind in draft.marks]
        kinds = self._joined(self._count(kind, draft.marks[kind]) for kind in found)
        total = sum(draft.marks.values())
        said = self._say("masked", n=total, kinds=kinds) if found else self._say("clean")
        yield from self._lines(said)
        if draft.undecided:
            yield from self._lines(self._say("undecided", n=len(draft.undecided)))
        for one in draft.undecided:
            kind = self._words[f"kinds.{one.kind}"]
            said = self._say(f"undecided-{one.tier}", line=one.line, kind=kind, rule=one.rule)
            yield from self._lines(said, 2)

    def _count(self, kind: str, n: int) -> str:
        return self._say("kind", kind=self._words[f"kinds.{kind}"], n=n)

    def _left_out(self) -> Iterator[str]:
        original, draft = self._one.original, self._one.draft
        if original.unsure:
            yield from self._lines(self._say("unsure", n=len(original.unsure)))
        for one in original.unsure:
            where, sure = self._where([one.row]), round(one.confidence * 100)
            yield from self._lines(self._say("unsure-line", where=where, sure=sure), 2)
        if draft.dropped:
            yield from self._lines(self._say("dropped", where=self._where(draft.dropped)))
        if original.unread:
            yield from self._lines(self._say("unread", names=self._joined(original.unread)))

    def _next(self) -> Iterator[str]:
        """What to do; commands stand on lines of their own, whole, to be copied."""
        file, root = self._one.file, self._root
        site = "" if root == pathlib.Path() else f" --root {shlex.quote(str(root))}"
        name = shlex.quote(str(file))
        steps = {
            "compare": "",
            "decide": f"python3 build.py redact --apply{site} {name}",
            "check": f"python3 build.py check{site}",
            "release": f"git add {name}",
        }
        if not self._one.draft.undecided:
            del steps["decide"]
        yield self._words["import.next"]
        for number, (step, command) in enumerate(steps.items(), 1):
            yield from self._lines(f"{number}. {self._say(f'next-{step}')}", 2)
            yield from (f"       {line}" for line in [command] if line)


SHOWN = (
    "area name result range label quantity unit_price amount percent due deduction condition effect"
).split()
"""Fields of an entry that its line shows, in this order."""


def _order(one: finding.Fact) -> tuple[int, ...]:
    """Facts in the order of the model, and of the draft; what it does not know comes last."""
    fact: type[model.Fact] = model.Contract
    places = []
    for name in one.path:
        names = list(fact.model_fields)
        places.append(names.index(name) if name in names else len(names))
        fact = (keys.nested(fact, name) if name in names else None) or fact
    return tuple(places)


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers in order, neighbours joined: `13, 23-25`; of many the first and the last."""
    found: list[list[int]] = []
    for one in numbers:
        if found and one == found[-1][-1] + 1:
            found[-1][1:] = [one]
        else:
            found.append([one])
    text = ", ".join("-".join(map(str, one)) for one in found)
    return text if len(text) <= PLACES else f"{numbers[0]}…{numbers[-1]}"
