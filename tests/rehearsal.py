"""Workflows rehearsed: the steps of a job run in order, with what GitHub puts around each.

A `run:` step is run by bash, in a clone, with no other environment than the workflow's. A `uses:`
step is done by a stand-in of the action's effect on files, or noted; one that nobody knows here is
an error, as is an expression.
"""

import os
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

import repository

TOP = pathlib.Path(__file__).resolve().parents[1]
EXPRESSION = "${{"
WAYS = ("pip_", "npm_config_", "node_extra_ca", "ssl_cert", "http_proxy", "https_proxy", "no_proxy")
"""Beginnings of what says how this machine reaches package indexes: GitHub's reach them plainly."""


@dataclass(slots=True)
class Ran:
    """A step that was come to: what it is called, and what became of it."""

    name: str
    is_run: bool
    code: int | None = None
    output: str = ""


@dataclass(slots=True)
class Runner:
    """A machine that runs a job: the clone, its own folders, and what it was told of the event."""

    clone: pathlib.Path
    own: pathlib.Path
    event: str = "push"
    base: str = ""
    cache: pathlib.Path | None = None
    action: pathlib.Path | None = None
    inputs: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    kept: dict[str, pathlib.Path] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.own / "home").mkdir(parents=True, exist_ok=True)

    @property
    def summary(self) -> str:
        path = self.own / "summary.md"
        return path.read_text("utf-8") if path.exists() else ""

    def environment(self) -> dict[str, str]:
        """What GitHub gives to every step, and where this machine's tools lie."""
        given = {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_BASE_REF": self.base,
            "GITHUB_EVENT_NAME": self.event,
            "GITHUB_OUTPUT": str(self.own / "output"),
            "GITHUB_SHA": repository.git(self.clone, "rev-parse", "HEAD"),
            "GITHUB_STEP_SUMMARY": str(self.own / "summary.md"),
            "GITHUB_WORKSPACE": str(self.clone),
            "HOME": str(self.own / "home"),
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "RUNNER_OS": "Linux",
            "RUNNER_TEMP": str(self.own),
        }
        given |= {name: one for name, one in os.environ.items() if name.lower().startswith(WAYS)}
        if self.action is not None:
            given["GITHUB_ACTION_PATH"] = str(self.action)
        return given | self.variables

    # Expressions

    def said(self, text: object) -> str:
        """A text with its expressions worked out; KeyError for one that is not known here."""
        parts = str(text).split(EXPRESSION)
        found = [parts[0]]
        for part in parts[1:]:
            expression, end, rest = part.partition("}}")
            assert end, text
            found += [self.value(expression.strip()), rest]
        return "".join(found)

    def value(self, expression: str) -> str:
        if expression.startswith("hashFiles("):
            return "0123abcd"
        known = {
            "runner.os": "Linux",
            "github.sha": "f" * 40,
            "github.event_name": self.event,
            **{f"inputs.{name}": value for name, value in self.inputs.items()},
            **{f"steps.{name}": value for name, value in self.outputs.items()},
        }
        return known[expression]

    def goes(self, condition: str | None, *, is_well: bool) -> bool:
        """Whether a step is to run; KeyError for a condition that is not known here."""
        proposed = self.event == "pull_request"
        known = {
            None: is_well,
            "!cancelled()": True,
            "failure()": not is_well,
            "github.event_name == 'pull_request'": is_well and proposed,
            "github.event_name == 'pull_request' && !cancelled()": proposed,
            "inputs.pages == 'true' && github.event_name != 'pull_request'": (
                is_well and self.inputs.get("pages") == "true" and not proposed
            ),
        }
        return known[condition and condition.strip().removeprefix("${{").removesuffix("}}").strip()]


def loaded(path: pathlib.Path) -> dict[str, Any]:
    """A workflow as data; `on` is text, as it is to GitHub."""
    return dict(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))


def job(runner: Runner, steps: Sequence[Mapping[str, Any]], *outer: Mapping[str, str]) -> list[Ran]:
    """The steps of a job in order; `outer` are the environments of workflow and job."""
    ran: list[Ran] = []
    for step in steps:
        is_well = all(not one.code for one in ran)
        if not runner.goes(step.get("if"), is_well=is_well):
            continue
        name = step.get("name") or step.get("run") or step["uses"]
        if "run" in step:
            ran.append(_run(runner, name, step, outer))
        else:
            _use(runner, step)
            ran.append(Ran(name, is_run=False))
    for step in steps:
        if all(not one.code for one in ran) and "actions/cache@" in step.get("uses", ""):
            _save(runner, step)
    return ran


def _run(
    runner: Runner, name: str, step: Mapping[str, Any], outer: Iterable[Mapping[str, str]]
) -> Ran:
    environment = runner.environment()
    for each in (*outer, step.get("env", {})):
        environment |= {key: runner.said(value) for key, value in each.items()}
    script, output = runner.own / "step.sh", runner.own / "output"
    script.write_text(runner.said(step["run"]), "utf-8")
    output.write_text("", "utf-8")
    strict = ["--noprofile", "--norc", "-eo", "pipefail"] if "shell" in step else ["-e"]
    done = subprocess.run(
        ["bash", *strict, str(script)],
        cwd=runner.clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    for line in output.read_text("utf-8").splitlines():
        key, _, value = line.partition("=")
        runner.outputs[f"{step['id']}.outputs.{key}"] = value
    return Ran(name, is_run=True, code=done.returncode, output=done.stdout)


# Actions


def _use(runner: Runner, step: Mapping[str, Any]) -> None:
    given = {key: runner.said(value) for key, value in step.get("with", {}).items()}
    KNOWN[step["uses"].partition("@")[0]](runner, given)


def _nothing(_: Runner, __: Mapping[str, str]) -> None:
    """The clone is there, and so is Python."""


def _restore(runner: Runner, given: Mapping[str, str]) -> None:
    store = _store(runner, given)
    if store is not None:
        restore(runner)


def restore(runner: Runner) -> None:
    """What was saved last for these paths comes back, times and all."""
    store = runner.cache and runner.cache / "site.tar"
    if store is not None and store.exists():
        subprocess.run(["tar", "-xf", str(store)], cwd=runner.clone, check=True)


def _save(runner: Runner, step: Mapping[str, Any]) -> None:
    given = {key: runner.said(value) for key, value in step["with"].items()}
    store = _store(runner, given)
    if store is None:
        return
    paths = [path for path in given["path"].split() if (runner.clone / path).exists()]
    command = ["tar", "--posix", "-cf", str(store), *paths]  # as the action packs it
    subprocess.run(command, cwd=runner.clone, check=True)


def _store(runner: Runner, given: Mapping[str, str]) -> pathlib.Path | None:
    """Where a cache lies; what lies in the home, pip's own, is none of ours."""
    paths = given["path"].split()
    if runner.cache is None or paths[0].startswith("~"):
        return None
    assert given["key"]
    return runner.cache / "site.tar"


def _keep(runner: Runner, given: Mapping[str, str]) -> None:
    """What is handed on must be there."""
    folder = runner.clone / given["path"]
    assert (folder / "index.html").is_file()
    runner.kept[given.get("name", "github-pages")] = folder


def _deploy(runner: Runner, _: Mapping[str, str]) -> None:
    assert "github-pages" in runner.kept
    runner.outputs["deployment.outputs.page_url"] = "https://contracts.example.org/"


KNOWN: Mapping[str, Callable[[Runner, Mapping[str, str]], None]] = {
    "actions/checkout": _nothing,
    "actions/setup-python": _nothing,
    "actions/cache": _restore,
    "actions/cache/restore": _restore,
    "actions/upload-artifact": _keep,
    "actions/upload-pages-artifact": _keep,
    "actions/deploy-pages": _deploy,
}


def workflow(runner: Runner, path: pathlib.Path, only: Iterable[str] = ()) -> dict[str, list[Ran]]:
    """The jobs of a workflow, or those that are named; none that needs one that failed."""
    found, whole = {}, loaded(path)
    for name, one in whole["jobs"].items():
        if only and name not in only:
            continue
        needed = [one["needs"]] if isinstance(one.get("needs"), str) else one.get("needs", [])
        if all(is_well(found.get(other)) for other in needed):
            outer = (whole.get("env", {}), one.get("env", {}))
            found[name] = job(runner, one["steps"], *outer)
    return found


def is_well(ran: Sequence[Ran] | None) -> bool:
    """Whether a job was run, and none of its steps failed."""
    return ran is not None and all(not one.code for one in ran)


# Clones


def program(folder: pathlib.Path) -> pathlib.Path:
    """The files of this repository as they lie here, without what git ignores."""
    listed = repository.git(TOP, "ls-files", "-z", "-co", "--exclude-standard").split("\0")
    for name in filter(None, listed):
        if (TOP / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(TOP / name, folder / name)
    return folder


def installed(folder: pathlib.Path) -> pathlib.Path:
    """Puts in place what `scripts/install` would: the libraries of these tests, as a .venv."""
    own, ours = folder / ".venv", pathlib.Path(sys.prefix)
    own.mkdir()
    for name in ("bin", "lib"):
        (own / name).symlink_to(ours / name)
    shutil.copy(ours / "pyvenv.cfg", own)
    for lock in folder.glob("requirements*.txt"):
        shutil.copy(lock, own)
    done = folder / "scripts/sqlite/node_modules"
    if (TOP / "scripts/sqlite/node_modules").is_dir():
        shutil.copytree(TOP / "scripts/sqlite/node_modules", done)
        (done / ".package-lock.json").touch()
    return folder


def clone(origin: pathlib.Path, folder: pathlib.Path, commit: str) -> pathlib.Path:
    """A fresh clone as actions/checkout makes it: the remote's branches, and none of its own."""
    folder.mkdir(parents=True)
    repository.git(folder, "init", "-q")
    repository.git(folder, "remote", "add", "origin", str(origin))
    wanted = ("+refs/heads/*:refs/remotes/origin/*", "+refs/pull/*:refs/remotes/pull/*")
    repository.git(folder, "fetch", "-q", "origin", *wanted)
    repository.git(folder, "checkout", "-q", "--detach", commit)
    return folder


def tree(folder: pathlib.Path) -> dict[str, bytes]:
    """Every file of a folder, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def steps(path: pathlib.Path) -> Iterator[Mapping[str, Any]]:
    """Every step of a workflow or of an action."""
    whole = loaded(path)
    if "runs" in whole:
        yield from whole["runs"]["steps"]
    for one in whole.get("jobs", {}).values():
        yield from one["steps"]
