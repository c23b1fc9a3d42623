"""Names in Latin letters: permalinks, syllables, and the order of an A-Z index."""

import functools
import hashlib
import re
import unicodedata
from collections.abc import Callable

LONGEST = 120
"""Characters of a slug: with a folder and `.html` it stays far below a file system's 255 bytes."""

OTHER = "#"

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"([{_HAN}]+)|([a-z0-9]+)|([^\\W_a-z0-9{_HAN}]+)")

_SIMPLER = str.maketrans(
    "長慶廈門銀會計樂單縣陽處調傳給參東應興鉛還藥醫語區業臺灣龍馬電師車濟漢廣發務儲",
    "长庆厦门银会计乐单县阳处调传给参东应兴铅还药医语区业台湾龙马电师车济汉广发务储",
)
"""Traditional characters in words whose reading only their Simplified spelling finds."""

_CHARACTERS = {
    "长": "cháng", "都": "dū", "厦": "xià", "佛": "fó", "什": "shí", "勒": "lè", "伽": "jiā",
    "曾": "zēng", "藏": "zàng", "还": "huán", "茄": "qié", "翟": "zhái", "轧": "zhá", "晟": "shèng",
}  # fmt: skip
_WORDS = {
    "支行": "zhī háng", "投行": "tóu háng", "太行": "tài háng", "闵行": "mǐn háng",
    "朝阳": "cháo yáng", "单县": "shàn xiàn", "泊头": "bó tóu", "大城县": "dài chéng xiàn",
    "荥经": "yíng jīng", "筠连": "jūn lián", "什邡": "shí fāng", "洪洞": "hóng tóng",
    "繁峙": "fán shì", "涡阳": "guō yáng", "会稽": "kuài jī", "覃塘": "qín táng",
    "珲春": "hún chūn", "漯河": "luò hé", "解州": "hài zhōu", "给排水": "jǐ pái shuǐ",
    "浪卡子": "làng kǎ zǐ", "藏医": "zàng yī", "陕西": "shaan xī",
}  # fmt: skip
"""Readings in names of places and organisations that the dictionary lacks or has otherwise."""


@functools.lru_cache(maxsize=50_000)
def syllables(name: str) -> tuple[str, ...]:
    """The parts of a name, in lower case: a syllable without tone for each Chinese character.

    Latin letters and digits that stand together are one part; ü is v, as it is typed. Letters
    of other scripts, and Chinese characters without a known reading, are parts as they are.
    """
    parts: list[str] = []
    for han, *other in _WORD.findall(_plain(name)):
        parts += _reader()(han.translate(_SIMPLER)) if han else filter(None, other)
    return tuple(parts)


def _plain(name: str) -> str:
    """Compatibility forms made plain, Latin letters without their accents, all in lower case."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(_bare(letter) for letter in folded if not unicodedata.combining(letter))


def _bare(letter: str) -> str:
    first = unicodedata.normalize("NFKD", letter)[0]
    return first if first.isascii() else letter


@functools.cache
def _reader() -> Callable[[str], list[str]]:
    """The reading of Chinese characters by pypinyin, corrected once for the whole process."""
    import pypinyin  # noqa: PLC0415 - its dictionary takes 0.2 s to load, and few commands need it

    pypinyin.load_single_dict({ord(one): sound for one, sound in _CHARACTERS.items()})
    pypinyin.load_phrases_dict(
        {word: [[sound] for sound in sounds.split()] for word, sounds in _WORDS.items()}
    )
    return pypinyin.lazy_pinyin


def slug(name: str) -> str:
    """A name as a permalink: 阿克苏地区 is `a-ke-su-di-qu`; lower-case ASCII, digits and hyphens.

    A letter without a reading is `u` and its code point in hexadecimal, and so is every
    character of a name without letters; a name is never empty (ValueError). What is longer than
    120 characters ends at a syllable and in a digest of the whole name. Names that sound alike
    have the same slug: who gives out addresses must look for it.
    """
    if not name:
        raise ValueError("an empty name has no slug")
    text = "-".join(_ascii(part) for part in syllables(name) or (name,))
    if len(text) <= LONGEST:
        return text
    tail = "-" + hashlib.blake2b(name.encode(), digest_size=4).hexdigest()
    head = text[: LONGEST - len(tail) + 1]
    return (head.rpartition("-")[0] or head[:-1]) + tail


def _ascii(part: str) -> str:
    if part.isascii() and part.isalnum():
        return part
    return "-".join(f"u{ord(letter):x}" for letter in part)


def initial(name: str) -> str:
    """The letter under which an A-Z index lists a name: `A` to `Z`, or `#` for all else."""
    first = "".join(syllables(name)[:1])[:1].upper()
    return first if "A" <= first <= "Z" else OTHER


def key(name: str) -> tuple[bool, tuple[str, ...], str]:
    """The place of a name in an A-Z index: by letter with `#` last, by sound, by spelling."""
    return initial(name) == OTHER, syllables(name), name
