"""The tokens of RTF (specification 1.9.1, "RTF Syntax"): groups, control words, and bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})"
    rb"|\\(?P<word>[a-zA-Z]{1,40})(?P<number>-?[0-9]{1,10})?[ ]?"
    rb"|(?P<hex>(?:\\'[0-9a-fA-F]{2})+)|\\(?P<symbol>[^a-zA-Z])|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)


class Token(NamedTuple):
    """``kind`` is ``{``, ``}``, ``word``, ``bytes`` (of text) or ``binary``; ``at`` the offset after it."""

    kind: str
    at: int
    word: str = ""
    number: int | None = None
    data: bytes = b""


# A backslash and one of these is a character or a word of its own.
_SYMBOLS = {b"~": "~", b"_": "_", b"*": "*", b"\r": "par", b"\n": "par", b"\t": "tab"}


def tokens(data: bytes) -> Iterator[Token]:
    r"""The tokens in order; line ends and what is no token are passed over. Data of ``\bin`` never counts as tokens."""
    at = 0
    while found := _TOKEN.search(data, at):
        at = found.end()
        kind = found.lastgroup
        if kind in {"open", "close"}:
            yield Token("{" if kind == "open" else "}", at)
        elif word := found["word"]:
            number = int(found["number"]) if found["number"] else None
            if word == b"bin" and number and number > 0:
                yield Token("binary", at + number, data=data[at : at + number])
                at += number
            else:
                yield Token("word", at, word.decode(), number)
        elif kind == "symbol":
            yield _symbol(found["symbol"], at)
        else:
            yield Token("bytes", at, data=_unescaped(found["hex"]) if kind == "hex" else found["text"])


def _symbol(symbol: bytes, at: int) -> Token:
    if symbol in b"\\{}":
        return Token("bytes", at, data=symbol)
    return Token("word", at, _SYMBOLS.get(symbol, ""))


def _unescaped(escapes: bytes) -> bytes:
    return bytes.fromhex(escapes.replace(b"\\'", b"").decode())
