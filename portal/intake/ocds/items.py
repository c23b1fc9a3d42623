"""What was bought: the items of a contract and its category."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.intake.ocds import amendments, scalars
from portal.intake.ocds.reading import Reading
from portal.intake.ocds.tidy import Json, Seen

CLASS = "class"
"""Beside an item's facts: the words of its classification."""


def read(merged: Json, award: Json, currency: Any, reading: Reading) -> list[Json]:
    """What was bought: of the contract, else of its award."""
    given = scalars.listed(merged, "items") or scalars.listed(award, "items")
    found = (_item(one, currency, reading) for one in given)
    return [one for one in found if one is not None]


def _item(given: Json, currency: Any, reading: Reading) -> Json | None:
    classified = reading.line(given, "classification", "description")
    code = reading.line(given, "classification", "id")
    name = reading.line(given, "description") or classified or code
    if name is None:
        reading.seen["item-nameless"] += 1
        return None
    details = list(_details(given, name, reading))
    unit = scalars.inner(given, "unit", "value")
    price = scalars.amount(scalars.inner(unit, "amount"), reading.seen)
    priced = scalars.currency(scalars.inner(unit, "currency"), reading.seen)
    if price is not None and priced not in (None, currency):
        details.append(f"{amendments.written(price)} {priced}")
        price = None
    quantity = given.get("quantity")
    read = scalars.amount(quantity, Seen())
    if quantity is not None and read is None:
        details.append(str(quantity)[:40])
    return {
        "name": name,
        "specification": "\n".join(details),
        "quantity": None if read is None else f"{read:f}",
        "unit": reading.line(given, "unit", "name"),
        "unit_price": None if price is None else amendments.written(price),
        CLASS: classified,
    }


def _details(given: Json, name: str, reading: Reading) -> Sequence[str]:
    """What is said of an item besides its name: words, and where a classification puts it."""
    code = reading.line(given, "classification", "id")
    scheme = reading.line(given, "classification", "scheme")
    placed = None if code in (None, name) else " ".join(part for part in (scheme, code) if part)
    found = (
        reading.text(given, "specification"),
        reading.text(given, "description"),
        reading.line(given, "classification", "description"),
        placed,
    )
    return [one for one in dict.fromkeys(found) if one is not None and one != name]


def category(merged: Json, whole: Json, found: Sequence[Json], reading: Reading) -> str | None:
    """What kind of thing was bought: one classification of all items, else the main category."""
    own = reading.line(merged, "category")
    if own is not None:
        return own
    classes = {one[CLASS] for one in found}
    if len(classes) == 1 and None not in classes:
        return str(next(iter(classes)))
    main = reading.line(whole, "tender", "mainProcurementCategory")
    return main and reading.words.get(f"import-ocds.categories.{main}", main)


def shown(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item as a contract's file states it."""
    return {key: one for key, one in item.items() if key != CLASS and one not in (None, "")}
