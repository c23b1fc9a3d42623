"""The sections of a contract: 第三条 …, 一、 …, 附件 1, each with its lines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.intake import clean, wording

_HEAD = re.compile(
    r"(?:#{1,6}\s{0,3})?(?:\*\*)?\s?"
    r"(?P<mark>第\s?[一二三四五六七八九十百0-9]{1,4}\s?[条章节]|[一二三四五六七八九十]{1,3}\s?[、.．]|附\s?件\s?[一二三四五六七八九十0-9]{0,3})"
    r"\s{0,3}[：:、.]?\s{0,3}(?P<title>.{0,400})"
)
_HASH = re.compile(r"#{1,6}\s+(?P<title>.{1,100})")
_TITLE = re.compile(r"[^：:，,。；;\s（(]{1,24}")
LONGEST = 40


@dataclass(slots=True)
class Section:
    """A heading's words, and all lines from it to the next heading, itself included."""

    title: str
    lines: list[clean.Line] = field(default_factory=list)


def heading(text: str) -> str | None:
    """The words of a line that opens a section; None for every other line."""
    found = _HEAD.match(text)
    if found is None:
        hashed = _HASH.fullmatch(text)
        return wording.tidy(hashed["title"]) if hashed else None
    title = wording.tidy(found["title"].replace("*", ""))
    if found["mark"].startswith("附") and len(title) > LONGEST:
        return None
    words = _TITLE.match(title)
    if words is None:
        return "附件" if found["mark"].startswith("附") else None
    if len(title) <= LONGEST and not title.endswith(("。", "；", ";", "，")):
        return title
    after = title[words.end() : words.end() + 1]
    return words[0] if after in ("：", ":") or found["mark"].startswith("第") else None


def of(lines: Iterable[clean.Line]) -> list[Section]:
    """The sections of a text; what stands before the first heading is one without a title."""
    found = [Section("")]
    for line in lines:
        title = heading(line.text) if line.text and not line.text.startswith("|") else None
        if title is not None:
            found.append(Section(title))
        if line.text:
            found[-1].lines.append(line)
    return found
