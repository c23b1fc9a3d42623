"""The same register for Hugo: its templates, and every contract with flat front matter."""

import datetime
import functools
import multiprocessing
import pathlib
import shutil
from decimal import Decimal
from typing import Any

import yaml

from bench import front
from portal import pinyin

TEMPLATES = pathlib.Path(__file__).with_name("hugo")
STATES = {"active": "履行中", "completed": "已完成", "terminated": "已终止"}


def site(root: pathlib.Path, output: pathlib.Path, jobs: int) -> None:
    """Writes the contracts of a site folder as a Hugo site; the bodies are the same."""
    shutil.copytree(TEMPLATES, output, dirs_exist_ok=True)
    source = root / "content" / "contracts"
    target = output / "content" / "contracts"
    for folder in source.iterdir():
        (target / folder.name).mkdir(exist_ok=True)
    files = sorted(path.relative_to(source) for path in source.glob("*/*.md"))
    with multiprocessing.Pool(jobs) as pool:
        write = functools.partial(_write, source, target)
        for _ in pool.imap_unordered(write, files, chunksize=100):
            pass


def copy(root: pathlib.Path, output: pathlib.Path, file: pathlib.Path) -> None:
    """Brings one contract of a site folder into a Hugo site that `site` has written."""
    path = file.relative_to(root / "content" / "contracts")
    _write(root / "content" / "contracts", output / "content" / "contracts", path)


def _write(source: pathlib.Path, target: pathlib.Path, path: pathlib.Path) -> None:
    facts, body = front.split((source / path).read_text(encoding="utf-8"))
    data = yaml.load(facts, Loader=yaml.CBaseLoader)
    (target / path).write_text(front.document(_flat(data), body), encoding="utf-8")


def _flat(data: dict[str, Any]) -> front.Tree:
    """Every fact under a name of its own, as Hugo's users write them."""
    procurement, value, term, status = (
        data[key] for key in ("procurement", "value", "term", "status")
    )
    (vendor,) = data["vendors"]
    flat: dict[str, Any] = {
        "title": data["title"],
        "contract_no": data["number"],
        "project_no": procurement["number"],
        "project": procurement["project"],
        "method": procurement["method"],
        "award_notice": _day(procurement["award_notice"]),
        "agency": data["agency"],
        "agency_id": pinyin.slug(data["agency"]),
        "vendor": vendor,
        "vendor_id": pinyin.slug(vendor),
        "region": data["region"],
        "category": data["category"],
        "value": Decimal(value["amount"]),
        "currency": value["currency"],
        "capitals": value.get("capitals", ""),
        "signed": _day(data["signed"]),
        "published": _day(data["announced"]),
        "start": _day(term["start"]),
        "end": _day(term["end"]),
        "state": STATES[status["state"]],
    }
    if "reason" in status:
        flat |= {"ended": _day(status["date"]), "ended_why": status["reason"]}
    lists = ("items", "payments", "amendments", "redactions")
    return flat | {key: [_entry(one) for one in data.get(key, ())] for key in lists}


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _entry(data: dict[str, Any]) -> front.Tree:
    """An item, a payment, an amendment or a redaction: numbers and days as such."""
    entry: dict[str, Any] = {}
    for key, value in data.items():
        if key in ("date", "due"):
            entry[key] = _day(value)
        elif key in ("amount", "percent", "count", "quantity", "unit_price", "value_change"):
            entry[key] = Decimal(value)
        elif key == "paid":
            entry[key] = [_entry(one) for one in value]
        else:
            entry[key] = value
    return entry
