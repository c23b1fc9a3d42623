"""Names told by what stands right behind them in a row: a person's sex, an address of mail."""

import re
from collections.abc import Iterator

from portal.redact import context, named
from portal.redact.finding import Finding
from portal.redact.view import View

_GENDERED = re.compile(
    r"(?<![一-鿿])(?P<value>[一-鿿]{2,4})[ ]?[(,、][ ]?(?:性别)?[:]?[男女](?=[,)、 ])"
)
_SEXED = re.compile(r"(?<![一-鿿])(?P<value>[一-鿿]{2,4})[ \t|]{1,4}[男女](?=[ \t|]{1,4}[^ \t|])")
"""A row of a list of persons: 明亮 男 1988.01."""
_ADDRESSED = re.compile(
    r"(?:^|(?<=[\n:;,、]))[ ]{0,2}(?P<value>[一-鿿]{2,4})[ ]{0,2}<[A-Za-z0-9._%+-]{1,40}@",
    re.MULTILINE,
)
"""Who a mail is from or to."""
_FIELDS = named.WORDS | context.WORDS | {"性别", "民族"}


def find(view: View) -> Iterator[Finding]:
    """Names before 男 and 女, and before an address in angle brackets."""
    text = view.text
    if "男" in text or "女" in text:
        for found in _GENDERED.finditer(text):
            start, end = found.span("value")
            start += 1 if end - start > 2 and found["value"][0] in "与和由及经" else 0
            yield Finding(start, end, "person-name", "mask", "gendered")
        yield from _before(text, _SEXED, "gendered")
    if "<" in text and "@" in text:
        yield from _before(text, _ADDRESSED, "addressed")


def _before(text: str, pattern: re.Pattern[str], rule: str) -> Iterator[Finding]:
    for found in pattern.finditer(text):
        if found["value"] not in _FIELDS:
            yield Finding(*found.span("value"), "person-name", "mask", rule)
