"""Problems as GitHub shows them: on the line, escaped, with the path from the repository's top."""

import pathlib
import re

import pytest

import builders
import repository
from portal import annotations
from portal.problems import Location, problem
from repository import CONTRACT, LEAK, MOBILE, NAME, commit, git

run = builders.run


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """An empty folder, an English terminal, and no error that is swallowed."""
    monkeypatch.setenv("PORTAL_TRACE", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)


def annotated(*arguments: str) -> list[str]:
    """The annotations of a check, and nothing personal anywhere."""
    _, output, errors = run("check", "--format", "github", *arguments)
    assert NAME not in output + errors
    assert MOBILE not in output + errors
    return [line for line in output.splitlines() if line.startswith("::")]


def test_escaped() -> None:
    """Nothing that an author writes ends a command, or begins another."""
    odd = problem(Location("content/a,b:c%d\n::error::x.md", 3), "link-nowhere", target="50%\n::x")
    (line,) = annotations.problems([odd], "error", "en", "our/")
    head, _, said = line.removeprefix("::").partition("::")
    assert head == (
        "error file=our/content/a%2Cb%3Ac%25d%0A%3A%3Aerror%3A%3Ax.md,line=3,title=link-nowhere"
    )
    assert said.startswith("the link 50%25%0A::x leads nowhere")
    assert "\n" not in line


def test_paths_from_the_top() -> None:
    """A site in a folder is named from the repository's top; without git, from where one is."""
    bad = {"content/contracts/a.md": builders.text(signed="明天")}
    builders.site(repository.site(pathlib.Path("all"), {}) / "our", bad)
    builders.site(pathlib.Path("bare"), bad)
    for root, path in (("all/our", "our"), ("bare", "bare")):
        (line,) = annotated("--root", root)
        assert line.startswith(f"::error file={path}/content/contracts/a.md,line=")
        assert ",title=date::" in line


def test_columns() -> None:
    """Where one knows at which character something begins, the annotation tells it; never its end.

    Two of a kind in one line are one message, as ever.
    """
    files = {
        CONTRACT: builders.text(f"本页附 {MOBILE}，又 {MOBILE}。\n"),
        "content/contracts/b.md": builders.text().replace("\ntitle:", "\ntilte:"),
    }
    builders.site(repository.site(pathlib.Path("site"), {}), files)
    found = annotated("--root", "site")
    heads = {line.partition("::")[2].partition("::")[0] for line in found}
    assert len(heads) == len(found)
    told = {head.rpartition("title=")[2]: re.findall("col=([0-9]+)", head) for head in heads}
    assert told["personal"] == ["5"]
    assert told["unknown-field-near"] == ["1"]
    assert "endCol" not in "".join(heads)


def test_ordinary_output_stays() -> None:
    """Beside the annotations the messages are printed as ever, and the exit code is the same."""
    builders.site(pathlib.Path("site"), {CONTRACT: builders.text(LEAK)})
    plain = run("check", "--root", "site")
    told = run("check", "--root", "site", "--format", "github")
    assert (told[0], told[2]) == (plain[0], plain[2]) == (1, plain[2])


def test_drafts_and_notices() -> None:
    """A draft, and what one should look at, are notices: they stop nothing."""
    files = {
        "content/contracts/a.md": builders.text(vendors=["某某照明工程有限公司"]),
        "content/contracts/b.md": builders.text(vendors=["某某照朋工程有限公司"]),
        "content/contracts/c.md": builders.text(draft="true"),
    }
    builders.site(repository.site(pathlib.Path("site"), {}), files)
    found = annotated("--root", "site")
    heads = sorted(line.split(",")[-1].partition("::")[0] for line in found)
    assert heads == ["title=draft", "title=near-name"]
    assert all(line.startswith("::notice file=content/contracts/") for line in found)


def test_history() -> None:
    """What lies in a commit is shown on the file; a message or a branch has none."""
    root = repository.site(pathlib.Path("site"))
    first = commit(root)
    builders.site(root, {CONTRACT: builders.text(LEAK)})
    leak = commit(root, f"手机 {MOBILE}")
    builders.site(root, {CONTRACT: builders.text("")})
    commit(root, "Mended")
    git(root, "branch", f"手机{MOBILE}")
    found = annotated("--root", "site", "--history", "--since", first)
    line = builders.text(LEAK).count("\n")
    past = f"error file={CONTRACT},line={line},title=personal-past"
    assert any(one.startswith(f"::{past}::{leak[:10]}:{CONTRACT}:{line}: ") for one in found)
    assert {one.partition("::")[2].partition("::")[0] for one in found} == {
        past,
        "error title=personal-message",
        "error title=personal-ref",
    }


def test_refused_without_a_file() -> None:
    """What lies in no file is an annotation all the same."""
    assert annotated("--root", "nowhere")[0].startswith("::error::There is no site.yaml in nowhere")
