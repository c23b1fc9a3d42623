"""Organisations from OCDS: who is one, who gets an entry; and nothing personal comes along."""

import itertools
import json
import pathlib
from typing import Any

import pytest

import builders
from data import packages
from portal import strings

CODE = "91350100M000100Y43"


def bought(name: str, vendor: str, **more: Any) -> dict[str, Any]:
    """A release of a process of its own with this supplier; `more` is about the supplier."""
    made = packages.release(ocid=f"ocds-abc123-{name}", id=name)
    party = {"id": "s", "name": vendor, "roles": ["supplier"], **more}
    made["parties"] = [made["parties"][0], party]
    made["awards"][0]["suppliers"] = [{"id": party["id"], "name": vendor}]
    made["contracts"][0]["id"] = name
    return made


def entries(folder: pathlib.Path, role: str = "vendors") -> dict[str, str]:
    """The registry's entries by id."""
    found = (folder / "site/content" / role).glob("*.yaml")
    return {one.stem: one.read_text() for one in sorted(found, key=lambda one: one.stem)}


def imported(folder: pathlib.Path, *releases: dict[str, Any]) -> str:
    """An import that takes everything, and whose site is in order; its account."""
    code, output, errors = packages.imported(folder, packages.package(*releases))
    assert (code, errors) == (0, "")
    builders.gathered(folder / "site")
    return output


def test_identifier(tmp_path: pathlib.Path) -> None:
    """An organisation with an identifier has an entry; its names are one's aliases."""
    known = {"identifier": {"scheme": "CA-CRA", "id": "123"}}
    imported(
        tmp_path,
        bought("c-1001", "Bright Streets Ltd", **known),
        bought("c-1002", "Bright Streets Ltd", **known),
        bought("c-1003", "Bright Streets Limited", **known),
    )
    assert entries(tmp_path) == {
        "bright-streets-ltd": "name: Bright Streets Ltd\nidentifier: CA-CRA-123\naliases:\n"
        "  - name: Bright Streets Limited\n    contract: c-1003\n"
    }
    made = packages.contracts(tmp_path)
    assert {one.vendors for one in made.values()} == {("bright-streets-ltd",)}


def test_chinese_code(tmp_path: pathlib.Path) -> None:
    """A unified social credit code is taken if its check digit is right."""
    right = {"identifier": {"scheme": "CN-USCI", "id": CODE}}
    wrong = {"identifier": {"scheme": "CN-USCI", "id": CODE[:-1] + "Y"}}
    output = imported(
        tmp_path, bought("c-1001", "甲公司", **right), bought("c-1002", "乙公司", **wrong)
    )
    assert entries(tmp_path) == {"jia-gong-si": f"name: 甲公司\nidentifier: {CODE}\n"}
    assert "identifiers that their scheme does not allow" in output


def test_number_without_a_scheme(tmp_path: pathlib.Path) -> None:
    """A number that nobody keeps identifies nobody: suppliers called 1 are not one."""
    one = {"id": "1", "identifier": {"id": "1"}}
    output = imported(
        tmp_path, bought("c-1001", "Bright Streets", **one), bought("c-1002", "Dark Alleys", **one)
    )
    assert entries(tmp_path) == {}
    assert "identifiers without a known scheme, not taken" in output


def test_spellings_of_one_party(tmp_path: pathlib.Path) -> None:
    """Names that only signs tell apart are one organisation, if the release's own id says so."""
    imported(
        tmp_path,
        bought("c-1001", "Bright Streets, Inc", id="x"),
        bought("c-1002", "Bright Streets Inc.", id="x"),
    )
    assert list(entries(tmp_path)) == ["bright-streets-inc"]
    assert "aliases" in entries(tmp_path)["bright-streets-inc"]


def test_spellings_of_two(tmp_path: pathlib.Path) -> None:
    """Otherwise they are two, each with an address of its own: nothing is merged by itself."""
    imported(
        tmp_path,
        bought("c-1001", "Bright Streets, Inc", id="x"),
        bought("c-1002", "Bright Streets Inc.", id="y"),
    )
    assert list(entries(tmp_path)) == ["bright-streets-inc", "bright-streets-inc-2"]


def test_one_name_of_two(tmp_path: pathlib.Path) -> None:
    """One name with two identifiers is two organisations, told apart by the identifier."""
    first = {"identifier": {"scheme": "CA-CRA", "id": "123"}}
    second = {"identifier": {"scheme": "CA-CRA", "id": "456"}}
    imported(
        tmp_path, bought("c-1001", "Ministry", **first), bought("c-1002", "Ministry", **second)
    )
    assert entries(tmp_path) == {
        "ministry": "name: Ministry\nidentifier: CA-CRA-123\n",
        "ministry-2": "name: Ministry (CA-CRA-456)\nidentifier: CA-CRA-456\n",
    }
    made = packages.contracts(tmp_path)
    assert [made[id].vendors for id in ("c-1001", "c-1002")] == [("ministry",), ("ministry-2",)]


@pytest.mark.parametrize("numbers", list(itertools.permutations((0, 1, 2))))
def test_bare_name_of_two(numbers: tuple[int, ...], tmp_path: pathlib.Path) -> None:
    """Where several have one name, that alone is neither's, in whatever order files tell of them.

    Importing again finds everything as it is.
    """
    given = [
        bought("c-1001", "Ministry", identifier={"scheme": "CA-CRA", "id": "123"}),
        bought("c-1002", "Ministry", identifier={"scheme": "CA-CRA", "id": "456"}),
        bought("c-1003", "MINISTRY"),
    ]
    imported(tmp_path, *(given[number] for number in numbers))
    assert entries(tmp_path) == {
        "ministry": "name: Ministry\nidentifier: CA-CRA-123\n",
        "ministry-2": "name: Ministry (CA-CRA-456)\nidentifier: CA-CRA-456\n",
        "ministry-3": "name: MINISTRY (ministry-3)\n",
    }
    made = packages.contracts(tmp_path)
    assert [made[f"c-100{number}"].vendors for number in (1, 2, 3)] == [
        ("ministry",),
        ("ministry-2",),
        ("ministry-3",),
    ]
    code, output, errors = packages.run(tmp_path / "site", tmp_path / "p.json")
    assert (code, errors, "0 written, 3 there already" in output) == (0, "", True)


def test_processes_apart_and_together(tmp_path: pathlib.Path) -> None:
    """A contract keeps its file, whether its process is imported alone or beside others."""
    made = [bought(f"process-{name}", "Bright Streets Ltd") for name in ("x", "y")]
    for one in made:
        one["contracts"][0]["id"] = "FRAME-2026"
    imported(tmp_path, *made)
    alone = packages.written(tmp_path, "y.json", packages.package(made[1]))
    code, output, errors = packages.run(tmp_path / "site", alone)
    assert (code, errors, "0 written, 1 there already" in output) == (0, "", True)


def test_process_whose_id_begins_so(tmp_path: pathlib.Path) -> None:
    """A contract of another process is never taken for the one that is there under its id."""
    first, second = bought("p-12", "Bright Streets Ltd"), bought("p-1", "Bright Streets Ltd")
    for one in (first, second):
        one["contracts"][0]["id"] = "FRAME-2026"
    imported(tmp_path, first)
    again = packages.written(tmp_path, "second.json", packages.package(second))
    code, output, errors = packages.run(tmp_path / "site", again)
    assert (code, errors) == (0, "")
    assert list(packages.contracts(tmp_path)) == ["FRAME-2026", "ocds-abc123-p-1-FRAME-2026"]
    code, output, errors = packages.run(tmp_path / "site", tmp_path / "p.json", again)
    assert (code, errors, "0 written, 2 there already" in output) == (0, "", True)


def test_name_like_an_id(tmp_path: pathlib.Path) -> None:
    """A name in small letters would be read as an id, so it gets the entry with that id."""
    imported(tmp_path, bought("c-1001", "brightstreets"))
    assert entries(tmp_path) == {"brightstreets": "name: brightstreets\n"}


def test_one_spelling_like_an_id(tmp_path: pathlib.Path) -> None:
    """So does a name that is written in small letters only now and then."""
    imported(tmp_path, bought("c-1001", "Same"), bought("c-1002", "same"), bought("c-1003", "Same"))
    assert entries(tmp_path) == {"same": "name: Same\n"}
    assert {one.vendors for one in packages.contracts(tmp_path).values()} == {("same",)}
    code, output, errors = packages.run(tmp_path / "site", tmp_path / "p.json")
    assert (code, errors, "3 there already" in output) == (0, "", True)


def test_alias_seen_in_a_draft(tmp_path: pathlib.Path) -> None:
    """An alias cites no draft, for that has no page to lead to."""
    known = {"identifier": {"scheme": "CA-CRA", "id": "123"}}
    draft = bought("c-1002", "Bright Streets Limited", **known)
    del draft["contracts"][0]["dateSigned"]
    imported(
        tmp_path,
        bought("c-1001", "Bright Streets Ltd", **known),
        bought("c-1003", "Bright Streets Ltd", **known),
        draft,
    )
    assert entries(tmp_path)["bright-streets-ltd"].endswith("  - name: Bright Streets Limited\n")
    assert builders.run("build", "--root", str(tmp_path / "site"), "--jobs", "1")[0] == 0


def test_known_organisation(tmp_path: pathlib.Path) -> None:
    """What the registry has stays as it is, and contracts refer to it."""
    text = "name: Bright Streets Ltd\nidentifier: CA-CRA-123\n"
    place = "content/vendors/lamps.yaml"
    builders.site(tmp_path / "site", {"site.yaml": packages.SITE, place: text})
    known = {"identifier": {"scheme": "CA-CRA", "id": "123"}}
    given = packages.package(bought("c-1001", "Bright Streets (new name)", **known))
    packages.run(tmp_path / "site", packages.written(tmp_path, "p.json", given))
    assert entries(tmp_path) == {"lamps": text}
    assert packages.one(tmp_path).vendors == ("lamps",)
    assert builders.gathered(tmp_path / "site").register.rows


def test_several_suppliers(tmp_path: pathlib.Path) -> None:
    """A contract with several suppliers names each once, in their order."""
    made = packages.release()
    made["awards"][0]["suppliers"] = [{"name": "Z Ltd"}, {"name": "A Ltd"}, {"name": "Z Ltd"}]
    imported(tmp_path, made)
    assert packages.one(tmp_path).vendors == ("Z Ltd", "A Ltd")


def test_supplier_of_the_contract(tmp_path: pathlib.Path) -> None:
    """The contract's own suppliers, an extension, go before those of the award."""
    imported(tmp_path, packages.signed(suppliers=[{"id": "z", "name": "Z Ltd"}]))
    assert packages.one(tmp_path).vendors == ("Z Ltd",)


CONTACT = {
    "contactPoint": {"name": "Jane Roe", "email": "jane@example.org", "telephone": "13800138000"},
    "address": {"streetAddress": "1 Home Street", "region": "Quebec"},
}


def test_contacts(tmp_path: pathlib.Path) -> None:
    """Contact points and streets are not taken, and are named as left out."""
    output = imported(tmp_path, bought("c-1001", "Jane Roe", **CONTACT))
    text = "".join(one.read_text() for one in (tmp_path / "site").rglob("*.*") if one.is_file())
    assert not any(one in text for one in ("jane@", "13800138000", "Home Street"))
    assert "parties/contactPoint/email: 1" in output


@pytest.mark.parametrize("vendor", ["Jane Roe", "王小明", "Four Points by Jane Doe"])
def test_person_who_supplies(vendor: str, tmp_path: pathlib.Path) -> None:
    """A supplier that is a person is named, as every party of a contract is."""
    imported(tmp_path, bought("c-1001", vendor))
    assert packages.one(tmp_path).vendors == (vendor,)


def test_person_with_an_entry(tmp_path: pathlib.Path) -> None:
    """So is one with an identifier; the entry says why the name stays."""
    code = {"identifier": {"scheme": "CN-USCI", "id": CODE}}
    imported(tmp_path, bought("c-1001", "王小明", **code))
    assert "keep:\n  - text: 王小明\n    ground: " in entries(tmp_path)["wang-xiao-ming"]


def test_number_of_a_person_in_a_name(tmp_path: pathlib.Path) -> None:
    """A person's number in a party's name is masked, or the contract is not taken."""
    imported(tmp_path, bought("c-1001", "Jane Roe 11010519491231002X"))
    assert packages.one(tmp_path).vendors == ("Jane Roe 【已遮盖：身份证号】",)
    assert packages.one(tmp_path).redactions[0].kind == "id-number"


def test_texts_are_masked(tmp_path: pathlib.Path) -> None:
    """What is personal in titles, items, reasons and descriptions is masked and counted."""
    items = [{"id": "1", "description": "Lamps, call 13800138000", "quantity": 3}]
    given = packages.signed(
        title="Lamps by 联系人：张小明",
        description="Questions: 13800138000 or jane@example.org",
        items=items,
        amendments=[{"id": "1", "date": "2026-03-01", "rationale": "Ask jane@example.org"}],
    )
    output = imported(tmp_path, given)
    text = (tmp_path / "site/content/contracts/2026/lights-2026.md").read_text()
    assert not any(one in text for one in ("13800138000", "jane@", "张小明"))
    counted = {one.kind: one.count for one in packages.one(tmp_path).redactions}
    assert counted == {"person-name": 1, "mobile": 2, "email": 2}
    assert "Masked: " in output


FIXED = "Prices and/or Sources Fixed by Government Regulations"


def test_words_that_are_nobody(tmp_path: pathlib.Path) -> None:
    """Words of law and administration, and a place at St. Somewhere, are no names and no mail.

    The account counts them, the report names the contract, and the site builds.
    """
    given = packages.release()
    given["tender"]["procurementMethodRationale"] = FIXED
    given["contracts"][0]["suppliers"] = [{"id": "z", "name": "The Inn at St. Albert"}]
    path = packages.written(tmp_path, "p.json", packages.package(given))
    report = tmp_path / "report.jsonl"
    code, output, errors = packages.run(packages.site(tmp_path), path, "--report", str(report))
    assert (code, errors, "Masked" in output) == (0, "", False)
    ground = strings.of("en")["import-ocds.stays.words"]
    assert f"{ground} 2" in output
    made = packages.one(tmp_path)
    assert (made.vendors, FIXED in str(made.notes)) == (("The Inn at St. Albert",), True)
    (told,) = [json.loads(line) for line in report.read_text().splitlines()]
    assert (told["code"], told["contract"]) == ("stays", "lights-2026")
    assert builders.run("build", "--root", str(tmp_path / "site"), "--jobs", "1")[0] == 0


@pytest.mark.parametrize(
    "said",
    [
        "Fixed by Jane Roe",
        "Fixed by Jane Government",
        "Fixed by Ministry Roe",
        "价格由 Government Regulations 规定",
        "Ask jane at example. Com",
        "Ask jane at roe.example",
    ],
)
def test_words_that_may_be_somebody(said: str, tmp_path: pathlib.Path) -> None:
    """One word that is not known is enough to mask all, and so is one Chinese sign."""
    imported(tmp_path, packages.signed(description=said))
    made = packages.one(tmp_path)
    assert said not in str(made.notes)
    assert sum(one.count for one in made.redactions) == 1


def test_kept_by_the_site(tmp_path: pathlib.Path) -> None:
    """What the site keeps anywhere is not masked."""
    keep = "redaction:\n  keep:\n    - text: lights@example.org\n      ground: the desk's\n"
    builders.site(tmp_path / "site", {"site.yaml": packages.SITE + keep})
    given = packages.package(packages.signed(description="Ask lights@example.org"))
    packages.run(tmp_path / "site", packages.written(tmp_path, "p.json", given))
    assert "lights@example.org" in str(packages.one(tmp_path).notes)


def test_number_like_a_telephone(tmp_path: pathlib.Path) -> None:
    """The number of a contract, or an amount, that looks like a telephone's stays, and builds."""
    given = packages.signed(id="19033-130033/001", value={"amount": 15890000000, "currency": "CAD"})
    imported(tmp_path, given)
    assert packages.one(tmp_path).number == "19033-130033/001"
    assert builders.run("build", "--root", str(tmp_path / "site"), "--jobs", "1")[0] == 0


def test_short_ids(tmp_path: pathlib.Path) -> None:
    """Ids that are unique in their process only are told apart by it."""
    made = []
    for name in ("x", "y"):
        given = bought(f"process-{name}", "Bright Streets Ltd")
        given["contracts"][0]["id"] = 1
        made.append(given)
    imported(tmp_path, *made)
    assert list(packages.contracts(tmp_path)) == [
        "ocds-abc123-process-x-1",
        "ocds-abc123-process-y-1",
    ]


def test_one_id_in_two_processes(tmp_path: pathlib.Path) -> None:
    """So is a longer id that two processes use."""
    made = [bought(f"process-{name}", "Bright Streets Ltd") for name in ("x", "y")]
    for one in made:
        one["contracts"][0]["id"] = "FRAME-2026"
    imported(tmp_path, *made)
    assert list(packages.contracts(tmp_path)) == [
        "ocds-abc123-process-x-FRAME-2026",
        "ocds-abc123-process-y-FRAME-2026",
    ]


def test_withheld_value(tmp_path: pathlib.Path) -> None:
    """A value that the publisher withholds is withheld for its reason."""
    given = packages.signed(value=None)
    given["withheldInformation"] = [
        {"id": "1", "field": "contracts/0/value", "name": "Value", "rationale": "Trade secret"},
        {"id": "2", "name": "Drawings", "rationale": "Safety"},
    ]
    imported(tmp_path, given)
    made = packages.one(tmp_path)
    assert made.value.withheld == "Trade secret"
    assert "Withheld by the source: Drawings: Safety" in str(made.notes)


def test_documents(tmp_path: pathlib.Path) -> None:
    """Documents on the web are linked, others named in the notes."""
    held = [
        {
            "id": "1",
            "title": "Contract",
            "documentType": "contractSigned",
            "url": "https://e.org/1",
        },
        {"id": "2", "title": "Paper", "url": "file:///home/jane/1.pdf"},
    ]
    output = imported(tmp_path, packages.signed(documents=held))
    (told,) = packages.one(tmp_path).documents
    assert (told.title, told.kind, told.url) == ("Contract", "contractSigned", "https://e.org/1")
    assert "documents without a web address" in output
    assert "Document that is not on the web: Paper" in str(packages.one(tmp_path).notes)


def test_name_like_an_address(tmp_path: pathlib.Path) -> None:
    """A company with an @ in its name is published: it is no address of mail."""
    imported(tmp_path, bought("c-1001", "lights@home"))
    assert packages.one(tmp_path).vendors == ("lights@home",)
    code, _, errors = builders.run("build", "--root", str(tmp_path / "site"), "--jobs", "1")
    assert (code, errors) == (0, "")
