from __future__ import annotations

import pytest

from countersight.read.charset import decode, meant
from countersight.read.guess import guess

CHINESE = [
    "关于安保科技公司的函",
    "平安城市视频监控系统采购合同",
    "甲方:某县公安局\n乙方:某科技有限公司\n",
    "合同编号:XJ-2022-117\r\n金额:人民币壹佰万元整",
    "型号,数量,单价\nDS-2CD,12,4500\n",
    "清真寺点位清单",
    "标包3不含税",
]
TAIWAN = ["臺北市政府警察局採購案", "監視錄影系統招標公告", "甲方同意於三個月內交付設備"]


@pytest.mark.parametrize("text", CHINESE)
@pytest.mark.parametrize("encoding", ["gb18030", "gb2312", "utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_short_mainland_texts(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("text", TAIWAN)
@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16-le", "utf-8"])
def test_short_traditional_texts(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("監視カメラシステムの調達について", "shift_jis"),
        ("監視カメラシステムの調達について", "euc_jp"),
        ("監視カメラシステムの調達について", "iso2022_jp"),
        ("감시 카메라 시스템 조달 계약서", "euc-kr"),
        ("Контракт на поставку камер видеонаблюдения", "windows-1251"),
        ("Контракт на поставку камер видеонаблюдения", "koi8-r"),
        ("Zamówienie publiczne: łączność", "windows-1250"),
        ("The vendor’s reply – “no such function”, £3,000", "windows-1252"),
        ("Güvenlik kamerası sözleşmesi", "windows-1254"),
        ("Σύμβαση προμήθειας καμερών", "windows-1253"),
    ],
)
def test_other_scripts(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    "text", ["Information\xa0Act.\xa0 However", "MPO—Gidropribor", "A\xa0poll\xa0shows", "Łódź, ćma", "č.j. 5"]
)
def test_little_utf8_in_a_plain_text_stays_utf8(text: str) -> None:
    read = decode(text.encode())
    assert (read.text, read.encoding, read.note) == (text, "utf-8", "")


def test_a_guess_is_noted_and_a_mark_is_not_a_guess() -> None:
    assert decode("采购合同".encode("gb18030")).note == "no encoding stated; read as gb18030"
    assert decode("采购合同".encode("utf-16")).note == ""


def test_lost_places_are_counted() -> None:
    read = decode(b"\xef\xbb\xbfone \xff two \xfe\xfe three")
    assert read.lost == 3
    assert "3 places could not be decoded as utf-8" in read.note


def test_a_replacement_character_in_the_source_is_not_lost() -> None:
    assert decode("\ufeffone \ufffd two".encode()).lost == 0


def test_labels_mean_what_browsers_take_them_for() -> None:
    assert decode("镕".encode("gb18030"), "gb2312").text == "镕"
    assert decode(b"\x93x\x94", "iso-8859-1").text == "“x”"
    assert meant("unicode_escape") is None
    assert meant("no such thing") is None


def test_a_false_label_is_gainsaid_with_a_note() -> None:
    read = decode("视频监控系统采购合同".encode("gb18030"), "iso-8859-1")
    assert read.text == "视频监控系统采购合同"
    assert "states 'iso-8859-1' but is not" in read.note


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff", b"\xff\xfe", b"\x1b$", b"\0" * 5000, bytes(range(256)) * 40])
def test_nothing_makes_it_fail(data: bytes) -> None:
    decode(data)
    guess(data)
