"""What the tests of the data are given: a register, published once, and its records."""

import pathlib

import pytest

from data import counted
from portal import exact, pipeline


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The register, published."""
    folder = tmp_path_factory.mktemp("tables")
    pipeline.build(pipeline.Options(counted.written(folder / "root"), folder / "public"))
    return folder / "public"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The sample site, published."""
    output = tmp_path_factory.mktemp("sample") / "public"
    pipeline.build(pipeline.Options(pathlib.Path(__file__).resolve().parents[2], output))
    return output


def records(output: pathlib.Path) -> list[exact.Json]:
    """The record of every contract that stands, as it lies beside its page."""
    found = [
        exact.read(path.read_bytes()) for path in sorted(output.glob("contracts/*/index.json"))
    ]
    return [one for one in found if one.get("status", {}).get("state") != "withdrawn"]
