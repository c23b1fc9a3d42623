"""Many byte strings as one array, so that numpy works on all of them at once."""

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]


class Ragged(NamedTuple):
    """Byte strings one behind the other: number n is `data[starts[n] : starts[n + 1]]`."""

    data: Array
    starts: Array

    @property
    def lengths(self) -> Array:
        return np.diff(self.starts)


def of(strings: Sequence[bytes]) -> Ragged:
    """Some byte strings."""
    data = np.frombuffer(b"".join(strings), np.uint8)
    return Ragged(data, _starts(np.fromiter(map(len, strings), np.int64, len(strings))))


def single(data: Array) -> Ragged:
    """Bytes, each of them a string by itself."""
    return Ragged(data.astype(np.uint8), np.arange(len(data) + 1))


def varints(numbers: Array) -> Ragged:
    """Numbers below 2**28 in groups of seven bits, the lowest first (LEB128)."""
    are_longer = [numbers >> bits > 0 for bits in (7, 14, 21)]
    starts = _starts(1 + np.sum(are_longer, axis=0))
    data = np.empty(starts[-1], np.uint8)
    data[starts[:-1]] = numbers & 127
    for further, are_there in enumerate(are_longer, start=1):
        at = np.flatnonzero(are_there)
        data[starts[at] + further - 1] |= 128
        data[starts[at] + further] = numbers[at] >> 7 * further & 127
    return Ragged(data, starts)


def grouped(strings: Ragged, starts: Array) -> Ragged:
    """The strings joined in groups, which begin at those numbers."""
    return Ragged(strings.data, np.append(strings.starts[starts], strings.starts[-1]))


def take(strings: Ragged, order: Array) -> Ragged:
    """The strings of those numbers."""
    lengths = strings.lengths[order]
    starts = _starts(lengths)
    at = np.repeat(strings.starts[order] - starts[:-1], lengths)
    at += np.arange(len(at))
    return Ragged(strings.data[at], starts)


def stacked(parts: Sequence[Ragged]) -> Ragged:
    """All strings of the one, then all of the next."""
    ends = itertools.accumulate((len(one.data) for one in parts), initial=0)
    starts = [one.starts[:-1] + end for one, end in zip(parts, ends, strict=False)]
    data = np.concatenate([one.data for one in parts])
    return Ragged(data, np.append(np.concatenate(starts), len(data)))


def joined(parts: Sequence[Ragged]) -> Ragged:
    """Number n of the one, with number n of the next behind it."""
    starts = _starts(np.sum([one.lengths for one in parts], axis=0))
    data = np.empty(starts[-1], np.uint8)
    free = starts[:-1].copy()
    for one in parts:
        at = np.repeat(free - one.starts[:-1], one.lengths)
        at += np.arange(len(at))
        data[at] = one.data
        free += one.lengths
    return Ragged(data, starts)


def crc32(strings: Ragged, skipped: Array) -> Array:
    """The checksum of each string as `zlib.crc32` has it, without its first `skipped` bytes."""
    rest = strings.lengths - skipped
    order = np.argsort(-rest, kind="stable")
    starts, lengths = (strings.starts[:-1] + skipped)[order], rest[order]
    crc = np.full(len(order), 0xFFFFFFFF, np.uint32)
    for at in range(int(lengths.max(initial=0))):
        count = int(np.searchsorted(-lengths, -at, side="left"))
        left = crc[:count]
        crc[:count] = _TABLE[(left ^ strings.data[starts[:count] + at]) & 255] ^ (left >> 8)
    found = np.empty_like(crc)
    found[order] = ~crc
    return found


def _starts(lengths: Array) -> Array:
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def _table() -> Array:
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, table >> 1 ^ np.uint32(0xEDB88320), table >> 1)
    return table


_TABLE = _table()
