"""The documents of a contract."""

import urllib.parse
from collections.abc import Iterator
from typing import Any

from portal import values
from portal.intake.ocds import scalars
from portal.intake.ocds.reading import Reading
from portal.intake.ocds.tidy import Json

OWN_PAGE = "page"
"""The id under which a portal lists a contract's own page among its documents."""


def read(merged: Json, award: Json, reading: Reading) -> Iterator[dict[str, Any]]:
    """Documents that are on the web; any other is named in the notes."""
    held = (merged, merged.get("implementation"), award)
    for given in (one for holder in held for one in scalars.listed(holder, "documents")):
        if _is_page(given):
            continue
        url = reading.line(given, "url")
        kind = reading.line(given, "documentTypeDetails") or reading.line(given, "documentType")
        title = reading.line(given, "title") or kind or (url or "").rpartition("/")[2]
        if url is None or not url.startswith(("https://", "http://")) or not title:
            reading.seen["document-nowhere"] += 1
            reading.note("document", title or kind)
            continue
        yield {"title": title, **({"kind": kind} if kind else {}), "url": url}


def is_portal(contract: Json) -> bool:
    """Whether a portal like this one has published a contract: its own page is a document."""
    return any(_is_page(one) for one in scalars.listed(contract, "documents"))


def own_id(contract: Json) -> str | None:
    """The id that a portal's contract has now, by the address of its page; None for any other.

    Its id in the data is the one that it was first published with.
    """
    pages = (one for one in scalars.listed(contract, "documents") if _is_page(one))
    address = str(next(pages, {}).get("url") or "").rstrip("/")
    id = urllib.parse.unquote(address.rpartition("/")[2])
    return id if values.is_id(id) else None


def _is_page(one: Json) -> bool:
    wanted = (OWN_PAGE, "contractSigned", "text/html")
    return (one.get("id"), one.get("documentType"), one.get("format")) == wanted
