"""The site on this machine, built again on every change, and reloaded in the browser."""

import contextlib
import dataclasses
import functools
import os
import pathlib
import stat
import threading
from collections.abc import Callable, Iterable, Iterator

import watchfiles

from portal import facts, files, git, model, pipeline, preview, problems, render, source, strings
from portal.problems import Refused, Rejected

HOST = "127.0.0.1"
TICK = 1000
"""Milliseconds between two looks at what the watcher does not see."""
HOPELESS = frozenset(("no-site", "foreign-output", "output-place"))
"""Refusals that no edit of the content will mend."""

Outcome = pipeline.Report | Rejected | Refused | OSError
Echo = Callable[[str], None]


def run(
    options: pipeline.Options, spoken: str, port: int, show: Callable[[str], object], echo: Echo
) -> None:
    """Build and serve until interrupted; `show` is given the address once it answers."""
    outcome = _built(options)
    if isinstance(outcome, Refused) and outcome.code in HOPELESS:
        raise outcome
    news = preview.News(_base(options.root) or "")
    if not isinstance(outcome, pipeline.Report):
        _tell(outcome, options, spoken, news, echo)
    folder = str(pipeline.output(options))
    handler = functools.partial(preview.Handler, news=news, spoken=spoken, folder=folder)
    try:
        server = preview.Server((HOST, port), handler)
    except OSError:
        raise Refused("port", port=port) from None
    address = f"http://{HOST}:{server.server_port}{news.base}/"
    echo(strings.of(spoken)["done.serve"].format(address=address))
    with contextlib.suppress(KeyboardInterrupt), server:
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
        try:
            show(address)
            # Alone in this process: workers are not to be forked beside the server's threads.
            alone = dataclasses.replace(options, jobs=1, fresh=False)
            for _ in _changes(options.root):
                _tell(_built(alone), options, spoken, news, echo)
        finally:
            server.shutdown()


def _built(options: pipeline.Options) -> Outcome:
    """What came of a build: its report, or why it was refused."""
    try:
        return pipeline.build(options)
    except (Rejected, Refused, OSError) as refusal:
        return refusal


def _tell(
    outcome: Outcome, options: pipeline.Options, spoken: str, news: preview.News, echo: Echo
) -> None:
    """Tell the terminal and the browsers what came of a build, if it is something new."""
    words = strings.of(spoken)
    if not isinstance(outcome, pipeline.Report):
        refused = _reasons(outcome, spoken)
        for one in refused:
            echo(": ".join(filter(None, one)))
        news.tell(refused)
    elif outcome.made or outcome.removed or news.refused:
        news.base = _base(options.root) or news.base
        news.tell(())
        echo(words["done.rebuilt"])


def _reasons(refusal: Rejected | Refused | OSError, spoken: str) -> tuple[preview.Reason, ...]:
    if isinstance(refusal, Rejected):
        return tuple(_reason(one, spoken) for one in refusal.problems)
    if isinstance(refusal, Refused):
        return (preview.Reason("", refusal.message(spoken)),)
    given = {"path": refusal.filename or "-", "detail": refusal.strerror or str(refusal)}
    return (preview.Reason("", strings.of(spoken)["refused.files"].format_map(given)),)


def _reason(one: problems.Problem, spoken: str) -> preview.Reason:
    place = str(one.at)
    return preview.Reason(place, problems.message(one, spoken).removeprefix(f"{place}: "))


def _base(root: pathlib.Path) -> str | None:
    """The path below which the pages stand; None where site.yaml does not say."""
    path = "site.yaml"
    try:
        data = files.content(str(root), path)
    except OSError:
        return None
    made, _ = facts.site(source.entry(path, data, model.Site))
    return None if made is None else made.base


def _changes(root: pathlib.Path) -> Iterator[None]:
    """Once when all is watched, for what changed before; then after every change.

    A watcher sees what is in folders: a folder that comes, a site.yaml that an editor replaces, or
    a commit, which changes the history and no file, is found by looking.
    """
    journal = git.journal(root)
    more = () if journal is None else (journal,)
    while True:
        tops, is_new = _tops(root, more), True
        there = [path for path, state in tops.items() if len(state) == 1]
        for changes in watchfiles.watch(*there, rust_timeout=TICK, yield_on_timeout=True):
            others = _tops(root, more) != tops
            if changes or is_new or others:
                yield
            if others:
                break
            is_new = False


def _tops(root: pathlib.Path, more: Iterable[pathlib.Path]) -> dict[pathlib.Path, tuple[int, ...]]:
    """What a site is made from: of a folder its inode, of a file its stamp, of nothing ()."""
    homes = dict.fromkeys((root, render.HOME))
    looks = [home / name for home in homes for name in files.LOOK]
    return {path: _state(path) for path in (root / "content", *looks, root / "site.yaml", *more)}


def _state(path: pathlib.Path) -> tuple[int, ...]:
    try:
        status = os.stat(path)
    except OSError:
        return ()
    return (status.st_ino,) if stat.S_ISDIR(status.st_mode) else files.stamp(status)
