"""What a commit would hold: the index, and not the working tree, looked at for personal data."""

import pathlib
from collections.abc import Callable
from dataclasses import dataclass

from portal import decisions, gate, git, tracked
from portal.problems import Problem


@dataclass(frozen=True, slots=True)
class Report:
    """How many staged files there are, of any kind, and what is personal in them.

    The names of all were looked at, and the bytes of the site's own.
    """

    files: int
    problems: tuple[Problem, ...]


def check(root: pathlib.Path, jobs: int, tell: Callable[[str, int, int], None]) -> Report:
    """Look at every staged file; the problems are placed as in the index."""
    top = git.top(root)
    prefix, index = git.prefix(top, root), git.index(top)
    about = index.get(f"{prefix}site.yaml")
    data = None if about is None else next(git.objects(top, [about]))
    rule = decisions.rule(decisions.site(data))
    changes = git.staged(top)
    files = [
        tracked.File("", one.path, one.object, ((keeper, index[keeper]),))
        for one in changes
        if tracked.is_content(one.path, prefix)
        for keeper in [decisions.keeper(one.path, index)]
    ]
    how = tracked.How(top, rule, jobs, tell)
    problems = [one.problem for one in tracked.findings(how, files)]
    for one in changes:
        problems += gate.path(one.path, rule.tiers, rule.kept)
    return Report(len(changes), tuple(problems))
