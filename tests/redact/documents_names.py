"""Invented names of people, drawn at random, and the ways to write them in a contract."""

import functools
from collections.abc import Callable

from redact import documents_pieces as pieces

COMMON = (
    "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田"
    "杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金丘夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺"
)
RARE = "逄亓仉郗昝笪逯揭衷佴缑禚綦蔺亢佘谌訾郇郄麻冼佟盖庹乜阚璩呙妫剡郏么但覃褚郜"
COMPOUND = (
    "欧阳 司马 上官 诸葛 慕容 令狐 尉迟 皇甫 夏侯 公孙 端木 呼延 钟离 宇文 长孙 澹台 申屠 万俟"
).split()
FANCY = "琰珩钰彬翀霖婧楠琳瑾昊蓓骞灏煜嵘岚苒萱颖晗皓柠铭宸璐翊沅珂芮屹茜筠砚澍琛玥淇娴蕴岐棣"
OLD = "建国伟芳秀英军勇丽敏静杰涛霞刚桂淑兰玉梅春华志庆永福根喜红学文洪凤德成"
TRADITIONAL = ("張陳劉楊趙黃吳鄭馬許蔣葉", "瑋偉嵐瑩銘鈺驍潔鴻慶國輝")
SYLLABLES = "Yu Chen Heng Lan Rui Qiao Mei Zhou Ting Bo".split()
LATIN_FIRST = "Tobias Marlene Anselm Desmond Ingrid Rafael Keiko Leonie Viktor Amara".split()
LATIN_LAST = "Halvorsen Okonkwo Brandmeier Castellanos Whitlock Varga Nakahara Lindqvist".split()
UYGHUR_FIRST = "阿依努热 古丽米热 艾尔肯江 帕提古丽 吐尔洪江 木尼热 热依汗古 玉苏甫江".split()
UYGHUR_LAST = "买合木提 依明江 阿不力孜 吾买尔江 托合提汗 麦麦提敏 艾则孜".split()
TIBETAN = ("扎西 达瓦 次仁 旦增 格桑 洛桑 尼玛".split(), "卓玛 顿珠 平措 曲珍 拉姆 罗布".split())
MONGOLIAN = ("乌云 萨仁 娜仁 巴图 哈斯".split(), "其木格 托娅 毕力格 巴特尔 花尔".split())
WORDS = "高远 方圆 常青 白露 江帆 万里 石坚 于洋 金秋 钟声 时光 全胜 任重".split()
"""Names that are words as well."""

LABELS = (
    "联系人 经办人 项目经理 项目负责人 技术负责人 授权代表 授权委托人 委托代理人 "
    "收件人 监理 监理工程师 总监理工程师 驻场工程师 安全员 验收人 记录人 审核人 编制人 值班人员 "
    "开票联系人 售后负责人 业务联系人 甲方代表 乙方代表 现场负责人 财务联系人 紧急联系人 监督人 "
    "采购人代表 保管人 制表 复核 抄送 代表"
).split()
TWO_WAYS = ("聯絡人", "經辦人", "項目經理", "負責人", "聯繫人", "監理", "收件人", "簽約代表")
ENGLISH = ("Contact", "Contact Person", "Project Manager", "Attn", "Prepared by", "Name")

Draw = Callable[[pieces.Scene], str]


def given(scene: pieces.Scene) -> str:
    """A given name of two characters, one of them from the newer fashion."""
    pair = [scene.rng.choice(FANCY), scene.rng.choice(FANCY + OLD)]
    scene.rng.shuffle(pair)
    return "".join(pair)


def chinese(scene: pieces.Scene) -> str:
    """A common surname with two characters."""
    return scene.rng.choice(COMMON) + given(scene)


def rare(scene: pieces.Scene) -> str:
    """A surname that lists leave out."""
    return scene.rng.choice(RARE) + given(scene)


def compound(scene: pieces.Scene) -> str:
    """A surname of two characters."""
    return scene.rng.choice(COMPOUND) + given(scene)[: scene.rng.choice((1, 2))]


def one_character(scene: pieces.Scene) -> str:
    """A given name of one character."""
    return scene.rng.choice(COMMON) + scene.rng.choice(FANCY)


def traditional(scene: pieces.Scene) -> str:
    """A name in traditional characters."""
    return scene.rng.choice(TRADITIONAL[0]) + "".join(scene.rng.sample(TRADITIONAL[1], 2))


def uyghur(scene: pieces.Scene, dot: str = "·") -> str:
    """A given name and the father's, with a dot."""
    return scene.rng.choice(UYGHUR_FIRST) + dot + scene.rng.choice(UYGHUR_LAST)


def uyghur_other_dot(scene: pieces.Scene) -> str:
    """The same with another dot than the standard's."""
    return uyghur(scene, scene.rng.choice(("•", "・", "．", " · ", "‧")))


def tibetan(scene: pieces.Scene) -> str:
    """A name of four characters without a surname."""
    return scene.rng.choice(TIBETAN[0]) + scene.rng.choice(TIBETAN[1])


def mongolian(scene: pieces.Scene) -> str:
    """A long name without a surname."""
    return scene.rng.choice(MONGOLIAN[0]) + scene.rng.choice(MONGOLIAN[1])


def word(scene: pieces.Scene) -> str:
    """A name that is a word as well."""
    return scene.rng.choice(WORDS)


def latin(scene: pieces.Scene) -> str:
    """A foreigner's name in Latin letters."""
    first, last = scene.rng.choice(LATIN_FIRST), scene.rng.choice(LATIN_LAST)
    return scene.rng.choice((f"{first} {last}", f"{first} {first[1].upper()}. {last}"))


def initials(scene: pieces.Scene) -> str:
    """A foreigner's name with an initial."""
    return f"{scene.rng.choice(LATIN_FIRST)[0]}. {scene.rng.choice(LATIN_LAST)}"


def pinyin(scene: pieces.Scene) -> str:
    """A Chinese name in Latin letters."""
    surname = scene.rng.choice("Zhang Liang Xu Gao Shen Qiu Ouyang".split())
    first = "".join(scene.rng.sample(SYLLABLES, 2)).capitalize()
    return scene.rng.choice(
        (f"{surname} {first}", f"{surname.upper()} {first}", f"{first} {surname}")
    )


def spaced(scene: pieces.Scene) -> str:
    """A name with gaps, as forms align it."""
    name = scene.rng.choice((chinese, one_character))(scene)
    return scene.rng.choice((" ", "　", "  ")).join(name)


def zero_width(scene: pieces.Scene) -> str:
    """A name with invisible characters inside."""
    return scene.rng.choice("\u200b\u200c\u2060\ufeff").join(chinese(scene))


def entities(scene: pieces.Scene) -> str:
    """A name as HTML references."""
    return "".join(f"&#{ord(letter)};" for letter in chinese(scene))


def emphasised(scene: pieces.Scene) -> str:
    """A name with markup inside."""
    name = chinese(scene)
    before, after = scene.rng.choice((("**", "**"), ("<b>", "</b>"), ("<span>", "</span>")))
    return f"{name[0]}{before}{name[1]}{after}{name[2:]}"


def broken(scene: pieces.Scene) -> str:
    """A name that a line break cuts."""
    name = chinese(scene)
    at = scene.rng.choice((1, 2))
    return name[:at] + scene.rng.choice(("\n", "  \n", "\n    ")) + name[at:]


def untaken(scene: pieces.Scene, draw: Draw) -> str:
    """A name that no other name of the document contains, nor is part of."""
    while True:
        name = draw(scene)
        if not any(name in other or other in name for other in scene.taken):
            scene.taken.add(name)
            return name


def person(
    scene: pieces.Scene, form: str, draw: Draw = chinese, kind: str = "person-name"
) -> pieces.Value:
    """A new person; one with a plain name may be met again further down."""
    name = untaken(scene, draw)
    if draw in {chinese, compound, rare}:
        scene.met.append(name)
    return pieces.Value(name, kind, form)


def beside(scene: pieces.Scene) -> pieces.Value:
    """A person who is named beside a value that the text is about."""
    return person(scene, "name-beside-value")


def written(
    form: str, draw: Draw, templates: tuple[str, ...], scene: pieces.Scene
) -> pieces.Pieces:
    """One of the templates; {} is the name in this form, {label} a label, {n} another person."""
    template = scene.rng.choice(templates)
    label = scene.rng.choice(LABELS)
    named: dict[str, pieces.Piece] = {
        "label": label,
        "apart": scene.rng.choice((" ", "  ", "　")).join(label),
        "first": label[:-1],
        "last": label[-1],
        "two": scene.rng.choice(TWO_WAYS),
        "english": scene.rng.choice(ENGLISH),
        "page": page_break(scene),
        "phone": pieces.Value(f"139{scene.digits(8)}", "mobile", "mobile-beside-name"),
    }
    value = person(scene, form, draw)
    if "{n}" in template:
        named["n"] = person(scene, form, draw)
    return pieces.fill(template, value, **named)


def page_break(scene: pieces.Scene) -> str:
    """The foot of a page and the head of the next one."""
    page = scene.rng.randint(2, 9)
    return scene.rng.choice(
        (
            f"\n\n— {page} —\n\n",
            f"\n\n第 {page} 页 共 12 页\n\n",
            f"\n\f\n合同编号：{scene.number}\n\n",
            f"\n\n第{page}页\n\n合同编号：{scene.number}\n\n",
            f"\n\n{page}\n\n---\n\n",
        )
    )


def form(name: str, place: str, *templates: str, draw: Draw = chinese) -> pieces.Form:
    """A form of a name in one of these templates."""
    write = functools.partial(written, name, draw, templates)
    return pieces.Form(name, "person-name", place, write)
