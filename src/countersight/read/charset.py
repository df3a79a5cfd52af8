"""Bytes of text in an unknown or badly labelled encoding: the text, its encoding, and a note where it was doubtful.

A label is read as browsers read it (WHATWG Encoding Standard, table of labels): ``gb2312`` and ``gbk`` mean gb18030,
``iso-8859-1`` means windows-1252. Order of trust: byte order mark, label unless the bytes gainsay it, UTF-8 if it fits,
then :mod:`countersight.read.guess`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice

from countersight.read.guess import SAMPLE, guess, weigh

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
}
_NOT_FOR_TEXT = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "unicode_escape"})
_FEW = 0.005  # share of undecodable characters up to which a label is still believed
_MANY = 10  # one byte in this many
_SURE = 8  # characters beyond ASCII that make valid UTF-8 certain
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BEYOND_ASCII = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
_TWO_CHINESE = re.compile(rb"(?:[\xc2-\xdf][\xa1-\xbf]){2}")  # both as GB 2312 and as UTF-8
_EAST_ASIAN = re.compile("[\u2e80-\ud7af\uf900-\ufaff]")
_ENOUGH = 4  # East Asian characters that gainsay a Western label


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text without its byte order mark, the Python codec that read it, and what a user must know (or nothing).

    ``lost`` counts the places where bytes fit no character; each shows as U+FFFD.
    """

    text: str
    encoding: str
    note: str = ""
    lost: int = 0


def decode(data: bytes, label: str | None = None) -> Decoded:
    """Decode ``data``, believing a byte order mark, then the ``label``, then the bytes. Never fails: see ``note``."""
    encoding, mark = marked(data)
    if encoding:
        return _lossy(data[mark:], encoding)
    return _guessed(data) if label is None else _labelled(data, label)


def marked(head: bytes) -> tuple[str | None, int]:
    """The codec a byte order mark names and the mark's length, or ``(None, 0)``."""
    return next(((encoding, len(mark)) for mark, encoding in MARKS if head.startswith(mark)), (None, 0))


def meant(label: str) -> str | None:
    """The Python codec a label means to a browser, or None for one that is unknown or no encoding of text."""
    try:
        found = codecs.lookup(label.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(found.name, found.name)
    return name if found._is_text_encoding and name not in _NOT_FOR_TEXT else None  # noqa: SLF001 (no public name)


def unlabelled(data: bytes) -> str:
    """The codec of bytes that neither a mark nor a label names."""
    sample = data[:SAMPLE]
    wide = len(_CONTROL.findall(sample)) * _MANY > len(sample)  # characters of two bytes each may pass for UTF-8
    if wide or (b"\x1b$" in sample and data.isascii()) or not _fits(data, "utf-8"):
        return guess(data)
    few = sum(1 for _ in islice(_BEYOND_ASCII.finditer(sample), _ENOUGH)) < _ENOUGH
    if few and _TWO_CHINESE.search(sample) and weigh(sample, "utf-8") <= 0 < weigh(sample, "gb18030"):
        return "gb18030"  # two Chinese characters may by chance be valid UTF-8, of letters nobody writes
    return "utf-8"


def lossy_note(lost: int, encoding: str) -> str:
    """What to tell of ``lost`` undecodable places; nothing for none."""
    places = "place" if lost == 1 else "places"
    return f"{lost} {places} could not be decoded as {encoding} and show as \ufffd" if lost else ""


def count_lost(text: str, data: bytes, encoding: str) -> int:
    """How many U+FFFD of a decoded text were not themselves in the bytes."""
    lost = text.count("\ufffd")
    return lost - data.count(b"\xef\xbf\xbd") if lost and encoding == "utf-8" else lost


def _labelled(data: bytes, label: str) -> Decoded:
    codec = meant(label)
    if codec is None:
        return _instead(data, f"unknown encoding {label!r} stated")
    if codec.startswith("utf-16") and b"\0" not in data[:SAMPLE]:
        return _guessed(data)  # the label itself could be read as ASCII, so it cannot be true
    if codec != "utf-8" and _surely_utf8(data, codec):
        return Decoded(data.decode(), "utf-8", f"states {label!r} but is utf-8")
    if codec == "cp1252" and _is_east_asian(data):
        return _instead(data, f"states {label!r} but is not")
    believed = _lossy(data, codec)
    if believed.lost <= _FEW * len(believed.text):
        return believed
    return _instead(data, f"does not decode as the {label!r} it states")


def _instead(data: bytes, why: str) -> Decoded:
    found = _guessed(data)
    return Decoded(found.text, found.encoding, f"{why}; read as {found.encoding}", found.lost)


def _lossy(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    lost = count_lost(text, data, encoding)
    return Decoded(text, encoding, lossy_note(lost, encoding), lost)


def _surely_utf8(data: bytes, codec: str) -> bool:
    """Valid UTF-8 beyond ASCII: by chance in short Chinese texts, but in no Western one that makes sense."""
    enough = 1 if codec == "cp1252" else _SURE
    beyond = sum(1 for _ in islice(_BEYOND_ASCII.finditer(data), enough))
    return beyond == enough and _fits(data, "utf-8")


def _is_east_asian(data: bytes) -> bool:
    if data.isascii():
        return False
    text = data[:SAMPLE].decode(guess(data), "replace")
    return sum(1 for _ in islice(_EAST_ASIAN.finditer(text), _ENOUGH)) == _ENOUGH


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _guessed(data: bytes) -> Decoded:
    encoding = unlabelled(data)
    read = _lossy(data, encoding)
    if encoding == "utf-8":
        return read
    note = f"no encoding stated; read as {encoding}" + (f": {read.note}" if read.note else "")
    return Decoded(read.text, encoding, note, read.lost)
