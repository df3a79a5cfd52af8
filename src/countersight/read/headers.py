"""Fields of internet messages (RFC 5322, 2047, 2231), read from broken ones too.

The standard library's structured header parser refuses much of what real mail holds (raw Chinese bytes, two ways of
encoding a file name at once), so fields are taken raw and decoded here, with the encodings of
:mod:`countersight.read.charset`.
"""

from __future__ import annotations

import binascii
import quopri
import re
from datetime import date
from email.message import Message
from email.utils import parsedate_tz
from functools import lru_cache

from countersight.model import DateSpan
from countersight.read.charset import decode

_FOLD = re.compile(r"\r?\n[ \t]+|[\r\n]+")
_WORD = r"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?="
_WORDS = re.compile(rf"{_WORD}(?:\s*{_WORD})*".replace("([", "(?:["))
_ONE_WORD = re.compile(_WORD)
_ISO_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


def raw(part: Message, name: str) -> list[str]:
    """The values of a field as they came: unfolded, raw bytes decoded, encoded words left as they are."""
    return [_readable(str(value)) for key, value in part.raw_items() if key.lower() == name]


def values(part: Message, name: str) -> list[str]:
    """The values of a field as its writer meant them to be read."""
    return [words(value).strip() for value in raw(part, name)]


@lru_cache(maxsize=32)  # a field is asked for several times, and what encoding it is in takes a while to tell
def _readable(value: str) -> str:
    """A field's value unfolded; the parser hands bytes beyond ASCII on as lone surrogates."""
    data = value.encode("utf-8", "surrogateescape")
    return _FOLD.sub(" ", value if value.isascii() else decode(data).text).strip()


def words(text: str) -> str:
    """Encoded words (RFC 2047) decoded, those next to each other joined first: mailers cut characters in two."""
    return _WORDS.sub(lambda found: _joined(found[0]), text)


def _joined(run: str) -> str:
    pieces: list[tuple[str, bytes]] = []
    for charset, coding, coded in _ONE_WORD.findall(run):
        data = _uncoded(coding, coded)
        if pieces and pieces[-1][0].lower() == charset.lower():
            pieces[-1] = (charset, pieces[-1][1] + data)
        else:
            pieces.append((charset, data))
    return "".join(decode(data, charset).text for charset, data in pieces)


def _uncoded(coding: str, coded: str) -> bytes:
    data = coded.encode("utf-8", "replace")
    if coding in "qQ":
        return quopri.decodestring(data, header=True)
    try:
        return binascii.a2b_base64(data + b"==")
    except binascii.Error:
        return data


def parameters(part: Message, name: str) -> tuple[str, dict[str, str]]:
    """A structured field such as Content-Type: its value in lower case, its parameters decoded in any known way."""
    holder = Message()
    holder[name] = next(iter(raw(part, name)), "")
    try:
        found = holder.get_params([], header=name)
    except (TypeError, ValueError):  # parameters numbered and not numbered at once
        found = [(str(holder[name]).partition(";")[0], "")]
    pairs = [(key.strip().lower(), _parameter(value)) for key, value in found]
    return (pairs[0][0] if pairs else ""), dict(reversed(pairs[1:]))


def _parameter(value: str | tuple[str | None, str | None, str]) -> str:
    """A parameter's value: plain, with encoded words (forbidden, usual) or by RFC 2231."""
    if isinstance(value, str):
        return words(value)
    charset, _, text = value
    try:
        return decode(text.encode("latin-1"), charset or None).text
    except UnicodeEncodeError:
        return text


def day(text: str) -> DateSpan | None:
    """The day of a Date field as its writer saw it; None where there is none to be read."""
    try:
        parsed = parsedate_tz(text) or parsedate_tz(f"{text} 00:00:00")
    except (ValueError, TypeError, IndexError):
        parsed = None
    iso = _ISO_DAY.search(text)
    for found in (parsed[:3] if parsed else None, tuple(map(int, iso.groups())) if iso else None):
        try:
            on = date(*found) if found else None
        except (ValueError, OverflowError):
            continue
        if on:
            return DateSpan(on, on, text)
    return None
