from __future__ import annotations

from datetime import date

import pytest

from countersight.model import Citation, DateSpan, Digest, Locator
from countersight.report import show
from countersight.report.view import Recording


def citation(locator: str, page: int | None = None, label: str | None = None) -> Citation:
    return Citation(Digest.of(b""), "n", Locator.parse(locator), page, label, 0, 1, "q")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("invoice\u202efdp.exe", "invoice⟨U+202E⟩fdp.exe"),
        ("bad\udcffname", "bad⟨U+DCFF⟩name"),
        ("a\u200bb\ufeffc\x00", "a⟨U+200B⟩b⟨U+FEFF⟩c⟨U+0000⟩"),
        ("one\r\ntwo\rthree\tfour\n", "one\ntwo\nthree\tfour\n"),
        ("维吾尔 ئۇيغۇر 𠀀 é", "维吾尔 ئۇيغۇر 𠀀 é"),
        ("نامە\u200cئى", "نامە\u200cئى"),
    ],
)
def test_hidden_characters_are_shown_by_number_and_all_others_stay(text: str, shown: str) -> None:
    assert show.visible(text) == shown


@pytest.mark.parametrize(
    ("text", "document", "tag"),
    [
        ("人脸识别", None, "zh"),
        ("人脸识别", "en", "zh"),
        ("人臉", "zh-Hant", "zh-Hant"),
        ("IPC-HFW5541", "zh", None),
        ("camera", "en", "en"),
        ("camera", None, None),
        ("カメラの数", "zh", "ja"),
        ("카메라 監視", None, "ko"),
        ("", "zh", None),
    ],
)
def test_a_language_is_read_from_the_script_before_the_document(text: str, document: str | None, tag: str) -> None:
    assert show.language(text, document) == tag


def test_a_language_without_a_name_here_keeps_its_tag() -> None:
    assert [show.tongue(tag) for tag in ("zh", "en", "ug")] == ["Chinese", "English", "ug"]


@pytest.mark.parametrize(
    ("strong", "cut"),
    [
        ([], ["甲乙丙丁"]),
        ([(1, 2)], ["甲", "*乙", "丙丁"]),
        ([(2, 4), (0, 3)], ["*甲乙丙", "*丁"]),
        ([(-5, 1), (3, 99)], ["*甲", "乙丙", "*丁"]),
        ([(2, 2), (9, 12)], ["甲乙丙丁"]),
    ],
)
def test_a_quote_is_cut_at_its_decisive_words(strong: list[tuple[int, int]], cut: list[str]) -> None:
    found = list(show.pieces("甲乙丙丁", strong))
    assert [("*" if piece.strong else "") + piece.text for piece in found] == cut


def test_no_character_of_a_quote_is_lost_and_masks_stand_alone() -> None:
    quote = "电话███，邮箱██"
    found = list(show.pieces(quote, [(1, 4)]))
    assert "".join(piece.text for piece in found) == quote
    assert [piece.text for piece in found if piece.masked] == ["██", "█", "██"]


def test_weak_characters_are_cut_out_inside_decisive_words_too_and_masks_are_never_weak() -> None:
    found = list(show.pieces("采用维族识别███", [(2, 4)], [-1, 3, 4, 6, 99]))
    assert [(piece.text, piece.strong, piece.weak, piece.masked) for piece in found] == [
        ("采用", False, False, False),
        ("维", True, False, False),
        ("族", True, True, False),
        ("识", False, True, False),
        ("别", False, False, False),
        ("███", False, False, True),
    ]


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (1.0, "100 %"),
        (0.9999, "above 99.9 %"),
        (0.934, "93.4 %"),
        (0.5, "50 %"),
        (0.0004, "below 0.1 %"),
        (0.0, "0 %"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_to_nothing(fraction: float, text: str) -> None:
    assert show.share(fraction) == text


@pytest.mark.parametrize(
    ("code", "words"),
    [("text", "text layer"), ("ocr", "OCR"), ("ocr exact", "OCR exact"), ("transcript", "transcript"), ("x y", "x y")],
)
def test_how_a_page_was_read_is_said_in_words(code: str, words: str) -> None:
    assert show.origin(code) == words


@pytest.mark.parametrize(
    ("where", "pdf", "place"),
    [
        (citation("a.pdf | page 41", 41, "37"), True, "page 37 (PDF page 41)"),
        (citation("a.pdf | page 41", 41, "41"), True, "page 41"),
        (citation("a.pdf | page 3", 3), True, "page 3"),
        (citation("a.tif | page 2", 2, "ii"), False, "page ii (number 2 in the file)"),
        (citation("a.xlsx | sheet 点位表 | cell C7", 1, "点位表"), False, "sheet 点位表, cell C7"),
        (citation("a.docx | paragraph 12"), False, "paragraph 12"),
        (citation("a.html"), False, ""),
        (citation("b.zip | member x/page 9.pdf"), False, ""),
        (citation("m.mbox | message 17 | attachment 2 offer.pdf | page 3", 3), True, "page 3"),
    ],
)
def test_a_place_names_page_sheet_or_cell_and_leaves_out_the_way_to_the_file(
    where: Citation, pdf: bool, place: str
) -> None:
    assert show.place(where, pdf=pdf) == place


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (DateSpan.of(2022, text="2022年"), "2022"),
        (DateSpan.of(2022, 12, text="二〇二二年十二月"), "2022-12"),
        (DateSpan.of(2024, 2), "2024-02"),
        (DateSpan.of(2022, 12, 5), "2022-12-05"),
        (DateSpan(date(2022, 12, 5), date(2023, 3, 5)), "2022-12-05 to 2023-03-05"),
        (DateSpan(date(2022, 1, 1), date(2023, 12, 31)), "2022-01-01 to 2023-12-31"),
    ],
)
def test_a_date_is_shown_as_far_as_it_is_known(span: DateSpan, shown: str) -> None:
    assert show.dated(span) == shown


class TestRecordings:
    TAPE = Recording("a tape & 1#2.mp3", "../evidence/00ff")

    def test_the_place_is_the_time_alone(self) -> None:
        cited = citation("t.mp3 | 00:12:04–00:12:11", 3, "00:10:00–00:15:00")
        assert show.place(cited, pdf=False) == "00:12:04–00:12:11"
        assert show.time(cited) == "00:12:04–00:12:11"
        assert show.time(citation("a.pdf | page 3", 3)) == ""

    def test_a_stretch_is_played_from_the_case_or_from_beside_the_dossier(self) -> None:
        assert show.played(self.TAPE, "00:12:04–00:12:11") == (
            "../evidence/00ff#t=724,731",
            "../a%20tape%20%26%201%232.mp3#t=724,731",
        )

    def test_without_an_end_it_plays_on(self) -> None:
        assert show.played(self.TAPE, "00:12:04")[0] == "../evidence/00ff#t=724"

    @pytest.mark.parametrize("time", ["", "page 3", "12:04"])
    def test_without_a_time_nothing_is_played(self, time: str) -> None:
        assert show.played(self.TAPE, time) == ()

    def test_without_a_recording_nothing_is_played(self) -> None:
        assert show.played(None, "00:12:04–00:12:11") == ()

    def test_what_was_heard_weakly_is_named_by_words_each_once(self) -> None:
        cut = show.pieces("die Uyghur list Uyghur", weak=(4, 5, 6, 7, 8, 9, 16, 17, 18, 19, 20, 21))
        assert list(show.doubted(cut)) == [("Uyghur", "")]
