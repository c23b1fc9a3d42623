"""What a contract's data leave out, and on what ground: masked personal data, a withheld value."""

from portal import exact, strings
from portal.exact import Json
from portal.ocds.publisher import Publisher


def information(record: Json, by: Publisher) -> list[Json]:
    """An entry for the value, and one for each kind that was masked; never what was there."""
    words, reason = strings.of(by.site_language), record["value"].get("withheld")
    entries = []
    if reason:
        name = words["contract.value"]
        entries.append({"id": "value", "field": "value", "name": name, "rationale": reason})
    for number, one in enumerate(record.get("redactions", ()), start=1):
        entries.append(_masked(f"redaction-{number}", words[f"kinds.{one['kind']}"], one, by))
    return entries


def _masked(id: str, name: str, one: Json, by: Publisher) -> Json:
    until = one.get("until")
    return exact.told(
        id=id,
        field=one["kind"],
        name=name,
        rationale=one["ground"],
        availabilityDate=by.time(until) if until else None,
        count=one["count"],
        policy=one.get("policy"),
    )
