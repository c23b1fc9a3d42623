"""Originals become drafts: the three real texts, and one contract in every kind of file."""

import collections
import importlib.util
import pathlib
import re
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

import builders
from intake import paperwork
from portal import model, pipeline, source
from portal.commands import site as options
from portal.intake import clean, compose, importing, originals
from portal.problems import Rejected
from portal.reading import pdf
from portal.redact import marks
from reading import papers

HERE = pathlib.Path(__file__).resolve().parent
RAW = HERE.parents[2] / "shared" / "contracts"
NAME, ACCOUNT = "person-name", "bank-account"
PERSONAL: dict[str, dict[str, str]] = {
    "aksu-platform-operations": {
        "何静静": NAME,
        "宋佳琪": NAME,
        "32265591361715213350": ACCOUNT,
    },
    "anyang-grid-governance": {
        **dict.fromkeys(("周岚", "陈思禾", "卢致韦", "郭晓帆"), NAME),
        "41082459151022552295": ACCOUNT,
    },
    "jiyuan-credit-platform": {
        "1701617541243409657": ACCOUNT,
        "411803937876771795": ACCOUNT,
    },
}
"""What is to be masked in the real texts, as a person marked it."""
EXTRA = importlib.util.find_spec("rapidocr") and importlib.util.find_spec("onnxruntime")
needs_raw = pytest.mark.skipif(not RAW.is_dir(), reason="the raw contracts are not beside the code")
needs_engine = pytest.mark.skipif(EXTRA is None, reason="the libraries for scans are not installed")


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is imported goes anywhere."""

    def refused(*given: object, **more: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def unseen(phase: str, done: int, total: int) -> None:
    """Nobody looks at the progress."""


def imported(
    root: pathlib.Path, original: pathlib.Path, *, ocr: bool = False
) -> importing.Imported:
    """What is made of an original; a failure if it is refused."""
    look = originals.Look(ocr, unseen)
    found = importing.document(original, root, importing.about(root), look)
    assert isinstance(found, importing.Imported), found
    return found


def facts(one: importing.Imported) -> dict[str, Any]:
    """What stands in a draft, as the portal reads it, without its list of redactions."""
    read = source.document(one.file.name, one.file.read_bytes(), model.Contract)
    assert read.problems == ()
    return {name: value for name, value in read.data.items() if name not in ("draft", "redactions")}


def log(one: importing.Imported) -> dict[str, int]:
    """How many of each kind a draft's list of redactions counts."""
    text = one.file.read_bytes()
    listed = source.document("x.md", text, model.Contract).data.get("redactions", [])
    made = [model.Redaction.model_validate(each) for each in listed]
    assert all(each.ground and each.policy for each in made)
    return {each.kind: each.count for each in made}


def codes(root: pathlib.Path) -> set[str]:
    """What check finds in a site, but for what the gate asks a person about."""
    try:
        pipeline.check(options.options(root, None, 1))
    except Rejected as refusal:
        return {one.code for one in refusal.problems} - {"suspect"}
    return set()


def original(folder: pathlib.Path, name: str, data: bytes | str) -> pathlib.Path:
    """A document outside the site."""
    path = folder / "in" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


# The real texts


@needs_raw
@pytest.mark.parametrize("stem", PERSONAL)
def test_real(stem: str, tmp_path: pathlib.Path) -> None:
    """Everything personal is masked, and nothing else; the facts are those read by hand."""
    root = builders.site(tmp_path / "site", {})
    one = imported(root, RAW / f"{stem}.txt")
    raw = (RAW / f"{stem}.txt").read_text("utf-8")
    for value, kind in PERSONAL[stem].items():
        assert value in raw
        raw = raw.replace(value, marks.mark(kind))
    made = one.file.read_text("utf-8")
    assert source.body(made.encode()).strip() == compose.body(clean.text(raw)).strip()
    assert not any(value in made for value in PERSONAL[stem])
    assert log(one) == collections.Counter(PERSONAL[stem].values())
    expected = yaml.safe_load((HERE / "expected" / f"{stem}.yaml").read_text("utf-8"))
    for penalty in expected["front"].get("penalties", []):
        penalty["who"] = importing.drafts.fitting.PARTIES[penalty["who"]]
    assert facts(one) == expected["front"]
    assert codes(root) == set()


@needs_raw
@pytest.mark.parametrize("stem", PERSONAL)
def test_places(stem: str, tmp_path: pathlib.Path) -> None:
    """Where a fact stands in the draft, its line in the original says the same."""
    one = imported(builders.site(tmp_path / "site", {}), RAW / f"{stem}.txt")
    raw = (RAW / f"{stem}.txt").read_text("utf-8").split("\n")
    made = one.file.read_text("utf-8").split("\n")
    known = [fact for fact in one.draft.facts if fact.path in {("number",), ("agency",)}]
    for fact in known:
        assert fact.value in "".join(raw[row - 1] for row in fact.rows).replace(" ", "")
        lines = [line for row in fact.rows for line in one.draft.places[row]]
        assert fact.value in "".join(made[line - 1] for line in lines).replace(" ", "")


# One contract, in every kind of file


def check_same(one: importing.Imported) -> None:
    """The facts and marks are those of the plain text, and nothing personal is left."""
    given = facts(one)
    assert given["number"] == "示档采-2026-0017"
    assert given["value"] == {
        "amount": "198000.00",
        "currency": "CNY",
        "capitals": "壹拾玖万捌仟元整",
    }
    assert (given["agency"], given["vendors"]) == ("示例市档案馆", ["示例家具有限公司"])
    assert (given["title"], given["signed"]) == ("示例市档案馆办公家具采购合同", "2026-04-01")
    assert given["term"]["end"] == "2026-04-30"
    assert log(one) == paperwork.MARKS
    made = one.file.read_text("utf-8")
    assert not any(value in made for value in paperwork.PERSONAL)
    assert collections.Counter(marks.codes(made)) == paperwork.MARKS


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.txt", paperwork.text),
        ("a.MD", paperwork.text),
        ("a.docx", paperwork.word),
        ("a.pdf", paperwork.printed),
    ],
)
def test_every_kind(name: str, make: Any, tmp_path: pathlib.Path) -> None:
    """A text, a Word file and a PDF of one contract give the same facts and the same marks."""
    root = builders.site(tmp_path / "site", {})
    check_same(imported(root, original(tmp_path, name, make())))
    assert codes(root) == set()


@needs_engine
def test_scan(tmp_path: pathlib.Path) -> None:
    """So does a scan, in less than a minute, without the network; it says which page it read."""
    root = builders.site(tmp_path / "site", {})
    start = time.monotonic()
    one = imported(root, original(tmp_path, "a.pdf", paperwork.scanned()), ocr=True)
    assert time.monotonic() - start < 60
    check_same(one)
    assert one.original.scanned == (1,)
    assert codes(root) == set()


@needs_engine
def test_mixed(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a PDF with text and scans only the scanned pages are read by a machine, each in turn."""
    monkeypatch.setattr(originals, "UNSURE", 2.0)
    root = builders.site(tmp_path / "site", {})
    one = imported(root, original(tmp_path, "a.pdf", paperwork.mixed()), ocr=True)
    check_same(one)
    first, second = one.original.text.split("\n\f")
    assert first == pdf.text(paperwork.mixed()).split("\f")[0]
    assert one.original.scanned == (2,)
    lines = one.original.text.split("\n")
    assert {unsure.page for unsure in one.original.unsure} == {2}
    number = one.original.unsure[0]
    assert "合同编号" in lines[number.row - 1]
    assert second.startswith("合同编号")
    made = one.file.read_text("utf-8").split("\n")
    assert "合同编号" in made[one.draft.places[number.row][0] - 1]


@needs_engine
def test_picture(tmp_path: pathlib.Path) -> None:
    """A picture is read like a scan."""
    [page] = papers.pictures(paperwork.printed())
    root = builders.site(tmp_path / "site", {})
    part = page.crop((0, 60, page.width, 420))
    one = imported(root, original(tmp_path, "a.PNG", papers.png(part)), ocr=True)
    assert facts(one)["number"] == "示档采-2026-0017"


def test_pictures_in_word(tmp_path: pathlib.Path) -> None:
    """Pictures in a Word file are named as not read; its fonts and its preview are not."""
    picture = papers.png(papers.pictures(paperwork.printed(), 40)[0])
    root = builders.site(tmp_path / "site", {})
    one = imported(root, original(tmp_path, "a.docx", paperwork.word(picture=picture)))
    assert one.original.unread == ("word/media/image1.png",)


# What is written, and what is not


def test_nothing_about_the_original(tmp_path: pathlib.Path) -> None:
    """The draft tells neither the original's name nor any digest, length or place of a value."""
    root = builders.site(tmp_path / "site", {})
    one = imported(root, original(tmp_path, "secret-name.txt", paperwork.text()))
    made = one.file.read_text("utf-8")
    assert "secret-name" not in made
    assert re.search("[0-9a-f]{32}", made) is None
    assert "草稿: true\n" in made
    given = source.document("x.md", made.encode(), model.Contract).data["redactions"]
    assert {name for each in given for name in each} == {"kind", "count", "ground", "policy"}


def test_policy(tmp_path: pathlib.Path) -> None:
    """The site's policy says what is masked, on which ground, by which version."""
    policy = (
        "遮盖:\n  版本: '7'\n  种类:\n    手机号: 保留\n  依据:\n    银行账号: 本市办法第八条\n"
    )
    root = builders.site(tmp_path / "site", {"site.yaml": builders.SITE + policy})
    one = imported(root, original(tmp_path, "a.txt", paperwork.text()))
    assert log(one) == {NAME: 2, ACCOUNT: 1}
    assert "13900001234" in one.file.read_text("utf-8")
    read = source.document("x.md", one.file.read_bytes(), model.Contract).data["redactions"]
    assert [each["policy"] for each in read] == ["7", "7"]
    assert read[1]["ground"] == "本市办法第八条"


def test_registry(tmp_path: pathlib.Path) -> None:
    """A party that the registry knows, by any of its names, is written by its id."""
    entries = {
        "content/agencies/archive.yaml": "name: 示例市档案局（馆）\naliases: [示例市 档案馆]\n",
        "content/vendors/desks.yaml": "name: 示例家具有限公司\n",
    }
    root = builders.site(tmp_path / "site", entries)
    one = imported(root, original(tmp_path, "a.txt", paperwork.text()))
    assert (facts(one)["agency"], facts(one)["vendors"]) == ("archive", ["desks"])
    assert codes(root) == set()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_names_of_fields(language: str, tmp_path: pathlib.Path) -> None:
    """A draft's fields have the names that the site's clerks know."""
    about = builders.SITE.replace("zh-CN", language)
    root = builders.site(tmp_path / "site", {"site.yaml": about})
    one = imported(root, original(tmp_path, "a.txt", paperwork.text()))
    made = one.file.read_text("utf-8")
    assert ("\n合同编号: " in made, "\nnumber: " in made) == (language == "zh-CN", language == "en")
    check_same(one)


def test_id(tmp_path: pathlib.Path) -> None:
    """The file is named after the contract's number; without any name, it counts."""
    root = builders.site(tmp_path / "site", {})
    one = imported(root, original(tmp_path, "a.txt", paperwork.text()))
    assert one.file == root / "content/contracts/shi-dang-cai-2026-0017.md"
    for number in (1, 2):
        other = imported(root, original(tmp_path, "b.txt", "没有名称的一段文字。\n"))
        assert other.file == root / f"content/contracts/untitled-{number}.md"
    assert list(root.rglob(".*")) == []


def test_gb18030(tmp_path: pathlib.Path) -> None:
    """A text in the encoding of old Chinese programs is read, and so is Windows' UTF-16."""
    for encoding, name in (("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("utf-8-sig", "")):
        root = builders.site(tmp_path / encoding, {})
        text = paperwork.text().replace("\n", "\r\n")
        one = imported(root, original(tmp_path, "a.txt", text.encode(encoding)))
        assert one.original.encoding == name
        check_same(one)


def lines_apart() -> Iterator[tuple[str, str]]:
    """Texts in which a value is cut, each with the value."""
    for number in ("13900001234", "6222020200112233445"):
        for cut in ("\n", "\f", "\n- 3 -\n", "\n\n第 3 页 共 9 页\n\n"):
            label = "手机" if len(number) == 11 else "账号"
            yield f"乙方联系{label}：{number[:7]}{cut}{number[7:]}，以上无误。\n", number


@pytest.mark.parametrize(("text", "number"), list(lines_apart()))
def test_cut_values(text: str, number: str, tmp_path: pathlib.Path) -> None:
    """A value that a line, a page or a page's furniture cuts in two is masked as a whole."""
    root = builders.site(tmp_path / "site", {})
    one = imported(root, original(tmp_path, "a.txt", f"第一条 联系\n{text}第二条 其他\n"))
    made = one.file.read_text("utf-8")
    assert [part for part in (number[:7], number[7:]) if part in made] == []
    assert sum(one.draft.marks.values()) == 1


def test_what_check_refuses_is_left_out(tmp_path: pathlib.Path) -> None:
    """A fact that check would refuse is not written, and named instead."""
    text = paperwork.text().replace("2026年4月30日", "2026年3月1日")
    root = builders.site(tmp_path / "site", {})
    one = imported(root, original(tmp_path, "a.txt", text))
    assert codes(root) == set()
    assert "end" not in facts(one).get("term", {})


def test_links(tmp_path: pathlib.Path) -> None:
    """Brackets that Markdown would take for a link lead nowhere."""
    root = builders.site(tmp_path / "site", {})
    imported(root, original(tmp_path, "a.txt", paperwork.text() + "见 [附件](附件.docx)。\n"))
    assert codes(root) == set()


def test_two_at_once(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two files one may be refused, and the other one is imported all the same."""
    monkeypatch.setenv("PORTAL_TRACE", "1")
    root = builders.site(tmp_path / "site", {})
    bad = original(tmp_path, "old.doc", b"x")
    good = original(tmp_path, "a.txt", paperwork.text())
    code, output, errors = builders.run("import", "--root", str(root), str(bad), str(good))
    assert code == 1
    assert (root / "content/contracts/shi-dang-cai-2026-0017.md").is_file()
    assert errors.startswith(f"{bad}: old-office: ")
    assert "导入 1 份，未导入 1 份。" in output
