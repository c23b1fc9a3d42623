"""What was agreed: how it came about, the award, and the contract as it was signed."""

import urllib.parse
from collections.abc import Iterator

from portal import exact
from portal.exact import Json
from portal.ocds import parties
from portal.ocds.publisher import Publisher

METHODS = {
    **dict.fromkeys(("公开招标", "公开", "open"), "open"),
    **dict.fromkeys(("邀请招标", "邀请", "selective"), "selective"),
    **dict.fromkeys(("竞争性磋商", "磋商", "竞争性谈判", "谈判", "询价", "limited"), "limited"),
    **dict.fromkeys(("单一来源", "单一来源采购", "direct"), "direct"),
}
"""The standard's code for a method's words; a method that is not here has its words only."""
KINDS = {
    **dict.fromkeys(("合同", "合同文本", "contract"), "contractSigned"),
    **dict.fromkeys(("附件", "合同附件", "annex"), "contractAnnexe"),
    **dict.fromkeys(("公告", "合同公告", "notice"), "contractNotice"),
    **dict.fromkeys(("中标通知书", "成交通知书", "award notice"), "awardNotice"),
    **dict.fromkeys(("验收报告", "验收单", "acceptance"), "completionCertificate"),
}
"""The standard's code for a kind of document, where it has one."""
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "doc": "application/msword",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "zip": "application/zip",
}
"""The media type of each format in which documents are published."""
SAFE = ":/?#[]@!$&'()*+,;=%~"
"""What stands in an address as it is; all else that is no letter or digit is escaped."""


def tender(record: Json, ocid: str) -> Json | None:
    """What is known of the procurement, in whole words where the standard has a code only."""
    known = record.get("procurement", {})
    method = known.get("method")
    found = exact.told(
        title=known.get("project"),
        procurementMethod=METHODS.get(method.casefold()) if method else None,
        procurementMethodDetails=method,
        procuringEntity=parties.procuring(record),
    )
    number = known.get("number")
    return {"id": number or f"{ocid}-tender", **found} if found or number else None


def award(record: Json, by: Publisher) -> Json:
    """The award: who was chosen, for what value, as the contract was signed."""
    notice = record.get("procurement", {}).get("award_notice")
    return exact.told(
        id=own(record),
        title=record["title"],
        status="active",
        date=by.time(notice) if notice else None,
        value=value(record, record["value"].get("amount")),
        valueInWords=record["value"].get("capitals"),
        suppliers=parties.suppliers(record),
        contractPeriod=_period(record, by),
    )


def contract(record: Json, by: Publisher) -> Json:
    """The contract as it was signed. A status that is not known is left out."""
    announced = record.get("announced")
    return exact.told(
        **ids(record),
        title=record["title"],
        number=record.get("number"),
        description=record.get("notes"),
        status="active" if record.get("status", {}).get("state") else None,
        dateSigned=by.time(record["signed"]),
        dateAnnounced=by.time(announced) if announced else None,
        period=_period(record, by),
        value=value(record, record["value"].get("amount")),
        suppliers=parties.suppliers(record),
        items=[_item(str(at), one, record) for at, one in enumerate(record.get("items", ()), 1)],
        milestones=[
            _milestone(str(at), one, record, by)
            for at, one in enumerate(record.get("payments", ()), 1)
        ],
        documents=[_page(record, by), *_documents(record)],
        **{name: record.get(name) for name in ("place", "region", "category")},
        assessment=record.get("assessment"),
        penalties=record.get("penalties"),
    )


def own(record: Json) -> str:
    """The id that the contract was first published with: a renamed one keeps it here."""
    first: str = record.get("aliases", [record["id"]])[0]
    return first


def ids(record: Json) -> Json:
    """What every mention of the contract begins with."""
    return {"id": own(record), "awardID": own(record)}


def value(record: Json, amount: object) -> Json | None:
    """An amount in the contract's currency; None stays None."""
    return None if amount is None else {"amount": amount, "currency": record["value"]["currency"]}


def _period(record: Json, by: Publisher) -> Json:
    """When the contract runs; only a duration in days has a field in the standard."""
    term = record.get("term", {})
    start, end, duration = (term.get(name) for name in ("start", "end", "duration"))
    is_days = duration is not None and duration.endswith("D")
    return exact.told(
        startDate=by.time(start) if start else None,
        endDate=by.time(end) if end else None,
        durationInDays=int(duration[1:-1]) if is_days else None,
        duration=duration,
        description=term.get("wording"),
    )


def _item(id: str, one: Json, record: Json) -> Json:
    unit = exact.told(name=one.get("unit"), value=value(record, one.get("unit_price")))
    return exact.told(
        id=id,
        description=one["name"],
        specification=one.get("specification"),
        quantity=one.get("quantity"),
        unit=unit,
    )


def _milestone(id: str, one: Json, record: Json, by: Publisher) -> Json:
    """An instalment: what is due, when, on what condition. What was paid comes later."""
    due = one.get("due")
    return exact.told(
        id=id,
        title=one["label"],
        type="payment",
        description=one.get("condition"),
        dueDate=by.time(due) if due else None,
        status="scheduled",
        value=value(record, one.get("amount")),
        percent=one.get("percent"),
    )


def _page(record: Json, by: Publisher) -> Json:
    """The contract's page on the site, which has the redacted text."""
    return {
        "id": "page",
        "documentType": "contractSigned",
        "title": record["title"],
        "url": record["url"],
        "format": "text/html",
        "language": by.language,
    }


def _documents(record: Json) -> Iterator[Json]:
    """The documents; one that is listed twice has two ids."""
    seen: dict[str, int] = {}
    for one in record.get("documents", ()):
        id = one.get("file") or one["url"]
        seen[id] = seen.get(id, 0) + 1
        yield _document(id if seen[id] == 1 else f"{id}-{seen[id]}", one)


def _document(id: str, one: Json) -> Json:
    kind = one.get("kind")
    return exact.told(
        id=id,
        documentType=KINDS.get(kind.casefold()) if kind else None,
        documentTypeDetails=kind,
        title=one["title"],
        url=urllib.parse.quote(one["url"], safe=SAFE),
        format=MEDIA.get(one.get("format", "")),
    )
