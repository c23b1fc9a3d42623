"""What a host is to say with every file: headers and kinds, defined once for all hosts.

`_headers` is made from this; docs/hosting/ has the same for nginx and Caddy, and
`tests/browser/test_hosts.py` holds what they answer against it.
"""

from collections.abc import Mapping
from types import MappingProxyType

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""What a page may load and do; it stands in each page, for hosts that send no headers."""

EVERYWHERE: Mapping[str, str] = MappingProxyType(
    {
        # A page cannot forbid frames by itself: only a header can.
        "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        # Open data are for everyone, the pages of others among them.
        "Access-Control-Allow-Origin": "*",
    }
)
"""The headers of every answer, whatever its kind and status."""

CHECKED = "no-cache"
"""Kept by browsers, but asked about each time: the answer is short where nothing has changed."""
FOR_EVER = "public, max-age=31536000, immutable"
"""For an address that bears its version (`?v=`): other bytes have another address."""

VERSIONED = ("static/", "search/")
"""Folders whose files are asked for with a version."""
ALWAYS_VERSIONED = (
    "static/search/",
    *(f"search/{one}/" for one in ("grams", "triples", "rows", "newest", "text")),
)
"""Those whose files are asked for in no other way: where a host cannot tell by the version."""

TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".jsonld": "application/ld+json",
        ".xml": "application/xml",
        ".csv": "text/csv; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".md": "text/markdown; charset=utf-8",
        ".svg": "image/svg+xml",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".pdf": "application/pdf",
        ".gz": "application/gzip",
        ".sqlite": "application/vnd.sqlite3",
        ".wasm": "application/wasm",
    }
)
"""What each ending is served as; a file that ends in .gz is a packed file, and no encoding."""
NAMED: Mapping[str, str] = MappingProxyType(
    {
        "feed.xml": "application/atom+xml; charset=utf-8",
        "feed.json": "application/feed+json",
        "opensearch.xml": "application/opensearchdescription+xml",
    }
)
"""What some names are served as, whatever their ending; every file below feeds/ is a feed."""
OTHERS = "application/octet-stream"

PACKED = (".html", ".css", ".js", ".json", ".jsonld", ".xml", ".csv", ".txt", ".svg")
"""Endings of text, which is sent packed to who takes that."""


def kind(path: str) -> str:
    """What a file is served as."""
    name = path.rpartition("/")[2]
    if path.startswith("feeds/"):
        name = f"feed.{name.rpartition('.')[2]}"
    return NAMED.get(name) or TYPES.get(f".{name.rpartition('.')[2]}", OTHERS)


def keeping(path: str, *, versioned: bool) -> str:
    """How long a file may be kept, asked for with a version or without."""
    return FOR_EVER if versioned and path.startswith(VERSIONED) else CHECKED


def rules(base: str) -> str:
    """The file `_headers`, which static hosts read: paths, and below each its headers.

    It cannot tell whether an address bears a version, and a header that two of its rules set is
    sent twice; so it leaves most files to the hosts, which have browsers ask each time.
    """
    blocks: list[tuple[str, Mapping[str, str]]] = [("*", EVERYWHERE)]
    blocks += [(f"{folder}*", {"Cache-Control": FOR_EVER}) for folder in ALWAYS_VERSIONED]
    blocks += [("feeds/*.xml", {"Content-Type": NAMED["feed.xml"]})]
    blocks += [("feeds/*.json", {"Content-Type": NAMED["feed.json"]})]
    blocks += [("*/feed.xml", {"Content-Type": NAMED["feed.xml"]})]
    blocks += [("*/feed.json", {"Content-Type": NAMED["feed.json"]})]
    lines = (
        f"{base}/{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for path, headers in blocks
    )
    return "\n".join(lines)
