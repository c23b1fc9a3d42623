"""The organisations of a contract: who they are, and the parts that they play in it."""

from portal import exact, values
from portal.exact import Json


def parties(record: Json, *, has_paid: bool) -> list[Json]:
    """Every party with its roles; who pays and is paid only when something was paid."""
    paying = ["payer"] if has_paid else []
    paid = ["payee"] if has_paid and payee(record) else []
    found = [_party("agency", record["agency"], ["buyer", *paying])]
    found += [_party("vendor", one, ["supplier", *paid]) for one in record["vendors"]]
    agent = procuring(record)
    return [*found, agent | {"roles": ["procuringEntity"]}] if agent else found


def _party(role: str, one: Json, roles: list[str]) -> Json:
    code, name = one.get("identifier"), one["name"]
    scheme, number = values.registered(code) if code else (None, None)
    identifier = exact.told(scheme=scheme, id=number, legalName=name) if code else None
    return exact.told(id=f"{role}-{one['id']}", name=name, identifier=identifier, roles=roles)


def buyer(record: Json) -> Json:
    """A reference to who buys."""
    return _reference("agency", record["agency"])


def suppliers(record: Json) -> list[Json]:
    """References to those who supply."""
    return [_reference("vendor", one) for one in record["vendors"]]


def payee(record: Json) -> Json | None:
    """A reference to who is paid: known where there is one supplier."""
    found = suppliers(record)
    return found[0] if len(found) == 1 else None


def procuring(record: Json) -> Json | None:
    """A reference to the agent who managed the procurement for the buyer, if there was one."""
    name = record.get("procurement", {}).get("agent")
    return {"id": f"agent-{name}", "name": name} if name else None


def _reference(role: str, one: Json) -> Json:
    return {"id": f"{role}-{one['id']}", "name": one["name"]}
