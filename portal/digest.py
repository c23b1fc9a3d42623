"""Digests of values: the same value gives the same digest on every machine and in every process."""

import dataclasses
import datetime
import decimal
import hashlib
from typing import Any

import pydantic

SIZE = 16


def raw(data: bytes) -> str:
    """The digest of bytes, as 32 hexadecimal digits (BLAKE2b, 128 bits)."""
    return hashlib.blake2b(data, digest_size=SIZE).hexdigest()


def of(*values: object) -> str:
    """The digest of plain values: text, bytes, numbers, days, None, tuples of them, and facts.

    A fact is anything with a `digest` of its own, a pydantic model, or a dataclass of such values.
    Anything else is a TypeError: a digest of what may be spelled otherwise tomorrow would lie.
    """
    parts: list[bytes] = []
    _collect(values, parts)
    return raw(b"".join(parts))


def _collect(values: tuple[object, ...], parts: list[bytes]) -> None:
    for value in values:
        data = _encoded(value, parts)
        if data is not None:
            parts.append(b"%d:" % len(data))
            parts.append(data)


def _encoded(value: object, parts: list[bytes]) -> bytes | None:
    """A value's bytes; None when they were added to `parts`."""
    if type(value) is str:
        return b"s" + value.encode()
    sealed = _sealed(value)
    if sealed is not None:
        return sealed
    inner = _inside(value)
    if inner is None:
        return _plain(value)
    parts.append(b"(")
    _collect(inner, parts)
    return b")"


def _plain(value: object) -> bytes:
    if isinstance(value, bytes):
        return b"b" + value
    if value is None or isinstance(value, (str, bool, int, decimal.Decimal, datetime.date)):
        return type(value).__name__.encode() + repr(value).encode()
    if isinstance(value, pydantic.BaseModel):
        return b"j" + value.model_dump_json().encode()
    raise TypeError(f"no digest for {type(value).__name__}")


def _sealed(value: Any) -> bytes | None:
    """The digest that a fact bears, or those of many, such as the contracts of a list."""
    try:
        if type(value) is tuple:
            return b"D" + "".join([one.digest for one in value]).encode()
        return b"d" + value.digest.encode()  # type: ignore[no-any-return]
    except (AttributeError, TypeError):
        return None


def _inside(value: object) -> tuple[object, ...] | None:
    if isinstance(value, tuple):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return tuple(getattr(value, field.name) for field in dataclasses.fields(value))
    return None
