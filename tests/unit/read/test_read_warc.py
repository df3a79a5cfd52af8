from __future__ import annotations

import base64
import gzip
import hashlib
import io
import zipfile
import zlib
from datetime import date
from pathlib import Path

import brotli
import pytest
from read_sink import MemorySink

from countersight.errors import ReadError
from countersight.model import BlockKind, Reading, Status
from countersight.ports import Limits
from countersight.read import choose, unsupported
from countersight.read.warc import MEDIA_TYPE, WarcReader

READER = WarcReader()
HTML = "<!doctype html><html><body><p>平安城市项目二期</p></body></html>".encode()


def record(kind: str, block: bytes, url: str = "https://example.org/", **fields: str) -> bytes:
    known = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": "2021-03-04T05:06:07Z",
        "Content-Length": str(len(block)),
    }
    known |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in known.items() if value)
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def http(body: bytes, *fields: str, status: str = "200 OK") -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *fields, "", "")).encode() + body


def response(body: bytes, *fields: str, url: str = "https://example.org/", **more: str) -> bytes:
    return record("response", http(body, *fields), url, Content_Type="application/http; msgtype=response", **more)


def request(block: bytes, **more: str) -> bytes:
    return record("request", block, Content_Type="application/http; msgtype=request", **more)


def read(tmp_path: Path, data: bytes, sink: MemorySink | None = None, limits: Limits | None = None) -> Reading:
    path = tmp_path / "blob"
    path.write_bytes(data)
    assert READER.claims(data[:4096], "") == MEDIA_TYPE
    return READER.read(path, MEDIA_TYPE, None, limits or Limits(), sink or MemorySink())


def only(tmp_path: Path, data: bytes) -> tuple[bytes, Reading]:
    sink = MemorySink()
    reading = read(tmp_path, data, sink)
    (member,) = reading.members
    return sink.of(member), reading


def fields(reading: Reading) -> list[tuple[str, str]]:
    page = reading.pages[0]
    return [(b.ref, page.text[b.start : b.end]) for b in page.blocks if b.kind is BlockKind.FIELD]


def test_what_was_captured_is_a_member_and_its_record_tells_address_and_time(tmp_path: Path) -> None:
    body, reading = only(tmp_path, response(HTML, "Content-Type: text/html", "Set-Cookie: id=secret"))
    assert body == HTML
    assert reading.members[0].step == ("member", "1 https://example.org/")
    assert fields(reading) == [
        ("WARC-Target-URI", "https://example.org/"),
        ("WARC-Date", "2021-03-04T05:06:07Z"),
        ("HTTP-Status", "200 OK"),
        ("content-type".title(), "text/html"),
    ]
    page = reading.pages[0]
    assert [page.text[b.start : b.end] for b in page.blocks if b.kind is BlockKind.HEADING] == [
        "1 response https://example.org/"
    ]
    assert "secret" not in page.text
    assert reading.dated is not None
    assert reading.dated.from_ == date(2021, 3, 4)
    assert (reading.status, reading.total, page.paged) == (Status.READ, 0, False)
    assert reading.notes == ("web capture, 1 response",)


@pytest.mark.parametrize(
    ("stated", "note"),
    [
        ("2021-03-04T05:06:07.123456Z", "captured 2021-03-04T05:06:07.123456Z"),
        ("2021-03", "captured 2021-03"),
        ("yesterday, by wang@example.org", ""),
        ("2021" + "0" * 1000, ""),
        ("", ""),
    ],
)
def test_the_time_of_capture_goes_with_what_was_captured(tmp_path: Path, stated: str, note: str) -> None:
    (member,) = read(tmp_path, response(HTML, "Content-Type: text/html", WARC_Date=stated)).members
    assert member.note == note


def test_requests_are_told_without_their_secrets_and_paired(tmp_path: Path) -> None:
    asked = b"POST /login?x=1 HTTP/1.1\r\nCookie: id=secret\r\nAuthorization: Basic c2VjcmV0\r\n\r\nname=a"
    data = response(HTML, WARC_Record_ID="<urn:uuid:1>") + request(asked, WARC_Concurrent_To="<urn:uuid:1>")
    sink = MemorySink()
    reading = read(tmp_path, data, sink)
    assert [member.step[1] for member in reading.members] == [
        "1 https://example.org/",
        "2 request https://example.org/",
    ]
    assert sink.of(reading.members[1]) == b"name=a"
    assert ("Request", "POST") in fields(reading)
    assert ("Belongs-To", "record 1") in fields(reading)
    assert "secret" not in reading.pages[0].text
    assert "c2VjcmV0" not in reading.pages[0].text


def test_a_request_before_its_response_is_paired_too(tmp_path: Path) -> None:
    asked = request(b"GET / HTTP/1.1\r\n\r\n", WARC_Concurrent_To="<urn:uuid:1>")
    reading = read(tmp_path, asked + response(HTML, WARC_Record_ID="<urn:uuid:1>"))
    assert ("Belongs-To", "record 1") in fields(reading)
    assert [member.step[1] for member in reading.members] == ["2 https://example.org/"]


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + end


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda data: gzip.compress(data[:20], mtime=0) + gzip.compress(data[20:], mtime=0) + bytes(8)),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("identity", bytes),
        ("gzip, br", lambda data: brotli.compress(gzip.compress(data, mtime=0))),
    ],
)
@pytest.mark.parametrize("cut", [1, 10, 10_000])
def test_codings_are_undone(tmp_path: Path, coding: str, pack: object, cut: int) -> None:
    packed = pack(HTML)  # type: ignore[operator]
    pieces = [packed[at : at + cut] for at in range(0, len(packed), cut)]
    data = response(chunked(*pieces), "Transfer-Encoding: chunked", f"Content-Encoding: {coding}")
    body, reading = only(tmp_path, data)
    assert body == HTML
    assert reading.reason == ""


@pytest.mark.parametrize("field", ["Transfer-Encoding: chunked", "Content-Encoding: gzip", "Content-Encoding: br"])
def test_codings_undone_before_they_were_kept(tmp_path: Path, field: str) -> None:
    body, reading = only(tmp_path, response(HTML, field))
    assert body == HTML
    assert reading.status is Status.READ


def test_a_coding_not_known_is_told_and_the_bytes_are_kept(tmp_path: Path) -> None:
    body, reading = only(tmp_path, response(b"\x28\xb5\x2f\xfdxx", "Content-Encoding: zstd"))
    assert body == b"\x28\xb5\x2f\xfdxx"
    assert reading.reason == "record 1: content coding 'zstd' not undone"


@pytest.mark.parametrize(
    ("body", "field", "fault"),
    [
        (chunked(b"abc", b"def", end=b""), "Transfer-Encoding: chunked", "ends before its last chunk"),
        (b"3\r\nabc\r\nffff\r\ndef", "Transfer-Encoding: chunked", "ends before its last chunk"),
        (gzip.compress(b"abcdef" * 9, mtime=0)[:-9], "Content-Encoding: gzip", "ends before its end"),
    ],
)
def test_bodies_cut_off_give_what_is_there(tmp_path: Path, body: bytes, field: str, fault: str) -> None:
    kept, reading = only(tmp_path, response(body, field))
    assert kept.startswith(b"abcdef")
    assert fault in reading.reason
    assert reading.status is Status.PARTIAL


def test_packed_record_by_record(tmp_path: Path) -> None:
    data = b"".join(gzip.compress(response(HTML + bytes([n]), url=f"https://example.org/{n}")) for n in range(5))
    reading = read(tmp_path, data)
    assert [member.step[1] for member in reading.members] == [f"{n + 1} https://example.org/{n}" for n in range(5)]
    found = choose(data[:4096], "capture.warc.gz")
    assert found is not None
    assert found[0].agent.name == "warc"


def test_a_packed_text_that_is_no_capture_stays_an_archive() -> None:
    found = choose(gzip.compress(b"WARC is a format", mtime=0), "a.gz")
    assert found is not None
    assert found[0].agent.name == "archive"


def test_a_file_cut_off_tells_what_is_missing(tmp_path: Path) -> None:
    whole = response(HTML) + response(HTML * 2, url="https://example.org/2")
    sink = MemorySink()
    reading = read(tmp_path, whole[:-50], sink)
    assert reading.status is Status.PARTIAL
    assert reading.reason == "ends inside record 2: 46 bytes of it are missing"
    assert sink.of(reading.members[1]) == (HTML * 2)[:-46]


def test_damaged_packing_ends_the_file_there(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(response(HTML)) + gzip.compress(response(HTML * 50)))
    packed[-30] ^= 0xFF
    reading = read(tmp_path, bytes(packed))
    assert reading.status is Status.PARTIAL
    assert "its packing is damaged" in reading.reason
    assert reading.members[0].digest is not None


def test_bytes_between_records_are_told_and_passed(tmp_path: Path) -> None:
    reading = read(tmp_path, response(HTML) + b"garbage\nmore\n" + response(HTML, url="https://example.org/2"))
    assert [member.step[1] for member in reading.members] == ["1 https://example.org/", "2 https://example.org/2"]
    assert reading.reason == "damaged: 11 bytes between its records are no record"


@pytest.mark.parametrize("length", ["", "x", "-5", "9" * 40])
def test_a_record_of_no_length(tmp_path: Path, length: str) -> None:
    reading = read(tmp_path, response(HTML, Content_Length=length) + response(HTML, url="https://example.org/2"))
    assert "record 1 does not say how long it is" in reading.reason
    assert "2 https://example.org/2" in [member.step[1] for member in reading.members]


def test_a_monstrous_length_is_only_as_long_as_the_file(tmp_path: Path) -> None:
    _, reading = only(tmp_path, response(HTML, Content_Length=str(1 << 59)))
    assert "ends inside record 1" in reading.reason


def test_revisits_and_metadata(tmp_path: Path) -> None:
    about = b"fetchTimeMs: 12\r\noutlink: https://example.org/a L\r\noutlink: https://example.org/b L\r\n"
    data = (
        record("warcinfo", b"software: crawler 1\r\nisPartOf: visit", url="", Content_Type="application/warc-fields")
        + response(HTML)
        + record("metadata", about, Content_Type="application/warc-fields")
        + record(
            "revisit",
            http(b"", "Content-Type: text/html"),
            WARC_Refers_To_Target_URI="https://example.org/",
            WARC_Refers_To_Date="2021-03-04T05:06:07Z",
            Content_Type="application/http",
        )
        + record("revisit", b"", WARC_Refers_To_Target_URI="https://example.org/old", WARC_Refers_To_Date="2019-01-01")
    )
    reading = read(tmp_path, data)
    assert [member.step[1] for member in reading.members] == ["2 https://example.org/"]
    assert reading.notes == (
        "web capture, 1 metadata, 1 response, 2 revisits, 1 warcinfo",
        "1 revisit of content captured before, which is not in this file",
    )
    told = fields(reading)
    assert ("software", "crawler 1") in told
    assert ("fetchtimems", "12") in told
    assert ("outlinks", "2 not listed") in told
    assert ("WARC-Refers-To-Target-URI", "https://example.org/old") in told


def test_resources_and_kinds_nobody_knows_are_members(tmp_path: Path) -> None:
    data = record("resource", b"a,b\n", "https://example.org/a.csv", Content_Type="text/csv") + record("odd", b"x")
    reading = read(tmp_path, data)
    assert [member.step[1] for member in reading.members] == [
        "1 https://example.org/a.csv",
        "2 odd https://example.org/",
    ]


def test_truncated_and_segmented_records_are_told(tmp_path: Path) -> None:
    data = response(HTML, WARC_Truncated="length") + response(HTML, WARC_Segment_Number="1")
    reading = read(tmp_path, data)
    assert "cut off when captured (WARC-Truncated): record 1" in reading.notes
    assert reading.reason == "record 2 is a piece of one cut in several, which are not joined"


@pytest.mark.parametrize("write", ["hex", "base32", "unknown"])
def test_block_digests(tmp_path: Path, write: str) -> None:
    block = http(HTML)
    sha = hashlib.sha1(block, usedforsecurity=False)
    stated = {"hex": f"sha1:{sha.hexdigest()}", "base32": f"sha1:{base64.b32encode(sha.digest()).decode()}"}
    digest = stated.get(write, "blake9:00")
    assert len(read(tmp_path, response(HTML, WARC_Block_Digest=digest)).notes) == 1
    changed = read(tmp_path, response(HTML.replace(b"p", b"q"), WARC_Block_Digest=digest))
    told = "bytes that do not fit the digest stated when captured: record 1" in changed.notes
    assert told == (write != "unknown")


def test_bombs_are_refused(tmp_path: Path) -> None:
    packed = gzip.compress(bytes(50_000_000))
    sink = MemorySink()
    reading = read(tmp_path, response(packed, "Content-Encoding: gzip"), sink, Limits(unpacked=1_000_000))
    assert reading.members[0].digest is None
    assert reading.members[0].status is Status.SKIPPED
    assert sink.blobs == {}


def test_more_members_than_allowed(tmp_path: Path) -> None:
    reading = read(tmp_path, response(b"a") + response(b"b"), limits=Limits(members=1))
    assert len(reading.members) == 1
    assert "holds more than the 1 files that may be taken" in reading.reason


def test_no_depth_left(tmp_path: Path) -> None:
    (member,) = read(tmp_path, response(b"a"), limits=Limits(depth=0)).members
    assert member.fault == "nested too deep"


def test_nothing_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    with pytest.raises(ReadError, match="empty"):
        READER.read(path, MEDIA_TYPE, None, Limits(), MemorySink())
    path.write_bytes(gzip.compress(response(HTML))[:12])
    with pytest.raises(ReadError, match="packing is damaged"):
        READER.read(path, MEDIA_TYPE, None, Limits(), MemorySink())


def test_a_packed_capture_in_a_wacz_is_a_member_of_an_archive() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.warc.gz", gzip.compress(response(HTML)))
        archive.writestr("datapackage.json", '{"wacz_version": "1.1.1"}')
    found = choose(out.getvalue()[:4096], "visit.wacz")
    assert found is not None
    assert found[0].agent.name == "archive"


def test_the_older_format_is_told() -> None:
    head = b"filedesc://a.arc 0.0.0.0 20050101000000 text/plain 76\n1 0 crawler\n"
    assert choose(head, "a.arc") is None
    assert "convert it to WARC" in unsupported(head, "a.arc")[1]


def test_later_pages_alone_store_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(response(HTML))
    sink = MemorySink()
    reading = READER.read(path, MEDIA_TYPE, range(1, 2), Limits(), sink)
    assert (reading.members, reading.pages, sink.blobs) == ((), (), {})


@pytest.mark.parametrize("seed", range(40))
def test_changed_bytes_never_crash(tmp_path: Path, seed: int) -> None:
    whole = response(chunked(gzip.compress(HTML, mtime=0)), "Transfer-Encoding: chunked", "Content-Encoding: gzip") * 2
    data = bytearray(whole)
    for at in range(seed * 7 % 40 + 12, len(data), 41 + seed):
        data[at] = (data[at] * 31 + seed) % 256
    path = tmp_path / "a"
    path.write_bytes(gzip.compress(bytes(data)) if seed % 2 else bytes(data))
    try:
        reading = READER.read(path, MEDIA_TYPE, None, Limits(), MemorySink())
    except ReadError:
        return
    assert reading.members or reading.pages
