"""The blocks of Markdown, as Python-Markdown has them, save where a contract would lose text."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown, blockparser, blockprocessors
from markdown.extensions import sane_lists

from portal.body import lists, signs, tables


class Heading(blockprocessors.HashHeaderProcessor):
    """`## 标题`."""

    RE = signs.HEADING


class Quotation(blockprocessors.BlockQuoteProcessor):
    """`> 补充说明`, with a space, for `>5%` at the start of a line is a limit."""

    RE = re.compile(r"(^|\n) {0,3}>(?=[ >\n]|\Z) ?(.*)")


class Bulleted(sane_lists.SaneUListProcessor):
    """`- 条目`."""


class Numbered(sane_lists.SaneOListProcessor):
    """`3. 条目`, of which the tree keeps the number as `value`."""

    def __init__(self, parser: blockparser.BlockParser) -> None:
        super().__init__(parser)
        self.RE = re.compile(rf" {{0,3}}{lists.NUMBER} +(.*)")
        self.CHILD_RE = re.compile(rf" {{0,3}}({lists.NUMBER}) +(.*)")

    def run(self, parent: Element, blocks: list[str]) -> None:
        lines = blocks[0].split("\n")
        found = map(self.CHILD_RE.match, lines)
        numbers = [one[2] for one in found if one is not None]
        known = len(self._list(parent))
        super().run(parent, blocks)
        for item, number in zip(self._list(parent)[known:], numbers, strict=False):
            item.set("value", number)

    def _list(self, parent: Element) -> Element | list[Element]:
        """The list to which the library adds what it finds next under a parent."""
        last = self.lastChild(parent)
        if last is not None and last.tag == self.TAG:
            return last
        return parent if parent.tag in self.SIBLING_TAGS else []


class Table(blockprocessors.BlockProcessor):
    """`| 序号 | 名称 |`, of which no cell is dropped; see `tables.found`."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002  # as called
        return "|" in block

    def run(self, parent: Element, blocks: list[str]) -> bool:
        lines = blocks[0].split("\n")
        done = 0
        for table in tables.found(lines):
            self._rest(parent, lines[done : table.start])
            self._table(parent, table)
            done = table.end
        if not done:
            return False
        del blocks[0]
        self._rest(parent, lines[done:])
        return True

    def _rest(self, parent: Element, lines: list[str]) -> None:
        if lines:
            self.parser.parseBlocks(parent, ["\n".join(lines)])

    def _table(self, parent: Element, table: tables.Pipes) -> None:
        element = SubElement(parent, "table", align=",".join(table.align))
        for cells in (table.head, *table.rows):
            row = SubElement(element, "tr")
            for cell in cells:
                SubElement(row, "td").text = cell


def configure(md: Markdown) -> None:
    """Give the library these blocks; without code by indentation and without references.

    A scan indents paragraphs, and a line such as `[备注]: 无` would vanish as a reference.
    """
    blocks = md.parser.blockprocessors
    for name in ("code", "reference"):
        blocks.deregister(name)
    blocks.register(Table(md.parser), "table", 75)
    blocks.register(Heading(md.parser), "hashheader", 70)
    blocks.register(Numbered(md.parser), "olist", 40)
    blocks.register(Bulleted(md.parser), "ulist", 30)
    blocks.register(Quotation(md.parser), "quote", 20)
