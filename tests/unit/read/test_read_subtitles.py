from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import BlockKind, Reading, Status
from countersight.ports import Limits
from countersight.read import choose
from countersight.read.subtitles import SRT, TRANSCRIPT, VTT, SubtitleReader

READER = SubtitleReader()


def read(tmp_path: Path, text: str | bytes, name: str = "a.txt") -> Reading:
    data = text.encode() if isinstance(text, str) else text
    path = tmp_path / "blob"
    path.write_bytes(data)
    found = choose(data[:4096], name)
    assert found is not None
    assert found[0].agent.name == "subtitles"
    return READER.read(path, found[1], None, Limits(), MemorySink())


def cues(reading: Reading) -> list[tuple[str, str]]:
    (page,) = reading.pages
    assert (page.origin, page.paged) == ("transcript", False)
    return [(b.ref, page.text[b.start : b.end]) for b in page.blocks if b.kind is BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a", "WEBVTT\n\n", VTT),
        ("a.txt", "\ufeffWEBVTT - x\n", VTT),
        ("a", "1\n00:00:01,000 --> 00:00:02,000\nx\n", SRT),
        ("a.srt", "no cue", SRT),
        ("a.txt", "[00:00:01] a\n[00:00:02] b\n[00:00:03] c", TRANSCRIPT),
        ("a.txt", "(00:01) a\n（00:02）b\n【00:03】c", TRANSCRIPT),
        ("a.txt", "00:00:01 a\n00:00:02 b\n00:00:03 c", TRANSCRIPT),
        ("a.txt", "甲 00:01\n好\n乙 00:02\n好\n甲 00:03\n好", TRANSCRIPT),
        ("a.txt", "[00:00:09] a\n[00:00:02] b\n[00:00:01] c", None),  # out of order
        ("a.txt", "[00:00:01] a\n[00:00:02] b\n", None),  # too few
        ("a.txt", "09:00 Opening\n10:30 Break\n11:00 Talk\n", None),  # an agenda
        ("a.log", "[12:00:04] x\n[12:00:05] y\n[12:00:06] z", None),
        ("a.csv", "00:00:01,a\n00:00:02,b\n00:00:03,c", None),
        ("a.txt", "WEBVTTS are a kind of file", None),
        ("a.txt", "x --> y\nplain", None),
        ("a.txt", "", None),
    ],
)
def test_claims(name: str, text: str, kind: str | None) -> None:
    assert READER.claims(text.encode(), name) == kind


def test_subrip(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "1\r\n00:12:04,120 --> 00:12:10,500\r\n<i>We installed</i> 300 {\\an8}cameras.\r\nIn two months.\r\n\r\n"
        "2\r\n00:13:00,000 --> 00:13:02,000 X1:1\r\n五百路摄像机。\r\n",
        "a.srt",
    )
    assert cues(reading) == [
        ("00:12:04–00:12:11", "We installed 300 cameras.\nIn two months."),
        ("00:13:00–00:13:02", "五百路摄像机。"),
    ]
    assert reading.notes == ("transcript, 2 cues up to 00:13:02",)
    assert (reading.status, reading.total) == (Status.READ, 0)


def test_webvtt_with_notes_voices_and_names_of_cues(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "WEBVTT - Hearing on cameras\nKind: captions\n\nNOTE\nDate: 2021-03-04\n\nSTYLE\n::cue { color: red }\n\n"
        "intro\n12:04.000 --> 12:11.001 align:start\n<v.loud Mr. A>We &amp; they <c.x>knew</c><00:12:05.000> it</v>\n\n"
        "NOTE a comment\n\n1:12:11.500 --> 1:12:12.000\n1 < 2\n",
    )
    assert cues(reading) == [("00:12:04–00:12:12", "Mr. A: We & they knew it"), ("01:12:11–01:12:12", "1 < 2")]
    assert reading.title == "Hearing on cameras"
    assert reading.dated is not None
    assert reading.dated.from_ == date(2021, 3, 4)


def test_odd_and_broken_cues_lose_no_words(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "stray\n\n1\n00:00:05,000 --> 00:00:09,000\na\n\n2\n00:00:08,000 --> 00:00:07,000\nb\n\n"
        "3\n00:0x:09 --> 00:10\nc\n"
        "4\n00:00:02,0 --> 00:00:03,000\nno line before\n\nand a gap\n\n5\n00:00:04,000 --> 00:00:05,000\n",
        "a.srt",
    )
    assert cues(reading) == [
        ("", "stray"),
        ("00:00:05–00:00:09", "a"),
        ("00:00:08", "b"),
        ("", "c"),
        ("00:00:02–00:00:03", "no line before\nand a gap"),
    ]
    assert reading.notes == (
        "transcript, 4 cues up to 00:00:09",
        "cues that overlap the one before: 1",
        "cues that begin before the one before: 1",
        "cues with times that make no sense: 2",
        "cues without words: 1",
    )


def test_captions_that_roll_up_are_shown_once(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "WEBVTT\n\n00:00.000 --> 00:02.000\nhello<00:00:00.500><c> world</c>\n\n"
        "00:02.000 --> 00:02.010\nhello world\n\n"
        "00:02.010 --> 00:04.000\nhello world\nnext<00:03.000><c> line</c>\n",
    )
    assert [text for _, text in cues(reading)] == ["hello world", "next line"]
    assert "captions that roll up: 2 repeated lines left out" in reading.notes


def test_words_said_twice_stay(tmp_path: Path) -> None:
    words = ["a", "No.", "No.", "b", "c", "d"]
    text = "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{word}\n\n" for n, word in enumerate(words))
    assert [text for _, text in cues(read(tmp_path, text))] == words


def test_a_transcript_with_speakers(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "Title: Interview with the Director\nDate: 4 March 2021\nPresent: A, B\n\n[00:00:04] A: How many?\n"
        "[00:00:07] B: Three hundred.\nAnd more.\n\n[00:00:20 - 00:00:22] A: [inaudible 00:00:21]\n",
    )
    assert reading.title == "Interview with the Director"
    assert reading.dated is not None
    assert reading.dated.from_ == date(2021, 3, 4)
    assert cues(reading) == [
        ("", "Present: A, B"),
        ("00:00:04–00:00:07", "A: How many?"),
        ("00:00:07–00:00:20", "B: Three hundred.\nAnd more."),
        ("00:00:20–00:00:22", "A: [inaudible 00:00:21]"),
    ]


def test_a_chinese_transcript_by_turns_in_gb18030(tmp_path: Path) -> None:
    text = "日期：2021年3月4日\n\n发言人1 00:05\n三百个摄像头。\n\n发言人2 00:12\n何时？\n发言人1 01:00:20\n去年。\n"
    reading = read(tmp_path, text.encode("gb18030"))
    assert cues(reading) == [
        ("00:00:05–00:00:12", "发言人1: 三百个摄像头。"),
        ("00:00:12–01:00:20", "发言人2: 何时？"),
        ("01:00:20", "发言人1: 去年。"),
    ]
    assert reading.dated is not None
    assert reading.dated.from_ == date(2021, 3, 4)
    assert "no encoding stated; read as gb18030" in reading.notes


def test_utf_16_subtitles(tmp_path: Path) -> None:
    data = "1\r\n00:00:01,000 --> 00:00:02,000\r\n监控\r\n".encode("utf-16")
    assert cues(read(tmp_path, data, "a.srt")) == [("00:00:01–00:00:02", "监控")]


def test_a_file_of_no_cues_still_gives_its_words(tmp_path: Path) -> None:
    reading = read(tmp_path, "only words", "a.srt")
    assert cues(reading) == [("", "only words")]
    assert reading.notes == ("transcript, 0 cues",)


def test_no_words_at_all(tmp_path: Path) -> None:
    reading = read(tmp_path, "WEBVTT\n")
    assert reading.pages[0].blank
    assert "no text in the file" in reading.notes


def test_empty_and_binary(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(b"")
    with pytest.raises(ReadError, match="empty"):
        READER.read(path, SRT, None, Limits(), MemorySink())
    path.write_bytes(b"1\n00:00:01,000 --> 00:00:02,000\n" + bytes(500))
    with pytest.raises(ReadError, match="not text"):
        READER.read(path, SRT, None, Limits(), MemorySink())


@pytest.mark.parametrize(
    "text",
    ["[" * 50_000, "0:00:00" * 20_000, "a " * 40_000 + "00:01", "<v " * 30_000, "-" * 90_000, "a" + " " * 90_000],
)
@pytest.mark.timeout(10)
def test_lines_made_to_be_slow(tmp_path: Path, text: str) -> None:
    head = "1\n00:00:01,000 --> 00:00:02,000\n"
    assert len(read(tmp_path, head + text + "\n" + text).pages) == 1
    stamps = "[00:01] a\n[00:02] b\n[00:03] c\n"
    assert len(read(tmp_path, stamps + text + "\n" + text).pages) == 1
