"""What counts once OCR has read pages whose text layer could not be used."""

from __future__ import annotations

from collections import Counter

from countersight.model import Agent, Digest, Hit, Locator, PageFault, Reading, Source, Status
from countersight.model.outcome import Outcome, PageFacts
from countersight.pipeline.assemble import account, settled
from countersight.pipeline.plan import OPEN, Visit
from countersight.store.db import CORRECTED, OCR

PDF = "application/pdf"
A = Digest.of(b"a")
NEEDED = "needs OCR: mostly a picture"
AGENT = Agent("pdf", "1")
VISIT = Visit(Source(A, 9, Locator("a.pdf")), None, PDF, parts=[(A, PDF, 0, OPEN), (A, OCR + PDF, 1, 2)])


def hit(page: int) -> Hit:
    return Hit("GRP-04", page, 0, 5, ())


LAYER = Outcome(
    Reading(PDF, AGENT, Status.PARTIAL, faults=(PageFault(2, NEEDED),), total=3),
    hits=(hit(1), hit(2)),
    signals={"extra": 1},
    languages={"zh": 100},
    unsure=(PageFacts(2, {"extra": 4, "other": 1}, "en", 300, blank=False),),
)
SCAN = Outcome(
    Reading(PDF, Agent("ocr", "1"), Status.READ, total=3), hits=(hit(2),), signals={"extra": 2}, languages={"zh": 500}
)
FAILED = Outcome(Reading(PDF, Agent("ocr", "1"), Status.FAILED, reason="too large"))
CRASHED = Outcome(Reading(PDF, Agent("ocr", "1"), Status.FAILED, reason="stopped: memory"), crashed=True)


def test_a_page_read_anew_leaves_nothing_of_its_text_layer() -> None:
    layer, scan = settled(VISIT, [LAYER, SCAN])
    assert (layer.hits, layer.signals, layer.languages, layer.unsure) == ((hit(1),), {"extra": 1}, {"zh": 100}, ())
    assert scan == SCAN
    file = account(VISIT, [layer, scan])
    assert (file.status, file.language, file.pages_ocr, file.pages_failed) == (Status.READ, "zh", 1, ())


def test_a_page_that_ocr_could_not_read_keeps_what_was_found_and_has_its_fault() -> None:
    for scan, reason in ((FAILED, "too large"), (CRASHED, "stopped: memory")):
        made = settled(VISIT, [LAYER, scan])
        assert made[0].hits == (hit(1), hit(2))
        assert made[0].signals == {"extra": 5, "other": 1}
        assert made[0].languages == {"zh": 100, "en": 300}
        file = account(VISIT, made)
        assert (file.status, file.language) == (Status.PARTIAL, "en")
        assert file.pages_failed == (PageFault(2, reason),)


def test_without_ocr_what_the_text_layer_says_counts() -> None:
    visit = Visit(VISIT.source, None, PDF, parts=VISIT.parts[:1])
    (layer,) = settled(visit, [LAYER])
    assert (layer.hits, layer.signals) == ((hit(1), hit(2)), {"extra": 5, "other": 1})
    assert account(visit, [layer]).pages_failed == (PageFault(2, NEEDED),)


def test_a_blank_page_counts_once() -> None:
    blank = Outcome(LAYER.reading, unsure=(PageFacts(2, {}, None, 0, blank=True),))
    read = Outcome(SCAN.reading, blank=1)
    assert account(VISIT, settled(VISIT, [blank, read])).pages_blank == 1
    assert account(VISIT, settled(VISIT, [blank, FAILED])).pages_blank == 1


# ── what a reviewer corrected ──

CORRECTION = (A, f"{CORRECTED}{A} {PDF}", 1, 2)


def correction(signals: dict[str, int], languages: dict[str, int]) -> Outcome:
    """The second page as corrected: one hit, and what it counts more or less than the page it replaces."""
    reading = Reading(PDF, Agent("correction", "1"), Status.READ)
    return Outcome(reading, hits=(hit(2),), signals=signals, languages=languages)


def counted(outcomes: list[Outcome]) -> Counter[str]:
    return sum((Counter(outcome.signals) for outcome in outcomes), Counter())


def test_a_corrected_scan_counts_instead_of_its_reading_by_ocr() -> None:
    visit = Visit(VISIT.source, None, PDF, parts=[*VISIT.parts, CORRECTION])
    made = settled(visit, [LAYER, SCAN, correction({"extra": 1}, {"zh": -20})])  # 3 in place of 2
    assert [outcome.hits for outcome in made] == [(hit(1),), (), (hit(2),)]
    assert counted(made) == {"extra": 4}
    file = account(visit, made)
    assert (file.status, file.pages_ocr, file.pages_failed) == (Status.READ, 1, ())


def test_a_page_corrected_without_ocr_has_no_fault_and_counts_once() -> None:
    visit = Visit(VISIT.source, None, PDF, parts=[VISIT.parts[0], CORRECTION])
    made = settled(visit, [LAYER, correction({"extra": -4, "other": 1}, {"en": -300, "zh": 90})])  # 0 and 2
    assert [outcome.hits for outcome in made] == [(hit(1),), (hit(2),)]
    assert counted(made) == {"extra": 1, "other": 2}
    file = account(visit, made)
    assert (file.status, file.language, file.pages_failed) == (Status.READ, "zh", ())


def test_a_correction_that_crashed_takes_nothing_away() -> None:
    visit = Visit(VISIT.source, None, PDF, parts=[VISIT.parts[0], CORRECTION])
    made = settled(visit, [LAYER, CRASHED])
    assert made[0].hits == (hit(1), hit(2))
    assert account(visit, made).status is Status.PARTIAL
