"""The full text: Pagefind's own program indexes a folder of twins, and what it wrote is checked.

The program is asked by its command line: its Python service waits a tenth of a second for each
answer, and was seen to leave empty files.
"""

import functools
import importlib.metadata
import importlib.util
import json
import os
import pathlib
import re
import subprocess
import tempfile
import urllib.parse
import zlib
from collections.abc import Iterator

from portal.problems import Refused

VERSION = "1.5.2"
"""The version whose files static/search/fulltext.js reads; requirements.txt pins the same."""
PACKAGE, PROGRAM = "pagefind_bin_extended", "pagefind_extended"
SCRIPT = "pagefind.js"
WASM = "wasm.unknown.pagefind", "wasm.en.pagefind"
FRAGMENT = ".pf_fragment"
_ADDRESS = re.compile(rb'pagefind_dcd\{"url":("(?:[^"\\]|\\.)*")')
"""What the text of a fragment begins with."""
HEAD = 4096
"""Bytes of a fragment's text that hold its address."""
GZIP = 31
"""zlib's name for what gzip packs."""
SECONDS = 900
ENDING = ".twin.html"
"""Of the files that Pagefind is given; it would strip a plain `index.html`."""


@functools.cache
def program() -> pathlib.Path | None:
    """Pagefind's program; None where this platform has none. Another version is refused."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        return None
    version = importlib.metadata.version(PACKAGE)
    if version != VERSION:
        raise Refused("pagefind-version", found=version, wanted=VERSION)
    folder = pathlib.Path(found.submodule_search_locations[0])
    return next((path for path in folder.glob(f"{PROGRAM}*") if os.access(path, os.X_OK)), None)


def script(version: str) -> bytes:
    """Pagefind's script for the browser, of that version; it writes one beside every index."""
    del version  # it is what the script is made from
    found = program()
    if found is None:
        raise AssertionError("no program, no script")
    with tempfile.TemporaryDirectory() as folder:
        twins, output = pathlib.Path(folder, "twins"), pathlib.Path(folder, "index")
        twins.mkdir()
        (twins / f"one{ENDING}").write_text("<html><body>one</body></html>", "utf-8")
        done(start(found, twins, output, "en"), output, 1)
        return (output / SCRIPT).read_bytes()


def start(
    program: pathlib.Path, twins: pathlib.Path, output: pathlib.Path, language: str
) -> subprocess.Popen[bytes]:
    """Begin to index a folder of twins. `done` waits for the end."""
    tongue = "en" if language == "en" else "und"
    told = ("--site", twins, "--output-path", output, "--force-language", tongue, "--silent")
    try:
        return subprocess.Popen(
            (program, *told),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise Refused("pagefind", detail=error.strerror or "") from None


def done(running: subprocess.Popen[bytes], output: pathlib.Path, count: int) -> None:
    """Wait until `count` twins are indexed. Refused when anything of it failed."""
    try:
        _, said = running.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        raise Refused("pagefind", detail=f"{SECONDS} s") from None
    if running.returncode != 0:
        last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise Refused("pagefind", detail=last[:200] or f"exit {running.returncode}")
    _check(output, count)


def _check(output: pathlib.Path, count: int) -> None:
    """Refuse an index that is not whole: a file that is missing or empty, a contract left out."""
    entry = output / "pagefind-entry.json"
    try:
        told = json.loads(entry.read_bytes())
        pages = sum(one["page_count"] for one in told["languages"].values())
        version = told["version"]
    except (OSError, ValueError, KeyError):
        raise Refused("pagefind", detail=entry.name) from None
    if version != VERSION:
        raise Refused("pagefind-version", found=version, wanted=VERSION)
    fragments = sum(1 for _ in output.glob("fragment/*"))
    if pages != count or fragments != count:
        raise Refused("pagefind", detail=f"{min(pages, fragments)} / {count}")
    for path in files(output):
        if path.stat().st_size == 0:
            raise Refused("pagefind", detail=path.relative_to(output).as_posix())
    if not any(output.glob("index/*.pf_index")) or not any(output.glob("*.pf_meta")):
        raise Refused("pagefind", detail="index")


def files(output: pathlib.Path) -> Iterator[pathlib.Path]:
    """The files of an index that a browser asks for, in order; none asks for its texts."""
    yield output / "pagefind-entry.json"
    yield from sorted(output.glob("*.pf_meta"))
    yield from sorted(path for path in output.glob("wasm.*") if path.name in WASM)
    yield from sorted(output.glob("index/*.pf_index"))


def names(output: pathlib.Path) -> dict[str, str]:
    """By the name of a twin's file, without its ending: Pagefind's name for its text."""
    found = {}
    for path in output.glob(f"fragment/*{FRAGMENT}"):
        address = _ADDRESS.match(zlib.decompressobj(GZIP).decompress(path.read_bytes(), HEAD))
        if address is None:
            raise Refused("pagefind", detail=path.name)
        name = urllib.parse.unquote(json.loads(address[1])).strip("/").removesuffix(ENDING)
        found[name] = path.name.removesuffix(FRAGMENT)
    return found
