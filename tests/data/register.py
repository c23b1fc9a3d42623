"""A site with a contract of every sort, whose titles and names could break each format."""

import pathlib

import builders
from portal import pipeline

URL = "https://contracts.example.org/register"
SITE = """name: "Register & Co <1> ]]>"
url: https://contracts.example.org/register/
language: en
publisher: 'Bureau "of" & Contracts'
description: What we buy </script> & from whom
id_code: "4101000001"
license: https://licences.example.org/open
"""
AWKWARD = "Lights </script><!-- ]]> & \"quotes\" 'single' \U0001f4a1 é 合同"
HYPERLINK = '=HYPERLINK("http://x.example","A & B") <Ltd> ]]></title>'


def contract(**changes: object) -> str:
    """A contract's file with these facts."""
    given = {
        "title": "Road repair",
        "agency": "Works Office",
        "vendors": ["Roads Ltd"],
        "value": {"amount": "1000.10", "currency": "EUR"},
        "signed": "2024-05-01",
    }
    return builders.front({**given, **changes}, "The text.\n")


CONTRACTS = {
    "awkward": contract(
        title=AWKWARD,
        vendors=[HYPERLINK, "Roads Ltd"],
        value={"amount": "90071992547409.93", "currency": "EUR"},
        category="Works & <services>",
        announced="2024-05-03",
        amendments=[
            {"date": "2024-09-01", "reason": "More ]]> & <more>", "value_change": "500.05"},
            {"date": "2024-09-01", "reason": "Still more"},
            {"date": "2025-01-15", "reason": "Less", "value_change": "-0.01"},
        ],
    ),
    "ended": contract(
        title="Guards",
        signed="2023-02-02",
        status={"state": "terminated", "date": "2025-05-05", "reason": "Both </agreed>"},
    ),
    "gone": contract(
        title="Secret title",
        number="X-1",
        signed="2022-01-01",
        status={"state": "withdrawn", "date": "2025-06-06", "reason": "A wrong file"},
    ),
    "full": contract(
        title="Cleaning",
        number="C-7",
        signed="2019-04-01",
        announced="2019-04-02",
        procurement={
            "number": "T-9",
            "project": "Clean & green",
            "method": "Open",
            "agent": "Bid House",
            "award_notice": "2019-03-20",
        },
        term={
            "start": "2019-04-01",
            "end": "2020-03-31",
            "duration": "1 year",
            "wording": "A year",
        },
        place="Town hall",
        region="Green County",
        category="Cleaning",
        status={"state": "completed", "date": "2020-04-02"},
        items=[
            {
                "name": "Hour",
                "specification": "By day",
                "quantity": "10.5",
                "unit": "h",
                "unit_price": "9.99",
            }
        ],
        payments=[
            {
                "label": "First",
                "amount": "500.05",
                "condition": "On signing",
                "due": "2019-05-01",
                "paid": {"date": "2019-05-02", "amount": "500.05"},
            },
            {"label": "Second", "percent": "50"},
        ],
        assessment={
            "when": "Each month",
            "criteria": [
                {
                    "area": "Work",
                    "name": "Care",
                    "requirement": "Clean",
                    "weight": "100",
                    "deduction": "5",
                }
            ],
            "outcomes": [{"result": "Good", "range": "85 and more", "effect": "Paid"}],
        },
        penalties=[{"who": "vendor", "rule": "0.1 % a day", "cap": "10 %"}],
        amendments=[
            {
                "number": "A1",
                "date": "2019-06-01",
                "reason": "More",
                "value_change": "1",
                "end": "2020-04-30",
                "term_change": "A month more",
            }
        ],
        documents=[
            {"title": "Prices", "kind": "Annex", "file": "prices.csv"},
            {"title": "Tender", "url": "https://tenders.example.org/9"},
        ],
        redactions=[
            {
                "kind": "mobile",
                "count": 1,
                "ground": "Privacy act",
                "policy": "1",
                "until": "2040-01-01",
            }
        ],
        notes="Signed on paper.",
    ).replace("The text.", "Call 【已遮盖：手机号】."),
    "hidden": contract(title="Vault", value={"withheld": "State secret"}, signed="2024-01-01"),
    "renamed": contract(title="Bridge", aliases=["first-name"], signed="2021-01-01"),
    "合同-1": contract(title="Tunnel", signed="2020-01-01"),
}
VENDOR = """name: Roads Ltd
identifier: 91110000802100433B
region: Green County
parent: Holding & Sons
former_names: [Old Roads <Ltd>]
aliases: [{name: Roads, contract: ended}]
"""


def site(folder: pathlib.Path, more: int = 0) -> pathlib.Path:
    """The site's folder, with so many plain contracts beside the awkward ones."""
    plain = {
        f"plain-{n}": contract(title=f"Plain {n}", signed=f"20{10 + n % 9}-03-{1 + n % 28:02}")
        for n in range(more)
    }
    files = {f"content/contracts/{name}.md": text for name, text in {**CONTRACTS, **plain}.items()}
    others = {
        "site.yaml": SITE,
        "content/vendors/roads.yaml": VENDOR,
        "content/agencies/idle.yaml": "name: Idle Office\n",
        "content/contracts/full/prices.csv": "hour,9.99\n",
    }
    return builders.site(folder, {**others, **files})


def published(folder: pathlib.Path, more: int = 0) -> pathlib.Path:
    """The site, published."""
    pipeline.build(pipeline.Options(site(folder / "root", more), folder / "out"))
    return folder / "out"
