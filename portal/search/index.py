"""search/index.json: what the browser must know before it asks for any other file of the search."""

import json
from typing import NamedTuple

from portal import corpus, digest
from portal.search import full, known, shards, sieve, twin

FORMAT = 1
"""The format of all files of the search; static/search/ reads this one."""
TOGETHER = 16


class Index(NamedTuple):
    """What index.json says, as JSON text; `digest` is that of what it says."""

    text: str
    digest: str


def has_triples(register: corpus.Corpus) -> bool:
    """Whether three tokens in a row are told: where there are texts, and words have no stems."""
    return full.program() is not None and not has_stems(register)


def has_stems(register: corpus.Corpus) -> bool:
    """Whether words are found in all their forms."""
    return register.site.language == "en"


def together(register: corpus.Corpus) -> int:
    """How many contracts Pagefind is given as one document.

    With stems it decides which contract has a word. Without, it only says where a phrase may be:
    of sixteen contracts as one it takes half the time (its time follows the different tokens of
    its documents), and the few that are left of them are read.
    """
    return TOGETHER if has_triples(register) else 1


def key(shard: shards.Shard, register: corpus.Corpus) -> str:
    """The digest of what a shard's texts follow from, beside the code."""
    found = [twin.key(row, register.summaries[row.id].file) for row in shard.rows]
    return digest.of(register.site.language, full.program() is not None, "".join(found))


def index(register: corpus.Corpus, divided: tuple[shards.Shard, ...], salt: str) -> Index:
    """The index of a register; `salt` is a digest of the code, and changes every address."""
    keys = [digest.of(salt, key(shard, register))[:10] for shard in divided]
    sides = (*register.agencies.values(), *register.vendors.values())
    text = json.dumps(
        {
            "version": FORMAT,
            "key": digest.of(salt, *keys, *sides)[:10],
            "language": register.site.language,
            "currency": register.site.currency,
            "count": len(register.rows),
            "buckets": sieve.buckets(len(register.rows)),
            "triples": has_triples(register),
            "pack": known.PACK,
            "newest": known.NEWEST,
            "together": together(register),
            "text": full.program() is not None,
            "shards": [
                {"name": shard.name, "size": len(shard.rows), "key": sealed}
                for shard, sealed in zip(divided, keys, strict=True)
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return Index(text, digest.raw(text.encode()))


def written(index: Index) -> bytes:
    """The file itself."""
    return index.text.encode()
