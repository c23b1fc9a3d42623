"""Who contracts with whom: the agency and the vendors, their region."""

import difflib
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from portal import names
from portal.intake import clean, finding, labels, places, wording

_NOTE = re.compile(
    r"\s*[（(【\[](?:[^（）()【】\[\]]{0,30}(?:章|签字|以下|下称|全称|简称|甲方|乙方|采购人|供应商|买方|卖方"
    r"|单位|委托|受托|联合体|牵头|法人|授权|下同|中标|成交)[^（）()【】\[\]]{0,30})[)）】\]]"
)
_TAIL = re.compile(r"(?:[（(]?以下(?:简称|称).*|[，,。；;].*|(?:盖章|公章|签章)[:：]?)$")
_CALLED = re.compile(
    r"(?P<name>[^，。；：:、\s（）()]{4,40}(?:[（(][^（）()以]{2,10}[)）][^，。；：:、\s（）()]{0,20})?)"
    r"\s?[（(]\s?以下(?:简称|称)(?:为)?\s?[:：]?\s?[“\"'‘「]?\s?(?P<word>[\u4e00-\u9fff]{2,6}?)\s?[”\"'’」]?\s?[)）]"
)
_LEADING = re.compile(r"^(?:.*?(?:[与和由受]|委托|根据|依据|之间|系|是))(?=[\u4e00-\u9fff]{4,})")
_NAMED = {"名称", "单位名称", "全称", "公司名称", "单位全称", "单位", "供应商名称", "采购人名称"}
_ADDRESS = {"地址", "单位地址", "住所", "住所地", "通信地址", "通讯地址", "注册地址", "联系地址"}
_BY = re.compile(
    r"本(?:项目|合同|次采购)(?:是|系|由)?(?P<who>[^，。；]{4,40}?)委托(?P<agent>[^，。；]{4,40}?)"
    r"(?:进行|组织|代理|实施|采用|以)"
)


def read(text: clean.Text, entries: Sequence[labels.Entry]) -> finding.Found:
    """The parties' names; where readings differ without explanation, none is taken."""
    held = _labelled(text, entries) + _called(text)
    found: list[finding.Fact] = []
    conflicts: list[finding.Conflict] = []
    for side, path in (("agency", ("agency",)), ("vendor", ("vendors",))):
        readings = [reading for one, reading in held if one == side]
        many = side == "vendor" and any(one.numbered for one in entries if one.side == side)
        chosen, conflict = _all(path, readings) if many else _chosen(path, readings)
        found += chosen
        conflicts += conflict
    sides = {one.path: one for one in found}
    first, second = sides.get(("agency",)), sides.get(("vendors",))
    if first and second and first.value in second.value:
        both = finding.rows((finding.Reading("", first.rows), finding.Reading("", second.rows)))
        return [], [*conflicts, finding.Conflict("one-party", "vendors", both)]
    return found, conflicts


def name(value: str) -> str:
    """A party's name as written, without seals, roles and what follows it."""
    bare = wording.tidy(value).strip("_ ＿")
    before = None
    while before != bare:
        before = bare
        bare = _TAIL.sub("", _NOTE.sub("", bare)).strip(" 　_＿:：*【】[]“”")
    return bare


def _labelled(
    text: clean.Text, entries: Sequence[labels.Entry]
) -> list[tuple[str, finding.Reading]]:
    found = []
    below = _below(text)
    for one in entries:
        if not (one.is_party or (one.side and one.name in _NAMED)):
            continue
        parts = [name(part) for part in re.split(r"[、；;]", wording.tidy(one.value))]
        if len(parts) > 1 and all(wording.is_organisation(part) for part in parts):
            found.append((one.side, finding.Reading(tuple(parts), one.rows)))
            continue
        read = name(one.value)
        following = below.get(one.rows[-1])
        if following is not None and not wording.is_organisation(read):
            joined = name(read + following.text)
            if wording.is_organisation(joined) and not re.search("[：:]", following.text):
                found.append((one.side, finding.Reading((joined,), one.rows + following.rows)))
                continue
        if wording.is_name(read):
            sure: finding.Sure = "certain" if wording.is_organisation(read) else "likely"
            found.append((one.side, finding.Reading((read,), one.rows, sure)))
    return found


def _below(text: clean.Text) -> dict[int, clean.Line]:
    """The line below each, by its last raw line; tables have none."""
    filled = [line for line in text.lines if line.rows]
    return {
        above.rows[-1]: line
        for above, line in itertools.pairwise(filled)
        if not above.text.startswith("|") and not line.text.startswith("|")
    }


def _called(text: clean.Text) -> list[tuple[str, finding.Reading]]:
    """Names in a sentence: …局（以下简称“甲方”）与…公司（以下简称“乙方”）."""
    found = []
    for line in text.lines:
        if "以下" not in line.text:
            continue
        for one in _CALLED.finditer(wording.tidy(line.text)):
            side = "agency" if one["word"] in labels.AGENCY else "vendor"
            known = one["word"] in (*labels.AGENCY, *labels.VENDOR)
            read = name(_LEADING.sub("", one["name"]))
            if known and wording.is_organisation(read):
                found.append((side, finding.Reading((read,), line.rows, "likely")))
    return found


def _chosen(path: finding.Path, readings: Sequence[finding.Reading]) -> finding.Found:
    """One side's name: all agree, or the fuller form of what all end in, or the many of near."""
    sure = [one for one in readings if one.sure == "certain"] or list(readings)
    if not sure:
        return [], []
    folded = Counter(tuple(names.fold(part) for part in one.value) for one in sure)
    longest = max(folded, key=lambda key: sum(map(len, key)))
    conflicts: list[finding.Conflict] = []
    if not all(_is_short(key, longest) for key in folded):
        conflicts = [finding.Conflict("two-names", ".".join(path), finding.rows(sure))]
        (most, count), *rest = folded.most_common()
        near = all(_is_near(most, key) and times < count for key, times in rest)
        if not near or count < 2:
            return [], conflicts
        longest = most
    value = next(one for one in sure if tuple(map(names.fold, one.value)) == longest).value
    level: finding.Sure = "certain" if sure[0].sure == "certain" and not conflicts else "likely"
    return [_fact(path, value, sure, level)], conflicts


def _fact(
    path: finding.Path,
    value: Sequence[str],
    readings: Iterable[finding.Reading],
    sure: finding.Sure,
) -> finding.Fact:
    plain = list(value) if path == ("vendors",) else "、".join(value)
    return finding.Fact(path, plain, finding.rows(readings), sure)


def _is_short(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether a name is the other without its province: …阿克苏地区数字化发展局."""
    return len(short) == len(long) and all(
        two.endswith(one) and len(one) >= 4 for one, two in zip(short, long, strict=True)
    )


def _is_near(one: Sequence[str], two: Sequence[str]) -> bool:
    first, second = "".join(one), "".join(two)
    return difflib.SequenceMatcher(None, first, second).ratio() >= 0.8


def _all(path: finding.Path, readings: Sequence[finding.Reading]) -> finding.Found:
    """Several vendors, counted by their labels."""
    certain = [one for one in readings if one.sure == "certain"]
    seen = {names.fold(part): part for one in reversed(certain) for part in one.value}
    ordered = list(dict.fromkeys(seen[names.fold(p)] for one in certain for p in one.value))
    return ([_fact(path, ordered, certain, "certain")] if ordered else []), []


def agent(text: clean.Text, entries: Sequence[labels.Entry]) -> finding.Found:
    """The procurement agent: labelled, or to whom the agency entrusted the procurement."""
    labelled = labels.named(entries, "采购代理机构", "代理机构", "招标代理机构", "招标代理")
    readings = [
        finding.Reading(name(one.value), one.rows)
        for one in labelled
        if wording.is_organisation(name(one.value))
    ]
    for line in text.lines:
        one = None if readings else _BY.search(wording.tidy(line.text))
        if one is not None and wording.is_organisation(one["agent"]):
            readings.append(finding.Reading(one["agent"], line.rows, "likely"))
    return finding.agreed(("procurement", "agent"), readings, "two-agents", names.fold)


def region(found: Sequence[finding.Fact], entries: Sequence[labels.Entry]) -> finding.Found:
    """The agency's province and city, by its name, or else by its address."""
    for one in found:
        named = places.region(one.value) if one.path == ("agency",) else None
        if named is not None:
            return [finding.Fact(("region",), named, one.rows, one.sure)], []
    held = [
        finding.Reading(where, one.rows)
        for one in entries
        if one.side == "agency" and one.name in _ADDRESS
        if (where := places.region(one.value)) is not None
    ]
    return finding.agreed(("region",), held, "two-regions")
