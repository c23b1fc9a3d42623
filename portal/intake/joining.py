"""Lines that a scanner or a page break has cut in the middle of a sentence: which go together."""

import re

from portal.intake import wording

WIDE = 20
"""Characters that a cut line has at least: a shorter one ended where its author ended it."""

FULL = 30
"""Characters of a line that may go on even behind a closing bracket."""

_CLAUSE = re.compile(
    r"第\s?[一二三四五六七八九十百0-9]{1,4}\s?[条章节]|[一二三四五六七八九十]{1,3}、|\|"
)
_HEAD = re.compile(
    r"""
    \#{1,6}\s | [|>] | [-*•·●◆□■]\s | 第\s?[一二三四五六七八九十百0-9]{1,4}\s?[条章节部次笔期]
    | 附\s?[件表录]
    | [一二三四五六七八九十]{1,3}\s?[、.．] | [（(]\s?[一二三四五六七八九十0-9]{1,3}\s?[)）]
    | [0-9]{1,2}(?:\.[0-9]{1,2}){0,3}\s?[、.．)）](?![0-9]) | [0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\s
    | [①-⑳] | \*\*|[（(](?:此页|以下|本页) | 【(?!已遮盖)
    """,
    re.VERBOSE,
)
_BARE = re.compile(
    r"(?:项目名称|项目编号|合同编号|合同名称|签订地点|签订时间|签订日期|采购方式|采购单位|采购人"
    r"|供\s?应\s?商|[甲乙]\s?方)(?:[（(][^（）()]{1,12}[)）])?[ \u3000]"
)
"""Labels that forms write without a colon."""
_LABEL = re.compile(
    rf"[{wording.HAN}A-Za-z/ \u3000]{{1,16}}(?<!的)(?:[（(][^（）()]{{1,16}}[)）])?\s{{0,4}}[：:]"
)
_LABELLED = re.compile(r"[^：:，。；,;]{1,16}[：:][^，。；]*")
_OPEN = re.compile(rf"[{wording.HAN}A-Za-z0-9，、,%％《（(“+/＋—\-]$")
_START = re.compile(r"(?:依据|根据|鉴于|按照|甲方|乙方|本合同|双方|甲、乙|甲乙|为了|为确保)")
_ENDED = re.compile(r"[。；;：:！!）)】]$")


def is_structural(text: str) -> bool:
    """Whether a line begins something: a heading, an item of a list, a label, a table's row."""
    return any(one.match(text) for one in (_HEAD, _LABEL, _BARE))


def continues(above: str, below: str, *, adjacent: bool) -> bool:
    """Whether a line goes on in the next; `adjacent`: nothing stands between them, not a blank."""
    first, second = above.strip(), below.strip()
    if not first or not second or first.startswith(("#", "|", "**")):
        return False
    if adjacent and len(first) >= WIDE and _is_inside(first) and not _CLAUSE.match(second):
        return True
    if is_structural(second):
        return False
    leaning = second[0] in "，。；、！？）)】》”" and first[-1] not in "。；！？"
    return leaning or (_goes_on(first, second) if adjacent else _resumes(first, second))


def _goes_on(first: str, second: str) -> bool:
    """Whether a line was cut by the width of the page."""
    if _BARE.match(first) and not re.search("[，。]", first):
        return False
    if len(first) >= FULL and first[-1] in "）)”】%％":
        return True
    if len(first) < WIDE or not _OPEN.search(first):
        return False
    return first[-1] in "，、（(《“" or not (_START.match(second) and _LABELLED.fullmatch(first))


def _resumes(first: str, second: str) -> bool:
    """Whether a sentence goes on beyond a blank line, as scanners leave them between pages."""
    if len(first) < WIDE or not _OPEN.search(first):
        return False
    if first[-1] in "，、（(《“" or _is_inside(first):
        return True
    spoken = re.search("[，,。、；]", first) is not None and not _LABELLED.fullmatch(first)
    return spoken and (_ENDED.search(second) is not None or len(second) >= WIDE)


def _is_inside(text: str) -> bool:
    """Whether a line ends within brackets that it opened not long ago."""
    tail = text[-60:]
    opened = max(tail.rfind("（"), tail.rfind("("))
    return opened >= 0 and not re.search("[）)]", tail[opened:])


def glue(above: str, below: str) -> str:
    """Two parts of one line; a space between them only where letters would run together."""
    first, second = above.rstrip(), below.lstrip()
    latin = first[-1:].isascii() and second[:1].isascii()
    apart = latin and first[-1:].isalpha() and second[:1].isalpha()
    return f"{first} {second}" if apart else first + second
