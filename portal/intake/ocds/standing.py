"""When a contract runs, and where it stands."""

from typing import Any

from portal.intake.ocds import amendments, process, scalars
from portal.intake.ocds.reading import Reading
from portal.intake.ocds.tidy import Json

ENDED = frozenset(("contractTermination", "awardCancellation"))


def term(merged: Json, told: amendments.Story, reading: Reading) -> dict[str, Any]:
    """When the contract runs; days in the wrong order are kept as they were written."""
    start, end = reading.day(merged, "period", "startDate"), told.end
    days = scalars.inner(merged, "period", "durationInDays")
    counted = f"P{days}D" if isinstance(days, int) and 0 < days < 10_000 else None
    found: dict[str, Any] = {
        "start": start and start.isoformat(),
        "end": end and end.isoformat(),
        "duration": reading.line(merged, "period", "duration") or counted,
        "wording": reading.text(merged, "period", "description"),
    }
    if start is not None and end is not None and end < start:
        reading.seen["term-order"] += 1
        said = reading.words["import-ocds.term-order"].format(start=start, end=end)
        both = (said, found["wording"])
        found |= {"start": None, "end": None, "wording": "\n".join(one for one in both if one)}
    return {name: one for name, one in found.items() if one is not None}


def status(contract: process.Contract, told: amendments.Story, reading: Reading) -> dict[str, Any]:
    """Where the contract stands; what contradicts itself is not known."""
    code, last = contract.merged.get("status"), contract.steps[-1]
    if code == "active":
        contradicting = ENDED & set(last.tags)
        if contradicting:
            reading.seen["status-contradicts"] += 1
            reading.note("tag", ", ".join(sorted(contradicting)))
            return {}
        return {"state": "active"}
    if code in ("terminated", "cancelled"):
        return _ended(contract, told, str(code), reading)
    if isinstance(code, str) and code:
        reading.note("state", code)
    return {}


def _ended(
    contract: process.Contract, told: amendments.Story, code: str, reading: Reading
) -> dict[str, Any]:
    """How it ended: as a portal says, or fulfilled if that was told on the last day or later."""
    merged, last = contract.merged, contract.steps[-1].day
    details = reading.text(merged, "statusDetails")
    day = reading.day(merged, "implementation", "endDate")
    reason = reading.text(merged, "implementation", "endDateDetails")
    if details == "completed":
        found = {"state": "completed", "date": day and day.isoformat(), "reason": reason}
        return {name: one for name, one in found.items() if one is not None}
    day = day or last
    final = max((one.end for one in told.changes if one.end), default=told.end)
    if details != "terminated":
        reason = reason or details
        if code == "terminated" and reason is None and final and day and day >= final:
            return {"state": "completed"}
    if day is None:
        reading.note("state", code)
        return {}
    reason = reason or reading.words[f"import-ocds.ended.{code}"]
    return {"state": "terminated", "date": day.isoformat(), "reason": reason}
