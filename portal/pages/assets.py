"""The files under static/: the site's own before the generator's; the search's scripts joined."""

import pathlib
import re
from collections.abc import Iterator, Mapping

from portal import files, render, urls
from portal.artifact import Artifact
from portal.problems import Refused

SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "box": (),
    "page": ("box",),
    "table": ("box", "page"),
    "engine": (),
    "near": ("engine",),
    "text": ("engine",),
    "rehearsal": ("engine", "near", "text"),
}
"""The scripts of the search that browsers ask for, each with those that are there before it."""
FOLDER = "search/"
_IDLE = re.compile(r"/\*.*?\*/|^[ \t]+|(?<=[{};,])\n+|\n+(?=})", re.DOTALL | re.MULTILINE)
"""What only people need of our style sheets, none of which has a text of several lines."""


def plan(assets: Mapping[str, files.Sealed], version: str) -> Iterator[Artifact]:
    """Every asset by its path below static/. Scripts name each other with the assets' `version`."""
    modules = tuple((_stem(name), sealed) for name, sealed in assets.items() if _is_script(name))
    for name, sealed in assets.items():
        if not _is_script(name):
            make = sheet if name.endswith(".css") and _is_ours(sealed) else copy
            yield Artifact(urls.static(name), make, (sealed,))
    for entry, hosts in SCRIPTS.items():
        path = urls.static(f"{FOLDER}{entry}.js")
        yield Artifact(path, script, (entry, hosts, version, modules))


def icon(assets: Mapping[str, files.Sealed]) -> str:
    """What tabs show: a picture of pixels, which all browsers take and draw quickly.

    A site that has a drawing of its own, and no such picture, is known by its drawing.
    """
    pixels, drawing = assets["favicon.png"], assets["favicon.svg"]
    is_own = _is_ours(pixels) and not _is_ours(drawing)
    return (drawing if is_own else pixels).file.path


def copy(sealed: files.Sealed) -> bytes:
    """A file as it is: an asset, or a document beside a contract."""
    return files.read(sealed)


def sheet(sealed: files.Sealed) -> bytes:
    """A style sheet of ours, without comments and indentation; a site's own is left as it is."""
    return _IDLE.sub("", files.read(sealed).decode()).encode()


def script(
    entry: str, hosts: tuple[str, ...], version: str, modules: tuple[tuple[str, files.Sealed], ...]
) -> bytes:
    """A script of the search with all that it imports. Raises Refused for one that is none."""
    from portal import scripts  # noqa: PLC0415 - its parser takes 30 ms, and most builds make none

    try:
        sources = {name: _source(name, sealed) for name, sealed in modules}
        return scripts.joined(entry, sources, hosts, version).encode()
    except ValueError as error:
        raise Refused("script", folder=FOLDER, detail=error) from None


def _source(name: str, sealed: files.Sealed) -> str:
    try:
        return files.read(sealed).decode()
    except UnicodeDecodeError:
        raise ValueError(f"{name}.js: not UTF-8") from None


def _is_script(name: str) -> bool:
    path = pathlib.PurePosixPath(name)
    return path.suffix == ".js" and f"{path.parent}/" == FOLDER


def _is_ours(sealed: files.Sealed) -> bool:
    return sealed.root == str(render.HOME / "static")


def _stem(name: str) -> str:
    return pathlib.PurePosixPath(name).stem
