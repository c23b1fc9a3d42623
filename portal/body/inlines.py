"""What Markdown knows within a line, as Python-Markdown has it, save where text would be lost."""

import re
import string
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown, inlinepatterns, treeprocessors, util

from portal.body import links, piece, signs

_SIGN = re.compile(r"[`\\\[<&]|\*+|_+| {2}\n")
_CODE = r"(?<![\\`])(`{1,3})(?!`)(.{1,1000}?)(?<!`)\1(?!`)"
"""At most a thousand characters, for the end is looked for from every start."""
_MAIL = r"<([^\s<>@]{1,64}@[^\s<>@]{1,255})>"
_LINK = (
    r"\[((?:[^\[\]]|\[[^\[\]]*+\])*+)\]"
    r"\(\s*+(?:<([^<>\n]*+)>|((?:[^\s()<>]|\([^\s()]*+\))*+))"
    r"""(?:\s++(?:"([^"]*+)"|'([^']*+)'))?\s*+\)"""
)

_Made = Element | str | None
_Plain = Callable[[str], str]


class Rule(inlinepatterns.InlineProcessor):
    """A pattern, and the function that makes of a match an element, text without signs, or nothing.

    The function is also given one that turns part of the match into the text of an attribute:
    there, what the library found before stands as placeholders.
    """

    def __init__(self, pattern: str, make: Callable[[re.Match[str], _Plain], _Made], md: Markdown):
        super().__init__(pattern, md)
        self.make = make

    def handleMatch(  # type: ignore[override]  # noqa: N802  # the library's name and arguments
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[_Made, int, int]:
        made = self.make(m, self.plain)
        return made, m.start(), m.start() + 1 if made is None else m.end()

    def plain(self, text: str) -> str:
        return treeprocessors.UnescapeTreeprocessor().unescape(self.unescape(text)).strip()


def code(found: re.Match[str], _: _Plain) -> Element:
    """`` `代码` ``."""
    element = Element("code")
    element.text = util.AtomicString(found[2].strip())
    return element


def link(found: re.Match[str], plain: _Plain) -> Element | None:
    """`[标题](目标 "说明")`, where what is in round brackets can be a target."""
    element = _leading("a", "href", found, plain)
    if element is not None:
        element.text = found[1]
    return element


def image(found: re.Match[str], plain: _Plain) -> Element | None:
    """`![说明](目标)`."""
    element = _leading("img", "src", found, plain)
    if element is not None:
        element.set("alt", piece.decode(plain(found[1])))
    return element


def mail(found: re.Match[str], _: _Plain) -> Element:
    """`<name@example.gov.cn>`."""
    address = found[1].removeprefix("mailto:")
    element = Element("a", {"href": f"mailto:{address}"})
    element.text = util.AtomicString(address)
    return element


def reference(found: re.Match[str], _: _Plain) -> str:
    """`&nbsp;` or `&#22995;`, as the character: no markup is made of it."""
    return piece.decode(found[0])


class Restraint(treeprocessors.Treeprocessor):
    """Keeps from the library the text that has no signs for it, and that which has too many."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            element.text = _restrained(element.text)
            element.tail = _restrained(element.tail)


def configure(md: Markdown) -> None:
    """Give the library this syntax; without HTML, which is text, and without references."""
    patterns = md.inlinePatterns
    for name in ("reference", "short_reference", "image_reference", "short_image_ref", "html"):
        patterns.deregister(name)
    md.ESCAPED_CHARS[:] = string.punctuation
    patterns.register(Rule(_CODE, code, md), "backtick", 190)
    patterns.register(Rule("(?<!!)" + _LINK, link, md), "link", 160)
    patterns.register(Rule("!" + _LINK, image, md), "image_link", 150)
    patterns.register(Rule(_MAIL, mail, md), "automail", 110)
    broken = inlinepatterns.SubstituteTagInlineProcessor(r"(?: {2}|\\)\n", "br")
    patterns.register(broken, "linebreak", 100)
    patterns.register(Rule(piece.ENTITY.pattern, reference, md), "entity", 80)
    patterns.register(_emphasis(md), "em_strong", 60)
    md.treeprocessors.register(Restraint(md), "restraint", 25)


def _leading(tag: str, name: str, found: re.Match[str], plain: _Plain) -> Element | None:
    target = plain(found[2] or found[3] or "")
    if not links.is_likely(target):
        return None
    title = piece.decode(plain(found[4] or found[5] or ""))
    return Element(tag, {name: target, "title": title} if title else {name: target})


def _emphasis(md: Markdown) -> inlinepatterns.DelimiterProcessor:
    """Emphasis that leaves alone what contracts have: 600*800, 138****1234, 姓名：____ 年 __ 月.

    A single sign within a word is none, nor is a run of more than three; the rest is the
    library's rule, by which `**甲方：**` is strong between Chinese words.
    """
    processor = inlinepatterns.DelimiterProcessor("*", "strong,em", md)
    processor.add("_", "strong,em", smart=True)
    processor.delimiters["*"].boundary = _boundary(r"\*", r"\*{2,3}", r"\*")
    processor.delimiters["_"].boundary = _boundary("_", "(?!)", "_{1,2}")
    return processor


def _boundary(sign: str, anywhere: str, between: str) -> re.Pattern[str]:
    """Where emphasis begins or ends: signs that may stand anywhere, and those between words."""
    before, after = rf"(?<=[^\s{sign}{signs.OPENERS}])", rf"(?=[^\s{sign}{signs.CLOSERS}])"
    run = rf"(?<!{sign}){anywhere}(?!{sign})"
    start, end = rf"(?<![\w{sign}]){between}(?!{sign})", rf"(?<!{sign}){between}(?![\w{sign}])"
    lone = rf"(?<![\w{sign}]){between}(?![\w{sign}])"
    return re.compile(
        rf"(?P<ambiguous>{before}(?:{run}|{lone}){after})"
        rf"|(?P<end>{before}(?:{run}|{end}))"
        rf"|(?P<start>(?:{run}|{start}){after})"
    )


def _restrained(text: str | None) -> str | None:
    if not text:
        return text
    count = len(_SIGN.findall(text))
    return text if 0 < count <= signs.MOST else util.AtomicString(text)
