"""Verify finds a change of any byte of a case, names the file, and itself changes nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countersight import ledger
from countersight.model import Digest
from countersight.pipeline.inspect import seals
from countersight.store.seal import Seal
from endtoend import audit, countersight, here, results, tree

KINDS = (
    *("case.toml", "ledger.jsonl", "derived/SHA256SUMS", "derived/case.db"),
    *("evidence/*", "derived/members/*", "derived/images/*", "dossier/*.html", "dossier/*.css"),
    *("dossier/pages/*", "dossier/images/*"),
)


@pytest.fixture
def case(small_made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_made, tmp_path / "case"))


@pytest.fixture(scope="module")
def played_with(small_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that every example leaves as it was."""
    return Path(shutil.copytree(small_made, tmp_path_factory.mktemp("played") / "case"))


def verified(case: Path) -> tuple[int, str]:
    """The exit code, and all that was printed but progress."""
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = here("verify", case, "--executor", "serial")
    said = out.getvalue().splitlines(keepends=True)
    return code, "".join(line for line in said if not line.startswith(("reading: ", "picturing: ")))


def one(case: Path, pattern: str, which: int = 0) -> Path:
    found = sorted(path for path in case.glob(pattern) if path.is_file() and path.stat().st_size)
    return found[which % len(found)]


def spoil(path: Path, at: int, mask: int) -> bytes:
    """Flip bits of one byte; the bytes as they were."""
    data = path.read_bytes()
    path.chmod(0o644)
    at %= len(data)
    path.write_bytes(data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :])
    return data


def test_an_untouched_case_stands_and_verifying_writes_nothing(case: Path) -> None:
    before = {name: (case / name).stat().st_mtime_ns for name in tree(case)}, tree(case)
    code, said = verified(case)
    assert (code, "stands; every byte is as sealed" in said) == (0, True)
    assert ({name: (case / name).stat().st_mtime_ns for name in tree(case)}, tree(case)) == before


def test_verifying_a_case_nobody_may_write_to(case: Path) -> None:
    for path in (*case.rglob("*"), case):
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert countersight("verify", case).returncode == 0
    for path in (case, *case.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_flipped_byte_is_found_and_its_file_named(kind: str, played_with: Path, data: st.DataObject) -> None:
    """Law: for every file of a case, every place in it and every change of a byte there, verify ends with 4."""
    path = one(played_with, kind, data.draw(st.integers(0, 40), "file"))
    whole = spoil(path, data.draw(st.integers(0, 1 << 20), "place"), data.draw(st.integers(1, 255), "bits"))
    try:
        code, said = verified(played_with)
    finally:
        path.write_bytes(whole)
    assert (code, path.name in said) == (4, True), said


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_gone_is_named(kind: str, case: Path) -> None:
    path = one(case, kind)
    path.unlink()
    code, said = verified(case)
    if kind == "derived/SHA256SUMS":  # without a seal no audit was finished
        assert (code, "was not finished" in said) == (2, True)
    else:
        assert (code, path.name in said) == (4, True)


@pytest.mark.parametrize(
    "name",
    ["evidence/extra", "derived/extra", "derived/members/extra", "derived/images/extra.png", "dossier/extra.html"],
)
def test_a_file_that_was_added_is_named(name: str, case: Path) -> None:
    (case / name).write_bytes(b"planted")
    code, said = verified(case)
    assert code == 4
    assert f"{name}: {'not in the ledger' if 'evidence' in name else 'added'}\n" in said


def test_every_fault_is_named_at_once(case: Path) -> None:
    spoiled = [one(case, kind) for kind in ("evidence/*", "dossier/*.html", "derived/images/*")]
    for path in spoiled:
        spoil(path, 100, 4)
    code, said = verified(case)
    assert code == 4
    assert len(said.splitlines()) == 3
    assert all(path.relative_to(case).as_posix() in said for path in spoiled)


@pytest.mark.parametrize("lines", [1, 3, 14, 15])
def test_a_ledger_that_lacks_its_last_lines_is_found(lines: int, case: Path) -> None:
    path = case / "ledger.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-lines]))
    code, said = verified(case)
    assert (code, "ledger.jsonl" in said) == (4, True)


@pytest.mark.parametrize("cut", [1, 17, 200])
def test_a_ledger_cut_inside_a_line_is_found(cut: int, case: Path) -> None:
    path = case / "ledger.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    code, said = verified(case)
    assert (code, "ledger.jsonl" in said) == (4, True)


def test_a_ledger_line_swapped_removed_or_repeated_is_found(case: Path) -> None:
    path = case / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for changed in (
        [*lines[:3], lines[4], lines[3], *lines[5:]],
        [*lines[:3], *lines[4:]],
        [*lines[:4], *lines[3:]],
        [b"\n", *lines],
        [*lines, b"\n"],
        [*lines, b"{}\n"],
    ):
        path.write_bytes(b"".join(changed))
        code, said = verified(case)
        assert (code, "ledger.jsonl line" in said) == (4, True), said


def _forged(case: Path) -> Iterator[bytes]:
    """The lines of the ledger with another size for its second record, every hash made to fit."""
    previous = ledger.GENESIS
    for n, line in enumerate((case / "ledger.jsonl").read_bytes().splitlines(), 1):
        fields = json.loads(line)
        if n == 3:
            fields["facts"]["size"] += 1
        entry = ledger.entry(n, fields["at"], fields["act"], fields["facts"], previous)
        previous = entry.hash
        yield entry.line()


def test_a_ledger_rewritten_so_that_its_hashes_fit_is_found(case: Path) -> None:
    (case / "ledger.jsonl").write_bytes(b"".join(_forged(case)))
    assert verified(case) == (4, "ledger.jsonl: not the ledger this case was derived from\n")


def test_a_dossier_changed_together_with_its_seal_is_found_by_deriving_again(case: Path) -> None:
    """Somebody who knows the program can make the sums fit, but not the evidence."""
    page = case / "dossier" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("non-Uyghur", "non-Han"), encoding="utf-8")
    _reseal(case)
    code, said = verified(case)
    assert code == 4
    assert "dossier/index.html: comes out different when made again from the evidence\n" in said


def test_a_database_changed_together_with_its_seal_is_found_by_deriving_again(case: Path) -> None:
    with sqlite3.connect(case / "derived" / "case.db") as db:
        db.execute("DELETE FROM finding WHERE position = 1")
    db.close()
    _reseal(case)
    code, said = verified(case)
    assert code == 4
    assert "derived/case.db: its findings come out different" in said


def _reseal(case: Path) -> None:
    seal = Seal.read(case)
    assert seal
    Seal(seal.origin, seals(case)).write(case)


def test_a_case_derived_by_another_program_is_refused_until_it_is_audited_again(case: Path, small: Path) -> None:
    seal = Seal.read(case)
    assert seal
    foreign = replace(seal.origin, engine=Digest("ab" * 32), program="countersight 0.0.1")
    Seal(foreign, seals(case)).write(case)
    code, said = verified(case)
    assert (code, "countersight 0.0.1" in said, "Way out:" in said) == (5, True, True)
    spoil(case / "dossier" / "index.html", 50, 1)
    assert verified(case)[0] == 4  # a changed byte is a changed byte, whoever derived it


def test_what_is_derived_can_all_be_deleted_and_comes_back(
    case: Path, small: Path, small_results: dict[str, str], tmp_path: Path
) -> None:
    for folder in ("derived", "dossier"):
        shutil.rmtree(case / folder)
    assert audit(small, case) == 3
    assert results(case, tmp_path / "out") == small_results


def test_auditing_again_does_not_hide_changed_evidence(case: Path, small: Path) -> None:
    path = one(case, "evidence/*")
    spoil(path, 5, 1)
    audit(small, case)
    code, said = verified(case)
    assert (code, f"evidence/{path.name}: its bytes are not those of its name\n" in said) == (4, True)
