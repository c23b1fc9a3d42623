"""Three tokens in a row that several texts have, with the places where they stand.

Pairs say which texts may hold a phrase, and only a text says whether it does; where hundreds hold
it, that is megabytes. Triples prove it: their places tell whether they follow each other.
"""

from typing import NamedTuple

import numpy as np

from portal.search import ragged
from portal.search.postings import Entries
from portal.search.ragged import Array, Ragged
from portal.search.tokenised import Tokenised, Vocabulary

SHARED = 3
"""A triple is told from so many texts of a shard on: one that is not told stands in fewer."""
LONGEST = 255
"""Bytes of a triple that have room; of a longer one nothing is told."""
_MIXER = 0x9E3779B97F4A7C15
_MIXED = 20
"""Bits of a hash that leaves most of the triples of too few texts out before they are sorted."""


class _Stands(NamedTuple):
    """Where triples stand, triple by triple: the text, the place in it, the place in all."""

    keys: Array
    places: Array
    positions: Array
    at: Array


def entries(found: Tokenised, known: Vocabulary) -> Entries:
    """Each triple, as three tokens with spaces between them, and all its places.

    Of each place a payload has two numbers: how many texts further, and where in that text; in a
    text that is the same as the one before, how many tokens further.
    """
    numbers = known.numbers[found.tokens].astype(np.uint64)
    there = _shared(_stands(found, numbers, known.bits))
    is_first = _begins(there.keys)
    is_text = is_first.copy()
    is_text[1:] |= there.places[1:] != there.places[:-1]
    steps, further = (np.diff(one, prepend=0) for one in (there.places, there.positions))
    steps[is_first] = there.places[is_first]
    further[is_text] = there.positions[is_text]
    told = ragged.varints(np.stack([steps, further], axis=1).ravel())
    starts = np.flatnonzero(is_first)
    names = _named(known, numbers, there.at[starts])
    payloads = ragged.grouped(told, 2 * starts)
    fitting = np.flatnonzero(names.lengths <= LONGEST)
    if len(fitting) == len(starts):
        return Entries(names, payloads)
    return Entries(ragged.take(names, fitting), ragged.take(payloads, fitting))


def _stands(found: Tokenised, numbers: Array, bits: int) -> _Stands:
    """All triples that may be of enough texts, in order."""
    at = np.flatnonzero(found.places[:-2] == found.places[2:])
    keys = numbers[at]
    for further in (1, 2):
        keys <<= np.uint64(bits)
        keys |= numbers[at + further]
    mixed = (keys * np.uint64(_MIXER) >> np.uint64(64 - _MIXED)).astype(np.int32)
    often = np.bincount(mixed, minlength=1 << _MIXED)[mixed] >= SHARED
    keys, at = keys[often], at[often]
    order = _order(keys, 3 * bits)
    keys, at = keys[order], at[order]
    places, positions = (one[at].astype(np.int32) for one in (found.places, found.positions))
    return _Stands(keys, places, positions, at)


def _order(keys: Array, bits: int) -> Array:
    """The order of keys of so many bits, equal ones as they come; quick where both have room."""
    own = len(keys).bit_length()
    if bits + own > 64:
        return np.argsort(keys, kind="stable")
    told = keys << np.uint64(own)
    told |= np.arange(len(keys), dtype=np.uint64)
    told.sort()
    told &= np.uint64((1 << own) - 1)
    return told.astype(np.int64)


def _shared(there: _Stands) -> _Stands:
    """Those that enough texts have."""
    is_first = _begins(there.keys)
    is_text = is_first.copy()
    is_text[1:] |= there.places[1:] != there.places[:-1]
    group = np.cumsum(is_first) - 1
    kept = (np.bincount(group, weights=is_text) >= SHARED)[group]
    return _Stands(*(one[kept] for one in there))


def _begins(keys: Array) -> Array:
    """Whether each is another than the one before."""
    is_first = np.ones(len(keys), bool)
    is_first[1:] = keys[1:] != keys[:-1]
    return is_first


def _named(known: Vocabulary, numbers: Array, at: Array) -> Ragged:
    space = ragged.single(np.full(len(at), ord(" ")))
    one, two, three = (
        ragged.take(known.spelled, numbers[at + further].astype(np.int64)) for further in range(3)
    )
    return ragged.joined([one, space, two, space, three])
