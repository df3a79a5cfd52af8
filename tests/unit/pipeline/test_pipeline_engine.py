from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

import countersight
from countersight.model import Digest
from countersight.pipeline import engine

RULES = [Digest.of(b"rules")]


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    engine.code_digest.cache_clear()
    yield
    engine.code_digest.cache_clear()


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small program of its own in the place of this one."""
    root = tmp_path / "countersight"
    for name, text in {"a.py": "A", "find/rules/r.yaml": "R", "report/t.html": "T", "report/s.css": "S"}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    monkeypatch.setattr("countersight.pipeline.engine.resources.files", lambda _: root)
    return root


def digest() -> Digest:
    engine.code_digest.cache_clear()
    return engine.code_digest()


def test_the_digest_is_of_this_program_and_does_not_change_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    first = digest()
    monkeypatch.chdir("/")
    assert digest() == first
    assert engine.code_digest() is engine.code_digest(), "files are read once"


@pytest.mark.parametrize("name", ["a.py", "find/rules/r.yaml", "report/t.html", "report/s.css"])
def test_any_byte_of_code_rules_or_templates_changes_it(copy: Path, name: str) -> None:
    before = digest()
    (copy / name).write_text("changed")
    assert digest() != before


@pytest.mark.parametrize("name", ["b.py", "new/c.yaml"])
def test_a_file_added_moved_or_removed_changes_it(copy: Path, name: str) -> None:
    before = digest()
    (copy / name).parent.mkdir(exist_ok=True)
    shutil.copy(copy / "a.py", copy / name)
    assert digest() != before
    (copy / name).unlink()
    assert digest() == before
    (copy / "a.py").rename(copy / "z.py")
    assert digest() != before


@pytest.mark.parametrize("name", ["__pycache__/a.cpython-311.pyc", "__pycache__/a.py", "py.typed", ".idea/x.py"])
def test_what_is_not_part_of_the_program_does_not(copy: Path, name: str) -> None:
    before = digest()
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_text("x")
    assert digest() == before


def test_the_records_of_the_demo_are_data_and_not_code(copy: Path) -> None:
    before = digest()
    (copy / "demo" / "records").mkdir(parents=True)
    (copy / "demo" / "records" / "02_award.html").write_text("<p>")
    assert digest() == before
    (copy / "demo" / "__init__.py").write_text("code")
    assert digest() != before


def test_where_the_program_lies_does_not_matter(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest()
    elsewhere = shutil.copytree(copy, copy.parent / "elsewhere")
    monkeypatch.setattr("countersight.pipeline.engine.resources.files", lambda _: elsewhere)
    assert digest() == before


def test_other_rules_are_another_engine() -> None:
    assert engine.engine_digest(RULES) == engine.engine_digest(RULES)
    assert engine.engine_digest(RULES) != engine.engine_digest([Digest.of(b"other rules")])


def test_so_is_another_version_of_a_library_or_of_python(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def version(name: str) -> str:
        seen.append(name)
        return "99" if name == "pypdfium2" and len(asked) > 1 else "1"

    asked = [1]
    before = engine.engine_digest(RULES)
    monkeypatch.setattr(metadata, "version", version)
    one = engine.engine_digest(RULES)
    asked.append(2)
    two = engine.engine_digest(RULES)
    assert len({before, one, two}) == 3
    assert "pypdfium2" in seen
    assert "pytest" not in seen, "tools of development derive nothing"
    monkeypatch.setattr("sys.version_info", (3, 99, 0))
    assert engine.engine_digest(RULES) not in {one, two}


def test_a_patch_release_of_python_is_the_same_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 12, 1))
    one = engine.engine_digest(RULES)
    monkeypatch.setattr("sys.version_info", (3, 12, 9))
    assert engine.engine_digest(RULES) == one


def test_libraries_of_extras_count_where_they_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    required = ["jinja2>=3.1", "Zope.Interface[x] (>=2) ; python_version>'3'", "av>=14 ; extra == 'recordings'"]
    monkeypatch.setattr(metadata, "requires", lambda _: required)
    there = {"Zope.Interface": "1", "jinja2": "1"}

    def version(name: str) -> str:
        if name not in there:
            raise metadata.PackageNotFoundError(name)
        return there[name]

    monkeypatch.setattr(metadata, "version", version)
    without = engine.engine_digest(RULES)
    there["av"] = "18.1.0"
    one = engine.engine_digest(RULES)
    there["av"] = "18.1.1"
    assert len({without, one, engine.engine_digest(RULES)}) == 3


def test_the_program_says_its_name_and_version() -> None:
    assert engine.program() == f"countersight {countersight.__version__}"
    assert re.fullmatch(r"countersight \d+\.\d+\.\d+\S*", engine.program())
