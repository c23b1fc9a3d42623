"""A feed as JSON Feed 1.1, with the amounts beside the words."""

from portal import corpus, exact, urls
from portal.exact import Json
from portal.feeds import entries

VERSION = "https://jsonfeed.org/version/1.1"


def feed(head: entries.Head, about: entries.Feed, rows: tuple[corpus.Row, ...]) -> bytes:
    """A feed of what there is to tell of these contracts."""
    found = {
        "version": VERSION,
        "title": about.title,
        "home_page_url": urls.address(head.url, about.page),
        "feed_url": urls.address(head.url, about.json),
        "language": head.language,
        "authors": [{"name": head.publisher}],
        "items": [_item(head, one) for one in entries.KINDS[about.kind](head, rows)],
    }
    return f"{exact.written(found)}\n".encode()


def _item(head: entries.Head, one: entries.Entry) -> Json:
    found: Json = {
        "id": one.id,
        "url": one.address,
        "title": one.title,
        "content_text": one.summary,
        "date_published": head.moment(one.published),
        "date_modified": head.moment(one.updated),
    }
    if one.row.state == "withdrawn":
        return found
    if one.row.category is not None:
        found["tags"] = [one.row.category]
    return found | {"_contract": _contract(one)}


def _contract(one: entries.Entry) -> Json:
    """What a program reads of the contract; a value that is withheld is left out."""
    row = one.row
    found: Json = {
        "id": row.id,
        "agency": {"id": row.agency.id, "name": row.agency.name},
        "vendors": [{"id": vendor.id, "name": vendor.name} for vendor in row.vendors],
        "signed": row.signed.isoformat(),
    }
    if row.amount is not None:
        found["value"] = {"amount": row.amount, "currency": row.currency}
    if one.change is not None and one.change.amount is not None:
        found["value_change"] = {"amount": one.change.amount, "currency": row.currency}
    return found
