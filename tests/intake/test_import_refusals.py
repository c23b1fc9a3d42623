"""What is not imported, why, and that nothing of it is written or repeated."""

import io
import os
import pathlib
import re
from collections.abc import Callable, Iterator

import docx as word
import fpdf
import pytest
from docx.document import Document
from docx.oxml import parse_xml

import builders
from intake import paperwork
from portal import strings
from portal.intake import originals
from portal.reading import ocr, part, pdf
from reading import papers
from repository import git

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TOP = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """A site beside a folder of originals; no error that is swallowed."""
    monkeypatch.setenv("PORTAL_TRACE", "1")
    monkeypatch.chdir(tmp_path)
    builders.site(tmp_path / "site", {})
    (tmp_path / "in").mkdir()


def refused(path: str | pathlib.Path, *options: str) -> str:
    """The code with which a file is refused; nothing may be written, and nothing repeated."""
    before = {one: one.read_bytes() for one in pathlib.Path().rglob("*") if one.is_file()}
    code, output, errors = builders.run("import", "--root", "site", str(path), *options)
    assert (code, output) == (1, "")
    after = {one: one.read_bytes() for one in pathlib.Path().rglob("*") if one.is_file()}
    assert after == before
    assert not any(value in errors for value in (*paperwork.PERSONAL, "示例市档案馆", "示档采"))
    found = re.fullmatch(rf"{re.escape(str(path))}: ([a-z-]+): [^\n]+；[^\n]+\n", errors)
    assert found is not None, errors
    return found[1]


def written(name: str, data: bytes | str) -> pathlib.Path:
    """An original."""
    path = pathlib.Path("in") / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def document(change: Callable[[Document], object]) -> bytes:
    """A Word file after a change."""
    made = word.Document()
    made.add_paragraph("合同编号：示档采-2026-0017")
    change(made)
    with io.BytesIO() as file:
        made.save(file)
        return file.getvalue()


# Where it lies


def test_inside_the_site() -> None:
    """A file in the site's folder is not imported from there."""
    path = pathlib.Path("site/raw.txt")
    path.write_text(paperwork.text(), encoding="utf-8")
    assert refused(path) == "inside"
    assert refused(path.absolute()) == "inside"
    assert refused(pathlib.Path("in/../site/raw.txt")) == "inside"


@pytest.mark.parametrize("is_inside", [True, False])
def test_linked(is_inside: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Nor through a link, wherever the link lies and wherever it leads."""
    here, there = (pathlib.Path(one).absolute() for one in ("site", "in"))
    file, link = (here, there) if is_inside else (there, here)
    (file / "raw.txt").write_text(paperwork.text(), encoding="utf-8")
    (link / "linked.txt").symlink_to(file / "raw.txt")
    assert refused(link / "linked.txt") == "inside"


def test_linked_folder() -> None:
    """Nor through a folder that is a link."""
    pathlib.Path("site/raw").mkdir()
    pathlib.Path("site/raw/a.txt").write_text(paperwork.text(), encoding="utf-8")
    pathlib.Path("elsewhere").symlink_to("site/raw")
    assert refused("elsewhere/a.txt") == "inside"


def test_inside_the_repository(tmp_path: pathlib.Path) -> None:
    """A file in the git repository that holds the site is not imported either."""
    git(tmp_path, "init", "-q")
    assert refused(written("a.txt", paperwork.text())) == "inside"


def test_repository_elsewhere() -> None:
    """Another repository is none of our business."""
    git(pathlib.Path("in"), "init", "-q")
    path = written("a.txt", paperwork.text())
    assert builders.run("import", "--root", "site", str(path))[0] == 0


# What it is


def test_kinds() -> None:
    """A folder, an old Office file, a kind that nobody knows, a pipe: each is told apart."""
    pathlib.Path("in/folder.txt").mkdir()
    os.mkfifo("in/pipe.txt")
    assert refused("in/folder.txt") == "folder"
    assert refused("in/pipe.txt") == "not-a-file"
    assert refused(written("a.doc", b"x")) == "old-office"
    assert refused(written("a.XLS", b"x")) == "old-office"
    assert refused(written("a.docx", OLE + b"\0" * 512)) == "old-office"
    assert refused(written("a.xlsx", b"x")) == "format"
    assert refused(written("contract", b"x")) == "format"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\ufeff\n".encode(), "——\n".encode()])
def test_empty(data: bytes) -> None:
    """A file without a word in it is refused."""
    assert refused(written("a.txt", data)) == "empty"


@pytest.mark.parametrize(
    "data", [b"\xff\xff\xff\xff", b"abc\0def", papers.contract(), OLE, b"\xff\xfea"]
)
def test_encoding(data: bytes) -> None:
    """What is no text is not taken for one."""
    assert refused(written("a.txt", data)) == "encoding"


@pytest.mark.parametrize(
    "mark",
    [
        "【已遮盖：姓名】",
        "【已遮盖:姓名】",
        "[已遮盖：手机号]",
        "【已遮\u200b盖：姓名】",
        "【已 遮 盖：姓名】",
        "【已遮<b></b>盖：姓名】",
        "【已遮盖",
    ],
)
def test_marks(mark: str) -> None:
    """A text with a mark, or with what would become one, is refused: only the portal sets them."""
    text = paperwork.text().replace("第一条", f"经办人：{mark}，见下。\n第一条")
    assert refused(written("a.txt", text)) == "marks"


def test_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too large is refused: in bytes, in text, in pages."""
    path = written("a.txt", "")
    os.truncate(path, 50 * 1024 * 1024 + 1)
    assert refused(path) == "large-file"
    monkeypatch.setattr(originals, "LONGEST", 0)
    assert refused(written("a.txt", "合同")) == "long-text"
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    assert refused(written("a.pdf", paperwork.mixed())) == "too-many-pages"


def test_limits_are_told() -> None:
    """The messages name the limits that hold."""
    for language in strings.LANGUAGES:
        assert str(pdf.MOST_PAGES) in strings.of(language)["unfit.too-many-pages"]


# What is in it


def changed(made: Document) -> None:
    """A tracked insertion."""
    run = "<w:r><w:t>13900001234</w:t></w:r>"
    xml = f'<w:p {W}><w:ins w:id="1" w:author="x">{run}</w:ins></w:p>'
    made.element.body.insert(0, parse_xml(xml))


def hidden(made: Document) -> None:
    """A line that is not shown."""
    made.add_paragraph().add_run("郝佳禾").font.hidden = True


def commented(made: Document) -> None:
    """A comment."""
    made.add_comment(made.paragraphs[0].runs, "郝佳禾")


@pytest.mark.parametrize(
    ("change", "code"),
    [(changed, "docx-changes"), (commented, "docx-comments"), (hidden, "docx-hidden")],
)
def test_word(change: Callable[[Document], object], code: str) -> None:
    """A Word file with more in it than is seen is refused, and the message says how to mend it."""
    assert refused(written("a.docx", document(change))) == code
    for language, programs in (("zh-CN", "Word WPS LibreOffice"), ("en", "LibreOffice")):
        assert all(one in strings.of(language)[f"unfit.{code}"] for one in programs.split())


def test_word_of_pictures() -> None:
    """A Word file that holds nothing but a picture is refused, and told of PDF."""
    made = word.Document()
    made.add_picture(io.BytesIO(papers.png(papers.pictures(paperwork.printed(), 40)[0])))
    with io.BytesIO() as file:
        made.save(file)
        assert refused(written("a.docx", file.getvalue())) == "no-text-docx"


@pytest.mark.parametrize("name", ["a.docx", "a.pdf"])
def test_damaged(name: str) -> None:
    """The half of a file is refused."""
    whole = paperwork.word() if name == "a.docx" else paperwork.printed()
    assert refused(written(name, whole[: len(whole) // 2])) == "damaged"


def test_encrypted() -> None:
    """A file with a password is refused."""
    sheet = fpdf.FPDF()
    sheet.set_encryption(owner_password="owner", user_password="user")
    sheet.add_page()
    assert refused(written("a.pdf", bytes(sheet.output()))) == "encrypted"
    locked = OLE + "EncryptedPackage".encode("utf-16-le")
    assert refused(written("a.docx", locked)) == "encrypted"


# Scans


def test_scan() -> None:
    """Scans and pictures need --ocr, and the message says so."""
    pages = papers.pictures(paperwork.printed(), 40)
    assert refused(written("a.pdf", papers.scan(*pages))) == "no-text"
    assert refused(written("a.png", papers.png(pages[0]))) == "picture"
    assert refused(written("a.pdf", paperwork.mixed())) == "scanned-pages"
    for code in ("no-text", "picture", "scanned-pages"):
        assert all("--ocr" in strings.of(one)[f"unfit.{code}"] for one in strings.LANGUAGES)


def test_scanned_pages_are_named() -> None:
    """Of a file in which only some pages are scans, these pages are named."""
    path = written("a.pdf", paperwork.mixed())
    assert "第 2 页" in builders.run("import", "--root", "site", str(path))[2]


def test_libraries_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the libraries for scans the clerk is told how to install them."""

    def missing() -> None:
        raise part.Unreadable("ocr-missing")

    monkeypatch.setattr(ocr, "_engine", missing)
    path = written("a.pdf", paperwork.scanned())
    assert refused(path, "--ocr") == "ocr-missing"
    assert refused(written("a.png", b"x"), "--ocr") == "ocr-missing"


def test_nothing_in_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan in which a machine finds nothing is refused, and so is an empty PDF."""
    monkeypatch.setattr(ocr, "sheets", lambda *given: iter([ocr.Sheet("", ())]))
    path = written("a.pdf", paperwork.scanned())
    assert refused(path, "--ocr") == "no-text-ocr"
    assert refused(written("b.pdf", papers.paper(lambda pdf: None)), "--ocr") == "no-text-ocr"


# Where it would go


def test_exists() -> None:
    """A contract that is there already is not written over, in whichever folder it is."""
    path = written("a.txt", paperwork.text())
    assert builders.run("import", "--root", "site", str(path))[0] == 0
    assert refused(path) == "exists"
    made = pathlib.Path("site/content/contracts/shi-dang-cai-2026-0017.md")
    made.parent.joinpath("2026").mkdir()
    made.rename(made.parent / "2026" / "SHI-dang-cai-2026-0017.md")
    assert refused(path) == "exists"


def test_no_site() -> None:
    """Without a site there is nowhere to import to."""
    path = written("a.txt", paperwork.text())
    code, output, errors = builders.run("import", "--root", "in", str(path))
    assert (code, output) == (1, "")
    assert "site.yaml" in errors


# Words


def codes() -> Iterator[str]:
    """Every reason that the readers, and the import, can give."""
    for folder in ("reading", "intake"):
        for path in (TOP / "portal" / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            yield from re.findall(r'Unreadable\(\s*"([a-z-]+)"', text)
            yield from re.findall(r'Unreadable\("([a-z-]+)" if', text)


def test_every_reason_has_its_words() -> None:
    """Each reason is said in words, and there are no words without a reason."""
    known = {key.partition(".")[2] for key in strings.of("en") if key.startswith("unfit.")}
    raised = set(codes()) | {"unopened", "no-file"}
    assert raised - {"unknown-format"} == known


def test_every_reason_is_documented() -> None:
    """docs/importing.md has each reason, word for word, in both languages."""
    text = (TOP / "docs/importing.md").read_text(encoding="utf-8")
    english, chinese = strings.of("en"), strings.of("zh-CN")
    known = [key for key in english if key.startswith("unfit.")]
    rows = [f"| `{key[6:]}` | {english[key]} | {chinese[key]} |" for key in known]
    assert [row for row in rows if f"\n{row}\n" not in text] == []
