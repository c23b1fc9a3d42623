"""The wide tier: what is held because of where it stands, and what is not."""

import pytest

from portal.redact import find, mask


def tiers(text: str, value: str) -> set[str]:
    """The tiers of the findings that cover the signs of a value."""
    start = text.index(value)
    found = [one for one in find.find(text) if one.tier != "keep"]
    return {
        next((one.tier for one in found if one.start <= at < one.end), "")
        for at in range(start, start + len(value))
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("数据组由韦小山带队，机房由万里值守，电话13900001111。", "万里"),
        ("网格员黎明月（手机13900001111）与高远一同到场。", "高远"),
        ("监理单位常青、施工单位罗敏参加，联系人：王小明，13900001111。", "常青"),
    ],
)
def test_company(text: str, value: str) -> None:
    """Words that may be names are held in the company of what is surely a person's."""
    assert "" not in tiers(text, value)


def test_company_of_marks() -> None:
    """What was held beside a name is still held when that name is masked."""
    text = "已通知王小明（13900001111）、安康二人到场。"
    last = text.index("安康")
    sure = [one for one in find.find(text) if one.tier == "mask" and one.end < last]
    once = mask.masked(text, sure)
    assert "王小明" not in once
    assert "" not in tiers(once, "安康")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("参会人员：严密、单元、王小明、和平", "和平"),
        ("收款人：平安\n2023年8月1日", "平安"),
        ("收件人：水墨 <shuimo@example.com>", "水墨"),
        ("| 姓名 | 备注 |\n|---|---|\n| 王小明 | 甲 |\n| 巩固 | 乙 |", "巩固"),
        ("王小明 缴费基数4200\n谷雨晴 缴费基数3980", "谷雨晴"),
    ],
)
def test_rows(text: str, value: str) -> None:
    """In a row, a column or lines that hold names, and behind a label, a word is held too."""
    assert "" not in tiers(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("昨天我和程万里去了三趟机房。", "程万里"),
        ("邻居说水生去女儿家了。", "水生"),
        ("现场与业主高峰会合。", "高峰"),
        ("勇敢、和平二人均为驻场。", "勇敢"),
    ],
)
def test_plain_speech(text: str, value: str) -> None:
    """What only people do, are or are counted as tells a name, whatever its signs."""
    assert "" not in tiers(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("申请人：吉克阿呷　证件号：513401199102126248", "吉克阿呷"),
        ("工程师签字：勾\n小鹏　　日期：", "勾\n小鹏"),
        ("双语支持由次仁.卡德尔承担。", "次仁.卡德尔"),
        ("乙方项目总监James O'Connor到场。", "James O'Connor"),
    ],
)
def test_whole_names(text: str, value: str) -> None:
    """Of a name that is found in part, or torn, the rest is held as well."""
    assert "" not in {
        tier for part in value.split("\n") for tier in tiers(text, part) if part.strip()
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("备件由王小明驾驶的赣E26043运送。", "赣E26043"),
        ("| 王小明 | 手机 | 1 | 3 | 9 | 0 | 0 | 0 | 0 | 1 | 1 | 1 | 1 |", "1 | 3 | 9 | 0"),
        ("请向王小明的邮箱914814\n3@qq.com发送。", "914814"),
        ("配偶易小寒，1976.10.05，务农。", "1976.10.05"),
        ("王小明，住址：江西省德兴市阳光新\n城8栋1706", "城8栋1706"),
        ("联系人：王小明\n电话：0851-89684847", "0851-89684847"),
    ],
)
def test_numbers_and_days(text: str, value: str) -> None:
    """Plates, torn numbers and addresses, days and lines beside a person are held."""
    assert "" not in tiers(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("请宋处长阅示。", "宋处长"),
        ("原来跟这个项目的老曹去年退休了。", "老曹"),
        ("早班：苗、谷两位师傅。", "苗"),
        ("处理：kevin zhao，已恢复", "kevin zhao"),
        ("该账号（hu.jianguo）未注销。", "hu.jianguo"),
        ("Best regards,\nChris", "Chris"),
        ("主题：报价\n附件请查收。\n明月", "明月"),
        ("学员签到：1.尼加提2.米日班", "米日班"),
        ("http://contacts/view?name=%E5%BC%A0%E4%BC%9F&dept=12", "%E5%BC%A0%E4%BC%9F"),
    ],
)
def test_called(text: str, value: str) -> None:
    """Titles, pet names, names in Latin letters, in letters, in lists and in addresses are held."""
    assert "" not in tiers(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("send to=18600010293 tpl=1", "18600010293"),
        ("港方顾问身份证A123456(3)", "A123456(3)"),
        ("手机：(139)00001111", "(139)00001111"),
        ("看到豫e-8m001停在门口", "豫e-8m001"),
        ("联系地址：某某县某某镇部落村 3 组", "某某县某某镇部落村 3 组"),
    ],
)
def test_odd_forms(text: str, value: str) -> None:
    """Numbers in keys and brackets, plates in small letters and hamlets are held."""
    assert "" not in {
        tier for sign in value.split() for tier in tiers(text, sign.strip("()")) if sign.strip("()")
    }


@pytest.mark.parametrize(
    "text",
    [
        "乙方提交完整的维护资料，由甲方审核无误后支付。",
        "违约责任由乙方承担，甲方有权解除合同。",
        "系统应当提供操作记录，保障数据安全、完整、可用。",
        "本合同一式陆份，甲乙双方各执叁份，具有同等法律效力。",
        "事件由平台自动上报，逾期未处置的，系统发出提醒。",
        "公安局长期保存，项目主任单位应在总工期内完成，老系统和小程序同步下线。",
        "第五条 服务质量标准。行使解除权的一方需书面通知对方。",
    ],
)
def test_nothing_in_clauses(text: str) -> None:
    """Clauses of contracts that speak of nobody hold nothing."""
    assert find.find(text) == ()
