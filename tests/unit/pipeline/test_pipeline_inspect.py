from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from countersight.ledger import GENESIS, Entry, entry
from countersight.model import Digest
from countersight.pipeline import inspect
from countersight.pipeline.intake import OPENED, RECEIVED
from countersight.store.seal import Origin, Seal

RULES = Digest.of(b"rules: []")


def chain(*acts: tuple[str, dict[str, Any]]) -> list[Entry]:
    entries: list[Entry] = []
    for act, facts in acts:
        previous = entries[-1].hash if entries else GENESIS
        entries.append(entry(len(entries) + 1, "2023-11-14T22:13:20Z", act, facts, previous))
    return entries


def received(data: bytes | None) -> tuple[str, dict[str, Any]]:
    return RECEIVED, {"name": repr(data), "digest": None if data is None else Digest.of(data), "size": 1}


ENTRIES = chain(
    (OPENED, {"format": 1}),
    received(b"one"),
    received(None),
    received(b"two"),
    received(b"one"),
    ("rules", {"files": [{"name": "mine.yaml", "digest": RULES}]}),
    ("exported", {"format": "csv", "tables": {"files.csv": Digest.of(b"table")}}),
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case whose bytes are as the ledger says, with something derived."""
    for data in (b"one", b"two", b"rules: []"):
        write(tmp_path / "evidence" / Digest.of(data), data)
    write(tmp_path / "case.toml", b"format = 1")
    write(tmp_path / "derived" / "case.db", b"db")
    write(tmp_path / "derived" / "members" / Digest.of(b"m"), b"m")
    write(tmp_path / "dossier" / "images" / "p.png", b"png")
    write(tmp_path / "ledger.jsonl", b"is not sealed: it goes on")
    return tmp_path


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def seal(case: Path, entries: list[Entry] = ENTRIES) -> Seal:
    origin = Origin(GENESIS, GENESIS, "countersight 0", len(entries), entries[-1].hash)
    return Seal(origin, inspect.seals(case))


def evidence(case: Path) -> list[str]:
    return list(inspect.evidence_faults(case, ENTRIES))


# ── evidence ──


def test_a_case_that_stands_has_no_faults(case: Path) -> None:
    made = seal(case)
    made.write(case)
    assert evidence(case) == []
    assert list(inspect.ledger_faults(ENTRIES, made)) == []
    assert list(inspect.derived_faults(case, made)) == []


def test_a_flipped_byte_of_evidence_is_named(case: Path) -> None:
    path = case / "evidence" / Digest.of(b"two")
    path.write_bytes(b"twp")
    assert evidence(case) == [f"evidence/{path.name}: its bytes are not those of its name"]


def test_evidence_that_is_missing_or_was_added(case: Path) -> None:
    (case / "evidence" / Digest.of(b"one")).unlink()
    (case / "evidence" / RULES).unlink()
    write(case / "evidence" / Digest.of(b"planted"), b"planted")
    missing = sorted([Digest.of(b"one"), RULES])
    assert evidence(case) == [
        *(f"evidence/{digest}: missing" for digest in missing),
        f"evidence/{Digest.of(b'planted')}: not in the ledger",
    ]


def test_all_evidence_gone_is_told_record_by_record(case: Path) -> None:
    for path in (case / "evidence").iterdir():
        path.unlink()
    expected = [f"evidence/{digest}: missing" for digest in sorted([Digest.of(b"one"), Digest.of(b"two"), RULES])]
    assert evidence(case) == expected
    (case / "evidence").rmdir()
    assert evidence(case) == expected


def test_what_a_killed_process_left_is_a_fault_until_audit_sweeps_it(case: Path) -> None:
    write(case / "evidence" / ".part-x", b"half")
    assert "evidence/.part-x: not in the ledger" in evidence(case)


# ── ledger ──


def test_a_ledger_that_goes_on_is_the_same_one(case: Path) -> None:
    longer = chain(*((e.act, e.facts) for e in ENTRIES), ("exported", {}))
    assert list(inspect.ledger_faults(longer, seal(case))) == []


def test_a_ledger_cut_at_its_end_is_found(case: Path) -> None:
    faults = list(inspect.ledger_faults(ENTRIES[:-2], seal(case)))
    assert faults == ["ledger.jsonl: 2 entries are missing at its end"]
    assert list(inspect.ledger_faults([], seal(case))) == ["ledger.jsonl: 7 entries are missing at its end"]


def test_another_whole_ledger_in_its_place_is_found(case: Path) -> None:
    forged = chain(*((e.act, e.facts) for e in ENTRIES[:3]), *(received(bytes([n])) for n in range(6)))
    assert list(inspect.ledger_faults(forged, seal(case))) == [
        "ledger.jsonl: not the ledger this case was derived from"
    ]


# ── derived files ──


def test_the_seal_covers_the_configuration_all_that_is_derived_and_the_dossier(case: Path) -> None:
    seal(case).write(case)
    (case / "exported").mkdir()
    write(case / "exported" / "files.csv", b"mine")
    assert inspect.files(case) == [
        "case.toml",
        "derived/case.db",
        f"derived/members/{Digest.of(b'm')}",
        "dossier/images/p.png",
    ]


def test_derived_files_changed_missing_and_added(case: Path) -> None:
    made = seal(case)
    (case / "case.toml").write_bytes(b"format = 1 ")
    (case / "derived" / "case.db").unlink()
    write(case / "dossier" / "planted.html", b"<p>")
    (case / "derived" / "members" / Digest.of(b"m")).write_bytes(b"n")
    assert list(inspect.derived_faults(case, made)) == [
        "case.toml: changed",
        "derived/case.db: missing",
        f"derived/members/{Digest.of(b'm')}: changed",
        "dossier/planted.html: added",
    ]


def test_a_folder_in_the_place_of_a_file_is_missing(case: Path) -> None:
    made = seal(case)
    (case / "case.toml").unlink()
    (case / "case.toml").mkdir()
    assert "case.toml: missing" in list(inspect.derived_faults(case, made))


# ── deriving again ──


def test_files_that_come_out_different(case: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    for name, data in {"same": b"1", "other": b"2", "gone": b"3", "new": b"4"}.items():
        if name != "new":
            write(case / "dossier" / name, data)
        if name != "gone":
            write(again / "dossier" / name, data if name != "other" else b"x")
    names = ["dossier/gone", "dossier/other", "dossier/same"]
    assert list(inspect.difference(case, again, names)) == [
        "dossier/gone: is not made again from the evidence",
        "dossier/other: comes out different when made again from the evidence",
    ]


def test_what_is_made_only_the_second_time_is_told_too(case: Path, tmp_path: Path) -> None:
    write(tmp_path / "again" / "dossier" / "new", b"4")
    (fault,) = inspect.difference(case, tmp_path / "again", ["dossier/new"])
    assert fault == "dossier/new: is made from the evidence and missing here"
