from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from countersight.case import Case
from countersight.model import Block, BlockKind, Citation, Digest, FileRow, Locator, Page, Status, Weak
from countersight.pipeline.sounding import by_ear, confidence, noted, recordings, weak_words, when
from countersight.read.speech import engine, extra, sound
from countersight.read.speech.sound import Cut, Tracks
from countersight.read.speech.spoken import RATE, Samples, Seconds, Utterance, Word
from countersight.run.serial import SerialExecutor
from countersight.store.config import Config

W, P = BlockKind.WORD, BlockKind.PARAGRAPH
TEXT = "We did. They paid."
CUES = Page(
    1,
    TEXT,
    paged=False,
    blocks=(Block(0, 7, P, "00:12:04–00:12:11"), Block(8, 18, P, "00:12:11–00:12:15")),
    origin="transcript",
)
HEARD = Page(
    2,
    TEXT,
    "00:10:00–00:15:00",
    blocks=(
        Block(0, 7, P, "00:12:04–00:12:11"),
        Block(0, 2, W, "724.12–724.50 0.90"),
        Block(3, 7, W, "724.50–730.20 0.40"),
        Block(8, 18, P, "00:12:11–00:12:15"),
        Block(8, 12, W, "731.00–731.50 0.80"),
        Block(13, 18, W, "731.50–734.20 1.00"),
    ),
    origin="transcript",
    confidence=0.775,
    weak=tuple(Weak(at, 0.4) for at in range(3, 7)),
)


@pytest.mark.parametrize(
    ("page", "start", "end", "said"),
    [
        (CUES, 0, 7, "00:12:04–00:12:11"),
        (CUES, 3, 12, "00:12:04–00:12:15"),
        (CUES, 7, 8, ""),  # between two cues
        (HEARD, 0, 18, "00:12:04–00:12:15"),
        (HEARD, 8, 12, "00:12:11–00:12:12"),  # by the word, not by the cue
        (Page(1, "x", blocks=(Block(0, 1, P, "00:12:04"),)), 0, 1, ""),  # not a transcript
        (Page(1, "x", blocks=(Block(0, 1, P, "quoted"),), origin="transcript"), 0, 1, ""),
        (Page(1, "x", blocks=(Block(0, 1, P, "00:12:04"),), origin="transcript"), 0, 1, "00:12:04"),
    ],
)
def test_when_words_are_said(page: Page, start: int, end: int, said: str) -> None:
    assert when(page, start, end) == said


def test_a_quote_has_the_confidence_of_its_own_words() -> None:
    assert confidence(HEARD, 8, 18) == 0.9
    assert confidence(HEARD, 7, 8) == 0.775
    assert confidence(CUES, 0, 7) is None


def test_weak_words_are_named_whole() -> None:
    assert weak_words(HEARD, 4, 12) == ["did."]
    assert weak_words(HEARD, 8, 18) == []


def test_a_finding_by_ear_says_so() -> None:
    def cited(page: Page, start: int, end: int) -> Citation:
        return Citation(Digest.of(b"a"), "a", Locator("a"), None, None, start, end, page.text[start:end])

    assert list(by_ear([cited(HEARD, 0, 18)], [HEARD])) == [
        "machine transcript, to be checked by listening; heard weakly: did."
    ]
    assert list(by_ear([cited(HEARD, 8, 18)], [HEARD])) == ["machine transcript, to be checked by listening"]
    assert list(by_ear([cited(CUES, 0, 7)], [CUES])) == []


def row(locator: str, media: str, status: Status = Status.READ, parent: str | None = None) -> FileRow:
    at = Locator.parse(locator)
    name = at.steps[-1][1] if at.steps else at.name
    inside = Locator.parse(parent) if parent else None
    rest = (None, None, None, None, 9, None, status, "no reader" if status is Status.SKIPPED else None, 0, 0, (), None)
    return FileRow(Digest.of(locator.encode()), name, at, None, inside, media, *rest)


SRT, MP3 = "application/x-subrip", "audio/mpeg"


class TestBeside:
    @pytest.mark.parametrize("script", ["a/tape.srt", "a/tape.zh.srt", "a/tape.mp3.srt"])
    def test_a_transcript_of_the_same_name_plays_the_recording(self, script: str) -> None:
        files = [row(script, SRT), row("a/tape.mp3", MP3, Status.SKIPPED)]
        found = recordings(files)
        assert {found[Digest.of(script.encode())].name} == {"tape.mp3"}
        assert found[Digest.of(script.encode())].href == f"../evidence/{Digest.of(b'a/tape.mp3')}"
        assert noted(files)[1].reason == f"no reader; a transcript lies beside it: {script[2:]}"

    @pytest.mark.parametrize("script", ["b/tape.srt", "a/tape2.srt", "tape.srt", "z.zip | member a/tape.srt"])
    def test_one_of_another_name_or_folder_does_not(self, script: str) -> None:
        files = [row(script, SRT), row("a/tape.mp3", MP3, Status.SKIPPED)]
        assert list(recordings(files)) == [Digest.of(b"a/tape.mp3")]
        assert noted(files) == files

    def test_a_member_of_an_archive_lies_elsewhere(self) -> None:
        tape, script = "z.zip | member a/tape.mp3", "z.zip | member a/tape.vtt"
        found = recordings([row(tape, MP3, parent="z.zip"), row(script, "text/vtt", parent="z.zip")])
        assert found[Digest.of(script.encode())].href == f"../derived/members/{Digest.of(tape.encode())}"
        assert found[Digest.of(script.encode())].name == "tape.mp3"

    def test_a_recording_that_was_read_needs_no_word_of_it(self) -> None:
        files = [row("tape.srt", SRT), row("tape.mp3", MP3)]
        assert noted(files) == files

    def test_other_records_of_that_name_have_no_sound(self) -> None:
        assert list(recordings([row("tape.pdf", "application/pdf"), row("tape.mp3", MP3)])) == [Digest.of(b"tape.mp3")]


class Speaker:
    """Hears one sentence in every stretch, in the language it is told."""

    def voices(self, samples: Samples) -> Sequence[Seconds]:
        return [(0.0, 4.0)]

    def languages(self, samples: Samples) -> dict[str, float]:
        return {"en": 0.9, "zh": 0.1}

    def transcribe(self, samples: Samples, language: str) -> Sequence[Utterance]:
        said = f"The platform shall identify Uyghur people and send an alarm to the police. ({language})"
        return [_utterance(said.split())]


def _utterance(words: Sequence[str]) -> Utterance:
    return Utterance(
        tuple(Word(1 + n / 5, 1.2 + n / 5, f" {w}", 0.3 if w == "Uyghur" else 0.9) for n, w in enumerate(words))
    )


@pytest.fixture
def tape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(extra, "installed", lambda: True)
    monkeypatch.setattr(extra, "version", lambda _: "1")
    monkeypatch.setattr(sound, "measure", lambda *_: Tracks(400.0, 1, 0, 0))
    monkeypatch.setattr(sound, "samples", lambda *_: [Cut(np.ones(RATE * 20, np.float32))])
    monkeypatch.setattr(engine, "recogniser", Speaker)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "tape & 1.wav").write_bytes(b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(40))
    return folder


class TestAudit:
    def test_a_recording_is_heard_found_in_cited_by_time_and_played(self, tape: Path, tmp_path: Path) -> None:
        case = Case.create(tmp_path / "case", Config())
        case.audit([tape], SerialExecutor())
        (file,) = case.files()
        assert (file.status, file.pages, file.pages_ocr, file.reason) == (Status.READ, 2, 0, None)
        places = [str(match.citation.locator) for match in case.search("alarm")]
        assert places[0] == "tape & 1.wav | 00:00:02–00:00:03"  # the tenth word, from 2.8 to 3.0 s
        assert len(places) == 2
        shown = (case.root / "dossier" / "index.html").read_text(encoding="utf-8")
        assert "machine transcript, to be checked by listening; heard weakly: Uyghur" in shown
        assert "Machine transcript (speech to text), confidence" in shown
        assert f'<source src="../evidence/{file.digest}#t=1,' in shown
        assert '<source src="../tape%20%26%201.wav#t=1,' in shown
        assert case.verify(SerialExecutor()) == []

    def test_another_language_said_by_the_user_hears_it_again(self, tape: Path, tmp_path: Path) -> None:
        case = Case.create(tmp_path / "case", Config())
        case.audit([tape], SerialExecutor())
        toml = case.root / "case.toml"
        toml.write_text(toml.read_text().replace('spoken = ""', 'spoken = "zh"'))
        again = Case(case.root)
        again.audit([tape], SerialExecutor())
        assert [len(list(again.search(word))) for word in ("zh", "en", "alarm")] == [2, 0, 2]
        assert any("as case.toml says" in note for note in again.files()[0].notes)
        assert again.verify(SerialExecutor()) == []

    def test_never_leaves_it_unheard_and_says_so(self, tape: Path, tmp_path: Path) -> None:
        case = Case.create(tmp_path / "case", Config())
        case.audit([tape], SerialExecutor(), ocr=False)
        (file,) = case.files()
        assert (file.status, file.reason) == (Status.PARTIAL, "needs speech to text")
        assert len(file.pages_failed) == 2

    def test_without_the_extra_it_is_listed_unread_with_the_command(
        self, tape: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(extra, "installed", lambda: False)
        (tape / "tape & 1.srt").write_text(
            "1\n00:00:07,000 --> 00:00:13,200\nThe platform shall identify Uyghur people and alarm the police.\n"
        )
        case = Case.create(tmp_path / "case", Config())
        case.audit([tape], SerialExecutor())
        script, sound_file = case.files()
        assert (sound_file.status, script.status) == (Status.SKIPPED, Status.READ)
        assert sound_file.reason is not None
        assert "pip install 'countersight[recordings]'" in sound_file.reason
        assert sound_file.reason.endswith("a transcript lies beside it: tape & 1.srt")
        shown = (case.root / "dossier" / "index.html").read_text(encoding="utf-8")
        assert f'<source src="../evidence/{sound_file.digest}#t=7,14">' in shown
        assert "tape &amp; 1.srt | 00:00:07–00:00:14" in shown
