"""How authors name kinds of redaction, and what is to become of them: codes, or Chinese words."""

import typing
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    GetCoreSchemaHandler,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from portal import names, values
from portal.redact import marks
from portal.redact.finding import Tier as Plain

WORDS = tuple(word for kind in marks.KINDS for word in (kind.label, kind.code))
"""Every way to name a kind: the word of its mark, and its code."""
TIERS: dict[str, str] = {"遮盖": "mask", "存疑": "suspect", "保留": "keep"}

_CODES = {names.fold(word): one.code for one in marks.KINDS for word in (one.label, one.code)}


def code(word: str) -> str | None:
    """The code of the kind that a word names, if there is such a kind."""
    return _CODES.get(names.fold(word))


def _kind(given: Any) -> Any:
    """The code of a kind; a problem that names the nearest, where there is no such kind."""
    if not isinstance(given, str):
        return given
    found = code(given)
    if found is not None:
        return found
    near = names.near(given[:40], WORDS)
    if near is None:
        raise PydanticCustomError("unknown-kind", "no such kind")
    raise PydanticCustomError("unknown-kind-near", "no such kind", {"near": near})


class _Pairs:
    """A mapping that is kept as pairs: nobody can change it, and each entry is judged at its place.

    Two names of one kind are a problem: one of the two entries would be lost.
    """

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        key, value = typing.get_args(typing.get_args(source)[0])
        entries = core_schema.dict_schema(handler(key), handler(value))
        plain = core_schema.plain_serializer_function_ser_schema(dict)
        return core_schema.no_info_wrap_validator_function(_pairs, entries, serialization=plain)


def _pairs(given: Any, entries: ValidatorFunctionWrapHandler) -> tuple[tuple[str, Any], ...]:
    made: dict[str, Any] = entries(given)
    seen: dict[str, str] = {}
    for key in given:
        other = seen.setdefault(_CODES[names.fold(key)], key)
        if other != key:
            raise PydanticCustomError("field-twice", "twice", {"field": key, "other": other})
    return tuple(made.items())


def _entries(value: dict[str, Any]) -> WithJsonSchema:
    entry = {"anyOf": [value, {"type": "null"}]}
    kinds = {"enum": list(WORDS)}
    return WithJsonSchema({"type": "object", "propertyNames": kinds, "additionalProperties": entry})


Kind = Annotated[str, BeforeValidator(_kind), WithJsonSchema({"enum": list(WORDS)})]
Tier = Annotated[Plain, values.worded(TIERS)]
Tiers = Annotated[
    tuple[tuple[Kind, Tier], ...],
    _Pairs(),
    _entries({"enum": [*typing.get_args(Plain), *TIERS]}),
]
Grounds = Annotated[
    tuple[tuple[Kind, values.Line], ...], _Pairs(), _entries({"type": ["string", "number"]})
]
