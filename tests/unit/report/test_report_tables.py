from __future__ import annotations

import csv
import io
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from countersight.model import Box, Confidence, DateSpan, Locator, Page, PageFault, Relative, Status, Weak
from countersight.report import tables

fake = import_module("report_fake")


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_a_citation_has_the_fields_of_the_interface() -> None:
    quoted = fake.citation(fake.TENDER, "a.pdf", "人员属性", page=41, page_label="37", start=7, end=11)
    assert tables.citation_record(quoted) == {
        "digest": fake.TENDER,
        "name": "a.pdf",
        "locator": "a.pdf",
        "page": 41,
        "page_label": "37",
        "start": 7,
        "end": 11,
        "quote": "人员属性",
        "boxes": [],
    }


def test_boxes_are_printed_alike_whatever_the_last_bits_of_their_fractions() -> None:
    boxes = (Box(0.1 + 0.2, 1 / 3, 2 / 3, 1.0), Box(-0.0, 0.0, 1e-9, 1))
    record = tables.citation_record(fake.citation(fake.TENDER, "a.pdf", "x", boxes=boxes))
    assert json.dumps(record["boxes"]) == "[[0.3, 0.333333, 0.666667, 1.0], [0.0, 0.0, 0.0, 1.0]]"


def test_a_finding_has_the_fields_of_the_interface_and_is_a_candidate() -> None:
    record = tables.finding_record(fake.view().findings[0])
    assert list(record)[:11] == [
        *("id", "rule", "family", "title", "rung", "strength", "severity", "citations", "explanation"),
        *("norms", "review"),
    ]
    assert record["severity"] == {"scale": 4, "scope": 5, "irremediability": 4}
    assert record["review"] == {"status": "candidate", "by": None, "at": None, "why": None}
    assert record["strength"] == "finding"
    assert [citation["page"] for citation in record["citations"]] == [41, 12]


def test_a_file_has_the_fields_of_the_interface_and_absent_facts_are_null() -> None:
    record = tables.file_record(fake.row("a.bin", Status.SKIPPED, reader=None, language=None, media_type=None))
    asked = (
        *("digest", "name", "locator", "parent", "media_type", "kind", "language", "dated", "size", "pages"),
        *("status", "reason", "pages_ocr", "pages_failed", "reader"),
    )
    assert list(record)[:15] == list(asked)
    assert [name for name in asked if record[name] is None] == [
        *("parent", "media_type", "kind", "language", "dated", "pages", "reason", "reader"),
    ]


def test_dates_and_page_faults_are_told_in_full() -> None:
    dated = DateSpan.of(2022, 12, text="2022年12月")
    record = tables.file_record(fake.row("a.pdf", dated=dated, pages_failed=(PageFault(3, "needs OCR"),)))
    assert record["dated"] == {"from": "2022-12-01", "to": "2022-12-31", "text": "2022年12月"}
    assert record["pages_failed"] == [{"page": 3, "reason": "needs OCR"}]


def test_a_page_of_a_source_without_pages_has_no_number() -> None:
    file = fake.row("a.html")
    assert tables.page_record(file, Page(1, "text", paged=False))["page"] is None
    record = tables.page_record(file, Page(4, "正文", label="iv", language="zh", confidence=0.5, origin="ocr"))
    assert list(record.values()) == [file.digest, "a.html", 4, "iv", "ocr", "zh", 0.5, "正文", False, [], None]


def test_a_page_names_its_weak_characters() -> None:
    page = Page(1, "一名雄吾尔旅", origin="ocr", weak=(Weak(2, 0.5, "维唯"), Weak(5, 0.7)))
    assert tables.page_record(fake.row("a.png"), page)["weak"] == [
        {"at": 2, "read": "雄", "score": 0.5, "others": "维唯"},
        {"at": 5, "read": "旅", "score": 0.7, "others": ""},
    ]


def test_json_lines_are_canonical_utf8_in_the_order_given(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    tables.write_jsonl(path, [{"b": 1, "a": "人\u2028\n"}, {"a": "<x>"}])
    assert path.read_bytes() == '{"a":"人\u2028\\n","b":1}\n{"a":"<x>"}\n'.encode()


def test_every_row_comes_back_from_json(tmp_path: Path) -> None:
    rows = [tables.file_record(file) for file in fake.files()]
    tables.write_jsonl(tmp_path / "files.jsonl", rows)
    back = [json.loads(line) for line in (tmp_path / "files.jsonl").read_bytes().splitlines()]
    assert [row["digest"] for row in back] == [row["digest"] for row in rows]
    assert next(row["name"] for row in back if row["name"].startswith("bad")) == "bad\\udcffname.txt"


def test_a_csv_has_the_citation_in_every_row(tmp_path: Path) -> None:
    path = tmp_path / "findings.csv"
    tables.write_csv(path, map(tables.finding_record, fake.view().findings))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,rule,")
    rows = read_csv(path)
    assert len(rows) == sum(len(finding.citations) for finding in fake.view().findings) == 6
    assert all(row["citations.digest"] and row["citations.quote"] and row["id"] for row in rows)
    assert (rows[0]["citations.page"], rows[0]["severity.scope"], rows[0]["review.status"]) == ("41", "5", "candidate")
    assert rows[0]["norms"] == "ICERD arts 1, 2(1), 5(d) (unverified); UNGP 13 and 18 (unverified)"


def test_a_finding_without_citations_still_has_its_row(tmp_path: Path) -> None:
    tables.write_csv(tmp_path / "f.csv", [tables.finding_record(fake.finding(1, "GRP-03", "T", []))])
    assert read_csv(tmp_path / "f.csv")[0]["citations.quote"] == ""


def test_columns_stay_the_same_when_the_first_row_lacks_a_fact(tmp_path: Path) -> None:
    files = [fake.row("a"), fake.row("b", dated=DateSpan.of(2022), pages_failed=(PageFault(3, "x"), PageFault(4, "y")))]
    tables.write_csv(tmp_path / "files.csv", map(tables.file_record, files))
    first, second = read_csv(tmp_path / "files.csv")
    assert (first["dated.from"], second["dated.from"], second["dated.to"]) == ("", "2022-01-01", "2022-12-31")
    assert second["pages_failed"] == "3: x; 4: y"


def test_no_rows_give_the_header_that_was_asked_for(tmp_path: Path) -> None:
    tables.write_csv(tmp_path / "a.csv", [], tables.PAGE)
    columns = "digest,name,page,page_label,origin,language,confidence,text,blank,weak"
    reviewers = "corrected.by,corrected.why,corrected.at,corrected.original"
    assert (tmp_path / "a.csv").read_bytes() == f"\ufeff{columns},{reviewers}\r\n".encode()
    tables.write_csv(tmp_path / "b.csv", [])
    assert (tmp_path / "b.csv").read_bytes() == b""
    tables.write_csv(tmp_path / "relations.csv", [])
    assert (tmp_path / "relations.csv").read_bytes().startswith(b"\xef\xbb\xbfid,kind,records,")


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(0)",
        "+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n",
        " =1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\ufeff=1",
        '=cmd|"/C calc"!A0',
    ],
)
def test_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(tmp_path: Path, text: str) -> None:
    tables.write_csv(tmp_path / "x.csv", [{"name": text, "notes": [text]}])
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1] == ["'" + text] * 2


@pytest.mark.parametrize("value", ["a=b", "1-2", '民族, "引号"\n第二行', "'", -5, 0, 0.5])
def test_all_else_comes_through_a_csv_unchanged(tmp_path: Path, value: Any) -> None:
    tables.write_csv(tmp_path / "x.csv", [{"text": value}])
    assert read_csv(tmp_path / "x.csv") == [{"text": str(value)}]


def test_names_that_are_no_text_do_not_stop_an_export(tmp_path: Path) -> None:
    tables.write_csv(tmp_path / "x.csv", map(tables.file_record, fake.files()), tables.FILE)
    assert any(row["name"] == "bad\\udcffname.txt" for row in read_csv(tmp_path / "x.csv"))


def test_a_finding_tells_how_sure_ocr_was_of_each_citation() -> None:
    first, _, third, *_ = [tables.finding_record(finding) for finding in fake.view().findings]
    assert first["confidence"] == [None, 0.934]
    assert [one["read"] for one in first["weak"][1]] == ["乙", "负", "警", "，"]
    assert first["weak"][0] == []
    assert first["weak"][1][1] == {"at": 12, "read": "负", "score": 0.72, "others": "员贝"}
    assert (third["confidence"], third["weak"]) == ([], [])


def test_how_sure_ocr_was_comes_through_a_csv(tmp_path: Path) -> None:
    tables.write_csv(tmp_path / "f.csv", [tables.finding_record(fake.view().findings[0])])
    assert [(row["confidence"], row["weak"]) for row in read_csv(tmp_path / "f.csv")] == [
        ("; 0.934", "; 10: 乙: 0.61:  / 12: 负: 0.72: 员贝 / 31: 警: 0.4: 誓 / 32: ，: 0.88: ")
    ] * 2


def test_a_relation_tells_its_records_and_cites_what_differs(tmp_path: Path) -> None:
    record = tables.relation_record(fake.relations()[0])
    assert tuple(record) == tables.RELATION
    assert (record["kind"], record["score"], record["more"], record["by_ocr"]) == ("version", 0.9731, 3, True)
    assert [one["name"] for one in record["records"]] == ["合同.pdf", "验收报告.pdf"]
    (first, second), (signed, nothing) = record["differing"]
    assert (first["quote"], first["page"], second["quote"]) == ("4860000", 9, "5120000")
    assert tuple(first) == tables.CITATION
    assert (signed["locator"], nothing) == ("合同.pdf | page 41", None)
    tables.write_jsonl(tmp_path / "r.jsonl", [record])
    assert json.loads((tmp_path / "r.jsonl").read_bytes()) == record


def test_a_relation_in_a_spreadsheet_quotes_both_sides(tmp_path: Path) -> None:
    tables.write_csv(tmp_path / "r.csv", map(tables.relation_record, fake.relations()), tables.RELATION)
    first = read_csv(tmp_path / "r.csv")[0]
    assert first["differing"] == (
        "“4860000” (合同.pdf | page 9) / “5120000” (验收报告.pdf | page 9); "
        "“签署页 法定代表人签字 二〇二二年十二月五日” (合同.pdf | page 41) / –"
    )


def test_a_file_counts_its_pages_and_names_its_relatives(tmp_path: Path) -> None:
    confidence = Confidence(0.9, 0.61, 5)
    relative = Relative("version-1", "version", fake.CONTRACT, Locator("b.pdf"))
    row = fake.row("a.pdf", pages_by_origin={"text": 2, "ocr": 1}, ocr_confidence=confidence, related=(relative,))
    record = tables.file_record(row)
    assert record["ocr_confidence"] == {"mean": 0.9, "lowest": 0.61, "page": 5}
    assert record["related"] == [
        {"relation": "version-1", "what": "version", "digest": fake.CONTRACT, "locator": "b.pdf"}
    ]
    tables.write_csv(tmp_path / "f.csv", [record])
    (line,) = read_csv(tmp_path / "f.csv")
    assert (line["pages_by_origin"], line["ocr_confidence.lowest"]) == ("ocr: 1; text: 2", "0.61")
    assert line["related"] == f"version-1: version: {fake.CONTRACT}: b.pdf"


def test_a_finding_names_those_on_the_same_words_in_related_records() -> None:
    assert tables.finding_record(fake.view().findings[0], also=["X-1"])["also"] == ["X-1"]
    assert tables.finding_record(fake.view().findings[0])["also"] == []
