"""What must be right between files: permalinks that are taken once, links that lead somewhere."""

import itertools
import urllib.parse
from collections.abc import Callable, Iterator

from portal import corpus, facets, source, urls
from portal.problems import Location, Problem, problem


def permalinks(register: corpus.Corpus) -> Iterator[Problem]:
    """No two contracts share an id or former id; letter case does not tell them apart."""
    taken: dict[str, str] = {}
    for one in register.summaries.values():
        taken.setdefault(one.id.casefold(), one.file.path)
    for one in register.summaries.values():
        for alias in one.aliases:
            other = taken.setdefault(alias.casefold(), one.file.path)
            if other != one.file.path:
                yield problem(one.at("aliases"), "permalink-clash", id=alias, other=other)


def words(register: corpus.Corpus) -> Iterator[Problem]:
    """A page of words takes the place of no other, and of none of the site's own pages."""
    taken: dict[str, str] = {}
    for one in register.words:
        id, at = one.fact.id.casefold(), Location(one.file.path)
        if id in urls.RESERVED or "." in id:
            yield problem(at, "permalink-reserved", id=one.fact.id)
        other = taken.setdefault(id, one.file.path)
        if other != one.file.path:
            yield problem(at, "duplicate-id", id=one.fact.id, other=other)


def links(register: corpus.Corpus) -> Iterator[Problem]:
    """Links from bodies and pages of words lead to something that the site publishes."""
    contracts = (register.summaries[row.id] for row in register.rows)
    linking = [
        *((one.file, one.links, urls.contract(one.id)) for one in contracts if one.links),
        *((one.file, one.links, urls.words(one.fact.id)) for one in register.words if one.links),
    ]
    base, known = register.site.base, paths(register) if linking else frozenset()
    for file, found, path in linking:
        lost = (link for link in found if not leads(link.target, path, base, known))
        for link in itertools.islice(lost, source.MOST):
            yield problem(Location(file.path, link.line), "link-nowhere", target=link.target[:80])


def leads(target: str, path: str, base: str, known: frozenset[str]) -> bool:
    """Whether a relative link on the page at `path` leads to one of the known paths."""
    try:
        parts = urllib.parse.urlsplit(urllib.parse.urljoin(f"http://site{base}/{path}", target))
    except ValueError:
        return False
    inside, top = urllib.parse.unquote(parts.path), f"{urllib.parse.unquote(base)}/"
    if parts.netloc != "site" or not inside.startswith(top):
        return parts.netloc != "site"
    found = inside.removeprefix(top)
    return found in known or f"{found}/" in known


def paths(register: corpus.Corpus) -> frozenset[str]:
    """Every permalink that an author may link to."""
    known = {urls.home(), urls.contracts(), urls.search(), urls.data(), urls.redactions()}
    known |= {urls.api(), urls.openapi(), urls.sitemap(), urls.opensearch()}
    known |= {urls.feed(name, kind) for name in urls.FEEDS for kind in ("xml", "json")}
    for row in (*register.rows, *register.withdrawn):
        known.add(urls.contract(row.id))
        one = register.summaries[row.id]
        known |= {urls.contract(alias) for alias in one.aliases}
        known |= {urls.document(row.id, name) for name in one.documents}
    for role, organisations in (("agency", register.agencies), ("vendor", register.vendors)):
        known.add(urls.organisations(role))
        known |= {urls.organisation(role, id) for id in organisations}
    known |= {urls.words(one.fact.id) for one in register.words}
    known |= {urls.facets(kind) for kind in urls.FACETS}
    for kind, part in facets.KINDS.items():
        names = {part(row) for row in register.rows} - {None}
        known |= {urls.facet(kind, register.slugs[kind, str(n)]) for n in names}
    return frozenset(known)


def aliases_seen(register: corpus.Corpus) -> Iterator[Problem]:
    """The contract in which another name was seen is one of the register's."""
    known = register.summaries.keys() | register.drafts
    for organisation in (*register.agencies.values(), *register.vendors.values()):
        for alias in organisation.fact.aliases:
            if alias.contract is not None and alias.contract not in known:
                at = register.places[organisation.role, organisation.fact.id]
                yield problem(at, "unknown-contract", id=alias.contract)


def organisations(register: corpus.Corpus) -> Iterator[Problem]:
    """No organisation's page takes the place of a file of data about organisations."""
    for organisation in (*register.agencies.values(), *register.vendors.values()):
        id = organisation.fact.id
        if id.casefold() == "index" or id.casefold().endswith(".json"):
            at = register.places[organisation.role, id]
            yield problem(at, "organisation-reserved", id=id)


Rule = Callable[[corpus.Corpus], Iterator[Problem]]

RULES: tuple[Rule, ...] = (permalinks, words, links, aliases_seen, organisations)
"""Every rule over the register; a new one is one function and one line here."""
