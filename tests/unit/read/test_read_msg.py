"""Outlook messages: fields, bodies in three forms, attachments, and what hostile hands make of them."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path

import pytest
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import BlockKind, Reading, Status
from countersight.ports import Limits
from countersight.read import choose
from countersight.read.cfb import packed
from countersight.read.msg import MEDIA_TYPE, MsgReader

DATA = Path(__file__).parents[4] / "shared" / "data" / "files"
Streams = dict[tuple[str, ...], bytes]
SUBJECT, BODY, HTML, RTF, HEADERS, CLASS = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D, 0x001A
SENT, PAGE, SENDER, SENDER_MAIL = 0x0039, 0x3FFD, 0x0C1A, 0x5D01
TICKS_2017 = 131_277_024_000_000_000  # 2017-01-01T00:00Z in tenths of microseconds since 1601


def item(properties: dict[int, int | str | bytes], header: int = 32, codepage: int = 0) -> Streams:
    """One storage: text as UTF-16, or as bytes where a code page is given; numbers of eight bytes."""
    rows, streams = b"", Streams()
    for number, value in {**properties, **({PAGE: codepage} if codepage else {})}.items():
        if isinstance(value, int):
            rows += struct.pack("<HHIQ", 3, number, 6, value)
        elif isinstance(value, bytes):
            streams[(f"__substg1.0_{number:04X}0102",)] = value
        elif codepage:
            streams[(f"__substg1.0_{number:04X}001E",)] = value.encode(f"cp{codepage}")
        else:
            streams[(f"__substg1.0_{number:04X}001F",)] = value.encode("utf-16-le")
    return {**streams, ("__properties_version1.0",): bytes(header) + rows}


def under(path: tuple[str, ...], streams: Streams) -> Streams:
    return {(*path, *name): data for name, data in streams.items()}


def person(number: int, name: str, mail: str, role: int, codepage: int = 0) -> Streams:
    return under((f"__recip_version1.0_#{number:08X}",), item({0x3001: name, 0x39FE: mail, 0x0C15: role}, 8, codepage))


def attached(number: int, properties: dict[int, int | str | bytes], inner: Streams | None = None) -> Streams:
    path = (f"__attach_version1.0_#{number:08X}",)
    return {**under(path, item(properties, 8)), **under((*path, "__substg1.0_3701000D"), inner or {})}


def compressed(text: bytes) -> bytes:
    """RTF as Outlook keeps it, every byte as it is (the kind without compression)."""
    return struct.pack("<IIII", len(text) + 12, len(text), 0x414C454D, 0) + text


def read(
    tmp_path: Path, streams: Streams | bytes, sink: MemorySink | None = None, limits: Limits | None = None
) -> Reading:
    path = tmp_path / "a.msg"
    path.write_bytes(streams if isinstance(streams, bytes) else packed(streams))
    return MsgReader().read(path, MEDIA_TYPE, None, limits or Limits(), sink or MemorySink())


def fields(reading: Reading) -> dict[str, str]:
    page = reading.pages[0]
    return {block.ref: page.text[block.start : block.end] for block in page.blocks if block.kind == BlockKind.FIELD}


def body(reading: Reading) -> str:
    return reading.pages[0].text.partition("\n\n")[2].strip()


class TestClaims:
    def test_by_its_streams_under_any_name(self) -> None:
        assert MsgReader().claims(packed(item({SUBJECT: "x"}))[:4096], "letter.doc") == MEDIA_TYPE

    def test_by_its_name_where_the_streams_are_far_away(self) -> None:
        head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        assert MsgReader().claims(head, "letter.msg") == MEDIA_TYPE
        assert MsgReader().claims(head, "letter.xls") is None

    def test_not_a_text_of_that_name(self) -> None:
        assert MsgReader().claims(b"Dear colleague", "letter.msg") is None


class TestFields:
    def test_of_properties_in_chinese(self, tmp_path: Path) -> None:
        streams = item(
            {SUBJECT: "关于采购的函", BODY: "您好", SENT: TICKS_2017, SENDER: "办公室", SENDER_MAIL: "a@example.org"}
        )
        found = read(
            tmp_path,
            {**streams, **person(0, "乙方", "b@example.org", 1), **person(1, "丙", "c@example.org", 3)},
        )
        assert fields(found) == {
            "Subject": "关于采购的函",
            "Date": "Sun, 01 Jan 2017 00:00:00 +0000",
            "From": "办公室 <a@example.org>",
            "To": "乙方 <b@example.org>",
            "Bcc": "丙 <c@example.org>",
        }
        assert (found.title, found.status, body(found)) == ("关于采购的函", Status.READ, "您好")
        assert found.dated is not None
        assert found.dated.from_ == date(2017, 1, 1)

    @pytest.mark.parametrize(
        ("codepage", "text"), [(936, "监控设备采购合同"), (950, "監控設備採購合約"), (1251, "Договор")]
    )
    def test_in_an_old_code_page(self, tmp_path: Path, codepage: int, text: str) -> None:
        streams = {
            **item({SUBJECT: text, BODY: text}, codepage=codepage),
            **person(0, text, "b@example.org", 1, codepage),
        }
        found = read(tmp_path, streams)
        assert fields(found) == {"Subject": text, "To": f"{text} <b@example.org>"}
        assert body(found) == text

    def test_the_fields_it_came_with_go_before(self, tmp_path: Path) -> None:
        came = "Received: x\r\nSubject: =?gbk?B?xOO6ww==?=\r\nDate: Mon, 6 Mar 2017 09:00:00 +0800\r\n\r\n"
        found = read(tmp_path, item({SUBJECT: "edited", HEADERS: came, SENDER: "Li", SENT: TICKS_2017}))
        assert fields(found) == {"Subject": "你好", "Date": "Mon, 6 Mar 2017 09:00:00 +0800", "From": "Li"}

    def test_an_address_inside_exchange_is_no_address(self, tmp_path: Path) -> None:
        found = read(tmp_path, {**item({SUBJECT: "x"}), **person(0, "Li", "/O=ORG/CN=LI", 1)})
        assert fields(found)["To"] == "Li"

    def test_an_appointment_says_that_it_is_one(self, tmp_path: Path) -> None:
        assert "class IPM.Appointment" in " ".join(read(tmp_path, item({SUBJECT: "x", CLASS: "IPM.Appointment"})).notes)

    def test_a_time_beyond_all_times_is_none(self, tmp_path: Path) -> None:
        assert read(tmp_path, item({SUBJECT: "x", SENT: (1 << 64) - 1})).dated is None


class TestBody:
    def test_html_in_the_stated_encoding(self, tmp_path: Path) -> None:
        html = "<p>维稳指挥平台</p><table><tr><td>型号</td><td>数量</td></tr></table>".encode("gb18030")
        found = read(tmp_path, item({SUBJECT: "x", HTML: html, 0x3FDE: 936}))
        assert body(found) == "维稳指挥平台\n型号\t数量"
        assert [block.ref for block in found.pages[0].blocks if block.kind == BlockKind.CELL] == ["T1R1C1", "T1R1C2"]

    def test_rich_text_where_there_is_nothing_else(self, tmp_path: Path) -> None:
        rtf = rb"{\rtf1\ansi\ansicpg936 \'b2\'c9\'b9\'ba\par\trowd\cellx9\cellx99\intbl 1\cell 2\cell\row}"
        found = read(tmp_path, item({SUBJECT: "x", RTF: compressed(rtf)}))
        assert body(found) == "采购\n1\t2"
        assert [block.ref for block in found.pages[0].blocks if block.kind == BlockKind.ROW] == ["T1R1"]

    def test_html_wrapped_in_rich_text(self, tmp_path: Path) -> None:
        rtf = (
            rb"{\rtf1\ansi\ansicpg936\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\b \htmlrtf0 \'b2\'c9\'b9\'ba"
            rb"{\*\htmltag72 </p><p>}\htmlrtf shown twice\htmlrtf0 {\*\htmltag84 &lt;}A"
            rb"{\*\htmltag84 &gt;}{\*\htmltag72 </p>}}"
        )
        found = read(tmp_path, item({SUBJECT: "x", RTF: compressed(rtf)}))
        assert body(found) == "采购\n<A>"

    def test_a_version_that_says_other_things_is_read_too(self, tmp_path: Path) -> None:
        rtf = compressed(rb"{\rtf1 the annex has a price that the other version of it leaves out}")
        found = read(tmp_path, item({SUBJECT: "x", BODY: "see the annex", RTF: rtf}))
        assert body(found) == "see the annex\nthe annex has a price that the other version of it leaves out"
        assert any("differs" in note for note in found.notes)

    def test_the_same_in_rich_text_is_not_repeated(self, tmp_path: Path) -> None:
        rtf = compressed(rb"{\rtf1 Dear colleague, see the annex.\par}")
        found = read(tmp_path, item({SUBJECT: "x", BODY: "Dear colleague,\r\nsee the annex.", RTF: rtf}))
        assert body(found) == "Dear colleague,\nsee the annex."

    @pytest.mark.parametrize("rtf", [b"short", bytes(40), compressed(b"{" * 5000)])
    def test_rich_text_that_cannot_be_read_is_told(self, tmp_path: Path, rtf: bytes) -> None:
        found = read(tmp_path, item({SUBJECT: "x", BODY: "plain", RTF: rtf}))
        assert (found.status, body(found)) == (Status.PARTIAL, "plain")
        assert "rich text was not read" in found.reason


class TestAttachments:
    def test_files_are_numbered_and_whole(self, tmp_path: Path) -> None:
        sink = MemorySink()
        streams = (
            item({SUBJECT: "x"}) | attached(0, {0x3707: "报价\n单.pdf", 0x3701: b"%PDF"}) | attached(1, {0x3701: b"2"})
        )
        found = read(tmp_path, streams, sink)
        assert [member.step for member in found.members] == [("attachment", "1 报价单.pdf"), ("attachment", "2 file")]
        assert [sink.of(member) for member in found.members] == [b"%PDF", b"2"]

    def test_a_message_in_the_message_becomes_one_of_its_own(self, tmp_path: Path) -> None:
        sink = MemorySink()
        inner = item({SUBJECT: "转发", BODY: "内文"}, 24) | attached(0, {0x3707: "b.txt", 0x3701: b"deep"})
        names = {("__nameid_version1.0", "__substg1.0_00030102"): b"\1" * 8}
        found = read(tmp_path, item({SUBJECT: "x"}) | names | attached(0, {0x3001: "shown"}, inner), sink)
        (member,) = found.members
        assert member.step == ("attachment", "1 转发.msg")
        data = sink.of(member)
        chosen = choose(data[:4096], "转发.msg")
        assert chosen is not None
        assert chosen[0].agent.name == "msg"
        again = read(tmp_path, data, sink)
        assert (again.title, body(again)) == ("转发", "内文")
        assert [sink.of(deep) for deep in again.members] == [b"deep"]

    def test_an_embedded_object_becomes_a_file(self, tmp_path: Path) -> None:
        sink = MemorySink()
        found = read(tmp_path, item({SUBJECT: "x"}) | attached(0, {0x3001: "表"}, {("CONTENTS",): b"%PDF-1"}), sink)
        assert [(member.step[1], sink.of(member)) for member in found.members] == [("1 表", b"%PDF-1")]

    def test_a_link_is_told_and_not_followed(self, tmp_path: Path) -> None:
        found = read(tmp_path, item({SUBJECT: "x"}) | attached(0, {0x370D: "\\\\server\\a.pdf"}))
        assert [(member.digest, member.fault) for member in found.members] == [
            (None, "not in the message: only a link to it")
        ]

    def test_nested_too_deep_and_too_many(self, tmp_path: Path) -> None:
        streams = item({SUBJECT: "x"}) | attached(0, {0x3701: b"1"}) | attached(1, {0x3701: b"2"})
        assert all(member.fault for member in read(tmp_path, streams, limits=Limits(depth=0)).members)
        few = read(tmp_path, streams, limits=Limits(members=1))
        assert (len(few.members), few.status) == (1, Status.PARTIAL)


class TestHostile:
    def test_empty_damaged_and_of_another_kind(self, tmp_path: Path) -> None:
        for data, words in (
            (b"", "empty"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
            (packed({("WordDocument",): b"x"}), "not an Outlook message"),
        ):
            with pytest.raises(ReadError, match=words):
                read(tmp_path, data)

    def test_too_large_for_the_memory_allowed(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="too large"):
            read(tmp_path, item({BODY: "x" * 5000}), limits=Limits(memory=10_000))

    def test_cut_anywhere_it_is_read_or_told(self, tmp_path: Path) -> None:
        streams = item({SUBJECT: "题", BODY: "x" * 5000, HTML: b"<p>y"}) | attached(0, {0x3701: b"z" * 9000})
        data = packed(streams)
        for end in range(8, len(data), 997):
            try:
                found = read(tmp_path, data[:end])
            except ReadError as error:
                assert error.what  # noqa: PT017 (either outcome is right)
            else:
                assert found.pages

    def test_damaged_bytes_never_crash(self, tmp_path: Path) -> None:
        data = packed(
            item({SUBJECT: "题", BODY: "x" * 500}) | person(0, "a", "b", 1) | attached(0, {0x3701: b"z" * 900})
        )
        for at in range(28, len(data), 61):
            flipped = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
            try:
                read(tmp_path, flipped)
            except ReadError as error:
                assert error.what  # noqa: PT017 (either outcome is right)

    def test_one_damaged_attachment_leaves_the_rest(self, tmp_path: Path) -> None:
        streams = item({SUBJECT: "x", BODY: "words"}) | attached(0, {0x3701: b"a" * 9000}) | attached(1, {0x3701: b"b"})
        data = packed(streams)
        at = data.index("__substg1.0_37010102".encode("utf-16-le"))
        broken = data[: at + 116] + b"\xff\xff\xff\x7f" + data[at + 120 :]  # where the first of them begins
        found = read(tmp_path, broken)
        assert (found.title, body(found), found.status) == ("x", "words", Status.PARTIAL)
        assert "damaged" in found.reason
        assert [member.size for member in found.members][1:] == [1]

    def test_streams_that_share_their_bytes_end_at_the_limit(self, tmp_path: Path) -> None:
        many = item({SUBJECT: "x"})
        for n in range(5):
            many |= attached(n, {0x3701: bytes(50_000)})
        found = read(tmp_path, many, limits=Limits(unpacked=120_000))
        assert [bool(member.digest) for member in found.members] == [True, True, False, False, False]


@pytest.mark.realdata
@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")
class TestRealMessages:
    def of(self, name: str) -> Reading:
        return MsgReader().read(DATA / name, MEDIA_TYPE, None, Limits(), MemorySink())

    def test_traditional_chinese_in_code_page_950(self) -> None:
        found = self.of("msg/poi/chinese-traditional.msg")
        assert found.title == "Alfresco MSG format testing ( MSG 格式測試 )"
        assert "豐泰企業 ( 股 ) 公司產業工會 2011 年第 11 屆第 3 次理、監事會議記錄" in found.pages[0].text
        assert found.dated is not None
        assert found.dated.from_ == date(2011, 3, 29)

    def test_a_message_attached_and_a_file(self) -> None:
        found = self.of("msg/poi/attachment_msg_pdf.msg")
        assert [(m.step[1], m.size) for m in found.members][1] == ("2 smbprn.00009008.KdcPjl.pdf", 13539)
        assert found.members[0].step == ("attachment", "1 Test Attachment.msg")
        assert found.notes == ()

    def test_cyrillic_html_in_bytes(self) -> None:
        assert "HTML автоматически" in self.of("msg/poi/HTMLBodyBinary_CP1251.msg").pages[0].text

    def test_blind_copies_of_a_sent_message(self) -> None:
        assert fields(self.of("mixed/fake-email-with-cc-and-bcc.msg"))["Bcc"] == "hello@unstructured.io"
