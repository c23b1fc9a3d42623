"""A script in fewer bytes: without comments and idle signs, with short names for what is its own.

Names that people read are a third of a script, and a host that packs nothing sends all of it.
"""

import itertools
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import tree_sitter
import tree_sitter_javascript
from tree_sitter import Node

LANGUAGE = tree_sitter.Language(tree_sitter_javascript.language())
QUERY = tree_sitter.Query(
    LANGUAGE, "(ERROR) @wrong (MISSING) @missing (variable_declaration) @var (string) @text"
)
REFUSED = {
    "wrong": "no JavaScript",
    "missing": "something is missing",
    "var": "let or const is wanted",
    "text": "a text of several lines",
}
"""What is said of what `QUERY` finds; of a text only where it has several lines."""
JOINED = re.compile(r"[\w$]{2}|\+\+|--|//")
"""Ends of two tokens that would be one without a space."""
DECLARED_ABOVE = frozenset(("function_declaration", "generator_function_declaration"))
"""Functions whose own name belongs to what is around them."""
BODIED = DECLARED_ABOVE | {
    "arrow_function",
    "catch_clause",
    "function_expression",
    "generator_function",
    "method_definition",
}
"""What has a block in which its parameters count as declared."""
SCOPES = BODIED | {"for_in_statement", "for_statement", "statement_block", "switch_body"}
DECLARING = {
    "arrow_function": "parameter",
    "catch_clause": "parameter",
    "class_declaration": "name",
    "function_declaration": "name",
    "generator_function_declaration": "name",
    "variable_declarator": "name",
}
"""In which field a node has what it declares."""
NAMES = frozenset((
    "identifier",
    "shorthand_property_identifier",
    "shorthand_property_identifier_pattern",
))  # fmt: skip
ENDED = frozenset((
    "break_statement",
    "continue_statement",
    "do_statement",
    "expression_statement",
    "import_statement",
    "lexical_declaration",
    "return_statement",
    "throw_statement",
))  # fmt: skip
"""Statements that end with a semicolon, for which a brace behind them can stand."""
ENDING = frozenset(("else_clause", "for_in_statement", "for_statement", "if_statement"))
"""Statements that end with another one."""
WHOLE = frozenset(("regex", "string"))
SHORT = string.ascii_letters + "_"
RESERVED = frozenset("as do for if in is let new of try var".split())


@dataclass(eq=False, slots=True)
class _Scope:
    """What is declared in a place, by name, with its uses; and what is used in it and within.

    What is used is known by the scope that declares it, None for what the program finds or
    declares for others, and its name.
    """

    above: "_Scope | None"
    declared: dict[str, list[Node]] = field(default_factory=dict)
    used: set[tuple["_Scope | None", str]] = field(default_factory=set)


def tight(code: str) -> str:
    """The same program, as a module: what stands at its top, and what it finds, keeps its name.

    Raises ValueError with the line of what is no JavaScript, of a text of several lines, and of
    `var`, which is declared elsewhere than it stands.
    """
    root = parsed(code)
    return _text(root, _renamed(root)) + "\n"


def parsed(code: str) -> Node:
    """The program taken apart. Raises ValueError, with the line, for what `tight` refuses."""
    root = tree_sitter.Parser(LANGUAGE).parse(code.encode()).root_node
    found = tree_sitter.QueryCursor(QUERY).captures(root)
    several = [one for one in found.pop("text", ()) if one.end_point.row > one.start_point.row]
    refused = [(one, kind) for kind, nodes in (*found.items(), ("text", several)) for one in nodes]
    for node, kind in sorted(refused, key=lambda one: one[0].start_byte)[:1]:
        raise ValueError(f"{node.start_point.row + 1}: {REFUSED[kind]}: {_said(node)[:40]}")
    return root


def _text(node: Node, renamed: Mapping[int, str]) -> str:
    """What is written for a node, without spaces around it; `renamed` are names by their node."""
    if node.type == "template_string":
        return _template(node, renamed)
    if node.type in NAMES:
        return _name(node, renamed)
    if node.type in WHOLE or not node.children:
        return "let" if node.type == "const" else _said(node)
    found, children, before = [""], _needed(node), ""
    for child, behind in itertools.zip_longest(children, children[1:]):
        one = _text(child, renamed)
        if child.type == before == "lexical_declaration":
            found[-1] = found[-1].removesuffix(";") + ","
            one = one.removeprefix("let").lstrip()
        kind = "" if behind is None else behind.type
        if kind == "}" and _is_ended(child):
            one = one.removesuffix(";")
        if child.type == "field_definition" and kind != ";":
            one += ";"
        found.append(f" {one}" if JOINED.fullmatch(found[-1][-1:] + one[:1]) else one)
        before = child.type
    return _ended(node, "".join(found))


def _ended(node: Node, text: str) -> str:
    """A node's text, with the semicolon for which the end of a line may have stood."""
    is_export = node.type == "export_statement" and not node.child_by_field_name("declaration")
    is_statement = is_export or node.type in ENDED
    return f"{text};" if is_statement and not text.endswith(";") else text


def _is_ended(node: Node) -> bool:
    """Whether a brace behind it can stand for the semicolon of its last statement."""
    is_around = node.type in ENDING and node.children
    return _is_ended(node.children[-1]) if is_around else node.type in ENDED


def _name(node: Node, renamed: Mapping[int, str]) -> str:
    """A name as it is written; where it names a property too, both."""
    name = _said(node)
    short = renamed.get(node.id, name)
    return short if node.type == "identifier" or short == name else f"{name}:{short}"


def _needed(node: Node) -> list[Node]:
    """A node's children without comments, commas before an end, and brackets of one parameter."""
    found = [child for child in node.children if child.type != "comment"]
    kinds = [child.type for child in found]
    if kinds[-2:-1] == [","] and kinds[-1] in (")", "]", "}") and found[-3].is_named:
        del found[-2]
    is_one = kinds == ["(", "identifier", ")"] and node.type == "formal_parameters"
    if is_one and node.parent and node.parent.type == "arrow_function":
        return found[1:2]
    return found


def _template(node: Node, renamed: Mapping[int, str]) -> str:
    """A template's text as it is, and what is reckoned in it tight."""
    text, start = node.text or b"", node.start_byte
    found, at = "", 0
    for child in node.children:
        if child.type == "template_substitution":
            found += text[at : child.start_byte - start].decode() + _text(child, renamed)
            at = child.end_byte - start
    return found + text[at:].decode()


def _renamed(root: Node) -> Mapping[int, str]:
    """What stands for each name that is declared below the top, by the nodes that bear it."""
    nodes = list(_nodes(root, None))
    for node, scope in nodes:
        owner = scope.above if scope and node.type in DECLARED_ABOVE else scope
        if owner:
            owner.declared |= {name: [] for name in _declared(node)}
    for node, scope in nodes:
        if node.type in NAMES:
            _use(node, scope)
    short: dict[tuple[_Scope | None, str], str] = {}
    found: dict[int, str] = {}
    for scope in dict.fromkeys(scope for _, scope in nodes if scope):
        taken = {short.get(used, used[1]) for used in scope.used}
        free = (one for one in _shorts() if one not in taken)
        for name, uses in sorted(scope.declared.items(), key=lambda one: -len(one[1])):
            short[scope, name] = one = next(free)
            found |= {node.id: one for node in uses}
    return found


def _nodes(node: Node, scope: _Scope | None) -> Iterator[tuple[Node, _Scope | None]]:
    """A node and all below, each with the innermost scope that it stands in or makes.

    What stands at the top is in none: other scripts may know it.
    """
    around = scope
    is_body = node.type == "statement_block" and node.parent and node.parent.type in BODIED
    if node.type in SCOPES and not is_body:
        scope = _Scope(scope)
    yield node, scope
    own = node.child_by_field_name("name") if node.type in DECLARED_ABOVE else None
    for child in node.children:
        yield from _nodes(child, around if child == own else scope)


def _use(node: Node, scope: _Scope | None) -> None:
    """Notes the use of a name, in every scope between it and the one that declares it."""
    name = _said(node)
    passed: list[_Scope] = []
    while scope and name not in scope.declared:
        passed.append(scope)
        scope = scope.above
    if scope:
        scope.declared[name].append(node)
    for one in passed:
        one.used.add((scope, name))


def _declared(node: Node) -> Iterator[str]:
    """The names that a node declares itself."""
    if node.type == "formal_parameters":
        yield from (name for child in node.children for name in _bound(child))
    is_loop = node.type == "for_in_statement" and node.child_by_field_name("kind")
    place = "left" if is_loop else DECLARING.get(node.type)
    pattern = node.child_by_field_name(place) if place else None
    if pattern:
        yield from _bound(pattern)


def _bound(pattern: Node) -> Iterator[str]:
    """The names that a pattern binds."""
    match pattern.type:
        case "identifier" | "shorthand_property_identifier_pattern":
            yield _said(pattern)
        case "assignment_pattern" | "object_assignment_pattern":
            yield from _bound(pattern.children[0])
        case "pair_pattern":
            yield from _bound(pattern.children[-1])
        case "array_pattern" | "object_pattern" | "rest_pattern":
            for child in pattern.children:
                yield from _bound(child)


def _shorts() -> Iterator[str]:
    """a, b, … aa, ab, …: names without end, none of them a word of the language."""
    for length in itertools.count(1):
        for signs in itertools.product(SHORT, repeat=length):
            name = "".join(signs)
            if name not in RESERVED:
                yield name


def _said(node: Node) -> str:
    return (node.text or b"").decode()
