"""The account of an import of OCDS: counts by kind, and what was not imported with its place."""

import collections
import json
import pathlib
from collections.abc import Iterator, Mapping

from portal import strings
from portal.intake.ocds import gathering, importing

MOST = 20
"""Lines of one reason that are shown."""
MOST_FIELDS = 40
"""Fields without a place that are shown."""


def lines(one: importing.Account, language: str) -> Iterator[str]:
    """What was done."""
    words = strings.of(language)
    if one.files > len(one.unread):
        yield words["import-ocds.read"].format(
            files=one.files - len(one.unread), releases=one.releases, processes=one.processes
        )
        yield words["import-ocds.contracts"].format(
            written=one.written,
            unchanged=one.unchanged,
            replaced=one.replaced,
            refused=len(one.refused),
        )
    else:
        yield words["import-ocds.nothing"]
    if one.entries:
        yield words["import-ocds.entries"].format(entries=one.entries)
    if one.drafts:
        yield words["import-ocds.drafts"].format(n=len(one.drafts))
    if one.masked:
        kinds = (f"{words[f'kinds.{kind}']} {n}" for kind, n in sorted(one.masked.items()))
        yield words["import-ocds.masked"].format(kinds=words["import.comma"].join(kinds))
    if one.stays:
        grounds = (
            f"{words[f'import-ocds.stays.{key}']} {n}" for key, n in sorted(one.stays.items())
        )
        yield words["import-ocds.stay"].format(grounds=words["import.comma"].join(grounds))
    seen = {words[f"import-ocds.seen-words.{kind}"]: n for kind, n in one.seen.items()}
    yield from _counted(words, "seen", seen)
    yield from _counted(words, "left", one.left)


def _counted(words: Mapping[str, str], key: str, counts: Mapping[str, int]) -> Iterator[str]:
    """Counts under a heading, the largest first."""
    found = [(n, name) for name, n in counts.items() if n]
    if found:
        yield words[f"import-ocds.{key}"]
    for n, name in sorted(found, key=lambda each: (-each[0], each[1]))[:MOST_FIELDS]:
        yield f"  {words[f'import-ocds.{key}-line'].format(words=name, path=name, n=n)}"
    if len(found) > MOST_FIELDS:
        yield f"  {words['import-ocds.more'].format(n=len(found) - MOST_FIELDS)}"


def complaints(one: importing.Account, language: str) -> Iterator[str]:
    """What was not imported, the first of each reason.

    A line is `file:line /path: code: what is wrong; what to do`.
    """
    words = strings.of(language)
    shown: collections.Counter[str] = collections.Counter()
    for each in (*one.unread, *one.refused):
        shown[each.code] += 1
        if shown[each.code] <= MOST:
            yield _told(each, words)
    more = sum(max(0, n - MOST) for n in shown.values())
    if more:
        yield words["import-ocds.more"].format(n=more)


def _told(one: gathering.Rejection, words: Mapping[str, str]) -> str:
    return f"{_where(one)}: {one.code}: {_reason(one, words)}"


def _where(one: gathering.Rejection) -> str:
    place = one.place
    line = f":{place.line}" if place.line else ""
    return f"{place.file}{line}{f' {place.pointer}' if place.pointer else ''}"


def _reason(one: gathering.Rejection, words: Mapping[str, str]) -> str:
    keys = f"unfit.{one.code}", f"reject.{one.code}", f"import-ocds.decided.{one.code}"
    key = next(key for key in keys if key in words)
    return words[key].format_map({"line": one.place.line, **one.given})


def write(path: pathlib.Path, one: importing.Account, language: str) -> int:
    """Write the report: JSON Lines, one for each thing that was not imported.

    Then one for each contract in which something was masked, and one for what stays: how much.
    """
    words = strings.of(language)
    found = (*one.unread, *one.refused, *_decisions(one, words))
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for each in found:
            told = {
                "file": each.place.file,
                "line": each.place.line,
                "path": each.place.pointer,
                "code": each.code,
                "reason": _reason(each, words),
                "ocid": each.ocid,
                "contract": each.contract,
            }
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
    return len(found)


def _decisions(one: importing.Account, words: Mapping[str, str]) -> Iterator[gathering.Rejection]:
    """What was masked and what stays, contract by contract."""
    comma = words["import.comma"]
    for each in one.covered:
        kinds = comma.join(f"{words[f'kinds.{kind}']} {n}" for kind, n in each.masked.items() if n)
        grounds = comma.join(
            f"{words[f'import-ocds.stays.{key}']} {n}" for key, n in sorted(each.stays.items())
        )
        for code, said in (("masked", kinds), ("stays", grounds)):
            if said:
                given = {"what": said, "path": each.file}
                yield gathering.Rejection(each.place, code, given, each.ocid, each.contract)
