"""XML as text: elements and their attributes, with everything escaped that XML 1.0 cannot bear."""

import re
from xml.sax import saxutils

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML 1.0 document may hold, not even escaped."""


def text(value: str) -> str:
    """Character data; an unfit sign becomes U+FFFD."""
    return saxutils.escape(_UNFIT.sub("\ufffd", value))


def begin(name: str, **attributes: str | None) -> str:
    """The tag that begins an element; an attribute that is None is left out.

    An underscore stands for the colon of a name: `xml_lang`.
    """
    return f"<{name}{_attributes(attributes)}>"


def empty(name: str, **attributes: str | None) -> str:
    return f"<{name}{_attributes(attributes)}/>"


def element(name: str, value: str, **attributes: str | None) -> str:
    """An element that holds a text."""
    return f"<{name}{_attributes(attributes)}>{text(value)}</{name}>"


def _attributes(given: dict[str, str | None]) -> str:
    return "".join(
        f" {name.replace('_', ':')}={saxutils.quoteattr(_UNFIT.sub(chr(0xFFFD), value))}"
        for name, value in given.items()
        if value is not None
    )
