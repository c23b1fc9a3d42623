"""Fuzzing of the finder, guided by coverage: `python tests/redact/fuzz.py -max_total_time=600`.

Needs atheris, which is no part of the locks: it has no wheels for every platform. The run that is
on record is in docs/redaction.md.
"""

import pathlib
import sys

import atheris

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

with atheris.instrument_imports(include=["portal"]):
    from portal.redact import find, marks, mask

PIECES = (
    "联系人：", "张", "王小明", "13900001111", "账号", "\n", " ", "|", "<td>", "&#49;", "１",
    "一三九", "·", "@", ".com", "住", "室", "（签字）", "【已遮盖：姓名】", "QQ", "微信",
    "410503199607125023", "-", "：", "、", "由", "负责", "\u200b", "\f",
)  # fmt: skip


def text(data: bytes) -> str:
    """Bytes as a text in which what the rules look for is frequent."""
    provider = atheris.FuzzedDataProvider(data)
    parts = []
    while provider.remaining_bytes():
        choice = provider.ConsumeIntInRange(0, len(PIECES))
        parts.append(
            PIECES[choice] if choice < len(PIECES) else provider.ConsumeUnicodeNoSurrogates(4)
        )
    return "".join(parts)


def one(data: bytes) -> None:
    """Findings are in order and apart; masking is final; nothing outside of them changes."""
    given = text(data)
    found = find.find(given)
    edges = [edge for each in found for edge in (each.start, each.end)]
    assert edges == sorted(edges)
    assert all(each.start < each.end for each in found)
    sure = [each for each in found if each.tier == "mask"]
    once, at = mask.masked(given, sure), 0
    for each in sure:
        kept = given[at : each.start] + marks.mark(each.kind)
        assert once.startswith(kept)
        once, at = once[len(kept) :], each.end
    assert once == given[at:]


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
