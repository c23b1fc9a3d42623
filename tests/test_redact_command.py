"""The command `redact`: masked text, findings as data, marks in the files themselves."""

import json
import os
import pathlib
import stat

import pytest
from click import testing

import builders
from portal import main, model, redaction, source
from portal.redact import find as finder
from portal.redact import marks
from portal.redact.finding import Finding
from repository import LEAK, MOBILE, NAME

NAME_MARK, MOBILE_MARK = marks.mark("person-name"), marks.mark("mobile")
MASKED = LEAK.replace(NAME, NAME_MARK).replace(MOBILE, MOBILE_MARK)
UNSURE = builders.SITE.replace("zh-CN", "en") + "redaction:\n  kinds:\n    mobile: suspect\n"
"""A site that lets people decide about mobile numbers, so that they are suspects for sure."""


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """An empty folder, an English terminal, and no error that is swallowed."""
    monkeypatch.setenv("PORTAL_TRACE", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)


def redact(*arguments: str, given: bytes = b"") -> tuple[int, bytes, str]:
    """The command in this process: exit code, the bytes that it prints, errors."""
    line = main.commands(main.language(main.root_of(arguments)))
    done = testing.CliRunner().invoke(line, ["redact", *arguments], input=given)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout_bytes, done.stderr


def written(text: str, path: str = "content/contracts/lights.md") -> pathlib.Path:
    """A file with just these characters."""
    place = pathlib.Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode())
    return place


def read(path: pathlib.Path) -> source.Source:
    """A contract's file as the portal reads it."""
    return source.document(str(path), path.read_bytes(), model.Contract)


# Printing


def test_masked() -> None:
    """A file is printed with marks, byte for byte but for them; the file stays as it is."""
    text = f"甲方：某某市城市管理局\r\n\r\n{LEAK}\t末行，没有换行"
    path = written(text, "a.txt")
    code, output, errors = redact("a.txt")
    assert (code, output.decode()) == (0, text.replace(LEAK, MASKED))
    assert errors == "a.txt: masked: Mobile number 1, Name 1\n"
    assert path.read_bytes() == text.encode()


def test_standard_input() -> None:
    """A hyphen stands for standard input."""
    assert redact("-", given=LEAK.encode())[:2] == (0, MASKED.encode())


def test_suspects_are_left_and_counted() -> None:
    """What only may be personal is not masked in print, but its number is told."""
    builders.site(pathlib.Path(), {"site.yaml": UNSURE, "a.txt": LEAK})
    code, output, errors = redact("a.txt")
    assert (code, output.decode()) == (0, LEAK.replace(NAME, NAME_MARK))
    assert "1 more may be personal" in errors
    assert MOBILE not in errors


def test_policy_of_the_site() -> None:
    """What the site's policy keeps is not masked."""
    policy = "redaction:\n  kinds:\n    mobile: keep\n"
    builders.site(pathlib.Path(), {"site.yaml": builders.SITE + policy, "a.txt": LEAK})
    assert redact("a.txt")[1].decode() == LEAK.replace(NAME, NAME_MARK)


def test_a_site_with_mistakes() -> None:
    """Where the policy cannot be read, nothing is masked by guess."""
    builders.site(pathlib.Path(), {"site.yaml": "name: [\n", "a.txt": LEAK})
    code, output, errors = redact("a.txt")
    assert (code, output) == (1, b"")
    assert "site.yaml" in errors


# Findings as data


@pytest.mark.parametrize(
    "before", ["", "\ufeff", "😀𠮷\u0301 ", "甲\r\n乙\r\n", "甲\r乙\r", "\t\u3000"]
)
def test_offsets(before: str) -> None:
    """Offsets count the characters of the file as they are: line ends, byte order mark."""
    text = f"{before}{LEAK[:-1]}\r\n😀 {LEAK}"
    written(text, "a.txt")
    code, output, errors = redact("--json", "a.txt")
    found = json.loads(output)
    places = [(one["kind"], text[one["start"] : one["end"]]) for one in found["findings"]]
    assert places == [("person-name", NAME), ("mobile", MOBILE)] * 2
    assert (code, found["file"], errors) == (0, "a.txt", "")
    assert all(set(one) == {"kind", "tier", "rule", "start", "end"} for one in found["findings"])


def test_a_line_for_each_file() -> None:
    """Several files are several lines, in the order in which they were named."""
    written("甲方\n", "a.txt")
    builders.site(pathlib.Path(), {"site.yaml": UNSURE, "b.txt": f"手机 {MOBILE}，热线 12345\n"})
    first, second = map(json.loads, redact("--json", "b.txt", "a.txt")[1].splitlines())
    assert [one["tier"] for one in first["findings"]] == ["suspect"]
    assert second == {"file": "a.txt", "findings": []}


# Masking in the files


def test_apply() -> None:
    """Marks stand for what the gate would stop; the list counts them; the rest is as it was."""
    text = builders.text(f"\n{LEAK}", notes=LEAK.strip())
    path = written(text)
    builders.site(pathlib.Path(), {"site.yaml": UNSURE})
    code, output, errors = redact("--apply", str(path))
    assert (code, output) == (0, b"")
    assert errors == f"{path}: masked: Mobile number 2, Name 2\n"
    made = read(path)
    assert made.problems == ()
    counts = {one["kind"]: one["count"] for one in made.data["redactions"]}
    assert counts == {"姓名": "2", "手机号": "2"}
    lines = [line for line in path.read_text("utf-8").splitlines() if "已遮盖" not in line]
    left = [line for line in text.splitlines() if NAME not in line]
    assert [line for line in lines if line in left] == left
    assert builders.run("check")[0] == 0


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_again(newline: str, start: str) -> None:
    """A second time, nothing changes; line ends and byte order mark are those that were there."""
    text = start + builders.text(f"\n😀 {LEAK}\n").replace("\n", newline)
    path = written(text)
    redact("--apply", str(path))
    once = path.read_bytes()
    assert once.decode().count("\n") == once.decode().count(newline)
    bare = once.decode().replace(NAME_MARK, NAME).replace(MOBILE_MARK, MOBILE)
    head, _, tail = bare.partition(f"redactions:{newline}")
    assert head + tail[tail.index("---") :] == text
    before = path.stat().st_mtime_ns
    assert redact("--apply", str(path))[2] == f"{path}: nothing to mask.\n"
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (once, before)


def test_kept() -> None:
    """A text that the file keeps with a ground stays, there and under `keep`."""
    keep = [{"text": MOBILE, "ground": "公开的值班电话"}]
    path = written(builders.text(LEAK, keep=keep))
    redact("--apply", str(path))
    assert path.read_text("utf-8").count(MOBILE) == 2
    assert NAME not in path.read_text("utf-8")


def entry(kind: str, names: str = "kind count ground policy", indent: str = "  ") -> str:
    """What a list gets that did not have this kind: one of it."""
    values = (kind, 1, "Personal Information Protection Law, Article 25", "'1'")
    lines = [f"{name}: {value}" for name, value in zip(names.split(), values, strict=True)]
    return "".join(f"{indent}{'  ' if n else '- '}{line}\n" for n, line in enumerate(lines))


NAMED = entry("姓名")
CHINESE = "类型 数量 依据 规则版本"
OLD = "{kind: 手机号, count: 1, ground: 某条, policy: 旧}"
LISTS = {
    "block": (
        "redactions:\n  - kind: 手机号 # one\n    count: 3\n    ground: 甲\n# end\n",
        f"redactions:\n  - kind: 手机号 # one\n    count: 4\n    ground: 甲\n{NAMED}# end\n",
    ),
    "no indent": (
        "遮盖:\n- 类型: mobile\n  数量: 3\n  依据: 某条\n",
        "遮盖:\n- 类型: mobile\n  数量: 4\n  依据: 某条\n" + entry("姓名", CHINESE, ""),
    ),
    "brackets within": (
        "遮盖:\n- {类型: 手机号, 数量: 1, 依据: 某条}\n- {类型: 姓名, 数量: 1, 依据: 某条}\n",
        "遮盖:\n- {类型: 手机号, 数量: 2, 依据: 某条}\n- {类型: 姓名, 数量: 2, 依据: 某条}\n",
    ),
    "empty": ("redactions: []\n", f"redactions:\n{entry('姓名')}{entry('手机号')}"),
    "blank": ("遮盖:\n", f"遮盖:\n{entry('姓名', CHINESE)}{entry('手机号', CHINESE)}"),
    "another policy, in brackets": (
        f"redactions: [{OLD}]\n",
        f"redactions:\n  - {OLD}\n{entry('姓名')}{entry('手机号')}",
    ),
}


@pytest.mark.parametrize(("given", "expected"), LISTS.values(), ids=LISTS)
def test_list(given: str, expected: str) -> None:
    """The list of redactions is brought up to date where it stands, as it is written."""
    text = builders.text(LEAK).replace("signed:", f"{given}signed:")
    path = written(text)
    redact("--apply", str(path))
    found = path.read_text("utf-8")
    assert found == text.replace(given, expected).replace(LEAK, MASKED)
    assert read(path).problems == ()


def test_list_counts_older_marks() -> None:
    """A list that forgot marks counts them too, as `check` asks."""
    path = written(builders.text(f"{MOBILE_MARK}\n{MOBILE_MARK}\n{LEAK}"))
    redact("--apply", str(path))
    counts = {one["kind"]: one["count"] for one in read(path).data["redactions"]}
    assert counts == {"姓名": "1", "手机号": "3"}


def test_ground_of_the_site() -> None:
    """The site's own ground and the version of its policy stand in the list, quoted if need be."""
    policy = "遮盖:\n  版本: 2026-02\n  依据:\n    手机号: '本单位规定: 第3条'\n"
    path = "content/contracts/lights.md"
    builders.site(
        pathlib.Path(),
        {"site.yaml": builders.SITE + policy, path: builders.text(f"手机 {MOBILE}\n")},
    )
    redact("--apply", path)
    expected = {"kind": "手机号", "count": "1", "ground": "本单位规定: 第3条", "policy": "2026-02"}
    assert read(pathlib.Path(path)).data["redactions"] == [expected]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/agencies/a.yaml", f"name: 某某局\nregion: 手机 {MOBILE}\n"),
        ("content/pages/about.md", f"---\ntitle: 关于\n---\n手机 {MOBILE}\n"),
        ("notes.md", f"手机 {MOBILE}\n"),
    ],
)
def test_files_without_a_list(path: str, text: str) -> None:
    """Only a contract has a list of redactions."""
    place = written(text, path)
    assert redact("--apply", path)[0] == 0
    assert place.read_text("utf-8") == text.replace(MOBILE, MOBILE_MARK)


def test_facts_that_would_break(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark that would swallow a field is refused with its line, and no file is written."""
    text = builders.text("")
    paths = [written(text), written(LEAK, "a.txt")]
    start = text.index("vendors:")

    def find(given: str, *_: object) -> tuple[Finding, ...]:
        found = Finding(start, start + 9, "person-name", "mask", "invented")
        return (found,) if given == text else ()

    monkeypatch.setattr(finder, "find", find)
    code, _, errors = redact("--apply", *map(str, paths))
    line = text.count("\n", 0, start) + 1
    assert code == 1
    assert f"{paths[0]} was left as it is: with a mark on line {line} " in errors
    assert [path.read_text("utf-8") for path in paths] == [text, LEAK]


@pytest.mark.parametrize("front", ["title: [\n", "{title: x}\n", "redactions: {a: 1}\n"])
def test_illegible_facts(front: str) -> None:
    """Where the list cannot be written the file is left alone."""
    path = written(f"---\n{front}---\n{LEAK}")
    before = path.read_bytes()
    code, _, errors = redact("--apply", str(path))
    assert code == 1
    assert "list of redactions cannot" in errors
    assert path.read_bytes() == before


def test_permissions_and_links() -> None:
    """A file keeps its permissions, a link stays one, and nothing else is left in the folder."""
    path = written(LEAK, "real/a.txt")
    path.chmod(0o640)
    pathlib.Path("a.txt").symlink_to(path)
    redact("--apply", "a.txt")
    assert path.read_text("utf-8") == MASKED
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert pathlib.Path("a.txt").is_symlink()
    assert os.listdir("real") == ["a.txt"]


def test_rounds_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A finder that never comes to rest does not keep the command from ending."""
    found = (Finding(0, 1, "other", "mask", "invented"),)
    monkeypatch.setattr(finder, "find", lambda *_: found)
    text = redaction.read("a.txt", b"abc")
    assert redaction.applied(text, model.RedactionPolicy(), "en").counts == {
        "other": redaction.ROUNDS
    }


# Refusals


@pytest.mark.parametrize("option", [[], ["--json"], ["--apply"]])
def test_no_text(option: list[str]) -> None:
    """A file that is not UTF-8 is refused with its line, and the others are left alone."""
    written(LEAK, "a.txt")
    pathlib.Path("b.txt").write_bytes("甲\n乙方".encode() + b"\xff")
    code, output, errors = redact(*option, "a.txt", "b.txt")
    assert (code, output) == (1, b"")
    assert errors.startswith("b.txt:2: encoding: ")
    assert pathlib.Path("a.txt").read_text("utf-8") == LEAK


def test_folder() -> None:
    """A folder is refused."""
    pathlib.Path("folder").mkdir()
    assert redact("folder") == (1, b"", "folder is a folder. Name the files in it.\n")


def test_missing() -> None:
    """A file that is not there is named."""
    code, _, errors = redact("nowhere.md")
    assert (code, "nowhere.md" in errors) == (1, True)


@pytest.mark.parametrize(
    "arguments", [[], ["--aply", "a"], ["--apply", "--json", "a"], ["--apply", "-"]]
)
def test_wrong_usage(arguments: list[str]) -> None:
    """What cannot be meant is refused with the usage."""
    code, output, errors = redact(*arguments)
    assert (code, output) == (2, b"")
    assert "Usage: " in errors


def test_messages_hold_no_text() -> None:
    """Neither what was masked nor a name in the file's name is printed where errors go."""
    path = f"{NAME}-{MOBILE}.md"
    written(LEAK, path)
    for option in ([], ["--apply"]):
        errors = redact(*option, path)[2]
        assert NAME not in errors
        assert MOBILE not in errors
