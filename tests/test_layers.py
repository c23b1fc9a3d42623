"""The structure that reviews forget: who may import whom, and how large things may grow."""

import ast
import pathlib

import pytest

HERE = pathlib.Path(__file__).resolve().parents[1]
LAYERS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "strings digest amounts names pinyin reading scripts traditional exact tags headers",
            "problems chronicle spelling values redact gzipped ending",
            "masking gate git fact annotations packing",
            "clock",
            "model hooks signature",
            "corpus keys urls artifact",
            "source registry facets workers record answers",
            "files ledger sitemap",
            "facts body render publish tombstone",
            "check decisions search records ocds feeds linked openapi tables proof",
            "ancestry",
            "examine pages redaction tracked intake exports origin published",
            "memory schema draft staged past inspection making proving withdrawal history",
            "gather indexing comparing rebuilt",
            "basis",
            "pipeline preview proposal",
            "serve progress",
            "commands",
            "main",
        )
    )
    for name in names.split()
}
"""Each module or package of portal/, lowest first; ARCHITECTURE.md has the same table."""

MODULES = sorted((HERE / "portal").rglob("*.py"))


def top(name: str) -> str:
    """The module or package just below portal."""
    return name.split(".")[1]


def imported(path: pathlib.Path) -> set[str]:
    """Our own modules that a module imports, by the name of their module or package."""
    tree = ast.parse(path.read_text("utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "portal":
            found |= {alias.name for alias in node.names if alias.name in LAYERS}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("portal."):
            found.add(top(str(node.module)))
        elif isinstance(node, ast.Import):
            found |= {top(a.name) for a in node.names if a.name.startswith("portal.")}
    return found


def own(path: pathlib.Path) -> str:
    """The module or package of portal/ to which a file belongs."""
    return path.relative_to(HERE / "portal").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HERE).as_posix())
def test_imports_go_down(path: pathlib.Path) -> None:
    """A module imports from lower layers only, or from its own package."""
    if own(path) == "__init__":
        return
    for name in imported(path) - {own(path)}:
        assert LAYERS[name] < LAYERS[own(path)], f"{own(path)} imports {name}"


def test_layers_are_complete() -> None:
    """The table names every module, and nothing that is not there."""
    assert {own(path) for path in MODULES} - {"__init__"} == set(LAYERS)


def test_architecture_has_the_table() -> None:
    """ARCHITECTURE.md names every module of the package."""
    text = (HERE / "ARCHITECTURE.md").read_text("utf-8")
    assert [name for name in LAYERS if f"`{name}`" not in text] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HERE).as_posix())
def test_sizes(path: pathlib.Path) -> None:
    """A module stays below 300 lines, a function below 50."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HERE).as_posix())
def test_docstrings(path: pathlib.Path) -> None:
    """Each module says in its first line what it is for."""
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))
