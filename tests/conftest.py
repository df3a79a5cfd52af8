"""Cases the end-to-end tests read. Made once per worker; a test that changes one copies it first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from countersight.pipeline.examine import detector
from endtoend import audit, here, results, small_folder


@pytest.fixture(scope="session")
def warm() -> None:
    """The rules, built once in this process: every item of the serial executor forks from it."""
    detector(())


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of records of every kind."""
    return Path(small_folder(tmp_path_factory.mktemp("small") / "records"))


@pytest.fixture(scope="session")
def small_made(warm: None, small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished case of that folder, for the fixtures below alone."""
    case = tmp_path_factory.mktemp("small-made") / "case"
    assert audit(small, case) == 3
    return case


@pytest.fixture(scope="session")
def small_case(small_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to ask and to export from."""
    return Path(shutil.copytree(small_made, tmp_path_factory.mktemp("small-case") / "case"))


@pytest.fixture(scope="session")
def small_results(small_made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The bytes that any audit of that folder leaves, by name."""
    place = tmp_path_factory.mktemp("small-results")
    return dict(results(shutil.copytree(small_made, place / "case"), place / "out"))


@pytest.fixture(scope="session")
def demo_case(warm: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled demo, audited."""
    case = tmp_path_factory.mktemp("demo-case") / "case"
    assert here("demo", "--case", case, "--executor", "serial") == 3
    return case


@pytest.fixture(scope="session")
def demo_export(demo_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's tables as JSONL, pages included."""
    out = tmp_path_factory.mktemp("demo-export")
    assert here("export", demo_case, "--format", "jsonl", "--pages", "--out", out) == 0
    return out
