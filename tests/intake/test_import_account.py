"""What a clerk is told of an import: in the site's language, whatever the terminal."""

import pathlib
import re

import pytest

import builders
from intake import paperwork
from portal import strings
from portal.commands import columns
from portal.intake import originals

TOP = pathlib.Path(__file__).resolve().parents[2]
INTAKE = TOP / "portal/intake"
CLASHING = (
    paperwork.text()
    .replace("第五条 账户", "本合同自签订之日起生效，合同签订日期：2026年5月9日\n第五条 账户")
    .replace("（¥198000.00元）", "（¥198,0000.00元）")
)


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """A site in the present folder, an original outside of it, a terminal of usual width."""
    monkeypatch.setenv("PORTAL_TRACE", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "a.txt").write_text(paperwork.text(), encoding="utf-8")
    builders.site(tmp_path / "site", {})
    monkeypatch.chdir(tmp_path / "site")


def told(*given: str, language: str = "zh-CN") -> list[str]:
    """The lines of an account."""
    about = builders.SITE.replace("zh-CN", language)
    pathlib.Path("site.yaml").write_text(about, encoding="utf-8")
    code, output, errors = builders.run("import", *(given or ("../a.txt",)))
    assert (code, errors) == (0, "")
    return output.split("\n")


def test_facts() -> None:
    """Each fact stands in a line: its name, its value, where it is, and how sure it is."""
    lines = told()
    path = "content/contracts/shi-dang-cai-2026-0017.md"
    assert lines[:2] == ["../a.txt", f"→ {path}（草稿，不会公开）"]
    made = pathlib.Path(path).read_text("utf-8")
    place = made.split("\n").index("合同编号：示档采-2026-0017") + 1
    number = next(line for line in lines if "合同编号" in line)
    assert re.split(r"\s{2,}", number) == ["合同编号", "示档采-2026-0017", "1", str(place), "明确"]
    assert any(re.match(r"合同金额·金额 +¥198,000.00 ", line) for line in lines)


def test_marks() -> None:
    """Marks are counted by kind; nothing that was masked is told."""
    lines = told()
    assert "已遮盖 5 处：姓名 2、手机号 2、银行账号 1。" in lines
    assert not any(value in line for line in lines for value in paperwork.PERSONAL)


def test_suspects() -> None:
    """A suspect is told by its line in the draft, its kind and rule; and how to decide."""
    policy = "redaction:\n  kinds:\n    mobile: suspect\n"
    about = pathlib.Path("site.yaml")
    about.write_text(builders.SITE + policy, encoding="utf-8")
    _, output, _ = builders.run("import", "../a.txt")
    made = pathlib.Path("content/contracts/shi-dang-cai-2026-0017.md").read_text("utf-8")
    line = next(at for at, text in enumerate(made.split("\n"), 1) if "13900001234" in text)
    assert re.search(rf"草稿第 {line} 行  可能是手机号（规则 [a-z-]+）", output)
    assert "13900001234" not in output
    assert "build.py redact --apply content/contracts/shi-dang-cai-2026-0017.md" in output


def test_open_points(tmp_path: pathlib.Path) -> None:
    """What is missing and what contradicts itself is named, with its lines."""
    (tmp_path / "b.txt").write_text(CLASHING, encoding="utf-8")
    text = "\n".join(told("../b.txt"))
    assert re.search(r"没有读到，请在草稿里补上：.*合同签订日期", text)
    assert re.search(r"合同签订日期：有两个不同的签订日期（原件第 [\d, ]+行；\s*草稿第", text)
    assert "金额的小写不规范" in text


def test_encoding(tmp_path: pathlib.Path) -> None:
    """A text that was not in UTF-8 comes with a warning."""
    (tmp_path / "b.txt").write_bytes(paperwork.text().encode("gb18030"))
    assert "原件不是 UTF-8，按 GB18030 读取；请看看有没有乱码。" in told("../b.txt")


def test_unsure(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that a machine is not sure of are told by page, line and percentage, not by text."""
    found = originals.Original(paperwork.text(), "page", "", (1,), (originals.Unsure(1, 1, 0.614),))
    monkeypatch.setitem(originals.READERS, ".txt", lambda data, look: found)
    lines = told()
    assert "第 1 页由机器识别，数字和人名请逐字对照原件。" in lines
    at = lines.index("机器识别把握不大的 1 行，请对照原件：")
    assert re.fullmatch(r"  原件第 1 页；草稿第 \d+ 行，把握 61%", lines[at + 1])


def test_next_steps() -> None:
    """The account ends with what to do, and with commands that can be copied as they stand."""
    lines = told()
    assert "       python3 build.py check" in lines
    assert "       git add content/contracts/shi-dang-cai-2026-0017.md" in lines


@pytest.mark.parametrize("width", [30, 50, 72, 100, 200])
def test_widths(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines fit the terminal, a Chinese character counting two, but for paths and commands."""
    monkeypatch.setenv("COLUMNS", str(width))
    lines = told()
    long = [one for one in lines if columns.width(one) > max(width, columns.NARROWEST) + 2]
    assert [one for one in long if "content/contracts/" not in one and "build.py" not in one] == []
    assert any("示档采-2026-0017" in line for line in lines)


def test_english() -> None:
    """On an English site everything is said in English, with the fields' English names."""
    lines = told(language="en")
    text = "\n".join(lines)
    assert re.search(r"^number +示档采-2026-0017 +1 +\d+ +clear$", text, re.MULTILINE)
    assert "Masked in 5 places: Name 2, Mobile number 2, Bank account 1." in lines
    assert "What to do next:" in lines
    said = re.sub(r"示\S*|壹\S*|\d+年\S*|第\S*", "", text)
    assert re.findall("[\u4e00-\u9fff]+", said) == []


# Wrong usage


@pytest.mark.parametrize(
    ("arguments", "words", "english"),
    [
        (["--orc", "x"], "没有选项 --orc。是不是 --ocr", "No such option '--orc'"),
        (["nope.txt"], "没有文件 nope.txt", "'nope.txt' does not exist"),
        ([], "缺少 FILE", "Missing argument 'FILE"),
        (
            ["--format", "pdf", "../a.txt"],
            "可以写 contract, ocds",
            "'pdf' is not one of 'contract', 'ocds'",
        ),
    ],
)
def test_wrong_usage(arguments: list[str], words: str, english: str) -> None:
    """A slip in the command line is told in the site's language, and ends with 2."""
    code, output, errors = builders.run("import", *arguments)
    assert (code, output) == (2, "")
    assert words in errors
    assert "用法：build.py import" in errors
    pathlib.Path("site.yaml").write_text(builders.SITE.replace("zh-CN", "en"), encoding="utf-8")
    code, _, errors = builders.run("import", *arguments)
    assert (code, english in errors) == (2, True), errors


def test_missing_file_stops_everything() -> None:
    """A path that leads nowhere is a slip: nothing is imported."""
    assert builders.run("import", "../a.txt", "nope.txt")[0] == 2
    assert not pathlib.Path("content").exists()


# Words


def test_every_contradiction_has_its_words() -> None:
    """Each code of a contradiction is said in plain words, and there are no idle ones."""
    known = {key.partition(".")[2] for key in strings.of("en") if key.startswith("conflicts.")}
    text = "".join(path.read_text(encoding="utf-8") for path in INTAKE.glob("*.py"))
    literals = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', text))
    assert known <= literals
    shape = re.compile(r"(two|signed|term|misformed|misread|figures|payments?|percent|cut|one)-.*")
    assert {one for one in literals if shape.fullmatch(one)} == known


# Columns


def test_wrapped() -> None:
    """Chinese is cut anywhere but before a closing sign; words stay whole; nothing is lost."""
    assert columns.wrapped("一二三四五六", 6) == ["一二三", "四五六"]
    assert columns.wrapped("一二三。四", 6) == ["一二三。", "四"]
    assert columns.wrapped("一二（三）", 6) == ["一二", "（三）"]
    assert columns.wrapped("ab cde f", 5) == ["ab", "cde f"]
    assert columns.wrapped("abcdefgh", 3) == ["abc", "def", "gh"]
    assert columns.wrapped("", 3) == [""]


def test_cut() -> None:
    """A text that is too wide ends in an ellipsis."""
    assert columns.cut("一二三", 6) == "一二三"
    assert columns.cut("一二三四", 6) == "一二…"
