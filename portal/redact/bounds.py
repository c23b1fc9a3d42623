"""What the neighbours of a place may add at most to a name's weight: most places are ruled out so.

A bound costs a look at a sign or two, and no dictionary. It may be too high, and never too low.
"""

from collections.abc import Callable

from portal.redact import context

HUMAN_STARTS = frozenset(
    "一三上专两个主乡书二亲代任会传休住值先入公共兼出初到副办区医博卡厂厅县参反同名后哥固均处复夫女"
    "姐委学宅宣审家小局就工已市师带干座当律微性总户所手技护担持指授接提早教本来核校每毕汇法测清父"
    "牵现班生电男的离私秘移科站答等签简系组终经缺联老职股致行表认讲说调请负败账质转轮身车辞迟远部"
    "邮配里银镇长队产婚病年掌暂退顶兄陪随院驾均证董爷妈娘叔婶伯姨嫂姑大二三阿奶他她为"
)
"""The Chinese signs with which a title, one's own things or a strong verb may begin."""
PHONE_STARTS = frozenset(" ,:([【<+-._%")
"""The other signs with which a number or an address of mail may begin, or what stands before it."""


class _Most(dict[str, int]):
    """Bounds by sign, each worked out when it is first asked for."""

    def __init__(self, bound: Callable[[str], int]) -> None:
        super().__init__()
        self._bound = bound

    def __missing__(self, sign: str) -> int:
        self[sign] = found = self._bound(sign)
        return found


def _behind_sign(sign: str) -> int:
    """The most that `context.before` gives behind a sign: by its cases, the highest ones first."""
    if sign in context.ROLE_ENDS or sign in context.OPENING or sign == " ":
        return context.MOST_BEFORE
    if sign in context.PEOPLE:
        return 26
    if sign in context.LEAD_ENDS:
        return 12
    if sign in context.EDGES or sign.isspace():
        return 11
    return 9 if sign in context.LOOSE or sign in context.JOINS else 4


def _from_sign(sign: str) -> int:
    """The most that `context.after` gives from a sign on, or from the end."""
    if "一" <= sign <= "鿿":
        told = context.TOLD if sign in context.TELLING_STARTS or sign in context.JOINS else 4
        return context.HUMAN if sign in HUMAN_STARTS else told
    if sign in PHONE_STARTS or (sign.isascii() and sign.isalnum()):
        return context.MOST_AFTER
    if sign in ("、", '"', "”"):
        return 28
    return 20 if sign in ("\n", "") else 8


BEHIND, FROM = _Most(_behind_sign), _Most(_from_sign)
"""By the last sign before a place, and by the first one from it on."""
