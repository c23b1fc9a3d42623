"""From a site's folder to its corpus: every file read once, examined, resolved, checked."""

import pathlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from portal import corpus, examine, facets, facts, files, model, publish, registry, source, workers
from portal.check import register as rules
from portal.problems import Location, Problem, Refused, Rejected, problem
from portal.spelling import Speller, Spelling

AT_ONCE = 50
"""Files that a worker examines between two reports."""


@dataclass(slots=True)
class Stamps:
    """What the last build knew of files: their digests by path, good while their stamps are."""

    known: dict[str, tuple[files.Stamp, str]] = field(default_factory=dict)
    contracts: int = 0


@dataclass(slots=True)
class Cache:
    """What the last build worked out: by path what came of each contract, and how names sound."""

    code: str = ""
    examined: dict[str, tuple[str, examine.Examined]] = field(default_factory=dict)
    spelling: dict[str, Spelling] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """The files of a site, each with its digest."""

    root: pathlib.Path
    tree: files.Tree
    sealed: Mapping[str, corpus.File]
    known: dict[str, tuple[files.Stamp, str]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The corpus, the drafts that were left out, and what to remember for the next build."""

    register: corpus.Corpus
    drafts: tuple[str, ...]
    cache: Cache
    stamps: Stamps


def stamps(state: pathlib.Path) -> Stamps:
    found = publish.load(state / "stamps", Stamps)
    return found if isinstance(found, Stamps) else Stamps()


def cache(state: pathlib.Path, code: str) -> Cache:
    """What the last build worked out; nothing, when other code did."""
    found = publish.load(state / "cache", Cache)
    return found if isinstance(found, Cache) and found.code == code else Cache(code)


def remember(state: pathlib.Path, code: str, found: Gathered) -> None:
    found.cache.code = code
    publish.save(state / "cache", found.cache)
    publish.save(state / "stamps", found.stamps)


def content(root: pathlib.Path, before: Stamps) -> Content:
    """Which files there are and what they hold. Refused where there is no site."""
    tree = files.tree(root)
    if tree.site is None:
        raise Refused("no-site", path=root)
    sealed, fresh = files.seal(root, tree.all(), before.known)
    return Content(root, tree, sealed, fresh)


def site(content: Content) -> model.Site:
    """The site's facts; a mistake in site.yaml is refused before anything else is read."""
    path = "site.yaml"
    read = source.entry(path, files.content(str(content.root), path), model.Site)
    made, problems = facts.site(read)
    if made is None:
        raise Rejected(problems)
    return made


def register(
    content: Content,
    known: Cache,
    jobs: int,
    progress: Callable[[str, int, int], None],
    *,
    drafts: bool,
) -> Gathered:
    """The corpus of a site. Raises Rejected with every problem of every file."""
    about = site(content)
    examined = _examined(content, known, about, jobs, progress)
    problems = [*content.tree.problems, *(one for each in examined for one in each.problems)]
    summaries = [one.summary for one in examined if one.summary is not None]
    unfinished = [one.path for one in examined if one.summary is None and not one.problems]
    problems += _duplicates(each.path for each in examined)
    released = [one for one in summaries if drafts or not one.draft]
    held_back = {one.id for one in summaries if one.draft and not drafts}
    speller = Speller(known.spelling)
    found, more = _corpus(content, about, released, frozenset(held_back), speller)
    problems += more
    if problems:
        raise Rejected(problems)
    paths = [one.file.path for one in summaries if one.id in held_back]
    kept = {
        one.path: (_task(content, about, one.path).key, one) for one in examined if not one.problems
    }
    fresh = Cache(known.code, kept, speller.used)
    stamps = Stamps(content.known, len(found.rows))
    return Gathered(found, tuple(sorted((*unfinished, *paths))), fresh, stamps)


def _examined(
    content: Content,
    known: Cache,
    about: model.Site,
    jobs: int,
    progress: Callable[[str, int, int], None],
) -> list[examine.Examined]:
    """Every contract examined, the unchanged ones as remembered."""
    found: dict[str, examine.Examined] = {}
    todo: list[_Task] = []
    for one in content.tree.contracts:
        task = _task(content, about, one.path)
        before = known.examined.get(one.path)
        if before is not None and before[0] == task.key:
            found[one.path] = before[1]
        else:
            todo.append(task)
    done = 0
    for batch in workers.run(_examine, workers.chunks(todo, AT_ONCE), jobs):
        found |= {one.path: one for one in batch}
        done += len(batch)
        progress("facts", done, len(todo))
    return [found[one.path] for one in content.tree.contracts]


@dataclass(frozen=True, slots=True)
class _Task:
    """A contract to examine; `key` says what the result follows from, beside the code."""

    sealed: files.Sealed
    held: tuple[str, ...]
    currency: str

    @property
    def key(self) -> str:
        return "\n".join((self.sealed.digest, self.currency, *self.held))


def _task(content: Content, about: model.Site, path: str) -> _Task:
    held = tuple(
        pathlib.PurePosixPath(one.path).name for one in content.tree.documents.get(path, ())
    )
    return _Task(files.Sealed(str(content.root), content.sealed[path]), held, about.currency)


def _examine(tasks: Sequence[_Task]) -> list[examine.Examined]:
    return [examine.contract(one.sealed, one.held, one.currency) for one in tasks]


def _duplicates(paths: Iterable[str]) -> Iterable[Problem]:
    """Two files with one stem would be one page; letter case does not tell them apart."""
    taken: dict[str, str] = {}
    for path in paths:
        stem = pathlib.PurePosixPath(path).stem
        other = taken.setdefault(stem.casefold(), path)
        if other != path:
            yield problem(Location(path), "duplicate-id", id=stem, other=other)


def _corpus(
    content: Content,
    about: model.Site,
    summaries: list[corpus.Summary],
    drafts: frozenset[str],
    speller: Speller,
) -> tuple[corpus.Corpus, list[Problem]]:
    """The corpus, and what is wrong between the files."""
    problems: list[Problem] = []
    agencies = _side(content, "agency", speller, problems)
    vendors = _side(content, "vendor", speller, problems)
    summaries = list({one.id: one for one in summaries}.values())
    rows = sorted(registry.rows(summaries, agencies, vendors), key=_newest)
    organised = [registry.organisations(side) for side in (agencies, vendors)]
    problems += agencies.problems + vendors.problems
    words = _words(content, problems)
    made = corpus.Corpus(
        site=about,
        rows=tuple(row for row in rows if row.state != "withdrawn"),
        withdrawn=tuple(row for row in rows if row.state == "withdrawn"),
        summaries={one.id: one for one in summaries},
        agencies=organised[0],
        vendors=organised[1],
        words=words,
        documents={
            path: tuple(content.sealed[one.path] for one in held)
            for path, held in content.tree.documents.items()
        },
        drafts=drafts,
        places={
            (side.role, id): place
            for side in (agencies, vendors)
            for id, place in side.places.items()
        },
        slugs=facets.slugs(rows, speller),
    )
    return made, problems + [one for rule in rules.RULES for one in rule(made)]


def _newest(row: corpus.Row) -> tuple[int, str]:
    return (-row.signed.toordinal(), row.id)


def _side(
    content: Content, role: corpus.Role, speller: Speller, problems: list[Problem]
) -> registry.Side:
    entries = []
    for one in content.tree.registries[role]:
        data = files.content(str(content.root), one.path)
        read = source.entry(one.path, data, model.Organisation)
        fact, found = facts.organisation(read, pathlib.PurePosixPath(one.path).stem)
        problems += found
        if fact is not None:
            entries.append(registry.Entry(read.at(("name",)), fact))
    return registry.side(role, entries, speller)


def _words(content: Content, problems: list[Problem]) -> tuple[corpus.Words, ...]:
    found = []
    for one in content.tree.pages:
        sealed = files.Sealed(str(content.root), content.sealed[one.path])
        page, more = examine.words(sealed)
        problems += more
        if page is not None:
            found.append(page)
    return tuple(found)
