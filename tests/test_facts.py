"""What a contract states: amounts, days, drafts, and what is said about what is wrong."""

import datetime
import pathlib
import typing
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import builders
from portal import examine, facts, keys, model, problems, source, strings
from portal.check import contract as rules


def read(text: str, currency: str = "CNY") -> tuple[model.Contract | None, list[str]]:
    """The contract of a file, and the codes of its problems."""
    made, found = facts.contract(
        source.document("x.md", text.encode(), model.Contract), "lights", currency
    )
    return made, sorted(one.code for one in found)


def contract(**changes: Any) -> model.Contract:
    """The contract of a file with these changes, which must be valid."""
    made, codes = read(builders.text(**changes))
    assert codes == []
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1370000.00", "1370000"),
        ("1,370,000.00", "1370000"),
        ("137万", "1370000"),
        ("￥１３７万元", "1370000"),
        ("1168000.10", "1168000.1"),
        ("0.0375", "0.0375"),
        ("999999999999999.99", "999999999999999.99"),
        ("0", "0"),
    ],
)
def test_amounts(written: str, amount: str) -> None:
    """An amount is what was written, to the last digit."""
    assert contract(value=written).value.amount == Decimal(amount)
    assert contract(value={"amount": written}).value.amount == Decimal(amount)


@pytest.mark.parametrize(
    "written",
    [
        "约137万",
        "137-140万",
        "1,37.00",
        "1370000,00",
        "1e6",
        "$5",
        "0137",
        "1" * 16,
        "0.00001",
        "-5",
    ],
)
def test_no_amounts(written: str) -> None:
    """An amount that is not clear is refused, and never guessed."""
    assert read(builders.text(value=written)) == (None, ["amount"])


@given(st.decimals(min_value=0, max_value=10**14, places=2))
def test_exact(amount: Decimal) -> None:
    """No amount is rounded, in yuan or in ten thousands of yuan."""
    made, codes = read(builders.text(value=f"{amount:f}"))
    assert codes == []
    assert made is not None
    assert made.value.amount == amount
    flat = builders.text(**{"value": None, "合同金额（万元）": f"{amount / 10000:f}"})
    made, codes = read(flat)
    assert made is not None
    assert made.value.amount == amount


@pytest.mark.parametrize(
    "written", ["2026-02-06", "2026-2-6", "2026年2月6日", " 2026年02月06日 ", "2026-02-06 "]
)
def test_days(written: str) -> None:
    """A day is written as people write it."""
    assert contract(signed=written).signed == datetime.date(2026, 2, 6)


@pytest.mark.parametrize(
    "written", ["2026-02-30", "6/2/2026", "2026.2.6", "2026年2月", "0000-01-01", "20260206", "明天"]
)
def test_no_days(written: str) -> None:
    """A day that the calendar lacks, or that may be read in two ways, is refused."""
    assert read(builders.text(signed=written)) == (None, ["date"])


@pytest.mark.parametrize(
    ("written", "span"),
    [("3年", "P3Y"), ("36 个月", "P36M"), ("90天", "P90D"), ("2 weeks", "P2W"), ("P1Y", "P1Y")],
)
def test_spans(written: str, span: str) -> None:
    """A duration is written as people write it."""
    assert contract(term={"duration": written}).term.duration == span


def test_currency() -> None:
    """An amount without a currency is in the site's; one that names its own keeps it."""
    for value in ("5", {"amount": "5"}):
        made, _ = read(builders.text(value=value), currency="EUR")
        assert made is not None
        assert made.value.currency == "EUR"
    made, _ = read(builders.text(value={"amount": "5", "currency": "USD"}), currency="EUR")
    assert made is not None
    assert made.value.currency == "USD"


def test_current_amount() -> None:
    """What a contract comes to now is its amount with every change."""
    changes = [
        {"date": "2026-03-01", "reason": "增加灯具", "value_change": "100.10"},
        {"date": "2026-04-01", "reason": "延期"},
        {"date": "2026-05-01", "reason": "减少灯具", "value_change": "-50.05"},
    ]
    assert builders.contract(amount="1000", amendments=changes).current_amount == Decimal("1050.05")
    withheld = builders.contract(value={"withheld": "商业秘密"}, amendments=changes)
    assert withheld.current_amount is None


def test_one_for_many() -> None:
    """One vendor, or one sum paid, needs no list."""
    made = contract(
        vendors="某某照明工程有限公司",
        payments=[
            {"label": "全款", "percent": "100", "paid": {"date": "2026-03-01", "amount": "1"}}
        ],
    )
    assert made.vendors == ("某某照明工程有限公司",)
    assert [one.amount for one in made.payments[0].paid] == [Decimal(1)]


@pytest.mark.parametrize(
    ("written", "meant"), [("已完成", "completed"), ("履行完毕", "completed"), ("active", "active")]
)
def test_words(written: str, meant: str) -> None:
    """Where only some words are allowed, the Chinese ones are as good."""
    assert contract(status=written).status.state == meant
    assert contract(状态={"状态": written}).status.state == meant


def test_chinese() -> None:
    """A contract in Chinese names, in English ones, or in the ministry's, is the same contract."""
    english = contract(
        number="甲-1",
        procurement={"number": "ZB-1", "method": "公开招标"},
        value={"amount": "1375000", "capitals": "壹佰叁拾柒万伍仟元整"},
        items=[{"name": "灯具", "quantity": "20", "unit_price": "5"}],
        term={"wording": "一年"},
    )
    chinese = {
        "合同名称": builders.FACTS["title"],
        "合同编号": "甲-1",
        "采购": {"项目编号": "ZB-1", "采购方式": "公开招标"},
        "甲方": builders.FACTS["agency"],
        "乙方": builders.FACTS["vendors"],
        "合同金额": {"金额": "137.5万", "大写": "壹佰叁拾柒万伍仟元整"},
        "签订日期": "2026年2月6日",
        "标的": [{"名称": "灯具", "数量": "20", "单价": "5"}],
        "履行期限": "一年",
    }
    ministry = {
        "合同编号": "甲-1",
        "合同名称": builders.FACTS["title"],
        "项目编号": "ZB-1",
        "采购人（甲方）": builders.FACTS["agency"],
        "供应商（乙方）": builders.FACTS["vendors"][0],
        "主要标的名称": "灯具",
        "主要标的数量": "20",
        "主要标的单价": "5",
        "合同金额（万元）": "137.5",
        "合同金额大写": "壹佰叁拾柒万伍仟元整",
        "履约期限、地点等简要信息": "一年",
        "采购方式": "公开招标",
        "合同签订日期": "2026-02-06",
    }
    for names in (chinese, ministry):
        assert read(builders.front(names)) == (english, [])


@pytest.mark.parametrize(
    "missing",
    [
        {"signed": None},
        {"value": None, "vendors": [], "agency": ""},
        {"value": {"capitals": None}},
        {"payments": [{"label": "首付款"}]},
        {"documents": [{"title": "扫描件"}]},
        {"status": "已终止"},
    ],
)
@pytest.mark.parametrize("key", ["draft", "草稿"])
def test_incomplete_draft(missing: dict[str, Any], key: str) -> None:
    """A draft may lack facts: it is no contract yet, and no problem either."""
    assert read(builders.text(**missing, **{key: "是"})) == (None, [])


def test_draft_with_mistakes() -> None:
    """What stands in a draft must be right, though."""
    assert read(builders.text(value=None, signed="明天", draft="true")) == (None, ["date"])


def test_complete_draft() -> None:
    """A draft that lacks nothing is a contract that is not released."""
    assert contract(draft="yes").draft
    assert not contract(draft="否").draft


def test_new_draft() -> None:
    """The draft that a command writes is one, with all its blanks."""
    blank = (
        "draft: true\ntitle:\nagency:\nvendors:\n  -\nvalue:\n  amount:\nsigned:\npayments: []\n"
    )
    assert read(f"---\n{blank}---\n") == (None, [])


@pytest.mark.parametrize(
    "code",
    ["91350100M000100Y43", "91350100m000100y43", " CN-USCI-91350100M000100Y43 "],
)
def test_identifier(code: str) -> None:
    """A unified social credit code is kept in one form."""
    entry = source.entry("x.yaml", f"name: 甲\nidentifier: '{code}'\n".encode(), model.Organisation)
    made, found = facts.organisation(entry, "a")
    assert found == ()
    assert made is not None
    assert (made.id, made.identifier) == ("a", "91350100M000100Y43")


def address(written: str) -> tuple[str | None, list[str]]:
    """The path below which a site at this address stands, and the codes of its problems."""
    given = yaml.safe_dump({"name": "甲", "url": written}, allow_unicode=True, width=9999)
    made, found = facts.site(source.entry("site.yaml", given.encode(), model.Site))
    return None if made is None else made.base, [one.code for one in found]


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("https://contracts.example.org", ""),
        ("https://contracts.example.org/", ""),
        ("https://owner.github.io/repository/", "/repository"),
        ("http://localhost:8000/a/b-c_d.e/", "/a/b-c_d.e"),
        ("https://合同.中国/公开/", "/公开"),
        ("https://example.org/%E5%85%AC/@a", "/%E5%85%AC/@a"),
        (" https://203.0.113.5:65535/ ", ""),
    ],
)
def test_site_address(written: str, base: str) -> None:
    """A site stands at a host, and perhaps below a path."""
    assert address(written) == (base, [])


@pytest.mark.parametrize(
    "written",
    [
        "contracts.example.org",
        "ftp://contracts.example.org/",
        "//contracts.example.org/",
        "https://",
        "https:///register/",
        "https://?",
        "https://:8000/",
        "https://-a.example.org/",
        "https://a..example.org/",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://example.org/?a=1",
        "https://example.org/#top",
        "https://example.org:65536/",
        "https://example.org:port/",
        "https://example.org/a b/",
        "https://exa mple.org/",
        "https://example.org/a//b/",
        "https://example.org/a/../b/",
        "https://example.org\\a",
        'https://example.org/"onload=',
        "https://example.org/<b>",
    ],
)
def test_no_site_address(written: str) -> None:
    """What no site can be served at is refused."""
    assert address(written) == (None, ["url"])


def test_unchangeable() -> None:
    """A fact cannot be changed once it is read."""
    with pytest.raises(ValueError, match="frozen"):
        builders.contract().title = "另一个"


SAMPLES = sorted((pathlib.Path(__file__).resolve().parents[1] / "content/contracts").rglob("*.md"))
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 30),
        st.one_of(
            st.text(max_size=5),
            st.sampled_from([": ", "- ", "\n", "\n  ", "[", "{", "&", "*", '"']),
        ),
    ),
    min_size=1,
    max_size=6,
)


@given(st.sampled_from(SAMPLES), EDITS)
def test_slips(path: pathlib.Path, edits: list[tuple[float, int, str]]) -> None:
    """Whatever slips a clerk makes in a real contract, it is read or refused with its places."""
    text = path.read_text(encoding="utf-8")
    end = text.index("\n---\n", 3) + 40
    for where, length, inserted in edits:
        at = int(where * end)
        text = text[:at] + inserted + text[at + length :]
    entry = source.document("x", text.encode(errors="replace"), model.Contract)
    made, found = facts.contract(entry, path.stem, "CNY")
    if made is not None:
        case = rules.Case(made, entry, examine.rendered(entry.body), ("scan.pdf",))
        found += tuple(one for rule in rules.RULES for one in rule(case))
    for one in found:
        assert problems.message(one, "zh-CN").startswith(f"{one.at}: {one.code}: ")


# What is said about mistakes


def test_own_words() -> None:
    """A message calls a field what its author calls it, and one that is missing by both names."""
    text = builders.text(signed=None, agency=None, 签订日期="明天", number=["甲"])
    _, found = facts.contract(source.document("x", text.encode(), model.Contract), "x", "CNY")
    names = {one.code: dict(one.given)["field"] for one in found}
    assert names == {"date": "签订日期", "text": "number", "missing-field": "agency (采购人)"}


def test_no_echo() -> None:
    """A field whose value could not be read, or whose name is nearly right, is not missing too."""
    assert read(builders.text(title="!!int 1").replace("'", ""))[1] == ["yaml-tag"]
    assert read(builders.text(vendors=None, 供货商="甲"))[1] == ["unknown-field-near"]
    assert read("---\ntitle: [\n---\n")[1] == ["yaml"]
    assert read("")[1] == ["front-matter"]


def test_first_hundred() -> None:
    """A file that is wrong a thousand times is told so a hundred times."""
    _, codes = read(builders.text(items=[{"unit": "个"}] * 1000))
    assert codes == ["missing-field"] * source.MOST


CANARY = "张三13912345678"
KINDS = (model.Contract, model.Organisation, model.Page, model.Site)


def leaves(fact: type[model.Fact]) -> Iterator[list[str]]:
    """The path of every plain field of a fact."""
    for name in fact.model_fields:
        inner = keys.nested(fact, name)
        if inner is None:
            yield [name]
        else:
            yield [name]
            yield from ([name, *rest] for rest in leaves(inner))


def planted(fact: type[model.Fact], path: list[str], value: Any) -> Any:
    """Data with a value at a path, in lists where the fact has lists."""
    name, *rest = path
    inner = keys.nested(fact, name)
    if rest and inner is not None:
        value = planted(inner, rest, value)
        if typing.get_origin(fact.model_fields[name].annotation) is tuple:
            value = [value]
    return {name: value}


@pytest.mark.parametrize("fact", KINDS)
def test_discretion(fact: type[model.Fact]) -> None:
    """A message names the field and never what stands in it, which may be personal."""
    for path in leaves(fact):
        for value in (
            CANARY,
            [CANARY],
            {CANARY: CANARY},
            [[CANARY]],
            f"{CANARY}\n{CANARY}",
            "x" * 30_000,
        ):
            data = yaml.safe_dump(planted(fact, path, value), allow_unicode=True).encode()
            entry = source.entry("x.yaml", data, fact)
            _, found = facts._validated(fact, entry, {})
            for one in found:
                if one.code.startswith("unknown-field"):
                    continue
                for language in strings.LANGUAGES:
                    assert CANARY not in problems.message(one, language), (path, value)


JUNK = st.recursive(
    st.one_of(
        st.none(), st.text(max_size=12), st.sampled_from(["1", "2026-02-06", "是", "P1Y", "a"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(sorted(k for f in keys.CHINESE for k in f.model_fields)),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from([*keys.accepted(model.Contract), *builders.FACTS]), JUNK, max_size=8
    ),
    st.booleans(),
)
def test_anything(changes: dict[str, Any], complete: bool) -> None:  # noqa: FBT001 - hypothesis
    """Whatever stands in front matter is a contract or problems with their places."""
    given = {**builders.FACTS, **changes} if complete else changes
    text = builders.front(given)
    made, found = facts.contract(source.document("x", text.encode(), model.Contract), "x", "CNY")
    is_draft = str(changes.get("draft", changes.get("草稿", ""))).strip() in ("是", "true", "yes")
    assert (made is not None) == (not found) or (made is None and is_draft)
    for one in found:
        assert one.at.line > 0
        assert problems.message(one, "zh-CN")
        assert problems.message(one, "en")
