"""Which contracts can hold a text: by gram, the contracts that have it, in small files by its hash.

A gram is a sign, two signs that stand together, a word, the beginning of a word, or a piece of a
number. A phrase stands only where all its grams stand; whether it does, the text must tell.
"""

import collections
import itertools
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from portal import amounts
from portal.search import signs

LONGEST = 24
"""Letters of a word that count."""
START = 3
"""Letters of a word that find it by its beginning."""
PIECE = 4
"""Characters of a number that find it by a part."""
WHOLE = 60
"""Characters of a number that count: a gram has one byte for its length."""

LEAST = 1000
"""From here on a number in a text may be an amount that somebody looks for."""
_FIGURE = re.compile(
    r"([0-9](?<![0-9.].)[0-9]{0,14}(?:\.[0-9]{1,12})?)(?![0-9]|\.[0-9]) ?"
    r"(百万|千万|万亿|千|万|亿)?"
)
_DAY = re.compile(
    r"((?:19|20)(?<![0-9]..)[0-9]{2})"
    r"(?: ?年 ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?日)?|([-/.])([0-9]{1,2})\4([0-9]{1,2}))(?![0-9])"
)
"""Both begin with a figure and look back from there: so the search for them is quick."""

Sections = dict[int, bytes]
"""What a shard has in each bucket that it has anything in."""


def text(readable: str) -> set[str]:
    """The grams of a text, but for those of `figures`."""
    found = words(readable)
    for run in signs.runs(readable):
        found.update(run)
        found.update(map("".join, itertools.pairwise(run)))
    return found


def words(readable: str) -> set[str]:
    """The grams of the words in a text."""
    found = set(signs.words(readable))
    return {f"={word[:LONGEST]}" for word in found} | {f"<{word[:START]}" for word in found}


def title(readable: str) -> set[str]:
    """The grams of a title."""
    return {f"t{gram}" for gram in text(readable) if len(gram) > 1}


def number(squeezed: str) -> set[str]:
    """The grams of a contract's number: every part of it, and the whole."""
    last = max(0, len(squeezed) - PIECE)
    return {f"##{squeezed[:WHOLE]}", *(f"#{squeezed[at : at + PIECE]}" for at in range(last + 1))}


def value(amount: Decimal) -> str:
    """The gram of an amount, written plainly: `$1370000`, `$2594642.64`."""
    return f"${_plain(amount)}"


def _plain(amount: Decimal) -> str:
    plain = f"{amount:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def day(iso: str) -> tuple[str, str]:
    """The grams of a day, and of its month; `iso` is 2025-03-12."""
    year, month, day = iso.split("-")
    return f"@{year}{month}{day}", f"@{year}{month}"


def figures(readable: str) -> set[str]:
    """The grams of the amounts and the days in a text: one for each, however it is written."""
    found = set()
    for number, unit in _FIGURE.findall(readable):
        if unit or len(number) > 3:
            amount = Decimal(number).scaleb(amounts.SCALES[unit])
            if amount >= LEAST:
                found.add(f"%{_plain(amount)}")
    for year, month, day, _, other, last in _DAY.findall(readable):
        written = f"%@{year}{month or other:0>2}"
        found.add(written)
        if day or last:
            found.add(f"{written}{day or last:0>2}")
    return found


def buckets(count: int) -> int:
    """In how many files the grams of so many contracts lie: a power of two, some KB for each."""
    return 1 << max(0, (count // 2).bit_length() - 1)


def sections(texts: Sequence[str], others: Iterable[Iterable[str]], count: int) -> Sections:
    """What a shard has in each of `count` buckets.

    Of each contract, in order, its text, of which the signs and the pairs of signs are grams, and
    its other grams.
    """
    from portal.search import pairs  # noqa: PLC0415 - numpy, which most builds have no need of

    size = len(texts)
    found: dict[str, list[int]] = collections.defaultdict(list)
    for ordinal, grams in enumerate(others):
        for gram in grams:
            found[gram].append(ordinal)
    signed = pairs.postings(texts)
    alone = [_payload([ordinal], size) for ordinal in range(size)]  # of most grams
    payloads = (alone[one[0]] if len(one) == 1 else _payload(one, size) for one in found.values())
    parts: dict[int, list[bytes]] = collections.defaultdict(list)
    mask = count - 1
    for gram, payload in itertools.chain(
        zip(signed.grams, pairs.written(signed, size), strict=True),
        zip(found, payloads, strict=True),
    ):
        name = gram.encode()
        length = _BYTES[len(payload)] if len(payload) < 128 else _varint(len(payload))
        parts[zlib.crc32(name) & mask].append(b"%c%b%b%b" % (len(name), name, length, payload))
    return {bucket: b"".join(sorted(entries)) for bucket, entries in parts.items()}


def _sized(data: bytes) -> bytes:
    return _varint(len(data)) + data


def bucket(number: int, shards: Sequence[Mapping[int, bytes]]) -> bytes:
    """The content of a bucket: the section of each shard that has one, behind its number."""
    return b"".join(_section(at, sections[number]) for at, sections in _having(number, shards))


def _having(
    number: int, shards: Sequence[Mapping[int, bytes]]
) -> Iterator[tuple[int, Mapping[int, bytes]]]:
    return ((at, sections) for at, sections in enumerate(shards) if number in sections)


def _section(shard: int, data: bytes) -> bytes:
    return _varint(shard) + _sized(data)


def _payload(ordinals: list[int], size: int) -> bytes:
    """Ascending ordinals below `size`: as bits where they are many, else as differences."""
    if len(ordinals) * 8 > size:
        bits = bytearray(-(-size // 8))
        for one in ordinals:
            bits[one >> 3] |= 1 << (one & 7)
        return b"\0" + bytes(bits)
    steps = itertools.chain(ordinals[:1], (b - a for a, b in itertools.pairwise(ordinals)))
    return b"\1" + b"".join(map(_varint, steps))


def _varint(number: int) -> bytes:
    """A number in groups of seven bits, the lowest first (LEB128)."""
    if number < 128:
        return _BYTES[number]
    parts = bytearray()
    while number >= 128:
        parts.append(number & 127 | 128)
        number >>= 7
    parts.append(number)
    return bytes(parts)


_BYTES = tuple(bytes((one,)) for one in range(256))
