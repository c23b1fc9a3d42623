"""Numbers of a person or an account, told from all the numbers of a contract."""
# ruff: noqa: ARG001 - all judges are asked in the same words

import re
from collections.abc import Iterator

import stdnum.cn.ric
import stdnum.luhn

from portal.redact import identities, labels, misread, runs
from portal.redact.finding import Finding, Tier
from portal.redact.runs import Cluster, Run
from portal.redact.view import View

MOBILE = re.compile(r"(?:0086|86)?0?(1[3-9]\d{9})")
SHAPES = frozenset(
    {
        (3, 4, 4),
        (3, 8),
        (7, 4),
        (3, 3, 5),
        (4, 3, 4),
        (4, 4, 3),
        (3, 4, 2, 2),
        (5, 6),
        (6, 5),
        (3, 2, 2, 2, 2),
    }
)
"""How people group a mobile number's eleven digits."""
OVERLONG = frozenset({(4, 4, 4), (3, 4, 5), (3, 5, 4)})  # with a digit too many
CHAIN = 20  # groups of digits in a row that are no number that people write
LONG = 9  # digits in a row that ask for an explanation
_PLUS = re.compile(r"(?:[(]?\+[ ]?(?:0{0,2}86)?[)]?[ -]?(?:\(0\))?|[(](?:0{0,2}86)[)][ -]?)?\Z")
"""What may stand before a number that is written with its country."""
_CHECK = re.compile(r"[Xx]|[ ][Xx](?![A-Za-z0-9])")
"""The check digit of an identity number that is written as a letter."""
_WRONG = re.compile("[A-WYZa-wyz](?![A-Za-z0-9])")
"""A letter where an identity number has its check digit."""
_PAPER = re.compile(r"(?:身份|代|人|户|旧|(?<!可)(?<!格)(?<!记)证)证?(?:件|编)?号?码?\W{0,3}$")
"""A person's papers, which are called by a number like others."""
_LEAD = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,3}[ ]?$")


def find(view: View) -> Iterator[Finding]:
    """Every number that is personal, or that nothing explains."""
    text = misread.corrected(view.text)
    for cluster in runs.clusters(text):
        yield from _clustered(view, cluster)


def _clustered(view: View, cluster: Cluster) -> Iterator[Finding]:
    at = behind = 0
    while at < len(cluster.groups):
        if at >= behind:
            behind = cluster.chain(at)
        if behind - at > CHAIN:
            yield from _unravelled(view, cluster.text, cluster.groups[at:behind])
            at = behind
            continue
        best = _best(view, cluster, at) if cluster.reaches(at, runs.DIGITS_AT_LEAST) else None
        if best is not None:
            yield best[1]
        at += best[0] if best is not None else 1


def _unravelled(view: View, text: str, groups: list[tuple[int, int]]) -> Iterator[Finding]:
    """Digits without end and without a word between: what is sure in them, the rest suspect."""
    at = groups[0][0]
    for start, end in groups:
        if end - start < 11:
            continue
        run = Run(start, end, text[start:end], (end - start,), is_broken=False)
        made = next((one for judge in JUDGES if (one := judge(view, text, run, None))), None)
        if made is not None and made.tier == "mask":
            if start - at > LONG:
                yield Finding(at, start, "other", "suspect", "long-number")
            yield made
            at = end
    if groups[-1][1] - at > LONG:
        yield Finding(at, groups[-1][1], "other", "suspect", "long-number")


def _best(view: View, cluster: Cluster, at: int) -> tuple[int, Finding] | None:
    """What the groups from `at` on are: how many they take, and what is found."""
    start = cluster.groups[at][0]
    kind = labels.of_number(view, start)
    is_named = kind is not None or _LEAD.search(cluster.text, max(start - 5, 0), start) is not None
    if not is_named and not cluster.reaches(at, LONG):
        return None
    worth = [
        (used, run)
        for used, run in enumerate(cluster.runs(at), 1)
        if (_is_written(run, kind) if len(run.digits) >= LONG else is_named)
    ]
    worth.reverse()
    made = ((used, judge(view, cluster.text, run, kind)) for judge in JUDGES for used, run in worth)
    return next(((used, one) for used, one in made if one is not None), None)


def _is_written(run: Run, kind: str | None) -> bool:
    """Whether the groups of a long run are such as people write numbers in."""
    groups = len(run.shape)
    return groups <= 2 or kind is not None or len(run.digits) / groups >= 2.7 or run.shape in SHAPES


def _finding(text: str, run: Run, kind: str, tier: Tier, rule: str) -> Finding:
    start = run.start
    if kind == "mobile" and (plus := _PLUS.search(text, max(start - 8, 0), start)):
        start = plus.start()
    return Finding(start, run.end, kind, tier, rule)


def _labelled(view: View, text: str, run: Run, kind: str | None) -> Finding | None:
    """A number behind a label that says what it is."""
    size = len(run.digits)
    low, high = labels.SIZES.get(kind or "", (99, 0))
    if not low <= size <= high or runs.is_in_code(text, run):
        return None
    if kind in ("phone", "mobile"):
        return _phone(view, text, run, kind)
    if kind in ("landline", "fax"):
        return None
    if run.is_broken and size not in (11, 15, 18) and size < 12:
        return None
    if kind == "id-number" and text[run.end : run.end + 1] in ("X", "x"):
        run = run._replace(end=run.end + 1)
    return _finding(text, run, kind or "other", "mask", f"label-{kind}")


def _phone(view: View, text: str, run: Run, kind: str) -> Finding | None:
    """A number behind 电话 or 手机: a mobile one, even with a digit too many or too few."""
    if MOBILE.fullmatch(run.digits):
        return _finding(text, run, "mobile", "mask", "label-phone")
    if run.is_broken or run.digits.startswith(("0", "400", "800", "95", "12")):
        return None
    if run.digits[0] == "1" and 10 <= len(run.digits) <= 13:
        return _finding(text, run, "mobile", "mask", "label-misread")
    if kind == "mobile" and len(run.digits) >= 7:
        return _finding(text, run, "mobile", "mask", "label-mobile")
    return None


def _identity(view: View, text: str, run: Run, kind: str | None) -> Finding | None:
    """An identity number: 17 digits and a check digit or X, or the old fifteen."""
    digits = run.digits
    sign = _CHECK.match(text, run.end) if len(digits) == 17 else None
    if sign is not None:
        digits += "X"
    if not identities.is_identity(digits):
        return None
    is_coded = runs.is_in_code(text, run)
    run = run if sign is None else run._replace(end=sign.end())
    is_checked = len(digits) == 18 and stdnum.cn.ric.calc_check_digit(digits) == digits[-1]
    if is_checked:
        tier: Tier = "suspect" if is_coded else "mask"
        return _finding(text, run, "id-number", tier, "id-in-code" if is_coded else "check-digit")
    return None if is_coded else _unchecked(text, run, digits, kind)


def _unchecked(text: str, run: Run, digits: str, kind: str | None) -> Finding | None:
    """An identity number without a check digit that is right."""
    if (kind or "").startswith("bank"):
        return None
    if len(digits) == 18 and (digits[-1] == "X" or not identities.is_credit_code(digits)):
        return _finding(text, run, "id-number", "suspect", "id-form")
    is_paper = kind != "code" or _PAPER.search(text, max(run.start - 12, 0), run.start)
    if len(digits) == 15 and is_paper and not run.is_broken:
        return _finding(text, run, "id-number", "suspect", "id-form")
    return None


def _flawed(view: View, text: str, run: Run, kind: str | None) -> Finding | None:
    """An identity number whose check digit is no digit: 110101199001011 23A."""
    letter = _WRONG.match(text, run.end) if len(run.digits) == 17 else None
    if letter is None or not identities.is_identity(run.digits + "0") or kind == "code":
        return None
    return Finding(run.start, letter.end(), "id-number", "suspect", "id-flawed")


def _lettered(view: View, text: str, run: Run, kind: str | None) -> Finding | None:
    """Letters and figures behind a label of papers: a passport under 证件号码."""
    if not 6 <= len(run.digits) <= 10 or run.is_broken:
        return None
    lead = _LEAD.search(text[max(run.start - 5, 0) : run.start])
    if lead is None:
        return None
    if labels.of_number(view, run.start - len(lead[0])) not in ("id-number", "passport"):
        return None
    return Finding(run.start - len(lead[0]), run.end, "passport", "mask", "label-papers")


def _mobile(view: View, text: str, run: Run, kind: str | None) -> Finding | None:
    """A mobile number: eleven digits in one of the shapes that people write."""
    found = MOBILE.fullmatch(run.digits)
    if found is None or runs.is_in_code(text, run) or runs.is_amount(text, run):
        return None
    shape = _without(run.shape, len(run.digits) - 11)
    if kind in ("code", "bank-account", "bank-card") and len(run.shape) == 1:
        return (
            _finding(text, run, "mobile", "suspect", "mobile-in-code") if kind == "code" else None
        )
    if len(shape) == 1 and not run.is_broken:
        return _finding(text, run, "mobile", "mask", "mobile")
    if run.is_broken:
        tier: Tier = (
            "mask" if shape in SHAPES or (len(shape) == 2 and min(shape) >= 2) else "suspect"
        )
        return _finding(text, run, "mobile", tier, "mobile-broken")
    if shape in SHAPES:
        return _finding(text, run, "mobile", "mask", "mobile-grouped")
    return _finding(text, run, "mobile", "suspect", "mobile-odd") if max(shape) < 9 else None


def _overlong(view: View, text: str, run: Run, kind: str | None) -> Finding | None:
    """A mobile number with a digit too many, in groups such as mobile numbers have."""
    if (
        not re.match(r"1[3-9]\d{10}$", run.digits)
        or run.shape not in OVERLONG
        or kind is not None
        or runs.is_in_code(text, run)
    ):
        return None
    return _finding(text, run, "mobile", "suspect", "mobile-overlong")


def _without(shape: tuple[int, ...], prefix: int) -> tuple[int, ...]:
    """A shape without the digits of 86 or 0086 in front."""
    while prefix and shape and shape[0] <= prefix:
        prefix -= shape[0]
        shape = shape[1:]
    return (shape[0] - prefix, *shape[1:]) if shape else ()


def _doubled(view: View, text: str, run: Run, kind: str | None) -> Finding | None:
    """Two mobile numbers, or a person's mobile and account, without anything between."""
    is_double = len(run.shape) == 1 and len(run.digits) == 22 and not runs.is_in_code(text, run)
    if is_double and all(map(MOBILE.fullmatch, (run.digits[:11], run.digits[11:]))):
        return _finding(text, run, "mobile", "mask", "mobile-doubled")
    return None


def _card(view: View, text: str, run: Run, kind: str | None) -> Finding | None:
    """A bank card, by its first digits and its check digit; an account near a bank's name."""
    size = len(run.digits)
    if (
        not 12 <= size <= 25
        or runs.is_in_code(text, run)
        or runs.is_amount(text, run)
        or run.is_broken
    ):
        return None
    if (
        runs.is_line(text, run)
        or kind == "code"
        or identities.is_moment(run.digits)
        or (size == 18 and identities.is_credit_code(run.digits))
    ):
        return None
    if size in (16, 19) and run.digits[:2] == "62" and stdnum.luhn.is_valid(run.digits):
        return _finding(text, run, "bank-card", "mask", "luhn")
    if labels.near_bank(view, run.start):
        return _finding(text, run, "bank-account", "mask", "near-bank")
    return None


def _long(view: View, text: str, run: Run, kind: str | None) -> Finding | None:
    """A long run of digits that nothing explains: a person has to look."""
    size = len(run.digits)
    is_long = len(run.shape) == 1 or (size >= 15 and min(run.shape) >= 3)
    if size < LONG or not is_long or run.is_broken or kind in ("code", "hotline"):
        return None
    if runs.is_in_code(text, run) or runs.is_amount(text, run) or identities.is_moment(run.digits):
        return None
    if size == 18 and identities.is_credit_code(run.digits):
        return None
    is_line = len(run.shape) == 1 and re.match(r"(?:400|800)\d{7}|0\d{9,11}$", run.digits)
    return None if is_line else _finding(text, run, "other", "suspect", "long-number")


JUDGES = (_lettered, _flawed, _labelled, _identity, _mobile, _overlong, _doubled, _card, _long)
"""Asked in this order; the first that knows the number has the word."""
