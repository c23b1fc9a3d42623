"""What a stretch shows that may be a name: the features that `learned` weighs."""

import bisect
import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.redact import chances, context, ordinary, shapes, slots, surnames
from portal.redact.view import View

_CHUNK = re.compile("[^\n。;]{1,400}")
FIRST = re.compile(
    f"[{''.join(sorted(surnames.SINGLE | {one[0] for one in surnames.DOUBLE}))}](?=[一-鿿㐀-䶿])"
)
_HAN = re.compile("[一-鿿㐀-䶿]+")
_SPOKEN = re.compile("[我你他她您们俩咱吗吧呢啊了说]")
_FORMAL = re.compile(
    "本合同|[甲乙]方|应当|不得|按照|根据|须|承担|违约|条款|系统|平台|数据|服务|建设|提供"
)
_ROLE = re.compile("|".join(sorted(context.ROLES, key=lambda one: (-len(one), one))))
_TIME = re.compile(r"\d{1,2}:\d{2}|\d{1,2}月\d{1,2}日|\d{1,2}[./-]\d{1,2}")
_OWN = re.compile(r"1[3-9]\d{9}|\d{17}[\dXx]|@|█")
_DIGIT = re.compile("[0-9]")
HEADS = (-20, -5, 8, 20, 30, 40, 50)
SOUNDS = (-60, -40, -25, -12, 0, 10, 20, 30, 45)
_LENGTHS = (8, 20, 60, 150)


class Candidate(NamedTuple):
    """A stretch that may be a name, by its surname's length and what is known of it."""

    start: int
    end: int
    head: int


def chunks(text: str) -> Iterator[re.Match[str]]:
    """The sentences of a text, and its lines."""
    return _CHUNK.finditer(text)


def candidates(text: str) -> Iterator[Candidate]:
    """Every surname with one or two signs behind it."""
    padded = text + "\n\n\n"
    for found in FIRST.finditer(text):
        at = found.start()
        for head, known in ((1, surnames.SINGLE), (2, surnames.DOUBLE)):
            if padded[at : at + head] not in known:
                continue
            yield from (Candidate(at, end, head) for end in ends(padded, at + head))


def ends(padded: str, at: int) -> Iterator[int]:
    """Where a given name may end that begins at a place."""
    for end in (at + 1, at + 2):
        if not "㐀" <= padded[end - 1] <= "鿿":
            return
        yield end


def own(view: View, one: Candidate) -> list[str]:
    """The features of a stretch and its neighbours; none where it is nobody's name."""
    text, (start, end, _) = view.text, one
    value = text[start:end]
    if value[0] == "第" or value in ordinary.WORDS or value in chances.known():
        return []
    place = lies(view, start, end)
    if not place:
        return []
    return [
        *_plain(value, one.head),
        place,
        *_left(text, start),
        *_right(text, end),
        *(["L/" + _sort(view, start - 1)] if start and _HAN.match(text[start - 1]) else []),
        *(["R/" + _sort(view, end)] if _HAN.match(text[end : end + 1]) else []),
        f"B={context.before(view, start)}",
        f"A={context.after(view, end)}",
        *(["nobody"] if slots.NOBODY.search(value) else []),
        *(["trade"] if slots.TRADE.search(value) else []),
    ]


def around(text: str) -> list[str]:
    """The features of a chunk, which all its stretches have."""
    features = [
        f"spoken{min(2, len(_SPOKEN.findall(text)))}",
        f"formal{min(3, len(_FORMAL.findall(text)))}",
        f"role{min(2, len(_ROLE.findall(text)))}",
        f"length{level(len(text), _LENGTHS)}",
    ]
    features += ["time"] if _TIME.search(text) else []
    return [*features, "own"] if _OWN.search(text) else features


def _plain(value: str, head: int) -> list[str]:
    features = [f"size{len(value)}of{head}", surname(value[:head]), given(value[head:])]
    return [*features, "small"] if value[0] in surnames.WORDS else features


def surname(head: str) -> str:
    return f"head{level(45 if len(head) == 2 else surnames.table()[head].first, HEADS)}"


def given(signs: str) -> str:
    middle = surnames.table()[signs[0]].middle if len(signs) == 2 else 0
    return f"given{len(signs)}.{level(shapes.LASTS[signs[-1]] + middle, SOUNDS)}"


def _left(text: str, start: int) -> tuple[str, str]:
    near = _DIGIT.sub("0", text[max(start - 2, 0) : start].rpartition("\n")[2])
    return "L=" + near[-1:], "LL=" + near


def _right(text: str, end: int) -> tuple[str, str]:
    near = _DIGIT.sub("0", text[end : end + 2].partition("\n")[0])
    return "R=" + near[:1], "RR=" + near


def lies(view: View, start: int, end: int) -> str:
    """How a stretch lies among the words; empty where it begins and ends within one."""
    inside = view.words.within(start, end)
    is_begun, is_ended = inside[0].start == start, inside[-1].end == end
    if is_begun and is_ended:
        return "cut " + " ".join(one.tag[:2] if one.size > 1 else "1" for one in inside)
    return f"begun{end - start}" if is_begun else f"ended{end - start}" if is_ended else ""


def _sort(view: View, at: int) -> str:
    token = view.words.at(at)
    return token.tag[:2] + ("1" if token.size == 1 else "")


def level(weight: int, steps: tuple[int, ...]) -> int:
    return bisect.bisect_right(steps, weight)
