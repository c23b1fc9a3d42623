"""The region of a contract: province and city, from the names and addresses of its parties."""

import functools
import re
from collections.abc import Mapping

from portal.intake import gazetteer, wording

_PROVINCE = (
    r"(?:[\u4e00-\u9fff]{2,3}省|内蒙古自治区|广西壮族自治区|西藏自治区"
    r"|宁夏回族自治区|新疆维吾尔自治区)"
)
_CITY = r"[\u4e00-\u9fff]{2,5}?(?:市|地区|盟)|[\u4e00-\u9fff]{2,10}?自治州"
_FULL = re.compile(rf"^(?:中国)?(?P<province>{_PROVINCE})(?P<city>{_CITY})(?!场)")
_NOT_CITY = re.compile(r"^[\u4e00-\u9fff]*[省县区]")


@functools.cache
def _cities() -> Mapping[str, str]:
    """The province of each prefecture."""
    lines = [line.split() for line in gazetteer.PREFECTURES.split("\n") if line]
    return {name: line[0] for line in lines for name in line[1:]}


def region(text: str) -> str | None:
    """Province and city at the beginning of a name or an address; None where they are not sure.

    A municipality is a region of its own. A city that the gazetteer lacks is taken with the
    province before it; a city that it has, with its own province.
    """
    plain = wording.tidy(text)
    for one in gazetteer.MUNICIPALITIES:
        if plain.startswith(one):
            return one
    known = next((name for name in _cities() if plain.startswith(name)), None)
    if known is not None:
        return _cities()[known] + known
    full = _FULL.match(plain)
    if full is None:
        return None
    province, city = full["province"], full["city"]
    named = next((one for one in _cities() if plain[len(province) :].startswith(one)), None)
    if named is not None:
        return province + named if _cities()[named] == province else None
    return None if _NOT_CITY.match(city) else province + city
