from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from read_sink import MemorySink

from countersight.errors import CountersightError, ReadError
from countersight.model import Page, Reading, Status
from countersight.ports import Limits
from countersight.read import choose, recording, unsupported
from countersight.read.recording import UNHEARD, RecordingReader, stretches
from countersight.read.speech import engine, extra, hear, sound
from countersight.read.speech.sound import Cut, Tracks
from countersight.read.speech.spoken import RATE, Samples, Seconds, Utterance, Word

READER = RecordingReader()
WAV = b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(40)
STATEMENT = Path(__file__).parents[2] / "corpus" / "recordings" / "statement.opus"
needs_extra = pytest.mark.skipif(not extra.installed(), reason="the extra `recordings` is not installed")


class Heard:
    """A recogniser that hears what it is told: an utterance of one word at the start of each stretch."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, str]] = []

    def voices(self, samples: Samples) -> Sequence[Seconds]:
        return [(0.0, len(samples) / RATE)] if samples.any() else []

    def languages(self, samples: Samples) -> dict[str, float]:
        return {"zh": 0.8, "en": 0.2}

    def transcribe(self, samples: Samples, language: str) -> Sequence[Utterance]:
        self.asked.append((len(samples), language))
        return [Utterance((Word(1.0, len(samples) / RATE, " word", 0.9),))]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float, float], Heard]]:
    """Stands in for sound and model: a recording of so many seconds, silent from some moment on."""
    fake = Heard()

    def of(seconds: float, silent_from: float) -> Heard:
        def samples(_path: Path, _media: str, spans: Sequence[tuple[float, float]]) -> list[Cut]:
            made = [np.ones(max(0, round((min(b, seconds) - a) * RATE)), np.float32) for a, b in spans]
            for part, (start, _) in zip(made, spans, strict=True):
                part[max(0, round((silent_from - start) * RATE)) :] = 0
            return [Cut(part) for part in made]

        monkeypatch.setattr(sound, "measure", lambda *_: Tracks(seconds, 1, 0, 0))
        monkeypatch.setattr(sound, "samples", samples)
        monkeypatch.setattr(engine, "recogniser", lambda: fake)
        hear._spoken.cache_clear()
        return fake

    yield of
    hear._spoken.cache_clear()


class TestWithoutTheExtra:
    @pytest.fixture(autouse=True)
    def _absent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(extra, "installed", lambda: False)

    @pytest.mark.parametrize(
        ("head", "name"),
        [
            (b"ID3\x04" + bytes(20), "tape.mp3"),
            (b"\xff\xfb\x90\x64" + bytes(20), "tape"),
            (b"\xff\xf1\x50\x80" + bytes(20), "a.aac"),
            (WAV, "a.wav"),
            (b"fLaC\x00\x00", "a.flac"),
            (b"OggS\x00\x02" + bytes(20), "a.opus"),
            (b"\x00\x00\x00\x20ftypM4A " + bytes(20), "a.m4a"),
            (b"\x1aE\xdf\xa3\x01" + bytes(20), "a.webm"),
        ],
    )
    def test_nobody_reads_it_and_the_reason_names_the_command(self, head: bytes, name: str) -> None:
        assert choose(head, name) is None
        assert "pip install 'countersight[recordings]'" in unsupported(head, name)[1]

    def test_a_kind_the_extra_does_not_hear_names_another_way_out(self) -> None:
        assert ".mp3" in unsupported(b"#!AMR\n" + bytes(9), "a.amr")[1]


class TestStretches:
    @pytest.mark.parametrize(
        ("seconds", "pages"), [(0, 1), (12, 1), (300, 1), (309, 1), (311, 2), (610, 2), (611, 3), (36_000, 120)]
    )
    def test_five_minutes_are_a_page_and_a_short_rest_none(self, seconds: float, pages: int) -> None:
        assert stretches(seconds) == pages

    def test_each_is_told_with_its_time_and_needs_to_be_heard(self, heard: Callable[[float, float], Heard]) -> None:
        heard(700, 700)
        reading = READER.read(Path("x"), "audio/mpeg", None, Limits(), MemorySink())
        assert (reading.total, reading.status, reading.reason) == (3, Status.PARTIAL, UNHEARD)
        assert [fault.page for fault in reading.faults] == [1, 2, 3]
        assert all(recording.can_hear("audio/mpeg", fault) for fault in reading.faults)
        assert [page.label for page in reading.pages] == [
            *("00:00:00–00:05:00", "00:05:00–00:10:00", "00:10:00–00:11:40"),
        ]
        assert reading.notes == ("recording of 00:11:40",)

    def test_what_is_not_read_of_a_film_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sound, "measure", lambda *_: Tracks(10, 2, 1, 1))
        notes = READER.read(Path("x"), "video/mp4", None, Limits(), MemorySink()).notes
        assert "film: its pictures are not read" in notes
        assert "2 tracks of sound: only the first is read" in notes
        assert any("subtitles inside" in note and ".srt" in note for note in notes)


class TestHearing:
    def page(self, number: int, told: str | None = None) -> tuple[Page, Reading]:
        reading = recording.hear(Path("x"), "audio/mpeg", number, told)
        return reading.pages[0], reading

    def test_times_count_from_the_start_of_the_recording(self, heard: Callable[[float, float], Heard]) -> None:
        fake = heard(700, 700)
        first, second, third = (self.page(n)[0] for n in (1, 2, 3))
        assert [page.text for page in (first, second, third)] == ["word\n"] * 3
        # Cut in the last ten seconds of five minutes (here all alike: at the first place): no sample twice, none lost.
        assert sum(length for length, _ in fake.asked) == 700 * RATE
        begins = [float(page.blocks[-1].ref.partition("–")[0]) for page in (first, second, third)]
        assert begins[0] == 1.0
        assert 291 <= begins[1] <= 301
        assert 591 <= begins[2] <= 601

    def test_the_language_is_told_once_for_all(self, heard: Callable[[float, float], Heard]) -> None:
        fake = heard(700, 700)
        notes = {self.page(n)[1].notes for n in (1, 2, 3)}
        assert {language for _, language in fake.asked} == {"zh"}
        ((note,),) = notes
        assert "zh (80% likely over 6 windows)" in note
        assert self.page(1)[0].language == "zh"

    def test_the_user_may_say_the_language(self, heard: Callable[[float, float], Heard]) -> None:
        fake = heard(20, 20)
        _, reading = self.page(1, "en")
        assert fake.asked == [(20 * RATE, "en")]
        assert reading.notes == ("machine transcript (Whisper base); language: en, as case.toml says",)

    def test_silence_is_never_given_to_the_model(self, heard: Callable[[float, float], Heard]) -> None:
        fake = heard(700, 100)
        page, reading = self.page(3)
        assert (page.blank, page.text, fake.asked) == (True, "", [])
        assert "page 3: no speech in 00:10:00–00:11:40" in reading.notes

    def test_a_recording_without_speech_has_no_language(self, heard: Callable[[float, float], Heard]) -> None:
        heard(20, 0)
        page, reading = self.page(1)
        assert (page.blank, page.language, reading.status) == (True, None, Status.READ)
        assert reading.notes == ("page 1: no speech in 00:00:00–00:00:20",)


@cache
def statement() -> Reading:
    return recording.hear(STATEMENT, "audio/ogg", 1, None)


@needs_extra
class TestTheRealThing:
    def test_the_words_of_a_statement(self) -> None:
        (page,) = statement().pages
        assert page.language == "en"
        assert "deliver 200 cameras to the police" in page.text
        assert "send an alarm to the police" in page.text
        assert page.confidence is not None
        assert 0.6 < page.confidence < 1

    def test_the_same_sound_gives_the_same_reading(self, tmp_path: Path) -> None:
        shutil.copyfile(STATEMENT, tmp_path / "again")
        assert recording.hear(tmp_path / "again", "audio/ogg", 1, None) == statement()

    def test_it_is_counted_and_decoded_alike(self) -> None:
        tracks = sound.measure(STATEMENT, "audio/ogg")
        samples = sound.samples(STATEMENT, "audio/ogg", [(0, 60)])[0].samples
        assert tracks.seconds == pytest.approx(11.55, abs=0.1)
        assert len(samples) / RATE == pytest.approx(tracks.seconds, abs=0.1)
        middle = sound.samples(STATEMENT, "audio/ogg", [(2.5, 4)])[0].samples
        assert np.array_equal(middle, samples[round(2.5 * RATE) : 4 * RATE])

    @pytest.mark.parametrize("kept", [0, 30, 150])
    def test_a_file_without_sound_left_is_refused(self, tmp_path: Path, kept: int) -> None:
        path = tmp_path / "cut"
        path.write_bytes(STATEMENT.read_bytes()[:kept])
        with pytest.raises(ReadError, match=r"damaged|no sound"):
            READER.read(path, "audio/ogg", None, Limits(), MemorySink())

    def test_a_file_cut_short_is_read_as_far_as_it_goes(self, tmp_path: Path) -> None:
        path = tmp_path / "cut"
        path.write_bytes(STATEMENT.read_bytes()[:12_000])
        assert 3 < sound.measure(path, "audio/ogg").seconds < 8
        assert "200 cameras" in recording.hear(path, "audio/ogg", 1, "en").pages[0].text

    def test_bytes_lost_in_the_middle_move_nothing(self, tmp_path: Path) -> None:
        whole = STATEMENT.read_bytes()
        path = tmp_path / "holed"
        path.write_bytes(whole[:9_000] + bytes(3_000) + whole[12_000:])
        (cut,) = sound.samples(path, "audio/ogg", [(0, 60)])
        assert len(cut.samples) / RATE == pytest.approx(11.55, abs=0.1)
        assert cut.missing > 0.5

    @pytest.mark.parametrize("media", sorted(recording.FORMATS))
    def test_what_is_no_recording_is_refused(self, tmp_path: Path, media: str) -> None:
        path = tmp_path / "other"
        path.write_bytes(b"#EXTM3U\nfile:///etc/passwd\n" * 200)
        with pytest.raises(ReadError):
            READER.read(path, media, None, Limits(), MemorySink())

    def test_other_weights_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engine, "_SHA256", "0" * 64)
        with pytest.raises(CountersightError, match="damaged or others"):
            engine.recogniser.__wrapped__()
