"""A feed as Atom (RFC 4287)."""

from collections.abc import Iterator

from portal import corpus, tags, urls
from portal.feeds import entries

NAMESPACE = "http://www.w3.org/2005/Atom"


def feed(head: entries.Head, about: entries.Feed, rows: tuple[corpus.Row, ...]) -> bytes:
    """A feed of what there is to tell of these contracts."""
    found = entries.KINDS[about.kind](head, rows)
    own = urls.address(head.url, about.atom)
    page = urls.address(head.url, about.page)
    beside = urls.address(head.url, about.json)
    updated = max((one.updated for one in found), default=entries.NEVER)
    lines = [
        tags.begin("feed", xmlns=NAMESPACE, xml_lang=head.language),
        tags.element("id", own),
        tags.element("title", about.title),
        tags.element("updated", head.moment(updated)),
        f"<author>{tags.element('name', head.publisher)}</author>",
        tags.empty("link", rel="self", type="application/atom+xml", href=own),
        tags.empty("link", rel="alternate", type="text/html", href=page),
        tags.empty("link", rel="alternate", type="application/feed+json", href=beside),
        *([] if head.license is None else [tags.element("rights", head.license)]),
        *(line for one in found for line in _entry(head, one)),
        "</feed>\n",
    ]
    return (tags.HEAD + "\n".join(lines)).encode()


def _entry(head: entries.Head, one: entries.Entry) -> Iterator[str]:
    yield "<entry>"
    yield tags.element("id", one.id)
    yield tags.element("title", one.title)
    yield tags.empty("link", rel="alternate", type="text/html", href=one.address)
    yield tags.element("published", head.moment(one.published))
    yield tags.element("updated", head.moment(one.updated))
    if one.row.category is not None and one.row.state != "withdrawn":
        yield tags.empty("category", term=one.row.category)
    yield tags.element("summary", one.summary)
    yield "</entry>"
