"""The build, in order: content, facts, problems, plan, bytes, inspection, publication."""

import importlib.metadata
import os
import pathlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal import artifact, corpus, digest, files, gather, pages, publish, render, workers
from portal.artifact import Artifact
from portal.check import published
from portal.problems import Location, Problem, Refused, Rejected, problem

LIBRARIES = ("jinja2", "markdown", "pydantic", "nh3", "pypinyin", "markupsafe")
"""What our bytes depend on beside our own code."""
AT_ONCE = 40
"""Artifacts that a worker makes between two reports."""

Progress = Callable[[str, int, int], None]
"""Told of a phase, what is done of it, and how much there is."""


def unseen(phase: str, done: int, total: int) -> None:
    """Progress that nobody follows."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for: the site's folder, where to publish, how."""

    root: pathlib.Path
    output: pathlib.Path
    jobs: int = 1
    fresh: bool = False
    drafts: bool = False
    progress: Progress = unseen


@dataclass(slots=True)
class Report:
    """What a build did: files made, kept, removed; drafts left out; seconds by phase."""

    made: int = 0
    kept: int = 0
    removed: int = 0
    contracts: int = 0
    drafts: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)


class _Clock:
    """Seconds by phase, for the report only: nothing that is published sees a clock."""

    def __init__(self, report: Report) -> None:
        self.report, self.last = report, time.perf_counter()

    def phase(self, name: str) -> None:
        now = time.perf_counter()
        self.report.seconds[name] = round(now - self.last, 3)
        self.last = now


def build(options: Options) -> Report:
    """Publish a site, or raise Rejected with every problem, and leave the last publication be."""
    report = Report()
    clock = _Clock(report)
    sealed = code()
    place = publish.Place(output(options))
    with publish.opened(place):
        before = publish.unknown(place) if options.fresh else publish.manifest(place)
        stamps = gather.Stamps() if options.fresh else gather.stamps(place.state)
        content = gather.content(options.root, stamps)
        clock.phase("load")
        assets = files.assets((render.HOME / "static", options.root / "static"))
        theme = render.theme(options.root)
        whole = _whole(options, sealed, content, theme, assets)
        good = dict.fromkeys(publish.intact(place, before.files))
        clock.phase("compare")
        if before.whole == whole and len(good) == len(before.files):
            report.kept = len(good)
            report.contracts = stamps.contracts
            return report
        cache = gather.Cache() if options.fresh else gather.cache(place.state, sealed)
        found = gather.register(
            content, cache, options.jobs, options.progress, drafts=options.drafts
        )
        report.drafts, report.contracts = found.drafts, len(found.register.rows)
        clock.phase("facts")
        plan = _plan(options, sealed, found.register, theme, assets)
        clock.phase("plan")
        todo = [one for one in plan.values() if _stale(one, before.files, good)]
        folder = publish.stage(place)
        staged, links = _make(options, todo, folder, found.register.site.base)
        clock.phase("make")
        removed = tuple(sorted(before.files.keys() - plan.keys()))
        _inspect(place, plan, todo, links, removed, found.register.site.base)
        clock.phase("inspect")
        manifest = _manifest(whole, plan, before, staged)
        publish.replace(place, folder, staged, removed, manifest)
        gather.remember(place.state, sealed, found)
        clock.phase("publish")
    report.made, report.removed = len(staged), len(removed)
    report.kept = len(plan) - len(staged)
    return report


def check(options: Options) -> Report:
    """Read and check everything, and publish nothing. Raises Rejected with every problem."""
    content = gather.content(options.root, gather.Stamps())
    found = gather.register(
        content, gather.Cache(), options.jobs, options.progress, drafts=options.drafts
    )
    render.theme(options.root)
    return Report(contracts=len(found.register.rows), drafts=found.drafts)


def output(options: Options) -> pathlib.Path:
    """The output folder; one that would swallow the content is refused."""
    chosen, root = options.output.absolute().resolve(), options.root.absolute().resolve()
    inside = any(chosen.is_relative_to(root / part) for part in ("content", "templates", "static"))
    if inside or root.is_relative_to(chosen) or chosen.parent == chosen:
        raise Refused("output-place", path=options.output)
    return chosen


def code() -> str:
    """The digest of the generator: its modules, its words, the libraries that shape its bytes."""
    folder = pathlib.Path(__file__).parent
    parts = sorted(path for kind in ("*.py", "*.yaml") for path in folder.rglob(kind))
    own = [digest.raw(path.read_bytes()) for path in parts]
    return digest.of(*own, *(importlib.metadata.version(name) for name in LIBRARIES))


def _whole(
    options: Options,
    sealed: str,
    content: gather.Content,
    theme: render.Theme,
    assets: Mapping[str, files.Sealed],
) -> str:
    held = tuple((one.path, one.digest) for one in content.sealed.values())
    looks = tuple(theme[name].digest for name in sorted(theme.templates))
    static = tuple((name, one.digest) for name, one in assets.items())
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return digest.of(sealed, options.drafts, held, looks, static, epoch)


def _plan(
    options: Options,
    sealed: str,
    register: corpus.Corpus,
    theme: render.Theme,
    assets: Mapping[str, files.Sealed],
) -> dict[str, Artifact]:
    """Every artifact by its path, with its key. Two for one path are refused."""
    words = sorted(register.words, key=lambda one: (one.fact.order, one.fact.id))
    footer = tuple(corpus.Party(one.fact.id, one.fact.title) for one in words)
    frame = render.frame(register.site, footer, digest.of(*assets.values()))
    clashes = []
    plan: dict[str, Artifact] = {}
    for one in pages.plan(register, theme, frame, str(options.root), assets):
        if one.path in plan:
            at = Location(one.source or plan[one.path].source or one.path)
            clashes.append(problem(at, "permalink-clash", id=one.path, other=plan[one.path].source))
        plan[one.path] = artifact.keyed(one, sealed)
    if clashes:
        raise Rejected(clashes)
    return plan


def _stale(
    one: Artifact, before: Mapping[str, publish.Published], good: Mapping[str, None]
) -> bool:
    return one.path not in good or before[one.path].key != one.key


@dataclass(frozen=True, slots=True)
class _Task:
    """A chunk of artifacts for one worker, numbered from `first`, to be staged in `folder`."""

    folder: str
    first: int
    base: str
    artifacts: Sequence[Artifact]


def _make(
    options: Options, todo: Sequence[Artifact], folder: pathlib.Path, base: str
) -> tuple[list[publish.Staged], dict[str, str]]:
    """Make and stage artifacts. Also every file that the new pages link to, and a page that does."""
    tasks = [
        _Task(str(folder), start, base, todo[start : start + AT_ONCE])
        for start in range(0, len(todo), AT_ONCE)
    ]
    staged: list[publish.Staged] = []
    links: dict[str, str] = {}
    for made, found in workers.run(_work, tasks, options.jobs):
        staged += made
        for target, page in found.items():
            links.setdefault(target, page)
        options.progress("make", len(staged), len(todo))
    return staged, links


def _work(task: _Task) -> tuple[list[publish.Staged], dict[str, str]]:
    staged: list[publish.Staged] = []
    links: dict[str, str] = {}
    for number, one in enumerate(task.artifacts, task.first):
        data = one.make(*one.inputs)
        staged.append(publish.put(task.folder, str(number), one.path, one.key, data))
        links |= dict.fromkeys(published.links(one.path, data, task.base), one.path)
    return staged, links


def _inspect(
    place: publish.Place,
    plan: Mapping[str, Artifact],
    todo: Sequence[Artifact],
    links: Mapping[str, str],
    removed: Iterable[str],
    base: str,
) -> None:
    """Refuse dead internal links. When a file goes, the pages that stay are looked at as well."""
    dead = {target: page for target, page in links.items() if target not in plan}
    if removed:
        new = {one.path for one in todo}
        for path in plan.keys() - new:
            data = (place.output / path).read_bytes() if path.endswith(".html") else b""
            for target in published.links(path, data, base) - plan.keys():
                dead.setdefault(target, path)
    if dead:
        raise Rejected(_dead(plan[page], target) for target, page in dead.items())


def _dead(page: Artifact, target: str) -> Problem:
    return problem(Location(page.source or page.path), "dead-link", target=target[:80])


def _manifest(
    whole: str,
    plan: Mapping[str, Artifact],
    before: publish.Manifest,
    staged: Iterable[publish.Staged],
) -> publish.Manifest:
    new = {one.path: one.published for one in staged}
    return publish.Manifest(whole, {path: new.get(path) or before.files[path] for path in plan})
