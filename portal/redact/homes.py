"""Addresses in the company of persons: where no word says that somebody lives there."""

import re
from collections.abc import Iterator

from portal.redact.finding import Finding
from portal.redact.view import View

_NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3}|[A-Z](?=[座栋幢]))"
_STEM = r"[一-鿿A-Za-z0-9#·-]"
_FORM = re.compile(
    rf"(?:(?<=[路街巷弄村庄屯寨组社区围湾坪坝塘]){_NUMBER}号(?!楼)|(?<!\d){_NUMBER}(?:号楼|[栋幢]|单元|弄)"
    rf"|(?<=[村庄屯寨里舍苑园])(?<![公校田]园){_NUMBER}(?:组|排|社(?![会保区交])|队)"
    rf"|(?<=[园苑村院舍寓区庭楼府]){_NUMBER}(?:-\d{{1,2}})?-\d{{3,4}}(?![\d-]))"
)
"""What a home's address has in it, and an office's may have."""
_HEAD = re.compile(rf"[一-鿿]{_STEM}{{1,40}}$")
_TAIL = re.compile(rf"(?:(?!的|现|内|安|至|与|和|为|应|由|是|之){_STEM}){{0,16}}")
_LEAD = re.compile(
    "[一-鿿]{0,20}?(?:位于|住[在于址]?|在|到|至|往|寄到?|送达|是|为|从|敲开|址|处|户)(?=[一-鿿]{2})"
)
_PLACE = re.compile(
    "[路街巷弄村庄屯寨镇乡县市区州里坊园苑院府](?=[一-鿿0-9A-Z])|小区|花园|新村|公寓|宿舍|家属[院楼]|胡同|安置"
)
"""What places are called."""
_OFFICE = re.compile(
    "公司|大厦|写字楼|大楼|中心|广场|政府|法院|委员会|园区|开发区|酒店|宾馆|机房|站点|点位|路口|设备|安装|施工"
    "|学校|医院|银行|支行|注册|办公|营业|标段|项目|会议室|仓库|采购|工程|其中|共计|合计"
)
_DWELLING = re.compile(
    r"(?:家属[院楼]|小区|花园|新村|公寓|宿舍|家园|花苑|华庭|雅居|苑|邨)[^\n,。;:、()|]{0,14}?"
    r"(?:\d[ ]?(?:室|户|单元|排|号楼|[栋幢]|号)|[- 栋幢楼]?\d{3,4}(?![\d-]))"
    r"[ ]?(?:室|户|\d{1,4}号?)?"
    r"|[村庄屯寨街]第?[^\n,。;:、()|]{0,6}?(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
    r"[ ]?(?:村民)?(?:组|排|社(?!会)|队)"
    r"[ ]?(?:\d{1,4}号)?|楼[ ]?\d{3,4}[ ]?室(?=[(]住宅)"
)
"""What only homes have in their address, wherever it stands."""
_STRETCH = re.compile(r"[一-鿿A-Za-z0-9#· -]{2,40}$")
_REGION = re.compile("[省市县区镇乡路街村道]")
_SAID = re.compile(
    "公司|[甲乙丙]方|单位|注册|营业|办公|安装|实施|交货|服务地|机房|[站点]点|开标|设在|项目|部署|采集|巡检|监控|法定代表人|网格"
)
"""What tells of a place of work before an address."""
_HEAD_AT_MOST = 40
_FAR = 60
"""How far a name may be, before or behind, its line's neighbours included."""


def find(view: View) -> Iterator[Finding]:
    """Suspects: addresses near a name, where nothing speaks of an office."""
    yield from _dwellings(view.text)
    last = 0
    for low, high in view.around_names(_FAR):
        for form in _FORM.finditer(view.text, max(low, last), high):
            address = _address(view.text, form, last) if form.start() >= last else None
            if address is not None:
                last = address[1]
                yield Finding(*address, "home-address", "suspect", "near-name")


def _address(text: str, form: re.Match[str], last: int) -> tuple[int, int] | None:
    """The whole of an address around a form that homes have, if it is no office's."""
    low = max(form.start() - _HEAD_AT_MOST, last)
    low = max(text.rfind("\n", low, form.start()) + 1, low)
    head = _HEAD.search(text, low, form.start())
    if head is None:
        return None
    lead = _LEAD.match(text, head.start(), form.start())
    start = lead.end() if lead else head.start()
    tail = _TAIL.match(text, form.end())
    end = tail.end() if tail else form.end()
    is_place = _PLACE.search(text, start, form.end()) and form.end() - start > 4
    if not is_place or _OFFICE.search(text, max(start - 12, 0), end):
        return None
    return start, end


def _dwellings(text: str) -> Iterator[Finding]:
    """Addresses that are hardly an office's, where nothing before them speaks of one."""
    last = 0
    for form in _DWELLING.finditer(text):
        low = max(text.rfind("\n", last, form.start()) + 1, form.start() - _HEAD_AT_MOST, last)
        head = _STRETCH.search(text, low, form.start() + 2)
        if head is None:
            continue
        lead = _LEAD.match(text, head.start(), form.start())
        start = lead.end() if lead else head.start()
        start += text[start] == " "
        said = text[max(start - _HEAD_AT_MOST, low - 20, 0) : start].rpartition("\n")[2]
        is_place = _REGION.search(text, start, form.end()) and form.end() - start > 6
        if is_place and not _SAID.search(said) and not _OFFICE.search(text, start, form.end()):
            last = form.end()
            yield Finding(start, last, "home-address", "suspect", "dwelling-form")
