"""The workflows: valid, careful, and each of their steps run in a fresh clone, in order."""

import os
import pathlib
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from typing import Any

import check_jsonschema
import pytest
from click import testing

import builders
import portal
import rehearsal
import repository
from rehearsal import TOP, Ran, Runner, is_well

WORKFLOWS = tuple(sorted((TOP / ".github/workflows").glob("*.yml")))
HOSTING = TOP / "docs/hosting"
OURS = (*WORKFLOWS, *sorted(HOSTING.glob("content-*.yml")), *sorted(HOSTING.glob("gitea-*.yml")))
ACTION = TOP / "action.yml"
FORMS = tuple(
    one for one in sorted((TOP / ".github/ISSUE_TEMPLATE").glob("*.yml")) if one.stem != "config"
)
CHECK, PUBLISH = (TOP / f".github/workflows/{name}.yml" for name in ("check", "publish"))
NEW = "content/contracts/2026/street-lights.md"
LEAK = f"\n## 第一条 联系\n\n{repository.LEAK}"


def short(path: pathlib.Path) -> str:
    """A file's path from the top, as the name of a test."""
    return path.relative_to(TOP).as_posix()


# What is written


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", OURS),
        ("github-actions", (ACTION,)),
        ("gitlab-ci", (HOSTING / "gitlab-ci.yml",)),
        ("github-issue-forms", FORMS),
        ("github-issue-config", (TOP / ".github/ISSUE_TEMPLATE/config.yml",)),
    ],
)
def test_schema(schema: str, files: tuple[pathlib.Path, ...]) -> None:
    """Each file is valid by the published schema of its kind."""
    assert files
    arguments = ["--builtin-schema", f"vendor.{schema}", *map(str, files)]
    done = testing.CliRunner().invoke(check_jsonschema.main, arguments)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("path", [*OURS, ACTION], ids=short)
def test_pinned(path: pathlib.Path) -> None:
    """Every action of others is pinned by its commit, with its version beside it, the same one."""
    used = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    for one in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one
    everywhere = "\n".join(one.read_text("utf-8") for one in (*OURS, ACTION))
    pins: dict[str, set[str]] = {}
    for name, pin in re.findall(r"uses: (actions/[\w-]+)(?:/\w+)?@(.*)", everywhere):
        pins.setdefault(name, set()).add(pin)
    assert [name for name, found in pins.items() if len(found) > 1] == []


@pytest.mark.parametrize("path", [*OURS, ACTION], ids=short)
def test_no_expression_in_a_script(path: pathlib.Path) -> None:
    """What others can name, such as a branch, never becomes a part of a script."""
    scripts = [one["run"] for one in rehearsal.steps(path) if "run" in one]
    assert [one for one in scripts if rehearsal.EXPRESSION in one] == []


@pytest.mark.parametrize("path", [PUBLISH, HOSTING / "content-publish.yml"], ids=short)
def test_only_main_is_published(path: pathlib.Path) -> None:
    """Started by hand on another branch, which nobody reviewed, it publishes nothing."""
    jobs = rehearsal.loaded(path)["jobs"]
    assert jobs["build"]["if"] == "${{ github.ref == 'refs/heads/main' }}"
    assert jobs["deploy"]["needs"] == "build"
    assert "if" not in jobs["deploy"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_the_key_goes(tmp_path: pathlib.Path) -> None:
    """Gitea's key to the server does not stay on the runner, also where the server is away."""
    step = rehearsal.loaded(HOSTING / "gitea-publish.yml")["jobs"]["publish"]["steps"][-1]
    ssh = tmp_path / "ssh"
    ssh.write_text('#!/bin/sh\ncp "$2" "$RUNNER_TEMP/seen"\ncat >/dev/null\nexit 255\n')
    ssh.chmod(0o755)
    (tmp_path / "public").mkdir()
    given = {"RUNNER_TEMP": str(tmp_path), "KEY": "a key", "KNOWN": "a host", "HOST": "at@host"}
    surroundings = {**os.environ, **given, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = ["bash", "-e", "-c", step["run"]]
    done = subprocess.run(command, cwd=tmp_path, env=surroundings, check=False)
    assert done.returncode == 255
    assert (tmp_path / "seen").read_text() == "a key\n"
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("path", WORKFLOWS, ids=short)
def test_least(path: pathlib.Path) -> None:
    """A workflow may read, and no more; only the job that deploys may write pages. No secrets."""
    whole, text = rehearsal.loaded(path), path.read_text("utf-8")
    assert whole["permissions"] == {"contents": "read"}
    more = {name: one["permissions"] for name, one in whole["jobs"].items() if "permissions" in one}
    expected = {"deploy": {"pages": "write", "id-token": "write"}} if path == PUBLISH else {}
    assert more == expected
    assert "pull_request_target" not in text
    assert "secrets." not in text
    checkouts = [one for one in rehearsal.steps(path) if "checkout@" in one.get("uses", "")]
    assert {one["with"]["persist-credentials"] for one in checkouts} == {"false"}
    assert {one["with"]["fetch-depth"] for one in checkouts} == {"0"}
    assert all(
        "timeout-minutes" in one and "concurrency" in whole for one in whole["jobs"].values()
    )


def test_unknown() -> None:
    """An expression, a condition or an action that the rehearsal does not know is an error."""
    runner = Runner(TOP, pathlib.Path("/tmp"))
    with pytest.raises(KeyError):
        runner.said("${{ github.token }}")
    with pytest.raises(KeyError):
        rehearsal.job(runner, [{"uses": "actions/unknown@1"}])
    with pytest.raises(KeyError):
        rehearsal.job(runner, [{"run": "true", "if": "cancelled()"}])


def test_version() -> None:
    """There is one version: the program prints it, and the documents name no other."""
    assert builders.run("--version") == (0, f"Contract Portal {portal.VERSION}\n", "")
    changes = (TOP / "CHANGELOG.md").read_text("utf-8")
    assert re.findall(r"^## (\S+)", changes, re.MULTILINE)[0] == portal.VERSION
    named = {
        found
        for path in (*sorted(HOSTING.glob("content-*.yml")), *(TOP / "docs").glob("following*.md"))
        for found in re.findall(r"contract-portal@.* # v(\S+)", path.read_text("utf-8"))
    }
    assert named == {portal.VERSION}


@pytest.mark.parametrize("path", sorted((TOP / "docs").rglob("*.md")), ids=short)
def test_links(path: pathlib.Path) -> None:
    """What a document links to, or shows, is there."""
    text = re.sub(r"```.*?```|`[^`]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    inside = [one for one in targets if "://" not in one]
    assert [one for one in inside if not (path.parent / one).exists()] == []


# The repository that holds all


class Origin:
    """A repository of this program, as GitHub has it, and proposals to change it."""

    def __init__(self, folder: pathlib.Path, files: Mapping[str, str] | None = None) -> None:
        """`files` take the place of the whole program."""
        self.folder, self.work = folder, folder / "origin"
        self.count = 0
        self.work.mkdir(parents=True)
        repository.git(self.work, "init", "-q")
        if files is None:
            rehearsal.program(self.work)
        else:
            builders.site(self.work, dict(files))
        self.main = repository.commit(self.work, "First")

    def commit(self, files: Mapping[str, str | bytes]) -> str:
        """A commit on main with these files; None stays as it is."""
        return self._on("main", files)

    def proposal(self, files: Mapping[str, str | bytes]) -> str:
        """A pull request with these files: the merge that GitHub tries, which check is run on."""
        repository.git(self.work, "switch", "-q", "-C", "proposal", self.main)
        self._write(files)
        repository.commit(self.work, "Proposed")
        repository.git(self.work, "switch", "-q", "--detach", self.main)
        repository.git(self.work, "merge", "-q", "--no-ff", "-m", "Merge", "proposal")
        merged = repository.git(self.work, "rev-parse", "HEAD")
        repository.git(self.work, "update-ref", "refs/pull/1/merge", merged)
        repository.git(self.work, "switch", "-q", "main")
        return merged

    def _on(self, branch: str, files: Mapping[str, str | bytes]) -> str:
        repository.git(self.work, "switch", "-q", "-C", branch, self.main)
        self._write(files)
        return repository.commit(self.work, "Change")

    def _write(self, files: Mapping[str, str | bytes]) -> None:
        for path, content in files.items():
            (self.work / path).parent.mkdir(parents=True, exist_ok=True)
            (self.work / path).write_bytes(
                content.encode() if isinstance(content, str) else content
            )

    def runner(self, commit: str, **given: Any) -> Runner:
        """A machine with a fresh clone of a commit, and with what would be installed there."""
        self.count += 1
        clone = rehearsal.clone(self.work, self.folder / f"clone-{self.count}", commit)
        if (clone / "scripts/install").exists():
            rehearsal.installed(clone)
        return Runner(clone, self.folder / f"own-{self.count}", **given)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Origin:
    """The repository of the program with its samples."""
    return Origin(tmp_path_factory.mktemp("github"))


def failed(ran: list[Ran]) -> list[str]:
    """The steps that failed."""
    return [one.name for one in ran if one.code]


def whole(ran: list[Ran]) -> str:
    """Everything that the steps of a job printed."""
    return "".join(one.output for one in ran)


def commands(text: str) -> list[str]:
    """The annotations among what was printed."""
    return [line for line in text.splitlines() if line.startswith("::")]


def test_check(origin: Origin) -> None:
    """A proposal is checked and built; the summary tells what it would publish."""
    old = (TOP / "content/contracts/2025/aksu-platform-operations-2025.md").read_text("utf-8")
    changed = old.replace("amount: 1168000.00", "amount: 1168000.00 # 元") + "\n再加一行。\n"
    merged = origin.proposal(
        {
            NEW: builders.text(title="路灯 | <b>维护</b>"),
            "content/contracts/2026/later.md": builders.text(draft="true"),
            "content/contracts/2025/aksu-platform-operations-2025.md": changed,
        }
    )
    runner = origin.runner(merged, event="pull_request", base="main")
    ran = rehearsal.workflow(runner, CHECK, only=["content"])["content"]
    assert failed(ran) == [], whole(ran)
    assert [one.name for one in ran if one.is_run] == [
        "Forget half a cache",
        "Install the program",
        "Check the content",
        "Look for personal data in the commits",
        "Build the site",
    ]
    assert (runner.kept["site"] / "contracts/street-lights/index.html").is_file()
    draft = "file=content/contracts/2026/later.md,title=draft::"
    assert [one for one in commands(whole(ran)) if one.startswith("::error")] == []
    assert any(draft in one for one in commands(whole(ran)))
    rows = [line for line in runner.summary.splitlines() if line.startswith("| ")]
    assert "### 新公开的合同：1 份" in runner.summary
    assert any(
        "路灯 &#124; &#60;b&#62;维护" in one and "¥1,370,000.00" in one and "某某照明" in one
        for one in rows
    )
    assert next(one for one in rows if "aksu" in one).endswith("| 正文 |")
    assert "- content/contracts/2026/later.md" in runner.summary
    assert "已查看 2 次提交" in whole(ran)


def test_a_proposal_is_refused(origin: Origin) -> None:
    """A mobile number stops the check; it is shown on its line, and nowhere repeated."""
    text = builders.text(LEAK)
    merged = origin.proposal({NEW: text})
    runner = origin.runner(merged, event="pull_request", base="main")
    ran = rehearsal.workflow(runner, CHECK, only=["content"])["content"]
    assert failed(ran) == ["Check the content", "Look for personal data in the commits"]
    assert runner.kept == {}
    line = text[: text.index(repository.MOBILE)].count("\n") + 1
    column = text.splitlines()[line - 1].index(repository.MOBILE) + 1
    mark = f"::error file={NEW},line={line},col={column},title=personal::"
    past = f"::error file={NEW},line={line},title=personal-past::"
    found = commands(whole(ran))
    assert any(one.startswith(mark) for one in found)
    assert any(one.startswith(past) for one in found)
    assert f"| {NEW} | 2 | 0 |" in runner.summary
    for word in (repository.MOBILE, repository.NAME):
        assert word not in whole(ran) + runner.summary


@pytest.fixture(scope="module")
def published(origin: Origin) -> pathlib.Path:
    """The cache after a first publication, which was deployed."""
    cache = origin.folder / "cache"
    cache.mkdir()
    runner = origin.runner(origin.main, cache=cache)
    ran = rehearsal.workflow(runner, PUBLISH)
    assert {name: failed(each) for name, each in ran.items()} == {"build": [], "deploy": []}
    assert "https://" in runner.outputs["deployment.outputs.page_url"]
    return cache


def copied(origin: Origin, cache: pathlib.Path) -> pathlib.Path:
    """A copy of a cache, for a run that will change it."""
    origin.count += 1
    return pathlib.Path(shutil.copytree(cache, origin.folder / f"cache-{origin.count}"))


def test_publish(origin: Origin, published: pathlib.Path) -> None:
    """What is on main is built, verified and deployed; the second time little is made."""
    later = origin.runner(origin.commit({NEW: builders.text()}), cache=copied(origin, published))
    ran = rehearsal.workflow(later, PUBLISH)
    assert is_well(ran["deploy"]), whole(ran["build"])
    made, kept = re.findall(r"新生成 (\d+) 个文件，保留 (\d+) 个", whole(ran["build"]))[0]
    assert int(made) < int(kept)


def short_of_half(clone: pathlib.Path) -> None:
    """Every file loses its second half."""
    for path in (*(clone / "public").rglob("*"), *(clone / ".public.state").rglob("*")):
        if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage",
    [
        lambda clone: shutil.rmtree(clone / ".public.state"),
        lambda clone: shutil.rmtree(clone / "public"),
        short_of_half,
    ],
    ids=["no state", "no site", "cut short"],
)
def test_a_damaged_cache(
    origin: Origin, published: pathlib.Path, damage: Callable[[pathlib.Path], None]
) -> None:
    """A cache that is damaged costs time, and nothing else."""
    runner = origin.runner(origin.main, cache=copied(origin, published))
    rehearsal.restore(runner)
    before = rehearsal.tree(runner.clone / "public")
    damage(runner.clone)
    runner.cache = None
    ran = rehearsal.workflow(runner, PUBLISH, only=["build"])["build"]
    assert failed(ran) == [], whole(ran)
    assert rehearsal.tree(runner.kept["github-pages"]) == before


def test_a_refused_build_is_not_deployed(origin: Origin) -> None:
    """What is refused on main is shown on its line; nothing is handed on, and nobody deploys."""
    text = builders.text(LEAK)
    runner = origin.runner(origin.commit({NEW: text}))
    ran = rehearsal.workflow(runner, PUBLISH)
    assert list(ran) == ["build"]
    assert failed(ran["build"]) == ["Build the site", "Show what was refused"]
    assert runner.kept == {}
    line = text[: text.index(repository.MOBILE)].count("\n") + 1
    assert any(f"file={NEW},line={line}," in one for one in commands(whole(ran["build"])))
    assert repository.MOBILE not in whole(ran["build"]) + runner.summary


# Content apart from the generator


def action(runner: Runner) -> list[Ran]:
    """The steps of the composite action, with the inputs that it has."""
    whole = rehearsal.loaded(ACTION)
    runner.inputs = {name: one["default"] for name, one in whole["inputs"].items()} | runner.inputs
    return rehearsal.job(runner, whole["runs"]["steps"])


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The folder into which GitHub puts the action."""
    return rehearsal.installed(rehearsal.program(tmp_path_factory.mktemp("actions") / "portal"))


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Origin:
    """A repository that holds only a site, in a folder with a space in its name."""
    files = {"our site/site.yaml": builders.SITE, "our site/content/contracts/a.md": ""}
    files["our site/content/contracts/a.md"] = builders.text()
    return Origin(tmp_path_factory.mktemp("content"), files)


def test_action(content: Origin, program: pathlib.Path) -> None:
    """Content alone is checked, built, verified and handed to Pages, with the action's program."""
    inputs = {"root": "our site", "output": "out/the site", "pages": "true"}
    runner = content.runner(content.main, action=program, inputs=inputs)
    ran = action(runner)
    assert failed(ran) == [], whole(ran)
    assert set(runner.kept) == {"github-pages"}
    assert (runner.clone / "out/the site/contracts/a/index.html").is_file()
    assert (runner.clone / "out/.the site.state/manifest").is_file()
    assert runner.outputs["paths.outputs.site"] == "out/the site"
    assert re.fullmatch(r"\d+\.\d+\.\d+", runner.outputs["install.outputs.version"])
    assert repository.git(runner.clone, "status", "--porcelain") == "?? out/"


@pytest.mark.slow
def test_action_on_a_proposal(content: Origin, program: pathlib.Path) -> None:
    """A proposal of content is compared and looked at; its lines are named from the top."""
    text = builders.text(LEAK)
    merged = content.proposal({"our site/content/contracts/b.md": text})
    given: dict[str, Any] = {"event": "pull_request", "base": "main", "action": program}
    runner = content.runner(merged, inputs={"root": "our site", "pages": "true"}, **given)
    ran = action(runner)
    assert failed(ran) == [
        "Check the content",
        "Look for personal data in the commits of a proposal",
    ]
    assert runner.kept == {}
    assert any(
        "::error file=our site/content/contracts/b.md,line=" in one for one in commands(whole(ran))
    )


@pytest.mark.slow
def test_action_on_a_good_proposal(content: Origin, program: pathlib.Path) -> None:
    """A good proposal is built for a look, and is not handed to Pages."""
    good = content.proposal({"our site/content/contracts/c.md": builders.text()})
    inputs = {"root": "our site", "pages": "true"}
    given: dict[str, Any] = {"event": "pull_request", "base": "main", "action": program}
    runner = content.runner(good, inputs=inputs, **given)
    ran = action(runner)
    assert failed(ran) == [], whole(ran)
    assert set(runner.kept) == {"site"}
    assert "### 新公开的合同：1 份" in runner.summary


def test_five_lines() -> None:
    """The workflows for a content repository use the action, with inputs that it has."""
    inputs = rehearsal.loaded(ACTION)["inputs"]
    for name in ("content-check", "content-publish"):
        used = [
            one
            for one in rehearsal.steps(HOSTING / f"{name}.yml")
            if "/contract-portal@" in one.get("uses", "")
        ]
        assert len(used) == 1
        assert set(used[0].get("with", {})) <= set(inputs)


# Other hosts


def scripts(path: pathlib.Path, job: str) -> list[Mapping[str, Any]]:
    """The commands of a job of GitLab's, or of Gitee's, as steps."""
    whole = rehearsal.loaded(path)
    if "stages" in whole and job in whole:
        return [{"run": one} for one in whole[job]["script"]]
    return [{"run": one} for one in whole["stages"][0]["steps"][0]["commands"]]


@pytest.mark.slow
def test_gitlab(origin: Origin) -> None:
    """GitLab's jobs check a proposal with its summary, and publish the default branch."""
    path = HOSTING / "gitlab-ci.yml"
    runner = origin.runner(origin.proposal({NEW: builders.text()}))
    runner.variables = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    ran = rehearsal.job(runner, scripts(path, "check"))
    assert failed(ran) == [], whole(ran)
    assert "### 新公开的合同：1 份" in (runner.clone / "summary.md").read_text("utf-8")
    ran = rehearsal.job(origin.runner(origin.main), scripts(path, "pages"))
    assert failed(ran) == [], whole(ran)


@pytest.mark.slow
def test_gitea(origin: Origin) -> None:
    """Gitea's workflows check a proposal and build; the copy to a server is well-formed bash."""
    runner = origin.runner(
        origin.proposal({NEW: builders.text()}), event="pull_request", base="main"
    )
    ran = rehearsal.workflow(runner, HOSTING / "gitea-check.yml")["content"]
    assert failed(ran) == [], whole(ran)
    assert "### 新公开的合同：1 份" in whole(ran)
    *steps, last = rehearsal.loaded(HOSTING / "gitea-publish.yml")["jobs"]["publish"]["steps"]
    ran = rehearsal.job(origin.runner(origin.main), steps)
    assert failed(ran) == [], whole(ran)
    subprocess.run(["bash", "-n"], input=last["run"], text=True, check=True)


@pytest.mark.slow
def test_gitee(origin: Origin) -> None:
    """Gitee Go's commands build the site, also in a clone that was whole already."""
    runner = origin.runner(origin.main)
    ran = rehearsal.job(runner, scripts(HOSTING / "gitee-go.yml", ""))
    assert failed(ran) == [], whole(ran)
    assert (runner.clone / "public/index.html").is_file()


# What takes minutes


@pytest.mark.slow
def test_code(origin: Origin) -> None:
    """The job that tests the program, with one file: the suite cannot run within itself."""
    runner = origin.runner(origin.main, event="pull_request", base="main")
    runner.variables = {"TESTS": "tests/test_amounts.py", "WORKERS": ""}
    ran = rehearsal.workflow(runner, CHECK, only=["code"])["code"]
    assert failed(ran) == [], whole(ran)
    assert re.search(r"\d+ passed", whole(ran))


@pytest.mark.slow
def test_from_nothing(origin: Origin, tmp_path: pathlib.Path) -> None:
    """With nothing installed, a fresh clone installs what it needs, and publishes."""
    clone = rehearsal.clone(origin.work, tmp_path / "clone", origin.main)
    ran = rehearsal.workflow(Runner(clone, tmp_path / "own"), PUBLISH)
    assert is_well(ran.get("deploy")), whole(ran["build"])
