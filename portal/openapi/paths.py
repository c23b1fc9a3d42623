"""Every address of the static API: what is there, in which form, by which schema."""

from typing import NamedTuple

from portal import urls

JSON, ATOM, FEED = "application/json", "application/atom+xml", "application/feed+json"
CSV, SQLITE, GZIP = "text/csv", "application/vnd.sqlite3", "application/gzip"
LINKED, MARKDOWN = "application/ld+json", "text/markdown"


class Path(NamedTuple):
    """An address; what stands in braces is the id of a contract, an agency or a vendor, as `of`
    says, a year, or the name of a table.

    `key` is the operation's id, and that of its words. Without a `schema` the answer is a text, or
    bytes, as its media type says.
    """

    pattern: str
    key: str
    media: str
    schema: str
    of: str = ""


def _role(role: str) -> tuple[Path, ...]:
    plural = urls.ROLES[role]
    index, one = f"{role.title()}Index", role.title()
    return (
        Path(urls.organisations_data(role), plural, JSON, index),
        Path(urls.organisation_data(role, "{id}"), role, JSON, one, role),
        Path(urls.organisation_feed(role, "{id}", "json"), f"{role}_feed", FEED, "Feed", role),
        Path(urls.organisation_feed(role, "{id}", "xml"), f"{role}_atom", ATOM, "", role),
        Path(urls.sheet(role, "{id}"), f"{role}_sheet", CSV, "", role),
    )


def _feed(name: str) -> tuple[Path, ...]:
    return (
        Path(urls.feed(name, "json"), f"{name}_feed", FEED, "Feed"),
        Path(urls.feed(name, "xml"), f"{name}_atom", ATOM, ""),
    )


PATHS: tuple[Path, ...] = (
    Path(urls.record("{id}"), "contract", JSON, "AnyContract", "contract"),
    Path(urls.ocds_releases("{id}"), "releases", JSON, "ReleasePackage", "contract"),
    Path(urls.ocds_record("{id}"), "record", JSON, "RecordPackage", "contract"),
    Path(urls.data_file("ocds/{year}.json"), "year", JSON, "ReleasePackage", "year"),
    Path(urls.data_file("ocds/{year}.jsonl.gz"), "year_lines", GZIP, "", "year"),
    Path(urls.data_file("ocds/all.jsonl.gz"), "every_release", GZIP, ""),
    Path(urls.ocds_extension("extension.json"), "extension", JSON, "Described"),
    Path(urls.ocds_extension("release-schema.json"), "extension_schema", JSON, "Described"),
    Path(urls.ocds_extension("README.md"), "extension_readme", MARKDOWN, ""),
    Path(urls.data_file("{table}.csv"), "table", CSV, "", "table"),
    Path(urls.data_file("contracts.sqlite"), "database", SQLITE, ""),
    Path(urls.data_file("datapackage.json"), "package", JSON, "Described"),
    Path(urls.data_file("catalog.jsonld"), "catalog", LINKED, "Described"),
    *_role("agency"),
    *_role("vendor"),
    *(path for name in urls.FEEDS for path in _feed(name)),
)
"""A new address is one line here, its words, and its schema."""
