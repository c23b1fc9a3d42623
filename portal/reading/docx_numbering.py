"""Word's automatic numbering: it is not written in a file, but counted while one is read."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element  # a name in every signature

from portal.reading import archive, docx_styles, docx_tree, markup, numerals


class _Level(NamedTuple):
    """A level of a list: the pattern is `第%1条`, the format says how the number is written."""

    start: int
    format: str
    pattern: str
    is_legal: bool


class Numbers:
    """The numbers of paragraphs, which Word does not write down: they are counted, in order."""

    def __init__(
        self, files: Sequence[archive.File], styles: Mapping[str, docx_styles.Style]
    ) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for root in docx_tree.roots(files, "numbering"):
            linked = {}
            for one in root.iterfind("abstractNum"):
                key, link = one.get("abstractNumId", ""), docx_tree.value(one, "numStyleLink") or ""
                self._add_levels("abstract " + key, one)
                numberings = (one.numbering for one in docx_styles.chain(styles, link))
                linked[key] = next(filter(None, numberings), None)
            for one in root.iterfind("num"):
                self._add_list(one, linked)

    def _add_levels(self, key: str, parent: Element) -> None:
        for one in parent.iterfind("lvl"):
            start, pattern = docx_tree.count(one, "start"), docx_tree.value(one, "lvlText")
            kind = docx_tree.value(one, ".//numFmt") or "decimal"
            legal = docx_tree.value(one, "isLgl")
            is_legal = legal is not None and markup.is_on(legal or "1")
            level = _Level(1 if start is None else start, kind, (pattern or "")[:100], is_legal)
            self._levels[key, markup.number(one.get("ilvl", ""))] = level

    def _add_list(self, one: Element, linked: Mapping[str, tuple[str, int] | None]) -> None:
        key, abstract = one.get("numId", ""), docx_tree.value(one, "abstractNumId") or ""
        link = linked.get(abstract)
        self._lists[key] = self._lists.get(link[0], "") if link else "abstract " + abstract
        for change in one.iterfind("lvlOverride"):
            self._add_levels(key, change)
            start = docx_tree.count(change, "startOverride")
            if start is not None:
                self._restarts[key, markup.number(change.get("ilvl", ""))] = start

    def next(self, key: str, level: int) -> str:
        """The number that a paragraph bears: `（三）`, `2.1`, `-` for a bullet; or nothing."""
        found = self._level(key, level)
        if found is None or found.format == "none":
            return ""
        counts = self._counts.setdefault(self._lists[key], {})
        restart = self._restarts.pop((key, level), None)
        counts[level] = counts.get(level, found.start - 1) + 1 if restart is None else restart
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if found.format == "bullet":
            return "-"
        return re.sub(
            "%([1-9])", lambda one: self._part(key, int(one[1]) - 1, found), found.pattern
        )

    def _level(self, key: str, level: int) -> _Level | None:
        return self._levels.get((key, level)) or self._levels.get((self._lists.get(key, ""), level))

    def _part(self, key: str, level: int, bearer: _Level) -> str:
        found = self._level(key, level) or bearer
        count = self._counts[self._lists[key]].setdefault(level, found.start)
        return numerals.written(count, "decimal" if bearer.is_legal else found.format)
