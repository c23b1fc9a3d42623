"""What programs read of the site: its sitemap, robots.txt, how to search it, how to serve it."""

from collections.abc import Iterator

from portal import corpus, headers, render, sitemap, tags, urls
from portal.artifact import Artifact
from portal.ocds import publisher

SHORT = 16
"""Signs that OpenSearch allows for a short name."""


def plan(
    register: corpus.Corpus, theme: render.Theme, frame: render.Frame, root: str
) -> Iterator[Artifact]:
    """A sitemap, or an index of several; robots.txt; the description of the search."""
    del theme, root
    site = frame.site
    parts = sitemap.parts(site.url, sitemap.pages(register, publisher.of(site).offset))
    if len(parts) == 1:
        yield Artifact(urls.sitemap(), sitemap.file, parts)
    else:
        latest = tuple(map(sitemap.latest, parts))
        yield Artifact(urls.sitemap(), sitemap.index, (site.url, latest))
        for number, part in enumerate(parts, 1):
            yield Artifact(urls.sitemap_part(number), sitemap.file, (part,))
    yield Artifact(urls.headers(), host, (site.base,))
    yield Artifact(urls.robots(), robots, (site.url,))
    yield Artifact(urls.opensearch(), opensearch, (site.url, site.name, site.language))


def host(base: str) -> bytes:
    """The headers, as static hosts read them."""
    return headers.rules(base).encode()


def robots(url: str) -> bytes:
    """Everything may be read; the sitemap says what there is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {urls.address(url, urls.sitemap())}\n".encode()


def opensearch(url: str, name: str, language: str) -> bytes:
    """How a browser searches the site (OpenSearch 1.1)."""
    say = render.say(language)
    template = f"{urls.address(url, urls.search())}?q={{searchTerms}}"
    icon = urls.address(url, urls.static("favicon.svg"))
    lines = [
        tags.begin("OpenSearchDescription", xmlns="http://a9.com/-/spec/opensearch/1.1/"),
        tags.element("ShortName", short(name)),
        tags.element("LongName", name[:48]),
        tags.element("Description", say("opensearch.description", site=name)[:1024]),
        tags.element("Language", language),
        tags.element("InputEncoding", "UTF-8"),
        tags.element("OutputEncoding", "UTF-8"),
        tags.element("Image", icon, type="image/svg+xml", width="64", height="64"),
        tags.empty("Url", type="text/html", method="get", template=template),
        tags.empty(
            "Url",
            type="application/opensearchdescription+xml",
            rel="self",
            template=urls.address(url, urls.opensearch()),
        ),
        "</OpenSearchDescription>\n",
    ]
    return (tags.HEAD + "\n".join(lines)).encode()


def short(name: str) -> str:
    """A name of so many signs at most as the specification allows, cut between words if it can."""
    cut = name[:SHORT]
    whole = cut if name[SHORT : SHORT + 1] in ("", " ") else cut.rpartition(" ")[0]
    return whole.strip() or cut
