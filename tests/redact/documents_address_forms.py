"""The forms of e-mail, WeChat, QQ, plates, passports, homes and birthdays in a contract."""

import datetime
import string

from redact import documents_lines as lines
from redact import documents_number_forms as number_forms
from redact import documents_numbers as numbers
from redact import documents_pieces as pieces

HOSTS = "qq.com 163.com 126.com sina.com gmail.com foxmail.com outlook.com".split()
WORDS = "wang li zhou heng rui lan qiao ting bo gao shen qiu".split()
PLATES = "ABCDEFGHJKLMNPQRSTUVWXYZ"
LANES = "柳园 望湖 槐荫 翠屏 青荷 银杏 张自忠 南薰".split()
form = number_forms.form


def account_name(scene: pieces.Scene) -> str:
    """A name as people choose it for themselves."""
    first, last = scene.rng.sample(WORDS, 2)
    between = scene.rng.choice(("", "_", ".", "-"))
    return f"{first}{between}{last}{scene.rng.choice(('', scene.digits(2), scene.digits(4)))}"


def email(scene: pieces.Scene) -> str:
    """An address as it should be."""
    return f"{account_name(scene)}@{scene.rng.choice(HOSTS)}"


def email_qq(scene: pieces.Scene) -> str:
    """An address that begins with a QQ number."""
    return f"{numbers.qq(scene)}@qq.com"


def email_at(scene: pieces.Scene) -> str:
    """An address with a word for @."""
    at = scene.rng.choice(("(at)", "[at]", "（at）", " at ", "#at#", "{at}"))
    return email(scene).replace("@", at)


def email_dot(scene: pieces.Scene) -> str:
    """An address with words for @ and the dot."""
    return email(scene).replace("@", " [at] ").replace(".com", " [dot] com")


def email_wide_at(scene: pieces.Scene) -> str:
    """An address with another @."""
    return email(scene).replace("@", scene.rng.choice(("＠", "﹫")))


def email_wide(scene: pieces.Scene) -> str:
    """An address in full width."""
    return numbers.wide(scene.rng, email(scene))


def email_spaced(scene: pieces.Scene) -> str:
    """An address with gaps around @."""
    return email(scene).replace("@", scene.rng.choice((" @ ", " @", "@ ")))


def email_broken(scene: pieces.Scene) -> str:
    """An address that a line break cuts."""
    return email(scene).replace("@", scene.rng.choice(("@\n", "\n@")))


def email_entity(scene: pieces.Scene) -> str:
    """An address with an HTML reference."""
    return email(scene).replace("@", scene.rng.choice(("&#64;", "&#x40;", "&commat;")))


def email_zero_width(scene: pieces.Scene) -> str:
    """An address with an invisible character."""
    return email(scene).replace("@", "\u200b@")


def wechat(scene: pieces.Scene) -> str:
    """A WeChat name, given or chosen."""
    letters = "".join(scene.rng.choices(string.ascii_lowercase + string.digits, k=12))
    return scene.rng.choice((f"wxid_{letters}", account_name(scene) + scene.digits(3)))


def spaced_qq(scene: pieces.Scene) -> str:
    """A QQ number by threes."""
    number = scene.digits(9)
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def plate(scene: pieces.Scene, dot: str = "") -> str:
    """A plate of seven places."""
    tail = "".join(scene.rng.choices(PLATES + string.digits, k=4)) + scene.rng.choice("123456789")
    return f"{scene.city.plate}{scene.rng.choice('ABCDE')}{dot}{tail}"


def plate_dot(scene: pieces.Scene) -> str:
    """A plate with the dot that the metal has, or another."""
    return plate(scene, scene.rng.choice(("·", "•", " ", "-", "・")))


def plate_green(scene: pieces.Scene) -> str:
    """The plate of an electric car: six places, the first one D or F."""
    head = f"{scene.city.plate}{scene.rng.choice('ABCDE')}{scene.rng.choice(('', '·'))}"
    return f"{head}{scene.rng.choice('DF')}{scene.digits(5)}"


def passport(scene: pieces.Scene) -> str:
    """A passport of nine places."""
    return f"{scene.rng.choice(('E', 'G', 'EA', 'EJ'))}{scene.digits(8)}"[:9]


def home(scene: pieces.Scene) -> str:
    """Where somebody lives, down to the room."""
    rng = scene.rng
    road = f"{rng.choice(LANES)}{rng.choice(('路', '街', '巷'))}{rng.randint(2, 399)}号"
    room = f"{rng.choice(LANES)}{rng.choice(('小区', '花园', '家属院', '苑'))}{rng.randint(1, 32)}"
    door = f"号楼{rng.randint(1, 4)}单元{rng.randint(1, 28)}{rng.randint(1, 4):02}室"
    return f"{rng.choice((scene.city.province, ''))}{scene.city.name}{road}{room}{door}"


def home_short(scene: pieces.Scene) -> str:
    """A home as people say it to each other."""
    rng = scene.rng
    room = f"{rng.randint(1, 28)}{rng.randint(1, 4):02}"
    return f"{rng.choice(LANES)}小区{rng.randint(1, 32)}-{rng.randint(1, 4)}-{room}"


def home_village(scene: pieces.Scene) -> str:
    """A home in a village."""
    rng = scene.rng
    village = f"{rng.choice(LANES)}镇{rng.choice('东西南北')}沟村"
    return f"{scene.city.name}{village}{rng.randint(1, 9)}组{rng.randint(1, 99)}号"


def home_broken(scene: pieces.Scene) -> str:
    """A home that a line break cuts."""
    text = home(scene)
    at = scene.rng.randint(6, len(text) - 6)
    return f"{text[:at]}\n{text[at:]}"


def day(scene: pieces.Scene, *patterns: str) -> str:
    """A birthday in one of these patterns."""
    return numbers.born(scene).strftime(scene.rng.choice(patterns))


def birth(scene: pieces.Scene) -> str:
    """A birthday as people write it."""
    born: datetime.date = numbers.born(scene)
    return f"{born.year}年{born.month}月{born.day}日"


FORMS = (
    form("email", "email-plain", "contact", email, *lines.EMAILS),
    form("email", "email-qq", "contact", email_qq, *lines.EMAILS),
    form("email", "email-at-word", "contact", email_at, *lines.EMAILS),
    form("email", "email-dot-word", "contact", email_dot, "邮箱：{}", "Email: {}"),
    form("email", "email-wide-at", "contact", email_wide_at, *lines.EMAILS),
    form("email", "email-full-width", "contact", email_wide, *lines.EMAILS),
    form("email", "email-spaced", "contact", email_spaced, *lines.EMAILS),
    form("email", "email-broken-line", "contact", email_broken, *lines.EMAILS),
    form("email", "email-entity", "contact", email_entity, *lines.EMAILS),
    form("email", "email-zero-width", "contact", email_zero_width, *lines.EMAILS),
    form("email", "email-capitals", "contact", lambda s: email(s).upper(), *lines.EMAILS),
    form(
        "email",
        "email-chinese-attached",
        "contact",
        email,
        "收件邮箱为{}即可",
        "发至{}后请电话确认",
    ),
    form(
        "email", "email-link", "contact", email, "[写信](mailto:{})", '<a href="mailto:{}">写信</a>'
    ),
    form("email", "email-brackets", "contact", email, "{n} <{}>", "{n}&lt;{}&gt;", "{n}【{}】"),
    form("wechat", "wechat-label", "contact", wechat, *lines.CHATS),
    form(
        "wechat",
        "wechat-other-label",
        "contact",
        wechat,
        "WeChat ID: {}",
        "VX：{}",
        "wx:{}",
        "V信 {}",
    ),
    form("wechat", "wechat-traditional", "contact", wechat, "微信號：{}", "Weixin：{}", "ＷＸ：{}"),
    form("wechat", "wechat-prose", "contact", wechat, "可添加{n}微信{}沟通。", "加{}（微信）入群"),
    form("wechat", "wechat-mobile", "contact", numbers.mobile, "微信号：{}", "微信：{}（{n}）"),
    form("qq", "qq-label", "contact", numbers.qq, *lines.QQS),
    form(
        "qq",
        "qq-other-label",
        "contact",
        numbers.qq,
        "Q Q：{}",
        "ＱＱ：{}",
        "扣扣：{}",
        "qq {}",
        "Q:{}",
    ),
    form(
        "qq", "qq-full-width", "contact", lambda s: numbers.wide(s.rng, numbers.qq(s)), *lines.QQS
    ),
    form("qq", "qq-spaced", "contact", spaced_qq, *lines.QQS),
    form(
        "qq", "qq-brackets", "contact", numbers.qq, "{n}（QQ{}）在线答疑。", "在线支持：{n}[QQ {}]"
    ),
    form("plate", "plate-plain", "entry", plate, *lines.CARS),
    form("plate", "plate-dot", "entry", plate_dot, *lines.CARS),
    form("plate", "plate-new-energy", "entry", plate_green, *lines.CARS),
    form(
        "plate",
        "plate-full-width",
        "entry",
        lambda s: s.city.plate + numbers.wide(s.rng, plate(s)[1:]),
        *lines.CARS,
    ),
    form("plate", "plate-driven", "entry", plate, "备件由{n}驾驶的{}运送，门卫凭号牌放行。"),
    form("passport", "passport-label", "entry", passport, *lines.PASSES),
    form("passport", "passport-spaced", "entry", lambda s: " ".join(passport(s)), "护 照：{}"),
    form("home-address", "home-label", "authority", home, *lines.HOMES),
    form("home-address", "home-short", "authority", home_short, "{n}住{}。", "住址：{}"),
    form("home-address", "home-village", "authority", home_village, *lines.HOMES),
    form("home-address", "home-broken-line", "authority", home_broken, *lines.HOMES),
    form(
        "home-address",
        "home-parcel",
        "authority",
        home,
        "保函寄至{n}家中：{}",
        "收件地址（{n}住宅）：{}",
    ),
    form("birth-date", "birth-chinese", "authority", birth, *lines.BIRTHS),
    form(
        "birth-date",
        "birth-dashes",
        "authority",
        lambda s: day(s, "%Y-%m-%d", "%Y/%m/%d"),
        *lines.BIRTHS,
    ),
    form(
        "birth-date",
        "birth-dots",
        "authority",
        lambda s: day(s, "%Y.%m.%d", "%Y. %m. %d"),
        *lines.BIRTHS,
    ),
    form(
        "birth-date",
        "birth-month",
        "authority",
        lambda s: day(s, "%Y年%m月", "%Y-%m"),
        *lines.BIRTHS,
    ),
    form("birth-date", "birth-compact", "authority", lambda s: day(s, "%Y%m%d"), "出生日期：{}"),
    form(
        "birth-date",
        "birth-full-width",
        "authority",
        lambda s: numbers.digits(numbers.ten("０"))(s.rng, birth(s)),
        *lines.BIRTHS,
    ),
)
