"""How names are spelled in pinyin, remembered: each name is worked out once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal import pinyin


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name's permalink, its letter in an A-Z index, and its place in that order."""

    slug: str
    initial: str
    order: str


@dataclass(slots=True)
class Speller:
    """Spellings by name; `known` comes from the last build, `used` goes to the next."""

    known: dict[str, Spelling] = field(default_factory=dict)
    used: dict[str, Spelling] = field(default_factory=dict)

    def __call__(self, name: str) -> Spelling:
        found = self.used.get(name)
        if found is None:
            found = self.used[name] = self.known.get(name) or of(name)
        return found


def sounds(spelled: str, name: str) -> str:
    """The syllables of a name, with spaces between them, by its place in an A-Z index."""
    return spelled.removesuffix(name).rstrip(" ")


def many(names: Iterable[str]) -> dict[str, Spelling]:
    """The spellings of some names."""
    return {name: of(name) for name in names}


def of(name: str) -> Spelling:
    """The spelling of a name."""
    order = " ".join((*pinyin.syllables(name), name))
    return Spelling(pinyin.slug(name), pinyin.initial(name), order)
