"""Joining the modules of a script."""

import pathlib
import re

import pytest

from portal import corpus, digest, files, scripts
from portal.pages import assets
from portal.scripts import tightening

HERE = pathlib.Path(__file__).resolve().parents[1] / "static" / "search"
SOURCES = {path.stem: path.read_text("utf-8") for path in HERE.glob("*.js")}
IMPORTED = re.compile(r'(?:from|import\()\s*"([^"]+)"')


def joined(entry: str, hosts: tuple[str, ...] = (), **sources: str) -> str:
    """The entry joined, at the version 7."""
    return scripts.joined(entry, sources, hosts, "7")


def test_each_module_once() -> None:
    """What two modules need stands once, before both; its exports reach them by any name."""
    made = joined(
        "a",
        a='import * as b from "./b.js";\nimport { one as i } from "./c.js";\nexport const x = 1;\n',
        b='import { one } from "./c.js";\nexport { one as two } from "./c.js";\n',
        c="export async function one() {}\n",
    )
    assert made.count("async function") == 1
    assert made.index("$c=") < made.index("$b=") < made.index("$a=")
    assert "two:$c.one" in made
    assert "export let{x}=$a" in made


def test_hosts_lend_what_they_hold() -> None:
    """A module that another file holds is imported from it, with the version, and not repeated."""
    made = joined(
        "a",
        ("host",),
        a='import { one } from "./c.js";\nawait import("./later.js");\n',
        host='import { one } from "./c.js";\n',
        c="export const one = 1;\n",
        later="",
    )
    assert 'import{$c}from"./host.js?v=7"' in made
    assert 'import("./later.js?v=7")' in made
    assert "=1" not in made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("export default 1;\n", "a.js: export default 1"),
        ("export let x = 1;\n", "a.js: export let x"),
        ('import x from "elsewhere";\n', "a.js: import x"),
        ("const y = 1;\nconst x = `a${b}\n", "a.js:2: no JavaScript: const x"),
        ("const x = 'a\n';\n", "a.js:1: a text of several lines: 'a"),
        ("const x = (1;\n", "a.js:1: something is missing: "),
        ("let y;\nvar x = 1;\n", "a.js:2: let or const is wanted: var x = 1;"),
        ('import { x } from "./nowhere.js";\n', "no module nowhere.js"),
        ('import { x } from "./a.js";\n', "need each other"),
    ],
)
def test_refused(text: str, said: str) -> None:
    """What is not understood is refused with its place, and never left out."""
    with pytest.raises(ValueError, match=re.escape(said)):
        joined("a", a=text)


@pytest.mark.parametrize("name", ["site.css", "pages.css", "data.css", "search/results.css"])
def test_sheets_say_the_same(name: str) -> None:
    """Our style sheets lose comments, indentation and ends of lines, and nothing else."""
    text = (HERE.parent / name).read_text("utf-8")
    file = corpus.File(name, digest.raw(text.encode()), len(text.encode()))
    made = assets.sheet(files.Sealed(str(HERE.parent), file)).decode()
    without = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert re.sub(r"\s", "", made) == re.sub(r"\s", "", without)
    assert not re.search(r"/\*|\n[ \t]|;\n", made)
    assert len(made) < len(without)


@pytest.mark.parametrize("entry", assets.SCRIPTS)
def test_ours(entry: str) -> None:
    """A published script asks only for others, each with the version; nothing in it is idle."""
    made = scripts.joined(entry, SOURCES, assets.SCRIPTS[entry], "7")
    published = {f"./{name}.js?v=7" for name in assets.SCRIPTS}
    assert set(IMPORTED.findall(made)) <= published
    assert made.startswith(scripts.AT_ONCE)
    code = made.removeprefix(scripts.AT_ONCE)
    assert tightening.tight(code) == code


def test_all_are_used() -> None:
    """No module lies under static/search/ that no published script holds."""
    read = {name: scripts.read(name, text, "7") for name, text in SOURCES.items()}
    used = {name for entry in assets.SCRIPTS for name in scripts.order(entry, read)}
    assert used == set(SOURCES)
