"""The description of the static API as a document (OpenAPI 3.1)."""

from collections.abc import Callable

from portal import exact, render
from portal.exact import Json
from portal.openapi import paths, schemas

VERSION = "1.0.0"
"""Of the API: the first number changes when a field changes its meaning or is no longer there."""


BYTES = frozenset((paths.SQLITE, paths.GZIP))
"""What is no text; of it a schema says nothing."""


def document(
    name: str, url: str, language: str, license: str | None, tables: tuple[str, ...]
) -> bytes:
    """The description for a site: where it lies, its words, its licence, its tables' names."""
    say = render.say(language)
    found = {
        "openapi": "3.1.0",
        "info": exact.told(
            title=say("api.title_of", site=name),
            version=VERSION,
            description=say("api.lead"),
            license=None if license is None else {"name": license, "url": license},
        ),
        "servers": [{"url": url.rstrip("/")}],
        "paths": {f"/{one.pattern}": {"get": _operation(say, one, tables)} for one in paths.PATHS},
        "components": {"schemas": schemas.every(language)},
    }
    return f"{exact.written(found)}\n".encode()


def _operation(say: Callable[..., str], path: paths.Path, tables: tuple[str, ...]) -> Json:
    schema = schemas.named(path.schema) if path.schema else schemas.TEXT
    words = say(f"api.path.{path.key}")
    content = {path.media: {} if path.media in BYTES else {"schema": schema}}
    answer = {"description": words, "content": content}
    return exact.told(
        operationId=path.key,
        summary=words,
        parameters=[_named(say, path.of, tables)] if path.of else [],
        responses={"200": answer, "404": {"description": say("not_found.title")}},
    )


def _named(say: Callable[..., str], of: str, tables: tuple[str, ...]) -> Json:
    """The part of an address that names a thing, a year or a table."""
    schemas_of = {
        "year": {**schemas.TEXT, "pattern": "^[0-9]{4}$"},
        "table": {**schemas.TEXT, "enum": list(tables)},
    }
    return {
        "name": of if of in schemas_of else "id",
        "in": "path",
        "required": True,
        "description": say(f"api.id.{of}"),
        "schema": schemas_of.get(of, schemas.TEXT),
    }
