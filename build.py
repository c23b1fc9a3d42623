#!/usr/bin/env python3
"""The command line of Contract Portal; run `python build.py --help`."""

import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
OWN = HERE / ".venv" / "bin" / "python"


def main() -> None:
    """Run with the libraries that `make site` installed, whichever python started us."""
    try:
        from portal import main as line  # noqa: PLC0415 - only once we know that it can be
    except ModuleNotFoundError as missing:
        if OWN.exists() and pathlib.Path(sys.prefix) != HERE / ".venv":
            os.execv(OWN, [str(OWN), *sys.argv])
        sys.exit(
            f"{missing.name} is not installed; run `make site` first (尚未安装，请先运行 make site)"
        )
    try:
        line.run(sys.argv[1:])
    except SystemExit as done:
        if done.code == 0 and "serve" not in sys.argv:
            _end()
        raise


def _end() -> None:
    """End where all is done and no process is left, without taking every value apart first."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
