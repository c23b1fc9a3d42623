"""The tables described for programs: a Frictionless data package with Table Schemas (version 1)."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from portal import model, strings, urls
from portal.tables import columns
from portal.tables.columns import Column, Kind, Table
from portal.tables.tables import TABLES

TYPES: dict[Kind, dict[str, Any]] = {
    "id": {"type": "string"},
    "text": {"type": "string"},
    "link": {"type": "string", "format": "uri"},
    "day": {"type": "date"},
    "money": {"type": "number"},
    "price": {"type": "number"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
}


class File(NamedTuple):
    """A file of the publication as a description names it: its path, bytes and SHA-256."""

    path: str
    size: int
    sha256: str


def written(site: model.Site, files: Iterable[File]) -> bytes:
    """The descriptor of the tables' files; it lies beside them."""
    found = {one.path: one for one in files}
    described = {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "profile": "tabular-data-package",
        "name": "contracts",
        "title": site.name,
        **({"description": site.description} if site.description else {}),
        "homepage": urls.address(site.url, urls.data()),
        **_publisher(site),
        **({"licenses": [{"path": site.license}]} if site.license else {}),
        "resources": [
            _resource(site, table, found[urls.data_file(f"{table.name}.csv")]) for table in TABLES
        ],
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode() + b"\n"


def _publisher(site: model.Site) -> dict[str, Any]:
    if site.publisher is None:
        return {}
    return {"contributors": [{"title": site.publisher, "role": "publisher"}]}


def _resource(site: model.Site, table: Table, file: File) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "profile": "tabular-data-resource",
        "path": f"{table.name}.csv",
        **_said(site, f"files.{table.name}.title", "title"),
        **_said(site, f"files.{table.name}.what", "description"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": schema(site, table),
    }


def schema(site: model.Site, table: Table) -> dict[str, Any]:
    """The Table Schema of a table."""
    described = {
        "fields": [_field(site, table, column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {
                "fields": list(one.columns),
                "reference": {
                    "resource": "" if one.table == table.name else one.table.replace("_", "-"),
                    "fields": list(one.key),
                },
            }
            for one in table.references
        ],
    }
    return {name: value for name, value in described.items() if value != []}


def _field(site: model.Site, table: Table, column: Column) -> dict[str, Any]:
    said = {
        language: columns.meaning(strings.of(language), table.name, column.name)
        for language in strings.LANGUAGES
    }
    needed = {"constraints": {"required": True}} if column.is_required else {}
    return {
        "name": column.name,
        **TYPES[column.kind],
        "description": said[site.language],
        "descriptions": said,
        **needed,
    }


def _said(site: model.Site, key: str, name: str) -> dict[str, Any]:
    """A text in the site's language, as the standard has it, and beside it in every language."""
    said = {language: strings.of(language)[key] for language in strings.LANGUAGES}
    return {name: said[site.language], f"{name}s": said}
