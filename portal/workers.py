"""Work spread over processes: the same function over many chunks, results as they come in order."""

import concurrent.futures
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from portal.problems import Refused

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")


def run(
    function: Callable[[Chunk], Result], chunks: Sequence[Chunk], jobs: int
) -> Iterator[Result]:
    """The result of each chunk, in their order. One job, or one chunk, needs no other process."""
    if jobs <= 1 or len(chunks) <= 1:
        yield from map(function, chunks)
        return
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    workers = min(jobs, len(chunks))
    with concurrent.futures.ProcessPoolExecutor(workers, context) as pool:
        try:
            yield from pool.map(function, chunks)
        except BrokenProcessPool:
            raise Refused("worker") from None
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def chunks(things: Sequence[Chunk], size: int) -> list[Sequence[Chunk]]:
    """The things in groups of at most `size`, in order."""
    return [things[start : start + size] for start in range(0, len(things), size)]
