"""Three tokens in a row that several texts have, with the places where they stand.

Pairs say which texts may hold a phrase, and only a text says whether it does; where hundreds hold
it, that is megabytes. Triples prove it: their places tell whether they follow each other.

A place is no count from the text's beginning: one word more would move all places behind it, and
with them most files of the triples. A text is divided where its signs say so (of two neighbours,
whatever stands before them), and each division begins at a multiple of `STEP`: so a change moves
little more than what is behind it in its own division. A division goes on for `SPAN` tokens in the
next one, so that a phrase of that length has places in a row, wherever it begins; and there are
more than so many places between two divisions, so that no place of the one is near the other's.
"""

import bisect
import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from portal.search import ragged
from portal.search.postings import Entries
from portal.search.ragged import Array, Ragged
from portal.search.tokenised import WORDS, Tokenised, Vocabulary

SHARED = 3
"""A triple is told from so many texts of a shard on: one that is not told stands in fewer."""
SPAN = 64
"""Tokens by which a division goes on; static/search/sieve.js has the same number."""
STEP = 256
"""What the places are multiples of at which divisions begin, and the tokens of a short one."""
RARE = 24
"""A text is divided where two signs are mixed to a number of so many bits, of 32: one of 256."""
LONGEST = 255
"""Bytes of a triple that have room; of a longer one nothing is told."""
_MIXER = 0x9E3779B97F4A7C15
_FIRST, _NEXT = 0x9E3779B1, 0x85EBCA6B
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

    Of each place a payload has two numbers: how many texts further, and the place in that text; in
    a text that is the same as the one before, how many places further.
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


class _Division(NamedTuple):
    """So many tokens from one on, and the place of the first."""

    start: int
    length: int
    place: int


def _stands(found: Tokenised, numbers: Array, bits: int) -> _Stands:
    """All triples that may be of enough texts, in order."""
    at, positions = _placed(_divisions(found))
    is_whole = np.append(found.places[:-2] == found.places[2:], [False, False])[at]
    at, positions = at[is_whole], positions[is_whole]
    keys = numbers[at]
    for further in (1, 2):
        keys <<= np.uint64(bits)
        keys |= numbers[at + further]
    mixed = (keys * np.uint64(_MIXER) >> np.uint64(64 - _MIXED)).astype(np.int32)
    often = np.bincount(mixed, minlength=1 << _MIXED)[mixed] >= SHARED
    keys, at, positions = keys[often], at[often], positions[often]
    order = _order(keys, 3 * bits)
    keys, at, positions = keys[order], at[order], positions[order]
    return _Stands(keys, found.places[at].astype(np.int32), positions, at)


def _divisions(found: Tokenised) -> list[_Division]:
    """The divisions of all texts, in order."""
    tokens, count = found.tokens, len(found.tokens)
    mixed = tokens[:-1] * np.uint32(_FIRST) + tokens[1:] * np.uint32(_NEXT)
    are_signs = tokens < WORDS
    are_borders = are_signs[:-1] & are_signs[1:] & (mixed < 1 << RARE)
    borders = np.flatnonzero(are_borders).tolist()
    firsts = (np.flatnonzero(found.places[1:] != found.places[:-1]) + 1).tolist()
    texts = itertools.pairwise([*([0] if count else []), *firsts, count])
    return [one for first, end in texts for one in _of_text(first, end, borders)]


def _of_text(first: int, end: int, borders: list[int]) -> Iterator[_Division]:
    """The divisions of the text between two tokens."""
    start, place = first, 0
    inside = borders[bisect.bisect_right(borders, first) : bisect.bisect_left(borders, end)]
    for border in (*inside, end):
        if border < end and border - start < STEP:
            continue
        length = min(border + SPAN, end) - start
        yield _Division(start, length, place)
        start, place = border, place + -(-(length + SPAN) // STEP) * STEP


def _placed(divisions: list[_Division]) -> tuple[Array, Array]:
    """The tokens of divisions, and the place of each; those that two divisions have come twice."""
    starts, lengths, places = np.array(divisions, np.int64).reshape(-1, 3).T
    before = np.cumsum(lengths) - lengths
    steps = np.arange(lengths.sum())
    at = np.repeat(starts - before, lengths) + steps
    return at, (np.repeat(places - before, lengths) + steps).astype(np.int32)


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
