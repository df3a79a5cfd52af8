from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from countersight.case import Case
from countersight.model import FileRow, Status
from countersight.run.serial import SerialExecutor
from countersight.store.config import Config

CLAUSES = [
    f"{n}. The Supplier shall deliver {n * 17 + 3} units of kind k{n} to site {n * 7} within {n + 5} days."
    for n in range(1, 40)
]
FLAGGED = "Ethnicity attribute of the face recognition platform: unknown, Uyghur, non-Uyghur."


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A text, the same as DOCX, a version of it in an archive, a copy of the text, an excerpt, and something else."""
    folder = tmp_path / "records"
    folder.mkdir()
    lines = ["SUPPLY AGREEMENT", *CLAUSES, FLAGGED]
    (folder / "agreement.txt").write_text("\n".join(lines))
    (folder / "copy.txt").write_text("\n".join(lines))
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / "agreement.docx"))
    with zipfile.ZipFile(folder / "old.zip", "w") as archive:
        changed = [line.replace("within 25 days", "within 90 days") for line in lines]
        archive.writestr("draft.txt", "\n".join(changed))
    (folder / "other.txt").write_text("The road lamps are to be repaired before winter. " * 8)
    (folder / "empty a.txt").touch()
    (folder / "empty b.txt").touch()
    return folder


def audited(records: Path, case: Path) -> Case:
    made = Case.create(case, Config())
    made.audit([records], SerialExecutor())
    return made


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text().splitlines()]


def told(files: list[FileRow], name: str) -> dict[str, str]:
    return {str(each.locator): each.what for file in files if str(file.locator) == name for each in file.related}


def test_each_kind_of_relation_is_found_exported_and_derived_again(warm: None, records: Path, tmp_path: Path) -> None:
    case = audited(records, tmp_path / "case")
    case.export("jsonl", tmp_path / "out", pages=False)
    found = rows(tmp_path / "out", "relations")
    assert [row["id"] for row in found] == sorted(row["id"] for row in found)
    assert {(row["kind"], tuple(sorted(str(r["locator"]) for r in row["records"]))) for row in found} == {
        ("same_bytes", ("agreement.txt", "copy.txt")),
        ("same_text", ("agreement.docx", "agreement.txt")),
        ("version", ("agreement.docx", "old.zip | member draft.txt")),
        ("version", ("agreement.txt", "old.zip | member draft.txt")),
    }
    version = next(row for row in found if row["kind"] == "version")
    ((one, other),) = version["differing"]
    assert {one["quote"], other["quote"]} == {"25", "90"}
    assert {one["locator"], other["locator"]} == {str(r["locator"]) for r in version["records"]}
    assert case.verify(SerialExecutor()) == []


def test_every_file_says_what_it_is_related_to(warm: None, records: Path, tmp_path: Path) -> None:
    files = audited(records, tmp_path / "case").files()
    assert told(files, "agreement.txt") == {
        "agreement.docx": "same_text",
        "copy.txt": "same_bytes",
        "old.zip | member draft.txt": "version",
    }
    assert told(files, "copy.txt")["agreement.txt"] == "same_bytes"
    assert told(files, "other.txt") == told(files, "empty a.txt") == {}


def test_findings_in_related_records_point_to_each_other(warm: None, records: Path, tmp_path: Path) -> None:
    case = audited(records, tmp_path / "case")
    case.export("jsonl", tmp_path / "out", pages=False)
    found = {row["citations"][0]["name"]: row for row in rows(tmp_path / "out", "findings") if row["rule"] == "GRP-03"}
    assert set(found) == {"agreement.txt", "agreement.docx", "draft.txt"}
    ids = {row["id"] for row in found.values()}
    assert all(set(row["also"]) == ids - {row["id"]} for row in found.values())
    dossier = (tmp_path / "case" / "dossier" / "index.html").read_text()
    assert "the other version" in dossier
    assert dossier.count('class="also"') == 3 * len({row["rule"] for row in rows(tmp_path / "out", "findings")})


def test_the_order_of_arrival_changes_no_relation(warm: None, records: Path, tmp_path: Path) -> None:
    at_once = audited(records, tmp_path / "at once")
    bit_by_bit = Case.create(tmp_path / "bit by bit", Config())
    for name in sorted((path.name for path in records.iterdir()), reverse=True):
        bit_by_bit.audit([records / name], SerialExecutor())
    for case, out in ((at_once, "a"), (bit_by_bit, "b")):
        case.export("jsonl", tmp_path / out, pages=False)
    one, other = (
        {(row["id"], row["score"]) for row in rows(tmp_path / out, "relations") if row["kind"] != "same_bytes"}
        for out in "ab"
    )
    assert one == other
    assert len(one) == 3


def test_data_files_are_related_by_their_bytes_alone(warm: None, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    for n in range(3):
        fields = {f"name of the field number {i} of a long record": f"value {i + n * (i == 4)}" for i in range(60)}
        (folder / f"{n}.json").write_text(json.dumps(fields))
    (folder / "again.json").write_bytes((folder / "0.json").read_bytes())
    files = audited(folder, tmp_path / "case").files()
    assert {each.what for file in files for each in file.related} == {"same_bytes"}


def test_pages_are_counted_by_origin_and_language(warm: None, records: Path, tmp_path: Path) -> None:
    files = {str(file.locator): file for file in audited(records, tmp_path / "case").files()}
    assert files["agreement.txt"].pages_by_origin == {"text": 1}
    assert files["agreement.txt"].pages_by_language == {"en": 1}
    assert files["agreement.txt"].ocr_confidence is None
    assert (files["copy.txt"].status, files["copy.txt"].pages_by_origin) == (Status.DUPLICATE, {})
