"""Edits of made-up contracts: one value, with its instalments, and one paragraph."""

import random
import re
from decimal import Decimal

from bench import front
from bench import vocabulary as words
from portal import amounts

VALUE = re.compile(r"(?<=^value:\n  amount: ).+$", re.MULTILINE)
CAPITALS = re.compile(r"(?<=^  capitals: \").+(?=\"$)", re.MULTILINE)
PAYMENTS = re.compile(r"(?<=^payments:\n)(?: .*\n)+", re.MULTILINE)
PERCENT = re.compile(r"^ +percent: .*\n", re.MULTILINE)
LONG = 60
"""Characters of a paragraph that is worth an edit."""
NOTE = "补充说明第"


def edited(document: str, source: random.Random) -> str:
    """A contract with another value and a sentence more, still valid."""
    facts, body = front.split(document)
    return front.FENCE + _facts(facts, source) + front.FENCE + "\n" + _body(body, source)


def _facts(facts: str, source: random.Random) -> str:
    """The difference goes into the last instalment; percentages, exact no longer, go."""
    found = VALUE.search(facts)
    due = PAYMENTS.search(facts)
    if found is None or due is None:
        raise ValueError("not a contract that the bench has made")
    old = Decimal(found[0])
    change = _change(source, old)
    *others, last = due[0].split("  - label:")
    was = Decimal(re.search(r"amount: (.+)", last)[1])
    if was + change <= 0:
        change = -change
    last = last.replace(f"amount: {was}", f"amount: {was + change}")
    payments = PERCENT.sub("", "  - label:".join([*others, last]))
    facts = facts.replace(due[0], payments)
    facts = VALUE.sub(str(old + change), facts)
    return CAPITALS.sub(amounts.write(old + change), facts)


def _change(source: random.Random, amount: Decimal) -> Decimal:
    """Up to 2 % up or down, and never nothing."""
    change = int(amount * source.randrange(-200, 201) / 100) + source.randrange(1, 100)
    return Decimal(change or 1).scaleb(-2)


def _body(body: str, source: random.Random) -> str:
    blocks = body.split("\n\n")
    long = [
        index
        for index, block in enumerate(blocks)
        if len(block) > LONG and block[0] not in "#|-*（0123456789"
    ]
    index = source.choice(long)
    thing, verb = source.choice(words.THINGS), source.choice(words.VERBS)
    note = f"{NOTE}{source.randrange(10**6)}号：{verb}{thing}。"
    blocks[index] = blocks[index].partition(NOTE)[0] + note
    return "\n\n".join(blocks)
