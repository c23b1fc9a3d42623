"""What a change would publish, told in Markdown: new, changed, withdrawn, gone, drafts."""

import pathlib
import re

import pytest

import builders
import repository
from repository import commit, git

run = builders.run
PLACE = "content/contracts/{}.md"
SITE = builders.SITE.replace("zh-CN", "en")
WITHDRAWN = {"state": "withdrawn", "date": "2026-03-01", "reason": "重复"}


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """An empty folder, an English terminal, and no error that is swallowed."""
    monkeypatch.setenv("PORTAL_TRACE", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)


def change(root: pathlib.Path, files: dict[str, str | bytes]) -> pathlib.Path:
    """Writes files into an English site."""
    return builders.site(root, {"site.yaml": SITE, **files})


@pytest.fixture
def root(tmp_path: pathlib.Path) -> pathlib.Path:
    """A register of four contracts and a draft on main, and a branch that nothing is on yet."""
    ids = ("kept", "lights", "bridge", "road")
    files: dict[str, str | bytes] = {
        PLACE.format(id): builders.text(title=f"合同{id}") for id in ids
    }
    files[PLACE.format("later")] = builders.text(title="合同later", draft="true")
    files["content/contracts/lights/plan.pdf"] = builders.paper()
    files[PLACE.format("lights")] = builders.text(
        title="合同lights", documents=[{"title": "平面图", "file": "plan.pdf"}]
    )
    made = change(repository.site(tmp_path / "site"), files)
    commit(made)
    git(made, "switch", "-q", "-c", "proposal")
    return made


def summary(root: pathlib.Path, *more: str) -> dict[str, list[str]]:
    """The summary of a check: what stands under each heading; nothing of Markdown goes astray."""
    file = root.parent / "summary.md"
    file.unlink(missing_ok=True)
    code, _, errors = run("check", "--root", str(root), "--summary", str(file), *more)
    assert (code, errors) == (0, "")
    parts = re.split(r"^#+ (.*)$", file.read_text("utf-8"), flags=re.MULTILINE)[1:]
    found = dict(zip(parts[::2], parts[1::2], strict=True))
    return {head: [line for line in text.splitlines() if line] for head, text in found.items()}


def test_nothing(root: pathlib.Path) -> None:
    """A branch that changes nothing says so; one that is compared with nothing says that."""
    base = git(root, "rev-parse", "main")
    (lines,) = summary(root, "--base", "main").values()
    assert lines == [
        "Contracts in the register: 4.",
        f"Compared with commit {base[:10]}:",
        "Nothing that is published changes.",
    ]
    whole = summary(root)
    assert "Nothing is compared" in whole["What would be published"][1]
    assert whole["Drafts, not published: 1"] == ["- content/contracts/later.md"]


def test_all_that_can_happen(root: pathlib.Path) -> None:
    """Each contract is told once, under what becomes of it, whether it is committed or not."""
    written = {
        "new": builders.text(title="合同new", value={"withheld": "国家秘密"}),
        "later": builders.text(title="合同later"),
        "lights": builders.text("改。\n", title="合同lights", value={"amount": "1370000.00"}),
        "bridge": builders.text(title="合同bridge", status=WITHDRAWN),
        "draft": builders.text(title="合同draft", draft="true"),
    }
    (root / "content/contracts/lights/plan.pdf").unlink()
    change(
        root,
        {
            "site.yaml": SITE + "publisher: 某某\n",
            "content/vendors/lights.yaml": "name: 某某照明工程有限公司\n",
            **{PLACE.format(id): text for id, text in written.items()},
        },
    )
    (root / PLACE.format("road")).unlink()
    commit(root)
    (root / PLACE.format("untracked")).write_text(builders.text(title="合同untracked"), "utf-8")
    found = summary(root, "--base", "main")
    rows = {head: [line.split(" | ")[0] for line in lines] for head, lines in found.items()}
    assert rows["New contracts: 3"][2:] == ["| 合同later", "| 合同new", "| 合同untracked"]
    assert found["New contracts: 3"][3].endswith("| withheld |")
    (lights,) = found["Changed contracts: 1"][2:]
    facts = ("合同lights", "lights", "某某市城市管理局", "某某照明工程有限公司", "¥1,370,000.00")
    assert lights == f"| {' | '.join(facts)} | documents, text |"
    assert rows["Withdrawn contracts: 1"][2:] == ["| 合同bridge"]
    gone = next(lines for head, lines in found.items() if head.startswith("Published before"))
    assert gone == ["- road"]
    assert found["Drafts, not published: 1"] == ["- content/contracts/draft.md"]
    assert found["Other files: 2"] == ["- content/vendors/lights.yaml", "- site.yaml"]


def test_moved_and_renamed(root: pathlib.Path) -> None:
    """A contract that moves to another folder is the same; a renamed one is no new one."""
    (root / "content/contracts/works").mkdir()
    git(root, "mv", PLACE.format("road"), "content/contracts/works/road.md")
    git(root, "rm", "-q", PLACE.format("bridge"))
    text = builders.text(title="合同bridge", aliases=["bridge"])
    change(root, {PLACE.format("bridge-2026"): text})
    commit(root)
    found = summary(root, "--base", "main")
    assert list(found) == ["What would be published", "Changed contracts: 1"]
    assert found["Changed contracts: 1"][2].endswith("| aliases |")


def test_a_document_alone(root: pathlib.Path) -> None:
    """Another document under the same name is a change of its contract."""
    change(root, {"content/contracts/lights/plan.pdf": builders.paper() + b"%\n"})
    assert summary(root, "--base", "main")["Changed contracts: 1"][2].endswith("| documents |")


def test_since_the_branch_left(root: pathlib.Path) -> None:
    """What came to main meanwhile is not the branch's doing."""
    git(root, "switch", "-q", "main")
    change(root, {PLACE.format("meanwhile"): builders.text()})
    commit(root)
    git(root, "switch", "-q", "proposal")
    assert list(summary(root, "--base", "main")) == ["What would be published"]


def test_shallow(root: pathlib.Path, tmp_path: pathlib.Path) -> None:
    """In a clone that lacks the common past nothing is compared, and nothing fails."""
    change(root, {PLACE.format("new"): builders.text()})
    commit(root)
    where = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{root}", str(where))
    found = summary(where, "--base", "origin/main")
    assert "Nothing is compared" in found["What would be published"][1]


def test_refused(root: pathlib.Path) -> None:
    """Of a refused check there are counts and masked names; an unknown commit is refused."""
    file = root.parent / "refused.md"
    place = f"content/contracts/{repository.NAME}{repository.MOBILE}.md"
    policy = "redaction:\n  kinds:\n    mobile: suspect\n"
    change(
        root,
        {
            "site.yaml": SITE + policy,
            place: builders.text(repository.LEAK),
        },
    )
    assert run("check", "--root", str(root), "--summary", str(file))[0] == 1
    text = file.read_text("utf-8")
    assert text.startswith("## Refused: ")
    assert "for a person to decide" in text
    assert re.search(r"^\| content/contracts/.* \| \d+ \| [1-9]\d* \|$", text, re.MULTILINE)
    for word in (repository.NAME, repository.MOBILE):
        assert word not in text
    (root / place).unlink()
    code, _, errors = run("check", "--root", str(root), "--summary", str(file), "--base", "nowhere")
    assert (code, "There is no commit nowhere" in errors) == (1, True)


@pytest.mark.parametrize(
    "more", [(), ("--summary", "x", "--staged"), ("--summary", "x", "--history")]
)
def test_base_goes_with_summary(root: pathlib.Path, more: tuple[str, ...]) -> None:
    """A commit to compare with is asked for where something is compared."""
    code, _, errors = run("check", "--root", str(root), "--base", "main", *more)
    assert (code, "--base goes with --summary" in errors) == (2, True)
