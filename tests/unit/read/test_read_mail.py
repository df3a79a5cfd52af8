from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import BlockKind, DateSpan, Reading, Status
from countersight.ports import Limits
from countersight.read.mail import MailReader
from countersight.read.mbox import MboxReader

READER = MailReader()
TOP = b"From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n"


def read(tmp_path: Path, data: bytes, sink: MemorySink | None = None, limits: Limits | None = None) -> Reading:
    path = tmp_path / "mail.eml"
    path.write_bytes(data)
    media_type = READER.claims(data[:4096], path.name)
    assert media_type == "message/rfc822"
    return READER.read(path, media_type, None, limits or Limits(), sink or MemorySink())


def body(reading: Reading) -> str:
    return reading.pages[0].text.split("\n\n", 1)[1]


def parts(kind: str, *inner: bytes, top: bytes = TOP) -> bytes:
    head = top + f'Content-Type: multipart/{kind}; boundary="b{kind}"\r\n\r\n'.encode()
    delimiter = f"--b{kind}".encode()
    return head + b"".join(delimiter + b"\r\n" + part + b"\r\n" for part in inner) + delimiter + b"--\r\n"


PLAIN = "Content-Type: text/plain; charset=utf-8\r\n\r\n采购人答复如下。".encode()
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>采购人<b>答复</b>如下。</p>".encode()


def test_fields_body_title_and_day(tmp_path: Path) -> None:
    data = (
        "Subject: =?gb2312?B?{}?=\r\nDate: Tue, 28 Feb 2023 23:30:00 -0800\r\n"
        "From: =?utf-8?Q?=E5=8E=BF?= <x@example.org>\r\n"
        "To: b@example.org\r\nCc: c@example.org\r\nReceived: by mx\r\n\r\n第一行\r\n第二行\r\n"
    ).format(base64.b64encode("关于监控项目".encode("gb2312")).decode())
    reading = read(tmp_path, data.encode())
    page = reading.pages[0]
    assert reading.title == "关于监控项目"
    on = date(2023, 2, 28)
    assert reading.dated == DateSpan(on, on, "Tue, 28 Feb 2023 23:30:00 -0800")
    assert body(reading) == "第一行\n第二行\n"
    assert (page.number, page.paged, reading.total, reading.status) == (1, False, 0, Status.READ)
    fields = {block.ref: page.text[block.start : block.end] for block in page.blocks if block.kind is BlockKind.FIELD}
    assert fields == {
        "Subject": "关于监控项目",
        "Date": "Tue, 28 Feb 2023 23:30:00 -0800",
        "From": "县 <x@example.org>",
        "To": "b@example.org",
        "Cc": "c@example.org",
    }


def test_an_encoded_word_cut_inside_a_character(tmp_path: Path) -> None:
    raw = "采购合同".encode()
    words = b"\r\n ".join(b"=?UTF-8?B?" + base64.b64encode(piece) + b"?=" for piece in (raw[:4], raw[4:]))
    assert read(tmp_path, b"Subject: " + words + b"\r\n" + TOP + b"\r\nx").title == "采购合同"


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("人脸识别采购".encode("gb18030"), "人脸识别采购"),
        ("人脸识别采购".encode(), "人脸识别采购"),
        ("Überwachung".encode("latin-1"), "Überwachung"),
        (b"=?gb2312?B?" + base64.b64encode("李囍喆".encode("gbk")) + b"?=", "李囍喆"),
        (b"=?x-unknown?Q?plain?=", "plain"),
        (b"=?utf-8?B?!!!?= and =?utf-8?Q?more?=", "and more"),
        (b"=?broken", "=?broken"),
        (b"RE: =?utf-8?q?a_b?= c", "RE: a b c"),
    ],
)
def test_subjects_as_they_really_come(tmp_path: Path, subject: bytes, title: str) -> None:
    assert read(tmp_path, b"Subject: " + subject + b"\r\n" + TOP + b"\r\nx").title == title


def test_a_body_labelled_gb2312_that_is_gbk(tmp_path: Path) -> None:
    text = "朱镕基大街喆囍路口，新增摄像机二百一十台。"
    data = (
        TOP
        + b"Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + text.encode("gbk")
    )
    reading = read(tmp_path, data)
    assert body(reading) == text
    assert reading.notes == ()


def test_base64_and_quoted_printable_bodies(tmp_path: Path) -> None:
    old, new = "驗收報告：全部合格，共計二百一十台攝影機。", "验收报告：全部合格，共计二百一十台摄像机。"
    head = TOP + b"Content-Type: text/plain; charset=big5\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert body(read(tmp_path, head + base64.encodebytes(old.encode("big5")))) == old
    head = TOP + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    assert body(read(tmp_path, head + binascii.b2a_qp(new.encode()))) == new


def test_plain_and_html_saying_the_same_are_read_once(tmp_path: Path) -> None:
    reading = read(tmp_path, parts("alternative", PLAIN, HTML))
    assert body(reading) == "采购人答复如下。"
    assert (reading.members, reading.notes) == ((), ())


def test_html_alone_or_beside_empty_plain_text_is_read(tmp_path: Path) -> None:
    empty = b"Content-Type: text/plain\r\n\r\n \r\n"
    for data in (parts("alternative", empty, HTML), parts("mixed", HTML), TOP + HTML):
        reading = read(tmp_path, data)
        assert body(reading).strip() == "采购人答复如下。"
        assert reading.notes == ()


def test_html_that_says_other_things_is_read_too(tmp_path: Path) -> None:
    other = (
        "Content-Type: text/html; charset=utf-8\r\n\r\n<table><tr><td>摄像机</td><td>210台</td></tr></table>".encode()
    )
    reading = read(tmp_path, parts("alternative", PLAIN, other))
    page = reading.pages[0]
    assert body(reading) == "采购人答复如下。\n摄像机\t210台\n"
    cells = [page.text[b.start : b.end] for b in page.blocks if b.kind is BlockKind.CELL]
    assert cells == ["摄像机", "210台"]
    assert "both were read" in reading.notes[0]


def test_the_html_of_a_mail_is_decoded_by_the_mails_label(tmp_path: Path) -> None:
    html = "<meta charset=utf-8><p>采购人答复如下</p>".encode("gb18030")
    reading = read(tmp_path, TOP + b"Content-Type: text/html; charset=gbk\r\n\r\n" + html)
    assert body(reading).strip() == "采购人答复如下"


def attachment(disposition: bytes, data: bytes = b"%PDF-1.4") -> bytes:
    head = b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: " + disposition
    return head + b"\r\n\r\n" + base64.encodebytes(data)


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b'attachment; filename="offer.pdf"', "offer.pdf"),
        (b"attachment; filename*=utf-8''%E5%90%88%E5%90%8C.pdf", "合同.pdf"),
        (b"attachment; filename*=gb2312''%BA%CF%CD%AC%86%B4.pdf", "合同喆.pdf"),
        (b"attachment; filename*0*=utf-8''%E5%90%88;\r\n filename*1*=%E5%90%8C;\r\n filename*2=.pdf", "合同.pdf"),
        (b'attachment; filename="=?gb18030?B?' + base64.b64encode("合同.pdf".encode("gb18030")) + b'?="', "合同.pdf"),
        (b'attachment; filename="' + "监控合同文件.pdf".encode("gb18030") + b'"', "监控合同文件.pdf"),
        (b'attachment; filename="' + "合同.pdf".encode() + b'"', "合同.pdf"),
        (b'attachment; filename="../../x.pdf"', "../../x.pdf"),
        (b"attachment; filename*=a; filename*0=b", "pdf.pdf"),
        (b"attachment", "pdf.pdf"),
    ],
)
def test_names_of_attachments(tmp_path: Path, disposition: bytes, name: str) -> None:
    sink = MemorySink()
    (member,) = read(tmp_path, parts("mixed", PLAIN, attachment(disposition)), sink).members
    assert member.step == ("attachment", f"1 {name}")
    assert sink.of(member) == b"%PDF-1.4"


def test_pictures_inside_the_text_and_unnamed_parts_are_members(tmp_path: Path) -> None:
    picture = b"Content-Type: image/png\r\nContent-ID: <p>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw=="
    page = b'Content-Type: text/html\r\n\r\n<p>See</p><img src="cid:p"><img src="http://example.org/x.png">'
    calendar = b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR"
    reading = read(tmp_path, parts("alternative", PLAIN, parts("related", page, picture, top=b""), calendar))
    assert [member.step[1] for member in reading.members] == ["1 png.png", "2 calendar.ics"]
    assert "1 linked image not part of the file" in reading.notes


def test_a_forwarded_message_is_a_member_that_can_be_read(tmp_path: Path) -> None:
    inner = "Subject: 原信\r\nFrom: c@example.org\r\nMessage-ID: <1@x>\r\n\r\n正文\r\n".encode()
    for encoding, held in ((b"", inner), (b"Content-Transfer-Encoding: base64\r\n", base64.encodebytes(inner))):
        sink = MemorySink()
        part = b"Content-Type: message/rfc822\r\n" + encoding + b"\r\n" + held
        (member,) = read(tmp_path, parts("mixed", PLAIN, part), sink).members
        again = read(tmp_path, sink.of(member))
        assert (again.title, body(again).strip()) == ("原信", "正文")
        assert sink.of(member).strip() == inner.strip()


def test_a_file_written_into_the_text_is_a_member(tmp_path: Path) -> None:
    lines = b"".join(binascii.b2a_uu(piece) for piece in (b"x" * 45, b"yz"))
    sink = MemorySink()
    reading = read(
        tmp_path, TOP + b"\r\nSee below.\r\n\r\nbegin 644 report one.doc\r\n" + lines + b"`\r\nend\r\nRegards\r\n", sink
    )
    (member,) = reading.members
    assert member.step == ("attachment", "1 report one.doc")
    assert sink.of(member) == b"x" * 45 + b"yz"
    assert body(reading) == "See below.\n\n[report one.doc]\nRegards\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (TOP + b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIAG", "S/MIME"),
        (TOP + b"Content-Type: application/x-pkcs7-mime; name=smime.p7m\r\n\r\nMIAG", "S/MIME"),
        (
            parts(
                "encrypted",
                b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
                b"\r\n-----BEGIN PGP MESSAGE-----",
            ),
            "PGP",
        ),
        (TOP + b"\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQ==\r\n", "PGP"),
        (TOP + b"Content-Type: message/partial; id=x; number=1; total=2\r\n\r\nSubject: x\r\n\r\ny", "a piece"),
        (TOP + b"Content-Type: multipart/mixed; boundary=zz\r\n\r\nno boundary at all", "damaged"),
        (TOP + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJjZ", "cut off"),
    ],
)
def test_what_cannot_be_read_makes_it_partial(tmp_path: Path, data: bytes, reason: str) -> None:
    reading = read(tmp_path, data)
    assert reading.status is Status.PARTIAL
    assert reason in reading.reason


def test_a_signed_mail_is_read_and_its_signature_a_member(tmp_path: Path) -> None:
    reading = read(
        tmp_path, parts("signed", PLAIN, b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nMIIA")
    )
    assert (reading.status, body(reading)) == (Status.READ, "采购人答复如下。")
    assert [member.step[1] for member in reading.members] == ["1 smime.p7s"]


def test_parts_after_the_end_mark_are_read(tmp_path: Path) -> None:
    data = parts("mixed", PLAIN)
    more = b"--bmixed\r\n" + attachment(b"attachment; filename=late.pdf") + b"\r\n--bmixed--\r\n"
    reading = read(tmp_path, data + b"\r\n" + more)
    assert [member.step[1] for member in reading.members] == ["1 late.pdf"]
    assert "its parts go on after the mark of their end" in reading.notes


def test_a_mail_cut_off_is_noted(tmp_path: Path) -> None:
    data = parts("mixed", PLAIN, attachment(b"attachment; filename=a.pdf"))[:-12]
    assert "cut off" in read(tmp_path, data).notes[0]


def test_limits_hold(tmp_path: Path) -> None:
    mail = parts("mixed", PLAIN, *(attachment(b"attachment; filename=a.pdf", bytes([n]) * 100) for n in range(5)))
    deep = read(tmp_path, mail, limits=replace(Limits(), depth=0))
    assert {member.fault for member in deep.members} == {"nested too deep"}
    few = read(tmp_path, mail, limits=replace(Limits(), members=2))
    assert (len(few.members), few.status) == (2, Status.PARTIAL)
    small = read(tmp_path, mail, limits=replace(Limits(), unpacked=250))
    assert [bool(member.digest) for member in small.members] == [True, True, False, False, False]
    with pytest.raises(ReadError, match="too large") as error:
        read(tmp_path, mail, limits=replace(Limits(), memory=100))
    assert error.value.status == "skipped"


def test_parts_nested_without_end_are_refused(tmp_path: Path) -> None:
    data = TOP + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3000))
    with pytest.raises(ReadError, match="nested too deeply"):
        read(tmp_path, data)


@pytest.mark.parametrize(
    ("field", "on"),
    [
        ("Fri, 1 Dec 22 10:00:00 GMT", date(2022, 12, 1)),
        ("2022-12-01T10:00:00Z", date(2022, 12, 1)),
        ("2022年12月1日 10:00", date(2022, 12, 1)),
        ("1 December 2022", date(2022, 12, 1)),
        ("Thu, 31 Nov 2022 10:00:00 +0800", None),
        ("yesterday", None),
    ],
)
def test_days_are_those_the_writer_wrote(tmp_path: Path, field: str, on: date | None) -> None:
    reading = read(tmp_path, f"Date: {field}\r\n".encode() + TOP + b"\r\nx")
    assert (reading.dated and reading.dated.from_) == on
    assert bool(reading.notes) is (on is None)


def test_other_wrappings_of_a_mail(tmp_path: Path) -> None:
    mail = "Subject: 信\r\n".encode() + TOP + b"\r\nText\r\n"
    wrapped = {
        "apple": b"%d      \n" % len(mail) + mail + b"<?xml version='1.0'?><plist/>",
        "bom": b"\xef\xbb\xbf" + mail,
        "utf-16": mail.decode().encode("utf-16"),
        "utf-16-le": mail.decode().encode("utf-16-le"),
        "blank lines": b"\r\n\r\n" + mail,
        "envelope": b"From a@example.org Fri Dec  2 10:00:00 2022\r\n" + mail,
    }
    for how, data in wrapped.items():
        reading = read(tmp_path, data)
        assert (reading.title, body(reading)) == ("信", "Text\n"), how


def test_claims() -> None:
    assert READER.claims(b"Received: x\r\nSubject: y\r\n", "noname") == "message/rfc822"
    assert READER.claims(b"From: A\nTo: B\nDate: C\nSubject: D\n\nA memo.", "memo.txt") is None
    assert READER.claims(b"plain words", "a.eml") == "message/rfc822"
    assert READER.claims(b"\x00\x01\x02\x03" * 9, "a.eml") is None
    assert READER.claims(b"", "a.txt") is None


def test_flipped_bytes_never_raise_anything_else(tmp_path: Path) -> None:
    data = parts(
        "mixed", parts("alternative", PLAIN, HTML, top=b""), attachment(b"attachment; filename*=utf-8''%E5%90%88")
    )
    path = tmp_path / "a.eml"
    for at in range(0, len(data), 2):
        for change in (b"", b"\xff", b"\n", b'"'):
            path.write_bytes(data[:at] + change + data[at + 1 :])
            try:
                READER.read(path, "message/rfc822", None, Limits(), MemorySink())
            except ReadError:
                continue


def test_a_mailbox_gives_its_messages(tmp_path: Path) -> None:
    first = b"Subject: one\nFrom: a@example.org\n\nFrom here on it is text.\n\nFrom the sea\nto the hills.\n\n"
    second = b"Subject: two\nFrom: b@example.org\n\n>From quoted\n"
    path = tmp_path / "letters.mbox"
    path.write_bytes(b"From a Fri Dec  2 10:00:00 2022\n" + first + b"From b Fri Dec  2 11:00:00 2022\n" + second)
    sink, reader = MemorySink(), MboxReader()
    assert reader.claims(path.read_bytes(), path.name) == "application/mbox"
    reading = reader.read(path, "application/mbox", None, Limits(), sink)
    assert [member.step for member in reading.members] == [("message", "1"), ("message", "2")]
    assert [sink.of(member) for member in reading.members] == [first, second]
    few = reader.read(path, "application/mbox", None, replace(Limits(), members=1), sink)
    assert (few.status, "1 message beyond" in few.reason) == (Status.PARTIAL, True)


def test_a_text_that_begins_with_from_is_no_mailbox() -> None:
    assert MboxReader().claims(b"From the start it was clear:\nnothing else.", "a.txt") is None
