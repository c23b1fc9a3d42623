"""Where a person lives, and where an office is: behind labels, or by the form of the address."""

import functools
import re
from collections.abc import Iterator

from portal.redact.finding import Finding, Tier
from portal.redact.view import View

_LABELLED = re.compile(
    r"(?:家庭住址|家庭地址|现住址|现住地址?|现居住地址?|现居地?|居住地址?|住址|户籍地址?"
    r"|户籍所在地|户口所在地|身份证住址|身份证地址|常住地址?|常住于|家住"
    r"|现住(?=[一-鿿]{2,8}?[省市县区镇乡街路村])|暂住地?址?|租住于?|"
    r"地址\((?:本人|个人|家庭|[一-鿿]{2,4}(?:住宅|家))\)|住宅地址|Home [Aa]ddress"
    r"|home [Aa]ddress|住在|居住于|居住在|寓所|住处)"
    r"(?:\([^()\n]{1,16}\))?(?:为|是|在|于)?[\s:|]{0,4}"
    r"(?P<value>[^\n,。;|()\t]{4,60}(?:\n[ ]{0,4}[^\n,。;"
    r"|()\t:身电手邮]{0,40}(?:室|号(?!码)|户|(?<=[栋幢座])\d{3,4}))?)"
)
_LIVING_AT = re.compile(
    r"住(?<![居入常长现租家]住)(?![房建宅院所户宿保])(?:[在于址])?(?P<value>[一-鿿]{2,8}?"
    r"(?:省|市|县|区|镇|乡|街道|村"
    r"|路|街|巷|小区|花园|社区)[^\n,。;|()\t]{0,50}(?:\n[ ]{0,4}[^\n,。;|()\t:]{0,30}(?:室|户"
    r"|号(?!码)))?)"
)
"""住 with a place behind it: there somebody lives."""
_POSTED = re.compile(
    r"(?:寄[到至往给]|送[到至往]|邮[寄到至])(?P<value>[一-鿿]{2,8}?(?:省|市|县|区|镇|乡"
    r"|街道)[^\n,。;|()\t]{2,40}?\d{1,5}(?:号|室|户)[^\n,。;|()\t]{0,20})"
)
_DWELLING = re.compile(
    r"住所[ ]?[:|][ ]?(?P<value>[^\n,。;|()\t]{2,40}(?:\n[ ]{0,4})?[^\n,。;|()\t]{0,40}?"
    r"(?:单\n?元\n?[ ]{0,4}\d{1,5}室?|\d{1,2}号?楼\d{3,4}室|[村庄屯寨]\d{1,3}[组社队]\d{0,4}号?))"
)
"""A home behind a label that offices have as well, told by its hamlet or its unit."""
_STEM = r"[一-鿿A-Za-z0-9#·-]"
_DOOR = re.compile(
    r"(?=[\dA-Z一二三四五六七八九十])(?:(?:\d{1,5}|[一二三四五六七八九十]{1,4}|[A-Z])(?:室|户"
    r"|号(?!楼|院|文|令|线|机|码|公告)"
    r"|单元|组|社|队|房(?!屋|间|产))|(?<=[栋幢座楼元-])\d{3,4}(?![\d-]))"
)
"""What the address of a home ends in."""
_DOOR_SIGN = re.compile("[室户号单组社队房](?<=[0-9A-Z一二三四五六七八九十].)")
_DOOR_NUMBER = re.compile(r"[栋幢座楼元-](?=\d{3,4}(?![\d-]))")
_HOME_SIGN = re.compile(
    "[栋幢座楼#号弄村庄屯寨街巷苑府湾城园庭居邸郡墅院坊里]|胡同|嘎查|社区|公寓|宿舍|小区|华庭"
)
"""What every form of a home's address has in it."""
_HOMES = (
    re.compile(
        rf"{_STEM}{{2,40}}?\n?(?:\d{{1,4}}"
        rf"|[一二三四五六七八九十甲乙丙东西南北A-Za-z]{{1,3}})(?:号楼|栋|幢|座|#楼?|楼"
        rf"|号院?)[ ]?(?:\d{{1,2}}|[一二三四五六七八九十东西甲乙]{{1,2}})[ ]?(?:单元"
        rf"|门)[ ]?(?:\d{{1,5}}|[一二三四五六七八九十]{{1,4}})?(?:层)?\d{{0,5}}(?:室|户|号|房)?$"
    ),
    re.compile(
        rf"{_STEM}{{2,30}}?(?:小区|花园|家园|家属院|家属楼|公寓|新村|苑|里弄|胡同|宿舍|名邸"
        rf"|华庭|雅居|府|湾|城|园|庭|居|邸|郡|墅|院|坊|里){_STEM}{{0,20}}(?:\d{{1,5}}"
        rf"|[一二三四五六七八九十]{{1,4}})(?:室|户|房|号)?$"
    ),
    re.compile(
        rf"{_STEM}{{2,40}}?\d{{1,4}}(?:号|弄)?{_STEM}{{0,12}}?\d{{1,4}}(?:幢|栋|弄|号楼"
        rf"|号)\d{{3,4}}(?:室|户)?$"
    ),
    re.compile(
        rf"{_STEM}{{2,20}}?(?:镇|乡|街道|县|区|市){_STEM}{{1,10}}?(?:村|庄|屯|寨|嘎查"
        rf"|社区)(?:村民)?{_STEM}{{0,6}}?(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?:组|社"
        rf"|队)(?:\d{{1,4}}号)?$"
    ),
    re.compile(rf"{_STEM}{{2,30}}?(?:街|巷|胡同|弄|村|庄|屯){_STEM}{{0,10}}\d{{1,4}}号$"),
)
_OFFICE = re.compile(
    r"注册|单位|办公|通[信讯]|公司|地址|住所|送达|营业|经营|安装|实施地|服务地|交货|开标|机房"
    r"|会议室|位于|设在|地点|大厦|写字楼|大楼|中心|广场|邮编|局|政府|法院|仲裁|机关|行政区|园区"
    r"|开发区|酒店|宾馆"
)
_FLAT = re.compile(
    r"(?:家属院|家属楼|小区|新村|公寓|花园|花都|花苑|华庭|雅居)[^\n]{0,12}\d{3,4}(?:室|户)?$"
)
"""A flat in a place where people live."""
_LIVING = re.compile(
    r"(?:住(?:[在于址]|处)?|居住?(?:[在于])?|家(?:[中里](?:\()?|在)?|宅|户籍)[\s:(]{0,3}$"
)
_ADDRESS = re.compile(
    r"(?:注册地址|单位地址|办公地址|通[信讯]地址|联系地址|公司地址|送达地址"
    r"|地址(?<![庭籍址证住]地址)|住所(?<!人住所)地?)[\s:|]{1,5}(?P<value>[^\n;。|\t]{4,60})"
)
_BRANCH = re.compile(
    r"(?:开户银行|开户行|开户支行|基本户)(?:名称|及账号)?[\s:|]{1,5}(?P<value>(?!\d)[^\n;。,"
    r"|\t:]{4,40}?)(?=[\s;。,|]|账|帐|$)"
)
_LIVES = re.compile(r"[家现租居]?住(?:[在于址])?(?=[一-鿿]{2})")
_HEAD = re.compile(r"(?:[家现租居]?住[于在址]?|居住[于在])")


def find(view: View) -> Iterator[Finding]:
    """Home addresses; offices' addresses and banks' branches, which the policy keeps."""
    yield from _noted(view)
    for found in _LABELLED.finditer(view.text):
        if not re.search(
            "[0-9一二三四五六七八九十]|[省市县区镇乡村路街巷]", found["value"]
        ) or found["value"].startswith("变更"):
            continue
        yield _home(found.start("value"), found["value"], "mask", "label-home")
    for found in _LIVING_AT.finditer(view.text):
        if re.search(r"\d|[村组寨屯庄]", found["value"]):
            yield _home(found.start("value"), found["value"], "mask", "living-at")
    yield from _told(view)
    for cell in view.cells:
        if _is_home(cell.head) and cell.end - cell.start > 3:
            yield Finding(cell.start, cell.end, "home-address", "mask", "column-home")
    yield from _kept(view)
    yield from _formed(view)


_NOTE = re.compile(r"\([^()\n0-9]{2,16}\)")


def _noted(view: View) -> Iterator[Finding]:
    """What is said of a home in brackets behind it: 老供销社对面."""
    for found in _LABELLED.finditer(view.text):
        note = _NOTE.match(view.text, found.end())
        if note is not None:
            yield Finding(*note.span(), "home-address", "suspect", "home-note")


def _told(view: View) -> Iterator[Finding]:
    """Homes behind a label that offices have too, and where something is sent to."""
    rules: tuple[tuple[re.Pattern[str], Tier, str], ...] = (
        (_DWELLING, "mask", "dwelling"),
        (_POSTED, "suspect", "posted-to"),
    )
    for pattern, tier, rule in rules:
        for found in pattern.finditer(view.text):
            if not _OFFICE.search(found["value"]):
                yield Finding(*found.span("value"), "home-address", tier, rule)


_SOMEBODYS = re.compile("(?:通[信讯]|联系)地址|地址|住所(?=[^\n]{0,60}住宅)")
_UNIT = re.compile(
    "(?:家属[院楼]|小区|新村|公寓|花园|家园|苑|华庭|雅居|宿舍)[^\n]{0,12}?(?:单元|[0-9]室"
    "|[栋幢][0-9]|楼[0-9]|[0-9]排)|[村庄屯寨][^\n]{0,6}[0-9][ ]?(?:组|排|队)|[0-9][ ]?室(?=[(]住宅)"
)
"""A flat, which is hardly an office's."""


def _kept(view: View) -> Iterator[Finding]:
    """Offices' addresses and banks' branches."""
    for pattern, kind in ((_ADDRESS, "registered-address"), (_BRANCH, "bank-branch")):
        for found in pattern.finditer(view.text):
            is_flat = pattern is _ADDRESS and _UNIT.search(view.text, *found.span("value"))
            if is_flat and _SOMEBODYS.match(found[0]):
                continue
            yield Finding(*found.span("value"), kind, "keep", "label")


@functools.lru_cache(maxsize=1024)
def _is_home(head: str) -> bool:
    return "住址" in head or "家庭地址" in head or "户籍" in head


def _formed(view: View) -> Iterator[Finding]:
    """Addresses without a label, told by their form: building, unit and door; hamlet and group."""
    text = view.text
    if not _DOOR_SIGN.search(text) and not _DOOR_NUMBER.search(text):
        return
    for door in _DOOR.finditer(text):
        low = max(door.start() - 60, 0)
        line = text.rfind("\n", low, door.start())
        low = max(low, text.rfind("\n", low, max(line, low)) + 1)
        stretch = text[low : door.end()]
        if not _HOME_SIGN.search(stretch):
            continue
        for pattern in _HOMES:
            cut = max(stretch.rfind(sign, 0, -1) for sign in ',。;:、()|\t"“” ') + 1
            found = pattern.search(stretch, cut)
            if found is None or not found[0].strip():
                continue
            start = low + found.start()
            lives = _LIVES.search(text, start, min(start + 12, door.start()))
            start = lives.start() if lives is not None else start
            before = text[max(start - 24, 0) : start]
            tier = _tier(before.rpartition("\n")[2], text[start : door.end()], pattern)
            if tier:
                yield _home(start, text[start : door.end()], tier, "home-form")
            break


def _tier(before: str, address: str, pattern: re.Pattern[str]) -> Tier | None:
    if _LIVING.search(before) or _HEAD.match(address):
        return "mask"
    if _FLAT.search(address) and not _OFFICE.search(address):
        said = _OFFICE.search(before.rpartition("。")[2])
        return "suspect" if said is None or said[0] == "位于" else None
    if _OFFICE.search(before) or _OFFICE.search(address):
        return None
    return None if pattern is _HOMES[-1] else "suspect"


def _home(start: int, value: str, tier: Tier, rule: str) -> Finding:
    """The address alone, without the words that lead to it or follow it."""
    value = value.rstrip(" .,")
    head = _HEAD.match(value)
    if head is not None:
        start, value = start + head.end(), value[head.end() :]
    if rule == "label-home":
        tail = re.match(r"(?s:.*)(?:室|户|号|房|组|单元|栋|幢|楼|社|座|\d)(?=[一-鿿])", value)
        if (
            tail
            and not re.search(r"[0-9]|\n", value[tail.end() :])
            and not re.match(
                "[一-鿿]{0,4}(?:室|户|号|房|组|单元|栋|幢|楼|村|社|座|路|街|门|院)",
                value[tail.end() :],
            )
        ):
            value = value[: tail.end()]
    return Finding(start, start + len(value), "home-address", tier, rule)
