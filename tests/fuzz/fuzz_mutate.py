"""Ways to spoil a file: blindly, by its numbers, by the words of its format, and inside what it packs."""

from __future__ import annotations

import gzip
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

Mutation = Callable[[bytes, Random], bytes]
MOST = 400_000  # bytes that a spoilt file may have
_NUMBERS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
_WRITTEN = (
    b"0",
    b"-1",
    b"1",
    b"255",
    b"65536",
    b"2147483648",
    b"4294967295",
    b"99999999999999999999",
    b"1e309",
    b"NaN",
)
_WORDS = (
    *(
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff\xd8\x3d",
        b"\xed\xa0\xbd",
        b"\xf4\x90\x80\x80",
        b"\x1b$B",
    ),
    *(
        b"\r",
        b"\n",
        b"\r\n\r\n",
        b'"',
        b"'",
        b"\\",
        b"=",
        b"<",
        b">",
        b"&",
        b"(",
        b")",
        b"[",
        b"]",
        b"{",
        b"}",
        b"%",
        b"|",
    ),
    *(
        b"&#xD800;",
        b"&#x110000;",
        b"&#99999999999;",
        b"&x;",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"<!DOCTYPE a [",
        b"<?xml?>",
    ),
    *(
        b"<table>",
        b"</table>",
        b"<tr>",
        b"<td rowspan=9999 colspan=9999>",
        b"</td>",
        b"<script>",
        b"<svg>",
        b"<plaintext>",
    ),
    *(
        b"<w:p>",
        b"</w:p>",
        b"<w:tbl>",
        b"<w:tc>",
        b"<w:gridSpan w:val='99999'/>",
        b"<w:vMerge/>",
        b"<w:ins>",
        b"<mc:Choice>",
    ),
    *(
        b"xml:space='preserve'",
        b"r='XFD1048577'",
        b"t='s'",
        b"<v>-1</v>",
        b"<mergeCell ref='A1:XFD1048576'/>",
        b"ref='A0'",
    ),
    *(b"\nFrom a@b Thu Jan 1 00:00:00 1970\n", b"Content-Type: multipart/mixed; boundary=", b"--b", b"charset=utf-7"),
    *(
        b"Content-Transfer-Encoding: base64\n",
        b"=?utf-8?b?2D3YPQ==?=",
        b"=?x?q?=D8=3D?=",
        b"Content-Type: message/rfc822\n\n",
    ),
    *(b"filename*=utf-16''%D8", b"Date: Fri, 99 Foo 99999 99:99:99 +9999", b"obj", b"endobj", b"stream", b"endstream"),
    *(
        b"/Kids[2 0 R]",
        b"/Length 1",
        b"/Rotate 45",
        b"/MediaBox[0 0 0 0]",
        b"BT",
        b"ET",
        b"Tj",
        b"<D83D> Tj",
        b"9999 0 R",
    ),
    *(
        b"{\\rtf1",
        b"\\bin99999999 ",
        b"\\u-10179?",
        b"\\ucd99999",
        b"\\'",
        b"{\\*\\objdata ",
        b"\\trowd",
        b"\\cell",
        b"\\row",
    ),
    *(
        b"00:00:99,999 --> 00:00:00,000",
        b"WEBVTT",
        b"WARC/1.0\r\n",
        b"Content-Length: -1\r\n",
        b"Transfer-Encoding: chunked",
    ),
    *(b"null", b"[[[[[[[[", b'{"a":', b"\\ud83d", b"```", b"|---|", b"#" * 9, b"- " * 40, b"PK\x03\x04", b"PK\x05\x06"),
)


def flip(data: bytes, random: Random) -> bytes:
    """Change a few bytes."""
    out = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def cut(data: bytes, random: Random) -> bytes:
    """Lose the end."""
    return data[: random.randrange(1, len(data) + 1)]


def drop(data: bytes, random: Random) -> bytes:
    """Lose a piece."""
    start, length = random.randrange(len(data)), random.choice((1, 2, 8, 64, 1024))
    return data[:start] + data[start + length :]


def repeat(data: bytes, random: Random) -> bytes:
    """Say a piece again, a few or very many times."""
    start, length = random.randrange(len(data)), random.choice((1, 8, 64, 512))
    piece = data[start : start + length]
    return data[:start] + piece * random.choice((2, 3, 100, 3000)) + data[start + length :]


def swap(data: bytes, random: Random) -> bytes:
    """Put a piece somewhere else."""
    start, length = random.randrange(len(data)), random.choice((4, 32, 256))
    piece, rest = data[start : start + length], data[:start] + data[start + length :]
    to = random.randrange(len(rest) + 1)
    return rest[:to] + piece + rest[to:]


def word(data: bytes, random: Random) -> bytes:
    """Say a word of some format, in between or over what is there."""
    at, said = random.randrange(len(data) + 1), random.choice(_WORDS)
    return data[:at] + said + data[at + random.choice((0, len(said))) :]


def number(data: bytes, random: Random) -> bytes:
    """Change what may be a length or an offset: a whole number no larger than the file, where chance finds one."""
    form = random.choice(("<H", ">H", "<I", ">I", "<Q", ">Q", "<B"))
    size = struct.calcsize(form)
    if len(data) < size:
        return data
    for _ in range(40):
        at = random.randrange(len(data) - size + 1)
        (value,) = struct.unpack_from(form, data, at)
        if 0 < value <= len(data):
            break
    new = random.choice((*_NUMBERS, len(data), len(data) - 1, value + 1, value - 1, value * 2))
    return data[:at] + struct.pack(form, new % (1 << 8 * size)) + data[at + size :]


def written(data: bytes, random: Random) -> bytes:
    """Change a number written in digits."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    match = random.choice(found)
    return data[: match.start()] + random.choice(_WRITTEN) + data[match.end() :]


_BLIND: tuple[Mutation, ...] = (flip, cut, drop, repeat, swap, word, word, number, number, written)


def members(data: bytes) -> list[tuple[str, bytes]] | None:
    """The members of a zip; None of what is none or damaged."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # noqa: BLE001 (spoilt files are what this is for)
        return None


def zipped(entries: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip of these members, whole again."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def member(data: bytes, random: Random) -> bytes:
    """Spoil a member of a zip, lose it, or call it by another's name, and pack again."""
    entries = members(data)
    if not entries:
        return flip(data, random)
    at = random.randrange(len(entries))
    name, content = entries[at]
    act = random.randrange(12)
    if act == 0:
        del entries[at]
    elif act == 1:
        entries[at] = (random.choice(entries)[0], content)
    elif content:
        entries[at] = (name, spoil(content, random, ()))
    return zipped(entries)


def packed(data: bytes, random: Random) -> bytes:
    """Spoil what a gzip holds."""
    try:
        return gzip.compress(spoil(gzip.decompress(data), random, ()), mtime=0)
    except (OSError, EOFError, zlib.error):
        return flip(data, random)


def stream(data: bytes, random: Random) -> bytes:
    """Spoil what a packed stream of a PDF holds; its length is put right."""
    found = list(re.finditer(rb"(/Length )(\d+)([^>]*>>\s*stream\r?\n)(.*?)(\r?\nendstream)", data, re.DOTALL))
    if not found:
        return flip(data, random)
    match = random.choice(found)
    try:
        new = zlib.compress(spoil(zlib.decompress(match[4]), random, ()))
    except zlib.error:
        new = spoil(match[4], random, ()) if match[4] else b""
    whole = match[1] + str(len(new)).encode() + match[3] + new + match[5]
    return data[: match.start()] + whole + data[match.end() :]


def _inner(data: bytes) -> tuple[Mutation, ...]:
    """What may be done inside, by how a file begins."""
    if data[:2] == b"PK":
        return (member,) * 20
    if data[:2] == b"\x1f\x8b":
        return (packed,) * 20
    return (stream,) * 8 if data[:4] == b"%PDF" else ()


def spoil(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    """A spoilt file: one to four ways, or the beginning of this one and the end of another."""
    if others and random.randrange(25) == 0:
        other = random.choice(others)
        data = data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other)) :]
    for _ in range(random.choice((1, 1, 2, 4))):
        if data:
            data = random.choice((*_BLIND, *_inner(data)))(data, random)[:MOST]
    return data


def smaller(data: bytes, same: Callable[[bytes], bool]) -> bytes:
    """A smaller file of which ``same`` holds: of a zip fewer members, each smaller; of others pieces left out."""
    entries = members(data)
    if not entries or not same(zipped(entries)):
        return _shrunk(data, same)
    for entry in list(entries):
        without = [other for other in entries if other is not entry]
        if without and same(zipped(without)):
            entries = without
    for at, (name, content) in enumerate(entries):
        before, after = entries[:at], entries[at + 1 :]
        entries[at] = (name, _shrunk(content, lambda new: same(zipped([*before, (name, new), *after]))))  # noqa: B023
    return zipped(entries)


def _shrunk(data: bytes, same: Callable[[bytes], bool]) -> bytes:
    """Leave out halves, quarters and so on."""
    size = len(data) // 2
    while size:
        at = 0
        while at < len(data):
            candidate = data[:at] + data[at + size :]
            if same(candidate):
                data = candidate
            else:
                at += size
        size //= 2
    return data
