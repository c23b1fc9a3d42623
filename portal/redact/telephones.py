"""Telephones and faxes on a line: an organisation's stay, a person's do not; hotlines."""

import functools
import re
from collections.abc import Iterator

import phonenumbers

from portal.redact.finding import Finding, Tier
from portal.redact.view import View

_ABROAD = re.compile(r"(?<![\d+])\+(?!86)[1-9]\d{0,2}[- ]?\(?\d{1,4}\)?(?:[- ]?\d{2,5}){2,4}(?!\d)")
"""A number with another country's code."""
_BRACKETED = re.compile(r"[(]1[3-9]\d[)][ -]?\d{4}[ -]?\d{4}(?!\d)")
_OVERSEAS = re.compile(r"8(?:52|53|86)-\d{4}[ -]?\d{4}(?!\d)")
"""Lines of Hong Kong, Macao and Taiwan."""
_AREA = re.compile(r"(?:0|86[- ]?)(?:10|2\d|[3-9]\s{0,8}\d\s{0,8}\d)")
_NO_DIGIT = re.compile(r"\D")
_OWN = re.compile(r"[ ]?[(](?:个人|本人|家|住宅|私人)|[ ]?是[他她我]?(?:的?家|本人|自己)")
_LANDLINE = re.compile(
    r"(?=[+0-9(])(?<![\d.A-Za-z-])(?:\+?86[- ]?)?[(]?(?:(?<=86)|(?<=86[- ])|0)(?:10|2\d"
    r"|[3-9](?:[ ]{0,3}\n[ ]{0,4})?\d(?:[ ]{0,3}\n[ ]{0,4})?\d)[)]?\s{0,4}[-–—.]?\s{0,6}"
    r"[2-9](?:[- ]?\d|[ ]{0,3}\n[ ]{0,4}\d){6,7}"
    r"(?P<more>[ ]?(?:-|转|分机|ext\.?|x)[ ]?\d{1,6})?(?![\d-])"
)
_LOCAL = re.compile(
    r"(?P<label>传真|Fax|fax|FAX|电话|座机|固话|Tel|tel|TEL|宅电|总机|内线)(?:号码?)?[\s:为是"
    r"|.]{0,4}(?P<value>[2-8]\d{2,3}[- ]?\d{4}(?:-\d{1,5})?)(?![\d-])"
)
_LINES = re.compile("电话|座机|固话|传真|[Tt]el")
_SHORT = re.compile(r"[2-8]\d{2,3}[- ]?\d{4}(?:-\d{1,5})?")
"""A number without its area's code, below the head of a column."""
_BARE = re.compile(r"(?<![\d.:-])[2-8]\d{6,7}(?![\d.-])")
_NEAR = 60
_SPOKEN = re.compile("电话|号码|座机|打给|打到|拨|宅|那部")
_SERVICE = re.compile(
    r"[1489](?<![\d-].)(?:(?<=[48])00[- ]?\d{3,4}[- ]?\d{3,4}"
    r"|(?<=1)(?:2345|2\d{3}|0086|10|19|20)|(?<=9)5\d{3})(?!\d)"
)
_FORMER = re.compile(r"(?:[0-9][0-9 -]{5,14}[0-9][/、,或][ ]?)+$")
"""Another number before one, behind the same label."""
_FAX = re.compile(r"(?:传真?|[Ff]ax|FAX)[^\n\d]{0,8}$")
_HOME = re.compile(
    r"(?:座机|宅电?|家庭|住宅|家中|家里|家用|个人|本人|私人|[Hh]ome|(?<![国专])家)[^\n\d]{0,10}$"
)
_OFFICE_LINE = re.compile(
    "(?:单位|公司|科室|总机|本局|我局)(?:的)?(?:传真|总机|电话|座机)?(?:号码)?[: 为是]{0,3}$"
)
"""A line that is said to be an office's."""
_SOMEBODY = re.compile(
    r"(?:联系人|联络人|经办人|负责人|对接人|项目经理|收件人|值班人员|接口人|办公室座机|座机|直线|直拨"
    r"|同志|先生|女士|工程师|主任|经理|科长|老师)[^\n。;；]{0,16}$"
)
_UNDER = re.compile(
    r"(?:联[ ]{0,4}系[ ]{0,4}人|联络人|代理人|经办人|收件人)[^\n]{2,24}\n[^\n\d真]{0,16}\Z"
)
"""The line behind one that names whom to ask."""
_HIS = re.compile(
    "(?:[一-鿿](?:的|[, ]|处?[(])?(?:座机|固定电话|固话|办公室?电话|办公室座机|宅电|传真)"
    "|[一-鿿]的(?:电话|传真)|处[(]?)"
    "(?:号码)?(?:为|是|[: ]|[(])*$"
)
"""A line that is said to be somebody's: 王某的座机."""


def find(view: View) -> Iterator[Finding]:
    """Telephones and faxes on a line: an organisation's stay, a person's go; hotlines stay."""
    for found in _SERVICE.finditer(view.text):
        yield Finding(*found.span(), "hotline", "keep", "hotline")
    for found in _LANDLINE.finditer(view.text) if _AREA.search(view.text) else ():
        digits = _NO_DIGIT.sub("", found[0].removesuffix(found["more"] or ""))
        if _is_valid(digits.removeprefix("86")):
            yield _line(view, *found.span())
    for found in _LOCAL.finditer(view.text):
        yield _line(view, *found.span("value"))
    yield from _short(view)
    for found in _BRACKETED.finditer(view.text) if "(1" in view.text else ():
        yield Finding(*found.span(), "mobile", "mask", "mobile-bracketed")
    for found in _OVERSEAS.finditer(view.text):
        yield _line(view, *found.span())._replace(tier="suspect")
    for found in _ABROAD.finditer(view.text) if "+" in view.text else ():
        tier: Tier = "mask" if view.names_before(found.start()) else "suspect"
        yield Finding(*found.span(), "mobile", tier, "abroad")


def _short(view: View) -> Iterator[Finding]:
    """Lines without their area's code: below a head, and where a name is near."""
    for cell in view.cells:
        if _is_line(cell.head) and _SHORT.fullmatch(view.text, cell.start, cell.end):
            yield _line(view, cell.start, cell.end)
    for low, high in view.around_names(_NEAR):
        for found in _BARE.finditer(view.text, low, high):
            said = _SPOKEN.search(view.text, max(found.start() - 30, 0), found.start())
            if said and "\n" not in view.text[said.start() : found.start()]:
                yield Finding(*found.span(), "landline", "suspect", "bare-line")


@functools.lru_cache(maxsize=1024)
def _is_line(head: str) -> bool:
    return _LINES.search(head) is not None


@functools.lru_cache(maxsize=1024)
def _is_valid(digits: str) -> bool:
    """Whether the numbering plan knows the number; a digit more may be an extension."""
    try:
        parsed = phonenumbers.parse(digits, "CN")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(parsed)


def _line(view: View, start: int, end: int) -> Finding:
    if view.text[start] == "(" and ")" not in view.text[start:end]:
        start += 1
    before = view.text[max(start - 40, 0) : start]
    before = _FORMER.sub("", before[before.rfind("\n") + 1 :])
    kind = "fax" if _FAX.search(before) else "landline"
    cell = view.cell(start)
    if cell is not None and "传真" in cell.head:
        kind = "fax"
    if _OFFICE_LINE.search(before):
        return Finding(start, end, kind, "keep", "line-of-office")
    if _HOME.search(before) or _OWN.match(view.text, end, end + 6):
        return Finding(start, end, kind, "mask", "own-line")
    if view.names_before(start):
        tier: Tier = "mask" if cell is not None or _HIS.search(before) else "suspect"
        return Finding(start, end, kind, tier, "line-of-person")
    if _SOMEBODY.search(before) or _UNDER.search(view.text, max(start - 80, 0), start):
        return Finding(start, end, kind, "suspect", "line-of-person")
    return Finding(start, end, kind, "keep", "line-of-office")
