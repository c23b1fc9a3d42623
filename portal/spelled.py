"""Names spelled by other processes, which end with the dictionary that they need for it."""

from collections.abc import Iterable, Iterator

from portal import corpus, spelling, workers

APART = 50
"""From so many new names on it is worth other processes: the dictionary takes 50 MB and 0.2 s."""


def learn(
    speller: spelling.Speller, summaries: Iterable[corpus.Summary], names: Iterable[str], jobs: int
) -> None:
    """Let a speller know all names of contracts and of a registry, if there are many new ones."""
    told = {*_names(summaries), *names}
    new = sorted(name for name in told if name and name not in speller.known)
    if jobs > 1 and len(new) >= APART:
        for made in workers.run(spelling.many, workers.chunks(new, -(-len(new) // jobs)), jobs):
            speller.known = {**speller.known, **made}


def _names(summaries: Iterable[corpus.Summary]) -> Iterator[str | None]:
    for one in summaries:
        yield from (one.agency, *one.vendors, one.region, one.category, one.method)
