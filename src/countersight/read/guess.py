"""Which encoding bytes are in when nothing says so: the reading whose characters are the most everyday ones.

A text of a few dozen characters is enough, because a wrong encoding does not merely give rarer letters: it gives rare
ideographs, letters of two scripts in one word, capitals inside words and symbols inside words. The general detector
(charset-normalizer) needs longer texts than file names and subjects are, and is asked where no candidate convinces.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache

from charset_normalizer import from_bytes

SAMPLE = 1 << 16  # bytes a caller need look at
_WEIGHED = 1 << 13  # bytes of them that are weighed
_CONVINCING = 0.35

# In order of preference where two weigh the same.
_CANDIDATES = (
    "utf-8",
    "gb18030",
    "big5hkscs",
    "cp1252",
    "cp1251",
    "koi8_r",
    "cp932",
    "euc_jp",
    "cp949",
    "cp1250",
    "iso8859_2",
    "cp1254",
    "cp1253",
    "iso8859_7",
    "cp866",
    "iso8859_5",
    "utf-16-le",
    "utf-16-be",
)
_WIDE = ("utf-16-le", "utf-16-be")
_JAPANESE = ("cp932", "euc_jp", *_WIDE, "utf-8")
_LIKELY = {"cp1252": 0.45, "gb18030": 0.2, "big5hkscs": 0.1}  # characters' worth of benefit of the doubt

_HANZI = frozenset(
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着著下自之年"
    "过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心她本前开開但"
    "因只从從想实實日月号號第二三四五六七八九十百千万萬元公司政府县縣市区區局安招标標采購购採合约約项項目设設备備系统統视視频頻监監控安全"
    "数數据據信息技术術服务務建设建設单單位价價格名称稱型规規内內容条條款甲乙双雙签簽订訂付交货貨期限质質量保修验驗收投评評审審委员員"
    "请請问問题題回复覆书書面日报報告关關于於有限责任责責及与與等由其并並应應将將已未经经者无無入加业業产產品工程网網络絡平台管"
    "力高长長新最重点點电電机機重民族宗教治维維稳穩防此外今很我文件附表序注资資料预預算联聯系络"
)
_HANGUL = frozenset(
    "이다에의는로하을가고지서한은기으년대사시를리도인스일자정보제부수어나해있아라그상주것과장용구전관소들동조성여만원공비입니까습안"
    "되았었와면신국경방계약생위개적모미문내서회치게화물업음요할된무실없통려"
)
_LETTERS = {
    1.0: "éèàêôäöüßñçóíáâåæã“”‘’–—…",
    0.8: "ąćęłńśźżčďěňřšťůžűőăţşğıİёіїєîëïœ",
    0.6: "\xa0€£§°©®«»•·¿¡ºªґЁ№、ýÿøòû",
    0.4: "ðþõìùľĺŕ¤±²³µ¶¹¼½¾×÷",
}
_COMMON_PUNCTUATION = "，。、：；（）《》“”‘’—…？！〔〕【】「」『』％－．／０１２３４５６７８９〇～　"
_CLOSING = "®°º²³¹±¼½¾»”…"  # what does not stand before a word
_BETWEEN = "’‘·—–\xa0"  # what may stand between two letters
_CYRILLIC = frozenset("оеаинтсрвлкмдпуязыбьгчйіОЕАИНТСРВЛКМДПУ")
_GREEK = frozenset("αοιετσνηυρπκμλςάίέόήύώ")


_CASED = ("latin", "cyrillic", "greek")
_WESTERN = ("ascii", *_CASED)


def guess(data: bytes) -> str:
    """The Python codec that reads ``data`` best; ``utf-8`` for plain ASCII. Never fails, whatever the bytes."""
    sample = _sample(data)
    if not sample:
        return "utf-8"
    if b"\x1b$" in sample and (escaped := _escaped(sample)):
        return escaped
    best, encoding = max((weigh(sample, name), -order, name) for order, name in enumerate(_CANDIDATES))[::2]
    if best >= _CONVINCING:
        return encoding
    found = from_bytes(sample).best()
    return codecs.lookup(found.encoding).name if found else encoding


def _sample(data: bytes) -> bytes:
    """The first lines that are not plain ASCII, or the beginning where zero bytes speak for two-byte characters."""
    if b"\0" in data[:_WEIGHED]:
        return data[:_WEIGHED]
    lines = (line for line in re.split(rb"(?<=\n)", data[:SAMPLE]) if not line.isascii() or b"\x1b$" in line)
    sample = b"".join(lines)[:_WEIGHED]
    return sample if sample or data.isascii() else _far_sample(data)


def _far_sample(data: bytes) -> bytes:
    first = re.search(rb"[\x80-\xff]", data)
    start = first.start() if first else 0
    return data[max(start - 1, 0) : start + _WEIGHED]


def _escaped(sample: bytes) -> str | None:
    for encoding in ("iso2022_jp_2", "iso2022_kr"):
        try:
            sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def weigh(sample: bytes, encoding: str) -> float:
    """How everyday the reading of ``sample`` is: about 1 for right, below 0.5 for wrong."""
    if encoding in _WIDE and len(sample) % 2:
        sample = sample[:-1]
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    if encoding in _WIDE and "\0" in text:
        return -1.0
    weights = [_in_context(text, at.start()) for at in re.finditer(r"[^\t\n\r\x20-\x7e]", text)]
    if not weights:
        return 1.0 if encoding in _WIDE and text else 0.0
    kana = 0 if encoding in _JAPANESE else len(re.findall(r"[\u3041-\u30ff]", text))
    return (sum(weights) - kana / 2 + _LIKELY.get(encoding, 0)) / len(weights)


def _in_context(text: str, at: int) -> float:
    character = text[at]
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    script = _script(character)
    if script == "symbol":
        return _symbol(character, before, after)
    if script in _CASED and character.isupper() and before.islower():
        return -1.0
    return _among(script, _everyday(character), _script(before), _script(after))


def _symbol(character: str, before: str, after: str) -> float:
    """Symbols do not stand inside words, and closing ones not before them."""
    word_before, word_after = _script(before) in _WESTERN, _script(after) in _WESTERN
    if word_before and word_after and character not in _BETWEEN:
        return -1.0
    return 0.0 if word_after and character in _CLOSING else _everyday(character)


def _among(script: str, weight: float, before: str, after: str) -> float:
    """Cyrillic and Greek letters keep to themselves; Latin ones beyond ASCII stand among plain ones."""
    if script == "latin":
        return 0.0 if before == after == "latin" else weight
    if script == "east":
        return weight
    if "ascii" in (before, after):
        return -1.0
    return weight if script in (before, after) else min(weight, 0.3)


@cache
def _script(character: str) -> str:
    """``ascii``, ``latin`` (beyond ASCII), ``cyrillic``, ``greek`` or ``east`` for letters; ``symbol`` for the rest."""
    if not character.isalpha():
        return "symbol"
    if character.isascii():
        return "ascii"
    name = unicodedata.name(character, "").partition(" ")[0].lower()
    return name if name in _CASED else "east"


@cache
def _everyday(character: str) -> float:
    """From -4 (the bytes do not decode) over 0 (rare) to 1 (among the most frequent of its language)."""
    if character == "\ufffd":
        return -4.0
    if unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs"):
        return -2.0
    if character in _HANZI or character in _HANGUL or character in _COMMON_PUNCTUATION:
        return 1.0
    if "\u3041" <= character <= "\u30ff":
        return 1.0  # kana; before the levels, since Big5 holds them too
    if character in _levels():
        return _levels()[character]
    return _letter(character)


def _letter(character: str) -> float:
    for weight, letters in _LETTERS.items():
        if character in letters or character.lower() in letters:
            return weight
    if character in _CYRILLIC or character.lower() in _CYRILLIC or character.lower() in _GREEK:
        return 0.9 if character.islower() else 0.7
    if "\u0410" <= character <= "\u044f" or "\u0391" <= character <= "\u03ce":
        return 0.6 if character.islower() else 0.4
    if "\uff61" <= character <= "\uff9f" or "\u2500" <= character <= "\u259f":
        return -0.5  # half-width kana and box drawing: what a wrong encoding gives
    return 0.0


@cache
def _levels() -> dict[str, float]:
    """The frequent half of the national character sets: level 1 of GB 2312 and Big5, the syllables of KS X 1001."""
    weights: dict[str, float] = {}
    for encoding, leads, weight in (
        ("euc_kr", range(0xB0, 0xC9), 0.7),
        ("big5", range(0xA4, 0xC7), 0.7),
        ("gb2312", range(0xB0, 0xD8), 0.8),
    ):
        trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)] if encoding == "big5" else range(0xA1, 0xFF)
        pairs = b"".join(bytes((lead, trail)) for lead in leads for trail in trails)
        weights |= dict.fromkeys(pairs.decode(encoding, "ignore"), weight)
    return weights
