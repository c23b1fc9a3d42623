"""The ready questions: what people ask most of such a register, as SQL over its tables."""

import functools
import pathlib
from collections.abc import Mapping

import yaml

FILE = pathlib.Path(__file__).with_name("questions.yaml")


@functools.cache
def ready() -> Mapping[str, str]:
    """The SQL of each question by its name, in the order of the page."""
    read: dict[str, str] = yaml.load(FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return read
