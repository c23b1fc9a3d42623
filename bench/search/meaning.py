"""What a query looks for, in terms of the register, and the right answers that follow from it.

A meaning is what stands beside a query in bench/queries.yaml:

    name: the organisation of that name          names: the organisations whose name holds it
    number: contracts with a number that holds it    alike: numbers at most one sign away from it
    amount: contracts of that value               instalment: contracts with such a payment
    above: contracts of a greater value           below: of a smaller one
    day: signed or announced on it                year: signed in it
    title: contracts whose title holds it         text: contracts that hold it anywhere
    party: contracts with a party of that name    sound, initials: names that are read so
    all: contracts that have several meanings     but: and not this one
    contract: the contract of that id
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from bench.search import register as registers
from bench.search.register import Contract, Key, Organisation, Register, squeeze, words

Meaning = Mapping[str, Any]
Answer = frozenset[Key]
"""Results that are equally good: an organisation, or any contract of it."""


def answers(register: Register, meaning: Meaning) -> tuple[Answer, ...]:
    """All right answers. Words that stand in titles are looked for there, else in all texts.

    An organisation whose name holds all of the words is right as well.
    """
    ((kind, wanted),) = meaning.items()
    if kind in ORGANISATIONS:
        is_meant = ORGANISATIONS[kind]
        found = [one for one in register.organisations if is_meant(one, wanted)]
        return tuple(_answer(register, one) for one in found)
    titled = {"title": wanted} if kind == "text" else meaning
    holds, names = _test(titled), [one for one in register.organisations if _names(one, meaning)]
    contracts = [one for one in register.contracts if holds(one)]
    if not contracts:
        holds = _test(meaning)
        contracts = [one for one in register.contracts if holds(one)]
    keys = [*(("contract", one.id) for one in contracts), *((one.kind, one.id) for one in names)]
    return tuple(frozenset({key}) for key in keys)


def _names(organisation: Organisation, meaning: Meaning) -> bool:
    """Whether a name alone holds all that is meant."""
    ((kind, wanted),) = meaning.items()
    if kind == "all":
        return all(_names(organisation, one) for one in wanted)
    if kind == "but":
        return not _names(organisation, wanted)
    return kind in ("text", "party") and _holds_name(organisation, wanted)


def _answer(register: Register, organisation: Organisation) -> Answer:
    key = (organisation.kind, organisation.id)
    return frozenset({key, *(("contract", id) for id in register.parts.get(key, ()))})


def _test(meaning: Meaning) -> Callable[[Contract], bool]:
    """Whether a contract is meant."""
    ((kind, wanted),) = meaning.items()
    if kind == "all":
        tests = [_test(one) for one in wanted]
        return lambda contract: all(test(contract) for test in tests)
    if kind == "but":
        test = _test(wanted)
        return lambda contract: not test(contract)
    read, is_meant = CONTRACTS[kind]
    given = read(wanted)
    return lambda contract: is_meant(contract, given)


def one_apart(one: str, other: str) -> bool:
    """Whether two words are equal but for one sign: another, one more, one less, or two swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    start = next((i for i, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1), 0)
    if len(one) == len(other):
        is_swapped = one[start : start + 2] == other[start : start + 2][::-1]
        return one[start + 1 :] == other[start + 1 :] or (
            is_swapped and one[start + 2 :] == other[start + 2 :]
        )
    long, short = sorted((one, other), key=len, reverse=True)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _within(part: str) -> Callable[[str], bool]:
    """Whether a text holds words: a figure whole, a word from its beginning."""
    plain = words(part)
    before = "(?<![0-9a-z])" if plain[:1].isascii() else ""
    after = "(?![0-9])" if plain[-1:].isdecimal() else ""
    pattern = re.compile(before + re.escape(plain) + after)
    return lambda text: plain in text and pattern.search(text) is not None


def _has_name(organisation: Organisation, wanted: str) -> bool:
    return wanted in organisation.names


def _holds_name(organisation: Organisation, wanted: str) -> bool:
    return any(squeeze(wanted) in squeeze(name) for name in organisation.names)


def _sounds(organisation: Organisation, wanted: str) -> bool:
    """Whether whole syllables of a name, one after another, are written so."""
    plain = wanted.replace(" ", "")
    return any(plain in _joined(registers.sounds(name)) for name in organisation.names)


def _joined(syllables: Sequence[str]) -> Iterable[str]:
    """Every stretch of syllables, joined."""
    count = len(syllables)
    return {"".join(syllables[i:j]) for i in range(count) for j in range(i + 1, count + 1)}


def _initials(organisation: Organisation, wanted: str) -> bool:
    names = ("".join(one[0] for one in registers.sounds(name)) for name in organisation.names)
    return any(wanted in initials for initials in names)


ORGANISATIONS: Mapping[str, Callable[[Organisation, str], bool]] = {
    "name": _has_name,
    "names": _holds_name,
    "sound": _sounds,
    "initials": _initials,
}

CONTRACTS: Mapping[str, tuple[Callable[[Any], Any], Callable[[Contract, Any], bool]]] = {
    "contract": (str, lambda one, given: one.id == given),
    "number": (squeeze, lambda one, part: any(part in squeeze(number) for number in one.numbers)),
    "alike": (
        squeeze,
        lambda one, given: any(one_apart(squeeze(number), given) for number in one.numbers),
    ),
    "amount": (Decimal, lambda one, amount: amount in one.amounts),
    "instalment": (Decimal, lambda one, amount: amount in one.instalments),
    "above": (Decimal, lambda one, amount: one.amounts[0] > amount),
    "below": (Decimal, lambda one, amount: one.amounts[0] < amount),
    "day": (
        lambda day: datetime.date.fromisoformat(str(day)),
        lambda one, day: day in (one.signed, one.announced),
    ),
    "year": (int, lambda one, year: one.signed.year == year),
    "title": (squeeze, lambda one, part: part in squeeze(one.title)),
    "text": (_within, lambda one, is_in: is_in(one.texts)),
    "party": (
        squeeze,
        lambda one, part: any(part in squeeze(name) for who in one.parties for name in who.names),
    ),
}
"""What a contract is asked for: how the wanted is read, and the test."""


def is_figure(register: Register, figure: Decimal) -> bool:
    """Whether a text has this number, or a contract's number holds it."""
    part = squeeze(str(figure))
    return any(
        figure in one.figures or any(part in squeeze(number) for number in one.numbers)
        for one in register.contracts
    )


def exists(register: Register, query: str) -> bool:
    """Whether anything in the register holds a query: names, their sounds, numbers, texts."""
    part, is_in = squeeze(query), _within(query)
    tests = (_holds_name, _sounds, _initials) if part.isascii() else (_holds_name,)
    numbers = (number for one in register.contracts for number in one.numbers)
    return (
        any(test(one, part) for test in tests for one in register.organisations)
        or any(part in squeeze(number) for number in numbers)
        or any(is_in(one.texts) for one in register.contracts)
    )
