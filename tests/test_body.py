"""A body becomes HTML: what contracts hold, what scanners make of it, and what attackers try."""

import html.parser
import pathlib
import re
import time

import pytest

from portal import body
from portal.body import library, plain, source
from portal.redact import marks

LABELS = body.Labels("表格 {number}")
MARK = marks.mark("bank-account")
SPAN = '<span class="mark" data-kind="bank-account">已遮盖：银行账号</span>'
CONTRACTS = sorted(pathlib.Path(__file__).parents[2].glob("*/contracts/*.txt"))


def shown(text: str) -> str:
    """The HTML of a body."""
    return body.render(text, LABELS).html


class Reader(html.parser.HTMLParser):
    """Reads HTML as a browser shows it."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.words.append(data)


def seen(made: str) -> str:
    """The text that a browser shows of HTML."""
    reader = Reader()
    reader.feed(made)
    return "".join(reader.words)


def table(*rows: str, head: str = "") -> str:
    """The HTML of the first table of a body."""
    lines = [*(["<thead>", head, "</thead>"] if head else []), "<tbody>", *rows, "</tbody>"]
    start = '<section class="scroll" tabindex="0" aria-label="表格 1"><table>'
    return "\n".join((start, *lines, "</table></section>"))


SAME = {
    "600*800*1200mm，5*8小时，7*24小时": "<p>600*800*1200mm，5*8小时，7*24小时</p>",
    "(长)*宽，(高)*2": "<p>(长)*宽，(高)*2</p>",
    "138****1234，139****5678": "<p>138****1234，139****5678</p>",
    "张**、李**同志": "<p>张**、李**同志</p>",
    "甲方：______ 乙方：____（盖章）____": "<p>甲方：______ 乙方：____（盖章）____</p>",
    "（__）年__月__日": "<p>（__）年__月__日</p>",
    "[备注]: 无": "<p>[备注]: 无</p>",
    "国办发[2024](15)号": "<p>国办发[2024](15)号</p>",
    "[甲方](以下简称采购人)": "<p>[甲方](以下简称采购人)</p>",
    "#3机组": "<p>#3机组</p>",
    "\\geq 5%": "<p>\\geq 5%</p>",
    ">5%的部分": "<p>&gt;5%的部分</p>",
    "３. 全角": "<p>３. 全角</p>",
    "01. 编号": "<p>01. 编号</p>",
    "1) 一": "<p>1) 一</p>",
    "3.1 服务": "<p>3.1 服务</p>",
    "-5℃": "<p>-5℃</p>",
    "█████": "<p>█████</p>",
    "1. 甲\n1) 乙": "<ol>\n<li>甲\n1) 乙</li>\n</ol>",
}


@pytest.mark.parametrize(("text", "expected"), SAME.items())
def test_contracts_keep_their_words(text: str, expected: str) -> None:
    """What Markdown would take from a contract (a factor, a blank, a masked name) stays."""
    assert shown(text) == expected


FORMATTED = {
    "**甲方：**某局": "<p><strong>甲方：</strong>某局</p>",
    "甲方**“合同”**与**乙方**": "<p>甲方<strong>“合同”</strong>与<strong>乙方</strong></p>",
    "*斜体* _斜体_ ***二者***": (
        "<p><em>斜体</em> <em>斜体</em> <strong><em>二者</em></strong></p>"
    ),
    "`a<b` \\*字\\*": "<p><code>a&lt;b</code> *字*</p>",
    "一  \n二\\\n三": "<p>一<br>\n二<br>\n三</p>",
    "A&B &amp; &nbsp; &bogus; &#22995;": "<p>A&amp;B &amp; \u00a0 &amp;bogus; 姓</p>",
    "&lt;b&gt; &#0; &#x80; &notit;": "<p>&lt;b&gt; \ufffd € &amp;notit;</p>",
    "    首行缩进": "<p>首行缩进</p>",
    "\u3000\u3000首行缩进": "<p>首行缩进</p>",
    "> 补充\n>\n> - 一": ("<blockquote>\n<p>补充</p>\n<ul>\n<li>一</li>\n</ul>\n</blockquote>"),
    "一\n\n***\n\n二": "<p>一</p>\n<hr>\n<p>二</p>",
    "一\r\n二\x0c三\u2028四\x07": "<p>一\n二\n三\n四\ufffd</p>",
    "": "",
    " \n\t\n": "",
}


@pytest.mark.parametrize(("text", "expected"), FORMATTED.items())
def test_markdown(text: str, expected: str) -> None:
    """Emphasis, code, escapes, references, quotations and rules are what they are elsewhere."""
    assert shown(text) == expected


LISTS = {
    "3. 三\n4. 四": '<ol start="3">\n<li>三</li>\n<li>四</li>\n</ol>',
    "1. 一\n2. 二\n4. 四\n5. 五": (
        '<ol>\n<li>一</li>\n<li>二</li>\n<li value="4">四</li>\n<li>五</li>\n</ol>'
    ),
    "1. 一\n\n5. 五": '<ol>\n<li>\n<p>一</p>\n</li>\n<li value="5">\n<p>五</p>\n</li>\n</ol>',
    "- (一) 甲\n- (二) 乙": "<ul>\n<li>(一) 甲</li>\n<li>(二) 乙</li>\n</ul>",
    "- 甲\n1. 乙": "<ul>\n<li>甲\n1. 乙</li>\n</ul>",
    "正文\n1. 一": "<p>正文\n1. 一</p>",
    "1. 一\n    1. 内\n    3. 内": (
        '<ol>\n<li>\n一\n<ol>\n<li>内</li>\n<li value="3">内</li>\n</ol>\n</li>\n</ol>'
    ),
    "- 一\n    - 内\n\n        段": (
        "<ul>\n<li>\n一\n<ul>\n<li>\n<p>内</p>\n<p>段</p>\n</li>\n</ul>\n</li>\n</ul>"
    ),
}


@pytest.mark.parametrize(("text", "expected"), LISTS.items())
def test_lists(text: str, expected: str) -> None:
    """Items keep their numbers, also when one is missing; a list does not cut a paragraph."""
    assert shown(text) == expected


def test_headings() -> None:
    """Levels start below the page's own and skip none; ids are unique and say what stands there."""
    made = body.render("# 一\n### **二** 款\n## 二\n# 一\n## C# ##\n#\n## ！\n# 一_1", LABELS)
    assert made.headings == (
        body.Heading(2, "text-一", "一"),
        body.Heading(3, "text-二-款", "二 款"),
        body.Heading(3, "text-二", "二"),
        body.Heading(2, "text-一_1", "一"),
        body.Heading(3, "text-c", "C#"),
        body.Heading(3, "text-", "！"),
        body.Heading(2, "text-一_1_1", "一_1"),
    )
    assert '<h3 id="text-二-款"><strong>二</strong> 款</h3>' in made.html
    assert "<p>#</p>" in made.html


def test_headings_without_a_first_level() -> None:
    """A body whose highest heading has two signs begins at level 2 all the same."""
    levels = [one.level for one in body.render("## 一\n### 1\n###### 2\n## 二", LABELS).headings]
    assert levels == [2, 3, 4, 2]


def test_ids_of_like_headings() -> None:
    """An id that was made for one heading is not given to another."""
    ids = [one.id for one in body.render("# 一\n# 一_1\n# 一\n# 一", LABELS).headings]
    assert ids == ["text-一", "text-一_1", "text-一_2", "text-一_3"]


def test_headings_of_pictures() -> None:
    """A heading of which nothing can be read is none."""
    assert body.render("# ![](a.png)\n\n# \n\n# ![章](a.png)", LABELS).headings == (
        body.Heading(2, "text-章", "章"),
    )


@pytest.mark.parametrize(
    "text",
    [
        f"账号：{MARK}。",
        f"## 账号 {MARK}",
        f"- {MARK}",
        f"1. 甲\n    - {MARK}",
        f"> {MARK}",
        f"**{MARK}** 与 *{MARK}*",
        f"`{MARK}`",
        f"| 账号 | {MARK} |\n|---|---|\n| {MARK} | 2 |",
        f"<table><tr><td><p>{MARK}</p></td></tr></table>",
        "<table><tr><td>【已遮盖：<b>银行账号</b>】</td></tr></table>",
        f"[{MARK}](a.pdf)",
        f"{MARK}(项目经理)",
        f"[{MARK}](项目经理)",
        f"{MARK}[项目](经理)",
        f"{MARK}*甲*_乙_`丙`",
    ],
)
def test_marks(text: str) -> None:
    """A mark is shown wherever text can stand, and nothing can split it."""
    made = body.render(text, LABELS)
    assert made.html.count(SPAN) == text.count("账号】") + text.count("账号</b>】")
    assert "【已遮盖" not in made.html


def test_marks_make_no_links() -> None:
    """Brackets beside a mark, or an old form of it, lead nowhere."""
    for text in ("[已遮盖：姓名](项目经理)", f"{MARK}(a.pdf)", f"[{MARK}](项目经理)"):
        made = body.render(text, LABELS)
        assert (made.links, "<a" in made.html) == ((), False)


def test_marks_in_attributes() -> None:
    """Where no element can stand, a mark is words."""
    made = shown(f'![{MARK}](a.png "{MARK}") [甲](a.pdf "{MARK}")')
    assert made.count(f'"{MARK}"') == 3
    assert "<span" not in made


def test_unknown_marks_stay() -> None:
    """What is of no known kind is text, for a rule of check to find."""
    assert shown("【已遮盖：电话】") == "<p>【已遮盖：电话】</p>"


WITHIN = {
    "a.pdf": "a.pdf",
    "../road/": "../road/",
    "/contracts/road/": "/contracts/road/",
    "#第一条": "#第一条",
    "?page=2": "?page=2",
    "./a": "./a",
    "附件/合同（一）.pdf": "附件/合同（一）.pdf",
    "a_b(1).pdf": "a_b(1).pdf",
    "<a b.pdf>": "a%20b.pdf",
    "a.pdf?x=1&amp;y=[2]": "a.pdf?x=1&amp;y=%5B2%5D",
    "a.pdf#b#c": "a.pdf#b%23c",
    "100%.pdf": "100%25.pdf",
    "mailto:info@example.gov.cn": "mailto:info@example.gov.cn",
}


@pytest.mark.parametrize(("target", "url"), WITHIN.items())
def test_links_within(target: str, url: str) -> None:
    """A link within the site, or to an address for mail, is made, and reported as written."""
    made = body.render(f"见[附件]({target})。", LABELS)
    assert made.html == f'<p>见<a href="{url}">附件</a>。</p>'
    assert made.links == (target.strip("<>"),)


WEB = {
    "http://example.org": "http://example.org",
    "HTTPS://Example.org:8080/甲?a=b&c": "HTTPS://Example.org:8080/甲?a=b&amp;c",
    "https://中国.cn/": "https://中国.cn/",
    "http://127.0.0.1/": "http://127.0.0.1/",
}


@pytest.mark.parametrize(("target", "url"), WEB.items())
def test_links_to_the_web(target: str, url: str) -> None:
    """A link to another host gives it neither our name nor our reputation."""
    rel = 'rel="nofollow noopener"'
    assert shown(f"[网站]({target})") == f'<p><a href="{url}" {rel}>网站</a></p>'
    assert shown(f"<{target}>").startswith(f'<p><a href="{url}" {rel}>')


REFUSED = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "java&Tab;script:alert.x",
    "java&NewLine;script:alert.x",
    "javascript&colon;alert.x",
    "javascript\\:alert(1)",
    "&#1;javascript:alert(1)",
    "<java script:alert(1)>",
    "<  javascript:alert(1)>",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://example.org/",
    "tel:13800000000",
    "//example.org/",
    "/\\example.org/",
    "\\\\example.org/a",
    "http:example.org",
    "http:///example.org",
    "https://甲方@example.org/",
    "https://example.org:99999/",
    "https://1.2.3.4.5/",
    "https://0x7f.1/",
    "mailto:",
    "mailto:a",
]


@pytest.mark.parametrize("target", REFUSED)
def test_links_refused(target: str) -> None:
    """A target that leads to code, to a telephone or to nobody knows where is no link."""
    made = body.render(f"[点这里]({target}) ![图]({target})", LABELS)
    assert "<a" not in made.html
    assert "<img" not in made.html
    assert "点这里" in made.html
    assert "图" in made.html


def test_links_that_were_refused_are_reported() -> None:
    """A rule can name what was refused, as it was written."""
    made = body.render("[甲](javascript:x) ![乙](//example.org/a.png) <x://y>", LABELS)
    assert made.links == ("javascript:x", "//example.org/a.png", "x://y")
    assert made.html == "<p>甲 乙 x://y</p>"


def test_links_have_names() -> None:
    """A link without words is called by its target, and a link in a link is its text."""
    assert shown("[](a.pdf)") == '<p><a href="a.pdf">a.pdf</a></p>'
    assert shown("[![](a.png)](b.html)") == (
        '<p><a href="b.html"><img src="a.png" alt="">b.html</a></p>'
    )
    assert shown("[<http://example.org>](a.pdf)") == '<p><a href="a.pdf">http://example.org</a></p>'
    assert shown('[甲](a.pdf "说"明")') == '<p>[甲](a.pdf "说"明")</p>'
    assert shown("[甲](tel:1 '说明')") == "<p>甲 (说明)</p>"
    assert shown('[甲](a.pdf "说明")') == '<p><a href="a.pdf" title="说明">甲</a></p>'
    assert shown("<info@example.gov.cn>") == (
        '<p><a href="mailto:info@example.gov.cn">info@example.gov.cn</a></p>'
    )


FRAGMENTS = {
    "第一条-内容": "text-第一条-内容",
    "text-第一条-内容": "text-第一条-内容",
    "第一条-内容_1": "text-第一条-内容_1",
    "%E7%AC%AC%E4%B8%80%E6%9D%A1-%E5%86%85%E5%AE%B9": "text-第一条-内容",
    "text-b": "text-b",
    "text-text-b": "text-text-b",
    "": "",
}


@pytest.mark.parametrize(("written", "id"), FRAGMENTS.items())
def test_links_to_headings(written: str, id: str) -> None:
    """A link within the page leads to its heading, also without what ids begin with."""
    text = f"# 第一条 内容\n# B\n# Text B\n见[第一条](#{written})。\n# 第一条 内容"
    made = body.render(text, LABELS)
    assert f'<p>见<a href="#{id}">第一条</a>。</p>' in made.html
    assert (made.links, made.lost) == ((f"#{written}",), ())


def test_links_in_headings() -> None:
    """A heading may link to another, or to itself."""
    made = body.render("# [甲](#丙)\n# 乙 [乙](#乙-乙)\n# 丙", LABELS)
    assert re.findall('href="([^"]*)"', made.html) == ["#text-丙", "#text-乙-乙"]


def test_links_to_no_heading() -> None:
    """A fragment that leads to no heading stays as it is, and is reported once."""
    made = body.render("# 一\n[二](#二 '说明') [二](#二) [三](<#&amp; 三>) [页](a.b#二)", LABELS)
    assert re.findall('href="([^"]*)"', made.html) == ["#二", "#二", "#&amp;%20三", "a.b#二"]
    assert made.lost == ("#二", "#&amp; 三")


LINES = {
    "一 a.b\n[甲](a.b)\n[乙](a.b)": {"a.b": 1},
    "[甲\n甲](a.b)\n\n![乙](  ../乙(1).png '说明')": {"a.b": 1, "../乙(1).png": 3},
    "[甲](<a b.c>) [乙](a\\_b.c)\n\n> - [丙](#丙)": {"a b.c": 0, "a_b.c": 0, "#丙": 2},
    "[![图](a.png)](b.html)\n](](c.d)": {"a.png": 0, "b.html": 0, "c.d": 1},
}


@pytest.mark.parametrize(("text", "lines"), LINES.items())
def test_lines(text: str, lines: dict[str, int]) -> None:
    """The line of a target is that of its first link; another mention of it is none."""
    assert body.lines(text).items() >= lines.items()


def test_images() -> None:
    """An image of this site is shown; one elsewhere is a link, for a page fetches nothing."""
    made = body.render("![盖章页](a.png) ![地图](https://example.org/m.png)", LABELS)
    assert made.html == (
        '<p><img src="a.png" alt="盖章页"> '
        '<a href="https://example.org/m.png" rel="nofollow noopener">地图</a></p>'
    )
    assert made.links == ("a.png", "https://example.org/m.png")


@pytest.mark.parametrize(
    "raw",
    [
        "<b onclick=alert(1)>粗</b>",
        "<script>alert(1)</script>",
        "<!-- 张三 138 -->",
        "<?php 1 ?>",
        "<![CDATA[x]]>",
        "</p></div>",
        "<p>名称：甲</p>",
        "<br>",
        "<svg/onload=alert(1)>",
        "<table>没有行</table>",
        "<table><tr><td>没有完",
        "甲</table>",
        "<a href=javascript:x>甲</a>",
    ],
)
def test_html_is_text(raw: str) -> None:
    """HTML is shown as it was written, comments too, so that nothing hides in it."""
    escaped = raw.replace("<", "&lt;").replace(">", "&gt;")
    assert shown(f"前{raw}后") == f"<p>前{escaped}后</p>"
    assert shown(f"{raw}\n\n*后*") == f"<p>{escaped}</p>\n<p><em>后</em></p>"


def test_pipes() -> None:
    """Columns are aligned by classes; a head's cells are headers of their columns."""
    text = "| 名 | 数 | 位 | 注 |\n|:--|--:|:-:|---|\n| 灯\\|具 | **1** | 套 | 一<br>二 |"
    assert shown(text) == table(
        '<tr><td class="align-left">灯|具</td><td class="align-right"><strong>1</strong></td>'
        '<td class="align-center">套</td><td>一<br>二</td></tr>',
        head='<tr><th scope="col" class="align-left">名</th>'
        '<th scope="col" class="align-right">数</th><th scope="col" class="align-center">位</th>'
        '<th scope="col">注</th></tr>',
    )


def test_ragged_pipes() -> None:
    """No cell is dropped for standing beyond the head: the table is as wide as its widest row."""
    text = "| 甲 | 乙 |\n|---|--:|\n| 1 | 2 | 3 | 4 |\n| 5 |"
    assert shown(text) == table(
        '<tr><td>1</td><td class="align-right">2</td><td>3</td><td>4</td></tr>',
        '<tr><td>5</td><td colspan="3"></td></tr>',
        head='<tr><th scope="col">甲</th><th scope="col" class="align-right">乙</th>'
        '<td colspan="2"></td></tr>',
    )


def test_pipes_of_scanners() -> None:
    """An empty head is left out, one cell of it is no header, and a rule again is no row."""
    assert shown("|  |  |\n|--|--|\n| 1 | 2 |\n|--|--|") == table("<tr><td>1</td><td>2</td></tr>")
    assert shown("|  | 乙 |\n|--|--|\n| - | 2 |") == table(
        "<tr><td>-</td><td>2</td></tr>", head='<tr><td></td><th scope="col">乙</th></tr>'
    )
    assert shown("|  |  |\n|--|--|") == ""


def test_pipes_in_text() -> None:
    """A table may follow a paragraph at once, and a line without pipes ends it."""
    made = shown("表一：\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n注：完")
    head = '<tr><th scope="col">甲</th><th scope="col">乙</th></tr>'
    assert (
        made == f"<p>表一：</p>\n{table('<tr><td>1</td><td>2</td></tr>', head=head)}\n<p>注：完</p>"
    )
    assert shown("甲 | 乙") == "<p>甲 | 乙</p>"
    assert shown("甲|乙\n||\n丙|丁") == "<p>甲|乙\n||\n丙|丁</p>"


def test_labels_of_tables() -> None:
    """Every table has a name of its own, in the order of the page; quotes in it are harmless."""
    text = "|a|\n|-|\n|1|\n\n> |b|\n> |-|\n> |2|\n\n<table><tr><td>3</table>"
    made = body.render(text, body.Labels('"{number}" <b>'))
    names = re.findall(r'aria-label="([^"]*)"><table>', made.html)
    assert names == [f"&quot;{number}&quot; &lt;b&gt;" for number in (1, 2, 3)]
    assert '"name">' not in body.render(text, body.Labels("name")).html.replace(
        'aria-label="name">', ""
    )


def test_scans() -> None:
    """A scanner's table is shown: paragraphs are lines, spans stay, other tags go, text stays."""
    text = (
        '前<TABLE border="1" style="x" onclick="y"><caption>表<b>一</b></caption>'
        '<thead><tr><th>项</th><th colspan="2">额</th></tr></thead>'
        "<tr><td rowspan=2><p>甲 方</p> <p>（盖章）</p></td><td>1 < 2</td><td>A&amp;B</td></tr>"
        "<tr><td>x<br/>y</td><td><script>z</script></td></tr></table>后"
    )
    assert shown(text) == (
        "<p>前</p>\n"
        '<section class="scroll" tabindex="0" aria-label="表格 1"><table>\n'
        "<caption>表一</caption>\n<thead>\n"
        '<tr><th scope="col">项</th><th scope="col" colspan="2">额</th></tr>\n'
        "</thead>\n<tbody>\n"
        '<tr><td rowspan="2">甲 方<br>（盖章）</td><td>1 &lt; 2</td><td>A&amp;B</td></tr>\n'
        "<tr><td>x<br>y</td><td>&lt;script&gt;z&lt;/script&gt;</td></tr>\n"
        "</tbody>\n</table></section>\n<p>后</p>"
    )


SCANS = {
    "<table><tr><td>1<td>2<tr><td>3</table>": ["1", "2", "3", ""],
    "<table>外<tr>行<td>1</td>间</tr>末</table>": ["外", "", "行", "1间末"],
    "<table><td>1</td></tr><td>2</td></table>": ["1", "2"],
    "<table><tr><td>1<table><tr><td>2</td><td>3</td></tr></table>4</td></tr></table>": [
        "1<br>2 3<br>4"
    ],
    "<table><tr><td>1</td></tr></table></table>": ["1"],
    "<table><tr><td colspan=9999999999 rowspan=0>1</td></tr></table>": ["1"],
    "<table><tr><th></th><th>甲</th></tr><tr><th>乙</th><td></td></tr></table>": [
        "", "甲", "乙", "",
    ],
    "<table><tr><td rowspan=2>1<td rowspan=2>2</tr><tr></tr><tr><td>3</tr></table>": [
        "1", "2", "3", "",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "cells"), SCANS.items())
def test_broken_scans(text: str, cells: list[str]) -> None:
    """Whatever is missing in a scanner's table, its text stands in cells, and the page is whole."""
    made = shown(f"前\n\n{text}\n\n**后**")
    assert re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", made) == cells
    assert made.startswith("<p>前</p>\n<section")
    assert made.endswith("<p><strong>后</strong></p>")


def test_scans_without_rows() -> None:
    """A caption is kept when there is nothing else, and a table too wide is lines of text."""
    assert shown("<table><caption>表一</caption><tr></tr></table>") == "<p>表一</p>"
    wide = shown(f"<table><tr>{'<td>1' * 300}</tr><tr><td>2</td></tr></table>")
    assert wide == f"<p>{' '.join('1' * 300)}</p>\n<p>2</p>"


def test_too_deep() -> None:
    """Text nested deeper than anyone writes is shown as it is."""
    assert shown("> " * 9 + "甲") == f"<p>{'&gt; ' * 9}甲</p>"
    assert shown("> " * 8 + "甲").count("<blockquote>") == 8


BOMBS = {
    "quotations": ">",
    "items": "- ",
    "brackets": "[",
    "links": "[甲](",
    "targets": "[甲](b.c '",
    "images": "![",
    "stars": "*甲 **乙 ",
    "underscores": "_甲 __乙 ",
    "ticks": "`甲 ``乙 ",
    "escapes": "\\*",
    "references": "&amp;",
    "addresses": "<a@甲 ",
    "pipes": "|",
    "rules": "甲|b\n-|-\n乙\n",
    "headings": "# 甲\n",
    "underlines": "甲\n=\n",
    "dividers": "***\n",
    "spaces": "  \n ",
    "tables": "<table>",
    "cells": "<tr><td rowspan=100 colspan=100>甲",
    "marks": "【已遮盖：甲",
    "wide rules": "|-" * 250 + "|\n",
    "wide rows": "甲|乙\n-|-\n" * 200 + "丙|" * 250 + "\n",
    "blank lines": "\n" * 5000 + "- *甲*",
}


@pytest.mark.parametrize("one", ["](", "](a](b)", "](a(", "](<", "](\\", "](a" + " " * 99])
def test_bombs_of_targets(one: str) -> None:
    """Looking for the lines of targets takes a moment, too."""
    start = time.perf_counter()
    body.lines(one * (400_000 // len(one)))
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("one", BOMBS.values(), ids=BOMBS)
def test_bombs(one: str) -> None:
    """A hundred thousand letters of mischief take a moment, and no word of them is lost."""
    text = one * (100_000 // len(one))
    start = time.perf_counter()
    made = shown(f"<table>{text}</table>" if "<td" in text else text)
    assert time.perf_counter() - start < 5
    assert seen(made).count("甲") == text.count("甲")


@pytest.mark.skipif(not CONTRACTS, reason="real contracts are beside the repository, if anywhere")
def test_real_contracts() -> None:
    """Every word of a real contract is on its page, and most of it takes the fast path."""
    for text in (path.read_text("utf-8") for path in CONTRACTS):
        chunks = source.chunks(source.regular(text))
        assert sum(plain.render(chunk) is not None for chunk in chunks) > 0.9 * len(chunks)
        assert re.findall(r"[^\W\d_]", seen(shown(text))) == re.findall(r"[^\W\d_]", text)


def test_library_is_not_needed() -> None:
    """Text without links, code and nesting never reaches the library."""
    text = "# 一\n\n段 **粗**\n\n1. a\n2. b\n\n- c\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    library._markdown.cache_clear()
    shown(text)
    assert library._markdown.cache_info().currsize == 0
