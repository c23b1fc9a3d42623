"""What pages say of themselves to programs: schema.org as JSON-LD.

A contract is an `Order`, the only type of schema.org for "this buyer and this seller agreed on this
price"; the page about it is a `DigitalDocument`, since what is published is a redacted text that
bears a number, and not the order itself.
"""

import datetime

from portal import corpus, exact, model, render, urls, values
from portal.exact import Json

CONTEXT = "https://schema.org"
TYPES = {"agency": "GovernmentOrganization", "vendor": "Organization"}


def text(value: Json) -> str:
    """An object as it stands in a script element: nothing in it ends the element, or hides it."""
    plain = exact.written({"@context": CONTEXT} | value)
    return plain.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def home(site: model.Site) -> Json:
    """The site, how to search it, and the catalogue that it is, with the dataset in it."""
    search = f"{urls.address(site.url, urls.search())}?q={{q}}"
    whole = exact.told(
        **{"@type": "WebSite", "@id": f"{_home(site)}#site"},
        **_about(site, urls.home(), site.name),
        potentialAction={
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=q",
        },
    )
    catalogue = exact.told(
        **{"@type": "DataCatalog", "@id": f"{_home(site)}#catalog"},
        **_about(site, urls.data(), site.name),
        dataset={"@id": _dataset(site)},
    )
    return {"@graph": [whole, catalogue]}


def dataset(
    site: model.Site, latest: datetime.date | None, distributions: list[tuple[str, str]]
) -> Json:
    """The register as a dataset; `distributions` are its files as paths, with their formats."""
    name = render.say(site.language)("linked.dataset", site=site.name)
    return exact.told(
        **{"@type": "Dataset", "@id": _dataset(site)},
        **_about(site, urls.data(), name),
        dateModified=None if latest is None else latest.isoformat(),
        license=site.license,
        isAccessibleForFree=True,
        includedInDataCatalog={"@id": f"{_home(site)}#catalog"},
        distribution=[
            {
                "@type": "DataDownload",
                "contentUrl": urls.address(site.url, path),
                "encodingFormat": format,
            }
            for path, format in distributions
        ],
    )


def organisation(site: model.Site, one: corpus.Organisation) -> Json:
    """An agency or a vendor, with every name that it goes by."""
    fact = one.fact
    return exact.told(
        **_party(site, one.role, one.party),
        url=urls.address(site.url, urls.organisation(one.role, fact.id)),
        alternateName=list(fact.names[1:]),
        identifier=None if fact.identifier is None else _code(fact.identifier),
        address=None if fact.region is None else _place(fact.region),
        parentOrganization=None if one.parent is None else _party(site, one.role, one.parent),
        subOrganization=[_party(site, one.role, branch) for branch in one.branches],
    )


def contract(
    site: model.Site, contract: model.Contract, row: corpus.Row, latest: datetime.date
) -> Json:
    """The published document, last changed on a day, and the order that it is about."""
    page = urls.address(site.url, urls.contract(row.id))
    order = exact.told(
        **{"@type": "Order", "@id": f"{page}#contract"},
        orderNumber=contract.number,
        orderDate=contract.signed.isoformat(),
        customer=_party(site, "agency", row.agency),
        seller=[_party(site, "vendor", one) for one in row.vendors],
        acceptedOffer=_offer(contract.value),
    )
    return exact.told(
        **{"@type": "DigitalDocument", "@id": page},
        url=page,
        name=contract.title,
        identifier=contract.number,
        inLanguage=site.language,
        dateCreated=contract.signed.isoformat(),
        datePublished=row.published.isoformat(),
        dateModified=latest.isoformat(),
        publisher=_publisher(site),
        isPartOf={"@id": _dataset(site)},
        about=order,
    )


def _offer(value: model.Value) -> Json | None:
    """The price; none where it is withheld."""
    if value.amount is None:
        return None
    return {"@type": "Offer", "price": value.amount, "priceCurrency": value.currency}


def _about(site: model.Site, path: str, name: str) -> Json:
    return exact.told(
        name=name,
        url=urls.address(site.url, path),
        description=site.description or render.say(site.language)("home.lead"),
        inLanguage=site.language,
        publisher=_publisher(site),
    )


def _publisher(site: model.Site) -> Json | None:
    if site.publisher is None:
        return None
    return {"@type": "Organization", "name": site.publisher}


def _party(site: model.Site, role: corpus.Role, party: corpus.Party) -> Json:
    """An organisation by its page; one that the register does not know by its name alone."""
    page = urls.address(site.url, urls.organisation(role, party.id)) if party.id else None
    return exact.told(**{"@type": TYPES[role], "@id": page}, name=party.name)


def _code(identifier: str) -> Json:
    scheme, number = values.registered(identifier)
    return {"@type": "PropertyValue", "propertyID": scheme, "value": number}


def _place(region: str) -> Json:
    return {"@type": "PostalAddress", "addressRegion": region}


def _home(site: model.Site) -> str:
    return urls.address(site.url, urls.home())


def _dataset(site: model.Site) -> str:
    return f"{urls.address(site.url, urls.data())}#dataset"
