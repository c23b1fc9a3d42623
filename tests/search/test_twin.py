"""Twins: whatever a contract's page says of it can be found."""

import datetime
import pathlib
from collections.abc import Iterator
from decimal import Decimal

import pydantic

import builders
from portal import model
from portal.search import signs, twin

UNSAID = frozenset(
    (
        *("id", "aliases", "draft", "file", "url"),
        *("currency", "state", "who", "duration"),
        *("keep", "redactions"),
    )
)
"""Fields that are no facts of the page: addresses, codes, what was masked, and why."""
FULL = {
    "number": "HT-2026-7",
    "procurement": {
        "number": "ZB-8",
        "project": "照明改造",
        "method": "公开招标",
        "agent": "某某招标代理有限公司",
        "award_notice": "2026-01-12",
    },
    "value": {"amount": "411000.00", "capitals": "肆拾壹万壹仟元整"},
    "announced": "2026-02-09",
    "term": {
        "start": "2026-03-04",
        "end": "2028-03-03",
        "duration": "P2Y",
        "wording": "自进场之日起",
    },
    "place": "某某市西区",
    "region": "某某省某某市",
    "category": "市政维护",
    "status": {"state": "terminated", "date": "2026-10-11", "reason": "道路拆除"},
    "notes": "原件存城建档案馆",
    "items": [
        {
            "name": "灯杆",
            "specification": "高十二米",
            "quantity": "640",
            "unit": "套",
            "unit_price": "1847.35",
        }
    ],
    "payments": [
        {
            "label": "预付款",
            "amount": "411000",
            "percent": "100",
            "condition": "合同生效后",
            "due": "2026-03-20",
            "paid": [{"date": "2026-03-25", "amount": "410999.50"}],
        }
    ],
    "assessment": {
        "when": "每年末",
        "criteria": [
            {
                "area": "质量",
                "name": "亮灯率",
                "requirement": "不低于九成八",
                "weight": "35",
                "deduction": "每次扣两分",
            }
        ],
        "outcomes": [{"result": "优秀", "range": "九十分以上", "effect": "全额支付"}],
    },
    "penalties": [{"who": "vendor", "rule": "逾期每日千分之三", "cap": "合同价一成"}],
    "amendments": [
        {
            "number": "补1",
            "date": "2026-06-17",
            "reason": "增设路口",
            "value_change": "-25600.80",
            "end": "2028-05-06",
            "term_change": "顺延两月",
        }
    ],
    "documents": [
        {"title": "中标通知书", "kind": "扫描件", "url": "https://files.example.org/a.pdf"}
    ],
}


def facts(value: object) -> Iterator[str]:
    """Every fact that a contract states, as text."""
    if isinstance(value, pydantic.BaseModel):
        for name in type(value).model_fields:
            if name not in UNSAID:
                yield from facts(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from facts(one)
    elif isinstance(value, Decimal):
        yield f"{abs(value):f}"
    elif isinstance(value, str | datetime.date):
        yield str(value)


def fields(kind: type[pydantic.BaseModel]) -> Iterator[str]:
    """The fields of a contract's model."""
    for name, field in kind.model_fields.items():
        if name not in UNSAID:
            yield name
            yield from (deep for one in _kinds(field.annotation) for deep in fields(one))


def _kinds(annotation: object) -> Iterator[type[pydantic.BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        yield annotation
    for one in getattr(annotation, "__args__", ()):
        yield from _kinds(one)


def stated(value: object) -> Iterator[str]:
    """The fields that a contract states, however deep."""
    if isinstance(value, pydantic.BaseModel):
        for name in type(value).model_fields:
            below = getattr(value, name)
            if name not in UNSAID and below not in (None, ()):
                yield name
                yield from stated(below)
    elif isinstance(value, tuple):
        for one in value:
            yield from stated(one)


def test_every_fact_is_in_the_text(tmp_path: pathlib.Path) -> None:
    """Days, prices, quantities, sums that were paid: no field is forgotten, nor a new one."""
    files = {"content/contracts/lights.md": builders.text("正文。", **FULL)}
    register = builders.gathered(builders.site(tmp_path, files)).register
    contract = builders.contract(**FULL)
    assert set(stated(contract)) == set(fields(model.Contract)) - {"withheld"}
    said = tokens(twin.twin(contract, register.rows[0], "正文。", "zh-CN").text)
    for fact in (*facts(contract), "2年", "100%", "35%", "640套"):
        assert tokens(signs.readable(fact)) in said, fact


def tokens(readable: str) -> str:
    """A text as its tokens, in which a phrase is found."""
    return f" {' '.join(signs.tokens(readable))} "
