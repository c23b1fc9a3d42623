"""The stems of English words, by which a word is found in its other forms."""

import functools
from typing import Protocol


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's own name


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in lower case, by Porter's second algorithm, as Pagefind has it."""
    return _stemmer().stemWord(word)


@functools.cache
def _stemmer() -> _Stemmer:
    import snowballstemmer  # type: ignore[import-untyped] # noqa: PLC0415 - few sites need it

    found: _Stemmer = snowballstemmer.stemmer("english")
    return found
