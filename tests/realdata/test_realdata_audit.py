"""Real folders of records, audited as anybody would: nothing lost, nothing crashed, every citation stands."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from countersight.model import Locator
from endtoend import countersight, files, here, read_back, rows, squeezed

DATA = Path(__file__).parents[2].parent / "shared" / "data"
FOLDERS = ("files", "tenders", "contracts")
# The built-in rules hold on hardly any of these; words that many of them have put citations to the test.
COMMON = """
concepts:
  common:
    gloss: common words
    zh: [投标保证金, 履约保证金]
    en: [confidential information, indemnification, surveillance]
rules:
- id: TRY-01
  family: TRY
  title: Words that many records have
  severity: [1, 1, 1]
  min_rung: E0
  definition: The words are there.
  why: They must be found.
  shows: the words
  does_not_show: anything else
  norms: []
  alternatives: []
  when: common
  examples: [{lang: zh, text: 应提交投标保证金。}]
  counter_examples: [{lang: zh, text: 应提交投标文件。}]
"""

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is absent"),
]


@pytest.fixture(scope="module", params=FOLDERS)
def audited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of real records and its finished case."""
    place = tmp_path_factory.mktemp(request.param)
    (place / "common.yaml").write_text(COMMON, encoding="utf-8")
    records, case = DATA / request.param, place / "case"
    done = countersight(
        "audit", records, "--case", case, "--ocr", "never", "--rules", place / "common.yaml", PYTHONWARNINGS="default"
    )
    assert done.returncode in {0, 3}, done.stderr
    assert "Traceback" not in done.stderr
    return records, case


@pytest.fixture(scope="module")
def exported(audited: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tables")
    assert here("export", audited[1], "--format", "jsonl", "--pages", "--out", out) == 0
    return out


def test_every_file_is_accounted_for_under_its_name_and_bytes(audited: tuple[Path, Path]) -> None:
    records, case = audited
    there = {str(Locator(str(p.relative_to(records)))): p for p in records.rglob("*") if p.is_file()}
    found = files(case)
    assert {name for name, file in found.items() if file.parent_locator is None} == set(there)
    for name, path in there.items():
        assert found[name].digest == sha256(path.read_bytes()).hexdigest()
        assert (case / "evidence" / found[name].digest).exists()


def test_every_file_has_one_status_and_a_reason_where_it_is_not_read(
    audited: tuple[Path, Path], exported: Path
) -> None:
    found = files(audited[1])
    assert len(found) == len(rows(exported / "files.jsonl"))
    for name, file in found.items():
        assert (file.reason is None) == (file.status == "read"), name
        if file.parent_locator:
            assert found[str(file.parent_locator)].digest == file.parent


def test_no_reader_crashed_or_was_stopped(audited: tuple[Path, Path]) -> None:
    reasons = {
        name: [file.reason, *(fault.reason for fault in file.pages_failed)] for name, file in files(audited[1]).items()
    }
    faults = ("reader error", "stopped:", "Error:")
    assert {n: r for n, r in reasons.items() if any(fault in (one or "") for one in r for fault in faults)} == {}


def cited(exported: Path) -> list[dict[str, Any]]:
    return [citation for finding in rows(exported / "findings.jsonl") for citation in finding["citations"]]


def test_every_quote_stands_on_its_page(exported: Path) -> None:
    text = {(page["digest"], page["page"]): page["text"] for page in rows(exported / "pages.jsonl")}
    assert all(text[c["digest"], c["page"]][c["start"] : c["end"]] == c["quote"] for c in cited(exported))


def test_every_citation_from_a_pdf_reads_back_its_quote(audited: tuple[Path, Path], exported: Path) -> None:
    """By PDFium from the boxes alone; masked words, which are not in the file as they stand here, left out."""
    from_pdf = [c for c in cited(exported) if c["boxes"] and "█" not in c["quote"]]
    wrong = [
        (c["locator"], c["quote"], got)
        for c in from_pdf
        if (got := read_back(audited[1], c)) != squeezed(c["quote"]).replace("\x02", "-")
    ]
    assert wrong == []
    assert len(from_pdf) > 50 or audited[0].name == "files"


def test_the_case_verifies(audited: tuple[Path, Path]) -> None:
    done = countersight("verify", audited[1], PYTHONWARNINGS="default")
    assert done.returncode == 0, done.stdout + done.stderr
