"""Which of many texts have which grams: sorted all at once, by numpy.

A set for each text and a list for each gram took five times as long, a sixth of a fresh build.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from portal.search import ragged, signs
from portal.search.ragged import Array, Ragged
from portal.search.tokenised import PLACE, WORDS, Tokenised, Vocabulary


class Entries(NamedTuple):
    """Grams, and what is said of each."""

    names: Ragged
    payloads: Ragged


class _Postings(NamedTuple):
    """Keys in order; `places[starts[n]:starts[n + 1]]` are those of the texts with key n."""

    keys: Array
    starts: Array
    places: Array


def alone(found: Tokenised, known: Vocabulary, size: int) -> Entries:
    """Each sign with its texts; `size` is the number of texts."""
    are_signs = found.tokens < WORDS
    numbers = known.numbers[found.tokens[are_signs]]
    there = _postings(numbers, found.places[are_signs])
    return Entries(ragged.take(known.spelled, there.keys), _payloads(there, size))


def pairs(found: Tokenised, known: Vocabulary, size: int) -> Iterator[Entries]:
    """Each two signs that stand together, with their texts; then those with short words."""
    are_signs = found.tokens < WORDS
    are_short = np.array([len(one) <= signs.SHORT for one in found.words], bool)
    are_paired = are_signs.copy()
    are_paired[~are_signs] = are_short[found.tokens[~are_signs] - np.uint32(WORDS)]
    beside = are_paired[:-1] & are_paired[1:] & (found.places[:-1] == found.places[1:])
    signed = are_signs[:-1] & are_signs[1:]
    yield _pairs(found, known, size, beside & signed, b"")
    yield _pairs(found, known, size, beside & ~signed, b" ")


def _pairs(
    found: Tokenised, known: Vocabulary, size: int, chosen: Array, between: bytes
) -> Entries:
    numbers = known.numbers[found.tokens].astype(np.uint64)
    keys = numbers[:-1][chosen]
    keys <<= np.uint64(known.bits)
    keys |= numbers[1:][chosen]
    there = _postings(keys, found.places[:-1][chosen])
    one = ragged.take(known.spelled, there.keys >> known.bits)
    other = ragged.take(known.spelled, there.keys & ((1 << known.bits) - 1))
    apart = [ragged.of([between] * len(there.keys))] if between else []
    return Entries(ragged.joined([one, *apart, other]), _payloads(there, size))


def words(found: Tokenised, grams: Callable[[str], Iterable[str]], size: int) -> Entries:
    """The grams that each word gives, with their texts."""
    are_words = found.tokens >= WORDS
    keys = (found.tokens[are_words] - np.uint32(WORDS)).astype(np.uint64)
    there = _postings(keys, found.places[are_words])
    of_words: list[list[str]] = [[] for _ in range(size)]
    bounds = there.starts.tolist()
    places = there.places.tolist()
    for at, key in enumerate(there.keys.tolist()):
        names = tuple(grams(found.words[key]))
        for place in places[bounds[at] : bounds[at + 1]]:
            of_words[place] += names
    return others(of_words, size)


def others(grams: Iterable[Iterable[str]], size: int) -> Entries:
    """Of each text, in order, its other grams."""
    table: dict[str, int] = {}
    keys: list[int] = []
    counts: list[int] = []
    for own in grams:
        before = len(keys)
        keys += [table.setdefault(gram, len(table)) for gram in own]
        counts.append(len(keys) - before)
    order = sorted(table)  # a set comes in any order
    rank = np.empty(len(order), np.uint64)
    rank[[table[gram] for gram in order]] = np.arange(len(order), dtype=np.uint64)
    places = np.repeat(np.arange(len(counts), dtype=np.uint64), counts)
    there = _postings(rank[np.array(keys, np.int64)], places)
    return Entries(ragged.of([gram.encode() for gram in order]), _payloads(there, size))


def told(texts: Mapping[str, str]) -> Entries:
    """Names of which a text is told."""
    names = sorted(texts)
    payloads = [texts[name].encode() for name in names]
    return Entries(ragged.of([name.encode() for name in names]), ragged.of(payloads))


def divided(parts: Sequence[Entries], count: int, before: str) -> tuple[bytes, list[int]]:
    """The entries by the checksums of their names, each with two lengths; where buckets begin.

    A name that begins with the sign `before` has the checksum of what is behind it.
    """
    names = ragged.stacked([one.names for one in parts])
    payloads = ragged.stacked([one.payloads for one in parts])
    are_titles = (names.lengths > 1) & (names.data[names.starts[:-1]] == ord(before))
    numbers = ragged.crc32(names, skipped=are_titles) & np.uint32(count - 1)
    order = np.argsort(numbers, kind="stable")
    heads = ragged.single(names.lengths), ragged.varints(payloads.lengths)
    entries = ragged.take(ragged.joined([heads[0], names, heads[1], payloads]), order)
    data, numbers = entries.data.tobytes(), numbers[order]
    bounds = np.searchsorted(numbers, np.arange(count + 1))
    return data, entries.starts[bounds].tolist()


def _postings(keys: Array, places: Array) -> _Postings:
    """Each key with the places that it is given for, in order, each once.

    `np.unique` takes three times as long, and what is not done in place twice the memory.
    """
    told = keys.astype(np.uint64)
    told <<= np.uint64(PLACE)
    told |= places.astype(np.uint64)
    told.sort()
    is_new = np.empty(len(told), bool)
    is_new[:1] = True
    np.not_equal(told[1:], told[:-1], out=is_new[1:])
    told = told[is_new]
    found = (told & np.uint64((1 << PLACE) - 1)).astype(np.int32)
    told >>= np.uint64(PLACE)
    starts = np.flatnonzero(np.diff(told, prepend=told[:1] + np.uint64(1)))
    return _Postings(told[starts].astype(np.int64), np.append(starts, len(told)), found)


def _payloads(there: _Postings, size: int) -> Ragged:
    """The places of each key: as bits behind 0 where they are many, else as steps behind 1."""
    counts = np.diff(there.starts)
    are_many = counts * 8 > size
    chosen = np.where(are_many, len(counts) + np.cumsum(are_many) - 1, np.arange(len(counts)))
    told = ragged.take(ragged.stacked([_steps(there), _bits(there, are_many, size)]), chosen)
    return ragged.joined([ragged.single(~are_many), told])


def _bits(there: _Postings, are_many: Array, size: int) -> Ragged:
    """Of each key that many texts have a bit for each text."""
    width = -(-size // 8)
    counts = np.diff(there.starts)
    table = np.zeros((int(are_many.sum()), width * 8), np.uint8)
    of_many = np.repeat(are_many, counts)
    row = np.repeat(np.cumsum(are_many) - 1, counts)
    table[row[of_many], there.places[of_many]] = 1
    data = np.packbits(table, axis=1, bitorder="little")
    return Ragged(data.ravel(), np.arange(len(data) + 1) * width)


def _steps(there: _Postings) -> Ragged:
    first = there.starts[:-1]
    steps = np.diff(there.places, prepend=0)
    steps[first] = there.places[first]
    return ragged.grouped(ragged.varints(steps), first)
