"""Makes a corpus of born-digital PDFs to measure speed on: fictional contract pages, Chinese and English by turns.

``python bench/corpus.py FOLDER --files 15 --pages 1000``. The same arguments give the same text; every page differs
from the others and holds about 1,400 characters, and two in 1,000 have a clause that a rule looks for. Files that exist
are left alone.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import mpl_font
from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF

CHARACTERS = 1400  # of a page
_FLAGGED_EVERY = 1000  # pages, in either language
_FONT = Path(mpl_font.__file__).parent / "fonts" / "noto" / "NotoSansCJKsc-Regular.otf"
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
# Real tenders and contracts: 255 pieces of text and 6 paths on a page of 1,410 characters (mean of 248 pages).
_RUN = re.compile(r"[ -~]{1,6}|[^ -~]{1,6}")
_SIZE, _LEADING, _LEFT, _TOP = 10, 14, 60, 60  # points


def _choices(text: str) -> list[str]:
    return text.split("|")


# Five parts of a clause: who, does, in accordance with what, what is done, end.
_ZH = (
    _choices("甲方|乙方|丙方|监理单位|承建单位|运维单位|验收小组|项目负责部门|供应商|采购人"),
    _choices("应当按照|须在约定期限内依据|不得违反|有权按照|应会同对方依据|可书面要求对方按照"),
    _choices("招标文件的要求|技术规格书第三章|国家现行标准|本合同附件二的清单|双方确认的实施方案|行业验收规范"),
    _choices(
        "交付全部设备并完成安装调试|提交竣工资料及操作手册|组织培训并出具记录|更换有缺陷的部件|提供七乘二十四小时技术支持"
        "|支付相应阶段的款项|保存系统日志|完成机房供电和接地改造|对传输线路进行测试|编制项目周报"
    ),
    _choices("，所需费用已包含在合同总价之内。|，逾期按日计收违约金。|，并以书面形式通知对方。|，质保期为三年。"),
)
_EN = (
    _choices("The Supplier|The Purchaser|The Contractor|Each party|The Engineer|The Operator|A subcontractor"),
    _choices(" shall, in accordance with | may, subject to | must not, contrary to | shall at its own cost under "),
    _choices("the technical schedule,|clause 14 of this agreement,|applicable standards,|the agreed project plan,"),
    _choices(
        " deliver and install the equipment| keep records of all tests| replace any defective part| train the staff"
        "| submit monthly reports| maintain the network cabinets| provide spare parts| complete the cable works"
    ),
    _choices(" within thirty days. | at no further charge. | and notify the other party in writing. | without delay. "),
)
_FLAGGED = (
    "人员属性识别结果应输出三类取值：未知、非少数民族、维吾尔族，并支持按该属性检索。",
    "The platform shall output for each person one of three values: unknown, not minority, Uyghur. ",
)


def make(folder: Path, files: int, pages: int, workers: int) -> list[Path]:
    """The PDFs of a corpus, made where they do not exist yet. ``folder`` is created."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [folder / f"record-{n:03}-{pages}.pdf" for n in range(1, files + 1)]
    missing = [path for path in wanted if not path.exists()]
    with tempfile.TemporaryDirectory() as scratch:
        font = _small_font(Path(scratch)) if missing else _FONT
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(_write, missing, [pages] * len(missing), [font] * len(missing)))
    return wanted


def _small_font(folder: Path) -> Path:
    """The font with no more characters than the corpus uses: it is loaded once per file."""
    words = [word for choices in (*_ZH, *_EN) for word in choices]
    font = TTFont(_FONT)
    cut = subset.Subsetter()
    cut.populate(text="".join([*words, *_FLAGGED]) + "".join(map(chr, range(32, 127))) + "第条页（）")
    cut.subset(font)
    font.save(folder / "corpus.otf")
    return folder / "corpus.otf"


def _write(path: Path, pages: int, font: Path) -> None:
    chance = random.Random(path.name)
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_creation_date(_MADE)
    pdf.add_font("corpus", fname=str(font))
    pdf.set_font("corpus", size=_SIZE)
    for number in range(1, pages + 1):
        pdf.add_page()
        _set(pdf, _page(chance, number))
    unfinished = path.with_suffix(".part")
    pdf.output(str(unfinished))
    unfinished.replace(path)


def _set(pdf: FPDF, lines: Iterator[str]) -> None:
    """Set a page as word processors do: short runs placed one by one, and some ruled lines."""
    for i, line in enumerate(lines):
        x = float(_LEFT)
        for run in _RUN.findall(line):
            pdf.text(x, _TOP + i * _LEADING, run)
            x += pdf.get_string_width(run)
    for y in (_TOP - 18, 770, 774, 778, 782):
        pdf.line(_LEFT, y, 540, y)


def _page(chance: random.Random, number: int) -> Iterator[str]:
    """The lines of a page; even pages are Chinese."""
    chinese = number % 2 == 0
    clauses = [_FLAGGED[not chinese]] if number % _FLAGGED_EVERY == 7 + chinese else []
    while sum(map(len, clauses)) < CHARACTERS:
        words = "".join(chance.choice(part) for part in (_ZH if chinese else _EN))
        clauses.append(f"{number}.{len(clauses) + 1} {words}")
    yield f"第 {number} 页" if chinese else f"Page {number}"
    yield from textwrap.wrap("".join(clauses)[:CHARACTERS], 46 if chinese else 88)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the corpus a command line asks for and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=15)
    parser.add_argument("--pages", type=int, default=1000, help="of each file")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    paths = make(options.folder, options.files, options.pages, options.workers)
    size = sum(path.stat().st_size for path in paths)
    print(f"{len(paths)} files of {options.pages} pages, {size:,} bytes in {options.folder}")


if __name__ == "__main__":
    main()
