"""What stands around a name: roles and verbs before it, titles, verbs and numbers behind it."""

import functools
import re

from portal.redact import words
from portal.redact.view import View

_ROLES = (
    "人 员 者 代表 经理 主任 组长 队长 负责人 领导 专家 工程师 技术员 科长 局长 处长 厅长 县长 "
    "区长 镇长 乡长 书记 "
    "院长 校长 部长 总监 总经理 董事长 主管 会计 出纳 秘书 助理 顾问 律师 法官 教授 博士 老师 "
    "医生 师傅 同志 "
    "组员 成员 班长 站长 所长 行长 店长 村长 股长 调研员 监理 客服 运维 驻场 见证 公证员 评委 "
    "讲师 架构师 设计师 "
    "测试 开发 前端 后端 甲方 乙方 丙方 双方 用户 居民 村民 学员 网格员 管理员 操作员 审计员 "
    "安全员 信息员 保密员 "
    "资料员 质检员 造价师 建造师 司机 门卫 保安 员工 职工 家属 配偶 父亲 母亲 妻子 丈夫 儿子 "
    "女儿 本人 户主 申请人 "
    "作者 编写 记录 主持 审核 批准 复核 校对 制表 填表 签字 签名 签收 户名 持卡人 收件 抄送 姓名 "
    "名字 专员 "
    "干事 委员 主席 秘书长 "
    "股东 法人 总工 副总 老板 女士 先生 小姐 当事人 经手 接待 值班 带班 联系 对接"
)
_ROLE_WORDS = frozenset(_ROLES.split())
_ROLE_SIZES = tuple(sorted({len(role) for role in _ROLE_WORDS}))
_COPULAS = ("为", "是", "系", "由", "叫", "名叫")
"""What may stand between a role and who has it."""
_LEADS = (
    "由 经 请 让 派 对 向 为 给 同 跟 找 被 将 把 叫 是 系 因 据 以及 并 其中 包括 名叫 委派 "
    "指派 指定 委托 授权 任命 "
    "聘请 安排 邀请 联系 通知 告知 陪同 更换为 变更为 改为 调整为 抄送 转交 移交 交由 交 随同 "
    "代表 聘任 选派 选举 推荐 撤换 "
    "撤回 调离 替换 接替 增派 咨询 询问 汇报 报 找到 问 呈 送 致 兹 凡 若 如 含 即 有 除 到 代 "
    "替 以 待 自 用 使 令 于 在 从 "
    "叫做 日 同事 本名 原名 曾用名 前任 现任 继任 先 再 后 桌 听 听说 据 存于 载明 只有 仅有 "
    "问了 找了 叫上 加上 连同 以及 剩下 换了 原 新任 感谢 祝贺 表扬 批评 免去 解聘 免除 解除 "
    "处分 接 接到 收到 替代 换成 改由 须由 应由 均由 仍由 暂由 现由 后由 需经 须经 应经 转 派出 "
    "派遣"
)
ROLES = frozenset(_ROLES.split())
ROLE_ENDS = frozenset(word[-1] for word in (*_ROLE_WORDS, *_COPULAS))
LEADING = frozenset(_LEADS.split())
LEAD_ENDS = frozenset(lead[-1] for lead in LEADING)
LOOSE = frozenset("自于在从到含如即有以用据因凡若除待先再后日原")
JOINS = frozenset("与和及")
_TITLE = re.compile(
    r"[ ]?[(]?(?:先生|[男女](?=[,)性])|,?性别|均为|所持|[(][男女均]|女士|小姐|同志|工程师|老师"
    r"|主任|经理|科长|局长|处长|厅长|书记|总监|教授|博士|律师(?!事务所)|师傅|总经理|董事长|"
    r"秘书长|组长|队长|所长|站长|院长|校长|部长|股长|镇长|乡长|县长|区长|市长|主席|委员"
    r"|会计(?!师)|干事|专员|法官|医生|行长|班长|"
    r"主管|技术员|调研员|总工|副?[主总]|工(?=[,。,;:、()\s\d和与及电在请负]|$)"
    r"|总(?=[,。;:、()\s\d和与及电在请]|$)|姐(?![妹])|哥(?!们)"
    r"|[大二三]?(?:爷爷?|妈妈?|娘|叔叔?|婶|伯伯?|姨|嫂|姑姑)(?=[,。的家说在又也、]|$)|[大老]"
    r"(?:哥|姐|弟|妹|爷|娘|妈)|阿姨|奶奶|爷爷|同学|大夫"
    r"|副(?:[局处科厅县区镇乡市院校所站部组队]长|高工|书记|总监|研究员|教授|经理)"
    r"|等[一二三四五六七八九十两\d]{0,3}[人名位]|本人|二人|两人|三人|\(?[男女][,)])"
)
_VERBS = (
    "负责 担任 表示 签字 签名 签署 签收 提出 主持 出席 参加 参会 汇报 介绍 说明 确认 牵头 完成 "
    "提交 组织 到场 到岗 离职 离岗 "
    "调离 接替 代替 代表 陪同 联系 对接 认为 反映 反馈 要求 同意 批准 审核 审批 复核 验收 编写 "
    "编制 起草 撰写 记录 整理 带领 "
    "带队 率 宣布 讲解 授课 培训 值班 驻场 赴 前往 抵达 返回 收到 领取 领用 移交 接收 交接 保管 "
    "操作 登录 使用 持有 离开 "
    "出具 到 向 于 在 以 将 已 未 因 为 系 是 任 及其 及 和 与 所 的 对 从 被 把 应 须 需 可 曾 "
    "仍 并 也 均 称 说 指出 强调 "
    "建议 回复 答复 来电 致电 通过 自 处 共同 分别 亲自 本人 现 先后 主要 全程 随后 当场 暂 兼 "
    "兼任 出任 接手 协助 配合 指导 "
    "承担 承办 经办 办理 处理 排查 修复 发现 报告 上报 转交 交 送 发 寄 收 签 盖章 授权 委托 "
    "声明 承诺 保证 承认 没有 不 退 休 产假 婚假 病假 年假 掌管 顶岗 顶替 暂代 退休 去世 "
    "请假 因病 辞职 入职 毕业 出生 生于 男 女 沟通 协商 三方 双方 各方 共同 解释 审 编 校 修复 "
    "迟到 代行 提供 答复 清点 休假 作为 家 通报 电话 手机 微信 身份证 邮箱 住 家住 名下 账户 "
    "开户 收款 领 带 做 作 给 替 找 让"
)
WORDS = frozenset((_ROLES + " " + _LEADS + " " + _VERBS).split())
"""Words that this module knows."""
_TELLING = frozenset(_VERBS.split())
TELLING_STARTS = frozenset(verb[0] for verb in _TELLING)
_STRONG_VERB = re.compile(
    "[ ]?(?:负责|[他她]们|为(?:本项目的?|[一-鿿]{0,5}(?:代表|负责人|经理|联系人|[员师]))|担任|签字"
    "|签名|签署|签收|主持|出席|参加|汇报|牵头|到场|到岗"
    "|离职|离岗|接替"
    "|陪同|带领|带队|讲解|授课|兼任|出任|接手|亲自|本人|请假|迟到|早退|缺勤|住院|书面同意|代管"
    "|转交|书面|远程|说(?=[,:“])|到任|就任|上任|名下|所持|二人|三人|家[中里]"
    "|的(?:[农工建中]行卡|银行卡|账户|手机|电话|身份证|家|工资|邮箱|微信|签名|劳动|社保)|答复"
    "|代行|清点|休假|值守|轮班|辞职|入职|现任|初审|复审|终审|(?:的)?(?:个人|本人|办公室|家里"
    "|宅电|住宅)|持有|驾驶|到岗|两位|两名|三位|一行|远程完成|表示|反映|来电|致电|指出|认为|提出"
    "|任(?=[^务何职期意命])|联系(?=[,。;])|核对(?=[,。;])|接任|产假|婚假|病假|年假|掌管|暂代|退休|顶岗|兄妹|兄弟|姐妹|姐弟|处[(]|已核|随队|审校|校订"
    '|["”]?(?:后开始|专用)|每[周月日天][一-鿿]?(?:提交|到|来|汇报)|家族|测算|夫妇|夫妻|父子|共有的)'
)
_PLACE = re.compile(
    "(?:[东西南北中]?(?:路|街|大道|巷|胡同|村|镇|乡|县|市|区|桥|湖|山|河|江|港|寨|庄(?!重)|屯(?!话)"
    "|沟(?!通)|坡|湾|苑|园(?!林)|广场|小区|花园|大厦|社区)|[东西南北]路)"
)
_CITY = re.compile("(?:(?![去了在到的有是从回])[一-鿿]){1,2}(?:市(?!场)|县|[^小]区(?!别)|镇|州)")
_ORG = re.compile(
    "(?:公司|厂|店(?!长)|集团|银行|学校|学院|大学|中学|小学|医院|(?:律师|会计师|建筑师"
    "|税务师)?事务所|工作室|基金|奖|纪念|故居|图书馆|博物馆|牌|式|法(?!官|人)|定律|理论|"
    "精神|思想|模型|算法|系统|平台|软件|药业|电脑|维修|职业技能|科技|实业|商贸|电子(?![邮签])|信息|网络|股份|有限|祠"
    '|庙|寺|杯|班组|酒|鞋|体育|通(?![过知报信告])|云(?!南)|号[”"])'
)
_FIRM = re.compile(
    "(?:(?!负责|担任|与|和|的|在|向|由|为|系|是|从|于|等|代表|将|到|及|签|收|审|对"
    "|提)[一-鿿])(?:(?!负责|担任|与|和|的|在|向|由|为|系|是|从|于|等|代表|将|到|及|签|收|审|对"
    "|提)[一-鿿()]){0,11}?(?:有限|公司|事务所|集团|合作社|商行|工作室|研究院|大药房)"
)
_FIRM_END = re.compile("有限|公司|事务所|集团|合作社|商行|工作室|研究院|大药房")
_CITY_ENDS = frozenset("市县区镇州")
EDGES = frozenset(",。;:、()!?\"'“”《》[]【】|/<>·.=-")
_AFTER_EDGE = re.compile(r"[\s,。;:!?\"'“”》\]】|/<>=)]|$")
_ALONE = re.compile(r"[ ]{0,3}(?:\n|$)")
_ROLED = re.compile(
    r"[(](?:[^()\n]{0,8}(?:[人员师角送职长]|签[字章名]|监理|经理|主任|代表|负责|联系|[审签]))[)]"
)
_OWN = re.compile(
    r"[,、 (_\-:\[<]{0,2}的?(?:传真|(?:固定|办公室?|家庭|住宅|个人|联系|移动)?电话|私家?车|手机"
    r"|座机|固话|微信|身份证|出生|生于|现住|家住|户籍|住址"
    r"|卡号|持(?=[一-鿿]{0,4}(?:护照|证))|银行卡|工资卡|邮箱|电子邮|QQ|护照|车牌|宅电|住宅"
    r"|性别|简历|证件|学历|毕业|联系方式"
    r"|公民身份|账号|工号|所驾|驾驶|宅内|住(?=[一-鿿]{2}))"
)
"""What is one's own: papers, numbers, a home."""
_PHONE = re.compile(
    r"<[A-Za-z][A-Za-z0-9._%+-]{3}|[ ,:(【\[<]{0,3}(?:[(]?[+0-9]{3}|1[3-9]\d"
    r"|[A-Za-z0-9._%+-]{2,40}[ ]?(?:@|\[at\]|#at#"
    r"|[(]at[)]))"
)


PEOPLE = frozenset("员师长官手户主士工生领商友")
OPENING = frozenset('([【“"{')
STRANGE_BEFORE = STRANGE_AFTER = -8
MOST_BEFORE, MOST_AFTER = 30, 40
_MEMORY = 16384
"""How many surroundings are remembered: contracts repeat each other's clauses."""
ROLED, STRONG_AFTER = 26, 20
"""From which weight on what stands before is a role, and what follows tells of a person."""
HUMAN = 34
"""What a title adds that follows at once."""
TOLD = 9
"""What a verb that follows at once adds, in tenths."""


def is_title(text: str) -> bool:
    """Whether a text begins like a title or a form of address."""
    return _TITLE.match(text) is not None


def opens(view: View, at: int) -> bool:
    """Whether a name may begin at a place: behind an edge, a role, or a word that leads to one."""
    return before(view, at) >= 6


def before(view: View, at: int) -> int:
    """What the words before a place add to a name's weight, in tenths."""
    line = view.text[max(at - 14, 0) : at]
    line = line[line.rfind("\n") + 1 :]
    weight = _before(line)
    return weight if weight is not None else _behind_word(view.words.at(at - 1), line[-1])


@functools.lru_cache(maxsize=_MEMORY)
def _before(line: str) -> int | None:  # noqa: PLR0911 - case by case
    """The weight of what stands before in the line; None where the words say nothing."""
    last = line[-1:]
    if _is_role(line.rstrip('([【“"{') if last in OPENING else line):
        return MOST_BEFORE
    if not last:
        return 10
    if last in EDGES or last.isspace():
        return _behind_edge(line)
    if last in LOOSE:
        return 9
    if last in LEADING or line[-2:] in LEADING or line[-3:] in LEADING:
        return 12
    if last in JOINS:
        return 8
    return 2 if last == "的" else None


_NUMBERED = tuple("组室号户月日栋楼")
"""What an address or a day ends in: a name in brackets behind it says whose it is."""


def _is_role(line: str) -> bool:
    """Whether a line ends in a role, in a role and a copula, with a space behind each of them."""
    near = line.removesuffix(" ")
    bare = near.removesuffix(" ")
    if bare[-1:] not in ROLE_ENDS:
        return False
    stems = [near[: -len(one)].removesuffix(" ") for one in _COPULAS if near.endswith(one)]
    return any(map(_is_role_word, (bare, *stems)))


def _is_role_word(text: str) -> bool:
    return any(text[-size:] in _ROLE_WORDS for size in _ROLE_SIZES)


def _behind_edge(line: str) -> int:
    if line[-1] == "(" and (line[-2:-1].isdigit() or line[-2:-1] in _NUMBERED):
        return 16
    return 11 if line.endswith((":", ": ")) else 6


def _behind_word(token: words.Token, last: str) -> int:
    if token.size > 1 and token.tag[:1] == "n" and last in PEOPLE:
        return 26
    return 4 if token.tag[:1] == "v" else STRANGE_BEFORE


def after(view: View, at: int) -> int:
    """What the words behind a place add to a name's weight, in tenths."""
    text = view.text[at : at + 12]
    weight = _after_word(text) if "一" <= text[:1] <= "鿿" else _after_sign(view, at, text)
    if weight is not None:
        return weight
    token = view.words.at(at)
    return 4 if token.start == at and token.tag in ("v", "d", "p") else STRANGE_AFTER


@functools.lru_cache(maxsize=_MEMORY)
def _after_word(text: str) -> int | None:  # noqa: PLR0911 - case by case
    """The weight of what follows at once; None where the words say nothing."""
    if _TITLE.match(text):
        return HUMAN
    if not _CITY_ENDS.isdisjoint(text[1:4]) and _CITY.match(text):
        return -40
    if _PLACE.match(text) or _ORG.match(text):
        return -70
    if _FIRM_END.search(text, 1) and _FIRM.match(text):
        return -70
    if _OWN.match(text):
        return 28
    if _STRONG_VERB.match(text):
        return 24
    if text[0] in JOINS:
        return 8
    is_told = text[0] in _TELLING or text[:2] in _TELLING or text[:3] in _TELLING
    return TOLD if is_told else None


def _after_sign(view: View, at: int, text: str) -> int | None:  # noqa: PLR0911 - case by case
    """The weight of what follows behind a sign or a space; None where that says nothing."""
    if _TITLE.match(text):
        return HUMAN
    if _PHONE.match(text):
        return MOST_AFTER
    if _OWN.match(text):
        return 28
    if _ALONE.match(text) and (view.text.count("\n", max(at - 5, 0), at) or at < 5):
        return 20
    if _STRONG_VERB.match(text):
        return 24
    if text[:1] == "(":
        return 24 if _ROLED.match(text) else 8
    if text[:1] == "、":
        return 8
    return 6 if _AFTER_EDGE.match(text) else None
