"""Amounts are read as people write them, exactly, or not at all."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import amounts

LIMIT = 10**15
FEN = st.integers(0, LIMIT * 100 - 1).map(lambda fen: Decimal(fen).scaleb(-2))
ROUND = st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(1, 999), st.integers(0, 12))
SPARSE = st.builds(lambda high, low: Decimal(high + low).scaleb(-2), ROUND, ROUND)
AMOUNTS = FEN | SPARSE

FIGURES = {
    "0": "0",
    "1370000": "1370000",
    "1,370,000.00": "1370000",
    "¥1370000": "1370000",
    "￥1,370,000元": "1370000",
    "137万": "1370000",
    "137 万元": "1370000",
    "137萬圓": "1370000",
    "1,370万": "13700000",
    "1.2亿元": "120000000",
    "1.23456789亿": "123456789",
    "3千": "3000",
    "5百万元": "5000000",
    "5千万元": "50000000",
    "1.5万亿": "1500000000000",
    "人民币1168000元": "1168000",
    "人民币 ￥1,168,000.50 元整": "1168000.50",
    "CNY 12.5": "12.5",
    "RMB12.5": "12.5",
    "１，３７０，０００．５０": "1370000.5",
    "\u3000137\u00a0万\n": "1370000",
    "0.0375": "0.0375",
    "1.50000": "1.5",
    "-50000": "-50000",
    "－5万元": "-50000",
    "−¥5": "-5",
    "-0.00": "0",
    "999,999,999,999,999.99": "999999999999999.99",
}

NO_FIGURES = [
    *("", " ", "元", "万元", "¥", "-", ".", "约100", "100左右", "100-200", "100元/月", "50元5角"),
    *(
        "¥1370,000.00",
        "￥745.000.00",
        "1,37",
        "13,7000",
        "137,0000",
        "1,370,00.00",
        ",137",
        "1,,370",
    ),
    *("1e5", "1E5", "12..3", "12.", ".5", "1_000", "0x10", "inf", "nan", "007", "00", "0,137"),
    *("1 370 000", "1 ,370", "1, 370", "--5", "+5", "¥-5", "5-", "(5)", "—5"),
    *("$5", "USD 5", "5美元", "HK$5", "€5", "5%", "137万万", "137亿万", "元137", "137元万"),
    *("100²", "½", "①", "٣", "१३", "一百", "3两", "0.12345", "0.00000001千"),
    *("1000000000000000", "1000万亿", "6222021234567890123", "1,000,000,000,000,000"),
]

CAPITALS = {
    "壹佰叁拾柒万元整": "1370000",
    "人民币壹佰叁拾柒万元整": "1370000",
    "人民幣壹佰叄拾柒萬圓正": "1370000",
    "壹佰叁拾柒万": "1370000",
    "一百三十七万元整": "1370000",
    "壹佰 叁拾\n柒万\u3000元整": "1370000",
    "拾伍万": "150000",
    "十五万元": "150000",
    "貳拾陸億圓": "2600000000",
    "參拾元": "30",
    "两万元": "20000",
    "一千两百万": "12000000",
    "一百〇五": "105",
    "壹仟零伍元": "1005",
    "壹仟伍拾元": "1050",
    "壹拾万零柒仟元": "107000",
    "壹万零伍拾元整": "10050",
    "壹亿零伍仟元整": "100005000",
    "壹万亿元整": "1000000000000",
    "壹万贰仟叁佰肆拾伍亿元": "1234500000000",
    "壹佰元伍角": "100.5",
    "壹佰元零伍分": "100.05",
    "壹佰元伍角陆分整": "100.56",
    "壹拾元零伍角": "10.5",
    "伍角": "0.5",
    "伍分": "0.05",
    "零元整": "0",
    "零元伍角": "0.5",
    "零元零伍分": "0.05",
}

NO_CAPITALS = [
    *(
        "",
        "元",
        "整",
        "元整",
        "人民币",
        "零",
        "角",
        "分",
        "万",
        "亿",
        "万元",
        "万亿",
        "佰万",
        "万万",
    ),
    *("壹任叁佰元", "壹佰另伍元", "念伍元", "廿伍元", "伍毛", "负壹佰元", "约壹佰元", "壹佰元左右"),
    *("壹贰万", "三四万", "壹佰佰", "壹拾佰", "壹拾贰拾", "佰壹", "壹万万", "壹亿亿", "壹亿万"),
    *("壹元万", "元壹万", "壹元元", "壹元贰", "壹元壹仟", "壹佰伍角", "壹万伍角", "壹亿拾万"),
    *("壹元壹分壹角", "伍分伍角", "拾角", "壹元整伍角", "整壹元", "元伍角", "壹元角"),
    *("壹仟伍", "二〇", "一万五", "一百五", "壹亿伍", "壹亿伍万"),
    *("零壹佰", "壹佰零", "壹佰零元", "壹佰零零伍", "壹仟零伍佰", "壹拾伍万零柒仟", "壹元零伍角"),
    *(
        "零元伍",
        "零元壹佰",
        "零元零伍角",
        "零元元",
        "伍角零伍分",
        "零伍分",
        "十两",
        "十两万",
        "两十",
    ),
    *("137万元", "１３７万元", "¥壹佰元", "壹佰O伍", "1T", "壹T", "壹点伍万", "壹万亿贰仟亿"),
    *("壹仟万亿", "玖仟玖佰玖拾玖万亿元"),
]


@pytest.mark.parametrize(("text", "amount"), FIGURES.items())
def test_figures(text: str, amount: str) -> None:
    """An amount in figures is understood in every form that people use."""
    assert amounts.figures(text) == Decimal(amount)


@pytest.mark.parametrize("text", NO_FIGURES)
def test_no_figures(text: str) -> None:
    """An amount in figures that might mean something else is not read."""
    assert amounts.figures(text) is None


@pytest.mark.parametrize("text", ["1370000", "1,370,000.00", "137万", "137.0000万"])
def test_figures_have_one_form(text: str) -> None:
    """Equal sums are the same text afterwards, without an exponent."""
    assert str(amounts.figures(text)) == "1370000"


@given(AMOUNTS)
def test_group_is_read_back(amount: Decimal) -> None:
    """What the site prints can be pasted into a contract."""
    assert amounts.figures(amounts.group(amount)) == amount
    assert amounts.figures("-¥" + amounts.group(amount) + "元") == -amount


@given(st.integers(0, 10**11 - 1), st.sampled_from(["万", "万元", " 万 元"]))
def test_ten_thousands(number: int, unit: str) -> None:
    """An amount in 万元, to the last fen, is exact."""
    text = f"{Decimal(number).scaleb(-6):f}"
    assert amounts.figures(text + unit) == Decimal(number).scaleb(-2)


@pytest.mark.parametrize(("text", "amount"), CAPITALS.items())
def test_capitals(text: str, amount: str) -> None:
    """An amount in capitals is understood, simple or Traditional, with or without 元 and 整."""
    assert amounts.capitals(text) == Decimal(amount)


@pytest.mark.parametrize("text", NO_CAPITALS)
def test_no_capitals(text: str) -> None:
    """Capitals that are not well formed, or misread by a machine, are not read."""
    assert amounts.capitals(text) is None


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1370000", "壹佰叁拾柒万元整"),
        ("150000", "壹拾伍万元整"),
        ("10000001", "壹仟万零壹元整"),
        ("100005000", "壹亿零伍仟元整"),
        ("1000500000000", "壹万零伍亿元整"),
        ("0", "零元整"),
        ("0.5", "伍角整"),
        ("0.05", "伍分"),
    ],
)
def test_write(amount: str, text: str) -> None:
    """Capitals are written as the rule's own examples are (整 after 角 is left free by it)."""
    assert amounts.write(Decimal(amount)) == text


@pytest.mark.parametrize("amount", ["-1", "0.001", "1000000000000000"])
def test_write_refuses(amount: str) -> None:
    """No capitals are made up for an amount that has none."""
    with pytest.raises(ValueError, match="no capitals"):
        amounts.write(Decimal(amount))


@given(AMOUNTS)
def test_written_capitals_are_read_back(amount: Decimal) -> None:
    """Whatever is written in capitals is read as the same amount."""
    text = amounts.write(amount)
    assert amounts.capitals(text) == amount
    assert amounts.capitals("人民币" + text.replace("元", "圆").removesuffix("整")) == amount


@given(AMOUNTS.filter(lambda amount: amount >= 1), st.sampled_from(["rmb", "up", "low"]))
def test_capitals_agree_with_another_writer(amount: Decimal, style: str) -> None:
    """Capitals that another program writes are read as it meant them."""
    meant = amount if style == "rmb" else amount // 1
    assert amounts.capitals(cn2an.an2cn(f"{meant:f}", style)) == meant


@given(AMOUNTS.map(lambda amount: amount // 1).filter(bool))
def test_another_reader_agrees(amount: Decimal) -> None:
    """Capitals that we write are read by another program as we meant them."""
    assert cn2an.cn2an(amounts.write(amount).removesuffix("元整"), "strict") == amount


@given(st.text("零壹贰两叁拾佰仟万亿元角分整", max_size=12))
def test_nothing_is_invented(text: str) -> None:
    """Every figure of an amount that is read stands in the text, in the same order."""
    amount = amounts.capitals(text)
    if amount is not None:
        said = text.translate(str.maketrans("壹贰两叁", "1223"))
        said = "1" + said if said.startswith("拾") else said
        assert [d for d in said if d in "123"] == [d for d in f"{amount:f}" if d in "123456789"]


@given(st.text() | st.text("0123456789,.-¥ 元万亿", max_size=20))
def test_any_text_may_be_asked(text: str) -> None:
    """No text, however odd, makes the reading fail; what is read keeps to the limits."""
    for amount in (amounts.figures(text), amounts.capitals(text)):
        assert amount is None or (abs(amount) < LIMIT and amount == round(amount, 4))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1370000", "1,370,000.00"),
        ("0.5", "0.50"),
        ("12.3456", "12.3456"),
        ("12.3400", "12.34"),
        ("1E+6", "1,000,000.00"),
        ("-1234.5", "-1,234.50"),
        ("-0", "0.00"),
    ],
)
def test_group(amount: str, text: str) -> None:
    """Amounts are shown with two decimals, unit prices with as many as they have."""
    assert amounts.group(Decimal(amount)) == text
