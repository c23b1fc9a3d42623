"""The command `verify`: what is published, held against the commit that it names."""

import pathlib
from collections.abc import Iterable, Mapping

from portal import (
    comparing,
    decisions,
    git,
    history,
    progress,
    proof,
    published,
    rebuilt,
    signature,
    strings,
    urls,
)
from portal.commands import terminal
from portal.problems import Refused

MOST = 50
"""Files of one kind that are named."""
TOOLS = (urls.search_file("text/pagefind.js"), urls.engine("sqlite3.wasm"))
"""Files that are there where Pagefind, and SQLite for the browser, were at hand."""


def verify(
    spoken: str,
    /,
    *,
    site: str | None,
    root: pathlib.Path,
    output: pathlib.Path | None,
    jobs: int,
    sample: int | None,
) -> None:
    words = strings.of(spoken)
    if not (root / "site.yaml").is_file():
        raise Refused("no-site", path=root)
    place = site or _address(root)
    if output is not None and output.resolve() == pathlib.Path(place).resolve():
        raise Refused("verify-output", path=output)
    with published.opened(place) as there:
        stated = proof.read(there.manifest())
        if stated is None:
            raise Refused("no-proof", place=place)
        commit = _commit(root, stated, words)
        with rebuilt.built(root, commit, output, jobs) as ours, progress.shown(spoken) as tell:
            wanted = comparing.sampled(ours.stated.files, sample)
            known = frozenset((*ours.stated.files, proof.PATH))
            verdict = comparing.compared(there, wanted, known, tell)
            is_purged = bool(stated.commit) and commit != stated.commit
            _judged(verdict, stated, ours, is_purged=is_purged, words=words)


def _judged(
    verdict: comparing.Verdict,
    stated: proof.Proof,
    ours: rebuilt.Rebuilt,
    *,
    is_purged: bool,
    words: Mapping[str, str],
) -> None:
    """Tell the verdict; Refused where the site is not what its commit gives."""
    is_listed = is_purged or stated.files == ours.stated.files
    if verdict.is_same and is_listed:
        terminal.echo(words["verify.same"].format(n=verdict.same, all=len(ours.stated.files)))
        return
    if is_purged and _explained(verdict, ours, words):
        return
    _told(verdict, words)
    if verdict.is_same:
        terminal.complain(words["verify.manifest"])
    _hints(stated, ours.stated, words)
    raise Refused("verify", n=_count(verdict) or 1)


def _address(root: pathlib.Path) -> str:
    """Where site.yaml says that the site is."""
    about = decisions.site((root / "site.yaml").read_bytes())
    assert about is not None
    return str(about.url)


def _commit(root: pathlib.Path, stated: proof.Proof, words: Mapping[str, str]) -> str:
    """The commit to build, of which is told what is known; empty for the working tree.

    Where the site names a commit that is not there any more, it is the one that is checked out.
    """
    if not stated.commit:
        terminal.echo(words[f"verify.origin-{'changed' if stated.state == 'changed' else 'none'}"])
        return ""
    top, head = git.top(root), history.source(root).head
    short = stated.commit[:12]
    if rebuilt.is_ours(top, stated.commit):
        commit = stated.commit
        terminal.echo(words["verify.commit"].format(commit=short))
        behind = git.says(top, "rev-list", "--count", f"{commit}..HEAD")
        if behind and behind != "0":
            terminal.echo(words["verify.behind"].format(n=behind))
    elif git.says(top, "rev-parse", "--is-shallow-repository") == "true" or not head:
        raise Refused("verify-shallow", commit=short)
    elif rebuilt.is_ahead(top, stated.commit):
        raise Refused("verify-ahead", commit=short)
    else:
        commit = head
        terminal.echo(words["verify.gone"].format(commit=short, head=head[:12]))
    _signed(signature.of(top, commit), words)
    return commit


def _signed(one: signature.Signature, words: Mapping[str, str]) -> None:
    given = {"signer": one.signer or "-", "key": one.key or "-"}
    terminal.echo(words[f"signature.{one.state}"].format_map(given))


def _told(verdict: comparing.Verdict, words: Mapping[str, str]) -> None:
    """Name what is not as it should be."""
    for key in ("changed", "missing", "added"):
        paths: tuple[str, ...] = getattr(verdict, key)
        _listed(words, words[f"verify.{key}"], paths)
    reasons = [f"{one.path} ({one.found})" for one in verdict.unread]
    _listed(words, words["verify.unread"], reasons)


def _listed(words: Mapping[str, str], label: str, names: Iterable[str]) -> None:
    found = list(names)
    for one in found[:MOST]:
        terminal.complain(f"{label}{one}")
    if len(found) > MOST:
        terminal.complain(words["verify.more"].format(label=label, n=len(found) - MOST))


def _explained(verdict: comparing.Verdict, ours: rebuilt.Rebuilt, words: Mapping[str, str]) -> bool:
    """Whether all that differs follows from tombstones; then it is told of which contracts."""
    paths = (*verdict.changed, *verdict.missing, *verdict.added)
    withdrawn = ours.withdrawn
    left = comparing.unexplained(paths, withdrawn | ours.former)
    if left or verdict.unread or not withdrawn:
        return False
    ids = words["import.comma"].join(sorted(withdrawn)[:MOST])
    terminal.echo(words["verify.purged"].format(n=len(paths), ids=ids))
    return True


def _count(verdict: comparing.Verdict) -> int:
    kinds = (verdict.changed, verdict.missing, verdict.added, verdict.unread)
    return sum(len(one) for one in kinds)


def _hints(theirs: proof.Proof, ours: proof.Proof, words: Mapping[str, str]) -> None:
    """What may be the reason, beside somebody's hand."""
    if theirs.version != ours.version:
        terminal.complain(words["verify.version"].format(theirs=theirs.version, ours=ours.version))
    if any((path in theirs.files) != (path in ours.files) for path in TOOLS):
        terminal.complain(words["verify.tools"])
