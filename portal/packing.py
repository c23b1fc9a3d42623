"""The same file packed, to lie beside it: a host sends that to who takes it, and packs nothing.

gzip, and Brotli where its library is. The packed files are copies, and so not part of the proof.
"""

import functools
import importlib.util
from collections.abc import Iterator

from portal import gzipped, headers

GZIP, BROTLI = ".gz", ".br"
QUALITY = 9
"""Brotli's best quality (11) takes forty times as long for a tenth less."""


@functools.cache
def endings() -> tuple[str, ...]:
    """What can be packed here, by the endings of the files."""
    has_brotli = importlib.util.find_spec("brotli") is not None
    return (GZIP, BROTLI) if has_brotli else (GZIP,)


def beside(path: str, endings: tuple[str, ...]) -> Iterator[str]:
    """The packed files that lie beside a file: none where it is no text."""
    if path.endswith(headers.PACKED):
        yield from (f"{path}{ending}" for ending in endings)


def packed(path: str, data: bytes) -> bytes:
    """A file's bytes, packed as the ending of the packed file says."""
    if path.endswith(GZIP):
        return gzipped.compress(data)
    import brotli  # noqa: PLC0415 - it need not be there

    made: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=QUALITY)
    return made


def whose(path: str) -> str:
    """The file that a packed one would lie beside; empty for what has no such name."""
    name = path.removesuffix(GZIP).removesuffix(BROTLI)
    return name if name != path and name.endswith(headers.PACKED) else ""
