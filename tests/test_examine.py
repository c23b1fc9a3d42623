"""One file at a time: what the register keeps of it, and where its links stand."""

import pathlib

import pytest

import builders
from portal import body, corpus, examine, files, model
from portal.problems import Problem


def examined(folder: pathlib.Path, text: str) -> examine.Examined:
    """What comes of a contract with this body."""
    return examine.contract(sealed(folder, builders.text(text)), (), "CNY")


def sealed(folder: pathlib.Path, text: str) -> files.Sealed:
    """A file that holds this text, to be read."""
    path = folder / "lights.md"
    path.write_text(text, encoding="utf-8")
    found = files.Found("lights.md", files.stamp(path.stat()))
    known, _ = files.seal(folder, [found], {})
    return files.Sealed(str(folder), known["lights.md"])


def links(found: examine.Examined) -> list[tuple[str, int]]:
    """Where a contract leads, with the lines."""
    assert found.summary is not None
    return [(link.target, link.line) for link in found.summary.links]


def lost(problems: tuple[Problem, ...]) -> list[tuple[int, str, str]]:
    """Line, code and target of each problem."""
    return [(one.at.line, one.code, dict(one.given)["target"]) for one in problems]


def test_lines_of_links(tmp_path: pathlib.Path) -> None:
    """A link bears the line where it is written, not one where its target is only mentioned."""
    found = examined(tmp_path, "见 ../road/\n[路](../road/)\n\n[桥](../bridge/) [路](../road/)\n")
    first = builders.text().count("\n") + 1
    assert links(found) == [("../road/", first + 1), ("../bridge/", first + 3)]


def test_many_links(tmp_path: pathlib.Path) -> None:
    """Twenty thousand links are found, each on its own line, in one pass over the body."""
    found = links(examined(tmp_path, "".join(f"[甲](../{n}/)\n\n" for n in range(20_000))))
    first = builders.text().count("\n") + 1
    assert found == [(f"../{n}/", first + 2 * n) for n in range(20_000)]


def test_no_link_is_no_work() -> None:
    """A body that leads nowhere on the site is not rendered."""
    for text in ("", "# 甲", "[备注]: 无", "[甲][乙]", "<https://example.org>", "<table>甲"):
        assert examine.rendered(text).html == ""
        assert examine.relative(body.render(text, body.Labels(""))) == ()


@pytest.mark.parametrize("base", ["", "register/", "%E5%85%AC%E5%BC%80/", "公开/"])
def test_links_below_a_path(base: str, tmp_path: pathlib.Path) -> None:
    """Links to other contracts lead there, whatever the path below which the site stands."""
    folder = builders.site(
        tmp_path,
        {
            "site.yaml": f"name: 甲\nurl: https://example.org/{base}\n",
            "content/contracts/lights.md": builders.text(
                f"[路](../road/) [路](/{base}contracts/road/)"
            ),
            "content/contracts/road.md": builders.text(),
        },
    )
    assert len(builders.gathered(folder).register.rows) == 2


def test_fragments(tmp_path: pathlib.Path) -> None:
    """A link to a heading leads there by the words of the heading; one to none is a problem."""
    text = "## 第一条 内容\n\n[一](#第一条-内容) [一](#text-第一条-内容) [上](#)\n[二](#第二条)\n"
    found = examined(tmp_path, text)
    first = builders.text().count("\n") + 1
    assert lost(found.problems) == [(first + 3, "link-nowhere", "#第二条")]


def test_fragments_of_words(tmp_path: pathlib.Path) -> None:
    """A page of words is held to the same."""
    text = builders.front({"title": "关于"}, "## 甲\n\n[甲](#甲)\n[乙](#乙) [首页](../)\n")
    page, problems = examine.words(sealed(tmp_path, text))
    assert lost(problems) == [(7, "link-nowhere", "#乙")]
    assert page is not None
    assert page.links == (corpus.Link("../", 7),)
    assert isinstance(page.fact, model.Page)
