"""Names that are ordinary words, told only by places that a person takes: 由万里负责, 洗尘二人."""

import re
from collections.abc import Iterator

from portal.redact import ordinary, slots, strangers, surnames
from portal.redact.finding import Finding
from portal.redact.view import View

_NAME = "[一-鿿㐀-䶿]{2,3}"
_ROLE = (
    "回访人|受理人|联系人|经办人|负责人|撰稿人|报障人|持证人|委托人|被保险人|投保人|申请人|监护人|当事人|记录人|审核人|见证人|主讲人|值守人|协调人|签收人|起草人|编制人|批准人"
    "|讲师|助教|工程师|技术员|联络员|管理员|操作员|质检员|运维员?|驻场人员|驻场"
    "|值班员?|备勤|组长|班长|领班|站长|主任|科长|局长|书记|顾问|专家|司机|翻译|网管|监理|设计代表|代表|用户"
    "|同事|本人|妻子|丈夫|配偶|儿子|女儿|父亲|母亲|前任|现任|经理|总监|主管|开发|测试|前端|后端|客户|候选人|调解员"
    "|志愿者|网格员|社工|护士|医生|律师|会计|出纳|文员|采购员|保管员|施工员|安全员|资料员|保安|保洁|校对|撰写|门卫|师傅|老师"
)
_FIRST = f"(?=[{''.join(sorted({one[0] for one in _ROLE.split('|')}))}])"
"""A sign with which a role may begin: looked at first, which is quicker."""
_DOES = (
    "修复|关闭|测算|答复|反映|都说|补充说|因病|随队|宣读|演示|签字|签名|签收|请假|休假|到场|出席|列席|提出|表示"
    "|负责|担任|兼任|接任|接替|接手|主持|汇报|介绍|讲解|审核|复核|审批|批准|编写|编制|起草|记录|校订|确认|对接|陪同|牵头"
    "|值班|驻场|常驻|离职|辞职|入职|到岗|离岗|住院|领取|移交|转交|代签|代领|来电|致电|回复|递交|提交|调试|排查|处理"
    "|所持|所驾|所在的|名下|家族|家中|本人|系父女|系夫妻|系父子|系母|先生|女士|同志|老师|师傅|说(?=[,:“])|共有|递过|审(?=[,、。])|校(?=[,、。])"
)
_LEAD = (
    "更换|撤换|调换|由|派|请|找|听|问|受|应|向|与|给|让|经|报|委托|委派|指派|指定|通知|告知|联系|交给|转给|推送给|分包给了|指派给"
    "|任命|聘请|安排|感谢|表扬|批评|接到|收到"
)
_DOES_LED = (
    _DOES + "|为本项目|的委托|的要求|的指示|的同意|的通知|的电话|的手机|的邮件"
    "|联系(?=[,。;])|核对|代办|和|与(?=[一-鿿]{2,8}对接)"
    "|等(?:核心|主要|关键|骨干|技术)|[,](?:或|并)发|二人|两人|三人|后(?=[一二三四五六七八九十])|[(](?=1\\d{10})"
)
WORDS = frozenset(re.findall("[一-鿿]{2,}", _ROLE + "|" + _DOES + "|" + _LEAD))
"""Words that this module knows."""
_SLOTS = tuple(
    re.compile(pattern)
    for pattern in (
        f'{_FIRST}(?:{_ROLE})[ :“]?(?P<value>{_NAME})(?=[ ]?[,。;、()|"”]|[ ]?\\n|$|{_DOES})',
        f"(?:{_LEAD})[“]?(?P<value>{_NAME})[”]?(?={_DOES_LED})",
        (
            f"(?:^|[\\n,。;、:|“(][ ]?)(?P<value>{_NAME})(?=(?:{_DOES})"
            f"|这个名字|是人名|[,]?(?:驾驶|"
            f"男|女)[,、湘]"
            "|[ ]{1,3}\\d{1,2}[.月]\\d{1,2}日?(?:\\n|$)|[二两三]人|[,]所驾)"
        ),
        (
            f"(?:\\d[ .、]|\\n)[ ]?(?P<value>{_NAME})(?=[ \\t]{{1,3}}(?:组长|副组长|组员|成员|队长|"
            f"队员)(?:[ \\n]|$))"
        ),
        f"\\d日[ :]?(?P<value>{_NAME})(?=[;,、\\n]|$)(?<!日值班)",
        f"(?:科|室|处|组)[:](?P<value>{_NAME})(?=[|;])",
    )
)
_APPOINTING = ("指定", "委派", "任命", "聘请")
_NAMED = re.compile(
    f"(?:{'|'.join(_APPOINTING)})(?P<value>{_NAME})为(?:本项目|[甲乙丙]方|其|现场|我方|项目)的?[一-鿿]{{0,5}}[人员师长理表]"
)
"""A word that is appointed: nothing but a person is."""
_SERVED = re.compile(
    f"[以由](?P<value>{_NAME})为(?:收件|联系|对接|负责|代理|经办|收款|紧急联系)?[一-鿿]{{0,2}}[人员表]"
)
_TITLE = re.compile("先生|女士|同志|本人|老师|师傅")
_TITLED = re.compile(
    f"(?<![一-鿿])(?P<value>{_NAME})(?:先生|女士|同志(?!们)|本人(?!的?身份证[复件])|老师|师傅)"
    f"|(?:请|由|与|和|向|经|给|对|于)(?P<led>{_NAME})(?:先生|女士|同志(?!们))"
)
_GROUP = re.compile(
    f"(?P<row>(?:{_NAME}[、和与,]){{1,6}}{_NAME})[ ]?(?:[(]以上|等|"
    f"共)?[二两三四五六七八九十\\d](?:人|位|名(?!单))"
)
_ORGANISED = re.compile("[方人员司院局部处科室组队位家]$|专|一名|[该其本]")
_DEEDS = ("p", "c", "r", "q", "f", "u")
_ITEM = re.compile(_NAME)
_CHAT = re.compile(
    f"(?:^|(?<=\\n))(?P<value>{_NAME})[ ]?:(?=[^\\n]{{1,60}}(?:\\n|$))", re.MULTILINE
)
_TALKS = re.compile(f"^(?P<value>{_NAME})[ ]?[(]\\d{{5,11}}[)] \\d{{1,2}}:\\d{{2}}", re.MULTILINE)
_CLOCK = re.compile("[)] \\d{1,2}:\\d{2}")
_CALLED = re.compile(f"@[ ]?(?P<value>{_NAME})(?=[ ,:。]|\\n|$)")


def find(view: View) -> Iterator[Finding]:
    """Suspects in a person's place."""
    yield from _appointed(view)
    for found in _TITLED.finditer(view.text) if _TITLE.search(view.text) else ():
        span = found.span("value") if found["value"] else found.span("led")
        if view.text[span[0]] in surnames.SINGLE and is_possible(view, *span):
            yield Finding(*span, "person-name", "mask", "titled")
    for pattern in _SLOTS:
        for found in pattern.finditer(view.text):
            yield from _suspect(view, *found.span("value"))
    for group in _GROUP.finditer(view.text):
        for item in _ITEM.finditer(view.text, *group.span("row")):
            yield from _surnamed(view, *item.span())
    yield from _chat(view)


def _appointed(view: View) -> Iterator[Finding]:
    """Who is appointed, and who serves as what."""
    is_appointed = any(word in view.text for word in _APPOINTING)
    for found in _NAMED.finditer(view.text) if is_appointed else ():
        if not _ORGANISED.search(found["value"]):
            yield Finding(*found.span("value"), "person-name", "mask", "appointed")
    for found in _SERVED.finditer(view.text):
        if not _ORGANISED.search(found["value"]):
            yield Finding(*found.span("value"), "person-name", "suspect", "human-place")


def _chat(view: View) -> Iterator[Finding]:
    """Who speaks, and who is spoken to, in a chat: lines that each begin with somebody's name."""
    called = list(_CALLED.finditer(view.text)) if "@" in view.text else []
    lines = list(_CHAT.finditer(view.text)) if called else []
    talks = _TALKS.finditer(view.text) if _CLOCK.search(view.text) else ()
    for found in (*called, *lines, *talks):
        yield from _surnamed(view, *found.span("value"))


def _surnamed(view: View, start: int, end: int) -> Iterator[Finding]:
    """A suspect among persons: any word that begins like a name, and any that may be one."""
    first, last = view.words.ends(start, end)
    is_cut = first.start == start and last.end == end
    if (
        is_cut
        and view.text[start] in surnames.SINGLE
        and not slots.TRADE.search(view.text[start:end])
    ):
        yield Finding(start, end, "person-name", "suspect", "human-place")
    else:
        yield from _suspect(view, start, end)


def _suspect(view: View, start: int, end: int) -> Iterator[Finding]:
    if is_possible(view, start, end):
        yield Finding(start, end, "person-name", "suspect", "human-place")


def is_possible(view: View, start: int, end: int) -> bool:
    """Whether a stretch may be a name, be it a word: cut out clean, and not of the trade."""
    value = view.text[start:end]
    if value in ordinary.WORDS or value[:2] in ordinary.WORDS:
        return False
    first, last = view.words.ends(start, end)
    is_named = end - start == 3 and value[0] in surnames.SINGLE and is_strange(view, start, end)
    is_word = first is last and value[0] in surnames.WORDS
    said = value[1:] if is_word else value[:1] + value[-1:] if is_named else value
    if slots.NOBODY.search(said):
        return False
    if first.start != start or last.end != end:
        return False
    is_listed = value[0] in surnames.SINGLE and (first is not last or last.tag not in _DEEDS)
    return (
        is_listed
        or value in strangers.PARTS
        or (first is not last and is_strange(view, start, end))
    )


def is_strange(view: View, start: int, end: int) -> bool:
    """Whether the dictionary has no word for any part of a stretch but names."""
    return all(one.size == 1 or one.tag[:2] == "nr" for one in view.words.within(start, end))
