"""What a push would publish: commits with the files that they add, their messages, and names."""

import dataclasses
import os
import pathlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from portal import decisions, gate, git, tracked
from portal.problems import Location, Problem, Refused, problem

SHORT = 10
"""Characters of a commit's name that a message shows."""
CODES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("personal", "personal-path", "personal-document"), "personal-past"),
        **dict.fromkeys(("suspect", "suspect-document"), "suspect-past"),
    }
)
"""What a finding is called that lies in a commit, where no change of the file undoes it."""
PEOPLE = re.compile(r"^[a-z][a-z-]*-by: .*$", re.MULTILINE | re.IGNORECASE)
"""Lines of a message that name who worked on it, as the fields of author and committer do."""


class Ref(NamedTuple):
    """A branch or tag: its full name, its object, and the commit that it leads to."""

    name: str
    object: str
    commit: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which commits to look at, as `git rev-list` takes them, and under which names they go.

    `sure` are looked at in any case, `others` if they lead to one of the commits.
    """

    tips: tuple[str, ...]
    without: tuple[str, ...]
    sure: tuple["Ref", ...] = ()
    others: tuple["Ref", ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at: commits, files in them, names of branches and tags.

    A shallow clone lacks the commits before some that it has; their files count as added there.
    """

    commits: int
    files: int
    names: int
    is_shallow: bool
    problems: tuple[Problem, ...]


def unpushed(top: pathlib.Path) -> Wanted:
    """What is reachable from HEAD and from no branch of a remote, as far as it was fetched."""
    return _present(top, "--remotes")


def since(top: pathlib.Path, revision: str) -> Wanted:
    """What came after a commit, by any of its names."""
    commit = _commit(top, revision)
    if commit is None:
        raise Refused("no-revision", revision=revision)
    return _present(top, commit)


def pushed(top: pathlib.Path, remote: str, told: str) -> Wanted:
    """What git tells a pre-push hook: `<local name> <object> <remote name> <object>`, by lines."""
    lines = [line.split(" ") for line in told.splitlines() if line.count(" ") == 3]
    sent = [(local, name, there) for _, local, name, there in lines if local.strip("0")]
    known = [commit for *_, there in sent if (commit := _commit(top, there)) is not None]
    refs = tuple(Ref(name, local, _commit(top, local) or "") for local, name, _ in sent)
    return Wanted(tuple(one.commit for one in refs), (f"--remotes={remote}", *known), refs)


def check(
    root: pathlib.Path, wanted: Wanted, jobs: int, tell: Callable[[str, int, int], None]
) -> Report:
    """Look at commits; the problems of all of them are in the report.

    The policy, and what a file keeps, are those of the newest commit: a decision that was made
    later holds for what stood there before. A file's own earlier decisions hold too.
    """
    top = git.top(root)
    tips = tuple(filter(None, wanted.tips))
    commits = git.commits(top, *tips, "--not", *wanted.without) if tips else ()
    present = git.tree(top, tips[0]) if tips else {}
    prefix = git.prefix(top, root)
    about = present.get(f"{prefix}site.yaml")
    data = None if about is None else next(git.objects(top, [about]))
    rule = decisions.rule(decisions.site(data))
    changes = tuple(git.changes(top, commits))
    files = tuple(_files(changes, prefix, present))
    known = frozenset(commits)
    refs = tuple(dict.fromkeys((*wanted.sure, *(o for o in wanted.others if o.commit in known))))
    found = tracked.findings(tracked.How(top, rule, jobs, tell), files)
    problems = [
        *_first(found),
        *_paths(changes, rule),
        *_messages(top, commits, rule),
        *_named(top, refs, rule),
    ]
    shallow = git.says(top, "rev-parse", "--is-shallow-repository") == "true"
    return Report(len(commits), len(files), len(refs), shallow, tuple(problems))


def _commit(top: pathlib.Path, revision: str) -> str | None:
    how = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    return git.says(top, *how, f"{revision}^{{commit}}")


def _present(top: pathlib.Path, without: str) -> Wanted:
    """From the present commit on; all branches and tags go with it that lead to what is new."""
    how = "--format=%(refname) %(objectname) %(*objectname)"
    told = os.fsdecode(git.ask(top, "for-each-ref", how, "refs/heads", "refs/tags"))
    lines = (line.split(" ") for line in told.splitlines())
    refs = tuple(Ref(name, object, peeled or object) for name, object, peeled in lines)
    branch = git.says(top, "symbolic-ref", "--quiet", "HEAD")
    present = tuple(one for one in refs if one.name == branch)
    return Wanted((_commit(top, "HEAD") or "",), (without,), present, refs)


def _files(
    changes: Iterable[tuple[str, git.Change]], prefix: str, present: Mapping[str, str]
) -> Iterator[tracked.File]:
    """The site's files, each object once, in the commit that brought it."""
    seen: set[str] = set()
    for commit, one in changes:
        if one.object in seen or not tracked.is_content(one.path, prefix):
            continue
        seen.add(one.object)
        keeper = decisions.keeper(one.path, present)
        now = ((keeper, present[keeper]),) if keeper in present else ()
        keepers = (*now, (one.path, one.object))
        yield tracked.File(f"{commit[:SHORT]}:", one.path, one.object, keepers)


def _first(found: Iterable[tracked.Found]) -> Iterator[Problem]:
    """Problems in the oldest commit that has them: a line that was left as it was is no news."""
    seen = set()
    for one, line in found:
        path = one.at.path.partition(":")[2]
        if (path, one.code, one.given, line) not in seen:
            seen.add((path, one.code, one.given, line))
            yield dataclasses.replace(one, code=CODES.get(one.code, one.code))


def _paths(changes: Iterable[tuple[str, git.Change]], rule: decisions.Rule) -> Iterator[Problem]:
    seen = set()
    for commit, one in changes:
        if one.path not in seen:
            seen.add(one.path)
            for each in gate.path(one.path, rule.tiers, rule.kept):
                at = Location(f"{commit[:SHORT]}:{each.at.path}")
                yield dataclasses.replace(each, at=at, code=CODES[each.code])


def _messages(top: pathlib.Path, commits: Sequence[str], rule: decisions.Rule) -> Iterator[Problem]:
    for commit, data in zip(commits, git.objects(top, commits), strict=True):
        yield from _message(commit[:SHORT], data, rule)


def _message(place: str, data: bytes, rule: decisions.Rule) -> Iterator[Problem]:
    """What a commit's or a tag's message holds; who wrote it is no finding."""
    head, _, message = data.partition(b"\n\n")
    coded = re.search(rb"^encoding (\S+)$", head, re.MULTILINE)
    text = _decoded(message, coded[1].decode(errors="replace") if coded else "utf-8")
    for one in gate.texts(place, PEOPLE.sub("", text), rule.tiers, rule.kept):
        yield dataclasses.replace(one, code="personal-message")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode(errors="replace")


def _named(top: pathlib.Path, refs: Sequence[Ref], rule: decisions.Rule) -> Iterator[Problem]:
    """What the names of branches and tags hold, and the messages of tags."""
    tags = [one for one in refs if one.object != one.commit]
    for ref in refs:
        name = ref.name.removeprefix("refs/heads/").removeprefix("refs/tags/")
        for one in gate.findings(name, rule.tiers, rule.kept):
            at = Location(gate.shown(name))
            yield problem(at, "personal-ref", kind=one.kind, rule=one.rule)
    for tag, data in zip(tags, git.objects(top, [one.object for one in tags]), strict=True):
        yield from _message(gate.shown(tag.name), data, rule)
