"""Templates and scripts of a site's own: what is wrong in them is refused with its place."""

import pathlib

import pytest

import builders
from portal import pipeline
from portal.problems import Refused

START = "<!DOCTYPE html>\n<title>x</title>\n"

BROKEN = {
    "{{ nothing }}": "'nothing' is undefined",
    "{{ site.nothing }}": "'portal.model.Site object' has no attribute 'nothing'",
    "{{ 1 / 0 }}": "ZeroDivisionError: division by zero",
    "{{ site.name + 1 }}": 'TypeError: can only concatenate str (not "int") to str',
    "{{ site.name|day }}": "AttributeError: 'str' object has no attribute 'month'",
    "{{ 'no.such.word'|t }}": "KeyError: 'no.such.word'",
    "{{ 'nowhere'|link }}": "AttributeError: module 'portal.urls' has no attribute 'nowhere'",
    "{{ site.name|span }}": "ValueError",
    "{{ site.name|nothing }}": "No filter named 'nothing'.",
    "{% include 'nothing.html' %}": "TemplateNotFound: nothing.html",
    "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}": "RecursionError",
    "{% if %}": "Expected an expression, got 'end of statement block'",
    "{{ 1 }": "unexpected '}'",
}


def refusal(folder: pathlib.Path, templates: dict[str, str | bytes], jobs: int = 1) -> Refused:
    """How a build with these templates is refused."""
    return refused(folder, {f"templates/{name}": text for name, text in templates.items()}, jobs)


def refused(folder: pathlib.Path, files: dict[str, str | bytes], jobs: int = 1) -> Refused:
    """How a build with these files is refused."""
    root = builders.site(folder / "root", {"content/contracts/lights.md": builders.text(), **files})
    with pytest.raises(Refused) as caught:
        pipeline.build(pipeline.Options(root, folder / "out", jobs))
    assert not (folder / "out").exists()
    return caught.value


@pytest.mark.parametrize(("line", "detail"), BROKEN.items())
def test_broken_template(line: str, detail: str, tmp_path: pathlib.Path) -> None:
    """A mistake in a template is told with its line, and is not taken for one of the generator."""
    found = refusal(tmp_path, {"404.html": f"{START}<p>\n{line}\n</p>\n"})
    assert found.code == "template"
    assert found.given["detail"].startswith(detail)
    assert found.given["place"] == "templates/404.html:4"


def test_broken_part(tmp_path: pathlib.Path) -> None:
    """The place is that of the part in which the mistake stands, not of the page around it."""
    part = "{% macro part(n) %}\n{{ 1 / n }}\n{% endmacro %}\n"
    page = START + '{% from "parts/own.html" import part %}\n{{ part(0) }}\n'
    found = refusal(tmp_path, {"404.html": page, "parts/own.html": part})
    assert found.given["place"] == "templates/parts/own.html:2"


def test_broken_in_a_worker(tmp_path: pathlib.Path) -> None:
    """The same is said when other processes make the pages."""
    found = refusal(tmp_path, {"contract.html": f"{START}{{{{ 1 / 0 }}}}"}, jobs=2)
    assert found.given["place"] == "templates/contract.html:3"
    assert "templates/contract.html:3" in found.message("zh-CN")


def test_broken_part_of_ours(tmp_path: pathlib.Path) -> None:
    """A template of the generator that is given something wrong is named by its own line."""
    page = '{% extends "base.html" %}{% block main %}{{ path.nothing }}{% endblock %}'
    found = refusal(tmp_path, {"404.html": f"{page}"})
    assert found.given["place"] == "templates/404.html:1"


@pytest.mark.parametrize("data", [b"<p>\n\xc4\xe3\n", b"\n\xff\xfe<\x00"])
def test_template_that_is_no_text(data: bytes, tmp_path: pathlib.Path) -> None:
    """A template that was saved as GBK or UTF-16 is named, with the line."""
    found = refusal(tmp_path, {"parts/own.html": data})
    assert found.given == {"place": "templates/parts/own.html:2", "detail": "not UTF-8"}


def test_no_content_in_messages(tmp_path: pathlib.Path) -> None:
    """What stands in a contract is not repeated by what goes wrong with it in a template."""
    found = refusal(tmp_path, {"contract.html": f"{START}{{{{ contract.title|span }}}}"})
    assert found.given["detail"] == "ValueError"
    assert builders.FACTS["title"] not in found.message("zh-CN")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("const one = 1;\nconst two = ;\n", "words.js:2: no JavaScript: ="),
        ('import one from "elsewhere";\n', 'words.js: import one from "elsewhere"'),
        (b"const one = '\xc4\xe3';\n", "words.js: not UTF-8"),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_broken_script(script: str | bytes, said: str, jobs: int, tmp_path: pathlib.Path) -> None:
    """A script of a site's own in place of ours is named, with what is wrong in it."""
    found = refused(tmp_path, {"static/search/words.js": script}, jobs)
    assert f"static/search/{said}" in found.message("zh-CN")
