from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from countersight.errors import UsageError
from countersight.store.search import index_form, parse


class Index:
    """The index of pages alone, as the store makes it."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute("CREATE VIRTUAL TABLE page_text USING fts5(text, tokenize='unicode61 remove_diacritics 0')")

    def fill(self, texts: Sequence[str]) -> None:
        self.db.execute("DELETE FROM page_text")
        rows = ((number, index_form(text)) for number, text in enumerate(texts))
        self.db.executemany("INSERT INTO page_text (rowid, text) VALUES (?, ?)", rows)

    def holding(self, query: str) -> list[int]:
        statement = "SELECT rowid FROM page_text WHERE page_text MATCH ? ORDER BY rowid"
        return [number for (number,) in self.db.execute(statement, (parse(query).match,))]


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    made = Index()
    with closing(made.db):
        yield made


def held(index: Index, text: str, query: str) -> list[str]:
    """The words a query finds in one text, [] where it does not hold. Index and places must agree."""
    index.fill([text])
    places = parse(query).places(text)
    assert bool(index.holding(query)) == bool(places), (text, query, places)
    return [text[start:end] for start, end in places]


# ── words ──


@pytest.mark.parametrize(
    ("text", "query", "words"),
    [
        ("新疆维吾尔族人员", "族", ["族"]),
        ("新疆维吾尔族人员", "维吾尔", ["维吾尔"]),
        ("少数民族与民族自治", "民族", ["民族", "民族"]),
        ("人民，族裔", "民族", ["民，族"]),  # separators between the words of a phrase do not count, as in FTS5
        ("人民政府的族裔", "民族", []),
        ("臺灣視頻監控", "台湾视频", ["臺灣視頻"]),
        ("台湾视频监控", "臺灣視頻", ["台湾视频"]),
        ("人 脸 识\n别", "人脸识别", ["人 脸 识\n别"]),
        ("人脸识别", "人 脸", ["人", "脸"]),
        ("a surveil-\nlance system", "surveillance", ["surveil-\nlance"]),
        ("face\n  recognition", '"face recognition"', ["face\n  recognition"]),
        ("Face-Recognition", '"face recognition"', ["Face-Recognition"]),
        ("recognition of a face", '"face recognition"', []),
        ("ＨＩＫＶＩＳＩＯＮ　ＤＳ－２ＣＤ", "hikvision", ["ＨＩＫＶＩＳＩＯＮ"]),
        ("HIKVISION", "ＨＩＫＶＩＳＩＯＮ", ["HIKVISION"]),
        ("Start of Article; a start, an art", "art", ["art"]),
        ("T4显卡、RT40、T4", "t4", ["T4", "T4"]),
        ("使用GPU显卡", "GPU显卡", ["GPU显卡"]),
        ("使用GPU，显卡", "gpu", ["GPU"]),
        ("camera_count=12", "camera", ["camera"]),
        ("camera_count=12", "camera_count", ["camera_count"]),
        ("DS-2CD2142FWD-I v5.3", "ds-2cd2142fwd-i", ["DS-2CD2142FWD-I"]),
        ("第〇一号", "〇一", ["〇一"]),
        ("𠮷野家的𠮷", "𠮷", ["𠮷", "𠮷"]),
        ("the ﬁnal ofﬁce", "final", ["ﬁnal"]),
        ("soft\u00adware and zero\u200bwidth", "software", ["soft\u00adware"]),
        ("████ 民族", "民族", ["民族"]),
        ("民族", "藏族", []),
        ("", "民族", []),
    ],
)
def test_what_is_found(index: Index, text: str, query: str, words: list[str]) -> None:
    assert held(index, text, query) == words


def test_han_without_spaces_is_searched_by_every_character() -> None:
    assert index_form("AI视频T4").split() == ["ai", "视", "频", "t4"]


# ── the language ──

TEXTS = ["民族 人脸", "民族 车牌", "人脸 车牌", "face recognition 民族路", "nothing"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("民族", [0, 1, 3]),
        ("民族 人脸", [0]),
        ("民族 AND 人脸", [0]),
        ("民族 OR 人脸", [0, 1, 2, 3]),
        ("民族 NOT 人脸", [1, 3]),
        ("民族 AND NOT 人脸", [1, 3]),
        ("民族 NOT 人脸 NOT 民族路", [1]),
        ("民族 NOT (人脸 OR 民族路)", [1]),
        ("民族 NOT 人脸 AND 车牌", [1]),
        ("人脸 OR 民族 车牌", [0, 1, 2]),  # side by side binds closer than OR
        ("(人脸 OR 民族) 车牌", [1, 2]),
        ("（人脸 OR 民族）AND 车牌", [1, 2]),
        ("(人脸 OR 民族)AND(车牌)", [1, 2]),
        ("((民族))", [0, 1, 3]),
        ("“face recognition”", [3]),
        ("face AND recognition", [3]),
        ('face OR "nothing"', [3, 4]),
        ("and", []),
        ('"AND"', []),
        ("nothing OR BRAND OR ORDER OR NOTE", [4]),
        ("text:nothing", []),
        ("noth*", []),
        ("NEAR(face recognition)", []),
        ("^nothing", [4]),
        ("-nothing", [4]),
        ("'nothing'; DROP TABLE page_text", []),
    ],
)
def test_the_query_language(index: Index, query: str, expected: list[int]) -> None:
    index.fill(TEXTS)
    assert index.holding(query) == expected


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "lacks a word at the end"),
        ("   　", "lacks a word at the end"),
        ("民族 AND", "lacks a word at the end"),
        ("OR 民族", "lacks a word before 'OR'"),
        ("NOT 民族", "lacks a word before 'NOT'"),
        ("a OR OR b", "lacks a word before 'OR'"),
        ("a NOT NOT b", "lacks a word before 'NOT'"),
        ("()", r"lacks a word before '\)'"),
        ("(a", "not closed"),
        ("（a OR (b)", "not closed"),
        ("a)", r"cannot read the query at '\)'"),
        ('""', "nothing can be searched"),
        ("、。", "nothing can be searched"),
        ("a AND ***", "nothing can be searched"),
        ("█████", "nothing can be searched"),
        ("(" * 5000 + "a" + ")" * 5000, "nests more than"),
    ],
)
def test_what_is_wrong_with_a_query_is_said(query: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        parse(query)
    assert "AND" in caught.value.way_out


@pytest.mark.parametrize("operator", [" ", " AND ", " OR ", " NOT "])
def test_a_long_query_is_not_too_much_for_the_index(index: Index, operator: str) -> None:
    index.fill([" ".join(f"w{number}" for number in range(2000)), "w0"])
    expected = {" NOT ": [1], " OR ": [0, 1]}.get(operator, [0])
    assert index.holding(operator.join(f"w{number}" for number in range(2000))) == expected
    assert index.holding("民" * 3000) == []


def test_brackets_as_deep_as_allowed_are_not_too_much_for_the_index(index: Index) -> None:
    index.fill(["a b c d e"])
    query = "e"
    for _ in range(8):
        query = f"x OR a b NOT x NOT y NOT ({query} c)"
    assert index.holding(query) in ([0], [])


SPECIAL = st.sampled_from(
    [*"\"()*^:-+.,{}[]\\/'“”（）　_#;\x00\n\t", "AND", "OR", "NOT", "NEAR", "text", "民族", "İ", "a"]
)


@given(st.lists(SPECIAL | st.text(max_size=3), max_size=12).map("".join) | st.text())
@example("a\x00b")
@example("\ud800")
@example("é e\u0301 ½ ² Ⅳ ꟁ \ue000")
@settings(max_examples=300, deadline=None)
def test_any_text_either_runs_or_is_refused(query: str) -> None:
    made = Index()
    with closing(made.db):
        made.fill(["民族 a AND b", query])
        try:
            parsed = parse(query)
        except UsageError:
            return
        made.db.execute("SELECT rowid FROM page_text WHERE page_text MATCH ?", (parsed.match,)).fetchall()
        assert parsed.places(query) == sorted(parsed.places(query))


WORDS = st.text("民族視頻监控𠮷〇", min_size=1, max_size=4) | st.text("abXY09Ｚé", min_size=1, max_size=4)
GAPS = st.sampled_from([" ", "\n", "  \n ", "，", "\t", "\n\n", "—", "　", "-\n"])


@given(st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=8), st.data())
@settings(max_examples=200, deadline=None)
def test_any_word_of_a_text_finds_it_and_the_place_says_that_word(
    parts: list[tuple[str, str]], data: st.DataObject
) -> None:
    text = "".join(word + gap for word, gap in parts) + "."
    word, _ = data.draw(st.sampled_from(parts))
    made = Index()
    with closing(made.db):
        places = parse(word).places(text)
        made.fill([text])
        assert bool(made.holding(word)) == bool(places)
        assert places or "-\n" in text, "only a hyphen at the end of a line makes a word half of another"
        for start, end in places:
            said, asked = ("".join(filter(str.isalnum, index_form(w))) for w in (text[start:end], word))
            assert said.startswith(asked)  # separators between its words do not count, and overlapping places are one
            assert said.endswith(asked)


# ── places ──


def test_overlapping_places_are_joined_and_touching_ones_are_not() -> None:
    text = "abc 少数民族地区民族"
    query = parse("少数民族 OR 民族地区 OR 民族")
    assert [text[start:end] for start, end in query.places(text)] == ["少数民族地区", "民族"]
    assert parse("民 OR 族").places("民族") == [(0, 1), (1, 2)]


def test_what_is_not_wanted_has_no_place() -> None:
    query = parse("民族 NOT (民族路 OR 路)")
    assert query.phrases == ("民族",)
    assert query.places("民族 路") == [(0, 2)]


def test_the_same_word_twice_is_one_phrase() -> None:
    assert parse("視頻 OR 视频 OR 视频").phrases == ("视频",)


def test_offsets_are_those_of_the_text_as_read() -> None:
    text = "\ufeff  ＡＢ  民\n 族\u200b、 ﬁne 民族"
    places = parse("民族 OR fine").places(text)
    assert [text[start:end] for start, end in places] == ["民\n 族", "ﬁne", "民族"]


# ── widening ──


def forms(word: str) -> Sequence[str]:
    return {"民族": ("ethnic group", "民族"), "nothing": ("***",)}.get(word, ())


def test_a_word_is_widened_and_each_form_is_quoted_where_it_stands(index: Index) -> None:
    query = parse("民族 camera", forms)
    index.fill(["ethnic groups, camera", "an ethnic-group camera", "民族 camera", "ethnic camera group"])
    found = index.db.execute("SELECT rowid FROM page_text WHERE page_text MATCH ? ORDER BY rowid", (query.match,))
    assert [number for (number,) in found] == [1, 2]
    assert query.phrases == ("民族", "ethnic group", "camera")


def test_a_form_of_marks_alone_widens_nothing() -> None:
    assert parse("nothing", forms).phrases == ("nothing",)


def test_a_word_under_not_is_widened_too() -> None:
    query = parse("camera NOT 民族", forms)
    assert "ethnic group" in query.match
    assert query.phrases == ("camera",)
