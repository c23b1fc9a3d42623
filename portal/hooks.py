"""git's hooks: two small scripts that let `check` look before a commit and before a push."""

import os
import pathlib
import shlex
from collections.abc import Mapping
from types import MappingProxyType

from portal import git
from portal.problems import Refused

PROGRAM = pathlib.Path(__file__).resolve().parents[1]
"""The folder of build.py."""
MARK = "# Contract Portal: written by `build.py hooks install`, removed by `build.py hooks remove`."
CHECKS: Mapping[str, str] = MappingProxyType(
    {"pre-commit": "check --staged", "pre-push": 'check --history --pushed "$1"'}
)
"""By the name of a hook, what it runs. A pre-push hook is told on standard input what goes."""
SCRIPT = """\
#!/bin/sh
{mark}
# It runs at the top of the working tree; of a linked one, the main one has the libraries.
program={program}
site={site}
if [ ! -e "$site/site.yaml" ] && [ ! -e "$site/content" ]; then
    exit 0
fi
if [ ! -f "$program/build.py" ]; then
    echo {missing} >&2
    exit 1
fi
main=$(dirname "$(git rev-parse --git-common-dir)")
for python in "$program/.venv/bin/python" "$main/$program/.venv/bin/python" python3; do
    if command -v "$python" >/dev/null 2>&1; then
        exec "$python" "$program/build.py" {check} --root "$site"
    fi
done
echo {missing} >&2
exit 1
"""


def install(root: pathlib.Path, missing: str) -> tuple[pathlib.Path, ...]:
    """Write the hooks of the repository that holds a site, and return them; ours are renewed.

    `missing` is what a hook says where there is nothing to run. A hook that somebody else wrote is
    left alone: if it runs our check, well; if not, Refused with the line to add.
    """
    top = git.top(root)
    folder, program = _folder(top), _program(top)
    site = git.prefix(top, root).rstrip("/") or "."
    for name, check in CHECKS.items():
        if _is_foreign(folder / name) and not _runs(folder / name, check):
            line = shlex.join(("python3", f"{program}/build.py"))
            line = f"{line} {check} --root {shlex.quote(site)} || exit 1"
            raise Refused("foreign-hook", path=folder / name, line=line)
    ours = {name: check for name, check in CHECKS.items() if not _is_foreign(folder / name)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, check in ours.items():
        words = {"mark": MARK, "check": check}
        paths = {"program": program, "site": site, "missing": missing}
        script = SCRIPT.format(**words, **{key: shlex.quote(one) for key, one in paths.items()})
        (folder / name).write_text(script, encoding="utf-8", newline="\n")
        (folder / name).chmod(0o755)
    return tuple(folder / name for name in ours)


def remove(root: pathlib.Path) -> tuple[pathlib.Path, ...]:
    """Remove the hooks that we wrote, and return them."""
    folder = _folder(git.top(root))
    ours = [folder / name for name in CHECKS]
    gone = [one for one in ours if os.path.lexists(one) and not _is_foreign(one)]
    for one in gone:
        one.unlink()
    return tuple(gone)


def _folder(top: pathlib.Path) -> pathlib.Path:
    """Where git looks for hooks: core.hooksPath, or beside the objects, also of a linked tree."""
    return top / os.fsdecode(git.ask(top, "rev-parse", "--git-path", "hooks").removesuffix(b"\n"))


def _program(top: pathlib.Path) -> str:
    """The folder of build.py from the top of the tree; its whole path only where it lies apart."""
    if PROGRAM.is_relative_to(top.resolve()):
        return PROGRAM.relative_to(top.resolve()).as_posix()
    return str(PROGRAM)


def _is_foreign(path: pathlib.Path) -> bool:
    return os.path.lexists(path) and MARK not in _text(path)


def _runs(path: pathlib.Path, check: str) -> bool:
    """Whether a hook that somebody wrote runs our check, in a line that is no comment."""
    lines = (line.strip() for line in _text(path).splitlines())
    return any(check in line and not line.startswith("#") for line in lines)


def _text(path: pathlib.Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
