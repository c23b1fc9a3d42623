"""What a machine reads in scans and pictures."""

import functools
import importlib
import io
import logging

import pytest
from PIL import Image

from portal.reading import ocr, part
from reading import papers

EXTRA = importlib.util.find_spec("rapidocr") and importlib.util.find_spec("onnxruntime")
needs_engine = pytest.mark.skipif(EXTRA is None, reason="the libraries for scans are not installed")


@functools.cache
def sheets() -> tuple[ocr.Sheet, ...]:
    """What is read in a scan of the contract."""
    return tuple(ocr.sheets(papers.scan(*papers.pictures(papers.contract())), "pdf"))


def spaceless(text: str) -> list[str]:
    """The lines without the spaces between groups of digits, which the engine does not see."""
    return [line.replace(" ", "") for line in text.splitlines()]


@needs_engine
def test_scan_of_contract() -> None:
    """A scan gives the same lines and the same cells as the PDF that was printed."""
    [sheet] = sheets()
    assert spaceless(sheet.text) == spaceless(papers.markdown())


@needs_engine
def test_confidence() -> None:
    """Each line says on which page it is and how sure the machine is of it."""
    [sheet] = sheets()
    assert ocr.Line("测试乙", 1, pytest.approx(0.95, abs=0.05)) in sheet.lines
    assert [line.text for line in sheet.lines][:2] == list(papers.OPENING[:2])
    assert {line.page for line in sheet.lines} == {1}
    assert all(0.5 < line.confidence <= 1 for line in sheet.lines)


@needs_engine
def test_crooked_picture(caplog: pytest.LogCaptureFixture) -> None:
    """A picture that lies a little crooked, grey and small, is read too; nothing is logged."""
    [page] = papers.pictures(papers.contract(), 150)
    crooked = page.rotate(1.2, Image.Resampling.BICUBIC, fillcolor=255).point(lambda v: v * 0.85)
    with caplog.at_level(logging.WARNING):
        found = ocr.text(papers.png(crooked), "image")
    assert spaceless(found) == spaceless(papers.markdown())
    assert not caplog.records


@needs_engine
def test_pages() -> None:
    """The pages of a PDF, and those of a picture's file, come one after the other."""
    one, two = (Image.new("L", (900, 300), 255) for _ in range(2))
    line = papers.pictures(papers.contract())[0].crop((0, 60, 900, 300))
    one.paste(line)
    with io.BytesIO() as file:
        one.save(file, "TIFF", save_all=True, append_images=[two, one])
        first, second, third = ocr.sheets(file.getvalue(), "image")
    assert first.text == third.text
    assert not second.text
    assert [sheet.lines[0].page for sheet in (first, third)] == [1, 3]
    assert first.lines[0].text == papers.OPENING[0]


@needs_engine
def test_empty() -> None:
    """A picture without text has none to give."""
    with pytest.raises(part.Unreadable) as refused:
        ocr.text(papers.png(Image.new("L", (600, 400), 255)), "image")
    assert refused.value.code == "no-text"


@needs_engine
@pytest.mark.parametrize("kind", ["pdf", "image"])
def test_damaged(kind: ocr.Kind) -> None:
    """The half of a file is refused."""
    whole = {"pdf": papers.contract(), "image": papers.png(papers.pictures(papers.contract())[0])}
    for data in (b"", b"neither", whole[kind][:2000]):
        with pytest.raises(part.Unreadable) as refused:
            ocr.text(data, kind)
        assert refused.value.code == "damaged"


def test_libraries_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the libraries for scans the reader is told what is missing."""

    def missing(name: str) -> None:
        raise ImportError(name)

    ocr._engine.cache_clear()
    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(part.Unreadable) as refused:
        ocr.read(papers.contract(), "pdf")
    assert refused.value.code == "ocr-missing"


@pytest.mark.parametrize(
    ("read", "written"),
    [
        ("电话:138,是", "电话：138，是"),
        ("甲方(盖章)", "甲方（盖章）"),
        ("金额（元)", "金额（元）"),
        ("第 3 条", "第3条"),
        ("￥１２％", "¥12%"),
        ("at 10:30, f(x)", "at 10:30, f(x)"),
    ],
)
def test_tidy(read: str, written: str) -> None:
    """Signs that look alike are written as Chinese writes them; Latin text stays as it is."""
    assert ocr.tidy(read) == written
