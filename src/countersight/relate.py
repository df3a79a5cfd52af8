"""Which documents tell the same: the same text in another format, versions, excerpts, and texts from one template.

Pure functions over the pages as stored. Signatures (:mod:`countersight.text.shingles`) only propose pairs; what is said
of a pair comes from its texts, compared shingle by shingle, so that nothing rests on a hash. Thresholds were set on the
pairs that ``bench/relate.py`` makes, which also measures them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import accumulate, product

from countersight.model import BlockKind, Citation, Digest, Locator, Page
from countersight.text.compare import Comparison, Gap
from countersight.text.normal import flatten, fold
from countersight.text.shingles import TOKEN, signature, unpacked

FEWEST = 20  # tokens, below which a text is too short to be related to another
PROPOSED = 0.4  # of the smaller signature in common, from which the texts are looked at
PROPOSED_BY_OCR = 0.2  # the same for a reading by OCR: 3 % of wrong characters leave 0.3 of an English signature
CROWD = 32  # documents that may share a hash before it stands for common wording, and only neighbours are paired
SAME_READING = 0.93  # similarity from which texts that differ in nothing but errors of reading are the same
NEAR = 0.80  # similarity from which texts are near duplicates
VERSION = 0.90  # similarity from which they are versions though nothing in them says what they are
EXCERPT, EXCERPT_BY_OCR = 0.95, 0.9  # of the smaller text found in the larger
LARGER = 1.25  # how much larger a text is that contains another rather than being its version
SHOWN = 12  # differing passages given
PASSAGE = 80  # characters of a passage given
_SAME_NAME = 0.8  # of its characters, from which a name read by OCR may be the other
_EDGE_LINES = 2  # lines at the top and the foot of a page that may be its furniture
_FEW_PAGES = 3  # below which nothing repeats often enough to be furniture


class Kind(StrEnum):
    """What records are to each other. The same bytes need no comparing: their digests say it."""

    SAME_BYTES = "same_bytes"
    SAME_TEXT = "same_text"
    VERSION = "version"
    CONTAINS = "contains"
    NEAR_DUPLICATE = "near_duplicate"


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What is asked of a document: digest, its pages' signatures joined, its pages when wanted, if OCR read any."""

    digest: Digest
    signature: bytes
    pages: Callable[[], Iterable[Page]]
    by_ocr: bool = False

    @classmethod
    def of(cls, digest: Digest, pages: Iterable[Page]) -> DocumentText:
        """A document whose pages are in hand."""
        held = tuple(pages)
        signatures = b"".join(signature(flatten(page.text)) for page in held)
        return cls(digest, signatures, lambda: held, any("ocr" in page.origin for page in held))


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a page that the other document lacks: page number, code points, and the words (cut at 80)."""

    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage of each of two documents at the same place; None where one has nothing there."""

    a: Passage | None
    b: Passage | None


@dataclass(frozen=True, slots=True)
class Relation:
    """What two documents are to each other. ``contains``: ``a`` holds ``b``; else ``a`` has the smaller digest.

    ``similarity`` is the share of the characters of both that the other has too (for ``contains``: of ``b`` alone), to
    four decimals. ``differing`` holds up to twelve differences in the order of the longer text, those in numbers chosen
    first, and ``more`` how many are left out. ``template`` says that the wording is shared and the reference or the
    parties named are others. ``by_ocr`` says that one of the two was read by OCR: small differences may be errors of
    reading.
    """

    kind: Kind
    a: Digest
    b: Digest
    similarity: float
    differing: tuple[Difference, ...] = ()
    more: int = 0
    template: bool = False
    by_ocr: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """A record by its bytes, its name and its place."""

    digest: Digest
    name: str
    locator: Locator


@dataclass(frozen=True, slots=True)
class Differing:
    """What two records say at the same place; None where one has nothing there."""

    first: Citation | None
    second: Citation | None


@dataclass(frozen=True, slots=True)
class Related:
    """Records that tell the same, as stored and shown: a :class:`Relation` with its records and citations.

    Two records, of which for ``contains`` the first holds the second; for the same bytes every place they came from,
    the one that was read first. ``score`` is the relation's similarity, and 1 for the same bytes. ``id`` follows from
    the kind and the bytes.
    """

    id: str
    kind: Kind
    records: tuple[Received, ...]
    score: float
    differing: tuple[Differing, ...] = ()
    more: int = 0
    template: bool = False
    by_ocr: bool = False

    def of(self, digest: Digest) -> str:
        """What the record of these bytes is to the other: the kind, or ``contained_in``."""
        turned = self.kind is Kind.CONTAINS and self.records[0].digest != digest
        return "contained_in" if turned else self.kind.value


def relations(documents: Iterable[DocumentText]) -> tuple[Relation, ...]:
    """Every relation found, by digests. The order in which documents come does not matter; a digest counts once.

    Documents are compared where their signatures share enough. Wording that more than 32 documents share proposes only
    neighbours in the order of digests: a crowd of copies is a chain of relations, not all its pairs.
    """
    found = sorted({document.digest: document for document in documents}.values(), key=lambda each: each.digest)

    @lru_cache(maxsize=CROWD)
    def text(i: int) -> Text:
        return Text(found[i].pages())

    related = (relate(found[i].digest, text(i), found[j].digest, text(j)) for i, j in proposed(found))
    return tuple(sorted(filter(None, related), key=lambda relation: (relation.a, relation.b)))


def proposed(documents: Sequence[DocumentText]) -> Iterator[tuple[int, int]]:
    """The pairs (by position, ascending) whose signatures have enough in common to look at the texts."""
    import numpy as np  # noqa: PLC0415 (slow to import, and a command with nothing new to relate needs none of it)

    held = [unpacked(document.signature) for document in documents]
    if len(held) < 2:  # noqa: PLR2004 (a pair)
        return
    hashes = np.concatenate(held)
    owners = np.repeat(np.arange(len(held)), [len(each) for each in held])
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    _, which, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    crowded = counts[which] > CROWD
    pairs = np.zeros(0, np.int64)
    for step in range(1, CROWD):
        same = hashes[step:] == hashes[:-step]
        if step > 1:
            same &= ~crowded[step:]
        if not same.any():
            break
        pairs = np.union1d(pairs, owners[:-step][same] * len(held) + owners[step:][same])
    for i, j in zip((pairs // len(held)).tolist(), (pairs % len(held)).tolist(), strict=True):
        least = min(len(held[i]), len(held[j]))
        shared = len(np.intersect1d(held[i], held[j], assume_unique=True))
        share = PROPOSED_BY_OCR if documents[i].by_ocr or documents[j].by_ocr else PROPOSED
        if shared >= max(min(2, least), share * least):
            yield i, j


class Text:
    """A document's words as tokens, without the lines that only repeat at the edges of its pages."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages = _plain(list(pages))
        self.by_ocr = any("ocr" in page.origin for page, _ in self.pages)
        by_page = [TOKEN.findall(flatten(clean)) for _, clean in self.pages]
        self._ends = list(accumulate(map(len, by_page)))
        self.tokens = [token for tokens in by_page for token in tokens]
        self.size = sum(map(len, self.tokens))

    @cached_property
    def squeezed(self) -> str:
        """All its letters and digits."""
        return "".join(self.tokens)

    @cached_property
    def furniture(self) -> frozenset[str]:
        """The letters of the lines left out: one by one, at the head and foot of each page, and from page to page."""
        found, foot = set(), ""
        for page, clean in self.pages:
            start, end = len(clean) - len(clean.lstrip()), len(clean.rstrip())
            head = _letters(page.text[:start])
            found |= {head, foot + head, foot := _letters(page.text[end:])}
            found |= {_letters(line) for line in (page.text[:start] + page.text[end:]).split("\n")}
        return frozenset(found - {""})

    @cached_property
    def identity(self) -> dict[str, set[str]]:
        """What it says it is: the values of its labels for reference, project and parties, each in folded letters."""
        named: dict[str, set[str]] = defaultdict(set)
        for _, clean in self.pages:
            for match in _LABELLED.finditer(clean):
                value = _letters(match["value"])
                if len(value) > 1:
                    named[_LABELS[flatten(re.sub(r"\s+", "" if match["zh"] else " ", match["label"]))]].add(value)
        return dict(named)

    def passage(self, start: int, end: int) -> Passage | None:
        """The tokens ``[start, end)`` as words of their page, up to its end; None for no tokens."""
        if start >= end:
            return None
        i = bisect_right(self._ends, start)
        before = self._ends[i - 1] if i else 0
        page, clean = self.pages[i]
        folded, back = fold(clean)
        spans = [match.span() for match in TOKEN.finditer(folded)]
        first, last = spans[start - before], spans[min(end - before, len(spans)) - 1]
        low, high = back.back(first[0], last[1])
        words = " ".join(page.text[low:high].split())
        return Passage(page.number, low, high, words if len(words) <= PASSAGE else words[: PASSAGE - 1] + "…")


def _letters(text: str) -> str:
    return "".join(TOKEN.findall(flatten(text)))


def _plain(pages: Sequence[Page]) -> list[tuple[Page, str]]:
    """The pages, each with its text in which running heads, feet and page numbers are blank; same length."""
    edges = [[(page, *span) for span in _edges(page)] for page in pages]
    often = Counter(key for lines in edges for key in {_likeness(*line) for line in lines})
    enough = max(_FEW_PAGES, len(pages) / 2)
    return [
        (page, _blanked(page, [(start, end) for _, start, end in lines if _furniture(often, enough, page, start, end)]))
        for page, lines in zip(pages, edges, strict=True)
    ]


def _edges(page: Page) -> list[tuple[int, int]]:
    lines = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", page.text)]
    return sorted({*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]})


def _likeness(page: Page, start: int, end: int) -> str:
    """What a line has in common with its like on other pages: its words, or how far its number is from the page's."""
    line = " ".join(page.text[start:end].split())
    if _NUMBER.fullmatch(line):
        return f"number {int(line.strip(_DASHES)) - page.number}"
    return _PAGE_OF.sub("", line)


def _furniture(often: Counter[str], enough: float, page: Page, start: int, end: int) -> bool:
    """Whether a line at the edge is only there because a page begins or ends: repeated, or a number of the page."""
    likeness = _likeness(page, start, end)
    return likeness in {"", "number 0"} or often[likeness] >= enough


_BESIDE = frozenset({BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FURNITURE})
_DASHES = " –—·-"
_NUMBER = re.compile(rf"[{_DASHES}]*\d{{1,4}}[{_DASHES}]*")
_PAGE_OF = re.compile(
    rf"[{_DASHES}]*(?:第 ?\d{{1,4}} ?页|page \d{{1,4}})(?: ?[,，/]? ?(?:共 ?\d{{1,4}} ?页|of \d{{1,4}}))?[{_DASHES}]*",
    re.IGNORECASE,
)


def _blanked(page: Page, spans: Sequence[tuple[int, int]]) -> str:
    text = page.text
    furniture = [(b.start, b.end) for b in page.blocks if b.kind in _BESIDE]
    for start, end in [*spans, *furniture]:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_ZH = {
    "reference": "合同编号 合同号 项目编号 采购编号 招标编号 编号 文号",
    "project": "项目名称 工程名称 采购项目名称",
    "buyer": "甲方 采购人 招标人 买方 委托方 发包人 需方",
    "supplier": "乙方 供应商 中标人 成交供应商 投标人 卖方 受托方 承包人 供方",
}
_EN = {
    "reference": "contract no|contract number|agreement no|agreement number|reference|tender no|our ref|ref",
    "project": "project|project name|project title",
    "buyer": "buyer|customer|client|purchaser|party a",
    "supplier": "supplier|contractor|vendor|seller|provider|party b",
}
_LABELS = {label: name for name, labels in _ZH.items() for label in labels.split()} | {
    label: name for name, labels in _EN.items() for label in labels.split("|")
}
_SPACED = "|".join(r"[ \u3000]*".join(label) for label in sorted(" ".join(_ZH.values()).split(), key=len, reverse=True))
_WORDED = "|".join(
    r"[ ]+".join(label.split()) for label in sorted("|".join(_EN.values()).split("|"), key=len, reverse=True)
)
_LABELLED = re.compile(
    rf"(?<![^\W_])(?P<label>(?P<zh>{_SPACED})|{_WORDED})\.?[ ]*(?:[（(][^）)\n]{{0,12}}[）)])?[ ]*[:：\t][ \t　]*"
    rf"(?P<value>[^\n\t，,；;。]{{2,60}}?)(?=[\n\t，,；;。]|[ 　]{{2,}}|[ 　]*(?:{_SPACED})[:：（(]|\Z)",
    re.IGNORECASE,
)


def _identities(a: Text, b: Text) -> tuple[bool, bool]:
    """Whether two documents name the same reference or party, and whether they differ in one."""
    by_ocr = a.by_ocr or b.by_ocr
    alike = [_alike(a, b, label, by_ocr=by_ocr) for label in a.identity.keys() & b.identity.keys()]
    differ = alike.count(False)
    return any(alike), 2 * differ >= len(alike) > 0 if by_ocr else differ > 0


def _alike(a: Text, b: Text, label: str, *, by_ocr: bool) -> bool:
    """Whether a name that one has under a label stands in the other, or one like it where OCR read either."""
    mine, others = a.identity[label], b.identity[label]
    if any(name in b.squeezed for name in mine) or any(name in a.squeezed for name in others):
        return True
    pairs = product(sorted(mine), sorted(others))
    return by_ocr and any(SequenceMatcher(None, *pair, autojunk=False).ratio() >= _SAME_NAME for pair in pairs)


def _is_furniture(gap: Gap, a: Text, b: Text) -> bool:
    """Whether only one has something there, and it is what the other has at the edges of its pages."""
    mine, others = (words.replace(" ", "") for words in gap.words)
    return others in a.furniture if not mine else not others and mine in b.furniture


def relate(first: Digest, a: Text, second: Digest, b: Text) -> Relation | None:
    """What two texts are to each other, None where too little is shared."""
    if min(len(a.tokens), len(b.tokens)) < FEWEST:
        return None
    by_ocr = a.by_ocr or b.by_ocr
    if a.tokens == b.tokens:
        return _in_order(Relation(Kind.SAME_TEXT, first, second, 1.0, by_ocr=by_ocr))
    if a.size < b.size:
        first, a, second, b = second, b, first, a
    compared = Comparison(a.tokens, b.tokens)
    own, others = compared.shared
    similarity, within = (own + others) / (a.size + b.size), others / b.size
    same, other = _identities(a, b)
    gaps = [gap for gap in compared.gaps if not (by_ocr and gap.slight) and not _is_furniture(gap, a, b)]
    if not gaps and similarity >= SAME_READING:
        kind, gaps = Kind.SAME_TEXT, [gap for gap in compared.gaps if gap.numbers and gap.slight and by_ocr]
    elif within >= (EXCERPT_BY_OCR if by_ocr else EXCERPT) and a.size >= LARGER * b.size and not other:
        kind, gaps, similarity = Kind.CONTAINS, [gap for gap in gaps if gap.b0 < gap.b1], within
    elif similarity >= NEAR:
        kind = Kind.VERSION if not other and (same or similarity >= VERSION) else Kind.NEAR_DUPLICATE
    else:
        return None
    gaps.sort(key=lambda gap: not gap.numbers)
    first_ones = sorted(gaps[:SHOWN], key=lambda gap: (gap.a0, gap.b0))
    shown = tuple(Difference(a.passage(g.a0, g.a1), b.passage(g.b0, g.b1)) for g in first_ones)
    template = kind is Kind.NEAR_DUPLICATE and other
    rounded = round(min(1.0, similarity), 4)
    return _in_order(Relation(kind, first, second, rounded, shown, max(0, len(gaps) - SHOWN), template, by_ocr))


def _in_order(relation: Relation) -> Relation:
    """The same with the smaller digest first, save where one contains the other."""
    if relation.kind is Kind.CONTAINS or relation.a < relation.b:
        return relation
    turned = tuple(Difference(each.b, each.a) for each in relation.differing)
    return replace(relation, a=relation.b, b=relation.a, differing=turned)
