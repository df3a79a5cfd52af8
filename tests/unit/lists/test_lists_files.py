"""Files that are broken, hostile or no lists: a clear error each, and never a listing out of half a file."""

from __future__ import annotations

import csv
import resource
from pathlib import Path

import pytest

import listsmade as made
from countersight.errors import ListError
from countersight.lists.files import ListFile, elements
from countersight.lists.loading import load, sets

_LAUGHS = """<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><sdnList><sdnEntry><lastName>&c;</lastName></sdnEntry></sdnList>"""
_OUTSIDE = """<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<sdnList><sdnEntry><lastName>&x;</lastName><sdnType>Entity</sdnType></sdnEntry></sdnList>"""
_BARE_TYPE = '<?xml version="1.0"?><!DOCTYPE sdnList SYSTEM "http://example.org/x.dtd"><sdnList></sdnList>'
_DEEP = f"<sdnList>{'<a>' * 100_000}"


def read(tmp_path: Path, name: str, data: str | bytes) -> None:
    for format_, files in sets([ListFile.of(made.leave(tmp_path, name, data))]):
        load(format_, files)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.csv", "", "the file is empty"),
        ("blank.xml", " \n \n", "the file is empty"),
        ("sdn.xml", "<!DOCTYPE html><html><title>503</title></html>", "a web page, not a list"),
        ("sdn.csv", "\n\n<HTML><body>Access denied</body></HTML>", "a web page, not a list"),
        ("laughs.xml", _LAUGHS, "declares a document type or entities"),
        ("outside.xml", _OUTSIDE, "declares a document type or entities"),
        ("wide.xml", _OUTSIDE.replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16"), "declares a document type"),
        ("type.xml", _BARE_TYPE, "declares a document type or entities"),
        ("deep.xml", _DEEP, "nested more than 100 levels deep"),
        ("cut.xml", made.CLASSIC[:-40], "the XML is cut off"),
        ("broken.xml", made.CLASSIC.replace("</uid>", "</uidd>", 1), "the XML is broken"),
        ("entity.xml", made.CLASSIC.replace("LANTERN", "&nbsp;"), "the XML is broken"),
        ("none.xml", "<sdnList></sdnList>", "not one entry"),
        ("cut.json", made.CSL_JSON[:-30], "cut.json: "),
        ("cut.csv", (made.CSL_2019 + made.CSL_ROWS).rstrip("\n").rpartition(",NS-PLC")[0], "cut off in its last row"),
        ("cut.ftm.json", str(made.WHOLE["entities.ftm.json"]) + '{"id": "NK', "cut.ftm.json"),
        ("quote.csv", made.CSL_2019 + '"' + "x" * 200_000, "field larger than field limit"),
        ("nul.csv", made.CSL_2019.encode() + b"a,b\0c\n", "not text"),
        ("wide.csv", (made.CSL_2019 + made.CSL_ROWS).encode("utf-16-le"), "no list of a known format"),
        ("half.csv", (made.CSL_2019 + made.CSL_ROWS).encode("utf-16")[:-1], "not wholly UTF-16"),
        ("columns.csv", "name,colour\nExample Ltd,red\n", "no list of a known format"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "no list of a known format"),
        ("alt.csv", made.ALT, "its main file is missing"),
        ("faults.csv", made.CSL_2019 + "a,b\nc,d\n", "not one entry"),
    ],
)
def test_what_is_no_whole_list_is_refused(tmp_path: Path, name: str, data: str | bytes, said: str) -> None:
    with pytest.raises(ListError) as caught:
        read(tmp_path, name, data)
    assert said in caught.value.what
    assert caught.value.way_out
    assert caught.value.exit_code == 3


def test_quotation_marks_that_never_close_are_told_whatever_other_readers_allow(tmp_path: Path) -> None:
    usual = csv.field_size_limit(1 << 20)  # readers of records raise it for the whole process
    try:
        with pytest.raises(ListError, match="field larger than field limit"):
            read(tmp_path, "quote.csv", made.CSL_2019 + '"' + "x" * 200_000)
    finally:
        csv.field_size_limit(usual)


def test_a_packed_list_that_is_cut_off_or_damaged_is_refused(tmp_path: Path) -> None:
    whole = made.leave(tmp_path, "un.xml.gz", made.UN * 50).read_bytes()
    for data in (whole[: len(whole) // 2], whole[:20], whole[:-6] + b"abcdef"):
        path = tmp_path / "bad.xml.gz"
        path.write_bytes(data)
        with pytest.raises(ListError, match="cut off or damaged"):
            list(elements(ListFile.of(path), ("ENTITY",)))


def test_entities_never_reach_other_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRETWORD", encoding="utf-8")
    text = _OUTSIDE.replace("/etc/hostname", str(tmp_path / "secret"))
    with pytest.raises(ListError) as caught:
        read(tmp_path, "x.xml", text)
    assert "SECRETWORD" not in str(caught.value)


def test_a_missing_file_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="no such file"):
        ListFile.of(tmp_path / "nothing.csv")


def test_wide_text_with_its_mark_is_read(tmp_path: Path) -> None:
    file = ListFile.of(made.leave(tmp_path, "csl.csv", (made.CSL_2019 + made.CSL_ROWS).encode("utf-16")))
    assert sum(1 for _ in file.lines()) == 6


def test_rows_that_cannot_be_read_are_named_and_the_others_taken(tmp_path: Path) -> None:
    rows = made.CSL_ROWS.splitlines(keepends=True)
    path = made.leave(
        tmp_path, "csl.csv", made.CSL_2019 + rows[0] + "/,1\n" + rows[2] + "Unheard List,,Entity,,X" + "," * 12
    )
    account = load(*sets([ListFile.of(path)])[0]).account
    assert (account.organisations, account.faults, account.entries) == (2, 2, 4)
    assert [row for row, _ in account.set_aside] == ["line 3", "line 5"]
    assert "2 fields instead of 17" in account.set_aside[0][1]
    assert "Unheard List" in account.set_aside[1][1]


def test_a_long_list_is_read_an_element_at_a_time(tmp_path: Path) -> None:
    entry = made.UN.partition("<ENTITIES>")[2].partition("</ENTITIES>")[0]
    path = tmp_path / "un.xml"
    with path.open("w", encoding="utf-8") as out:
        out.write("<CONSOLIDATED_LIST><ENTITIES>")
        for _ in range(60_000):
            out.write(entry)
        out.write("</ENTITIES></CONSOLIDATED_LIST>")
    assert path.stat().st_size > 30_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for _ in elements(ListFile.of(path), ("ENTITY",))) == 60_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kilobytes
