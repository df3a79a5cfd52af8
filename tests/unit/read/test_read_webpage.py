"""What is told of press and web pages: body and furniture, title, days, outlet, byline, what was cut off."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import pytest
from read_webpages import Labelled, agreement, load

from countersight.model import BlockKind, Digest, Reading, Status
from countersight.ports import Limits
from countersight.read.html import MEDIA_TYPE, HtmlReader

Read = Callable[[str], Reading]
PAGES = load()
REAL = Path(__file__).parents[4] / "shared" / "data"
PROSE = "The council bought the cameras in March without a vote, records show. "
ZH_PROSE = "县公安局三月采购了一批摄像机，合同金额为八千万元，工期一百八十天。"


def no_sink(stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
    raise AssertionError("a web page has no members")


def read_file(path: Path) -> Reading:
    return HtmlReader().read(path, MEDIA_TYPE, None, Limits(), no_sink)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def run(content: str) -> Reading:
        path = tmp_path / "page.html"
        path.write_text(content, "utf-8")
        return read_file(path)

    return run


def body(reading: Reading) -> str:
    page = reading.pages[0]
    text = page.text
    for block in reversed([b for b in page.blocks if b.kind is BlockKind.FURNITURE]):
        text = text[: block.start] + text[block.end :]
    return text


def furniture(reading: Reading) -> list[tuple[str, str]]:
    page = reading.pages[0]
    return [(b.ref, page.text[b.start : b.end]) for b in page.blocks if b.kind is BlockKind.FURNITURE]


def note(reading: Reading, beginning: str) -> str | None:
    return next((note for note in reading.notes if note.startswith(beginning)), None)


class TestLabelledPages:
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_no_word_of_a_body_is_taken_for_furniture(self, page: Labelled) -> None:
        right, _, due = agreement(page, body(read_file(page.path)))
        assert right == due

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_title_day_and_wholeness_are_as_labelled(self, page: Labelled) -> None:
        reading = read_file(page.path)
        published = reading.dated.from_.isoformat() if reading.dated else None
        assert (reading.title, published) == (page.label["title"], page.label["published"])
        assert (reading.status is Status.PARTIAL) == page.label.get("cut", False)
        assert not page.label.get("cut") or reading.reason.startswith("cut: ")

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_a_role_that_is_labelled_is_told_and_no_role_is_made_up(self, page: Labelled) -> None:
        told = (note(read_file(page.path), "byline: ") or "").removeprefix("byline: ").split(", ")
        assert set(page.label["roles"]) <= set(told)
        assert page.label["roles"] or told == [""]

    def test_most_of_what_is_not_body_is_marked(self) -> None:
        scores = [(agreement(page, body(read_file(page.path)))) for page in PAGES]
        whole = [agreement(page, read_file(page.path).pages[0].text) for page in PAGES]
        left = sum(told - right for right, told, _ in scores)
        assert left < 0.3 * sum(told - right for right, told, _ in whole)

    def test_nothing_is_dropped_from_the_text(self) -> None:
        for page in PAGES:
            reading = read_file(page.path)
            right, _, due = agreement(page, reading.pages[0].text)
            assert right == due
            assert all(text.strip() == text != "" for _, text in furniture(reading))

    def test_blocks_of_furniture_do_not_overlap(self) -> None:
        for page in PAGES:
            blocks = [b for b in read_file(page.path).pages[0].blocks if b.kind is BlockKind.FURNITURE]
            assert all(a.end <= b.start for a, b in pairwise(blocks))


class TestFurnitureIsNotGuessed:
    @pytest.mark.parametrize(
        "name", ["footer", "nav", "sidebar", "related", "comments", "ad", "share", "cookie-notice"]
    )
    def test_a_class_name_does_not_silence_what_the_page_is_there_for(self, read: Read, name: str) -> None:
        assert furniture(read(f"<h1>Notice</h1><div class='{name}'><p>{PROSE * 6}</p></div>")) == []

    @pytest.mark.parametrize("name", ["menu", "nav", "sidebar", "footer", "hot", "ad"])
    def test_a_table_of_data_stays_whatever_it_is_called(self, read: Read, name: str) -> None:
        rows = "".join(f"<tr><td>人脸抓拍机{i}</td><td>{i}台</td></tr>" for i in range(3))
        found = read(f"<h1>清单</h1><p>{ZH_PROSE * 4}</p><div class='{name}'><table>{rows}</table></div>")
        assert "人脸抓拍机2" in body(found)

    def test_files_to_download_stay(self, read: Read) -> None:
        links = "".join(f"<li><a href='/f/{i}.docx'>附件{i}：招标文件</a></li>" for i in range(6))
        assert "附件5" in body(
            read(f"<h1>公告</h1><p>{ZH_PROSE * 4}</p><div class='related'>相关阅读<ul>{links}</ul></div>")
        )

    def test_short_lines_that_name_what_buttons_name_stay(self, read: Read) -> None:
        items = "<li>微信</li><li>打印机 3台</li><li>微信监控</li><li>分享平台</li><li>Next steps</li><li>Print</li>"
        assert furniture(read(f"<h1>功能</h1><p>{ZH_PROSE * 3}</p><ul>{items}</ul>")) == []

    def test_a_list_of_notices_is_the_body_of_a_list_page(self, read: Read) -> None:
        links = "".join(f"<li><a href='/{i}'>某县公安局视频平台采购公告{i}</a></li>" for i in range(9))
        assert "采购公告8" in body(read(f"<h2>采购公告</h2><div class='hot'><h3>最新公告</h3><ul>{links}</ul></div>"))

    def test_the_styles_of_a_word_processor_are_no_sign(self, read: Read) -> None:
        found = read(f"<p>{PROSE * 5}</p><p class=MsoCommentText>Delete this clause.</p><p class=MsoFooter>Draft 3</p>")
        assert furniture(found) == []

    def test_the_footer_of_a_quotation_and_the_header_of_an_article_belong_to_them(self, read: Read) -> None:
        found = read(
            f"<article><header><p>Ref. 7/2021</p></header><p>{PROSE * 4}</p><blockquote>Yes<footer>the mayor</footer>"
            "</blockquote><footer>Signed at Eastport</footer></article>"
        )
        assert furniture(found) == []

    def test_replies_to_an_article_are_furniture_and_the_posts_of_a_forum_are_not(self, read: Read) -> None:
        posts = f"<div class=comment><p>{PROSE}</p></div>" * 3
        assert furniture(read(f"<h1>a</h1><p>{PROSE * 9}</p><div id=comments>{posts}</div>"))[0][0] == "comments"
        assert furniture(read(f"<h1>a</h1><div id=comments>{posts}</div>")) == []


class TestFurnitureByWords:
    @pytest.mark.parametrize(
        "heading", ["相关阅读", "推荐阅读：", "【热门新闻】", "Related articles", "Most read", "相關新聞"]
    )
    def test_links_under_a_heading_that_says_so(self, read: Read, heading: str) -> None:
        links = "<p><a href=1>某地警方通报</a></p><p><a href=2>某公司中标</a></p>"
        found = read(f"<h1>标题</h1><p>{ZH_PROSE * 4}</p><p><b>{heading}</b></p>{links}<p>{ZH_PROSE}</p>")
        assert [kind for kind, _ in furniture(found)] == ["related"]
        assert body(found).count(ZH_PROSE) == 5

    def test_such_a_heading_over_prose_is_a_heading(self, read: Read) -> None:
        assert furniture(read(f"<p>{ZH_PROSE * 4}</p><h2>相关信息</h2><p>{ZH_PROSE}</p>")) == []

    @pytest.mark.parametrize(
        "line",
        [
            "版权所有：某某网　京ICP备00000000号",
            "© 2021 Example Ltd. All rights reserved.",
            "主办单位：某县人民政府办公室",
        ],
    )
    def test_rights_and_hosting_below_the_content(self, read: Read, line: str) -> None:
        assert furniture(read(f"<h1>a</h1><p>{PROSE * 3}</p><p>{line}</p>")) == [("footer", line)]

    def test_the_same_words_above_the_content_stay(self, read: Read) -> None:
        assert furniture(read(f"<p>主办单位：某县公安局</p><p>{ZH_PROSE * 4}</p>")) == []

    def test_what_is_marked_is_told(self, read: Read) -> None:
        found = read(f"<nav><a href=a>News</a> <a href=b>Sport</a></nav><h1>t</h1><p>{PROSE * 3}</p>")
        assert furniture(found) == [("navigation", "News Sport")]
        assert (note(found, "not searched") or "").startswith("not searched by rules: 10 of ")


class TestDays:
    @pytest.mark.parametrize(
        "line",
        [
            "发布时间：2022-07-05 16:30　来源：县公安局",
            "信息发布日期: 2022年7月5日",
            "發布時間：2022/07/05 05:30",
            "Published: 5 July 2022",
            "Posted on July 5, 2022",
            "First published on 5 July 2022 at 10.30",
        ],
    )
    def test_a_visible_label_names_the_day(self, read: Read, line: str) -> None:
        found = read(f"<h1>t</h1><p>{line}</p><p>{PROSE} Bids close on 2022-09-01.</p>").dated
        assert found is not None
        assert (found.from_, found.to) == (date(2022, 7, 5), date(2022, 7, 5))

    def test_the_days_of_other_things_are_not_its_own(self, read: Read) -> None:
        rows = "<table><tr><td>招标公告日期</td><td>2023年03月21日</td></tr></table>"
        assert read(f"<h1>t</h1>{rows}<p>{ZH_PROSE}投标截止时间：2023年5月1日。</p>").dated is None

    def test_the_news_beside_an_undated_page_does_not_date_it(self, read: Read) -> None:
        side = "<div class=sidebar><h3>Latest</h3><a href=1>Fair opens</a> 2024-01-02 <a href=2>Bridge shut</a></div>"
        assert read(f"<h1>t</h1><p>{PROSE * 3}</p>{side}").dated is None

    def test_metadata_goes_first_and_a_contradiction_is_told(self, read: Read) -> None:
        found = read(
            "<meta property=article:published_time content=2024-05-01T23:00:00Z>"
            "<meta property=article:modified_time content=2024-05-09>"
            f"<h1>t</h1><p>Published: 3 May 2024</p><p>{PROSE}</p>"
        )
        assert found.dated is not None
        assert (found.dated.from_, found.dated.text) == (date(2024, 5, 1), "2024-05-01T23:00:00Z")
        assert "dated 2024-05-01 in its metadata, 2024-05-03 on the page" in found.notes
        assert "changed on 2024-05-09" in found.notes

    def test_a_time_element_counts_where_it_says_so(self, read: Read) -> None:
        found = read(
            "<time datetime=2020-01-01>now</time><h1>t</h1><time itemprop=datePublished datetime=2019-03-04>x</time>"
        )
        assert found.dated is not None
        assert found.dated.from_ == date(2019, 3, 4)


class TestTitleAndOutlet:
    @pytest.mark.parametrize(
        ("head", "title"),
        [
            ("<title>平台启用_蓝山新闻网</title><meta property=og:site_name content=蓝山新闻网>", "平台启用"),
            (
                "<title>Cameras bought | The Ledger</title><meta property=og:site_name content='The Ledger'>",
                "Cameras bought",
            ),
            ("<title>The Ledger</title><meta property=og:site_name content='The Ledger'>", "In the page"),
            ("<title>Site</title><meta property=og:title content='As shared'>", "As shared"),
            ("", "In the page"),
        ],
    )
    def test_the_title_without_the_outlet(self, read: Read, head: str, title: str) -> None:
        assert read(f"{head}<h1>In the page</h1><p>x").title == title

    @pytest.mark.parametrize(
        ("line", "outlet"),
        [
            ("Copyright © 2010-2023 某某新闻网 All Rights Reserved", "某某新闻网"),
            ("© 2021 Coastal Tribune Company", "Coastal Tribune Company"),
            ("江南晚报社版权所有", "江南晚报社"),
        ],
    )
    def test_an_organisation_in_the_line_on_rights(self, read: Read, line: str, outlet: str) -> None:
        found = read(f"<h1>t</h1><p>Published: 3 May 2024</p><p>{PROSE}</p><p>{line}</p>")
        assert note(found, "outlet") == f"outlet: {outlet} (stated on the page)"

    def test_a_person_who_holds_the_rights_is_no_outlet(self, read: Read) -> None:
        assert note(read(f"<p>Published: 3 May 2024</p><p>{PROSE}</p><p>© 2024 Jo Example</p>"), "outlet") is None


class TestByline:
    def ld(self, **author: str) -> str:
        data = {"@type": "NewsArticle", "datePublished": "2024-01-01", "author": author}
        return f'<script type="application/ld+json">{json.dumps(data)}</script><p>{PROSE}</p>'

    def test_the_role_is_kept_and_the_name_is_not(self, read: Read) -> None:
        found = read(self.ld(**{"@type": "Person", "name": "Jo Example", "jobTitle": "Senior reporter"}))
        assert note(found, "byline") == "byline: reporter"
        assert "Jo Example" not in repr(found)

    def test_a_person_called_as_a_role_is_called_has_none(self, read: Read) -> None:
        assert note(read(self.ld(**{"@type": "Person", "name": "Jo Staff"})), "byline") == "byline without a role"

    def test_a_reporter_in_the_story_is_no_byline(self, read: Read) -> None:
        found = read(f"<p>发布时间：2024-01-01</p><p>有记者问，平台由谁建设。{ZH_PROSE}</p>")
        assert note(found, "byline") is None


class TestWhatIsMissing:
    META = "<meta property=og:site_name content=Post>"

    @pytest.mark.parametrize(
        "line",
        ["登录后查看全文", "展开全文", "Continue reading", "Read more", "Subscribe to read the rest", "查看剩余全文"],
    )
    def test_a_line_that_asks_one_to_read_on(self, read: Read, line: str) -> None:
        found = read(f"{self.META}<h1>t</h1><p>{PROSE * 2}</p><p><a href=x>{line}</a></p>")
        assert (found.status, found.reason) == (Status.PARTIAL, f"cut: below its last words stands “{line}”")

    @pytest.mark.parametrize("end", ["and the…", "and then...", "and the […]"])
    def test_an_open_end(self, read: Read, end: str) -> None:
        assert "ends in “…”" in read(f"{self.META}<p>{PROSE * 2}</p><p>{PROSE} {end}</p>").reason

    def test_a_last_paragraph_that_stops_in_mid_sentence(self, read: Read) -> None:
        assert (
            "mid-sentence"
            in read(f"{self.META}<p>{PROSE}</p><p>{PROSE}</p><p>{PROSE} Neither has said which</p>").reason
        )

    @pytest.mark.parametrize(
        "rest",
        [
            "<p>Read more: <a href=x>Parents ask who keeps the pictures</a></p><p>It ends here, as it should.</p>",
            "<p>地址：人民路1号</p><p>联系人：采购科</p>",
            "<p>5.投标人登录后查看招标文件，并按要求递交，逾期不予受理。</p>",
            "<ul><li>Cameras: 1,200</li><li>Servers: 40</li></ul>",
        ],
    )
    def test_what_ends_otherwise_than_in_prose_is_whole(self, read: Read, rest: str) -> None:
        assert read(f"{self.META}<p>{PROSE}</p><p>{PROSE}</p>{rest}").status is Status.READ

    def test_a_page_of_extracts_is_whole(self, read: Read) -> None:
        extract = f"<h2>t</h2><p>{PROSE}</p><p><a href=x>Continue reading</a></p>"
        assert read(f"{self.META}{extract * 6}").status is Status.READ

    def test_a_document_that_is_no_page_of_an_outlet_is_not_called_cut(self, read: Read) -> None:
        assert read(f"<p>{PROSE}</p><p>{PROSE}</p><p>{PROSE} and so on…</p>").status is Status.READ

    @pytest.mark.parametrize("slot", ["“”", "“ ”", "「」", '<p>He said: "<span></span>".', "“<a href=x></a>”"])
    def test_quotation_marks_with_nothing_between(self, read: Read, slot: str) -> None:
        assert "1 quotation with nothing between the marks" in read(f"<p>It said {slot} and left.</p>").notes

    @pytest.mark.parametrize("text", ['a 3.5" disk and a 2" one', 'x = ""', "“a”", "It's John's' own"])
    def test_other_marks_are_none(self, read: Read, text: str) -> None:
        assert note(read(f"<p>{text}</p>"), "1 quotation") is None

    def test_posts_of_other_sites_that_were_not_captured(self, read: Read) -> None:
        kept = "<blockquote class=twitter-tweet><p>We have opened an enquiry into this purchase.</p></blockquote>"
        lost = "<blockquote class=twitter-tweet><a href=https://social.example/1>June 1</a></blockquote>"
        assert "2 embedded posts not captured" in read(f"<p>a</p>{kept}{lost}<div class='fb-post'></div>").notes

    def test_a_page_that_says_it_is_not_free(self, read: Read) -> None:
        data = '{"@type":"Article","isAccessibleForFree":"False"}'
        found = read(f'<script type="application/ld+json">{data}</script><p>a</p>')
        assert any("without paying" in note for note in found.notes)


class TestHostile:
    @pytest.mark.parametrize(
        "data",
        [
            "{",
            "[" * 100_000,
            '"x"',
            '{"@graph":' * 3000,
            "null",
            '[{"@type":["Article",7],"author":[1,null,[]],"headline":[]}]',
        ],
    )
    def test_broken_metadata_states_nothing(self, read: Read, data: str) -> None:
        found = read(f'<script type="application/ld+json">{data}</script><title>t</title><p>a</p>')
        assert (found.title, found.dated) == ("t", None)

    @pytest.mark.parametrize(
        "content",
        [
            "<a href=x>" * 3000 + "deep",
            "<nav>" * 2000 + "<a href=x>a</a>" + "</nav>" * 2000,
            f"<div class='{'nav-' * 50_000}'><a href=x>a</a></div><p>{PROSE * 3}</p>",
            "<pre>" + "“ " * 50_000 + "</pre>",
            "<pre>" + ": " * 50_000 + "</pre>",
            f"<p>{PROSE * 3}</p>" + "<p>" + "copyright " * 20_000,
            "<p>" + "<a href=x>a</a><span class=ad>" * 5000,
            "<footer></footer><aside></aside><header></header>",
        ],
    )
    def test_odd_pages_are_read_at_once_and_keep_their_text(self, read: Read, content: str) -> None:
        page = read(content).pages[0]
        assert all(0 <= block.start < block.end <= len(page.text) for block in page.blocks)

    def test_half_a_surrogate_pair_is_no_obstacle(self, read: Read) -> None:
        assert read(f"<p>&#xD800;{PROSE}</p>").status is Status.READ


@pytest.mark.realdata
@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data is not here")
def test_a_real_notice_keeps_its_whole_body() -> None:
    found = read_file(REAL / "tenders" / "cn" / "html" / "detail_tender.html")
    assert [kind for kind, _ in furniture(found)] == ["breadcrumb"]
    assert found.title is not None
    assert found.title.endswith("招标公告308831")
    assert found.status is Status.READ
    assert "outlet: 江苏省公共资源交易网" in found.notes


class TestTakenFrom:
    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("2021-03-05 09:12　来源：新华社　责任编辑", "taken from: 新华社 (stated on the page)"),
            ("信息来源: 县公安局 | 浏览 12 次", "taken from: 县公安局 (stated on the page)"),
            ("Source: Example Press Agency", "taken from: Example Press Agency (stated on the page)"),
            ("来源：本站", None),
            ("来源：互联网", None),
            ("资金来源说明：财政拨款", None),
            ("The source: he would not say.", None),
        ],
    )
    def test_the_body_a_text_is_taken_from(self, read: Read, line: str, told: str | None) -> None:
        page = (
            f"<html><body><h1>Cameras bought</h1><p>发布时间：2021-03-05</p><p>{line}</p><p>{ZH_PROSE * 3}</p></body>"
        )
        assert note(read(page), "taken from") == told
