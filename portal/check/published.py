"""What must be right in the bytes that are about to be published: every internal link leads on."""

import html
import re
import urllib.parse
from collections.abc import Iterator

LINK = re.compile(rb'="((?<=[cf]=")[^"]*|(?<=action=")[^"]*)"')


def links(path: str, data: bytes, base: str) -> frozenset[str]:
    """The files of the publication that a page leads to; nothing for what is no page."""
    if not path.endswith(".html"):
        return frozenset()
    return frozenset(_files(path, frozenset(LINK.findall(data)), base))


def _files(path: str, found: frozenset[bytes], base: str) -> Iterator[str]:
    for raw in found:
        target = html.unescape(raw.decode()).partition("#")[0].partition("?")[0]
        if not target or target.startswith(("http:", "https:", "mailto:", "data:")):
            continue
        if not target.startswith("/"):
            target = urllib.parse.urljoin(f"{base}/{path}", target)
        inside = urllib.parse.unquote(target.removeprefix(base)).removeprefix("/")
        yield f"{inside}index.html" if inside == "" or inside.endswith("/") else inside
