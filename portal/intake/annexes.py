"""The titles of a contract's annexes."""

import re
from collections.abc import Iterator

from portal.intake import clean, finding, wording

_LIST = re.compile(r"^附\s?[件表]\s?[：:]\s?(?P<first>.{0,60})$")
_NUMBERED = re.compile(
    r"^(?:附件)?[（(]?[0-9一二三四五六七八九十]{1,2}[)）.、．：:]\s?(?P<title>[^。；：:]{2,60})$"
)
_HEADED = re.compile(
    r"^附\s?件\s?(?P<number>[0-9一二三四五六七八九十]{1,2})\s?[：:、.]?\s?(?P<title>[^。；，]{0,60})$"
)


def read(text: clean.Text) -> finding.Found:
    """Titles from the list of annexes, else from the headings over them."""
    readings = list(_listed(text)) or list(_headed(text))
    titles = list(dict.fromkeys(one.value for one in readings))
    if not titles:
        return [], []
    return [finding.Fact(("annexes",), titles, finding.rows(readings), "likely")], []


def _listed(text: clean.Text) -> Iterator[finding.Reading]:
    """附件：1. 服务内容, with the lines below that go on counting; or one title below."""
    lines = [line for line in text.lines if line.text]
    for index, line in enumerate(lines):
        found = _LIST.match(wording.tidy(line.text))
        if found is None:
            continue
        first = _NUMBERED.match(found["first"])
        title = first["title"] if first is not None else found["first"]
        following = lines[index + 1 : index + 30]
        if _is_title(title):
            yield finding.Reading(_bare(title), line.rows)
        for one in following:
            counted = _NUMBERED.match(wording.tidy(one.text))
            if counted is None:
                break
            yield finding.Reading(_bare(counted["title"]), one.rows)
        below = wording.tidy(following[0].text) if following else ""
        if not title and _is_title(below) and _NUMBERED.match(below) is None:
            yield finding.Reading(_bare(below), following[0].rows)
        return


def _headed(text: clean.Text) -> Iterator[finding.Reading]:
    """附件 1 as a heading, with its title beside or below it."""
    lines = [line for line in text.lines if line.text]
    for line, below in zip(lines, [*lines[1:], clean.Line("", ())], strict=False):
        found = _HEADED.match(wording.tidy(line.text).lstrip("#* "))
        if found is None:
            continue
        title = found["title"] or wording.tidy(below.text)
        if _is_title(title):
            yield finding.Reading(
                _bare(title), line.rows if found["title"] else line.rows + below.rows
            )


def _is_title(text: str) -> bool:
    plain = not re.search(r"[。；：:|，]", text) and not wording.is_masked(text)
    return plain and 2 <= len(text) <= 60


def _bare(title: str) -> str:
    return title.strip("《》 ")
