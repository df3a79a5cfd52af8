"""The text of RTF (specification 1.9.1), written out block by block."""

from __future__ import annotations

import re
from copy import copy

from countersight.errors import ReadError
from countersight.model import BlockKind
from countersight.read.charset import decode
from countersight.read.codepages import DOUBLE_BYTE, label
from countersight.read.ole import embedded
from countersight.read.rtftokens import Token, tokens
from countersight.read.rtfwrite import BODY_LEVEL, Aside, State, Writer
from countersight.read.wordtext import SYMBOLS

_DEEP = 2000  # groups within groups; programs write a few dozen
_WESTERN = 1252
_FORMATS = {"ansi": _WESTERN, "mac": 10000, "pc": 437, "pca": 850}
_SYMBOL = 2
# Code pages by the character set of a font; the others stand for themselves or for the document's.
_CHARSETS = {77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258} | {
    177: 1255,
    178: 1256,
    186: 1257,
    204: 1251,
    222: 874,
    238: 1250,
    254: 437,
    255: 850,
}
_PAIRS = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xfe]{2})*")  # GB 2312 and the frequent half of Big5, among ASCII
_CHARACTERS = dict.fromkeys(("emspace", "enspace", "qmspace", "~"), " ") | {
    **dict.fromkeys(("line", "lbr"), "\n"),
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "_": "-",
}
_MARGINS = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), BlockKind.HEADER),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), BlockKind.FOOTER),
}
_ASIDES = {**_MARGINS, "footnote": BlockKind.FOOTNOTE, "annotation": BlockKind.COMMENT}
_OTHERS = {"fonttbl": "fonts", "stylesheet": "styles", "pict": "picture", "objdata": "object", "sv": "value"}
_SKIPPED_WORDS = """
aftncn aftnsep aftnsepc atnauthor atndate atnicn atnid atnparent atnref atntime atrfend atrfstart author bkmkend
bkmkstart buptim category colorschememapping colortbl comment company creatim datafield do doccomm docvar factoidname
filetbl fldinst fontemb fontfile formfield ftncn ftnsep ftnsepc generator gridtbl hlinkbase keycode keywords
latentstyles listtable listoverridetable manager nesttableprops nonesttables nonshppict objalias objclass objname
objsect objtime operator password pgptbl printim private revtbl revtim rsidtbl rxe shprslt sn staticval subject tc
template themedata txe userprops wgrffmtfilter xe xmlnstbl
"""
_SKIPPED = frozenset(_SKIPPED_WORDS.split())
_ENTERED = frozenset({"shppict", "shpinst", "ud", "dptxbxtext", "annotation", "objdata"})
_TABLE_WORDS = frozenset({"cell", "nestcell", "row", "nestrow", "trowd", "cellx", "trleft"})
_HEADING = re.compile(r"(?:heading|标题|標題)\s*\d|title$|标题$", re.IGNORECASE)


class RtfText:
    """Reads a whole document at once; what it holds beside text is counted or kept.

    ``html`` asks for the HTML that Outlook wraps in RTF (MS-OXRTFEX) instead of the text.
    """

    def __init__(self, data: bytes, *, html: bool = False) -> None:
        self.writer = Writer()
        self.reason = ""
        self.objects: list[tuple[str, bytes]] = []
        self.pictures: list[bytes] = []
        self.hidden = self.symbols = self.lost = self.links = 0
        self.wrapped: Aside | None = None
        self._title = Aside(None)
        self._state = State()
        self._stack: list[State] = []
        self._codepage = _WESTERN
        self._fonts: dict[int, int] = {}
        self._default_font = 0
        self._name, self._hex, self._raw = bytearray(), bytearray(), bytearray()
        self._fonts_of_raw = 0, 0
        self._skip = self._high = 0
        self._want_html = html
        self._run(data)

    @property
    def title(self) -> str | None:
        """The title among the document's properties."""
        return " ".join(self._title.text.split()) or None

    def _run(self, data: bytes) -> None:
        for token in tokens(data):
            self._token(token)
            if token.kind == "}" and not self._stack:
                break
        else:
            self.reason = "damaged: its end is missing"
        self._flush()
        self.writer.finish()

    def _token(self, token: Token) -> None:
        if token.kind == "bytes":
            self._bytes(token.data)
        elif token.kind == "word":
            self._word(token.word, token.number)
        elif token.kind == "binary":
            self._binary(token.data)
        else:
            self._flush()
            self._skip = 0
            self._open() if token.kind == "{" else self._close()

    # ── Groups ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _open(self) -> None:
        if len(self._stack) >= _DEEP:
            raise ReadError("damaged: its groups are nested too deeply", way_out="re-save it")
        self._stack.append(self._state)
        self._state = copy(self._state)
        self._state.starred = False

    def _close(self) -> None:
        if not self._stack:
            return
        ended, self._state = self._state, self._stack.pop()
        if ended.where != self._state.where:
            self._ended(ended)
        if ended.aside is not self._state.aside and ended.aside and ended.aside.kind == BlockKind.FOOTNOTE:
            self._put(self.writer.number(ended.aside))

    def _ended(self, ended: State) -> None:
        """A group of something else than text ends."""
        if ended.where == "picture":
            self.pictures += [] if ended.preview else [self._unhexed()]
        elif ended.where == "object":
            name, data = embedded(self._unhexed())
            self.links += not data
            self.objects += [(name, data)] if data else []
        self._hex.clear()
        self._name.clear()

    def _unhexed(self) -> bytes:
        digits = re.sub(rb"[^0-9a-fA-F]", b"", self._hex)
        return bytes.fromhex(digits[: len(digits) // 2 * 2].decode())

    def _binary(self, data: bytes) -> None:
        if self._state.where in {"picture", "object"}:
            self._hex += data.hex().encode()

    def _destination(self, word: str) -> bool:
        """Whether a word begins another destination, which is then entered or passed over."""
        state = self._state
        starred, state.starred = state.starred, False
        if state.where == "skipped":
            if word == "nestrow":
                self.writer.part("\n")
            return True
        if word == "title":
            state.aside = self._title
        elif word in _ASIDES:
            state.aside = Aside(_ASIDES[word])
            state.in_table = False
            self.writer.asides.append(state.aside)
        elif word in _OTHERS:
            state.where = _OTHERS[word]
            self._hex.clear()
        elif word == "htmltag" and self.wrapped:
            state.muted = False
        elif word in {"upr", "ud"}:  # the same twice, the second time in Unicode
            state.where = "value" if word == "upr" else "text"
        elif word in _SKIPPED or (starred and word not in _ENTERED):
            state.where = "skipped"
        else:
            return False
        return True

    # ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._unicode(number & 0xFFFF)
            return
        self._flush()
        self._skip = 0
        if word == "*":
            self._state.starred = True
        elif not self._destination(word):
            self._meaning(word, number)

    def _meaning(self, word: str, number: int | None) -> None:
        if word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        elif word in _TABLE_WORDS:
            self._table_word(word, number)
        elif not self._break(word) and not self._encoding(word, number or 0):
            self._property(word, number)

    def _property(self, word: str, number: int | None) -> None:
        """Words that change how what follows is to be read."""
        state, on = self._state, number != 0
        if word == "v":
            state.hidden = on
        elif word in {"revised", "deleted"}:
            kind = BlockKind.INSERTED if word == "revised" else BlockKind.DELETED
            state.change = kind if on else None
        elif word == "plain":
            state.hidden, state.change, state.font = False, None, -1
        elif word == "ftnalt" and state.aside:
            state.aside.ref = "e"
        elif word == "fromhtml" and self._want_html:
            self.wrapped = state.aside = Aside(None)
        elif word == "htmlrtf":
            state.muted = on and self.wrapped is not None
        elif word == "result":
            state.preview = True
        else:
            self._paragraph_property(word, number)

    def _paragraph_property(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "pard":
            state.in_table = state.listed = False
            state.style, state.level = 0, None
        elif word == "intbl":
            state.in_table = True
        elif word == "s":
            state.style = number or 0
        elif word == "outlinelevel":
            state.level = number
            if state.where == "styles" and (number or 0) < BODY_LEVEL:
                self.writer.headings.add(state.style)
        elif word == "ls":
            state.listed = bool(number)
        elif word in {"listtext", "pntext"} and self._stack:
            self._stack[-1].listed = True

    def _encoding(self, word: str, number: int) -> bool:
        """Whether a word says how bytes are to be read."""
        if word in {"f", "fcharset", "cpg", "af", "loch", "hich", "dbch"}:
            self._font(word, number)
        elif word in {"ansicpg", *_FORMATS}:
            self._codepage = (number or _WESTERN) if word == "ansicpg" else _FORMATS[word]
        elif word == "deff":
            self._default_font = number
        elif word == "uc":
            self._state.fallback = max(number, 0)
        else:
            return False
        return True

    def _font(self, word: str, number: int) -> None:
        state = self._state
        if word in {"loch", "hich", "dbch"}:
            state.wide = word == "dbch"
        elif word == "f" or (word == "af" and state.wide):
            state.wide_font = number if state.wide else state.wide_font
            state.font = number if word == "f" else state.font
        elif state.where == "fonts" and word == "cpg":
            self._fonts[state.font] = number
        elif state.where == "fonts" and word == "fcharset":
            self._fonts[state.font] = _CHARSETS.get(number, {0: _WESTERN, _SYMBOL: _SYMBOL}.get(number, 0))

    def _table_word(self, word: str, number: int | None) -> None:
        """Tables; those beside the body or in a cell only part their cells."""
        if self._state.where != "text":
            return
        if self._state.aside:
            self._put({"cell": "\t", "row": "\n"}.get(word, ""))
        elif word in {"nestcell", "nestrow"}:
            self.writer.part(" | " if word == "nestcell" else "\n")
        elif word == "cell":
            self.writer.end_cell()
        elif word == "row":
            self.writer.end_row()
        elif word == "trowd":
            self.writer.table.define()
            self.writer.in_row = True
        else:
            self.writer.table.edge(number or 0, first=word == "trleft")

    def _break(self, word: str) -> bool:
        """Whether a word ends a paragraph or is white space."""
        if word in {"par", "sect", "page", "column"}:
            self._end_line()
        elif word == "tab":
            self._put(" " if self._state.in_table or self.writer.in_row else "\t")
        else:
            return False
        return True

    # ── Characters ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _bytes(self, data: bytes) -> None:
        """Bytes of text, those that only repeat a Unicode character passed over."""
        passed = min(self._skip, len(data))
        self._skip -= passed
        data = data[passed:]
        where = self._state.where
        if where == "text":
            self._gather(data)
        elif where in {"picture", "object"}:
            self._hex += data
        elif where == "styles":
            self._styled(data)

    def _styled(self, data: bytes) -> None:
        """The name of a style: some are of headings."""
        self._name += data
        if b";" in data:
            if _HEADING.match(decode(bytes(self._name.rstrip(b"; ")), label(self._codepage)).text):
                self.writer.headings.add(self._state.style)
            self._name.clear()

    def _gather(self, data: bytes) -> None:
        """Put bytes in one encoding together: characters of several bytes may come one by one."""
        if self._high and data:
            self._high = 0
            self._put("\ufffd")
        own = self._default_font if self._state.font < 0 else self._state.font
        fonts = self._fonts.get(own, 0), self._fonts.get(self._state.wide_font, 0)
        if fonts != self._fonts_of_raw:
            self._flush()
            self._fonts_of_raw = fonts
        self._raw += data

    def _flush(self) -> None:
        """Write the bytes that have come together."""
        if not self._raw:
            return
        data, self._raw = bytes(self._raw), bytearray()
        own, wide = self._fonts_of_raw
        if own == _SYMBOL:
            self._put("".join(self._symbol(0xF000 + byte) if byte > ord(" ") else chr(byte) for byte in data))
            return
        page = own or self._codepage
        if page == _WESTERN and not data.isascii() and _PAIRS.fullmatch(data):
            page = next((other for other in (wide, self._codepage) if other in DOUBLE_BYTE), page)
        found = decode(data, label(page))
        self.lost += found.lost
        self._put(found.text)

    def _unicode(self, code: int) -> None:
        """A UTF-16 code unit, after which its like in another encoding is passed over."""
        self._flush()
        self._skip = self._state.fallback
        if 0xD800 <= code < 0xDC00:  # noqa: PLR2004 (the first half of a pair)
            self._high = code
            return
        if 0xDC00 <= code < 0xE000:  # noqa: PLR2004 (the second)
            text = chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00) if self._high else "\ufffd"
        else:
            text = self._symbol(code) if 0xF000 <= code <= 0xF0FF else chr(code)  # noqa: PLR2004 (picture fonts)
        self._high = 0
        self._put(text)

    def _symbol(self, code: int) -> str:
        shown = SYMBOLS.get(f"{code:04X}")
        self.symbols += not shown
        return shown or "\N{BULLET}"

    # ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _put(self, text: str) -> None:
        state = self._state
        if state.where != "text" or state.muted or not text:
            return
        text = text.replace("\0", "").replace("\xad", "")
        if state.hidden and not self.wrapped:
            self.hidden += len(text)
        elif state.aside:
            state.aside.parts.append(text)
        else:
            self.writer.write(text, state)

    def _end_line(self) -> None:
        state = self._state
        if state.where != "text" or state.muted:
            return
        if state.aside:
            state.aside.parts.append("\n")
        else:
            self.writer.end_line()
