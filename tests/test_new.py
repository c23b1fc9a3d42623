"""A new contract, asked for on a real terminal: typos, names of the registry, Ctrl+C."""

import os
import pathlib
import pty
import select
import sys
import time
from collections.abc import Sequence

import pytest
import yaml

import builders
import repository
from portal import strings

TOP = pathlib.Path(__file__).resolve().parents[1]
WORDS = strings.of("zh-CN")
STOPS = ("\x03", "\x04")
"""Ctrl+C, and Ctrl+D: the end of what is typed."""
PATIENCE = 60
run = builders.run


@pytest.fixture
def root(tmp_path: pathlib.Path) -> pathlib.Path:
    """A site with a registry of three agencies and a vendor, and one contract."""
    return builders.site(
        tmp_path / "site",
        {
            "content/contracts/2026/lights.md": builders.text(agency="works"),
            "content/agencies/works.yaml": "name: 某某市城市管理局\nregion: 某某市\n",
            "content/agencies/data-centre.yaml": "name: 某某市政务大数据中心\n",
            "content/agencies/data-office.yaml": "name: 某某市大数据局\n",
            "content/vendors/bright.yaml": "name: 某某照明工程有限公司\n",
        },
    )


def typed(root: pathlib.Path, answers: Sequence[str], *options: str) -> tuple[int, str]:
    """The command on a terminal of its own: each answer is typed once it is asked for.

    The exit code, and everything that the terminal showed.
    """
    command = [sys.executable, str(TOP / "build.py"), "new", "--root", str(root), *options]
    child, terminal = pty.fork()
    if child == 0:
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        os.execv(command[0], command)
    shown, given = b"", list(answers)
    waiting, end = b"", time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 2)[0]:
            if given == [] and answers[-1] in STOPS:  # it came just before Python began to read
                os.write(terminal, answers[-1].encode())
            continue
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        shown, waiting = shown + part, waiting + part
        if waiting.endswith(b": ") and not given:
            break
        if waiting.endswith(b": "):
            answer, waiting = given.pop(0), b""
            os.write(terminal, (answer if answer in STOPS else f"{answer}\n").encode())
    os.close(terminal)  # whoever is still asking is hung up on
    _, status = os.waitpid(child, 0)
    assert given == []
    return os.waitstatus_to_exitcode(status), shown.decode()


def facts(path: pathlib.Path) -> dict[str, object]:
    """The front matter of a draft."""
    return dict(yaml.safe_load(path.read_text("utf-8").split("---")[1]))


def test_field_by_field(root: pathlib.Path) -> None:
    """Each field is asked for, and again after a typo, with what `check` would say of it."""
    title, method = "道路养护合同", "公开招标"
    parties = ("某某市城市管里局", "1", "某某照明工程有限公司", "某某道路有限公司", "")
    amounts, days = ("约137万", "137万"), ("6/2/2026", "2026年2月30日", "2026年2月6日")
    code, shown = typed(root, (title, "合 1", *parties, *amounts, *days, method, "", "", ""))
    assert code == 0, shown
    path = root / "content/contracts/2026/works-2026.md"
    found = facts(path)
    assert (found["合同名称"], found["合同编号"], found["采购人"]) == (title, "合 1", "works")
    assert found["供应商"] == ["bright", "某某道路有限公司"]
    assert found["合同金额"] == {"金额": "1370000", "大写": None}
    assert (found["合同签订日期"], found["所属地域"]) == ("2026-02-06", "某某市")
    assert shown.count("不是有效金额") == 1
    assert shown.count("不是有效日期") == 2
    assert "某某市城市管理局 (works)" in shown
    assert run("check", "--root", str(root))[:2] == (
        0,
        f"1 份合同，没有问题。\n1 份草稿未发布：\n  {path.relative_to(root)}\n",
    )


def test_names_of_the_registry(root: pathlib.Path) -> None:
    """Of several names one is chosen by its number; an id that is not there is asked for again."""
    answers = ("合同", "", "大数据", "9", "x", "2", "nobody-here-at-all", "", "", "", "", "", "")
    code, shown = typed(root, answers, "road")
    assert code == 0, shown
    found = facts(root / "content/contracts/road.md")
    assert found["采购人"] == "data-office"
    assert found["供应商"] == [None]
    assert shown.count("请输入 0 到 2 之间的数字") == 2
    assert "content/vendors 中没有 nobody-here-at-all" in shown


def test_names_of_other_contracts(root: pathlib.Path) -> None:
    """Who stands in no registry is offered as other contracts call it; the same name asks nothing.

    A masked name is none, and a file that cannot be read stops nobody.
    """
    others = {
        "a.md": builders.text(agency="示例市档案馆", vendors=["示例家具有限公司", "bright"]),
        "b.md": "---\n采购人（甲方）: '示例市图书馆'\n乙方: [示例书架厂, 【已遮盖：姓名】]\n---\n",
        "c.md": "---\n采购人: [\n---\n",
    }
    for name, text in others.items():
        (root / "content/contracts" / name).write_text(text, "utf-8")
    (root / "content/contracts/d.md").write_bytes(b"\xff\xfe")
    parties = ("档案", "1", "示例家俱有限公司", "1", "示例书架厂", "遮盖", "")
    code, shown = typed(root, ("合同", "", *parties, "", "", "", "", ""), "desks")
    assert code == 0, shown
    found = facts(root / "content/contracts/desks.md")
    assert found["采购人"] == "示例市档案馆"
    assert found["供应商"] == ["示例家具有限公司", "示例书架厂", "遮盖"]
    assert shown.count(WORDS["ask.near"]) == 2


def test_given_is_not_asked(root: pathlib.Path) -> None:
    """What the command line gives is not asked for; what is typed stands beside it."""
    given = ("--agency", "works", "--vendor", "bright", "--amount", "137万", "--title", "合同")
    code, shown = typed(root, ("", "", "", "", ""), "road", *given, "--folder", "works")
    assert code == 0, shown
    for name in ("title", "agency", "vendors", "amount", "id"):
        assert WORDS[f"ask.{name}"] not in shown
    assert facts(root / "content/contracts/works/road.md")["采购人"] == "works"


def test_personal(root: pathlib.Path) -> None:
    """What is personal is not taken, and not said again; nor is an id that is taken."""
    leak = f"联系人：{repository.NAME}，手机 {repository.MOBILE}"
    answers = (leak, "合同", *([""] * 8), "lights", "a/b", "road")
    code, shown = typed(root, answers)
    assert code == 0, shown
    assert shown.count(repository.MOBILE) == 1  # as it was typed
    assert "个人信息不要写在这里" in shown
    assert "lights.md 已经存在" in shown
    assert "a/b 不能用作网址" in shown
    assert (root / "content/contracts/road.md").is_file()


@pytest.mark.parametrize("answers", [("合同", "", "works", STOPS[0]), (STOPS[1],)])
def test_stopped(root: pathlib.Path, answers: tuple[str, ...]) -> None:
    """Ctrl+C, or the end of what is typed, leaves nothing at all."""
    before = sorted(root.rglob("*"))
    code, shown = typed(root, answers, "road")
    assert code == 130
    assert "没有写入任何文件" in shown
    assert sorted(root.rglob("*")) == before


def test_without_a_terminal(root: pathlib.Path) -> None:
    """Where nobody can be asked the id is needed, and the rest is left open."""
    code, _, errors = run("new", "--root", str(root))
    assert (code, "缺少 [ID]" in errors) == (2, True)
    assert run("new", "road", "--root", str(root), "--title", "合同")[0] == 0
    code, _, errors = run("new", "path", "--root", str(root), "--amount", "约137万")
    assert (code, "不是有效金额" in errors) == (1, True)


@pytest.mark.parametrize("folder", ["../x", "a//b", "/etc", "a b", "2026/lights"])
def test_folder(root: pathlib.Path, folder: str) -> None:
    """A folder that is none of the contracts' own, or a contract's documents, is refused."""
    before = sorted(root.rglob("*"))
    code, _, errors = run("new", "road", "--root", str(root), "--folder", folder)
    assert (code, "不能用作文件夹" in errors) == (1, True)
    assert sorted(root.rglob("*")) == before
