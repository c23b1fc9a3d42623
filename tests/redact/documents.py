"""Contracts with labels: every personal value in them is known, and so is every near miss."""

import collections
import dataclasses
import math
import random
from collections.abc import Iterator

from redact import documents_address_forms as address_forms
from redact import documents_clauses as clauses
from redact import documents_name_forms as name_forms
from redact import documents_names as names
from redact import documents_number_forms as number_forms
from redact import documents_numbers as numbers
from redact import documents_parties as parties
from redact import documents_pieces as pieces
from redact import documents_wordings as wordings

CITIES = (
    pieces.City("河南省", "澜阳市", "豫", "4105", "0372", "455000"),
    pieces.City("重庆市", "云汐区", "渝", "5001", "023", "401120"),
    pieces.City("四川省", "青峪市", "川", "5106", "0838", "618000"),
    pieces.City("山东省", "临滦市", "鲁", "3703", "0533", "255000"),
    pieces.City("江苏省", "濮港市", "苏", "3206", "0513", "226000"),
    pieces.City("新疆维吾尔自治区", "塔尔木市", "新", "6529", "0997", "843000"),
    pieces.City("云南省", "洱泽市", "云", "5329", "0872", "671000"),
    pieces.City("陕西省", "渭汀市", "陕", "6103", "0917", "721000"),
)
PERSONAL = (*name_forms.FORMS, *number_forms.NUMBERS, *address_forms.FORMS)
COUNTS = {
    "bank": 3,
    "team": 7,
    "contact": 11,
    "entry": 3,
    "authority": 5,
    "later": 3,
    "signature": 3,
}
"""How many of the forms that belong to a part of a contract one document has."""

NEAR = {
    "money": 5,
    "service": 7,
    "bank": 2,
    "team": 3,
    "contact": 3,
    "entry": 1,
    "authority": 1,
    "signature": 1,
}
ALSO = (
    "name-table-column name-beside-value mobile-beside-name mobile-table-column "
    "id-number-table-column bank-card-table-column email-table-column birth-date-table-column "
    "home-address-table-column wechat-table-column landline-table-column plate-table-column "
    "party-contact party-mobile serial-number-column quantity-column "
    "mobile-link-text"
).split()
FORMS = tuple(dict.fromkeys([form.name for form in (*PERSONAL, *wordings.FORMS)] + ALSO))
"""The name of every form, of values to be masked and of near misses."""

COLUMNS = {
    "联系电话": ("mobile", numbers.mobile),
    "身份证号": ("id-number", numbers.identity),
    "银行卡号": ("bank-card", numbers.card),
    "电子邮箱": ("email", address_forms.email),
    "出生年月": ("birth-date", address_forms.birth),
    "家庭住址": ("home-address", address_forms.home_short),
    "微信": ("wechat", address_forms.wechat),
    "宅电": ("landline", numbers.landline),
    "车牌号": ("plate", address_forms.plate),
}
PARTY = {form.name: form for form in parties.FORMS}


@dataclasses.dataclass(frozen=True)
class Span:
    """A place in a text, and what stands there; a near miss has the kind that it looks like."""

    start: int
    end: int
    kind: str
    form: str


@dataclasses.dataclass(frozen=True)
class Labelled:
    """A contract, the values to be masked, and the near misses; all in the order of the text."""

    text: str
    spans: tuple[Span, ...]
    stays: tuple[Span, ...]


def make(seed: int) -> Labelled:
    """The contract of this number; the same one each time."""
    scene = opened(random.Random(seed))
    blocks = [head(scene), *parts(scene), *annexes(scene)]
    return labelled(pieces.joined(blocks, "\n\n"))


def opened(rng: random.Random) -> pieces.Scene:
    """The parties and the look of a document."""
    city = rng.choice(CITIES)
    agency = city.name + rng.choice(clauses.AGENCIES)
    vendor = f"{city.name[:2]}{rng.choice(clauses.FIRMS)}{rng.choice(clauses.TRADES)}有限公司"
    number = f"{rng.choice(('ZB', 'HT', 'CG'))}{rng.randint(2019, 2026)}{rng.randrange(10**7):07}"
    look = rng.choice(pieces.LOOKS)
    return pieces.Scene(rng, city, agency, vendor, number, look, {agency, vendor}, [])


def labelled(text: pieces.Pieces) -> Labelled:
    """The pieces as one text, with the places of the values."""
    spans: list[Span] = []
    kept: list[Span] = []
    at = 0
    for piece in text:
        if isinstance(piece, pieces.Value):
            span = Span(at, at + len(piece.text), piece.kind, piece.form)
            (spans if piece.masked else kept).append(span)
        at += len(piece.text if isinstance(piece, pieces.Value) else piece)
    whole = "".join(piece if isinstance(piece, str) else piece.text for piece in text)
    return Labelled(whole, tuple(spans), tuple(kept))


def party(scene: pieces.Scene, role: str, own: str) -> pieces.Pieces:
    """A party's block, as it stands at the head of a contract."""
    lines = [
        pieces.fill(f"{role}：{{}}", PARTY[own].write(scene)),
        pieces.fill("地址：{}", PARTY["office-address"].write(scene)),
        pieces.fill("邮编：{}", PARTY["postcode"].write(scene)),
        pieces.fill("法定代表人：{}", PARTY["legal-representative"].write(scene)),
        pieces.fill("电话：{}", PARTY["switchboard"].write(scene)),
        pieces.fill("传真：{}", PARTY["organisation-fax"].write(scene)),
    ]
    lines = [lines[0], *scene.rng.sample(lines[1:], scene.rng.randint(3, 5))]
    label = scene.rng.choice(("联系人", "经办人", "联 系 人", "项目联系人"))
    lines.append(pieces.fill(f"{label}：{{}}", names.person(scene, "party-contact")))
    if scene.rng.random() < 0.5:
        mobile = pieces.Value(numbers.mobile(scene), "mobile", "party-mobile")
        lines.append(pieces.fill(scene.rng.choice(("手机：{}", "联系方式：{}")), mobile))
    return pieces.joined(lines, scene.rng.choice(("\n", "\n\n", "  \n")))


def head(scene: pieces.Scene) -> pieces.Pieces:
    """Title, number, parties and recital."""
    title = f"{scene.city.name}{scene.rng.choice(clauses.PROJECTS)}项目合同"
    mark = "# " if scene.look == "markdown" else ""
    number = pieces.fill("合同编号：{}", PARTY["contract-number"].write(scene))
    buyer, seller = scene.rng.choice(
        (
            ("甲方（采购人）", "乙方（供应商）"),
            ("甲 方", "乙 方"),
            ("委托方（甲方）", "受托方（乙方）"),
        )
    )
    blocks = [
        (mark + title,),
        number,
        party(scene, buyer, "agency"),
        party(scene, seller, "vendor"),
    ]
    return pieces.joined([*blocks, (scene.rng.choice(clauses.RECITALS),)], "\n\n")


def personal(scene: pieces.Scene, place: str) -> list[pieces.Form]:
    """Forms of a part of the contract; a kind of many forms does not crowd out one of few."""
    left = [form for form in PERSONAL if form.place == place]
    some: list[pieces.Form] = []
    while left and len(some) < COUNTS.get(place, 0):
        sizes = collections.Counter(form.kind for form in left)
        kind = scene.rng.choices(list(sizes), [math.sqrt(size) for size in sizes.values()])[0]
        some.append(scene.rng.choice([form for form in left if form.kind == kind]))
        left.remove(some[-1])
    return some


def chosen(scene: pieces.Scene, place: str) -> list[pieces.Pieces]:
    """The values and near misses of a part of the contract, shuffled."""
    near = [form for form in wordings.FORMS if form.place == place]
    some = personal(scene, place)
    some += scene.rng.sample(near, min(len(near), NEAR.get(place, 0)))
    scene.rng.shuffle(some)
    return [form.write(scene) for form in some]


def numbered(scene: pieces.Scene, items: list[pieces.Pieces]) -> pieces.Pieces:
    """The items as a contract lists them; what has lines of its own stands apart."""
    style = scene.rng.choice(("{}. ", "（{}）", "- ", "", "{}、"))
    done: list[pieces.Pieces] = []
    for number, item in enumerate(items, 1):
        text = "".join(piece if isinstance(piece, str) else piece.text for piece in item)
        table = (
            text.startswith(("|", "<", "姓名\t", "户名\t", "顺祝")) or "\t" in text or "\n|" in text
        )
        done.append(item if table else (style.replace("{}", str(number)), *item))
    return tuple(piece for piece in pieces.joined(done, "\n\n") if piece != "")


def heading(scene: pieces.Scene, number: int, title: str) -> pieces.Pieces:
    """A clause's heading with its number."""
    order = (
        "一二三四五六七八九十"[number - 1] if number < 11 else f"十{'一二三四五六七'[number - 11]}"
    )
    mark = "## " if scene.look == "markdown" else ""
    return (f"{mark}{order}、{title}",)


def parts(scene: pieces.Scene) -> Iterator[pieces.Pieces]:
    """The clauses, from the service to the last general one, and the page of signatures."""
    number = 0
    for place, (title, sentences) in clauses.SECTIONS.items():
        number += 1
        some = scene.rng.sample(sentences, scene.rng.randint(2, len(sentences)))
        items: list[pieces.Pieces] = [*((sentence,) for sentence in some), *chosen(scene, place)]
        yield heading(scene, number, title)
        yield numbered(scene, items)
    for title, text in scene.rng.sample(
        clauses.GENERAL, scene.rng.randint(3, len(clauses.GENERAL))
    ):
        number += 1
        yield heading(scene, number, title)
        yield (text,)
    yield ("（以下为签署页，无正文）",)
    yield pieces.joined(chosen(scene, "signature"), "\n\n")


def staff(scene: pieces.Scene) -> pieces.Pieces:
    """The table of the people who work on the project."""
    columns = scene.rng.sample(sorted(COLUMNS), scene.rng.randint(1, 3))
    rows: list[list[pieces.Pieces]] = []
    for number in range(1, scene.rng.randint(3, 6)):
        cells: list[pieces.Pieces] = [(str(number),), (names.person(scene, "name-table-column"),)]
        cells.append((scene.rng.choice(clauses.POSTS),))
        for column in columns:
            kind, draw = COLUMNS[column]
            cells.append((pieces.Value(draw(scene), kind, f"{kind}-table-column"),))
        rows.append(cells)
    label = scene.rng.choice(("姓名", "姓 名", "人员姓名", "成员"))
    return pieces.table(scene.look, ["序号", label, "岗位", *columns], rows)


def devices(scene: pieces.Scene) -> pieces.Pieces:
    """The table of what is bought: numbers in columns, and none is personal."""
    rows: list[list[pieces.Pieces]] = []
    for name in scene.rng.sample(clauses.GOODS, scene.rng.randint(2, 4)):
        serial = pieces.Value(
            f"1{scene.digits(scene.rng.choice((10, 13, 17)))}",
            "mobile",
            "serial-number-column",
            masked=False,
        )
        some = pieces.Value(str(scene.rng.randint(2, 400)), "qq", "quantity-column", masked=False)
        rows.append([(name,), (serial,), (some,)])
    return pieces.table(scene.look, ["名称", "序列号", "数量"], rows)


def annexes(scene: pieces.Scene) -> Iterator[pieces.Pieces]:
    """The power of attorney, the staff and the devices."""
    yield (f"附件一 {clauses.AUTHORITY[0]}",)
    yield (clauses.AUTHORITY[1],)
    yield pieces.joined(chosen(scene, "authority"), "\n\n")
    yield (f"附件二 {clauses.STAFF[0]}",)
    yield (clauses.STAFF[1],)
    yield staff(scene)
    yield (f"附件三 {clauses.DEVICES[0]}",)
    yield (clauses.DEVICES[1],)
    yield devices(scene)
