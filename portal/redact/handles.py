"""Names in Latin letters, as people call or register themselves: Tom, kevin zhao, hu.jianguo."""

import functools
import pathlib
import re
from collections.abc import Iterator

from portal.redact import strangers
from portal.redact.finding import Finding
from portal.redact.view import View

_CAPITAL = re.compile("[A-Z][a-z]")
_WORD = re.compile(r"(?<![A-Za-z0-9@./_'\\-])[A-Z][a-z]{1,10}(?![A-Za-z0-9@_'-]|\.[a-z])")
_MORE = re.compile(r"(?:[ ·](?:[A-Z]\.[ ]?)?[A-Z][a-z]{1,14}){1,2}(?![A-Za-z0-9@_-])")
_PAIR = re.compile(
    r"(?<![A-Za-z0-9@./_-])(?P<one>[a-z]{2,11})(?P<link>[ ._])"
    r"(?P<two>[a-z]{2,12})(?![A-Za-z0-9_@-])"
)
_SYLLABLES = re.compile(f"{strangers.SYLLABLE}{{1,2}}")
_ROLED = re.compile(
    "(?<![A-Za-z0-9@./_-])(?P<value>[A-Z][a-z]{2,14})[(](?:翻译|原厂|外方|外籍|代理商|厂商|顾问|讲师|专家|客户|"
    "[一-鿿]{0,6}(?:师|员|经理|主管|总监|代表|助理|负责人|方))[)]"
)
_SIGNED = re.compile(
    r"(?:[Rr]egards|[Rr]gds|[Tt]hanks|[Bb]est|\bBR|[Cc]heers|[Ss]incerely"
    r"|[Yy]ours)[,!.]?[ \n]{1,3}(?P<value>[A-Z][a-z]{2,14}(?: [A-Z][a-z]{1,14})?)(?=[ \n,.]|$)"
)
_WRITTEN = re.compile(
    r"(?:Author|Committer|Reporter|Assignee|Owner|Signed-off-by|author|operator|username|login|作者|操作人|提交人|用户名|账号名)"
    r"[ ]?[:=][ ]?[\"']?(?P<value>[A-Za-z][A-Za-z0-9._-]{2,24})(?![A-Za-z0-9@])"
)
_NOBODY = frozenset(
    "admin root system user test guest null none true false default nobody anonymous".split()
)


@functools.cache
def given() -> frozenset[str]:
    """Given names, in small letters."""
    lines = pathlib.Path(__file__).with_name("given.txt").read_text("utf-8").splitlines()
    return frozenset(" ".join(lines[1:]).split())


def find(view: View) -> Iterator[Finding]:
    """Suspects."""
    text = view.text
    if _CAPITAL.search(text):
        for found in _WORD.finditer(text):
            if found[0].lower() in given():
                more = _MORE.match(text, found.end())
                yield _suspect(found.start(), more.end() if more else found.end())
        for pattern in (_ROLED, _SIGNED):
            for found in pattern.finditer(text):
                yield _suspect(*found.span("value"))
    for found in _PAIR.finditer(text):
        if _is_pair(found):
            yield _suspect(*found.span())
    for found in _WRITTEN.finditer(text):
        if found["value"].lower() not in _NOBODY:
            yield _suspect(*found.span("value"))


def _suspect(start: int, end: int) -> Finding:
    return Finding(start, end, "person-name", "suspect", "handle")


def _is_pair(found: re.Match[str]) -> bool:
    """Whether two words in small letters are a given name and a surname, or a user's in pinyin."""
    if found["two"] in strangers.SURNAMES and found["one"] in given():
        return True
    is_user = found["link"] != " " and found["one"] in strangers.SURNAMES and len(found["two"]) > 3
    return is_user and _SYLLABLES.fullmatch(found["two"]) is not None
