"""Names that are not built like Chinese ones: with a dot, of other languages, in Latin letters."""

import re
from collections.abc import Iterator

from portal.redact.finding import Finding, Tier
from portal.redact.view import View

_SOUNDS = (
    "阿巴布卡达迪丁多尔夫格古哈赫吉加卡凯克拉莱兰朗勒雷里丽利林卢鲁伦罗洛马玛买麦曼梅米密明莫姆"
    "穆娜纳内尼努诺帕佩皮普奇齐恰切仁萨赛桑沙山什斯苏索塔泰坦特提图吐托瓦万维乌吾武西希夏谢辛雅"
    "亚扬叶伊依因英尤于玉扎泽增珠卓孜兹佐"
    "木买热肉孙江提则娃措姆央旺杰登顿堆嘉贡久隆宁平日让瑞松才次慈旦德东格根果华群琼曲确赛珍足巴"
    "音青格勒其其图雅高娃敖登苏日娜额尔敦那仁胡宝力都仓古丽别克江依汗合孜娅娜孜尔坤尔逊拜克热依"
    "木合曼图地甫罕吐尔洪"
)
_HAN = re.compile("[一-鿿]")
_DOTTED = re.compile(r"(?<!·)[一-鿿]{1,10}(?:[ ]?[·.][ ]?[一-鿿]{1,10}){1,3}")
_DOT = re.compile("[.](?<=[一-鿿].)(?=[一-鿿])")
_LEAD = re.compile(
    "[一-鿿]*(?:聘请|邀请|任命|选派|由|经|与|和|及|请|向|对|让|派|委托|指定|委派|联系|通知|安排|驻场|师|运维|负责人|经理|同志"
    "|代表|人员?|组长|甲方|乙方|家住|[县市区镇乡村]的|为)(?=[一-鿿])"
)
_TAIL = re.compile(
    "[ ]?[一-鿿]{1,8}?(?=于|在|为|负责|担任|代行|的|向|与|和(?!卓)|签字|签名|表示|提出|提交"
    "|提供|到场|代行|联系|同志|先生|女士|经|由|将|已|现任|因病|作为|家|$)"
)
_PART_AT_MOST = 7
"""How many signs a name has before its dot; of a longer stretch only the last ones are its."""
_DOT_STOP = re.compile(
    "公司|项目|服务|系统|平台|管理|中国|省|市|县|区|数字|智慧|政务|杯|奖|论坛|大厦|广场|花园"
    "|中心|店|版|卷|篇"
)
_PARTS = (
    "毕力格 孟和 巴雅尔 布和 兀良 哈图 朝克 巴根 那木 乌力吉 宝力高 满都拉 赛汗 乌日 哈达 苏和 "
    "特木尔 额日 阿木古楞 包力 吉日 朝格图 旦增 乌云 花尔 呼格 吉勒 图门 其其格 那日 哈斯 "
    "艾尔肯 依明 阿不力孜 艾则孜 阿布来提 居马 艾克拜尔 伊力 米尔 阿孜 肖开提 扎西 卓玛 次仁 "
    "多吉 才让 仁青 仁增 尼玛 达娃 边巴 拉巴 普布 巴桑 白玛 德吉 央金 央宗 曲珍 旺堆 旺姆 顿珠 "
    "罗布 平措 格桑 索南 丹增 洛桑 益西 嘉措 班玛 桑杰 拉毛 措毛 "
    "央拉 卓嘎 曲扎 贡布 次旦 次旺 强巴 桑吉 加措 巴特尔 巴图 孟克 乌兰 其木格 其木 高娃 斯琴 "
    "娜仁 托娅 图雅 呼和 苏日 阿古 萨如拉 萨仁 额尔 敖登 格日勒 宝音 朝鲁 布仁 阿拉坦 那日苏 "
    "买买提 麦麦提 吐尔逊 吐尔洪 艾力 艾合 热合曼 阿依 古丽 努尔 木拉提 帕提 帕尔哈提 热娜 "
    "阿不都 阿布都 阿卜杜 依明 伊敏 买合木提 艾尼 库尔班 肉孜 玉素甫 玉山 哈斯木 艾山 吾买尔 "
    "阿迪力 迪丽 热孜 古再 别克 江阿 叶尔 加克 托合提 巴哈尔 沙吾列 努尔兰 塞力克 "
    "拉姆 达瓦 卓尕 德庆 央宗 南加 才旦 拉加 东知 周毛 吉毛 扎巴 坚参 坚赞 江白 阿旺 土登 晋美 "
    "贡觉 贡嘎 米玛 次央 其美 云旦 热依汗 麦尔 买尔 穆罕 托乎提 吐逊 卡德尔 阿卜力 艾比 阿瓦 "
    "古扎 孜亚 木沙 赛买提 叶尔肯 胡安 哈里 巴合 别克 木哈 达吾 牙生 祖力 热合 图尔 苏莱 布海 "
    "巴雅 苏德 乌仁 斯钦 阿斯 萨日 图拉 其木 毕力 查干 朝鲁 蒙克 巴雅尔 达来 青格 额日敦 "
    "阿木 日尼 拉铁 木乃 阿嘎 尔古 吉克 曲木 沙马 海来 勒格 俄木 马海"
)
PARTS = frozenset(_PARTS.split())
"""Parts that such names are made of, or whole names."""
_MINORITY = re.compile(rf"(?:{'|'.join(sorted(PARTS, key=len, reverse=True))})")
_SIGNS = _SOUNDS + "".join(sorted(set(_PARTS.replace(" ", ""))))
_RUN = re.compile(f"[{_SIGNS}][{_SIGNS}]{{2,11}}")
SYLLABLE = (
    r"(?:[bpmf]?(?:a|ai|an|ang|ao|ei|en|eng|i|ian|iao|ie|in|ing|iu|o|ou|u)"
    r"|[dtnlgkhjqxzcsrwy]h?(?:a|ai|an|ang|ao|e|ei|en|eng|i|ia|ian|iang|iao|ie|in|ing|iong|iu"
    r"|ong|ou|u|ua|uai|uan|uang|ue|ui|un|uo|v|ve)|er|ou|an|ang|ao|ai|en)"
)
_PINYIN = re.compile(
    rf"(?<![A-Za-z@./_-])(?P<one>{SYLLABLE}{{1,2}})[ ,]{{1,2}}"
    rf"(?P<two>{SYLLABLE}(?:[-']?{SYLLABLE})?)(?![A-Za-z@./_-])",
    re.IGNORECASE,
)
SURNAMES = frozenset(
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo "
    "zheng liang xie song tang han deng feng cao peng zeng xiao tian dong pan yuan cai "
    "jiang yu du ye cheng wei su lv lu ding ren shen yao zhong cui tan fan liao shi jin jia "
    "xia fu fang zou xiong bai meng qin qiu hou yin xue yan duan lei long tao hao gu mao "
    "shao wan qian dai mo kong xiang chang kang yi qiao lai wen pang yao lan ruan ou guan "
    "qu jing mi tan zhai zhan ouyang sima zhuge".split()
)
_SHORT = 7
"""How long two words are that may be English as well."""
_HONORED = re.compile(
    r"(?:(?<![A-Za-z])(?:Mr|Ms|Mrs|Dr|Prof|Miss)\.?[ ]?)"
    r"(?P<value>[A-Z][A-Za-z'-]+(?:,?[ ][A-Z][A-Za-z'-]+)"
    r"{0,2})"
)
_TITLES = ("Mr", "Ms", "Dr", "Prof", "Miss")
_LETTER = re.compile("[A-Za-zÀ-Ỹ](?=[A-Za-zà-ỹ. ,])")
_PAIR = re.compile("[ ,](?<=[A-Za-z].)[ ,]?[A-Za-z]")
"""Two words in Latin letters, side by side."""
_LATIN = re.compile(
    r"(?<![A-Za-z0-9@./_'-])(?:[A-Z]\.[ ]?[A-Z](?:'[A-Z])?[a-z]{2,14}(?![A-Za-z])"
    r"|[A-ZÀ-Ỹ](?:'[A-Z])?[a-zà-ỹ]{1,14}(?:[ ](?:[A-Z]\.[ ])?"
    r"|-)[A-ZÀ-Ỹ](?:'[A-Z])?[a-zà-ỹ]+(?:[-' ][A-ZÀ-Ỹ][a-zà-ỹ]+|-[a-z]{2,6}){0,2})(?![A-Za-z0-9@_-])"
)
_CAPITAL = re.compile("[A-Z]{2} [A-Z]{2}")
_CAPITALS = re.compile(r"(?<![A-Za-z0-9@./_-])[A-Z]{2,12}(?: [A-Z]{2,12}){1,2}(?![A-Za-z0-9@_-])")
_HUMAN_BEFORE = re.compile(
    "(?:由|经|请|向|顾问|专家|工程师|经理|负责人|代表|讲师|外籍|外方|[人员师长]|联系|教授|博士"
    "|先生|女士|作者|by|持证人|指定|委派|与|总监|—)[ :(]{0,2}$"
)
_HUMAN_AFTER = re.compile(
    r"[ ]?(?:先生|女士|博士|教授|负责|担任|签字|表示|到场|提交|提出|主持|出席|参加|联系|确认"
    r"|为本项目|[,]?证件|持|[(](?:护照|国籍|男|女|电话|手机|[一-鿿]{2,4}[)])|审校|校|译|编|审|说"
    r"|[,、][一-鿿]{1,6}[籍](?=[,、。)])|[,、]护照|介绍|汇报|陪同|等人|二人|两人)"
)


def find(view: View) -> Iterator[Finding]:
    """Names of many nations, in their Chinese or Latin spelling."""
    yield from dotted(view)
    yield from sounded(view)
    yield from latin(view)
    yield from scripts(view)


def dotted(view: View) -> Iterator[Finding]:
    """阿依努尔·托合提: parts joined by a dot, of signs that spell sounds."""
    for found in _DOTTED.finditer(view.text) if "·" in view.text or _DOT.search(view.text) else ():
        text = found[0].replace(".", "·")
        start = found.start()
        lead = _LEAD.match(text[: text.index("·")])
        if lead:
            start += lead.end()
            text = text[lead.end() :]
        tail = _TAIL.match(text, text.rindex("·") + 1)
        text = text[: tail.end()] if tail else text
        if _DOT_STOP.search(text):
            continue
        if text.index("·") > _PART_AT_MOST:
            cut = _sounding(text, text.index("·"))
            start, text = start + cut, text[cut:]
        share = sum(sign in _SIGNS for sign in text) / (len(text) - text.count("·"))
        yield Finding(
            start, start + len(text), "person-name", "mask" if share >= 0.6 else "suspect", "dotted"
        )


def _sounding(text: str, dot: int) -> int:
    """Where the signs that spell sounds begin before a dot: four of them at least."""
    at = dot - 4
    while at > 0 and text[at - 1] in _SIGNS:
        at -= 1
    return at


def sounded(view: View) -> Iterator[Finding]:
    """才让卓玛, 叶尔江别克: two parts that such names are made of."""
    for run in _RUN.finditer(view.text):
        parts = list(_MINORITY.finditer(run[0]))
        if parts:
            covered = sum(len(one[0]) for one in parts)
            start, end = run.start() + parts[0].start(), run.start() + parts[-1].end()
            if _is_framed(view.text, *run.span()):
                start, end, covered = *run.span(), 4
            while view.text[end : end + 1] in _TAILS and end < run.end():
                end += 1
            if covered >= 4 or len(parts) > 1:
                yield Finding(start, max(end, start + 3), "person-name", "mask", "sounded")
            elif covered == 3 or end - start >= 3:
                yield Finding(start, end, "person-name", "suspect", "sounded")


_TAILS = tuple("江汗娜木提罕沙拜克曼图勒日吉嘎")


def _is_framed(text: str, start: int, end: int) -> bool:
    """Whether a short run stands alone between edges."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return end - start <= 8 and not (before + after and _HAN.search(before + after))


_SCRIPTS = re.compile(
    "[А-ЯЁ][а-яё]+(?:[ ][А-ЯЁ][а-яё]+){1,2}|(?<![가-힣])[가-힣]{2,4}(?![가-힣])"
    "|[A-ZÀ-Ỹ][a-zà-ỹ]*[\u1ea0-\u1ef9ăđơưĂĐƠƯ][a-zà-ỹ]*(?:[ ][A-ZÀ-Ỹ][a-zà-ỹ]+){1,3}"
)
"""Words in a script that no contract of ours is written in: who else but a person."""


_ZONE = re.compile("P<[A-Z]{3}(?P<value>[A-Z]{2,}<<?[A-Z<]{0,20}[A-Z])")
"""The zone of a passport that machines read."""


def scripts(view: View) -> Iterator[Finding]:
    """Names in Cyrillic, Korean and Vietnamese letters."""
    if not view.text.isascii() and _FOREIGN.search(view.text):
        for found in _SCRIPTS.finditer(view.text):
            yield Finding(*found.span(), "person-name", "suspect", "script")


_FOREIGN = re.compile("[а-яё가-힣\u1ea0-\u1ef9ăđơư]")


def latin(view: View) -> Iterator[Finding]:
    """Names in Latin letters."""
    tier: Tier
    for found in _ZONE.finditer(view.text) if "P<" in view.text else ():
        yield Finding(*found.span("value"), "person-name", "mask", "passport-zone")
    if any(title in view.text for title in _TITLES):
        for found in _HONORED.finditer(view.text):
            yield Finding(*found.span("value"), "person-name", "mask", "latin-title")
    if _LETTER.search(view.text) is None:
        return
    for found in _PINYIN.finditer(view.text) if _PAIR.search(view.text) else ():
        names = {found["one"].lower(), found["two"].lower()}
        if found["one"][0].isupper() and found["two"][0].isupper():
            tier = "mask" if names & SURNAMES else "suspect"
            if tier == "mask" or len(found[0]) > _SHORT:
                yield Finding(*found.span(), "person-name", tier, "pinyin")
    capitals = _CAPITALS.finditer(view.text) if _CAPITAL.search(view.text) else ()
    for found in (*_LATIN.finditer(view.text), *capitals):
        before, after = (
            view.text[max(found.start() - 8, 0) : found.start()],
            view.text[found.end() : found.end() + 8],
        )
        if _HUMAN_BEFORE.search(before) or _HUMAN_AFTER.match(after):
            start, end = found.span()
            tier = "mask" if _HUMAN_AFTER.match(after) else "suspect"
            yield Finding(start, end, "person-name", tier, "latin")
