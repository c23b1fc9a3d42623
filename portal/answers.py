"""What the static API answers about agencies and vendors, as JSON."""

from collections.abc import Sequence

from portal import corpus, exact, urls
from portal.exact import Json


def organisation(url: str, one: corpus.Organisation, rows: tuple[corpus.Row, ...]) -> bytes:
    """Who an organisation is, what its contracts come to, and which they are, newest first."""
    totals = corpus.totals(rows)
    return _file(_who(url, one) | _worth(totals) | {"contracts": [_row(url, r) for r in rows]})


def index(
    url: str,
    role: corpus.Role,
    known: Sequence[corpus.Organisation],
    totals: Sequence[corpus.Totals],
) -> bytes:
    """Every organisation of a role, by id, with what its contracts come to."""
    found = [_line(url, one, each) for one, each in zip(known, totals, strict=True)]
    return _file({"role": role, "count": len(found), urls.ROLES[role]: found})


def _line(url: str, one: corpus.Organisation, totals: corpus.Totals) -> Json:
    path = urls.organisation_data(one.role, one.fact.id)
    return _party(url, one) | {"data": urls.address(url, path)} | _worth(totals)


def _party(url: str, one: corpus.Organisation) -> Json:
    fact = one.fact
    page = urls.address(url, urls.organisation(one.role, fact.id))
    return exact.told(id=fact.id, url=page, name=fact.name, identifier=fact.identifier)


def _who(url: str, one: corpus.Organisation) -> Json:
    """Its facts; what it does not have is left out."""
    fact, parent = one.fact, one.parent
    return (
        {"role": one.role}
        | _party(url, one)
        | exact.told(
            region=fact.region,
            parent=None if parent is None else _other(url, one.role, parent),
            branches=[_other(url, one.role, branch) for branch in one.branches],
            former_names=fact.former_names,
            aliases=[
                exact.told(name=alias.name, contract=alias.contract) for alias in fact.aliases
            ],
            feed=urls.address(url, urls.organisation_feed(one.role, fact.id, "json")),
        )
    )


def _other(url: str, role: corpus.Role, party: corpus.Party) -> Json:
    """Another organisation; one that the register does not know has neither id nor address."""
    if not party.id:
        return {"name": party.name}
    page = urls.address(url, urls.organisation(role, party.id))
    return {"id": party.id, "url": page, "name": party.name}


def _worth(totals: corpus.Totals) -> Json:
    """How many contracts there are, and their values as signed, each currency for itself."""
    return {
        "totals": {
            "contracts": totals.count,
            "values": [{"amount": amount, "currency": code} for code, amount in totals.sums],
            "withheld": totals.withheld,
        }
    }


def _row(url: str, row: corpus.Row) -> Json:
    """A contract in a list; a value that is withheld is left out, and never zero."""
    value = None if row.amount is None else {"amount": row.amount, "currency": row.currency}
    return exact.told(
        id=row.id,
        url=urls.address(url, urls.contract(row.id)),
        data=urls.address(url, urls.record(row.id)),
        title=row.title,
        value=value,
        signed=row.signed.isoformat(),
        status=None if row.state == corpus.UNKNOWN else row.state,
    )


def _file(value: Json) -> bytes:
    return f"{exact.written(value)}\n".encode()
