"""What changed a contract after signing: amendments, with the value and the end as first signed."""

import dataclasses
import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from portal.intake.ocds import process, scalars
from portal.intake.ocds.tidy import Json, Seen

_NAME = re.compile(r"\d{4}-\d{2}-\d{2}(?:-\d{1,3})?", re.ASCII)
"""The id of an amendment without a number is its day."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its currency, each None where it cannot be read."""

    amount: Decimal | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """An amendment; `id` is None for one that only shows in the value or the end."""

    id: str | None
    day: datetime.date | None
    value: Decimal | None = None
    end: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A contract as signed, and its changes in their order."""

    value: Money | None
    end: datetime.date | None
    changes: tuple[Change, ...]


def story(contract: process.Contract, seen: Seen) -> Story:
    """What was signed and what was amended, read off the releases one after the other.

    A new value in a release of an amendment is the amendment's; elsewhere it corrects what the
    earlier releases said.
    """
    value: Money | None = None
    signed: Money | None = None
    end = first_end = None
    changes: list[Change] = []
    for step in contract.steps:
        new, last = money(step.value, seen), scalars.day(step.end, Seen())
        changes += [Change(id, step.day) for id in step.amended]
        if value is not None and new is not None and new != value:
            delta = _delta(value, new)
            if step.is_amendment and delta is not None:
                _noted(changes, step, len(step.amended), value=delta)
            else:
                seen["value-corrected"] += 1
                signed = _corrected(new, changes)
        if end is not None and last is not None and last != end:
            if step.is_amendment:
                _noted(changes, step, len(step.amended), end=last)
            else:
                seen["end-corrected"] += 1
                first_end = last
        signed = new if signed is None else signed
        first_end = last if first_end is None else first_end
        value, end = new or value, last or end
    return Story(signed, first_end, tuple(changes))


def _delta(old: Money, new: Money) -> Decimal | None:
    if old.amount is None or new.amount is None or old.currency != new.currency:
        return None
    return new.amount - old.amount


def _noted(changes: list[Change], step: process.Step, own: int, **what: Any) -> None:
    """Put a change down to the last amendment of the step, or to one without an id."""
    is_own = own or (changes and changes[-1].id is None and changes[-1].day == step.day)
    if is_own:
        changes[-1] = dataclasses.replace(changes[-1], **what)
    else:
        changes.append(Change(None, step.day, **what))


def _corrected(new: Money, changes: Sequence[Change]) -> Money:
    """What was signed, if this is what it came to with the changes so far."""
    if new.amount is None:
        return new
    before = sum((one.value for one in changes if one.value is not None), Decimal(0))
    return Money(new.amount - before, new.currency)


def money(given: Json | None, seen: Seen) -> Money | None:
    """A value; None where a release states none."""
    if given is None or given.get("amount") is None:
        return None
    amount = scalars.amount(given["amount"], seen)
    return Money(amount, scalars.currency(given.get("currency"), seen))


def facts(
    contract: process.Contract, changes: Sequence[Change], words: Mapping[str, str], seen: Seen
) -> list[dict[str, Any]]:
    """The amendments as a contract's file states them, by their days."""
    given = {one["id"]: one for one in scalars.listed(contract.merged, "amendments")}
    found = []
    for change in changes:
        told = given.get(change.id or "", {})
        day = scalars.day(told.get("date"), seen) or change.day
        if day is None:
            seen["amendment-undated"] += 1
            continue
        number = None if (change.id or "\0").startswith(process.NUMBERLESS) else change.id
        reason = scalars.text(told.get("rationale"), seen)
        described = scalars.text(told.get("description"), seen)
        changed = stated(told, seen)
        value = change.value if changed is None else changed
        end = scalars.day(told.get("endDate"), seen) or change.end
        is_named = number is not None and not _NAME.fullmatch(number)
        fact = {
            "number": number if is_named else None,
            "date": day.isoformat(),
            "reason": reason or described or words["import-ocds.no-reason"],
            "value_change": None if value is None else written(value),
            "end": end and end.isoformat(),
            "term_change": described if reason is not None and described != reason else None,
        }
        found.append({name: one for name, one in fact.items() if one is not None})
    return sorted(found, key=lambda one: str(one["date"]))


def stated(amendment: Json, seen: Seen) -> Decimal | None:
    """What an amendment itself says that it adds to the value, as our extension has it."""
    given = amendment.get("valueChange")
    read = money(given if isinstance(given, dict) else None, seen)
    return None if read is None else read.amount


def written(amount: Decimal) -> str:
    """An amount as files have it: at least two decimals, and no digit less than were read."""
    exact = f"{amount.normalize():f}" if amount else "0"
    return exact if len(exact.partition(".")[2]) > 2 else f"{amount:.2f}"
