"""From a site's folder to its corpus: every file read once, examined, resolved, checked."""

import dataclasses
import pathlib
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal import (
    corpus,
    decisions,
    digest,
    examine,
    facets,
    facts,
    files,
    gate,
    inspection,
    memory,
    model,
    registry,
    source,
    workers,
)
from portal.check import notices
from portal.check import register as rules
from portal.problems import Location, Problem, Refused, Rejected, problem
from portal.spelling import Speller, each

AT_ONCE = 50
"""Files that a worker examines between two reports."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to gather: in how many processes, whom to tell of progress, whether with drafts."""

    jobs: int
    progress: Callable[[str, int, int], None]
    drafts: bool


@dataclass(frozen=True, slots=True)
class Content:
    """The files of a site, each with its digest."""

    root: pathlib.Path
    tree: files.Tree
    sealed: Mapping[str, corpus.File]
    known: dict[str, tuple[files.Stamp, str]]

    @property
    def keepers(self) -> Mapping[str, str]:
        """By path of a document: the path of its contract."""
        held = self.tree.documents.items()
        return {one.path: contract for contract, found in held for one in found}


@dataclass(frozen=True, slots=True)
class Gathered:
    """The corpus, the drafts that were left out, and what to remember for the next build."""

    register: corpus.Corpus
    drafts: tuple[str, ...]
    cache: memory.Cache
    known: dict[str, tuple[files.Stamp, str]]
    kept: frozenset[str]
    """The texts that any contract keeps although they look personal."""


def content(root: pathlib.Path, before: memory.Stamps, jobs: int = 1) -> Content:
    """Which files there are and what they hold. Refused where there is no site."""
    tree = files.tree(root)
    if tree.site is None:
        unfit = [one for one in tree.problems if one.at.path == "site.yaml"]
        raise Rejected(unfit) if unfit else Refused("no-site", path=root)
    sealed, fresh = files.seal(root, tree.all(), before.known, jobs)
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
    cache: memory.Cache,
    wanted: Wanted,
    looked: inspection.Looked = inspection.Looked(),  # noqa: B008 - it is immutable
) -> Gathered:
    """The corpus of a site. Raises Rejected with every problem of every file."""
    about = site(content)
    before = memory.examined(cache.groups)
    after = _examined(content, before, about, wanted)
    examined = [one for _, one in after.values()]
    problems = [*content.tree.problems, *(one for each in examined for one in each.problems)]
    summaries = [one.summary for one in examined if one.summary is not None]
    unfinished = [one.path for one in examined if one.summary is None and not one.problems]
    problems += _duplicates(after)
    problems += looked.problems
    released = [one for one in summaries if wanted.drafts or not one.draft]
    held_back = {one.id: one.file.path for one in summaries if one.draft and not wanted.drafts}
    unread = {files.stem(one.path) for one in examined if one.summary is None}
    speller = Speller(cache.spelling)
    carried = {one.path: one.facts for one in examined if one.facts}
    others = frozenset(held_back.keys() | unread)
    found, more = _corpus(content, about, released, others, carried, speller)
    problems += _unless_it_follows(more, problems)
    if problems:
        raise Rejected(gate.discreet(problems))
    kept = {path: one._replace(facts=b"") for path, (_, one) in after.items() if one.facts}
    after |= {path: (after[path][0], one) for path, one in kept.items()}
    fresh = dataclasses.replace(
        cache,
        groups=memory.grouped(cache.groups, before, after),
        spelling=speller.used,
        looked=looked.clean,
    )
    drafts = tuple(sorted((*unfinished, *held_back.values())))
    everyone = decisions.stays(found).union(*(one.kept for one in examined))
    return Gathered(found, drafts, _with_near(fresh, found), content.known, everyone)


def _with_near(cache: memory.Cache, found: corpus.Corpus) -> memory.Cache:
    """The cache with the vendors' near names, compared anew when there are other names."""
    vendors = digest.of(*sorted(one.digest for one in found.vendors.values()))
    if vendors == cache.vendors:
        return cache
    near = tuple(notices.near_names(found))
    return dataclasses.replace(cache, vendors=vendors, near=near)


def _examined(
    content: Content, before: memory.Known, about: model.Site, wanted: Wanted
) -> memory.Known:
    """Every contract examined, in their order.

    The unchanged ones are as remembered: what came of a contract follows from its bytes, the names
    of its documents, the site's currency and the code.
    """
    found: memory.Known = {}
    todo: list[_Task] = []
    keys: dict[str, str] = {}
    for one in content.tree.contracts:
        file, held = content.sealed[one.path], _held(content, one.path)
        key = "\n".join((file.digest, about.currency, *held))
        known = before.get(one.path)
        if known is not None and known[0] == key:
            found[one.path] = known
        else:
            keys[one.path] = key
            todo.append(_Task(files.Sealed(str(content.root), file), held, about.currency))
    done = 0
    for batch in workers.run(_examine, workers.chunks(todo, AT_ONCE), wanted.jobs):
        found |= {one.path: (keys[one.path], one) for one in batch}
        done += len(batch)
        wanted.progress("facts", done, len(todo))
    return {one.path: found[one.path] for one in content.tree.contracts}


@dataclass(frozen=True, slots=True)
class _Task:
    """A contract to examine: its file, the names of its documents, the site's currency."""

    sealed: files.Sealed
    held: tuple[str, ...]
    currency: str


def _held(content: Content, path: str) -> tuple[str, ...]:
    """The names of the documents beside a contract."""
    return tuple(one.path.rpartition("/")[2] for one in content.tree.documents.get(path, ()))


def _examine(tasks: Sequence[_Task]) -> list[examine.Examined]:
    return [examine.contract(one.sealed, one.held, one.currency) for one in tasks]


def to_look_at(content: Content) -> Iterator[inspection.Task]:
    """Every file of the site, for the gate; a document may hold what its contract keeps."""
    keepers = content.keepers
    for path, file in content.sealed.items():
        sealed = files.Sealed(str(content.root), file)
        keeper = keepers.get(path)
        yield inspection.Task(sealed, sealed if keeper is None else _sealed(content, keeper))


def _sealed(content: Content, path: str) -> files.Sealed:
    return files.Sealed(str(content.root), content.sealed[path])


def _duplicates(paths: Iterable[str]) -> Iterable[Problem]:
    """Two files with one stem would be one page; letter case does not tell them apart."""
    taken: dict[str, str] = {}
    for path in paths:
        stem = files.stem(path)
        other = taken.setdefault(stem.casefold(), path)
        if other != path:
            yield problem(Location(path), "duplicate-id", id=stem, other=other)


def _unless_it_follows(found: list[Problem], before: Iterable[Problem]) -> Iterator[Problem]:
    """Problems between files, but for links to a file that is itself refused."""
    others = (*before, *(one for one in found if one.code != "link-nowhere"))
    refused = {files.stem(one.at.path) for one in others}
    for one in found:
        target = urllib.parse.unquote(dict(one.given).get("target", ""))
        if one.code != "link-nowhere" or refused.isdisjoint(target.split("/")):
            yield one


def _corpus(
    content: Content,
    about: model.Site,
    summaries: list[corpus.Summary],
    drafts: frozenset[str],
    read: Mapping[str, bytes],
    speller: Speller,
) -> tuple[corpus.Corpus, list[Problem]]:
    """The corpus, and what is wrong between the files."""
    problems: list[Problem] = []
    agencies = _side(content, "agency", speller, problems)
    vendors = _side(content, "vendor", speller, problems)
    summaries = list({one.id: one for one in summaries}.values())
    if unknown := speller.unknown(_named(summaries, agencies, vendors)):
        speller.learn(workers.aside(each, unknown))  # the dictionaries take 50 MB
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
            path: corpus.Held(tuple(content.sealed[one.path] for one in held))
            for path, held in content.tree.documents.items()
        },
        facts=read,
        drafts=drafts,
        places={
            (side.role, id): place
            for side in (agencies, vendors)
            for id, place in side.places.items()
        },
        slugs=facets.slugs(rows, speller),
    )
    return made, problems + [one for rule in rules.RULES for one in rule(made)]


def _named(summaries: Iterable[corpus.Summary], *sides: registry.Side) -> Iterator[str]:
    """The names that have an address: of organisations, and of what contracts are of."""
    for side in sides:
        yield from (fact.name for fact in side.facts.values())
    for one in summaries:
        yield from (one.agency, *one.vendors)
        yield from filter(None, (one.region, one.category, one.method))


def _newest(row: corpus.Row) -> tuple[int, str]:
    return (-row.signed.toordinal(), row.id)


def _side(
    content: Content, role: corpus.Role, speller: Speller, problems: list[Problem]
) -> registry.Side:
    entries = []
    broken: set[str] = set()
    for one in content.tree.registries[role]:
        data = files.content(str(content.root), one.path)
        read = source.entry(one.path, data, model.Organisation)
        stem = files.stem(one.path)
        fact, found = facts.organisation(read, stem)
        problems += found
        if fact is None:
            broken.add(str(read.data.get("id", stem)))
        else:
            entries.append(registry.Entry(read.at(("name",)), fact))
    return registry.side(role, entries, speller, frozenset(broken))


def _words(content: Content, problems: list[Problem]) -> tuple[corpus.Words, ...]:
    found = []
    for one in content.tree.pages:
        sealed = files.Sealed(str(content.root), content.sealed[one.path])
        page, more = examine.words(sealed)
        problems += more
        if page is not None:
            found.append(page)
    return tuple(found)
