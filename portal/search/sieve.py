"""Which contracts can hold a text: by gram, the contracts that have it, in small files by its hash.

A gram is a sign, two signs that stand together, a word, the beginning of a word, or a piece of a
number. A phrase stands only where all its grams stand; whether it does, the text must tell.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from portal import amounts
from portal.search import signs, stems

LONGEST = 24
"""Letters of a word that count."""
START = 3
"""Letters of a word that find it by its beginning."""
PIECE = 4
"""Characters of a number that find it by a part."""
WHOLE = 60
"""Characters of a number that count: a gram has one byte for its length."""

TITLE = "t"
"""What the gram of a title begins with; it does not count for the file that a gram lies in."""

STEM, KNOWN = "*", "~"
"""What the gram of a stem begins with, and the name by which the stem of a word is told."""

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


class Sections(NamedTuple):
    """What a shard has in each bucket, one behind the other, and where each begins."""

    data: bytes
    starts: Sequence[int]

    def of(self, number: int) -> bytes:
        return self.data[self.starts[number] : self.starts[number + 1]]


def text(readable: str) -> set[str]:
    """The grams of a text, but for those of `figures`."""
    found = words(readable)
    for run in signs.runs(readable):
        found.update(run)
        found.update(map("".join, itertools.pairwise(run)))
    return found | {f"{one} {other}" for one, other in _mixed(signs.tokens(readable))}


def _mixed(tokens: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Neighbours of which one is a word, and none a long word."""
    for pair in itertools.pairwise(tokens):
        are_words = [not signs.runs(one) for one in pair]
        if any(are_words) and all(
            len(one) <= signs.SHORT for one, is_word in zip(pair, are_words, strict=True) if is_word
        ):
            yield pair


def words(readable: str) -> set[str]:
    """The grams of the words in a text."""
    return {gram for word in signs.words(readable) for gram in _word(word)}


def _word(word: str) -> tuple[str, str]:
    """The grams of a word: the whole, and how it begins."""
    return f"={word[:LONGEST]}", f"<{word[:START]}"


def _stemmed(word: str) -> tuple[str, ...]:
    """The grams of a word, and that of its stem."""
    return (*_word(word), f"{STEM}{stems.stem(word)[:LONGEST]}")


def _stems(words: Iterable[str]) -> dict[str, str]:
    """By name: the stem of each word that is not too long to be asked for."""
    return {f"{KNOWN}{word}": stems.stem(word) for word in words if len(word) <= LONGEST}


def title(readable: str) -> set[str]:
    """The grams of a title; each lies in the file of the same gram of texts."""
    return {f"{TITLE}{gram}" for gram in text(readable) if len(gram) > 1}


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
    return 1 << max(0, count.bit_length() - 1)


def sections(
    texts: Sequence[str],
    others: Iterable[Iterable[str]],
    count: int,
    *,
    has_triples: bool = True,
    has_stems: bool = False,
) -> Sections:
    """What a shard has in each of `count` buckets of grams, and in as many of triples after them.

    Of each contract, in order, its text, of which the signs, the pairs of signs and the words are
    grams, and its other grams. With `has_stems` also the stem of each word, and by `KNOWN` and the
    word, which stem it has.
    """
    # numpy, which most builds have no need of
    from portal.search import postings, tokenised, triples  # noqa: PLC0415

    size = len(texts)
    found = tokenised.tokenised(texts)
    known = tokenised.vocabulary(found)
    parts = (
        postings.alone(found, known, size),
        *postings.pairs(found, known, size),
        postings.words(found, _stemmed if has_stems else _word, size),
        postings.others(others, size),
        *([postings.told(_stems(found.words))] if has_stems else []),
    )
    data, starts = postings.divided(parts, count, TITLE)
    if has_triples:
        more, further = postings.divided([triples.entries(found, known)], count, TITLE)
        starts = starts[:-1] + [len(data) + one for one in further]
        data += more
    return Sections(data, starts)


def bucket(sections: Iterable[bytes]) -> bytes:
    """The content of a bucket: the section of each shard that has any, behind its number."""
    return b"".join(_section(at, data) for at, data in enumerate(sections) if data)


def _section(shard: int, data: bytes) -> bytes:
    return _varint(shard) + _varint(len(data)) + data


def _varint(number: int) -> bytes:
    """A number in groups of seven bits, the lowest first (LEB128)."""
    parts = bytearray()
    while number >= 128:
        parts.append(number & 127 | 128)
        number >>= 7
    parts.append(number)
    return bytes(parts)
