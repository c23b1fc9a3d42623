"""Words of releases that only look personal: told by what they are, where a text is not Chinese.

The finder is made for Chinese contracts, and wide. In a text without any Chinese sign three of its
rules meet words that are nobody's: a given name that stands there is somebody's handle to it, as in
Prince Edward Island; a pair of capitalised words behind "by" is a name, and "at" with a full stop
behind it an address of mail. Of the last two every word must be known.
"""

import re

from portal.redact.finding import Finding

WORDS = frozenset(
    "act acts administration administrative agencies agency agreement agreements assembly"
    " authorities authority bylaw bylaws cabinet commission commissions committee committees"
    " contract contracts council councils department departments federal government governments"
    " international legislation legislative ministries ministry municipal national parliament"
    " procurement provincial public regional regulation regulations regulator regulatory statute"
    " statutes statutory treasury treaties treaty tribunal tribunals"
    " accord accords agence agences commission comité comités conseil gouvernement gouvernements"
    " ministère ministères parlement règlement règlements réglementation tribunaux traité".split()
)
"""Words of law and administration that are no part of anybody's name."""
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W\d_]+")
_PLACE = re.compile(r"[A-Za-z]+ at (?:St|Ste|Mt|Ft)\. [A-Z][a-z]+")
"""An inn at St. Somewhere: a saint, a mount, a fort, and no host."""


def is_word(found: Finding, said: str, whole: str) -> bool:
    """Whether what was found in a field consists of words that are nobody's."""
    if _HAN.search(whole):
        return False
    if (found.tier, found.rule) == ("suspect", "handle"):
        return True
    if found.kind == "person-name" and (found.tier, found.rule) == ("suspect", "latin"):
        words = _WORD.findall(said)
        return bool(words) and all(one.casefold() in WORDS for one in words)
    return found.kind == "email" and _PLACE.fullmatch(said) is not None
