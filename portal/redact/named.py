"""Names where names are to be expected: behind labels, below heads, in speech."""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.redact import context, ordinary, people, torn
from portal.redact.finding import Finding, Tier
from portal.redact.view import View

_TAILS = frozenset(
    "姓名 名单 名字 人 人员 成员 组员 委员 学员 队员 专员 网格员 资料员 质检员 安全员 信息员 "
    "保密员 管理员 操作员 调研员 技术员 联络员 者 代表 经理 主任 组长 队长 科长 处长 局长 所长 "
    "班长 站长 "
    "院长 校长 部长 行长 店长 村长 县长 区长 市长 镇长 乡长 厅长 书记 负责 领导 专家 工程师 "
    "建造师 造价师 架构师 设计师 律师 会计 出纳 秘书 监理 总监 顾问 主管 助理 助教 干事 教授 "
    "老师 讲师 师傅 "
    "驻场 售后 值班 带班 见证 抄送 主送 主持 记录 审核 复核 校核 校对 校验 批准 审批 审定 编制 "
    "编写 起草 撰写 制表 填表 制单 经办 承办 主办 协办 签发 签批 验收 接收 移交 交接 监交 领取 "
    "领用 保管 出席 列席 "
    "参会 参加 缺席 请假 主讲 作者 联系 联络 对接 收件 发件 寄件 报送 呈报 评委 评审 备勤 司机 "
    "驾驶 车主 户主 家属 配偶 父亲 母亲 妻子 丈夫 监护 持卡 户名 用户 账户名 账户名称 借款 收 "
    "发 "
    "简历 群主 紧急联系 巡检 陪检 旁站 点检 盘点 清点 录入 核验 核对 初审 复审 终审 复测 监测 "
    "抢修 维修 摄影 翻译 执笔 "
    "发放 发货 报障 报修 申告 受理 回访 派单 接单 跟单 领料 验货 查验 监考 阅卷 指挥 总指挥 "
    "公证员 签到 签字 签名 签章 签署 亲笔".split()
)
"""What the label of a person ends in."""
_OFFICES = frozenset(
    "开发 测试 实施 项目 产品 前端 后端 数据 安全 网络 硬件 软件 质量 质检 资料 施工 现场 技术 "
    "甲方 乙方 丙方 监督 公证 法务 财务 后勤 行政 培训 巡检 运营 服务 维护 运维 客服 销售 商务 "
    "科 处 室 部 组 局 "
    "办 中心 单位 机构 岗位 岗 职务 收款 付款 开户 申请 用户名 责任 督导 驻点 联系方式".split()
)
"""What the label of an office ends in; a name behind it has to look like one."""
WORDS = _TAILS | _OFFICES
"""Words that this module knows."""
_TAIL_AT_MOST = max(map(len, _TAILS | _OFFICES))
_NOT = re.compile(
    "(?:[他何别有任众主当第每各本]人|法人|个人|多人|人人|作者|或者|投标人|采购人|供应人|(?<!授权)委托人"
    "|受托人|招标人|中标人|承包人|发包人|出租人|承租人|买受人|出卖人|债权人|债务人|权利人"
    "|义务人|保证人|被许可人|许可人|委托单位|使用人|持有人|权属人)$"
)
_LATIN_TAILS = re.compile(
    r"(?:(?<![a-z])Name|(?<![a-z])By|Contact(?: Person)?|Attn\.?|ATTN|Manager|Engineer"
    r"|Signature|Signed(?: by)?|Representative|Leader|PM|Prepared by"
    r"|Approved by|"
    r"Reviewed by|Author|Person|CC|Agent|Receiver|NAME|CONTACT|Holder|holder)$"
)
_ROW_AT_MOST = 2000
"""How far names in a row are looked for behind a label."""
_SIGNED = re.compile("签字|签名|签章|签署|亲笔")
_LABEL = re.compile(
    r"(?<![一-鿿A-Za-z])(?=[一-鿿A-Za-z][一-鿿A-Za-z/.·、]{0,60}+[ \t(:="
    r"|])(?P<label>[一-鿿A-Za-z][一-鿿A-Za-z /.·、和与及]{0,60}?)(?P<more>(?:[ ]?[(][^()\n]"
    r"{0,16}[)]){0,2}(?:签字|签名|签章)?(?:[(][^()\n]{0,12}[)])?)"
    r"[ \t]{0,4}(?P<link>[:=|\t]|[ ]{2,}|(?<=\))[ ]?(?=[一-鿿])|[ ](?=[一-鿿]{2,4}(?:[ ,;。]|$)"
    r"|[A-Z][a-z]+ [A-Z]))(?P<gap>[\s*_\[【(“\"'<]{0,12})",
    re.MULTILINE,
)
_FURNITURE = re.compile(
    r"(?:[ \t]*+(?:[-—–=*_]{0,6}[ ]?\d{0,4}[ ]?[-—–=]{0,6}"
    r"|第[ ]?[\d一二三四五六七八九十]{1,4}[ ]?页[^\n]{0,16}|[Pp]age[^\n]{0,12}|\d+ ?/ ?\d+"
    r"|<!?-*[^\n>]{0,20}-*>?)[ \t]*+\n){1,6}[ \t]*"
)
_LEGAL = re.compile(
    r"(?:法定代表人|法人代表|法人|法定负责人"
    r")(?:姓名)?(?:\([^()\n]{0,14}\)|/负责人)?(?:签字|签章|盖章|\(签字\)|\(签章\))?$"
)
_OR = re.compile("授权|代理|委托|签字|签章|签名")
_PIECE = re.compile(r"[一-鿿㐀-䶿](?:[ ]?·?[ ]?[一-鿿㐀-䶿]){1,14}")
_LATIN = re.compile(r"(?:[A-Z]\.[ ]?)?[A-Z][A-Za-z'’-]+(?:[ .]{1,2}[A-Z][A-Za-z.'’-]*){0,3}")
_NO_NAME = re.compile(
    r"(?:Mobile|Tel|Phone|Fax|Date|E-?mail|Name|Address|Title|Signature|Company|Ltd|ID|No|QQ"
    r"|WeChat)\b"
)
_COLON = re.compile(r"(?:[:=]|姓名[ \t])[\s*_“\"]{0,3}$")
_ITEM = re.compile(r"[一-鿿㐀-䶿]{2,3}(?=[ ]?[、,/;&+|\t\n。(<]|[ ]{1,4}[一-鿿(]|[ ]*$)")
_JOIN = re.compile(r"[ ]{0,2}(?:\([^()\n]{0,20}\))?[ ]{0,2}(?:[、,/;&+]|和|与|及|以及)?[ ]{0,2}")
_STOPS = re.compile(
    r"详?见|[无暂]|待定|另行|未定|同上|[应须需]|不得|可|由|负责|[按根]据|[如若等为是]|变更|更换"
    r"|签[字名章署订]|盖章|日期|[年月日]|甲方|乙方|丙方|双方|单位|电话|手机|地址|邮箱|职务|姓名"
    r"|部门|岗位|联系|公章|"
    r"身份|性别|备注|序号|数量|内容|名称|要求|标准|说明|时间|方式|项目|合同"
    r"|[本该其此各每以在对的或已未并有将就从至全]|技术|服务|系统|平台|数据|网络|软件|硬件|运维|"
    r"人员|工程师|经理|主任|代表|法定|授权|委托|综合|办公|信息|大数据|政务|数字|公共|财政|财务"
    r"|中国|第|汉族|大专|本科|硕士|博士|[中高初]级|研究生|学历|正常|合格|良好|完成|通过|同意"
    r"|确认|收到|属实|情况"
)
_OFFICE = re.compile(
    r"[一-鿿A-Za-z()]{1,40}(?:公司|中心|局|院|厅|处|科|室|部|委员会|办公室|办|银行|支行|分行"
    r"|学校|大学|医院|集团|政府|所|队|社|厂|店|组|会|单位|站|团队)(?![一-鿿])"
)
_SPEAKER = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?[ ]{1,3}(?=[一-鿿]{2,4}[ ]?[:(])")
_SLASHED = re.compile(r"/[Ss]/[ ]{0,3}")
_NEXT_LABEL = re.compile("[一-鿿]{0,6}[:=]")
_EDGES = ("", " ", "\n", ",", ";", "、", "。", "(", "|", "\t", "/", ")")


class Slot(NamedTuple):
    """Where names are expected: from where to where, as what, by which rule.

    `is_sure` says that the label is a person's; `is_far` that page furniture lies between.
    """

    at: int
    end: int
    kind: str
    rule: str
    is_sure: bool = True
    is_far: bool = False


def find(view: View) -> Iterator[Finding]:
    """Names behind labels, below heads, of speakers."""
    for label in _LABEL.finditer(view.text):
        slot = _behind(view, label)
        if slot is not None:
            yield from _legal(label, _values(view, slot))
    for found in _SPEAKER.finditer(view.text):
        end = max(_line_end(view.text, found.end()), found.end() + 4)
        yield from _values(view, Slot(found.end(), end, "person-name", "speaker"))
    for found in _SLASHED.finditer(view.text):
        end = _line_end(view.text, found.end())
        yield from _values(view, Slot(found.end(), end, "signature", "label-name"))
    for cell in view.cells:
        if _kind(cell.head) is not None:
            slot = Slot(cell.start, cell.end, "person-name", "column-name", bool(_kind(cell.head)))
            yield from _values(view, slot)


@functools.lru_cache(maxsize=1024)
def _kind(label: str) -> bool | None:
    """Whether a label is surely a person's; None where it is nobody's."""
    label = label.rstrip()
    ends = {label[-size:] for size in range(1, _TAIL_AT_MOST + 1)}
    if not _TAILS.isdisjoint(ends) or _LATIN_TAILS.search(label):
        return None if _NOT.search(label) else True
    return None if _OFFICES.isdisjoint(ends) else False


def _behind(view: View, label: re.Match[str]) -> Slot | None:
    """The place behind a label, over page numbers if the page ends there."""
    is_sure = _kind(label["label"])
    is_signed = _SIGNED.search(label["more"]) or _SIGNED.search(label["label"][-4:])
    if is_sure is None and not is_signed:
        return None
    at, text = label.end(), view.text
    is_far = "\n" in label["gap"]
    furniture = _FURNITURE.match(text, text.rfind("\n", label.start(), at) + 1) if is_far else None
    if furniture is not None and furniture.end() > at:
        at = furniture.end()
    kind = "signature" if is_signed else "person-name"
    is_sure = bool(is_sure or (is_signed and label["link"].strip()))
    return Slot(at, _line_end(text, at), kind, "label-name", is_sure, is_far)


def _line_end(text: str, at: int) -> int:
    """Where a line ends, or the part of it in which names are looked for."""
    last = min(at + _ROW_AT_MOST, len(text))
    end = text.find("\n", at, last)
    return end if end >= 0 else last


def _legal(label: re.Match[str], found: Iterator[Finding]) -> Iterator[Finding]:
    """The name of a legal representative stays; that of whoever signs for one does not."""
    words = label["label"].strip() + label["more"]
    named = _LEGAL.search(words)
    is_kept = named is not None and not _OR.search(words)
    for one in found:
        yield (
            one._replace(kind="legal-representative", tier="keep", rule="legal") if is_kept else one
        )


def _values(view: View, slot: Slot) -> Iterator[Finding]:
    """The names that stand in a row from a place on, up to its line's end."""
    at, is_person = slot.at, slot.is_sure
    while at < slot.end:
        found = _one(view, slot._replace(at=at))
        if found is None and at > slot.at and is_person:
            found = _item(view, at, slot)
        if found is None:
            return
        yield found
        join = _JOIN.match(view.text, found.end, slot.end)
        if join is None or join.end() == found.end or slot.is_far or slot.rule == "speaker":
            return
        at = join.end()
        is_name = found.tier == "mask" or found.rule == "row"
        slot = slot._replace(is_sure=slot.is_sure and is_name)


def _item(view: View, at: int, slot: Slot) -> Finding | None:
    """What stands between names in a row, up to an edge: a suspect, be it an ordinary word."""
    found = _ITEM.match(view.text, at, slot.end)
    if found is None or _STOPS.match(found[0]) or found[0] in WORDS:
        return None
    if _OFFICE.fullmatch(found[0]) or found[0] in context.WORDS:
        return None
    return Finding(at, found.end(), slot.kind, "suspect", "row")


def _one(view: View, slot: Slot) -> Finding | None:  # noqa: PLR0911 - case by case
    """The name at a place, if what stands there can be one."""
    text, at = view.text, slot.at
    if _NO_NAME.match(text, at, slot.end):
        return None
    if slot.is_sure and (latin := _LATIN.match(text, at, slot.end)):
        return Finding(at, latin.end(), slot.kind, "mask", slot.rule) if len(latin[0]) > 3 else None
    piece = _PIECE.match(text, at, slot.end)
    if piece is None or piece[0][1] == " ":
        return _torn(view, slot)
    if "·" in piece[0]:
        gap = text.find(" ", text.index("·", at) + 2, piece.end())
        return Finding(at, gap if gap > 0 else piece.end(), slot.kind, "mask", slot.rule)
    best = people.best_at(view, at)
    if best is not None and _is_label(view, best) and slot.rule != "speaker":
        return None
    if best is None or not _is_likely(view, slot, best):
        return _odd(view, slot, piece)
    if best.after == -14 and not slot.is_sure:
        return None
    tier: Tier = (
        "suspect"
        if (best.after == -14 and best.candidate.signs < 50)
        or (slot.is_far and best.candidate.likely < 10)
        or best.after <= -70
        else "mask"
    )
    if not slot.is_sure:
        tier = "mask" if best.candidate.signs >= 40 and best.after > -20 else "suspect"
    return Finding(at, torn.end(view, best), slot.kind, tier, slot.rule)


def _torn(view: View, slot: Slot) -> Finding | None:
    """A name behind a person's label whose surname ends the line."""
    found = torn.over_line(view, slot.at) if slot.is_sure else None
    return Finding(*found[:2], slot.kind, found[2], slot.rule) if found is not None else None


def _is_label(view: View, one: people.Reading) -> bool:
    """Whether the next thing is another label rather than a value."""
    rest = _NEXT_LABEL.match(view.text, one.candidate.end)
    return rest is not None and (len(rest[0]) > 1 or one.candidate.signs < 30)


def _is_likely(view: View, slot: Slot, one: people.Reading) -> bool:
    """Whether a candidate is a name where one is expected."""
    text = view.text[slot.at : slot.end]
    if text[:2] in ordinary.WORDS or text[:3] in ordinary.WORDS:
        return False
    office = _OFFICE.match(text)
    if office is not None and (office.end() > 5 or (one.candidate.signs < 40 and office.end() > 2)):
        return False
    least = -12 if slot.is_sure else 12
    is_clean = one.candidate.split > -35 or one.candidate.signs >= 40
    return is_clean and one.candidate.likely + max(one.after, -20) > least


def _odd(view: View, slot: Slot, piece: re.Match[str]) -> Finding | None:
    """Two to four signs up to an edge that no list knows: behind a person's label, a suspect."""
    words = piece[0].split(" ")[0]
    end = slot.at + len(words)
    is_edge = view.text[end : end + 1] in (*_EDGES, ":" if slot.rule == "speaker" else "")
    if not slot.is_sure or not 2 <= len(words) <= 4 or not is_edge:
        return None
    if slot.rule == "column-name" and not re.search("姓名|人$|名$|员$|[Nn]ame", _head(view, slot)):
        return None
    is_known = words in WORDS or words in context.WORDS
    if is_known or _STOPS.match(words) or _OFFICE.fullmatch(words):
        return None
    tier = None if words in ordinary.WORDS else _odd_tier(view, slot, end)
    if tier is not None:
        return Finding(slot.at, end, slot.kind, tier, slot.rule)
    is_led = _COLON.search(view.text, slot.at - 4, slot.at) is not None
    is_whole = (is_led or slot.rule == "column-name") and len(words) < 4 and not slot.is_far
    return Finding(slot.at, end, slot.kind, "suspect", "whole") if is_whole else None


def _odd_tier(view: View, slot: Slot, end: int) -> Tier | None:
    """How sure it is that odd signs are a name; None where a word explains them."""
    inside, size = view.words.within(slot.at, end), end - slot.at
    is_strange = all(one.size == 1 or one.tag.startswith("nr") for one in inside)
    is_verbal = any(
        one.size > 1 and one.tag in ("v", "vn", "d", "m", "b", "q", "r") for one in inside
    )
    if slot.rule == "speaker":
        return "mask"
    if is_verbal or (size > 3 and not is_strange):
        return None
    return "mask" if is_strange and not slot.is_far and size < 4 else "suspect"


def _head(view: View, slot: Slot) -> str:
    cell = view.cell(slot.at)
    return cell.head if cell is not None else ""
