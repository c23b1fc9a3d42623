"""The standard's validator, offline, run as a program by test_ocds.

usage: validating.py VALIDATOR ADDRESS FOLDER FILE...

Everything but our own extension the validator has in files beside it. The extension it takes from
the built site in FOLDER, as it would from the site's ADDRESS. Lines and bare releases name no
extensions, since they are no packages: they are held against those of our packages.
Prints a line for each file, as JSON: what the validator found.
"""

import importlib.util
import json
import pathlib
import sys
from typing import Any


def validator(path: str, address: str, folder: pathlib.Path) -> Any:
    """The validator as a module, which also knows the site."""
    spec = importlib.util.spec_from_file_location("validate_ocds", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    offline = module._local

    def known(url: str) -> bytes | None:
        if url.startswith(address):
            return (folder / url.removeprefix(address)).read_bytes()
        found: bytes | None = offline(url)
        return found

    module._local = known
    package = next(iter(sorted(folder.glob("contracts/*/releases.json"))))
    module.META["extensions"] = json.loads(package.read_bytes())["extensions"]
    return module


def main(path: str, address: str, folder: str, *names: str) -> int:
    """Validate files strictly; 0 when nothing at all was found."""
    module = validator(path, address, pathlib.Path(folder))
    sys.argv = [path, "--strict", "--json", *names]
    return int(module.main())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
