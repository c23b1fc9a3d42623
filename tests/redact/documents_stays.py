"""Near misses: texts that look like personal data to a hasty reader, and stay."""

import functools
from collections.abc import Callable

import cn2an

from redact import documents_names as names
from redact import documents_numbers as numbers
from redact import documents_pieces as pieces

Draw = Callable[[pieces.Scene], str]


def pick(*texts: str) -> Draw:
    """One of the texts."""
    return lambda scene: scene.rng.choice(texts)


def count(pattern: str) -> Draw:
    """The pattern with each # replaced by a digit."""
    return lambda scene: "".join(
        scene.rng.choice("123456789") if letter == "#" else letter for letter in pattern
    )


def amount(scene: pieces.Scene) -> str:
    """An amount in figures."""
    value = scene.rng.randrange(10**4, 10**7)
    return scene.rng.choice(
        (f"¥{value}.00", f"￥{value:,}.00元", f"人民币{value}元", f"{value}.50元")
    )


def capitals(scene: pieces.Scene) -> str:
    """An amount in capitals."""
    return str(cn2an.an2cn(scene.rng.randrange(10**3, 10**7) * 10, "rmb"))


def date(scene: pieces.Scene) -> str:
    """A date of the project."""
    year, month, day = (
        scene.rng.randint(2019, 2026),
        scene.rng.randint(1, 12),
        scene.rng.randint(1, 28),
    )
    return scene.rng.choice(
        (f"{year}年{month}月{day}日", f"{year}-{month:02}-{day:02}", f"{year}.{month}.{day}")
    )


def address_ip(scene: pieces.Scene) -> str:
    """An IP address."""
    return ".".join(str(scene.rng.randint(1, 254)) for _ in range(4))


def hexes(scene: pieces.Scene, groups: int, between: str) -> str:
    """Pairs of hexadecimal digits."""
    return between.join(f"{scene.rng.randrange(256):02X}" for _ in range(groups))


def road(scene: pieces.Scene) -> str:
    """A road that is called after a person."""
    return scene.rng.choice(("张自忠路", "赵登禹路", "左权街", "黄兴路", "李顺达巷")) + count(
        "##号"
    )(scene)


def firm(scene: pieces.Scene) -> str:
    """A firm that is called after a person."""
    return names.untaken(scene, names.chinese) + scene.rng.choice(
        ("商贸有限公司", "公司", "电子商行")
    )


def digit_code(scene: pieces.Scene) -> str:
    """A credit code without letters."""
    return numbers.credit_code(scene, "0123456789")


def project_number(scene: pieces.Scene) -> str:
    """The number of a procurement."""
    return f"{scene.city.name[:2]}采购-{scene.rng.randint(2019, 2026)}-{scene.digits(4)}"


def planted(
    form: str, like: str, draw: Draw, templates: tuple[str, ...], scene: pieces.Scene
) -> pieces.Pieces:
    """A near miss in one of its lines; without lines it is a paragraph by itself."""
    value = pieces.Value(draw(scene), like, form, masked=False)
    return pieces.fill(scene.rng.choice(templates), value)


def form(name: str, like: str, place: str, draw: Draw, *templates: str) -> pieces.Form:
    """A near miss of this kind of value, in one of these lines."""
    write = functools.partial(planted, name, like, draw, templates or ("{}",))
    return pieces.Form(name, like, place, write)


def phrase(name: str, like: str, place: str, *texts: str) -> pieces.Form:
    """A near miss that is a wording, and stands alone."""
    return form(name, like, place, pick(*texts))


FIGURES = (
    form(
        "amount-figures", "bank-account", "money", amount, "本期应付{}。", "其中硬件部分{}，含税。"
    ),
    form("amount-capitals", "person-name", "money", capitals, "大写：{}。", "合计人民币{}。"),
    form(
        "amount-like-mobile",
        "mobile",
        "money",
        count("138########"),
        "概算总投资{}元。",
        "年度预算 {} 元",
    ),
    form(
        "contract-number-long",
        "bank-account",
        "money",
        count("2024############"),
        "原合同编号：{}",
        "合同号 {}",
    ),
    form("contract-number-mobile", "mobile", "money", count("1392024####"), "框架协议编号：{}"),
    form(
        "order-number-18",
        "id-number",
        "money",
        count("20240#############"),
        "采购订单号：{}",
        "流水号：{}",
    ),
    form("project-number", "bank-account", "money", project_number, "采购编号：{}", "项目编号：{}"),
    form(
        "document-number", "person-name", "money", count("豫审信〔2024〕#9号"), "依据{}批复执行。"
    ),
    form(
        "document-number-other",
        "plate",
        "money",
        pick("财办库〔2020〕50号", "渝府办发〔2023〕18号"),
        "参照{}。",
    ),
    form(
        "invoice-code",
        "mobile",
        "money",
        count("0410021#####"),
        "发票代码：{}",
        "发票代码{}，号码另附",
    ),
    form("invoice-number", "qq", "money", count("########"), "发票号码：{}"),
    form(
        "credit-code",
        "id-number",
        "money",
        numbers.credit_code,
        "统一社会信用代码：{}",
        "纳税人识别号 {}",
    ),
    form(
        "credit-code-digits", "id-number", "money", digit_code, "统一社会信用代码：{}", "税号：{}"
    ),
    form(
        "bank-clearing-code",
        "bank-account",
        "bank",
        count("10#491######"),
        "行号：{}",
        "联行号：{}",
    ),
    form("account-holder", "person-name", "bank", lambda s: s.vendor, "户名：{}", "账户名称：{}"),
    form("percentage", "birth-date", "money", count("#7.5%"), "履约保证金为合同价的{}。"),
    form(
        "standard",
        "id-number",
        "service",
        pick("GB/T 22239-2019", "GB/T 28827.1-2022", "GA/T 1400.4-2017"),
        "满足{}要求。",
    ),
    form("ip-address", "landline", "service", address_ip, "前置机地址{}。", "管理口 {}，掩码另定"),
    form("port", "qq", "service", count("1#4#3"), "开放端口{}。", "监听端口：{}"),
    form(
        "version", "birth-date", "service", count("V#.2.1#"), "软件版本 {} 起支持。", "升级至{}。"
    ),
    form("date", "birth-date", "service", date, "于{}前上线。", "自{}起计算质保期。"),
    form("date-compact", "qq", "service", count("2024031#"), "备份文件以{}格式命名。", "构建号 {}"),
    form("founding-date", "birth-date", "service", date, "乙方成立日期：{}。", "资质有效期至{}。"),
    form(
        "time",
        "landline",
        "service",
        pick("09:00-17:30", "8：30至18：00", "22:00—次日06:00"),
        "服务时段{}。",
    ),
    form("quantity", "qq", "service", count("1##00"), "授权用户{}个。", "日均调用{}次。"),
    form(
        "serial-number",
        "bank-account",
        "service",
        count("21023#########"),
        "设备序列号：{}",
        "SN：{}",
    ),
    form(
        "serial-like-mobile", "mobile", "service", count("186########"), "序列号 {}", "资产编号：{}"
    ),
    form(
        "mac-address",
        "id-number",
        "service",
        lambda s: hexes(s, 6, s.rng.choice(":-")),
        "网卡 MAC {}。",
    ),
    form("coordinates", "landline", "service", count("113.6#####,34.7#####"), "点位坐标 {}。"),
    form("barcode", "bank-account", "service", count("69#########"), "商品条码：{}"),
    form(
        "part-number",
        "passport",
        "service",
        pick("EA5801", "E51060172", "G35000-48T"),
        "配件号 {}。",
        "型号{}",
    ),
    form(
        "plate-like", "plate", "service", pick("川A级机房", "京B类资质", "A·D12345型"), "按{}验收。"
    ),
    form(
        "region-code", "id-number", "service", count("4105#2000000"), "行政区划代码：{}", "区划码{}"
    ),
    form(
        "licence",
        "bank-account",
        "service",
        pick("2021SR0987123", "豫ICP备20018842号", "41050202000318"),
        "登记号：{}",
    ),
    form(
        "resolution",
        "mobile",
        "service",
        pick("1366*768", "1920×1080", "3840x2160@60Hz"),
        "分辨率不低于{}。",
    ),
    form(
        "package",
        "email",
        "service",
        pick("@vue/cli 4.5", "@types/node", "root@localhost"),
        "依赖{}。",
    ),
    form(
        "hotline-12345",
        "landline",
        "contact",
        pick("12345"),
        "群众诉求经{}热线转办。",
        "拨打{}投诉。",
    ),
    form(
        "hotline-12319",
        "landline",
        "contact",
        pick("12319", "12388", "12315"),
        "监督电话：{}",
        "城管热线{}",
    ),
    form("hotline-110", "landline", "contact", pick("110", "119", "120"), "突发事件立即拨打{}。"),
    form(
        "number-400", "mobile", "contact", count("400-6##-8###"), "厂商服务热线：{}", "客服电话 {}"
    ),
    form("number-800", "mobile", "contact", count("800810####"), "客服热线：{}", "售后热线{}"),
)
