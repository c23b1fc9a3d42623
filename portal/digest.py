"""Digests of values: the same value gives the same digest on every machine and in every process."""

import dataclasses
import datetime
import decimal
import functools
import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import pydantic

SIZE = 16

_Write = Callable[[Any, list[bytes]], None]
"""Adds a value of one type to the parts of which the digest is taken."""


def raw(data: bytes) -> str:
    """The digest of bytes, as 32 hexadecimal digits (BLAKE2b, 128 bits)."""
    return hashlib.blake2b(data, digest_size=SIZE).hexdigest()


def of(*values: object) -> str:
    """The digest of plain values: text, bytes, numbers, days, None, tuples of them, and facts.

    A fact is anything with a `digest` of its own, a pydantic model, or a dataclass of such values.
    Anything else is a TypeError: a digest of what may be spelled otherwise tomorrow would lie.
    """
    parts: list[bytes] = []
    _many(values, parts)
    return raw(b"".join(parts))


def _many(values: Iterable[Any], parts: list[bytes]) -> None:
    for value in values:
        _writer(value.__class__)(value, parts)


@functools.cache
def _writer(kind: type) -> _Write:
    """How the values of a type are written: each begins with a sign of its own and its length."""
    if hasattr(kind, "digest"):
        return _written("d", lambda value: value.digest)
    if issubclass(kind, tuple):
        return _tuple
    if dataclasses.is_dataclass(kind):
        return _dataclass(tuple(field.name for field in dataclasses.fields(kind)))
    for known, sign, text in _TEXTS:
        if issubclass(kind, known):
            return _written(f"{sign}{kind.__name__}=", text)
    raise TypeError(f"no digest for {kind.__name__}")


_TEXTS: tuple[tuple[tuple[type, ...], str, Callable[[Any], str]], ...] = (
    ((str,), "s", str),
    ((bytes,), "b", bytes.hex),
    ((pydantic.BaseModel,), "j", pydantic.BaseModel.model_dump_json),
    ((type(None), int, decimal.Decimal, datetime.date), "p", repr),
)
"""The text that stands for a plain value, by its type."""


def _written(sign: str, text: Callable[[Any], str]) -> _Write:
    def write(value: Any, parts: list[bytes]) -> None:
        data = (sign + text(value)).encode()
        parts += (b"%d:" % len(data), data)

    return write


def _tuple(values: tuple[Any, ...], parts: list[bytes]) -> None:
    """Values in their order; of many facts, such as the contracts of a list, their digests."""
    try:
        data = "\0".join([one.digest for one in values]).encode()
        parts += (b"D%d:" % len(data), data)
    except AttributeError:
        parts.append(b"(")
        _many(values, parts)
        parts.append(b")")


def _dataclass(names: tuple[str, ...]) -> _Write:
    def write(value: Any, parts: list[bytes]) -> None:
        _tuple(tuple([getattr(value, name) for name in names]), parts)

    return write
