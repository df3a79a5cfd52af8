"""The bundled demo against what it must show: ``tests/corpus/demo_expected.yaml``, whose head explains its keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from endtoend import files, here, read_back, rows, squeezed, tree

EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "corpus" / "demo_expected.yaml").read_text(encoding="utf-8")
)


def _records() -> dict[tuple[str, ...], dict[str, Any]]:
    """Every record of the demo by its name, or by that of the mail or archive and its own."""
    outer: dict[tuple[str, ...], dict[str, Any]] = {(name,): record or {} for name, record in EXPECTED.items()}
    inner = {(name, member): m for name, r in EXPECTED.items() for member, m in (r or {}).get("inside", {}).items()}
    return outer | inner


RECORDS = _records()
PLACES = [(name, place) for name, record in RECORDS.items() for place in record.get("found", ())]
TRAPS = [(name, trap) for name, record in RECORDS.items() for trap in record.get("traps", ())]


def _id(value: object) -> str:
    if isinstance(value, dict):
        return f"{value['rule']} {value['quote']}"
    return " ".join(part[:6] for part in value) if isinstance(value, tuple) else str(value)


@pytest.fixture(scope="session")
def findings(demo_export: Path) -> list[dict[str, Any]]:
    return rows(demo_export / "findings.jsonl")


def cited_in(findings: list[dict[str, Any]], name: tuple[str, ...]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The findings, each with a citation, from a record itself."""

    def holds(citation: dict[str, Any]) -> bool:
        inside = citation["locator"].startswith(f"{name[0]} | ") or citation["locator"] == name[0]
        return bool(inside and citation["name"] == name[-1])

    return [(finding, citation) for finding in findings for citation in finding["citations"] if holds(citation)]


@pytest.mark.parametrize(("name", "place"), PLACES, ids=_id)
def test_each_place_is_found(name: tuple[str, ...], place: dict[str, Any], findings: list[dict[str, Any]]) -> None:
    strengths = {"finding", "lead"} if place.get("strength") == "any" else {place.get("strength", "finding")}
    of_rule = [(f, c) for f, c in cited_in(findings, name) if f["rule"] == place["rule"]]
    assert [
        (finding["id"], citation["page"])
        for finding, citation in of_rule
        if squeezed(place["quote"]) in squeezed(citation["quote"])
        and citation["page"] == place.get("page", citation["page"])
        and finding["strength"] in strengths
    ], [(finding["strength"], citation["page"], citation["quote"]) for finding, citation in of_rule]


@pytest.mark.parametrize(("name", "trap"), TRAPS, ids=_id)
def test_no_trap_is_fallen_into(name: tuple[str, ...], trap: dict[str, Any], findings: list[dict[str, Any]]) -> None:
    assert not [
        (finding["id"], finding["strength"], citation["quote"])
        for finding, citation in cited_in(findings, name)
        if finding["rule"] == trap["rule"] and finding["strength"] != "exculpatory"
        if squeezed(trap["quote"]) in squeezed(citation["quote"])
    ]


@pytest.mark.parametrize("name", [name for name, record in RECORDS.items() if record.get("clean")], ids=_id)
def test_a_clean_record_has_nothing(name: tuple[str, ...], findings: list[dict[str, Any]]) -> None:
    assert [(f["id"], f["strength"], c["quote"]) for f, c in cited_in(findings, name)] == []


@pytest.mark.parametrize("name", RECORDS, ids=_id)
def test_a_record_has_findings_of_no_other_rule_than_stated(
    name: tuple[str, ...], findings: list[dict[str, Any]]
) -> None:
    stated = {place["rule"] for place in RECORDS[name].get("found", ()) if place.get("strength") != "exculpatory"}
    assert [
        (finding["id"], citation["quote"])
        for finding, citation in cited_in(findings, name)
        if finding["strength"] == "finding" and finding["rule"] not in stated
    ] == []


@pytest.mark.parametrize("name", RECORDS, ids=_id)
def test_each_record_has_its_status_reason_and_pages(name: tuple[str, ...], demo_case: Path) -> None:
    record = RECORDS[name]
    [file] = [
        file
        for locator, file in files(demo_case).items()
        if file.name == name[-1] and (len(name) == 1) == (locator == name[0]) and locator.startswith(name[0])
    ]
    expected = record.get("status", "read")
    assert file.status == expected, file.reason
    assert record.get("reason", "") in (file.reason or "")
    assert "pages" not in record or file.pages == record["pages"]
    if "duplicate_of" in record:
        assert file.reason == f"same bytes as {record['duplicate_of']}"
        assert file.digest == files(demo_case)[record["duplicate_of"]].digest


def test_every_file_of_the_demo_is_expected(demo_case: Path) -> None:
    found = files(demo_case)
    assert {locator for locator in found if " | " not in locator} == set(EXPECTED)
    assert {file.locator.name for file in found.values() if file.parent} == {n[0] for n in RECORDS if len(n) > 1}


def test_every_citation_from_a_text_layer_reads_back_its_quote(
    demo_case: Path, demo_export: Path, findings: list[dict[str, Any]]
) -> None:
    """Cropped from the page by its boxes and read again with PDFium, it gives the words it quotes."""
    layers = {(p["digest"], p["page"]) for p in rows(demo_export / "pages.jsonl") if p["origin"] == "text"}
    cited = [
        c
        for finding in findings
        for c in finding["citations"]
        if c["name"].endswith(".pdf") and (c["digest"], c["page"]) in layers
    ]
    assert len(cited) > 10
    wrong = [(c["locator"], c["quote"], got) for c in cited if (got := read_back(demo_case, c)) != squeezed(c["quote"])]
    assert wrong == []


def test_every_quote_is_on_its_page(demo_export: Path, findings: list[dict[str, Any]]) -> None:
    text = {(page["digest"], page["page"]): page["text"] for page in rows(demo_export / "pages.jsonl")}
    cited = [citation for finding in findings for citation in finding["citations"]]
    assert all(text[c["digest"], c["page"]][c["start"] : c["end"]] == c["quote"] for c in cited)


def test_the_demo_says_in_its_dossier_that_it_is_fictional(demo_case: Path) -> None:
    page = (demo_case / "dossier" / "index.html").read_text(encoding="utf-8")
    assert "Everything in this case is invented" in page
    assert "fictional demo case" in page


def test_the_demo_verifies_and_auditing_it_again_changes_nothing(demo_case: Path) -> None:
    before = {name: digest for name, digest in tree(demo_case).items() if name != "ledger.jsonl"}
    assert here("demo", "--case", demo_case, "--executor", "serial") == 3
    assert here("verify", demo_case, "--executor", "serial") == 0
    assert {name: digest for name, digest in tree(demo_case).items() if name != "ledger.jsonl"} == before
