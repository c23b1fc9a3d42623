"""Names of organisations become addresses and find their letter, by their sound."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import pinyin

NAMES = st.text(st.sampled_from("阿克苏重庆长沙𠮷ЖアabCé3 （）·-_！"), min_size=1, max_size=80)

SLUGS = {
    "阿克苏地区数字化发展局": "a-ke-su-di-qu-shu-zi-hua-fa-zhan-ju",
    "重庆市巴南区财政局": "chong-qing-shi-ba-nan-qu-cai-zheng-ju",
    "重慶長江銀行": "chong-qing-chang-jiang-yin-hang",
    "建设银行长沙支行": "jian-she-yin-hang-chang-sha-zhi-hang",
    "北京市朝阳区人民政府": "bei-jing-shi-chao-yang-qu-ren-min-zheng-fu",
    "某某会计师事务所（特殊普通合伙）": "mou-mou-kuai-ji-shi-shi-wu-suo-te-shu-pu-tong-he-huo",
    "成都市新都区": "cheng-du-shi-xin-du-qu",
    "长治学院校长办公室": "chang-zhi-xue-yuan-xiao-zhang-ban-gong-shi",
    "喀什地区、乌什县、伽师县": "ka-shi-di-qu-wu-shi-xian-jia-shi-xian",
    "克孜勒苏柯尔克孜自治州": "ke-zi-le-su-ke-er-ke-zi-zi-zhi-zhou",
    "西藏藏医院冷藏库": "xi-zang-zang-yi-yuan-leng-cang-ku",
    "绿城": "lv-cheng",
    "二〇二四": "er-ling-er-si",
    "3M中国有限公司": "3m-zhong-guo-you-xian-gong-si",
    "ＴＣＬ科技 (Group) Co., Ltd.": "tcl-ke-ji-group-co-ltd",
    "O'Neil & Söhne": "o-neil-sohne",
    "古丽·买买提": "gu-li-mai-mai-ti",
    "𠮷野家": "u20bb7-ye-jia",
    "Ж": "u436",
    "！": "uff01",
    "（　）": "uff08-u3000-uff09",
}

INITIALS = {
    "A": "阿克苏 （阿里） abc Äpfel",
    "B": "北京 亳州 蚌埠 泊头",
    "C": "重庆 长沙 长春 长垣 重慶 長沙 朝阳 成都",
    "D": "都江堰 都匀 大城县 东阿",
    "F": "佛山 费县",
    "G": "涡阳",
    "H": "珲春 浒湾 解州 还建办",
    "J": "济源 郏县 伽师",
    "L": "六安 乐亭 漯河 乐山",
    "P": "番禺 郫都 邳州 鄱阳",
    "Q": "覃塘 綦江 犍为",
    "S": "单县 莘县 歙县 汕头",
    "T": "台州 太行",
    "X": "厦门 廈門 厦工机械 西安 莘庄 盱眙",
    "Y": "乐清 蔚县 尉犁 铅山 荥经",
    "Z": "曾某某律师事务所 翟某某 枞阳 中牟",
    "#": "3M 𠮷野家 Ж北京 ！ 12345热线",
}


@pytest.mark.parametrize(("name", "slug"), SLUGS.items())
def test_slug(name: str, slug: str) -> None:
    """An organisation's address spells its name as it is spoken.

    Addresses are for ever: where a newer dictionary changes one of these, it is the dictionary
    that has to be corrected.
    """
    assert pinyin.slug(name) == slug


@given(NAMES)
def test_slug_can_stand_in_an_address(name: str) -> None:
    """Whatever the name, its address has only lower-case letters, digits and single hyphens."""
    slug = pinyin.slug(name)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= pinyin.LONGEST


def test_long_slug() -> None:
    """A long name is cut after a syllable, and names that differ after the cut stay apart."""
    one, other = (pinyin.slug("发展" * 40 + end) for end in ("甲", "乙"))
    assert one == "fa-zhan-" * 14 + one[-8:]
    assert other[:-8] == one[:-8]
    assert other != one
    assert len(pinyin.slug("a" * 120)) == len(pinyin.slug("a" * 121)) == 120


def test_empty_slug() -> None:
    """Nothing has no address."""
    with pytest.raises(ValueError, match="empty"):
        pinyin.slug("")


@pytest.mark.parametrize(
    ("letter", "name"), [(letter, name) for letter in INITIALS for name in INITIALS[letter].split()]
)
def test_initial(letter: str, name: str) -> None:
    """A name stands under the letter under which people look for it."""
    assert pinyin.initial(name) == letter


def test_syllables() -> None:
    """Each character is one syllable, Latin words and numbers stay whole."""
    assert pinyin.syllables("重庆Ab12公司（绿）") == ("chong", "qing", "ab12", "gong", "si", "lv")
    assert pinyin.syllables("𠮷Ж") == ("𠮷", "ж")
    assert pinyin.syllables("！") == ()


def test_order() -> None:
    """Names are listed by sound, syllable by syllable, Latin among Chinese, all others last."""
    names = "西安 𠮷野家 先锋 Xerox 重庆 3M 长沙 阿里 长城 北京 ABC".split()
    ordered = "阿里 ABC 北京 长城 长沙 重庆 Xerox 西安 先锋 3M 𠮷野家".split()
    assert sorted(names, key=pinyin.key) == ordered


@given(st.lists(NAMES, max_size=8).flatmap(lambda some: st.tuples(*[st.permutations(some)] * 2)))
def test_order_is_the_same_for_everyone(shuffled: tuple[list[str], list[str]]) -> None:
    """The order does not depend on the order before, and keeps each letter together."""
    ordered, again = (sorted(names, key=pinyin.key) for names in shuffled)
    assert ordered == again
    letters = [pinyin.initial(name) for name in ordered]
    assert letters == sorted(letters, key=lambda letter: (letter == pinyin.OTHER, letter))


def test_latin_names_need_no_dictionary() -> None:
    """A site without Chinese names does not wait for the dictionary."""
    code = (
        "import sys; from portal import pinyin; "
        "pinyin.slug('Café 3M'), pinyin.initial('ABC'), pinyin.key('x-y'); "
        "sys.exit('pypinyin' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
