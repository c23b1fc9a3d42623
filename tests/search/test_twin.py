"""Twins: whatever a contract's page says of it can be found."""

import pathlib
from collections.abc import Iterator
from decimal import Decimal

import pydantic

import builders
from data.test_ocds_in_roundtrip import EVERYTHING
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
FULL = EVERYTHING | {
    "value": {"amount": "1370000.05", "capitals": "壹佰叁拾柒万元零伍分"},
    "assessment": {
        **EVERYTHING["assessment"],
        "criteria": [
            {
                "area": "质量",
                "name": "亮灯率",
                "requirement": "不低于九成八",
                "weight": "60",
                "deduction": "每次扣两分",
            }
        ],
    },
}


def facts(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Every fact that a contract states: its field, and the fact as text."""
    if isinstance(value, pydantic.BaseModel):
        for name in type(value).model_fields:
            if name not in UNSAID:
                yield from facts(getattr(value, name), f"{type(value).__name__}.{name}")
    elif isinstance(value, tuple):
        for one in value:
            yield from facts(one, field)
    elif isinstance(value, Decimal):
        yield field, f"{abs(value):f}"
    elif value is not None:
        yield field, str(value)


def fields(kind: type[pydantic.BaseModel]) -> Iterator[str]:
    """The fields in which a contract states facts, of itself and of its parts."""
    for name, field in kind.model_fields.items():
        if name not in UNSAID:
            parts = list(_parts(field.annotation))
            yield from (deep for one in parts for deep in fields(one))
            yield from () if parts else (f"{kind.__name__}.{name}",)


def _parts(annotation: object) -> Iterator[type[pydantic.BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        yield annotation
    for one in getattr(annotation, "__args__", ()):
        yield from _parts(one)


def test_every_fact_is_in_the_text(tmp_path: pathlib.Path) -> None:
    """Days, prices, quantities, sums that were paid: no field is forgotten, nor a new one."""
    files = {
        "content/contracts/lights.md": builders.text("正文。", **FULL),
        "content/contracts/lights/annex.pdf": builders.paper(),
    }
    register = builders.gathered(builders.site(tmp_path, files)).register
    contract = builders.contract(**FULL)
    stated = list(facts(contract))
    assert {field for field, _ in stated} == set(fields(model.Contract)) - {"Value.withheld"}
    said = tokens(twin.twin(contract, register.rows[0], "正文。", "zh-CN").text)
    for fact in (*(fact for _, fact in stated), "1年", "72.99%", "60%", "120盏"):
        assert tokens(signs.readable(fact)) in said, fact


def tokens(readable: str) -> str:
    """A text as its tokens, in which a phrase is found."""
    return f" {' '.join(signs.tokens(readable))} "
