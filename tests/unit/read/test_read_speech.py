"""Everything around the speech model, which is stood in for; the model itself: test_read_recording.py."""

from __future__ import annotations

import numpy as np
import pytest

from countersight.model import BlockKind, Page
from countersight.read.speech.guard import freshness, guarded, unheard
from countersight.read.speech.lines import page_of
from countersight.read.speech.sound import quietest
from countersight.read.speech.spoken import RATE, Spoken, Utterance, Word, language


def said(text: str, start: float = 0.0, *, sure: float = -0.2, silence: float = 0.0, score: float = 0.9) -> Utterance:
    """An utterance whose words take half a second each; a script without spaces counts each character as a word."""
    words = [f" {word}" for word in text.split()] if text.isascii() else list(text)
    return Utterance(
        tuple(Word(start + n / 2, start + n / 2 + 0.5, word, score) for n, word in enumerate(words)), sure, silence
    )


def blocks(page: Page, kind: BlockKind) -> list[tuple[str, str]]:
    return [(page.text[b.start : b.end], b.ref) for b in page.blocks if b.kind is kind]


class TestPage:
    def test_a_sentence_is_a_line_with_its_time_and_every_word_has_time_and_score(self) -> None:
        page = page_of([said("We did. They paid.", 724.0)], 3, "00:10:00–00:15:00", "en")
        assert page.text == "We did.\nThey paid.\n"
        assert blocks(page, BlockKind.PARAGRAPH) == [
            ("We did.", "00:12:04–00:12:05"),
            ("They paid.", "00:12:05–00:12:06"),
        ]
        assert blocks(page, BlockKind.WORD)[2] == ("They", "725.00–725.50 0.90")
        assert (page.number, page.label, page.origin, page.language, page.confidence) == (
            *(3, "00:10:00–00:15:00", "transcript", "en"),
            0.9,
        )

    def test_a_sentence_goes_on_over_utterances(self) -> None:
        page = page_of([said("The cameras had", 0), said("not been installed.", 1.5)], 1, "", "en")
        assert page.text == "The cameras had not been installed.\n"

    def test_a_number_with_a_point_is_no_end(self) -> None:
        assert page_of([Utterance((Word(0, 1, " 4", 1), Word(1, 2, ".3", 1)))], 1, "", "en").text == "4.3\n"

    def test_a_pause_ends_a_line(self) -> None:
        assert page_of([said("One", 0), said("two", 2.0)], 1, "", "en").text == "One\ntwo\n"

    def test_chinese_without_stops_keeps_its_clauses_on_lines_of_one_paragraph(self) -> None:
        page = page_of([said("合同签订", 0), said("摄像机", 2.0)], 1, "", "zh")
        assert page.text == "合同签订\n摄像机\n"
        assert [text for text, _ in blocks(page, BlockKind.PARAGRAPH)] == ["合同签订\n摄像机"]

    def test_no_line_is_longer_than_half_a_minute(self) -> None:
        page = page_of([said(" ".join(["word"] * 100))], 1, "", "en")
        assert [ref for _, ref in blocks(page, BlockKind.PARAGRAPH)] == [
            *("00:00:00–00:00:30", "00:00:30–00:00:50"),
        ]

    def test_every_character_of_a_weak_word_is_weak_and_nothing_else(self) -> None:
        words = (Word(0, 1, " The", 0.9), Word(1, 2, " Uyghur", 0.3), Word(2, 3, " list", 0.5))
        page = page_of([Utterance(words)], 1, "", "en")
        assert "".join(page.text[one.at] for one in page.weak) == "Uyghur"
        assert {one.score for one in page.weak} == {0.3}
        assert page.confidence == pytest.approx((0.9 + 0.3 + 0.5) / 3, abs=1e-4)

    def test_nothing_said_is_a_blank_page(self) -> None:
        page = page_of([], 2, "x", None)
        assert (page.text, page.blank, page.confidence, page.blocks) == ("", True, None, ())


class TestGuard:
    def test_ordinary_speech_stands(self) -> None:
        speech = [
            said("The bureau signed the contract on the fifth of March and the vendor delivers."),
            said("市公安局在二零二一年三月五日签订了合同供应商应当交付二百四十台摄像机安装在火车站的北门"),
            said("Yes."),
            said("Yes."),
        ]
        assert guarded(speech) == (speech, [])

    @pytest.mark.parametrize(
        ("made_up", "why"),
        [
            (said("4 - " * 40, 60), "repeats the same words"),
            (said("谢谢观看" * 12, 60), "repeats the same words"),
            (said("one two", 60, sure=-1.2), "not heard surely enough"),
            (said("one two", 60, sure=-1.2, silence=0.7), "more likely no speech"),
            (said("Thank you for watching!", 60, silence=0.5), "credits that the model writes into silence"),
            (said("字幕由Amara.org社群提供", 60, silence=0.5), "credits that the model writes into silence"),
        ],
    )
    def test_what_is_made_up_is_told_in_a_note_with_its_words(self, made_up: Utterance, why: str) -> None:
        before, after = said("Before.", 50), said("After.", 200)
        stand, notes = guarded([before, made_up, after])
        assert stand == [before, after]
        (note,) = notes
        assert note.startswith("00:01:00–")
        assert why in note
        assert made_up.text[:20] in note
        assert len(note) < 200

    def test_the_same_words_three_times_in_a_row_are_a_loop(self) -> None:
        looped = [said("Okay then.", n) for n in range(3)]
        assert guarded([*looped, said("And now?", 9)]) == (
            [said("And now?", 9)],
            ["00:00:00–00:00:03 not taken as speech (repeats the same words): “Okay then. Okay then. Okay then.”"],
        )

    def test_credits_said_aloud_stand(self) -> None:
        spoken = [said("Thank you for watching!", silence=0.01)]
        assert guarded(spoken) == (spoken, [])

    def test_a_short_text_is_never_a_loop(self) -> None:
        assert freshness("ha ha ha ha ha") == 1.0

    def test_voices_without_words_are_told(self) -> None:
        words = said("a b c d", 10)  # to 12 s
        assert list(unheard([(10, 12.5), (20, 30), (40, 43)], [words])) == [
            "00:00:20–00:00:30 voices, but no words were recognised"
        ]
        assert list(unheard([(5, 20)], [words])) == [
            *("00:00:05–00:00:10 voices, but no words were recognised",),
            *("00:00:12–00:00:20 voices, but no words were recognised",),
        ]


class TestLanguage:
    def test_the_likeliest_over_all_windows(self) -> None:
        windows = [{"zh": 0.9, "en": 0.1}, {"zh": 0.8, "en": 0.2}, {"zh": 0.1, "en": 0.9}]
        found = language(windows)
        assert found is not None
        assert (found.language, found.windows) == ("zh", ("zh", "zh", "en"))
        assert found.probability == pytest.approx(0.6)

    def test_no_window_no_language(self) -> None:
        assert language([]) is None

    def test_of_two_as_likely_the_first_by_code(self) -> None:
        assert language([{"zh": 0.5, "en": 0.5}]) == Spoken("en", 0.5, ("en",))


def test_the_cut_lies_in_the_silence() -> None:
    noise = np.random.default_rng(1).normal(0, 0.3, RATE * 10).astype(np.float32)
    noise[RATE * 4 : RATE * 4 + RATE // 2] *= 0.001
    assert RATE * 4 <= quietest(noise) < RATE * 4.5
    assert quietest(noise[:10]) == 5
