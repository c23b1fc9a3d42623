"""JSON whose numbers are exact: written from Decimal and read as Decimal, never as floats."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from json.encoder import encode_basestring as _quoted
from typing import Any

Json = dict[str, Any]
"""A JSON object; its numbers are int or Decimal."""


def written(value: Any) -> str:
    """A value as compact JSON, its objects in their own order. A float is a TypeError."""
    parts: list[str] = []
    _write(value, parts.append)
    return "".join(parts)


def _write(value: Any, put: Any) -> None:
    if isinstance(value, str):
        put(_quoted(value))
    elif value is None or isinstance(value, bool):
        put({None: "null", True: "true", False: "false"}[value])
    elif isinstance(value, int):
        put(str(value))
    elif isinstance(value, Decimal):
        put(f"{value:f}")
    elif isinstance(value, Mapping):
        _object(value, put)
    elif isinstance(value, (list, tuple)):
        _list(value, put)
    else:
        raise TypeError(f"no exact JSON for {type(value).__name__}")


def _object(value: Mapping[str, Any], put: Any) -> None:
    sign = "{"
    for name, one in value.items():
        put(f"{sign}{_quoted(name)}:")
        _write(one, put)
        sign = ","
    put("{}" if sign == "{" else "}")


def _list(value: Iterable[Any], put: Any) -> None:
    sign = "["
    for one in value:
        put(sign)
        _write(one, put)
        sign = ","
    put("[]" if sign == "[" else "]")


def read(data: bytes | str) -> Any:
    """The value of a JSON text: whole numbers as int, all others as Decimal."""
    return json.loads(data, parse_float=Decimal)


def told(**fields: Any) -> Json:
    """An object of those fields that say something: None, and what is empty, are left out."""
    return {
        name: value
        for name, value in fields.items()
        if value is not None and value not in ("", (), [], {})
    }
