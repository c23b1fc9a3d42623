"""Which of many texts have which signs and pairs of signs: sorted all at once, by numpy.

A set for each text and a list for each gram took five times as long, a sixth of a fresh build.
"""

import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from portal.search import signs

BARRIER = "a"
"""A letter that parts two texts: signs are joined over anything but letters and digits."""
SIGN, PLACE = 21, 20
"""Bits of a sign, and of a text's place among the texts: two signs and a place are one number."""

Array = np.ndarray[Any, Any]


class Postings(NamedTuple):
    """Grams in order; `places[starts[n]:starts[n + 1]]` are those of the texts with gram n."""

    grams: Sequence[str]
    starts: Array
    places: Array


def postings(texts: Sequence[str]) -> Postings:
    """Each sign and each pair of signs that stand together, with the places of its texts.

    `texts` are readable (`signs.readable`), fewer than 2**20. Signs stand together where nothing
    but what parts words is between them, as in `signs.runs`.
    """
    if len(texts) >> PLACE:
        raise ValueError("too many texts at once")
    codes = np.frombuffer(BARRIER.join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    lengths = [len(one) + len(BARRIER) for one in texts]
    place = np.repeat(np.arange(len(texts), dtype=np.uint32), lengths)[: len(codes)]
    are_signs = _are_signs(codes)
    kept = are_signs | _are_letters(codes, are_signs)
    keys = _keys(codes[kept], place[kept], are_signs[kept])
    places = (keys & np.uint64((1 << PLACE) - 1)).astype(np.int32)
    keys >>= np.uint64(PLACE)
    starts = np.flatnonzero(np.diff(keys, prepend=np.uint64(0)))
    return Postings(_texts(keys[starts]), np.append(starts, len(keys)), places)


def _keys(codes: Array, place: Array, are_signs: Array) -> Array:
    """Each gram and text that has it, as one number, in order, each once.

    `np.unique` takes three times as long, and what is not done in place twice the memory.
    """
    paired = are_signs[:-1] & are_signs[1:]
    alone = int(are_signs.sum())
    keys = np.empty(alone + int(paired.sum()), np.uint64)
    keys[:alone] = codes[are_signs]
    keys[alone:] = codes[:-1][paired]
    keys[alone:] <<= np.uint64(SIGN)
    keys[alone:] |= codes[1:][paired]
    keys <<= np.uint64(PLACE)
    keys[:alone] |= place[are_signs]
    keys[alone:] |= place[:-1][paired]
    keys.sort()
    is_new = np.empty(len(keys), bool)
    is_new[:1] = True
    np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
    return keys[is_new]


def written(found: Postings, size: int) -> Iterator[bytes]:
    """Of each gram its places, all below `size`, as the sieve writes those of other grams."""
    counts = np.diff(found.starts)
    are_many = counts * 8 > size
    bits = iter(_bits(found, counts, are_many, size))
    steps = _steps(found)
    ends = itertools.pairwise(steps.starts)
    for is_many, (start, end) in zip(are_many.tolist(), ends, strict=True):
        yield b"\0" + next(bits) if is_many else b"\1" + steps.data[start:end]


def _bits(found: Postings, counts: Array, are_many: Array, size: int) -> Iterator[bytes]:
    """Of each gram that many texts have a bit for each text."""
    width = -(-size // 8)
    table = np.zeros((int(are_many.sum()), width * 8), np.uint8)
    row = np.repeat(np.cumsum(are_many) - 1, counts)
    of_many = np.repeat(are_many, counts)
    table[row[of_many], found.places[of_many]] = 1
    data = np.packbits(table, axis=1, bitorder="little").tobytes()
    return (data[at : at + width] for at in range(0, len(data), width))


class _Steps(NamedTuple):
    """Differences in groups of seven bits, and where those of each gram begin."""

    data: bytes
    starts: list[int]


def _steps(found: Postings) -> _Steps:
    steps = np.diff(found.places, prepend=0)
    first = found.starts[:-1]
    steps[first] = found.places[first]
    lengths = 1 + (steps >> 7 > 0) + (steps >> 14 > 0)
    ends = np.cumsum(lengths)
    starts = ends - lengths
    data = np.zeros(ends[-1] if len(ends) else 0, np.uint8)
    for number in range(3):
        there = lengths > number
        more = (lengths > number + 1)[there] << 7
        data[starts[there] + number] = steps[there] >> 7 * number & 127 | more
    return _Steps(data.tobytes(), [*starts[first].tolist(), len(data)])


def _are_signs(codes: Array) -> Array:
    """Whether each is a Chinese sign."""
    ranges = ((codes >= first) & (codes <= last) for first, last in signs.RANGES)
    return functools.reduce(np.logical_or, ranges)


def _are_letters(codes: Array, are_signs: Array) -> Array:
    """Whether each is a letter or a digit of another script."""
    others = np.unique(codes[~are_signs]).tolist()
    return np.isin(codes, np.array([one for one in others if chr(one).isalnum()], codes.dtype))


def _texts(grams: Array) -> list[str]:
    """Numbers of one or two signs as text."""
    split = np.stack([grams >> np.uint64(SIGN), grams & np.uint64((1 << SIGN) - 1)], axis=1)
    text = split.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return [text[at : at + 2].lstrip("\0") for at in range(0, len(text), 2)]
