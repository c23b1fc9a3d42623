"""Files of content as plain data: what YAML says, where it says it, and what is not read at all."""

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from portal import model, source, strings
from portal.problems import Problem, message
from portal.source import reader


def contract(front: str, body: str = "") -> source.Source:
    """The source of a contract with this front matter."""
    return source.document("x.md", f"---\n{front}---\n{body}".encode(), model.Contract)


def codes(problems: tuple[Problem, ...]) -> list[tuple[int, str]]:
    """Lines and codes, in the order of the file."""
    return sorted((one.at.line, one.code) for one in problems)


def test_lines() -> None:
    """A field is found by its line, however deep it lies; so is one that is not there."""
    read = contract("title: 甲\nvalue:\n  amount: 1\n  currency: CNY\npayments:\n  - label: 一\n")
    assert read.at(("title",)).line == 2
    assert read.at(("value", "currency")).line == 5
    assert read.at(("payments", 0, "label")).line == 7
    assert read.at(("payments", 0, "amount")).line == 7
    assert read.at(("value", "capitals")).line == 3
    assert read.at(("signed",)).line == 1


def test_body_line() -> None:
    """Lines of the body are counted from the top of the file."""
    read = contract("title: 甲\nnumber: 乙\n", "第一行\n")
    assert (read.body, read.body_line) == ("第一行\n", 5)


@pytest.mark.parametrize(
    "written",
    [
        "合同名称: 甲\r\n合同编号: 乙\r\n",
        "合同名称: 甲\r合同编号: 乙\r",
        "\ufeff合同名称: 甲\n合同编号: 乙\n",
    ],
)
def test_line_ends_and_mark(written: str) -> None:
    """Files from Windows and from old Macs, and a byte order mark, are read like any other."""
    start = "\ufeff" if written.startswith("\ufeff") else ""
    end = "\r\n" if "\r\n" in written else "\r" if "\r" in written else "\n"
    text = f"{start}---{end}{written.removeprefix(start)}---{end}正文{end}"
    read = source.document("x.md", text.encode(), model.Contract)
    assert read.data == {"title": "甲", "number": "乙"}
    assert read.lines == {("title",): 2, ("number",): 3}
    assert (read.body, read.body_line, read.problems) == ("正文\n", 5, ())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0012", "0012"),
        ("1168000.10", "1168000.10"),
        ("1e3", "1e3"),
        ("yes", "yes"),
        ("2026-02-06", "2026-02-06"),
        ("12:30", "12:30"),
        ("0x1f", "0x1f"),
        ("'~'", "~"),
        ('"null"', "null"),
        ("|\n  甲\n  乙", "甲\n乙\n"),
        (">-\n  甲\n  乙", "甲 乙"),
    ],
)
def test_text(written: str, meant: str) -> None:
    """What an author writes is what is read: no number, day or yes is guessed from it."""
    assert contract(f"notes: {written}\n").data == {"notes": meant}


@pytest.mark.parametrize("blank", ["", "''", '""', "~", "null", "Null", "NULL", "# later"])
def test_blank(blank: str) -> None:
    """A field that is left blank is as if it were not there, in a list too."""
    read = contract(f"notes: {blank}\nvendors:\n  - {blank}\n  - 甲\n  -\n")
    assert (read.data, read.problems) == ({"vendors": ["甲"]}, ())


@pytest.mark.parametrize("text", ["", "# 以后再写\n", "---\n", "---\n...\n", "~\n", "{}\n"])
def test_nothing(text: str) -> None:
    """An entry without any fields has none; which ones are missing is for others to say."""
    read = source.entry("x.yaml", text.encode(), model.Organisation)
    assert read.data == {}
    assert [one.code for one in read.problems] == (["fields"] if "~" in text else [])


def test_chinese_and_english() -> None:
    """Names of fields are Chinese or English in any mixture, whatever their width and brackets."""
    read = contract(
        "合同名称: 甲\n采购人(甲方): 乙\nＶＥＮＤＯＲＳ: 丙\n合同金额: {金额: 5, currency: CNY}\n"
        "付款:\n  - 名称: 首付款\n    percent: 100\n"
        "    已付:\n      - {日期: 2026-03-01, amount: 1}\n"
    )
    assert read.problems == ()
    assert read.data == {
        "title": "甲",
        "agency": "乙",
        "vendors": "丙",
        "value": {"amount": "5", "currency": "CNY"},
        "payments": [
            {
                "label": "首付款",
                "percent": "100",
                "paid": [{"date": "2026-03-01", "amount": "1"}],
            }
        ],
    }


def test_ministry() -> None:
    """The ministry's notice is flat; its fields are put where they belong."""
    read = contract(
        "项目编号: ZB-1\n采购方式: 公开招标\n主要标的名称: 灯具\n主要标的数量: 20\n"
        "主要标的单价: 5\n规格型号（或服务要求）: LED\n"
        "合同金额（万元）: 137.5\n合同金额大写: 壹佰叁拾柒万伍仟元整\n"
        "履约期限、地点等简要信息: 一年\n"
    )
    assert read.problems == ()
    assert read.data == {
        "procurement": {"number": "ZB-1", "method": "公开招标"},
        "items": [{"name": "灯具", "quantity": "20", "unit_price": "5", "specification": "LED"}],
        "value": {"amount": "1375000", "capitals": "壹佰叁拾柒万伍仟元整"},
        "term": {"wording": "一年"},
    }
    assert read.at(("value", "amount")).line == 8


@pytest.mark.parametrize(
    "front",
    [
        "value: {currency: CNY}\n合同金额（万元）: 137\n",
        "合同金额(万元): 137\nvalue: {currency: CNY}\n",
    ],
)
def test_flat_and_nested(front: str) -> None:
    """A flat name fills what the nested one leaves open, in whichever order they stand."""
    read = contract(front)
    assert (read.data, read.problems) == ({"value": {"currency": "CNY", "amount": "1370000"}}, ())


@pytest.mark.parametrize(
    "front",
    [
        "value: 5\n合同金额（万元）: 137\n",
        "合同金额（万元）: 137\nvalue: {amount: 5}\n",
        "title: 甲\n合同名称: 甲\n",
        "采购人: 甲\n甲方: 甲\n",
        "项目编号: 一\nprocurement: {number: 一}\n",
        "procurement: 甲\n项目编号: 一\n",
    ],
)
def test_named_twice(front: str) -> None:
    """A field that is named twice, in two languages or at two depths, is refused: which holds?"""
    assert codes(contract(front).problems) == [(3, "field-twice")]


@pytest.mark.parametrize(
    ("front", "problems"),
    [
        ("title: &a 甲\nnumber: *a\n", [(2, "yaml-alias")]),
        ("title: *张三\n", [(2, "yaml-alias")]),
        ("title: &13800138000 甲\nnumber: &13800138000 乙\n", [(3, "yaml-alias")]),
        ("base: &b {title: 甲}\n<<: *b\n", [(2, "unknown-field"), (3, "unknown-field")]),
        ("title: !!python/object/apply:os.system [ls]\n", [(2, "yaml-tag")]),
        ("title: !!int 1\n", [(2, "yaml-tag")]),
        ("!!set {title, number}\n", [(2, "yaml-tag")]),
        ("? [title]\n: 甲\n", [(2, "yaml-key")]),
        ("? {title: 甲}\n: 甲\n", [(2, "yaml-key")]),
        ("title: 甲\n--- \nnumber: 乙\n", [(3, "yaml")]),
        ("%TAG ! !\n", [(3, "yaml")]),
        ("[" * 50_000 + "\n", [(2, "nesting")]),
        ("title: " + "{a: " * 50_000 + "\n", [(2, "nesting")]),
        ("- " * 50_000 + "\n", [(2, "nesting")]),
        ("? " * 50_000 + "\n", [(2, "nesting")]),
        ("[? " * 50_000 + "\n", [(2, "nesting")]),
        ("title: [" + "[], " * 5_000 + "]\n", []),
    ],
)
def test_yaml(front: str, problems: list[tuple[int, str]]) -> None:
    """Of YAML, text, lists and groups are read; its clever and dangerous parts are refused."""
    found = contract(front).problems
    assert codes(found) == problems
    assert not any("13800138000" in str(one) or "张三" in str(one) for one in found)


@pytest.mark.parametrize(
    "front",
    [
        "title: 路灯: 维护",
        "title:路灯\nnumber: 1",
        "title: '路灯",
        'title: "\\q"',
        "title: @路灯",
        "title: 路灯\nnumber",
        "title: '路灯' 维护",
        "title: 路灯\n\tnumber: 1",
        "notes: >\n\t路灯",
        "notes: | 路灯",
        "vendors: [甲",
        "vendors: [,]",
        "vendors: - 甲",
        "vendors:\n  - 甲\n - 乙",
        "- 甲\n乙: 丙",
        "value: {amount: 1",
        "title: 路灯\n...\nnumber: 1",
    ],
)
def test_usual_slips(front: str) -> None:
    """What is usually wrong with YAML is said in the reader's language, not in the parser's."""
    (found,) = contract(f"{front}\n").problems
    detail = dict(found.given)["detail"]
    for language in strings.LANGUAGES:
        assert strings.of(language)[f"yaml.{detail}"] in message(found, language)
        assert detail not in message(found, language)


def test_rare_slips() -> None:
    """What is rarely wrong with it is said as the parser says it."""
    (found,) = contract("title: !<\n").problems
    assert "did not find expected tag URI" in message(found, "zh-CN")


def test_escapes() -> None:
    """What cannot be seen is refused as well when an escape between double quotes hides it."""
    front = 'title: "甲\\u200b乙"\nnumber: "\\0"\nplace: "a\\tb \\u4e00"\n"no\\u202etes": 1\n'
    read = contract(front)
    hidden = "hidden-character"
    assert codes(read.problems) == [(2, hidden), (3, hidden), (5, hidden)]
    assert read.data == {"place": "a\tb 一"}


def test_forged_message() -> None:
    """The name of a field cannot break a message into two lines."""
    (found,) = contract('"x\\nx.md:9: amount: forged": 1\n').problems
    assert dict(found.given)["field"] == "x x.md:9: amount: forged"


@pytest.mark.parametrize(
    "front",
    [
        "".join(f"a{number}: 1\n" for number in range(50_000)),
        "title: &a 1\n" + "".join(f"b{number}: *a\n" for number in range(50_000)),
        "notes: [" + "!x 1, " * 100_000 + "]\n",
    ],
)
def test_patience(front: str) -> None:
    """A file that is wrong all over is refused in seconds, with its first hundred mistakes."""
    start = time.perf_counter()
    found = contract(front).problems
    assert len(found) == source.MOST
    assert time.perf_counter() - start < 20


LIKELY = st.sampled_from(
    [
        "title",
        "value",
        "payments",
        "items",
        "合同金额（万元）",
        "主要标的名称",
        "draft",
        "id",
        "vendors",
    ]
)
SIGNS = st.sampled_from(
    [
        ": ",
        "- ",
        "\n",
        "\n  ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&a ",
        "*a",
        "!",
        "|",
        ">",
        "'",
        '"',
        "#",
        "?",
    ]
)
FRONT = st.lists(st.one_of(LIKELY, SIGNS, st.text(max_size=8)), max_size=40).map("".join)


@given(FRONT, st.sampled_from([model.Contract, model.Organisation, model.Page, model.Site]))
def test_anything(front: str, fact: type[model.Fact]) -> None:
    """Whatever an author writes is read or is a problem of that file; nothing goes wrong inside."""
    data = f"---\n{front}\n---\n".encode(errors="replace")
    for read in (source.document("x", data, fact), source.entry("x", data[4:-5], fact)):
        assert all(one.at.path == "x" for one in read.problems)
        assert isinstance(read.data, dict)


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """Bytes of any kind are read or refused."""
    assert isinstance(source.document("x", data, model.Contract), source.Source)


@given(
    st.text(min_size=1, max_size=200).filter(lambda text: text.strip() not in ("", *reader.NULLS))
)
def test_quoted(text: str) -> None:
    """A text between quotes comes through as it is, or is refused for what cannot be seen in it."""
    written = yaml.safe_dump({"notes": text}, allow_unicode=True, default_style="'", width=10_000)
    read = contract(written)
    if not read.problems:
        assert read.data == {"notes": text.replace("\r\n", "\n").replace("\r", "\n")}
