"""How names are spelled in pinyin, remembered: each name is worked out once."""

from collections.abc import Iterable, Mapping
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

    def unknown(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the names whose spelling has yet to be worked out, in order; all are in use."""
        wanted = set(names)
        self.used |= {name: self.known[name] for name in wanted & self.known.keys()}
        return tuple(sorted(wanted - self.used.keys()))

    def learn(self, spelled: Mapping[str, Spelling]) -> None:
        """Take in spellings that were worked out elsewhere."""
        self.used |= spelled


def each(names: Iterable[str]) -> dict[str, Spelling]:
    """The spelling of each name."""
    return {name: of(name) for name in names}


def sounds(order: str, name: str) -> str:
    """The syllables of a name, with spaces between them, from its place in an A-Z index."""
    return order.removesuffix(name).rstrip(" ")


def of(name: str) -> Spelling:
    """The spelling of a name."""
    order = " ".join((*pinyin.syllables(name), name))
    return Spelling(pinyin.slug(name), pinyin.initial(name), order)
