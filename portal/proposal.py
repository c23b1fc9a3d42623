"""What a change would publish: the register as it would be, beside that of an earlier commit."""

import pathlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from portal import corpus, decisions, facts, files, gather, git, model, source
from portal.problems import Refused

TEXT = "text"
"""What the body is called among the fields that differ."""
SAME = frozenset(("id", "draft"))
"""Fields whose change is told otherwise: by what becomes of the contract."""


class Changed(NamedTuple):
    """A contract that is published already, and the fields in which it would differ."""

    row: corpus.Row
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would become of contracts; `base` is the commit compared with, None where there is none.

    `gone` are ids that were published and lead nowhere any more; `drafts` are files that differ and
    are not published; `others` are the files that are no contracts.
    """

    base: str | None
    contracts: int
    new: tuple[corpus.Row, ...] = ()
    changed: tuple[Changed, ...] = ()
    withdrawn: tuple[corpus.Row, ...] = ()
    gone: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class _Version(NamedTuple):
    """A contract's facts and its body, as a file has or had them."""

    fact: model.Contract
    body: str


def whole(found: gather.Gathered) -> Proposal:
    """The register as it is, where nothing is there to compare it with."""
    return Proposal(None, len(found.register.rows), drafts=found.drafts)


def against(found: gather.Gathered, root: pathlib.Path, revision: str) -> Proposal:
    """The register beside that of the commit at which a branch left another one.

    Refused where git knows no such commit; nothing is compared where the two share no past, as in
    a shallow clone.
    """
    top = git.top(root)
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = git.says(top, *asked)
    if commit is None:
        raise Refused("no-revision", revision=revision)
    base = git.says(top, "merge-base", "HEAD", commit)
    return whole(found) if base is None else _compared(found, root, top, base)


def _compared(found: gather.Gathered, root: pathlib.Path, top: pathlib.Path, base: str) -> Proposal:
    prefix = git.prefix(top, root)
    told = git.compared(top, base, f":(top){prefix}site.yaml", f":(top){prefix}content")
    touched = {path.removeprefix(prefix) for path in told}
    held = git.tree(top, base)
    then = {path.removeprefix(prefix): one for path, one in held.items() if path.startswith(prefix)}
    owners = {path: decisions.keeper(path, {**then, **_paths(found)}) for path in touched}
    contracts = {one for one in owners.values() if _is_contract(one)}
    before = _before(top, found.register.site, contracts, then)
    documents = frozenset(files.stem(one) for path, one in owners.items() if path != one)
    return _sorted(found, root, base, contracts, before, documents, touched - _owned(owners))


def _owned(owners: Mapping[str, str]) -> set[str]:
    """The files that are a contract, or belong to one."""
    return {path for path, one in owners.items() if _is_contract(one)}


def _is_contract(path: str) -> bool:
    return path.startswith(f"{files.CONTRACTS}/") and path.endswith(".md")


def _paths(found: gather.Gathered) -> dict[str, object]:
    """The paths of the contracts that there are now, drafts among them."""
    summaries = found.register.summaries.values()
    return dict.fromkeys((*(one.file.path for one in summaries), *found.drafts))


def _before(
    top: pathlib.Path, site: model.Site, contracts: Iterable[str], then: Mapping[str, str]
) -> dict[str, _Version]:
    """By id, the contracts as they were published: none that was a draft, or could not be read."""
    paths = sorted(path for path in contracts if path in then)
    known = {}
    for path, data in zip(paths, git.objects(top, [then[path] for path in paths]), strict=True):
        read = source.document(path, data, model.Contract)
        made, _ = facts.contract(read, files.stem(path), site.currency)
        if made is not None and not made.draft:
            known[made.id] = _Version(made, read.body)
    return known


def _sorted(
    found: gather.Gathered,
    root: pathlib.Path,
    base: str,
    contracts: Iterable[str],
    before: Mapping[str, _Version],
    documents: frozenset[str],
    others: set[str],
) -> Proposal:
    """Each contract that differs, under what would become of it."""
    register = found.register
    rows = {row.id: row for row in (*register.rows, *register.withdrawn)}
    led = {alias for row in rows for alias in register.summaries[row].aliases}
    new, changed, withdrawn, gone = [], [], [], []
    for id in sorted({files.stem(path) for path in contracts}):
        row = rows.get(id)
        if row is None:
            gone += [id] if id in before and id not in led else []
            continue
        names = (id, *register.summaries[id].aliases)
        old = next((before[name] for name in names if name in before), None)
        if row.state == "withdrawn" and (old is None or old.fact.status.state != "withdrawn"):
            withdrawn.append(row)
        elif old is None:
            new.append(row)
        else:
            differs = _differs(register, root, row, old)
            more = ("documents",) if id in documents and "documents" not in differs else ()
            changed += [Changed(row, differs + more)] if differs + more else []
    drafts = tuple(path for path in found.drafts if path in set(contracts))
    ordered = (tuple(new), tuple(changed), tuple(withdrawn), tuple(gone))
    return Proposal(base, len(register.rows), *ordered, drafts, tuple(sorted(others)))


def _differs(
    register: corpus.Corpus, root: pathlib.Path, row: corpus.Row, old: _Version
) -> tuple[str, ...]:
    """The names of the fields that differ; the body last."""
    path = register.summaries[row.id].file.path
    now = model.Contract.model_validate_json(register.facts[path])
    fields = [name for name in model.Contract.model_fields if name not in SAME]
    found = [name for name in fields if getattr(now, name) != getattr(old.fact, name)]
    body = source.document(path, files.content(str(root), path), model.Contract).body
    return (*found, *([TEXT] if body != old.body else []))
