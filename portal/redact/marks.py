"""The closed vocabulary of marks: what stands in a published text for what was masked."""

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Kind:
    """What was masked: a stable code, and the Chinese label that a mark bears."""

    code: str
    label: str


class Unknown(NamedTuple):
    """What looks like a mark and is none: its offset, and the kind that it claims."""

    offset: int
    kind: str


KINDS = (
    Kind("person-name", "姓名"),
    Kind("mobile", "手机号"),
    Kind("landline", "固定电话"),
    Kind("fax", "传真"),
    Kind("id-number", "身份证号"),
    Kind("passport", "护照号"),
    Kind("bank-account", "银行账号"),
    Kind("bank-card", "银行卡号"),
    Kind("email", "电子邮箱"),
    Kind("wechat", "微信号"),
    Kind("qq", "QQ号"),
    Kind("home-address", "住址"),
    Kind("plate", "车牌号"),
    Kind("birth-date", "出生日期"),
    Kind("signature", "签名"),
    Kind("registered-address", "注册地址"),
    Kind("bank-branch", "开户行"),
    Kind("legal-representative", "法定代表人"),
    Kind("hotline", "热线"),
    Kind("other", "其他个人信息"),
)

LABELS = MappingProxyType({kind.code: kind.label for kind in KINDS})
"""The label of each code."""

_CODES = MappingProxyType({kind.label: kind.code for kind in KINDS})
_MARK = re.compile(f"【已遮盖：({'|'.join(map(re.escape, _CODES))})】")
_SPANS = MappingProxyType(
    {
        label: f'<span class="mark" data-kind="{code}">已遮盖：{label}</span>'
        for label, code in _CODES.items()
    }
)
_LIKE = re.compile(
    r"[【\[［〖〔]\s{0,4}已\s{0,4}遮\s{0,4}[盖蓋]"
    r"(?:\s{0,4}[：:])?([^【】\[\]［］〖〗〔〕，。；、\n]{0,40})[】\]］〗〕]?"
)


def mark(code: str) -> str:
    """The mark of a kind, as it stands in a body; a KeyError where there is no such kind."""
    return f"【已遮盖：{LABELS[code]}】"


def codes(text: str) -> tuple[str, ...]:
    """The kinds of all marks in a text, in its order."""
    return tuple(_CODES[found] for found in _MARK.findall(text))


def blanked(text: str) -> str:
    """The text with its marks as blocks of their length, which no rule reads."""
    return _MARK.sub(lambda found: "█" * len(found[0]), text) if "【已遮盖：" in text else text


def unknown(text: str) -> tuple[Unknown, ...]:
    """What looks like a mark in a text, but is not of the vocabulary, letter by letter.

    Other brackets, a half-width colon, white space, a missing kind or end are found too: a reader
    takes them for marks, and the site shows them as text.
    """
    return tuple(
        Unknown(like.start(), like[1].strip())
        for like in _LIKE.finditer(text)
        if _MARK.fullmatch(like[0]) is None
    )


def html(escaped: str) -> str:
    """The text of an element, already escaped, with its marks as elements.

    A mark's shape depends on its kind alone. It holds no character that Markdown or HTML
    knows, so that no syntax can split it and it needs no place in a grammar.
    """
    return _MARK.sub(_span, escaped) if "【已遮盖：" in escaped else escaped


def _span(found: re.Match[str]) -> str:
    return _SPANS[found[1]]
