"""Joins the modules of a script into the few files that a browser asks for.

The scripts are written as small ECMAScript modules; loaded as such, a first search would wait for
a dozen requests over the six connections that HTTP/1.1 has to a host. Only what our own modules use
is understood: imports at a line's start, each from a neighbour; exports of declarations and of
names. Anything else is refused. What is joined is written in few bytes (`tightening`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from portal.scripts.tightening import parsed, tight

LINES = re.MULTILINE
IMPORT = re.compile(
    r'^import (?:\* as (?P<all>\w+)|\{(?P<names>[^}]*)\}) from "\./(?P<module>\w+)\.js";\n', LINES
)
AGAIN = re.compile(r'^export \{(?P<names>[^}]*)\} from "\./(?P<module>\w+)\.js";\n', LINES)
TAKEN_APART = re.compile(r"^export const \{(?P<names>[^}]*)\} =", LINES)
DECLARED = re.compile(
    r"^export (?=(?:async function|function\*?|const|class) (?P<name>\w+))", LINES
)
LATER = re.compile(r'(?<=\bimport\(")\./(?P<module>\w+)\.js(?="\))')
LEFT = re.compile(r"^(?:import|export)\b.*", LINES)
AT_ONCE = "//# allFunctionsCalledOnLoad\n"
"""Has Chromium compile all functions while the script loads, not each one when a query needs it."""


class Module(NamedTuple):
    """A module taken apart: its code without imports and exports, what it exports, from whom."""

    code: str
    exports: tuple[str, ...]
    needs: tuple[str, ...]


def joined(entry: str, sources: Mapping[str, str], hosts: Sequence[str], version: str) -> str:
    """The entry and all that it imports as one module, in few bytes.

    `sources` are the texts of all modules by name; what the files `hosts` hold already is imported
    from them, as `./host.js?v=version`, and so are modules that are asked for later. Raises
    ValueError for what is not understood, and for modules that need each other.
    """
    taken = {name: read(name, text, version) for name, text in sources.items()}
    held = {name: host for host in reversed(hosts) for name in order(host, taken)}
    own = [name for name in order(entry, taken) if name not in held]
    for name in own:
        _check(name, sources[name])
    borrowed = dict.fromkeys(need for name in own for need in taken[name].needs if need in held)
    from_hosts = [
        f"import {{ {', '.join(f'${name}' for name in borrowed if held[name] == host)} }} "
        f'from "./{host}.js?v={version}";\n'
        for host in dict.fromkeys(held[name] for name in borrowed)
    ]
    bodies = [
        f"const ${name} = (() => {{\n{taken[name].code}"
        f"return {{ {', '.join(taken[name].exports)} }};\n}})();\n"
        for name in own
    ]
    exports = ", ".join(one.partition(":")[0] for one in taken[entry].exports)
    ends = [f"export const {{ {exports} }} = ${entry};\n"] if exports else []
    ends.append(f"export {{ {', '.join(f'${name}' for name in own)} }};\n")
    return AT_ONCE + tight("".join((*from_hosts, *bodies, *ends)))


def _check(name: str, text: str) -> None:
    """Raises ValueError with the module and the line of what is no JavaScript."""
    try:
        parsed(text)
    except ValueError as error:
        raise ValueError(f"{name}.js:{error}") from None


def order(entry: str, modules: Mapping[str, Module], above: tuple[str, ...] = ()) -> list[str]:
    """The entry and all that it imports, each behind what it needs. Raises ValueError."""
    if entry in above:
        raise ValueError(f"{' → '.join((*above, entry))}: modules that need each other")
    if entry not in modules:
        raise ValueError(f"{above[-1] if above else ''}: there is no module {entry}.js")
    found: dict[str, None] = {}
    for need in modules[entry].needs:
        found |= dict.fromkeys(order(need, modules, (*above, entry)))
    return [*found, entry]


def read(name: str, text: str, version: str) -> Module:
    """A module taken apart. Raises ValueError with the line that is not understood."""
    needs: dict[str, None] = {}
    exports: list[str] = []

    def taken(match: re.Match[str]) -> str:
        needs[match["module"]] = None
        if match["all"]:
            return f"const {match['all']} = ${match['module']};\n"
        pairs = ", ".join(": ".join(dict.fromkeys(pair)) for pair in _names(match["names"]))
        return f"const {{ {pairs} }} = ${match['module']};\n"

    def again(match: re.Match[str]) -> str:
        needs[match["module"]] = None
        exports.extend(
            f"{known}: ${match['module']}.{own}" for own, known in _names(match["names"])
        )
        return ""

    def apart(match: re.Match[str]) -> str:
        exports.extend(known for _, known in _names(match["names"]))
        return match[0].removeprefix("export ")

    def declared(match: re.Match[str]) -> str:
        exports.append(match["name"])
        return ""

    code = IMPORT.sub(taken, text)
    for pattern, put in ((AGAIN, again), (TAKEN_APART, apart), (DECLARED, declared)):
        code = pattern.sub(put, code)
    left = LEFT.search(code)
    if left is not None:
        raise ValueError(f"{name}.js: {left[0]}")
    code = LATER.sub(rf"./\g<module>.js?v={version}", code)
    return Module(code, tuple(exports), tuple(needs))


def _names(text: str) -> Iterator[tuple[str, str]]:
    """`a, b as c` → (a, a), (b, c); for what is taken apart, `a: c` likewise."""
    for one in text.replace("\n", " ").split(","):
        own, _, known = one.strip().replace(":", " as ").partition(" as ")
        if own:
            yield own.strip(), (known or own).strip()
