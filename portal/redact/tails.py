"""The third sign of a name that was read with two: 史澍国 where only 史澍 was taken."""

from collections.abc import Iterator

from portal.redact import context, shapes, surnames
from portal.redact.finding import Finding, Tier
from portal.redact.view import View

NO_TAIL = frozenset(
    "的了仅失就在与和及是为以已未将应须可由从对向被把让请并或均也仍曾都就又再不没有无所其该此每各等到"
    "于至去来给同跟替因若如按据经报说称指持驾住任兼审编校签收发送寄交做作用使能会要需处家先后"
    "路街镇村乡县市区省州局院厅科室部厂店公司总工副主董监书女男电手机微信邮身证"
)
"""Signs that follow a name far more often than they end one."""
_CLEAN, _LIKELY = 25, -8
"""From which weight of its signs on the longer reading is masked, and held."""


def find(view: View, found: list[Finding]) -> Iterator[Finding]:
    """Longer readings of names of two signs, where a third one may belong to them."""
    starts = {one.start for one in found}
    for one in found:
        if one.kind not in ("person-name", "signature") or one.tier == "keep":
            continue
        if one.end in starts:
            continue
        head = 2 if view.text[one.start : one.start + 2] in surnames.DOUBLE else 1
        if head == 2 and one.end - one.start == 2:
            yield from _given(view, one)
        if one.end - one.start != head + 1 or one.rule == "gendered":
            continue
        tier = _tier(view, one, head)
        if tier is not None:
            yield one._replace(end=one.end + 1, tier=tier)


def _given(view: View, one: Finding) -> Iterator[Finding]:
    """The two signs behind a double surname that was taken for the whole name."""
    given = view.text[one.end : one.end + 2]
    is_han = len(given) == 2 and all("一" <= sign <= "鿿" for sign in given)
    if is_han and context.after(view, one.end + 2) > 0 and NO_TAIL.isdisjoint(given):
        yield one._replace(end=one.end + 2, tier="suspect")


def _tier(view: View, one: Finding, head: int) -> Tier | None:
    """How sure it is that the next sign belongs to a name; None where it does not."""
    last = view.text[one.end : one.end + 1]
    if not "一" <= last <= "鿿" or context.after(view, one.end) >= context.STRONG_AFTER:
        return None
    behind = context.after(view, one.end + 1)
    signs = shapes.weight(
        view.text[one.start : one.start + head], view.text[one.start + head : one.end + 1]
    )
    is_edge = not "一" <= view.text[one.end + 1 : one.end + 2] <= "鿿"
    word = view.words.at(one.end)
    if behind <= -40:
        return None
    if last in NO_TAIL and not (is_edge and signs > _LIKELY and last not in "的了等"):
        return None
    is_cut = word.start == one.end and word.size == 1
    is_human = behind >= context.STRONG_AFTER
    if (
        one.tier == "mask"
        and signs >= _CLEAN
        and surnames.weights(last).last > 0
        and (is_cut or is_human)
    ):
        return "mask"
    return "suspect" if (is_cut or is_edge or is_human) and signs > _LIKELY else None
