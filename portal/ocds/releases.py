"""The releases of a contract: one when it was signed, and one for each change that is known."""

from portal import exact
from portal.exact import Json
from portal.ocds import events, merge, parties, terms, versions, withheld
from portal.ocds.publisher import Publisher
from portal.ocds.versions import Past

REST = "present"
"""What ends the id of a release of what no commit has yet."""


def ocid(record: Json, by: Publisher) -> str:
    """The open contracting ID: each contract is a process of its own."""
    return f"{by.prefix}-{terms.own(record)}"


def releases(record: Json, by: Publisher, past: Past | None = None) -> list[Json]:
    """The releases of a contract that stands, oldest first.

    Of one that was changed since it was published: those of its first publication, which stay as
    they are, then one for each commit that changed its data, named by the commit.
    """
    if past is None:
        return _told(record, by)
    found = _told(past.first, by)
    whole = merge.compiled(found)
    for one in past.versions:
        old = versions.state(whole) if one.before is None else _state(one.before, by)
        change = versions.between(old, _state(one.after, by))
        whole = _further(found, whole, change, one.commit[:12], one.time, by)
    rest = versions.between(versions.state(whole), _state(record, by))
    _further(found, whole, rest, REST, 0, by)
    return found


def _state(record: Json, by: Publisher) -> Json:
    return versions.state(merge.compiled(_told(record, by)))


def _further(
    found: list[Json], whole: Json, change: Json, name: str, time: int, by: Publisher
) -> Json:
    """Add a release with a change, if it is one; what all come to then."""
    if not change:
        return whole
    last = found[-1]
    at = max(time, versions.seconds(last["date"]) + 1)
    id = f"{last['ocid']}-{name}"
    head = {**last, "id": id, "date": versions.moment(at, by.offset), "tag": versions.tags(change)}
    head = {key: head[key] for key in versions.HEAD}
    contracts = [_amended(one, last["id"], id) for one in change.get("contracts", ())]
    found.append(head | change | ({"contracts": contracts} if contracts else {}))
    return merge.compiled([whole, found[-1]])


def _told(record: Json, by: Publisher) -> list[Json]:
    """The releases of what a contract tells of itself.

    An id follows from what the release is about, and its date from the day of the announcement
    (else of signing), or of the change: but none is dated before the first, since nobody could know
    of it. Those of one day differ by a second, so that their order is theirs everywhere.
    """
    first = record.get("announced") or record["signed"]
    found = [_signed(record, by, by.time(first))]
    last, second = first, 0
    has_paid = False
    for event in events.events(record, by):
        day = max(first, last, event.day)
        second = second + 1 if day == last else 0
        last = day
        has_paid = has_paid or event.tag.startswith("implementation")
        head = _head(record, by, event.name, by.time(day, second), [event.tag])
        found.append(
            head
            | {
                "parties": parties.parties(record, has_paid=has_paid),
                "buyer": parties.buyer(record),
                "contracts": [_amended(event.contract, found[-1]["id"], head["id"])],
            }
        )
    return found


def _amended(contract: Json, before: str, id: str) -> Json:
    """What an event changes; an amendment names the release before it, and its own."""
    between = {"amendsReleaseID": before, "releaseID": id}
    amendments = [one | between for one in contract.get("amendments", ())]
    return contract | {"amendments": amendments} if amendments else contract


def _signed(record: Json, by: Publisher, time: str) -> Json:
    head = _head(record, by, "contract", time, ["award", "contract"])
    return head | exact.told(
        parties=parties.parties(record, has_paid=False),
        buyer=parties.buyer(record),
        tender=terms.tender(record, ocid(record, by)),
        awards=[terms.award(record, by)],
        contracts=[terms.contract(record, by)],
        withheldInformation=withheld.information(record, by),
    )


def _head(record: Json, by: Publisher, name: str, time: str, tag: list[str]) -> Json:
    id = ocid(record, by)
    return {
        "ocid": id,
        "id": f"{id}-{name}",
        "date": time,
        "tag": tag,
        "initiationType": "tender",
        "language": by.language,
    }
