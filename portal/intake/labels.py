"""Labelled values in a text: 合同编号：…, in lines, in columns, in cells; and whose they are."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from portal.intake import clean, grids, sections, wording

AGENCY = (
    "采购人 采购单位 采购方 购买方 购买主体 委托方 委托单位 委托人 发包人 发包方 买方 需方 招标人 "
    "业主 业主单位 建设单位 定作方 定作人 用户方 甲方"
).split()
VENDOR = (
    "供应商 服务单位 提供方 受托方 受托人 受托单位 承包人 承包方 卖方 供方 中标人 中标单位 "
    "成交供应商 中标供应商 承接方 承接主体 服务提供方 服务商 服务方 供货方 供货商 承建单位 承建方 "
    "承揽方 承揽人 成交人 成交单位 服务供应商 成交商 中标方 供货单位 乙方"
).split()
_ORDERED = sorted((*AGENCY, *VENDOR), key=len, reverse=True)
_NOTES = r"(?:\s?[（(【\[][^（）()【】\[\]]{1,24}[)）】\]]){0,3}"
_PARTY = re.compile(
    rf"(?P<word>{'|'.join(_ORDERED)})(?P<index>[一二三1-9])?(?P<notes>{_NOTES})"
    r"(?P<more>名称|单位名称|全称|盖章|公章|单位|联合体)?\s?(?P<colon>[：:])"
)
_LABEL = re.compile(
    rf"(?P<name>[{wording.HAN}A-Za-z/]{{2,16}}(?:\s?[（(][^（）()：:]{{1,16}}[)）])?)\s?[：:]"
)
_KNOWN = "项目名称|项目编号|合同编号|合同名称|签订时间|签订日期|签约时间|采购方式|采购编号"
_BARE = re.compile(
    rf"(?:(?:{'|'.join(' ?'.join(word) for word in _ORDERED)})[1-9]?{_NOTES}|{_KNOWN})\s?"
)
_BARE_SPACED = re.compile(rf"^({_KNOWN})\s(?=\S)")
_APART = re.compile(r"\s{2,}|\t|\u3000+")
_SPACED = re.compile(
    rf"(?<=[\s。；;，）)])(?=(?:邮\s?编|电\s?话|传\s?真|[{wording.HAN}]{{2,10}}(?:[（(][^（）()：:]{{1,12}}[)）])?)\s?[：:])"
)


class Entry(NamedTuple):
    """A label and its value as written, the raw lines, and whose side of the contract it is on."""

    name: str
    value: str
    rows: tuple[int, ...]
    side: str
    numbered: bool = False
    """Whether the label counts the parties of its side: 乙方1."""

    @property
    def is_party(self) -> bool:
        return self.name in (*AGENCY, *VENDOR)


def entries(lines: Iterable[clean.Line]) -> list[Entry]:
    """Every labelled value, in order. A party's label opens its side, to the next party's label."""
    found: list[Entry] = []
    sides: dict[int, str] = {}
    for line in lines:
        if line.text.startswith("|"):
            cells = [] if grids.is_rule(line.text) else grids.cells(line.text, "pipe")
            found += _cells(cells, line.rows, sides)
            continue
        if sections.heading(line.text) is not None:
            sides = {}
        if line.text:
            parts = _columns(line.text)
            for column, part in enumerate(parts):
                side = sides.get(column if len(parts) == len(sides) else 0, "")
                read = list(_read(part, line.rows, side))
                found += read
                if read and read[-1].side != side:
                    sides = {**sides, column: read[-1].side} if column else {0: read[-1].side}
    return found


def _columns(text: str) -> list[str]:
    """The parts of a line that wide gaps set apart; a label stays with its value."""
    found: list[str] = []
    for part in _APART.split(text):
        opened = found[-1] if found else ""
        value = bool(part.strip()) and _LABEL.match(part) is None and _BARE.fullmatch(part) is None
        if value and opened.endswith(("：", ":")):
            found[-1] = opened + part
        elif value and _BARE.fullmatch(opened):
            found[-1] = f"{wording.tidy(opened)}：{part}"
        elif part.strip():
            found.append(_BARE_SPACED.sub(r"\1：", part))
    return found


def _cells(cells: list[str], rows: tuple[int, ...], sides: dict[int, str]) -> Iterator[Entry]:
    """A table's row: cells that hold label and value, or a label cell with its value beside it."""
    skip = False
    paired = len(cells) in (2, 4)
    for column, cell in enumerate(cells):
        text = wording.tidy(cell)
        following = wording.tidy(cells[column + 1]) if column + 1 < len(cells) else ""
        if skip or not text:
            skip = False
            continue
        side = sides.get(column, "")
        if "：" in text or ":" in text:
            for one in _read(text, rows, side):
                sides[column] = one.side
                yield one
        elif paired and len(text) <= 16 and following and not following.endswith(("：", ":")):
            for one in _read(f"{text}：{following}", rows, sides.get(0, "")):
                sides[0] = one.side
                yield one
            skip = True


def _read(text: str, rows: tuple[int, ...], side: str) -> Iterator[Entry]:
    """The labels of a text; within a line they stand behind a space or a stop."""
    clean_text = text.replace("**", "").lstrip("#-*• ").strip()
    for part in _SPACED.split(clean_text):
        bare = re.sub(r"^(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.、．]\s?)", "", part.strip())
        party = _PARTY.match(bare)
        if party is not None:
            word = _word(party["word"], party["notes"])
            side = "agency" if word in AGENCY else "vendor"
            numbered = party["index"] is not None or "联合体" in bare[: party.end()]
            yield Entry(word, bare[party.end() :].strip(), rows, side, numbered)
            continue
        label = _LABEL.match(bare)
        if label is not None:
            yield Entry(_plain(label["name"]), bare[label.end() :].strip(), rows, side)


def _word(word: str, notes: str) -> str:
    """A party's own word; what it is (采购人) goes before how it is called (甲方)."""
    if word not in ("甲方", "乙方"):
        return word
    inner = re.sub(r"[（）()【】\[\]\s]", " ", notes).split()
    return next((one for one in inner if one in (*AGENCY, *VENDOR)), word)


def _plain(name: str) -> str:
    return re.sub(r"\s|[（(].*$", "", name)


def named(found: Iterable[Entry], *names: str) -> list[Entry]:
    """The entries with one of these labels and a value, the first name's before the next one's."""
    held = [one for one in found if one.value and not wording.is_masked(one.value)]
    return [one for name in names for one in held if one.name == name]
