"""The build, in order: content, facts, problems, plan, bytes, texts, inspection, publication."""

import dataclasses
import os
import pathlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from portal import (
    basis,
    corpus,
    decisions,
    digest,
    ending,
    exports,
    files,
    gather,
    history,
    indexing,
    inspection,
    making,
    memory,
    packing,
    pages,
    proof,
    proving,
    publish,
    records,
    render,
    urls,
    workers,
)
from portal.check import notices
from portal.indexing.built import Before, Built, Where
from portal.pages import search
from portal.problems import Problem, Refused
from portal.search import full

SEARCHED = urls.search_file("")
"""Where the search's files lie: no page links to them, so their going leaves no dead link."""
MANY = 500
"""Contracts from which on each file of many records is worth a process."""
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
    notices: tuple[Problem, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)


class _Clock:
    """Seconds by phase, for the report only: nothing that is published sees a clock."""

    def __init__(self, report: Report) -> None:
        self.report, self.last = report, time.perf_counter()

    def phase(self, name: str) -> None:
        now = time.perf_counter()
        self.report.seconds[name] = round(now - self.last, 3)
        self.last = now


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a build starts from: what is published, what there is to publish, and their digest."""

    before: publish.Manifest
    stamps: memory.Stamps
    content: gather.Content
    assets: Mapping[str, files.Sealed]
    texts: render.Texts
    origin: history.Source
    held: str
    whole: str
    good: frozenset[str]

    @property
    def is_done(self) -> bool:
        """Whether the publication is made from just this, and lies there as it was put."""
        return self.before.whole == self.whole and len(self.good) == len(self.before.files)


def build(options: Options) -> Report:
    """Publish a site, or raise Rejected with every problem, and leave the last publication be."""
    report = Report()
    clock = _Clock(report)
    place = publish.Place(output(options))
    if not os.path.lexists(options.root / "site.yaml"):
        raise Refused("no-site", path=options.root)
    with publish.opened(place):
        start = _start(options, place)
        clock.phase("load")
        if start.is_done:
            told, report.kept = start.stamps.told, len(start.good)
        else:
            told = _renew(options, place, start, report, clock)
    report.contracts, report.drafts, report.notices = told.contracts, told.drafts, told.notices
    return report


def _start(options: Options, place: publish.Place) -> _Start:
    before = publish.unknown(place) if options.fresh else publish.manifest(place)
    stamps = memory.Stamps() if options.fresh else memory.stamps(place.state)
    with workers.beside(lambda: publish.torn(place, before.files), options.jobs) as torn:
        content = gather.content(options.root, stamps, options.jobs)
        assets = files.assets((render.HOME / "static", options.root / "static"))
        texts = render.texts(options.root)
        origin, held = history.source(options.root), basis.content(content)
        whole = basis.whole(held, texts, assets, origin.key, options.drafts)
        good = frozenset(before.files.keys() - torn())
    return _Start(before, stamps, content, assets, texts, origin, held, whole, good)


def _renew(
    options: Options, place: publish.Place, start: _Start, report: Report, clock: _Clock
) -> memory.Told:
    """Read, check, make and publish what has changed."""
    before, sealed = start.before, basis.code()
    cache = memory.Cache(sealed) if options.fresh else memory.cache(place.state, sealed)
    wanted = gather.Wanted(options.jobs, options.progress, options.drafts)
    looked = _looked(start.content, cache, wanted)
    clock.phase("gate")
    found = gather.register(start.content, cache, wanted, looked)
    clock.phase("facts")
    register = _with_past(options, place, start, found.register)
    clock.phase("history")
    base = register.site.base
    uses = cache.uses if cache.look == start.texts.digest else render.uses(start.texts)
    found.cache.look, found.cache.uses = start.texts.digest, uses
    theme = render.theme(start.texts, uses, sealed, str(memory.compiled(place.state)))
    folder = publish.stage(place)
    there = {path: before.files[path] for path in start.good}
    guard = making.Guard(base, register.site.redaction.tiers, found.kept)
    packings = packing.endings() if register.site.precompress else ()
    bench = making.Bench(there, folder, sealed, guard, options.jobs, options.progress, packings)
    frame = _frame(register, start.assets)
    made, texts = _made(options, start, register, theme, frame, bench, place, clock)
    paths = made.plan.keys() | texts.paths | set(made.packed)
    staged = [*made.staged, *texts.staged]
    removed = tuple(sorted(before.files.keys() - paths - {proof.PATH}))
    gone = [path for path in removed if _is_linked(path, before)]
    making.inspect(place, made, gone, base)
    clock.phase("inspect")
    about = proving.About(options.root, start.origin.head, start.held)
    new, old = publish.renewed(start.whole, paths, before, staged), there.get(proof.PATH)
    seen = (*found.cache.near, *notices.vanished(removed), *_missing(register))
    told = memory.Told(len(register.rows), found.drafts, seen)
    with proving.begun(about, new, old, folder, options.jobs) as proven:
        packed = memory.packed(memory.Stamps(found.known, told), found.cache)
        new, stated = proven()
    staged += stated
    publish.replace(place, folder, staged, removed, new)
    memory.save(place.state, packed)
    clock.phase("publish")
    report.made, report.removed = len(staged), len(removed)
    report.kept = len(new.files) - len(staged)
    ending.leave(start, found, register, made, texts, new)
    return told


def _with_past(
    options: Options, place: publish.Place, start: _Start, register: corpus.Corpus
) -> corpus.Corpus:
    """The register with the histories of its contracts."""
    asked = history.Asked(
        options.root, register, place.state, basis.code(), options.jobs, options.progress
    )
    known = history.chronicle_of(asked, start.origin, fresh=options.fresh)
    return dataclasses.replace(register, past=known)


def _asked(
    options: Options,
    place: publish.Place,
    start: _Start,
    register: corpus.Corpus,
    bench: making.Bench,
) -> indexing.Asked:
    """What of the search's texts is to be made."""
    where = Where(str(options.root), str(bench.stage), place.state / "search")
    published = Before(start.before.files, start.good)
    return indexing.Asked(
        register, bench.code, published, where, bench.guard, options.jobs, options.progress
    )


def _made(
    options: Options,
    start: _Start,
    register: corpus.Corpus,
    theme: render.Theme,
    frame: render.Frame,
    bench: making.Bench,
    place: publish.Place,
    clock: _Clock,
) -> tuple[making.Made, Built]:
    """Every artifact made or kept: pages, records and feeds, then what is made from records.

    The search's texts, of which only the shards that changed are made anew.
    """
    with indexing.begun(_asked(options, place, start, register, bench)) as indexed:
        pages_of = pages.plan(register, theme, frame, str(options.root), start.assets)
        plan = making.planned(pages_of, making.Made())
        clock.phase("plan")
        made = making.further(plan, making.Made(), bench, "make", making.AT_ONCE)
        clock.phase("make")
        plan = making.planned(search.plan(register, theme, frame), made)
        made = making.further(plan, made, bench, "index", making.AT_ONCE)
        texts = indexed()
        clock.phase("index")
    plan = making.planned(pages.beside(register, theme, frame, str(options.root)), made)
    made = making.further(plan, made, bench, "data", making.AT_ONCE)
    folders = (str(bench.stage / publish.TREE), str(place.output))
    at_once = 1 if len(register.rows) >= MANY else making.AT_ONCE
    for plans in exports.ROUNDS:
        shelf = records.Shelf(folders, made.files, bench.published)
        plan = making.planned(exports.plan(plans, register, theme, frame, shelf), made)
        made = making.further(plan, made, bench, "data", at_once)
    clock.phase("data")
    return made, texts


def _looked(
    content: gather.Content, cache: memory.Cache, wanted: gather.Wanted
) -> inspection.Looked:
    """Every file of the site through the gate."""
    rule = decisions.rule(gather.site(content))
    tasks = gather.to_look_at(content)
    return inspection.look(tasks, cache.looked, rule, wanted.jobs, wanted.progress)


def check(options: Options) -> gather.Gathered:
    """Read and check everything, and publish nothing. Raises Rejected with every problem."""
    content = gather.content(options.root, memory.Stamps(), options.jobs)
    wanted = gather.Wanted(options.jobs, options.progress, options.drafts)
    cache = memory.Cache()
    found = gather.register(content, cache, wanted, _looked(content, cache, wanted))
    render.uses(render.texts(options.root))
    return found


def told(found: gather.Gathered) -> Report:
    """What a check tells: how many contracts, which drafts are left out, notices."""
    return Report(contracts=len(found.register.rows), drafts=found.drafts, notices=found.cache.near)


def output(options: Options) -> pathlib.Path:
    """The output folder; one that would swallow the content is refused."""
    chosen, root = options.output.absolute().resolve(), options.root.absolute().resolve()
    inside = any(chosen.is_relative_to(root / part) for part in ("content", "templates", "static"))
    if inside or root.is_relative_to(chosen) or chosen.parent == chosen:
        raise Refused("output-place", path=options.output)
    return chosen


def _frame(register: corpus.Corpus, assets: Mapping[str, files.Sealed]) -> render.Frame:
    """What stands around every page."""
    words = sorted(register.words, key=lambda one: (one.fact.order, one.fact.id))
    footer = tuple(corpus.Party(one.fact.id, one.fact.title) for one in words)
    sealed = digest.of(*assets.values())
    return render.frame(register.site, footer, sealed, pages.assets.icon(assets))


def _is_linked(path: str, before: publish.Manifest) -> bool:
    """Whether pages may link to a file: not to the search's, nor to one packed beside another."""
    return not path.startswith(SEARCHED) and packing.whose(path) not in before.files


def _missing(register: corpus.Corpus) -> Iterable[Problem]:
    """Tells what history lacks, and of the full text where Pagefind has no program for it."""
    yield from notices.without_history(register)
    if full.program() is None:
        yield notices.no_full_text()
