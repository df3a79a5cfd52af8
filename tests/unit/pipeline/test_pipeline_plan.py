from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from countersight.model import Digest, Locator, Member, Source, Status
from countersight.pipeline.plan import MAX_DEPTH, OPEN, Visit, walk
from countersight.ports import Limits
from countersight.store.db import Part, Where

LIMITS = Limits(unpacked=1000)
PDF, ZIP, TEXT = "application/pdf", "application/zip", "text/plain"
WHOLE = (0, OPEN)


def digest(name: str) -> Digest:
    return Digest.of(name.encode())


def source(name: str, content: str = "", size: int = 10) -> Source:
    return Source(digest(content or name), size, Locator(name))


def member(name: str, content: str = "", size: int = 10) -> Member:
    return Member(("member", name), digest(content or name), size)


def read(total: int = 0, *members: Member, reached: int = 0) -> Part:
    return Part(crashed=False, total=total, reached=reached, members=members)


CRASHED = Part(crashed=True, total=0, reached=0, members=())


@dataclass
class Store:
    """What is known: the parts of contents by page range. Media follow the name: ``.pdf`` is read by 64 pages."""

    parts: dict[tuple[Digest, int, int], Part] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    ocr: bool = True

    def sniffed(self, digest: Digest, name: str) -> tuple[str | None, int, str]:
        self.asked.add(name)
        if name.endswith(".bin"):
            return None, 0, "no reader for it"
        return (PDF, 64, "") if name.endswith(".pdf") else (ZIP, 0, "") if name.endswith(".zip") else (TEXT, 0, "")

    def part(self, where: Where) -> Part | None:
        return self.parts.get((where[0], where[2], where[3]))

    def corrected(self, digest: Digest, media: str) -> list[Where]:
        return []

    def know(self, content: str, ranges: tuple[int, int], part: Part) -> Store:
        self.parts[digest(content), *ranges] = part
        return self

    def holds(self, content: str, *members: Member) -> Store:
        return self.know(content, WHOLE, read(0, *members))


def visits(store: Store, *received: Source, limits: Limits = LIMITS) -> list[Visit]:
    return list(walk(received, store, limits))


def ranges(wheres: list[Where]) -> list[tuple[int, int]]:
    return [(first, stop) for _, _, first, stop in wheres]


def pdf(store: Store) -> Visit:
    (visit,) = visits(store, source("a.pdf"))
    assert all((where[0], where[1]) == (digest("a.pdf"), PDF) for where in visit.missing + visit.parts)
    return visit


def told(store: Store, *received: Source, limits: Limits = LIMITS) -> dict[str, tuple[str, str]]:
    return {
        str(visit.source.locator): (str(visit.status or "-"), visit.reason)
        for visit in visits(store, *received, limits=limits)
    }


# ── page ranges ──


def test_a_source_nobody_read_is_read_from_its_start() -> None:
    visit = pdf(Store())
    assert (ranges(visit.missing), visit.parts, visit.status) == ([WHOLE], [], None)


@pytest.mark.parametrize(
    ("total", "reached", "rest"),
    [
        (3, 3, []),
        (64, 64, []),
        (65, 64, [(64, 65)]),
        (128, 64, [(64, 128)]),
        (200, 64, [(64, 128), (128, 192), (192, 200)]),
        (0, 0, []),
    ],
)
def test_the_pages_after_the_first_item_are_read_in_ranges(
    total: int, reached: int, rest: list[tuple[int, int]]
) -> None:
    visit = pdf(Store().know("a.pdf", WHOLE, read(total, reached=reached)))
    assert ranges(visit.parts) == [WHOLE]
    assert ranges(visit.missing) == rest


def test_a_reader_that_stopped_early_goes_on_in_steps_of_what_it_did() -> None:
    """A reader without a step may still take only so much at a time."""
    store = Store().know("a.txt", WHOLE, read(10, reached=4))
    (visit,) = visits(store, source("a.txt"))
    assert ranges(visit.missing) == [(4, 8), (8, 10)]


def test_what_is_read_already_is_not_read_again() -> None:
    store = Store().know("a.pdf", WHOLE, read(200, reached=64)).know("a.pdf", (128, 192), read(200))
    visit = pdf(store)
    assert ranges(visit.parts) == [WHOLE, (128, 192)]
    assert ranges(visit.missing) == [(64, 128), (192, 200)]


# ── crashes ──


def test_after_a_crash_the_number_of_pages_is_asked_for_alone() -> None:
    visit = pdf(Store().know("a.pdf", WHOLE, CRASHED))
    assert (ranges(visit.missing), visit.parts) == ([(0, 0)], [])


def test_then_everything_is_read_in_ranges_around_what_crashes() -> None:
    store = Store().know("a.pdf", WHOLE, CRASHED).know("a.pdf", (0, 0), read(150))
    assert ranges(pdf(store).missing) == [(0, 64), (64, 128), (128, 150)]
    store.know("a.pdf", (0, 64), CRASHED).know("a.pdf", (64, 128), read(150)).know("a.pdf", (128, 150), CRASHED)
    visit = pdf(store)
    assert ranges(visit.parts) == [(0, 0), (64, 128)]
    eighths = [(first, first + 8) for first in range(0, 64, 8)]
    assert ranges(visit.missing) == [*eighths, *((n, n + 2) for n in range(128, 150, 2))]
    for first, stop in eighths:
        store.know("a.pdf", (first, stop), read(150) if first != 16 else CRASHED)
    assert ranges(pdf(store).missing)[:8] == [(page, page + 1) for page in range(16, 24)]


def test_a_single_page_that_crashes_is_given_up_and_counts_as_done() -> None:
    store = Store().know("a.pdf", WHOLE, CRASHED).know("a.pdf", (0, 0), read(2))
    store.know("a.pdf", (0, 2), CRASHED).know("a.pdf", (0, 1), CRASHED).know("a.pdf", (1, 2), read(2))
    visit = pdf(store)
    assert ranges(visit.parts) == [(0, 0), (0, 1), (1, 2)]
    assert visit.missing == []


def test_where_not_even_the_pages_can_be_counted_nothing_more_is_tried() -> None:
    store = Store().know("a.pdf", WHOLE, CRASHED).know("a.pdf", (0, 0), CRASHED)
    visit = pdf(store)
    assert (ranges(visit.parts), visit.missing) == ([(0, 0)], [])


def test_a_later_range_that_crashes_is_split_as_well() -> None:
    store = Store().know("a.pdf", WHOLE, read(80, reached=64)).know("a.pdf", (64, 80), CRASHED)
    assert ranges(pdf(store).missing) == [(first, first + 2) for first in range(64, 80, 2)]


def test_what_cannot_be_split_is_given_up() -> None:
    (visit,) = visits(Store().know("a.zip", WHOLE, CRASHED), source("a.zip"))
    assert (ranges(visit.parts), visit.missing) == ([WHOLE], [])


def test_every_crash_ends_with_each_page_done_once() -> None:
    """Whatever crashes, the walk ends, and the parts cover each page exactly once."""
    bad = {0, 63, 64, 100, 129}
    store = Store()
    for _ in range(20):
        visit = pdf(store)
        if not visit.missing:
            break
        for _, _, first, stop in visit.missing:
            pages = range(64) if stop == OPEN else range(first, stop)
            part = CRASHED if bad & set(pages) else read(130, reached=max(pages, default=-1) + 1)
            store.know("a.pdf", (first, stop), part)
    assert visit.missing == []
    covered = [page for first, stop in ranges(visit.parts) for page in range(first, stop)]
    assert sorted(covered) == list(range(130))


# ── members ──


def test_containers_come_before_what_they_hold_depth_first_in_their_order() -> None:
    store = Store().holds("a.zip", member("2.zip"), member("1.txt")).holds("2.zip", member("inner.txt"))
    seen = visits(store, source("a.zip"), source("b.txt"))
    assert [str(visit.source.locator) for visit in seen] == [
        "a.zip",
        "a.zip | member 2.zip",
        "a.zip | member 2.zip | member inner.txt",
        "a.zip | member 1.txt",
        "b.txt",
    ]
    assert [visit.parent for visit in seen] == [None, digest("a.zip"), digest("2.zip"), digest("a.zip"), None]
    assert [str(locator) for locator in seen[0].members] == ["a.zip | member 2.zip", "a.zip | member 1.txt"]
    assert seen[2].source.parent == Locator("a.zip").into("member", "2.zip")


def test_a_container_nobody_read_holds_nothing_yet() -> None:
    (visit,) = visits(Store(), source("a.zip"))
    assert visit.missing
    assert visit.members == []


def test_a_member_whose_bytes_were_not_taken_keeps_its_status_and_reason() -> None:
    locked = Member(("member", "a.pdf"), None, 7, "encrypted", Status.FAILED)
    bomb = Member(("member", "b.txt"), None, 0, "too large", Status.SKIPPED)
    found = told(Store().holds("a.zip", locked, bomb), source("a.zip"))
    assert found["a.zip | member a.pdf"] == ("failed", "encrypted")
    assert found["a.zip | member b.txt"] == ("skipped", "too large")


def test_a_file_that_could_not_be_opened_has_failed() -> None:
    found = told(Store(), Source(None, 0, Locator("a.pdf"), None, "cannot be read: Input/output error"))
    assert found == {"a.pdf": ("failed", "cannot be read: Input/output error")}


def test_empty_files_and_those_of_no_reader_are_skipped_with_the_reason() -> None:
    found = told(Store(), source("a.bin"), source("b.pdf", "", 0), source("c.pdf", "b.pdf", 0))
    assert found["a.bin"] == ("skipped", "no reader for it")
    assert found["b.pdf"] == found["c.pdf"] == ("skipped", "empty: 0 bytes")


# ── duplicates ──


def test_the_second_of_identical_sources_is_a_duplicate_and_not_gone_into() -> None:
    store = Store().holds("same", member("x.txt"))
    found = told(store, source("a.zip", "same"), source("b.zip", "same"))
    assert list(found) == ["a.zip", "a.zip | member x.txt", "b.zip"]
    assert found["b.zip"] == ("duplicate", "same bytes as a.zip")


def test_a_member_may_be_the_first_and_a_file_received_later_its_duplicate() -> None:
    found = told(Store().holds("a.zip", member("x.txt", "same")), source("a.zip"), source("y.txt", "same"))
    assert found["y.txt"] == ("duplicate", "same bytes as a.zip | member x.txt")


def test_the_same_bytes_twice_in_one_archive() -> None:
    found = told(Store().holds("a.zip", member("x.txt", "same"), member("y.txt", "same")), source("a.zip"))
    assert found["a.zip | member y.txt"] == ("duplicate", "same bytes as a.zip | member x.txt")


def test_what_no_reader_takes_is_a_duplicate_the_second_time_too() -> None:
    assert told(Store(), source("a.bin", "same"), source("b.bin", "same"))["b.bin"][0] == "duplicate"


def test_an_archive_that_holds_itself_ends() -> None:
    store = Store().holds("a.zip", member("again.zip", "a.zip"), member("x.txt"))
    found = told(store, source("a.zip"))
    assert found["a.zip | member again.zip"] == ("duplicate", "same bytes as a.zip")
    assert found["a.zip | member x.txt"][0] == "-"


def test_two_archives_that_hold_each_other_end() -> None:
    store = Store().holds("a.zip", member("b.zip")).holds("b.zip", member("a.zip"))
    found = told(store, source("a.zip"), source("b.zip"))
    assert found["a.zip | member b.zip | member a.zip"][0] == "duplicate"
    assert found["b.zip"][0] == "duplicate"


# ── limits ──


def nested(depth: int) -> Store:
    store = Store()
    for level in range(depth):
        store.holds(f"{level}.zip", member(f"{level + 1}.zip"))
    return store


def test_what_is_nested_too_deep_is_not_read() -> None:
    seen = visits(nested(MAX_DEPTH + 3), source("0.zip"))
    assert len(seen) == MAX_DEPTH + 2
    assert all(visit.status is None for visit in seen[:-1])
    assert (seen[-1].status, seen[-1].missing) == (Status.SKIPPED, [])
    assert "more than 8 levels deep" in seen[-1].reason


def test_what_was_too_deep_in_one_place_is_read_in_another() -> None:
    name = f"{MAX_DEPTH + 1}.zip"
    seen = visits(nested(MAX_DEPTH + 1), source("0.zip"), source(name))
    assert seen[-1].status is None
    assert ranges(seen[-1].missing) == [WHOLE]


def test_past_what_may_be_unpacked_in_all_nothing_more_is_read() -> None:
    store = Store().holds("a.zip", member("b.zip", size=600), member("y.txt"))
    store.holds("b.zip", member("x.txt", size=600), member("z.txt", size=1))
    found = told(store, source("a.zip"), source("c.txt"))
    assert found["a.zip"][0] == found["a.zip | member b.zip"][0] == "-"
    refused = ("skipped", "not unpacked: a.zip holds more than 1,000 bytes in all")
    assert found["a.zip | member b.zip | member x.txt"] == refused
    assert found["a.zip | member y.txt"] == refused
    assert found["c.txt"][0] == "-", "each source received has its own allowance"


def test_exactly_what_may_be_unpacked_is() -> None:
    store = Store().holds("a.zip", member("b.txt", size=1000))
    assert told(store, source("a.zip"))["a.zip | member b.txt"][0] == "-"


# ── order ──


def rounds(store: Store, contents: dict[str, tuple[Member, ...]], *received: Source, last_first: bool) -> list[Visit]:
    """Read what is missing, one item of each round only, from one end or the other, until nothing is."""
    names = {digest(name): name for name in contents}
    for _ in range(100):
        seen = visits(store, *received)
        missing = [where for visit in seen for where in visit.missing]
        if not missing:
            return seen
        where = missing[-1 if last_first else 0]
        store.holds(names[where[0]], *contents[names[where[0]]])
    raise AssertionError("the walk does not end")


def test_the_order_in_which_items_finish_does_not_show() -> None:
    contents: dict[str, tuple[Member, ...]] = {
        "a.zip": (member("b.zip"), member("p.txt", "same"), member("big.zip")),
        "b.zip": (member("q.txt", "same"), member("a.zip")),
        "big.zip": (member("huge", size=990), member("after.txt")),
        "same": (),
        "huge": (),
        "after.txt": (),
    }
    received = (source("a.zip"), source("r.txt", "same"), source("after.txt"))
    one = rounds(Store(), contents, *received, last_first=False)
    other = rounds(Store(), contents, *received, last_first=True)
    assert one == other
    assert {str(visit.source.locator): visit.status for visit in one}["r.txt"] is Status.DUPLICATE


def test_an_item_is_named_once_however_often_its_source_occurs() -> None:
    seen = visits(Store(), source("a.txt", "same"), source("b.txt", "same"))
    assert [ranges(visit.missing) for visit in seen] == [[WHOLE], []]


def test_the_walk_is_pure() -> None:
    store = Store().holds("a.zip", member("x.txt"))
    known = dict(store.parts)
    assert visits(store, source("a.zip")) == visits(store, source("a.zip"))
    assert store.parts == known


def test_a_source_with_a_digest_only_is_asked_about_under_its_own_name() -> None:
    store = Store().holds("a.zip", member("里/x.pdf"), replace(member("y.txt"), step=("attachment", "y.txt")))
    visits(store, source("a.zip"))
    assert store.asked == {"a.zip", "里/x.pdf", "y.txt"}


def test_a_member_without_a_name_is_called_as_its_container() -> None:
    found = visits(Store().holds("notes.txt.zip", replace(member("x"), step=("member", ""))), source("notes.txt.zip"))
    assert [str(visit.source.locator) for visit in found] == ["notes.txt.zip", "notes.txt.zip | member notes.txt"]


def test_what_a_container_tells_of_a_member_goes_with_it() -> None:
    found = visits(Store().holds("a.zip", replace(member("x"), note="captured 2021")), source("a.zip"))
    assert [visit.source.note for visit in found] == ["", "captured 2021"]


def test_members_are_found_though_the_opening_pages_crash() -> None:
    store = Store().know("a.pdf", WHOLE, CRASHED).know("a.pdf", (0, 0), read(3, member("beside.txt")))
    assert [str(visit.source.locator) for visit in visits(store, source("a.pdf"))] == [
        "a.pdf",
        "a.pdf | member beside.txt",
    ]
