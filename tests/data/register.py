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
    entry = {"content/vendors/roads.yaml": VENDOR}
    return builders.site(folder, {"site.yaml": SITE, **entry, **files})


def published(folder: pathlib.Path, more: int = 0) -> pathlib.Path:
    """The site, published."""
    pipeline.build(pipeline.Options(site(folder / "root", more), folder / "out"))
    return folder / "out"
