"""A finding: a place in a text that may hold personal data."""

from typing import Literal, NamedTuple

Tier = Literal["mask", "suspect", "keep"]
"""What becomes of a finding: masked; held until a person decides; left as the policy says."""


class Finding(NamedTuple):
    """Characters `start` to `end` of a text, the kind of data, and the rule that found it.

    `kind` is a code of the marks' vocabulary.
    """

    start: int
    end: int
    kind: str
    tier: Tier
    rule: str
