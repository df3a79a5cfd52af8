"""The documentation is up to date with the program, its commands run, and its links lead somewhere."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from scripts import docs  # noqa: E402 (found once the root is on the path)

from countersight.report.wording import banned  # noqa: E402 (as below)

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_reference_is_what_the_program_says_of_itself() -> None:
    assert (ROOT / docs.REFERENCE).read_text(encoding="utf-8") == docs.reference(), "run `make docs`"


@pytest.mark.parametrize("name", docs.RUN)
def test_every_command_shown_gives_the_output_shown(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == docs.refreshed(ROOT / name), "run `make docs`"


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_lead_somewhere(document: Path) -> None:
    assert docs.broken_links(document) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_the_documentation_uses_no_word_that_a_dossier_does_not_use(document: Path) -> None:
    assert banned(document.read_text(encoding="utf-8")) == []


def test_a_link_to_a_missing_file_or_heading_is_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# What is *there* (really)?\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text(
        "# Here\n[a](there.md) [b](gone.md) [c](there.md#what-is-there-really) [d](#here) [e](#gone) [f](https://x.example)",
        encoding="utf-8",
    )
    assert docs.broken_links(page) == ["gone.md", "#gone"]


def test_every_exit_code_and_key_of_the_configuration_is_documented() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    for code in (0, 1, 2, 3, 4, 5):
        assert f"| {code} |" in guide
    assert all(f"`{key}`" in guide or f"| {key} |" in guide for key in ("title", "legal_basis", "questions", "notice"))


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    records = sorted(path.name for path in folder.glob("0*.md"))
    assert records
    assert all(f"({name})" in index for name in records)
