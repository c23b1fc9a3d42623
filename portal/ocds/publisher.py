"""Who publishes: what releases and packages take from site.yaml."""

import functools
from typing import NamedTuple

from portal import digest, exact, model, urls

UNREGISTERED = "ocds-xxxxxx"
"""Stands for the prefix that the standard's helpdesk assigns, until site.yaml has it."""
VERSION = "1.1"
COMMUNITY = tuple(
    f"https://raw.githubusercontent.com/open-contracting-extensions/{name}/master/extension.json"
    for name in ("ocds_contract_suppliers_extension", "ocds_contract_completion_extension")
)
"""Extensions of others that our releases use: suppliers of a contract, when and why it ended."""
OFFSETS = {"zh-CN": "+08:00"}
"""The time zone of a language's sites, where site.yaml names none; all others are in UTC."""
LANGUAGES = {"zh-CN": "zh", "en": "en"}
"""ISO 639-1, as the standard asks."""


class Publisher(NamedTuple):
    """The publisher of a site's data; `offset` is the time zone in which its days begin."""

    url: str
    name: str
    prefix: str
    license: str | None
    policy: str | None
    site_language: str
    offset: str

    @property
    def digest(self) -> str:
        return _digest(self)

    @property
    def language(self) -> str:
        return LANGUAGES[self.site_language]

    @property
    def is_registered(self) -> bool:
        return self.prefix != UNREGISTERED

    def time(self, day: str, second: int = 0) -> str:
        """A day as the standard writes moments: its beginning, or some seconds later."""
        return f"{day}T00:{second // 60:02}:{second % 60:02}{self.offset}"


def of(site: model.Site) -> Publisher:
    """The publisher of a site."""
    return Publisher(
        url=site.url,
        name=site.publisher or site.name,
        prefix=site.ocid_prefix or UNREGISTERED,
        license=site.license,
        policy=site.publication_policy,
        site_language=site.language,
        offset=site.time_zone or OFFSETS.get(site.language, "Z"),
    )


def package(one: Publisher, path: str, published: str) -> exact.Json:
    """What stands at the top of a package at a path of the site."""
    extension = urls.address(one.url, urls.ocds_extension("extension.json"))
    return exact.told(
        uri=urls.address(one.url, path),
        version=VERSION,
        publishedDate=published,
        publisher=exact.told(name=one.name, uri=one.url),
        license=one.license,
        publicationPolicy=one.policy,
        extensions=[*COMMUNITY, extension],
    )


@functools.lru_cache(maxsize=1)
def _digest(one: Publisher) -> str:
    """Of the one publisher of a site, whom every release names."""
    return digest.of(*one)
