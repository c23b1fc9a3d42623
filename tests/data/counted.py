"""A register with contracts of every sort, to be counted in several ways."""

import pathlib
import random
from typing import Any

import builders

FORMULA = '=HYPERLINK("http://example.org","x")'
LONG = "202600000000000017"
AGENCIES = ("甲市城市管理局", "乙市教育局", "丙市数据局", "丁市卫生健康委员会")
VENDORS = ("照明工程有限公司", "网络科技有限公司", "物业服务有限公司", "软件股份有限公司", FORMULA)
SITE = f"{builders.SITE}redaction: {{kinds: {{person-name: keep}}}}\n"
METHODS = ("公开招标", "单一来源采购", "竞争性磋商", None)


def written(folder: pathlib.Path, count: int = 80) -> pathlib.Path:
    """A site with so many contracts, the same ones each time."""
    source = random.Random(5)
    files = {
        f"content/contracts/c{n:03}.md": builders.text("正文。", **_contract(n, source))
        for n in range(count)
    }
    files["content/contracts/gone.md"] = builders.text(
        number="X-1", status={"state": "withdrawn", "date": "2026-03-01", "reason": "误发"}
    )
    files["content/vendors/lights.yaml"] = (
        f"name: {VENDORS[0]}\nregion: 甲市\nparent: 照明集团\nformer_names: [路灯厂]\n"
        "aliases: [{name: 照明公司, contract: c001}]\n"
    )
    files["site.yaml"] = SITE
    files["content/contracts/c000/annex.csv"] = "灯,12.5\n"
    return builders.site(folder, files)


def _contract(n: int, source: random.Random) -> dict[str, Any]:
    amount = f"{source.randint(1, 90_000)}.{source.randint(0, 99):02}"
    signed = f"20{source.randint(23, 26)}-0{source.randint(1, 3)}-{source.randint(10, 12)}"
    currency = source.choice(("CNY", "CNY", "EUR"))
    withheld = source.random() < 0.1
    value = {"withheld": "商业秘密"} if withheld else {"amount": amount, "currency": currency}
    facts: dict[str, Any] = {
        "title": f"{source.choice(('道路照明', '政务服务平台', '校园网络'))}项目合同之{n}",
        "number": LONG if n == 1 else f"HT-{n}",
        "agency": source.choice(AGENCIES),
        "vendors": source.sample(VENDORS, source.choice((1, 1, 1, 2))),
        "value": value,
        "signed": signed,
        "announced": f"{signed[:8]}{source.choice((12, 14, 20, 27))}",
        "procurement": {"method": source.choice(METHODS)},
        "items": [{"name": "灯", "quantity": "2.5", "unit": "套", "unit_price": "0.0375"}],
        "redactions": [{"kind": "姓名", "count": "2", "ground": "第二十五条"}],
    }
    if facts["procurement"]["method"] is None:
        del facts["procurement"]
    if source.random() < 0.4 and not withheld:
        change = source.choice(("1000.50", "-0.30", "20000"))
        facts["amendments"] = [{"date": "2026-04-01", "reason": "增项", "value_change": change}]
    if source.random() < 0.5 and not withheld:
        sums = [{"date": "2026-05-01", "amount": f"{source.randint(1, 50_000)}.10"}] * 2
        due = {"percent": "100"} if "amendments" in facts else {"amount": amount}
        facts["payments"] = [{"label": "-全款", "due": "2026-06-01", "paid": sums, **due}]
    if n == 0:
        facts["documents"] = [{"title": "附件", "file": "annex.csv"}]
    return facts
