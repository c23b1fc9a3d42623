"""SQLite for the browser, which the query page loads: there when the set-up could fetch it.

scripts/fetch-sqlite does so, pinned by a hash; without it the page tells how to ask elsewhere.
"""

from collections.abc import Mapping

from portal import digest, files, render

MODULES = render.HOME / "scripts/sqlite/node_modules"
FOLDER = MODULES / "@sqlite.org/sqlite-wasm/sqlite-wasm/jswasm"
NAMES = {"sqlite3.mjs": "sqlite3.js", "sqlite3.wasm": "sqlite3.wasm"}
"""The files as they are there, and as the site names them: some hosts do not know `.mjs`."""


def version() -> str:
    """What was installed, as the set-up noted it in one small file; empty when nothing was."""
    try:
        return digest.raw((MODULES / ".package-lock.json").read_bytes())
    except FileNotFoundError:
        return ""


def parts() -> Mapping[str, files.Sealed]:
    """The files of the engine by the names they are published under; none if one is missing."""
    there = files.assets((FOLDER,)) if version() else {}
    found = {name: there[own] for own, name in NAMES.items() if own in there}
    return found if len(found) == len(NAMES) else {}
