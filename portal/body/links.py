"""Where a link in a body may lead: to the web, to an address for mail, or within the site."""

import re

from portal.body import piece

_HOST = r"(?:[a-zA-Z0-9\u4e00-\u9fff-]+\.)*[a-zA-Z\u4e00-\u9fff][a-zA-Z0-9\u4e00-\u9fff-]*\.?"
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_WEB = (
    rf"(?i:https?)://(?:{_HOST}|(?:{_OCTET}\.){{3}}{_OCTET})"
    r"(?::(?:[1-5]?[0-9]{1,4}|6[0-4][0-9]{3}))?(?:[/?#].*)?"
)
_MAIL = rf"(?i:mailto):[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{_HOST}(?:\?.*)?"
_WITHIN = r"(?!//)[^:/?#]*(?:[/?#].*)?"
_LIKELY = re.compile(r"[./#?]|^[a-zA-Z][a-zA-Z0-9+-]*:")
_NEVER = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")
_ILLEGAL = re.compile(r'[\s"<>^`{|}\[\]]|%(?![0-9a-fA-F]{2})')
_WRITTEN = re.compile(r"\]\(\s*+(?:<([^<>\n]*+)>|((?:[^\s()<>\]]|\](?!\()|\([^\s()]*+\))++))")
"""A target as an author writes it. It ends before another begins, so that no text is read twice."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def href(target: str) -> str | None:
    """The URL that a target stands for; None where no link may be made of it.

    http, https, mailto and what has no scheme are safe. The scheme is looked for as a browser
    does, after character references are decoded; a control character, a backslash, a colon
    before the first slash or two leading slashes (another host) are not what an author means.
    """
    url = piece.decode(target).strip()
    if not url or _NEVER.search(url):
        return None
    if any(_is(form, url) for form in (_WEB, _MAIL, _WITHIN)):
        path, number, fragment = _ILLEGAL.sub(_encoded, url).partition("#")
        return path + number + fragment.replace("#", "%23")
    return None


def is_remote(url: str) -> bool:
    """Whether a URL of `href` leads to another host."""
    return _is(_WEB, url)


def is_within(url: str) -> bool:
    """Whether a URL of `href` leads to this site."""
    return _is(_WITHIN, url)


def _is(form: str, url: str) -> bool:
    """Whether a URL is of a form; `re` compiles it for the first link, which takes 2 ms."""
    return re.fullmatch(form, url, re.ASCII) is not None


def is_likely(target: str) -> bool:
    """Whether an author can have meant a target: a contract's `[甲方](以下简称采购人)` is no link.

    A target looks like a path or has a scheme. One that has the wrong scheme is then refused.
    """
    return _LIKELY.search(target) is not None


def lines(text: str) -> dict[str, int]:
    """The targets that stand in a body, each with the line, from 0, on which it first stands.

    They are spelled as `Body.links` spells them. One pass: a body may hold thousands of links.
    """
    found: dict[str, int] = {}
    line, done = 0, 0
    for one in _WRITTEN.finditer(text):
        line, done = line + text.count("\n", done, one.end()), one.end()
        found.setdefault(_ESCAPED.sub(r"\1", one[1] or one[2] or "").strip(), line)
    return found


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())
