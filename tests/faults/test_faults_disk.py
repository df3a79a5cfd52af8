"""A disk that fills, fails or may not be written to, and files that are not what a folder said: nothing is lost."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from countersight.model import Status
from countersight.pipeline import intake
from endtoend import CITED, PLAIN, PROGRAM, audit, before_acts, environment, files, here, results, tree

ACTS = {"write", "fsync", "rename", "replace", "mkdir", "link", "execute", "executemany", "executescript"}
KEPT = "make room or choose another disk and run the same command again: what was done is kept"


def refused(said: str, reason: str = "") -> bool:
    """Whether a message is that of a disk that refuses, with the way out and no trace of code."""
    return "countersight: cannot write in" in said and KEPT in said and reason in said and "Traceback" not in said


# ── full ──


@pytest.mark.parametrize("most", [0, 700, 4_096, 20_000, 40_000, 100_000])
@pytest.mark.parametrize("executor", ["serial", "pool"])
def test_files_that_may_not_grow_end_the_audit_and_with_room_it_goes_on(
    most: int, executor: str, small: Path, small_results: dict[str, str], tmp_path: Path
) -> None:
    """RLIMIT_FSIZE: no file may become longer than ``most`` bytes, wherever in the work that comes."""
    case = tmp_path / "case"
    done = subprocess.run(
        [PROGRAM, "audit", str(small), "--case", str(case), "--executor", executor],
        env=environment(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, refused(done.stderr)) == (1, True), done.stderr
    assert audit(small, case) == 3
    assert results(case, tmp_path / "out") == small_results


@pytest.fixture(scope="module")
def acts(warm: None, small: Path, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many acts on the disk an audit has."""
    counted: list[object] = []
    before_acts(ACTS, counted.append)
    try:
        assert audit(small, tmp_path_factory.mktemp("acts") / "case") == 3
    finally:
        sys.setprofile(None)
    return len(counted)


@pytest.mark.parametrize("share", [*range(0, 90, 6), *range(90, 101, 2)])
def test_a_disk_that_fills_at_any_moment_ends_the_audit_and_with_room_it_goes_on(
    share: int, acts: int, small: Path, small_results: dict[str, str], tmp_path: Path
) -> None:
    """The act ``share`` percent of the way through fails as on a full disk, in whichever process it comes."""
    left = max(acts * share // 100, 1)

    def full(called: Any) -> None:
        nonlocal left
        left -= 1
        if left == 0 and "execute" in called.__name__:
            raise sqlite3.OperationalError("database or disk is full")
        if left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before_acts(ACTS, full)
    try:
        with redirect_stderr(StringIO()) as said:
            code = audit(small, tmp_path / "case")
    finally:
        sys.setprofile(None)
    assert code == 3 or refused(said.getvalue()), said.getvalue()  # 3: a link that could not be made became a copy
    assert audit(small, tmp_path / "case") == 3
    assert results(tmp_path / "case", tmp_path / "out") == small_results


def mounted(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a shell script where it may mount; skip where that is not permitted."""
    unshare = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    if not shutil.which("unshare"):
        pytest.skip("no unshare on this machine")
    probe = subprocess.run(
        [*unshare, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, text=True, check=False
    )
    if probe.returncode:
        pytest.skip(f"mounting is not permitted here: {probe.stderr.strip()}")
    command = [*unshare, "sh", "-c", script, PROGRAM, *map(str, arguments)]
    return subprocess.run(command, env=environment(), capture_output=True, encoding="utf-8", timeout=120, check=False)


@pytest.mark.parametrize("kilobytes", [16, 120, 300, 700])
def test_a_small_disk_that_is_full_and_is_then_made_larger(
    kilobytes: int, warm: None, small: Path, small_results: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "disk").mkdir()
    done = mounted(
        f'mount -t tmpfs -o size={kilobytes}k none "$2" && "$0" audit "$1" --case "$2/case" --executor serial;'
        'echo "code $?"; cp -R "$2/case" "$3"',
        small,
        tmp_path / "disk",
        tmp_path / "case",
    )
    assert "code 1\n" in done.stdout, done.stdout + done.stderr
    assert refused(done.stderr, "full"), done.stderr
    assert audit(small, tmp_path / "case") == 3
    assert results(tmp_path / "case", tmp_path / "out") == small_results


def test_an_export_to_a_full_disk_says_so_and_the_case_stands(
    small_made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = shutil.copytree(small_made, tmp_path / "case")
    before = tree(case)
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this machine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "findings.csv").symlink_to("/dev/full")
    assert here("export", case, "--format", "csv", "--out", tmp_path / "out") == 1
    assert refused(capsys.readouterr().err, "the disk is full")
    assert tree(case) == before


# ── read-only and locked ──


def test_a_case_on_a_read_only_disk_can_be_asked_and_verified_but_not_written(
    small: Path, small_made: Path, tmp_path: Path
) -> None:
    case = shutil.copytree(small_made, tmp_path / "case")
    (small_new := tmp_path / "new").mkdir()
    (small_new / "new.txt").write_text(PLAIN)
    done = mounted(
        'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 9;'
        '"$0" search "$1" ethnicity > /dev/null; echo "search $?";'
        '"$0" verify "$1" --executor serial; echo "verify $?";'
        '"$0" audit "$2" --case "$1"; echo "audit $?"; "$0" export "$1" --format csv --out "$3"; echo "export $?"',
        case,
        small_new,
        tmp_path / "out",
    )
    codes = [line for line in done.stdout.splitlines() if line.split()[0] in {"search", "verify", "audit", "export"}]
    assert codes == ["search 0", "verify 0", "audit 1", "export 1"], done.stdout + done.stderr
    assert done.stderr.count("the disk is read-only") == 2
    assert "Traceback" not in done.stderr
    assert tree(case) == tree(small_made)


def test_of_two_audits_at_once_one_waits_for_a_person_and_nothing_is_lost(
    small: Path, small_results: dict[str, str], tmp_path: Path
) -> None:
    command = [PROGRAM, "audit", str(small), "--case", str(tmp_path / "case"), "--executor", "serial"]
    both = [
        subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = {process.wait(60): process.communicate()[1] for process in both}
    assert 3 in said
    assert set(said) <= {1, 3}
    assert "another process is writing to" in said.get(1, "another process is writing to")
    assert results(tmp_path / "case", tmp_path / "out") == small_results


# ── files that cannot be opened ──


def test_what_is_no_file_or_leads_nowhere_is_listed_with_the_reason(warm: None, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    (folder / "inner").mkdir(parents=True)
    (folder / "good.txt").write_text(PLAIN)
    os.mkfifo(folder / "pipe.pdf")
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "endless.bin").symlink_to("/dev/zero")
    (folder / "folder").symlink_to(folder / "inner")
    (folder / "up").symlink_to(tmp_path)
    (folder / "linked.txt").symlink_to(folder / "good.txt")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(os.path.relpath(folder / "door"))
        assert audit(folder, tmp_path / "case") == 3
    found = {name: (file.status, file.reason) for name, file in files(tmp_path / "case").items()}
    assert found == {
        "door": (Status.FAILED, "not a file: a device, pipe or socket is not read"),
        "endless.bin": (Status.FAILED, "not a file: a device, pipe or socket is not read"),
        "folder": (Status.FAILED, "a link to another folder is not followed; audit that folder by name"),
        "good.txt": (Status.READ, None),
        "linked.txt": (Status.DUPLICATE, "same bytes as good.txt"),
        "loop.txt": (Status.FAILED, "cannot be opened: Too many levels of symbolic links"),
        "nowhere.txt": (Status.FAILED, "cannot be opened: No such file or directory"),
        "pipe.pdf": (Status.FAILED, "not a file: a device, pipe or socket is not read"),
        "up": (Status.FAILED, "a link to another folder is not followed; audit that folder by name"),
    }
    assert here("verify", tmp_path / "case", "--executor", "serial") == 0


def forbid(patch: pytest.MonkeyPatch, name: str, error: int) -> None:
    """Let opening a file of this name fail."""
    opened = Path.open

    def guarded(self: Path, *arguments: Any, **options: Any) -> Any:
        if self.name == name:
            raise OSError(error, os.strerror(error))
        return opened(self, *arguments, **options)

    patch.setattr(Path, "open", guarded)


@pytest.mark.parametrize("error", [errno.EACCES, errno.EIO, errno.ESTALE, errno.ENXIO])
def test_a_file_that_cannot_be_read_is_listed_and_read_once_it_can_be(
    error: int, warm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, case = tmp_path / "records", tmp_path / "case"
    folder.mkdir()
    (folder / "a.txt").write_text(PLAIN)
    (folder / "secret.txt").write_text(CITED)
    with monkeypatch.context() as patch:
        forbid(patch, "secret.txt", error)
        assert audit(folder, case) == 3
        assert audit(folder, case) == 3
    locked = files(case)["secret.txt"]
    assert (locked.status, locked.digest) == (Status.FAILED, None)
    assert locked.reason == f"cannot be read: {os.strerror(error)}"
    assert audit(folder, case) == 0
    assert [(name, file.status) for name, file in files(case).items()] == [
        ("a.txt", Status.READ),
        ("secret.txt", Status.READ),
    ]


@pytest.mark.parametrize("change", ["vanishes", "grows", "becomes a folder"])
def test_a_file_that_changes_between_listing_and_reading(
    change: str, warm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, case = tmp_path / "records", tmp_path / "case"
    folder.mkdir()
    (folder / "a.txt").write_text(PLAIN)
    (folder / "b.txt").write_text(CITED)
    listed = intake.find

    def find(*arguments: Any) -> list[intake.Found]:
        found = list(listed(*arguments))
        if change == "grows":
            (folder / "b.txt").write_text(CITED * 3)
        else:
            (folder / "b.txt").unlink()
        if change == "becomes a folder":
            (folder / "b.txt").mkdir()
        return found

    monkeypatch.setattr(intake, "find", find)
    code = audit(folder, case)
    file = files(case)["b.txt"]
    if change == "grows":
        assert (code, file.status, file.size) == (0, Status.READ, len(CITED) * 3)
    else:
        assert (code, file.status, file.digest) == (3, Status.FAILED, None)
        assert file.reason.startswith("cannot be read: ")
    assert here("verify", case, "--executor", "serial") == 0


def test_a_folder_that_cannot_be_listed_is_named(warm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "records" / "shut").mkdir(parents=True)
    listed = Path.iterdir

    def iterdir(self: Path) -> Any:
        if self.name == "shut":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return listed(self)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", iterdir)
        assert audit(tmp_path / "records", tmp_path / "case") == 3
    [shut] = files(tmp_path / "case").values()
    assert (shut.status, shut.reason) == (Status.FAILED, "folder cannot be opened: Permission denied")


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", "{small}", "--case", "{tmp}/file/case"],
        ["audit", "{small}", "--case", "{tmp}/" + "long" * 80],
        ["audit", "{tmp}/" + "long" * 80, "--case", "{tmp}/case"],
        ["verify", "{tmp}/" + "long" * 80],
        ["export", "{case}", "--format", "csv", "--out", "{tmp}/file"],
        ["export", "{case}", "--format", "csv", "--out", "{tmp}/file/out"],
    ],
)
def test_a_place_that_can_be_no_folder_is_named(
    arguments: list[str], small: Path, small_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert here(*(part.format(small=small, tmp=tmp_path, case=small_case) for part in arguments)) == 2
    said = capsys.readouterr().err
    assert str(tmp_path) in said
    assert "Way out: " in said
