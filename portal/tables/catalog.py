"""The data described for catalogues: DCAT 2 as JSON-LD."""

import datetime
import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from portal import model, strings, urls
from portal.tables.package import File
from portal.tables.tables import TABLES

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA = {
    ".csv": "text/csv",
    ".sqlite": "application/vnd.sqlite3",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".jsonl.gz": "application/gzip",
}
"""Types of media by the end of a file's name; of two that fit the longer one."""
IANA = "https://www.iana.org/assignments/media-types/"


class Offer(NamedTuple):
    """A file that the site offers, and what it is called in the words: `items`, `database`."""

    file: File
    name: str

    @property
    def year(self) -> str:
        """The year whose contracts it holds, where it holds one year's."""
        stem = self.file.path.rpartition("/")[2].partition(".")[0]
        return stem if stem.isdecimal() else ""


class Span(NamedTuple):
    """The days from the first to the last contract, and the newest day that any of them names."""

    first: datetime.date
    last: datetime.date
    newest: datetime.date


def written(site: model.Site, offers: Sequence[Offer], span: Span | None) -> bytes:
    """The catalogue: a data set of the whole register, and one for each table."""
    names = {table.name for table in TABLES}
    tables = [one for one in offers if one.name in names]
    whole = [one for one in offers if one.name not in names]
    address = urls.address(site.url, urls.data_file("catalog.jsonld"))
    described = {
        "@context": CONTEXT,
        "@id": address,
        "@type": "dcat:Catalog",
        "dct:title": _text(site, site.name),
        **_common(site),
        "foaf:homepage": {"@id": urls.address(site.url, urls.home())},
        "dcat:dataset": [
            _whole(site, whole, span),
            *(_table(site, one) for one in tables),
        ],
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode() + b"\n"


def media(path: str) -> str:
    """The type of a file, by its name."""
    ends = [end for end in MEDIA if path.endswith(end)]
    return MEDIA[max(ends, key=len)] if ends else "application/octet-stream"


def _common(site: model.Site) -> dict[str, Any]:
    described: dict[str, Any] = {"dct:language": site.language}
    if site.publisher is not None:
        described["dct:publisher"] = {"@type": "foaf:Agent", "foaf:name": site.publisher}
    if site.license is not None:
        described["dct:license"] = {"@id": site.license}
    return described


def _text(site: model.Site, text: str) -> dict[str, str]:
    return {"@value": text, "@language": site.language}


def _whole(site: model.Site, offers: Iterable[Offer], span: Span | None) -> dict[str, Any]:
    described = {
        "@id": urls.address(site.url, urls.data()),
        "@type": "dcat:Dataset",
        "dct:title": _text(site, site.name),
        **({"dct:description": _text(site, site.description)} if site.description else {}),
        **_common(site),
        "dcat:landingPage": {"@id": urls.address(site.url, urls.data())},
        "dcat:distribution": [_distribution(site, one) for one in offers],
    }
    if span is not None:
        described["dct:modified"] = _day(span.newest)
        described["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(span.first),
            "dcat:endDate": _day(span.last),
        }
    return described


def _table(site: model.Site, one: Offer) -> dict[str, Any]:
    return {
        "@id": f"{urls.address(site.url, urls.data())}#{one.name}",
        "@type": "dcat:Dataset",
        "dct:title": _words(f"files.{one.name}.title"),
        "dct:description": _words(f"files.{one.name}.what"),
        **_common(site),
        "dct:isPartOf": {"@id": urls.address(site.url, urls.data())},
        "dcat:distribution": [_distribution(site, one)],
    }


def _words(key: str, more: str = "") -> list[dict[str, str]]:
    return [
        {"@value": f"{strings.of(language)[key]} {more}".strip(), "@language": language}
        for language in strings.LANGUAGES
    ]


def _distribution(site: model.Site, one: Offer) -> dict[str, Any]:
    file = one.file
    described = {
        "@id": urls.address(site.url, file.path),
        "@type": "dcat:Distribution",
        "dct:title": _words(f"files.{one.name}.title", one.year),
        "dcat:accessURL": {"@id": urls.address(site.url, urls.data())},
        "dcat:downloadURL": {"@id": urls.address(site.url, file.path)},
        "dcat:mediaType": {"@id": IANA + media(file.path)},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }
    if file.path.endswith(".gz"):
        described["dcat:compressFormat"] = {"@id": f"{IANA}application/gzip"}
    return described


def _day(day: datetime.date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
