"""What a publication follows from, as one digest: content, look, generator, tools, commit."""

import functools
import importlib.metadata
import os
import pathlib
from collections.abc import Mapping

from portal import digest, files, gather, packing, render
from portal.search import full
from portal.tables import engine

LIBRARIES = (
    *("jinja2", "markdown", "pydantic", "nh3", "pypinyin", "markupsafe", "rjieba"),
    "chinesecalendar",
)
"""What our bytes depend on beside our own code."""


@functools.cache
def code() -> str:
    """The digest of the generator: its modules, its words, the libraries that shape its bytes."""
    folder = pathlib.Path(__file__).parent
    parts = sorted(path for kind in ("*.py", "*.yaml", "*.txt") for path in folder.rglob(kind))
    own = [digest.raw(path.read_bytes()) for path in parts]
    return digest.of(*own, *(importlib.metadata.version(name) for name in LIBRARIES))


def content(found: gather.Content) -> str:
    """The digest of a site's content: of each file its path and what it holds."""
    return digest.of("\n".join([f"{one.path}\t{one.digest}" for one in found.sealed.values()]))


def whole(
    held: str,
    texts: render.Texts,
    assets: Mapping[str, files.Sealed],
    head: str,
    drafts: object,
) -> str:
    """The digest of everything; `held` is that of the content, `head` the commit."""
    static = tuple((name, one.digest) for name, one in assets.items())
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    others = full.program() is not None, engine.version(), packing.endings()
    return digest.of(code(), drafts, held, texts.digest, static, epoch, others, head)
