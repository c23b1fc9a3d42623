"""Names that begin and end letters and messages, in lists with numbers, and as users."""

import re
from collections.abc import Iterator

from portal.redact import context, human, named, ordinary, people, slots, strangers, surnames
from portal.redact.finding import Finding
from portal.redact.view import View

_VALUE = "(?P<value>[一-鿿]{2,4})"
_DASHED = re.compile(f"(?:——|--)[ ]?{_VALUE}[ ]*(?=\n|$|[ ]\\d)")
_ALONE = re.compile(f"^[ ]*{_VALUE}[ ]*$", re.MULTILINE)
_LETTER = re.compile(
    "[Rr]e:|[Ff]w:|主题|收件|您好|你好|此致|敬礼|敬上|祝好|顺祝|谢谢|附件|告知|请查收|[Rr]egards|M:|T:|Tel|Mob|@|手机"
)
"""What letters and messages have in them."""
_GREETED = re.compile(
    f"^[ ]*{_VALUE}[ ]?[,:!](?=[ ]?(?:您|你|附件|麻烦|收到|辛苦|好的|见附|关于|请|刚"
    "|今天|明天|昨天|早上|下午|\n))",
    re.MULTILINE,
)
_NUMBERED = re.compile(
    "(?:签到|学员|人员|名单|成员|组员|参会|出席)[^\n:]{0,12}[:]"
    "(?P<row>(?:[ ]?[(]?\\d{1,2}[.、)][ ]?[一-鿿·]{2,8}[ ,;]?){2,40})"
)
_ITEM = re.compile("[一-鿿·]{2,8}")
_KEYED = re.compile("(?:name|xm|xingming|user)=(?P<value>[一-鿿]{2,4})(?=[&; \n]|$)")
_PART = re.compile("|".join(sorted(one for one in strangers.PARTS if len(one) == 2)))
_GIVEN = -5
_FAR = 160
_EDGE = 6


def find(view: View) -> Iterator[Finding]:
    """Suspects."""
    for found in (*_DASHED.finditer(view.text), *_KEYED.finditer(view.text)):
        if _may_be(view, found):
            yield _suspect(*found.span("value"))
    for found in (*_ALONE.finditer(view.text), *_GREETED.finditer(view.text)):
        low, high = max(found.start() - _FAR, 0), found.end() + _FAR
        if _LETTER.search(view.text, low, high) and _may_be(view, found, _GIVEN):
            yield _suspect(*found.span("value"))
    for found in _NUMBERED.finditer(view.text):
        for item in _ITEM.finditer(view.text, *found.span("row")):
            yield _suspect(*item.span())
    for found in _PART.finditer(view.text):
        if people.is_cut(view, *found.span()) and _is_framed(view, *found.span()):
            yield _suspect(*found.span())


def _suspect(start: int, end: int) -> Finding:
    return Finding(start, end, "person-name", "suspect", "signed")


def _may_be(view: View, found: re.Match[str], least: int = -999) -> bool:
    value = found["value"]
    if value in named.WORDS or value in context.WORDS or value in ordinary.WORDS:
        return False
    is_surnamed = value[0] in surnames.SINGLE or value[:2] in surnames.DOUBLE
    if slots.NOBODY.search(value[1:] if is_surnamed else value):
        return False
    is_strange = human.is_strange(view, *found.span("value"))
    return is_strange or (len(value) < 4 and surnames.given(value[-2:]) >= least)


def _is_framed(view: View, start: int, end: int) -> bool:
    return context.before(view, start) >= _EDGE and context.after(view, end) >= 4
