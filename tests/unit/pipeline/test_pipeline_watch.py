from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import listsmade as made
from countersight.errors import IntegrityError, ListError, LockedError, UsageError
from countersight.model import EventKind, periods
from countersight.pipeline.watch import Folder, Snapshot, read
from countersight.store.disk import locked

_SECOND = made.SDN.replace("NORTHERN LANTERN OPTICS CO., LTD.", "NORTHERN LANTERN GROUP").replace(
    '104,"HARBOUR', '109,"SOUTHERN HARBOUR'
)


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    seconds = (date.fromisoformat(day) - date(1970, 1, 1)).days * 86400
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))


def add(folder: Folder, tmp_path: Path, name: str, data: str | bytes, **told: object) -> Snapshot:
    (offer,) = read([made.leave(tmp_path / "given", name, data)])
    return folder.add(offer, **told)[0]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    at(monkeypatch, "2024-02-01")
    return Folder(tmp_path / "lists")


def test_a_snapshot_is_kept_by_digest_and_entered_with_its_counts(folder: Folder, tmp_path: Path) -> None:
    one = add(folder, tmp_path, "un.xml", made.UN)
    assert (one.day, one.day_from, one.known_from) == (date(2024, 5, 15), "file", date(2024, 2, 1))
    assert one.counts == {"organisations": 1, "persons": 1, "doubtful": 0, "other": 0, "faults": 0}
    assert (folder.root / "snapshots" / one.digest).read_text(encoding="utf-8") == made.UN
    assert folder.watch().snapshots() == [one]


def test_the_same_list_again_is_no_second_snapshot(folder: Folder, tmp_path: Path) -> None:
    (offer,) = read([made.leave(tmp_path, "un.xml", made.UN)])
    assert [folder.add(offer)[1] for _ in range(2)] == [True, False]
    assert len(folder.watch().snapshots()) == 1


def test_a_list_that_does_not_say_its_day_is_of_the_day_given_or_added(folder: Folder, tmp_path: Path) -> None:
    assert add(folder, tmp_path, "a.csv", made.SDN).day == date(2024, 2, 1)
    given = add(folder, tmp_path, "a.csv", made.SDN, day=date(2021, 8, 18))
    assert (given.day, given.day_from) == (date(2021, 8, 18), "given")


def test_a_set_of_files_is_one_snapshot_and_read_back_whole(folder: Folder, tmp_path: Path) -> None:
    given = tmp_path / "set"
    for name, data in (("sdn.csv", made.SDN), ("alt.csv", made.ALT), ("add.csv", made.ADD)):
        made.leave(given, name, data)
    (offer,) = read([given])
    snapshot, _ = folder.add(offer)
    assert [part for part, _, _ in snapshot.parts] == ["addresses", "main", "names"]
    assert folder.watch().load(snapshot) == offer.loaded


def test_a_table_is_read_back_with_the_mapping_it_came_with(folder: Folder, tmp_path: Path) -> None:
    mapping = made.leave(tmp_path, "m.yaml", made.MAPPING)
    (offer,) = read([made.leave(tmp_path, "own.csv", made.CUSTOM)], mapping)
    snapshot, _ = folder.add(offer)
    mapping.unlink()
    assert folder.watch().load(snapshot).listings == offer.loaded.listings


def test_what_changed_between_two_snapshots_lies_between_their_days(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(folder, tmp_path, "a.csv", made.SDN, day=date(2023, 1, 1))
    at(monkeypatch, "2024-03-01")
    second = add(folder, tmp_path, "b.csv", _SECOND, day=date(2023, 6, 1))
    told = [e for e in folder.watch().events(built_in=False) if e.told_by == second.digest]
    assert [(e.kind, e.listing.id) for e in told] == [
        (EventKind.AMENDED, "US-OFAC-SDN/101"),
        (EventKind.LISTED, "US-OFAC-SDN/109"),
        (EventKind.DELISTED, "US-OFAC-SDN/104"),
    ]
    for event in told:
        assert event.within is not None
        assert (event.within.from_, event.within.to) == (date(2023, 1, 2), date(2023, 6, 1))
        assert event.known_from == date(2024, 3, 1)


def test_an_old_question_with_the_old_knowledge_has_the_old_answer(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(folder, tmp_path, "a.csv", made.SDN, day=date(2023, 6, 1))
    before = periods(folder.watch().events(built_in=False))
    at(monkeypatch, "2024-03-01")
    add(folder, tmp_path, "b.csv", _SECOND, day=date(2023, 1, 1))  # older in law, newer in knowledge
    watch = folder.watch()
    assert periods(watch.events(date(2024, 2, 1), built_in=False)) == before
    assert periods(watch.events(built_in=False)) != before
    assert list(watch.events(date(2024, 1, 31))) == []


def test_a_failed_addition_leaves_the_old_snapshot_and_no_trace(folder: Folder, tmp_path: Path) -> None:
    add(folder, tmp_path, "un.xml", made.UN)
    ledger = (folder.root / "ledger.jsonl").read_bytes()
    with pytest.raises(ListError):
        add(folder, tmp_path, "un.xml", made.UN[:-30])
    assert (folder.root / "ledger.jsonl").read_bytes() == ledger
    assert len(list((folder.root / "snapshots").iterdir())) == 1


def test_a_list_that_lost_most_of_its_entries_is_refused_unless_it_may(folder: Folder, tmp_path: Path) -> None:
    entry = made.UN.partition("<ENTITIES>")[2].partition("</ENTITIES>")[0]
    many = made.UN.replace(entry, "".join(entry.replace("113233", str(n)) for n in range(5)))
    add(folder, tmp_path, "un.xml", many)
    with pytest.raises(ListError, match="1 organisations, where the snapshot of 2024-05-15 has 5"):
        add(folder, tmp_path, "un.xml", made.UN)
    older = made.UN.replace("2024-05-15", "2014-05-15")
    assert add(folder, tmp_path, "un.xml", older).counts["organisations"] == 1
    assert add(folder, tmp_path, "un.xml", made.UN, smaller=True).counts["organisations"] == 1


def test_a_snapshot_changed_on_the_disk_is_not_read(folder: Folder, tmp_path: Path) -> None:
    one = add(folder, tmp_path, "un.xml", made.UN)
    kept = folder.root / "snapshots" / one.digest
    kept.chmod(0o644)
    kept.write_text(made.UN.replace("EXAMPLE", "ANOTHER"), encoding="utf-8")
    with pytest.raises(IntegrityError, match="was changed"):
        list(folder.watch().events())
    assert list(folder.watch().damaged()) == [f"lists/{one.digest}: its bytes are not those of its name"]
    kept.unlink()
    assert list(folder.watch().damaged()) == [f"lists/{one.digest}: missing"]


def test_only_one_process_writes(folder: Folder, tmp_path: Path) -> None:
    add(folder, tmp_path, "un.xml", made.UN)
    with locked(folder.root), pytest.raises(LockedError):
        add(folder, tmp_path, "eu.xml", made.EU)


def test_a_file_is_no_folder_of_lists(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a file"):
        add(Folder(made.leave(tmp_path, "x", "x")), tmp_path, "un.xml", made.UN)


def test_all_a_folder_holds_is_offered_with_what_is_known_of_it(folder: Folder, tmp_path: Path) -> None:
    add(folder, tmp_path, "a.csv", made.SDN, day=date(2023, 1, 1))
    made.leave(folder.root, "eu.xml", made.EU)
    other = Folder(tmp_path / "other")
    for offer, told in folder.offers():
        other.add(offer, **told)
    assert [(s.list_, s.day) for s in other.watch().snapshots()] == [
        ("ofac-csv/US-OFAC-SDN", date(2023, 1, 1)),
        ("eu-xml/EU-CONSOLIDATED", date(2024, 3, 2)),
    ]
