from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countersight.errors import IntegrityError
from countersight.model import Digest
from countersight.store.seal import NAME, Origin, Seal

ORIGIN = Origin(Digest.of(b"state"), Digest.of(b"engine"), "countersight 0.1.0", 7, Digest.of(b"head"))
FILES = {
    "dossier/index.html": b"<p>",
    "case.toml": "题".encode(),
    "derived/images/a  b.png": b"",
    "dossier/一.txt": b"1",
}


def sealed(case: Path) -> Seal:
    for name, data in FILES.items():
        (case / name).parent.mkdir(parents=True, exist_ok=True)
        (case / name).write_bytes(data)
    seal = Seal(ORIGIN, {name: Digest.of(data) for name, data in FILES.items()})
    seal.write(case)
    return seal


def test_what_was_sealed_is_read_back(tmp_path: Path) -> None:
    assert Seal.read(tmp_path) is None, "no audit was finished"
    seal = sealed(tmp_path)
    assert Seal.read(tmp_path) == seal


def test_the_order_of_finding_files_does_not_show(tmp_path: Path) -> None:
    seal = sealed(tmp_path)
    before = (tmp_path / NAME).read_bytes()
    Seal(ORIGIN, dict(reversed(seal.sums.items()))).write(tmp_path)
    assert (tmp_path / NAME).read_bytes() == before


def test_a_seal_over_no_files(tmp_path: Path) -> None:
    (tmp_path / "derived").mkdir()
    Seal(ORIGIN, {}).write(tmp_path)
    assert Seal.read(tmp_path) == Seal(ORIGIN, {})


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_flipped_byte_is_found(tmp_path: Path, data: st.DataObject) -> None:
    if not (tmp_path / NAME).exists():
        sealed(tmp_path)
    whole = (tmp_path / NAME).read_bytes()
    at, mask = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(1, 255))
    try:
        (tmp_path / NAME).write_bytes(whole[:at] + bytes([whole[at] ^ mask]) + whole[at + 1 :])
        with pytest.raises(IntegrityError, match="SHA256SUMS was changed") as caught:
            Seal.read(tmp_path)
        assert caught.value.exit_code == 4
    finally:
        (tmp_path / NAME).write_bytes(whole)


@pytest.mark.parametrize("cut", [0, 1, 66, 67, -1, -70])
def test_a_seal_cut_short_is_found(tmp_path: Path, cut: int) -> None:
    sealed(tmp_path)
    whole = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(whole[:cut])
    with pytest.raises(IntegrityError):
        Seal.read(tmp_path)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum here")
def test_sha256sum_checks_a_case_without_this_program(tmp_path: Path) -> None:
    sealed(tmp_path)
    command = ["sha256sum", "--check", "--strict", str(NAME)]
    assert subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout.count(b": OK\n") == len(FILES)
    (tmp_path / "case.toml").write_text("changed")
    found = subprocess.run([*command, "--quiet"], cwd=tmp_path, check=False, capture_output=True)
    assert found.returncode == 1
    assert b"case.toml" in found.stdout
