"""Every permalink of the site, and nowhere else: files of the publication, and links to them."""

import urllib.parse

PAGE_SIZE = 100
"""Contracts on one page of a list."""

ROLES = {"agency": "agencies", "vendor": "vendors"}
FACETS = {"year": "years", "region": "regions", "method": "methods", "category": "categories"}
FEEDS = ("all", "amendments", "terminations")
"""What the feeds of the whole site tell of."""
RESERVED = frozenset(
    (
        *(*ROLES.values(), *FACETS.values(), "contracts", "static", "search", "redactions", "404"),
        *("feeds", "sitemaps", "api", "announcements", "manifest.json"),
    )
)
"""Names at the top of the site that no page of words may take."""


def home() -> str:
    """Folders end in a slash and stand for the index.html in them."""
    return ""


def contracts(page: int = 1) -> str:
    return paged("contracts/", page)


def contract(id: str) -> str:
    return f"contracts/{id}/"


def document(id: str, name: str) -> str:
    return f"contracts/{id}/{name}"


def record(id: str) -> str:
    """All the facts of a contract, as JSON."""
    return f"contracts/{id}/index.json"


def ocds_releases(id: str) -> str:
    """The releases of a contract, as a package of the Open Contracting Data Standard."""
    return f"contracts/{id}/releases.json"


def ocds_record(id: str) -> str:
    """The releases of a contract, and what they come to."""
    return f"contracts/{id}/record.json"


def organisations(role: str) -> str:
    return f"{ROLES[role]}/"


def organisation(role: str, id: str, page: int = 1) -> str:
    return paged(f"{ROLES[role]}/{id}/", page)


def facets(kind: str) -> str:
    return f"{FACETS[kind]}/"


def facet(kind: str, slug: str, page: int = 1) -> str:
    return paged(f"{FACETS[kind]}/{slug}/", page)


def words(id: str) -> str:
    return f"{id}/"


def search() -> str:
    return "search/"


def search_file(name: str) -> str:
    """A file that the search reads."""
    return f"search/{name}"


def data() -> str:
    return "data/"


def data_file(name: str) -> str:
    """A file of open data that holds many contracts."""
    return f"data/{name}"


def ocds_extension(name: str) -> str:
    """A file of the extension that our releases use."""
    return f"data/ocds/extension/{name}"


def sheet(role: str, id: str) -> str:
    """The contracts of an organisation, as CSV."""
    return f"{ROLES[role]}/{id}/contracts.csv"


def query() -> str:
    return "data/query/"


def engine(name: str) -> str:
    """A file of the program that answers on the query page."""
    return f"data/query/{name}"


def redactions() -> str:
    return "redactions/"


def announcements() -> str:
    """Whether contracts were announced in time."""
    return "announcements/"


def feed(kind: str, suffix: str) -> str:
    """A feed of the whole site, one of FEEDS, as `xml` or `json`."""
    return f"feeds/{kind}.{suffix}"


def organisation_feed(role: str, id: str, suffix: str) -> str:
    return f"{ROLES[role]}/{id}/feed.{suffix}"


def organisation_data(role: str, id: str) -> str:
    return f"{ROLES[role]}/{id}.json"


def organisations_data(role: str) -> str:
    return f"{ROLES[role]}/index.json"


def api() -> str:
    return "api/"


def openapi() -> str:
    return "api/openapi.json"


def opensearch() -> str:
    return "opensearch.xml"


def robots() -> str:
    return "robots.txt"


def sitemap() -> str:
    return "sitemap.xml"


def sitemap_part(number: int) -> str:
    """A part of a sitemap that is too long for one file, counted from 1."""
    return f"sitemaps/{number}.xml"


def not_found() -> str:
    return "404.html"


def manifest() -> str:
    """What is published, with each file's SHA-256."""
    return "manifest.json"


def headers() -> str:
    """What static hosts are to send with each file."""
    return "_headers"


def static(name: str) -> str:
    return f"static/{name}"


def paged(folder: str, page: int) -> str:
    """The n-th page of a list; the first is the folder itself."""
    return folder if page == 1 else f"{folder}page/{page}/"


def file(path: str) -> str:
    """The file of the publication that a path names."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def href(base: str, path: str) -> str:
    """The link to a path, from the root of the host: `/register/contracts/x/`."""
    return f"{base}/{urllib.parse.quote(path)}"


def host(url: str) -> str:
    """The host of a site's address, with the port where it has one."""
    return url.split("/")[2]


def address(url: str, path: str) -> str:
    """The full, permanent address of a path."""
    return f"{url.rstrip('/')}/{urllib.parse.quote(path)}"
