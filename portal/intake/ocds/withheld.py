"""What a publisher says that it holds back: the extension `withheldInformation`."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from portal.intake.ocds import process, scalars
from portal.intake.ocds.tidy import Json, Seen
from portal.redact import marks


class Hidden(NamedTuple):
    """Why the value is withheld, the list of redactions, and what else is held back in words."""

    value: str | None
    redactions: list[dict[str, Any]]
    notes: tuple[str, ...]


def read(contract: process.Contract, words: Mapping[str, str], seen: Seen) -> Hidden:
    """What is held back of a contract; what a portal has masked comes with its count."""
    value, notes, redactions = None, [], []
    for one in scalars.listed(contract.whole, "withheldInformation"):
        field = scalars.line(one.get("field"), seen) or ""
        name = scalars.line(one.get("name"), seen)
        why = scalars.line(one.get("rationale"), seen)
        masked = _redaction(one, field, why, seen)
        if masked:
            redactions.append(masked)
        elif _is_value(field):
            value = why or name or words["import-ocds.no-value"]
        else:
            notes.append(": ".join(part for part in (name or field, why) if part))
    return Hidden(value, redactions, tuple(one for one in notes if one))


def _is_value(field: str) -> bool:
    """Whether a path leads to the value of a contract."""
    parts = [part for part in field.replace("[]", "").split("/") if part and not part.isdigit()]
    return parts == ["value"] or parts[-2:] == ["contracts", "value"] or parts[-1:] == ["amount"]


def _redaction(one: Json, field: str, why: str | None, seen: Seen) -> dict[str, Any]:
    """An entry of the list of redactions: what our extension counts, and nothing else."""
    count = one.get("count")
    if field not in marks.LABELS or not isinstance(count, int) or count < 1 or why is None:
        return {}
    until = scalars.day(one.get("availabilityDate"), seen)
    found = {
        "kind": field,
        "count": str(count),
        "ground": why,
        "policy": scalars.line(one.get("policy"), seen),
        "until": until and until.isoformat(),
    }
    return {name: each for name, each in found.items() if each is not None}
