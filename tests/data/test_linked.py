"""What pages say of themselves: JSON-LD, previews of links, the meta tags of government pages."""

import json
import pathlib
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from data import register


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The awkward site, published."""
    return register.published(tmp_path_factory.mktemp("site"))


def tree(site: pathlib.Path, path: str) -> Any:
    """A page as a browser reads it."""
    return etree.HTML((site / path / "index.html").read_text("utf-8"))


def linked(site: pathlib.Path, path: str) -> dict[str, Any]:
    """The JSON-LD of a page."""
    (script,) = tree(site, path).xpath("//script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(script.text, parse_float=Decimal)
    assert found.pop("@context") == "https://schema.org"
    return found


def metas(site: pathlib.Path, path: str) -> dict[str, str]:
    """What the meta elements of a page say, by name or property; each is there once."""
    found = [
        (one.get("name") or one.get("property"), one.get("content"))
        for one in tree(site, path).xpath("//meta[@name or @property]")
    ]
    assert len(dict(found)) == len(found)
    return dict(found)


def test_contract(site: pathlib.Path) -> None:
    """A contract's page is a document about an order: buyer, sellers, exact price, day."""
    found = linked(site, "contracts/awkward")
    assert (found["@type"], found["name"]) == ("DigitalDocument", register.AWKWARD)
    assert (found["datePublished"], found["dateModified"]) == ("2024-05-03", "2025-01-15")
    order = found["about"]
    assert (order["@type"], order["orderDate"]) == ("Order", "2024-05-01")
    assert order["customer"]["@type"] == "GovernmentOrganization"
    assert [one["name"] for one in order["seller"]] == [register.HYPERLINK, "Roads Ltd"]
    assert order["seller"][1]["@id"] == f"{register.URL}/vendors/roads/"
    assert order["acceptedOffer"]["price"] == Decimal("90071992547409.93")
    assert order["acceptedOffer"]["priceCurrency"] == "EUR"


def test_withheld_value(site: pathlib.Path) -> None:
    """A withheld value is no price."""
    assert "acceptedOffer" not in linked(site, "contracts/hidden")["about"]


def test_organisations(site: pathlib.Path) -> None:
    """An agency is a government organisation; a vendor has its other names and its code."""
    agency = linked(site, "agencies/works-office")
    assert (agency["@type"], agency["name"]) == ("GovernmentOrganization", "Works Office")
    vendor = linked(site, "vendors/roads")
    assert vendor["@type"] == "Organization"
    assert vendor["alternateName"] == ["Old Roads <Ltd>", "Roads"]
    assert vendor["identifier"] == {
        "@type": "PropertyValue",
        "propertyID": "CN-USCI",
        "value": "91110000802100433B",
    }
    assert vendor["parentOrganization"]["name"] == "Holding & Sons"


def test_home_and_data(site: pathlib.Path) -> None:
    """The home page tells of the site, its search and its catalogue, whose dataset is explained."""
    whole, catalogue = linked(site, "")["@graph"]
    assert (whole["@type"], catalogue["@type"]) == ("WebSite", "DataCatalog")
    assert whole["potentialAction"]["target"]["urlTemplate"] == f"{register.URL}/search/?q={{q}}"
    data = linked(site, "data")
    assert data["@type"] == "Dataset"
    assert data["@id"] == catalogue["dataset"]["@id"]
    assert data["includedInDataCatalog"]["@id"] == catalogue["@id"]
    assert data["dateModified"] == "2025-05-05"
    assert data["license"] == "https://licences.example.org/open"
    for one in data["distribution"]:
        assert (site / one["contentUrl"].removeprefix(f"{register.URL}/")).is_file()


def test_nothing_ends_the_script(site: pathlib.Path) -> None:
    """No title or name can end the element that holds the data, or open a comment in it."""
    for path in site.rglob("*.html"):
        for part in path.read_text("utf-8").split('<script type="application/ld+json">')[1:]:
            data = part.partition("</script>")[0]
            assert not set("<>&") & set(data), path
            json.loads(data)


def test_previews(site: pathlib.Path) -> None:
    """Whoever links to a page shows its title, what it comes to, and the site's name."""
    found = metas(site, "contracts/awkward")
    assert found["og:title"] == register.AWKWARD
    assert found["og:type"] == "article"
    assert found["og:url"] == f"{register.URL}/contracts/awkward/"
    assert found["og:site_name"] == "Register & Co <1> ]]>"
    assert found["description"] == found["og:description"]
    assert "Value: EUR 90,071,992,547,409.93" in found["description"]
    vendor = metas(site, "vendors/roads")
    assert vendor["description"].startswith("Public contracts of the vendor Roads Ltd: 6; Value: ")
    assert "value withheld in 1 more" in vendor["description"]
    assert metas(site, "")["description"] == "What we buy </script> & from whom"
    assert "og:title" not in metas(site, "contracts/gone")


def test_government_pages(site: pathlib.Path) -> None:
    """A page bears the tags that government pages bear, their values from site.yaml and facts."""
    for path in site.rglob("index.html"):
        found = metas(site, path.relative_to(site).parent.as_posix())
        assert found["SiteName"] == "Register & Co <1> ]]>"
        assert found["SiteDomain"] == "contracts.example.org"
        assert found["SiteIDCode"] == "4101000001"
    found = metas(site, "contracts/awkward")
    assert found["ColumnName"] == "Contracts"
    assert found["ArticleTitle"] == register.AWKWARD
    assert found["PubDate"] == "2024-05-03"
    assert found["ContentSource"] == "Works Office"
    assert found["Author"] == 'Bureau "of" & Contracts'
    assert found["Keywords"] == "Works & <services>"
    assert found["Url"] == f"{register.URL}/contracts/awkward/"
    assert metas(site, "vendors/roads")["ColumnName"] == "Vendors"
