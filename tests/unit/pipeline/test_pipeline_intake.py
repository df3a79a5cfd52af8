from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

from countersight.errors import StorageError, UsageError
from countersight.ledger import Entry
from countersight.model import Digest, Locator, Source
from countersight.pipeline.intake import OPENED, RECEIVED, Found, find, received, take_in
from countersight.store.blobs import Blobs
from countersight.store.journal import Journal

pytestmark = pytest.mark.timeout(20)  # a pipe that is opened would wait for ever


class Desk:
    """A folder of records, and a case that takes them in."""

    def __init__(self, root: Path) -> None:
        self.records, self.case = root / "records", root / "case"
        for folder in (self.records, self.case / "evidence"):
            folder.mkdir(parents=True)
        self.journal = Journal(self.case / "ledger.jsonl")
        self.evidence = Blobs(self.case / "evidence")

    def put(self, name: str, data: str = "") -> Path:
        path = self.records / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data or name, encoding="utf-8")
        return path

    def found(self, *paths: Path) -> list[tuple[str, str]]:
        return [(file.name, file.reason) for file in find(paths or [self.records], self.case)]

    def names(self, *paths: Path) -> list[str]:
        found = self.found(*paths)
        assert all(not reason for _, reason in found), found
        return [name for name, _ in found]

    def take(self, *paths: Path) -> int:
        acts = take_in(find(paths or [self.records], self.case), self.journal.entries, self.evidence, lambda _: None)
        return self.journal.append(acts)

    def sources(self) -> list[Source]:
        return received(self.journal.entries)

    def ledger(self) -> list[tuple[str, Any, int]]:
        facts = [entry.facts for entry in self.journal.entries]
        return [(fact["name"], fact["digest"], fact["size"]) for fact in facts]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def digest(text: str) -> Digest:
    return Digest.of(text.encode())


# ── finding ──


def test_names_are_relative_to_the_folder_given_and_sorted_in_each(desk: Desk) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "b/甲/乙.pdf", ".hidden", "b.txt", "Z"):
        desk.put(name)
    assert desk.names() == [".hidden", "Z", "a.txt", "b/10.txt", "b/2.txt", "b/甲/乙.pdf", "b.txt"]


def test_a_file_goes_by_its_own_name_and_paths_in_the_order_given(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    b, a = desk.put("x/b.txt"), desk.put("y/a.txt")
    assert desk.names(b, a, desk.records / "y") == ["b.txt", "a.txt", "a.txt"]
    monkeypatch.chdir(desk.records / "x")
    assert desk.names(Path("b.txt"), Path(), Path("../y/a.txt")) == ["b.txt", "b.txt", "a.txt"]


def test_an_empty_folder_holds_nothing(desk: Desk) -> None:
    (desk.records / "empty" / "in").mkdir(parents=True)
    assert desk.found() == []


def test_a_path_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no such file or folder") as caught:
        desk.found(desk.records / "absent")
    assert caught.value.way_out


@pytest.mark.parametrize("inside", ["", "evidence", "evidence/x.txt"])
def test_records_inside_the_case_are_refused(desk: Desk, inside: str) -> None:
    (desk.case / "evidence" / "x.txt").touch()
    with pytest.raises(UsageError, match="lies inside the case") as caught:
        desk.found(desk.case / inside)
    assert "outside the case" in caught.value.way_out


def test_also_through_a_link(desk: Desk) -> None:
    link = desk.records / "innocent"
    link.symlink_to(desk.case / "evidence")
    with pytest.raises(UsageError, match="lies inside the case"):
        desk.found(link)


def test_a_case_among_the_records_is_left_out(desk: Desk, tmp_path: Path) -> None:
    desk.put("a.txt")
    desk.take()
    assert desk.names(tmp_path) == ["records/a.txt"]
    (tmp_path / "records" / "our case").symlink_to(desk.case)
    ((name, reason),) = [one for one in desk.found(tmp_path) if one[1]]
    assert name == "records/our case"
    assert "link to another folder" in reason


def test_links_in_a_loop_end(desk: Desk) -> None:
    desk.put("d/a.txt")
    (desk.records / "d" / "up").symlink_to(desk.records)
    (desk.records / "self").symlink_to(desk.records / "self")
    found = dict(desk.found())
    assert found.pop("d/a.txt") == ""
    assert "link to another folder is not followed" in found.pop("d/up")
    assert found.pop("self").startswith("cannot be opened: ")
    assert not found


def test_a_link_to_a_file_is_that_file_and_a_broken_one_is_accounted_for(desk: Desk) -> None:
    target = desk.put("real.txt")
    (desk.records / "alias.txt").symlink_to(target)
    (desk.records / "broken.txt").symlink_to(desk.records / "gone.txt")
    found = dict(desk.found())
    assert found["alias.txt"] == ""
    assert found["broken.txt"] == "cannot be opened: No such file or directory"
    assert desk.take() == 3
    assert [(s.name, s.digest is None) for s in desk.sources()] == [
        ("alias.txt", False),
        ("broken.txt", True),
        ("real.txt", False),
    ]


def test_a_folder_given_as_a_link_is_followed(desk: Desk, tmp_path: Path) -> None:
    desk.put("a.txt")
    (tmp_path / "link").symlink_to(desk.records)
    assert desk.names(tmp_path / "link") == ["a.txt"]


def test_pipes_and_sockets_are_not_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(desk.records / "pipe")
    monkeypatch.chdir(desk.records)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert desk.take() == 2
    for name in ("pipe", "socket"):
        ((_, reason),) = desk.found(desk.records / name)
        assert reason == "not a file: a device, pipe or socket is not read"
    assert [(source.name, source.digest) for source in desk.sources()] == [("pipe", None), ("socket", None)]


def test_a_pipe_given_by_name_keeps_its_name(desk: Desk) -> None:
    os.mkfifo(desk.records / "pipe")
    ((name, _),) = desk.found(desk.records / "pipe")
    assert name == "pipe"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_accounted_for(desk: Desk) -> None:
    desk.put("file.txt").chmod(0)
    desk.put("folder/a.txt").parent.chmod(0)
    try:
        assert desk.take() == 2
        assert [(s.name, s.reason) for s in desk.sources()] == [
            ("file.txt", "cannot be read: Permission denied"),
            ("folder", "folder cannot be opened: Permission denied"),
        ]
    finally:
        (desk.records / "folder").chmod(0o700)


def test_a_folder_that_fails_is_accounted_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.put("a.txt")
    desk.put("bad/b.txt")
    whole = Path.iterdir

    def failing(self: Path) -> Any:
        if self.name == "bad":
            raise OSError(5, "Input/output error")
        return whole(self)

    monkeypatch.setattr(Path, "iterdir", failing)
    assert desk.found() == [("a.txt", ""), ("bad", "folder cannot be opened: Input/output error")]


# ── taking in ──


def test_bytes_are_sealed_and_entered(desk: Desk) -> None:
    desk.put("b/合同.txt", "甲方")
    desk.put("a.txt", "x")
    assert desk.take() == 2
    assert desk.ledger() == [("a.txt", digest("x"), 1), ("b/合同.txt", digest("甲方"), 6)]
    assert desk.evidence.path(digest("甲方")).read_text() == "甲方"
    assert [entry.act for entry in desk.journal.entries] == [RECEIVED, RECEIVED]
    assert desk.sources()[1] == Source(digest("甲方"), 6, Locator("b/合同.txt"))


def test_nothing_new_leaves_the_ledger_as_it_is(desk: Desk) -> None:
    for name in ("a.txt", "b/c.txt"):
        desk.put(name)
    (desk.records / "broken").symlink_to("nowhere")
    desk.take()
    before = (desk.case / "ledger.jsonl").read_bytes()
    assert desk.take() == 0
    assert desk.take(desk.records, desk.records / "a.txt") == 0
    assert (desk.case / "ledger.jsonl").read_bytes() == before


def test_a_record_that_is_gone_stays_received(desk: Desk) -> None:
    desk.put("a.txt")
    desk.take()
    shutil.rmtree(desk.records)
    desk.records.mkdir()
    assert desk.take() == 0
    assert [source.name for source in desk.sources()] == ["a.txt"]


def test_the_same_bytes_under_two_names_are_two_records_and_one_blob(desk: Desk) -> None:
    desk.put("a.txt", "same")
    desk.put("b.txt", "same")
    assert desk.take() == 2
    assert len(list(desk.evidence.folder.iterdir())) == 1


def test_the_same_name_with_other_bytes_is_numbered(desk: Desk) -> None:
    for version in ("one", "two", "three", "two"):
        desk.put("a.txt", version)
        desk.take()
    assert desk.ledger() == [
        ("a.txt", digest("one"), 3),
        ("a.txt (2)", digest("two"), 3),
        ("a.txt (3)", digest("three"), 5),
    ]


def test_a_file_of_such_a_name_is_not_overwritten(desk: Desk) -> None:
    desk.put("a", "one")
    desk.put("a (2)", "mine")
    desk.take()
    desk.put("a", "two")
    desk.put("a (2)", "also mine")
    desk.take()
    assert desk.ledger() == [
        ("a", digest("one"), 3),
        ("a (2)", digest("mine"), 4),
        ("a (3)", digest("two"), 3),
        ("a (2) (2)", digest("also mine"), 9),
    ]
    assert desk.take() == 0


def test_two_folders_with_a_file_of_one_name(desk: Desk) -> None:
    desk.put("x/a.txt", "one")
    desk.put("y/a.txt", "two")
    desk.put("z/a.txt", "one")
    desk.take(*(desk.records / name for name in "xyz"))
    assert [name for name, _, _ in desk.ledger()] == ["a.txt", "a.txt (2)"]


def test_an_undecodable_name_is_kept_and_printable(desk: Desk) -> None:
    raw = os.fsencode(desk.records) + b"/\xb2\xe2\xca\xd4|\n.txt"  # "测试" in gb18030
    with open(raw, "wb") as out:  # noqa: PTH123 (a name of bytes)
        out.write(b"x")
    assert desk.take() == 1
    ((name, _, _),) = desk.ledger()
    assert name == "\\udcb2\\udce2\\udcca\\udcd4\\p\\u000a.txt"
    assert name.encode().isascii()
    assert os.fsencode(desk.sources()[0].name) == b"\xb2\xe2\xca\xd4|\n.txt"
    assert desk.take() == 0


def test_an_empty_file_is_a_record(desk: Desk) -> None:
    (desk.records / "empty.pdf").touch()
    desk.take()
    assert desk.sources() == [Source(digest(""), 0, Locator("empty.pdf"))]


def test_a_file_that_can_be_opened_later_takes_the_place_it_had(desk: Desk) -> None:
    link = desk.records / "a.txt"
    link.symlink_to("later.dat")
    desk.put("b.txt")
    desk.take()
    assert [(s.name, s.digest) for s in desk.sources()] == [("a.txt", None), ("b.txt", digest("b.txt"))]
    desk.records.joinpath("later.dat").write_text("here now")
    assert desk.take() == 2
    assert [s.name for s in desk.sources()] == ["a.txt", "b.txt", "later.dat"]
    assert desk.sources()[0].digest == digest("here now")
    assert desk.sources()[0].reason == ""


def test_a_record_that_cannot_be_opened_any_more_is_still_the_one_received(desk: Desk) -> None:
    path = desk.put("a.txt", "x")
    desk.take()
    path.unlink()
    path.symlink_to("nowhere")
    assert desk.take() == 0
    assert desk.sources()[0].digest == digest("x")


def test_a_disk_that_is_full_ends_the_intake_and_is_no_fault_of_the_file(desk: Desk) -> None:
    desk.put("a.txt")

    def full(*_: object, **__: object) -> Any:
        raise StorageError("the disk is full")

    class Full(Blobs):
        __slots__ = ()
        __call__ = full

    with pytest.raises(StorageError):
        list(take_in(find([desk.records], desk.case), [], Full(desk.evidence.folder), lambda _: None))


def test_every_file_looked_at_is_counted_known_or_not(desk: Desk) -> None:
    for name in "abc":
        desk.put(name)
    desk.take(desk.records / "b")
    seen: list[int] = []
    list(take_in(find([desk.records], desk.case), desk.journal.entries, desk.evidence, seen.append))
    assert seen == [1, 2, 3]


def test_acts_come_one_by_one_each_when_its_bytes_are_sealed(desk: Desk) -> None:
    for name in "abc":
        desk.put(name)
    for count, _ in enumerate(take_in(find([desk.records], desk.case), [], desk.evidence, lambda _: None), 1):
        assert len(list(desk.evidence.folder.iterdir())) == count


def test_a_file_that_vanishes_meanwhile_is_accounted_for(desk: Desk) -> None:
    gone = Found(desk.records / "gone.txt", "gone.txt")
    ((_, facts),) = take_in([gone], [], desk.evidence, lambda _: None)
    assert facts == {
        "name": "gone.txt",
        "digest": None,
        "size": 0,
        "reason": "cannot be read: No such file or directory",
    }


def test_other_acts_are_not_records(desk: Desk) -> None:
    entries = [Entry(1, "2023", OPENED, {"format": 1}, digest(""), digest(""))]
    assert received(entries) == []
