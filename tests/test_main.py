"""The command line: what it prints, what it ends with, what it writes, and what it leaves alone."""

import json
import os
import pathlib
import subprocess
import sys
import textwrap

import pytest

import builders
from portal import model, source, strings, workers

TOP = pathlib.Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """An English terminal in an empty folder; what is no refusal is raised, and fails the test."""
    monkeypatch.setenv("PORTAL_TRACE", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)


run = builders.run


def process(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    """The command line as a person starts it."""
    return subprocess.run(
        [sys.executable, str(TOP / "build.py"), *arguments],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"} | given,
        timeout=120,
        check=False,
    )


def site(files: dict[str, str] | None = None) -> pathlib.Path:
    """A site with one contract and these files, in a folder of the present one."""
    return builders.site(
        pathlib.Path("site"), {"content/contracts/lights.md": builders.text(), **(files or {})}
    )


def held(folder: pathlib.Path) -> dict[str, bytes]:
    """Every file of a folder, with its bytes."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Exit codes


@pytest.mark.parametrize(
    "arguments",
    [
        ["buidl"],
        ["--nope"],
        ["build", "--nope"],
        ["check", "extra"],
        ["check", "--root"],
        ["check", "--root", "site/site.yaml"],
        ["check", "--jobs", "0"],
        ["check", "--jobs", "many"],
        ["check", "--format", "xml"],
        ["serve", "--port", "65536"],
        ["new"],
        ["new", "--title", "x"],
        ["schema", "--output", "site/site.yaml"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    """A command that is typed wrongly ends with 2, says how it is used, and does nothing."""
    before = held(site())
    code, output, errors = run(*arguments)
    assert (code, output) == (2, "")
    assert "Error: " in errors
    assert held(pathlib.Path()) == before


def test_meant() -> None:
    """A command that is nearly right is guessed."""
    assert "Did you mean 'build'?" in run("buidl")[2]


@pytest.mark.parametrize("command", ["build", "check", "serve", "new", "schema"])
@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_help(command: str, language: str) -> None:
    """Help is in the site's language, also before anything else about the site is read."""
    root = builders.site(pathlib.Path("site"), {"site.yaml": f"语言: '{language}'\nname: [\n"})
    code, output, _ = run(command, "--root", str(root), "--help")
    assert code == 0
    assert strings.of(language)[f"command.{command}"].split()[0] in output


@pytest.mark.parametrize(
    ("terminal", "words"),
    [("zh_CN.UTF-8", "没有 site.yaml"), ("de_DE.UTF-8", "There is no site.yaml")],
)
def test_language_of_the_terminal(
    terminal: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no site, the terminal's language is spoken."""
    monkeypatch.setenv("LC_ALL", terminal)
    code, _, errors = run("check")
    assert code == 1
    assert words in errors


@pytest.mark.parametrize("command", ["check", "new", "build"])
@pytest.mark.parametrize("root", ["missing", "empty", "a file in a site"])
def test_no_site(command: str, root: str) -> None:
    """A folder without site.yaml is refused, and stays as it is."""
    pathlib.Path("empty").mkdir()
    more = ("bridge",) if command == "new" else ()
    code, output, errors = run(command, *more, "--root", root)
    assert (code, output) == (1, "")
    assert errors == strings.of("en")["refused.no-site"].format(path=root) + "\n"
    assert not pathlib.Path("missing").exists()
    assert list(pathlib.Path("empty").iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"\xb5\xd8", b"\x00", b"---\n", b"- a\n", b"a"]
)
def test_no_text(content: bytes) -> None:
    """A site.yaml of any bytes is refused with its place."""
    builders.site(pathlib.Path("site"), {"site.yaml": content})
    code, _, errors = run("check", "--root", "site")
    assert code == 1
    assert errors.startswith("site.yaml:1: ")


def test_site_is_a_folder() -> None:
    """A folder that is called site.yaml is no site."""
    pathlib.Path("site/site.yaml").mkdir(parents=True)
    code, _, errors = run("check", "--root", "site")
    assert code == 1
    assert errors.startswith("site.yaml: not-a-file: ")


@pytest.mark.parametrize("arguments", [("check",), ("build", "--output", "out")])
def test_no_trace(arguments: tuple[str, ...]) -> None:
    """A mistake in the generator itself is one line for the author; the trace is for who asks."""
    site()
    broken = "import portal.gather, sys\nportal.gather.site = None\nfrom portal import main\n"
    code = f"{broken}main.run({[*arguments, '--root', 'site']!r})"
    for trace, lines in (("", 1), ("1", 5)):
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            encoding="utf-8",
            env=os.environ | {"PORTAL_TRACE": trace, "PYTHONPATH": str(TOP)},
            timeout=120,
            check=False,
        )
        assert done.returncode == 1
        assert ("Traceback" in done.stderr) == bool(trace)
        assert len(done.stderr.splitlines()) >= lines
    assert "TypeError" in done.stderr


# check


def test_check() -> None:
    """A site without mistakes is counted, and nothing is written."""
    before = held(site())
    assert run("check", "--root", "site") == (0, "1 份合同，没有问题。\n", "")
    assert held(pathlib.Path()) == before


def test_check_as_data() -> None:
    """Problems are to be had as data, each with its file and line; the exit code says the same."""
    site({"content/contracts/road.md": builders.text(signed="明天", value=None)})
    code, output, errors = run("check", "--root", "site", "--format", "json")
    assert (code, errors) == (1, "")
    found = json.loads(output)["problems"]
    assert [(one["path"], one["line"], one["code"]) for one in found] == [
        ("content/contracts/road.md", 1, "missing-field"),
        ("content/contracts/road.md", 6, "date"),
    ]
    site({"content/contracts/road.md": builders.text()})
    code, output, _ = run("check", "--root", "site", "--format", "json")
    assert code == 0
    assert json.loads(output)["problems"] == []
    assert json.loads(output)["contracts"] == 2


def test_drafts_are_listed() -> None:
    """Whoever checks is told which drafts are left out."""
    site({"content/contracts/road.md": builders.text(draft="true", value=None)})
    code, output, _ = run("check", "--root", "site")
    assert code == 0
    assert output.splitlines()[1:] == ["1 份草稿未发布：", "  content/contracts/road.md"]


def test_one_process_or_many() -> None:
    """What is said does not depend on how many processes look."""
    site({f"content/contracts/{n}.md": builders.text(signed="明天") for n in range(120)})
    one, many = (run("check", "--root", "site", "--jobs", jobs) for jobs in ("1", "2"))
    assert one == many
    assert len(one[2].splitlines()) == 121


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1", "cp1252"])
def test_any_terminal(encoding: str) -> None:
    """A terminal that lacks characters shows question marks, and the command still ends well."""
    site({"content/contracts/路灯.md": builders.text(signed="明天")})
    done = subprocess.run(
        [sys.executable, str(TOP / "build.py"), "check", "--root", "site"],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": encoding},
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"date" in done.stderr


# build


def test_refused_build() -> None:
    """A refused build leaves the last publication as it was, to the last byte."""
    root = site()
    assert run("build", "--root", "site")[0] == 0
    before = held(root / "public")
    assert before
    builders.site(root, {"content/contracts/lights.md": builders.text(signed="明天")})
    code, output, errors = run("build", "--root", "site")
    assert (code, output) == (1, "")
    assert errors.splitlines()[0].startswith("content/contracts/lights.md:")
    assert held(root / "public") == before


@pytest.mark.parametrize(
    "output",
    ["site/content/public", "site/content", "site/static/x", "site/templates", "site", "."],
)
def test_output_in_the_way(output: str) -> None:
    """An output folder within the content, or around the site, is refused."""
    before = held(site())
    code, _, errors = run("build", "--root", "site", "--output", output)
    assert code == 1
    assert "--output" in errors
    assert held(pathlib.Path()) == before


def test_output_of_others() -> None:
    """A folder with files that were not published from here is not touched."""
    site()
    builders.site(pathlib.Path("other"), {"mine.txt": "mine"})
    code, _, errors = run("build", "--root", "site", "--output", "other")
    assert code == 1
    assert "other" in errors
    assert sorted(held(pathlib.Path("other"))) == ["other/mine.txt", "other/site.yaml"]


def test_build_as_data() -> None:
    """The report of a build is to be had as data."""
    site()
    code, output, _ = run("build", "--root", "site", "--json")
    report = json.loads(output)
    assert code == 0
    assert report["contracts"] == 1
    assert report["made"] > 5


# schema


def test_schema() -> None:
    """The schemas are written beside the content, or where one asks."""
    site()
    assert run("schema", "--root", "site")[0] == 0
    assert run("schema", "--output", "elsewhere")[0] == 0
    assert len(list(pathlib.Path("site/schema").iterdir())) == 5
    assert len(list(pathlib.Path("elsewhere").iterdir())) == 5


# new

GIVEN = (
    *("--title", "道路：养护 & 维修"),
    *("--agency", "某某市城市管理局"),
    *("--vendor", "某某道路有限公司", "--vendor", "某某照明工程有限公司"),
    *("--amount", "137万", "--signed", "2026-03-01"),
)


def test_new() -> None:
    """A new contract is a draft with what is known of it; released, it is a contract."""
    root = site()
    code, output, errors = run("new", "road-2026", "--root", "site", *GIVEN)
    assert (code, errors) == (0, "")
    path = root / "content/contracts/2026/road-2026.md"
    assert str(path) in output
    assert run("check", "--root", "site")[1].splitlines()[0] == "1 份合同，没有问题。"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("草稿: true\n", ""), encoding="utf-8")
    assert run("check", "--root", "site") == (0, "2 份合同，没有问题。\n", "")
    row = builders.gathered(root).register.rows[0]
    assert (row.title, str(row.amount)) == ("道路：养护 & 维修", "1370000")
    assert [one.name for one in row.vendors] == ["某某道路有限公司", "某某照明工程有限公司"]


def test_new_of_nothing() -> None:
    """A new contract of which nothing is known is a draft, and no problem."""
    root = site()
    assert run("new", "road", "--root", "site")[0] == 0
    assert (root / "content/contracts/road.md").exists()
    code, output, errors = run("check", "--root", "site")
    assert (code, errors) == (0, "")
    assert "  content/contracts/road.md" in output.splitlines()


def test_new_has_every_field() -> None:
    """A draft names fields of the model, and each of them only once."""
    root = site()
    run("new", "road", "--root", "site")
    read = source.document("x", (root / "content/contracts/road.md").read_bytes(), model.Contract)
    assert read.problems == ()
    required = {n for n, one in model.Contract.model_fields.items() if one.is_required()} - {"id"}
    assert required <= {str(path[0]) for path in read.lines}


@pytest.mark.parametrize(
    "id", ["a/b", "../road", "/etc/road", "a b", "", ".", "-x", "路灯?", "x\n"]
)
def test_new_with_an_unfit_id(id: str) -> None:
    """An id that cannot stand in an address is refused."""
    before = held(site())
    code, output, errors = run("new", "--root", "site", "--", id)
    assert (code, output) == (1, "")
    assert errors.startswith(f"{id} 不能用作网址")
    assert held(pathlib.Path()) == before


@pytest.mark.parametrize("id", ["路灯-2026", "A.b_c-1", "2026"])
def test_new_with_any_letters(id: str) -> None:
    """An id may be Chinese, or have capital letters."""
    site()
    assert run("new", id, "--root", "site")[0] == 0
    assert run("check", "--root", "site")[0] == 0


def test_new_is_taken() -> None:
    """An id that is taken, in whichever folder, is refused; no file is overwritten."""
    root = site({"content/contracts/2024/road.md": builders.text()})
    before = held(root)
    code, _, errors = run("new", "road", "--root", "site", "--signed", "2026-03-01")
    assert code == 1
    assert "content/contracts/2024/road.md" in errors
    assert held(root) == before


@pytest.mark.parametrize("id", ["LIGHTS", "index.html", "x" * 121])
def test_new_is_checked_as_the_contract_will_be(id: str) -> None:
    """An id that `check` would refuse is refused before anything is written."""
    before = held(site())
    assert run("new", id, "--root", "site")[0] == 1
    assert held(pathlib.Path()) == before


@pytest.mark.parametrize(
    "options",
    [
        ("--signed", "../../../x"),
        ("--signed", "明天"),
        ("--amount", "约137万"),
        ("--title", "道路\u202e养护"),
    ],
)
def test_new_with_unfit_options(options: tuple[str, str]) -> None:
    """What `check` would refuse in a new contract is not written into it."""
    before = held(site())
    assert run("new", "road", "--root", "site", *options)[0] in (1, 2)
    assert held(pathlib.Path()) == before


# What is loaded


def test_a_command_loads_what_it_needs() -> None:
    """Libraries that few builds need are not imported with the command line."""
    rare = """
        markdown multiprocessing stdnum webbrowser watchfiles
        pypinyin rjieba phonenumbers pdfplumber numpy snowballstemmer
    """.split()
    code = f"import sys; from portal import main; print([m for m in {rare} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=TOP, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(not workers.FORKS, reason="processes are forked on Linux only")
def test_dictionaries_go_with_their_process() -> None:
    """Whoever gives names their addresses does not hold the dictionary of readings afterwards."""
    code = """
        import sys
        from portal import spelling, workers
        found = workers.aside(spelling.each, ["某某市数据局"])
        print("pypinyin" in sys.modules, found["某某市数据局"].slug)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=TOP,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == "False mou-mou-shi-shu-ju-ju\n"
