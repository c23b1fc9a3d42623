"""Queries for vendors and agencies."""

from collections.abc import Callable

from bench import vocabulary as words
from bench.search import texts
from bench.search.register import Organisation, sounds
from bench.search.rules.pick import Made, Pick, named, rule

TRIES = 20
BRANCHES = ("郑州", "乌鲁木齐", "南京", "成都")
SHORT = {
    "政务大数据中心": "大数据中心", "行政审批局": "审批局", "卫生健康委员会": "卫健委",
    "交通运输局": "交通局", "住房和城乡建设局": "住建局", "文化和旅游局": "文旅局",
    "市场监督管理局": "市监局", "应急管理局": "应急局", "人力资源和社会保障局": "人社局",
    "数字化发展局": "数发局", "医疗保障局": "医保局", "退役军人事务局": "退役军人局",
    "城市管理局": "城管局", "园林绿化中心": "园林中心", "职业技术学院": "职院",
    "第一中学": "一中", "机关事务服务中心": "机关事务中心", "公共资源交易中心": "交易中心",
    "供排水管理处": "供排水处", "公路事业发展中心": "公路中心", "疾病预防控制中心": "疾控中心",
    "融媒体中心": "融媒中心", "消防救援支队": "消防支队", "农业农村局": "农业局",
}  # fmt: skip
"""What people say for the kinds of agencies that the generator knows."""

# Vendors


@rule
def _vendor_full(pick: Pick) -> Made:
    return pick.vendor.name, named(pick.vendor)


@rule
def _vendor_brand(pick: Pick) -> Made:
    """A brand of three signs: one of two may be a word."""
    vendor = next(one for one in pick.organisations("vendor") if len(texts.parts(one).brand) == 3)
    brand = texts.parts(vendor).brand
    return brand, {"names": brand}


@rule
def _vendor_trade(pick: Pick) -> Made:
    short = texts.parts(pick.vendor).short
    return short, {"names": short}


@rule
def _vendor_without_form(pick: Pick) -> Made:
    parts = texts.parts(pick.vendor)
    return parts.province + parts.short, {"names": parts.province + parts.short}


@rule
def _vendor_branch(pick: Pick) -> Made:
    return f"{pick.vendor.name}{pick.source.choice(BRANCHES)}分公司", named(pick.vendor)


Written = Callable[[Organisation], str]
"""How a name is written out: whole, or without its form."""


def _whole(vendor: Organisation) -> str:
    return vendor.name


def _short(vendor: Organisation) -> str:
    return texts.parts(vendor).short


def _typo(pick: Pick, written: Written, change: Callable[[str], str]) -> Made:
    """A name with its brand changed, so that no other name is as near to it."""
    for vendor in pick.organisations("vendor"):
        brand = texts.parts(vendor).brand
        others = [one.name for one in pick.register.vendors if one != vendor]
        for _ in range(TRIES):
            query = written(vendor).replace(brand, change(brand), 1)
            if query != written(vendor) and not any(texts.is_near(query, one) for one in others):
                return query, named(vendor)
    raise LookupError


def _other_sign(pick: Pick) -> Callable[[str], str]:
    def change(brand: str) -> str:
        at = pick.source.randrange(len(brand))
        return brand[:at] + pick.source.choice(words.BRANDS) + brand[at + 1 :]

    return change


@rule
def _vendor_wrong(pick: Pick) -> Made:
    return _typo(pick, _whole, _other_sign(pick))


@rule
def _vendor_trade_wrong(pick: Pick) -> Made:
    return _typo(pick, _short, _other_sign(pick))


@rule
def _vendor_missing(pick: Pick) -> Made:
    return _typo(pick, _whole, lambda brand: brand[0] + brand[2:])


@rule
def _vendor_swapped(pick: Pick) -> Made:
    return _typo(pick, _whole, lambda brand: brand[1] + brand[0] + brand[2:])


# Agencies


@rule
def _agency_full(pick: Pick) -> Made:
    return pick.agency.name, named(pick.agency)


def _abbreviated(pick: Pick) -> tuple[str, str, str]:
    """Place, rank and what it is, of an agency that has a short name."""
    several = (texts.seat(one) for one in pick.organisations("agency"))
    return next(seat for seat in several if seat[2] in SHORT)


@rule
def _agency_short(pick: Pick) -> Made:
    place, rank, body = _abbreviated(pick)
    with_rank = rank if pick.source.random() < 0.5 else ""
    return f"{place}{with_rank}{SHORT[body]}", {"names": f"{place}{rank}{body}"}


@rule
def _agency_without_rank(pick: Pick) -> Made:
    place, rank, body = texts.seat(pick.agency)
    return f"{place}{body}", {"names": f"{place}{rank}{body}"}


@rule
def _agency_bare(pick: Pick) -> Made:
    _, _, body = _abbreviated(pick)
    return SHORT[body], {"names": body}


@rule
def _agency_level(pick: Pick) -> Made:
    """市卫健委: of any town."""
    _, rank, body = _abbreviated(pick)
    return rank + SHORT[body], {"names": rank + body}


@rule
def _agency_wrong(pick: Pick) -> Made:
    """A sign of a name is another one, and no other agency's name is as near."""
    signs = "".join(words.BODIES)
    for agency in pick.organisations("agency"):
        others = [one.name for one in pick.register.agencies if one != agency]
        for _ in range(TRIES):
            at = pick.source.randrange(len(agency.name) - 1)
            query = agency.name[:at] + pick.source.choice(signs) + agency.name[at + 1 :]
            if query != agency.name and not any(texts.is_near(query, one) for one in others):
                return query, named(agency)
    raise LookupError


# Sounds


@rule
def _pinyin_trade(pick: Pick) -> Made:
    query = "".join(sounds(texts.parts(pick.vendor).short))
    return query, {"sound": query}


@rule
def _pinyin_apart(pick: Pick) -> Made:
    query = " ".join(sounds(texts.parts(pick.vendor).short))
    return query, {"sound": query}


@rule
def _pinyin_agency(pick: Pick) -> Made:
    query = "".join(sounds(pick.agency.name))
    return query, {"sound": query}


@rule
def _initials_vendor(pick: Pick) -> Made:
    query = "".join(one[0] for one in sounds(texts.parts(pick.vendor).short))
    return query, {"initials": query}


@rule
def _initials_agency(pick: Pick) -> Made:
    query = "".join(one[0] for one in sounds(pick.agency.name))
    return query, {"initials": query}
