from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from countersight.find import Pack, RuleDetector
from countersight.find.packs import read_pack
from countersight.find.suppose import supposed
from countersight.model import (
    Agent,
    Block,
    BlockKind,
    Box,
    DateSpan,
    Digest,
    Hit,
    Locator,
    Page,
    PageFault,
    Place,
    Reading,
    Source,
    Status,
    Strength,
    Term,
    Weak,
)
from countersight.model.outcome import Outcome
from countersight.pipeline.assemble import Candidate, account, candidates, cite
from countersight.pipeline.plan import OPEN, Visit
from countersight.read.sheet import XLSX

PDF = "application/pdf"
A = Digest.of(b"a")
AGENT = Agent("pdf", "1")
OCR = "needs OCR"

RULES = """
concepts:
  group: {gloss: a group, zh: [藏族]}
  alert: {gloss: alert, zh: [告警]}
  not: {gloss: not, zh: [不得]}
  extra: {gloss: extra, zh: [另附]}
rules:
- id: GRP-04
  family: GRP
  title: An alert on a group
  severity: [4, 5, 3]
  min_rung: E2
  definition: Presence of a group raises an alarm.
  why: No one in it need be suspected of anything.
  shows: an alarm tied to a group
  does_not_show: that it was used
  norms: [UNGP 18]
  alternatives: [a test]
  scope: [row, sentence]
  when: [group, alert]
  negation: {by: [not]}
  requires: [{signal: {of: extra, at_most: 5}}]
  examples: [{lang: zh, text: 例}]
  counter_examples: [{lang: zh, text: 例}]
"""


def pack() -> Pack:
    return read_pack([("test.yaml", RULES)])


def outcome(status: Status = Status.READ, *faults: PageFault, crashed: bool = False, **more: object) -> Outcome:
    known = {key: more.pop(key) for key in tuple(more) if key in {"total", "reason", "title", "dated", "notes"}}
    return Outcome(Reading(PDF, AGENT, status, faults=faults, **known), crashed=crashed, **more)  # type: ignore[arg-type]


def visit(*ranges: tuple[int, int], **more: object) -> Visit:
    source = Source(A, 1000, Locator("a.pdf"))
    parts = [(A, PDF, first, stop) for first, stop in ranges or [(0, OPEN)]]
    return Visit(source, None, PDF, parts=parts, **more)  # type: ignore[arg-type]


def told(*made: Outcome, ranges: Sequence[tuple[int, int]] = ()) -> tuple[str, str | None]:
    file = account(visit(*(ranges or ((0, OPEN), *((n * 64, n * 64 + 64) for n in range(1, len(made)))))), made)
    return file.status.value, file.reason


# ── status ──

READ, FAILED = outcome(), outcome(Status.FAILED, reason="encrypted")
SCAN = outcome(Status.PARTIAL, PageFault(3, OCR), PageFault(5, OCR))
CRASH = outcome(Status.FAILED, reason="stopped: crash", crashed=True)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ((READ,), ("read", None)),
        ((READ, READ), ("read", None)),
        ((FAILED,), ("failed", "encrypted")),
        ((outcome(Status.SKIPPED, reason="too large"),), ("skipped", "too large")),
        ((SCAN,), ("partial", OCR)),
        ((READ, SCAN), ("partial", OCR)),
        ((SCAN, READ, SCAN), ("partial", OCR)),
        ((READ, CRASH), ("partial", "stopped: crash")),
        ((SCAN, CRASH), ("partial", f"{OCR}; stopped: crash")),
        ((READ, FAILED), ("partial", "encrypted")),
        ((CRASH,), ("failed", "stopped: crash")),
    ],
)
def test_the_status_of_a_source_follows_from_its_parts(
    made: tuple[Outcome, ...], expected: tuple[str, str | None]
) -> None:
    assert told(*made) == expected


def test_counting_pages_is_not_reading_any() -> None:
    """After a crash the first part only asks for the number of pages."""
    counted = outcome(total=2)
    assert told(counted, CRASH, CRASH, ranges=[(0, 0), (0, 1), (1, 2)]) == ("failed", "stopped: crash")
    assert told(counted, CRASH, READ, ranges=[(0, 0), (0, 1), (1, 2)]) == ("partial", "stopped: crash")
    assert told(counted, READ, READ, ranges=[(0, 0), (0, 1), (1, 2)]) == ("read", None)
    assert told(CRASH, ranges=[(0, 0)]) == ("failed", "stopped: crash")


@pytest.mark.parametrize("status", [Status.DUPLICATE, Status.SKIPPED, Status.FAILED])
def test_what_the_walk_decided_stands(status: Status) -> None:
    file = account(Visit(Source(A, 10, Locator("a.pdf")), None, PDF, status, "because"), [])
    assert (file.status, file.reason, file.reader, file.pages, file.kind) == (status, "because", None, None, None)


# ── facts ──


def test_faults_of_all_parts_are_merged_in_order_of_pages() -> None:
    first = outcome(Status.PARTIAL, PageFault(9, OCR), PageFault(2, OCR), total=131)
    later = outcome(Status.PARTIAL, PageFault(130, "damaged page"), PageFault(9, "told twice"), total=131)
    file = account(visit((0, OPEN), (129, 131), (64, 66)), [first, later, CRASH])
    assert file.pages_failed == (
        PageFault(2, OCR),
        PageFault(9, OCR),
        PageFault(65, "stopped: crash"),
        PageFault(66, "stopped: crash"),
        PageFault(130, "damaged page"),
    )
    assert file.pages == 131


def test_a_whole_that_crashed_names_no_pages() -> None:
    file = account(visit(), [CRASH])
    assert (file.pages, file.pages_failed) == (None, ())


def test_facts_come_from_the_first_part_that_has_them() -> None:
    day = DateSpan.of(2020, 3)
    made = [
        outcome(notes=("odd", "page 1: note"), languages={"zh": 50, "en": 60}, blank=1, total=3),
        outcome(title="合同", dated=day, notes=("odd",), languages={"zh": 20}, blank=2, kind=("contract", "its title")),
        outcome(title="later", kind=("tender", "its name"), blank=4, languages={"de": 900}, crashed=True),
    ]
    file = account(visit((0, OPEN), (1, 2), (2, 3)), made)
    assert (file.title, file.dated, file.notes) == ("合同", day, ("odd", "page 1: note"))
    assert (file.kind, file.kind_reason) == ("contract", "its title")
    assert file.language == "zh"
    assert file.pages_blank == 3
    assert file.reader == "pdf 1"


def test_of_two_languages_with_as_much_text_the_first_by_name_is_told() -> None:
    assert account(visit(), [outcome(languages={"zh": 5, "en": 5})]).language == "en"


def test_a_member_names_where_it_came_from() -> None:
    parent = Locator("mail.eml")
    source = Source(A, 7, parent.into("attachment", "offer.pdf"), parent)
    inside = source.locator.into("member", "x")
    file = account(Visit(source, Digest.of(b"mail"), PDF, parts=[(A, PDF, 0, OPEN)], members=[inside]), [outcome()])
    assert (file.name, file.parent, file.parent_locator) == ("offer.pdf", Digest.of(b"mail"), parent)
    assert (file.size, file.members) == (7, (inside,))


# ── candidates ──


def found(*texts: str, kind: str | None = "tender", media: str = PDF, **more: object) -> list[Candidate]:
    """The candidates of a source with these pages, each read by an item of its own."""
    detector = RuleDetector(pack())
    pages = [page if isinstance(page, Page) else Page(n, page) for n, page in enumerate(texts, 1)]
    outcomes = []
    for page in pages:
        hits, signals = detector.detect(page)
        hits = (*hits, *supposed(detector, page, hits))
        outcomes.append(outcome(hits=hits, signals=dict(signals), total=len(pages)))
    file = account(visit(*((n, n + 1) for n in range(len(pages)))), outcomes)
    file = replace(file, kind=kind, media_type=media, **more)  # type: ignore[arg-type]
    return list(candidates(pack(), file, outcomes, lambda _digest, _media, number: pages[number - 1]))


def quotes(candidate: Candidate) -> list[str]:
    return [citation.quote for citation in candidate.finding.citations]


def test_a_finding_cites_its_sentence_and_marks_its_decisive_words() -> None:
    (one,) = found("无关。", "  前文。\n藏族人员出现时告警。后文。")
    citation = one.finding.citations[0]
    text = one.pages[0].text
    assert citation.quote == "藏族人员出现时告警。" == text[citation.start : citation.end]
    assert (citation.digest, citation.page, citation.boxes) == (A, 2, ())
    assert str(citation.locator) == "a.pdf | page 2"
    assert [text[start:end] for start, end in one.emphasis[0]] == ["藏族", "告警"]
    assert (one.finding.strength, one.finding.rung, one.finding.terms) == (Strength.FINDING, "E4", ("藏族", "告警"))
    assert one.finding.id.startswith("GRP-04-")


def test_without_a_kind_it_is_a_lead_and_says_why() -> None:
    (one,) = found("藏族告警。", kind=None)
    assert one.finding.strength is Strength.LEAD
    assert one.finding.notes


def test_nothing_found_is_no_candidate() -> None:
    assert found("无关。") == []


def test_what_the_whole_document_says_decides_over_all_its_parts() -> None:
    assert found("藏族告警。", *["另附"] * 5)
    assert found("藏族告警。", *["另附"] * 6) == []


def test_places_that_say_the_same_words_are_one_finding() -> None:
    """White space does not make words different; a word does."""
    one, other = found("藏族告警。", "藏 族 告 警。", "藏族告警。另有规定。", "藏族应告警。")
    assert quotes(one) == ["藏族告警。", "藏 族 告 警。", "藏族告警。"]
    assert [citation.page for citation in one.finding.citations] == [1, 2, 3]
    assert quotes(other) == ["藏族应告警。"]
    assert len(one.pages) == len(one.emphasis) == 3
    assert one.finding.terms == ("藏族", "告警", "藏 族", "告 警")


def test_what_speaks_for_the_company_is_not_lumped_with_what_speaks_against() -> None:
    made = found("藏族告警。", "不得对藏族告警。", "不得对藏族告警。")
    assert [(len(one.finding.citations), str(one.finding.strength)) for one in made] == [
        (1, "finding"),
        (2, "exculpatory"),
    ]


# ── weak characters ──


def scanned(text: str, *weak: Weak) -> Page:
    places = tuple(Place(at, at + 1, Box(0, 0, 1, 1), 1.0) for at in range(len(text)))
    scores = {one.at: one.score for one in weak}
    return Page(1, text, places=tuple(replace(p, score=scores.get(p.start, 1.0)) for p in places), weak=weak)


def told_of(page: Page, **more: object) -> list[tuple[str, str, tuple[str, ...]]]:
    made = [one.finding for one in found(page, **more)]  # type: ignore[arg-type]
    return [(str(one.strength), one.citations[0].quote, one.notes) for one in made]


def test_what_holds_only_if_a_character_is_another_is_a_lead_and_quotes_what_was_read() -> None:
    note = "Holds only if a weakly read character is another: read “旅”, may be “族”; taken as “藏族”."
    assert told_of(scanned("藏旅人员告警。", Weak(1, 0.5, "族旋"))) == [("lead", "藏旅人员告警。", (note,))]


def test_a_finding_that_rests_on_a_weak_character_says_so_and_stands() -> None:
    ((strength, _, notes),) = told_of(scanned("藏族人员告警。", Weak(1, 0.5, "旅")))
    assert strength == "finding"
    assert notes == ("“藏族” rests on what was read weakly: “族” (score 0.50, may be 旅).",)


def test_a_finding_that_a_weak_character_may_turn_into_its_contrary_is_a_lead_with_both_shown() -> None:
    lead, contrary = told_of(scanned("木得对藏族告警。", Weak(0, 0.5, "不")))
    assert lead[0] == "lead"
    assert "If a weakly read character is another, the record states the contrary." in lead[2]
    assert contrary[0] == "exculpatory"
    assert contrary[2] == ("Holds only if a weakly read character is another: read “木”, may be “不”.",)
    ids = {one.finding.id for one in found(scanned("木得对藏族告警。", Weak(0, 0.5, "不")))}  # type: ignore[arg-type]
    assert len(ids) == 2


def test_the_contrary_that_a_weak_character_would_take_away_stays_and_the_lead_stands_beside_it() -> None:
    made = told_of(scanned("不得对藏族告警。", Weak(0, 0.5, "木")))
    assert [strength for strength, *_ in made] == ["exculpatory", "lead"]


def test_a_citation_tells_the_scores_of_its_own_characters() -> None:
    page = scanned("无关。 藏族告警。", Weak(0, 0.2), Weak(5, 0.5, "旅"))
    (one,) = found(page)  # type: ignore[arg-type]
    (citation,) = one.finding.citations
    assert (citation.quote, citation.weak) == ("藏族告警。", (Weak(5, 0.5, "旅"),))
    assert citation.confidence == 0.9  # four of 1.0 and one of 0.5
    assert found("藏族告警。")[0].finding.citations[0].confidence is None


def test_places_that_suppose_something_are_not_lumped_with_those_that_say_so() -> None:
    made = found(scanned("藏旅告警。", Weak(1, 0.5, "族")), "藏族告警。")  # type: ignore[arg-type]
    assert [str(one.finding.strength) for one in made] == ["lead", "finding"]


def table(number: int, *rows: str) -> Page:
    text = "\n".join(rows)
    blocks, at = [], 0
    for row, line in enumerate(rows, 1):
        blocks.append(Block(at, at + len(line), BlockKind.ROW))
        cell = at
        for column, words in zip("ABC", line.split("\t"), strict=False):
            blocks.append(Block(cell, cell + len(words), BlockKind.CELL, f"{column}{row}"))
            cell += len(words) + 1
        at += len(line) + 1
    return Page(number, text, "点位", blocks=tuple(blocks))


def test_rows_of_one_table_are_one_finding_and_tables_stay_apart() -> None:
    sheets = [table(1, "一\t藏族\t告警", "二\t无", "三\t藏族\t告警"), table(2, "四\t藏族\t告警")]
    first, second = found(*sheets, media=XLSX)  # type: ignore[arg-type]
    assert quotes(first) == ["一\t藏族\t告警", "三\t藏族\t告警"]
    assert quotes(second) == ["四\t藏族\t告警"]
    assert [str(citation.locator) for citation in first.finding.citations] == [
        "a.pdf | sheet 点位 | cell A1:C1",
        "a.pdf | sheet 点位 | cell A3:C3",
    ]


def test_ids_come_from_the_rule_the_bytes_and_the_places() -> None:
    (one,) = found("藏族告警。", name="renamed")
    assert found("藏族告警。")[0].finding.id == one.finding.id
    assert found("藏族告警。", digest=Digest.of(b"b"))[0].finding.id != one.finding.id
    assert found("　藏族告警。")[0].finding.id != one.finding.id
    ids = [made.finding.id for made in found("藏族告警。藏族将告警。", "藏族也告警。不得对藏族告警。")]
    assert len(set(ids)) == 4


def test_how_the_source_was_cut_into_items_does_not_show() -> None:
    pages = [Page(n, text) for n, text in enumerate(("藏族告警。", "藏族也告警。另附", "藏族告警。"), 1)]
    detector = RuleDetector(pack())
    hits: list[Hit] = [hit for page in pages for hit in detector.detect(page)[0]]
    file = replace(account(visit(), [outcome(total=3)]), kind="tender")
    whole = [outcome(hits=tuple(hits), signals={"extra": 1})]
    cut = [outcome(), outcome(hits=tuple(hits[:1])), outcome(hits=tuple(hits[1:]), signals={"extra": 1})]
    one, other = (list(candidates(pack(), file, made, lambda *at: pages[at[2] - 1])) for made in (whole, cut))
    assert one == other
    assert len(one) == 2


# ── citations ──


def test_a_citation_is_of_words_not_of_the_space_around_them() -> None:
    file = account(visit(), [outcome()])
    page = Page(4, " \n 民族 \t", "iv")
    citation = cite(file, page, 0, len(page.text))
    assert (citation.start, citation.end, citation.quote) == (3, 5, "民族")
    assert (citation.page, citation.page_label) == (4, "iv")
    with pytest.raises(ValueError, match="nothing to cite"):
        cite(file, page, 0, 3)
    with pytest.raises(ValueError, match="nothing to cite"):
        cite(replace(file, digest=None), page, 0, 5)


def test_a_source_without_pages_is_cited_without_one() -> None:
    citation = cite(account(visit(), [outcome()]), Page(1, "民族", paged=False), 0, 2)
    assert citation.page is None
    assert citation.locator == Locator("a.pdf")


@pytest.mark.parametrize(("start", "end", "cell"), [(0, 1, "A1"), (2, 4, "B1"), (0, 4, "A1:B1"), (2, 9, "B1:C1")])
def test_a_citation_from_a_table_names_the_cells_it_touches(start: int, end: int, cell: str) -> None:
    file = replace(account(visit(), [outcome()]), media_type=XLSX)
    citation = cite(file, table(1, "一\t藏族\t告警"), start, min(end, 7))
    assert citation.locator.steps == (("sheet", "点位"), ("cell", cell))


def test_terms_and_masks_are_told_once_each() -> None:
    term = Term(0, 2, "group", "藏族")
    hits = (Hit("GRP-04", 1, 0, 2, (term,), ("M1", "M2")), Hit("GRP-04", 2, 0, 2, (term,), ("M2",)))
    made = [outcome(hits=hits)]
    file = replace(account(visit(), made), kind="tender")
    (one,) = candidates(pack(), file, made, lambda *at: Page(at[2], "藏族"))
    assert (one.finding.terms, one.finding.masks) == (("藏族",), ("M1", "M2"))
