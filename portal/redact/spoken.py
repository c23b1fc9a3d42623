"""Names told by plain speech: what only people do or have, and words between people."""

import functools
import re
from collections.abc import Iterator

from portal.redact import context, human, named, ordinary, people, slots, surnames
from portal.redact.finding import Finding
from portal.redact.view import View

_KIN = re.compile(
    "的(?:弟弟?|妹[妹夫]?|哥|姐|爱人|老[婆公]|媳妇|孩子|儿子|女儿|丈夫|妻子|父亲|母亲|爸|妈"
    "|家(?![庭装具])|家属"
    "|笔记|工位|桌|抽屉|名字|字迹|签名|手机|电话|电活|微信|车(?!辆|道|库)|钥匙|工牌|电脑"
    "|身份证|银行卡|工资|简历|邮箱|话(?=[,。说])"
    "|意思|岳父|岳母|侄|外甥|同学|同乡|徒弟|师傅|委托(?=[,。])|请求|口述|证言|陈述)"
)
"""What only people have."""
_DOES = re.compile(
    "[走病跑忘](?:了(?!解))|敲开|盯|拿[了走着来]|喊|垫[付了的资]|借[走了]|捎|送[来去]"
    "|休[年病产]假?|[换替顶]班|追问|插话|上报"
    "|辩称|供述|摔|[跟陪帮替找][我他她]|[亲独]自|亲笔|私下|两口子|也在"
)
"""What only people do; what follows decides where a word begins that others share."""
_SAYS = re.compile(
    "[去来回](?:了|女儿|儿子|市里|县里|省里)|来(?:过|电)|接(?:起|了|的|电话|听)|打(?:来|了"
    "|电话|给)|讲[了述]"
    "|说(?![明法服])|问(?![题卷询责答])|告诉|代[签领垫班缴]|没[接来在带签]|住在|写[的道]|补签"
    "|补充说|起身|[给加回][我他她]"
)
_PLAIN = re.compile(
    "[我她吗呢吧咱俩啥昨盯捎喊摔摘]|说(?![明法服])|[去来走病跑忘]了|也在|[顶替换]班|追问|插话|代[签领班]|打[来给]|讲[了述]"
    "|补充说(?!明)|写[的道]|接[起了]|亲笔|垫付|辩称|供述|自称|名叫|本名|真名|曾用名|邻居|尊敬|机主|是不是|姓名是|名字|敲开|拿[走着来]|借走|送[来去]"
)
"""Signs of plain speech: a text without any of them is not looked through."""
_LED = re.compile(
    "(?:[我他她你您们俩][和跟与找问叫让请见]|自称|名叫|叫做|本名|真名|原名|曾用名|姓名是|名字[叫是]"
    "|机主[为是:]?|邻居|房东|老乡|室友|师[弟兄姐]|摘自|尊敬的|亲爱的|请问是?"
    "|是(?<=[,。;、:“ \n—(]是))"
    "(?P<value>[一-鿿㐀-䶿]{2,4})"
)
_QUOTED = re.compile(
    '^[ ]{0,4}(?:[“"‘]|——)[ ]?(?P<value>[一-鿿㐀-䶿]{2,3})[ ]?:(?=[^\n])', re.MULTILINE
)
_ALIAS = re.compile("[”\"'][ ]?=[ ]?(?P<value>[一-鿿㐀-䶿]{2,4})(?=[,。;、\n(]|$)")
_BY = re.compile(
    "由(?P<value>[一-鿿]{2,3})(?=[顶替换代]班|写|盯|讲|管(?!理|辖|控)|跑|带队|拍|录入|画|统一登记|送|接[听班]|代[为签领])"
)
_GROUP = re.compile("群众|重新|麻烦|大家|有人|老人|家长")
_GIVEN = -5
"""From which weight on a word may be a given name."""
_FUNCTIONS = frozenset("p c r u f y e o".split())
_SHIFT = re.compile(
    "(?:夜里|晚上|白天|上午|下午|凌晨|早班|夜班|中班|白班)[是由归]?"
    "(?P<value>[一-鿿]{2,3})(?=[盯守看值管在来]|[,。;、\n]|$)"
)


def find(view: View) -> Iterator[Finding]:
    """Suspects before what only people do, and behind what leads to people."""
    if _PLAIN.search(view.text) is None:
        return
    yield from _doers(view)
    for found in _LED.finditer(view.text):
        start = found.start("value")
        end = _led(view, start, found.end("value"))
        if end is not None:
            yield Finding(start, end, "person-name", "suspect", "spoken-of")
    for pattern in (_QUOTED, _ALIAS, _SHIFT, _BY):
        for found in pattern.finditer(view.text):
            if _may_be(view, *found.span("value")):
                yield Finding(*found.span("value"), "person-name", "suspect", "speaks")


def _led(view: View, start: int, last: int) -> int | None:
    """Where a name ends that begins at a place: before an edge, a verb or a particle."""
    for end in range(last, start + 1, -1):
        if _may_be(view, start, end) and context.after(view, end) >= 4:
            return end
    return None


def _doers(view: View) -> Iterator[Finding]:
    """Whoever does or has it."""
    text = view.text
    for found in (*_KIN.finditer(text), *_DOES.finditer(text), *_SAYS.finditer(text)):
        end = found.start()
        for size in (3, 2, 4):
            start = end - size
            if _may_be(view, start, end) and _is_open(view, start):
                yield Finding(start, end, "person-name", "suspect", "speaks")
                break


def _is_open(view: View, start: int) -> bool:
    """Whether a subject may begin at a place."""
    return view.text[start - 1 : start] in "的了和跟说问听" or context.before(view, start) >= 6


def _may_be(view: View, start: int, end: int) -> bool:
    """Whether a stretch may be somebody's name in plain speech: possible, and cut clean."""
    sort = _sort(view.text[start:end]) if start >= 0 else None
    if sort is None or not people.is_cut(view, start, end):
        return False
    if sort == "surnamed":
        word = view.words.at(start)
        return word.end < end or word.tag not in _FUNCTIONS
    return sort == "given" or human.is_strange(view, start, end)


@functools.lru_cache(maxsize=16384)
def _sort(value: str) -> str | None:
    """What signs may be: a name with its surname, a given name, one of another kind, or none."""
    is_plain = value in named.WORDS or value in context.WORDS
    if len(value) < 2 or is_plain or not people.HAN.fullmatch(value):
        return None
    is_surnamed = value[0] in surnames.SINGLE or value[:2] in surnames.DOUBLE
    is_long = is_surnamed and len(value) == 3
    nobody = slots.TRADE if is_long else slots.NOBODY
    if nobody.search(value[1:] if value[0] in surnames.WORDS else value):
        return None
    if is_surnamed and len(value) < 4:
        return "surnamed"
    is_word = len(value) == 2 and value not in ordinary.WORDS and not _GROUP.match(value)
    return "given" if is_word and surnames.given(value) >= _GIVEN else "strange"
