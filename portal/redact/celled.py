"""Numbers with each of their digits in a cell, as forms on paper have them."""

import re
from collections.abc import Iterator

from portal.redact import identities, numbers
from portal.redact.finding import Finding
from portal.redact.view import View

_CELLS = re.compile(r"\|(?: ?\d ?\|){4}")
_CELLED = re.compile(r"(?<!\d)(?<!\d \| )\d(?: ?\| ?\d){10,17}(?: ?\| ?[Xx])?(?!\d)")
_BORDER = re.compile(r"[ |]")


def find(view: View) -> Iterator[Finding]:
    """Mobile and identity numbers."""
    for found in _CELLED.finditer(view.text) if _CELLS.search(view.text) else ():
        digits = _BORDER.sub("", found[0]).upper()
        if numbers.MOBILE.fullmatch(digits):
            yield Finding(*found.span(), "mobile", "mask", "celled")
        elif identities.is_identity(digits):
            yield Finding(*found.span(), "id-number", "mask", "celled")
