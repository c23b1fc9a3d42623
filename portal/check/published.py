"""What must be right in the bytes that are about to be published: every internal link leads on."""

import functools
import html
import re
import urllib.parse

LINK = re.compile(rb'="(?:(?<=[cf]=")|(?<=action="))([^"#][^"]*)"')
"""What href, src and action lead to, but for the page itself. `re` jumps to what it begins with."""


def links(path: str, data: bytes, base: str) -> frozenset[str]:
    """The files of the publication that a page leads to; nothing for what is no page."""
    if not path.endswith(".html"):
        return frozenset()
    found = set(LINK.findall(data))
    absolute = {_file(raw, base) for raw in found if raw[:1] == b"/"}
    relative = {_relative(raw, path, base) for raw in found if raw[:1] != b"/"}
    return frozenset((absolute | relative) - {""})


@functools.lru_cache(maxsize=100_000)
def _file(raw: bytes, base: str) -> str:
    """The file that a link from the root of the host leads to; the same on every page."""
    target = html.unescape(raw.decode()).partition("#")[0].partition("?")[0]
    inside = urllib.parse.unquote(target.removeprefix(base)).removeprefix("/")
    return f"{inside}index.html" if inside == "" or inside.endswith("/") else inside


def _relative(raw: bytes, path: str, base: str) -> str:
    """The file that a link from a page leads to; nothing for another host, or the page itself."""
    target = html.unescape(raw.decode()).partition("#")[0].partition("?")[0]
    if not target or target.startswith(("http:", "https:", "mailto:", "data:")):
        return ""
    return _file(urllib.parse.urljoin(f"{base}/{path}", target).encode(), base)
