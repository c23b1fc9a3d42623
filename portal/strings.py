"""Every visible word, by language: strings/<language>/*.yaml, flattened to dotted keys."""

import functools
import pathlib
import types
from collections.abc import Iterator, Mapping

import yaml

FOLDER = pathlib.Path(__file__).with_name("strings")
LANGUAGES = tuple(sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))


def _flat(tree: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)


@functools.cache
def of(language: str) -> Mapping[str, str]:
    """The words of a language by dotted key. An unknown language is a KeyError."""
    if language not in LANGUAGES:
        raise KeyError(language)
    words: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.yaml")):
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        words |= _flat(tree, "")
    return types.MappingProxyType(words)
