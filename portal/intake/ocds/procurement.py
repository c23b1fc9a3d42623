"""How a contract came about: what is known of the tender behind it."""

from collections.abc import Iterable
from typing import Any

from portal import corpus, names
from portal.intake.ocds import documents, organisations, process
from portal.intake.ocds.reading import Reading
from portal.intake.ocds.tidy import Json
from portal.ocds import terms


def read(
    contract: process.Contract,
    award: Json,
    parties: Iterable[tuple[corpus.Role, organisations.Mention]],
    reading: Reading,
) -> dict[str, Any]:
    """The tender's number, project, method, agent; and the day of the award, if it can be it.

    An award that is dated after the signing tells of an amendment, in other publishers' data.
    """
    whole, merged = contract.whole, contract.merged
    number = reading.line(whole, "tender", "id")
    is_made = number in (contract.ocid, contract.id, f"{contract.ocid}-tender")
    code = reading.line(whole, "tender", "procurementMethod")
    details = reading.line(whole, "tender", "procurementMethodDetails")
    if code and details and terms.METHODS.get(details.casefold()) != code:
        reading.seen["method-code"] += 1
    runner = organisations.agent(whole, reading.seen)
    buyers = {names.fold(one.name) for role, one in parties if role == "agency"}
    is_other = runner is not None and names.fold(runner.name) not in buyers
    signed, notice = reading.day(merged, "dateSigned"), reading.day(award, "date")
    is_ours = documents.is_portal(merged)
    if notice is not None and not is_ours and (signed is None or notice > signed):
        if signed is not None:
            reading.seen["award-after-signing"] += 1
        notice = None
    found = {
        "number": None if is_made else number,
        "project": reading.line(whole, "tender", "title"),
        "method": details or (code and reading.words.get(f"import-ocds.methods.{code}", code)),
        "agent": runner.name if runner is not None and is_other else None,
        "award_notice": notice and notice.isoformat(),
    }
    return {name: one for name, one in found.items() if one is not None}
