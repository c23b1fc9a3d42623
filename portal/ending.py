"""The end of a command: what it worked with goes with its process, and is not taken apart first."""

import gc

_left: list[object] = []


def expect() -> None:
    """Say that the process ends with the command. A build takes a fifth less without gc."""
    gc.disable()


def leave(*values: object) -> None:
    """Leave large values to the end, where one is expected: to free them takes 0.1 s."""
    if not gc.isenabled():
        _left.append(values)
