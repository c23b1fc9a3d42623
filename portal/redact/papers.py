"""Passports and plates; identity cards and mobile numbers in keys, addresses and odd forms."""

import re
from collections.abc import Iterator

from portal.redact import misread
from portal.redact.finding import Finding
from portal.redact.view import View

_PASSPORT = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|Passport|passport|PASSPORT)(?:号码?|编号"
    r"|[ ]?[Nn][Oo]\.?)?(?:\([^()\n]{0,8}\))?(?:为|是)?[\s:"
    r"|#]{0,4}(?P<value>[A-Z]{0,2}[ ]?[A-Z]?\d(?:[ -]?\d){5,10}(?!\d)"
    r"|(?=[A-Z]{0,8}\d)[A-Z0-9]{7,10}(?![A-Za-z0-9]))"
)
_PASSPORT_BARE = re.compile(
    r"(?<![A-Za-z0-9-])(?:(?<=\()[A-Z]{1,2}\d{7,8}(?=\))|[EGDSPH]\d{8}|E[A-Z]\d{7}"
    r"|[HM]\d{10})(?![A-Za-z0-9-])"
)
_SERIAL = re.compile(r"[A-Z]\d{7}")
_REGION = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][ \n]?[A-HJ-NP-Z]"
)
_PLATE = re.compile(
    r"(?<![一-鿿A-Za-z0-9](?<![牌照车号码驶乘为是辆由将驾开于在和与坐的(]))(?:[京津沪渝冀豫云辽黑湘"
    r"皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][ \n]?[A-HJ-NP-Z])[ ]?[·.\- ]?[ ]?"
    r"(?=[A-Z0-9 ]*\d)[A-HJ-NP-Z0-9](?:[ ]?[A-HJ-NP-Z0-9]){3,5}[挂学警港澳]?(?![A-Za-z0-9])"
)
_SMALL_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][-· ]?"
    "(?=[a-z0-9]{0,4}[0-9]{2})[a-z0-9]{5,6}(?![A-Za-z0-9])"
)
"""A plate in small letters."""
_KEYED = re.compile(r"(?<![0-9])[=][\"']?(?:86)?(?P<value>1[3-9]\d{9})(?![0-9A-Za-z])")
"""A mobile number as the value of a key: in an address, in a log."""
_PAPERS = re.compile(
    r"(?:身份证(?:件)?号?码?|公民身份号码|sfzh)[ :=]{0,3}"
    r"(?P<value>(?=[A-Za-z0-9]*\d{6})[0-9A-Za-z]{15,20})"
    r"(?![0-9A-Za-z])"
)
"""Letters and digits behind the label of an identity card, whatever a scan made of them."""
_OVERSEAS = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}\d{6}[(][0-9A][)]")
"""An identity card of Hong Kong, with its check digit in brackets."""
_CHECKED = re.compile(r"[(][0-9A][)]")


def find(view: View) -> Iterator[Finding]:
    """Passports, plates, and what only its form or its key tells."""
    yield from _keyed(misread.corrected(view.text))
    for found in _PASSPORT.finditer(view.text):
        yield Finding(*found.span("value"), "passport", "mask", "label-passport")
    for found in _PASSPORT_BARE.finditer(view.text) if _SERIAL.search(view.text) else ():
        cell = view.cell(found.start())
        is_column = cell is not None and "护照" in cell.head
        yield Finding(
            *found.span(), "passport", "mask" if is_column else "suspect", "passport-form"
        )
    for found in _SMALL_PLATE.finditer(view.text):
        yield Finding(*found.span(), "plate", "suspect", "plate-small")
    for found in _PLATE.finditer(view.text) if _REGION.search(view.text) else ():
        yield Finding(*found.span(), "plate", "mask", "plate")


def _keyed(text: str) -> Iterator[Finding]:
    """Numbers as the values of keys; cards of Hong Kong, and what a scan made of ours."""
    for found in _KEYED.finditer(text) if "=" in text else ():
        yield Finding(*found.span("value"), "mobile", "suspect", "mobile-keyed")
    for found in _PAPERS.finditer(text):
        yield Finding(*found.span("value"), "id-number", "suspect", "id-labelled")
    for found in _OVERSEAS.finditer(text) if _CHECKED.search(text) else ():
        yield Finding(*found.span(), "id-number", "suspect", "id-overseas")
