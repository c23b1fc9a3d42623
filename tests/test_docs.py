"""What is there is documented, and nothing else: problems, words, commands, fields."""

import ast
import pathlib
import re
import string
from collections.abc import Iterator

import jinja2
import pytest
from jinja2 import nodes

import builders
from portal import facts, files, keys, main, model, names, problems, strings
from portal.check import contract as rules
from portal.problems import Refused, Rejected

TOP = pathlib.Path(__file__).resolve().parents[1]
BROKEN = TOP / "tests/sites/broken"
PROBLEMS = (TOP / "docs/problems.md").read_text(encoding="utf-8")
READMES = ("README.md", "README.zh-CN.md")
WORDS = {language: strings.of(language) for language in strings.LANGUAGES}
CODES = sorted(key for key in WORDS["en"] if key.startswith(("problem.", "notice.")))

SECTIONS = dict(re.findall(r"^### ([a-z-]+)\n(.*?)(?=^##|\Z)", PROBLEMS, re.MULTILINE | re.DOTALL))
AS_FACTS = PROBLEMS.partition("## Names and addresses")[0]
"""The part of the document whose examples are facts of a contract, or of an entry."""
NO_FACTS = ("too-long", "id")
"""Examples there that no test can take literally."""
EXAMPLES = [one for one in SECTIONS if f"### {one}\n" in AS_FACTS and one not in NO_FACTS]


SHOWN_WITH_GAPS = {"data.id", "data.file", "data.n", "data.year", "api.addresses_note"}
"""They stand in the address of a page that is described: `contracts/{id}/`."""


# Problems


def test_codes_are_documented() -> None:
    """Every problem and notice has its section, and no section tells of one that is gone."""
    assert sorted(SECTIONS) == sorted(key.partition(".")[2] for key in CODES)


@pytest.mark.parametrize("key", CODES)
def test_code(key: str) -> None:
    """A section cites the message in both languages, explains it, and shows how to mend it."""
    section = SECTIONS[key.partition(".")[2]]
    cited = [line[2:] for line in section.splitlines() if line.startswith("> ")]
    assert cited == [WORDS["en"][key], WORDS["zh-CN"][key]]
    assert re.search(r"^[A-Z`].*[.?]$", section, re.MULTILINE)
    assert all(re.search(rf"^\{sign} +\S", section, re.MULTILINE) for sign in "-+")


@pytest.mark.parametrize("code", EXAMPLES)
def test_example(code: str, tmp_path: pathlib.Path) -> None:
    """The red lines of an example are refused with its code, and the green ones are not."""
    example = re.search(r"```diff\n(.*?)```", SECTIONS[code], re.DOTALL)
    assert example is not None
    red, green = (
        [line[2:] for line in example[1].splitlines() if line.startswith(sign)] for sign in "-+"
    )
    assert code in refused(tmp_path / "red", red)
    assert refused(tmp_path / "green", green) <= ({"missing-field"} if code == "fields" else set())


def refused(folder: pathlib.Path, lines: list[str]) -> set[str]:
    """The codes of a site's problems, if these lines stand in a contract or in a vendor's entry."""
    if lines[0].startswith("identifier"):
        content = {"content/vendors/bright.yaml": "\n".join(("name: Bright Streets Ltd", *lines))}
    else:
        known = keys.fields(model.Contract)
        given = (known.get(names.fold(line.partition(":")[0])) for line in lines if line[0] != " ")
        taken = {field.path[0]: None for field in given if field is not None}
        rest = builders.text(**taken) if not lines[0].count("：") else "---\n---\n"
        front = rest.replace("---\n", "---\n" + "".join(f"{line}\n" for line in lines), 1)
        content = {
            "content/contracts/lights.md": front,
            "content/contracts/lights/annex.pdf": builders.paper(),
        }
        if not any("annex.pdf" in line and "url" not in line for line in lines):
            del content["content/contracts/lights/annex.pdf"]
    try:
        builders.gathered(builders.site(folder, content))
    except Rejected as refusal:
        return {one.code for one in refusal.problems}
    return set()


def test_shown() -> None:
    """Every problem is shown by a broken site, and no broken site shows one that is gone."""
    folders = BROKEN.glob("*/expected.txt")
    lines = [line for path in folders for line in path.read_text(encoding="utf-8").splitlines()]
    shown = {code for line in lines for code in re.findall(r": ([a-z-]+): ", line)[:1]}
    known = {key.removeprefix("problem.") for key in CODES if key.startswith("problem.")}
    forged = {"amount"}
    assert shown - forged == known - forged


def test_raised() -> None:
    """Every problem and notice is one that the code can raise, and the other way round."""
    found = {
        text
        for path in TOP.glob("portal/**/*.py")
        for text in literals(ast.parse(path.read_text(encoding="utf-8")))
    }
    found |= facts.OWN_CODES | set(facts.PYDANTIC_CODES.values())
    missing = {key for key in CODES if key.partition(".")[2] not in found}
    assert missing == set()


@pytest.mark.parametrize("key", [key for key in CODES if key.startswith("problem.")])
@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_what_to_do(key: str, language: str) -> None:
    """A message says what is wrong, and then what to do about it."""
    said = WORDS[language][key]
    parts = re.split("[；？]" if language == "zh-CN" else "[;?]", said)
    assert len(parts) > 1, said


# Words


def gaps(text: str) -> set[str]:
    """The names of the gaps in a word."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_same_keys() -> None:
    """Every language has every word."""
    assert {frozenset(words) for words in WORDS.values()} == {frozenset(WORDS["en"])}


@pytest.mark.parametrize("key", sorted(WORDS["en"].keys() - SHOWN_WITH_GAPS))
def test_same_placeholders(key: str) -> None:
    """A word has the same gaps to fill in every language."""
    assert len({frozenset(gaps(words[key])) for words in WORDS.values()}) == 1


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_no_blanks(language: str) -> None:
    """No word is empty."""
    assert [key for key, text in WORDS[language].items() if not text.strip()] == []


def sayings() -> Iterator[tuple[str, nodes.Expr, set[str]]]:
    """Every `"key"|t(gap=...)` in the templates: where, the key, and the gaps that it fills."""
    environment = jinja2.Environment(autoescape=True)
    for path in sorted((TOP / "templates").rglob("*.html")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for one in tree.find_all(nodes.Filter):
            if one.name == "t" and one.node is not None:
                yield f"{path.name}:{one.lineno}", one.node, {pair.key for pair in one.kwargs}


def literals(tree: ast.AST) -> Iterator[str]:
    """Every text in the code; of a composed one, what stands before its first gap, with a `*`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node.values:
            first = node.values[0]
            if isinstance(first, ast.Constant):
                yield f"{first.value}*"
        elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant):
            yield f"{node.left.value}*"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def asked() -> Iterator[tuple[str, str]]:
    """Every key that a template asks for, or its beginning and a `*`, with the place."""
    for place, key, _ in sayings():
        for one in alternatives(key):
            yield place, one


def alternatives(node: nodes.Expr) -> Iterator[str]:
    """What an expression can be: `a if x else b` is two keys, `'role.' ~ role` is `role.*`."""
    if isinstance(node, nodes.CondExpr):
        yield from alternatives(node.expr1)
        if node.expr2 is not None:
            yield from alternatives(node.expr2)
    elif isinstance(node, nodes.Const):
        yield str(node.value)
    elif isinstance(node, nodes.Concat) and isinstance(node.nodes[0], nodes.Const):
        yield f"{node.nodes[0].value}*"
    elif isinstance(node, nodes.Add) and isinstance(node.left, nodes.Const):
        yield f"{node.left.value}*"
    else:
        yield "*"


def has(key: str, language: str) -> bool:
    """Whether a language has a word, or one that begins like this."""
    if key.endswith("*"):
        return any(known.startswith(key[:-1]) for known in WORDS[language])
    return key in WORDS[language]


def test_templates_know_their_words() -> None:
    """Every word that a template asks for is there in every language."""
    missing = [
        (place, key) for place, key in asked() for language in WORDS if not has(key, language)
    ]
    assert missing == []


def test_templates_say_which_words() -> None:
    """A key is written where it is asked for, at least its beginning, so that it can be found."""
    assert [place for place, key in asked() if key == "*"] == []


@pytest.mark.parametrize("language", strings.LANGUAGES)
def test_templates_fill_the_gaps(language: str) -> None:
    """A template fills the gaps of a word, all of them and no others."""
    wrong = [
        (place, one, gaps(WORDS[language][one]) ^ filled)
        for place, key, filled in sayings()
        for one in alternatives(key)
        if one in WORDS[language] and one not in SHOWN_WITH_GAPS
    ]
    assert [one for one in wrong if one[2]] == []


def test_no_word_is_idle() -> None:
    """Every word is said somewhere: in a template or in the code."""
    used = {key for _, key in asked()}
    for path in TOP.glob("portal/**/*.py"):
        used |= set(literals(ast.parse(path.read_text(encoding="utf-8"))))
    whole = {key for key in used if not key.endswith("*")}
    starts = tuple(key[:-1] for key in used if key.endswith("*") and "." in key)
    coded = {f"{kind}.{key}" for kind in ("refused", "problem", "notice") for key in whole}
    idle = set(WORDS["en"]) - whole - coded
    assert sorted(key for key in idle if not key.startswith(starts)) == []


REFUSALS = ("Refused", "problems.Refused")


def test_refusals() -> None:
    """Every refusal that lies in no file has its words."""
    for path in TOP.glob("portal/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in REFUSALS:
                codes = [one.value for one in node.args if isinstance(one, ast.Constant)]
                assert all(f"refused.{code}" in WORDS["en"] for code in codes)
    assert Refused("no-site", path="x").message("en").startswith("There is no site.yaml in x.")


def test_formats() -> None:
    """The message about formats of documents names those that are allowed."""
    given = " ".join(rules.FORMATS)
    one = problems.problem(problems.Location("x"), "document-format", formats=given)
    assert problems.message(one, "en").endswith(given)


# Commands and fields


def commands() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every command with its options."""
    for name, command in main.commands("en").commands.items():
        options = (option for one in command.params for option in one.opts)
        yield name, tuple(option for option in options if option.startswith("--"))


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize(("command", "options"), list(commands()))
def test_commands_are_documented(readme: str, command: str, options: tuple[str, ...]) -> None:
    """Every command and every option stands in the README."""
    text = (TOP / readme).read_text(encoding="utf-8")
    assert f"build.py {command}" in text
    assert [option for option in options if not re.search(rf"{option}(?![\w-])", text)] == []


FACTS = tuple(keys.CHINESE)


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("fact", FACTS)
def test_fields_are_documented(readme: str, fact: type[model.Fact]) -> None:
    """Every field stands in the README, with the name that it has in Chinese."""
    text = (TOP / readme).read_text(encoding="utf-8")
    fields = [name for name in fact.model_fields if (fact, name) != (model.Contract, "id")]
    expected = {*fields, *keys.CHINESE[fact]}
    if fact is model.Contract:
        expected |= set(keys.NOTICE)
    assert sorted(name for name in expected if f"`{name}`" not in text) == []


@pytest.mark.parametrize("fact", FACTS)
def test_fields_have_chinese_names(fact: type[model.Fact]) -> None:
    """Every field has a Chinese name."""
    named = set(keys.CHINESE[fact].values())
    assert [one for one in fact.model_fields if one not in named | {"id"}] == []


@pytest.mark.parametrize("readme", READMES)
def test_layout_is_documented(readme: str) -> None:
    """The README says where the content lies."""
    text = (TOP / readme).read_text(encoding="utf-8")
    assert [folder for folder in sorted(files.FOLDERS) if folder not in text] == []
