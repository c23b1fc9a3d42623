"""Persons called by a surname, with a title or alone, or by a pet name: 宋处长, 老马, 靖哥."""

import re
from collections.abc import Iterator

from portal.redact import bounds, context, ordinary, surnames
from portal.redact.finding import Finding
from portal.redact.view import View

_HAN = "[一-鿿]"
_HEADS = "".join(sorted(surnames.SINGLE - surnames.WORDS - set("项总副老小第两三首单各原")))
_OFFICE = (
    "[处局科股厅县区镇乡市院校所站队组部行班店村社庭司会]长|主[任席管编]|书记|总(?:经理|[监工助])|经理|董事长"
    "|秘书长?|委员|会计|出纳|老[师板弟]|师傅|教[授练]|博士|律师|法官|医生|大[夫爷姐哥妈叔娘]|护士|工程师"
    "|干事|专员|助理|警官|阿姨|奶奶|爷爷|叔叔|工头|顾问|调研员|导师|同学|参谋|太太?"
)
_OFFICE_SIGNS = (
    "处局科股厅县区镇乡市院校所站队组部行班店村社庭司会主书总经董秘委出老师教博律法医大护工干"
    "专助警阿奶爷叔顾调导同参太副"
)
_DOUBLE = "|".join(sorted(surnames.DOUBLE))
_DOUBLE_SIGNS = "".join(sorted({one[0] for one in surnames.DOUBLE}))
_TITLED = re.compile(
    f"(?P<head>[{_HEADS}](?=[{_OFFICE_SIGNS}])|(?=[{_DOUBLE_SIGNS}])(?:{_DOUBLE}))副?(?:{_OFFICE})"
)
_SHORT = re.compile(
    f"(?P<head>[{_HEADS}])(?:[副老小]?[工总局处科队所站部院校董厅]|[哥姐叔姨嫂婶爷伯])"
)
_PET = re.compile(f"[老小](?P<head>[{_HEADS}])")
_GIVEN = re.compile(f"阿{_HAN}|[大小]{_HAN}(?=[:(])")
_KIN = re.compile(f"[哥姐嫂叔](?<={_HAN}.)")
_HONORED = re.compile("老师|师傅|先生|女士")
_SEVERAL = re.compile(
    f"(?P<row>[{_HEADS}](?=[、和与])(?<!{_HAN}.)(?:[、和与][{_HEADS}]){{1,5}})(?:[两二三四五]|等)[位人名]"
)
_SIGNED = re.compile(
    f"(?P<value>[{_HEADS}])(?=[ 0-9])(?<=[ ,。:].)"
    f"(?=[ ]?(?:20\\d\\d[./-])?[01]?\\d[/.][0-3]?\\d(?![\\d.元%]))"
)
"""A surname and a day, as an official signs."""
_NOBODY = frozenset("的位各该本这那名为有是和与及等者向请由")
_LIKELY, _SURE = 8, 12
"""From which weight on a surname is seldom, and hardly ever, anything else."""
_LED, _OPEN, _ROOM = 11, 6, 4


def find(view: View) -> Iterator[Finding]:
    """Suspects: who is called so."""
    for found in _TITLED.finditer(view.text):
        if _is_title(view, found):
            yield _suspect(*found.span())
    spans = [one.span() for one in (*_SHORT.finditer(view.text), *_GIVEN.finditer(view.text))]
    for start, end in (*spans, *((one.start() - 1, one.end()) for one in _KIN.finditer(view.text))):
        if _is_called(view, start, end):
            yield _suspect(start, end)
    for found in _PET.finditer(view.text):
        if _is_pet(view, found) and _is_single(view, *found.span()):
            yield _suspect(*found.span())
    for found in _HONORED.finditer(view.text):
        yield from _honored(view, found)
    for row in _SEVERAL.finditer(view.text):
        yield from (_suspect(at, at + 1) for at in range(row.start("row"), row.end("row"), 2))
    for found in _SIGNED.finditer(view.text):
        yield _suspect(*found.span("value"))


def _suspect(start: int, end: int) -> Finding:
    return Finding(start, end, "person-name", "suspect", "called")


def _is_title(view: View, found: re.Match[str]) -> bool:
    """Whether a surname stands by itself before a title: no 公安局长."""
    start, end = found.span("head")
    first, last = view.words.ends(start, end)
    is_apart = first.start == start and (last.end == end or last.tag[:2] == "nr")
    if not is_apart or found[0] in ordinary.WORDS:
        return False
    is_surname = surnames.weights(found["head"][0]).first >= _LIKELY or end - start > 1
    return is_surname or context.before(view, start) >= _OPEN


def _is_single(view: View, start: int, end: int) -> bool:
    """Whether no word explains the signs of a stretch."""
    inside = view.words.within(start, end)
    if inside[0].start != start or inside[-1].end != end:
        return False
    return all(one.size == 1 or one.tag[:2] == "nr" for one in inside)


def _is_called(view: View, start: int, end: int) -> bool:
    """Whether a short form stands where a person may: cut clean, with room on both sides."""
    behind, ahead = (
        bounds.BEHIND[view.text[start - 1 : start]],
        bounds.FROM[view.text[end : end + 1]],
    )
    if behind < _OPEN > ahead or not _is_single(view, start, end):
        return False
    before, after = context.before(view, start), context.after(view, end)
    if before >= _LED and after > -40 and surnames.weights(view.text[start]).first >= _LIKELY:
        return True
    return before >= _ROOM and after >= _ROOM and (before >= _OPEN or after >= _OPEN)


def _is_pet(view: View, found: re.Match[str]) -> bool:
    after = context.after(view, found.end())
    if surnames.weights(found["head"]).first >= _SURE and after > -40:
        return True
    return after >= _ROOM and context.before(view, found.start()) >= _OPEN


def _honored(view: View, title: re.Match[str]) -> Iterator[Finding]:
    """Whoever is called 先生 or 女士, be it by a word."""
    if title.start() == 0 or not re.match(_HAN, view.text[title.start() - 1]):
        return
    last = view.words.at(title.start() - 1)
    if last.end != title.start() or last.size > 3 or view.text[last.start] in _NOBODY:
        return
    if last.size > 1 and last.tag[:1] in "rmqpcd":
        return
    if context.before(view, last.start) >= _ROOM and view.text[last.end - 1] not in "员长":
        yield _suspect(last.start, last.end if last.size > 1 else title.end())
