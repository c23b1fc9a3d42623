"""What becomes of each kind where a site says nothing, and on which ground it is masked."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from portal.redact.finding import Tier


class Rule(NamedTuple):
    """The default of a kind; `ground` is one of GROUNDS, and its words are the site's language's.

    The finder decides place by place: `tier` is what mostly becomes of the kind.
    """

    tier: Tier
    ground: str


PERSONAL, SENSITIVE, PRIVACY = "personal", "sensitive", "privacy"
GROUNDS = (PERSONAL, SENSITIVE, PRIVACY)
"""个人信息保护法 第二十五条; 个人信息保护法 第二十八条; 政府信息公开条例 第十五条."""

DEFAULTS: Mapping[str, Rule] = MappingProxyType(
    {
        "person-name": Rule("mask", PERSONAL),
        "mobile": Rule("mask", PERSONAL),
        "id-number": Rule("mask", SENSITIVE),
        "passport": Rule("mask", SENSITIVE),
        "bank-account": Rule("mask", SENSITIVE),
        "bank-card": Rule("mask", SENSITIVE),
        "email": Rule("mask", PERSONAL),
        "wechat": Rule("mask", PERSONAL),
        "qq": Rule("mask", PERSONAL),
        "home-address": Rule("mask", PRIVACY),
        "plate": Rule("mask", PERSONAL),
        "birth-date": Rule("mask", PERSONAL),
        "signature": Rule("mask", PERSONAL),
        "other": Rule("suspect", PRIVACY),
        "landline": Rule("keep", PERSONAL),
        "fax": Rule("keep", PERSONAL),
        "registered-address": Rule("keep", PRIVACY),
        "bank-branch": Rule("keep", PRIVACY),
        "legal-representative": Rule("keep", PERSONAL),
        "hotline": Rule("keep", PRIVACY),
    }
)
"""Every kind of the marks' vocabulary, in the order in which readers are told of them."""
