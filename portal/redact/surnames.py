"""Chinese surnames, and how likely a sign is in a person's name."""

import functools
import pathlib
from typing import NamedTuple

SINGLE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏"
    "吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万"
    "覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施陶洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦柳邢岳齐梅"
    "庄辛管祝左涂谷祁时耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单"
    "包司柏宁柯阮桂闵解强柴华车冉房边净阴闫佘仇全宫简饶栾刁巫商卓缪桑党宗晏符应原农臧邬艾池敖糜"
    "瞿蒲苟晁米祖战楚匡郎连丛占冷鄢习麻邝廉来湛豆储丰鹿计苑尚揭仲郁邰经花仝花窦和平穆萧戚皮滕滑"
    "舒茅庞蓝麦梅林娄危郭骆胥逄笪禤亓綦仉佟那佴谌谯蔺鞠扈诸燕冀阎茹居衡步都耿满弘国广禄阙东欧殳"
    "沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓"
    "公牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀"
    "蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈"
    "燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡文寇撒肇仵"
    "揣苑迟冼粟敬生才官覃次底刑邸鄯代鲜庹撖么门税但信院帅喻佐钮苻海练展岑晋补户员初衣宛羿泰藏"
    "呼火拓闭明木银丘修由玉么斛尉铁裘矫先闾相荀冮巨漆绳尧蚁由雒谈青理青呙战操昝塔朴斯达阿才拉"
    "褟陀汝赫旷母爨郈寿符昌狄苌栗辜寒侍支干奚千杭年汲拜贝勾昂宾昔妫禚酆水云凤花柳卞元卜和伏谈明"
    "臧计成纪舒经裘宣贲诸吉嵇滑荣羊於惠家封芮井富乌弓于时傅禹咎缪虞储邴糜松言福揭亢隗南漕过曹闾"
    "楚佰仪麴笃虎豹冒次仁喇弥尔芦尕依布库完苟缐蹇鹿揭展查厚英邸卑占乾肇候惠仆濯邝揣晟禾巨敬门来"
    "望铉镡赏伞佰拾初鲍果春夏秋冬解战楼外"
    "锺钭麴闞缑鄞郇郄邴麹仉俸信逮邓扬展智言楼种承竹况亢哈谯有"
)
"""Surnames of one sign."""
DOUBLE = frozenset(
    "欧阳 上官 司马 诸葛 司徒 东方 独孤 南宫 万俟 闻人 夏侯 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 "
    "公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 鲜于 闾丘 司空 亓官 令狐 拓跋 端木 轩辕 百里 东郭 南门 呼延 "
    "羊舌 微生 梁丘 "
    "左丘 西门 公西 乐正 公良 拓拔 夹谷 宰父 谷梁 段干 第五 完颜 纳兰 叶赫 那拉 爱新 觉罗 "
    "哥舒 贺兰 耶律 达奚 公良 仲长 相里 谷梁 南荣 东里 於陵 兀良 山本 田中 佐藤 铃木 高桥 伊藤 "
    "渡边 中村 小林 加藤 吉田 山田 佐佐 山口 松本 井上 木村 竹内 "
    "清水 斋藤 山崎 森田 池田 桥本 阿部 石川 前田 藤田 小川 后藤 冈田 村上 近藤 石井 坂本 远藤 "
    "青木 藤井 西村 福田 "
    "三浦 冈本 松田 中岛 中野 小野 田村 中山 石田 森本 漆雕 东门 西门 南门 北门 "
    "斛律 壤驷 公仪 巫马 公孟 颛孙 子车 归海 淳于 单于 太史 伏羲 关山 诸葛 "
    "左人".split()
)
"""Surnames of two signs."""
RARE_LEVEL = 0xD7
"""The last row of GB 2312's common signs."""


class Weights(NamedTuple):
    """Tenths of a natural logarithm: as the surname, in the middle, at the end of a name."""

    first: int
    middle: int
    last: int


WORDS = frozenset("应于和从付双由第以经向与并依言须后权")
"""Surnames that are far more often words of their own."""
PLAIN = frozenset(
    "昌狄栗辜杭汲贝勾宾昂奚侍苌寒支昔仇屈祁柯邸晁隗盖揭敬隆尚荆瞿芮逄桑阚冉苟佟邬蒲茹"
)
"""Surnames that are seldom anything else, though the frequencies do not know them well."""


def weights(sign: str) -> Weights:
    """How much likelier a sign is in a name than elsewhere."""
    return table()[sign]


def given(signs: str) -> int:
    """How much likelier two signs are in a given name than elsewhere."""
    return table()[signs[0]].middle + table()[signs[1]].last


def _is_rare(sign: str) -> bool:
    """Whether a sign is beyond GB 2312's common ones."""
    code = sign.encode("gb2312", "ignore")
    return len(code) != 2 or code[0] > RARE_LEVEL


class Table(dict[str, Weights]):
    """The weights of all signs; those of an unlisted one are worked out when it is asked for."""

    def __missing__(self, sign: str) -> Weights:
        self[sign] = found = _unlisted(sign)
        return found


@functools.cache
def table() -> Table:
    """The weights of every sign."""
    known = _listed()
    for sign in SINGLE:
        own = known[sign]
        if sign in WORDS:
            known[sign] = own._replace(first=min(own.first, -15))
            continue
        least = 30 if _is_rare(sign) else 20 if sign in PLAIN else -40
        known[sign] = own._replace(first=max(own.first, least))
    return known


def _listed() -> Table:
    lines = pathlib.Path(__file__).with_name("signs.txt").read_text("utf-8").splitlines()
    rows = (line.split() for line in lines if not line.startswith("#"))
    return Table((sign, Weights(int(a), int(b), int(c))) for sign, a, b, c in rows)


def _unlisted(sign: str) -> Weights:
    """A common sign is hardly ever in names if nobody saw it there; a rare one may well be."""
    return Weights(-40, 15, 15) if _is_rare(sign) else Weights(-40, -40, -40)
