"""What commands say: lines on a terminal, which may be unable to show every character."""

import sys
from typing import TextIO

import click


def echo(text: str) -> None:
    """Print a line; a terminal that cannot show a character gets a replacement, not an error."""
    click.echo(_shown(text, sys.stdout))


def complain(text: str) -> None:
    """Print a line where errors go."""
    click.echo(_shown(text, sys.stderr), err=True)


def _shown(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
