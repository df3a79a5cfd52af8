"""Spoilt files: those that once broke a reader, what is now said of each, and a short run of new ones.

``scripts/fuzz.py`` makes runs of any length.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from fuzz_check import LIMITS, BrokenPromiseError, Case, _sink, check, verdict
from fuzz_mutate import members, smaller, spoil, zipped
from fuzz_seeds import seeds

from countersight import read
from countersight.errors import ReadError
from countersight.model import Agent, Block, BlockKind, Digest, Member, Page, PageFault, Reading, Status, Weak
from countersight.run.serial import SerialExecutor

CASES = Path(__file__).with_name("cases")
SAID = {
    "cell-beyond-the-last-column.xls": "damaged: a cell beyond the last column",
    "cell-far-from-the-table.xls": "too large: its cells lie apart",
    "class-of-control-characters.msg": "damaged",
    "element-never-closed.ods": "damaged: content.xml is not well-formed XML",
    "frames-that-cannot-be-counted.tiff": "damaged: cannot be decoded",
    "half-a-character-in-title.pdf": "",
    "half-a-character.jsonl": "damaged: no JSON",
    "insertion-inside-insertion.html": "",
    "no-sheets.xlsx": "damaged: the workbook has no sheets",
    "page-that-loads-once.pdf": "",
    "row-999999999999.xlsx": "too large: its cells lie apart",
    "sectors-in-circles.xls": "damaged: its sectors run in circles",
    "sheet-missing.xlsx": "damaged: xl/worksheets/sheet1.xml is missing",
    "stated-length-of-gigabytes.png": "damaged: cannot be decoded",
    "stream-of-gigabytes.bin": "protected by a password, or an Office file of an unknown kind",
    "stream-of-gigabytes.msg": "damaged",
    "table-of-gigabytes.msg": "damaged",
    "table-of-no-sectors.xls": "damaged",
    "year-2147483648.eml": "",
}


def whole(name: str, data: bytes) -> Case:
    """A seed with the reader that takes it."""
    found = read.choose(data[:4096], name) or (read.READERS[-1], "text/plain")
    kind = type(found[0])
    return Case(name, data, f"{kind.__module__}:{kind.__qualname__}", found[1])


def dice(seed: str) -> Random:
    return Random(seed)  # noqa: S311 (the same again is what is wanted)


def verdicts(cases: Iterable[Case]) -> dict[str, str]:
    """What is wrong with each, each read in a process of its own."""
    items = [(f"{number} {case.name}", case) for number, case in enumerate(cases)]
    done = SerialExecutor().run(verdict, items, LIMITS, writable=())
    return {one.key: one.result for one in done if one.result}


def test_what_once_broke_a_reader_no_longer_does() -> None:
    assert {path.name for path in CASES.iterdir()} == set(SAID)
    assert verdicts(whole(name, (CASES / name).read_bytes()) for name in SAID) == {}


@pytest.mark.parametrize("name", SAID)
def test_it_is_said_what_is_wrong_with_it(name: str) -> None:
    chosen = read.choose((CASES / name).read_bytes()[:4096], name)
    assert chosen
    try:
        reason = chosen[0].read(CASES / name, chosen[1], None, LIMITS, _sink).reason
    except ReadError as error:
        reason = error.what
    assert reason.startswith(SAID[name])
    assert bool(reason) == bool(SAID[name])


def test_every_seed_is_whole_and_every_reader_has_one() -> None:
    cases = [whole(name, data) for name, data in seeds()]
    assert verdicts(cases) == {}
    needs_more = {"LegacyReader", "RecordingReader"}  # LibreOffice; the extra
    asked = {case.reader.partition(":")[2] for case in cases}
    assert asked | needs_more == {type(reader).__name__ for reader in read.READERS}


def test_a_short_run_of_spoilt_files_breaks_no_reader() -> None:
    whole_ones = [whole(name, data) for name, data in seeds() if data]
    others = [case.data for case in whole_ones]
    warnings.simplefilter("ignore")  # zips with two members of one name are meant
    random = dice("7")
    spoilt = [
        Case(case.name, spoil(case.data, random, others), case.reader, case.media)
        for case in whole_ones
        for _ in range(2)
    ]
    assert verdicts(spoilt) == {}


def test_the_same_seed_spoils_in_the_same_way() -> None:
    warnings.simplefilter("ignore")
    for name, data in seeds():
        first, again = (spoil(data, dice(name), [b"other"]) for _ in range(2))
        assert first == again


def test_what_is_found_is_made_small() -> None:
    assert smaller(b"x" * 1000 + b"bad" + b"y" * 1000, lambda data: b"bad" in data) == b"bad"
    packed = zipped([("a", b"x" * 100), ("b", b"long bad long"), ("c", b"")])
    found = smaller(packed, lambda data: any(b"bad" in content for _, content in members(data) or ()))
    assert members(found) == [("b", b"bad")]


# ── the promises ──

FINE = Reading("text/plain", Agent("a", "1"), Status.READ, (Page(1, "民族 text", paged=False),))
BROKEN = {
    "half a character": (Page(1, "\ud83d"),),
    "out of order": (Page(2, ""), Page(1, "")),
    "past the last": (Page(1, ""), Page(2, "")),
    "before the first": (Page(0, ""),),
    "outside the text": (Page(1, "abc", blocks=(Block(2, 4, BlockKind.PARAGRAPH),)),),
    "over another": (Page(1, "abc", blocks=(Block(0, 2, BlockKind.HEADING), Block(1, 3, BlockKind.HEADING))),),
    "outside its row": (Page(1, "abc", blocks=(Block(0, 1, BlockKind.ROW), Block(0, 2, BlockKind.CELL))),),
    "blank page with text": (Page(1, "abc", blank=True),),
    "confidence": (Page(1, "abc", confidence=1.5),),
    "weak characters": (Page(1, "abc", weak=(Weak(3, 0.5),)),),
}


@pytest.mark.parametrize("what", BROKEN)
def test_pages_that_break_a_promise_are_found(what: str) -> None:
    with pytest.raises(BrokenPromiseError, match=what):
        check(Reading(FINE.media_type, FINE.agent, Status.READ, BROKEN[what]))


def test_other_broken_promises_are_found_and_a_fine_reading_is_fine() -> None:
    check(FINE)
    digest = Digest.of(b"")
    for broken in (
        Reading(FINE.media_type, FINE.agent, Status.PARTIAL, FINE.pages),
        Reading(FINE.media_type, FINE.agent, Status.READ, FINE.pages, reason="one\ntwo"),
        Reading(FINE.media_type, FINE.agent, Status.READ, FINE.pages, faults=(PageFault(3, "damaged"),)),
        Reading(FINE.media_type, FINE.agent, Status.READ, members=(Member(("member", "a"), None, 1),)),
        Reading(FINE.media_type, FINE.agent, Status.READ, members=(Member(("member", "a"), digest, 0),) * 2),
    ):
        with pytest.raises(BrokenPromiseError):
            check(broken)
