"""Queries for what stands in titles and bodies, and with several terms."""

from bench.search import meaning, texts
from bench.search.register import Contract
from bench.search.rules.pick import Made, Pick, named, rule, traditional, wide

# Titles and topics


def _things(one: Contract) -> str:
    """What a title says behind the agency's name: 2025年防火墙与日志采购项目."""
    return one.title.removeprefix(one.agency.name)


@rule
def _title_whole(pick: Pick) -> Made:
    return pick.contract.title, {"title": pick.contract.title}


@rule
def _title_part(pick: Pick) -> Made:
    part = _things(pick.contract).removesuffix("合同").removesuffix("项目")
    return part, {"title": part}


@rule
def _title_wrong(pick: Pick) -> Made:
    """The title without its last words, one sign of what is bought wrong."""
    for one in pick.contracts():
        title = one.title.removesuffix("合同").removesuffix("项目")
        thing = texts.things(one)[0]
        at = len(title) - len(title.partition(thing)[2]) - len(thing)
        query = title[:at] + "某" + title[at + 1 :]
        if thing in title and not meaning.exists(pick.register, query):
            return query, {"title": title}
    raise LookupError


@rule
def _topic(pick: Pick) -> Made:
    thing = texts.things(pick.contract)[0]
    return thing, {"text": thing}


@rule
def _topic_loose(pick: Pick) -> Made:
    """The agency and the second thing that it buys, in one word."""
    one = pick.contract
    thing = texts.things(one)[1]
    return one.agency.name + thing, {"all": [{"party": one.agency.name}, {"title": thing}]}


# Texts


def _phrase(text: str) -> Made:
    return text, {"text": text}


@rule
def _phrase_short(pick: Pick) -> Made:
    return _phrase(texts.clause(pick.contract, pick.source, range(7, 15)))


@rule
def _phrase_long(pick: Pick) -> Made:
    return _phrase(texts.clause(pick.contract, pick.source, range(18, 40)))


@rule
def _phrase_law(pick: Pick) -> Made:
    """A law and what stands before it, which few contracts have."""
    found = next(filter(None, (texts.LAW.search(one.body) for one in pick.contracts())))
    return _phrase(found[0])


@rule
def _cells(pick: Pick) -> Made:
    return _phrase("".join(texts.cells(pick.contract, pick.source)))


@rule
def _cells_apart(pick: Pick) -> Made:
    one, other = texts.cells(pick.contract, pick.source)
    return f"{one} {other}", {"text": one + other}


@rule
def _lines_heading(pick: Pick) -> Made:
    return _phrase(texts.heading(next(filter(texts.heading, pick.contracts()))))


@rule
def _lines_paragraph(pick: Pick) -> Made:
    return _phrase(texts.paragraphs(next(filter(texts.paragraphs, pick.contracts()))))


@rule
def _standard(pick: Pick) -> Made:
    found = next(filter(None, (texts.STANDARD.search(one.body) for one in pick.contracts())))
    return _phrase(found[0])


@rule
def _model(pick: Pick) -> Made:
    found = next(filter(None, (texts.MODEL.search(one.body) for one in pick.contracts())))
    return _phrase(found[0])


@rule
def _wide_model(pick: Pick) -> Made:
    query, meant = _model(pick)
    return wide(query), meant


@rule
def _wide_title(pick: Pick) -> Made:
    one = next(one for one in pick.contracts() if any(map(str.isdigit, one.title)))
    return wide(_things(one)), {"title": _things(one)}


@rule
def _quoted_phrase(pick: Pick) -> Made:
    query, meant = _phrase_short(pick)
    return f'"{query}"', meant


@rule
def _quoted_curly(pick: Pick) -> Made:
    query, meant = _phrase_short(pick)
    return f"“{query}”", meant


@rule
def _traditional_vendor(pick: Pick) -> Made:
    return traditional(pick.vendor.name), named(pick.vendor)


@rule
def _traditional_agency(pick: Pick) -> Made:
    return traditional(pick.agency.name), named(pick.agency)


@rule
def _traditional_phrase(pick: Pick) -> Made:
    query, meant = _phrase_short(pick)
    return traditional(query), meant


# Several terms, and operators


@rule
def _terms_vendor(pick: Pick) -> Made:
    one = pick.contract
    short, thing = texts.parts(one.vendors[0]).short, texts.things(one)[0]
    return f"{short} {thing}", {"all": [{"party": short}, {"text": thing}]}


@rule
def _terms_agency(pick: Pick) -> Made:
    one = pick.contract
    thing = texts.things(one)[1]
    return f"{one.agency.name} {thing}", {"all": [{"party": one.agency.name}, {"text": thing}]}


@rule
def _terms_year(pick: Pick) -> Made:
    one = pick.contract
    short, year = texts.parts(one.vendors[0]).short, one.signed.year
    return f"{short} {year}", {"all": [{"party": short}, {"text": str(year)}]}


@rule
def _terms_three(pick: Pick) -> Made:
    one = pick.contract
    place, short = texts.seat(one.agency)[0], texts.parts(one.vendors[0]).short
    thing = texts.things(one)[0]
    return f"{place} {thing} {short}", {
        "all": [{"party": place}, {"text": thing}, {"party": short}]
    }


@rule
def _vendor_operator(pick: Pick) -> Made:
    short = texts.parts(pick.vendor).short
    return f"供应商:{short}", {"party": short}


@rule
def _agency_operator(pick: Pick) -> Made:
    one = pick.contract
    thing = texts.things(one)[0]
    return (
        f"采购人:{one.agency.name} {thing}",
        {"all": [{"party": one.agency.name}, {"text": thing}]},
    )


@rule
def _number_operator(pick: Pick) -> Made:
    return f"编号:{pick.tender}", {"number": pick.tender}


@rule
def _agency_year_operators(pick: Pick) -> Made:
    one = pick.contract
    return (
        f"采购人：{one.agency.name} 年份：{one.signed.year}",
        {"all": [{"party": one.agency.name}, {"year": one.signed.year}]},
    )


@rule
def _above_operator(pick: Pick) -> Made:
    one = next(one for one in pick.contracts() if one.amounts[0] > 1_000_000)
    return (
        f"采购人:{one.agency.name} 金额:>1000000",
        {"all": [{"party": one.agency.name}, {"above": 1_000_000}]},
    )


@rule
def _excluded(pick: Pick) -> Made:
    """A thing, without the vendor of the contract at this place."""
    one = pick.contract
    short, thing = texts.parts(one.vendors[0]).short, texts.things(one)[0]
    return f"{thing} -{short}", {"all": [{"text": thing}, {"but": {"party": short}}]}


@rule
def _title_operator(pick: Pick) -> Made:
    thing = texts.things(pick.contract)[0]
    return f"标题:{thing}", {"title": thing}
