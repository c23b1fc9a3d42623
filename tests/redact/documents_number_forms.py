"""The forms in which a contract writes the numbers and addresses of a person, and accounts."""

import functools
from collections.abc import Callable

from redact import documents_lines as lines
from redact import documents_names as names
from redact import documents_numbers as numbers
from redact import documents_pieces as pieces

DRAWS: dict[str, tuple[str, Callable[[pieces.Scene], str], tuple[str, ...]]] = {
    "mobile": ("contact", numbers.mobile, lines.MOBILES),
    "landline": ("contact", numbers.landline, lines.LANDLINES),
    "fax": ("contact", numbers.landline, lines.FAXES),
    "id-number": ("authority", numbers.identity, lines.IDENTITIES),
    "bank-account": ("bank", numbers.account, lines.ACCOUNTS),
    "bank-card": ("entry", numbers.card, lines.CARDS),
}
"""Per kind: the part of the contract, a number, and the lines around it."""

LABEL_NEEDED = {"misread": ("手机：{}", "联系电话：{}", "手机号码：{}")}
LOOSE = "no-break-space every-digit-spaced full-width arabic-indic bold-digits zero-width"
MARKED = "broken-line entities emphasis tags"
WRITTEN = {
    "mobile": " ".join(numbers.WRITINGS),
    "landline": "plain spaced dotted full-width arabic-indic bold-digits broken-line entities",
    "fax": "plain spaced full-width bold-digits zero-width",
    "id-number": f"plain spaced dashed {LOOSE} {MARKED} hex-entities soft-hyphen letters chinese",
    "bank-account": f"plain spaced dashed {LOOSE} {MARKED} chinese html-break letters",
    "bank-card": f"plain spaced dashed {LOOSE} {MARKED} circled",
}


def lined(
    kind: str,
    form: str,
    templates: tuple[str, ...],
    draw: Callable[[pieces.Scene], str],
    scene: pieces.Scene,
) -> pieces.Pieces:
    """A value in one of these lines; {n} is the person whose it is."""
    template = scene.rng.choice(templates)
    value = pieces.Value(draw(scene), kind, form)
    return pieces.fill(template, value, **owner(template, scene))


def owner(template: str, scene: pieces.Scene) -> dict[str, pieces.Piece]:
    """The person that a template asks for, if it does."""
    return {"n": names.beside(scene)} if "{n}" in template else {}


def rewritten(kind: str, writing: str, scene: pieces.Scene) -> str:
    """A number of this kind, its digits written in this way."""
    return numbers.WRITINGS[writing](scene.rng, DRAWS[kind][1](scene))


def in_writing(kind: str, writing: str) -> pieces.Form:
    """The form of a kind with its digits written in this way."""
    name = f"{kind}-{writing}"
    around = LABEL_NEEDED.get(writing, DRAWS[kind][2])
    draw = functools.partial(rewritten, kind, writing)
    return pieces.Form(
        name, kind, DRAWS[kind][0], functools.partial(lined, kind, name, around, draw)
    )


def form(
    kind: str, name: str, place: str, draw: Callable[[pieces.Scene], str], *around: str
) -> pieces.Form:
    """A form with a value and lines of its own."""
    return pieces.Form(name, kind, place, functools.partial(lined, kind, name, around, draw))


def linked(scene: pieces.Scene) -> pieces.Pieces:
    """A mobile number twice: shown, and in the target of the link."""
    number = numbers.mobile(scene)
    shown = pieces.Value(numbers.apart(" ", "-")(scene.rng, number), "mobile", "mobile-link-text")
    target = pieces.Value(scene.rng.choice(("", "+86")) + number, "mobile", "mobile-tel-link")
    return ("热线值守：[", shown, "](tel:", target, ")")


def html_link(scene: pieces.Scene) -> pieces.Pieces:
    """A link whose text does not show the number."""
    target = pieces.Value(numbers.mobile(scene), "mobile", "mobile-tel-hidden")
    return ('<a href="tel:', target, '">呼叫值守</a>')


def halves(kind: str, header: tuple[str, ...], scene: pieces.Scene) -> pieces.Pieces:
    """A number that two cells share; the value reaches over the border."""
    number = DRAWS[kind][1](scene)
    at = scene.rng.randint(4, len(number) - 4)
    text = number[:at] + pieces.border(scene.look) + number[at:]
    value = pieces.Value(text, kind, f"{kind}-split-cells")
    cells = ((names.person(scene, "name-table-column"),), (value,), ("长期",))
    return pieces.table(scene.look, header, (cells,))


def celled(kind: str, label: str, scene: pieces.Scene) -> pieces.Pieces:
    """A number with each of its digits in a cell, as forms on paper have it."""
    value = pieces.Value(" | ".join(DRAWS[kind][1](scene)), kind, f"{kind}-celled")
    return ("| ", names.person(scene, "name-table-column"), f" | {label} | ", value, " |")


def pair(scene: pieces.Scene) -> pieces.Pieces:
    """Two numbers of one person."""
    one, two = (pieces.Value(numbers.mobile(scene), "mobile", "mobile-pair") for _ in range(2))
    return (names.beside(scene), "，手机：", one, scene.rng.choice("、/，; "), two)


SPLIT = (
    pieces.Form(
        "mobile-celled",
        "mobile",
        "contact",
        lambda scene: celled("mobile", "手机", scene),
    ),
    pieces.Form(
        "id-number-celled",
        "id-number",
        "authority",
        lambda scene: celled("id-number", "身份证号", scene),
    ),
    pieces.Form(
        "mobile-split-cells",
        "mobile",
        "contact",
        functools.partial(halves, "mobile", ("姓名", "手机号码", "", "期限")),
    ),
    pieces.Form(
        "id-number-split-cells",
        "id-number",
        "authority",
        functools.partial(halves, "id-number", ("姓名", "身份证号", "", "期限")),
    ),
    pieces.Form(
        "bank-card-split-cells",
        "bank-card",
        "entry",
        functools.partial(halves, "bank-card", ("户名", "卡号", "", "期限")),
    ),
)


def lower(scene: pieces.Scene) -> str:
    """An ID number that ends in a small x."""
    return numbers.identity_x(scene).lower()


def quartets(scene: pieces.Scene) -> str:
    """An account by fours."""
    return numbers.apart(" ")(scene.rng, numbers.account(scene))


def local(scene: pieces.Scene) -> str:
    """A landline without its area code."""
    return numbers.landline(scene).partition("-")[2]


def bracketed(scene: pieces.Scene) -> str:
    """A landline with its area code in brackets."""
    return f"({scene.city.phone}){local(scene)}"


NUMBERS = (
    *(in_writing(kind, writing) for kind, some in WRITTEN.items() for writing in some.split()),
    form(
        "mobile",
        "mobile-latin-attached",
        "contact",
        numbers.mobile,
        "Tel{}",
        "M:{}",
        "TEL:{}转本人",
        "Mob.{}",
    ),
    form(
        "mobile",
        "mobile-chinese-attached",
        "contact",
        numbers.mobile,
        "请拨{}报修",
        "手机{}全天开机",
    ),
    form(
        "mobile", "mobile-brackets", "contact", numbers.mobile, "{n}【{}】", "{n}〔{}〕", "{n}<{}>"
    ),
    pieces.Form("mobile-tel-link", "mobile", "contact", linked),
    pieces.Form("mobile-tel-hidden", "mobile", "contact", html_link),
    pieces.Form("mobile-pair", "mobile", "contact", pair),
    *SPLIT,
    form(
        "landline",
        "landline-brackets",
        "contact",
        bracketed,
        *lines.LANDLINES,
    ),
    form(
        "landline",
        "landline-extension",
        "contact",
        lambda s: f"{numbers.landline(s)}转{s.digits(3)}",
        *lines.LANDLINES,
    ),
    form(
        "landline",
        "landline-86",
        "contact",
        lambda s: f"+86-{numbers.landline(s)[1:]}",
        *lines.LANDLINES,
    ),
    form(
        "landline",
        "landline-local",
        "contact",
        local,
        "{n}，宅电：{}",
        "{n}，家庭电话：{}",
    ),
    form("id-number", "id-number-x", "authority", numbers.identity_x, *lines.IDENTITIES),
    form("id-number", "id-number-lower-x", "authority", lower, *lines.IDENTITIES),
    form(
        "id-number",
        "id-number-15",
        "authority",
        numbers.identity_15,
        "身份证号：{}",
        "{n}，身份证号{}。",
    ),
    form(
        "id-number",
        "id-number-misread",
        "authority",
        numbers.misread_identity,
        "身份证号：{}",
        "身份证号码 {}",
    ),
    form(
        "id-number",
        "id-number-unlabelled",
        "authority",
        numbers.identity,
        "{n} {}",
        "{n}，{}，已备案。",
    ),
    form(
        "bank-account",
        "bank-account-spaced-label",
        "bank",
        numbers.account,
        "账 号：{}",
        "账　　号：{}",
        "帐 号： {}",
    ),
    form(
        "bank-account",
        "bank-account-other-label",
        "bank",
        numbers.account,
        "帐号：{}",
        "銀行帳號：{}",
        "帳 號：{}",
    ),
    form(
        "bank-account",
        "bank-account-english",
        "bank",
        numbers.account,
        "Account No.: {}",
        "A/C No. {}",
        "Account: {}",
    ),
    form(
        "bank-account", "bank-account-no-colon", "bank", quartets, "账号{}", "账号\n{}", "账号 {}"
    ),
    form(
        "bank-account",
        "bank-account-like-id",
        "bank",
        numbers.account_like_identity,
        *lines.ACCOUNTS,
    ),
    form(
        "bank-account",
        "bank-account-in-row",
        "bank",
        numbers.account,
        "| 账号 | {} |\n|---|---|\n| 币种 | 人民币 |",
    ),
)
