"""A draft: front matter and a tidy body, to be checked by a person before it is published."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from portal import pinyin, values
from portal.intake import clean, facts, sections, wording

_ID_LENGTH = 60
_LEVEL_TWO = re.compile(
    r"(?:第\s?\S{1,4}\s?[条章节]|[一二三四五六七八九十]{1,3}\s?[、.．]|附\s?件)"
)
_LEVEL_THREE = re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]\s?[^。；，：]{2,24}")
_RULE = re.compile(r"\|(?:-{3}\|)+")
_BREAKS = re.compile(r"^(?:-{3,}|={3,}|>+)\s*$")
_LIST = re.compile(r"(?:[-*+]|[0-9]{1,2}\.)\s")


class _Dumper(yaml.SafeDumper):
    """YAML for people and `portal.source`, to which every scalar is text: 1.00 stands bare."""

    def increase_indent(self, *given: bool, **named: bool) -> None:
        """Lists stand in below their field."""
        flow = given[0] if given else named.get("flow", False)
        super().increase_indent(flow=flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's own signature
        return True


_Dumper.yaml_implicit_resolvers = {}
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """A text, quoted where it would else be nothing; one of several lines as a block."""
    style = "'" if value in _NULLS else "|" if "\n" in value.strip("\n") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def draft(front: Mapping[str, Any], body: str, flag: str = "draft") -> str:
    """The file of a draft: `front` in its order, then `draft: true`, then the body as Markdown.

    `flag` is what the field is called where the others have Chinese names.
    """
    held = {name: value for name, value in front.items() if name != flag}
    return document({**held, flag: "true"}, body)


def document(front: Mapping[str, Any], body: str) -> str:
    """The file of a contract: its facts in their order, then the body, if there is one."""
    below = f"\n{body.strip()}\n" if body.strip() else ""
    return f"---\n{entry(front)}---\n{below}"


def entry(fields: Mapping[str, Any]) -> str:
    """Fields as YAML in their order, as an entry of a registry has them."""
    plain = _plain(fields)
    return yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000)


def _plain(value: Any) -> Any:
    """Scalars as text, so that YAML has nothing to guess."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value if isinstance(value, str) else str(value)


def identifier(found: facts.Found) -> str:
    """An id for the contract: its number, else its title or project, in pinyin; `` for none.

    Letters, digits and hyphens, at most 60 of them and ending at a syllable.
    """
    for path in (("number",), ("title",), ("procurement", "project"), ("procurement", "number")):
        value = found.get(*path)
        if not value:
            continue
        made = re.sub(r"[^a-z0-9]+", "-", pinyin.slug(value)).strip("-")
        if len(made) > _ID_LENGTH:
            made = made[: _ID_LENGTH + 1].rpartition("-")[0] or made[:_ID_LENGTH]
        if values.is_id(made):
            return made
    return ""


def body(text: clean.Text) -> str:
    """The text as Markdown: sections as headings, tables, lists and paragraphs apart by blanks."""
    lines = [line.text for line in text.lines if line.text]
    blocks: list[str] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        made = _line(line)
        if blocks and not _is_apart(lines[index - 1], line, following):
            blocks[-1] += "\n" + made
        else:
            blocks.append(made)
    return "\n\n".join(blocks) + "\n"


def _is_apart(above: str, line: str, below: str) -> bool:
    """Whether a line begins a block: rows of a table, and items of a list, stay together."""
    if line.startswith("|"):
        return not above.startswith("|") or _RULE.fullmatch(below) is not None
    return not (_LIST.match(above) and _LIST.match(line))


def _line(line: str) -> str:
    """A heading where the line is one; a line that Markdown would take for a rule is escaped."""
    if line.startswith("|"):
        return line
    level = _level(line)
    if level:
        words = re.sub(r"^#{1,6}\s*|\*\*", "", line).strip()
        return f"{'#' * level} {words}"
    return f"\\{line}" if _BREAKS.match(line) else line


def _level(line: str) -> int:
    bare = re.sub(r"^#{1,6}\s*|\*\*", "", line).strip()
    if line.startswith("#"):
        marks = len(line) - len(line.lstrip("#"))
        return 2 if _LEVEL_TWO.match(bare) else max(2, min(marks, 4))
    if len(bare) <= sections.LONGEST and _LEVEL_TWO.match(bare):
        ended = bare.endswith(("。", "；", ";", "，", "：", ":"))
        if sections.heading(line) is not None and not ended:
            return 2
    return 3 if _LEVEL_THREE.fullmatch(wording.tidy(bare)) else 0
