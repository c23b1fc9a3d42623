"""Invented numbers of people and firms, and the ways in which digits are written."""

import datetime
import random
import string
from collections.abc import Callable, Mapping

from redact import documents_pieces as pieces

PREFIXES = "130 131 133 135 136 138 139 150 151 153 158 159 166 173 177 180 186 188 189 198".split()
CODES = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The letters of a credit code, GB 32100."""

SPOKEN = "零一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"

Write = Callable[[random.Random, str], str]


def mobile(scene: pieces.Scene) -> str:
    """A mobile number of eleven digits."""
    return scene.rng.choice(PREFIXES) + scene.digits(8)


def landline(scene: pieces.Scene) -> str:
    """A number of eight digits with its area code and a dash."""
    return f"{scene.city.phone}-{scene.rng.choice('2345678')}{scene.digits(7)}"


def born(scene: pieces.Scene) -> datetime.date:
    """A birthday of somebody who works."""
    return datetime.date(1962, 1, 1) + datetime.timedelta(days=scene.rng.randrange(14000))


def checked(first: str) -> str:
    """An ID number's 17 digits with the check digit of GB 11643."""
    total = sum(2 ** (17 - at) * int(digit) for at, digit in enumerate(first))
    return first + "10X98765432"[total % 11]


def identity(scene: pieces.Scene) -> str:
    """An ID number of 18 places."""
    day = f"{born(scene):%Y%m%d}"
    return checked(
        f"{scene.city.area}{scene.rng.randint(1, 28):02}{day}{scene.rng.randint(1, 999):03}"
    )


def identity_x(scene: pieces.Scene) -> str:
    """An ID number that ends in X."""
    while not (number := identity(scene)).endswith("X"):
        pass
    return number


def identity_15(scene: pieces.Scene) -> str:
    """An ID number as they were before 1999."""
    number = identity(scene)
    return number[:6] + number[8:17]


def misread_identity(scene: pieces.Scene) -> str:
    """An ID number with a check digit that is wrong."""
    number = identity(scene)
    return number[:-1] + string.digits[("0123456789X".index(number[-1]) + 1) % 10]


def account(scene: pieces.Scene) -> str:
    """An account of a firm."""
    return scene.digits(scene.rng.choice((16, 17, 19, 20, 21, 23)))


def account_like_identity(scene: pieces.Scene) -> str:
    """A firm's account of 18 digits that begins as an ID number does."""
    return f"{scene.city.area}01{born(scene):%Y%m%d}{scene.digits(4)}"


def card(scene: pieces.Scene) -> str:
    """A debit card of 16 or 19 digits with the check digit of Luhn."""
    first = "62" + scene.digits(scene.rng.choice((13, 16)))
    doubled = [int(d) * (2 if at % 2 == 0 else 1) for at, d in enumerate(reversed(first))]
    return f"{first}{-sum(d // 10 + d % 10 for d in doubled) % 10}"


def qq(scene: pieces.Scene) -> str:
    """A QQ number."""
    return scene.digits(scene.rng.choice((6, 8, 9, 10)))


def credit_code(scene: pieces.Scene, alphabet: str = CODES) -> str:
    """A credit code with its check digit; of digits only where the alphabet is."""
    while True:
        first = f"91{scene.city.area}01" + "".join(scene.rng.choices(alphabet, k=9))
        total = sum(pow(3, at, 31) * CODES.index(letter) for at, letter in enumerate(first))
        if (last := CODES[-total % 31]) in alphabet:
            return first + last


def groups(number: str) -> list[str]:
    """A number in the groups in which people read it."""
    if "-" in number:
        return number.split("-")
    ends = {11: (3, 7), 18: (6, 14), 15: (6, 12)}.get(len(number), tuple(range(4, len(number), 4)))
    return [number[a:b] for a, b in zip((0, *ends), (*ends, len(number)), strict=True)]


def apart(*between: str) -> Write:
    """Groups with one of these texts between them."""
    return lambda rng, number: rng.choice(between).join(groups(number))


def every(between: str) -> Write:
    """Each digit apart."""
    return lambda _, number: between.join(number)


def once(*between: str) -> Write:
    """One of these texts somewhere inside."""

    def write(rng: random.Random, number: str) -> str:
        at = rng.randint(3, len(number) - 3)
        return number[:at] + rng.choice(between) + number[at:]

    return write


def before(*prefixes: str) -> Write:
    """The number after one of these prefixes."""
    return lambda rng, number: rng.choice(prefixes) + number


def digits(*alphabets: str) -> Write:
    """Each digit as the letter of one of these alphabets."""

    def write(rng: random.Random, number: str) -> str:
        alphabet = rng.choice(alphabets)
        return number.translate({ord(str(n)): letter for n, letter in enumerate(alphabet)})

    return write


def ten(first: str) -> str:
    """The ten letters from this one on."""
    return "".join(chr(ord(first) + n) for n in range(10))


def wide(_: random.Random, number: str) -> str:
    """Full-width digits, letters and dashes."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in number)


def emphasis(rng: random.Random, number: str) -> str:
    """The second group emphasised in Markdown."""
    parts = groups(number)
    mark = rng.choice(("**", "__", "*"))
    return parts[0] + mark + parts[1] + mark + "".join(parts[2:])


def tags(rng: random.Random, number: str) -> str:
    """The second group inside an HTML element."""
    parts = groups(number)
    tag = rng.choice(("b", "span", "font"))
    return f"{parts[0]}<{tag}>{parts[1]}</{tag}>{''.join(parts[2:])}"


def decimal_entities(rng: random.Random, number: str) -> str:
    """Some digits as decimal references, never none."""
    at = rng.randrange(len(number))
    return "".join(
        f"&#{ord(d)};" if n == at or rng.random() < 0.5 else d for n, d in enumerate(number)
    )


def hex_entities(_: random.Random, number: str) -> str:
    """Each digit as a hexadecimal reference."""
    return "".join(f"&#x{ord(d):x};" for d in number)


def letters(rng: random.Random, number: str) -> str:
    """0 as O, and some 1 as l or I, as in misread scans."""
    first = rng.choice("lI1") if number[0] == "1" else number[0]
    return first + number[1:].replace("0", "O").replace("1", rng.choice("lI"))


def misread(rng: random.Random, number: str) -> str:
    """One digit too many."""
    at = rng.randint(4, len(number) - 1)
    return number[:at] + number[at - 1] + number[at:]


def plain(_: random.Random, number: str) -> str:
    """As it is."""
    return number


WRITINGS: Mapping[str, Write] = {
    "plain": plain,
    "spaced": apart(" ", "  ", "　"),
    "dashed": apart("-", "－", "–"),
    "dotted": apart(".", "·"),
    "no-break-space": apart("\u00a0", "\u2009", "\u202f"),
    "every-digit-spaced": every(" "),
    "full-width": wide,
    "arabic-indic": digits(ten("٠"), ten("۰")),
    "bold-digits": digits(ten("𝟎"), ten("𝟶"), ten("𝟘")),
    "devanagari": digits(ten("०")),
    "zero-width": once("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"),
    "soft-hyphen": once("\u00ad"),
    "broken-line": once("\n", "  \n", "\n  "),
    "broken-paragraph": once("\n\n"),
    "html-break": once("<br>", "<br/>"),
    "entities": decimal_entities,
    "hex-entities": hex_entities,
    "entity-space": apart("&nbsp;", "&#8203;"),
    "emphasis": emphasis,
    "tags": tags,
    "chinese": digits(SPOKEN),
    "chinese-ring": digits("〇" + SPOKEN[1:]),
    "chinese-formal": digits(FORMAL),
    "chinese-yao": digits("零幺" + SPOKEN[2:], "洞幺" + SPOKEN[2:]),
    "circled": digits("⓪" + ten("①")[:9]),
    "letters": letters,
    "misread": misread,
    "plus-86": before("+86", "+86 ", "+86-", "＋86", "(+86)"),
    "double-zero-86": before("0086", "0086-", "0086 "),
    "86": before("86-", "86 ", "86"),
    "trunk-zero": before("0"),
}
