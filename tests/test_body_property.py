"""What holds for every body: both paths agree, HTML is whole and harmless, no word is lost."""

import html.parser
import itertools
import re
import urllib.parse
from collections import Counter

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal import body
from portal.body import library, piece, plain, source

LABELS = body.Labels("表格 {number}")

# fmt: off
SIGNS = [
    "*", "**", "***", "****", "_", "__", "____", "`", "``", "[", "]", "(", ")", "](", "!", "<",
    ">", "&", "&amp;", "&lt", "&#42;", "\\", "\\*", "\\|", "|", "|---|", "--|", ":-:|", "---",
    "-", "--", "- ", "+ ", "* ", "1. ", "3. ", "10. ", "1) ", "3.1 ", "0. ", "01. ", "５. ", "# ",
    "## ", "#", "####### ", " #", " ##", "> ", "=", "===", "___", "- - -", "<b>", "</b>", "<br>",
    "<a@b.c>", "<http://x.cn/>", "[x](y.z)", "![a](b.c)", "[a]: ", "甲", "乙方", "a", "1", "2024",
    "█████", "，", "：", "（", "）", "“", "”", "。", '"', "'", "(一) ", "【已遮盖：姓名】",
    "【已遮盖：甲】",
]
SPACES = ["\n", "\n", "\n\n", "\n\n", "\n\n\n", " ", "  ", "    ", "  \n", "\t", "\u3000", "\xa0"]
CONTROLS = [
    "\r\n", "\r", "\x00", "\x01", "\x02", "\x03", "\x0c", "\x1c", "\x85", "\u2028", "\ufeff",
    "\ufffe", "\x02klzzwxh:0000\x03", "\x0242\x03",
]
PLAIN = [
    "甲方 **应当** 支付", "**甲方：**某局", "乙方**“合同”**与", "5*8小时，7*24", "a_b", "____",
    "[2024]12号", "A&B", "x < y", "1 > 0", "█████", "【已遮盖：手机号】", "**【已遮盖：姓名】**",
    "\\geq", "!", "(一) 条", "3.1 条", "1) 条", "#3机组", "-5℃", "<b>粗</b>", '"引"', "２. 条",
    "一\u3000二", "甲方",
]
EDGES = [
    "张**、李**", "**粗", "粗**", "** 粗 **", "**（甲）**", "**：**", "***粗***", "**a|b**",
    "一**二 **三** 四", "**一 **二** 三**", "**一\n二**", "**a**b**", "*斜*", "_斜_", "a*", "*a",
    "__粗__", "（__）", "a | b", "| a", "`c`", "[x](y.z)", "[甲](乙)", "&amp;", "&nbsp",
    "<a@b.c>", "\\*", "\\", "# 章", "## ", "> 引", ">5%", "+ 条", "* 条", "- 条", "- ", "1. 条",
    "- # 章", "- - 条", "1. 2. 条", "- > 引", "- ---", "1. ____", "---", "-", "- - -", "===", "=",
    "***", "___", "****", "|--|--|", "|---|", "--|--", "| | |", "| 甲 | 乙 |", "|甲|乙|丙|",
    "甲|乙", "    缩", " 前", "<br>", "138****1234", "\u3000", "",
]
STARTS = [
    "", "", "", "", "# ", "## ", "### ", "- ", "- ", "1. ", "2. ", "7. ", "| ", "\u3000\u3000",
]
ENDS = ["", "", "", "", "", " ", "  ", "\u3000", " |", " ##", "\\"]
GAPS = ["\n", "\n\n", "\n\n", "\n\n\n", "  \n", "\n \n"]
HEADS = ["| 甲 | 乙 |", "|甲|乙|丙|", "| | |", "甲|乙", "| 甲 |", "|", "||"]
RULES = ["|---|--:|", "|-|-|-|", ":-:|---", "|---|", "| | |", "|--|-", "---"]
ROWS = ["| 1 | **2** |", "|1|2|3|4|", "1|2", "|--|--|", "| x<br>y | |", "注", "| - |"]
PLACES = [
    "@", "@\n", "段@", "段 @ 段", "段@段", "@ 段", "段\n@", "段\n@\n段", "@\n@", "@\n\n@",
    "@  \n@", "# @", "#  @ ##", "#@", "- @", "-  @\n- 条", "- 条@\n- @条", "- 条\n@",
    "- @\n\n- @", "- 条\n\n@", "1. @", "1. 条@\n3. @条", "2. 条\n@", "1. @\n\n1. @",
    "- 条\n\n1. @", "1. 条\n\n- @\n\n1. 条", "| @ | 乙 |\n|---|---|\n| 1 | @ |",
    "|甲|乙|\n|--|--|\n|@", "|甲|乙|\n|--|--|\n|1|2|\n@", "@|乙\n--|--", "- 甲|@\n|--|--|",
    "1. @\n|--|--|\n|1|2|", "段\n|甲|乙|\n|-|-|\n@\n", "@\n---", "@\n\n---\n@", "@\n# 章\n@",
]
HOSTILE = [
    "[x](javascript:alert(1))", "![x](javascript:x)", "<javascript://x>",
    "[x](java&#115;cript:x)", "[x](data:text/html,<script>)", '[x](a.b "t" onclick="y")',
    '[x](<a.b" onclick="x>)', '![x" onerror="y](a.b)', "<svg onload=x>", "<script>x</script>",
    "<style>*{}</style>", "<iframe src=//x.cn>", "[x](//x.cn/a)", "![x](http://x.cn/a.png)",
    "[a [b](c.d) e](f.g)", "[![i](a.b)](c.d)", "[![](a.b)](c.d)", "[<http://x.cn>](y.z)",
    "[](a.b)", "![](a.b)", "[x](http://a.cn/'onclick='y)", "&#60;script&#62;",
    "&lt;img onerror=x&gt;", "&#0;", "&#x1F;", "<table>", "</table>", "<table onclick=x>", "<tr>",
    "</tr>", "<td>", "</td>", "<td rowspan=2>", '<td colspan="3" style="x">',
    "<td rowspan=100 colspan=100>", "<th>", "<thead>", "</thead>", "<caption>", "</caption>",
    "<p>", "</p>", "<b>", "</b>", "<!-- 注 -->", "<img src=x onerror=y>",
    "<tr><td>1<td rowspan=3>2", "甲", "</div>", "<div>",
]
# fmt: on

WORDS = st.lists(st.sampled_from(SIGNS + SPACES), max_size=25).map("".join)
LETTERS = st.lists(st.sampled_from(SIGNS + SPACES + CONTROLS), max_size=25).map("".join)
ATTACKS = st.lists(st.sampled_from(HOSTILE + SPACES), max_size=30).map("".join)
ANYTHING = st.text(max_size=60) | LETTERS | ATTACKS
TABLES = st.builds(
    lambda head, rule, rows: "\n".join((head, rule, *rows, "")),
    st.sampled_from(HEADS),
    st.sampled_from(RULES),
    st.lists(st.sampled_from(ROWS)),
)


def lines(middles: list[str]) -> st.SearchStrategy[str]:
    """Lines that begin and end in the ways that matter, with these in between."""
    parts = (STARTS, middles, ENDS, GAPS)
    line = st.tuples(*map(st.sampled_from, parts)).map("".join)
    return st.lists(line, max_size=8).map("".join)


BODIES = st.lists(lines(PLAIN) | lines(PLAIN + EDGES) | TABLES | WORDS, max_size=3).map("".join)
"""Bodies inside, at the edge of, and outside what the fast path knows."""


def whole(text: str) -> piece.Piece:
    """What the parts of a text are together, all of them made by the library."""
    parts = [library.render(chunk) for chunk in source.chunks(text)]
    return piece.Piece(
        "\n".join(part.html for part in parts if part.html),
        tuple(head for part in parts for head in part.heads),
        tuple(link for part in parts for link in part.links),
    )


class Reader(html.parser.HTMLParser):
    """Reads HTML: each tag with its attributes, and the texts between them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag; its attributes all have values."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        """Keep the end of an element."""
        self.tags.append((f"/{tag}", {}))
        self.texts.append("")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.texts[-1] += data


def read(made: str) -> Reader:
    """HTML as a browser reads it."""
    reader = Reader()
    reader.feed(made)
    reader.close()
    return reader


INLINE = {"strong": set(), "em": set(), "code": set(), "br": set(), "span": {"class", "data-kind"}}
ALLOWED: dict[str, set[str]] = {
    **INLINE,
    "a": {"href", "rel", "title"},
    "img": {"src", "alt", "title"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    **{
        tag: set()
        for tag in ("p", "hr", "ul", "blockquote", "table", "caption", "thead", "tbody", "tr")
    },
    "ol": {"start"},
    "li": {"value"},
    "section": {"class", "tabindex", "aria-label"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "colspan", "rowspan", "scope"},
}
EMPTY = {"br", "hr", "img"}
UNFIT = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")
HAN = re.compile(r"[\u4e00-\u9fff]")


@given(BODIES | LETTERS)
@settings(max_examples=400)
def test_both_paths_agree(text: str) -> None:
    """What the fast path makes is, letter by letter, what the library makes of the same text."""
    regular = source.regular(text)
    fast = plain.render(regular)
    assert fast is None or fast == library.render(regular)


@pytest.mark.parametrize("words", PLAIN)
def test_the_fast_path_is_taken(words: str) -> None:
    """What contracts are made of never takes the library, wherever it stands in a line."""
    text = f"# 章{words}\n段{words}\n段{words}  \n\n- 条{words}\n\n1. 条{words}\n2. 条\n\n"
    text += f"| 甲 | {words} |\n|---|--:|\n| {words} | 乙<br>丙 | 丁 |\n"
    assert plain.render(source.regular(text)) is not None


@pytest.mark.parametrize("words", EDGES + PLAIN)
def test_both_paths_agree_on(words: str) -> None:
    """Each thing at the edge, in each place where it can stand, is the same on both paths."""
    for place in PLACES:
        regular = source.regular(place.replace("@", words))
        fast = plain.render(regular)
        assert fast is None or fast == library.render(regular)


@given(BODIES | LETTERS)
@settings(max_examples=300)
@example("=  \x0c\x0c甲")
def test_parts_are_independent(text: str) -> None:
    """A text cut into parts means what it means as a whole."""
    regular = source.regular(text)
    assert whole(regular) == library.render(regular)


@given(ANYTHING | BODIES)
@settings(max_examples=300)
def test_html_is_whole(text: str) -> None:
    """Elements end where they should, and there are none but those that we name."""
    open_tags: list[str] = []
    for tag, attributes in read(body.render(text, LABELS).html).tags:
        if tag.startswith("/"):
            assert open_tags.pop() == tag[1:]
            continue
        assert set(attributes) <= ALLOWED[tag]
        if tag not in EMPTY:
            open_tags.append(tag)
    assert open_tags == []


@given(ATTACKS | ANYTHING)
@settings(max_examples=300)
def test_html_is_harmless(text: str) -> None:
    """No script, no style, nothing fetched from elsewhere, no link to what is not a page."""
    tags = read(body.render(text, LABELS).html).tags
    for _, attributes in tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
    assert not {"script", "style", "iframe", "svg"} & {tag for tag, _ in tags}
    for url in (attributes.get("href", "") for _, attributes in tags):
        assert re.match(r"https?://|mailto:|(?!//)[^:]*([/?#]|\Z)", url, re.IGNORECASE)
    assert not any(re.match(r"//|[^/?#]*:", attributes.get("src", "")) for _, attributes in tags)


@given(ATTACKS | ANYTHING | BODIES)
@settings(max_examples=300)
def test_a_sanitiser_changes_nothing(text: str) -> None:
    """A sanitiser that allows what we name finds nothing to remove: a parser reads the same."""
    made = body.render(text, LABELS).html
    clean = nh3.clean(
        made,
        tags=set(ALLOWED),
        clean_content_tags=set(),
        attributes=ALLOWED,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    ours, theirs = read(made), read(clean)
    assert ours.tags == theirs.tags
    assert ours.texts == theirs.texts


@given(ANYTHING | BODIES)
@settings(max_examples=300)
def test_no_word_is_lost(text: str) -> None:
    """Every Chinese character is on the page: as text, or in what a link or an image says."""
    reader = read(body.render(text, LABELS).html)
    values = [
        urllib.parse.unquote(value)
        for _, attributes in reader.tags
        for name, value in attributes.items()
        if name in {"href", "src", "alt", "title"}
    ]
    page = Counter(HAN.findall("".join((*reader.texts, *values))))
    assert Counter(HAN.findall(text)) <= page


TARGETS = ["[x](y.z)", "[甲](#一)", "![a](b_c.d)", r"[x](a\_b.c)", "[x](<a b.c>)", "[x](a.b 't')"]
LINKED = st.lists(st.sampled_from(TARGETS + SIGNS + SPACES), max_size=20).map("".join)


@given(LINKED)
@settings(max_examples=200)
def test_links_have_lines(text: str) -> None:
    """Where a link leads to another page or a heading, the line on which it stands is known."""
    within = [link for link in body.render(text, LABELS).links if ":" not in link]
    assert set(within) <= body.lines(text).keys()


@given(BODIES | ANYTHING)
@settings(max_examples=200)
def test_headings_are_an_outline(text: str) -> None:
    """Levels skip none, ids are unique, each heading has text and is on the page."""
    made = body.render(text, LABELS)
    levels = [1, *(heading.level for heading in made.headings)]
    assert all(2 <= later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    ids = [heading.id for heading in made.headings]
    assert len(set(ids)) == len(ids)
    assert all(heading.text for heading in made.headings)
    published = [attributes["id"] for _, attributes in read(made.html).tags if "id" in attributes]
    assert published == ids


@given(ANYTHING | BODIES)
@settings(max_examples=200)
def test_regular_text_stays(text: str) -> None:
    """A text that was made regular holds what HTML may hold, and means the same made so again."""
    regular = source.regular(text)
    assert not UNFIT.search(regular)
    assert body.render(regular, LABELS) == body.render(text, LABELS)
