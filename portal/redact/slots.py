"""Places where only a person can stand, whatever the signs: 由…担任, …请假, 请…签字."""

import re
from collections.abc import Iterator

from portal.redact import context, ordinary
from portal.redact.finding import Finding
from portal.redact.view import View

_HUMAN = (
    "担任 请假 休假 迟到 早退 旷工 住院 离职 辞职 到岗 离岗 二人 两人 三人 同志 先生 女士 老师 "
    "师傅 家中 家里 所持 签字 签名 签收 到场 出任 兼任 接任 继任 (男 (女 "
    "名下 的家 的手机 的身份证 本人 值班 坐班 驻场 未打卡 打卡 到任 就任 因病 夫妇 等人 的女儿 "
    "的儿子 的妻子 的丈夫 的父亲 的母亲 驾驶"
)
_LOOSE = (
    "负责 表示 答复 提出 批准 同意 审核 复核 审批 审定 修复 关闭 解释 说明 汇报 主持 共同 清点 "
    "提供 编写 编制 起草 记录 确认 反映 来电 致电 留痕 牵头 对接 陪同 "
    "代行 转达 指出 认为 补充 介绍 宣读 讲解 操作 领取 移交 接收 交接 收, 审, 审、 审。 编, "
    "编、 校, 校、 校。 现场 远程 带队 经手 调试 排查 保管 上报 回访 解答"
)
_RIGHT = re.compile("|".join(map(re.escape, (_HUMAN + " " + _LOOSE).split())))
_HUMAN_WORDS = frozenset(_HUMAN.split())
WORDS = _HUMAN_WORDS | frozenset(_LOOSE.split())
"""Words that this module knows."""
_PEOPLE = re.compile("[一-鿿]{2,4}")
_TRADE_WORDS = (
    "代表|工程师|字段|现任|^人员|专家$|经理$|主任$|业主|物业|街道|社区|客户|甲方|乙方|丙方|系统"
    "|平台|数据|项目|工作|服务|技术|机构|政府|法院|财政|监理|合同|文件|资料|信息|安全|情况|问题"
    "|方案|书面|及时|另行|共同|配合|组织|协助|指定|专门|专人"
)
TRADE = re.compile(_TRADE_WORDS)
"""Words of the trade, which are nobody's name."""
NOBODY = re.compile(
    "[的了不应须可已未并且或其该此各每有无为是在以将等所至多少个这那你我他她它们均都很再就还又只"
    "能会要必需若如按把被让从到对于由与和及请也仍曾则者]|"
    "[方人员位门司证书牌机架镇村乡县市区路街园表单卡具品局院厅处科室组会队户商部办台期后前时中内"
    "外上下间性化型类级式]$|^[本双各全第一两三何任]|" + _TRADE_WORDS
)
"""Signs and words that tell of anything but a person."""
_VERBAL = frozenset("v vn vd d p c m r f b q ad an u".split())


def find(view: View) -> Iterator[Finding]:
    """What stands where a person must: a suspect, since no sign of it says so."""
    yield from _roles(view)
    last = 0
    for found in _RIGHT.finditer(view.text):
        end, is_human = found.start(), found[0] in _HUMAN_WORDS
        for size in (3, 2, 4):
            start = end - size
            if start < last or not _is_person(view, start, end, is_human):
                continue
            last = end
            yield Finding(start, end, "person-name", "suspect", "slot")
            break


_ROLE = re.compile(
    "(?:回访人|受理人|联系人|经办人|负责人|讲师|助教|工程师|项目经理|备勤|值班员?|驻场人员"
    "|运维人员|组长|专家|司机|技术员|联络员|管理员|操作员|审核人|见证人|主讲人?|班长|站长|主任"
    "|科长|局长|书记|顾问|代表|用户|同事|本人)"
    "[ ]?(?P<value>[一-鿿]{2,3})(?=[ ]?[,。;、:(\n]|$)"
)


def _roles(view: View) -> Iterator[Finding]:
    """A role with a word behind it that is no word: 回访人洗尘."""
    for found in _ROLE.finditer(view.text):
        start, end = found.span("value")
        inside = view.words.within(start, end)
        is_odd = inside[0].start == start and all(
            one.size == 1 or one.tag[:2] == "nr" for one in inside
        )
        if is_odd and not NOBODY.search(found["value"]) and found["value"] not in ordinary.WORDS:
            yield Finding(start, end, "person-name", "suspect", "role")


def _is_person(view: View, start: int, end: int, is_human: bool) -> bool:  # noqa: FBT001 - slots are of two sorts
    value = view.text[max(start, 0) : end]
    if not _PEOPLE.fullmatch(value) or value in ordinary.WORDS or NOBODY.search(value):
        return False
    if not context.opens(view, start):
        return False
    inside = view.words.within(start, end)
    if inside[0].start < start or inside[-1].end > end:
        return False
    long = [one for one in inside if one.size > 1]
    if any(one.tag in _VERBAL or (one.size < end - start and one.tag[:2] != "nr") for one in long):
        return False
    is_led = view.text[start - 1 : start] in ("由", "经", "报", "请", "派")
    return is_human or is_led or not any(one.size == end - start for one in long)
