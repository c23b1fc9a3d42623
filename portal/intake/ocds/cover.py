"""A contract's file made fit to be published: what is personal masked, what may stay kept."""

import collections
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from portal import decisions, gate, model, source
from portal.intake import compose, fitting
from portal.intake.ocds import directory, innocent
from portal.intake.ocds.unfit import Unfit
from portal.problems import Problem
from portal.redact import marks

ROUNDS = 8
PUBLIC, ORDINARY = "classification", "words"
SERIOUS = frozenset(("id-number", "passport", "bank-card", "email", "wechat", "birth-date"))
"""Kinds that are masked wherever they stand: no number of a contract looks like one by chance."""
STAYS: Mapping[tuple[str | int, ...], str] = {
    ("agency",): "party",
    ("vendors",): "party",
    ("number",): "number",
    ("procurement", "number"): "number",
    ("procurement", "agent"): "party",
}
"""Fields whose content is public by law: the parties' names, the numbers of contract and tender."""
FIGURES = frozenset(("amount", "quantity", "unit_price", "value_change", "percent"))
"""Fields that hold a number and nothing else."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site decides: its facts, the texts that stay anywhere, words in its language."""

    site: model.Site
    words: Mapping[str, str]

    @property
    def rule(self) -> decisions.Rule:
        return decisions.rule(self.site)


@dataclass(frozen=True, slots=True)
class Covered:
    """A contract's file; how many marks of each kind were put into it, how many texts stay why."""

    text: str
    masked: Mapping[str, int]
    stays: Mapping[str, int]


def covered(id: str, facts: dict[str, Any], public: Set[str], rules: Rules) -> Covered:
    """The file of a contract: sure and suspected personal data masked, and counted in its list.

    Names of parties, numbers of the contract and its tender, and `public` texts stay where they
    only look like a name or a telephone; `innocent` words stay anywhere. Unfit where marks stand in
    it that nobody accounts for, or where check would refuse it.
    """
    _refuse_marks(facts)
    kept: dict[str, str] = {}
    masked: collections.Counter[str] = collections.Counter()
    _keep_path(id, kept, rules)
    for _ in range(ROUNDS):
        grounds = {one: rules.words[f"import-ocds.stays.{key}"] for one, key in kept.items()}
        text = _file(facts, grounds, masked, rules)
        found = [
            one
            for one in gate.findings(text, rules.rule.tiers, rules.rule.kept | kept.keys())
            if one.tier != "keep"
        ]
        if not found:
            return Covered(_checked(id, text, rules), masked, collections.Counter(kept.values()))
        read = source.document(f"{id}.md", text.encode(), model.Contract)
        decided = dict(kept)
        for one in found:
            path = _path(read, text.count("\n", 0, one.start) + 1)
            whole = _at(facts, path)
            ground = _stays(path, one.kind) or (PUBLIC if whole in public else "")
            if not isinstance(whole, str):
                raise Unfit("personal", *path)
            said = text[one.start : one.end]
            if ground and whole not in decided:
                kept[whole] = ground
            elif innocent.is_word(one, said, whole):
                kept[said] = ORDINARY
            else:
                _mask(said, one.kind, path, facts, masked)
    raise Unfit("personal")


def is_serious(name: str, rules: Rules) -> bool:
    """Whether a party's name holds what is never kept."""
    if not name.isascii() or any(sign.isdigit() or sign == "@" for sign in name):
        found = gate.findings(name, rules.rule.tiers, rules.rule.kept)
        return any(one.kind in SERIOUS for one in found)
    return False


def _keep_path(id: str, kept: dict[str, str], rules: Rules) -> None:
    """An id that looks like a telephone stays, for it is the contract's; a person's does not."""
    for one in gate.findings(f"{id}.md", rules.rule.tiers, rules.rule.kept):
        if one.kind in SERIOUS:
            raise Unfit("personal-id", "id")
        kept[id] = "number"


def _refuse_marks(facts: Mapping[str, Any]) -> None:
    """Marks are set by a portal, which also lists them: without a list they are forged."""
    texts = [text for name, one in facts.items() if name != "redactions" for text in _texts(one)]
    there = collections.Counter(code for text in texts for code in marks.codes(text))
    listed: collections.Counter[str] = collections.Counter()
    for one in facts.get("redactions") or ():
        listed[str(one["kind"])] += int(one["count"])
    if any(number > listed[kind] for kind, number in there.items()):
        raise Unfit("forged-marks")
    if any(marks.unknown(text) for text in texts):
        raise Unfit("forged-marks")


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, (dict, list)):
        return []
    inside = value.values() if isinstance(value, dict) else value
    return [text for one in inside for text in _texts(one)]


def _stays(path: source.Path, kind: str) -> str:
    """Why a field may stay that looks personal: a key of words, or nothing."""
    if path[-1:] and path[-1] in FIGURES:
        return "figure"
    return "" if kind in SERIOUS else STAYS.get(path[:1]) or STAYS.get(path[:2], "")


def _mask(
    found: str,
    kind: str,
    path: source.Path,
    facts: dict[str, Any],
    masked: collections.Counter[str],
) -> None:
    """A mark for what was found, in the field of its line, wherever that has it."""
    holder = _at(facts, path[:-1])
    whole, mark = holder[path[-1]], marks.mark(kind)
    said = found.strip("'\"")
    inside = said and said in whole and "\n" not in said
    holder[path[-1]] = whole.replace(said, mark) if inside else mark
    masked[kind] += holder[path[-1]].count(mark) - whole.count(mark)


def _path(read: source.Source, line: int) -> source.Path:
    """The deepest field that stands on a line, or began above it."""
    above = [path for path, at in read.lines.items() if at <= line]
    return max(above, key=lambda path: (read.lines[path], len(path)), default=())


def _at(value: Any, path: source.Path) -> Any:
    for key in path:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _file(
    facts: Mapping[str, Any],
    kept: Mapping[str, str],
    masked: Mapping[str, int],
    rules: Rules,
) -> str:
    last = ("redactions", "notes", "draft")
    front = {name: one for name, one in facts.items() if name not in last}
    redactions = _redactions(facts.get("redactions") or [], masked, rules)
    if redactions:
        front["redactions"] = redactions
    if kept:
        front["keep"] = [{"text": one, "ground": ground} for one, ground in kept.items()]
    front |= {name: facts[name] for name in ("draft", "notes") if name in facts}
    return compose.document(fitting.worded(front, rules.site.language), "")


def _redactions(
    listed: list[dict[str, Any]], masked: Mapping[str, int], rules: Rules
) -> list[dict[str, Any]]:
    """The list that came along, then what was masked here, kind by kind."""
    policy, language = rules.site.redaction, rules.site.language
    new = [
        {
            "kind": kind,
            "count": str(number),
            "ground": decisions.ground(policy, kind, language),
            "policy": policy.version,
        }
        for kind, number in masked.items()
        if number > 0
    ]
    shown = marks.LABELS if language == "zh-CN" else {}
    return [{**one, "kind": shown.get(one["kind"], one["kind"])} for one in (*listed, *new)]


def _checked(id: str, text: str, rules: Rules) -> str:
    """The file, if check takes it; a draft may lack facts."""
    _, found = fitting.problems(text, id, rules.site.currency)
    for one in found:
        raise Unfit("check", problem=one.code, field=_field(one))
    return text


def _field(one: Problem) -> str:
    return dict(one.given).get("field", "")


def entry(one: directory.Entry, rules: Rules) -> str:
    """The file of a registry entry; a name stays, and the numbers of a person in it do not."""
    fields = dict(directory.fact(one))
    text = compose.entry(fitting.worded_entry(fields, rules.site.language))
    rule = rules.rule
    found = list(gate.findings(text, rule.tiers, rule.kept))
    if found:
        texts = dict.fromkeys((one.name, *(name for name, _ in one.aliases)))
        held = [each for each in texts if any(gate.findings(each, rule.tiers, rule.kept))]
        ground = rules.words["import-ocds.stays.party"]
        fields["keep"] = [{"text": each, "ground": ground} for each in held or texts]
        text = compose.entry(fitting.worded_entry(fields, rules.site.language))
    return text
