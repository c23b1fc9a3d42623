"""Agencies and vendors as entries of tables: what the registry knows of them, with all names."""

from collections.abc import Iterator

from portal import corpus, model, urls
from portal.tables.columns import Entry


def entry(one: corpus.Organisation, url: str) -> Entry:
    """An organisation as tables take it; `url` is the site's."""
    fact, parent = one.fact, one.parent
    return {
        "id": fact.id,
        "url": urls.address(url, urls.organisation(one.role, fact.id)),
        "name": fact.name,
        "identifier": fact.identifier,
        "region": fact.region,
        "parent_id": (parent.id or None) if parent else None,
        "parent": parent.name if parent else None,
        "names": list(_names(fact)),
    }


def _names(fact: model.Organisation) -> Iterator[Entry]:
    """Its present name, former ones, and others, with the contract in which one was seen."""
    yield {"name": fact.name, "kind": "present"}
    for name in fact.former_names:
        yield {"name": name, "kind": "former"}
    for alias in fact.aliases:
        yield {"name": alias.name, "kind": "alias", "contract": alias.contract}
