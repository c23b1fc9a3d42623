"""Joining the modules of a script."""

import pathlib
import re

import pytest

from portal import scripts
from portal.pages import assets

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
        a='import * as b from "./b.js";\nimport { one as 1 } from "./c.js";\nexport const x = 1;\n',
        b='import { one } from "./c.js";\nexport { one as two } from "./c.js";\n',
        c="export async function one() {}\n",
    )
    assert made.count("async function one") == 1
    assert made.index("const $c =") < made.index("const $b =") < made.index("const $a =")
    assert "two: $c.one" in made
    assert "export const { x } = $a" in made


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
    assert 'import { $c } from "./host.js?v=7"' in made
    assert 'import("./later.js?v=7")' in made
    assert "const one" not in made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("export default 1;\n", "a.js: export default 1"),
        ("export let x = 1;\n", "a.js: export let x"),
        ('import x from "elsewhere";\n', "a.js: import x"),
        ("const x = `a\n  b`;\n", "a.js: const x = `a"),
        ('import { x } from "./nowhere.js";\n', "no module nowhere.js"),
        ('import { x } from "./a.js";\n', "need each other"),
    ],
)
def test_refused(text: str, said: str) -> None:
    """What is not understood is refused with its place, and never left out."""
    with pytest.raises(ValueError, match=re.escape(said)):
        joined("a", a=text)


@pytest.mark.parametrize("entry", assets.SCRIPTS)
def test_ours(entry: str) -> None:
    """A published script asks only for other published scripts, each with the version."""
    made = scripts.joined(entry, SOURCES, assets.SCRIPTS[entry], "7")
    published = {f"./{name}.js?v=7" for name in assets.SCRIPTS}
    assert set(IMPORTED.findall(made)) <= published


def test_all_are_used() -> None:
    """No module lies under static/search/ that no published script holds."""
    read = {name: scripts.read(name, text, "7") for name, text in SOURCES.items()}
    used = {name for entry in assets.SCRIPTS for name in scripts.order(entry, read)}
    assert used == set(SOURCES)
