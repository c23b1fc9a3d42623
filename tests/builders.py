"""What tests are made of: valid facts, and sites written into a folder."""

import pathlib
import textwrap
from collections.abc import Mapping
from typing import Any

import fpdf
import yaml
from click import testing

from portal import gather, main, memory, model, pipeline

SITE = "name: 合同公开\nurl: https://contracts.example.org/\nlanguage: zh-CN\n"

FACTS: Mapping[str, Any] = {
    "title": "城市道路照明维护合同",
    "agency": "某某市城市管理局",
    "vendors": ["某某照明工程有限公司"],
    "value": {"amount": "1370000.00"},
    "signed": "2026-02-06",
}
"""The least that a contract must state, as its author writes it."""


def paper() -> bytes:
    """A PDF of one page with a line on it."""
    made = fpdf.FPDF()
    made.add_page()
    made.set_font("helvetica", size=12)
    made.cell(text="Annex: the street lights and their poles, one by one.")
    return bytes(made.output())


class _Plain(yaml.SafeDumper):
    """YAML without anchors, also where one value stands twice."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def contract(**changes: Any) -> model.Contract:
    """A valid contract, with the changes that the test is about: `contract(amount="-1")`.

    `amount` stands for the whole value; a field that is set to None is left out.
    """
    if "amount" in changes:
        changes["value"] = {"amount": changes.pop("amount")}
    given = {"id": "lights", **FACTS, **changes}
    return model.Contract.model_validate({k: v for k, v in given.items() if v is not None})


def text(body: str = "", /, **changes: Any) -> str:
    """A contract's file: front matter with the changes, and the body."""
    given = {name: value for name, value in {**FACTS, **changes}.items() if value is not None}
    return front(given, body)


def front(fields: Mapping[str, Any], body: str = "") -> str:
    """A Markdown file with front matter; days and amounts are to be given as text."""
    written = yaml.dump(dict(fields), None, _Plain, allow_unicode=True, sort_keys=False, width=9999)
    return f"---\n{written}---\n{textwrap.dedent(body)}"


def site(folder: pathlib.Path, files: Mapping[str, str | bytes]) -> pathlib.Path:
    """A site's folder with these files by path, and a site.yaml unless one is among them."""
    for path, content in {"site.yaml": SITE, **files}.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def gathered(folder: pathlib.Path, *, drafts: bool = False) -> gather.Gathered:
    """What a build makes of a site's content, without a cache; Rejected if it is refused."""
    wanted = gather.Wanted(1, pipeline.unseen, drafts)
    return gather.register(gather.content(folder, memory.Stamps()), memory.Cache(), wanted)


def run(*arguments: str) -> tuple[int, str, str]:
    """The command line in this process: exit code, output, errors."""
    line = main.commands(main.language(main.root_of(arguments)))
    done = testing.CliRunner().invoke(line, list(arguments), prog_name="build.py")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr
