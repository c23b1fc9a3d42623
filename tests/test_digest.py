"""Digests: other values, other digests; what could be spelled in two ways has none."""

import datetime
import itertools
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import pytest

from portal import digest, model


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values."""

    one: object
    two: object


class Sealed(NamedTuple):
    """A fact with a digest of its own."""

    name: str
    digest: str


def test_other_values_have_other_digests() -> None:
    """Neither type, nor order, nor where one value ends and the next begins is lost."""
    values: tuple[tuple[object, ...], ...] = (
        (),
        ("",),
        ("ab", "c"),
        ("a", "bc"),
        (("a", "bc"),),
        (("a",), "bc"),
        ((), "a"),
        ("a", ()),
        ("1",),
        (1,),
        (True,),
        (b"1",),
        (None,),
        (Decimal("1.0"),),
        (Decimal("1.00"),),
        (datetime.date(2026, 2, 6),),
        ("2026-02-06",),
        (Pair("a", "b"),),
        (Pair("b", "a"),),
        (model.Organisation(id="a", name="b"),),
        (Sealed("a", "1"),),
        (Sealed("a", "1"), Sealed("b", "2")),
        ((Sealed("a", "1"), Sealed("b", "2")),),
        ((Sealed("a", "12"), Sealed("b", "")),),
    )
    for one, other in itertools.combinations(values, 2):
        assert digest.of(*one) != digest.of(*other), (one, other)


def test_a_fact_is_its_digest() -> None:
    """What bears a digest counts by it alone, by itself and among others."""
    first, second = Sealed("a", "1"), Sealed("b", "1")
    assert digest.of(first) == digest.of(second)
    assert digest.of((first, first)) == digest.of((second, second))


@pytest.mark.parametrize("value", [1.5, {"a": 1}, ["a"], {"a"}, (1.5,), Pair("a", 1.5), object()])
def test_what_has_no_digest(value: object) -> None:
    """A value that may be spelled otherwise tomorrow is a programmer's mistake."""
    with pytest.raises(TypeError, match="no digest"):
        digest.of(value)
