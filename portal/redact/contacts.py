"""Ways to reach or know a person that are no plain numbers: mail, chat, plates, papers, days."""

import functools
import re
from collections.abc import Callable, Iterator

from portal.redact.finding import Finding, Tier
from portal.redact.view import View

_MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])(?P<user>[A-Za-z0-9_][A-Za-z0-9._%+-]{0,63})"
    r"[ \n]?(?:@|[\[({<]\s?(?:at|AT|艾特|@)\s?[\])}>]|\s(?:at|AT)\s|#at#|#|艾特)[ \n]?"
    r"(?P<host>[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:[ ]?(?:\.|[\[({]\s?(?:dot|DOT|点|\.)\s?[\])}]"
    r"|\s(?:dot|DOT)\s|点)[ ]?[A-Za-z0-9-]{1,62}){0,4})"
    r"[ ]?(?:\.|[\[({]\s?(?:dot|DOT|点|\.)\s?[\])}]|\s(?:dot|DOT)\s"
    r"|点)[ ]?(?P<top>[A-Za-z]{2,10})(?![A-Za-z])"
)
_MAIL_HEAD = re.compile(
    r"(?:邮箱|邮件|[Mm]ail|[发寄]送?[到至给])[^\nA-Za-z0-9]{0,8}(?P<head>[A-Za-z0-9._%+-]{2,30})\n\Z"
)
"""The first half of an address that a line's end tears."""
_AT = re.compile(
    r"@|艾特|#(?:(?<=[A-Za-z0-9._%+-]#)|(?<=[A-Za-z0-9._%+-][ \n]#))(?=[ \n]?[A-Za-z0-9])"
    r"|(?:at|AT)(?<=[\s\[({<#]..)(?=[\s\])}>#])"
)
"""What every mail address has in it."""
_SHARED = re.compile(
    r"(?:service|services|info|support|admin|office|contact|hotline|postmaster|webmaster|help"
    r"|helpdesk|hr|sales|market|"
    r"bid|kefu|fuwu|zwfw|public|news|noreply|no-reply|ops|noc|soc|security|abuse|complaint"
    r"|tousu)[0-9]{0,3}"
)
_MAIL_LABEL = re.compile(
    r"(?:邮箱|电子邮件|E-?[Mm]ail|e-?[Mm]ail|E-MAIL|EMAIL|邮件|邮址)(?:地址|账号)?[\s:为是"
    r"|]{1,4}(?P<value>[A-Za-z0-9._%+-]{2,64}"
    r"(?:\s[A-Za-z0-9._%+-]{1,20})?\s?[@#*]\s?[A-Za-z0-9. -]{3,60})"
)
_CHAT = re.compile(
    r"(?:微信|We[Cc]hat|we[Cc]hat|WECHAT|VX|vx|Vx|V信|加[Vv]|薇信|威信|Weixin|weixin|WX|wx|Wx)(?:号码?"
    r"|[ ]?ID|[ ]?id|账号|同号|联系)?(?:\([^()\n]{0,8}\))?"
    r"(?:为|是|加|改为|变更为|更换为|换成|改成|请加|搜索?|叫)?[\s:"
    r"|_=/(-]{0,4}(?P<value>(?:wxid_[A-Za-z0-9]{4,30}|[A-Za-z][A-Za-z0-9_.-]{4,29}"
    r"|[A-Za-z0-9_-]*[A-Za-z_-][A-Za-z0-9_-]{4,29}))(?![A-Za-z0-9_])"
)
_CHAT_AFTER = re.compile(
    r"(?<![A-Za-z0-9_@.-])(?P<value>[A-Za-z][A-Za-z0-9_-]{5,19})[ ]?[(]?(?:的)?(?:微信"
    r"|[Ww]e[Cc]hat)(?!公众|小程序|支付|平台|接口|企业)"
)
_HANDLE = re.compile(
    r"(?:搜索?|加(?:一下|我|好友|他|她)?(?:的?个人)?号?|添加|扫码|请加|头像"
    r"|昵称)[ :“\"]{0,2}(?P<value>[A-Za-z][A-Za-z0-9_.-]{5,19})(?![A-Za-z0-9_@.-])"
)
_BARE_HANDLE = re.compile(
    r"(?<![A-Za-z0-9_@./:-])[a-z](?:[a-z0-9]{1,12}[_-][a-z0-9_-]{2,18}|[a-z]{2,12}[0-9]{2,6})(?![A-Za-z0-9_@./-])"
)
_NEAR_CHAT = re.compile("微信|二维码|好友|头像|加一下|朋友圈|群|[加]薇|[Vv]同号|个人号")
_WXID = re.compile(r"(?<![A-Za-z0-9])wxid_[A-Za-z0-9]{4,30}")
_QQ = re.compile(
    r"(?:Q[ ]?Q|qq|Qq|扣扣|企鹅|(?<![A-Za-z])Q(?=[:号]|[1-9][0-9]{6,10}(?![0-9A-Za-z])))"
    r"[^\d\n,。;、()]{0,8}(?:\([^()\n]{0,8}\))"
    r"?[\s:|_=/.-]{0,4}(?P<value>[1-9](?:[ -]?\d){4,11})(?!\d)"
)
_TALK = re.compile(r"^[^\n(]{2,12}\((?P<value>[1-9]\d{4,10})\)[ ]\d{1,2}:\d{2}:\d{2}", re.MULTILINE)
"""The head of a message in QQ's records."""
_CLOCK = re.compile(r"[)] \d{1,2}:\d{2}:\d{2}")
_QQ_WORDS = ("Q", "q", "扣扣", "企鹅")
_FIGURE = re.compile("[0-9_]")
_QQ_GROUP = re.compile(
    r"(?:QQ|qq|微信|钉钉)?(?:工作|交流|服务)?群(?:号码?|号)?[\s:"
    r"|]{0,4}(?P<value>\d(?:[ -]?\d){5,11})(?!\d)"
)
_NO_CHAT = re.compile(
    r"(?i)(?:pay|work|mini|api|app|open|server|android|ios|windows|http|https|www)"
)
_DAY = (
    r"(?:\d{1,2}[ ](?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Za-z]*\.?,?[ ]\d{4}"
    r"|(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Za-z]*\.?[ ]\d{1,2},?[ ]\d{4}|(?:19"
    r"|20)\d{2}[ ]?[年./-][ ]?\d{1,2}(?:[ ]?[月./-](?:[ ]?\d{1,2}[ ]?日?)?)?|(?:19"
    r"|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?|"
    r"[一二][九〇零○]?[〇零○一二三四五六七八九]{2,3}年[一二三四五六七八九十]{1,2}月(?:初?[一二三"
    r"四五六七八九十廿]{1,3}日?)?|"
    r"\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d{2}|\d{2}年\d{1,2}月(?:\d{1,2}日)?|(?:19|20)\d{2}[ ]?年"
    r"|\d{1,2}月\d{1,2}日)"
)
_BORN = re.compile(
    r"(?:出生(?:日期|年月日?|时间|于)?|生于|生日|诞辰|(?:[Bb]irth(?:day| ?date)"
    r"|[Dd]ate of [Bb]irth|DOB|D\.O\.B\.?|csrq\W{1,3}))(?:为|是|:)?[\s:|(]{0,4}(?P<value>"
    + _DAY
    + "(?<! ))"
)
_BORN_WORDS = ("出生", "生于", "生日", "诞辰", "irth", "DOB", "D.O.B", "csrq")
_ANY_DAY = re.compile(_DAY)
_DAY_BEFORE = re.compile("(?P<value>" + _DAY + r")[ ]?出?\Z")
_BIRTH = re.compile(r"生(?=[,。、;:()\s|日于人的/-]|$)")
_BORN_BESIDE = re.compile(
    r"(?:[,、| \t(](?:男|女|汉族|[一-鿿]族)[,、| \t]{1,3}|生于(?=[一二]))(?P<value>"
    r"(?:19[3-9]\d|200\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)"
    r"|(?:19[3-9]\d|200\d)[年./-]?(?:1[0-2]|0?[1-9])?(?:[月./-](?:[0-3]?\d日?)?)?"
    r"|[一二][九〇零○][〇零○一二三四五六七八九]{2}年[正一二三四五六七八九十冬腊]{1,2}月[初一二三四五六七八九十廿]{0,3}日?)"
)
"""A year or a day right behind a person's sex or people, and a day of the old calendar."""
_DAY_AT_MOST = 40
_PAST = re.compile(
    r"(?<![\d.-])(?:19[3-9]\d|200\d|201[0-2])(?:[年./-][ ]?(?:1[0-2]|0?[1-9])(?:[ ]?[月./-]"
    r"(?:[ ]?[0-3]?\d[ ]?日?)?)?|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?![\d.])"
    r"|(?:[一二][九〇零○][〇零○一二三四五六七八九]{2}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])年"
    r"[正一二三四五六七八九十冬腊]{1,2}月[初一二三四五六七八九十廿]{0,3}日?"
)
"""A day on which somebody who works may have been born."""
_AGED = re.compile("出生|生日|生于|周岁|年龄|身份证|证件|户口|岁(?=[,。;、)])|[男女](?=[,、 )])")
_AGED_WORDS = ("出生", "生日", "生于", "岁", "年龄", "身份证", "户口", "男", "女")
_NEAR_AGE, _NEAR_NAME = 60, 24


def find(view: View) -> Iterator[Finding]:
    """Mail, chat, papers, plates, days of birth."""
    for rule in RULES:
        yield from rule(view)


def mail(view: View) -> Iterator[Finding]:
    """Mail addresses; one that a whole office reads is a suspect only."""
    for found in _MAIL.finditer(view.text) if _AT.search(view.text) else ():
        if (
            "#" in found[0]
            and "@" not in found[0]
            and "#at#" not in found[0]
            and "邮" not in view.text[max(found.start() - 8, 0) : found.start()]
        ):
            continue
        tier: Tier = "suspect" if _SHARED.fullmatch(found["user"].lower()) else "mask"
        head = _MAIL_HEAD.search(view.text, max(found.start() - 50, 0), found.start())
        start = head.start("head") if head is not None else found.start()
        yield Finding(start, found.end(), "email", tier, "mail")
    for found in _MAIL_LABEL.finditer(view.text):
        value = found["value"].rstrip(" .-")
        yield Finding(
            found.start("value"), found.start("value") + len(value), "email", "mask", "label-mail"
        )


def chat(view: View) -> Iterator[Finding]:
    """WeChat names, behind that word or near it."""
    for found in _CHAT.finditer(view.text):
        if not _NO_CHAT.match(found["value"]):
            yield _valued(found, "wechat", "mask", "label-wechat")
    if "微信" in view.text or "hat" in view.text:
        for found in _CHAT_AFTER.finditer(view.text):
            if _FIGURE.search(found["value"]):
                yield _valued(found, "wechat", "mask", "wechat-after")
    yield from _handles(view)
    if "wxid_" in view.text:
        for found in _WXID.finditer(view.text):
            yield Finding(*found.span(), "wechat", "mask", "wxid")


def _handles(view: View) -> Iterator[Finding]:
    """Such names as people give themselves, where WeChat is spoken of."""
    for found in _HANDLE.finditer(view.text):
        if _FIGURE.search(found["value"]) and _is_near_chat(view, *found.span()):
            yield _valued(found, "wechat", "mask", "wechat-near")
    for found in _BARE_HANDLE.finditer(view.text):
        if _is_near_chat(view, *found.span()):
            yield Finding(*found.span(), "wechat", "suspect", "wechat-near")


def qq(view: View) -> Iterator[Finding]:
    """QQ numbers behind that word; a group's are suspects only."""
    if any(word in view.text for word in _QQ_WORDS):
        for found in _QQ.finditer(view.text):
            yield _valued(found, "qq", "mask", "label-qq")
    for found in _TALK.finditer(view.text) if _CLOCK.search(view.text) else ():
        yield _valued(found, "qq", "mask", "talk")
    if "群" in view.text:
        for found in _QQ_GROUP.finditer(view.text):
            yield _valued(found, "qq", "suspect", "group")


def _is_near_chat(view: View, start: int, end: int) -> bool:
    return (
        _NEAR_CHAT.search(view.text, max(start - 40, 0), min(end + 24, len(view.text))) is not None
    )


_COLUMNS = (
    (
        "wechat",
        re.compile("微信|[Ww]e[Cc]hat|VX"),
        re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{4,29}"),
    ),
    ("qq", re.compile("QQ"), re.compile(r"[1-9]\d{4,11}")),
    (
        "email",
        re.compile("邮箱|邮件|[Ee]-?[Mm]ail"),
        re.compile(r"\S{1,40}\s?(?:@|#|[\[({]?at[\])}]?|艾特)\s?\S{3,40}"),
    ),
    ("passport", re.compile("护照|通行证"), re.compile(r"[A-Z0-9]{7,12}")),
)


def columns(view: View) -> Iterator[Finding]:
    """What stands below the head of a column of contacts."""
    for cell in view.cells:
        for kind, value in _below(cell.head):
            inside = value.search(view.text, cell.start, cell.end)
            if inside is not None:
                yield Finding(*inside.span(), kind, "mask", f"column-{kind}")


@functools.lru_cache(maxsize=1024)
def _below(head: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The kinds that stand below a head, and how each is written."""
    return tuple((kind, value) for kind, known, value in _COLUMNS if known.search(head))


def birth(view: View) -> Iterator[Finding]:
    """Days of birth."""
    if any(word in view.text for word in _BORN_WORDS):
        for found in _BORN.finditer(view.text):
            yield _valued(found, "birth-date", "mask", "born")
    for found in _BORN_BESIDE.finditer(view.text):
        yield _valued(found, "birth-date", "mask", "born-beside")
    yield from _aged(view)
    at = 0
    for sign in _BIRTH.finditer(view.text):
        day = _DAY_BEFORE.search(view.text, max(sign.start() - _DAY_AT_MOST, at), sign.start())
        if day is not None:
            at = sign.end()
            yield _valued(day, "birth-date", "mask", "born")
    for cell in view.cells:
        if "出生" in cell.head or "生日" in cell.head:
            inside = _ANY_DAY.search(view.text[cell.start : cell.end])
            if inside:
                start, end = inside.span()
                yield Finding(
                    cell.start + start, cell.start + end, "birth-date", "mask", "column-birth"
                )


def _aged(view: View) -> Iterator[Finding]:
    """Days long past beside a name, or in a line that speaks of somebody's age or papers."""
    text = view.text
    for said in _AGED.finditer(text) if any(word in text for word in _AGED_WORDS) else ():
        low = max(text.rfind("\n", 0, said.start()), said.start() - _NEAR_AGE, 0)
        line = text.find("\n", said.end(), said.end() + _NEAR_AGE)
        high = line if line >= 0 else said.end() + _NEAR_AGE
        for found in _PAST.finditer(text, low, high):
            yield Finding(*found.span(), "birth-date", "suspect", "aged")
    for _, end in view.names:
        day = _PAST.search(text, end, end + _NEAR_NAME)
        if day is not None and "\n" not in text[end : day.start()]:
            yield Finding(*day.span(), "birth-date", "suspect", "aged")


def _valued(found: re.Match[str], kind: str, tier: Tier, rule: str) -> Finding:
    return Finding(*found.span("value"), kind, tier, rule)


RULES: tuple[Callable[[View], Iterator[Finding]], ...] = (
    mail,
    chat,
    qq,
    columns,
    birth,
)
