"""Work spread over processes: the same function over many chunks, results as they come in order."""

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO, NoReturn, TypeVar

from portal.problems import Refused

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")

FORKS = sys.platform == "linux"
PARENT_DEATH = 1
"""Linux's number for what a process is to be sent when its parent ends (`PR_SET_PDEATHSIG`)."""
_inherited: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""What forked workers find in their memory, so that chunks need not go through a pipe."""


def run(
    function: Callable[[Chunk], Result], chunks: Sequence[Chunk], jobs: int
) -> Iterator[Result]:
    """The result of each chunk, in their order. One job, or one chunk, needs no other process."""
    if jobs <= 1 or len(chunks) <= 1:
        yield from map(function, chunks)
        return
    import multiprocessing  # noqa: PLC0415 - most builds have so little to do that one process does
    from concurrent.futures import process  # noqa: PLC0415

    context = multiprocessing.get_context("fork" if FORKS else "spawn")
    _inherited.append((function, chunks))
    with process.ProcessPoolExecutor(min(jobs, len(chunks)), context) as pool:
        try:
            if FORKS:
                yield from pool.map(_call, range(len(chunks)))
            else:
                yield from pool.map(function, chunks)
        except process.BrokenProcessPool:
            raise Refused("worker") from None
        except BaseException:
            pool.shutdown(cancel_futures=True)  # and wait: a thread left behind may complain
            raise
        finally:
            _inherited.pop()


def aside(function: Callable[[Chunk], Result], chunk: Chunk) -> Result:
    """The result of one call, made in a process that takes the memory of its libraries with it."""
    if not FORKS:
        return function(chunk)
    import multiprocessing  # noqa: PLC0415 - as above
    from concurrent.futures import process  # noqa: PLC0415

    try:
        with process.ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
            return pool.submit(function, chunk).result()
    except process.BrokenProcessPool:
        raise Refused("worker") from None


@contextlib.contextmanager
def beside(call: Callable[[], Result], jobs: int) -> Iterator[Callable[[], Result]]:
    """Begin a call in a process of its own; what is given waits for its result, or its exception.

    With one job, and where processes do not fork, the call is made when it is waited for. The
    process ends with the block at the latest, and with this process, however that ends.
    """
    if jobs <= 1 or not FORKS:
        yield call
        return
    parent = os.getpid()
    receiver, sender = os.pipe()
    child = os.fork()
    if not child:
        _say(call, sender, parent)
    os.close(sender)
    try:
        with open(receiver, "rb") as told:
            yield lambda: _heard(told)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _say(call: Callable[[], Any], sender: int, parent: int) -> NoReturn:
    """In a process beside another: write what came of the call."""
    try:
        _die_with(parent)
        told: tuple[Any, Exception | None]
        try:
            told = (call(), None)
        except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
            told = (None, error)
        with open(sender, "wb") as heard:
            pickle.dump(told, heard, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _die_with(parent: int) -> None:
    """Have the system kill this process when its parent ends, or has ended by now."""
    import ctypes  # noqa: PLC0415 - as above

    ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _heard(told: BinaryIO) -> Any:
    try:
        result, error = pickle.load(told)
    except (EOFError, pickle.UnpicklingError):
        raise Refused("worker") from None
    if error is not None:
        raise error
    return result


def give_back() -> None:
    """Give freed memory back to the system, where the C library keeps it (glibc: 30 MB a shard)."""
    import ctypes  # noqa: PLC0415 - as above

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if FORKS else None
    if trim is not None:
        trim(0)


def _call(number: int) -> Any:
    """In a forked worker: the function of the running call, on one of its chunks."""
    function, chunks = _inherited[-1]
    return function(chunks[number])


def chunks(things: Sequence[Chunk], size: int) -> list[Sequence[Chunk]]:
    """The things in groups of at most `size`, in order."""
    return [things[start : start + size] for start in range(0, len(things), size)]
