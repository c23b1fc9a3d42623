"""The labels that say what a value is: before it, or at the head of its column."""

import functools
import re

from portal.redact.view import View

_LINK = r"[\s:|=#*_>()\[\]【】\"'、.,/·-]{0,8}"
"""What may stand between a label and its value."""
_NUMBERS = (
    (
        "id-number",
        (
            r"身[份分]证(?:件)?(?:号码?|编号|号)?|证件号码?|公民身份号码|居民身份证|身份号码|驾驶证号?"
            r"|社保号|社会保障号码?|军官证号?|ID ?(?:No\.?|Number|card)|Identity"
        ),
    ),
    ("passport", r"护照(?:号码?|编号)?|通行证号?码?|[Pp]assport(?: ?[Nn]o\.?)?"),
    (
        "bank-card",
        (
            r"(?:银行|储蓄|信用|工资|借记|社保)卡(?:卡?号码?)?|卡号"
            r"|[Cc]ard ?(?:[Nn]o\.?|[Nn]umber)"
        ),
    ),
    ("hotline", r"热线|客服电话|服务电话|400电话|投诉电话|监督电话|举报电话|咨询电话|[Hh]otline"),
    (
        "bank-account",
        (
            r"(?:账|帐|怅)户?\n?(?:号码?|码)|(?:账|帐)户|[Aa]/[Cc](?: ?[Nn]o\.?)?"
            r"|[Aa]ccount(?: ?(?:[Nn]o\.?|[Nn]umber))?"
        ),
    ),
    ("qq", r"Q ?Q(?:号码?)?|[Qq]{2}|扣扣(?:号)?|企鹅号"),
    ("wechat", r"微信(?:号码?|ID|账号|同号)?|[Ww]e[Cc]hat(?: ?ID)?|VX|vx|V信|薇信|威信号"),
    (
        "mobile",
        (
            r"手机(?:号[码玛]?|电话)?|移动电话|移动号码|联系手机|[Mm]obile(?: ?[Nn]o\.?"
            r"| ?[Pp]hone)?"
            r"|MOBILE|[Mm]ob\.?|[Cc]ell(?: ?phone)?|手 机"
        ),
    ),
    ("fax", r"传真(?:号码?|电话)?|[Ff]ax|FAX"),
    ("landline", r"座机|固话|固定电话|办公电话|总机|值班电话|宅电|家庭电话|住宅电话|分机"),
    (
        "phone",
        (
            r"(?:联系|联络)?(?:电话|屯话|电活)(?:号码?)?|联系方式|联系号码|联络方式|[Tt]el(?:ephone)?|TEL"
            r"|[Pp]hone(?: ?[Nn]o\.?)?|PHONE|[Cc]all|致电|拨打|电联|呼叫|短信|来电"
        ),
    ),
    (
        "code",
        (
            r"联?行号|大额支付号?|(?:编|文|案|批|证|单|订单|流水|序列|识别|登记|备案|许可|注册|批准"
            r"|受理|工单|发票|物料|资产|设备|型|条码|包|标段|合同|项目|采购|招标|税|版本|公告|档案"
            r"|凭证|回执|票据|运单|快递)(?:号码?|代码)|编码|代码|条码|区划码|序列号|设备号|资产号"
            r"|单号|序号|邮编|邮政编码|发票号|税号|条形码|IP(?:地址)?|MAC(?:地址)?|端口|经度|纬度"
            r"|坐标|S/?N|ICCID|IMEI|IMSI|科目|ISBN|货号|批次号?|[Nn][Oo]\.?|校验码|验证码|时间戳|版本|货物编号|信用代码"
            r"|机器码|授权码|激活码|序列|网站标识码|id_code"
        ),
    ),
)
_BEFORE = re.compile(
    "(?:" + "|".join(f"(?P<k{index}>{words})" for index, (_, words) in enumerate(_NUMBERS)) + ")"
    r"(?:\([^()\n]{0,12}\)|\[[^\[\]\n]{0,12}\])?(?:为|是|系|：|列为|写作|写成|显示为?|登记为|填为|用的|尾号|变更为|改为|均?为)?"
    + _LINK
    + "$"
)
_LINK_SIGNS = " \t\n\r\f\v:|=#*_>()[]【】\"'、.,/·-"
_LAST = frozenset(
    "玛作成示活付件信列卡口叫号址度目式戳户打扣本机标次照电真码线编联证话为是系：的CDEILNOPQXbcdeloqrtxy"
)
"""What a label ends in, or the words between it and its value."""
_NOTE_ENDS = frozenset(")]")
_HEAD_AT_MOST = 64
SIZES = {
    "id-number": (8, 20),
    "passport": (7, 10),
    "bank-card": (8, 25),
    "bank-account": (6, 32),
    "qq": (5, 12),
    "wechat": (5, 15),
    "mobile": (5, 16),
    "phone": (7, 16),
}
"""How many digits a number behind each label may have."""
_BANK = re.compile(
    r"开户|银行|支行|分行|信用社|收款|转账|汇款|户名|[账帐]户|[账帐]号|打款|专户|共管户|结算|工资卡|存折"
)
_WINDOW = 40


def of_number(view: View, at: int) -> str | None:
    """What the label before a number, or the head of its column, says that it is."""
    said = _said(view.text[max(at - _WINDOW, 0) : at])
    if said is not None:
        return said
    cell = view.cell(at)
    return head(cell.head) if cell is not None else None


def near_bank(view: View, at: int) -> bool:
    """Whether a bank or an account is spoken of shortly before."""
    return _BANK.search(view.text[max(at - 60, 0) : at]) is not None


@functools.lru_cache(maxsize=1024)
def head(cell: str) -> str | None:
    """What the head of a column says of the numbers below it."""
    return _said(cell[-_HEAD_AT_MOST:])


def _said(before: str) -> str | None:
    """The kind of the label that a text ends in."""
    stem = before.rstrip(_LINK_SIGNS)
    if stem[-1:] not in _LAST and _NOTE_ENDS.isdisjoint(before[len(stem) :]):
        return None
    found = _BEFORE.search(before)
    return _NUMBERS[int((found.lastgroup or "k0")[1:])][0] if found else None
