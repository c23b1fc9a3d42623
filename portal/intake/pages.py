"""Pages of a raw text: its lines with their numbers, and what is printed on every page."""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

EDGE = 3
"""Headers and footers stand among the first and the last lines of a page."""
LONGEST = 80
"""Characters of a header or footer at most."""
FUZZY = 400
"""Lines compared by likeness at most: a misread header is rare, and comparing is slow."""

_NUMBER = re.compile(
    r"""
    (?: -+ \s? \d{1,4} \s? -+ | [—–―─~·•]+ \s? \d{1,4} \s? [—–―─~·•]+ )     # - 3 -
    | 第? \s? \d{1,4} \s? 页 [\s,，/／;；、（(]{0,4} (?: [共总] \s? \d{1,4} \s? 页 [)）]? )?
    | 第 \s? [一二三四五六七八九十百]{1,4} \s? 页
    | (?: 共 \s? \d{1,4} \s? 页 [\s,，]{0,3} )? 第 \s? \d{1,4} \s? 页
    | \d{1,4} \s? [/／] \s? \d{1,4}
    | page \s? \d{1,4} (?: \s? (?: of|/ ) \s? \d{1,4} )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PAGED = re.compile(r"第?\s?\d{1,4}\s?页|共\s?\d{1,4}\s?页|\d{1,4}\s?[/／]\s?\d{1,4}$|-\s?\d+\s?-$")
_LONE = re.compile(r"\d{1,3}")
_NUMBERED = re.compile(r"(?:合\s?同|项\s?目|采\s?购)\s?编\s?号\s?[：:]\s?\S{3,}")
_ROW = re.compile(r"\||\t|^\s*<t[rdh]")


class Raw(NamedTuple):
    """A raw line, its number from 1, and its page from 0."""

    text: str
    row: int
    page: int


def split(raw: str) -> list[Raw]:
    """The lines of a text; a form feed begins a page and counts as no line."""
    found: list[Raw] = []
    page = 0
    regular = raw.replace("\r\n", "\n").replace("\r", "\n")
    for row, line in enumerate(regular.split("\n"), 1):
        for index, part in enumerate(line.split("\f")):
            page += bool(index)
            if part.strip() or not index:
                found.append(Raw(part, row, page))
    return found


def without(raws: Sequence[Raw], gone: set[int]) -> list[Raw]:
    """The lines that stay; a page's first and last blank ones go, for they part no paragraphs."""
    kept = [one for index, one in enumerate(raws) if index not in gone]
    if not raws or not raws[-1].page:
        return kept
    filled: dict[int, tuple[int, int]] = {}
    for index, one in enumerate(kept):
        if one.text.strip():
            first, _ = filled.get(one.page, (index, index))
            filled[one.page] = (first, index)
    return [
        one
        for index, one in enumerate(kept)
        if one.page in filled and filled[one.page][0] <= index <= filled[one.page][1]
    ]


def furniture(raws: Sequence[Raw]) -> set[int]:
    """Which lines, by their index, are page numbers, or headers and footers seen before.

    The first of equal headers stays, for it may be the only place of the contract's number.
    """
    numbers = {index for index, one in enumerate(raws) if _NUMBER.fullmatch(one.text.strip())}
    if raws and raws[-1].page:
        return numbers | _paged(raws, numbers)
    return numbers | _numbered(raws)


def _paged(raws: Sequence[Raw], numbers: set[int]) -> set[int]:
    """Lone numbers and repeated lines at the edges of pages."""
    pages: list[list[int]] = [[] for _ in range(raws[-1].page + 1)]
    for index, one in enumerate(raws):
        if one.text.strip() and index not in numbers:
            pages[one.page].append(index)
    lone = {
        index
        for page in pages
        for index in (*page[:1], *page[-1:])
        if _LONE.fullmatch(raws[index].text.strip())
    }
    rest = [[index for index in page if index not in lone] for page in pages]
    filled = [page for page in rest if page]
    edges = [(*page[:EDGE], *page[max(EDGE, len(page) - EDGE) :]) for page in filled]
    lone_kept = lone if len(lone) >= 2 else set()
    return lone_kept | _repeated(raws, edges)


def _repeated(raws: Sequence[Raw], edges: Sequence[Sequence[int]]) -> set[int]:
    keyed: dict[str, list[int]] = {}
    for index in (index for edge in edges for index in edge):
        key = _key(raws[index].text)
        if key and len(key) <= LONGEST and not _ROW.search(raws[index].text):
            keyed.setdefault(key, []).append(index)
    least = max(3, (len(edges) + 1) // 2)
    groups = _alike(keyed, least)
    on = {key: len({raws[index].page for index in found}) for key, found in groups.items()}
    return {
        index for key, found in groups.items() if on[key] >= least for index in sorted(found)[1:]
    }


def _alike(keyed: dict[str, list[int]], least: int) -> dict[str, list[int]]:
    """Lines of one key, together with the few that differ from them by a misread sign."""
    common = [key for key, found in keyed.items() if len(found) >= max(2, least // 2)]
    groups = {key: list(keyed[key]) for key in common}
    rare = [key for key in keyed if key not in groups][:FUZZY]
    for key in rare:
        near = difflib.get_close_matches(key, common[:20], n=1, cutoff=0.88)
        if near and len(key) >= 8 and _digits(key) == _digits(near[0]):
            groups[near[0]] += keyed[key]
    return groups


def _digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _numbered(raws: Iterable[Raw]) -> set[int]:
    """Without page breaks: a line with the contract's number that stands three times or more."""
    keys = {index: _key(one.text) for index, one in enumerate(raws) if _NUMBERED.match(one.text)}
    count = Counter(keys.values())
    seen: set[str] = set()
    found = set()
    for index, key in keys.items():
        if count[key] >= 3 and key in seen:
            found.add(index)
        seen.add(key)
    return found


def _key(text: str) -> str:
    """A line without its spaces and page number."""
    plain = unicodedata.normalize("NFKC", _PAGED.sub("", text.strip()))
    return "".join(plain.split())
