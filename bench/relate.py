"""How often documents are rightly related, and how fast: on pairs made here, and on many documents at once.

python bench/relate.py
python bench/relate.py --contracts 60 --documents 10000 --seed 2

Each made contract stands as PDF, DOCX and HTML (written and read back), as two readings by OCR with 1 % and 3 % of its
characters wrong, as a later version (other amounts, a page of signatures), with an annex longer than itself, and as
two other contracts from its template: one that changes a tenth of it, one that changes half.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import combinations
from pathlib import Path
from random import Random
from typing import BinaryIO

import docx
import mpl_font
from fpdf import FPDF

from countersight.model import Digest, Page
from countersight.ports import Limits, Reader
from countersight.read.docx import MEDIA_TYPE, DocxReader
from countersight.read.html import HtmlReader
from countersight.read.pdf import PdfReader
from countersight.relate import DocumentText, Kind, Relation, proposed, relations
from countersight.text.normal import flatten
from countersight.text.shingles import signature

FONT = Path(mpl_font.__file__).parent / "fonts" / "noto" / "NotoSansCJKsc-Regular.otf"
HAN_FROM, HAN_TO = 0x4E00, 0x9000

_ZH = (
    "甲方|乙方|监理单位|承建单位|运维单位|验收小组|项目部|采购人|总包方|设计单位|审计机构|业主代表",
    "应当按照|须依据|不得违反|有权参照|应会同对方依据|可书面要求对方遵守|负责落实|承诺严格执行",
    "招标文件第三章|技术规格书|国家现行标准|附件二清单|双方确认的实施方案|行业验收规范|施工图纸|会议纪要|投标承诺函",
    "交付全部设备并完成安装调试|提交竣工资料及操作手册|组织培训并出具记录|更换有缺陷的部件|支付阶段款项|保存系统日志",
    "，所需费用已包含在总价之内。|，逾期按日计收违约金。|，并书面通知对方。|，质保期为三年。|，由项目经理签字确认。|。",
)
_EN = (
    "The Supplier|The Purchaser|The Contractor|Each party|The Engineer|The Operator|A subcontractor|The auditor",
    " shall, in accordance with | may, subject to | must not, contrary to | shall under | agrees, as in ",
    "the technical schedule,|clause 14,|applicable standards,|the agreed plan,|annex 3,|the drawings,|the minutes,",
    " deliver and install the equipment| keep records of all tests| replace any part| train the staff| migrate",
    " within thirty days. | at no further charge. | and notify the other in writing. | without delay. | on request. ",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A document made, and what it was made from: its contract, its template, its form."""

    contract: int
    form: str
    document: DocumentText


def clause(chance: Random, number: int, *, chinese: bool) -> str:
    """One numbered clause with an amount of its own."""
    parts = [chance.choice(part.split("|")) for part in (_ZH if chinese else _EN)]
    parts.insert(3, _word(chance, chinese=chinese))
    words, count = "".join(parts), chance.randrange(3, 9000)
    return f"{number}. {words}" + (
        f"数量{count}台，单价{count * 7}元。" if chinese else f"Quantity {count}, unit {count * 7}."
    )


def _word(chance: Random, *, chinese: bool) -> str:
    """A word of this contract alone."""
    if chinese:
        return "".join(chr(chance.randrange(HAN_FROM, HAN_TO)) for _ in range(4))
    return " " + "".join(chance.choice("abcdefghiklmnoprstuvw") for _ in range(7)) + ","


def contract(chance: Random, *, chinese: bool, clauses: int = 60) -> list[str]:
    """The paragraphs of a contract, its reference and parties first."""
    place = "".join(chr(chance.randrange(HAN_FROM, HAN_TO)) for _ in range(2))
    word = "".join(chance.choice("abcdefghiklmnoprstuvw") for _ in range(7)).title()
    number = f"{chance.randrange(2012, 2025)}-{chance.randrange(100, 999)}"
    head = (
        [
            "视频监控系统采购合同",
            f"合同编号：LX{number}",
            f"甲方：{place}县公安局",
            f"乙方：{place[::-1]}信息技术有限公司",
        ]
        if chinese
        else [
            "SUPPLY AGREEMENT",
            f"Contract No.: {word[:3]}-{number}",
            f"Customer: {word} County",
            f"Supplier: {word[::-1]} Ltd",
        ]
    )
    return [*head, *(clause(chance, n, chinese=chinese) for n in range(1, clauses + 1))]


def changed(chance: Random, paragraphs: Sequence[str], share: float, *, chinese: bool) -> list[str]:
    """The clauses with a share of them rewritten; what stands before them is left."""
    return [
        text if i < 4 or chance.random() >= share else clause(chance, i - 3, chinese=chinese)
        for i, text in enumerate(paragraphs)
    ]


def misread(chance: Random, text: str, share: float) -> str:
    """The text with a share of its characters wrong: replaced, left out or doubled, 8 : 1 : 1."""
    out = []
    for character in text:
        if character.isspace() or chance.random() >= share:
            out.append(character)
            continue
        lot = chance.random()
        near = chr(ord(character) + chance.randrange(1, 9)) if ord(character) > 0x3000 else chance.choice("ilo0ec8Bnrt")
        out.append(near if lot < 0.8 else "" if lot < 0.9 else character * 2)
    return "".join(out)


def written(folder: Path, paragraphs: Sequence[str]) -> Iterator[tuple[str, list[Page]]]:
    """The paragraphs as PDF, DOCX and HTML, read back by the program's readers."""
    pdf = FPDF(format="A4")
    pdf.add_font("han", fname=str(FONT))
    pdf.set_font("han", size=11)
    pdf.add_page()
    for text in paragraphs:
        pdf.multi_cell(0, 7, text, new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(folder / "a.pdf"))
    word = docx.Document()
    for text in paragraphs:
        word.add_paragraph(text)
    word.save(str(folder / "a.docx"))
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    (folder / "a.html").write_text(f"<!doctype html><meta charset=utf-8><title>x</title>{body}", encoding="utf-8")
    yield "pdf", read(PdfReader(), folder / "a.pdf", "application/pdf")
    yield "docx", read(DocxReader(), folder / "a.docx", MEDIA_TYPE)
    yield "html", read(HtmlReader(), folder / "a.html", "text/html")


def read(reader: Reader, path: Path, media: str) -> list[Page]:
    """Every page of a file."""
    return list(reader.read(path, media, None, Limits(), _no_members).pages)


def _no_members(stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
    raise AssertionError(f"no members are expected ({stream}, {limit})")


def forms(chance: Random, folder: Path, *, chinese: bool) -> Iterator[tuple[str, list[Page]]]:
    """One contract in all its forms."""
    paragraphs = contract(chance, chinese=chinese)
    for form, pages in written(folder, paragraphs):
        yield form, pages
        if form == "pdf":
            for share in (0.01, 0.03):
                noisy = [replace(page, text=misread(chance, page.text, share), origin="ocr") for page in pages]
                yield f"ocr {share:.0%}", noisy
    later = changed(chance, paragraphs, 0.04, chinese=chinese)
    signed = (
        ["签署页 甲方盖章 乙方盖章 日期：二〇二二年十二月五日"]
        if chinese
        else ["Signed by both parties, 5 December 2022"]
    )
    yield "version", _pages([*later, *signed])
    annex = [clause(chance, n, chinese=chinese) for n in range(1, 90)]
    yield "annexed", _pages([*paragraphs, *annex])
    for share in (0.1, 0.5):
        head = contract(chance, chinese=chinese, clauses=0)
        yield f"template {share:.0%}", _pages([*head, *changed(chance, paragraphs, share, chinese=chinese)[4:]])


def _pages(paragraphs: Sequence[str]) -> list[Page]:
    return [Page(1, "\n".join(paragraphs), paged=False)]


SAME = {"pdf", "docx", "html", "ocr 1%", "ocr 3%"}


def expected(one: Made, other: Made) -> str:
    """What the two should be to each other; nothing for documents of two contracts."""
    if one.contract != other.contract:
        return "-"
    pair = {one.form, other.form}
    if pair <= SAME:
        return Kind.SAME_TEXT
    if "template 50%" in pair:
        return "-"
    if "annexed" in pair:
        return "-" if pair & {"template 10%"} else Kind.CONTAINS if pair <= SAME | {"annexed"} else "?"
    return Kind.NEAR_DUPLICATE if "template 10%" in pair else Kind.VERSION


def judge(made: Sequence[Made]) -> None:
    """Print, for each kind expected, what was said."""
    found = {frozenset((each.a, each.b)): each for each in relations(each.document for each in made)}
    table: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    for one, other in combinations(made, 2):
        got = found.get(frozenset((one.document.digest, other.document.digest)))
        due, said = expected(one, other), _said(got)
        table[due, said] += 1
        if due not in {"?", said}:
            wrong.append(f"  {one.form} / {other.form}: {said} instead of {due} {got.similarity if got else ''}")
    for (due, said), count in sorted(table.items()):
        print(f"expected {due:15} said {said:15} {count}")
    for kind in Kind:
        right = table[kind, kind]
        all_said = sum(count for (due, got), count in table.items() if got == kind and due != "?")
        all_due = sum(count for (due, _), count in table.items() if due == kind)
        print(f"{kind:15} precision {_share(right, all_said)}  recall {_share(right, all_due)}")
    exact = [f"{one.form} / {other.form}" for one, other in combinations(made, 2) if _exact(one, other)]
    missed = sum(line.split(":")[0].strip() in exact for line in wrong)
    print(f"same text in PDF, DOCX and HTML: {len(exact) - missed} of {len(exact)}")
    templates = [each for each in found.values() if each.kind is Kind.NEAR_DUPLICATE]
    print(f"near duplicates that say the template is shared: {sum(t.template for t in templates)} of {len(templates)}")
    print("\n".join(f"{line} ×{count}" for line, count in Counter(wrong).most_common(12)))


def _exact(one: Made, other: Made) -> bool:
    return one.contract == other.contract and {one.form, other.form} <= {"pdf", "docx", "html"}


def _said(relation: Relation | None) -> str:
    return relation.kind.value if relation else "-"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  –  "


def speed(chance: Random, documents: int) -> None:
    """Print the time of signatures, of proposing pairs and of relating: a tenth of the documents are versions."""
    held, texts = [], list[list[str]]()
    for n in range(documents):
        if n % 10 == 9:
            texts.append(changed(chance, texts[-1], 0.05, chinese=n % 20 == 9))
        else:
            texts.append(contract(chance, chinese=chance.random() < 0.5, clauses=40))
        held.append((Digest.of(str(n).encode()), _pages(texts[-1])))
    folded = [flatten(pages[0].text) for _, pages in held]
    began = time.perf_counter()
    signatures = [signature(text) for text in folded]
    signed = time.perf_counter()
    made = [DocumentText(d, s, lambda p=p: p) for (d, p), s in zip(held, signatures, strict=True)]  # type: ignore[misc]
    pairs = sum(1 for _ in proposed(made))
    paired = time.perf_counter()
    found = relations(made)
    ended = time.perf_counter()
    characters = sum(map(len, folded))
    print(f"{documents} documents, {characters:,} characters: signatures {signed - began:.1f} s", end=" ")
    print(f"({(signed - began) / characters * 1.4e6:.3f} ms per 1,400 characters), {pairs:,} pairs proposed", end=" ")
    print(f"in {paired - signed:.1f} s, {len(found):,} relations in {ended - paired:.1f} s in all")


def main() -> None:
    """Make, relate, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contracts", type=int, default=20)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance, made = Random(options.seed), []
    with tempfile.TemporaryDirectory() as folder:
        for n in range(options.contracts):
            for form, pages in forms(chance, Path(folder), chinese=n % 2 == 0):
                made.append(Made(n, form, DocumentText.of(Digest.of(f"{n} {form}".encode()), pages)))
    judge(made)
    speed(chance, options.documents)


if __name__ == "__main__":
    main()
