from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from selectolax.lexbor import LexborHTMLParser

from countersight.errors import RuleError
from countersight.model import Box, FileRow, Status, Strength
from countersight.relate import Kind
from countersight.report.dossier import build
from countersight.report.view import DossierView
from countersight.report.wording import banned
from countersight.sample import Answer, Draw, Sample

fake = import_module("report_fake")
EVIL = "\"><script>alert(1)</script>'&{{ 7*7 }}\u202e\udcff"


@cache
def base() -> DossierView:
    view: DossierView = fake.view()
    return view


def made(**changes: Any) -> dict[str, str]:
    return {path: data.decode() for path, data in build(replace(base(), **changes))}


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def text(html: str, selector: str = "body") -> str:
    found = tree(html).css(selector)
    return re.sub(r"\s+", " ", " ".join(node.text() for node in found)).strip()


def test_the_same_view_gives_the_same_bytes_and_the_index_comes_first() -> None:
    once, again = list(build(base())), list(build(fake.view()))
    assert once == again
    assert [path for path, _ in once] == [
        "index.html",
        "style.css",
        f"pages/{fake.CONTRACT[:16]}-p0012.html",
        f"pages/{fake.TENDER[:16]}-p0041.html",
    ]


def test_the_cover_carries_title_day_and_the_three_digests() -> None:
    cover = text(made()["index.html"], "header")
    view = base()
    for shown in (view.title, "2026-03-14", view.evidence_root, view.rules_digest, view.code_digest, "Fictional"):
        assert shown in cover
    assert "Legal basis" in cover
    assert "not recorded" in cover


def test_every_finding_has_its_block_with_what_it_shows_and_does_not_show() -> None:
    blocks = tree(made()["index.html"]).css("article.finding")
    assert len(blocks) == len(base().findings)
    by_id = {block.attributes["id"]: re.sub(r"\s+", " ", block.text()) for block in blocks}
    for finding in base().findings:
        block = by_id[finding.id]
        for shown in (finding.title, finding.shows, finding.does_not_show, finding.rung, *finding.norms):
            assert shown in block
        for citation in finding.citations:
            assert citation.quote in block
            assert citation.digest[:16] in block


def test_every_local_link_and_picture_leads_somewhere() -> None:
    files = made()
    ids = {path: {node.attributes["id"] for node in tree(html).css("[id]")} for path, html in files.items()}
    pictures = {picture.href for picture in base().pictures.values()}
    for path, html in files.items():
        for node in tree(html).css("[href], [src]"):
            target, anchor = urldefrag(node.attributes.get("href") or node.attributes["src"] or "")
            up = path.startswith("pages/") and target
            whole = (f"pages/{target}".replace("pages/../", "") if up else target) or path
            assert whole in files.keys() | pictures, (path, target)
            assert not anchor or unquote(anchor) in ids[whole], (path, anchor)


def test_no_id_is_given_twice() -> None:
    for html in made(findings=fake.view(copies=3).findings).values():
        seen = Counter(node.attributes["id"] for node in tree(html).css("[id]"))
        assert [name for name, count in seen.items() if count > 1] == []


def test_headings_go_down_one_level_at_a_time() -> None:
    for path, html in made().items():
        if path.endswith(".html"):
            levels = [int(str(node.tag)[1]) for node in tree(html).css("h1, h2, h3, h4")]
            assert levels.count(1) == 1
            assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("field", ["title", "shows", "does_not_show", "explanation", "id", "kind", "rule", "family"])
def test_nothing_a_finding_holds_becomes_markup(field: str) -> None:
    changed: dict[str, Any] = {field: EVIL}
    finding = replace(base().findings[0], **changed)
    for path, html in made(findings=(finding,)).items():
        if path.endswith(".html"):
            assert tree(html).css("script") == []
            assert "alert(1)" in html or path != "index.html"
            assert "\u202e" not in html
            assert "49" not in text(html, "h4")


def test_nothing_a_record_holds_becomes_markup() -> None:
    cited = fake.citation(fake.TENDER, EVIL, EVIL, page=41, page_label=EVIL, boxes=(Box(0.1, 0.1, 0.2, 0.2),))
    file = fake.row(EVIL, Status.PARTIAL, 3, digest=fake.TENDER, kind=EVIL, reason=EVIL, notes=(EVIL,), language="en")
    files = made(findings=(fake.finding(1, "GRP-03", "T", [cited]),), files=(file,), title=EVIL, questions=(EVIL,))
    for html in (html for path, html in files.items() if path.endswith(".html")):
        assert tree(html).css("script") == []
        assert [node for node in tree(html).css("*") if any(name.startswith("on") for name in node.attributes)] == []
        assert "<script" not in html
        assert "⟨U+202E⟩⟨U+DCFF⟩" in html


def test_nothing_is_loaded_and_nothing_runs() -> None:
    files = made()
    assert "url(" not in files["style.css"]
    assert "@import" not in files["style.css"]
    for html in files.values():
        assert re.findall(r"(?:https?:)?//[a-z]", html) == []
        assert tree(html).css("script, iframe, object, embed, form, video") == []


def test_the_program_uses_none_of_the_words_it_refuses() -> None:
    for findings in (base().findings, ()):
        for path, html in made(findings=findings).items():
            if path.endswith(".html"):
                assert banned(text(html)) == []


def test_a_rule_with_a_word_that_is_refused_stops_the_dossier() -> None:
    bad = replace(base().findings[0], title="Proves a crime")
    with pytest.raises(RuleError, match="GRP-03"):
        list(build(replace(base(), findings=(bad,))))


def test_a_dossier_of_nothing_claims_nothing() -> None:
    html = made(findings=(), files=(), questions=(), languages=(), pictures={})["index.html"]
    assert "We found no passage that reaches the level of a finding in the 0 pages" in text(html)
    assert "says nothing for or against any organisation" in text(html)


def test_what_was_not_read_is_said_on_the_first_page_and_again_under_limits() -> None:
    html = made()["index.html"]
    assert "47 of 233 pages and 7 of 25 files were not, or not wholly, read" in text(html, "#summary")
    assert "47 pages and 7 files were not, or not wholly, read" in text(html, "#limits")
    accounting = text(html, "#accounting")
    for file in base().files:
        if file.reason:
            assert file.reason in accounting
    assert len(tree(html).css(".files tbody tr")) == len(base().files)


def test_a_file_of_which_everything_was_read_brings_no_warning() -> None:
    html = made(files=(fake.row("a.pdf", pages=2),), findings=())["index.html"]
    assert "Not everything was read" not in text(html)
    assert "Every file received was read" in text(html, "#limits")


def test_findings_leads_and_exculpatory_evidence_are_numbered_apart() -> None:
    html = made()["index.html"]
    assert [node.text() for node in tree(html).css(".tag b")] == ["F-01", "F-02", "F-03", "L-01", "X-01"]
    assert text(html, "#leads-h") == "Leads 1"
    many = made(findings=fake.view(copies=30).findings)["index.html"]
    assert text(many, ".tag b").startswith("F-001 F-002")


def test_the_summary_gives_each_rule_its_first_finding_and_holds_ten_at_most() -> None:
    many = [
        replace(finding, id=f"{finding.id}-{i}")
        for finding in base().findings
        for i in range(40)
        if finding.strength is Strength.FINDING
    ]
    html = made(findings=tuple(many))["index.html"]
    shown = [node.text() for node in tree(html).css(".summary > li > p:first-child b")]
    assert shown == ["F-001", *(f"F-00{n}" for n in range(2, 9)), "F-041", "F-081"]
    assert "all 120 follow below" in text(html, "#summary")


def test_the_grounds_of_a_rule_are_open_at_its_first_finding_and_folded_at_the_next() -> None:
    one = base().findings[0]
    html = made(findings=(one, replace(one, id="again", notes=("Only here.",))))["index.html"]
    first, second = tree(html).css("article.finding")
    assert not first.css("details.grounds")
    (folded,) = second.css("details.grounds")
    assert "as at F-01" in folded.css("summary")[0].text()
    assert [node.text() for node in folded.css("dt")] == [node.text() for node in first.css("dt")][-5:]
    assert "Only here." in " ".join(node.text() for node in second.css("dl.reading")[0].css("dd"))


def test_a_quote_in_chinese_is_marked_as_chinese_and_its_masks_are_named() -> None:
    quote = tree(made()["index.html"]).css("blockquote")
    assert {node.attributes.get("lang") for node in quote} == {"zh", "en"}
    masked = tree(made()["index.html"]).css("blockquote .masked")
    assert {node.attributes["aria-label"] for node in masked} == {"masked personal data"}


def test_decisive_words_stand_out_in_the_quote() -> None:
    article = tree(made()["index.html"]).css_first("article.finding")
    assert article is not None
    assert [node.text() for node in article.css("blockquote b")] == ["未知", "非少数民族", "某某族"]


def test_a_quote_without_a_picture_is_shown_in_its_context() -> None:
    article = tree(made()["index.html"]).css('article[id^="REL-01"]')[0]
    assert re.sub(r"\s+", "", article.css("blockquote")[0].text()) == (
        "…青石县一期点位清单·序号6·类别：宗教活动场所·人脸抓拍机·数量12…"
    )
    assert article.css("a.page") == []


def test_a_picture_without_boxes_leads_to_the_quote_on_the_page_of_the_picture() -> None:
    cited = fake.citation(fake.TENDER, "招标文件.pdf", "人员属性", page=41)
    files = made(findings=(fake.finding(1, "GRP-03", "T", [cited]),))
    href = tree(files["index.html"]).css_first("a.page").attributes["href"]  # type: ignore[union-attr]
    page, anchor = urldefrag(href or "")
    assert tree(files[page]).css(f"li#{anchor}")
    assert tree(files[page]).css("a.marks") == []


def test_a_duplicate_row_does_not_take_the_place_of_the_file_that_was_read() -> None:
    rows: tuple[FileRow, ...] = tuple(sorted(base().files, key=lambda file: file.status is not Status.DUPLICATE))
    assert "合同.pdf" in text(made(files=rows)["index.html"], "#SYS-07-000000000002 .source")
    assert "(contract, dated 2022-12-05)" in text(made(files=rows)["index.html"], "#SYS-07-000000000002 .source")


def test_a_quote_of_a_page_that_two_findings_cite_is_marked_for_both() -> None:
    page = made()[f"pages/{fake.CONTRACT[:16]}-p0012.html"]
    assert [node.attributes["aria-label"] for node in tree(page).css("a.marks")] == [
        "F-01: Enumerated group output naming one group",
        "F-02: Vendor designs, builds, finances and operates",
    ]


def test_the_accounting_tells_how_pages_were_read_and_in_which_languages() -> None:
    html = made()["index.html"]
    rows = [[cell.text() for cell in row.css("th, td")] for row in tree(html).css(".ways tbody tr")]
    assert rows == [
        ["text layer", "121", "–", "–"],
        ["OCR", "12", "92.9 %", "61.2 %"],
        ["Chinese", "130"],
        ["English", "3"],
    ]
    accounting = " ".join(text(html, "#accounting").split())
    assert "OCR: pages 12–14, confidence 92.5 % (lowest 92 %, page 14)" in accounting
    assert "empty: pages 84–85" in accounting


def test_a_dossier_without_readings_and_relations_says_nothing_of_them() -> None:
    plain = tuple(
        replace(f, citations=tuple(replace(c, confidence=None, weak=()) for c in f.citations))
        for f in fake.view().findings
    )
    html = made(readings={}, relations=(), findings=plain)["index.html"]
    assert "How the pages were read" not in html
    assert "Records that tell the same" not in html
    assert "Read by OCR" not in html
    assert tree(html).css(".weak, .related, #related") == []


def test_weak_characters_of_a_quote_are_marked_and_named() -> None:
    article = tree(made()["index.html"]).css_first("article.finding")
    assert article is not None
    assert [node.text() for node in article.css("blockquote .weak")] == [
        fake.CLAUSE[0],
        fake.CLAUSE[2],
        fake.CLAUSE[21:23],
    ]
    note = " ".join(article.css(".reading-note")[0].text().split())
    assert note == (
        "Read by OCR, confidence 93.4 %. Read weakly and to be checked against the picture:"
        " 乙; 负 (may be 员 贝); 警 (may be 誓); ，."
    )
    assert len(article.css(".reading-note")) == 1
    page = made()[f"pages/{fake.CONTRACT[:16]}-p0012.html"]
    assert "confidence 93.4 %" in text(page)


def test_related_records_are_told_with_their_differences_and_with_their_files() -> None:
    html = made()["index.html"]
    told = [" ".join(node.text().split()) for node in tree(html).css(".related > p:first-child")]
    assert len(told) == 5
    assert told[0].startswith("合同.pdf (contract, dated 2022-12-05, 41 pages) is another version of 验收报告.pdf")
    assert "– 97.3 % of their characters in common." in told[0]
    assert any("招标文件.pdf (tender, dated 2022-09, 85 pages) contains the text of manual-v2.html" in t for t in told)
    assert any("96.2 % of the latter’s characters" in line for line in told)
    assert any("The wording is shared, as from one template" in line for line in told)
    assert "nothing at this place" in text(html, ".related")
    assert "They differ in 3 more places." in text(html, ".related")
    rows = [" ".join(node.text().split()) for node in tree(html).css(".files tbody tr")]
    assert any("is contained in 招标文件.pdf" in row for row in rows if row.startswith("manual-v2.html"))
    assert any("is another version of 验收报告.pdf" in row for row in rows if row.startswith("合同.pdf"))
    anchors = {node.attributes["href"] for node in tree(html).css(".files .relative a")}
    assert anchors == {f"#{node.attributes['id']}" for node in tree(html).css(".related")}


def test_many_relations_are_cut_short_and_the_rest_counted() -> None:
    many = tuple(fake.related(Kind.SAME_TEXT, f"a{n}", f"b{n}") for n in range(130))
    html = made(relations=many)["index.html"]
    assert len(tree(html).css(".related")) == 100
    assert "30 more relations are told with the files below" in text(html, "#accounting")


def test_a_finding_points_to_the_same_words_in_a_related_record() -> None:
    one, other = (
        fake.finding(n, "GRP-01", "T", [fake.passage(name, "支持按民族属性检索人员", n)])
        for n, name in ((1, "合同.pdf"), (2, "验收报告.pdf"))
    )
    html = made(findings=(one, other))["index.html"]
    assert text(html, f"#{one.id} .also") == "the other version, 验收报告.pdf, page 2: F-02"
    assert text(html, f"#{other.id} .also") == "the other version, 合同.pdf, page 1: F-01"
    assert "1 of the findings repeats another in a record that tells the same." in text(html, ".lede")


def test_the_weakest_pages_are_listed_the_least_sure_first() -> None:
    rows = [[cell.text() for cell in row.css("th, td")] for row in tree(made()["index.html"]).css(".weakest tbody tr")]
    assert rows[0] == ["验收报告.pdf", "5", "61.2 %", "0"]
    assert len(rows) == 10


def test_samples_are_told_and_their_absence_is_a_limit() -> None:
    digests = base().cover
    draw = Draw(9, "2026-02-03T04:05:06Z", "any words", 4211, ((fake.TENDER, 3), (fake.TENDER, 5)), *digests)
    sample = Sample(draw, (Answer.RELEVANT, Answer.NOT_RELEVANT), "second reader", "2026-02-04T00:00:00Z")
    html = made(samples=(sample,))["index.html"]
    told = text(html, ".sampled")
    assert "2 of the 4,211 pages on which no rule found anything were drawn by lot on 2026-02-03" in told
    assert "2 pages read by second reader, answers given on 2026-02-04: on 1 the rules missed something" in told
    assert "Missed on: 招标文件.pdf, page 3." in told
    assert "nobody has read a sample" in text(made()["index.html"], "#limits")
    assert "nobody has read a sample" not in text(html, "#limits")
