"""What a document holds, as text with the place where it stands; and what cannot be read."""

from typing import NamedTuple


class Part(NamedTuple):
    """A stretch of text in a document, shown or hidden, and where it stands.

    `place` is a code: `text`, `covered` (under an opaque box), `hidden`, `metadata`, `comment`,
    `change` (tracked), `attachment`, `alternative` (of a picture), `link`, `field` (of a form),
    `name` (of a file within). `page` counts from 1; 0 where a document has no pages there.
    """

    place: str
    text: str
    page: int = 0


class Unreadable(Exception):
    """A document cannot be taken as it is: `code` says why; `given` fills the message's words."""

    def __init__(self, code: str, **given: object) -> None:
        self.code, self.given = code, {name: str(value) for name, value in given.items()}
        super().__init__(code)
